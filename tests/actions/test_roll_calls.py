"""Roll calls: counted by several, closed and signed, corrected later, due by the hours of the facility."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.actions import absences, corrections, joinings, people, roll_calls
from models.actions.roll_calls import Marked
from models.clock import FixedClock
from models.errors import Refused
from models.exchange import handed_counts
from models.ids import ProgrammeId, RollCallId, RollCounterId, StayId
from models.queries import roll_calls as queries
from models.queries.roll_calls import Count
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, CountedBy, Role, RollAnswer, RollMarkState, RollStanding
from models.store import handed
from models.store.opening import open_register
from models.store.register import Register
from models.store.verify import verify
from tests import builders
from tests.actions import leavers
from tests.conftest import NOON, PASSPHRASE

HERE, GONE = RollMarkState.HERE, RollMarkState.NOT_HERE


@dataclass
class House:
    """Three people in the house, one away; a clock that can be put on."""

    register: Register
    stays: list[StayId]
    away: StayId
    programme_id: ProgrammeId

    def at(self, minutes: int) -> Moment:
        """So many minutes after nine o'clock and a quarter."""
        return Moment(date(2026, 11, 21), NOON + timedelta(minutes=minutes))

    def later(self, minutes: int) -> None:
        self.register.clock = FixedClock(self.register.clock.now() + timedelta(minutes=minutes))

    def begin(self, **values: Any) -> tuple[RollCallId, RollCounterId]:
        call = self.register.perform(roll_calls.begin, **values).value
        return call, self.count(call).call.counters[0].id

    def mark(self, call: RollCallId, counter: RollCounterId, state: RollMarkState | None, *which: StayId) -> None:
        marks = [Marked(each, state) for each in which]
        self.register.perform(roll_calls.mark, roll_call_id=call, counter_id=counter, marks=marks)

    def count(self, call: RollCallId) -> Count:
        with self.register.read() as snapshot:
            return queries.count(snapshot, roll_call_id=call)

    def standing(self, call: RollCallId, stay: StayId) -> RollStanding | None:
        return next((line.standing for line in self.count(call).lines if line.stay_id == stay), None)


@pytest.fixture
def house(register: Register) -> House:
    return made(register)


def made(register: Register, prefix: str = "R") -> House:
    """The house of a register."""
    register.clock = FixedClock(NOON)
    programme_id = builders.programme(register, f"XK-{prefix}")
    found = []
    for number in range(4):
        who = builders.resident(register, f"{prefix}-{number}")
        found.append(builders.stay(register, who, programme_id, date(2026, 11, 1)))
    left, back = Moment(date(2026, 11, 20)), Moment(date(2026, 11, 23))
    register.perform(absences.record, stay_id=found[3], kind=AbsenceKind.HOSPITAL, left=left, due_back=back)
    return House(register, found[:3], found[3], programme_id)


def do_roll_calls(register: Register) -> None:
    """Done to its end for `tests/dialects`, too."""
    before = register.clock
    house = made(register, "DO")
    register.perform(roll_calls.schedule, roll_calls="7:00 21:00", fire_lists="06:00, 22:00")
    register.perform(roll_calls.fire_list_printed)
    call, counter = house.begin(part="House A")
    register.perform(roll_calls.join, roll_call_id=call, counter="T. Gashi")
    with register.read() as snapshot:
        everybody = [line.stay_id for line in queries.count(snapshot, roll_call_id=call).lines]
    house.mark(call, counter, HERE, *everybody)
    house.mark(call, counter, GONE, house.stays[0])
    house.mark(call, counter, None, house.away)
    seen = (Marked(house.stays[1], HERE), Marked(house.stays[2], HERE))
    by = builders.rows(register, "SELECT slot FROM users WHERE is_active AND role IN ('clerk', 'supervisor') LIMIT 1")
    who = {"counter": "V. Krasniqi", "slot": str(by[0][0]) if by else register.vault.slot_id}
    register.perform(roll_calls.take_in, roll_call_id=call, **who, part="House B", marks=seen)
    register.perform(roll_calls.pause, roll_call_id=call)
    register.perform(roll_calls.resume, roll_call_id=call)
    for line in house.count(call).lines:
        if line.standing in (RollStanding.MISSING, RollStanding.UNEXPECTED):
            said: dict[str, Any] = {
                "stay_id": line.stay_id,
                "answer": RollAnswer.EXPLAINED,
                "words": "Asked at the gate",
            }
            register.perform(roll_calls.answer, roll_call_id=call, **said)
    register.perform(roll_calls.close, roll_call_id=call, remark="Quiet")
    put_right: dict[str, Any] = {"roll_call_id": call, "stay_id": house.stays[0], "standing": RollStanding.COUNTED}
    register.perform(roll_calls.correct, **put_right, reason="Was asleep")
    times: dict[str, Any] = {
        "began": house.at(-60),
        "ended": house.at(-30),
        "remark": "",
        "reason": "The clock was wrong",
    }
    register.perform(roll_calls.correct_times, roll_call_id=call, **times)
    register.perform(roll_calls.take_back, roll_call_id=call, reason="Was an exercise")
    register.clock = FixedClock(NOON + timedelta(days=1))
    with register.read() as snapshot:
        missed = queries.due(snapshot).missed
    register.perform(roll_calls.not_held, due_at=missed[:1], reason="The house was on a trip")
    register.clock = before


def test_who_was_found_is_counted_who_is_away_is_not_asked_for_and_it_balances_once_all_are_counted(
    house: House,
) -> None:
    call, counter = house.begin()
    assert house.count(call).balance.to_count == 3
    house.mark(call, counter, HERE, *house.stays[:2])
    with pytest.raises(Refused):
        house.register.perform(roll_calls.close, roll_call_id=call)
    house.mark(call, counter, HERE, house.stays[2])
    house.register.perform(roll_calls.close, roll_call_id=call, remark=" Quiet ")
    signed = house.count(call).call
    assert (signed.on_roll, signed.away, signed.expected, signed.counted) == (4, 1, 3, 3)
    assert (signed.missing, signed.unexpected, signed.balances, signed.remark) == (0, 0, True, "Quiet")
    assert house.standing(call, house.away) is RollStanding.AWAY
    with pytest.raises(Refused, match="closed"):
        house.mark(call, counter, GONE, house.stays[0])


def test_one_roll_call_goes_on_at_a_time(house: House) -> None:
    call, _ = house.begin()
    with pytest.raises(Refused, match="goes on already"):
        house.begin()
    house.register.perform(roll_calls.take_back, roll_call_id=call, reason="Wrong key")
    again, _ = house.begin()
    assert again != call
    assert house.count(call).call.taken_back == "Wrong key"


def test_two_counters_at_two_doors_make_one_count(house: House) -> None:
    call, one = house.begin(part="House A")
    other = house.register.perform(roll_calls.join, roll_call_id=call, part="House B", counter="T. Gashi").value
    house.mark(call, one, HERE, house.stays[0])
    house.mark(call, other, GONE, house.stays[0], house.stays[1])
    house.mark(call, other, HERE, house.stays[2])
    assert [house.standing(call, each) for each in house.stays] == [
        RollStanding.COUNTED,
        RollStanding.MISSING,
        RollStanding.COUNTED,
    ]
    house.mark(call, one, HERE, house.stays[1])
    assert house.count(call).balance.balances
    assert [(each.name, each.part) for each in house.count(call).call.counters][1] == ("T. Gashi", "House B")
    assert house.register.perform(roll_calls.join, roll_call_id=call, part="House B", counter="T. Gashi").value == other


def test_a_mark_can_be_changed_and_taken_away_by_who_made_it(house: House) -> None:
    call, counter = house.begin()
    for state, stands in ((GONE, "missing"), (HERE, "counted"), (None, "to_count")):
        house.mark(call, counter, state, house.stays[0])
        assert house.standing(call, house.stays[0]) == stands


def test_who_leaves_arrives_or_comes_back_while_it_is_counted_is_accounted_for(house: House) -> None:
    call, counter = house.begin()
    house.mark(call, counter, HERE, house.stays[0])
    house.later(10)
    out, back = house.stays[1], house.count(call)
    house.register.perform(
        absences.record, stay_id=out, kind=AbsenceKind.OTHER, left=house.at(5), due_back=house.at(600)
    )
    away = next(line.away for line in back.lines if line.stay_id == house.away)
    assert away is not None
    house.register.perform(absences.return_, absence_id=away.id, returned=house.at(7))
    who = builders.resident(house.register, "R-9")
    came = builders.stay(
        house.register, who, house.programme_id, date(2026, 11, 21), arrived_at=NOON + timedelta(minutes=3)
    )
    assert house.standing(call, out) is RollStanding.WENT_OUT
    assert house.standing(call, house.away) is RollStanding.CAME_BACK
    assert house.standing(call, came) is RollStanding.ARRIVED
    found = house.count(call).balance
    assert (found.on_roll, found.away, found.expected, found.to_count) == (4, 1, 3, 1)
    house.mark(call, counter, HERE, house.stays[2])
    house.register.perform(roll_calls.close, roll_call_id=call)
    signed = house.count(call)
    assert signed.call.balances
    assert {line.standing for line in signed.lines} >= {RollStanding.WENT_OUT, RollStanding.ARRIVED}


def test_it_is_not_signed_before_somebody_says_what_was_done_about_who_is_missing_or_unexpected(house: House) -> None:
    call, counter = house.begin()
    house.mark(call, counter, HERE, *house.stays[:2], house.away)
    house.mark(call, counter, GONE, house.stays[2])
    with pytest.raises(Refused) as refused:
        house.register.perform(roll_calls.close, roll_call_id=call)
    assert len(refused.value.reasons) == 2
    for stay, kind, words in (
        (house.stays[2], RollAnswer.REPORTED, "To the police, 21:40"),
        (house.away, RollAnswer.EXPLAINED, "Back early from hospital"),
    ):
        house.register.perform(roll_calls.answer, roll_call_id=call, stay_id=stay, answer=kind, words=words)
    house.register.perform(roll_calls.close, roll_call_id=call)
    signed = house.count(call).call
    assert (signed.missing, signed.unexpected, signed.balances) == (1, 1, False)
    with house.register.read() as snapshot:
        answers = queries.register(snapshot).answers[call]
    assert {words for *_, words in answers} == {"To the police, 21:40", "Back early from hospital"}


def test_who_was_out_all_the_time_is_no_longer_missing_once_the_absence_is_recorded(house: House) -> None:
    call, counter = house.begin()
    house.mark(call, counter, GONE, house.stays[0])
    house.mark(call, counter, HERE, *house.stays[1:])
    house.later(20)
    house.register.perform(
        absences.record, stay_id=house.stays[0], kind=AbsenceKind.COURT, left=house.at(-60), due_back=house.at(300)
    )
    found = house.count(call).balance
    assert (found.away, found.expected, found.balances) == (2, 2, True)


def test_what_was_signed_stays_when_the_register_or_the_roll_call_is_corrected(house: House) -> None:
    call, counter = house.begin()
    house.mark(call, counter, GONE, house.stays[0])
    house.mark(call, counter, HERE, *house.stays[1:])
    said: dict[str, Any] = {"roll_call_id": call, "stay_id": house.stays[0]}
    house.register.perform(roll_calls.answer, **said, answer=RollAnswer.REPORTED, words="To the police")
    house.register.perform(roll_calls.close, roll_call_id=call)
    house.later(60)
    house.register.perform(
        absences.record, stay_id=house.stays[1], kind=AbsenceKind.COURT, left=house.at(-60), due_back=house.at(300)
    )
    assert house.standing(call, house.stays[1]) is RollStanding.COUNTED
    with pytest.raises(Refused, match="how this is known"):
        house.register.perform(roll_calls.correct, **said, standing=RollStanding.COUNTED, reason=" ")
    house.register.perform(roll_calls.correct, **said, standing=RollStanding.COUNTED, reason="Was asleep under the bed")
    found = house.count(call)
    assert (found.call.missing, found.call.missing_now, found.call.balances) == (1, 0, True)
    assert [(each.standing_before, each.reason) for each in found.corrections] == [
        (RollStanding.MISSING, "Was asleep under the bed")
    ]
    with pytest.raises(Refused, match="Nothing is different"):
        house.register.perform(roll_calls.correct, **said, standing=RollStanding.COUNTED, reason="Again")


def test_what_was_counted_on_the_sheet_is_held_against_the_roll_of_that_time(house: House) -> None:
    house.register.perform(
        absences.record, stay_id=house.stays[0], kind=AbsenceKind.COURT, left=house.at(-30), due_back=house.at(300)
    )
    call, counter = house.begin(began=house.at(-90), ended=house.at(-60), counter="Guard at the gate")
    assert house.count(call).balance.expected == 3
    marks = [Marked(each, HERE, CountedBy.SHEET) for each in house.stays]
    house.register.perform(roll_calls.mark, roll_call_id=call, counter_id=counter, marks=marks)
    house.register.perform(roll_calls.close, roll_call_id=call)
    signed = house.count(call)
    assert (signed.call.began_at, signed.call.ended_at) == (house.at(-90).at, house.at(-60).at)
    assert signed.call.counters[0].name == "Guard at the gate"
    assert signed.balance.balances
    assert {line.mark.counted_by for line in signed.lines if line.mark and line.mark.state} == {CountedBy.SHEET}


@pytest.mark.parametrize(("began", "ended", "field"), [(0, 30, "ended"), (-10, -20, "ended"), (None, -20, "began")])
def test_a_sheet_was_counted_before_now_and_not_backwards(
    house: House, began: int | None, ended: int, field: str
) -> None:
    first = Moment(date(2026, 11, 21)) if began is None else house.at(began)
    with pytest.raises(Refused) as refused:
        house.begin(began=first, ended=house.at(ended))
    assert refused.value.field == field


def test_a_paused_count_is_taken_up_again_before_anybody_is_counted(house: House) -> None:
    call, counter = house.begin()
    house.register.perform(roll_calls.pause, roll_call_id=call)
    with pytest.raises(Refused, match="paused"):
        house.mark(call, counter, HERE, house.stays[0])
    house.register.perform(roll_calls.resume, roll_call_id=call)
    house.mark(call, counter, HERE, house.stays[0])
    assert house.count(call).balance.counted == 1


def test_a_card_of_somebody_who_has_departed_is_unexpected(house: House) -> None:
    who = builders.resident(house.register, "R-7")
    gone = builders.stay(house.register, who, house.programme_id, date(2026, 10, 1), date(2026, 10, 9))
    call, counter = house.begin()
    house.mark(call, counter, HERE, gone)
    assert house.standing(call, gone) is RollStanding.UNEXPECTED
    with house.register.read() as snapshot:
        assert queries.stay_of(snapshot, number=" r-7 ") == (gone, "R-7")
        assert queries.stay_of(snapshot, number="R-77") is None


def test_a_card_is_read_as_at_the_gate_without_what_stands_before_the_digits_and_of_who_was_joined(
    house: House,
) -> None:
    kept, former = (builders.resident(house.register, number) for number in ("K-0007", "K-0008"))
    stay = builders.stay(house.register, kept, house.programme_id, date(2026, 11, 2))
    with house.register.read() as snapshot:
        assert queries.stay_of(snapshot, number="7") == (stay, "K-0007")
    house.register.perform(joinings.join, resident_id=kept, other_id=former, reason="One man", chosen={})
    with house.register.read() as snapshot:
        assert queries.stay_of(snapshot, number="k-0008") == (stay, "K-0007")


def test_a_card_that_was_scanned_by_mistake_leaves_nothing_once_it_is_said_so(house: House) -> None:
    who = builders.resident(house.register, "R-7")
    gone = builders.stay(house.register, who, house.programme_id, date(2026, 10, 1), date(2026, 10, 9))
    call, counter = house.begin()
    house.mark(call, counter, HERE, gone, *house.stays)
    with pytest.raises(Refused, match="not said yet") as refused:
        house.register.perform(roll_calls.close, roll_call_id=call)
    (reason,) = refused.value.reasons
    assert reason.text.endswith("and has left, as the register has it: explain it.")
    for state in (None, GONE):
        house.mark(call, counter, HERE, gone)
        house.mark(call, counter, state, gone)
        assert house.standing(call, gone) is None, "nobody has departed while it was counted"
    house.register.perform(roll_calls.close, roll_call_id=call)
    assert house.standing(call, gone) is None
    assert len(house.count(call).lines) == 4


def test_what_is_corrected_is_how_that_very_person_stood(house: House) -> None:
    """Of everybody in the list, not only of whoever stands at the top of it."""
    call, counter = house.begin()
    house.mark(call, counter, HERE, *house.stays[:2])
    house.mark(call, counter, GONE, house.stays[2])
    said: dict[str, Any] = {"roll_call_id": call, "stay_id": house.stays[2]}
    house.register.perform(roll_calls.answer, **said, answer=RollAnswer.REPORTED, words="To the police")
    house.register.perform(roll_calls.close, roll_call_id=call)
    with pytest.raises(Refused, match="Nothing is different"):
        house.register.perform(
            roll_calls.correct, roll_call_id=call, stay_id=house.stays[0], standing=RollStanding.COUNTED, reason="Again"
        )
    words = "Reported to the police of Gjilan, not of Ferizaj"
    house.register.perform(roll_calls.correct, **said, standing=RollStanding.MISSING, reason=words)
    house.register.perform(roll_calls.correct, **said, standing=RollStanding.COUNTED, reason="Was asleep")
    found = house.count(call)
    assert [(each.standing_before, each.standing, each.reason) for each in found.corrections] == [
        (RollStanding.MISSING, RollStanding.MISSING, words),
        (RollStanding.MISSING, RollStanding.COUNTED, "Was asleep"),
    ]
    assert (found.call.missing, found.call.missing_now, found.call.balances) == (1, 0, True)


def test_who_was_counted_stays_counted_when_the_arrival_is_taken_back(house: House) -> None:
    call, counter = house.begin()
    house.mark(call, counter, HERE, *house.stays)
    house.register.perform(roll_calls.close, roll_call_id=call)
    house.register.perform(corrections.take_back, stay_id=house.stays[0], reason="Was somebody else")
    assert house.standing(call, house.stays[0]) is RollStanding.COUNTED
    assert len(house.count(call).lines) == 4


def test_a_roll_call_is_due_then_missed_and_held_or_excused(house: House) -> None:
    register = house.register

    def due() -> queries.Due:
        with register.read() as snapshot:
            return queries.due(snapshot)

    assert due() == queries.Due()
    register.perform(roll_calls.schedule, roll_calls="9:30", fire_lists="")
    assert due() == queries.Due()
    house.later(30)
    at = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    assert due() == queries.Due(roll_call=at)
    house.later(60)
    assert due() == queries.Due(missed=(at,))
    with pytest.raises(Refused):
        register.perform(roll_calls.not_held, due_at=[at + timedelta(days=1)], reason="None")
    register.perform(roll_calls.not_held, due_at=[at], reason="The house was on a trip")
    assert due() == queries.Due()
    ((none,),) = builders.rows(register, "SELECT id FROM roll_calls")
    entered = RollCallId(int(str(none)))
    moment = Moment(date(2026, 11, 21), at)
    with pytest.raises(Refused, match="take that back, then enter the sheet"):
        register.perform(roll_calls.close, roll_call_id=entered)
    with pytest.raises(Refused, match="take that back, then enter the sheet"):
        register.perform(
            roll_calls.correct_times, roll_call_id=entered, began=moment, ended=moment, remark="", reason="It was"
        )
    register.perform(roll_calls.take_back, roll_call_id=entered, reason="It was held")
    assert due() == queries.Due(missed=(at,))
    register.perform(roll_calls.not_held, due_at=[at], reason="The house was on a trip")
    register.clock = FixedClock(NOON + timedelta(days=1, minutes=20))
    call, _ = house.begin()
    assert house.count(call).call.due_at == at + timedelta(days=1)
    assert due() == queries.Due()
    register.perform(roll_calls.take_back, roll_call_id=call, reason="Wrong key")
    assert due() == queries.Due(roll_call=at + timedelta(days=1))


def test_one_reason_answers_a_week_in_which_nobody_was_here_and_each_count_has_a_row_of_its_own(house: House) -> None:
    register = house.register
    register.perform(roll_calls.schedule, roll_calls="07:00 21:00", fire_lists="")
    register.clock = FixedClock(NOON + timedelta(days=7))
    with register.read() as snapshot:
        missed = queries.due(snapshot).missed
    assert len(missed) == 14
    with pytest.raises(Refused, match="No roll call was missed"):
        register.perform(roll_calls.not_held, due_at=[*missed, NOON], reason="Closed")
    with pytest.raises(Refused, match="at least one"):
        register.perform(roll_calls.not_held, due_at=[], reason="Closed")
    made = register.perform(roll_calls.not_held, due_at=missed, reason="The house was closed").value
    with register.read() as snapshot:
        assert queries.due(snapshot).missed == ()
        rows = queries.calls(snapshot)
        told = snapshot.connection.exec_driver_sql(
            "SELECT t.number, count(s.subject) FROM trail t JOIN trail_subjects s ON s.number = t.number "
            "WHERE t.action = 'roll_calls.not_held' AND s.subject LIKE 'roll_call:%' GROUP BY t.number"
        ).all()
    assert [each.due_at for each in reversed(rows)] == list(missed)
    assert {each.not_held for each in rows} == {"The house was closed"}
    assert [count for _, count in told] == [14], "one entry, found from each of them; the refused ones named none"
    register.perform(roll_calls.take_back, roll_call_id=made[3], reason="One was held")
    with register.read() as snapshot:
        assert queries.due(snapshot).missed == (missed[3],)


def test_a_count_that_is_begun_hours_late_is_held_for_the_hour_that_is_said_and_can_be_put_right(house: House) -> None:
    register = house.register
    register.perform(roll_calls.schedule, roll_calls="09:30", fire_lists="")
    house.later(5 * 60)  # 14:14
    at = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    call, counter = house.begin()
    assert house.count(call).call.due_at is None, "nobody said that it is the one of the morning"
    house.mark(call, counter, HERE, *house.stays)
    house.later(5)
    register.perform(roll_calls.close, roll_call_id=call)
    with register.read() as snapshot:
        assert queries.due(snapshot).missed == (at,)
        assert queries.hours_for(snapshot, roll_call_id=call) == (at,)
    times: dict[str, Any] = {"roll_call_id": call, "began": house.at(300), "ended": house.at(305), "remark": ""}
    wrong = at - timedelta(hours=1)
    with pytest.raises(Refused, match="held for an hour"):
        register.perform(roll_calls.correct_times, **times, held_for=wrong, reason="The log")
    register.perform(roll_calls.correct_times, **times, held_for=at, reason="The log")
    assert house.count(call).call.held_late_for == at
    with register.read() as snapshot:
        assert queries.due(snapshot).missed == ()
    who: dict[str, Any] = {"counters": {counter: "T. Gashi"}}
    with pytest.raises(Refused, match="who counted"):
        register.perform(roll_calls.correct_times, **times, held_for=at, counters={counter: " "}, reason="The log")
    register.perform(roll_calls.correct_times, **times, held_for=at, **who, reason="The log")
    assert [each.name for each in house.count(call).call.counters] == ["T. Gashi"]
    with pytest.raises(Refused, match="Nothing is different"):
        register.perform(roll_calls.correct_times, **times, held_for=at, **who, reason="The log")
    register.perform(roll_calls.correct_times, **times, reason="It was an exercise")
    assert (house.count(call).call.due_at, house.count(call).call.held_late_for) == (None, None)
    said = register.perform(roll_calls.begin, held_for=at).value
    assert house.count(said).call.due_at == at


def test_who_had_left_by_a_plan_is_put_right_to_departed(house: House) -> None:
    call, counter = house.begin()
    house.mark(call, counter, HERE, *house.stays)
    house.register.perform(roll_calls.close, roll_call_id=call)
    said: dict[str, Any] = {"roll_call_id": call, "stay_id": house.stays[0], "reason": "Left with the bus at eight"}
    with pytest.raises(Refused, match="Choose where"):
        house.register.perform(roll_calls.correct, **said, standing=RollStanding.TO_COUNT)
    house.register.perform(roll_calls.correct, **said, standing=RollStanding.DEPARTED)
    assert house.standing(call, house.stays[0]) is RollStanding.DEPARTED


def test_a_shift_is_reminded_of_its_fire_list_until_it_is_printed(house: House) -> None:
    register = house.register
    with pytest.raises(Refused, match="No fire lists"):
        register.perform(roll_calls.fire_list_printed)
    register.perform(roll_calls.schedule, roll_calls="", fire_lists="09:30 17:30")

    def owed() -> datetime | None:
        with register.read() as snapshot:
            return queries.due(snapshot).fire_list

    assert owed() is None
    house.later(20)
    assert owed() == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    register.perform(roll_calls.fire_list_printed)
    assert owed() is None
    house.later(8 * 60)
    assert owed() == datetime(2026, 11, 21, 16, 30, tzinfo=UTC)


def test_the_trail_has_one_entry_for_each_room_that_was_counted(house: House) -> None:
    call, counter = house.begin()
    with house.register.read() as snapshot:
        before = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail").scalar_one()
    house.mark(call, counter, HERE, *house.stays)
    with house.register.read() as snapshot:
        after = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail").scalar_one()
    assert after == before + 1


def test_what_was_counted_room_by_room_and_signed_still_proves_itself_in_the_trail(house: House) -> None:
    do_roll_calls(house.register)
    with house.register.read() as snapshot:
        assert verify(snapshot.connection).problem is None


def test_what_was_handed_over_and_cannot_be_read_is_passed_over(register: Register) -> None:
    call = RollCallId(1)
    for at, content in enumerate(({"roll_call": 1, "part": "", "marks": [[1]]}, {"roll_call": 1}, [1])):
        handed.hand(register.vault, f"odd-{at}", content)  # type: ignore[arg-type] # as a program of their own does
    assert handed_counts.waiting(register, roll_call_id=call) == ()
    handed_counts.hand_over(register, roll_call_id=call, part="House B", marks=())
    assert [each.part for each in handed_counts.waiting(register, roll_call_id=call)] == ["House B"]


@pytest.mark.parametrize(("role", "is_taken"), [(Role.CLERK, True), (Role.INSPECTOR, False)])
def test_a_count_is_taken_in_of_who_may_count_alone(house: House, role: Role, *, is_taken: bool) -> None:
    register = house.register
    call, _counter = house.begin()
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(people.add, name="M. Inspector", role=role, passphrase=f"{PASSPHRASE} of others")
    leavers.at_desk(register, Role.CLERK)
    with open_register(
        register.folder, person="M. Inspector", passphrase=f"{PASSPHRASE} of others", clock=FixedClock(NOON)
    ) as other:
        handed_counts.hand_over(other, roll_call_id=call, part="", marks=[Marked(house.stays[0], HERE)])
    (count,) = handed_counts.waiting(register, roll_call_id=call)
    who = {"counter": count.who, "slot": count.slot}
    with nullcontext() if is_taken else pytest.raises(Refused, match="may not count"):
        register.perform(roll_calls.take_in, roll_call_id=call, **who, part=count.part, marks=count.marks)
    assert builders.rows(register, "SELECT count(*) FROM roll_marks") == [(int(is_taken),)]
