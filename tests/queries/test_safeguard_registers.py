"""The registers of incidents and of complaints on paper (standards.md, B4, B5 and D3)."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.actions import complaints, incidents
from models.actions.complaints import COMPLAINTS
from models.errors import Refused
from models.exchange import door
from models.ids import ProgrammeId, ResidentId
from models.queries import safeguards as queries
from models.rules.papers import Choice
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, Role
from models.store.register import Register
from reports import complaints as complaints_paper
from reports import incidents as incidents_paper
from reports import terms
from tests import builders
from tests.actions import leavers
from tests.reports import pdf_text
from ui.papers.catalogue import REGISTER_OF_COMPLAINTS, REGISTER_OF_INCIDENTS

ENGLISH = terms.translator_of("en")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 19)


@pytest.fixture
def resident(register: Register) -> ResidentId:
    return builders.resident(register, "C-1", family_name="Noori")


@pytest.fixture
def programme(register: Register, resident: ResidentId) -> ProgrammeId:
    programme = builders.programme(register)
    builders.stay(register, resident, programme, date(2026, 6, 26))
    return programme


def _enter(register: Register, programme: ProgrammeId, on: date, what: str, **said: Any) -> int:
    given: dict[str, Any] = {"kind": IncidentKind.INCIDENT, "happened": Moment(on), "what": what, **said}
    return register.perform(incidents.enter, programme_id=programme, **given).value


def _incidents(register: Register, **span: date) -> list[tuple[str, ...]]:
    with register.read() as snapshot:
        return incidents_paper.texts(queries.register_of_incidents(snapshot, **span), ENGLISH)


def test_each_incident_keeps_the_number_under_which_it_was_entered_and_none_is_left_out(
    register: Register, programme: ProgrammeId, resident: ResidentId
) -> None:
    seven = datetime(2026, 11, 18, 7, 30, tzinfo=ZoneInfo("Europe/Belgrade"))
    _enter(register, programme, date(2026, 11, 18), "the lift stood still")
    wrong = _enter(register, programme, date(2026, 11, 18), "a window broke")
    _enter(
        register, programme, date(2026, 11, 18), "parted and held", happened=Moment(seven.date(), seven),
        kind=IncidentKind.FORCE, residents=[resident], place="Yard", by_whom="Guard 14", means="hands",
        why="to end a fight", told_whom="Director", told=Moment(date(2026, 11, 19)),
    )  # fmt: skip
    _enter(register, programme, date(2026, 11, 19), "no water")
    _enter(register, programme, date(2026, 11, 20), "after the span")
    register.perform(incidents.take_back, incident_id=wrong, reason="another house")
    lift, back, force, water = _incidents(register, from_on=FIRST, until_on=LAST)
    assert [row[:2] for row in (lift, back, force, water)] == [
        ("18 Nov 2026", "1"), ("18 Nov 2026", "2"), ("18 Nov 2026", "3"), ("19 Nov 2026", "4"),
    ]  # fmt: skip
    assert _incidents(register, from_on=date(2026, 11, 19), until_on=LAST) == [water], "whatever is asked for"
    assert back[2:] == ("", "", "", "", "It was taken back.", "", "", "", "")
    assert force[2:] == (
        "07:30", "Force or restraint", "US-2025", "Yard", "parted and held",
        "By whom: Guard 14 · With what: hands · Why: to end a fight", "C-1", "Director, 19 Nov 2026",
        f"{register.person.name}, 21 Nov 2026",
    )  # fmt: skip
    assert lift[2] == "", "an incident that is known by its day alone shows no hour"


def test_the_register_of_incidents_names_nobody_and_tells_of_no_injury(
    register: Register, programme: ProgrammeId, resident: ResidentId
) -> None:
    force = {"kind": IncidentKind.FORCE, "by_whom": "Guard 14", "why": "to end a fight", "injuries": "Zzyzx bruise"}
    _enter(register, programme, LAST, "held", residents=[resident], **force)
    for role in Role:
        leavers.at_desk(register, role)
        text = pdf_text.text(door.drawn(register, REGISTER_OF_INCIDENTS, language="en", chosen={}).content)
        assert "C-1" in text
        assert "1 incident" in text
        assert "Noori" not in text
        assert "Zzyzx" not in text


def _complain(register: Register, who: ResidentId, received: date, answered: date | None = None) -> None:
    entry = register.perform(COMPLAINTS.enter, resident_id=who, received_on=received, said="Zzyzx no water").value
    if answered is not None:
        register.perform(complaints.answer, entry_id=entry, answered_on=answered, answer="Zzyzx repaired")


def test_complaints_are_told_by_their_days_with_those_that_waited_when_the_span_began(
    register: Register, programme: ProgrammeId, resident: ResidentId
) -> None:
    with builders.reading(register):
        for received, answered in (
            (date(2026, 9, 1), date(2026, 9, 3)),  # over before the span
            (date(2026, 10, 1), date(2026, 11, 2)),  # answered late within it
            (date(2026, 10, 20), None),  # overdue since 3 November
            (date(2026, 11, 4), date(2026, 11, 18)),  # on the last day that is in time
            (date(2026, 11, 6), None),  # late today, but not at the end of the span
            (date(2026, 11, 10), date(2026, 11, 21)),  # answered after the span
            (date(2026, 11, 20), None),  # received after it
        ):
            _complain(register, resident, received, answered)
        with register.read() as snapshot:
            found = queries.register_of_complaints(snapshot, from_on=FIRST, until_on=LAST)
            everything = queries.register_of_complaints(snapshot)
    assert [(row[0], *row[2:5]) for row in complaints_paper.texts(found, ENGLISH)] == [
        ("1 Oct 2026", "15 Oct 2026", "2 Nov 2026", "18 days"),
        ("20 Oct 2026", "3 Nov 2026", "", "16 days"),
        ("4 Nov 2026", "18 Nov 2026", "18 Nov 2026", ""),
        ("6 Nov 2026", "20 Nov 2026", "", ""),
        ("10 Nov 2026", "24 Nov 2026", "21 Nov 2026", ""),
    ]
    assert found.counts == {"received": 3, "in_time": 1, "late": 1, "open": 3, "overdue": 1}
    assert (len(everything.complaints), everything.last) == (7, date(2026, 11, 21))
    assert everything.counts == {"received": 7, "in_time": 3, "late": 1, "open": 3, "overdue": 2}


def test_the_register_of_complaints_leaves_by_who_reads_complaints_alone_and_says_nothing_of_them(
    register: Register, programme: ProgrammeId, resident: ResidentId
) -> None:
    with builders.reading(register):
        _complain(register, resident, date(2026, 11, 4), date(2026, 11, 18))
    may = {Role.HEALTH_LEGAL, Role.INSPECTOR}
    for role in Role:
        leavers.at_desk(register, role)
        with register.read() as snapshot:
            assert bool(queries.register_of_complaints(snapshot).complaints) is (role in may)
        if role not in may:
            with pytest.raises(Refused):
                door.drawn(register, REGISTER_OF_COMPLAINTS, language="en", chosen={})
            continue
        chosen = {Choice.FROM: FIRST}
        text = pdf_text.text(door.drawn(register, REGISTER_OF_COMPLAINTS, language="en", chosen=chosen).content)
        assert "from 1 Nov 2026 on · 1 complaint" in text
        assert "C-1" in text
        for sealed in ("Zzyzx", "Noori"):
            assert sealed not in text
