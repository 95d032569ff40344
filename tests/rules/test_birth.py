"""Birth dates as far as they are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.birth import BirthDate, BirthPrecision, doubts_of_birth, lies_after

DAY, MONTH, YEAR, ABOUT = BirthDate(2008, 2, 29), BirthDate(2008, 2), BirthDate(2008), BirthDate(2008, about=True)


def test_a_birth_date_says_how_much_of_it_is_known_and_reads_what_it_wrote() -> None:
    assert [(str(birth), birth.precision) for birth in (DAY, MONTH, YEAR, ABOUT)] == [
        ("2008-02-29", BirthPrecision.DAY),
        ("2008-02", BirthPrecision.MONTH),
        ("2008", BirthPrecision.YEAR),
        ("~2008", BirthPrecision.ABOUT),
    ]
    assert [BirthDate.parse(str(birth)) for birth in (DAY, MONTH, YEAR, ABOUT)] == [DAY, MONTH, YEAR, ABOUT]


@pytest.mark.parametrize("text", ["", "~", "2008-02-29-01", "2007-02-29", "2008-13", "~2008-02", "2008-02-00x"])
def test_what_is_no_birth_date_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 of int, of date and of BirthDate
        BirthDate.parse(text)


def test_a_day_without_its_month_and_an_estimate_with_one_are_none() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        BirthDate(2008, day=1)
    with pytest.raises(ValueError, match="a year alone"):
        BirthDate(2008, 1, about=True)


def test_only_1_january_is_doubtful() -> None:
    assert BirthDate(2008, 1, 1).doubtful
    assert not any(birth.doubtful for birth in (BirthDate(2008, 1, 2), BirthDate(2008, 2, 1), BirthDate(2008, 1), YEAR))


def test_a_birth_date_lies_between_the_first_and_the_last_day_that_it_can_be() -> None:
    assert [(birth.earliest, birth.latest) for birth in (DAY, MONTH, YEAR)] == [
        (date(2008, 2, 29), date(2008, 2, 29)),
        (date(2008, 2, 1), date(2008, 2, 29)),
        (date(2008, 1, 1), date(2008, 12, 31)),
    ]


def test_nobody_is_taken_for_older_than_is_known() -> None:
    assert [BirthDate(2008, 11, 21).age(on) for on in (date(2026, 11, 20), date(2026, 11, 21))] == [17, 18]
    assert [YEAR.age(on) for on in (date(2026, 12, 30), date(2026, 12, 31))] == [17, 18]
    assert DAY.age(date(2008, 1, 1)) == 0


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 6_000))
def test_the_true_age_contradicts_no_birth_and_another_one_does(born: date, lived: int) -> None:
    on = born + timedelta(days=lived)
    birth = BirthDate.exact(born)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for known in (birth, BirthDate(born.year, born.month), BirthDate(born.year), BirthDate(born.year, about=True)):
        assert not lies_after(known, on)
        assert doubts_of_birth(known, on=on, age=age) == ()
        assert doubts_of_birth(known, on=on, age=age + 8)
    assert lies_after(birth, born - timedelta(days=1))


def test_who_would_be_too_old_is_doubtful() -> None:
    assert doubts_of_birth(BirthDate(1890), on=date(2026, 5, 1))
    assert not doubts_of_birth(BirthDate(1930), on=date(2026, 5, 1))
    assert not doubts_of_birth(None, on=date(2026, 5, 1), age=3)


def test_the_oldest_who_is_believed_is_a_hundred_and_fifteen() -> None:
    on = date(2026, 5, 1)
    assert [bool(doubts_of_birth(BirthDate(year), on=on)) for year in (1910, 1911)] == [True, False]


@pytest.mark.parametrize(
    ("birth", "until", "youngest", "oldest"),
    [
        (BirthDate(1990, 6, 15), None, 35, 37),
        (BirthDate(1990), None, 34, 37),
        (BirthDate(1990, 6, 15), date(2027, 1, 5), 35, 38),
        (BirthDate(1990, about=True), None, 30, 41),
    ],
)
def test_an_age_may_be_a_year_beside_the_birth_and_five_beside_an_estimate(
    birth: BirthDate, until: date | None, youngest: int, oldest: int
) -> None:
    on = date(2026, 11, 21)
    agrees = [age for age in range(100) if not doubts_of_birth(birth, on=on, until=until, age=age)]
    assert agrees == list(range(youngest, oldest + 1))


def test_an_estimate_lies_surely_after_a_day_from_six_years_on() -> None:
    day = date(2026, 11, 21)
    assert [lies_after(BirthDate(year, about=True), day) for year in (2031, 2032)] == [False, True]
    assert [lies_after(BirthDate(2026, 11, number), day) for number in (21, 22)] == [False, True]
    assert not lies_after(None, day)
