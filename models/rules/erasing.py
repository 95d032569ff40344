"""What is left of a person who was erased: no more than what the figures of the months are made of (rules.md)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.rules.birth import BirthDate
from models.rules.months import age_band
from models.rules.time import Month

_FAR = 25
"""Years around the true one in which another birth is looked for that the figures do not tell from it."""


def days_that_count(arrived_on: date, departed_on: date) -> Iterator[date]:
    """The days on which the figures ask for an age: arrival, departure, and the last day of each month between."""
    yield arrived_on
    yield departed_on
    month = Month.of(arrived_on)
    while month.end <= departed_on:
        yield month.end - timedelta(days=1)
        month = month.next()


def coarse_birth(birth: BirthDate, days: Iterable[date]) -> BirthDate:
    """A birth that stands in the same age group on all of some days, and tells as little of the true one as can be.

    A first of January of a year that five divides, else of any year, else the first of a month, else another day.

    Args:
        birth: The true one.
        days: On which the figures ask for the age.
    """
    asked = {day: age_band(str(birth), day) for day in days}
    for guess in _guesses(birth):
        if all(age_band(str(guess), day) == band for day, band in asked.items()):
            return guess
    return birth


def _guesses(birth: BirthDate) -> Iterator[BirthDate]:
    """Of another year a first of January alone: what fits is one stretch of days, and has one if it leaves a year."""
    years = sorted(range(birth.year - _FAR, birth.year + _FAR + 1), key=lambda year: (year % 5 != 0, -year))
    yield from (BirthDate(year, 1, 1) for year in years)
    yield from (BirthDate(birth.year, month, 1) for month in range(2, 13))
    first = date(birth.year, 1, 1)
    yield from (BirthDate.exact(first + timedelta(days=number)) for number in range(366))
