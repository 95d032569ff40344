"""Holds the ids of a table's rows, and of the rows themselves only the pages that are looked at."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.kit.columns import Cell, Column, Row
from ui.language import _

PAGE = 200
"""Rows that are fetched at a time."""
KEPT = 40
"""Pages that are kept."""
CELL = Qt.ItemDataRole.UserRole + 1
"""The role under which the delegate finds the `Cell`."""

LoadRows = Callable[..., Sequence[Row]]
"""Called in the worker as `load_rows(snapshot, ids=…)`; the rows may come in any order."""
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WAITING = Cell("…")


class TableModel(QAbstractTableModel, Generic[Row]):
    """Ids in the order of the query, and pages of rows by id."""

    missing = Signal()
    """A row is looked at that is not here yet."""
    sort_wanted = Signal(int, bool)
    """A press on a header: the place of the column, and whether descending."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        """Begin without rows."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ids: Sequence[int] = ()
        self.sorted_by: dict[int, tuple[int, bool]] = {}
        self._rows: dict[int, Row] = {}
        self._pages: dict[int, None] = {}
        self._places: dict[int, int] | None = None

    def take(self, ids: Sequence[int], rows: Mapping[int, Row], pages: Sequence[int]) -> None:
        """Show other ids, and the rows of some pages of them."""
        if len(ids) == len(self.ids) and list(ids) == list(self.ids):
            self._rows, self._pages = dict(rows), dict.fromkeys(pages)
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.ids, self._rows, self._pages = ids, dict(rows), dict.fromkeys(pages)
        self._places = None
        self.endResetModel()

    def add(self, rows: Mapping[int, Row], pages: Sequence[int]) -> None:
        """Take more pages in; the oldest go when there are too many."""
        self._rows.update(rows)
        self._pages.update(dict.fromkeys(pages))
        while len(self._pages) > max(KEPT, len(pages)):
            oldest = next(iter(self._pages))
            del self._pages[oldest]
            for gone in self.ids[oldest * PAGE : (oldest + 1) * PAGE]:
                self._rows.pop(gone, None)
        for page in pages:
            first, last = page * PAGE, min(len(self.ids), (page + 1) * PAGE) - 1
            if first <= last:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def lacking(self, first: int, last: int) -> list[int]:
        """The pages between two rows that are not here."""
        if not self.ids or last < first:
            return []
        pages = range(max(0, first) // PAGE, min(last, len(self.ids) - 1) // PAGE + 1)
        return [page for page in pages if page not in self._pages]

    def row(self, place: int) -> Row | None:
        """The row at a place, if it is here."""
        return self._rows.get(self.ids[place]) if 0 <= place < len(self.ids) else None

    def place(self, row_id: int) -> int | None:
        """Where an id stands."""
        if self._places is None:
            self._places = {known: place for place, known in enumerate(self.ids)}
        return self._places.get(row_id)

    def row_of(self, row_id: int) -> Row | None:
        """A row by its id, if it is here."""
        return self._rows.get(row_id)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many ids there are."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell:
        """What stands in a cell; three dots while its row is on its way."""
        row = self._rows.get(self.ids[index.row()])
        if row is None:
            self.missing.emit()
            return _WAITING
        return self.columns[index.column()].cell(row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """The texts of a cell, or the cell itself for the delegate."""
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        if role == CELL:
            return self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).plain
        if role == Qt.ItemDataRole.AccessibleTextRole:
            plain = self.cell(index).plain
            title = self.columns[index.column()].title
            return f"{title}: {plain}" if title and plain else plain or title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index).hint or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        turn, down = self.sorted_by.get(section, (-1, False))
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{column.title} {turn + 1}{'▴' if down else '▾'}" if turn > 0 else column.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if turn < 0 or not column.title:
                return column.title or _("More")
            said = _("{column}, downwards", column=column.title), _("{column}, upwards", column=column.title)
            return said[0] if down else said[1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the query sorts. -1: as the rows come."""
        if column == -1 or (0 <= column < len(self.columns) and self.columns[column].sort):
            self.sort_wanted.emit(column, order is Qt.SortOrder.DescendingOrder)
