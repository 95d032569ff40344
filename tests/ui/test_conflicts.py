"""Two people change the same: the second one sees both, chooses, and nothing of either is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.actions import (
    absences,
    departures,
    documents,
    people,
    programmes,
    residents,
    rooms,
    selection,
    stays,
)
from models.actions import facility as facility_actions
from models.errors import Conflict
from models.queries import absences as absence_queries
from models.queries import candidates, facility, resident_page
from models.queries import departures as departure_queries
from models.queries import documents as document_queries
from models.queries import people as people_queries
from models.queries import programmes as programme_queries
from models.queries import rooms as room_queries
from models.queries import stays as stay_queries
from models.rules.money import Payment
from models.rules.programmes import CriterionFacts
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.selection import Particulars
from models.rules.time import Moment
from models.rules.vocabulary import CriterionEffect, CriterionTest, DepartureKind, DocumentKind, PaymentKind, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.test_selection import candidate, proposed
from tests.queries.persons import furnish
from tests.ui.audit import complaints
from tests.ui.departures.windows import picture, settle
from ui import work
from ui.administration.page import facility_dialog
from ui.administration.people import role_dialog
from ui.departures.plans import change_dialog as plan_dialog
from ui.kit.conflict import Before, Beside
from ui.kit.form import FormDialog
from ui.kit.labels import Text
from ui.programmes import dialogs as programme_dialogs
from ui.programmes import forms
from ui.programmes.payments import payment_dialog
from ui.residents import dialogs as stay_dialogs
from ui.residents import identity
from ui.rooms.dialogs import change_dialog as room_dialog
from ui.selection.dialogs import correct_dialog

__all__ = ["picture"]


@dataclass
class Case:
    """Something that two people change.

    Attributes:
        show: Makes the form.
        field: The field that both change.
        mine: What the one who is second types there.
        other: What the first one does in the meantime.
        theirs: What the form says of it.
        stored: What the register holds of it.
        more: What else must be typed.
    """

    show: Callable[[QWidget], FormDialog]
    field: str
    mine: Any
    other: Callable[[], object]
    theirs: str
    stored: Callable[[], Any]
    more: tuple[tuple[str, Any], ...] = ()


def _read(register: Register, query: Callable[..., Any], **values: Any) -> Any:
    with register.read() as snapshot:
        return query(snapshot, **values)


def _resident(register: Register) -> Case:
    gul = furnish(register).gul

    def page() -> Any:
        return _read(register, resident_page.page, resident_id=gul)

    facts = PersonFacts(family_name="Ahmadzay", given_names="Gul", own_script="گل", nationality="AF")
    return Case(
        show=lambda owner: identity.identity_dialog(owner, page()),
        field="family_name",
        mine="Ahmadzaj",
        other=lambda: register.perform(residents.change, reason="seen", resident_id=gul, person=facts),
        theirs="Ahmadzay",
        stored=lambda: page().facts.family_name,
        more=(("reason", "passport"),),
    )


def _document(register: Register) -> Case:
    gul = furnish(register).gul
    first = DocumentFacts(kind=DocumentKind.PASSPORT, number="P1")
    known = register.perform(documents.add, resident_id=gul, document=first).value

    def row() -> Any:
        return _read(register, document_queries.one, document_id=known)

    other = DocumentFacts(kind=DocumentKind.PASSPORT, number="P2", note="seen")
    return Case(
        show=lambda owner: identity.document_dialog(owner, gul, row()),
        field="number",
        mine="P3",
        other=lambda: register.perform(documents.change, reason="seen", document_id=known, document=other),
        theirs="P2",
        stored=lambda: row().number,
        more=(("reason", "passport"),),
    )


def _room(register: Register) -> Case:
    room = register.perform(rooms.add_room, name="12").value[0]

    def row() -> Any:
        return _read(register, room_queries.one, room_id=room)

    return Case(
        show=lambda owner: room_dialog(owner, row()),
        field="note",
        mine="no lock",
        other=lambda: register.perform(rooms.change, room_id=room, name="12", note="damp"),
        theirs="damp",
        stored=lambda: row().note,
    )


def _plan(register: Register) -> Case:
    stay = leavers.stay(register, leavers.programme(register))
    plan = leavers.plan(register, stay, DepartureKind.VOLUNTARY_RETURN, date(2026, 12, 1), country="AF")

    def page() -> Any:
        return _read(register, departure_queries.plan, plan_id=plan)

    moved = date(2026, 12, 4)
    return Case(
        show=lambda owner: plan_dialog(owner, page()),
        field="planned_on",
        mine=date(2026, 12, 9),
        other=lambda: register.perform(departures.change_plan, plan_id=plan, planned_on=moved, country="AF"),
        theirs="4.12.2026",
        stored=lambda: page().row.planned_on,
    )


def _candidate(register: Register) -> Case:
    us = builders.programme(register)
    who = candidate(register, us, proposed(register, us))

    def whole() -> Any:
        return _read(register, candidates.whole, candidate_id=who)

    other = Particulars(family_name="Ahmadzay", given_names="Gul 5", birth=whole().particulars.birth)
    return Case(
        show=lambda owner: correct_dialog(owner, whole()),
        field="family_name",
        mine="Ahmadzaj",
        other=lambda: register.perform(selection.correct, candidate_id=who, particulars=other, reason="letter"),
        theirs="Ahmadzay",
        stored=lambda: whole().particulars.family_name,
        more=(("reason", "passport"),),
    )


def _arrival(register: Register) -> Case:
    stay = leavers.stay(register, leavers.programme(register))

    def row() -> Any:
        return _read(register, stay_queries.one, stay_id=stay)

    other = Moment(date(2026, 6, 27))
    return Case(
        show=lambda owner: stay_dialogs._correct(owner, row()),  # noqa: SLF001 - opened by a query otherwise
        field="arrived",
        mine=Moment(date(2026, 6, 29)),
        other=lambda: register.perform(stays.correct, stay_id=stay, arrived=other, reason="gate book"),
        theirs="27.6.2026",
        stored=lambda: row().arrived,
        more=(("reason", "ticket"),),
    )


def _absence(register: Register) -> Case:
    known = furnish(register).chidi_absence

    def row() -> Any:
        return _read(register, absence_queries.one, absence_id=known)

    other = Moment(date(2026, 11, 25))
    return Case(
        show=lambda owner: stay_dialogs._due(owner, row()),  # noqa: SLF001 - opened by a query otherwise
        field="due_back",
        mine=Moment(date(2026, 11, 27)),
        other=lambda: register.perform(absences.change_due, absence_id=known, due_back=other, reason="kept"),
        theirs="25.11.2026",
        stored=lambda: row().due_back,
        more=(("reason", "surgery"),),
    )


def _facility(register: Register) -> Case:
    def known() -> Any:
        return _read(register, facility.administration)

    facts = known().facility
    other = {name: getattr(facts, name) for name in ("name", "language", "time_zone", "number_prefix")}
    return Case(
        show=lambda owner: facility_dialog(owner, known()),
        field="lock_after",
        mine=20,
        other=lambda: register.perform(facility_actions.change_facility, **other, letterhead="", lock_after=5),
        theirs="5",
        stored=lambda: known().facility.lock_after,
    )


def _role(register: Register) -> Case:
    user = register.perform(people.add, name="B. Hoxha", role=Role.CLERK, passphrase="a first passphrase").value

    def row() -> Any:
        return _read(register, people_queries.user, user_id=user)

    return Case(
        show=lambda owner: role_dialog(owner, row()),
        field="role",
        mine=Role.SUPERVISOR,
        other=lambda: register.perform(people.change_role, user_id=user, role=Role.INSPECTOR),
        theirs="Inspector",
        stored=lambda: row().role,
    )


def _programme(register: Register) -> Case:
    us = builders.programme(register)

    def whole() -> Any:
        return _read(register, programme_queries.whole, programme_id=us)

    def other() -> None:
        facts = replace(whole().facts, partner="The United States")
        register.perform(programmes.change, programme_id=us, version=whole().version, facts=facts)

    return Case(
        show=lambda owner: programme_dialogs.change_dialog(owner, "Agreement", whole(), forms.agreement_fields),
        field="partner",
        mine="USA",
        other=other,
        theirs="The United States",
        stored=lambda: whole().facts.partner,
    )


def _rate(register: Register) -> Case:
    us = builders.programme(register)

    def whole() -> Any:
        return _read(register, programme_queries.whole, programme_id=us)

    def set_rate(amount: str) -> None:
        payments = [Payment(PaymentKind.PERSON_NIGHT, Decimal(amount), date(2026, 6, 11))]
        register.perform(programmes.set_payments, programme_id=us, version=whole().version, payments=payments)

    set_rate("41")
    return Case(
        show=lambda owner: payment_dialog(owner, whole(), 0),
        field="amount",
        mine=Decimal(43),
        other=lambda: set_rate("42"),
        theirs="42.00",
        stored=lambda: whole().payments[0].amount,
    )


def _criterion(register: Register) -> Case:
    us = builders.programme(register)

    def whole() -> Any:
        return _read(register, programme_queries.whole, programme_id=us)

    def put(*texts: str) -> None:
        known = {each.text.partition(" ")[0]: each.id for each in whole().criteria}
        criteria = [
            CriterionFacts(text, CriterionEffect.EXCLUDES, CriterionTest.MANUAL, known.get(text.partition(" ")[0]))
            for text in texts
        ]
        register.perform(programmes.set_criteria, programme_id=us, version=whole().version, criteria=criteria)

    put("First question?", "Second question?")
    return Case(
        show=lambda owner: programme_dialogs.criterion_dialog(owner, whole(), 0),
        field="text",
        mine="First of all?",
        other=lambda: put("Second question?", "First one?"),  # moved, too
        theirs="First one?",
        stored=lambda: next(each.text for each in whole().criteria if each.text.startswith("First")),
    )


CASES = (
    _resident, _document, _room, _plan, _candidate, _arrival, _absence, _facility, _role, _programme, _rate, _criterion,
)  # fmt: skip


def _dialog(qtbot: QtBot) -> FormDialog:
    settle(qtbot)
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible()]
    assert len(shown) == 1, shown
    return shown[0]


def _begin(qtbot: QtBot, register: Register, case: Case) -> FormDialog:
    """The form as the second person sends it, after the first one has saved."""
    work.start(register)
    owner = QWidget()
    owner.resize(1366, 768)
    qtbot.addWidget(owner)
    owner.show()
    case.show(owner).open()
    first = _dialog(qtbot)
    first.form[case.field].put(case.mine)
    for name, value in case.more:
        first.form[name].put(value)
    case.other()
    first.send()
    second = _dialog(qtbot)
    assert second is not first
    return second


@pytest.mark.parametrize("make", CASES, ids=[case.__name__.strip("_") for case in CASES])
def test_both_are_shown_and_mine_is_kept_where_i_save_again(
    qtbot: QtBot, register: Register, make: Callable[[Register], Case], picture: Callable[..., None]
) -> None:
    case = make(register)
    before = case.stored()
    second = _begin(qtbot, register, case)
    assert case.stored() not in (before, case.mine)
    assert "A. Berisha has changed this in the meantime" in _texts(second)
    field = second.form[case.field]
    assert field.read() == case.mine
    (beside,) = second.form.findChildren(Beside)
    assert beside.parentWidget() is field
    assert beside.label.text() == f"In the register now: \u2068{case.theirs}\u2069"
    assert complaints(second) == []
    picture(second, f"conflict-{case.field}")
    beside.swap.click()
    assert field.shown() == case.theirs
    assert beside.label.text().startswith("You wrote: ")
    beside.swap.click()
    assert field.read() == case.mine
    second.send()
    settle(qtbot)
    assert case.stored() == case.mine


@pytest.mark.parametrize("make", [_resident, _document, _room, _plan, _facility, _role, _programme, _rate])
def test_theirs_stands_where_i_take_it(qtbot: QtBot, register: Register, make: Callable[[Register], Case]) -> None:
    case = make(register)
    second = _begin(qtbot, register, case)
    theirs = case.stored()
    (beside,) = second.form.findChildren(Beside)
    beside.swap.click()
    second.send()
    settle(qtbot)
    assert case.stored() == theirs


def test_what_only_the_other_has_changed_is_marked_said_and_kept(
    qtbot: QtBot, register: Register, heard: list[str]
) -> None:
    case = _resident(register)
    case.field, case.mine = "aliases", ("Gulu",)
    second = _begin(qtbot, register, case)
    assert second.form.findChildren(Beside) == []
    marked = {mark.parentWidget() for mark in second.form.findChildren(Before)}
    assert second.form["family_name"] in marked
    assert second.form["family_name"].read() == "Ahmadzay"
    assert "before: \u2068Ahmadzai\u2069" in _texts(second)
    assert "Changed in the meantime; before: \u2068Ahmadzai\u2069" in heard
    second.send()
    settle(qtbot)
    assert case.stored() == "Ahmadzay"


def test_what_does_not_stand_in_the_form_is_kept_without_a_question(qtbot: QtBot, register: Register) -> None:
    case = _rate(register)
    us = _read(register, programme_queries.rows)[0].id
    whole = _read(register, programme_queries.whole, programme_id=us)

    def close_window() -> None:
        facts = replace(whole.facts, partner="The United States")
        register.perform(programmes.change, programme_id=us, version=whole.version, facts=facts)

    case.other = close_window
    work.start(register)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    case.show(owner).open()
    form = _dialog(qtbot)
    form.form["amount"].put(Decimal(43))
    case.other()
    form.send()
    settle(qtbot)
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible()]
    assert case.stored() == Decimal(43)
    assert _read(register, programme_queries.whole, programme_id=us).facts.partner == "The United States"


def test_what_is_gone_by_then_is_said(qtbot: QtBot, register: Register) -> None:
    case = _criterion(register)
    us = _read(register, programme_queries.rows)[0].id

    def remove() -> None:
        whole = _read(register, programme_queries.whole, programme_id=us)
        left = [each for each in whole.criteria if each.text.startswith("Second")]
        register.perform(programmes.set_criteria, programme_id=us, version=whole.version, criteria=left)

    work.start(register)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    case.show(owner).open()
    form = _dialog(qtbot)
    form.form["text"].put("First of all?")
    remove()
    form.send()
    assert _dialog(qtbot) is form
    assert "This is not there any more" in _texts(form)
    assert form.form["text"].read() == "First of all?"


def test_a_number_is_for_the_partner_that_it_was_typed_for(qtbot: QtBot, register: Register) -> None:
    """The person comes back under another programme meanwhile, whose number then stands first in the form."""
    us, aa = builders.programme(register), builders.programme(register, "AA-2026")
    gul, kin = builders.resident(register, "K-1", family_name="Gul"), builders.resident(register, "K-2")
    builders.stay(register, gul, us, date(2026, 7, 1), date(2026, 8, 1))
    work.start(register)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    identity.identity_dialog(owner, _read(register, resident_page.page, resident_id=gul)).open()
    form = _dialog(qtbot)
    form.form[f"partner_numbers_{us}"].put("US-777")
    builders.stay(register, gul, aa, date(2026, 10, 1))
    register.perform(residents.join_family, resident_id=gul, with_id=kin)
    form.send()
    settle(qtbot)
    page = _read(register, resident_page.page, resident_id=gul)
    assert {row.programme: row.number for row in page.partner_numbers} == {"US-2025": "US-777", "AA-2026": ""}


def test_nothing_can_be_typed_while_the_form_is_being_sent(qtbot: QtBot, register: Register) -> None:
    case = _room(register)
    work.start(register)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    case.show(owner).open()
    form = _dialog(qtbot)
    form.form["name"].put("")
    form.form["note"].put("no lock")
    form.form["name"].put("12")
    form.send()
    assert not form.form.isEnabled()  # it would neither be sent nor kept
    settle(qtbot)
    assert case.stored() == "no lock"
    case.show(owner).open()
    again = _dialog(qtbot)
    register.perform(rooms.add_room, name="13")
    again.form["name"].put("13")
    again.form["name"].setFocus()
    again.send()
    settle(qtbot)
    assert again.isVisible()  # refused: there is a room of this name
    assert again.form.isEnabled()
    again.form["name"].put("12")
    again.form.settle()
    again.reject()


@pytest.mark.parametrize("make", CASES, ids=[case.__name__.strip("_") for case in CASES])
def test_the_refusal_names_who_it_was(register: Register, make: Callable[[Register], Case]) -> None:
    """Whoever calls the action without a form is refused in words."""
    work.start(register)
    owner = QWidget()
    case = make(register)
    form = case.show(owner)
    form.form[case.field].put(case.mine)
    for name, value in case.more:
        form.form[name].put(value)
    case.other()
    values = form.form.values()
    action, given = form._action, {**form._values, **(form._prepare(values) if form._prepare else values)}  # noqa: SLF001
    with pytest.raises(Conflict) as refused:
        register.perform(action, **given)
    assert refused.value.message.values == {"name": "A. Berisha"}


def _texts(window: QWidget) -> str:
    return "\n".join(text.text() for text in window.findChildren(Text) if text.isVisible())
