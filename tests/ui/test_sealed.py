"""What was sealed and is opened: gone with its dialog, from the clipboard too."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.hiding import Away
from ui.sealed import OpenedDialog

TEXT = "Needs insulin twice a day"


@pytest.fixture
def clipboard() -> Iterator[QClipboard]:
    """The clipboard, empty before and after."""
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def opened(page: QWidget) -> OpenedDialog:
    dialog = OpenedDialog(page, "Health", TEXT)
    dialog.open()
    return dialog


def copied(dialog: OpenedDialog, text: str) -> None:
    """Choose a part of the text and copy it by the keyboard."""
    cursor = dialog.said.textCursor()
    cursor.setPosition(TEXT.index(text))
    cursor.setPosition(TEXT.index(text) + len(text), QTextCursor.MoveMode.KeepAnchor)
    dialog.said.setTextCursor(cursor)
    QTest.keyClick(dialog.said, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("text", ["insulin", TEXT])
def test_what_was_copied_of_it_is_cleared_when_its_dialog_closes(
    opened: OpenedDialog, clipboard: QClipboard, text: str
) -> None:
    copied(opened, text)
    assert clipboard.text() == text
    opened.accept()
    assert clipboard.text() == ""


def test_what_was_copied_elsewhere_since_stays(opened: OpenedDialog, clipboard: QClipboard) -> None:
    copied(opened, "insulin")
    clipboard.setText("US-2025")
    opened.reject()
    assert clipboard.text() == "US-2025"


def test_a_window_that_is_locked_closes_it_and_clears_the_clipboard(
    page: QWidget, opened: OpenedDialog, clipboard: QClipboard
) -> None:
    copied(opened, "insulin")
    away = Away(page)
    assert clipboard.text() == ""
    assert not away.has_forms
    assert not away.lost_words
