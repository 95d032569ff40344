"""Leaving the house for a while, and coming back, through the real actions."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.actions import absences, endings
from models.entities.absences import Absence
from models.errors import Refused
from models.ids import AbsenceId, ProgrammeId, StayId
from models.rules.absences import is_overdue
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers

TODAY = date(2026, 11, 21)


def _at(day: int, hour: int, minute: int = 0, month: int = 11) -> Moment:
    """A moment of November 2026 in Belgrade, an hour ahead of UTC."""
    return Moment(date(2026, month, day), datetime(2026, month, day, hour - 1, minute, tzinfo=UTC))


@pytest.fixture
def programme_id(register: Register) -> ProgrammeId:
    return builders.programme(register)


@pytest.fixture
def stay_id(register: Register, programme_id: ProgrammeId) -> StayId:
    """A stay since 26 June 2026."""
    return builders.stay(register, builders.resident(register), programme_id, date(2026, 6, 26))


def _record(register: Register, stay_id: StayId, **change: Any) -> AbsenceId:
    values: dict[str, Any] = {"kind": AbsenceKind.HOSPITAL, "left": _at(20, 10), "due_back": _at(20, 18)}
    return register.perform(absences.record, stay_id=stay_id, **(values | change)).value


def _row(register: Register, absence_id: AbsenceId) -> Absence:
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        row = unit.session.get_one(Absence, absence_id)
        unit.session.expunge_all()
    return row


def test_an_absence_is_kept_to_the_minute_with_all_that_was_entered(register: Register, stay_id: StayId) -> None:
    row = _row(register, _record(register, stay_id, place=" Regional Hospital ", note=" With an escort. "))
    assert (row.kind, row.place, row.note) == (AbsenceKind.HOSPITAL, "Regional Hospital", "With an escort.")
    assert (row.from_on, row.from_at) == (date(2026, 11, 20), datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    assert (row.due_back_on, row.due_back_at) == (date(2026, 11, 20), datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
    assert row.until_on is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"left": _at(21, 9, 15), "due_back": _at(21, 18)}, "left"),
        ({"left": Moment(date(2026, 11, 22)), "due_back": Moment(date(2026, 11, 23))}, "left"),
        ({"left": Moment(date(2026, 6, 25))}, "left"),
        ({"due_back": _at(20, 9, 59)}, "due_back"),
        ({"due_back": _at(20, 10)}, "due_back"),
        ({"left": Moment(date(2026, 11, 20)), "due_back": Moment(date(2026, 11, 20))}, "due_back"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_beside_its_field(
    register: Register, stay_id: StayId, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        _record(register, stay_id, **change)
    assert refused.value.field == field


def test_an_absence_that_began_this_minute_is_taken(register: Register, stay_id: StayId) -> None:
    _record(register, stay_id, left=_at(21, 9, 14), due_back=_at(21, 18))


def test_who_is_detained_goes_on_no_leave_but_to_hospital(register: Register) -> None:
    programme = builders.programme(register, "DK-GJILAN", regime=Regime.DETAINED)
    stay_id = builders.stay(register, builders.resident(register), programme, date(2026, 6, 26))
    with pytest.raises(Refused) as refused:
        _record(register, stay_id, kind=AbsenceKind.LEAVE)
    assert refused.value.field == "kind"
    _record(register, stay_id, kind=AbsenceKind.HOSPITAL, escort="B. Krasniqi")


def test_who_has_left_for_good_is_not_away_but_was_until_a_moment_that_is_asked_for(
    register: Register, programme_id: ProgrammeId
) -> None:
    resident = builders.resident(register)
    stay_id = builders.stay(register, resident, programme_id, date(2026, 6, 26), date(2026, 11, 20))
    with pytest.raises(Refused, match="Enter until when they were away") as refused:
        _record(register, stay_id)
    assert refused.value.field == "returned"
    with pytest.raises(Refused, match="Enter an earlier time") as refused:
        _record(register, stay_id, left=_at(21, 8), due_back=_at(21, 18))
    assert refused.value.field == "left"
    absence = _record(register, stay_id, returned=_at(20, 18))
    with pytest.raises(Refused, match="Enter until when they were away"):
        register.perform(
            absences.correct, absence_id=absence, kind=AbsenceKind.COURT, left=_at(20, 10), due_back=_at(20, 18),
            reason="the gate book",
        )  # fmt: skip


def test_who_is_away_cannot_leave_again_before_the_return(register: Register, stay_id: StayId) -> None:
    absence_id = _record(register, stay_id)
    with pytest.raises(Refused, match="already away"):
        _record(register, stay_id, left=_at(20, 12), due_back=_at(20, 20))
    register.perform(absences.return_, absence_id=absence_id, returned=_at(20, 12))
    _record(register, stay_id, left=_at(20, 12), due_back=_at(20, 20))


def test_a_return_ends_the_absence(register: Register, stay_id: StayId) -> None:
    absence_id = _record(register, stay_id)
    register.perform(absences.return_, absence_id=absence_id, returned=_at(21, 8))
    row = _row(register, absence_id)
    assert (row.until_on, row.until_at) == (date(2026, 11, 21), datetime(2026, 11, 21, 7, 0, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        register.perform(absences.return_, absence_id=absence_id, returned=_at(21, 8, 30))
    assert refused.value.field == "returned"


@pytest.mark.parametrize("returned", [_at(20, 9), _at(21, 9, 15), Moment(date(2026, 11, 19))])
def test_a_return_before_leaving_or_in_the_future_is_refused(
    register: Register, stay_id: StayId, returned: Moment
) -> None:
    absence_id = _record(register, stay_id)
    with pytest.raises(Refused) as refused:
        register.perform(absences.return_, absence_id=absence_id, returned=returned)
    assert refused.value.field == "returned"
    assert _row(register, absence_id).until_on is None


def test_the_due_return_is_moved_with_a_reason_that_stands_in_the_trail(register: Register, stay_id: StayId) -> None:
    absence_id = _record(register, stay_id)
    with pytest.raises(Refused) as refused:
        register.perform(absences.change_due, absence_id=absence_id, due_back=_at(22, 12), reason=" ")
    assert refused.value.field == "reason"
    register.perform(absences.change_due, absence_id=absence_id, due_back=_at(22, 12), reason="Kept overnight.")
    assert _row(register, absence_id).due_back_on == date(2026, 11, 22)
    with register.read() as snapshot:
        content = snapshot.connection.exec_driver_sql(
            "SELECT details FROM trail WHERE action = 'absences.change_due' ORDER BY number DESC LIMIT 1"
        ).scalar_one()
    assert '"reason":"Kept overnight."' in content
    assert '"due_back_on":"2026-11-20"' in content


def test_the_due_return_is_not_moved_before_the_leaving_nor_after_the_return(
    register: Register, stay_id: StayId
) -> None:
    absence_id = _record(register, stay_id)
    for until in (_at(20, 9), _at(20, 10)):
        with pytest.raises(Refused) as refused:
            register.perform(absences.change_due, absence_id=absence_id, due_back=until, reason="Late.")
        assert refused.value.field == "due_back"
    register.perform(absences.return_, absence_id=absence_id, returned=_at(20, 12))
    with pytest.raises(Refused, match="came back"):
        register.perform(absences.change_due, absence_id=absence_id, due_back=_at(22, 12), reason="Late.")


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        (_at(21, 9, 13), True),
        (_at(21, 9, 14), False),
        (_at(21, 9, 15), False),
        (Moment(TODAY), False),
        (Moment(date(2026, 11, 20)), True),
    ],
)
def test_overdue_is_to_the_minute_where_it_is_known_else_from_the_next_day_on(due: Moment, overdue: bool) -> None:
    assert is_overdue(due, _at(21, 9, 14)) is overdue


def test_an_absence_that_was_forgotten_is_entered_before_a_later_one_and_in_a_stay_that_is_over(
    register: Register, programme_id: ProgrammeId, stay_id: StayId
) -> None:
    _record(register, stay_id)
    past = {"left": _at(1, 9, month=9), "due_back": _at(3, 9, month=9), "returned": _at(2, 9, month=9)}
    row = _row(register, _record(register, stay_id, **past))
    assert (row.from_on, row.until_on) == (date(2026, 9, 1), date(2026, 9, 2))
    with pytest.raises(Refused, match="away at that time"):
        _record(register, stay_id, **past)
    over = builders.stay(
        register, builders.resident(register, "K-2"), programme_id, date(2026, 8, 20), date(2026, 9, 10)
    )
    with pytest.raises(Refused) as refused:
        _record(register, over, **past | {"returned": _at(11, 9, month=9)})
    assert refused.value.field == "returned"
    assert _row(register, _record(register, over, **past)).until_on == date(2026, 9, 2)


@pytest.mark.parametrize("enters_anew", [False, True])
def test_whether_somebody_was_away_to_the_end_is_as_it_was_put_right_once_the_departure_is_undone(
    register: Register, stay_id: StayId, *, enters_anew: bool
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    went: dict[str, Any] = {"left": _at(1, 10), "due_back": _at(5, 18)}
    away = _record(register, stay_id, **went)
    left: dict[str, Any] = {"stay_id": stay_id, "moment": _at(12, 9), "seen_last": "at the gate", "how_known": "a note"}
    register.perform(endings.record_left, **left)
    right: dict[str, Any] = went | {"kind": AbsenceKind.HOSPITAL, "absence_id": away, "reason": "the gate book"}
    register.perform(absences.correct, returned=_at(5, 17), **right)
    register.perform(endings.undo, stay_id=stay_id, reason="it was another man")
    assert _row(register, away).end == _at(5, 17), "who was back stays back"
    register.perform(endings.record_left, **left)
    if enters_anew:
        register.perform(absences.take_back, absence_id=away, reason="it was another absence")
        away = _record(register, stay_id, **went, returned=_at(12, 9))
    else:
        register.perform(absences.correct, returned=_at(12, 9), **right)
    register.perform(endings.undo, stay_id=stay_id, reason="it was another man")
    assert _row(register, away).end is None, "who was away until the departure is away"
