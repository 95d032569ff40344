"""The figures of a month: a year of real stays against its known figures, and what must hold for any stays."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.rules.birth import BirthDate
from models.rules.figures import AGE_BANDS, MonthFigures, counted_kind
from models.rules.money import Payment
from models.rules.months import (
    AbsenceRow,
    PlaceNumbers,
    ReviewRow,
    StayRow,
    Terms,
    age_band,
    month_figures,
)
from models.rules.time import Month
from models.rules.vocabulary import (
    AbsencesRule,
    CountingRule,
    DepartureKind,
    Destination,
    PaymentKind,
    PlacesRule,
    Sex,
)
from tests.rules.strategies import MONTH, absence_terms, absences_of, heading, rate_lists, reviews_of, stay_lists

LATER = date(2030, 1, 1)
MONTHS_OF_2019 = [Month(2019, number) for number in range(1, 7)]


@pytest.fixture(scope="module")
def real_stays(shared_data: Path) -> list[StayRow]:
    """The 38,867 stays of the city's register, straight from the file."""
    with (shared_data / "stays" / "nyc-doc-2019.csv").open(encoding="utf-8", newline="") as file:
        return [
            StayRow(
                row["stay_id"],
                row["person_id"],
                date.fromisoformat(row["entry_date"]),
                date.fromisoformat(row["exit_date"]) if row["exit_date"] else None,
                sex=row["sex"] or None,
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def figures_of_2019(real_stays: list[StayRow]) -> dict[Month, MonthFigures]:
    """The figures of the six months that are known."""
    return {month: month_figures(month, heading(), Terms(), real_stays, cut_off=LATER) for month in MONTHS_OF_2019}


def columns(figures: MonthFigures) -> dict[str, Decimal]:
    """The figures under the names of the columns of the file."""
    lengths = figures.length_departed
    bands = ("0_7", "8_31", "32_91", "92_182", "183_365", "366_547", "548_730", "over_730")
    assert lengths.median is not None
    assert lengths.mean is not None
    named: dict[str, int | Decimal] = {
        "on_roll_at_start": figures.on_roll_at_start,
        "admissions": figures.admissions,
        "departures": figures.departures,
        "on_roll_at_end": figures.on_roll_at_end,
        "person_nights": figures.person_nights,
        "average_daily_population": figures.average,
        "person_days_inclusive": figures.person_days,
        "same_day_stays": figures.same_day_stays,
        "person_nights_min_one": figures.person_nights_min_one,
        "departed_median_nights": lengths.median,
        "departed_mean_nights": lengths.mean,
        **{f"departed_{band}": count for band, count in zip(bands, lengths.counts, strict=True)},
    }
    return {name: Decimal(value) for name, value in named.items()}


def test_january_to_june_2019_equal_the_known_figures_in_every_column(
    figures_of_2019: dict[Month, MonthFigures], shared_data: Path
) -> None:
    with (shared_data / "stays" / "nyc-doc-2019-expected-months.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert [Month.parse(row["month"]) for row in expected] == MONTHS_OF_2019
    for row in expected:
        month = Month.parse(row.pop("month"))
        assert columns(figures_of_2019[month]) == {name: Decimal(value) for name, value in row.items()}


def test_the_roll_by_night_equals_the_181_known_nights(
    figures_of_2019: dict[Month, MonthFigures], shared_data: Path
) -> None:
    with (shared_data / "stays" / "nyc-doc-2019-expected-nights.csv").open(encoding="utf-8", newline="") as file:
        expected = [int(row["on_roll_at_midnight"]) for row in csv.DictReader(file)]
    assert len(expected) == 181
    assert [number for month in MONTHS_OF_2019 for number in figures_of_2019[month].roll_by_night] == expected


def test_january_2019_is_as_the_rules_tell_it(figures_of_2019: dict[Month, MonthFigures]) -> None:
    january = figures_of_2019[Month(2019, 1)]
    assert (january.on_roll_at_start, january.admissions) == (7446, 3233)
    assert (january.departures, january.on_roll_at_end) == (2927, 7752)
    assert (january.person_nights, january.person_days) == (237_827, 240_743)
    assert round(january.average, 2) == Decimal("7671.84")


def test_each_month_of_2019_opens_with_what_the_one_before_closed_with(
    figures_of_2019: dict[Month, MonthFigures],
) -> None:
    for month in MONTHS_OF_2019[1:]:
        assert figures_of_2019[month].on_roll_at_start == figures_of_2019[month.next(-1)].on_roll_at_end


def test_those_of_2019_without_a_kind_count_as_not_recorded(figures_of_2019: dict[Month, MonthFigures]) -> None:
    january = figures_of_2019[Month(2019, 1)]
    assert january.departures_by == (("not_recorded", "not_recorded", 2927),)
    assert dict(january.admissions_by_nationality) == {"unknown": 3233}


JUNE = Month(2026, 6)


def stay(
    number: int,
    arrived: tuple[int, int],
    departed: tuple[int, int] | None = None,
    *,
    kind: DepartureKind | None = None,
    destination: Destination | None = None,
    nationality: str | None = None,
    birth: str | None = None,
    limit_on: date | None = None,
    emergency: bool = False,
) -> StayRow:
    """A stay in 2026, from month and day to month and day."""
    return StayRow(
        number,
        number,
        date(2026, *arrived),
        None if departed is None else date(2026, *departed),
        kind,
        destination,
        None,
        nationality,
        Sex.FEMALE,
        birth,
        limit_on,
        emergency,
    )


def june(
    *stays: StayRow,
    terms: Terms | None = None,
    cut_off: date = LATER,
    reviews: Sequence[ReviewRow] = (),
    places: PlaceNumbers | None = None,
) -> MonthFigures:
    return month_figures(
        JUNE,
        heading(),
        terms or Terms(),
        stays,
        cut_off=cut_off,
        reviews=reviews,
        places=places or PlaceNumbers(),
    )


def test_admissions_are_by_age_at_arrival_departures_at_departure_and_the_present_at_the_end_of_the_month() -> None:
    figures = june(
        stay(1, (6, 10), birth="2008-06-15"),
        stay(2, (5, 1), (6, 20), birth="2008-06-15"),
        stay(3, (6, 1), (6, 14), birth="2008-06-15"),
    )
    assert {band: number for band, number in figures.admissions_by_age if number} == {"12-17": 2}
    assert {band: number for band, number in figures.departures_by_age if number} == {"12-17": 1, "18-24": 1}
    assert {band: number for band, number in figures.present_by_age if number} == {"18-24": 1}
    assert {band: number for band, number in figures.start_by_age if number} == {"12-17": 1}
    birthday = june(stay(1, (5, 1), birth="2008-06-01"))
    assert {band: number for band, number in birthday.start_by_age if number} == {"12-17": 1}


def test_age_groups_stand_in_their_order_also_where_nobody_is() -> None:
    assert [band for band, _ in june().present_by_age] == list(AGE_BANDS)


def test_departures_are_by_kind_and_destination_in_the_order_of_the_vocabulary() -> None:
    figures = june(
        stay(1, (5, 1), (6, 2), kind=DepartureKind.ESCAPE),
        stay(2, (5, 1), (6, 2), kind=DepartureKind.VOLUNTARY_RETURN, destination=Destination.COUNTRY_OF_ORIGIN),
        stay(3, (5, 1), (6, 9), kind=DepartureKind.VOLUNTARY_RETURN, destination=Destination.COUNTRY_OF_ORIGIN),
        stay(4, (5, 1), (7, 1), kind=DepartureKind.REMOVAL),
    )
    assert figures.departures_by == (("voluntary_return", "country_of_origin", 2), ("escape", "not_recorded", 1))


def test_counts_stand_the_highest_first_then_by_key() -> None:
    rows = [stay(n, (6, 1), nationality=code) for n, code in enumerate(["CU", "AF", "AF", None, "XXA"])]
    figures = june(*rows)
    assert figures.admissions_by_nationality == (("AF", 2), ("CU", 1), ("XXA", 1), ("unknown", 1))
    assert figures.admissions_by_sex == (("F", 5),)


def test_nothing_from_the_cut_off_on_has_happened_in_a_month_that_still_runs() -> None:
    rows = [stay(1, (5, 1), (6, 11)), stay(2, (6, 10)), stay(3, (6, 11)), stay(4, (5, 1), (6, 10))]
    figures = june(*rows, cut_off=date(2026, 6, 11))
    assert (figures.on_roll_at_start, figures.admissions, figures.departures, figures.on_roll_at_end) == (2, 1, 1, 2)
    assert figures.roll_by_night == (*[2] * 10, *[0] * 20)
    assert figures.average == 2
    assert figures.cut_off == date(2026, 6, 11)
    assert figures.length_present.longest == 41


def test_a_month_that_has_not_begun_has_the_roll_and_nothing_else() -> None:
    figures = june(stay(1, (5, 1)), cut_off=date(2026, 5, 20))
    assert (figures.on_roll_at_start, figures.on_roll_at_end, figures.person_nights) == (1, 1, 0)
    assert (figures.average, figures.highest_on, figures.cut_off) == (Decimal(0), None, date(2026, 6, 1))


def test_a_month_that_is_over_is_counted_to_its_end_whatever_day_it_is() -> None:
    assert june(stay(1, (5, 1))) == june(stay(1, (5, 1)), cut_off=date(2026, 7, 1))


def test_the_highest_roll_stands_with_its_first_night() -> None:
    figures = june(stay(1, (5, 1)), stay(2, (6, 5), (6, 7)), stay(3, (6, 20), (6, 22)))
    assert (figures.highest, figures.highest_on) == (2, date(2026, 6, 5))


def test_past_the_limit_are_those_on_the_roll_as_of_the_last_day_of_the_month_the_most_days_first() -> None:
    figures = june(
        stay(1, (1, 1), limit_on=date(2026, 6, 28)),
        stay(2, (1, 1), limit_on=date(2026, 6, 30)),
        stay(3, (1, 1), limit_on=date(2026, 6, 1)),
        stay(4, (1, 1), (6, 29), limit_on=date(2026, 6, 1)),
        stay(5, (1, 1)),
    )
    assert figures.past_limit == (29, 2)


def test_reviews_are_held_in_the_month_and_late_when_due_by_its_end_and_not_held() -> None:
    rows = [stay(1, (1, 1)), stay(2, (4, 1)), stay(3, (4, 2)), stay(4, (1, 1), (6, 29))]
    reviews = [
        ReviewRow(1, date(2026, 4, 1), date(2026, 4, 3)),
        ReviewRow(2, date(2026, 6, 30), date(2026, 6, 20)),
        ReviewRow(1, date(2026, 6, 30), date(2026, 7, 1)),
    ]
    figures = june(*rows, reviews=reviews)
    assert (figures.reviews_held, figures.reviews_late) == (1, 1)
    assert june(*rows, reviews=reviews, terms=Terms(review_every=0)).reviews_late == 0


def test_an_emergency_arrival_stands_in_the_report_of_every_month_until_it_is_cured() -> None:
    rows = [stay(1, (5, 1), emergency=True), stay(2, (6, 1), emergency=True), stay(3, (6, 1))]
    assert june(*rows).emergencies == 2


def test_cumulative_places_count_persons_admitted_and_those_who_hold_one() -> None:
    terms = Terms(PlacesRule.CUMULATIVE, 50, date(2026, 6, 11), date(2027, 6, 10))
    places = june(stay(1, (6, 11)), terms=terms, places=PlaceNumbers(admitted=45, held=2)).places
    assert (places.used, places.held, places.left) == (45, 2, 3)
    nobody = june(terms=terms).places
    assert (nobody.used, nobody.held, nobody.left) == (0, 0, 50)


def test_concurrent_places_show_the_highest_roll_and_what_is_left_at_the_end() -> None:
    terms = Terms(PlacesRule.CONCURRENT, 300, date(2026, 1, 1))
    places = june(stay(1, (6, 1)), stay(2, (6, 1), (6, 5)), terms=terms, places=PlaceNumbers(held=7)).places
    assert (places.used, places.held, places.left) == (2, 7, 292)
    assert june(terms=Terms(PlacesRule.CONCURRENT)).places.left is None


def test_the_claim_follows_the_counting_and_the_absences_rule_of_the_programme() -> None:
    terms = Terms(payments=(Payment(PaymentKind.PERSON_NIGHT, Decimal("41.00"), date(2026, 1, 1)),))
    rows, away = [stay(1, (6, 1), (6, 11))], [AbsenceRow(1, date(2026, 6, 3), date(2026, 6, 8))]
    for rule, first_nights, counted in ((AbsencesRule.ALWAYS, None, 10), (AbsencesRule.FIRST, 3, 8)):
        head = heading(CountingRule.NIGHTS, rule, first_nights)
        figures = month_figures(JUNE, head, terms, rows, cut_off=LATER, absences=away)
        assert figures.claim is not None
        assert (figures.counted, figures.claim.total) == (counted, Decimal("41.00") * counted)
        assert figures.person_nights == 10
    assert june(*rows).claim is None


@pytest.mark.parametrize(
    ("rule", "nights", "days"),
    [(CountingRule.NIGHTS, 10, 12), (CountingRule.DAYS, 10, 12), (CountingRule.NIGHTS_MIN_ONE, 11, 12)],
)
def test_what_is_paid_by_the_night_counts_as_nights_do_and_by_the_day_as_days(
    rule: CountingRule, nights: int, days: int
) -> None:
    rows = [stay(1, (6, 1), (6, 11)), stay(2, (6, 5), (6, 5))]
    for kind, count in ((PaymentKind.PERSON_NIGHT, nights), (PaymentKind.PERSON_DAY, days)):
        terms = Terms(payments=(Payment(kind, Decimal(1), date(2026, 1, 1)),))
        claim = month_figures(JUNE, heading(rule), terms, rows, cut_off=LATER).claim
        assert claim is not None
        assert claim.total == count


@given(st.data(), stay_lists(), rate_lists(), st.sampled_from(CountingRule), absence_terms)
def test_any_month_balances_and_its_parts_add_up(
    data: st.DataObject,
    stays: list[StayRow],
    rates: tuple[Payment, ...],
    rule: CountingRule,
    absences: tuple[AbsencesRule, int | None],
) -> None:
    cut_off = data.draw(st.dates(MONTH.first - timedelta(days=3), MONTH.end + timedelta(days=3)))
    figures = month_figures(
        MONTH,
        heading(rule, *absences),
        Terms(payments=tuple(rate._replace(kind=counted_kind(rule)) for rate in rates)),
        stays,
        cut_off=cut_off,
        absences=data.draw(absences_of(stays)),
        reviews=data.draw(reviews_of(stays)),
    )
    assert figures.balances
    assert figures.on_roll_at_end - figures.on_roll_at_start == figures.admissions - figures.departures
    assert figures.person_days >= figures.person_nights
    for parts, whole in (
        (figures.admissions_by_nationality, figures.admissions),
        (figures.admissions_by_sex, figures.admissions),
        (figures.admissions_by_age, figures.admissions),
        (figures.present_by_nationality, figures.on_roll_at_end),
        (figures.present_by_sex, figures.on_roll_at_end),
        (figures.present_by_age, figures.on_roll_at_end),
        (figures.departures_by_country, figures.departures),
        (figures.departures_by_nationality, figures.departures),
        (figures.departures_by_sex, figures.departures),
        (figures.departures_by_age, figures.departures),
    ):
        assert sum(number for _, number in parts) == whole
    assert sum(number for *_, number in figures.departures_by) == figures.departures
    assert sum(figures.length_present.counts) == figures.on_roll_at_end
    assert sum(figures.length_departed.counts) == figures.departures
    if figures.claim is not None:
        assert sum(line.nights for line in figures.claim.lines) + figures.claim.unrated_nights == figures.counted


@given(st.data(), stay_lists(), absence_terms)
def test_the_order_of_stays_and_absences_does_not_matter(
    data: st.DataObject, stays: list[StayRow], terms: tuple[AbsencesRule, int | None]
) -> None:
    absences, reviews = data.draw(absences_of(stays)), data.draw(reviews_of(stays))
    head = heading(data.draw(st.sampled_from(CountingRule)), *terms)
    one = month_figures(MONTH, head, Terms(), stays, cut_off=LATER, absences=absences, reviews=reviews)
    other = month_figures(
        MONTH,
        head,
        Terms(),
        data.draw(st.permutations(stays)),
        cut_off=LATER,
        absences=data.draw(st.permutations(absences)),
        reviews=data.draw(st.permutations(reviews)),
    )
    assert one.to_json() == other.to_json()


@given(stay_lists())
def test_a_month_opens_with_what_the_one_before_closed_with(stays: list[StayRow]) -> None:
    before = month_figures(MONTH.next(-1), heading(), Terms(), stays, cut_off=LATER)
    month = month_figures(MONTH, heading(), Terms(), stays, cut_off=LATER)
    assert before.on_roll_at_end == month.on_roll_at_start


@given(
    st.one_of(
        st.dates(date(1920, 1, 1), date(2026, 12, 31)).map(BirthDate.exact),
        st.builds(BirthDate, st.integers(1920, 2026), st.one_of(st.none(), st.integers(1, 12))),
        st.builds(lambda year: BirthDate(year, about=True), st.integers(1920, 2026)),
    ),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_the_age_group_is_that_of_the_full_years_that_are_certain(birth: BirthDate, on: date) -> None:
    years = birth.age(on)
    low, _, high = age_band(str(birth), on).rstrip("+").partition("-")
    assert int(low) <= years
    assert not high or years <= int(high)


def test_stays_that_do_not_touch_the_month_change_nothing() -> None:
    rows = [stay(1, (6, 3))]
    assert june(*rows, stay(2, (1, 1), (5, 31)), stay(3, (7, 1)), stay(4, (5, 31), (5, 31))) == june(*rows)


@given(stay_lists())
def test_a_stay_that_ends_on_the_first_of_the_month_departs_in_it_and_adds_no_night(stays: list[StayRow]) -> None:
    assume(stays)
    first = MONTH.first
    base = month_figures(MONTH, heading(), Terms(), stays, cut_off=LATER)
    more = month_figures(
        MONTH, heading(), Terms(), [*stays, StayRow(99, 99, first - timedelta(days=3), first)], cut_off=LATER
    )
    assert more.departures == base.departures + 1
    assert more.on_roll_at_start == base.on_roll_at_start + 1
    assert more.person_nights == base.person_nights
    assert more.person_days == base.person_days + 1
