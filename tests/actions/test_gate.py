"""Out at the gate and leaves that were decided on, through the real actions."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.actions import absences, corrections, facility, gate
from models.clock import FixedClock
from models.errors import Conflict, Refused
from models.ids import AbsenceId, LeaveId, ProgrammeId, StayId
from models.queries import absences as away
from models.queries import gate as queries
from models.queries.absences import AbsenceRow
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers

_FACTS: dict[str, Any] = {
    "name": "Reception Centre North", "letterhead": "", "language": "en", "time_zone": "Europe/Belgrade",
    "number_prefix": "K-", "lock_after": 10,
}  # fmt: skip


def keep_gate(register: Register, **more: Any) -> None:
    """Say that the house keeps a gate."""
    register.perform(facility.change_facility, **(_FACTS | {"uses_gate": True} | more))


def do_gate(register: Register) -> None:
    """Every action of the gate once, for `tests/dialects`."""
    keep_gate(register)
    leavers.at_desk(register, Role.SUPERVISOR)  # who decides on leaves
    stay = _guest(register, "G-1", builders.programme(register, "GATE-1"))
    leave = _plan(register, stay)
    register.perform(gate.change_leave, leave_id=leave, **(_LEAVE | {"place": "Peja"}), why="another address")
    register.perform(gate.call_off, leave_id=leave, reason="ill")
    register.perform(gate.let_hold, leave_id=leave, reason="well again")
    register.perform(gate.out, stay_id=stay)
    _plan(register, stay, start=_at(22, 8))


def _at(day: int, hour: int, minute: int = 0) -> Moment:
    """A moment of November 2026 in Belgrade, an hour ahead of UTC."""
    return Moment(date(2026, 11, day), datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC))


_LEAVE: dict[str, Any] = {
    "kind": AbsenceKind.LEAVE, "reason": "A wedding", "place": "Rruga B 3, Gjilan", "start": _at(21, 8),
    "due_back": _at(22, 20),
}  # fmt: skip


def _guest(register: Register, number: str, programme_id: ProgrammeId) -> StayId:
    who = builders.resident(register, number, family_name="Noori", given_names=number)
    return builders.stay(register, who, programme_id, date(2026, 6, 26))


def _plan(register: Register, stay_id: StayId, **other: Any) -> LeaveId:
    return register.perform(gate.plan_leave, stay_id=stay_id, **(_LEAVE | other)).value


def _away(register: Register) -> tuple[AbsenceRow, ...]:
    with register.read() as snapshot:
        return away.away(snapshot)


def _leaves(register: Register) -> list[LeaveId]:
    with register.read() as snapshot:
        return [row.id for row in queries.leaves(snapshot)]


@pytest.fixture
def stay_id(register: Register) -> StayId:
    """Somebody of an open house that keeps a gate; it is 21 November 2026, 09:14."""
    keep_gate(register)
    return _guest(register, "K-0012", builders.programme(register))


@pytest.fixture
def detained(register: Register) -> StayId:
    """Somebody who is detained, in a house that keeps a gate."""
    keep_gate(register)
    return _guest(register, "K-0013", builders.programme(register, regime=Regime.DETAINED))


def test_a_house_without_a_gate_lets_nobody_out_by_it(register: Register) -> None:
    stay = _guest(register, "K-0012", builders.programme(register))
    with pytest.raises(Refused, match="keeps no gate"):
        register.perform(gate.out, stay_id=stay)


def test_a_going_out_is_an_absence_until_the_hour_of_the_house(register: Register, stay_id: StayId) -> None:
    absence = register.perform(gate.out, stay_id=stay_id).value
    (row,) = _away(register)
    assert (row.id, row.kind, row.left, row.due_back) == (absence, AbsenceKind.OUT, _at(21, 9, 14), _at(21, 22))
    with pytest.raises(Refused, match="already away"):
        register.perform(gate.out, stay_id=stay_id)
    register.perform(absences.return_, absence_id=absence, returned=_at(21, 9, 14))
    assert _away(register) == ()


def test_a_leave_that_was_decided_on_says_where_to_and_until_when(register: Register, stay_id: StayId) -> None:
    leave = _plan(register, stay_id, escort="Sister")
    absence: AbsenceId = register.perform(gate.out, stay_id=stay_id).value
    (row,) = _away(register)
    assert (row.kind, row.place, row.escort) == (AbsenceKind.LEAVE, "Rruga B 3, Gjilan", "Sister")
    assert row.due_back == _at(22, 20)
    assert _leaves(register) == []
    with pytest.raises(Refused, match="went out by this leave"):
        register.perform(gate.call_off, leave_id=leave, reason="x")
    register.perform(absences.take_back, absence_id=absence, reason="another person")
    assert _leaves(register) == [leave], "who did not go may still go"


def test_an_hour_at_hospital_does_not_use_the_leave_up(register: Register, stay_id: StayId) -> None:
    leave = _plan(register, stay_id)
    register.perform(absences.record, stay_id=stay_id, kind=AbsenceKind.HOSPITAL, left=_at(21, 9), due_back=_at(21, 12))
    assert _leaves(register) == [leave]


def test_who_is_detained_goes_with_an_escort_and_a_reason_or_by_a_leave(register: Register, detained: StayId) -> None:
    tries: list[tuple[dict[str, Any], str]] = [
        ({}, "escort"),
        ({"reason": "a tooth"}, "escort"),
        ({"escort": "B. Krasniqi"}, "reason"),
    ]
    for given, field in tries:
        with pytest.raises(Refused) as refused:
            register.perform(gate.out, stay_id=detained, **given)
        assert refused.value.field == field
    with pytest.raises(Refused) as refused:
        register.perform(
            absences.record, stay_id=detained, kind=AbsenceKind.COURT, left=_at(21, 9), due_back=_at(21, 12)
        )
    assert refused.value.field == "escort", "nor past the gate"
    out = register.perform(
        gate.out, stay_id=detained, kind=AbsenceKind.HOSPITAL, escort="B. Krasniqi", reason="a tooth"
    ).value
    (row,) = _away(register)
    assert (row.kind, row.escort, row.note) == (AbsenceKind.HOSPITAL, "B. Krasniqi", "a tooth")
    with pytest.raises(Refused) as refused:
        register.perform(
            absences.correct, absence_id=out, kind=row.kind, left=row.left, due_back=row.due_back, reason="x"
        )
    assert refused.value.field == "escort", "nor is the escort taken away afterwards"
    register.perform(absences.return_, absence_id=out, returned=_at(21, 9, 14))
    _plan(register, detained, kind=AbsenceKind.COURT)
    register.perform(gate.out, stay_id=detained)
    assert [each.kind for each in _away(register)] == [AbsenceKind.COURT]


def test_a_detained_absence_of_the_past_is_entered_as_it_is_known(register: Register, detained: StayId) -> None:
    register.perform(
        absences.record,
        stay_id=detained,
        kind=AbsenceKind.COURT,
        left=_at(20, 9),
        due_back=_at(20, 12),
        returned=_at(20, 11),
    )


def test_only_a_supervisor_decides_on_leaves_and_a_clerk_stands_at_the_gate(
    register: Register, stay_id: StayId
) -> None:
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="who may not do this"):
        _plan(register, stay_id)
    register.perform(gate.out, stay_id=stay_id)


def test_a_leave_is_changed_with_a_reason_and_called_off(register: Register, stay_id: StayId) -> None:
    leave = _plan(register, stay_id)
    with pytest.raises(Refused, match="Nothing is different"):
        register.perform(gate.change_leave, leave_id=leave, **_LEAVE, why="x")
    with pytest.raises(Refused) as refused:
        register.perform(gate.change_leave, leave_id=leave, **(_LEAVE | {"place": "Peja"}), why=" ")
    assert refused.value.field == "why"
    register.perform(gate.change_leave, leave_id=leave, **(_LEAVE | {"place": "Peja"}), why="moved", version=1)
    with pytest.raises(Conflict):
        register.perform(gate.change_leave, leave_id=leave, **_LEAVE, why="moved", version=1)
    register.perform(gate.call_off, leave_id=leave, reason="ill")
    assert _leaves(register) == []
    with pytest.raises(Refused, match="called off"):
        register.perform(gate.call_off, leave_id=leave, reason="ill")
    register.perform(gate.out, stay_id=stay_id)
    assert [each.kind for each in _away(register)] == [AbsenceKind.OUT], "nobody goes by it"


def test_a_scanned_number_means_one_person_however_it_is_written(register: Register, stay_id: StayId) -> None:
    _guest(register, "K-0112", ProgrammeId(1))
    gone = builders.resident(register, "K-0200")
    builders.stay(register, gone, ProgrammeId(1), date(2026, 6, 26), date(2026, 8, 1))
    with register.read() as snapshot:
        for text in ("K-0012", " k-0012 ", "12", "0012"):
            assert [each.number for each in queries.at_gate(snapshot, text=text)] == ["K-0012"], text
        assert [each.number for each in queries.at_gate(snapshot, text="Noori")] == ["K-0012", "K-0112"]
        assert queries.at_gate(snapshot, text="K-0200") == (), "who has left goes neither out nor in"
        assert queries.at_gate(snapshot, text="K-00") == queries.at_gate(snapshot, text="K-0013") == (), (
            "nor a like one"
        )
        assert queries.at_gate(snapshot, text="") == ()


def test_who_is_overdue_is_so_from_the_minute_on(register: Register, stay_id: StayId, clock: FixedClock) -> None:
    register.perform(gate.out, stay_id=stay_id)
    for late, is_overdue in ((0, False), (1, True)):
        clock.instant = datetime(2026, 11, 21, 21, 0, tzinfo=UTC) + timedelta(minutes=late)
        (row,) = _away(register)
        assert row.is_overdue is is_overdue


def test_a_leave_goes_with_an_arrival_that_is_taken_back(register: Register, stay_id: StayId) -> None:
    _plan(register, stay_id)
    register.perform(gate.out, stay_id=stay_id)
    _plan(register, stay_id)
    register.perform(corrections.take_back, stay_id=stay_id, reason="another person")
    assert _leaves(register) == []
