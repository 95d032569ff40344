"""A visitor who looks at everything: goes to each place, presses each button, and writes down what is wrong.

Forms are looked at, sent where they cannot be sent, and closed; menus are opened entry by entry; links are followed.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QPushButton, QWidget

from tests.covering import is_whole
from tests.journeys.clerk import Clerk
from tests.journeys.hands import titles
from tests.journeys.leftovers import untranslated
from tests.ui.audit import complaints, unannounced
from tests.ui.wheel import turned
from ui import prompts
from ui.administration.recovery import SheetDialog
from ui.context_menu import context_menu
from ui.kit.choosing import TabBar, Tabs
from ui.kit.form import FormDialog
from ui.kit.table import Table
from ui.kit.table_model import CELL
from ui.kit.table_view import TableView
from ui.shell import MainWindow

_NOT_PRESSED = ("nav",)
ROWS = 60
"""So many rows of a table are read: all are made by one hand."""
_MOST_ENTRIES = 12
"""So many entries of a menu are tried."""
_ALIKE = 3
"""Each so manieth of the buttons of an area that are called alike up to a colon is pressed: the first, the fourth."""
_LONG = 1000
"""A list of more rows, which take seconds to be printed, is not let out: all lists leave by one hand."""


class Backing(deque[object]):
    """Answers each question so that nothing more comes of it: no file is chosen, and what was typed is thrown away."""

    def __bool__(self) -> bool:
        """There is always an answer."""
        return True

    def popleft(self) -> object:
        return True if _dialog() is not None else None


class Visitor:
    """Looks at everything, in one language and one scheme."""

    def __init__(
        self, clerk: Clerk, window: MainWindow, language: str, heard: list[str], *, may_write: bool = True
    ) -> None:
        """Begin with nothing written down; where nothing may be written, only a form that is offered is wrong."""
        self.may_write = may_write
        self.clerk, self.window, self.language, self._heard = clerk, window, language, heard
        clerk.is_curious = True
        self.wrong: dict[str, str] = {}
        """What is wrong, and where it was seen first."""
        self.seen = 0
        self._pressed: set[tuple[str, str]] = set()
        self._wheeled: dict[tuple[str, str], set[str]] = {}
        self._place: tuple[str, Mapping[str, Any], str] = ("", {}, "")
        prompts.answers = Backing()

    def visits(self, area: str, **where: object) -> None:
        """Look at a place and at each of its tabs, and press what can be pressed."""
        self._goes(area, where, "")
        self._looks(area)
        self._presses_all()
        for tabs in list(_visible(self._page, Tabs)):
            for key in titles(tabs.bar):
                self._place = (area, where, key)
                self.clerk.turns_to(key)
                self._looks(f"{area}, {key}")
                self._presses_all()

    # -- going and looking ----------------------------------------------------------------------------------------

    @property
    def _page(self) -> QWidget:
        return self.window.page(self._place[0])

    def _goes(self, area: str, where: Mapping[str, Any], tab: str) -> None:
        self._place = (area, where, tab)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()  # a calendar: while it is open, the wheel is its own
        self.window.open(area, **where)
        self.clerk.waits()
        if tab:
            self.clerk.turns_to(tab)

    def _looks(self, name: str) -> None:
        front = self.clerk.front
        self.seen += 1
        if not self.may_write:
            return
        self.clerk.picture(name.replace(" ", "-").replace("/", "-").replace(",", "")[:60])
        # The wheel knows no language: it is turned in one, over each field of an area or a dialog once.
        tried = self._wheeled.setdefault((self._place[0], front.windowTitle()), set())
        for each in complaints(front) + (turned(front, tried) if self.language == "sq" else []):
            self.wrong.setdefault(each, name)
        if front is self.window:
            for button in (each for each in _visible(self._page, QPushButton) if not each.isCheckable()):
                offered = context_menu(button)
                if offered is None:
                    self.wrong.setdefault(f"no menu by the right button: {_name(button)}", name)
                else:
                    offered.deleteLater()
        if self.language != "en":
            # The words of a recovery sheet are English in every language, and some of them are texts here too.
            words = front.words.split() if isinstance(front, SheetDialog) else ()
            left = untranslated(self.clerk.reads(written=False, rows=ROWS), self.language)
            for each in (each for each in left if each not in words):
                self.wrong.setdefault(f"left in English: {each!r}", name)

    # -- pressing -------------------------------------------------------------------------------------------------

    def _presses_all(self) -> None:
        """Press each button, and follow one link of each kind, that was not tried in this area yet."""
        while (button := self._fresh_button()) is not None:
            name = button.accessibleName() or button.text()
            self._pressed.add((self._place[0], name))
            if not (self._is_one_of_many(name) or self._is_of_a_long_list(name)):
                self._press(button)
                self._comes_back(name)
        while (link := self._fresh_link()) is not None:
            view, at, name = link
            self._pressed.add((self._place[0], name))
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
            self.clerk.waits()
            self._comes_back(name)

    def _is_one_of_many(self, name: str) -> bool:
        if self._place[0] == "programmes":  # there each opens a form of its own
            return False
        head, colon, _rest = name.partition(": ")
        alike = [each for area, each in self._pressed if area == self._place[0] and each.startswith(head + colon)]
        return not is_whole("KONAK_PAGES") and bool(colon) and len(alike) % _ALIKE != 1

    def _is_of_a_long_list(self, name: str) -> bool:
        lists = [each for each in _visible(self._page, Table) if name.endswith(f": {each.name}")]
        return not is_whole("KONAK_PAGES") and any(each.model.rowCount() > _LONG for each in lists)

    def _fresh_button(self) -> QAbstractButton | None:
        each: QAbstractButton
        for each in _visible(self._page, QAbstractButton):
            name = each.accessibleName() or each.text()
            is_new = (self._place[0], name) not in self._pressed
            if each.isEnabled() and not each.isCheckable() and each.property("kind") not in _NOT_PRESSED and is_new:
                return each
        return None

    def _fresh_link(self) -> tuple[TableView, QPoint, str] | None:
        for view in _visible(self._page, TableView):
            model = view.model()
            for column in range(model.columnCount()) if model.rowCount() else ():
                index = model.index(0, column)
                cell, room = index.data(CELL), view.visualRect(index)
                title = str(model.headerData(column, Qt.Orientation.Horizontal))
                name = f"{view.accessibleName()}: {title}"
                if cell.link and (self._place[0], name) not in self._pressed and not view.isColumnHidden(column):
                    right = model.columns[column].right
                    return view, QPoint(room.right() - 16 if right else room.left() + 16, room.center().y()), name
        return None

    def _press(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clerk.waits()

    def _comes_back(self, name: str) -> None:
        """Look at what a press has opened, close it, and go back to where it was pressed."""
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            self._tries(menu, name)
        self._closes(name)
        self._returns()

    def _returns(self) -> None:
        """Go back to the place, if a press has led elsewhere."""
        area, where, tab = self._place
        bars = _visible(self._page, TabBar) if tab else ()
        turned = all(each.tabText(each.currentIndex()) == tab for each in bars if tab in titles(each))
        if self.window.here != (area, where) or not turned:
            self._goes(area, where, tab)

    def _tries(self, menu: QMenu, name: str) -> None:
        """Take each entry of a menu in turn."""
        entries = [each for each in menu.actions() if each.isEnabled() and not each.isCheckable() and each.text()]
        texts = [each.text() for each in entries][:_MOST_ENTRIES]
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        self.clerk.waits()
        for text in texts:
            again = next((each for each in _visible(self._page, QAbstractButton) if _name(each) == name), None)
            if again is None:
                return
            self._press(again)
            opened = QApplication.activePopupWidget()
            if not isinstance(opened, QMenu):
                return
            action = next((each for each in opened.actions() if each.text() == text), None)
            if action is None:
                QTest.keyClick(opened, Qt.Key.Key_Escape)
                continue
            opened.setActiveAction(action)
            QTest.keyClick(opened, Qt.Key.Key_Return)
            self.clerk.waits()
            self._closes(f"{name}, {text}")
            self._returns()

    def _closes(self, name: str) -> None:
        """Look at the dialogs that are open, and close them."""
        for _turn in range(4):
            dialog = _dialog()
            if dialog is None:
                return
            self._looks(f"{self._place[0]}: {name}")
            if isinstance(dialog, FormDialog) and not self.may_write and dialog.submit.isVisible():
                self.wrong[f"is offered, and refused at the end: {name}"] = self._place[0]
            elif (
                self.may_write and isinstance(dialog, FormDialog) and any(field.problem() for field in _fields(dialog))
            ):
                self._heard.clear()
                dialog.submit.click()
                self.clerk.waits()
                for each in unannounced(dialog, self._heard):
                    self.wrong.setdefault(each, f"{self._place[0]}: {name}")
                self._looks(f"{self._place[0]}: {name}, sent too soon")
            dialog.reject()
            self.clerk.waits()
        self.wrong[f"does not close: {name}"] = self._place[0]


def _fields(dialog: FormDialog) -> list[Any]:
    return [field for field in dialog.form.fields.values() if not field.isHidden()]


def _dialog() -> QDialog | None:
    modal = QApplication.activeModalWidget()
    return modal if isinstance(modal, QDialog) and modal.isVisible() else None


def _name(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text()


def _visible(top: QWidget, kind: type[Any]) -> Iterator[Any]:
    return (each for each in top.findChildren(kind) if each.isVisible())
