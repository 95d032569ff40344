"""Letters for Alt."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import activate, press
from tests.ui.kit.test_parts import show
from ui.accelerators import Accelerators, letters
from ui.kit.choosing import Tabs
from ui.kit.labels import Button
from ui.kit.layout import column


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
        handle = window.windowHandle()
        assert handle is not None
        QTest.keyPress(handle, Qt.Key.Key_Alt)
        assert (save.text(), send.text()) == ("&Save", "S&end")
        assert [tabs.bar.tabText(at) for at in range(2)] == ["S&tay", "See&n"]
        press(save, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: tabs.key == "seen")
        press(save, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: done == ["send"])
        QTest.keyRelease(handle, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        assert (save.text(), send.text()) == ("Save", "Send")
        assert [tabs.bar.tabText(at) for at in range(2)] == ["Stay", "Seen"]
        QTest.keyPress(handle, Qt.Key.Key_Alt)
        assert save.text() == "&Save"
        other = QWidget()
        show(qtbot, other)
        activate(qtbot, other)
        assert save.text() == "Save", "the window was left while Alt was held"
    finally:
        watch.deleteLater()
