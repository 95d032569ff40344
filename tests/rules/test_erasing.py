"""What is left of a person who was erased."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.birth import BirthDate
from models.rules.erasing import coarse_birth, days_that_count
from models.rules.months import age_band


def test_the_days_that_count_are_the_arrival_the_departure_and_the_ends_of_months_between() -> None:
    asked = list(days_that_count(date(2026, 1, 31), date(2026, 3, 31)))
    assert asked == [date(2026, 1, 31), date(2026, 3, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert list(days_that_count(date(2026, 1, 5), date(2026, 2, 1)))[2:] == [date(2026, 1, 31)]


def test_a_birth_becomes_the_first_day_of_a_year_that_five_divides_where_that_is_as_old() -> None:
    assert coarse_birth(BirthDate.exact(date(1987, 6, 14)), [date(2026, 5, 1)]) == BirthDate(2000, 1, 1)


def test_another_birth_is_looked_for_within_25_years_and_best_where_five_divides_the_year() -> None:
    on = [date(2026, 5, 1)]
    assert coarse_birth(BirthDate.exact(date(1935, 6, 14)), on) == BirthDate(1960, 1, 1)
    assert coarse_birth(BirthDate.exact(date(1934, 6, 14)), on) == BirthDate(1955, 1, 1)
    child = coarse_birth(BirthDate.exact(date(2008, 6, 14)), [date(2025, 12, 31), date(2026, 12, 31)])
    assert child == BirthDate(2008, 1, 1)


def test_a_birthday_that_the_figures_show_is_kept_to_the_month_or_to_the_day() -> None:
    """Who was 17 on 1 May and 18 on the last of May was born in May 2008: of a first of January nothing fits."""
    month = coarse_birth(BirthDate.exact(date(2008, 5, 14)), [date(2026, 4, 30), date(2026, 5, 31)])
    assert month == BirthDate(2008, 5, 1)
    day = coarse_birth(BirthDate.exact(date(2008, 5, 14)), [date(2026, 5, 13), date(2026, 5, 14)])
    assert day == BirthDate.exact(date(2008, 5, 14))
    for month_day in ((2, 1), (12, 1)):
        born = date(2008, *month_day) + timedelta(days=9)
        days = [date(2026, *month_day) - timedelta(days=1), date(2026, *month_day) + timedelta(days=9)]
        assert coarse_birth(BirthDate.exact(born), days) == BirthDate(2008, *month_day)
    last = [date(2026, 12, 30), date(2026, 12, 31)]
    assert coarse_birth(BirthDate.exact(date(2008, 12, 31)), last) == BirthDate(2008, 12, 31)
    assert coarse_birth(BirthDate(2008), last) == BirthDate(2008, 12, 31)


@given(
    st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 500)
)
def test_whatever_is_left_is_as_old_on_each_day_that_the_figures_ask_for(born: date, came: date, nights: int) -> None:
    days = [*days_that_count(came, came + timedelta(days=nights))]
    left = coarse_birth(BirthDate.exact(born), days)
    assert [age_band(str(left), day) for day in days] == [age_band(born.isoformat(), day) for day in days]
