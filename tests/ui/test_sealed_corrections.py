"""What was sealed by mistake is put right where it is opened, by whoever reads it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.actions import complaints, safeguards, selection
from models.actions.complaints import COMPLAINTS
from models.ids import SealedNoteId
from models.queries import candidates, resident_page
from models.queries import safeguards as record_rows
from models.rules.vocabulary import Role, SealedKind
from tests import builders
from tests.actions import leavers
from tests.actions.test_mended import House, furnished, house
from tests.ui.departures.windows import settle
from tests.ui.test_undo import _fill, _form
from ui import work
from ui.hiding import Away
from ui.kit.labels import LinkButton
from ui.kit.undoing import UndoCommand
from ui.residents.sealed import SealedNotes
from ui.safeguards import dialogs
from ui.sealed import OpenedDialog
from ui.selection.facts import FactsCard

__all__ = ["furnished", "house"]


@pytest.fixture
def page(qtbot: QtBot, house: House) -> Iterator[QWidget]:
    """A page with the register behind it, for somebody who reads what is sealed."""
    leavers.at_desk(house.register, Role.HEALTH_LEGAL)
    house.do(safeguards.enter_note, resident_id=house.whose, kind=SealedKind.OTHER, text="limps")
    house.do(selection.add_remark, candidate_id=house.who, text="has a dog")
    house.do(selection.add_remark, candidate_id=house.who, text="has a cat")
    work.start(house.register)
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    shown.show()
    with builders.reading(house.register):
        yield shown


def _opened() -> OpenedDialog:
    (dialog,) = (each for each in QApplication.allWidgets() if isinstance(each, OpenedDialog) and each.isVisible())
    return dialog


def _press(qtbot: QtBot, text: str, place: int = 0) -> None:
    links = [link for link in _opened().findChildren(LinkButton) if link.text() == text and not link.isHidden()]
    links[place].click()
    settle(qtbot)


def _send(qtbot: QtBot, house: House, **typed: Any) -> None:
    (form,) = _form()
    _fill(form, typed, house)
    form.send()
    settle(qtbot)
    assert not list(_form())


def _kinds(notes: SealedNotes) -> list[str]:
    table = notes.table.model
    return [table.index(row, 0).data() for row in range(table.rowCount())]


def _shown(qtbot: QtBot, page: QWidget, house: House, resident: Any) -> SealedNotes:
    notes = SealedNotes(page, lambda _which: None)
    with house.register.read() as snapshot:
        found = resident_page.page(snapshot, resident_id=resident)
    assert found is not None
    notes.show_resident(found, None)
    settle(qtbot)
    return notes


def test_a_note_is_given_to_another_where_it_is_opened_and_let_hold_again(
    qtbot: QtBot, page: QWidget, house: House
) -> None:
    notes = _shown(qtbot, page, house, house.whose)
    assert _kinds(notes) == ["Other sealed note"]
    notes.look(SealedNoteId(notes.table.model.ids[0]))
    settle(qtbot)
    assert [said.toPlainText() for said in _opened().said] == ["limps"]
    _press(qtbot, "Correct")
    _send(qtbot, house, resident_id="other", kind=SealedKind.HEALTH, reason="of another")
    assert _kinds(_shown(qtbot, page, house, house.other)) == ["Health"]
    notes = _shown(qtbot, page, house, house.whose)
    assert _kinds(notes) == ["Other sealed note, set aside"]
    notes.look(SealedNoteId(notes.table.model.ids[0]))
    settle(qtbot)
    assert _opened().said[0].toPlainText().startswith("Corrected: another holds instead (K-2). The mistake: of another")
    _press(qtbot, "Let it hold again")
    _send(qtbot, house, reason="not so")
    assert _kinds(_shown(qtbot, page, house, house.whose)) == ["Other sealed note"]
    assert _kinds(_shown(qtbot, page, house, house.other)) == ["Health, set aside"]


def test_of_several_remarks_of_a_list_one_is_taken_back(qtbot: QtBot, page: QWidget, house: House) -> None:
    card = FactsCard()
    card.setParent(page)
    with house.register.read() as snapshot:
        card.show_candidate(candidates.whole(snapshot, candidate_id=house.who))
    card.look.click()
    settle(qtbot)
    said = [each.toPlainText() for each in _opened().said]
    assert said[-2:] == ["has a dog", "has a cat"]
    _press(qtbot, "Take back", len(said) - 1)
    _send(qtbot, house, reason="of another")
    card.look.click()
    settle(qtbot)
    assert [each.toPlainText() for each in _opened().said][-2:] == [
        "has a dog",
        "Taken back. The mistake: of another\n\nhas a cat",
    ]
    assert len([link for link in _opened().findChildren(LinkButton) if link.text() == "Let it hold again"]) == 1


def test_what_was_opened_to_be_put_right_is_gone_once_the_window_was_locked(
    qtbot: QtBot, page: QWidget, house: House
) -> None:
    notes = _shown(qtbot, page, house, house.whose)
    notes.look(SealedNoteId(notes.table.model.ids[0]))
    settle(qtbot)
    _press(qtbot, "Correct")
    (form,) = _form()
    form.form["text"].put("limps badly")
    form.form["reason"].put("half said")
    away = Away(page)
    text = form.form["text"]
    assert (text.raw(), text.is_secret) == ("", True)  # what is secret is in no draft either
    assert form.form["reason"].raw() == "half said"
    away.come_back()
    for field in form.form.fields.values():
        field.settle()
    form.close()


@pytest.mark.parametrize(("kind", "is_offered"), [(SealedKind.UNSORTED, True), (SealedKind.HEALTH, False)])
def test_who_does_not_read_what_a_note_becomes_is_offered_no_undoing_of_it(
    qtbot: QtBot, page: QWidget, house: House, kind: SealedKind, *, is_offered: bool
) -> None:
    leavers.at_desk(house.register, Role.SUPERVISOR)
    house.do(safeguards.add_remark, resident_id=house.whose, text="limps")
    notes = _shown(qtbot, page, house, house.whose)
    assert _kinds(notes) == ["Not sorted yet"]
    notes.look(SealedNoteId(notes.table.model.ids[0]))
    settle(qtbot)
    _press(qtbot, "Correct")
    _send(qtbot, house, kind=kind, reason="it is that")
    command = page.findChild(UndoCommand)
    assert (command is not None and command.isEnabled()) is is_offered
    assert _kinds(_shown(qtbot, page, house, house.whose)) == (
        ["Not sorted yet", "Not sorted yet, set aside"] if is_offered else []
    )


def test_an_answer_to_another_complaint_is_taken_back_in_its_row_and_answered_anew_there(
    qtbot: QtBot, page: QWidget, house: House
) -> None:
    day = date(2026, 11, 5)
    entry = house.do(COMPLAINTS.enter, resident_id=house.whose, received_on=day, said="no water")
    house.do(complaints.answer, entry_id=entry, answered_on=day, answer="of another")

    def offered() -> tuple[str, Callable[[], object]]:
        with house.register.read() as snapshot:
            (row,) = record_rows.record(snapshot, resident_id=house.whose).entries
        ((words, form, _needs),) = dialogs.COMPLAINTS.deeds(page, row)
        return words, form

    words, form = offered()
    assert words == "Take the answer back"
    form()
    _send(qtbot, house, reason="of another")
    words, form = offered()
    assert words == "Answer"
    form()
    _send(qtbot, house, answer="repaired")
    assert offered()[0] == "Take the answer back"
