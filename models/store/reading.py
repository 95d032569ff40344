"""One look at the register, and the facility as every part of the program needs it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from models.rules.time import local_date


@dataclass(frozen=True, slots=True)
class House:
    """The facility as every part of the program needs it."""

    name: str
    letterhead: str
    language: str
    zone: ZoneInfo
    number_prefix: str
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the register: everything that is read through it is of the same instant.

    Attributes:
        connection: For queries.
        now: The present, in UTC.
        house: The facility.
    """

    connection: Connection
    now: datetime
    house: House

    @property
    def today(self) -> date:
        """The local date."""
        return local_date(self.now, self.house.zone)
