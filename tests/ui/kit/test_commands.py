"""Commands: one declaration feeds button, menu and key; what is done can be undone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from models.actions import stays
from models.store.declaring import Declared
from tests.ui.conftest import activate, press
from tests.ui.kit.test_parts import show
from ui import permissions, prompts
from ui.context_menu import context_menu
from ui.kit.commands import Command, with_keys
from ui.kit.labels import Button, MenuButton
from ui.kit.layout import Card, column
from ui.kit.notices import Toast
from ui.kit.undoing import UndoCommand, offer


@pytest.fixture
def let() -> Iterator[Callable[[Callable[[Declared], bool]], None]]:
    yield permissions.let
    permissions.let(None)


def offered(menu: QMenu | None) -> list[str]:
    """The entries of a menu, from top to bottom; a rule is a dash."""
    return [] if menu is None else ["-" if each.isSeparator() else each.text() for each in menu.actions()]


def test_a_command_is_declared_once_for_button_menu_and_key(qtbot: QtBot) -> None:
    done: list[int] = []
    window = QWidget()
    command = Command("Register arrival", lambda: done.append(1), key="Ctrl+N", hint="Admit somebody", parent=window)
    window.addAction(command)
    button, menu = Button(command), MenuButton("More", [command])
    window.setLayout(column(button, menu))
    show(qtbot, window)
    activate(qtbot, window)
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    button.click()
    menu.menu().actions()[0].trigger()
    assert done == [1, 1, 1]
    assert button.text() == "Register arrival"
    assert button.toolTip() == "Admit somebody (Ctrl+N)"
    assert button.accessibleDescription() == "Admit somebody"
    assert [(each.key, each.text()) for each in with_keys(window)] == [("Ctrl+N", "Register arrival")]


def test_what_one_may_not_do_has_neither_button_nor_entry_nor_key(
    qtbot: QtBot, let: Callable[[Callable[[Declared], bool]], None]
) -> None:
    let(lambda _declared: False)
    done: list[int] = []
    window = QWidget()
    command = Command("Extend", lambda: done.append(1), key="Ctrl+E", needs=stays.extend, parent=window)
    window.addAction(command)
    card = Card("Stay")
    button, menu = Button(command), MenuButton("More", [command])
    card.append(button, menu)
    window.setLayout(column(card))
    show(qtbot, window)
    activate(qtbot, window)
    press(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    assert not button.isVisible()
    assert not menu.isVisible()
    assert offered(context_menu(card)) == []
    assert list(with_keys(window)) == []


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    done: list[int] = []
    button = Button("Save", lambda: done.append(1))
    show(qtbot, button)
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Enter)
    assert done == [1, 1]


def test_a_notice_goes_by_itself_but_not_while_its_button_has_the_keyboard(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Toast, "STAYS", 20)
    window, field = QWidget(), QLineEdit()
    window.setLayout(column(field))
    window.resize(600, 400)
    UndoCommand(window)
    show(qtbot, window)
    activate(qtbot, window)
    kept = offer(window, "Entered a bed", list)
    (undo,) = kept.findChildren(Button)
    undo.setFocus()
    qtbot.wait(100)
    assert kept.is_shown
    field.setFocus()
    QTest.mouseMove(window.windowHandle(), QPoint(300, 20))
    qtbot.waitUntil(lambda: not kept.is_shown)


def test_what_was_done_can_be_undone_by_its_name_after_the_notice_has_gone_too(qtbot: QtBot) -> None:
    undone: list[str] = []
    window = QWidget()
    undo = UndoCommand(window)
    show(qtbot, window)
    activate(qtbot, window)
    assert not undo.isEnabled()
    offer(window, "Moved Gul Ahmadzai to room 12", lambda: undone.append("move"))
    assert undo.text() == "Undo: Moved Gul Ahmadzai to room 12"
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["move"], "the notice stood there: what is meant is plain"
    assert not undo.isEnabled()

    notice = offer(window, "Entered a bed", lambda: undone.append("bed"))
    notice.dismiss()
    prompts.answers.extend([False, True])  # type: ignore[union-attr]
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["move"], "asked, since nobody sees any more what it would undo"
    assert prompts.asked[-1].title == "Undo: Entered a bed"
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["move", "bed"]
    assert not [each for each in window.findChildren(Toast) if each.isVisible()]
