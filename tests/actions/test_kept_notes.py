"""What is sealed of an arrival that is taken back stays with the person, whoever takes it back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from models.actions import admissions, corrections, safeguards, stays
from models.errors import Unavailable
from models.ids import ResidentId, StayId
from models.queries import history, resident_page, residents
from models.queries import safeguards as notes
from models.queries.residents import Shown
from models.rules.people import EVERYBODY
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import HealthStep, Role, SealedKind
from models.store import engine as engines
from models.store.declaring import action
from models.store.register import Register
from models.store.renewal import renew
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.actions import leavers

TODAY = leavers.TODAY
_HELD: dict[str, Any] = {"step": HealthStep.HELD, "done": Moment(TODAY), "by_whom": "A nurse"}
_SEEN: dict[str, Any] = {"looked_on": TODAY, "looked_by": "A clerk"}


@action("tests.renew", roles=EVERYBODY, told="")
def _renew(unit: UnitOfWork) -> None:
    seal = unit.vault.opened.seal
    assert seal is not None
    renew(unit, seal)


def _taken_back(register: Register, found: str, seen: str = "") -> tuple[StayId, ResidentId]:
    """An arrival of the wrong person, with findings, which a clerk takes back."""
    programme = leavers.programme(register)
    who: dict[str, Any] = {
        "person": PersonFacts(family_name="Toska", given_names="Ana"),
        "emergency_reason": "came by night",
    }
    arrived = Moment(TODAY - timedelta(days=1))
    stay = register.perform(stays.admit, programme_id=programme, arrived=arrived, **who).value
    register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, found=found, **_HELD)
    leavers.at_desk(register, Role.CLERK)
    if seen:
        register.perform(admissions.INJURIES.enter, stay_id=stay, found=seen, **_SEEN)
    register.perform(corrections.take_back, stay_id=stay, reason="of the wrong person")
    ((resident,),) = builders.rows(register, "SELECT id FROM residents")
    assert isinstance(resident, int)
    return stay, ResidentId(resident)


def _read(register: Register, resident: ResidentId) -> list[str]:
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    with register.read() as snapshot:
        kept = notes.notes(snapshot, resident_id=resident)
    assert {note.kind for note in kept} <= {SealedKind.HEALTH}
    with builders.reading(register):
        return [register.perform(safeguards.look, note_id=note.id).value for note in kept]


def test_what_a_clerk_takes_back_unread_is_kept_and_read_by_who_may(register: Register) -> None:
    _stay, resident = _taken_back(register, "a fever", "a bruise")
    assert builders.rows(register, "SELECT 1 FROM health_checks UNION ALL SELECT 1 FROM injury_reports") == []
    assert _read(register, resident) == [
        "From an arrival that was taken back. First health check: a fever",
        "From an arrival that was taken back. What could be seen on arrival: a bruise",
    ]
    with builders.reading(register):
        register.perform(_renew)
    assert [text.rpartition(": ")[2] for text in _read(register, resident)] == ["a fever", "a bruise"]


@pytest.mark.parametrize(("role", "is_told"), [(Role.HEALTH_LEGAL, True), (Role.CLERK, False)])
def test_who_reads_it_finds_the_person_and_nobody_else_does(register: Register, role: Role, *, is_told: bool) -> None:
    _stay, resident = _taken_back(register, "a fever")
    leavers.at_desk(register, role)
    with register.read() as snapshot:
        listed = residents.ids(snapshot, shown=Shown.ALL)
        sought = residents.ids(snapshot, shown=Shown.ALL, text="toska")
        page = resident_page.page(snapshot, resident_id=resident)
    assert listed == sought == ([resident] if is_told else [])
    assert page is not None
    assert page.stays == ()


def test_a_clerk_is_told_the_same_whether_something_was_found_or_not(register: Register) -> None:
    told = [_told(register, "a fever"), _told(register, "")]
    assert told[0] == told[1]


def _told(register: Register, found: str) -> Sequence[object]:
    code = "A" if found else "B"
    programme = builders.programme(register, code)
    leavers.at_desk(register, Role.SUPERVISOR)
    who: dict[str, Any] = {"person": PersonFacts(family_name="Toska"), "emergency_reason": "came by night"}
    stay = register.perform(stays.admit, programme_id=programme, arrived=Moment(TODAY), **who).value
    (whose,) = builders.rows(register, f"SELECT resident_id FROM stays WHERE id = {stay}")
    register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, found=found, **_HELD)
    leavers.at_desk(register, Role.CLERK)
    register.perform(corrections.take_back, stay_id=stay, reason="of the wrong person")
    with register.read() as snapshot:
        assert isinstance(whose[0], int)
        rows = history.of_resident(snapshot, resident_id=ResidentId(whose[0]))
        kept = notes.notes(snapshot, resident_id=ResidentId(whose[0]))
        return [*kept, *((row.what, len(row.details)) for row in rows)]


def test_what_is_kept_opens_as_what_it_was_and_as_nothing_else(register: Register) -> None:
    """Else whoever writes past Konak would have a note open what is of a kind that fewer may read."""
    _stay, resident = _taken_back(register, "a fever")
    connection = engines.connect(register.folder / engines.FILE_NAME, register.source.key)
    connection.execute("DROP TRIGGER guard_note_update")
    connection.execute("UPDATE sealed_notes SET kind = 'other'")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    with register.read() as snapshot:
        (kept,) = notes.notes(snapshot, resident_id=resident)
    with builders.reading(register), pytest.raises(Unavailable, match="outside Konak"):
        register.perform(safeguards.look, note_id=kept.id)
    connection.execute("UPDATE sealed_notes SET kind = 'health'")
    connection.close()
