"""What a clerk's hands and eyes do with single controls: typing letters, reading rows, lists and names."""

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QListWidget, QTabBar, QWidget

from ui.kit.table_model import CELL
from ui.kit.table_view import TableView


def choices(combo: QComboBox) -> list[str]:
    """What a choice offers."""
    return [combo.itemText(at) for at in range(combo.count())]


def type_letters(control: QWidget, text: str) -> None:
    """Type letter by letter; QTest knows the keys of ASCII alone."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(control, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(control, key)


def said(control: QWidget) -> str:
    """What is read aloud of a control."""
    return control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")


def is_there(widget: QWidget) -> bool:
    """Whether a widget was not let go of yet."""
    return bool(shiboken6.isValid(widget))


def titles(tabs: QTabBar) -> list[str]:
    """What tabs say."""
    return [tabs.tabText(at) for at in range(tabs.count())]


def items(found: QListWidget) -> list[str]:
    """The texts of a list."""
    return [found.item(at).text() for at in range(found.count())]


def rows_of(view: TableView) -> Iterator[list[str]]:
    """The rows of a table, cell by cell, as they are shown."""
    return (row_of(view, row) for row in range(view.model().rowCount()))


def row_of(view: TableView, row: int) -> list[str]:
    """The cells of a row, as they are shown."""
    model = view.model()
    shown = (at for at in range(model.columnCount()) if not view.isColumnHidden(at))
    return [model.index(row, at).data(CELL).plain for at in shown]
