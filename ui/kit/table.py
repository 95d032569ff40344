"""The table of every list: sorted and filtered by the query, a page of rows at a time, worked by keyboard."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Generic

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QWidget,
)

from models.exchange.door import Ready
from models.exchange.file_kinds import FileKind
from models.exchange.table_export import neutral
from models.rules.papers import Outgoing
from models.rules.sorting import sort_key
from models.store.register import Register
from ui import work
from ui.kit import outgoing, session
from ui.kit.columns import Column, Row
from ui.kit.flow import Flow
from ui.kit.labels import Button, Text
from ui.kit.layout import Empty, column, row
from ui.kit.notices import toast
from ui.kit.search import FindBox
from ui.kit.table_model import CELL, PAGE, TableModel
from ui.kit.table_view import TableView
from ui.kit.tokens import ROW, px
from ui.language import _, bare, plural, tr

Rows = Sequence[Row]
LoadIds = Callable[..., Sequence[int]]
"""Called in the worker as `load_ids(reading, sort=…, descending=…, text=…, **narrowed)`."""
LoadRows = Callable[..., Sequence[Row]]
"""Called in the worker as `load_rows(snapshot, ids=…)`; the rows may come in any order."""


class Table(QFrame, Generic[Row]):
    """A list of rows in columns.

    Either give `load_ids` and `load_rows`, for a list that the register sorts and filters, and call `reload`; or
    neither, for a short list that is at hand, and call `show_rows`.
    """

    opened = Signal(object)
    """Enter or a double press on a row: its id."""
    followed = Signal(object, str)
    """A link was followed: the id of the row, the name of the column."""
    selected = Signal(list)
    """Other rows are selected: their ids."""
    loaded = Signal(int)
    """The rows were read: how many there are."""
    subject: str
    """What the rows are about, for the trail, as `resident:12`; empty: the list itself."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        name: str,
        load_ids: LoadIds | None = None,
        load_rows: LoadRows[Row] | None = None,
        sort: str = "",
        descending: bool = False,
        filter_hint: str = "",
        tools: Sequence[QWidget] = (),
        leaves: Outgoing | None = None,
        empty: Empty | None = None,
        row_id: Callable[[Row], int] = attrgetter("id"),
        header: bool = True,
        fits: bool = False,
        several: bool = False,
        framed: bool = True,
        choosable: bool | None = None,
    ) -> None:
        """Lay the table out; it stays empty until it is asked to read.

        Args:
            columns: What it shows.
            name: What the list holds, for those who cannot see it.
            load_ids: The query for the ids, sorted and filtered; called in the worker.
            load_rows: The query for the rows of some ids; called in the worker.
            sort: The name of the column to sort by at first.
            descending: Whether downwards.
            filter_hint: What may be typed in the box above the table; empty: there is no box.
            tools: Widgets beside the box: choices that narrow the list.
            leaves: What its rows are when they are copied or saved; without it none leaves.
            empty: What stands there when there are no rows.
            row_id: The id of a row.
            header: Whether titles stand above the columns.
            fits: Whether the table is as high as its rows; for short lists.
            several: Whether several rows can be selected.
            framed: Whether it is a card of its own; no inside a `Card(flush=True)`.
            choosable: Whether there is a menu to choose columns, to copy and to save; None: unless it is a short list.
        """
        super().__init__()
        self.setProperty("role", "card" if framed else "bare")
        self.model: TableModel[Row] = TableModel(columns, self)
        self.view = TableView(self.model)
        self._load_ids, self._load_rows = load_ids, load_rows
        self._row_id = row_id
        self._sort, self._descending = sort, descending
        self._narrowed: dict[str, object] = {}
        self._all: list[Row] = []
        self._fits = fits
        self._fetching = False
        self._leaves = leaves if leaves is not None and work.may_let_out(leaves) else None
        self.subject = ""
        self._wished: list[int] = []
        self._read_once = False
        self.count = Text("", "note")
        self.box = FindBox(filter_hint)
        self._empty = empty or Empty(_("Nothing to show here"))
        self._nothing = Empty(
            _("Nothing fits what you look for"), "", [Button(_("Show all again"), lambda: self.box.clear())]
        )
        self._set_up_view(name, header=header, several=several)
        self._stack = QStackedWidget()
        for widget in (self.view, self._empty, self._nothing):
            self._stack.addWidget(widget)
        layout = column(gap=0, margins=1 if framed else 0)
        choosable = not fits if choosable is None else choosable
        if filter_hint or tools or choosable:
            layout.addLayout(self._tools(filter_hint, tools, name, choosable=choosable))
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._fetch)
        self._typed = QTimer(self, singleShot=True)
        self._typed.timeout.connect(self.reload)
        self._connect()

    # -- what a page calls ----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again; the rows that are shown stay until the others have come."""
        if self._load_ids is None or self._load_rows is None:
            self._show_local()
            return
        load_ids, load_rows = self._load_ids, self._load_rows
        first, last = self._seen()

        def both(snapshot: Any, **values: Any) -> tuple[Sequence[int], Rows[Row], list[int]]:  # noqa: ANN401
            ids = load_ids(snapshot, **values)
            pages = list(range(first // PAGE, last // PAGE + 1))
            wanted = [found for page in pages for found in ids[page * PAGE : (page + 1) * PAGE]]
            if not wanted and ids:
                pages, wanted = [0], list(ids[:PAGE])
            return ids, load_rows(snapshot, ids=wanted) if wanted else (), pages

        asked: dict[str, Any] = {
            "sort": self._sort,
            "descending": self._descending,
            "text": self.text,
            **self._narrowed,
        }
        work.run_query(self, both, self._take, latest="ids", **asked)

    def narrow(self, **values: object) -> None:
        """Read again with other values for the query, such as `programme=3`."""
        self._narrowed = {**self._narrowed, **values}
        self.reload()

    def show_rows(self, rows: Rows[Row]) -> None:
        """Show a short list that is at hand."""
        self._all = list(rows)
        self._show_local()

    @property
    def text(self) -> str:
        """What the list is filtered by."""
        return self.box.text().strip()

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows."""
        places = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.ids[place] for place in places]

    def select(self, row_id: int) -> None:
        """Select a row and bring it into sight; if it is not here yet, after the next reading."""
        place = self.model.place(row_id)
        if place is None:
            self._wished = [row_id]
        else:
            self._select_places([place])
            self.view.scrollTo(self.model.index(place, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def row(self, row_id: int) -> Row | None:
        """A row by its id, if it is here."""
        place = self.model.place(row_id)
        return None if place is None else self.model.row(place)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as far as their columns are shown."""
        places = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        lines = [
            "\t".join(neutral(bare(self.model.index(place, at).data())) for at in self._shown()) for place in places
        ]
        if self._leaves is not None and lines:
            outgoing.copy(self, self._ready(self._leaves, "\n".join(lines).encode()))

    def save(self) -> None:
        """Save everything that the table shows as a file."""
        if self._leaves is None:
            return
        what, listing = self._leaves, self.listing()

        def make(register: Register, kind: FileKind) -> Ready:
            from models.exchange.table_files import DataTable, as_file

            with register.read() as snapshot:
                titles, rows = listing(snapshot)
            columns = {str(place): title for place, title in enumerate(titles)}
            return self._ready(what, as_file(DataTable(_(what.title), columns, rows), kind))

        count = len(self.model.ids)
        said = plural("{n} row was saved.", "{n} rows were saved.", count)
        outgoing.make_and_save_rows(
            self, what, f"{_(what.title)} {session.today()}", make, on_done=lambda: toast(self, said)
        )

    def listing(self) -> Callable[[Any], tuple[list[str], list[list[str]]]]:
        """What reads, in the worker, the titles and the texts of everything that the table shows."""
        shown = [self.model.columns[place] for place in self._shown()]
        titles = [each.title for each in shown]
        ids, load_rows, key = list(self.model.ids), self._load_rows, self._row_id
        local = [found for found in map(self.model.row, range(len(ids))) if found is not None]

        def texts(rows: Rows[Row]) -> list[list[str]]:
            return [[bare(each.cell(one).plain) for each in shown] for one in rows]

        def read(snapshot: Any) -> tuple[list[str], list[list[str]]]:  # noqa: ANN401
            if load_rows is None:
                return titles, texts(local)
            lines: list[list[str]] = []
            for start in range(0, len(ids), 1000):
                part = ids[start : start + 1000]
                found = {key(one): one for one in load_rows(snapshot, ids=part)}
                lines += texts([found[one] for one in part if one in found])
            return titles, lines

        return read

    # -- inside ---------------------------------------------------------------------------------------------------

    def _set_up_view(self, name: str, *, header: bool, several: bool) -> None:
        view = self.view
        view.setAccessibleName(name)
        view.setShowGrid(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        view.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setMinimumSectionSize(px(ROW))
        view.verticalHeader().setDefaultSectionSize(px(ROW))
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.header.setVisible(header)
        sortable = any(each.sort for each in self.model.columns)
        if sortable:
            names = [each.name for each in self.model.columns]
            order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
            at = names.index(self._sort) if self._sort in names else -1
            view.header.setSortIndicator(at, order)
            self.model.sorted_by = (at, self._descending) if at >= 0 else None
            view.setSortingEnabled(True)
        if self._fits:
            view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _tools(self, hint: str, tools: Sequence[QWidget], name: str, *, choosable: bool) -> QHBoxLayout:
        across = row(gap=8, margins=(9, 8, 9, 8))
        if hint:
            self.box.textChanged.connect(lambda: self._typed.start(60))
        across.addLayout(Flow([self.box, *tools] if hint else tools), 1)
        across.addWidget(self.count)
        if choosable:
            menu_button = Button(_("Columns and export") if self._leaves else _("Columns"))
            menu_button.setAccessibleName(_("Columns of the list: {name}", name=name))
            menu_button.clicked.connect(
                lambda: self.column_menu().popup(menu_button.mapToGlobal(menu_button.rect().bottomLeft()))
            )
            across.addWidget(menu_button)
        return across

    def _connect(self) -> None:
        self.model.missing.connect(lambda: self._soon.start(0))
        self.model.sort_wanted.connect(self._sort_by)
        self.view.verticalScrollBar().valueChanged.connect(lambda: self._soon.start(0))
        self.view.resized.connect(lambda: self._soon.start(0))
        self.view.acted.connect(self._enter)
        self.view.opened.connect(lambda index: self.opened.emit(self.model.ids[index.row()]))
        self.view.copied.connect(self.copy)
        self.view.horizontalScrollBar().rangeChanged.connect(lambda *_range: self._fit())
        self.view.selectionModel().selectionChanged.connect(lambda *_change: self.selected.emit(self.selected_ids()))
        header = self.view.header
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.column_menu().popup(header.mapToGlobal(at)))

    def column_menu(self) -> QMenu:
        """The menu that chooses columns, copies and exports; it goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, each in enumerate(self.model.columns):
            if not each.title:
                continue
            away = self.view.header.is_put_away(place)
            action = QAction(_("{column} (no room for it)", column=each.title) if away else each.title, menu)
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(place))
            action.toggled.connect(lambda shown, at=place: self.view.header.choose(at, shown=shown))
            menu.addAction(action)
        menu.addSeparator()
        for place, each in enumerate(self.model.columns):
            if each.sort:
                menu.addAction(_("Sort by: {column}", column=each.title), partial(self._sort_from_menu, place))
        if self._leaves is not None:
            menu.addAction(_("Copy the selected rows"), self.copy)
            menu.addAction(_("Save what is shown"), self.save)
        return menu

    def _ready(self, what: Outgoing, content: bytes) -> Ready:
        return Ready(what, content, self.subject or f"list:{what.id}", what.id)

    def _sort_from_menu(self, place: int) -> None:
        """Sort by a column, and the other way round if the list is sorted by it already."""
        down = self.model.sorted_by == (place, False)
        self.view.sortByColumn(place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def _shown(self) -> list[int]:
        return [place for place in self.view.header.chosen() if self.model.columns[place].title]

    def _enter(self, index: QModelIndex) -> None:
        each = self.model.columns[index.column()]
        row_id = self.model.ids[index.row()]
        if index.data(CELL).link:
            self.followed.emit(row_id, each.name)
        else:
            self.opened.emit(row_id)

    def _sort_by(self, place: int, descending: bool) -> None:
        self._sort, self._descending = self.model.columns[place].name, descending
        self.model.sorted_by = (place, descending)
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.model.columns) - 1)
        if self._read_once or self._all:
            self.reload()

    def _seen(self) -> tuple[int, int]:
        first = self.view.rowAt(0)
        last = self.view.rowAt(self.view.viewport().height() - 1)
        first = max(first, 0)
        return first, last if last >= 0 else first + PAGE - 1

    def _fetch(self) -> None:
        if self._load_rows is None or self._fetching:
            return
        pages = self.model.lacking(*self._seen())
        if not pages:
            return
        ids = self.model.ids
        wanted = [found for page in pages for found in ids[page * PAGE : (page + 1) * PAGE]]
        self._fetching = True
        work.run_query(
            self, self._load_rows, lambda rows: self._add(ids, rows, pages), on_end=self._fetched, ids=wanted
        )

    def _fetched(self) -> None:
        self._fetching = False

    def _add(self, ids: Sequence[int], rows: Rows[Row], pages: Sequence[int]) -> None:
        if ids is self.model.ids:
            self.model.add({self._row_id(one): one for one in rows}, pages)
        self._soon.start(0)

    def _take(self, answer: tuple[Sequence[int], Rows[Row], list[int]]) -> None:
        ids, rows, pages = answer
        self._replace(ids, rows, pages)

    def _show_local(self) -> None:
        rows = self._all
        wanted = self.text.casefold()
        if wanted:
            rows = [
                one for one in rows if any(wanted in each.cell(one).plain.casefold() for each in self.model.columns)
            ]
        each = next((each for each in self.model.columns if each.name == self._sort), None)
        if each is not None:
            rows = sorted(
                rows,
                key=each.key or (lambda one: sort_key(each.cell(one).plain, tr().language)),
                reverse=self._descending,
            )
        pages = range(len(rows) // PAGE + 1)
        self._replace([self._row_id(one) for one in rows], rows, list(pages))

    def _replace(self, ids: Sequence[int], rows: Rows[Row], pages: Sequence[int]) -> None:
        keep = self._wished or self.selected_ids()
        current = self.view.currentIndex().column()
        self._wished = []
        self.model.take(ids, {self._row_id(one): one for one in rows}, pages)
        self._read_once = True
        places = [place for place in map(self.model.place, keep) if place is not None]
        if places:
            self._select_places(places, max(current, 0))
        elif ids:
            self.view.selectionModel().setCurrentIndex(
                self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self._give_room(rows)
        self.count.setText(plural("{n} row", "{n} rows", len(ids)) if ids else "")
        self._stack.setCurrentWidget(self.view if ids else self._nothing if self.text else self._empty)
        self._fit()
        self.loaded.emit(len(ids))

    def _give_room(self, rows: Rows[Row]) -> None:
        """What says whom a row is about is not cut off, as far as there is room; its native name may be."""
        cells, font = self.view.cells, self.view.font()
        wanted = [place for place, each in enumerate(self.model.columns) if each.whom]
        self.view.header.need(
            {
                place: max((cells.needs_first(self.model.columns[place].cell(row), font) for row in rows), default=0)
                for place in wanted
            }
        )

    def _fit(self) -> None:
        """Be as high as the rows, with the bar that scrolls sideways where there is one."""
        if not self._fits:
            return
        rows = self.model.rowCount()
        top, bar = self.view.header, self.view.horizontalScrollBar()
        high = px(ROW) * rows + (0 if top.isHidden() else top.height()) + (bar.height() if bar.maximum() > 0 else 0)
        instead = self._nothing if self.text else self._empty
        self._stack.setFixedHeight(high if rows else instead.sizeHint().height())

    def _select_places(self, places: Sequence[int], at: int = 0) -> None:
        flags = QItemSelectionModel.SelectionFlag
        model = self.view.selectionModel()
        model.clearSelection()
        for place in places:
            model.select(self.model.index(place, 0), flags.Select | flags.Rows)
        model.setCurrentIndex(self.model.index(places[0], at), flags.NoUpdate)
