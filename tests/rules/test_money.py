"""The claim: what is in force each night, one line for each thing that is paid, rounded half up once."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from models.rules.figures import Claim, ClaimLine, Total
from models.rules.money import PERIODS, Payment, claim, correction_lines, ended_by, to_the_minor_unit
from models.rules.time import Month
from models.rules.vocabulary import CountingRule, PaymentKind
from tests.builders import per_night
from tests.rules.strategies import MONTH, rate_lists

OCTOBER = Month(2026, 10)
NIGHT = PaymentKind.PERSON_NIGHT


def of_nights(counts: list[int], payments: list[Payment] | tuple[Payment, ...], month: Month = OCTOBER) -> Claim:
    """The claim of a month in which so many are there each night."""
    return claim({NIGHT: counts}, month.first, month.first + timedelta(days=len(counts)), payments)


def of_months(payment: Payment, first: Month, months: int) -> list[Decimal]:
    """What a payment comes to in each of some months, whoever is there."""
    following = (first.next(number) for number in range(months))
    return [claim({}, month.first, month.end, [payment]).total for month in following]


def paid(nights: int, rate: str, amount: str, of: str | None = None) -> ClaimLine:
    return ClaimLine(nights, Decimal(rate), Decimal(amount), of, NIGHT, "EUR")


def test_1046_person_nights_at_41_are_42886() -> None:
    made = of_nights([34] * 30 + [26], [per_night("41.00", date(2026, 1, 1))])
    assert made.lines == (paid(1046, "41.00", "42886.00"),)
    assert made.total == Decimal("42886.00")


def test_a_correction_of_an_earlier_month_is_a_line_of_its_own_and_adds_to_the_total() -> None:
    correction = paid(-2, "41.00", "-82.00", "2026-09")
    counts, rates = {NIGHT: [34] * 30 + [26]}, [per_night("41.00", date(2026, 1, 1))]
    made = claim(counts, OCTOBER.first, OCTOBER.end, rates, corrections=[correction])
    assert made.lines[-1] == correction
    assert made.total == Decimal("42804.00")


def test_a_rate_holds_from_its_first_night_up_to_but_not_with_its_end() -> None:
    rates = [per_night("10", date(2026, 10, 3), date(2026, 10, 5)), per_night("20", date(2026, 10, 6))]
    made = of_nights([1, 2, 4, 8, 16, 32, 64], rates)
    assert [(line.nights, line.rate) for line in made.lines] == [(12, Decimal(10)), (96, Decimal(20))]
    assert made.unrated_nights == 1 + 2 + 16


def test_a_rate_that_comes_back_has_one_line() -> None:
    rates = [
        per_night("10", date(2026, 10, 1), date(2026, 10, 2)),
        per_night("20", date(2026, 10, 2), date(2026, 10, 3)),
        per_night("10", date(2026, 10, 3)),
    ]
    assert [(line.nights, line.rate) for line in of_nights([1, 1, 1], rates).lines] == [
        (2, Decimal(10)),
        (1, Decimal(20)),
    ]


def test_amounts_are_rounded_half_up_once_at_the_end_of_the_line() -> None:
    assert to_the_minor_unit(Decimal("0.125"), "EUR") == Decimal("0.13")
    assert to_the_minor_unit(Decimal("0.135"), "ALL") == Decimal("0.14")
    assert to_the_minor_unit(Decimal("0.5"), "JPY") == 1
    assert to_the_minor_unit(Decimal("0.0005"), "KWD") == Decimal("0.001")
    assert of_nights([1, 1, 1], [per_night("0.335", OCTOBER.first)]).total == Decimal("1.01")
    assert of_nights([1, 1, 1], [per_night("12.345", OCTOBER.first)]).total == Decimal("37.04")


def test_nights_without_anybody_are_not_unrated_nor_are_those_that_nothing_is_paid_for() -> None:
    assert of_nights([0, 0], [per_night("1", date(2027, 1, 1))]).unrated_nights == 0
    yearly = Payment(PaymentKind.YEAR, Decimal(1), date(2026, 1, 1))
    assert of_nights([5, 5], [yearly]).unrated_nights == 0


def test_places_held_ready_are_paid_whether_they_are_used_or_not() -> None:
    places = Payment(PaymentKind.PLACE_NIGHT, Decimal("17.355"), date(2026, 10, 11), places=300)
    (line,) = claim({}, OCTOBER.first, OCTOBER.end, [places]).lines
    assert (line.nights, line.places, line.amount) == (21, 300, Decimal("109336.50"))
    assert claim({}, OCTOBER.first, OCTOBER.end, [places._replace(from_on=OCTOBER.end)]).lines == ()


def test_a_single_sum_is_claimed_in_the_month_in_which_it_is_due() -> None:
    single = Payment(PaymentKind.ONCE, Decimal("250000.005"), date(2026, 10, 31), currency="DKK", purpose="Fitting out")
    assert of_months(single, Month(2026, 9), 3) == [0, Decimal("250000.01"), 0]
    assert claim({}, OCTOBER.first, OCTOBER.last, [single]).lines == (), "the day is not over"


def test_denmark_pays_15_million_euros_a_year_whatever_the_nights() -> None:
    yearly = Payment(PaymentKind.YEAR, Decimal(15_000_000), date(2024, 5, 23))
    year = of_months(yearly, Month(2026, 1), 12)
    assert (year[0], year[1], year[3]) == (Decimal("1273972.60"), Decimal("1150684.93"), Decimal("1232876.71"))
    assert sum(year) == Decimal("15000000.00")
    assert sum(of_months(yearly, Month(2028, 1), 12)) == 15_000_000
    (first,) = claim({}, date(2024, 5, 1), date(2024, 6, 1), [yearly]).lines
    assert (first.nights, first.of, first.amount) == (9, 366, Decimal("368852.46"))


def test_a_sum_that_is_due_on_a_day_is_due_again_with_every_period() -> None:
    monthly = Payment(PaymentKind.MONTH, Decimal(10), date(2026, 1, 1), None, due_on=date(2026, 1, 31))
    assert of_months(monthly, Month(2026, 1), 6) == [10] * 6, "the last day where a month has no 31st"
    quarterly = monthly._replace(kind=PaymentKind.QUARTER, until_on=date(2026, 10, 31))
    assert of_months(quarterly, Month(2026, 1), 12) == [10, 0, 0, 10, 0, 0, 10, 0, 0, 0, 0, 0]
    yearly = monthly._replace(kind=PaymentKind.YEAR, due_on=date(2028, 2, 29))
    assert [of_months(yearly, Month(year, 2), 1) for year in (2027, 2028, 2029)] == [[0], [10], [10]]


def test_each_currency_has_its_total() -> None:
    payments = [
        per_night("1.5", date(2026, 1, 1)),
        per_night("2000", date(2026, 1, 1), currency="ALL"),
        Payment(PaymentKind.MONTH, Decimal(999), date(2026, 1, 1), currency="JPY"),
    ]
    made = of_nights([1] * 31, payments)
    assert made.totals == (Total("EUR", Decimal("46.50")), Total("ALL", Decimal(62_000)), Total("JPY", Decimal(999)))


def test_lines_that_an_earlier_konak_issued_are_what_its_programme_counted() -> None:
    earlier = Claim("EUR", (ClaimLine(3, Decimal(41), Decimal(123)),), Decimal(123), 0)
    for rule, kind in ((CountingRule.DAYS, PaymentKind.PERSON_DAY), (CountingRule.NIGHTS_MIN_ONE, NIGHT)):
        (line,) = earlier.whole_lines(rule)
        assert (line.kind, line.currency, line.nights) == (kind, "EUR", 3)


counts_of_a_month = st.lists(st.integers(0, 400), min_size=29, max_size=29)
amounts = st.integers(1, 10**12).map(lambda number: Decimal(number) / 10**4)
currencies = st.sampled_from(["EUR", "ALL", "JPY", "KWD"])


@st.composite
def fixed_sums(draw: st.DrawFn) -> Payment:
    """A sum that is spread over months, quarters or years."""
    kind, start = draw(st.sampled_from(list(PERIODS))), draw(st.dates(date(2026, 1, 1), date(2029, 12, 31)))
    long = draw(st.one_of(st.none(), st.integers(1, 900)))
    return Payment(kind, draw(amounts), start, start + timedelta(days=long) if long else None, draw(currencies))


@given(fixed_sums(), st.integers(2026, 2030))
def test_the_months_of_a_year_make_up_the_sum_of_the_year_exactly(payment: Payment, year: int) -> None:
    """Also where it is in force for a part of a period: then by the days of that part, rounded once."""
    months = PERIODS[payment.kind]
    for opening in range(1, 13, months):
        first, end = date(year, opening, 1), Month(year, opening).next(months).first
        begun, ended = max(first, payment.from_on), min(end, payment.until_on or end)
        exact = Fraction(payment.amount) * max(0, (ended - begun).days) / (end - first).days
        unit = {"JPY": 0, "KWD": 3}.get(payment.currency, 2)
        rounded = int(exact * 10**unit + Fraction(1, 2))
        assert sum(of_months(payment, Month(year, opening), months)) * 10**unit == rounded


@given(fixed_sums(), st.integers(2026, 2030), st.integers(1, 12))
def test_a_spread_sum_is_no_further_from_its_days_than_rounding_can_be(payment: Payment, year: int, at: int) -> None:
    month = Month(year, at)
    for line in claim({}, month.first, month.end, [payment]).lines:
        unit = Decimal(1).scaleb(-{"JPY": 0, "KWD": 3}.get(payment.currency, 2))
        assert abs(Fraction(line.amount) - Fraction(payment.amount) * line.nights / line.of) < Fraction(unit)
        assert line.amount == line.amount.quantize(unit)
        assert line.amount >= 0


@given(fixed_sums(), st.integers(2026, 2030), st.integers(1, 12), st.integers(1, 400))
def test_no_month_asks_when_its_sum_ends_later(payment: Payment, year: int, at: int, later: int) -> None:
    """What was issued stays as it was when the sum is ended, or the end is moved, in the months that follow."""
    month, open_ = Month(year, at), payment._replace(until_on=None)
    for ended in (month.end, month.end + timedelta(days=later)):
        if ended > payment.from_on:
            assert of_months(payment._replace(until_on=ended), month, 1) == of_months(open_, month, 1)


def test_a_sum_that_is_ended_with_august_leaves_august_as_it_was_issued() -> None:
    yearly = Payment(PaymentKind.YEAR, Decimal(1_000_000), date(2026, 1, 1), currency="RSD")
    ended = yearly._replace(until_on=date(2026, 9, 1))
    assert of_months(yearly, Month(2026, 8), 2) == [Decimal("84931.50"), Decimal("82191.79")]
    assert of_months(ended, Month(2026, 8), 2) == [Decimal("84931.50"), 0]
    yen = yearly._replace(amount=Decimal(7), currency="JPY")
    assert of_months(yen, Month(2026, 1), 12) == [1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1]


@given(counts_of_a_month, rate_lists())
def test_the_claim_adds_up(counts: list[int], rates: tuple[Payment, ...]) -> None:
    made = of_nights(counts, rates, MONTH)
    assert made.total == sum((line.amount for line in made.lines), Decimal(0))
    assert len({line.rate for line in made.lines}) == len(made.lines)
    for line in made.lines:
        alike = [rate for rate in rates if rate.amount == line.rate]
        nights = [
            counts[n]
            for n in range(29)
            for rate in alike
            if rate.from_on <= MONTH.first + timedelta(days=n) < (rate.until_on or date.max)
        ]
        assert (line.nights, line.amount) == (
            sum(nights),
            (line.rate * sum(nights)).quantize(Decimal("0.01"), ROUND_HALF_UP),
        )
    if rates:
        assert sum(line.nights for line in made.lines) + made.unrated_nights == sum(counts)


@given(counts_of_a_month, counts_of_a_month, rate_lists(), rate_lists(), fixed_sums(), fixed_sums())
def test_what_was_issued_and_its_correction_make_up_what_is_owed(
    before: list[int],
    after: list[int],
    rates: tuple[Payment, ...],
    new_rates: tuple[Payment, ...],
    fixed: Payment,
    new_fixed: Payment,
) -> None:
    issued = of_nights(before, (*rates, fixed), MONTH)
    now = of_nights(after, (*new_rates, new_fixed), MONTH)
    lines = correction_lines(issued.lines, now.lines, of=MONTH)
    assert all(line.correction_of == str(MONTH) for line in lines)
    for currency in ("EUR", "ALL", "JPY", "KWD"):
        was, is_, corrected = (
            sum(line.amount for line in each if line.currency == currency) for each in (issued.lines, now.lines, lines)
        )
        assert was + corrected == is_


def test_two_nights_fewer_are_one_line_and_no_change_is_none() -> None:
    issued, now = [paid(10, "41.00", "410.00")], [paid(8, "41.00", "328.00")]
    assert correction_lines(issued, now, of=Month(2026, 9)) == (paid(-2, "41.00", "-82.00", "2026-09"),)
    assert correction_lines(issued, issued, of=Month(2026, 9)) == ()
    changed = [paid(10, "41.00", "410.00"), paid(-2, "41.00", "-82.00", "2026-09")]
    assert correction_lines(changed, now, of=Month(2026, 9)) == (), "what another month has corrected already"


def test_a_rate_is_ended_by_the_one_that_follows_it_and_nothing_else_is() -> None:
    earlier, later = per_night("1", date(2026, 1, 1)), per_night("2", date(2026, 7, 1))
    assert ended_by(later, earlier) == earlier._replace(until_on=date(2026, 7, 1))
    for other in (
        earlier._replace(until_on=date(2026, 3, 1)),
        earlier._replace(from_on=date(2026, 7, 1)),
        earlier._replace(from_on=date(2026, 8, 1)),
        earlier._replace(currency="DKK"),
        earlier._replace(kind=PaymentKind.PERSON_DAY),
    ):
        assert ended_by(later, other) == other
    monthly = later._replace(kind=PaymentKind.MONTH)
    assert ended_by(monthly, earlier._replace(kind=PaymentKind.MONTH)).until_on is None
