"""The facility, as it is read."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.entities.facility import Facility
from models.queries import people
from models.rules.facility import FacilityFacts
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Administration:
    """The facility and who may open its register."""

    facility: FacilityFacts
    users: tuple[people.UserRow, ...]
    recovery_on: date
    """The local date of the recovery sheet that holds."""
    version: int
    """Of the facility; to be given back when it is changed."""


_FACTS = Rows(FacilityFacts, Facility)


def administration(snapshot: Snapshot) -> Administration:
    """Both, of the same instant."""
    made_on, version = snapshot.connection.execute(select(Facility.recovery_on, Facility.version)).one()
    return Administration(facility(snapshot), people.users(snapshot), made_on, version)


def facility(snapshot: Snapshot) -> FacilityFacts:
    """The facility."""
    return _FACTS.row(snapshot.connection.execute(_FACTS.select()).one())
