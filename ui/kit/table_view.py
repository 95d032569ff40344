"""What the keyboard and the pointer do in a table: Enter opens or follows, a press on a link follows it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QTableView

from ui.kit.accessible import Current
from ui.kit.table_cells import CellDelegate
from ui.kit.table_header import TableHeader
from ui.kit.table_model import CELL, TableModel
from ui.kit.tokens import ROW, px


class TableView(QTableView):
    """The table itself: keys, links, and the height that its rows need."""

    acted = Signal(QModelIndex)
    """Enter was pressed on a cell, or a link in it. Not `entered`: that is what Qt calls a pointer that passes."""
    opened = Signal(QModelIndex)
    copied = Signal()
    resized = Signal()
    sought = Signal(str)
    """What was typed quickly, for a row that begins so."""
    asked = Signal(QPoint)
    """The menu of the current row is wanted, there on the screen."""

    def __init__(self, model: TableModel[Any], *, name: str, header: bool) -> None:
        """Show the columns of a model, with their titles or without."""
        super().__init__()
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(px(ROW))
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header = TableHeader(model.columns)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.header.lay_out()
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.header.setVisible(header)
        self.current = Current(self)
        self._is_pressed = False
        self._pressed = QPersistentModelIndex()
        self._sought, self._since = "", QElapsedTimer()

    def selected_places(self) -> list[int]:
        """Where the selected rows stand, from the top; by ranges, since all of a long list may be selected."""
        ranges = self.selectionModel().selection()
        spans = [(ranges.at(at).top(), ranges.at(at).bottom()) for at in range(ranges.count())]
        return sorted({place for top, bottom in spans for place in range(top, bottom + 1)})

    def select_places(self, places: Sequence[int], at: int = 0) -> None:
        """Select some rows and no others; the first one has the keyboard, in the column `at`."""
        model, rows = self.model(), self.selectionModel()
        chosen = QItemSelection()
        for place in places:
            chosen.select(model.index(place, 0), model.index(place, model.columnCount() - 1))
        rows.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.current.put(model.index(places[0], at))

    def go_to(self, place: int) -> None:
        """Select a row and bring it into sight."""
        self.select_places([place], max(self.current.index.column(), 0))
        self.scrollTo(self.current.index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyboardSearch(self, typed: str) -> None:
        """Tell what was typed so far; after a pause it begins anew."""
        quick = self._since.isValid() and self._since.elapsed() < QApplication.keyboardInputInterval()
        self._sought = self._sought + typed if quick else typed
        self._since.start()
        self.sought.emit(self._sought)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of that which has the keyboard."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        if by_key or self.indexAt(at).isValid():
            self.asked.emit(self.viewport().mapToGlobal(at))
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens or follows; Ctrl+C copies; all else as Qt has it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current.index.isValid():
            self.acted.emit(self.current.index)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is where it was in here."""
        self.current.comes()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing in here has the keyboard."""
        self.current.leaves(event)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Of a double press the first one has to be here, too: it may have brought this list up."""
        self._is_pressed = True
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a link follows it, once, and only where it was pressed."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        pressed, self._pressed = self._pressed, QPersistentModelIndex()
        on_it = pressed.isValid() and pressed == self.indexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and on_it and self._on_link(at.x(), at.y()):
            self.acted.emit(self.indexAt(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer is a hand over a link."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        shape = Qt.CursorShape.PointingHandCursor if self._on_link(at.x(), at.y()) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double press opens the row."""
        if not self._is_pressed:
            return
        super().mouseDoubleClickEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and not self._on_link(at.x(), at.y()):
            self.opened.emit(index)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever was pressed here is over."""
        super().hideEvent(event)
        self._is_pressed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may be seen now, and other columns."""
        super().resizeEvent(event)
        self.header.share(self.viewport().width())
        self.resized.emit()

    def _on_link(self, x: int, y: int) -> bool:
        index = self.indexAt(QPoint(x, y))
        if not index.isValid():
            return False
        cell, right = index.data(CELL), self.header.columns[index.column()].right
        link = self.cells.link_rect(cell, self.visualRect(index), self.font(), right=right)
        return bool(cell.link) and link.contains(x, y)
