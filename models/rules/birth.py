"""Birth dates as far as they are known (rules.md, Time)."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from models.text import Message, message

ADULT_AT = 18
"""The age in full years from which nobody is a child (Convention on the Rights of the Child, article 1)."""
OLDEST = 115
"""Who would be older than that is perhaps somebody whose year was written wrong."""


class BirthPrecision(StrEnum):
    """How much of a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A birth date that keeps what was known and guesses nothing.

    Attributes:
        year: The year, Gregorian.
        month: The month, or None where it is not known.
        day: The day, or None where it is not known.
        about: Whether even the year is only an estimate.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        """Refuse what no calendar holds, and a day without its month."""
        if self.day is not None and self.month is None:
            raise ValueError("a day of birth needs its month")
        if self.about and self.month is not None:
            raise ValueError("an estimated birth date is a year alone")
        _ = self.earliest  # no such day: ValueError

    @classmethod
    def exact(cls, day: date) -> "BirthDate":
        """A birth date known to the day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    @lru_cache(maxsize=65536)
    def parse(cls, text: str) -> "BirthDate":
        """Read what `str` wrote: `1991-07-02`, `1991-07`, `1991` or `~1991`.

        Raises:
            ValueError: The text is not of that form, or no such day exists.
        """
        about = text.startswith("~")
        year, month, day, *rest = [*(int(part) for part in text.removeprefix("~").split("-")), None, None, None]
        if year is None or any(part is not None for part in rest):
            raise ValueError("no birth date")
        return cls(year, month, day, about)

    def __str__(self) -> str:
        """As ISO 8601 as far as it is known, with `~` before an estimate: sorts and stores well."""
        if self.day is not None:  # of nearly all, and a file has thousands of them
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        if self.month is not None:
            return f"{self.year:04}-{self.month:02}"
        return f"~{self.year:04}" if self.about else f"{self.year:04}"

    @property
    def precision(self) -> BirthPrecision:
        """How much of it is known."""
        if self.about:
            return BirthPrecision.ABOUT
        if self.day is not None:
            return BirthPrecision.DAY
        return BirthPrecision.YEAR if self.month is None else BirthPrecision.MONTH

    @property
    def doubtful(self) -> bool:
        """Whether it is 1 January, which offices write when they do not know."""
        return self.month == 1 and self.day == 1

    @property
    def earliest(self) -> date:
        """The first day that it can be, an estimate taken at its word."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can be, an estimate taken at its word."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def age(self, on: date) -> int:
        """The full years on a date, at the least: nobody is taken for older than is known.

        The careful reading for a child: who may still be under eighteen is treated as a child.
        """
        born = self.latest
        return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def may_be_child(birth: BirthDate | None, on: date, *, unknown: bool = False) -> bool:
    """Whether somebody may still be a child on a date.

    Args:
        birth: As far as it is known.
        on: The local date.
        unknown: Whether somebody is taken for one of whom no birth is known.
    """
    return unknown if birth is None else birth.age(on) < ADULT_AT


def lies_after(birth: BirthDate | None, day: date) -> bool:
    """Whether somebody was surely born after a day; an estimate is sure of nothing within five years."""
    if birth is None:
        return False
    return birth.year - 5 > day.year if birth.about else birth.earliest > day


def doubts_of_birth(
    birth: BirthDate | None, *, on: date, until: date | None = None, age: int | None = None
) -> tuple[Message, ...]:
    """What is doubtful of a birth date beside a day on which the person lived, and beside an age.

    Args:
        birth: As far as it is known.
        on: A day on which the person lived: of arrival, of the list.
        until: The last day of which the age can be meant; `on` if None.
        age: The full years that the file states.
    """
    if birth is None:
        return ()
    doubts = []
    if on.year - birth.year > OLDEST:
        doubts.append(message("Older than {n} years: perhaps the year of birth is wrong.", n=OLDEST))
    if age is not None and (said := doubt_of_age(birth, age, on=on, until=until)) is not None:
        doubts.append(said)
    return tuple(doubts)


def doubt_of_age(birth: BirthDate, age: int, *, on: date, until: date | None = None) -> Message | None:
    """Whether an age contradicts a birth date; the days as of `doubts_of_birth`."""
    spare = 5 if birth.about else 1
    oldest = (until or on).year - birth.earliest.year
    if birth.age(on) - spare <= age <= oldest + spare:
        return None
    return message("The age {age} contradicts the date of birth {birth}.", age=age, birth=str(birth))
