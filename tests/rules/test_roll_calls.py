"""Roll calls: how somebody stands, when a count balances, when one is due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules import roll_calls as rules
from models.rules.roll_calls import Balance, Facts, Period, Where
from models.rules.vocabulary import RollAnswer, RollMarkState, RollStanding

HERE, GONE = RollMarkState.HERE, RollMarkState.NOT_HERE
BELGRADE = ZoneInfo("Europe/Belgrade")
FACTS = st.builds(
    Facts,
    was=st.sampled_from(Where),
    now=st.sampled_from(Where),
    is_overdue=st.booleans(),
    state=st.sampled_from([None, *RollMarkState]),
)


@pytest.mark.parametrize(
    ("was", "now", "state", "stands"),
    [
        (Where.PRESENT, Where.PRESENT, HERE, RollStanding.COUNTED),
        (Where.PRESENT, Where.PRESENT, None, RollStanding.TO_COUNT),
        (Where.PRESENT, Where.PRESENT, GONE, RollStanding.MISSING),
        (Where.PRESENT, Where.AWAY, GONE, RollStanding.WENT_OUT),
        (Where.PRESENT, Where.AWAY, None, RollStanding.WENT_OUT),
        (Where.PRESENT, Where.AWAY, HERE, RollStanding.COUNTED),
        (Where.PRESENT, Where.OFF_ROLL, None, RollStanding.DEPARTED),
        (Where.AWAY, Where.AWAY, None, RollStanding.AWAY),
        (Where.AWAY, Where.AWAY, GONE, RollStanding.AWAY),
        (Where.AWAY, Where.AWAY, HERE, RollStanding.UNEXPECTED),
        (Where.AWAY, Where.PRESENT, HERE, RollStanding.CAME_BACK),
        (Where.AWAY, Where.PRESENT, None, RollStanding.CAME_BACK),
        (Where.AWAY, Where.PRESENT, GONE, RollStanding.MISSING),
        (Where.OFF_ROLL, Where.PRESENT, None, RollStanding.ARRIVED),
        (Where.OFF_ROLL, Where.PRESENT, GONE, RollStanding.MISSING),
        (Where.OFF_ROLL, Where.OFF_ROLL, HERE, RollStanding.UNEXPECTED),
    ],
)
def test_how_somebody_stands(was: Where, now: Where, state: RollMarkState | None, stands: RollStanding) -> None:
    assert rules.standing(Facts(was, now, state=state)) is stands


def test_who_is_away_and_should_be_back_is_overdue() -> None:
    assert rules.standing(Facts(Where.AWAY, Where.AWAY, is_overdue=True)) is RollStanding.OVERDUE


@given(st.lists(FACTS))
def test_expected_and_away_are_the_roll_and_everybody_expected_stands_in_one_figure(facts: list[Facts]) -> None:
    found = rules.balance(facts)
    assert found.on_roll == found.expected + found.away == sum(each.was is not Where.OFF_ROLL for each in facts)
    expected = [each for each in facts if each.was is Where.PRESENT]
    lost = sum(rules.standing(each) is RollStanding.MISSING for each in expected)
    assert found.expected == found.counted + found.went_out + found.departed + found.to_count + lost
    assert found.missing >= lost
    assert found.balances == (not rules.why_not(found))


@given(st.lists(FACTS))
def test_it_balances_just_when_nobody_is_missing_unexpected_or_uncounted(facts: list[Facts]) -> None:
    open_ends = {RollStanding.MISSING, RollStanding.UNEXPECTED, RollStanding.TO_COUNT}
    assert rules.balance(facts).balances == open_ends.isdisjoint(map(rules.standing, facts))


@given(FACTS.filter(lambda each: each.was is each.now is Where.PRESENT))
def test_whoever_was_found_is_never_missing(facts: Facts) -> None:
    assert rules.standing(Facts(facts.was, facts.now, state=HERE)) is RollStanding.COUNTED


def test_whoever_was_seen_at_one_door_is_here_and_a_counter_may_change_their_own_mark() -> None:
    assert rules.merged(HERE, GONE, is_same_counter=False) is HERE
    assert rules.merged(GONE, HERE, is_same_counter=False) is HERE
    assert rules.merged(HERE, GONE, is_same_counter=True) is GONE
    assert rules.merged(HERE, None, is_same_counter=True) is None
    assert rules.merged(None, GONE, is_same_counter=False) is GONE


def test_a_count_is_closed_once_everybody_is_counted_and_each_difference_is_answered() -> None:
    with pytest.raises(Refused, match="not counted yet"):
        rules.check_close(Balance(on_roll=2, to_count=2), [])
    with pytest.raises(Refused) as refused:
        rules.check_close(
            Balance(on_roll=1, missing=1, unexpected=1),
            [
                ("Noori, Najib", RollStanding.MISSING, Where.PRESENT),
                ("Hadi, Ali", RollStanding.UNEXPECTED, Where.AWAY),
                ("Tran, Minh", RollStanding.UNEXPECTED, Where.OFF_ROLL),
            ],
        )
    assert [reason.values["name"] for reason in refused.value.reasons] == ["Noori, Najib", "Hadi, Ali", "Tran, Minh"]
    assert ["return" in reason.text for reason in refused.value.reasons] == [False, True, False]
    rules.check_close(Balance(on_roll=1, missing=1), [])
    rules.check_close(Balance(on_roll=1, counted=1), [])


@pytest.mark.parametrize(
    ("answer", "words", "stands", "field"),
    [
        (RollAnswer.REPORTED, " ", RollStanding.MISSING, "words"),
        (RollAnswer.EXPLAINED, "", RollStanding.MISSING, "words"),
        (RollAnswer.REPORTED, "To the police", RollStanding.UNEXPECTED, "answer"),
        (RollAnswer.EXPLAINED, "Was asleep", RollStanding.COUNTED, None),
    ],
)
def test_an_answer_says_something_about_who_differs(
    answer: RollAnswer, words: str, stands: RollStanding, field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        rules.checked_answer(answer, words, stands)
    assert refused.value.field == field
    assert rules.checked_answer(RollAnswer.EXPLAINED, " Was asleep ", RollStanding.MISSING) == "Was asleep"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("7:00, 21.00", "07:00 21:00"), ("", ""), ("21:00 07:00 7:00", "07:00 21:00"), (" 00:00;23:59 ", "00:00 23:59")],
)
def test_hours_are_kept_in_order_and_once(typed: str, kept: str) -> None:
    assert rules.checked_hours(typed, field="roll_calls") == kept
    assert [f"{each:%H:%M}" for each in rules.hours_of(kept)] == kept.split()


@pytest.mark.parametrize("typed", ["24:00", "7", "7:60", "evening", "-1:00", "07:000"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.checked_hours(typed, field="roll_calls")
    assert refused.value.field == "roll_calls"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BELGRADE).astimezone(UTC)


MORNING_AND_EVENING = rules.hours_of("07:00 21:00")


def test_a_roll_call_is_held_for_the_hour_that_has_come_or_comes_within_an_hour_unless_one_was_held() -> None:
    asked = (Period(MORNING_AND_EVENING, local(1, 0)),)

    def of(at: datetime, *held: datetime) -> datetime | None:
        return rules.hour_at(asked, held, at, rules.LEAD, BELGRADE)

    assert of(local(21, 21, 5)) == local(21, 21)
    assert of(local(21, 20, 0)) == local(21, 21)
    assert of(local(21, 19, 59)) is None, "hours after the morning it is the morning's only if somebody says so"
    assert of(local(21, 22)) is None
    assert of(local(21, 21, 5), local(21, 21)) is None, "a second one is held for no hour"
    assert rules.hour_at((), (), local(21, 21), rules.LEAD, BELGRADE) is None


def test_a_late_roll_call_is_held_for_an_hour_of_the_facility_of_the_day_before_it() -> None:
    asked = (Period(MORNING_AND_EVENING, local(1, 0)),)
    for wanted in (local(21, 7), local(20, 21)):
        rules.check_held_for(asked, wanted, local(21, 12), BELGRADE)
    for wanted in (local(20, 7), local(21, 8), local(21, 21)):
        with pytest.raises(Refused, match="at most"):
            rules.check_held_for(asked, wanted, local(21, 12), BELGRADE)


def test_one_is_due_at_its_hour_and_missed_an_hour_later_until_it_is_held() -> None:
    asked, evening = (Period(MORNING_AND_EVENING, local(21, 12)),), local(21, 21)

    def both(now: datetime, *held: datetime) -> tuple[datetime | None, tuple[datetime, ...]]:
        return (
            rules.hour_at(asked, held, now, timedelta(), BELGRADE),
            rules.missed(asked, held, now, BELGRADE),
        )

    assert both(local(21, 20, 59)) == (None, ())
    assert both(evening) == (evening, ())
    assert both(local(21, 21, 59)) == (evening, ())
    assert both(local(21, 22)) == (None, (evening,))
    assert both(evening, evening) == (None, ())
    assert both(local(22, 8), evening) == (None, (local(22, 7),))


def test_nothing_is_missed_from_before_the_hours_were_set_nor_for_longer_than_a_month() -> None:
    def missed(since: datetime) -> tuple[datetime, ...]:
        return rules.missed((Period(MORNING_AND_EVENING, since),), (), local(21, 12), BELGRADE)

    assert missed(local(21, 12)) == ()
    assert len(missed(local(1, 0))) == 41, "a house that was closed for three weeks forgets none"
    found = missed(local(1, 0) - timedelta(days=60))
    assert len(found) == 62
    assert found[0] >= local(21, 12) - rules.REMEMBERED


def test_new_hours_excuse_none_that_was_missed_before() -> None:
    asked = (
        Period(MORNING_AND_EVENING, local(20, 0), local(20, 12)),
        Period(rules.hours_of("07:00 18:00"), local(20, 12)),
    )
    assert rules.missed(asked, (), local(21, 12), BELGRADE) == (local(20, 7), local(20, 18), local(21, 7))


@given(st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 5), timezones=st.just(UTC)))
def test_each_instant_belongs_to_one_hour_also_when_the_clocks_change(at: datetime) -> None:
    found = rules.shift_of(at, MORNING_AND_EVENING, BELGRADE)
    assert found is not None
    assert found.astimezone(BELGRADE).time() in MORNING_AND_EVENING
    assert -rules.LEAD <= at - found < timedelta(hours=15)


def test_a_shift_wants_its_own_fire_list_and_only_the_last_one_counts() -> None:
    shifts = (time(6), time(14), time(22))

    def owed(now: datetime, *printed: datetime) -> datetime | None:
        return rules.shift_without_list(shifts, local(20, 0), printed, now, BELGRADE)

    assert owed(local(21, 14)) == local(21, 14)
    assert owed(local(21, 21, 59), local(21, 14)) is None
    assert owed(local(21, 22), local(21, 14)) == local(21, 22)
    assert owed(local(22, 5), local(21, 14), local(21, 22)) is None
    assert rules.shift_without_list((), local(20, 0), (), local(21, 14), BELGRADE) is None
