"""What was sealed and is opened: gone with its dialog, from the clipboard too."""

import ast
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

import ui
from models.rules.field_types import FieldClass
from models.rules.fields import FIELDS_OF, PERSON
from ui.declared import asked
from ui.hiding import Away
from ui.kit.field import Field
from ui.kit.fields import LongTextField
from ui.kit.layout import column
from ui.sealed import Opened, OpenedDialog

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
    dialog = OpenedDialog(page, "Health", Opened(TEXT))
    dialog.open()
    return dialog


def copied(dialog: OpenedDialog, text: str) -> None:
    """Choose a part of the text and copy it by the keyboard."""
    cursor = dialog.said[0].textCursor()
    cursor.setPosition(TEXT.index(text))
    cursor.setPosition(TEXT.index(text) + len(text), QTextCursor.MoveMode.KeepAnchor)
    dialog.said[0].setTextCursor(cursor)
    QTest.keyClick(dialog.said[0], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


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


@pytest.mark.parametrize(
    "make",
    [
        *(
            partial(asked, field)
            for field in chain(PERSON, *FIELDS_OF.values())
            if field.disclosure is FieldClass.SEALED
        ),
        partial(LongTextField, "text", "Note", sealed=True),
        partial(LongTextField, "words", "Words", secret=True),
    ],
)
def test_what_was_copied_while_it_was_typed_is_cleared_when_the_dialog_closes(
    page: QWidget, clipboard: QClipboard, make: Callable[[], Field[str]]
) -> None:
    field = make()
    assert isinstance(field, LongTextField)
    dialog = QDialog(page)
    dialog.setLayout(column(field))
    dialog.open()
    QTest.keyClicks(field.edit, TEXT)
    field.edit.selectAll()
    QTest.keyClick(field.edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == TEXT
    dialog.reject()
    assert clipboard.text() == ""


def test_every_field_that_the_window_has_for_what_is_sealed_is_marked() -> None:
    """In words: a hint says that it is sealed when it is saved, or the field is of such a check."""
    said = {}
    for file in sorted(Path(ui.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "LongTextField":
                words = ast.unparse(call)
                if "ealed" in words.replace("sealed=", "") or "'note'), hint" in words:
                    said[f"{file.name}:{call.lineno}"] = any(each.arg == "sealed" for each in call.keywords)
    assert len(said) >= 4
    assert [where for where, is_marked in said.items() if not is_marked] == []
