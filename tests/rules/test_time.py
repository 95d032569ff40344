"""Moments, intervals, months and birth dates."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.time import Interval, Moment, Month, has_one_offset, is_repeated, is_skipped, local_date

BELGRADE = ZoneInfo("Europe/Belgrade")


def test_an_instant_belongs_to_the_local_date() -> None:
    assert local_date(datetime(2026, 9, 20, 22, 30, tzinfo=UTC), BELGRADE) == date(2026, 9, 21)


def test_a_moment_known_to_the_day_has_no_time() -> None:
    assert Moment.of_clock(date(2026, 9, 20), None, BELGRADE) == Moment(date(2026, 9, 20), None)
    assert Moment.of_clock(date(2026, 9, 20), time(0, 0), BELGRADE).at == datetime(2026, 9, 19, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "skipped", "repeated"),
    [
        ("Europe/Belgrade", datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)),
        ("Europe/London", datetime(2027, 3, 28, 1, 0), datetime(2026, 10, 25, 1, 59)),
        ("America/New_York", datetime(2026, 3, 8, 2, 59), datetime(2026, 11, 1, 1, 0)),
    ],
)
def test_an_hour_that_the_clocks_skip_or_repeat_is_told(zone: str, skipped: datetime, repeated: datetime) -> None:
    at = ZoneInfo(zone)
    for when, is_told in ((skipped, (True, False)), (repeated, (False, True))):
        day, clock = when.date(), when.time()
        assert (is_skipped(day, clock, at), is_repeated(day, clock, at), has_one_offset(day, at)) == (*is_told, False)
        for hours in (-2, 2):
            other = (when + timedelta(hours=hours)).time()
            assert (is_skipped(day, other, at), is_repeated(day, other, at)) == (False, False)
    assert has_one_offset(skipped.date() + timedelta(days=1), at)
    with pytest.raises(Refused, match="there is no"):
        Moment.typed(skipped.date(), skipped.time(), at)
    first, second = (Moment.typed(repeated.date(), repeated.time().replace(fold=fold), at).at for fold in (0, 1))
    assert first is not None
    assert second is not None
    assert second - first == timedelta(hours=1)


def test_two_moments_of_one_day_need_both_their_times_to_tell_which_was_first() -> None:
    morning = Moment.of_clock(date(2026, 3, 3), time(9), BELGRADE)
    evening = Moment.of_clock(date(2026, 3, 3), time(17), BELGRADE)
    sometime = Moment(date(2026, 3, 3))
    assert morning.surely_before(evening)
    assert not evening.surely_before(morning)
    assert not sometime.surely_before(evening)
    assert not morning.surely_before(sometime)


def test_a_stay_may_begin_on_the_day_the_one_before_ended_but_not_before_its_hour() -> None:
    first, ninth, twelfth = Moment(date(2026, 3, 1)), Moment(date(2026, 3, 9)), Moment(date(2026, 3, 12))
    assert not Interval(first, ninth).overlaps(Interval(ninth, twelfth))
    assert Interval(first, twelfth).overlaps(Interval(ninth))
    nine, ten = (Moment.of_clock(date(2026, 3, 9), time(hour), BELGRADE) for hour in (9, 10))
    assert not Interval(first, nine).overlaps(Interval(ten))
    assert Interval(first, ten).overlaps(Interval(nine))


@pytest.mark.parametrize(("month", "nights"), [("2026-02", 28), ("2028-02", 29), ("2026-03", 31), ("2026-10", 31)])
def test_a_month_has_28_to_31_nights_whatever_daylight_saving_does(month: str, nights: int) -> None:
    assert Month.parse(month).nights == nights


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_months_follow_each_other_without_a_gap(day: date, by: int) -> None:
    month = Month.of(day)
    assert month.first <= day < month.end
    assert month.next().first == month.end
    assert month.next(by).next(-by) == month
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-1", "26-01", "2026/01", "", "0000-01", "2026-+1", "+026-01", "2026-011"]
)
def test_what_is_no_month_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("1991-07-02", BirthPrecision.DAY),
        ("1991-07", BirthPrecision.MONTH),
        ("1991", BirthPrecision.YEAR),
        ("~1991", BirthPrecision.ABOUT),
    ],
)
def test_a_birth_date_keeps_what_was_known(text: str, precision: BirthPrecision) -> None:
    birth = BirthDate.parse(text)
    assert birth.precision is precision
    assert str(birth) == text


@pytest.mark.parametrize("text", ["", "1991-02-30", "1991-13", "~1991-07", "1991-07-02-01", "about 1991", "1991-"])
def test_what_no_calendar_holds_is_no_birth_date(text: str) -> None:
    with pytest.raises(ValueError, match="."):  # noqa: RUF043 - any words of the calendar's own
        BirthDate.parse(text)


def test_1_january_is_accepted_and_doubtful() -> None:
    assert BirthDate(1992, 1, 1).doubtful
    assert not BirthDate(1992, 1).doubtful
    assert not BirthDate(1992, 1, 2).doubtful


def test_age_is_the_full_years_that_are_certain() -> None:
    assert BirthDate(2008, 11, 21).age(date(2026, 11, 21)) == 18
    assert BirthDate(2008, 11, 22).age(date(2026, 11, 21)) == 17
    assert BirthDate(2008).age(date(2026, 11, 21)) == 17
    assert BirthDate(2008, 2, 29).age(date(2026, 2, 28)) == 17
    assert BirthDate(2027).age(date(2026, 11, 21)) == 0


@given(st.dates(date(1920, 1, 1), date(2026, 1, 1)), st.integers(0, 40_000))
def test_nobody_is_taken_for_older_than_the_day_of_birth_would_make_them(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    exact = BirthDate.exact(born).age(on)
    assert BirthDate(born.year, born.month).age(on) <= exact
    assert BirthDate(born.year).age(on) <= exact
    assert BirthDate(born.year).earliest <= born <= BirthDate(born.year).latest


def test_a_moment_is_dated_where_the_facility_is_and_kept_in_utc() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert Moment.of(late, BELGRADE) == Moment(date(2026, 11, 22), late)
    there = Moment.of(late, ZoneInfo("America/New_York"))
    assert (there.on, there.at and there.at.tzinfo) == (date(2026, 11, 21), UTC)


def test_moments_of_one_day_are_put_in_order_by_their_instants_and_the_day_alone_begins_it() -> None:
    day, early, late = date(2026, 11, 21), *(datetime(2026, 11, 21, hour, tzinfo=UTC) for hour in (8, 9))
    in_order = [Moment(day), Moment(day, early), Moment(day, late), Moment(date(2026, 11, 22))]
    assert sorted(reversed(in_order), key=lambda moment: moment.beginning) == in_order
    assert Moment(day, late).beginning == (day, late)
