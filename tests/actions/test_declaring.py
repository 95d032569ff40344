"""What is declared of an action holds: its name for good, its roles, its subject also where it is refused."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.actions import absences, departures, documents, endings, months, people, stays
from models.changes import Changes, Kind
from models.entities.base import Base
from models.entities.documents import Document
from models.errors import Refused
from models.ids import PlanId, ResidentId, StayId
from models.queries import history
from models.rules.residents import DocumentFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import CandidateState, DepartureKind, DocumentKind, Role
from models.store.register import Register
from models.text import translator
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.actions.test_roles import ALLOWED, OF_KONAK
from tests.actions.test_selection import candidate, decide, proposed
from tests.entries import last
from tests.queries.persons import House, at, furnish

_BY_LETTER = dict(zip("CSHAI", Role, strict=True))
_KEPT = """
absences.change_due CS; absences.record CS; absences.return_ CS; backups.add_place A; backups.failed CSHA;
backups.made CSHA; backups.remove_place A; backups.schedule A; backups.taken CSHA; departures.cancel S;
departures.change_plan S; departures.depart CS; departures.depart_group CS; departures.enter_check CSH;
departures.enter_sealed_check SH; departures.look SH; departures.plan S; departures.record_death CS;
departures.record_escape CS; departures.record_left CS; departures.record_release S; departures.stop SH;
departures.undo S;
departures.withdraw_check CSH; documents.add CS; documents.change CS; import_lists.bring_in SA;
import_stays.bring_in SA; imports.take_back SA; months.issue S; papers.printed CSHAI; papers.saved CSHAI; people.add A;
people.change_passphrase CSHAI;
people.change_role A; people.grant_sealed SH; people.make_recovery_sheet SHA; people.recovered CSHAI; people.rekey SHA;
people.remove A; people.reset_passphrase A; people.restore A; people.take_out A;
programmes.add_preset A; programmes.change A;
programmes.close A; programmes.create A; programmes.reopen A; programmes.set_criteria A; programmes.set_departures A;
programmes.set_rates A; residents.change CS; residents.join_family CS; residents.leave_family CS; rooms.add_bed SA;
rooms.add_room SA; rooms.bring_back SA; rooms.change SA; rooms.free CS; rooms.move CS; rooms.place CS;
rooms.remove_bed SA; rooms.remove_room SA; rooms.take_out_of_use SA; safeguards.add_remark CSH;
safeguards.correct_note SH; safeguards.enter_note H; safeguards.look SHI; safeguards.restore_note SH;
safeguards.take_back_note CSH; selection.add_remark CSH; selection.correct_remark SH; selection.look_at_list SH;
selection.restore_remark SH; selection.take_back_remark CSH;
selection.answer CS; selection.correct CS; selection.decide S; selection.look SH; selection.settle_doubt CS;
setup.change_facility A; setup.create A; stays.admit CS; stays.admit_emergency S; stays.correct CS;
stays.cure_emergency S; stays.extend S; stays.fix_limit S; stays.hold_review S
"""
"""The names that stand in the trails of registers, and who could do each when this was written."""


def test_no_name_that_stands_in_a_trail_is_lost_and_no_role_changes_unseen() -> None:
    kept = dict(line.split() for line in _KEPT.replace("\n", " ").split(";"))
    assert {name: frozenset(_BY_LETTER[letter] for letter in letters) for name, letters in kept.items()} == {
        name: roles for name, roles in ALLOWED.items() if name in kept
    }


def test_every_action_says_by_which_of_its_arguments_it_is_about_whom() -> None:
    for name, action in OF_KONAK.items():
        about = (action.about,) if isinstance(action.about, str) else action.about
        arguments = inspect.signature(action.function).parameters
        assert all(":" in each or each in arguments for each in about), name
        # Without an argument that names somebody or something, the action says itself what it has made.
        assert about or not any(each.endswith(("_id", "_ids")) for each in arguments), name


def test_every_table_says_of_which_kind_it_is() -> None:
    assert all(hasattr(mapper.class_, "__kind__") for mapper in Base.registry.mappers)


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(register: Register) -> House:
    return furnish(register)


def _told(register: Register, resident_id: ResidentId) -> list[str]:
    with register.read() as snapshot:
        rows = history.of_resident(snapshot, resident_id=resident_id)
    return [translator("en").render(row.what) for row in rows]


_REFUSED: dict[str, Callable[[Register, StayId], object]] = {
    "Planned the departure": lambda register, stay: register.perform(
        departures.plan, stay_id=stay, kind=DepartureKind.REMOVAL, planned_on=date(2026, 11, 30)
    ),
    "Entered a death": lambda register, stay: register.perform(
        endings.record_death, stay_id=stay, moment=at(21, 8), place="", certified_by="", family_told=""
    ),
    "Took the departure back": lambda register, stay: register.perform(
        endings.undo, stay_id=stay, reason="By mistake."
    ),
    "Extended the stay": lambda register, stay: register.perform(
        stays.extend, stay_id=stay, until=date(2020, 1, 1), reason="r", decided_by="d", authority="a"
    ),
}


@pytest.mark.parametrize("said", _REFUSED)
def test_what_was_refused_stands_in_the_history_of_the_resident(register: Register, house: House, said: str) -> None:
    with pytest.raises(Refused):
        _REFUSED[said](register, house.gul_stay)
    assert last(register)["subject"] == f"stay:{house.gul_stay}"
    assert _told(register, house.gul)[0] == f"Refused: {said}"


def test_what_a_role_may_not_do_stands_there_too_whatever_of_the_person_it_names(
    register: Register, house: House
) -> None:
    passport = Document(resident_id=house.chidi, kind=DocumentKind.PASSPORT, number="P1")
    document = register.perform(builders.put, row=passport).value
    facts = DocumentFacts(kind=DocumentKind.PASSPORT, number="P2")
    register.person = replace(register.person, role=Role.INSPECTOR, stands_in=False)
    with pytest.raises(Refused):
        register.perform(absences.return_, absence_id=house.chidi_absence, returned=at(21, 8))
    with pytest.raises(Refused):
        register.perform(documents.change, reason="seen", document_id=document, document=facts)
    assert _told(register, house.chidi)[:2] == ["Refused: Changed a document", "Refused: Entered the return"]


def test_a_refused_group_concerns_each_of_it(register: Register) -> None:
    programme = leavers.programme(register)
    going = [leavers.stay(register, programme, number) for number in ("K-0012", "K-0013")]
    plans = [leavers.plan(register, stay) for stay in going]
    with pytest.raises(Refused):
        register.perform(endings.depart_group, plan_ids=plans)
    entry = last(register)
    assert (entry["subject"], entry["concerns"]) == (f"stay:{going[0]}", [f"stay:{stay}" for stay in going])


def test_a_refused_arrival_is_about_the_candidate(register: Register) -> None:
    us = builders.programme(register)
    gul = candidate(register, us, proposed(register, us))
    with pytest.raises(Refused):
        register.perform(stays.admit, programme_id=us, candidate_id=gul, arrived=Moment(date(2026, 11, 20)))
    assert (last(register)["action"], last(register)["subject"]) == ("stays.admit", f"candidate:{gul}")
    decide(register, gul, CandidateState.ACCEPTED)
    stay = register.perform(stays.admit, programme_id=us, candidate_id=gul, arrived=Moment(date(2026, 11, 20))).value
    assert last(register)["subject"] == f"stay:{stay}"
    with register.read() as snapshot:
        resident = snapshot.connection.exec_driver_sql(f"SELECT resident_id FROM stays WHERE id = {stay}").scalar_one()
    assert "Refused: Registered the arrival" in _told(register, resident)


def test_a_refused_issue_is_about_the_month(register: Register) -> None:
    us = builders.programme(register)
    with pytest.raises(Refused):
        register.perform(
            months.issue, programme_id=us, month=Month(2026, 11), language="en", draw=monthly.draw_issued, reason=""
        )
    assert last(register)["subject"] == "month:US-2025 2026-11"


def test_who_is_not_there_is_told_as_what_was_named(register: Register) -> None:
    with pytest.raises(Refused):
        register.perform(departures.cancel, plan_id=PlanId(99), reason="x")
    assert last(register)["subject"] == "plan:99"


# -- what changed ------------------------------------------------------------------------------------------------------


def test_pages_hear_of_the_tables_that_were_written_and_of_nothing_else(register: Register) -> None:
    def colleague(name: str) -> Changes:
        return register.perform(people.add, name=name, role=Role.CLERK, passphrase="a passphrase of hers").changes

    assert colleague("B") == {Kind.PEOPLE, Kind.FACILITY}  # no administrator stands in for anybody any more
    assert colleague("C") == {Kind.PEOPLE}
    register.person = replace(register.person, role=Role.SUPERVISOR)
    stay = leavers.stay(register, leavers.programme(register))
    decided: dict[str, Any] = {"reason": "r", "decided_by": "d", "authority": "a"}
    assert register.perform(stays.extend, stay_id=stay, until=date(2027, 3, 20), **decided).changes == {Kind.STAY}
    death: dict[str, Any] = {"place": "p", "certified_by": "c", "family_told": "f"}
    assert register.perform(endings.record_death, stay_id=stay, moment=at(21, 8), **death).changes == {Kind.STAY}
