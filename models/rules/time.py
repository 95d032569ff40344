"""Instants, dates and months as the register knows them (rules.md, Time)."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.errors import Refused


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date that the calendar of the facility showed at an aware instant."""
    return instant.astimezone(zone).date()


def is_skipped(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Whether a local time of day never was: the clocks went forward over it."""
    first, second = _offsets(day, clock, zone)
    return first < second


def is_repeated(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Whether a local time of day was twice: the clocks went back over it."""
    first, second = _offsets(day, clock, zone)
    return first > second


@lru_cache(maxsize=4096)
def has_one_offset(day: date, zone: ZoneInfo) -> bool:
    """Whether the clocks neither go forward nor back on a date."""
    edges = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    return len({edge.utcoffset() for edge in edges}) == 1


def _offsets(day: date, clock: time, zone: ZoneInfo) -> tuple[timedelta, timedelta]:
    """How far a local time is from UTC before and after the clocks change, where they change over it."""
    first, second = (datetime.combine(day, clock.replace(fold=fold), zone).utcoffset() for fold in (0, 1))
    return first or timedelta(), second or timedelta()


_BEGIN, _END = (edge.replace(tzinfo=UTC) for edge in (datetime.min, datetime.max))


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: known to the minute, or to the day only.

    Attributes:
        on: The local date, always known.
        at: The instant in UTC, or None where only the day is known; never a midnight that stands for a day.
    """

    on: date
    at: datetime | None = None

    @classmethod
    def of(cls, instant: datetime, zone: ZoneInfo) -> "Moment":
        """The moment of an aware instant, in the time zone of the facility."""
        return cls(local_date(instant, zone), instant.astimezone(UTC))

    @classmethod
    def of_clock(cls, day: date, clock: time | None, zone: ZoneInfo) -> "Moment":
        """The moment of a local date and a local time of day, or of the day alone where there is no time.

        Of an hour that the clocks repeat in autumn its `fold` says which run is meant; one that they skip in spring is
        read as the next.
        """
        return cls(day) if clock is None else cls(day, datetime.combine(day, clock, zone).astimezone(UTC))

    @classmethod
    def typed(cls, day: date, clock: time | None, zone: ZoneInfo) -> "Moment":
        """The moment that somebody writes who can be asked: the same, but for an hour that never was.

        Raises:
            Refused: The clocks skip this time of day.
        """
        if clock is not None and is_skipped(day, clock, zone):
            raise Refused(
                "On {day} the clocks go forward, and there is no {time}. Write the time that the clock showed.",
                day=day,
                time=f"{clock:%H:%M}",
            )
        return cls.of_clock(day, clock, zone)

    @property
    def beginning(self) -> tuple[date, datetime]:
        """By what moments are put in order, where one of a day alone is taken as of the beginning of it."""
        return self.on, self.at or _BEGIN

    def has_come(self, at: "Moment") -> bool:
        """Whether this, of a day alone as of its beginning, has come by a moment, of a day alone as of its end."""
        return self.beginning <= (at.on, at.at or _END)

    def surely_before(self, other: "Moment") -> bool:
        """Whether this lies before the other for certain; two moments of one date need both their times to tell."""
        if self.on != other.on:
            return self.on < other.on
        return self.at is not None and other.at is not None and self.at < other.at


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open interval [start, end); open where it has no end."""

    start: Moment
    end: Moment | None = None

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two surely share an instant (rules.md, No overlap); the guards say it in SQL."""
        return (other.end is None or self.start.surely_before(other.end)) and (
            self.end is None or other.start.surely_before(self.end)
        )


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the local calendar: [first day 00:00, first day of the next month 00:00)."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse what is no month."""
        if not (1 <= self.number <= 12 and 1 <= self.year <= 9998):
            raise ValueError("no such month")

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a date lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`.

        Raises:
            ValueError: The text is not of that form.
        """
        if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isdecimal():
            raise ValueError("a month is written YYYY-MM")
        return cls(int(text[:4]), int(text[5:]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, self.nights)

    @property
    def end(self) -> date:
        """The first day of the next month."""
        return self.last + timedelta(days=1)

    @property
    def nights(self) -> int:
        """How many nights it has: 28 to 31, whatever daylight saving does."""
        return calendar.monthrange(self.year, self.number)[1]

    def next(self, by: int = 1) -> "Month":
        """The month that lies `by` months later, or earlier where `by` is negative."""
        count = self.year * 12 + self.number - 1 + by
        return Month(count // 12, count % 12 + 1)

    def __str__(self) -> str:
        """As `YYYY-MM`."""
        return f"{self.year:04}-{self.number:02}"
