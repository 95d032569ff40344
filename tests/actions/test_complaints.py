"""Complaints and their answers, and self-harm (standards.md, B4): sealed, that they are there as well."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from models.actions import complaints, facility
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.errors import Refused
from models.ids import ResidentId
from models.queries import safeguards as queries
from models.queries import today
from models.queries.needing import Item, Need
from models.rules.safeguards import ComplaintDays, ComplaintState, complaint_state, complaints_counted
from models.rules.time import Moment
from models.rules.vocabulary import Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers

SAID: dict[str, Any] = {"received_on": date(2026, 11, 1), "said": "Zzyzx no hot water"}


@pytest.fixture
def resident(register: Register) -> Iterator[ResidentId]:
    with builders.reading(register):
        resident = builders.resident(register, "C-1")
        builders.stay(register, resident, builders.programme(register), date(2026, 6, 26))
        yield resident


def do_complaints(register: Register) -> None:
    """Each action to its end, for `tests/dialects`."""
    with builders.reading(register):
        resident = builders.resident(register, "C-9")
        builders.stay(register, resident, builders.programme(register, "COM"), date(2026, 6, 26))
        entry = register.perform(COMPLAINTS.enter, resident_id=resident, **SAID).value
        register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 5), answer="repaired")
        register.perform(complaints.look, entry_id=entry)
        register.perform(complaints.take_back_answer, entry_id=entry, reason="to another complaint")
        register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 5), answer="repaired")
        register.perform(COMPLAINTS.correct, entry_id=entry, reason="misheard", answered_on=date(2026, 11, 6), **SAID)
        register.perform(COMPLAINTS.take_back, entry_id=entry, reason="another person")
        harm = {"happened": Moment(date(2026, 11, 3)), "found": "a cut"}
        entry = register.perform(SELF_HARM.enter, resident_id=resident, **harm).value
        register.perform(complaints.look_at_self_harm, entry_id=entry)
        register.perform(SELF_HARM.correct, entry_id=entry, reason="told the doctor", told_whom="Dr. Krasniqi", **harm)
        register.perform(SELF_HARM.take_back, entry_id=entry, reason="another person")


def _owed(register: Register) -> list[Item]:
    with register.read() as snapshot:
        return [item for item in today.today(snapshot).items if item.need is Need.COMPLAINT]


def test_an_answer_is_owed_within_the_days_of_the_facility(register: Register, resident: ResidentId) -> None:
    register.perform(COMPLAINTS.enter, resident_id=resident, **SAID)
    with register.read() as snapshot:
        (row,) = queries.complaints(snapshot)
    assert (row.received_on, row.answer_by, row.answered_on) == (date(2026, 11, 1), date(2026, 11, 15), None)


def test_a_late_answer_stands_on_today_for_who_answers_and_for_nobody_else(
    register: Register, resident: ResidentId
) -> None:
    entry = register.perform(COMPLAINTS.enter, resident_id=resident, **SAID).value
    (item,) = _owed(register)
    assert (item.on, item.since, item.resident_id) == (date(2026, 11, 15), True, resident)
    for role in (Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR):
        leavers.at_desk(register, role)
        assert _owed(register) == []
        with register.read() as snapshot:
            assert queries.complaints(snapshot) == queries.unanswered(snapshot) == ()
            assert queries.record(snapshot, resident_id=resident).entries == ()
    leavers.at_desk(register, Role.INSPECTOR)
    assert _owed(register) == [], "an inspector carries Today out of the house"
    with register.read() as snapshot:
        assert len(queries.complaints(snapshot)) == 1
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 20), answer="repaired")
    assert _owed(register) == []


def test_a_complaint_is_opened_with_its_answer_and_no_word_of_it_is_in_clear(
    register: Register, resident: ResidentId
) -> None:
    entry = register.perform(COMPLAINTS.enter, resident_id=resident, **SAID).value
    register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 5), answer="Zzyzx repaired")
    opened = register.perform(complaints.look, entry_id=entry).value
    assert opened.startswith("Zzyzx no hot water")
    assert opened.endswith("Zzyzx repaired")
    with register.read() as snapshot:
        clear = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail WHERE details LIKE '%Zzyzx%'")
        assert clear.scalar() == 0
    with pytest.raises(Refused, match="answered already"):
        register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 6), answer="again")
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused):
        register.perform(complaints.look, entry_id=entry)


def test_an_answer_to_another_complaint_is_taken_back_and_the_complaint_waits_again(
    register: Register, resident: ResidentId
) -> None:
    entry = register.perform(COMPLAINTS.enter, resident_id=resident, **SAID).value
    with pytest.raises(Refused, match="not answered yet"):
        register.perform(complaints.take_back_answer, entry_id=entry, reason="to another")
    register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 5), answer="Zzyzx of another")
    with pytest.raises(Refused, match="taken back on its own"):
        register.perform(COMPLAINTS.correct, entry_id=entry, reason="to another", answered_on=None, **SAID)
    with pytest.raises(Refused) as refused:
        register.perform(complaints.take_back_answer, entry_id=entry, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="take the answer back"):
        register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 6), answer="again")
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused):
        register.perform(complaints.take_back_answer, entry_id=entry, reason="to another")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(complaints.take_back_answer, entry_id=entry, reason="to another")
    assert register.perform(complaints.look, entry_id=entry).value == "Zzyzx no hot water"
    with register.read() as snapshot:
        assert queries.complaints(snapshot)[0].answered_on is None
        assert len(queries.unanswered(snapshot)) == 1
        assert len(queries.notes(snapshot, resident_id=resident)) == 1, (
            "what was written is lost to nobody who may read"
        )
        clear = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail WHERE details LIKE '%Zzyzx%'")
        assert clear.scalar() == 0
    register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 11, 6), answer="repaired")
    assert register.verified().problem is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"received_on": date(2026, 11, 22)}, "received_on"),
        ({"answer_by": date(2026, 10, 31)}, "answer_by"),
        ({"answered_on": date(2026, 10, 31), "answer": "yes"}, "answered_on"),
        ({"answered_on": date(2026, 11, 2)}, "answer"),
        ({"answer": "yes"}, "answered_on"),
        ({"said": ""}, "said"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(
    register: Register, resident: ResidentId, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(COMPLAINTS.enter, resident_id=resident, **SAID | more)
    assert refused.value.field == field


def test_what_stood_in_a_complaint_before_it_was_put_right_is_kept_sealed(
    register: Register, resident: ResidentId
) -> None:
    entry = register.perform(COMPLAINTS.enter, resident_id=resident, **SAID).value
    said = SAID | {"said": "no water at all"}
    register.perform(COMPLAINTS.correct, entry_id=entry, reason="misheard", **said)
    assert register.perform(complaints.look, entry_id=entry).value == "no water at all"
    with register.read() as snapshot:
        assert len(queries.notes(snapshot, resident_id=resident)) == 1


def test_the_facility_sets_the_days_of_complaints_to_come(register: Register, resident: ResidentId) -> None:
    leavers.at_desk(register, Role.ADMINISTRATOR)
    given: dict[str, Any] = {"name": "House", "letterhead": "", "language": "en", "time_zone": "Europe/Belgrade"}
    register.perform(facility.change_facility, number_prefix="K-", lock_after=10, answer_within=7, **given)
    with pytest.raises(Refused, match="at most"):
        register.perform(facility.change_facility, number_prefix="K-", lock_after=10, answer_within=400, **given)
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(COMPLAINTS.enter, resident_id=resident, **SAID)
    with register.read() as snapshot:
        assert queries.complaints(snapshot)[0].answer_by == date(2026, 11, 8)


def test_a_complaint_is_in_time_on_its_last_day_and_late_on_the_next() -> None:
    def state(answered: int | None, on: int) -> ComplaintState:
        days = None if answered is None else date(2026, 11, answered)
        return complaint_state(ComplaintDays(date(2026, 11, 1), date(2026, 11, 15), days), date(2026, 11, on))

    assert state(15, 30) is ComplaintState.IN_TIME
    assert state(16, 30) is ComplaintState.LATE
    assert state(16, 15) is ComplaintState.OPEN, "an answer of a later day is none yet"
    assert state(None, 15) is ComplaintState.OPEN
    assert state(None, 16) is ComplaintState.OVERDUE


def test_each_complaint_is_counted_as_answered_in_one_month_alone() -> None:
    made = [
        ComplaintDays(date(2026, 10, 20), date(2026, 11, 3), date(2026, 11, 2)),
        ComplaintDays(date(2026, 11, 1), date(2026, 11, 15), date(2026, 12, 1)),
        ComplaintDays(date(2026, 11, 28), date(2026, 12, 12), None),
        ComplaintDays(date(2026, 12, 1), date(2026, 12, 15), None),
    ]
    november = complaints_counted(made, date(2026, 11, 1), date(2026, 11, 30))
    december = complaints_counted(made, date(2026, 12, 1), date(2026, 12, 31))
    assert november == {"received": 2, "in_time": 1, "late": 0, "open": 2, "overdue": 1}
    assert december == {"received": 1, "in_time": 0, "late": 1, "open": 2, "overdue": 2}


def test_self_harm_is_told_to_health_staff_alone(register: Register, resident: ResidentId) -> None:
    harm = {"happened": Moment(date(2026, 11, 3)), "found": "Zzyzx"}
    entry = register.perform(SELF_HARM.enter, resident_id=resident, **harm).value
    with register.read() as snapshot:
        (row,) = queries.record(snapshot, resident_id=resident).entries
        assert (row.table, "found" in row.values) == ("self_harms", False)
    assert register.perform(complaints.look_at_self_harm, entry_id=entry).value == "Zzyzx"
    for role in (Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR):
        leavers.at_desk(register, role)
        with register.read() as snapshot:
            assert queries.record(snapshot, resident_id=resident).entries == ()
        with pytest.raises(Refused):
            register.perform(SELF_HARM.enter, resident_id=resident, **harm)
