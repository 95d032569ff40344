"""A clerk at the real window: finds controls by the names that are read aloud, works them by keyboard and pointer.

Nothing here calls an action or a query: what a clerk cannot see or reach, a journey cannot use either.
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import Program
from models.clock import FixedClock
from tests.conftest import PATIENCE
from tests.journeys.hands import choices, is_there, items, row_of, rows_of, said, titles, type_letters
from ui import prompts, session, work
from ui.arrivals.steps import StepList
from ui.kit.field import Field
from ui.kit.notices import Toast
from ui.kit.search import SearchLine
from ui.kit.table_model import CELL
from ui.kit.table_view import TableView
from ui.navigation import Navigation
from ui.state_bar import StateBar

W = TypeVar("W", bound=QWidget)

PICTURES = Path(__file__).parents[2] / "build" / "journey"
SIZE = (1366, 768)


class Clerk:
    """Somebody in front of the program."""

    def __init__(self, qtbot: QtBot, program: Program, name: str) -> None:
        """Sit down.

        Args:
            qtbot: Of the test.
            program: The program, with its window open or before it.
            name: What the pictures of this journey are called.
        """
        self.qtbot, self.program = qtbot, program
        self._name, self._pictures = name, 0
        self.is_curious = False
        """Whether whatever is said is welcome, and faults of the program alone are not."""

    # -- what is in front -----------------------------------------------------------------------------------------

    @property
    def front(self) -> QWidget:
        """The dialog that is in front, else the window."""
        modal = QApplication.activeModalWidget()
        if isinstance(modal, QDialog) and modal.isVisible():
            return modal
        return self.window

    @property
    def window(self) -> QWidget:
        """The window of the register, or the one before it."""
        shown = self.program.window or self.program.before
        assert shown is not None, "no window is open"
        return shown

    def waits(self) -> None:
        """Wait until the register has answered all, and everything is painted."""
        quiet, pause, until = 0, 1, time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until:
            QApplication.processEvents()
            quiet, pause = (0, min(pause + 1, 20)) if work.is_busy() else (quiet + 1, 1)
            if quiet > 4:
                assert not self._unheard(), f"nobody expected: {self._unheard()}"
                return
            # The longer it lasts, the seldomer it looks; QTest.qWait would keep Python from every other thread.
            self.qtbot.wait(pause)
        raise AssertionError("the register does not answer")

    def waits_for(self, text: str) -> None:
        """Wait until a text stands in front, or at the foot of the window."""
        self._until(
            lambda: text in self.reads() or text in self.hears(), lambda: f"nowhere: {text!r}, but:\n{self.reads()}"
        )

    def reads(self, *, written: bool = True, rows: int | None = None) -> str:
        """All texts that are in front, one below the other.

        Args:
            written: Whether with what is written in the lines.
            rows: How many rows of a table at most; all where nothing is said.
        """
        labels = (each.text() for each in self._seen(QLabel) if each.text())
        buttons = (each.text() for each in self._seen(QAbstractButton) if each.text())
        lines = (each.text() for each in self._seen(QLineEdit) if each.echoMode() is QLineEdit.EchoMode.Normal)
        chosen = (each.currentText() for each in self._seen(QComboBox))
        areas = (text for each in self._seen(Navigation) for text in items(each))
        tabs = (title for each in self._seen(QTabBar) for title in titles(each))
        cells = (" | ".join(line) for each in self._seen(TableView) for line in islice(rows_of(each), rows))
        return "\n".join([*labels, *buttons, *areas, *tabs, *(lines if written else ()), *chosen, *cells])

    def hears(self) -> str:
        """The short words at the foot of the window."""
        return "\n".join(each.label.text() for each in self.window.findChildren(Toast) if each.isVisible())

    def sees_below(self, text: str) -> None:
        """Wait until a text stands in the status bar, which is read a little after all else."""
        bar = [each for each in self.window.findChildren(QLabel) if each.property("role") == "status"]
        self._until(lambda: any(text in each.text() for each in bar), lambda: f"not in the status bar: {text!r}")
        self.waits()

    def lets_pass(self, clock: FixedClock, passed: timedelta) -> None:
        """Let time pass, and see that the window has noticed."""
        window = self.window
        clock.instant += passed
        local = clock.now().astimezone(session.zone())
        self.sees_below(f"{local:%H:%M}")
        assert self.window is window, "the window was made anew"
        self.qtbot.wait(StateBar.LATER)
        self.waits()

    def picture(self, name: str) -> None:
        """Keep a picture of the window, and of the dialog in front of it, where pictures are wanted."""
        self._pictures += 1
        if not os.environ.get("KONAK_PICTURES"):
            return
        self.waits()
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self._name}-{self._pictures:03}-{name}"
        if self.front is not self.window:
            self.front.grab().save(f"{path}.png")
        else:
            self.window.grab().save(f"{path}.png")

    # -- pressing -------------------------------------------------------------------------------------------------

    def presses(self, name: str, *, waits: bool = True) -> None:
        """Press a button with the pointer, by what it says or by its accessible name."""
        self._click(self._button(name))
        if waits:
            self.waits()

    def can_press(self, name: str) -> bool:
        """Whether a button is there and can be pressed."""
        return any(each.isEnabled() for each in self._buttons(name))

    def goes_to(self, area: str) -> None:
        """Go to an area by the navigation."""
        (areas,) = self.window.findChildren(Navigation)
        found = areas.findItems(area, Qt.MatchFlag.MatchExactly)
        assert found, f"no area {area!r}"
        self._click(areas.viewport(), areas.visualItemRect(found[0]).center())
        self.waits()

    def takes_step(self, title: str) -> None:
        """Go to a step of the arrival that is in front."""
        (steps,) = self._seen(StepList)
        (entry,) = steps.findItems(title, Qt.MatchFlag.MatchExactly)
        self._click(steps.viewport(), steps.visualItemRect(entry).center())
        self.waits()

    def turns_to(self, tab: str) -> None:
        """Turn to a tab."""
        bar = next(each for each in self._seen(QTabBar) if tab in titles(each))
        self._click(bar, bar.tabRect(titles(bar).index(tab)).center())
        self.waits()

    def chooses_from(self, button: str, entry: str) -> None:
        """Open the menu of a button and take an entry, by keyboard."""
        self._click(self._button(button))
        menu = self._until(lambda: QApplication.activePopupWidget(), lambda: f"no menu of {button!r}")
        assert isinstance(menu, QMenu)
        action = next((each for each in menu.actions() if each.text() == entry), None)
        assert action is not None, f"no entry {entry!r}, but {[each.text() for each in menu.actions()]}"
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.waits()

    def key(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the keyboard is."""
        self._activate(self.front)
        # To the window of the system, as from the keyboard: it hears each key before its widgets do.
        QTest.keyClick(self.front.windowHandle(), key, with_)
        self.waits()

    # -- filling in -----------------------------------------------------------------------------------------------

    def writes(self, label: str, text: str) -> None:
        """Write a text in place of what stands in a line or a box, by keyboard."""
        control = self._control(label, QLineEdit, QPlainTextEdit)
        self._focus(control)
        QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(control, Qt.Key.Key_Delete)
        type_letters(control, text)
        self.waits()

    def picks(self, label: str, text: str, *, shows: str = "") -> None:
        """Type a part of what is wanted, wait for what is found, and take the first with Enter.

        Args:
            label: The name of the line.
            text: What is typed.
            shows: What must stand in the list.
        """
        line = self._control(label, SearchLine)
        self._focus(line)
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(line, Qt.Key.Key_Delete)
        type_letters(line, text)
        wanted = shows or text
        self._until(
            lambda: line.popup.isVisible() and wanted in next(iter(items(line.popup.list)), ""),
            lambda: f"not found: {wanted!r} by {line.text()!r}, but {items(line.popup.list)}",
        )
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.waits()

    def offers(self, label: str, text: str = "") -> list[str]:
        """What a line offers for a text; the list is closed again."""
        line = self._control(label, SearchLine)
        self._focus(line)
        if text:
            type_letters(line, text)
        else:
            QTest.keyClick(line, Qt.Key.Key_Down)
        self._until(lambda: line.popup.isVisible(), lambda: f"{label!r} offers nothing")
        self.waits()
        found = items(line.popup.list)
        QTest.keyClick(line, Qt.Key.Key_Escape)
        for _letter in text:
            QTest.keyClick(line, Qt.Key.Key_Backspace)
        line.close_popup()
        return found

    def chooses(self, label: str, words: str) -> None:
        """Open a choice and take one of it, by keyboard."""
        combo = self._control(label, QComboBox)
        self._focus(combo)
        at = combo.findText(words)
        assert at >= 0, f"{label!r} does not offer {words!r}, but {choices(combo)}"
        QTest.keyClick(combo, Qt.Key.Key_Space)
        view = combo.view()
        self._until(view.isVisible, lambda: f"{label!r} does not open")
        QTest.keyClick(view, Qt.Key.Key_Home)
        for _step in range(at):
            QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.waits()
        assert combo.currentText() == words or not is_there(combo)

    def chosen(self, label: str) -> str:
        """What is chosen."""
        return str(self._control(label, QComboBox).currentText())

    def written(self, label: str) -> str:
        """What stands in a line."""
        return str(self._control(label, QLineEdit).text())

    def ticks(self, label: str) -> None:
        """Tick a box, or take the tick away."""
        box = self._control(label, QCheckBox)
        self._focus(box)
        QTest.keyClick(box, Qt.Key.Key_Space)
        self.waits()

    def error_beside(self, label: str) -> str:
        """What stands beside a field as its error."""
        field = self._field(label)
        return field.error.text() if field.error.isVisible() else ""

    def answers(self, *given: object) -> None:
        """What will be answered to the next questions and file dialogs."""
        assert prompts.answers is not None
        prompts.answers.extend(given)

    def is_told(self, text: str) -> None:
        """Something is said in a dialog of its own, which is expected here."""
        self._until(lambda: self._unheard() or None, lambda: f"nothing is told, {text!r} neither")
        said = next((each for each in self._unheard() if text in f"{each.title}\n{each.text}"), None)
        assert said is not None, f"not told: {text!r}, but {self._unheard()}"
        prompts.asked.remove(said)

    def _unheard(self) -> list[prompts.Question]:
        return [each for each in prompts.asked if each.kind == "tell" and (each.details or not self.is_curious)]

    # -- tables ---------------------------------------------------------------------------------------------------

    def rows(self, table: str) -> list[list[str]]:
        """The rows of a table, cell by cell; rows that were not read yet are empty."""
        return list(rows_of(self._control(table, TableView)))

    def row_with(self, table: str, *texts: str) -> list[str]:
        """The one row that holds some texts."""
        return self.rows(table)[self._row(table, *texts)]

    def cell(self, table: str, column: str, *texts: str) -> str:
        """What stands under a title in the one row that holds some texts; which columns have room is no matter."""
        view, row = self._control(table, TableView), self._row(table, *texts)
        model = view.model()
        titles = [each.title for each in model.columns]
        assert column in titles, f"no column {column!r} in {table}, but {titles}"
        return str(model.index(row, titles.index(column)).data(CELL).plain)

    def opens(self, table: str, *texts: str) -> None:
        """Open the row that holds some texts, by keyboard."""
        view, row = self._control(table, TableView), self._row(table, *texts)
        plain = [at for at in range(view.model().columnCount()) if not view.isColumnHidden(at)]
        column = next(at for at in plain if not view.model().index(row, at).data(CELL).link)
        self._stand_on(view, view.model().index(row, column))
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.waits()

    def selects(self, table: str, *texts: str) -> None:
        """Press the row that holds some texts, with the pointer."""
        view, row = self._control(table, TableView), self._row(table, *texts)
        index = view.model().index(row, 0)
        view.scrollTo(index)
        self._press(view.viewport(), view.visualRect(index).center())
        self.waits()

    def follows(self, table: str, link: str, *texts: str) -> None:
        """Press a link in the row that holds some texts, with the pointer."""
        view, row = self._control(table, TableView), self._row(table, *texts)
        model = view.model()
        cells = (model.index(row, at) for at in range(model.columnCount()))
        index = next((each for each in cells if each.data(CELL).link and each.data(CELL).text == link), None)
        assert index is not None, f"no link {link!r} in {row_of(view, row)}"
        self._stand_on(view, index)
        room = view.visualRect(index)
        right = model.columns[index.column()].right
        at = QPoint(room.right() - 20 if right else room.left() + 20, room.center().y())
        self._press(view.viewport(), at)
        self.waits()

    def _stand_on(self, view: TableView, index: QModelIndex) -> None:
        self._focus(view)
        view.setCurrentIndex(index)
        view.scrollTo(index)
        self.waits()

    def _row(self, table: str, *texts: str) -> int:
        rows = self.rows(table)
        found = [at for at, row in enumerate(rows) if all(any(text in cell for cell in row) for text in texts)]
        assert found, f"no row with {texts} in {table}: {rows}"
        return found[0]

    # -- finding --------------------------------------------------------------------------------------------------

    def _seen(self, kind: type[W]) -> Iterator[W]:
        return (each for each in self.front.findChildren(kind) if is_there(each) and each.isVisible())

    def _buttons(self, name: str) -> list[QAbstractButton]:
        return [each for each in self._seen(QAbstractButton) if name in (each.text(), said(each))]

    def _button(self, name: str) -> QAbstractButton:
        found = self._buttons(name)
        assert found, f"no button {name!r} in front, but {[each.text() for each in self._seen(QAbstractButton)]}"
        able = [each for each in found if each.isEnabled()]
        assert able, f"{name!r} cannot be pressed"
        return able[-1]

    def _control(self, label: str, *kinds: type[Any]) -> Any:
        there = [each for kind in kinds for each in self._seen(kind)]
        exact = [each for each in there if said(each) == label]
        # A moment has two lines: "Left: date" and "Left: time, if known".
        parts = [each for each in there if said(each).startswith(f"{label}: ")]
        assert exact or parts, f"no {label!r} in front, but {[said(each) for each in there]}"
        return (exact or parts)[0]

    def _field(self, label: str) -> Field[Any]:
        found = [each for each in self._seen(Field) if each.title == label]
        assert found, f"no field {label!r} in front"
        return found[0]

    def _until(self, holds: Callable[[], Any], words: Callable[[], str]) -> Any:
        answer: list[Any] = []

        def there() -> bool:
            answer[:] = [holds()]
            return bool(answer[0])

        try:
            self.qtbot.waitUntil(there)
        except Exception as error:
            raise AssertionError(words()) from error
        return answer[0]

    # -- keyboard and pointer -------------------------------------------------------------------------------------

    def _activate(self, window: QWidget) -> None:
        def active() -> bool:
            window.activateWindow()
            QApplication.processEvents()
            return window.isActiveWindow()

        self.qtbot.waitUntil(active)

    def _focus(self, control: QWidget) -> None:
        self._activate(control.window())
        control.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.waitUntil(control.hasFocus)

    def _click(self, button: QWidget, at: QPoint | None = None) -> None:
        around = button.parentWidget()
        while around is not None and not around.isWindow():
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(button)
            around = around.parentWidget()
        self._press(button, at or button.rect().center())

    def _press(self, control: QWidget, at: QPoint) -> None:
        """Press a place of a control where it stands in the window: what lies above it is pressed in its stead."""
        window = control.window()
        self._activate(window)
        place = control.mapTo(window, at)
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
