"""What a clerk types is read as meant, or said to be unreadable; nothing is guessed silently."""

import re
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Named
from models.rules.birth import BirthDate
from ui.language import isolated, set_language
from ui.reading import Unreadable, read_birth, read_date, read_money, read_number, read_time, say_birth, say_named

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("5.12.2026", date(2026, 12, 5)),
        ("05.12.2026.", date(2026, 12, 5)),
        ("5/12/2026", date(2026, 12, 5)),
        ("5-12-26", date(2026, 12, 5)),
        ("5 12 2026", date(2026, 12, 5)),
        ("2026-12-05", date(2026, 12, 5)),
        ("5/12", date(2026, 12, 5)),
        ("5.1", date(2027, 1, 5)),
        ("30.5.", date(2026, 5, 30)),
        ("5 Dec 2026", date(2026, 12, 5)),
        ("5 december", date(2026, 12, 5)),
        ("today", TODAY),
        ("Tomorrow", TODAY + timedelta(days=1)),
        ("yesterday", TODAY - timedelta(days=1)),
        ("+3", date(2026, 11, 24)),
        ("-21", date(2026, 10, 31)),
    ],
)
def test_dates_are_read_in_the_forms_that_clerks_type(typed: str, read: date | None) -> None:
    assert read_date(typed, TODAY) == read


@given(DAYS)
def test_every_date_is_read_back_from_every_form_of_it(day: date) -> None:
    forms = (f"{day.day}.{day.month}.{day.year}", f"{day.day:02}/{day.month:02}/{day.year}", day.isoformat())
    assert {read_date(form, TODAY) for form in forms} == {day}


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), DAYS)
def test_a_date_without_its_year_is_at_most_half_a_year_from_today(today: date, day: date) -> None:
    if (day.month, day.day) != (2, 29):
        read = read_date(f"{day.day}.{day.month}", today)
        assert read is not None
        assert (read.day, read.month) == (day.day, day.month)
        assert abs((read - today).days) <= 184


@pytest.mark.parametrize("typed", ["31.2.2026", "0.1.2026", "12/31/2026", "32.1", "29.2"])
def test_a_day_that_does_not_exist_is_said_not_to(typed: str) -> None:
    with pytest.raises(Unreadable, match="no such day"):
        read_date(typed, TODAY)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_said_to_be_unreadable(typed: str) -> None:
    for read in (read_number, read_money, read_time):
        with suppress(Unreadable):
            read(typed)
    for dated in (read_date, read_birth):
        with suppress(Unreadable):
            dated(typed, TODAY)


def test_the_names_of_months_are_read_in_the_language_of_the_screen_and_in_english() -> None:
    set_language("sq")
    assert read_date("5 dhjetor 2026", TODAY) == date(2026, 12, 5)
    assert read_date("5 December 2026", TODAY) == date(2026, 12, 5)
    set_language("sr")
    assert read_date("5. decembar 2026.", TODAY) == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("0:05", time(0, 5)),
        ("", None),
    ],
)
def test_times_are_read(typed: str, read: time | None) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "14:60", "9:5", "noon", "123"])
def test_what_is_no_time_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(Unreadable, match="14:30"):
        read_time(typed)


@pytest.mark.parametrize(
    ("typed", "read", "said"),
    [
        ("2.7.1991", BirthDate(1991, 7, 2), "2 Jul 1991"),
        ("1991-07-02", BirthDate(1991, 7, 2), "2 Jul 1991"),
        ("2.7.91", BirthDate(1991, 7, 2), "2 Jul 1991"),
        ("2.7.24", BirthDate(2024, 7, 2), "2 Jul 2024"),
        ("7.1991", BirthDate(1991, 7), "July 1991"),
        ("July 1991", BirthDate(1991, 7), "July 1991"),
        ("1991-07", BirthDate(1991, 7), "July 1991"),
        ("1991", BirthDate(1991), "1991"),
        ("about 1991", BirthDate(1991, about=True), "about 1991"),
        ("~1991", BirthDate(1991, about=True), "about 1991"),
        ("approx. 1991", BirthDate(1991, about=True), "about 1991"),
        ("rreth 1991", BirthDate(1991, about=True), "about 1991"),
        ("oko 1991", BirthDate(1991, about=True), "about 1991"),
    ],
)
def test_birth_dates_are_read_as_far_as_they_are_known(typed: str, read: BirthDate, said: str) -> None:
    assert read_birth(typed, TODAY) == read
    assert say_birth(read) == said


@pytest.mark.parametrize("typed", ["today", "+3", "5.12", "2.7", "13.1991", "2030", "1.1.1850", "31.2.1991"])
def test_what_is_no_birth_date_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_birth(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "read"), [("180", 180), ("1,046", 1046), ("1.046", 1046), ("1 046", 1046), ("", None)]
)
def test_whole_numbers_are_read(typed: str, read: int | None) -> None:
    assert read_number(typed) == read


@given(st.decimals(0, 10**9, places=2))
def test_every_amount_is_read_back_as_it_was_typed_in_either_manner(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    other = english.translate(str.maketrans(",.", ".,"))
    assert {read_money(english), read_money(other), read_money(f"{amount:.2f}")} == {amount}


@pytest.mark.parametrize("typed", ["-5", "1.5.5", "ten", "0.1234567"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"1046\.50"):
        read_money(typed)


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [("en", "12.345", "12.345"), ("sq", "12,345", "12.345"), ("sr", "0.125", "0.125"), ("en", "7.1250", "7.125"),
     ("sq", "41,5", "41.50")],
)  # fmt: skip
def test_a_rate_is_read_with_all_its_decimals(language: str, typed: str, read: str) -> None:
    set_language(language)
    assert str(read_money(typed)) == read


@pytest.mark.parametrize(("language", "typed"), [("en", "1,046"), ("sq", "1.046"), ("sr", "12.345")])
def test_an_amount_that_could_mean_two_things_is_refused_and_both_are_named(language: str, typed: str) -> None:
    set_language(language)
    with pytest.raises(Unreadable) as refused:
        read_money(typed)
    small, large = re.findall(r"\d[\d.,]*\d", str(refused.value))
    assert read_money(small) == Decimal(typed.replace(",", "."))
    assert read_money(large) == 1000 * Decimal(typed.replace(",", "."))


@pytest.mark.parametrize("typed", ["31.12.9999", "1.1.0001", "5.12.1200", "+999999999", "-999999", "1.1.2300"])
def test_a_date_more_than_a_lifetime_away_is_asked_about(typed: str) -> None:
    """Nothing that reckons with it can run over the end of the calendar."""
    with pytest.raises(Unreadable):
        read_date(typed, date(2026, 11, 21))


def test_two_people_of_one_name_are_told_apart_and_a_number_is_not_said_twice() -> None:
    born = Named("Noori, Fatima", "P-1", "~2015")
    assert say_named(born) == f"{isolated('Noori, Fatima')} · about 2015 · P-1"
    assert say_named(Named("P-2", "P-2")) == isolated("P-2")
