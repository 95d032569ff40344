"""What the keyboard and the pointer do in a table: Enter opens or follows, a press on a link follows it."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QTableView

from ui.kit.table_cells import CellDelegate
from ui.kit.table_header import TableHeader
from ui.kit.table_model import CELL, TableModel


class TableView(QTableView):
    """The table itself: keys, links, and the height that its rows need."""

    acted = Signal(QModelIndex)
    """Enter was pressed on a cell, or a link in it. Not `entered`: that is what Qt calls a pointer that passes."""
    opened = Signal(QModelIndex)
    copied = Signal()
    resized = Signal()

    def __init__(self, model: TableModel[Any]) -> None:
        """Show the columns of a model."""
        super().__init__()
        self.header = TableHeader(model.columns)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.header.lay_out()
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens or follows; Ctrl+C copies; all else as Qt has it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.acted.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a link follows it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self._on_link(at.x(), at.y()):
            self.acted.emit(self.indexAt(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer is a hand over a link."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        shape = Qt.CursorShape.PointingHandCursor if self._on_link(at.x(), at.y()) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double press opens the row."""
        super().mouseDoubleClickEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and not self._on_link(at.x(), at.y()):
            self.opened.emit(index)

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
