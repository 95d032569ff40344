"""A year or any other period of whole months, from the figures of its months: it adds up what each of them shows.

What a month does not show, a period does not show either, so that nothing can be told from it that the months do not
tell (rules.md, Disclosure).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from models.errors import Refused
from models.rules.figures import Total
from models.rules.small_counts import NO_CLAIM, NOT_DIVIDED, NOT_SHOWN, Cell, Cells, ShownMonth
from models.rules.time import Month
from models.text import Message


@dataclass(frozen=True, slots=True)
class Sums:
    """What the months of a period come to.

    Attributes:
        start: The roll at the start of the first month.
        end: At the end of the last.
        claimed: Of each currency; a message where it is not shown.
        gaps: The months whose roll at the start is not that at the end of the month before: one of both was put right
            since, and not issued again.
    """

    start: Cell
    admissions: Cell
    departures: Cell
    end: Cell
    person_nights: Cell
    person_days: Cell
    counted: Cell
    reviews_held: Cell
    admissions_by_nationality: Cells | Message
    admissions_by_sex: Cells | Message
    admissions_by_age: Cells | Message
    departures_by_kind: Cells | Message
    departures_by_nationality: Cells | Message
    claimed: tuple[Total, ...] | Message
    gaps: tuple[Month, ...]

    @property
    def balances(self) -> bool | None:
        """Whether the period balances as its months do; None where that cannot be seen."""
        cells = (self.start, self.admissions, self.departures, self.end)
        start, admitted, departed, end = (cell if isinstance(cell, int) else None for cell in cells)
        if start is None or admitted is None or departed is None or end is None:
            return None
        return start + admitted - departed == end


def sums(months: Sequence[ShownMonth]) -> Sums:
    """What some months that follow each other come to.

    Args:
        months: At least one, in order.
    """
    first, last = months[0], months[-1]
    pairs = pairwise(months)
    return Sums(
        start=first.on_roll_at_start,
        admissions=total(month.admissions for month in months),
        departures=total(month.departures for month in months),
        end=last.on_roll_at_end,
        person_nights=total(month.person_nights for month in months),
        person_days=total(month.person_days for month in months),
        counted=total(month.counted for month in months),
        reviews_held=total(month.reviews_held for month in months),
        admissions_by_nationality=table(month.admissions_by_nationality for month in months),
        admissions_by_sex=table(month.admissions_by_sex for month in months),
        admissions_by_age=table(month.admissions_by_age for month in months),
        departures_by_kind=table(month.departures_by_kind for month in months),
        departures_by_nationality=table(month.departures_by_nationality for month in months),
        claimed=_claimed(months),
        gaps=tuple(after.month for before, after in pairs if _differ(before.on_roll_at_end, after.on_roll_at_start)),
    )


def total(cells: Iterable[Cell]) -> Cell:
    """The sum of some counts; not shown where one of them is not."""
    numbers = 0
    for cell in cells:
        if not isinstance(cell, int):
            return NOT_SHOWN
        numbers += cell
    return numbers


def table(tables: Iterable[Cells | Message]) -> Cells | Message:
    """The sum of some tables by their keys, in the order in which they are first met; not divided where one is not."""
    counts: Counter[str] = Counter()
    for cells in tables:
        if isinstance(cells, Message):
            return NOT_DIVIDED
        for key, cell in cells:
            if not isinstance(cell, int):
                return NOT_DIVIDED
            counts[key] += cell
    return tuple(counts.items())


def _claimed(months: Sequence[ShownMonth]) -> tuple[Total, ...] | Message:
    found: dict[str, Decimal] = {}
    for month in months:
        if isinstance(month.claim, Message):
            return NO_CLAIM
        for each in month.claim.totals if month.claim is not None else ():
            found[each.currency] = found.get(each.currency, Decimal(0)) + each.amount
    return tuple(Total(currency, amount) for currency, amount in found.items())


def _differ(before: Cell, after: Cell) -> bool:
    return isinstance(before, int) and isinstance(after, int) and before != after


def whole_months(from_on: date | None, until_on: date | None) -> tuple[Month | None, Month | None]:
    """The first and the last month of a period; None where it is open.

    Raises:
        Refused: It does not begin and end with a month, or ends before it begins.
    """
    if from_on is not None and from_on.day != 1:
        raise Refused("A period is of whole months. Begin it on the first day of one.", field="from_on")
    if until_on is not None and until_on != Month.of(until_on).last:
        raise Refused("A period is of whole months. End it on the last day of one.", field="until_on")
    if from_on is not None and until_on is not None and until_on < from_on:
        raise Refused("The period ends before it begins. Correct one of the days.", field="until_on")
    return (None if from_on is None else Month.of(from_on)), (None if until_on is None else Month.of(until_on))
