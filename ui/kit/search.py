"""A line in which one types to find, with what is found below it: for the search box and for fields that pick."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
)

from models.rules.names import fold
from ui import work
from ui.dropping import Line
from ui.kit.accessible import announce
from ui.kit.columns import Cell
from ui.kit.labels import Text
from ui.kit.layout import column
from ui.kit.painting import colour
from ui.kit.table_cells import write_cell
from ui.kit.theme import Theme
from ui.kit.tokens import MARGIN, px
from ui.language import _

_FOUND = Qt.ItemDataRole.UserRole + 1
_HEIGHT = 32
_SHOWN = 9
_WIDE = 520
"""How wide the list is, where there is room: names in two scripts, a number and a room."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found.

    Attributes:
        value: What it stands for: an id, a code.
        text: What is read first.
        note: After it, in grey: a number, a room.
        detail: At the right, in grey.
    """

    value: Any
    text: str
    note: str = ""
    detail: str = ""


Find = Callable[..., Sequence[Found]]
"""Called in the worker as `find(snapshot, text=…)`."""


class _FoundDelegate(QStyledItemDelegate):
    """Draws what was found on one line."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all."""
        return QSize(120, px(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        tokens = Theme.tokens()
        found: Found = index.data(_FOUND)
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour(tokens.chosen))
            painter.setPen(QPen(colour(tokens.focus), 2))
            painter.drawLine(rect.left() + 1, rect.top() + 3, rect.left() + 1, rect.bottom() - 3)
        room, detail = rect.adjusted(12, 0, -12, 0), Cell(muted=found.detail)
        font = option.font
        wide = write_cell(painter, room, detail, font, right=True)
        if found.detail:
            room.setRight(room.right() - wide - 16)
        write_cell(painter, room, Cell(found.text, strong=True, muted=found.note), font)
        painter.restore()


class _List(QListWidget):
    """The list, on a ground of its own: what lies beneath it need not be painted again at every key."""

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_items(self, found: Sequence[Found]) -> None:
        """Fill the rows that are there before any is added or taken away, which would lay all of it out anew.

        Where all rows show the same as before, none is painted.
        """
        for place, one in enumerate(found):
            item = self.item(place)
            if item is None:
                item = QListWidgetItem(self)
            elif item.data(_FOUND) == one:
                continue
            item.setText(" ".join(part for part in (one.text, one.note, one.detail) if part))
            item.setData(_FOUND, one)
        while self.count() > len(found):
            self.takeItem(self.count() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, then what was found."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour(Theme.tokens().surface))
        painter.end()
        super().paintEvent(event)


class Popup(QFrame):
    """What was found, below its line. It never takes the keyboard."""

    taken = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        """Make it for a line; it stays hidden."""
        window = line.window()
        flags = Qt.WindowType.ToolTip if isinstance(window, QDialog) else Qt.WindowType.Widget
        super().__init__(window, flags)
        self._line = line
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = _List()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("What was found"))
        self.list.setItemDelegate(_FoundDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemClicked.connect(self._take)
        self.word = Text("", "note")
        self.word.setContentsMargins(12, 6, 12, 6)
        self.setLayout(column(self.list, self.word, gap=0, margins=1))
        self.hide()

    def show_found(self, found: Sequence[Found], nothing: str) -> None:
        """Show what was found, or say that there is nothing."""
        self.list.show_items(found)
        many = len(found) > _SHOWN
        bars = Qt.ScrollBarPolicy.ScrollBarAsNeeded if many else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.list.setVerticalScrollBarPolicy(bars)
        self.list.setVisible(bool(found))
        self.word.setVisible(not found)
        self.word.setText(nothing)
        if found:
            self.list.setCurrentRow(0)
        announce(self._line, nothing if not found else self._said(0))
        self.place(min(len(found), _SHOWN) * px(_HEIGHT) + 2 if found else px(_HEIGHT))

    def place(self, height: int) -> None:
        """Show it below the line, or above where there is no room below."""
        line = self._line
        width = max(line.width(), 300)
        if self.isWindow():
            spot = line.mapToGlobal(QPoint(0, line.height() + 3))
            screen = line.screen().availableGeometry()
            room, across = screen.bottom(), screen.right()
        else:
            spot = line.mapTo(line.window(), QPoint(0, line.height() + 3))
            room, across = line.window().height(), line.window().width()
        # What is found is read whole, however narrow the line is.
        width = max(width, min(px(_WIDE), across - spot.x() - MARGIN))
        if spot.y() + height > room and spot.y() - line.height() - 6 - height > 0:
            spot.setY(spot.y() - line.height() - 6 - height)
        self.setGeometry(spot.x(), spot.y(), width, height)
        if self.isHidden():
            self.show()
            self.raise_()

    def step(self, by: int) -> None:
        """Go up or down."""
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + by) % count)
            announce(self._line, self._said(self.list.currentRow()))

    def _said(self, at: int) -> str:
        return _("{n} of {m}: {what}", n=at + 1, m=self.list.count(), what=self.list.item(at).text())

    def current(self) -> Found | None:
        """What would be taken."""
        item = self.list.currentItem()
        return item.data(_FOUND) if item is not None and self.isVisible() else None

    def _take(self, item: QListWidgetItem) -> None:
        self.taken.emit(item.data(_FOUND))


class _Line(Line):
    """A line that finds: while it is empty Ctrl+Z takes the last deed back, since there are no letters to."""

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window where there is nothing here to take back."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_key and not self.text() and cast("QKeyEvent", event).matches(QKeySequence.StandardKey.Undo):
            event.ignore()
            return True
        return super().event(event)


class FindBox(_Line):
    """A box that narrows the list below it; Ctrl+F goes to it, Enter and the down key on to the list."""

    left = Signal()
    """The keyboard is to go on to the list."""

    def __init__(self, hint: str) -> None:
        """Show it empty; `hint` is what may be typed."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        for cross in self.findChildren(QToolButton):
            cross.setAccessibleName(_("Show all again"))
        self.setProperty("finds", True)
        self.setMaximumWidth(px(300))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the down key lead on; all else is typed."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """The hint can be read."""
        return _holding_hint(self, super().minimumSizeHint())


def _holding_hint(line: QLineEdit, least: QSize) -> QSize:
    margins = line.textMargins()
    words = line.fontMetrics().horizontalAdvance(line.placeholderText()) + margins.left() + margins.right()
    return QSize(max(least.width(), words + 24), least.height())


class SearchLine(_Line):
    """Finds as one types; up, down and Enter choose; Escape closes."""

    def minimumSizeHint(self) -> QSize:
        """What may be typed can be read before it is."""
        return _holding_hint(self, super().minimumSizeHint())

    taken = Signal(object)
    """Something was chosen: its `Found`."""
    shown = Signal()
    """What was found is on the screen."""
    missed = Signal(str)
    """Enter was pressed for a text by which nothing is found."""

    def __init__(
        self, find: Find | Sequence[Found], *, name: str, placeholder: str = "", at_once: bool = False
    ) -> None:
        """Show a line.

        Args:
            find: A query, asked in the worker; or all there is, for a short list such as countries.
            name: The accessible name.
            placeholder: What can be typed.
            at_once: Whether all is shown before anything is typed; for a short list.
        """
        super().__init__()
        self._find = find
        self._at_once = at_once
        self._popup: Popup | None = None
        self._asked = ""
        self._answered: str | None = None
        self._enters = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _text: self.search())

    @property
    def popup(self) -> Popup:
        """The list below the line, made when it is first needed."""
        if self._popup is None:
            self._popup = Popup(self)
            self._popup.taken.connect(self._take)
            self.window().installEventFilter(self)
        return self._popup

    def search(self) -> None:
        """Look for what is typed."""
        text = self.text().strip()
        self._asked = text
        self._enters = False
        if not text and not self._at_once:
            self.close_popup()
        elif callable(self._find):
            work.run_query(self, self._find, lambda found: self._show(text, found), latest="find", text=text)
        else:
            self._show(text, _fitting(self._find, text))

    def close_popup(self) -> None:
        """Hide what was found."""
        if self._popup is not None:
            self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down, Enter, Escape; all else is typed."""
        key = event.key()
        open_ = self._popup is not None and self._popup.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if open_:
                self.popup.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.search()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._waits():
            # A scanner types faster than anything is found, and ends with Enter: what stands in the list by then was
            # found for a shorter text, and may be somebody else.
            self._enters = True
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and open_:
            found = self.popup.current()
            if found is None:
                self._miss()
            else:
                self._take(found)
        elif key == Qt.Key.Key_Escape and open_:
            self.close_popup()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:  # noqa: ANN401 - as Qt has it
        """Close what was found when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        QTimer.singleShot(120, self, self._maybe_close)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is moved or resized: what was found no longer fits below the line."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched is self.window():
            self.close_popup()
        return super().eventFilter(watched, event)

    def _waits(self) -> bool:
        """Whether what is typed was asked for and is not answered yet."""
        text = self.text().strip()
        return bool(text) and text == self._asked and text != self._answered

    def _maybe_close(self) -> None:
        if not self.hasFocus():
            self.close_popup()

    def _show(self, text: str, found: Sequence[Found]) -> None:
        if text != self._asked:
            return
        self._answered = text
        if self._enters and len(found) == 1:
            self._take(found[0])
        elif self.hasFocus():
            self.popup.show_found(found, _("Nothing found. Try part of a name, a number, or another spelling."))
            self.shown.emit()
            if self._enters and not found:
                self._miss()

    def _miss(self) -> None:
        """Say so; the next card that is scanned takes the place of this text, and is not written behind it."""
        self._enters = False
        self.selectAll()
        self.missed.emit(self.text().strip())

    def _take(self, found: Found) -> None:
        self.close_popup()
        self._asked, self._answered, self._enters = "", None, False
        self.taken.emit(found)


def _fitting(all_of_it: Sequence[Found], text: str) -> list[Found]:
    """What begins with the text first, then what holds it; accents and case do not matter."""
    wanted = fold(text)
    held = [one for one in all_of_it if wanted in fold(f"{one.text} {one.note}")]
    return sorted(held, key=lambda one: not fold(one.text).startswith(wanted))[:200]
