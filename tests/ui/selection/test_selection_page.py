"""Selection in a real window: from the lists to the decision, worked by pointer and keyboard."""

from collections import deque
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.actions import selection as actions
from models.entities.selection import Candidate
from models.exchange import import_lists
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.ids import CandidateId, ListId, ProgrammeId
from models.rules.vocabulary import Answer, CandidateState, Role
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.conftest import press
from tests.ui.departures.windows import arrival_of, settle, show
from tests.ui.selection.conftest import SMALL, dialog, person, whole
from ui import prompts
from ui.kit.form import FormDialog
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.table import Table
from ui.selection.page import SelectionPage
from ui.shell import MainWindow


def page_of(window: MainWindow) -> SelectionPage:
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    return page


def texts(widget: object) -> str:
    assert isinstance(widget, SelectionPage)
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisible())


def answer(qtbot: QtBot, page: SelectionPage, question: str, given: Answer) -> None:
    line = next(each for each in page.one.criteria.lines.values() if question in each.buttons[given].accessibleName())
    line.buttons[given].click()
    settle(qtbot)


def accept(register: Register, who: CandidateId) -> None:
    for row in whole(register, who).criteria[1:3]:
        register.perform(actions.answer, candidate_id=who, criterion_id=row.id, given=Answer.NO)
    builders.accept(register, who)


def decide(qtbot: QtBot, page: SelectionPage, outcome: CandidateState, reason: str = "") -> None:
    card = page.one.decision
    card.form["outcome"].put(outcome)
    card.form["reason"].put(reason)
    card.form["decided_by"].put("L. Hoxha")
    card.submit.click()
    settle(qtbot)


def test_without_lists_the_page_says_what_to_do(qtbot: QtBot, register: Register, programme: ProgrammeId) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    assert "There are no proposed lists yet" in texts(page_of(window))
    assert complaints(window) == []


def test_the_real_list_is_walked_from_its_counts_to_an_acceptance(
    qtbot: QtBot, register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    read = read_list(read_table(shared_data / "lists" / "US-01.xlsx"))
    list_id = register.perform(import_lists.bring_in, programme_id=programme, read=read).value.list_id
    window = show(qtbot, register, "selection", SelectionPage)
    page = page_of(window)
    assert page.overview.lists.model.ids == [list_id]
    assert "64 candidates not decided" in texts(page)
    assert complaints(window) == []
    page.overview.lists.followed.emit(list_id, "code")
    settle(qtbot)
    assert len(page.people.order) == 64
    assert complaints(window) == []
    page.people.duplicates.setChecked(True)
    settle(qtbot)
    assert [whole(register, one).particulars.partner_number for one in page.people.order] == ["900-667-236"] * 2
    page.people.duplicates.setChecked(False)
    page.people.table.box.setText("rahmani zarghuna")
    page.people.table.reload()
    settle(qtbot)
    page.people.table.opened.emit(page.people.order[0])
    settle(qtbot)
    assert "RAHMANI, Zarghuna" in texts(page)
    assert "Family F-1" in texts(page)
    assert complaints(window) == []
    answer(qtbot, page, "serious crime", Answer.NO)
    answer(qtbot, page, "danger to public order", Answer.NO)
    prompts.answers = deque([True])  # of her birth only the year is known
    decide(qtbot, page, CandidateState.ACCEPTED)
    found = whole(register, person(register, "900-441-001"))
    assert found.state is CandidateState.ACCEPTED
    assert found.decisions[0].decided_by == "L. Hoxha"
    assert "Accepted, decided by L. Hoxha." in texts(page)
    assert complaints(window) == []


def test_a_refused_decision_names_every_criterion_and_keeps_what_was_typed(
    qtbot: QtBot, register: Register, small: ListId
) -> None:
    who = person(register, "900-441-000")
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=who))
    decide(qtbot, page, CandidateState.ACCEPTED, "all is well")
    said = page.one.decision.form.refusal.label.text()
    assert said.count("Not answered yet") == 2
    assert page.one.decision.form["reason"].read() == "all is well"
    assert whole(register, who).state is CandidateState.PROPOSED


def test_a_decision_says_before_what_it_will_do(qtbot: QtBot, register: Register, small: ListId) -> None:
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=person(register, "900-441-000")))
    page.one.decision.form["outcome"].put(CandidateState.ACCEPTED)
    assert "This holds one of 50 places" in texts(page)
    assert page.one.decision.submit.text() == "Accept"
    page.one.decision.form["outcome"].put(CandidateState.REFUSED)
    assert "only be admitted as an emergency arrival" in texts(page)
    assert page.one.decision.submit.property("kind") == "danger"


def test_the_keyboard_goes_from_one_candidate_to_the_next_in_the_order_of_the_table(
    qtbot: QtBot, register: Register, small: ListId
) -> None:
    window = show(qtbot, register, "selection", SelectionPage, list_id=small)
    page = page_of(window)
    order = page.people.order
    page.people.table.opened.emit(order[1])
    settle(qtbot)
    assert "2 of 4" in texts(page)
    page.one.next.setFocus()
    press(page.one.next, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot)
    assert page.where()["candidate_id"] == order[2]
    press(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot)
    press(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot)
    assert page.where()["candidate_id"] == order[0]
    assert not page.one.previous.isEnabled()


def test_a_reason_that_was_typed_is_not_lost_without_asking(qtbot: QtBot, register: Register, small: ListId) -> None:
    one, two = person(register, "900-441-000"), person(register, "900-441-001")
    window = show(qtbot, register, "selection", SelectionPage, candidate_id=one)
    page = page_of(window)
    page.one.decision.form["reason"].put("half a sen")
    prompts.answers = deque([False, True])
    window.open("selection", candidate_id=two)
    settle(qtbot)
    assert page.one.decision.form["reason"].read() == "half a sen"
    assert "Mohammad Yousuf" in page.one.name.text()
    window.open("selection", candidate_id=two)
    settle(qtbot)
    assert page.one.decision.form["reason"].read() is None
    assert "Zarghuna" in page.one.name.text()


def test_an_answer_against_the_list_asks_for_its_ground(qtbot: QtBot, register: Register, small: ListId) -> None:
    who = person(register, "900-441-000")
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=who))
    answer(qtbot, page, "state a criminal history", Answer.YES)
    asked = dialog(qtbot)
    assert isinstance(asked, FormDialog)
    assert complaints(asked) == []
    asked.form["note"].put("letter of 3 November")
    asked.send()
    settle(qtbot)
    row = next(each for each in whole(register, who).criteria if "criminal history" in each.text)
    assert (row.answer, row.note, row.answered_by) == (Answer.YES, "letter of 3 November", "A. Berisha")
    back = next(
        each
        for each in page.one.findChildren(LinkButton)
        if each.isVisible() and each.accessibleName().startswith("Take back")
    )
    back.click()
    settle(qtbot)
    row = next(each for each in whole(register, who).criteria if "criminal history" in each.text)
    assert (row.answer, row.answered_by) == (Answer.NO, "")
    assert "Took back" in texts(page)


def test_a_doubt_is_cleared_up_and_a_fact_corrected_with_their_grounds(
    qtbot: QtBot, register: Register, small: ListId
) -> None:
    who = person(register, "900-441-001")
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=who))
    next(each for each in page.one.doubts.findChildren(LinkButton) if "year of birth" in each.accessibleName()).click()
    asked = dialog(qtbot)
    assert isinstance(asked, FormDialog)
    asked.form["explanation"].put("birth certificate seen")
    asked.send()
    settle(qtbot)
    assert whole(register, who).doubts == ()
    next(each for each in page.one.findChildren(Button) if each.text() == "Correct" and each.isVisible()).click()
    asked = dialog(qtbot)
    assert isinstance(asked, FormDialog)
    assert complaints(asked) == []
    asked.form["reason"].put("passport")
    asked.send()
    settle(qtbot)
    assert "Nothing is different from before" in asked.form.refusal.label.text()
    asked.form["given_names"].put("Zarghona")
    asked.send()
    settle(qtbot)
    found = whole(register, who)
    assert found.particulars.given_names == "Zarghona"
    assert found.history[0].after == {"given_names": "Zarghona"}
    assert "Given names: Zarghuna → Zarghona" in texts(page)
    assert "birth certificate seen" in texts(page)


def test_a_list_without_running_numbers_is_named_without_one(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    file = tmp_path / "US-03.csv"
    file.write_text("\n".join(line.partition(",")[2] for line in SMALL.splitlines()), encoding="utf-8")
    read = read_list(read_table(file))
    register.perform(import_lists.bring_in, programme_id=programme, read=read)
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=person(register, "900-441-001")))
    assert "on list US-03 · " in texts(page)
    assert "Proposed on list US-03." in texts(page)
    assert "no. " not in texts(page)


def test_who_may_be_the_same_person_is_shown_and_followed(qtbot: QtBot, register: Register, small: ListId) -> None:
    one, two = person(register, "900-667-236"), person(register, "900-667-236", 1)
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=one))
    assert "list US-02, no. 4" in texts(page)
    next(link for link in page.one.alike.findChildren(LinkButton) if link.text() == "Look").click()
    settle(qtbot)
    assert page.where()["candidate_id"] == two
    assert "see file" not in texts(page)  # what was not understood is sealed


def test_whoever_is_accepted_stands_among_the_expected(qtbot: QtBot, register: Register, small: ListId) -> None:
    who = person(register, "900-441-000")
    accept(register, who)
    window = show(qtbot, register, "selection", SelectionPage)
    page = page_of(window)
    page.overview.tabs.turn_to("expected")
    settle(qtbot)
    assert page.overview.expected.model.ids == [who]
    assert complaints(window) == []
    page.overview.expected.followed.emit(who, "do")
    form = arrival_of(qtbot, window)
    assert form.form["candidate_id"].read() == who
    assert complaints(form) == []


def test_a_row_of_each_list_offers_what_the_buttons_of_the_page_do(
    qtbot: QtBot, register: Register, small: ListId
) -> None:
    who = person(register, "900-441-000")
    page = page_of(show(qtbot, register, "selection", SelectionPage, list_id=small))
    assert _offered(page.people.table, who)[:2] == ["Open", "Correct"]
    page.show_at({"candidate_id": who})
    settle(qtbot)
    buttons = [each.text() for each in page.one.findChildren(Button) if each.isVisible()]
    assert "Correct" in buttons
    assert "Register arrival" not in buttons
    accept(register, who)
    page.show_at({"candidate_id": who})
    settle(qtbot)
    assert {"Correct", "Register arrival"} <= {each.text() for each in page.one.findChildren(Button)}
    page.show_at({"list_id": small})
    settle(qtbot)
    assert _offered(page.people.table, who)[:3] == ["Open", "Correct", "Register arrival"]
    page.show_at({})
    settle(qtbot)
    assert _offered(page.overview.expected, who)[:3] == ["Open", "Register arrival", "Correct"]


def _offered(table: Table[Any], row_id: int) -> list[str]:
    """What the menu of a row offers."""
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(table.model.ids.index(row_id), 0))
    return [each.text() for each in table.row_menu().actions() if not each.isSeparator()]


@pytest.mark.parametrize("place", [CandidateId(999)])
def test_a_candidate_who_is_not_there_is_told_in_words(
    qtbot: QtBot, register: Register, programme: ProgrammeId, place: CandidateId
) -> None:
    show(qtbot, register, "selection", SelectionPage, candidate_id=place)
    assert any("not in the register" in each.text for each in prompts.asked)


def test_nothing_can_be_decided_once_the_person_is_here(
    qtbot: QtBot, register: Register, small: ListId, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(register, "900-441-000")
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        unit.about("candidate", who)
        unit.session.get_one(Candidate, who).state = CandidateState.ACCEPTED
    resident = builders.resident(register, candidate_id=who)
    builders.stay(register, resident, whole(register, who).programme_id, date(2026, 11, 1))
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=who))
    assert "Arrived on 1 Nov 2026 as K-0012" in texts(page)
    assert not page.one.decision.form.isVisible()
    assert not page.one.decision.back.isVisible()
    assert not page.one.decision.mend.isVisible(), "an earlier Konak kept no decision"
    assert not [each for each in page.findChildren(QDialog) if each.isVisible()]
    page.show_at({"list_id": small})
    settle(qtbot)
    assert _offered(page.people.table, who)[:3] == ["Open", "Open the resident", "Correct"]
    went: list[object] = []
    monkeypatch.setattr(page, "open", lambda area, **where: went.append((area, where)))  # the window has no such area
    row = page.people.table.row_menu().actions()
    next(each for each in row if each.text() == "Open the resident").trigger()
    settle(qtbot)
    assert went == [("residents", {"resident_id": resident})]


def test_what_was_written_is_corrected_with_a_reason_once_the_person_is_here(
    qtbot: QtBot, register: Register, small: ListId
) -> None:
    who = person(register, "900-441-000")
    accept(register, who)
    resident = builders.resident(register, candidate_id=who)
    builders.stay(register, resident, whole(register, who).programme_id, date(2026, 11, 1))
    page = page_of(show(qtbot, register, "selection", SelectionPage, candidate_id=who))

    def fill(**typed: object) -> None:
        asked = dialog(qtbot)
        assert isinstance(asked, FormDialog)
        assert complaints(asked) == []
        for name, value in typed.items():
            asked.form[name].put(value)
        asked.send()
        settle(qtbot)

    answer(qtbot, page, "state a criminal history", Answer.YES)
    fill(note="the file of the court")
    row = next(each for each in whole(register, who).criteria if "criminal history" in each.text)
    assert (row.answer, row.note) == (Answer.YES, "the file of the court")
    next(each for each in page.one.findChildren(Button) if each.text() == "Correct" and each.isVisible()).click()
    asked = dialog(qtbot)
    assert isinstance(asked, FormDialog)
    assert "family_name" not in asked.form.fields
    fill(destination="Prizren", reason="the letter")
    assert whole(register, who).particulars.destination == "Prizren"
    page.one.decision.mend.click()
    fill(decided_by="V. Gashi", why="she signed it")
    assert whole(register, who).decisions[0].decided_by == "V. Gashi"
    assert "Reason of the correction: she signed it" in texts(page)
    back = next(
        each for line in page.one.criteria.lines.values() for each in line.findChildren(LinkButton)
        if each.isVisible() and "criminal history" in each.accessibleName() and "Take back" in each.accessibleName()
    )  # fmt: skip
    back.click()
    fill(note="it was of another")
    assert not any(each.answered_by for each in whole(register, who).criteria if "criminal history" in each.text)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR])
def test_files_are_brought_in_by_whoever_may(qtbot: QtBot, register: Register, role: Role) -> None:
    builders.programme(register)
    register.person = replace(register.person, role=role, stands_in=False)
    window = show(qtbot, register, "selection", SelectionPage)
    shown = {button.text() for button in window.findChildren(Button) if button.isVisible()}
    assert ({"More", "Bring in a list"} & shown == set()) == (role is Role.CLERK)
