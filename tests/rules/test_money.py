"""The claim: the rate in force each night, one line for each rate, rounded half up once."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.rules.figures import ClaimLine
from models.rules.money import RatePeriod, claim, correction_lines, rate_on, to_the_minor_unit
from models.rules.time import Month
from tests.rules.strategies import MONTH, rate_lists

OCTOBER = date(2026, 10, 1)


def test_1046_person_nights_at_41_are_42886() -> None:
    counts = [34] * 30 + [26]
    made = claim(counts, OCTOBER, [RatePeriod(date(2026, 1, 1), None, Decimal("41.00"))], currency="EUR")
    assert made.lines == (ClaimLine(1046, Decimal("41.00"), Decimal("42886.00")),)
    assert made.total == Decimal("42886.00")


def test_a_correction_of_an_earlier_month_is_a_line_of_its_own_and_adds_to_the_total() -> None:
    correction = ClaimLine(-2, Decimal("41.00"), Decimal("-82.00"), "2026-09")
    counts = [34] * 30 + [26]
    rates = [RatePeriod(date(2026, 1, 1), None, Decimal("41.00"))]
    made = claim(counts, OCTOBER, rates, currency="EUR", corrections=[correction])
    assert made.lines[-1] == correction
    assert made.total == Decimal("42804.00")


def test_a_rate_holds_from_its_first_night_up_to_but_not_with_its_end() -> None:
    rates = [
        RatePeriod(date(2026, 10, 3), date(2026, 10, 5), Decimal(10)),
        RatePeriod(date(2026, 10, 6), None, Decimal(20)),
    ]
    assert [rate_on(rates, OCTOBER + timedelta(days=n)) for n in range(7)] == [None, None, 10, 10, None, 20, 20]
    made = claim([1] * 7, OCTOBER, rates, currency="EUR")
    assert [(line.nights, line.rate) for line in made.lines] == [(2, Decimal(10)), (2, Decimal(20))]
    assert made.unrated_nights == 3


def test_a_rate_that_comes_back_has_one_line() -> None:
    rates = [
        RatePeriod(date(2026, 10, 1), date(2026, 10, 2), Decimal(10)),
        RatePeriod(date(2026, 10, 2), date(2026, 10, 3), Decimal(20)),
        RatePeriod(date(2026, 10, 3), None, Decimal(10)),
    ]
    made = claim([1, 1, 1], OCTOBER, rates, currency="EUR")
    assert [(line.nights, line.rate) for line in made.lines] == [(2, Decimal(10)), (1, Decimal(20))]


def test_amounts_are_rounded_half_up_once_at_the_end_of_the_line() -> None:
    assert to_the_minor_unit(Decimal("0.125"), "EUR") == Decimal("0.13")
    assert to_the_minor_unit(Decimal("0.135"), "ALL") == Decimal("0.14")
    made = claim([1, 1, 1], OCTOBER, [RatePeriod(OCTOBER, None, Decimal("0.335"))], currency="EUR")
    assert made.total == Decimal("1.01")


def test_nights_without_anybody_are_not_unrated() -> None:
    assert claim([0, 0], OCTOBER, [], currency="EUR").unrated_nights == 0


counts_of_a_month = st.lists(st.integers(0, 400), min_size=29, max_size=29)


@given(counts_of_a_month, rate_lists())
def test_the_claim_adds_up(counts: list[int], rates: tuple[RatePeriod, ...]) -> None:
    made = claim(counts, MONTH.first, rates, currency="EUR")
    assert made.total == sum((line.amount for line in made.lines), Decimal(0))
    assert sum(line.nights for line in made.lines) + made.unrated_nights == sum(counts)
    assert len({line.rate for line in made.lines}) == len(made.lines)
    exact = sum(
        ((rate_on(rates, MONTH.first + timedelta(days=n)) or 0) * count for n, count in enumerate(counts)), Decimal(0)
    )
    assert abs(made.total - exact) <= Decimal("0.005") * len(made.lines)


@given(counts_of_a_month, counts_of_a_month, rate_lists(), rate_lists())
def test_what_was_issued_and_its_correction_make_up_what_is_owed(
    before: list[int], after: list[int], rates: tuple[RatePeriod, ...], new_rates: tuple[RatePeriod, ...]
) -> None:
    issued = claim(before, MONTH.first, rates, currency="EUR")
    now = claim(after, MONTH.first, new_rates, currency="EUR")
    lines = correction_lines(issued.lines, now.lines, of=MONTH)
    assert issued.total + sum((line.amount for line in lines), Decimal(0)) == now.total
    assert all(line.correction_of == str(MONTH) for line in lines)


def test_two_nights_fewer_are_one_line_and_no_change_is_none() -> None:
    rate = Decimal("41.00")
    issued = [ClaimLine(10, rate, Decimal("410.00")), ClaimLine(1, rate, Decimal("41.00"), "2026-08")]
    now = [ClaimLine(8, rate, Decimal("328.00"))]
    assert correction_lines(issued, now, of=Month(2026, 9)) == (ClaimLine(-2, rate, Decimal("-82.00"), "2026-09"),)
    assert correction_lines(issued, issued, of=Month(2026, 9)) == ()
