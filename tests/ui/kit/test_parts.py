"""The smaller parts: questions, notices, menus, words."""

from collections import deque
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.text import counted, message
from tests.ui.audit import complaints
from tests.ui.conftest import activate, press
from tests.ui.kit.fakes import FakeRegister, as_register
from tests.ui.kit.gallery import TODAY
from tests.ui.wheel import turn
from ui import prompts, session, work
from ui.faults import report
from ui.kit.choosing import Choices, Tabs
from ui.kit.commands import Command
from ui.kit.labels import Chip, MenuButton, Text
from ui.kit.layout import Card, Empty, KeyValues, Tile, clear, column, held
from ui.kit.notices import Callout, Toast, toast
from ui.kit.tokens import Tone
from ui.kit.undoing import offer
from ui.language import _, isolated, plural, say, set_language, tr


def show(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_question_without_an_answer_fails_the_test_that_did_not_expect_it() -> None:
    prompts.answers = deque()
    with pytest.raises(AssertionError, match="Cancel the plan"):
        prompts.confirm(None, "Cancel the plan?", yes="Cancel it")


def test_questions_are_answered_in_their_order(tmp_path: Path) -> None:
    prompts.answers = deque([True, tmp_path / "a.pdf", None, 1])
    assert prompts.confirm(None, "Really?", yes="Do it")
    assert prompts.ask_save_path(None, "Save", "report.pdf", "PDF (*.pdf)") == tmp_path / "a.pdf"
    assert prompts.ask_open_path(None, "Open", "CSV (*.csv)") is None
    assert prompts.choose(None, "Which?", "", ["a", "b"]) == 1


def test_a_person_answers_with_the_keyboard_and_the_safe_button_has_it(qtbot: QtBot) -> None:
    dialog = prompts.Ask(None, "Cancel the plan?", "It can be made anew.", [("Cancel it", "danger"), ("Go back", "")])
    show(qtbot, dialog)
    assert complaints(dialog) == []
    press(dialog, Qt.Key.Key_Return)
    assert dialog.chosen == 1


def test_a_toast_undoes_once_and_a_new_one_replaces_it(qtbot: QtBot) -> None:
    window = show(qtbot, QWidget())
    window.resize(600, 400)
    undone: list[int] = []
    back = offer(window, "Moved.", lambda: undone.append(1)).findChild(QPushButton)
    assert isinstance(back, QPushButton)
    back.click()
    back.click()
    assert undone == [1]
    offer(window, "Moved.", lambda: undone.append(2))
    toast(window, "Saved.")
    QApplication.processEvents()
    assert [each.label.text() for each in window.findChildren(Toast) if each.isVisible()] == ["Saved."]


def test_a_framed_sentence_is_not_seen_without_words_and_is_read_aloud_as_often_as_it_changes(
    qtbot: QtBot, heard: list[str]
) -> None:
    notice = Callout()
    window = show(qtbot, held(column(Text("Above"), notice)))
    assert not notice.isVisible()
    notice.say("No place is left.")
    notice.say("The window is over.")
    notice.say("The window is over.")
    assert notice.isVisible()
    assert heard == ["No place is left.", "The window is over."]
    notice.say("")
    assert not notice.isVisible()
    assert heard[2:] == []
    notice.label.setText("")
    notice.show()
    assert [each for each in complaints(window) if each.startswith("says nothing")]


def test_the_report_of_a_fault_holds_lines_but_no_words() -> None:
    try:
        raise ValueError("Ahmadzai")
    except ValueError as error:
        text = report(error)
    assert "ValueError" in text
    assert "test_parts.py" in text
    assert "Ahmadzai" not in text


def test_tabs_make_their_pages_late_and_turn_with_the_arrows(qtbot: QtBot) -> None:
    made: list[str] = []

    def maker(key: str) -> QWidget:
        made.append(key)
        return QLabel(key)

    tabs = Tabs("Parts of the file")
    for key in ("stay", "room", "history"):
        tabs.add(key, key.title(), partial(maker, key))
    show(qtbot, tabs)
    assert (tabs.key, made) == ("stay", [])
    tabs.turn_to("stay")
    assert made == ["stay"]
    press(tabs.bar, Qt.Key.Key_Right)
    assert (tabs.key, made) == ("room", ["stay", "room"])
    turn(tabs.bar)
    assert (tabs.key, tabs.bar.currentIndex()) == ("room", 1), "the wheel scrolls the page, and turns no tab"
    press(tabs.bar, Qt.Key.Key_Home)
    assert (tabs.key, made) == ("stay", ["stay", "room"])
    tabs.forget()
    tabs.turn_to("room")
    assert made == ["stay", "room", "room"]


def test_what_is_cleared_goes_with_all_that_is_in_it(qtbot: QtBot) -> None:
    card = Card("Title", "note")
    inner = column(Text("a"), Text("b"))
    card.body.addLayout(inner)
    values = KeyValues()
    values.add("Name", "value", chip=Chip("new", Tone.BLUE))
    card.body.addWidget(values)
    show(qtbot, card)
    clear(card.body)
    assert card.body.count() == 0


def test_a_tile_changes_its_figure_and_an_empty_place_says_what_to_do(qtbot: QtBot) -> None:
    tile = Tile("3", "Past a limit")
    tile.show_figure("4", "shown in the report", Tone.RED)
    show(qtbot, tile)
    assert (tile.number.text(), tile.remark.text()) == ("4", "shown in the report")
    empty = Empty("No rooms yet", "Add the first one.")
    show(qtbot, empty)
    assert complaints(empty) == []


def test_a_menu_button_names_itself_and_opens_by_keyboard(qtbot: QtBot) -> None:
    done: list[str] = []
    button = MenuButton("Print", [Command("Card", lambda: done.append("card"))])
    show(qtbot, button)
    assert button.accessibleName() == "Print, menu"
    button.menu().actions()[0].trigger()
    assert done == ["card"]


def test_words_follow_the_language_of_the_screen() -> None:
    assert _("Room {room}", room=isolated("۱۲")) == "Room \u2068۱۲\u2069"
    assert plural("{n} night", "{n} nights", 1046) == "1,046 nights"
    assert say(counted("{n} night", "{n} nights", 1)) == "1 night"
    assert say(message("on {day}", day=date(2026, 12, 5))) == "on 5 Dec 2026"
    set_language("sq")
    assert tr().language == "sq"
    set_language("xx")
    assert tr().language == "en"


def test_today_is_the_date_at_the_facility() -> None:
    assert session.today() == TODAY


def test_the_audit_finds_a_control_without_a_name_and_a_text_that_is_cut_off(qtbot: QtBot) -> None:
    window = QWidget()
    window.setLayout(column(QLineEdit(), gap=4))
    label = QLabel("a text that is much longer than its place", window)
    label.setGeometry(0, 0, 40, 20)
    show(qtbot, window)
    found = complaints(window)
    assert any("no accessible name" in line for line in found)
    assert any("cut off" in line for line in found)


def test_without_a_register_an_action_is_a_fault_and_a_late_query_is_dropped() -> None:
    work.stop()
    answers: list[int] = []
    owner = QApplication.instance()
    assert owner is not None
    work.run_query(owner, lambda _reading: 1, answers.append)
    with pytest.raises(RuntimeError, match="no register"):
        work.run_action(owner, lambda _unit: None)
    assert work.start(as_register(FakeRegister())).busy is False
    assert answers == []


def test_the_keyboard_stays_near_a_part_that_is_made_anew(qtbot: QtBot) -> None:
    window, held = QWidget(), QWidget()
    first, pressed = QLineEdit(window), QLineEdit()
    held.setLayout(column(pressed))
    window.setLayout(column(first, held))
    show(qtbot, window)
    activate(qtbot, window)
    pressed.setFocus()
    layout = held.layout()
    assert layout is not None
    clear(layout)
    assert QApplication.focusWidget() is held


def test_the_only_choice_stays_chosen_when_it_is_pressed(qtbot: QtBot) -> None:
    only = Choices("Papers", {"fire": "Fire list"})
    qtbot.addWidget(only)
    only.buttons["fire"].click()
    assert only.value == "fire"
