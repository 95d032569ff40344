"""How long a stay may last, and when it is to be reviewed (rules.md, Limits). All dates are local dates."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import count as counting
from typing import NamedTuple, Protocol, TypeVar

from models.rules.vocabulary import PLANNED_KINDS, DepartureKind, LimitBasis, LimitRule


class ReviewState(StrEnum):
    """Where a review stands."""

    DUE = "due"
    HELD = "held"
    LATE = "late"


def limit_after(
    rule: LimitRule, amount: int | None, arrived_on: date, *, fixed_date: date | None = None
) -> date | None:
    """The limit that a programme sets to a stay: its last permitted day.

    Args:
        rule: The limit rule of the programme.
        amount: Its days or months.
        arrived_on: The local date of arrival, which is day 1.
        fixed_date: A date that replaces days and months, such as the release date of a sentence.

    Returns:
        The last permitted day, None where there is none. A limit beyond the calendar is the last day that the
        calendar has.
    """
    if fixed_date is not None:
        return fixed_date
    try:
        match rule:
            case LimitRule.NONE | LimitRule.FIXED_DATE:
                return None
            case LimitRule.DAYS:
                return None if amount is None else arrived_on + timedelta(days=amount - 1)
            case LimitRule.MONTHS:
                return None if amount is None else months_later(arrived_on, amount) - timedelta(days=1)
    except OverflowError:
        return date.max


class Laid(Protocol):
    """A limit as it was laid down."""

    @property
    def limit_on(self) -> date | None:
        """The last permitted day, None where there is none."""
        ...

    @property
    def basis(self) -> LimitBasis:
        """Where it comes from."""
        ...

    @property
    def valid_from(self) -> date:
        """The day from which it holds."""
        ...


L = TypeVar("L", bound=Laid)
RECKONED = frozenset({LimitBasis.PROGRAMME, LimitBasis.CONTINUED})
"""Such a limit nobody decided: it follows from the arrival, or from the stay before."""


def standing(laid: Iterable[L]) -> list[L]:
    """The limits of a stay that were neither taken back nor reckoned anew, the last one last.

    Args:
        laid: All of them, as they were laid down one after another. One that is reckoned anew begins the row again,
            and whatever was decided beyond it is laid down after it once more.
    """
    found: list[L] = []
    for each in laid:
        if each.basis is LimitBasis.TAKEN_BACK:
            del found[-1:]
        elif each.basis in RECKONED:
            found = [each]
        else:
            found.append(each)
    return found


def held_on(laid: Iterable[L], day: date) -> date | None:
    """The limit that held on a day: an extension that begins later did not."""
    return next((each.limit_on for each in reversed(standing(laid)) if each.valid_from <= day), None)


class EarlierStay(NamedTuple):
    """The last stay of a person under the programme under which they come back.

    Attributes:
        counted_from: The first day of its limit: of the arrival, or of a stay before it whose limit went on.
        departed_on: When it ended.
        kind: How.
        limit_on: The limit that held, None where there was none.
    """

    counted_from: date
    departed_on: date
    kind: DepartureKind
    limit_on: date | None


class GoesOn(NamedTuple):
    """A limit that goes on: its first day, and its last."""

    counted_from: date
    limit_on: date


def limit_of_return(
    before: EarlierStay | None, arrived_on: date, *, journey_failed: bool, sums_stays: bool
) -> GoesOn | None:
    """The limit of somebody who comes back, where it goes on; None where a new one begins (rules.md, Limits).

    After an escape, after leaving on one's own and after a journey that failed, the limit that held goes on: its first
    day does not move. Where the programme sums all stays, the days that were not used are left; a day on which one stay
    ends and the next begins is used once.

    Args:
        before: The last stay under the programme.
        arrived_on: The local date of the new arrival.
        journey_failed: Whether the person comes back because the journey failed.
        sums_stays: Whether the programme sums all stays under its limit.
    """
    if before is None or before.limit_on is None:
        return None
    came_back = before.kind in (DepartureKind.ESCAPE, DepartureKind.LEFT_ON_OWN)
    if came_back or (journey_failed and before.kind in PLANNED_KINDS):
        return GoesOn(before.counted_from, before.limit_on)
    if not sums_stays:
        return None
    away = timedelta(days=max(0, (arrived_on - before.departed_on).days - 1))
    return GoesOn(before.counted_from + away, before.limit_on + away)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if year > date.max.year:
        raise OverflowError("beyond the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_number(arrived_on: date, today: date) -> int:
    """The number of today in the stay; the day of arrival is day 1."""
    return (today - arrived_on).days + 1


def days_allowed(arrived_on: date, limit_on: date | None) -> int | None:
    """How many days the limit allows in all: the M of "day N of M"."""
    return None if limit_on is None else day_number(arrived_on, limit_on)


def days_past(limit_on: date | None, today: date) -> int:
    """The days by which today lies past the limit; 0 where it does not, or where there is no limit."""
    return 0 if limit_on is None else max(0, (today - limit_on).days)


def review_dates(arrived_on: date, every: int, until: date) -> list[date]:
    """The days on which reviews fall due: every so many days after the arrival, up to a day and with it.

    Args:
        arrived_on: The local date of arrival.
        every: The days between reviews; 0: there are none.
        until: The last day to look at.
    """
    return [
        arrived_on + timedelta(days=every * number) for number in range(1, reviews_due(arrived_on, every, until) + 1)
    ]


def reviews_due(arrived_on: date, every: int, until: date) -> int:
    """How many reviews have fallen due up to a day and with it, in constant time."""
    return max(0, (until - arrived_on).days // every) if every > 0 else 0


def next_review(arrived_on: date, every: int, held: frozenset[date]) -> date | None:
    """The first review that was not held yet.

    Args:
        arrived_on: The local date of arrival.
        every: The days between reviews; 0: there are none.
        held: The due dates of the reviews that were held.
    """
    if every <= 0:
        return None
    if not held:
        return arrived_on + timedelta(days=every)
    return next(due for n in counting(1) if (due := arrived_on + timedelta(days=every * n)) not in held)


def review_state(due_on: date, held_on: date | None, today: date) -> ReviewState:
    """Where a review stands: held once it was held, late from the day after it fell due, due until then."""
    if held_on is not None and held_on <= today:
        return ReviewState.HELD
    return ReviewState.LATE if today > due_on else ReviewState.DUE
