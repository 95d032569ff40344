"""Places and the gate of admission."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.places import (
    Agreement,
    above_concurrent,
    admission_objections,
    admitted_persons,
    beyond_concurrent,
    beyond_cumulative,
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


class Row(NamedTuple):
    """A stay of a file."""

    row_number: int
    arrived: Moment
    departed: Moment | None = None
    who: str = ""


def rows(*stays: tuple[str, date, date | None]) -> list[Row]:
    """Stays of a file, from its second row on."""
    return [
        Row(number, Moment(start), None if end is None else Moment(end), who)
        for number, (who, start, end) in enumerate(stays, 2)
    ]


def test_of_a_file_the_last_who_arrive_find_no_cumulative_place_and_who_had_one_keeps_it() -> None:
    two = replace(FIFTY, places=2)
    first, later, before, after = (date(2026, *day) for day in ((7, 1), (8, 1), (6, 10), (6, 11)))
    coming = rows(("c", later, None), ("b", first, first), ("b", later, None), ("z", before, None), ("a", later, None))

    def beyond(agreement: Agreement, admitted: set[str], held: int) -> set[int]:
        return set(beyond_cumulative(agreement, admitted, coming, lambda row: row.who, held=held))

    assert beyond(two, {"a"}, 0) == {2}
    assert beyond(two, set(), 0) == {6}
    assert beyond(two, {"a"}, 1) == {2, 3}
    assert beyond(two, {"a", "b", "c"}, 9) == set()
    assert beyond(replace(two, places=None), set(), 9) == set()
    assert beyond(replace(two, window_start=before), set(), 0) == {2, 6}
    assert beyond(replace(two, window_end=after), set(), 0) == set()


def test_of_a_file_who_comes_when_all_places_are_taken_or_is_the_last_still_there_finds_none() -> None:
    one = replace(THREE_AT_ONCE, places=1)
    came, left, again = (date(2026, 7, day) for day in (1, 10, 20))
    there = [(Moment(came), Moment(left))]

    def beyond(*stays: tuple[str, date, date | None], held: int = 0, agreement: Agreement = one) -> set[int]:
        return set(beyond_concurrent(agreement, there, rows(*stays), held=held))

    assert beyond(("a", left, None)) == set()
    assert beyond(("a", came, left)) == {2}
    assert beyond(("a", date(2026, 7, 9), again)) == {2}
    assert beyond(("a", came, came)) == set()
    assert beyond(("a", left, again), ("b", again, None)) == set()
    assert beyond(("a", again, None), ("b", left, None)) == {2}
    assert beyond(("a", left, None), held=1) == {2}
    assert beyond(("a", left, again), held=1) == set()
    assert beyond(("a", left, None), held=1, agreement=THREE_AT_ONCE) == set()
    assert beyond(("a", left, None), held=9, agreement=replace(one, places=None)) == set()


@given(spans, spans, st.integers(1, 4), st.integers(0, 3))
def test_who_of_a_file_finds_no_place_at_once_is_who_comes_to_a_full_house_or_is_too_many_in_it(
    there: Spans, coming: Spans, places: int, held: int
) -> None:
    def is_there(span: tuple[date, date | None], on: date) -> bool:
        return span[0] <= on and (span[1] is None or on < span[1])

    listed = rows(*(("", start, end) for start, end in coming))
    order = sorted(listed, key=lambda row: row.arrived.on)
    expected, before = set(), list(there)
    for row in order:
        span = coming[row.row_number - 2]
        if span[0] != span[1]:
            if sum(is_there(other, span[0]) for other in before) >= places:
                expected.add(row.row_number)
            before.append(span)
    over = sum(end is None for _, end in before) + held - places
    still = [row.row_number for row in order if row.departed is None]
    expected |= set(still[-over:] if over > 0 else ())
    moments = [(Moment(start), None if end is None else Moment(end)) for start, end in there]
    assert beyond_concurrent(replace(THREE_AT_ONCE, places=places), moments, listed, held=held) == expected


def test_the_roll_is_above_the_places_since_the_stay_that_made_it_so_and_a_stay_of_no_time_never_does() -> None:
    first, second, third = (Moment(date(2026, 3, day)) for day in (1, 2, 3))
    at = Moment(date(2026, 3, 9))
    assert above_concurrent(1, [(first, None), (second, None)], at) == second
    assert above_concurrent(1, [(first, None), (second, second)], at) is None
    assert above_concurrent(1, [(first, third), (second, None)], at) is None
    assert above_concurrent(1, [(first, third), (second, None)], Moment(date(2026, 3, 2))) == second
    assert above_concurrent(2, [(first, None), (second, None)], at) is None
