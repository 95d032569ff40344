"""Commands: one declaration feeds button, menu, key and context menu; Alt gives letters; what is done can be undone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from models.actions import stays
from models.store.declaring import Declared
from tests.ui.conftest import activate, press
from tests.ui.kit.test_parts import show
from ui import permissions, prompts
from ui.accelerators import Accelerators, letters
from ui.context_menu import context_menu
from ui.departures.steps import Step, Steps
from ui.kit.choosing import Tabs
from ui.kit.commands import Command, with_keys
from ui.kit.labels import Button, LinkButton, MenuButton
from ui.kit.layout import Card, PageHeader, column, held
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


def test_the_context_menu_of_a_row_offers_its_own_deed_then_the_card_then_the_page(qtbot: QtBot) -> None:
    done: list[str] = []
    steps = Steps(
        [
            Step("open", "Consent", link="Enter check", follow=lambda: done.append("consent")),
            Step("open", "Papers", link="Enter paper", follow=lambda: done.append("papers")),
        ]
    )
    card = Card("Plan")
    card.append(steps, LinkButton("Cancel the plan", lambda: done.append("cancel")))
    page = held(column(PageHeader("Departures", "", [Button("Plan", lambda: done.append("plan"))]), card))
    page.setProperty("role", "page")
    window = QWidget()
    window.setLayout(column(page))
    show(qtbot, window)
    second = steps.findChildren(LinkButton)[1]
    menu = context_menu(second)
    assert offered(menu) == ["Enter paper", "-", "Cancel the plan", "-", "Plan"]
    assert menu is not None
    menu.actions()[0].trigger()
    assert done == ["papers"]
    assert offered(context_menu(card.title)) == ["Cancel the plan", "-", "Plan"]


def test_a_menu_in_a_card_stands_in_its_context_menu_as_a_whole(qtbot: QtBot) -> None:
    card = Card("Papers")
    stopped = Button("Save")
    stopped.setEnabled(False)
    card.append(MenuButton("Print", [Command("Card", list), Command("Sheet", list)]), stopped)
    show(qtbot, window := held(column(card)))
    assert window.isVisible()
    menu = context_menu(card.title)
    assert offered(menu) == ["Print", "Save"]
    assert menu is not None
    inner = menu.actions()[0].menu()
    assert isinstance(inner, QMenu)
    assert offered(inner) == ["Card", "Sheet"]
    assert not menu.actions()[1].isEnabled()


def test_letters_are_given_once_the_first_of_words_before_others() -> None:
    assert letters(["Save", "Send", "Show all", "ss", "s"]) == [0, 1, 5, None, None]
    assert letters(["Šalji", "Sačuvaj", "—"]) == [0, 0, None]


def test_alt_underlines_a_letter_of_each_button_and_takes_it_back(qtbot: QtBot, qapp: QApplication) -> None:
    done: list[str] = []
    watch = Accelerators(qapp)
    window = QWidget()
    save, send = Button("Save", lambda: done.append("save")), Button("Send", lambda: done.append("send"))
    tabs = Tabs("Parts")
    tabs.add("stay", "Stay", QWidget)
    tabs.add("seen", "Seen", QWidget)
    tabs.turn_to("stay")
    window.setLayout(column(save, send, tabs))
    show(qtbot, window)
    activate(qtbot, window)
    try:
        save.setFocus()
        QTest.keyPress(save, Qt.Key.Key_Alt)
        assert (save.text(), send.text()) == ("&Save", "S&end")
        assert [tabs.bar.tabText(at) for at in range(2)] == ["S&tay", "See&n"]
        press(save, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: tabs.key == "seen")
        press(save, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: done == ["send"])
        QTest.keyRelease(save, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        assert (save.text(), send.text()) == ("Save", "Send")
        assert [tabs.bar.tabText(at) for at in range(2)] == ["Stay", "Seen"]
    finally:
        qapp.removeEventFilter(watch)
        watch.deleteLater()


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    done: list[int] = []
    button = Button("Save", lambda: done.append(1))
    show(qtbot, button)
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Enter)
    assert done == [1, 1]


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
