"""Each deed that can be undone is undone in the window, by its name; the others say before that they cannot be."""

import ast
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models.actions import (
    absences,
    backups,
    corrections,
    documents,
    emergencies,
    endings,
    gate,
    incidents,
    months,
    placements,
    programmes,
    residents,
    roll_calls,
    rooms,
    safeguards,
    selection,
    signing,
    stays,
    transports,
)
from models.actions.needs import NEEDS
from models.actions.property import ITEMS
from models.actions.separations import SEPARATIONS, VISITS
from models.clock import FixedClock
from models.exchange.certificates import read_key_file
from models.ids import CandidateId, ResidentId
from models.queries import absences as absence_rows
from models.queries import admissions as record_rows
from models.queries import arrivals as arrival_rows
from models.queries import backups as places
from models.queries import beside as side
from models.queries import candidates, facility, issued_months, month_doubts, month_states, passengers, resident_page
from models.queries import deciding as asked_of_several
from models.queries import departures as departure_rows
from models.queries import documents as document_rows
from models.queries import gate as gate_rows
from models.queries import joinings as joining_rows
from models.queries import programmes as programme_rows
from models.queries import roll_calls as counts
from models.queries import rooms as room_rows
from models.queries import safeguards as safeguard_rows
from models.queries import selection as listed
from models.queries import separations as separation_rows
from models.queries import signing as keys
from models.queries import stays as stay_rows
from models.queries import transports as bus_rows
from models.queries.issued_months import IssuedRow
from models.rules.birth import BirthDate
from models.rules.programmes import CriterionFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    Answer,
    ArrivalStep,
    BedKind,
    CandidateState,
    CriterionEffect,
    DepartureKind,
    DocumentKind,
    IncidentKind,
    NeedKind,
    PaymentKind,
    PropertyOutcome,
    Regime,
    Role,
    SealedKind,
    SendingWay,
    TransportMeans,
)
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.actions.leavers import TODAY
from tests.actions.test_admissions import EACH, SIGNED
from tests.actions.test_gate import keep_gate
from tests.actions.test_mended import (
    _DECIDED,
    _DOUBT,
    _HELD,
    _PAPER,
    _WHY,
    UNDONE,
    House,
    _on,
    _state,
    furnished,
    house,
)
from tests.reports.certificates import key_file
from tests.ui.conftest import activate, press
from tests.ui.departures.windows import settle
from ui import prompts, work
from ui import sealed_corrections as notes_anew
from ui.administration.page import facility_dialog
from ui.administration.signing import service_dialog
from ui.arrivals import entries
from ui.arrivals.asked import choices as arrival_choices
from ui.arrivals.entries import PARTS, RETURNS, WAIVERS, Part
from ui.arrivals.form import ArrivalForm
from ui.arrivals.photo import CropDialog, set_photo
from ui.backups.card import BackupsCard
from ui.departures import endings as leaving
from ui.departures.plans import change_dialog, plan_dialog
from ui.gate import dialogs as gating
from ui.gate.page import GatePage, find
from ui.kit.form import FormDialog
from ui.kit.labels import LinkButton
from ui.kit.notices import Toast
from ui.kit.search import Found
from ui.kit.undoing import UndoCommand
from ui.months import sending
from ui.months.doubts import doubts_dialog
from ui.months.page import ReportsPage
from ui.programmes import dialogs as agreements
from ui.programmes import forms
from ui.programmes.page import ProgrammesPage
from ui.programmes.payments import payment_dialog
from ui.residents import corrections as mends
from ui.residents import dialogs as staying
from ui.residents import identity, joining
from ui.residents.sealed import SealedNotes
from ui.roll import dialogs as calling
from ui.roll.page import RollPage
from ui.rooms import corrections as beds
from ui.rooms import dialogs as housing
from ui.rooms import out_of_use as usage
from ui.rooms import separations as apart
from ui.safeguards import dialogs as happening
from ui.selection import deciding as together
from ui.selection import dialogs as screening
from ui.selection.beside import settle_dialog
from ui.selection.cards import CriteriaCard
from ui.selection.decision import DecisionCard
from ui.selection.facts import FactsCard
from ui.transports import dialogs as buses

__all__ = ["furnished", "house"]

ROOT = Path(__file__).parents[2]

_HOLDS = (
    "NOT EXISTS (SELECT 1 FROM {by} WHERE corrected_id = {of}.id AND undone_at IS NULL) AND "
    "NOT EXISTS (SELECT 1 FROM {by} WHERE instead_id = {of}.id AND undone_at IS NOT NULL), kind, {more}"
)
_ALSO = {
    "absences": "kind, place, due_back_on, note",
    "arrival_drafts": "content",
    "photos": "resident_id, image",
    "backup_places": "folder",
    "joinings": "undone_at IS NULL, joined_id, candidate_id",
    "told_apart": "undone_at IS NULL, resident_id, other_id",
    "planned_leaves": "called_off IS NULL, stay_id, kind, reason, place, from_on, due_back_on, absence_id",
    "month_states": "programme_id, month, state, checked_at",
    "signing_keys": "name, stamps_at, removed",
    "report_sendings": "taken_back IS NULL, issued_id, sent_on, way, to_whom, receipt",
    "facility": "name, letterhead, lock_after, back_up_at",
    "plans": "state <> 'cancelled', stay_id, planned_on, destination_country, destination_place",
    "programmes": "code, partner, is_closed",
    "rate_periods": "programme_id, kind, amount, from_on",
    "criteria": "programme_id, text, effect, position",
    "likeness_verdicts": "undone_at IS NULL, candidate_id, other_id, resident_id, is_same",
    "selection_reasons": "programme_id, outcome, text, position",
    "decision_proposals": "state <> 'dropped', candidate_id, outcome",
    "permitted_departures": "programme_id, kind, extra_checks",
    "candidate_answers": "candidate_id, criterion_id, answer, note",
    "proposed_lists": "code, received_on, programme_id",
    "candidates": "family_name, given_names, partner_number, (SELECT decided_by FROM candidate_decisions WHERE state = "
    "'accepted' AND candidate_id = candidates.id ORDER BY candidate_decisions.id DESC LIMIT 1)",
    "reviews": "stay_id, due_on, held_on, outcome, held_by",
    "documents": "resident_id, kind, number, note",
    "stays": "resident_id, cured_note, countersigned_by",
    "residents": "family_name, given_names, relation, (SELECT name FROM families WHERE families.id = family_id)",
    "incidents": "NOT is_taken_back, kind, happened_on, place, what, by_whom, means, why, told_whom, "
    "(SELECT group_concat(resident_id) FROM incident_persons WHERE incident_id = incidents.id)",
    "roll_calls": "taken_back_at IS NULL, began_at, paused_at, not_held",
    "rooms": "name, building, floor, kind, note",
    "beds": "name, kind, is_removed, out_of_use, out_since, out_until",
    "separations": "stay_id, grounds, ordered_by, began_on, ended_on",
    "health_visits": "stay_id, seen_on, seen_by",
    "transports": "means, number, from_place, escort, expected_on, came_on, called_off",
    "sealed_notes": _HOLDS.format(by="note_corrections", of="sealed_notes", more="resident_id"),
    "list_remarks": _HOLDS.format(by="remark_corrections", of="list_remarks", more="candidate_id"),
    "passengers": "transport_id, candidate_id, is_aboard, bed_is_chosen, bed_id, not_shared, is_child, told_apart",
}


def _all(house: House) -> dict[str, Any]:
    with house.register.read() as snapshot:
        known = set(snapshot.connection.scalars(text("SELECT name FROM sqlite_master")))
        assert known >= _ALSO.keys(), _ALSO.keys() - known
        more = {
            table: sorted(map(tuple, snapshot.connection.execute(text(f"SELECT {names} FROM {table}"))), key=str)
            for table, names in _ALSO.items()
        }
    for name in (
        "plans",
        "joinings",
        "told_apart",
        "planned_leaves",
        "roll_calls",
        "incidents",
        "decision_proposals",
        "likeness_verdicts",
        "report_sendings",
        "sealed_notes",
        "list_remarks",
    ):  # what was undone stays
        more[name] = [row for row in more[name] if row[0]]
    return {**_state(house), **{f"{name}, more": rows for name, rows in more.items()}}


def _ask(house: House, query: Callable[..., Any], **values: Any) -> Any:
    with house.register.read() as snapshot:
        return query(snapshot, **values)


def _of_arrivals() -> dict[str, str]:
    """What stands in each table of what is on record of an arrival."""
    hidden = {"id", "version", "entered_by", "entered_at"}
    return {
        entity.__tablename__: ", ".join(each.name for each in entity.__table__.columns if each.name not in hidden)
        for entity in (part.what.entity for part in _PARTS)
    }


_PARTS = (*chain.from_iterable(PARTS.values()), WAIVERS)
_ALSO |= _of_arrivals()
Opens = Callable[[QWidget, House], Callable[[], object] | FormDialog | None]
Case = tuple[Opens, Mapping[str, Any]]
CASES: dict[str, Case] = {}
"""Of each deed: what opens its form, or what does it at once; and what is typed there."""


def deed(name: str, /, **typed: Any) -> Callable[[Opens], Opens]:
    """Say how a deed is done in the window."""

    def keep(opens: Opens) -> Opens:
        CASES[name] = (opens, typed)
        return opens

    return keep


def _page(house: House) -> Any:
    return _ask(house, resident_page.page, resident_id=house.whose)


def _stay(house: House) -> Any:
    return _ask(house, stay_rows.one, stay_id=house.stay)


def _two(house: House) -> None:
    """Have the programme of the candidate ask for two persons."""
    found = _ask(house, candidates.whole, candidate_id=house.who)
    programme = _ask(house, programme_rows.whole, programme_id=found.programme_id)
    facts = replace(programme.facts, two_persons=True)
    house.do(programmes.change, programme_id=found.programme_id, version=programme.version, facts=facts)


def _leaving(house: House) -> Any:
    return _ask(house, departure_rows.of_stay, stay_id=house.stay)


def _away(house: House) -> int:
    house.do(absences.record, stay_id=house.stay, kind=AbsenceKind.COURT, left=_on(20), due_back=_on(25))
    return 2


def _programme(house: House) -> Any:
    return _ask(house, programme_rows.whole, programme_id=house.programme)


def _room(house: House) -> Any:
    return _ask(house, room_rows.one, room_id=1)


@deed("absences.record", kind=AbsenceKind.COURT, left=_on(20), due_back=_on(25))
def _record(owner: QWidget, house: House) -> None:
    staying.absence_dialog(owner, house.stay)


@deed("absences.return_", returned=_on(21))
def _return(owner: QWidget, house: House) -> None:
    _away(house)
    staying.return_dialog(owner, house.stay)


@deed("absences.change_due", due_back=_on(28), reason=_WHY)
def _due(owner: QWidget, house: House) -> None:
    _away(house)
    staying.due_dialog(owner, house.stay)


@deed("absences.correct", place="Peja", returned=_on(6), reason=_WHY)
def _correct_absence(owner: QWidget, house: House) -> FormDialog:
    return mends.correct_absence(owner, _ask(house, absence_rows.one, absence_id=1))


@deed("absences.take_back", reason=_WHY)
def _take_back_absence(owner: QWidget, house: House) -> FormDialog:
    return mends.take_back_absence(owner, _ask(house, absence_rows.one, absence_id=1))


def _gate(house: House) -> int:
    """A house that keeps a gate, with a leave that is planned; it gives its number."""
    keep_gate(house.register)
    made: int = house.do(gate.plan_leave, stay_id=house.stay, **_PLANNED)
    return made


_PLANNED = {"kind": AbsenceKind.LEAVE, "reason": "A wedding", "start": _on(21), "due_back": _on(23)}


@deed("gate.out")
def _out(owner: QWidget, house: House) -> Callable[[], object]:
    _gate(house)
    (person,) = _ask(house, gate_rows.at_gate, text="K-0012")
    page = GatePage()
    page.setParent(owner)
    return partial(page._taken, Found(person, person.name))  # noqa: SLF001 - what a scan does


@deed("gate.plan_leave", person="guest", **_PLANNED)
def _plan_leave(owner: QWidget, house: House) -> FormDialog:
    return gating.plan_dialog(owner, find)


@deed("gate.change_leave", place="Peja", why=_WHY)
def _change_leave(owner: QWidget, house: House) -> FormDialog:
    return gating.change_dialog(owner, _ask(house, gate_rows.leave, leave_id=_gate(house)))


@deed("gate.call_off", reason=_WHY)
def _call_off(owner: QWidget, house: House) -> FormDialog:
    return gating.call_off_dialog(owner, _ask(house, gate_rows.leave, leave_id=_gate(house)))


@deed("stays.extend", until=date(2027, 9, 1), **_DECIDED)
def _extend(owner: QWidget, house: House) -> None:
    staying.extend_dialog(owner, house.stay)


@deed("stays.fix_limit", until=date(2027, 9, 1), **_DECIDED)
def _fix(owner: QWidget, house: House) -> None:
    staying.fix_limit_dialog(owner, house.stay)


@deed("stays.take_back_limit", reason=_WHY)
def _take_back_limit(owner: QWidget, house: House) -> FormDialog:
    house.do(stays.extend, stay_id=house.stay, until=date(2027, 9, 1), **_DECIDED)
    stay = _stay(house)
    return mends.take_back_limit(owner, stay, next(each for each in stay.limits if each.can_be_taken_back))


@deed("stays.hold_review", held_by="B. Hoxha", outcome="goes on")
def _hold(owner: QWidget, house: House) -> None:
    house.do(corrections.take_back_review, stay_id=house.stay, due_on=_HELD["due_on"], reason=_WHY)
    staying.review_dialog(owner, house.stay)


def _review(house: House) -> Any:
    return next(each for each in _stay(house).reviews if each.held_on is not None)


@deed("stays.correct_review", outcome="ends", reason=_WHY)
def _correct_review(owner: QWidget, house: House) -> FormDialog:
    return mends.correct_review(owner, _stay(house), _review(house))


@deed("stays.take_back_review", reason=_WHY)
def _take_back_review(owner: QWidget, house: House) -> FormDialog:
    return mends.take_back_review(owner, _stay(house), _review(house))


@deed("stays.correct", arrived=Moment(date(2026, 6, 25)), reason=_WHY)
def _correct_arrival(owner: QWidget, house: House) -> None:
    staying.correct_dialog(owner, house.stay)


def _emergency(house: House) -> Any:
    stay = house.do(
        stays.admit, programme_id=house.programme, arrived=_on(2), resident_id=house.other, emergency_reason="the gate"
    )
    return stay


def _provisional(house: House) -> Any:
    who = house.register.person
    leavers.at_desk(house.register, Role.CLERK)
    stay = _emergency(house)
    house.register.person = who
    return stay


@deed("stays.countersign")
def _countersign(owner: QWidget, house: House) -> None:
    staying.countersign_dialog(owner, _provisional(house))


@deed("stays.take_back_countersign", reason=_WHY)
def _take_back_countersign(owner: QWidget, house: House) -> FormDialog:
    stay = _provisional(house)
    house.do(emergencies.countersign, stay_id=stay)
    return mends.take_back_countersign(owner, _ask(house, stay_rows.one, stay_id=stay))


@deed("stays.cure_emergency", note="the list came")
def _cure(owner: QWidget, house: House) -> None:
    staying.cure_dialog(owner, _emergency(house))


@deed("stays.take_back_cure", reason=_WHY)
def _take_back_cure(owner: QWidget, house: House) -> FormDialog:
    stay = _emergency(house)
    house.do(stays.cure_emergency, stay_id=stay, note="the list came")
    return mends.take_back_cure(owner, _ask(house, stay_rows.one, stay_id=stay))


@deed("stays.admit", arrived=_on(20))
def _admit(owner: QWidget, house: House) -> None:
    house.do(selection.decide, candidate_id=house.who, outcome=CandidateState.ACCEPTED, decided_by="V. G.")
    _arrival(owner, house, house.who)


def _arrival(owner: QWidget, house: House, candidate_id: CandidateId | None = None) -> ArrivalForm:
    """The form of an arrival, which stands in a page."""
    form = ArrivalForm(owner, _ask(house, arrival_choices, candidate_id=candidate_id))
    form.setParent(owner)
    form.show()
    return form


_SAID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    NEEDS.enter.name: ({"kind": NeedKind.DIET, "detail": "no pork"}, {}),
    RETURNS.what.enter.name: ({"returned_on": TODAY, "to_whom": "the person", **SIGNED}, {}),
    **{what.enter.name: (said, more) for what, said, more in EACH},
}
"""What is entered in each table of an arrival, and what is different when it is corrected."""


def _on_record(house: House) -> Any:
    return _ask(house, record_rows.of_stay, stay_id=house.stay)


def _given(part: Part, house: House) -> dict[str, Any]:
    """What the page has said before the form is open: which step, and which thing."""
    if part is WAIVERS:
        return {"step": ArrivalStep.PROPERTY}
    if part is RETURNS:
        said, _more = _SAID[ITEMS.enter.name]
        return {"item_id": house.do(ITEMS.enter, stay_id=house.stay, outcome=PropertyOutcome.KEPT, **said)}
    return {}


def _enter(part: Part, owner: QWidget, house: House) -> FormDialog | None:
    return entries.enter(owner, part, _on_record(house), **_given(part, house))


def _correct(part: Part, owner: QWidget, house: House) -> FormDialog:
    said, _more = _SAID[part.what.enter.name]
    outcome = {"outcome": PropertyOutcome.KEPT} if part.what is ITEMS else {}
    whose = {"stay_id": house.stay, "resident_id": house.whose}
    owners = {key: value for key, value in whose.items() if key in part.what.entity.__table__.columns}
    house.do(part.what.enter, **(said | outcome | owners | _given(part, house)))
    record = _on_record(house)
    (row,) = (each for each in record.entries if each.table == part.what.entity.__tablename__)
    return entries.correct(owner, part, record, row)


for _part in _PARTS:
    _said, _more = _SAID[_part.what.enter.name]
    _shown = {_name: _value for _name, _value in _said.items() if _part is not WAIVERS or _name != "step"}
    _shown |= {"outcome": PropertyOutcome.KEPT} if _part.what is ITEMS else {}
    if _part.what.enter.name in UNDONE:
        deed(_part.what.enter.name, **_shown)(partial(_enter, _part))
    if _part.what.correct.name in UNDONE:
        _line = next((each.name for each in _part.what.fields if each.is_line), "")
        deed(_part.what.correct.name, **(_more or {_line: "another"}), reason=_WHY)(partial(_correct, _part))


@deed("photos.set")
def _photo(owner: QWidget, house: House) -> Callable[[], object]:
    picture = QImage(70, 90, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(picture)

    def take() -> None:
        _answered(1, partial(set_photo, owner, house.whose))()
        owner.findChildren(CropDialog)[-1].take.click()

    return take


@deed("arrival_drafts.keep")
def _leave_for_later(owner: QWidget, house: House) -> Callable[[], object]:
    form = _arrival(owner, house)

    def leave() -> None:
        form.form["family_name"].put("Okafor")
        form.leave.click()
        form.hide()

    return leave


@deed("residents.change", family_name="Nuri", reason=_WHY)
def _change(owner: QWidget, house: House) -> FormDialog:
    return identity.identity_dialog(owner, _page(house))


@deed("residents.join_family", with_id="other", relation="son")
def _join_family(owner: QWidget, house: House) -> None:
    identity.family_dialog(owner, _page(house))


@deed("residents.correct_family", relation="nephew", family_name="Of Kukes", reason=_WHY)
def _correct_family(owner: QWidget, house: House) -> FormDialog:
    house.do(residents.join_family, resident_id=house.whose, with_id=house.other, relation="son")
    return identity.correct_family_dialog(owner, _page(house))


@deed("residents.leave_family", reason=_WHY)
def _leave_family(owner: QWidget, house: House) -> None:
    house.do(
        residents.join_family, resident_id=house.whose, with_id=house.other, relation="son", family_name="Of Kukes"
    )
    house.do(residents.correct_family, resident_id=house.other, relation="mother", reason=_WHY)
    identity.leave_family_dialog(owner, _page(house))


@deed("documents.add", kind=DocumentKind.PASSPORT, number="P 9")
def _add_document(owner: QWidget, house: House) -> FormDialog:
    return identity.document_dialog(owner, house.whose)


def _document(house: House) -> Any:
    return _ask(house, document_rows.one, document_id=1)


@deed("documents.change", number="P 9", reason=_WHY)
def _change_document(owner: QWidget, house: House) -> FormDialog:
    return identity.document_dialog(owner, house.whose, _document(house))


@deed("documents.take_back", reason=_WHY)
def _take_back_document(owner: QWidget, house: House) -> FormDialog:
    return identity.take_back_dialog(owner, house.whose, _document(house))


@deed("joinings.join", reason=_WHY)
def _join(owner: QWidget, house: House) -> FormDialog:
    found = _ask(house, joining_rows.beside, resident_id=house.whose, other_id=house.other)
    made = joining._beside_dialog(owner, found)  # noqa: SLF001 - opened by a query otherwise
    for each in found.differs:
        made.form[each.field.name].combo.setCurrentIndex(1)  # type: ignore[attr-defined]
    return made


@deed("joinings.join_candidate", reason=_WHY)
def _join_candidate(owner: QWidget, house: House) -> None:
    zahra = builders.resident(house.register, "K-9", family_name="Noori", given_names="Zahra")
    found = _ask(house, joining_rows.alike, resident_id=zahra)
    listed = next(each for each in found if each.candidate_id == house.who)
    joining.candidate_dialog(owner, _ask(house, resident_page.page, resident_id=zahra), listed, "Zahra Noori")


@deed("joinings.tell_apart", reason=_WHY)
def _tell_apart(owner: QWidget, house: House) -> FormDialog:
    return joining.apart_dialog(owner, (house.whose, "K-1"), (house.other, "K-2"))


@deed("rooms.move", bed_id="bed")
def _move(owner: QWidget, house: House) -> None:
    housing.move_dialog(owner, house.stay)


@deed("rooms.rearrange", other="last stay")
def _swap(owner: QWidget, house: House) -> None:
    other = builders.stay(house.register, builders.resident(house.register, "K-8"), house.programme, date(2026, 7, 1))
    house.do(rooms.place, stay_id=other, bed_id=house.beds[1])
    housing.swap_dialog(owner, house.stay)


_APART: Any = {"grounds": "threatened", "ordered_by": "V. Gashi"}


def _apart(house: House, *, seen: bool = False) -> Any:
    house.do(SEPARATIONS.enter, stay_id=house.stay, began=_on(18), **_APART)
    if seen:
        house.do(VISITS.enter, stay_id=house.stay, seen=_on(19), seen_by="Dr. K.")
    return _ask(house, separation_rows.of_stay, stay_id=house.stay)


@deed("separations.enter", began=_on(18), **_APART)
def _separate(owner: QWidget, house: House) -> None:
    apart.separate_dialog(owner, house.stay)


@deed("separations.correct", ended=_on(20), reason=_WHY)
def _end_separation(owner: QWidget, house: House) -> FormDialog:
    return apart.correct_separation(owner, _apart(house).separations[0])


@deed("separations.take_back", reason=_WHY)
def _take_back_separation(owner: QWidget, house: House) -> FormDialog:
    return apart.take_back_separation(owner, _apart(house).separations[0])


@deed("health_visits.enter", seen=_on(19), seen_by="Dr. K.")
def _visit(owner: QWidget, house: House) -> None:
    _apart(house)
    apart.visit_dialog(owner, house.stay)


@deed("health_visits.correct", seen_by="Dr. L.", reason=_WHY)
def _correct_visit(owner: QWidget, house: House) -> FormDialog:
    return apart.correct_visit(owner, _apart(house, seen=True).visits[0])


@deed("health_visits.take_back", reason=_WHY)
def _take_back_visit(owner: QWidget, house: House) -> FormDialog:
    return apart.take_back_visit(owner, _apart(house, seen=True).visits[0])


_FORCE: Any = {"kind": IncidentKind.FORCE, "what": "held by the arms", "by_whom": "Guard 14", "why": "to end a fight"}


def _incident(house: House) -> Any:
    said = {"programme_id": house.programme, "residents": [ResidentId(1)], "happened": _on(18), **_FORCE}
    house.do(incidents.enter, **said)
    return _ask(house, safeguard_rows.incidents)[0]


@deed("incidents.enter", happened=_on(18), **_FORCE)
def _enter_incident(owner: QWidget, house: House) -> FormDialog:
    return happening.enter_incident(owner, _ask(house, arrival_rows.programmes), [Found(1, "Ahmadzai", "K-0012")])


@deed("incidents.correct", place="the yard", reason=_WHY)
def _correct_incident(owner: QWidget, house: House) -> FormDialog:
    return happening.correct_incident(owner, _incident(house))


@deed("incidents.take_back", reason=_WHY)
def _take_back_incident(owner: QWidget, house: House) -> FormDialog:
    return happening.take_back_incident(owner, _incident(house))


def _seal(house: House) -> Any:
    """Somebody has a sealed note, and whoever reads it is at the desk."""
    leavers.at_desk(house.register, Role.HEALTH_LEGAL)
    house.do(safeguards.enter_note, resident_id=house.whose, kind=SealedKind.OTHER, text="limps")
    return _ask(house, safeguard_rows.notes, resident_id=house.whose)[0]


def _remark(house: House) -> Any:
    """The same of a remark of a list."""
    leavers.at_desk(house.register, Role.HEALTH_LEGAL)
    house.do(selection.add_remark, candidate_id=house.who, text="limps")
    with builders.reading(house.register):
        return house.do(selection.look, candidate_id=house.who)[-1]


@deed("safeguards.enter_note", kind=SealedKind.HEALTH, text="limps")
def _enter_note(owner: QWidget, house: House) -> None:
    leavers.at_desk(house.register, Role.HEALTH_LEGAL)
    notes = SealedNotes(owner, lambda _which: None)
    notes.show_resident(_page(house), None)
    notes.enter.click()


@deed("safeguards.add_remark", text="limps")
def _add_note(owner: QWidget, house: House) -> None:
    leavers.at_desk(house.register, Role.CLERK)
    notes = SealedNotes(owner, lambda _which: None)
    notes.show_resident(_page(house), None)
    notes.enter.click()


@deed("safeguards.correct_note", resident_id="other", kind=SealedKind.HEALTH, reason=_WHY)
def _correct_note(owner: QWidget, house: House) -> FormDialog:
    return notes_anew.correct_note(owner, _seal(house), Found(house.whose, "Rama"), "limps")


@deed("safeguards.take_back_note", reason=_WHY)
def _take_back_note(owner: QWidget, house: House) -> FormDialog:
    return notes_anew.take_back(owner, notes_anew.of_note(_seal(house).id))


@deed("selection.add_remark", text="limps")
def _add_remark(owner: QWidget, house: House) -> None:
    leavers.at_desk(house.register, Role.CLERK)
    card = FactsCard()
    card.setParent(owner)
    card.show_candidate(_ask(house, candidates.whole, candidate_id=house.who))
    next(link for link in card.findChildren(LinkButton) if link.text() == "Add a sealed note").click()


@deed("selection.correct_remark", kind=SealedKind.HEALTH, text="limps much", reason=_WHY)
def _correct_remark(owner: QWidget, house: House) -> FormDialog:
    return notes_anew.correct_remark(owner, _remark(house))


@deed("selection.take_back_remark", reason=_WHY)
def _take_back_remark(owner: QWidget, house: House) -> FormDialog:
    return notes_anew.take_back(owner, notes_anew.of_remark(_remark(house).id))


@deed("rooms.place", bed_id="bed", moment=_on(2), end=_on(5))
def _place(owner: QWidget, house: House) -> None:
    house.do(placements.take_back, placement_id=1, reason=_WHY)
    beds.enter_bed(owner, house.stay)


@deed("rooms.free")
def _free(owner: QWidget, house: House) -> None:
    housing.free_dialog(owner, house.stay, "Gul")


@deed("rooms.correct", start=_on(1), reason=_WHY)
def _correct_bed(owner: QWidget, house: House) -> None:
    beds.correct_bed(owner, _ask(house, room_rows.placement, placement_id=1))


@deed("rooms.add_room", name="40", last="42")
def _add_room(owner: QWidget, _house: House) -> None:
    housing.add_dialog(owner)


@deed("rooms.change", note="damp")
def _change_room(owner: QWidget, house: House) -> FormDialog:
    return housing.change_dialog(owner, _room(house))


@deed("rooms.take_out_of_use", reason="repairs")
def _out_of_use(owner: QWidget, house: House) -> None:
    house.do(rooms.free, stay_id=house.stay)
    usage.out_of_use_dialog(owner, _room(house))


@deed("rooms.bring_back")
def _bring_back(owner: QWidget, house: House) -> Callable[[], object]:
    house.do(rooms.free, stay_id=house.stay)
    house.do(rooms.take_out_of_use, room_id=1, reason="repairs")
    return partial(usage.bring_back, owner, _room(house))


@deed("rooms.add_bed")
def _add_bed(owner: QWidget, house: House) -> Callable[[], object]:
    house.do(rooms.remove_bed, bed_id=house.do(rooms.add_bed, room_id=1))  # a bed that was once there stays known
    return partial(housing.add_bed, owner, _room(house))


@deed("rooms.change_bed", name="B 2", kind=BedKind.ACCESSIBLE)
def _change_bed(owner: QWidget, house: House) -> None:
    housing.change_bed_dialog(owner, _room(house), _room(house).beds[0])


@deed("rooms.remove_bed")
def _remove_bed(owner: QWidget, house: House) -> Callable[[], object]:
    room = _ask(house, room_rows.one, room_id=2)
    return partial(housing.remove_bed, owner, room, room.beds[0])


def _answers(house: House, effect: CriterionEffect = CriterionEffect.WEIGHS) -> Any:
    programme = _programme(house)
    asked = CriterionFacts("Is it so?", effect)
    house.do(programmes.set_criteria, programme_id=house.programme, version=programme.version, criteria=[asked])
    return _ask(house, candidates.whole, candidate_id=house.who)


@deed("selection.answer", note="the passport")
def _answer(owner: QWidget, house: House) -> FormDialog:
    row = _answers(house).criteria[0]
    return screening.answer_dialog(owner, house.who, row, Answer.YES, "")


@deed("import_lists.correct", code="L-7", reason=_WHY)
def _correct_list(owner: QWidget, house: House) -> FormDialog:
    return screening.correct_list_dialog(owner, _ask(house, listed.lists)[0], _ask(house, arrival_rows.programmes))


@deed("selection.correct", family_name="Nuri", reason=_WHY)
def _correct_candidate(owner: QWidget, house: House) -> FormDialog:
    return screening.correct_dialog(owner, _ask(house, candidates.whole, candidate_id=house.who))


@deed("selection.correct_decision", decided_by="Dr. Krasniqi", why=_WHY)
def _correct_decision(owner: QWidget, house: House) -> FormDialog:
    builders.accept(house.register, house.who)
    return screening.correct_decision_dialog(owner, _ask(house, candidates.whole, candidate_id=house.who))


@deed("selection.settle_doubt", explanation="the passport says so")
def _settle(owner: QWidget, house: House) -> FormDialog:
    house.do(selection.doubt_again, candidate_id=house.who, doubt=_DOUBT, reason=_WHY)
    return screening.doubt_dialog(owner, _ask(house, candidates.whole, candidate_id=house.who), 0)


@deed("selection.tell_apart", reason="two passports seen")
def _told_apart(owner: QWidget, house: House) -> FormDialog:
    other = builders.resident(house.register, "K-0777")
    both = _ask(house, side.beside, candidate_id=house.who, resident_id=other)
    return settle_dialog(owner, both, is_same=False)


@deed("selection.answer_many")
def _answer_rest(owner: QWidget, house: House) -> Callable[[], object]:
    card = CriteriaCard(owner)
    card.setParent(owner)
    card.show_candidate(_answers(house, CriterionEffect.EXCLUDES))
    return lambda: card.answer_rest(Answer.NO)


@deed("selection.decide")
def _decide(owner: QWidget, house: House) -> Callable[[], object]:
    card = DecisionCard(owner)
    card.setParent(owner)
    card.show_candidate(_ask(house, candidates.whole, candidate_id=house.who))
    card.form.put({"outcome": CandidateState.HELD, "decided_by": "V. G.", "reason": "later"})
    return card.submit.click


@deed("selection.decide_many", outcome=CandidateState.HELD, decided_by="V. G.", reason="later")
def _decide_many(owner: QWidget, house: House) -> FormDialog:
    found = _ask(house, asked_of_several.deciding, candidate_ids=[house.who], outcome=None)
    return together.DecidingDialog(owner, found)


@deed("selection.propose", outcome=CandidateState.HELD, decided_by="V. G.", reason="later")
def _propose(owner: QWidget, house: House) -> FormDialog:
    _two(house)
    found = _ask(house, asked_of_several.deciding, candidate_ids=[house.who], outcome=None)
    return together.DecidingDialog(owner, found)


@deed("selection.propose_taking_back", reason=_WHY)
def _propose_back(owner: QWidget, house: House) -> FormDialog:
    house.do(selection.decide, candidate_id=house.who, outcome=CandidateState.ACCEPTED, decided_by="V. G.")
    _two(house)
    return screening.take_back_dialog(owner, _ask(house, candidates.whole, candidate_id=house.who))


@deed("programmes.set_reasons", outcome=CandidateState.REFUSED, text="Not on the list of the ministry")
def _set_reasons(owner: QWidget, house: House) -> FormDialog:
    return agreements.reason_dialog(owner, _programme(house), None)


@deed("departures.plan", kind=DepartureKind.VOLUNTARY_RETURN, planned_on=date(2026, 12, 1))
def _plan(owner: QWidget, house: House) -> None:
    plan_dialog(owner, _leaving(house))


@deed("departures.change_plan", planned_on=date(2026, 12, 4), place="Kabul")
def _change_plan(owner: QWidget, house: House) -> FormDialog:
    plan = leavers.plan(house.register, house.stay)
    return change_dialog(owner, _ask(house, departure_rows.plan, plan_id=plan))


def _ready(house: House) -> Any:
    plan = leavers.plan(house.register, house.stay)
    leavers.check_all(house.register, plan)
    return plan


@deed("departures.depart")
def _depart(owner: QWidget, house: House) -> None:
    leaving.depart_dialog(owner, _ask(house, departure_rows.plan, plan_id=_ready(house)))


@deed("departures.depart_group")
def _depart_group(owner: QWidget, house: House) -> None:
    leaving.group_dialog(owner, [_ask(house, departure_rows.plan, plan_id=_ready(house)).row])


_ENDS: dict[str, tuple[DepartureKind, dict[str, Any]]] = {
    "departures.record_left": (DepartureKind.LEFT_ON_OWN, {"seen_last": "the yard", "how_known": "a note"}),
    "departures.record_death": (
        DepartureKind.DEATH,
        {"place": "hospital", "certified_by": "Dr. B", "family_told": "consulate"},
    ),
    "departures.record_release": (
        DepartureKind.RELEASE_BY_ORDER,
        {"authority": "Court", "order_number": "7", "order_date": date(2026, 11, 1)},
    ),
    "departures.record_escape": (DepartureKind.ESCAPE, {"last_seen": "the yard", "reported_to": "police"}),
}


def _end(kind: DepartureKind, owner: QWidget, house: House) -> None:
    if kind is DepartureKind.ESCAPE:
        found = _programme(house)
        facts = replace(found.facts, regime=Regime.DETAINED)
        house.do(programmes.change, programme_id=house.programme, version=found.version, facts=facts)
    leaving.end_dialog(owner, _leaving(house), kind)


for _name, (_kind, _typed) in _ENDS.items():
    deed(_name, **_typed)(partial(_end, _kind))


@deed("departures.correct", moment=_on(13), reason=_WHY)
def _correct_departure(owner: QWidget, house: House) -> FormDialog:
    house.do(endings.record_left, stay_id=house.stay, moment=_on(12), seen_last="the yard", how_known="a note")
    return leaving.correct_dialog(owner, _leaving(house))


@deed("programmes.change", partner="USA")
def _change_programme(owner: QWidget, house: House) -> FormDialog:
    return agreements.change_dialog(owner, "Agreement", _programme(house), forms.agreement_fields)


@deed("programmes.set_criteria", text="Is it so?")
def _criterion(owner: QWidget, house: House) -> FormDialog:
    return agreements.criterion_dialog(owner, _programme(house), None)


@deed("programmes.set_departures", kind_removal=False)
def _ways(owner: QWidget, house: House) -> FormDialog:
    return agreements.departures_dialog(owner, _programme(house))


@deed("programmes.set_rates", kind=PaymentKind.PERSON_NIGHT, amount=Decimal(43), from_on=date(2026, 6, 11))
def _payments(owner: QWidget, house: House) -> FormDialog:
    return payment_dialog(owner, _programme(house), None)


def _one(owner: QWidget, house: House, *, is_closed: bool = False) -> Any:
    """The page of a programme under which nobody is."""
    empty = builders.programme(house.register, "UK-RETURN", is_closed=is_closed)
    page = ProgrammesPage()
    page.setParent(owner)
    page.one.show_programme(_ask(house, programme_rows.whole, programme_id=empty))
    return page.one


@deed("programmes.close")
def _close(owner: QWidget, house: House) -> Callable[[], object]:
    return _answered(True, _one(owner, house)._ask_close)  # noqa: SLF001 - what its button does


@deed("programmes.reopen")
def _reopen(owner: QWidget, house: House) -> Callable[[], object]:
    again: Callable[[], object] = _one(owner, house, is_closed=True)._open_again  # noqa: SLF001 - what its button does
    return again


def _answered(answer: object, do: Callable[[], object]) -> Callable[[], object]:
    """What a button does, with the answer to the question that it asks first."""

    def answered() -> None:
        prompts.answers = deque([answer])
        do()
        prompts.asked.clear()

    return answered


def _issued(house: House) -> IssuedRow:
    """The report of last month, issued."""
    values = {"programme_id": house.programme, "month": Month(2026, 10), "language": "en"}
    house.do(months.issue, **values, draw=monthly.draw_issued)
    issued: IssuedRow = _ask(house, issued_months.issued, programme_id=house.programme)[-1]
    return issued


def _sent(house: House) -> Any:
    said = {"sent": Moment(date(2026, 11, 21)), "way": SendingWay.POST, "to_whom": "The embassy"}
    house.do(months.send, issued_id=_issued(house).id, **said)
    return _ask(house, month_states.sendings, programme_id=house.programme, month=Month(2026, 10))[0]


@deed("months.check")
def _look_through(owner: QWidget, house: House) -> FormDialog:
    values = {"programme_id": house.programme, "month": Month(2026, 10)}
    page = ReportsPage()
    page.setParent(owner)
    found = _ask(house, month_doubts.doubts, **values)
    return doubts_dialog(page, house.programme, Month(2026, 10), found, may_check=True)


@deed("months.send", to_whom="The embassy")
def _send_report(owner: QWidget, house: House) -> FormDialog:
    return sending.SendDialog(owner, _issued(house), None, None)


@deed("signing.set_service", stamps_at="https://stamps.example")
def _time_stamps(owner: QWidget, house: House) -> FormDialog:
    found = read_key_file(key_file(house.register.folder.parent), "a good one")
    house.do(signing.set_up, certificate=found.certificate, certificates=found.certificates, private=found.private)
    return service_dialog(owner, _ask(house, keys.keys)[0])


@deed("months.correct_sending", receipt="No. 7", reason=_WHY)
def _correct_sending(owner: QWidget, house: House) -> FormDialog:
    return sending.correct_dialog(owner, _sent(house))


@deed("setup.change_facility", lock_after=20)
def _facility(owner: QWidget, house: House) -> FormDialog:
    return facility_dialog(owner, _ask(house, facility.administration))


def _roll(owner: QWidget, house: House) -> RollPage:
    page = RollPage()
    page.setParent(owner)
    page._show(_ask(house, counts.house))  # noqa: SLF001 - what it has read
    return page


@deed("roll_calls.begin")
def _begin_roll_call(owner: QWidget, house: House) -> Callable[[], object]:
    return _roll(owner, house).begin.click


@deed("roll_calls.pause")
def _pause_roll_call(owner: QWidget, house: House) -> Callable[[], object]:
    house.do(roll_calls.begin)
    return _roll(owner, house).pause.click


@deed("roll_calls.resume")
def _resume_roll_call(owner: QWidget, house: House) -> Callable[[], object]:
    house.do(roll_calls.pause, roll_call_id=house.do(roll_calls.begin))
    return _roll(owner, house).pause.click


@deed("roll_calls.not_held", reason=_WHY)
def _not_held(owner: QWidget, house: House) -> FormDialog:
    house.do(roll_calls.schedule, roll_calls="00:00 06:00 12:00 18:00", fire_lists="")
    house.register.clock = FixedClock(house.register.clock.now() + timedelta(hours=8))
    return calling.not_held_dialog(owner, _ask(house, counts.due).missed)


def _card(owner: QWidget, house: House) -> BackupsCard:
    card = BackupsCard()
    card.setParent(owner)
    card._show(_ask(house, places.backups))  # noqa: SLF001 - what it has read
    return card


@deed("backups.add_place")
def _add_place(owner: QWidget, house: House) -> Callable[[], object]:
    return _answered(_folder(house), _card(owner, house)._add)  # noqa: SLF001 - what its button does


@deed("backups.remove_place")
def _remove_place(owner: QWidget, house: House) -> Callable[[], object]:
    place = house.do(backups.add_place, folder=str(_folder(house)))
    return _answered(True, partial(_card(owner, house)._remove, place))  # noqa: SLF001 - what its link does


@deed("backups.schedule", back_up_at="13:00")
def _schedule(owner: QWidget, house: House) -> None:
    _card(owner, house)._schedule()  # noqa: SLF001 - what its button does


def _folder(house: House) -> Path:
    found = house.register.vault.folder.parent / "stick"
    found.mkdir(exist_ok=True)
    return found


def _form() -> Iterator[FormDialog]:
    return (each for each in QApplication.allWidgets() if isinstance(each, FormDialog) and each.isVisible())


def _bus(house: House, *, has_come: bool = True) -> tuple[Any, Any]:
    """A bus with the candidate on it, and the candidate's line."""
    builders.accept(house.register, house.who)
    expected = Moment(date(2026, 11, 21))
    transport_id = house.do(transports.add, means=TransportMeans.BUS, expected=expected, candidate_ids=[house.who])
    if has_come:
        house.do(transports.come, transport_id=transport_id, came=_on(20))
    found = _ask(house, passengers.whole, transport_id=transport_id)
    return found.row, found.people[0]


@deed("transports.add", number="12", from_place="Prishtina airport")
def _add_bus(owner: QWidget, house: House) -> None:
    buses.add_dialog(owner, (), lambda _made: None)


@deed("transports.change", number="12", escort="police")
def _change_bus(owner: QWidget, house: House) -> None:
    buses.change_dialog(owner, _bus(house)[0])


@deed("transports.call_off", reason="snow")
def _call_off_bus(owner: QWidget, house: House) -> None:
    buses.call_off_dialog(owner, _bus(house, has_come=False)[0])


@deed("transports.expect_again")
def _expect_bus_again(owner: QWidget, house: House) -> Callable[[], object]:
    row, _who = _bus(house, has_come=False)
    house.do(transports.call_off, transport_id=row.id, reason="snow")
    called_off = replace(row, called_off="snow")
    return lambda: buses.expect_again(owner, called_off)


@deed("transports.come", came=_on(20))
def _bus_comes(owner: QWidget, house: House) -> None:
    buses.came_dialog(owner, _bus(house, has_come=False)[0])


@deed("transports.board")
def _not_aboard(owner: QWidget, house: House) -> Callable[[], object]:
    row, who = _bus(house)
    return lambda: buses.board(owner, row, [who], is_aboard=False)


@deed("transports.expect", all=(1,))
def _put_on_bus(owner: QWidget, house: House) -> None:
    row, who = _bus(house)
    house.do(transports.take_off, transport_id=row.id, candidate_ids=[who.candidate_id])
    buses.expect_dialog(owner, row, _ask(house, bus_rows.arrivals).waiting)


@deed("transports.take_off")
def _take_off_bus(owner: QWidget, house: House) -> Callable[[], object]:
    row, who = _bus(house, has_come=False)
    return lambda: buses.take_off(owner, row, [who])


@deed("transports.arrange", not_shared=True)
def _arrange(owner: QWidget, house: House) -> None:
    row, who = _bus(house)
    buses.arrange_dialog(owner, row, who, _ask(house, passengers.free, transport_id=row.id))


@deed("transports.identify", who="nobody")
def _identify(owner: QWidget, house: House) -> None:
    builders.resident(house.register, "K-9", family_name="Noori", given_names="Zahra")
    row, who = _bus(house)
    house.do(transports.decide_age, transport_id=row.id, passenger_ids=[who.id], is_child=True, reason="looks it")
    buses.decide_dialog(owner, row, _ask(house, passengers.whole, transport_id=row.id).people[0])


@deed("transports.decide_age", is_child=True, reason="looks it")
def _decide_age(owner: QWidget, house: House) -> None:
    row, who = _bus(house)
    buses.age_dialog(owner, row, [who])


@deed("transports.admit")
def _admit_bus(owner: QWidget, house: House) -> Callable[[], object]:
    row, who = _bus(house)
    house.do(transports.identify, transport_id=row.id, passenger_id=who.id, told_apart=who.alike)
    house.do(transports.decide_age, transport_id=row.id, passenger_ids=[who.id], is_child=False, reason="a passport")
    ready = _ask(house, passengers.whole, transport_id=row.id).ready
    return lambda: buses.admit(owner, row, ready)


def _fill(form: FormDialog, typed: Mapping[str, Any], house: House) -> None:
    for name, value in typed.items():
        field: Any = form.form[name]
        if value == "other":
            field.show_found(Found(house.other, "Noori"))
        elif value == "guest":
            (person,) = _ask(house, gate_rows.at_gate, text="K-0012")
            field.show_found(Found(person, person.name))
        elif value == "bed":
            field.put(house.beds[1])
        elif value == "last stay":
            field.put(_ask(house, lambda look: look.connection.scalar(text("SELECT max(id) FROM stays"))))
        else:
            field.put(value)
        field.edited.emit()


@pytest.fixture
def page(qtbot: QtBot, house: House) -> QWidget:
    """A page from which forms are opened, with the register behind it, for somebody who may do everything."""
    leavers.at_desk(house.register, Role.ADMINISTRATOR, stands_in=True)
    work.start(house.register)
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    shown.show()
    return shown


def _do(qtbot: QtBot, page: QWidget, house: House, name: str) -> tuple[dict[str, Any], UndoCommand]:
    """Do a deed in the window; gives what the register held before, and what undoes it."""
    opens, typed = CASES[name]
    opened = opens(page, house)
    if isinstance(opened, FormDialog):
        opened.open()
    settle(qtbot)
    before = _all(house)
    if callable(opened) and not isinstance(opened, FormDialog):
        opened()
    else:
        (form,) = _form()
        _fill(form, typed, house)
        form.send()
    settle(qtbot)
    assert not list(_form()), next(_form()).form.refusal.label.text()
    assert not prompts.asked, prompts.asked[0]
    assert _all(house) != before, "the deed does something"
    command = page.findChild(UndoCommand)
    assert command is not None
    return before, command


def test_there_is_a_way_to_do_each_deed_that_can_be_undone() -> None:
    assert CASES.keys() == UNDONE


@pytest.mark.parametrize("name", sorted(UNDONE))
def test_a_deed_is_undone_by_its_key_and_nothing_is_left_of_it(
    qtbot: QtBot, page: QWidget, house: House, name: str
) -> None:
    before, command = _do(qtbot, page, house, name)
    (notice,) = page.findChildren(Toast)
    assert command.isEnabled()
    said = notice.label.text()
    assert command.text() == f"Undo: {said}"
    activate(qtbot, page)
    press(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    assert not prompts.asked, prompts.asked[0].text
    assert page.findChildren(Toast)[-1].label.text() == f"Undone: {said}"
    left = _all(house)
    if name.endswith(".admit"):  # who was registered stays a person of whom nothing is known but that
        before, left = ({key: what for key, what in each.items() if "residents" not in key} for each in (before, left))
    assert left == before


def test_an_undo_that_comes_too_late_is_refused_in_words_and_nothing_is_lost(
    qtbot: QtBot, page: QWidget, house: House
) -> None:
    _before, command = _do(qtbot, page, house, "documents.change")
    seen = _ask(house, document_rows.one, document_id=1)
    later = replace(_PAPER, number="P 10")
    house.do(documents.change, document_id=1, document=later, reason=_WHY, version=seen.version)
    after = _all(house)
    command.trigger()
    settle(qtbot)
    (asked,) = prompts.asked
    assert "has changed this in the meantime" in asked.text
    assert _all(house) == after


def test_the_notice_names_the_person_and_the_form_tells_who_it_is(qtbot: QtBot, page: QWidget, house: House) -> None:
    zahra = builders.resident(
        house.register, "K-9", family_name="Noori", given_names="Zahra", birth=BirthDate(1991, 7, 2)
    )
    identity.document_dialog(page, zahra).open()
    settle(qtbot)
    (form,) = _form()
    assert form.about == "\u2068Noori, Zahra\u2069 · 2 Jul 1991 · K-9"
    _fill(form, {"kind": DocumentKind.PASSPORT, "number": "P 7"}, house)
    form.send()
    settle(qtbot)
    (notice,) = page.findChildren(Toast)
    assert notice.label.text() == "\u2068Noori, Zahra\u2069: The document is entered."


def test_what_cannot_be_undone_says_so_before(qtbot: QtBot, page: QWidget, house: House) -> None:
    beds.take_back_bed(page, _ask(house, room_rows.placement, placement_id=1)).open()
    settle(qtbot)
    (form,) = _form()
    assert "It cannot be undone, but the bed can be entered again." in [
        each.text() for each in form.findChildren(QLabel) if each.isVisible()
    ]


_DO_MORE = {
    "selection/cards.py",
    "administration/recovery.py",
    "roll/counting.py",
    "arrivals/left.py",
    "arrivals/pending.py",
}
"""Where a deed of a page tells by itself how it is undone, or stands on a sheet that says what it does."""
_TELLS = {"look", "look_at_list", "fire_list_printed", "reads", "take_in"}
"""Deeds that tell what has happened: that something sealed was opened to be read, whom somebody at another door saw."""


def test_no_page_does_anything_past_what_can_be_undone() -> None:
    """A form must say how it is undone, and so must `do`; `run_action` knows nothing of it."""
    wrong = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        where = path.relative_to(ROOT / "ui").as_posix()
        if where.startswith("kit/") or where in _DO_MORE | {"work.py"}:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "run_action":
                deed_ = ast.unparse(call.args[1]).split(".")[-1]
                wrong += [f"{where}: {deed_}"] if deed_ not in _TELLS else []
    assert not wrong
