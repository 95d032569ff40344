"""Whatever is entered can be put right or taken back: by what, and that it works (rules.md, Corrections)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.actions import (
    absences,
    corrections,
    departures,
    documents,
    endings,
    placements,
    residents,
    rooms,
    selection,
    stays,
)
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.actions.needs import NEEDS
from models.actions.property import RETURNS
from models.entities.programmes import Programme
from models.errors import Refused
from models.ids import BedId, CandidateId, ProgrammeId, ResidentId, StayId
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, CandidateState, CheckKind, DepartureKind, DocumentKind
from models.store.declaring import Action, declared
from models.store.register import Register
from models.text import message
from tests import builders
from tests.actions import leavers
from tests.actions.test_admissions import EACH
from tests.actions.test_corrections import candidate
from tests.furnishing import furnished_once

MENDED: dict[str, str] = {
    "absences.change_due": "*absences.change_due",
    "absences.correct": "*absences.correct",
    "absences.record": "absences.correct *absences.take_back",
    "absences.return_": "absences.correct *absences.take_back_return",
    "absences.take_back": "*absences.record",
    "absences.take_back_return": "absences.return_",
    "arrival_drafts.drop_entry": "needs.enter",
    "arrival_drafts.keep": "arrival_drafts.keep *arrival_drafts.throw_away",
    "arrival_drafts.throw_away": "arrival_drafts.keep",
    "backups.add_place": "*backups.remove_place",
    "backups.remove_place": "*backups.add_place",
    "backups.schedule": "*backups.schedule",
    "complaints.answer": "complaints.correct",
    "departures.cancel": "departures.plan",
    "departures.change_plan": "*departures.change_plan",
    "departures.correct": "*departures.correct",
    "departures.depart": "departures.correct *departures.undo",
    "departures.depart_group": "departures.correct *departures.undo",
    "departures.enter_check": "departures.enter_check",
    "departures.plan": "departures.change_plan *departures.cancel",
    "departures.record_death": "departures.correct *departures.undo",
    "departures.record_escape": "departures.correct *departures.undo",
    "departures.record_left": "departures.correct *departures.undo",
    "departures.record_release": "departures.correct *departures.undo",
    "departures.stop": "departures.plan",
    "departures.undo": "departures.depart departures.record_escape",
    "departures.withdraw_check": "departures.enter_check",
    "documents.add": "documents.change *documents.take_back",
    "documents.change": "*documents.change",
    "documents.take_back": "*documents.add",
    "erasing.ask": "erasing.withdraw",
    "erasing.withdraw": "erasing.ask",
    "gate.call_off": "*gate.let_hold",
    "gate.change_leave": "*gate.change_leave",
    "gate.let_hold": "gate.call_off",
    "gate.out": "absences.correct *absences.take_back",
    "gate.plan_leave": "gate.change_leave *gate.call_off",
    "health_visits.correct": "*health_visits.correct",
    "health_visits.enter": "health_visits.correct *health_visits.take_back",
    "health_visits.take_back": "*health_visits.enter",
    "import_lists.bring_in": "imports.take_back selection.correct selection.decide import_lists.correct",
    "import_lists.correct": "*import_lists.correct",
    "import_stays.bring_in": "imports.take_back stays.take_back stays.correct departures.correct residents.change",
    "incidents.correct": "*incidents.correct",
    "incidents.enter": "incidents.correct *incidents.take_back",
    "incidents.take_back": "*incidents.enter",
    "imports.take_back": "import_lists.bring_in import_stays.bring_in",
    "joinings.ask_again": "joinings.tell_apart",
    "joinings.join": "*joinings.take_back",
    "joinings.join_candidate": "*joinings.take_back",
    "joinings.take_back": "joinings.join joinings.join_candidate",
    "joinings.tell_apart": "*joinings.ask_again",
    "months.check": "*months.uncheck",
    "months.correct_sending": "*months.correct_sending",
    "months.issue": "months.issue",
    "months.send": "months.correct_sending *months.take_back_sending",
    "months.take_back_sending": "months.send",
    "months.uncheck": "months.check",
    "people.add": "people.remove people.change_role people.correct_name",
    "people.change_passphrase": "people.change_passphrase people.reset_passphrase",
    "people.change_role": "people.change_role",
    "people.correct_name": "people.correct_name",
    "people.grant_sealed": "people.change_role people.remove",
    "people.make_recovery_sheet": "people.make_recovery_sheet",
    "people.remove": "people.restore",
    "people.reset_passphrase": "people.reset_passphrase",
    "people.restore": "people.remove",
    "photos.set": "photos.set *photos.take_back",
    "photos.take_back": "photos.set",
    "programmes.add_preset": "programmes.change programmes.close",
    "programmes.change": "*programmes.change",
    "programmes.close": "*programmes.reopen",
    "programmes.create": "programmes.change programmes.close",
    "programmes.reopen": "*programmes.close",
    "programmes.set_criteria": "*programmes.set_criteria",
    "programmes.set_departures": "*programmes.set_departures",
    "programmes.set_rates": "*programmes.set_rates",
    "programmes.set_reasons": "*programmes.set_reasons",
    "residents.change": "*residents.change",
    "residents.correct_family": "*residents.correct_family",
    "residents.join_family": "*residents.leave_family *residents.correct_family",
    "residents.leave_family": "*residents.join_family *residents.correct_family",
    "roll_calls.answer": "roll_calls.answer",
    "roll_calls.begin": "*roll_calls.take_back",
    "roll_calls.close": "roll_calls.correct roll_calls.correct_times roll_calls.take_back",
    "roll_calls.correct": "roll_calls.correct",
    "roll_calls.correct_times": "roll_calls.correct_times",
    "roll_calls.join": "roll_calls.take_back",
    "roll_calls.mark": "roll_calls.mark roll_calls.correct",
    "roll_calls.not_held": "*roll_calls.take_back",
    "roll_calls.pause": "*roll_calls.resume",
    "roll_calls.resume": "*roll_calls.pause",
    "roll_calls.schedule": "roll_calls.schedule",
    "roll_calls.take_back": "roll_calls.begin",
    "roll_calls.take_in": "roll_calls.mark roll_calls.correct",
    "rooms.add_bed": "*rooms.remove_bed",
    "rooms.add_room": "rooms.change *rooms.remove_room",
    "rooms.bring_back": "*rooms.take_out_of_use",
    "rooms.change": "*rooms.change",
    "rooms.change_bed": "*rooms.change_bed",
    "rooms.correct": "*rooms.correct",
    "rooms.free": "rooms.correct *rooms.take_back_free",
    "rooms.move": "rooms.correct *rooms.take_back",
    "rooms.place": "rooms.correct *rooms.take_back",
    "rooms.rearrange": "rooms.correct *rooms.take_back_several",
    "rooms.remove_bed": "*rooms.add_bed",
    "rooms.remove_room": "rooms.add_room",
    "rooms.take_back": "rooms.place rooms.move",
    "rooms.take_back_free": "rooms.free",
    "rooms.take_back_several": "rooms.rearrange",
    "rooms.take_out_of_use": "*rooms.bring_back",
    "safeguards.add_remark": "safeguards.correct_note *safeguards.take_back_note",
    "safeguards.correct_note": "safeguards.correct_note *safeguards.restore_note",
    "safeguards.enter_note": "safeguards.correct_note *safeguards.take_back_note",
    "safeguards.restore_note": "safeguards.correct_note safeguards.take_back_note",
    "safeguards.take_back_note": "*safeguards.restore_note",
    "selection.add_remark": "selection.correct_remark *selection.take_back_remark",
    "selection.correct_remark": "selection.correct_remark *selection.restore_remark",
    "selection.restore_remark": "selection.correct_remark selection.take_back_remark",
    "selection.take_back_remark": "*selection.restore_remark",
    "selection.answer": "*selection.answer",
    "selection.ask_again": "selection.tell_apart",
    "selection.tell_apart": "*selection.ask_again",
    "selection.answer_many": "*selection.answer_many",
    "selection.correct": "*selection.correct",
    "selection.correct_decision": "*selection.correct_decision",
    "selection.confirm": "selection.propose_taking_back",
    "selection.decide": "selection.decide selection.correct_decision *selection.take_back",
    "selection.decide_many": "selection.decide *selection.take_back_many",
    "selection.doubt_again": "selection.settle_doubt",
    "selection.drop_proposal": "selection.propose selection.propose_taking_back",
    "selection.propose": "*selection.drop_proposal",
    "selection.propose_taking_back": "*selection.drop_proposal",
    "selection.settle_doubt": "*selection.doubt_again",
    "selection.take_back": "selection.decide",
    "selection.take_back_many": "selection.decide_many",
    "separations.correct": "*separations.correct",
    "separations.enter": "separations.correct *separations.take_back",
    "separations.take_back": "*separations.enter",
    "signing.set_service": "*signing.set_service",
    "signing.set_up": "signing.remove",
    "setup.change_facility": "*setup.change_facility",
    "stays.admit": "stays.correct *stays.take_back",
    "stays.correct": "*stays.correct",
    "stays.correct_review": "*stays.correct_review",
    "stays.countersign": "*stays.take_back_countersign",
    "stays.cure_emergency": "*stays.take_back_cure",
    "stays.extend": "*stays.take_back_limit stays.fix_limit",
    "stays.fix_limit": "*stays.take_back_limit stays.fix_limit",
    "stays.hold_review": "stays.correct_review *stays.take_back_review",
    "stays.take_back": "stays.admit",
    "stays.take_back_countersign": "*stays.countersign",
    "stays.take_back_cure": "*stays.cure_emergency",
    "stays.take_back_limit": "*stays.extend stays.fix_limit",
    "stays.take_back_review": "*stays.hold_review",
    "transports.add": "transports.change *transports.remove",
    "transports.admit": "stays.correct *transports.take_back",
    "transports.arrange": "*transports.arrange",
    "transports.board": "*transports.board",
    "transports.call_off": "*transports.expect_again",
    "transports.change": "*transports.change",
    "transports.come": "*transports.come",
    "transports.decide_age": "*transports.decide_age",
    "transports.expect": "*transports.take_off",
    "transports.expect_again": "*transports.call_off",
    "transports.identify": "*transports.identify",
    "transports.remove": "transports.add",
    "transports.take_back": "transports.admit",
    "transports.take_off": "*transports.expect",
}
"""By which actions that which an action has entered is put right, or taken back.

That with a star is what undoes it in the window, by its notice and its key: `tests/ui/test_undo.py` does each. Where
there is no star, the form says before that it cannot be undone.
"""
for _each in (NEEDS, RETURNS, COMPLAINTS, SELF_HARM, *(what for what, _said, _more in EACH)):
    if _each.take_back.opens_sealed:  # by whoever may read it, with the key
        MENDED |= {_each.enter.name: _each.correct.name, _each.correct.name: _each.correct.name}
        continue
    MENDED |= {
        _each.enter.name: f"{_each.correct.name} *{_each.take_back.name}",
        _each.correct.name: f"*{_each.correct.name}",
        _each.take_back.name: _each.enter.name,
    }
UNDONE = frozenset(name for name, by in MENDED.items() if "*" in by)
"""What the window undoes."""

FINAL: dict[str, str] = {
    "signing.remove": "the key goes for good, which is said before; the certificate can be set up again",
    "roll_calls.fire_list_printed": "tells what has happened",
    "backups.failed": "tells what has happened",
    "backups.made": "tells what has happened",
    "erasing.erase": "what is erased is gone: two supervisors decide on it, and it is said before",
    "people.take_out": "what belonged to nobody can be let in anew by people.add alone",
    "trail.put_back": "an entry of the trail is never changed",
}
"""What nothing takes back, and why."""


def _names() -> set[str]:
    return {
        name
        for name, what in declared().items()
        if isinstance(what, Action) and not what.only_tells and not what.opens_sealed and not name.startswith("tests.")
    }


def test_every_action_names_what_puts_right_what_it_has_entered() -> None:
    assert _names() == MENDED.keys() | FINAL.keys(), "say in MENDED what corrects or takes back the new action"
    for name, by in MENDED.items():
        assert set(by.replace("*", "").split()) <= _names(), name


@dataclass(frozen=True, slots=True)
class House:
    """Somebody on the roll with a bed, an absence that is over, a review and a document; somebody else; a candidate."""

    register: Register
    programme: ProgrammeId
    stay: StayId
    whose: ResidentId
    other: ResidentId
    beds: tuple[BedId, BedId]
    who: CandidateId

    def do(self, action: Callable[..., Any], **values: Any) -> Any:
        return self.register.perform(action, **values).value

    def one(self, statement: str) -> Any:
        with self.register.read() as snapshot:
            return snapshot.connection.execute(text(statement)).scalars().first()


_HELD = {"due_on": date(2026, 9, 24), "held_on": date(2026, 9, 24), "outcome": "goes on", "held_by": "V. Gashi"}
_DECIDED = {"reason": "vetting", "decided_by": "V. Gashi", "authority": "Ministry"}
_LEFT = {"seen_last": "the yard", "how_known": "a note on the bed"}
_PAPER = DocumentFacts(kind=DocumentKind.PASSPORT, number="P 1")
_DOUBT = message("The birth date lies after the arrival.")
_WHY = "by mistake"


def _on(day: int) -> Moment:
    return Moment(date(2026, 11, day))


def _away(house: House) -> dict[str, Any]:
    return {"stay_id": house.stay, "kind": AbsenceKind.COURT, "left": _on(10), "due_back": _on(11)}


def _right(**other: Any) -> dict[str, Any]:
    first = {"absence_id": 1, "kind": AbsenceKind.HOSPITAL, "left": _on(3), "due_back": _on(4), "returned": _on(5)}
    return first | {"reason": _WHY} | other


def _leave(house: House) -> None:
    plan = leavers.plan(house.register, house.stay)
    leavers.check_all(house.register, plan)
    house.do(endings.depart, plan_id=plan)


@pytest.fixture(scope="module")
def furnished(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """A closed register with them, made once: each test has a copy of it."""
    return furnished_once(empty_register, tmp_path_factory, _furnish)


@pytest.fixture
def house(furnished: tuple[Path, House], register: Register) -> House:
    register.person = furnished[1].register.person  # who has made it is at the desk still
    return replace(furnished[1], register=register)


def _furnish(register: Register) -> House:
    programme = leavers.programme(register)
    stay = leavers.stay(register, programme)
    whose = ResidentId(1)
    other = builders.resident(register, "K-2", family_name="Noori")
    beds = (builders.bed(register, "1"), builders.bed(register, "2"))
    house = House(register, programme, stay, whose, other, beds, candidate(register, programme))
    house.do(rooms.place, stay_id=stay, bed_id=beds[0], moment=Moment(date(2026, 6, 26)))
    house.do(absences.record, stay_id=stay, kind=AbsenceKind.HOSPITAL, left=_on(3), due_back=_on(4))
    house.do(absences.return_, absence_id=1, returned=_on(5))
    house.do(stays.hold_review, stay_id=stay, **_HELD)
    house.do(documents.add, resident_id=whose, document=_PAPER)
    return house


Step = Callable[[House], Any]
CASES: dict[str, tuple[Step, Step]] = {
    "absences.record": (
        lambda h: h.do(absences.record, **_away(h)),
        lambda h: h.do(absences.take_back, absence_id=2, reason=_WHY),
    ),
    "absences.correct": (
        lambda h: h.do(absences.correct, **_right(returned=_on(6))),
        lambda h: h.do(absences.correct, **_right()),
    ),
    "absences.take_back": (
        lambda h: h.do(absences.take_back, absence_id=1, reason=_WHY),
        lambda h: (
            h.do(absences.record, stay_id=h.stay, kind=AbsenceKind.HOSPITAL, left=_on(3), due_back=_on(4)),
            h.do(absences.return_, absence_id=2, returned=_on(5)),
        ),
    ),
    "absences.take_back_return": (
        lambda h: h.do(absences.take_back_return, absence_id=1, reason=_WHY),
        lambda h: h.do(absences.return_, absence_id=1, returned=_on(5)),
    ),
    "departures.record_left": (
        lambda h: h.do(endings.record_left, stay_id=h.stay, moment=_on(12), **_LEFT),
        lambda h: h.do(endings.undo, stay_id=h.stay, reason=_WHY),
    ),
    "departures.record_death": (
        lambda h: h.do(
            endings.record_death, stay_id=h.stay, moment=_on(12), place="a", certified_by="b", family_told="c"
        ),
        lambda h: h.do(endings.undo, stay_id=h.stay, reason=_WHY),
    ),
    "departures.record_release": (
        lambda h: h.do(
            endings.record_release,
            stay_id=h.stay,
            moment=_on(12),
            authority="Court",
            order_number="7",
            order_date=date(2026, 11, 1),
        ),
        lambda h: h.do(endings.undo, stay_id=h.stay, reason=_WHY),
    ),
    "departures.depart": (
        _leave,
        lambda h: h.do(endings.undo, stay_id=h.stay, reason=_WHY),
    ),
    "documents.add": (
        lambda h: h.do(documents.add, resident_id=h.whose, document=DocumentFacts(kind=_PAPER.kind, number="X")),
        lambda h: h.do(documents.take_back, document_id=2, reason=_WHY),
    ),
    "documents.change": (
        lambda h: h.do(
            documents.change, document_id=1, document=DocumentFacts(kind=_PAPER.kind, number="X"), reason=_WHY
        ),
        lambda h: h.do(documents.change, document_id=1, document=_PAPER, reason=_WHY),
    ),
    "documents.take_back": (
        lambda h: h.do(documents.take_back, document_id=1, reason=_WHY),
        lambda h: h.do(documents.add, resident_id=h.whose, document=_PAPER),
    ),
    "residents.change": (
        lambda h: h.do(
            residents.change, resident_id=h.other, person=PersonFacts(family_name="Nuri"), reason=_WHY
        ),
        lambda h: h.do(
            residents.change, resident_id=h.other, person=PersonFacts(family_name="Noori"), reason=_WHY
        ),
    ),
    "residents.join_family": (
        lambda h: h.do(residents.join_family, resident_id=h.whose, with_id=h.other),
        lambda h: h.do(residents.leave_family, resident_id=h.whose, reason=_WHY),
    ),
    "rooms.move": (
        lambda h: h.do(rooms.move, stay_id=h.stay, bed_id=h.beds[1], moment=_on(9)),
        lambda h: h.do(placements.take_back, placement_id=2, reason=_WHY),
    ),
    "rooms.free": (
        lambda h: h.do(rooms.free, stay_id=h.stay, moment=_on(9)),
        lambda h: h.do(placements.take_back_free, placement_id=1, reason=_WHY),
    ),
    "rooms.take_back": (
        lambda h: h.do(placements.take_back, placement_id=1, reason=_WHY),
        lambda h: h.do(rooms.place, stay_id=h.stay, bed_id=h.beds[0], moment=Moment(date(2026, 6, 26))),
    ),
    "rooms.correct": (
        lambda h: h.do(placements.correct, placement_id=1, bed_id=h.beds[1], start=_on(1), reason=_WHY),
        lambda h: h.do(
            placements.correct, placement_id=1, bed_id=h.beds[0], start=Moment(date(2026, 6, 26)), reason=_WHY
        ),
    ),
    "rooms.take_out_of_use": (
        lambda h: h.do(rooms.take_out_of_use, room_id=2, reason=_WHY),
        lambda h: h.do(rooms.bring_back, room_id=2),
    ),
    "rooms.remove_bed": (
        lambda h: h.do(rooms.remove_bed, bed_id=h.beds[1]),
        lambda h: h.do(rooms.add_bed, room_id=2, name="A"),
    ),
    "selection.decide": (
        lambda h: h.do(selection.decide, candidate_id=h.who, outcome=CandidateState.ACCEPTED, decided_by="V. G."),
        lambda h: h.do(selection.take_back, candidate_id=h.who, reason=_WHY),
    ),
    "selection.settle_doubt": (
        lambda h: h.do(selection.doubt_again, candidate_id=h.who, doubt=_DOUBT, reason=_WHY),
        lambda h: h.do(selection.settle_doubt, candidate_id=h.who, doubt=0, explanation="seen"),
    ),
    "stays.correct": (
        lambda h: h.do(stays.correct, stay_id=h.stay, arrived=Moment(date(2026, 6, 25)), reason=_WHY),
        lambda h: h.do(stays.correct, stay_id=h.stay, arrived=Moment(date(2026, 6, 26)), reason=_WHY),
    ),
    "stays.correct_review": (
        lambda h: h.do(corrections.correct_review, stay_id=h.stay, **(_HELD | {"outcome": "ends"}), reason=_WHY),
        lambda h: h.do(corrections.correct_review, stay_id=h.stay, **_HELD, reason=_WHY),
    ),
    "stays.take_back_review": (
        lambda h: h.do(corrections.take_back_review, stay_id=h.stay, due_on=_HELD["due_on"], reason=_WHY),
        lambda h: h.do(stays.hold_review, stay_id=h.stay, **_HELD),
    ),
    "stays.extend": (
        lambda h: h.do(stays.extend, stay_id=h.stay, until=date(2027, 9, 1), **_DECIDED),
        lambda h: h.do(corrections.take_back_limit, stay_id=h.stay, limit_id=1, reason=_WHY),
    ),
    "stays.admit": (
        lambda h: h.do(
            stays.admit, programme_id=h.programme, arrived=_on(2), resident_id=h.other, emergency_reason="at the gate"
        ),
        lambda h: (
            h.do(corrections.take_back, stay_id=2, reason=_WHY),
            h.do(residents.change, resident_id=h.other, person=PersonFacts(family_name="Noori"), reason=_WHY),
        ),
    ),
}  # fmt: skip
"""Of each: the deed, and what takes it back."""

_COMPARED = {
    "stays": (
        "resident_id",
        "arrived_on",
        "departed_on",
        "departure_kind",
        "destination",
        "limit_on",
        "departure_facts",
    ),
    "placements": ("stay_id", "bed_id", "from_on", "until_on"),
    "absences": ("stay_id", "kind", "from_on", "due_back_on", "until_on"),
    "reviews": ("stay_id", "due_on", "held_on", "outcome"),
    "documents": ("resident_id", "kind", "number"),
    "residents": ("family_name", "family_id"),
    "candidates": ("state", "doubts"),
    "rooms": ("name", "out_of_use"),
    "beds": ("name", "is_removed"),
}


def _state(house: House) -> dict[str, list[tuple[Any, ...]]]:
    with house.register.read() as snapshot:
        return {
            table: sorted(
                map(tuple, snapshot.connection.execute(text(f"SELECT {', '.join(names)} FROM {table}"))), key=str
            )
            for table, names in _COMPARED.items()
        }


@pytest.mark.parametrize("name", CASES)
def test_what_was_entered_is_as_before_once_it_is_mended(house: House, name: str) -> None:
    deed, mend = CASES[name]
    before = _state(house)
    deed(house)
    assert _state(house) != before, "the deed does something"
    mend(house)
    assert _state(house) == before


# -- the advice of refusals leads somewhere ----------------------------------------------------------------------------


def test_who_has_an_open_plan_gets_another_once_it_is_cancelled(house: House) -> None:
    plan = leavers.plan(house.register, house.stay)
    with pytest.raises(Refused, match="cancel it first"):
        leavers.plan(house.register, house.stay, DepartureKind.REMOVAL)
    house.do(departures.cancel, plan_id=plan, reason=_WHY)
    leavers.plan(house.register, house.stay, DepartureKind.REMOVAL)


def test_a_check_that_was_entered_late_counts_once_it_says_why(house: House) -> None:
    plan = leavers.plan(house.register, house.stay, planned_on=date(2026, 11, 20))
    leavers.check_all(house.register, plan)
    late = {"plan_id": plan, "moment": _on(20), "late_reason": "nobody was at the desk"}
    with pytest.raises(Refused) as refused:
        house.do(endings.depart, **late)
    assert all("Enter it again with its own day" in str(each.text) for each in refused.value.reasons)
    for kind in CheckKind:
        leavers.check(house.register, plan, kind, late_reason="the papers came by post")
    house.do(endings.depart, **late)


def test_a_bed_that_somebody_has_is_removed_once_they_are_moved(house: House) -> None:
    for action, values in ((rooms.remove_bed, {"bed_id": house.beds[0]}),
                           (rooms.take_out_of_use, {"room_id": 1, "reason": "repairs"})):  # fmt: skip
        with pytest.raises(Refused, match="Move them first"):
            house.do(action, **values)
    house.do(rooms.move, stay_id=house.stay, bed_id=house.beds[1])
    house.do(rooms.remove_bed, bed_id=house.beds[0])
    house.do(rooms.take_out_of_use, room_id=1, reason="repairs")


def test_who_belongs_to_another_family_joins_once_they_are_out_of_it(house: House) -> None:
    third = builders.resident(house.register, "K-3")
    fourth = builders.resident(house.register, "K-4")
    house.do(residents.join_family, resident_id=house.whose, with_id=house.other)
    house.do(residents.join_family, resident_id=third, with_id=fourth)
    with pytest.raises(Refused, match="Take them out of it first"):
        house.do(residents.join_family, resident_id=house.whose, with_id=third)
    house.do(residents.leave_family, resident_id=house.whose, reason=_WHY)
    house.do(residents.join_family, resident_id=house.whose, with_id=third)


def test_who_is_away_is_away_again_once_the_return_is_entered_or_the_absence_corrected(house: House) -> None:
    house.do(absences.record, **_away(house))
    again = _away(house) | {"left": _on(14), "due_back": _on(15)}
    with pytest.raises(Refused, match="Enter that return first"):
        house.do(absences.record, **again)
    house.do(absences.return_, absence_id=2, returned=_on(12))
    house.do(absences.record, **again)
    overlapping = _right(left=_on(11), due_back=_on(12), returned=_on(13))
    with pytest.raises(Refused, match="correct that absence"):
        house.do(absences.correct, **overlapping)
    house.do(
        absences.correct, absence_id=2, kind=AbsenceKind.COURT, left=_on(10), due_back=_on(11), returned=_on(11),
        reason=_WHY,
    )  # fmt: skip
    house.do(absences.correct, **overlapping)


def test_a_bed_that_is_taken_is_had_once_whoever_has_it_is_moved(house: House) -> None:
    other = leavers.stay(house.register, house.programme, "K-9")
    with pytest.raises(Refused, match="move who has it first"):
        house.do(rooms.place, stay_id=other, bed_id=house.beds[0])
    house.do(rooms.move, stay_id=house.stay, bed_id=house.beds[1])
    house.do(rooms.place, stay_id=other, bed_id=house.beds[0])


def test_no_place_is_left_until_another_acceptance_is_withdrawn(register: Register) -> None:
    programme = leavers.programme(register)
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        unit.session.get_one(Programme, programme).places = 1
    first = candidate(register, programme)
    second = candidate(register, programme, 2, family_name="Okafor", given_names="Chidi")
    accept: dict[str, Any] = {"outcome": CandidateState.ACCEPTED, "decided_by": "V. G."}
    register.perform(selection.decide, candidate_id=first, **accept)
    with pytest.raises(Refused, match="Withdraw another acceptance first"):
        register.perform(selection.decide, candidate_id=second, **accept)
    register.perform(
        selection.decide, candidate_id=first, outcome=CandidateState.WITHDRAWN, reason="no", decided_by="V. G."
    )
    register.perform(selection.decide, candidate_id=second, **accept)
