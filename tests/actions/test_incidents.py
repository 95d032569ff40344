"""What happens in the house, and the use of force (standards.md, B5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from models.actions import incidents
from models.errors import Conflict, Refused
from models.ids import ProgrammeId, ResidentId
from models.queries import history
from models.queries import safeguards as queries
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, Role, SealedKind
from models.store.register import Register
from tests import builders
from tests.actions import leavers

HAPPENED = Moment(date(2026, 11, 18))
FORCE: dict[str, Any] = {
    "kind": IncidentKind.FORCE,
    "happened": HAPPENED,
    "what": "held by the arms and led to the office",
    "by_whom": "Guard 14",
    "means": "hands",
    "why": "to end a fight",
}


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register)


def _resident(register: Register, programme: ProgrammeId, number: str) -> ResidentId:
    resident = builders.resident(register, number)
    builders.stay(register, resident, programme, date(2026, 6, 26))
    return resident


def _enter(register: Register, programme: ProgrammeId, *residents: ResidentId, **said: object) -> int:
    given: dict[str, Any] = {"programme_id": programme, "residents": residents} | FORCE | said
    return register.perform(incidents.enter, **given).value


def _rows(register: Register, resident_id: ResidentId | None = None) -> Sequence[queries.IncidentRow]:
    with register.read() as snapshot:
        return queries.incidents(snapshot, resident_id=resident_id)


def do_incidents(register: Register) -> None:
    """Each action to its end, for `tests/dialects`."""
    leavers.at_desk(register, Role.CLERK)
    programme = builders.programme(register, "INC")
    one, other = (_resident(register, programme, f"I-{number}") for number in (1, 2))
    entry = _enter(register, programme, one, injuries="a bruise")
    said = FORCE | {"residents": [one, other], "told_whom": "Ombudsperson", "told": Moment(date(2026, 11, 19))}
    register.perform(incidents.correct, incident_id=entry, reason="two of them", **said)
    register.perform(incidents.take_back, incident_id=entry, reason="another house")


def test_an_incident_says_what_happened_and_whom_it_concerns_several_or_nobody(
    register: Register, programme: ProgrammeId
) -> None:
    one, other = (_resident(register, programme, number) for number in ("I-1", "I-2"))
    _enter(register, programme, one, other)
    _enter(register, programme, kind=IncidentKind.INCIDENT, what="the lift stood still", by_whom="", means="", why="")
    nobody, force = _rows(register)
    assert (nobody.kind, nobody.concerned) == (IncidentKind.INCIDENT, ())
    assert [each.number for each in force.concerned] == ["I-1", "I-2"]
    assert (force.by_whom, force.means, force.why) == ("Guard 14", "hands", "to end a fight")
    assert _rows(register, other) == (force,)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": " "}, "what"),
        ({"by_whom": ""}, "by_whom"),
        ({"why": ""}, "why"),
        ({"residents": ()}, "residents"),
        ({"residents": (999,)}, "residents"),
        ({"kind": IncidentKind.INCIDENT}, "means"),
        ({"happened": Moment(date(2026, 11, 22))}, "happened"),
        ({"told": Moment(date(2026, 11, 18))}, "told_whom"),
        ({"told": Moment(date(2026, 11, 17)), "told_whom": "the ministry"}, "told"),
        ({"programme_id": 999}, "programme_id"),
        ({"kind": IncidentKind.INCIDENT, "means": "", "residents": (), "injuries": "a cut"}, "residents"),
    ],
)
def test_what_says_too_little_or_cannot_be_is_refused_at_its_field(
    register: Register, programme: ProgrammeId, said: dict[str, Any], field: str
) -> None:
    resident = _resident(register, programme, "I-1")
    with pytest.raises(Refused) as refused:
        _enter(register, programme, resident, **said)
    assert refused.value.field == field
    assert _rows(register) == ()


def test_injuries_are_a_sealed_note_of_each_and_stand_nowhere_else(register: Register, programme: ProgrammeId) -> None:
    one, other = (_resident(register, programme, number) for number in ("I-1", "I-2"))
    _enter(register, programme, one, other, injuries="Zzyzx at the elbow")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    with register.read() as snapshot:
        for each in (one, other):
            (note,) = queries.notes(snapshot, resident_id=each)
            assert note.kind is SealedKind.HEALTH
        clear = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail WHERE details LIKE '%Zzyzx%'")
        assert clear.scalar() == 0
    assert "Zzyzx" not in repr(_rows(register))


def test_a_correction_needs_a_reason_and_is_refused_over_another(register: Register, programme: ProgrammeId) -> None:
    one, other = (_resident(register, programme, number) for number in ("I-1", "I-2"))
    entry = _enter(register, programme, one)
    (before,) = _rows(register)
    said = FORCE | {"incident_id": entry, "residents": [other]}
    with pytest.raises(Refused) as refused:
        register.perform(incidents.correct, **said)
    assert refused.value.field == "reason"
    register.perform(incidents.correct, reason="the other one", version=before.version, **said)
    (after,) = _rows(register)
    assert [each.number for each in after.concerned] == ["I-2"]
    with pytest.raises(Conflict):
        register.perform(incidents.correct, reason="late", version=before.version, **said)
    with register.read() as snapshot:
        told = [row.what.text for row in history.of_resident(snapshot, resident_id=one)]
    assert told.count("Corrected an incident") == 1, "whoever it no longer concerns reads of it in the history"


def test_what_is_taken_back_is_in_no_list_and_is_not_corrected(register: Register, programme: ProgrammeId) -> None:
    entry = _enter(register, programme, _resident(register, programme, "I-1"))
    register.perform(incidents.take_back, incident_id=entry, reason="another house")
    assert _rows(register) == ()
    with pytest.raises(Refused):
        register.perform(incidents.take_back, incident_id=entry, reason="again")
