"""The life of a month: looked through, issued, sent, revised; stored at each step, and shown where it is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.actions import corrections, residents, stays
from models.actions import months as actions
from models.actions import programmes as programme_actions
from models.clock import FixedClock
from models.entities.months import StateOfMonth
from models.errors import Conflict, Refused
from models.ids import IssuedMonthId, ProgrammeId, ResidentId, SendingId, StayId
from models.queries import issued_months, month_doubts, month_states, monthly_reports, needing_house, programmes
from models.queries.needing import Need
from models.rules.birth import BirthDate
from models.rules.figures import Issue, MonthFigures
from models.rules.people import EVERYBODY
from models.rules.residents import PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import DoubtKind, MonthState, Role, SendingWay, Sex
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.actions import leavers

OCTOBER = Month(2026, 10)
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
_HOW: dict[str, Any] = {
    "sent": Moment(date(2026, 11, 3)),
    "way": SendingWay.EMAIL,
    "to_whom": "The desk of the partner",
}


def _draw(figures: MonthFigures, language: str, papers: Issue) -> bytes:
    return f"{language} {papers.number} {papers.trail_head} {figures.digest}".encode()


@action("tests.forget_states", roles=EVERYBODY, told="")
def forget_states(unit: UnitOfWork) -> None:
    """As an earlier Konak left its issued months: without a state."""
    for row in unit.session.scalars(select(StateOfMonth)):
        unit.session.delete(row)


@pytest.fixture
def programme(register: Register, clock: FixedClock) -> ProgrammeId:
    """One under which K-1 came in October; it is 3 November."""
    clock.instant = NOW
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 10, 2))
    return programme


def _state(register: Register, programme: ProgrammeId) -> MonthState:
    with register.read() as snapshot:
        return month_states.state_of(snapshot, programme_id=programme, month=OCTOBER).state


def _issue(register: Register, programme: ProgrammeId, reason: str = "") -> IssuedMonthId:
    outcome = register.perform(
        actions.issue, programme_id=programme, month=OCTOBER, language="en", draw=_draw, reason=reason
    )
    return outcome.value


def _send(register: Register, issued: IssuedMonthId) -> SendingId:
    return register.perform(actions.send, issued_id=issued, **_HOW).value


def test_what_is_saved_without_a_change_opens_no_month_that_was_looked_through(
    register: Register, programme: ProgrammeId
) -> None:
    register.perform(actions.check, programme_id=programme, month=OCTOBER)
    with register.read() as snapshot:
        facts = programmes.whole(snapshot, programme_id=programme).facts
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(programme_actions.change, programme_id=programme, version=1, facts=facts)
    assert _state(register, programme) is MonthState.CHECKED
    changed = replace(facts, names_ground="Art. 9")
    register.perform(programme_actions.change, programme_id=programme, version=2, facts=changed)
    assert _state(register, programme) is MonthState.OPEN


def _needs(register: Register) -> list[Need]:
    with register.read() as snapshot:
        return [item.need for item in needing_house.items(snapshot) if item.month == OCTOBER]


def test_each_step_of_a_month_is_stored_and_leads_to_the_next(register: Register, programme: ProgrammeId) -> None:
    assert _state(register, programme) is MonthState.OPEN
    left = register.perform(actions.check, programme_id=programme, month=OCTOBER, remark="asked").value
    with register.read() as snapshot:
        row = month_states.state_of(snapshot, programme_id=programme, month=OCTOBER)
        assert left == len(month_doubts.doubts(snapshot, programme_id=programme, month=OCTOBER)) > 0
        assert (row.state, row.checked_doubts, row.checked_remark) == (MonthState.CHECKED, left, "asked")
        assert (row.checked_at, row.checked_by) == (NOW, snapshot.person.name)
    issued = _issue(register, programme)
    assert _state(register, programme) is MonthState.ISSUED
    _send(register, issued)
    assert _state(register, programme) is MonthState.SENT
    register.perform(stays.correct, stay_id=StayId(1), arrived=Moment(date(2026, 10, 3)), reason="the gate book")
    assert _state(register, programme) is MonthState.SENT  # what was sent was sent
    second = _issue(register, programme, "the gate book")
    assert _state(register, programme) is MonthState.REVISED
    _send(register, issued)  # that the first was sent twice says nothing of the second
    assert _state(register, programme) is MonthState.REVISED
    _send(register, second)
    assert _state(register, programme) is MonthState.SENT
    with register.read() as snapshot:
        sent = month_states.sendings(snapshot, programme_id=programme, month=OCTOBER)
        assert [row.report for row in sent] == ["2026-10", "2026-10", "2026-10 r2"]


def test_what_is_written_of_a_month_opens_it_again_and_what_is_written_of_another_does_not(
    register: Register, programme: ProgrammeId
) -> None:
    register.perform(actions.check, programme_id=programme, month=OCTOBER)
    later = builders.stay(register, builders.resident(register, "K-2"), programme, date(2026, 11, 1))
    register.perform(corrections.take_back, stay_id=later, reason="another person")
    assert _state(register, programme) is MonthState.CHECKED
    register.perform(stays.correct, stay_id=StayId(1), arrived=Moment(date(2026, 10, 5)), reason="the gate book")
    assert _state(register, programme) is MonthState.OPEN
    with register.read() as snapshot:
        assert month_states.state_of(snapshot, programme_id=programme, month=OCTOBER).checked_at is None


def test_what_was_looked_through_by_mistake_is_open_again_and_only_what_was(
    register: Register, programme: ProgrammeId
) -> None:
    values: dict[str, Any] = {"programme_id": programme, "month": OCTOBER}
    with pytest.raises(Refused, match="Nobody has looked"):
        register.perform(actions.uncheck, **values, reason="by mistake")
    register.perform(actions.check, **values)
    with pytest.raises(Refused, match="what the mistake was"):
        register.perform(actions.uncheck, **values, reason=" ")
    register.perform(actions.uncheck, **values, reason="by mistake")
    assert _state(register, programme) is MonthState.OPEN
    with pytest.raises(Refused, match="not over"):
        register.perform(actions.check, programme_id=programme, month=OCTOBER.next())
    _issue(register, programme)
    with pytest.raises(Refused, match="issued"):
        register.perform(actions.check, **values)


def test_a_sending_is_corrected_with_a_reason_and_taken_back_and_the_line_stays(
    register: Register, programme: ProgrammeId
) -> None:
    issued = _issue(register, programme)
    sending = _send(register, issued)
    changed: dict[str, Any] = {**_HOW, "sending_id": sending, "to_whom": "The embassy", "receipt": "No. 7"}
    with pytest.raises(Refused) as refused:
        register.perform(actions.correct_sending, **changed, reason="")
    assert refused.value.field == "reason"
    register.perform(actions.correct_sending, **changed, reason="It has come", version=1)
    with pytest.raises(Conflict):
        register.perform(actions.correct_sending, **changed, reason="It has come", version=1)
    register.perform(actions.take_back_sending, sending_id=sending, reason="It was another month")
    assert _state(register, programme) is MonthState.ISSUED
    with pytest.raises(Refused, match="taken back"):
        register.perform(actions.take_back_sending, sending_id=sending, reason="again")
    with register.read() as snapshot:
        (row,) = month_states.sendings(snapshot, programme_id=programme, month=OCTOBER)
    assert (row.to_whom, row.receipt, row.taken_back) == ("The embassy", "No. 7", "It was another month")


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"sent": Moment(date(2026, 11, 2))}, "sent"),
        ({"sent": Moment(date(2026, 11, 4))}, "sent"),
        ({"to_whom": "  "}, "to_whom"),
    ],
)
def test_nothing_is_sent_before_it_is_issued_in_the_future_or_to_nobody(
    register: Register, programme: ProgrammeId, other: dict[str, Any], field: str
) -> None:
    issued = _issue(register, programme)
    with pytest.raises(Refused) as refused:
        register.perform(actions.send, issued_id=issued, **{**_HOW, **other})
    assert refused.value.field == field
    assert _state(register, programme) is MonthState.ISSUED


def test_today_says_that_a_report_is_late_to_be_sent_from_the_day_after_it_is_owed(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    assert _needs(register) == [Need.REPORT_DUE]
    issued = _issue(register, programme)
    with register.read() as snapshot:
        row = next(row for row in monthly_reports.months_of(snapshot, programme) if row.month == OCTOBER)
    clock.instant = datetime.combine(row.due_on, NOW.time(), UTC)
    assert _needs(register) == []
    clock.instant += timedelta(days=1)
    assert _needs(register) == [Need.REPORT_UNSENT]
    _send(register, issued)
    assert _needs(register) == []


def test_of_what_an_earlier_konak_has_issued_nobody_is_asked_to_send_it(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    issued = _issue(register, programme)
    register.perform(forget_states)
    clock.instant = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    assert _state(register, programme) is MonthState.ISSUED
    assert Need.REPORT_UNSENT not in _needs(register)
    register.perform(actions.send, issued_id=issued, **_HOW)
    assert _state(register, programme) is MonthState.SENT
    with register.read() as snapshot:
        assert snapshot.connection.execute(StateOfMonth.__table__.select()).all() != []


def test_each_point_that_is_doubtful_is_named_with_whom_it_is_of_until_it_is_put_right(
    register: Register, programme: ProgrammeId
) -> None:
    with register.read() as snapshot:
        found = month_doubts.doubts(snapshot, programme_id=programme, month=OCTOBER)
    assert {doubt.kind for doubt in found if doubt.number == "K-1"} == {
        DoubtKind.NATIONALITY,
        DoubtKind.SEX,
        DoubtKind.BIRTH,
    }
    person = PersonFacts(family_name="Noori", nationality="AF", sex=Sex.MALE, birth=BirthDate(1991, 1, 1))
    register.perform(residents.change, resident_id=ResidentId(1), person=person, reason="the passport")
    gone = builders.stay(register, builders.resident(register, "K-2"), programme, date(2026, 9, 1), date(2026, 10, 9))
    builders.stay(register, builders.resident(register, "K-3"), programme, date(2026, 6, 1), date(2026, 9, 30))
    over = builders.resident(register, "K-4")
    builders.stay(register, over, programme, date(2026, 10, 9), limit_on=date(2026, 10, 20))
    with register.read() as snapshot:
        found = month_doubts.doubts(snapshot, programme_id=programme, month=OCTOBER)
    said = {(doubt.kind, doubt.number) for doubt in found}
    assert (DoubtKind.BIRTH, "K-1") in said  # 1 January
    assert (DoubtKind.SEX, "K-1") not in said
    assert {number for kind, number in said if kind is DoubtKind.DESTINATION} == {"K-2"}, gone
    assert (DoubtKind.LIMIT, "K-4") in said
    assert "K-3" not in {number for _kind, number in said}
    with register.read() as snapshot:
        early = {doubt.kind for doubt in month_doubts.doubts(snapshot, programme_id=programme, month=OCTOBER.next())}
        assert DoubtKind.EARLIER in early  # October is not issued
        assert issued_months.issued(snapshot, programme) == ()
