"""Where the present comes from, so that a test can choose it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the workstation."""

    def now(self) -> datetime:
        """The present, aware, in UTC, to the second: no one records more."""
        return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands where it was set: for tests, demonstrations and pictures.

    Attributes:
        instant: An aware instant.
    """

    instant: datetime

    def now(self) -> datetime:
        """The instant that was set, in UTC."""
        return self.instant.astimezone(UTC)
