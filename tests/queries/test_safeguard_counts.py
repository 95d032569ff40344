"""Complaints, incidents, force and self-harm in the report of a month: counts, where the agreement names them."""

from dataclasses import replace
from datetime import date
from typing import Any

from models.actions import complaints, incidents, programmes
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.ids import ProgrammeId, ResidentId
from models.queries import months
from models.queries import programmes as programme_rows
from models.rules.report_sections import USUAL
from models.rules.small_counts import NOT_GIVEN, shown_month
from models.rules.time import Moment, Month
from models.rules.vocabulary import IncidentKind, ReportSection, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers

OCTOBER = Month(2026, 10)
NAMED = ("movement", "safeguards", "incidents")


def _fill(register: Register) -> tuple[ProgrammeId, ProgrammeId]:
    """A programme with a complaint in time, one late, one open, force, an incident and self-harm; and another."""
    mine, other = builders.programme(register), builders.programme(register, "OTHER")
    who, else_ = builders.resident(register, "C-1"), builders.resident(register, "C-2")
    builders.stay(register, who, mine, date(2026, 6, 26))
    builders.stay(register, else_, other, date(2026, 6, 26))
    with builders.reading(register):
        for day, answered in ((1, 5), (2, 30), (20, None)):
            _complain(register, who, day, answered)
        _complain(register, else_, 3, None)
        register.perform(SELF_HARM.enter, resident_id=who, happened=Moment(date(2026, 10, 9)), found="a cut")
        for on in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)):
            said: dict[str, Any] = {"kind": IncidentKind.FORCE, "what": "held", "by_whom": "a guard", "why": "a fight"}
            register.perform(incidents.enter, programme_id=mine, happened=Moment(on), residents=[who], **said)
        wrong = register.perform(
            incidents.enter,
            programme_id=mine,
            kind=IncidentKind.INCIDENT,
            happened=Moment(date(2026, 10, 4)),
            what="no",
        ).value
        register.perform(incidents.take_back, incident_id=wrong, reason="another house")
    return mine, other


def _complain(register: Register, who: ResidentId, day: int, answered: int | None) -> None:
    said = {"received_on": date(2026, 10, day), "said": "no water"}
    entry = register.perform(COMPLAINTS.enter, resident_id=who, **said).value
    if answered is not None:
        register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 10, answered), answer="repaired")


def _name(register: Register, programme: ProgrammeId, **more: Any) -> None:
    """Have the agreement name them."""
    leavers.at_desk(register, Role.ADMINISTRATOR)
    with register.read() as snapshot:
        found = programme_rows.whole(snapshot, programme_id=programme)
    facts = replace(found.facts, report_sections=NAMED, **more)
    register.perform(programmes.change, programme_id=programme, version=found.version, facts=facts)


def test_they_are_counted_where_the_agreement_names_them_and_nowhere_else(register: Register) -> None:
    mine, other = _fill(register)
    assert ReportSection.INCIDENTS not in {each.section for each in USUAL}
    with register.read() as snapshot:
        assert "incidents" not in {tally.name for tally in months.figures(snapshot, mine, OCTOBER).tallies}
    _name(register, mine)
    _name(register, other)
    with register.read() as snapshot:
        counts = {each.name: dict(each.counts) for each in months.figures(snapshot, mine, OCTOBER).tallies}["incidents"]
        others = {each.name: dict(each.counts) for each in months.figures(snapshot, other, OCTOBER).tallies}[
            "incidents"
        ]
    assert counts == {
        "received": 3, "in_time": 1, "late": 1, "open": 1, "overdue": 0, "incidents": 0, "force": 2, "self_harm": 1,
    }  # fmt: skip
    assert (others["received"], others["open"], others["overdue"]) == (1, 1, 1)
    assert others["force"] == others["self_harm"] == 0


def test_where_small_counts_are_hidden_they_are_left_out_whole(register: Register) -> None:
    mine, _ = _fill(register)
    _name(register, mine, small_count=5)
    with register.read() as snapshot:
        assert shown_month(months.figures(snapshot, mine, OCTOBER)).tally("incidents") == NOT_GIVEN
