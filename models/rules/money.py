"""What a partner owes for a month (rules.md, Money). Decimal throughout, never float."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from models.rounding import half_up, quotient
from models.rules.figures import Claim, ClaimLine, Total
from models.rules.limits import months_later
from models.rules.time import Month
from models.rules.vocabulary import PaymentKind
from models.text import minor_digits

PERIODS: Mapping[PaymentKind, int] = {PaymentKind.MONTH: 1, PaymentKind.QUARTER: 3, PaymentKind.YEAR: 12}
"""The months of each period for which a fixed sum is paid."""


class Payment(NamedTuple):
    """One thing that an agreement pays, for the days [from_on, until_on); gaps are allowed.

    Attributes:
        kind: What is paid for.
        amount: For each of them, or the whole sum.
        from_on: The first day; of a single sum, the day on which it is due.
        until_on: The first day after it; None while there is none.
        currency: ISO 4217.
        places: How many places are held ready, where they are paid for.
        due_on: Of a fixed sum, the day on which it is due first; it is due again with every period. None: it is spread
            over the days of its period, which is a month, a quarter or a year of the calendar.
        purpose: What it is for, as the agreement calls it.
    """

    kind: PaymentKind
    amount: Decimal
    from_on: date
    until_on: date | None = None
    currency: str = "EUR"
    places: int | None = None
    due_on: date | None = None
    purpose: str = ""


def ended_by(later: Payment, earlier: Payment) -> Payment:
    """An earlier rate for people without an end, ended by the one that follows it; anything else as it is."""
    follows = later.kind.is_by_person and (earlier.kind, earlier.currency) == (later.kind, later.currency)
    if follows and earlier.until_on is None and earlier.from_on < later.from_on:
        return earlier._replace(until_on=later.from_on)
    return earlier


def to_the_minor_unit(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded half up to the smallest unit of its currency: cents, whole yen, or thousandths of a dinar."""
    return half_up(amount, minor_digits(currency))


def claim(
    counts: Mapping[PaymentKind, Sequence[int]],
    first: date,
    end: date,
    payments: Sequence[Payment],
    *,
    currency: str = "EUR",
    corrections: Sequence[ClaimLine] = (),
) -> Claim:
    """The claim for the days [first, end) of a month: like things under one rate in one line.

    Args:
        counts: How many count on each of the days, for each way of paying by the person that is agreed.
        first: The first day of the month.
        end: The day after the last one, which is of the same month; earlier than its end while it runs.
        payments: What the agreement pays over time.
        currency: Of the total where nothing is paid.
        corrections: Lines that correct months which were issued before; they follow, and add to the totals.
    """
    lines: dict[ClaimLine, ClaimLine] = {}
    for payment in payments:
        line = _line(payment, counts.get(payment.kind, ()), first, end)
        if line is not None:
            key = _key(line)
            lines[key] = _added(lines[key], line) if key in lines else line
    return _summed((*map(_rounded, lines.values()), *corrections), _unrated(counts, first, payments), currency)


def _line(payment: Payment, counts: Sequence[int], first: date, end: date) -> ClaimLine | None:
    """What a payment adds to the claim of a month, not yet rounded where it is summed; None where it adds nothing."""
    start, stop = max(first, payment.from_on), min(end, payment.until_on or end)
    days = (stop - start).days
    made = ClaimLine(
        0, payment.amount, Decimal(0), None, payment.kind, payment.currency, payment.places, 0, payment.purpose
    )
    if days <= 0:
        return None
    if payment.kind.is_by_person:
        at = (start - first).days
        counted = sum(counts[at : at + days])
        return replace(made, nights=counted) if counted else None
    if payment.kind is PaymentKind.PLACE_NIGHT:
        return replace(made, nights=days)
    if payment.kind is PaymentKind.ONCE:
        return replace(made, nights=1) if first <= payment.from_on < end else None
    if payment.due_on is not None:
        due = sum(start <= day for day in _due_days(payment, payment.due_on, stop))
        return replace(made, nights=due) if due else None
    amount, of = _spread(payment, first, start, stop)
    return replace(made, nights=days, amount=amount, of=of)


def _due_days(payment: Payment, due_on: date, before: date) -> Iterable[date]:
    """The days before another one on which a fixed sum is due."""
    every, number = PERIODS[payment.kind], 0
    while (day := months_later(due_on, every * number)) < before:
        yield day
        number += 1


def _spread(payment: Payment, first: date, start: date, stop: date) -> tuple[Decimal, int]:
    """What of a fixed sum lies in the days [start, stop) of a month, and the days of its period.

    Decided beside the rule: what is owed to the end of a month, rounded, less what is owed to its beginning, rounded;
    both are counted from the period's beginning, or from the day from which the sum is paid. So no month asks when the
    sum ends, and the months make up what is owed for all their days: those of a year the sum of the year exactly.
    """
    months = PERIODS[payment.kind]
    opening = Month(first.year, (first.month - 1) // months * months + 1)
    of, digits = (opening.next(months).first - opening.first).days, minor_digits(payment.currency)
    begun = max(opening.first, payment.from_on)
    until, since = (quotient(payment.amount * (day - begun).days, of, digits) for day in (stop, start))
    return until - since, of


def _rounded(line: ClaimLine) -> ClaimLine:
    if line.of:
        return line
    exact = line.rate * line.nights * (1 if line.places is None else line.places)
    return replace(line, amount=to_the_minor_unit(exact, line.currency))


def _unrated(counts: Mapping[PaymentKind, Sequence[int]], first: date, payments: Sequence[Payment]) -> int:
    """How many count on days on which nothing is paid by the person, where the agreement pays so at all."""
    by_person = [payment for payment in payments if payment.kind.is_by_person]
    if not by_person:
        return 0
    unrated = 0
    for offset, counted in enumerate(counts.get(by_person[0].kind, ())):
        day = first + timedelta(days=offset)
        if not any(each.from_on <= day and (each.until_on is None or day < each.until_on) for each in by_person):
            unrated += counted
    return unrated


def _summed(lines: Sequence[ClaimLine], unrated: int, currency: str) -> Claim:
    totals: dict[str, Decimal] = {}
    for line in lines:
        before = totals.get(line.currency, to_the_minor_unit(Decimal(0), line.currency))
        totals[line.currency] = before + line.amount
    all_of_them = [Total(*each) for each in totals.items()] or [
        Total(currency, to_the_minor_unit(Decimal(0), currency))
    ]
    main, *others = all_of_them
    return Claim(main.currency, tuple(lines), main.amount, unrated, tuple(others))


def correction_lines(issued: Iterable[ClaimLine], now: Iterable[ClaimLine], *, of: Month) -> tuple[ClaimLine, ...]:
    """What a later claim adds to an issued one or takes from it, as lines of their own (rules.md, Money).

    The amount of a line is the difference of the two rounded amounts, so that what was issued and its correction
    make up exactly what is owed.

    Args:
        issued: The lines of the month as they were issued, in whatever month's claim they stood.
        now: The lines as they are reckoned today.
        of: The month that they are lines of.
    """
    before, after = _merged(issued), _merged(now)
    lines = []
    for key in dict.fromkeys((*before, *after)):
        was, is_ = before.get(key, key), after.get(key, key)
        nights, amount = is_.nights - was.nights, is_.amount - was.amount
        if nights or amount:
            lines.append(replace(key, nights=nights, amount=amount, correction_of=str(of)))
    return tuple(lines)


def _merged(lines: Iterable[ClaimLine]) -> dict[ClaimLine, ClaimLine]:
    """The lines of one month, one for each thing that is paid, whatever month's claim they stood in."""
    merged: dict[ClaimLine, ClaimLine] = {}
    for line in lines:
        key = _key(line)
        merged[key] = _added(merged[key], line) if key in merged else replace(line, correction_of=None)
    return merged


def _key(line: ClaimLine) -> ClaimLine:
    """What a line is paid for, without how much."""
    return replace(line, nights=0, amount=Decimal(0), correction_of=None)


def _added(line: ClaimLine, more: ClaimLine) -> ClaimLine:
    return replace(line, nights=line.nights + more.nights, amount=line.amount + more.amount)
