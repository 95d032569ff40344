"""What every page is: it reads when it is looked at, and again when something that it shows has changed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.changes import EVERYTHING, Changes
from ui import work
from ui.kit.layout import column, held
from ui.kit.table import Table
from ui.kit.tokens import GAP, MARGIN
from ui.scrolled import Scrolled

Place = Mapping[str, Any]
"""Where to go in a page, by names that the page knows: `{"resident": 12}`."""


class Panel(QWidget):
    """What reads when it is looked at, and again when something that it shows has changed. Read in `refresh`."""

    kinds: ClassVar[Changes] = EVERYTHING
    """The kinds of things that it shows: it reads again when one of them has changed."""

    def __init__(self) -> None:
        """Begin without having read."""
        super().__init__()
        self.stale = True
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._read)
        work.worker().changed.connect(self._heard)

    def refresh(self) -> None:
        """Read what is shown: by `run_query`, never here and now."""

    def showEvent(self, event: QShowEvent) -> None:
        """Read, if something has changed since it was last looked at: at once, so that the painting hides it."""
        super().showEvent(event)
        if self.stale:
            self._read()

    def _heard(self, changes: Changes) -> None:
        if changes & self.kinds:
            self._read_soon()

    def _read_soon(self) -> None:
        self.stale = True
        if self.isVisible():
            self._soon.start(0)

    def _read(self) -> None:
        self._soon.stop()
        self.stale = False
        self.refresh()


class Page(Panel):
    """A page of the window. Fill `body` in `__init__`, and read in `refresh`."""

    wanted = Signal(str, dict)
    """Another page is wanted: the key of its area and where to go in it."""

    def __init__(self) -> None:
        """Begin empty. What there is no room for scrolls; a table that fills the page scrolls by itself before."""
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._where: Place = {}
        self.body: QVBoxLayout = column(gap=GAP, margins=MARGIN)
        self.setLayout(column(Scrolled(held(self.body))))

    def show_at(self, where: Place) -> None:
        """Go to a place in the page, such as a resident. Override, take what you know, and call this."""
        self._where = where
        self._read_soon()

    def where(self) -> Place:
        """The place in the page, for the way back."""
        return self._where

    def find_in_list(self) -> bool:
        """Give the keyboard to the box that narrows what is shown; whether there is one."""
        boxes = (box for box in self.findChildren(QLineEdit) if box.property("finds") and box.isVisible())
        box = next(boxes, None)
        if box is not None:
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            box.selectAll()
        return box is not None

    def print_shown(self) -> bool:
        """Print what is shown, as the button with the property `prints` does, or the list; whether there is any."""
        buttons = (each for each in self.findChildren(QPushButton) if each.property("prints") and each.isVisible())
        button = next((each for each in buttons if each.isEnabled()), None)
        if button is not None:
            button.click()
            return True
        return any(each.print_() for each in self.findChildren(Table) if each.isVisible())

    def open(self, area: str, **where: object) -> None:
        """Go to a page: `self.open("residents", resident=resident_id)`."""
        self.wanted.emit(area, where)
