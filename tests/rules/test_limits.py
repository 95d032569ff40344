"""Limits and reviews: the worked examples of rules.md, and the ends of months."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.limits import (
    EarlierStay,
    GoesOn,
    ReviewState,
    day_number,
    days_allowed,
    days_past,
    held_on,
    limit_after,
    limit_of_return,
    next_review,
    review_dates,
    review_state,
    reviews_due,
    standing,
)
from models.rules.vocabulary import PLANNED_KINDS, DepartureKind, LimitBasis, LimitRule

ARRIVED = date(2026, 6, 26)


def test_26_june_2026_and_180_days_is_22_december_2026() -> None:
    limit = limit_after(LimitRule.DAYS, 180, ARRIVED)
    assert limit == date(2026, 12, 22)
    assert days_allowed(ARRIVED, limit) == 180


def test_21_november_is_day_149_of_a_stay_since_26_june_and_the_arrival_is_day_1() -> None:
    assert day_number(ARRIVED, date(2026, 11, 21)) == 149
    assert day_number(ARRIVED, ARRIVED) == 1


@pytest.mark.parametrize(
    ("arrived_on", "months", "limit"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 27)),
        (date(2028, 1, 31), 1, date(2028, 2, 28)),
        (date(2026, 6, 26), 6, date(2026, 12, 25)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(9998, 6, 1), 12, date(9999, 5, 31)),
    ],
)
def test_months_end_the_day_before_the_same_day_n_months_later(arrived_on: date, months: int, limit: date) -> None:
    assert limit_after(LimitRule.MONTHS, months, arrived_on) == limit


def test_a_fixed_date_replaces_days_and_months() -> None:
    release = date(2029, 10, 1)
    for rule in LimitRule:
        assert limit_after(rule, 6, ARRIVED, fixed_date=release) == release


def test_a_programme_without_a_limit_sets_none_and_a_fixed_date_that_is_not_known_neither() -> None:
    assert limit_after(LimitRule.NONE, None, ARRIVED) is None
    assert limit_after(LimitRule.FIXED_DATE, None, ARRIVED) is None
    assert days_allowed(ARRIVED, None) is None


def test_a_limit_beyond_the_calendar_is_its_last_day() -> None:
    assert limit_after(LimitRule.DAYS, 9_999_999, ARRIVED) == date.max
    assert limit_after(LimitRule.MONTHS, 999_999, ARRIVED) == date.max


def test_the_limit_is_the_last_permitted_day_and_only_the_day_after_is_past_it() -> None:
    limit = date(2026, 12, 22)
    assert days_past(limit, limit) == days_past(limit, limit - timedelta(days=1)) == 0
    assert days_past(limit, date(2026, 12, 24)) == 2
    assert days_past(None, limit) == 0


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 2000))
def test_a_limit_of_n_days_allows_n_days(arrived_on: date, days: int) -> None:
    limit = limit_after(LimitRule.DAYS, days, arrived_on)
    assert limit is not None
    assert day_number(arrived_on, limit) == days
    assert days_past(limit, limit + timedelta(days=3)) == 3


def test_reviews_fall_due_every_90_days_from_arrival() -> None:
    assert review_dates(ARRIVED, 90, date(2026, 12, 23)) == [date(2026, 9, 24), date(2026, 12, 23)]
    assert review_dates(ARRIVED, 90, date(2026, 12, 22)) == [date(2026, 9, 24)]
    assert review_dates(ARRIVED, 0, date(2030, 1, 1)) == []
    assert reviews_due(ARRIVED, 0, date(2030, 1, 1)) == 0
    assert review_dates(ARRIVED, 90, ARRIVED) == []


@given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(1, 400), st.integers(-50, 1000))
def test_the_number_of_reviews_due_is_the_number_of_their_dates(arrived_on: date, every: int, days: int) -> None:
    until = arrived_on + timedelta(days=days)
    assert reviews_due(arrived_on, every, until) == len(review_dates(arrived_on, every, until))


def test_a_review_is_due_on_its_day_late_on_the_next_and_held_once_it_was_held() -> None:
    due = date(2026, 9, 24)
    assert review_state(due, None, due) is ReviewState.DUE
    assert review_state(due, None, date(2026, 9, 25)) is ReviewState.LATE
    assert review_state(due, date(2026, 10, 1), date(2026, 10, 1)) is ReviewState.HELD
    assert review_state(due, date(2026, 10, 1), date(2026, 9, 30)) is ReviewState.LATE


def test_the_next_review_is_the_first_that_was_not_held() -> None:
    assert next_review(ARRIVED, 90, frozenset()) == date(2026, 9, 24)
    assert next_review(ARRIVED, 90, frozenset({date(2026, 9, 24)})) == date(2026, 12, 23)
    assert next_review(ARRIVED, 90, frozenset({date(2026, 12, 23)})) == date(2026, 9, 24)
    assert next_review(ARRIVED, 0, frozenset()) is None


BEFORE = EarlierStay(date(2026, 6, 26), date(2026, 9, 1), DepartureKind.VOLUNTARY_RETURN, date(2026, 12, 22))


@pytest.mark.parametrize("kind", DepartureKind)
@pytest.mark.parametrize("failed", [False, True])
def test_the_first_day_of_a_limit_does_not_move_for_who_comes_back_after_going_or_a_failed_journey(
    kind: DepartureKind, failed: bool
) -> None:
    went = kind in (DepartureKind.ESCAPE, DepartureKind.LEFT_ON_OWN) or (failed and kind in PLANNED_KINDS)
    found = limit_of_return(BEFORE._replace(kind=kind), date(2026, 11, 2), journey_failed=failed, sums_stays=False)
    assert found == (GoesOn(date(2026, 6, 26), date(2026, 12, 22)) if went else None)


def test_nothing_goes_on_where_there_was_no_stay_or_no_limit() -> None:
    for before in (None, BEFORE._replace(kind=DepartureKind.ESCAPE, limit_on=None)):
        assert limit_of_return(before, date(2026, 11, 2), journey_failed=True, sums_stays=True) is None


@given(st.dates(date(2026, 9, 1), date(2027, 9, 1)))
def test_where_all_stays_are_summed_each_day_of_presence_is_used_once(again: date) -> None:
    found = limit_of_return(BEFORE, again, journey_failed=False, sums_stays=True)
    assert found is not None
    first = {
        BEFORE.counted_from + timedelta(days=n) for n in range((BEFORE.departed_on - BEFORE.counted_from).days + 1)
    }
    second = {again + timedelta(days=n) for n in range((found.limit_on - again).days + 1)}
    assert len(first | second) == 180
    assert days_allowed(found.counted_from, found.limit_on) == 180


class Laid(NamedTuple):
    basis: LimitBasis
    valid_from: date
    limit_on: date


def test_what_was_taken_back_does_not_stand_and_what_is_reckoned_anew_begins_the_row_again() -> None:
    programme = Laid(LimitBasis.PROGRAMME, ARRIVED, date(2026, 12, 22))
    first = Laid(LimitBasis.EXTENSION, date(2026, 10, 1), date(2027, 1, 31))
    second = Laid(LimitBasis.EXTENSION, date(2026, 12, 1), date(2027, 3, 31))
    back = Laid(LimitBasis.TAKEN_BACK, date(2026, 12, 2), date(2027, 1, 31))
    anew = programme._replace(limit_on=date(2026, 12, 24))
    assert standing([programme, first, second]) == [programme, first, second]
    assert standing([programme, first, second, back]) == [programme, first]
    assert standing([programme, first, back, second]) == [programme, second]
    assert standing([programme, first, anew]) == [anew]
    assert standing([back]) == []
    laid = [programme, first, second]
    assert [held_on(laid, day) for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 1))] == [
        programme.limit_on,
        first.limit_on,
        second.limit_on,
    ]
    assert held_on(laid, date(2026, 6, 25)) is None
