"""What a partner owes for the nights of a month (rules.md, Money). Decimal throughout, never float."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from models.rounding import half_up
from models.rules.figures import Claim, ClaimLine
from models.rules.time import Month
from models.text import minor_digits


class RatePeriod(NamedTuple):
    """A daily rate for the nights [from_on, until_on); without an end while it has none. Gaps are allowed."""

    from_on: date
    until_on: date | None
    rate: Decimal


def to_the_minor_unit(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded half up to the smallest unit of its currency: cents, whole yen, or thousandths of a dinar."""
    return half_up(amount, minor_digits(currency))


def rate_on(periods: Iterable[RatePeriod], night: date) -> Decimal | None:
    """The rate in force on a night, None in a gap. Should two periods overlap, the one that began last is in force."""
    in_force = [
        period for period in periods if period.from_on <= night and (period.until_on is None or night < period.until_on)
    ]
    return max(in_force, key=lambda period: period.from_on).rate if in_force else None


def claim(
    counts: Sequence[int],
    first: date,
    periods: Sequence[RatePeriod],
    *,
    currency: str,
    corrections: Sequence[ClaimLine] = (),
) -> Claim:
    """The claim for the nights of a window: one line for each rate, in the order in which the rates came into force.

    Args:
        counts: How many count on each date from `first` on, by the counting rule of the programme.
        first: The date of the first of `counts`.
        periods: The rates of the programme over time.
        currency: ISO 4217.
        corrections: Lines that correct months which were issued before; they follow, and add to the total.
    """
    by_rate: dict[Decimal, int] = {}
    unrated = 0
    for offset, counted in enumerate(counts):
        rate = rate_on(periods, date.fromordinal(first.toordinal() + offset)) if counted else None
        if rate is not None:
            by_rate[rate] = by_rate.get(rate, 0) + counted
        else:
            unrated += counted
    reckoned = (ClaimLine(n, rate, to_the_minor_unit(rate * n, currency)) for rate, n in by_rate.items())
    lines = (*reckoned, *corrections)
    return Claim(
        currency, lines, sum((line.amount for line in lines), to_the_minor_unit(Decimal(0), currency)), unrated
    )


def correction_lines(issued: Sequence[ClaimLine], now: Sequence[ClaimLine], *, of: Month) -> tuple[ClaimLine, ...]:
    """What a later claim adds to an issued one or takes from it, as lines of their own (rules.md, Money).

    The amount of a line is the difference of the two rounded amounts, so that what was issued and its correction
    make up exactly what is owed. Lines that themselves correct other months are left to those months.

    Args:
        issued: The lines as they were issued.
        now: The lines as they are reckoned today.
        of: The month that they are lines of.
    """
    before, after = _by_rate(issued), _by_rate(now)
    lines = []
    for rate in dict.fromkeys((*before, *after)):
        nights_before, amount_before = before.get(rate, (0, Decimal(0)))
        nights_after, amount_after = after.get(rate, (0, Decimal(0)))
        nights, amount = nights_after - nights_before, amount_after - amount_before
        if nights or amount:
            lines.append(ClaimLine(nights, rate, amount, str(of)))
    return tuple(lines)


def _by_rate(lines: Iterable[ClaimLine]) -> dict[Decimal, tuple[int, Decimal]]:
    return {line.rate: (line.nights, line.amount) for line in lines if line.correction_of is None}
