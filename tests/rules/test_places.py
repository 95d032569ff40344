"""Places and the gate of admission."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.places import (
    Agreement,
    admission_objections,
    admitted_persons,
    highest_roll,
    places_left,
    taken_cumulative,
)
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, PlacesRule
from models.text import translator

FIFTY = Agreement(PlacesRule.CUMULATIVE, 50, date(2026, 6, 11), date(2027, 6, 10))
THREE_AT_ONCE = Agreement(PlacesRule.CONCURRENT, 3, date(2026, 1, 1), None)
TODAY = date(2026, 11, 21)


def objections(
    agreement: Agreement = FIFTY,
    *,
    on: date = TODAY,
    state: CandidateState | None = CandidateState.ACCEPTED,
    taken: int = 0,
    was_admitted: bool = False,
    excluded_by: tuple[str, ...] = (),
) -> list[str]:
    found = admission_objections(
        agreement,
        arrived_on=on,
        state=state,
        taken_by_others=taken,
        was_admitted=was_admitted,
        excluded_by=excluded_by,
    )
    return [translator("en").render(each) for each in found]


def test_cumulative_places_count_distinct_persons_admitted_within_the_window() -> None:
    admissions = [
        ("a", date(2026, 6, 11)),
        ("a", date(2026, 9, 1)),
        ("b", date(2027, 6, 10)),
        ("c", date(2026, 6, 10)),
        ("d", date(2027, 6, 11)),
    ]
    assert admitted_persons(admissions, FIFTY) == {"a", "b"}


def test_an_accepted_candidate_who_has_not_arrived_holds_a_place_but_no_new_one_who_comes_back() -> None:
    assert taken_cumulative({"a", "b"}, [None, None, "a"]) == 4
    assert taken_cumulative({"a", "b"}, ["known, but never admitted", "a"]) == 3


def test_a_person_who_comes_back_is_admitted_though_all_cumulative_places_are_taken() -> None:
    assert objections(taken=50) == ["No place is left: 50 of 50 are taken."]
    assert objections(taken=50, was_admitted=True) == []


def test_a_person_who_comes_back_takes_a_concurrent_place_like_any_other() -> None:
    assert objections(THREE_AT_ONCE, taken=3, was_admitted=True) == ["No place is left: 3 of 3 are taken."]


def test_the_last_place_can_be_taken() -> None:
    assert objections(taken=49) == []
    assert places_left(FIFTY, 49) == 1


def test_an_agreement_without_a_number_of_places_is_never_full() -> None:
    endless = Agreement(PlacesRule.CONCURRENT, None, date(2026, 1, 1), None)
    assert objections(endless, taken=9999) == []
    assert places_left(endless, 9999) is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 6, 10), ["The agreement admits people from 11 Jun 2026 on."]),
        (date(2026, 6, 11), []),
        (date(2027, 6, 10), []),
        (date(2027, 6, 11), ["The agreement admitted people until 10 Jun 2027."]),
    ],
)
def test_admission_is_within_the_window_both_its_days_included(on: date, expected: list[str]) -> None:
    assert objections(on=on) == expected


@pytest.mark.parametrize("state", [*(state for state in CandidateState if state != CandidateState.ACCEPTED), None])
def test_nobody_is_admitted_who_was_not_accepted(state: CandidateState | None) -> None:
    assert len(objections(state=state)) == 1


def test_every_reason_is_named_at_once() -> None:
    reasons = objections(on=date(2028, 1, 1), state=None, taken=50, excluded_by=("Sentenced for {terrorism}",))
    assert reasons == [
        "The person is on no proposed list.",
        "The agreement admitted people until 10 Jun 2027.",
        "No place is left: 50 of 50 are taken.",
        "The agreement excludes this person: Sentenced for {terrorism}",
    ]


Spans = list[tuple[date, date | None]]


def highest(stays: Spans, expected: list[date | None], today: date = TODAY) -> int:
    """The highest roll of stays that are known to the day."""
    moments = [(Moment(start), None if end is None else Moment(end)) for start, end in stays]
    return highest_roll(moments, expected, since=Moment(today))


def test_concurrent_places_are_the_highest_roll_now_and_over_the_future_expected_arrivals_included() -> None:
    stays: Spans = [
        (date(2026, 1, 1), None),
        (date(2026, 1, 1), date(2026, 11, 20)),
        (date(2026, 1, 1), date(2026, 12, 1)),
    ]
    assert highest(stays, []) == 2
    assert highest(stays, [date(2026, 12, 1)]) == 2
    assert highest(stays, [date(2026, 11, 30)]) == 3
    assert highest(stays, [date(2026, 11, 1), None]) == 4


def test_a_stay_that_ended_today_holds_no_place_and_one_that_begins_tomorrow_does() -> None:
    assert highest([(date(2026, 1, 1), TODAY)], []) == 0
    assert highest([(date(2026, 11, 22), None)], []) == 1


def test_the_roll_is_that_of_any_instant_and_not_of_midnight() -> None:
    """Who comes at 9 while somebody stays until 10 is the second; who comes at 10 is not."""
    nine, ten, eleven = (Moment(TODAY, datetime(2026, 11, 21, hour, tzinfo=UTC)) for hour in (8, 9, 10))
    stays = [(Moment(date(2026, 1, 1)), ten)]
    for comes, most in ((nine, 2), (ten, 1), (eleven, 1)):
        assert highest_roll([*stays, (comes, None)], [], since=nine) == most
    assert highest_roll(stays, [None], since=nine) == 2
    assert highest_roll(stays, [None], since=ten) == 1
    assert highest_roll(stays, [None], since=Moment(TODAY)) == 1, "of the day alone: who has left on it is gone"


days = st.dates(date(2026, 11, 1), date(2026, 12, 31))
spans = st.lists(st.tuples(days, st.one_of(st.none(), days)).filter(lambda span: span[1] is None or span[0] <= span[1]))


@given(spans, st.lists(st.one_of(st.none(), days)))
def test_the_highest_roll_is_the_most_on_any_day_to_come(
    stays: list[tuple[date, date | None]], expected: list[date | None]
) -> None:
    everyone = [*stays, *((max(day or TODAY, TODAY), None) for day in expected)]
    ahead = [date.fromordinal(number) for number in range(TODAY.toordinal(), date(2027, 1, 2).toordinal())]
    rolls = [sum(start <= day and (end is None or day < end) for start, end in everyone) for day in ahead]
    assert highest(stays, expected) == max(rolls)
