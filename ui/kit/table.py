"""The table of every list: sorted and filtered by the query, a page of rows at a time, worked by keyboard."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any, Generic

from PySide6.QtCore import QMetaMethod, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QWidget

from models.rules.names import fold
from models.rules.papers import Outgoing
from models.text import pgettext
from ui import preferences, work
from ui.flow import Flow
from ui.kit.accessible import announce
from ui.kit.columns import Column, Row
from ui.kit.commands import Command, menu
from ui.kit.labels import Button, MenuButton, Text
from ui.kit.layout import Empty, column, row
from ui.kit.search import FindBox
from ui.kit.table_filters import Filters
from ui.kit.table_leaving import Leaving
from ui.kit.table_model import CELL, PAGE, LoadRows, TableModel
from ui.kit.table_seeking import Seeking
from ui.kit.table_sorting import Sorting
from ui.kit.table_view import TableView
from ui.kit.tokens import ROW, px
from ui.language import _, plural

Rows = Sequence[Row]
LoadIds = Callable[..., Sequence[int]]
"""Called in the worker as `load_ids(reading, sort=…, descending=…, then=…, text=…, **narrowed)`."""


class Table(QFrame, Generic[Row]):
    """A list of rows in columns.

    Either give `load_ids` and `load_rows`, for a list that the register sorts and filters, and call `reload`; or
    neither, for a short list that is at hand, and call `show_rows`. Columns, their widths and order, the sorting, what
    narrows it and what was kept of that under names are remembered for the person, under `keeps`.
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
        keeps: str = "",
        load_ids: LoadIds | None = None,
        load_rows: LoadRows[Row] | None = None,
        sort: str = "",
        descending: bool = False,
        filter_hint: str = "",
        tools: Sequence[QWidget] = (),
        leaves: Outgoing | None = None,
        empty: Empty | None = None,
        row_id: Callable[[Row], int] = attrgetter("id"),
        commands: Callable[[Row], Sequence[Command]] = lambda _row: (),
        header: bool = True,
        fits: bool = False,
        framed: bool = True,
        choosable: bool | None = None,
    ) -> None:
        """Lay the table out; it stays empty until it is asked to read.

        Args:
            columns: What it shows.
            name: What the list holds, for those who cannot see it.
            keeps: Under which name it is remembered how the person likes it, for good; empty: it is not.
            load_ids: The query for the ids, sorted and filtered; called in the worker.
            load_rows: The query for the rows of some ids; called in the worker.
            sort: The name of the column to sort by at first.
            descending: Whether downwards.
            filter_hint: What may be typed in the box above the table; empty: there is no box.
            tools: Widgets beside the box: choices that narrow the list.
            leaves: What its rows are when they are copied, printed or saved; without it none leaves.
            empty: What stands there when there are no rows.
            row_id: The id of a row.
            commands: What the buttons of the page do with a row, for its menu.
            header: Whether titles stand above the columns.
            fits: Whether the table is as high as its rows; for short lists.
            framed: Whether it is a card of its own; no inside a `Card(flush=True)`.
            choosable: Whether there is a menu to choose columns, to copy and to save; None: unless it is a short list.
        """
        super().__init__()
        is_at_hand = load_ids is None and header
        if is_at_hand:  # rows that are at hand can be sorted by whatever stands above them
            columns = [replace(each, sort=bool(each.title)) for each in columns]
        self.setProperty("role", "card" if framed else "bare")
        self.name, self.subject = name, ""
        self.model: TableModel[Row] = TableModel(columns, self)
        self.view = TableView(self.model, name=name, header=header)
        self.load_rows, self.row_id = load_rows, row_id
        self.leaves = leaves if leaves is not None and work.may_let_out(leaves) else None
        self._load_ids, self._commands, self._keeps, self._fits = load_ids, commands, keeps, fits
        self._narrowed: dict[str, object] = {}
        self._all: list[Row] = []
        self._fetching = self._read_once = False
        self._wished: list[int] = []
        self.count = Text("", "note")
        self.box = FindBox(filter_hint)
        self.filters = Filters(keeps if filter_hint or tools else "", self.box, tools)
        self._empty = empty or Empty(_("Nothing to show here"))
        self._nothing = Empty(
            _("Nothing fits what you look for"), "", [Button(_("Show all again"), lambda: self.box.clear())]
        )
        self._stack = QStackedWidget()
        for widget in (self.view, self._empty, self._nothing):
            self._stack.addWidget(widget)
        layout = column(gap=0, margins=1 if framed else 0)
        choosable = not fits if choosable is None else choosable
        if filter_hint or tools or choosable:
            layout.addLayout(self._tools(filter_hint, tools, choosable=choosable))
        layout.addWidget(self._stack, 1)
        if fits:  # its height changes while it is laid out, when the bar that scrolls sideways comes or goes
            layout.setAlignment(self._stack, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._fetch)
        self._typed = QTimer(self, singleShot=True)
        self._typed.timeout.connect(self.reload)
        order = ((sort, descending),) if sort else ()
        self._sorting = Sorting(self.model, self.view.header, order, self._sorted, may_clear=is_at_hand)
        self._seeking = Seeking(self, self.model, self.view, self.in_order, row_id)
        self._as_liked()
        self._connect()

    # -- what a page calls ----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again; the rows that are shown stay until the others have come."""
        self.filters.remember()
        if self._load_ids is None or self.load_rows is None:
            self._show_local()
            return
        load_ids, load_rows = self._load_ids, self.load_rows
        first, last = self._seen()

        def both(snapshot: Any, **values: Any) -> tuple[Sequence[int], Rows[Row], list[int]]:  # noqa: ANN401
            ids = load_ids(snapshot, **values)
            pages = list(range(first // PAGE, last // PAGE + 1))
            wanted = [found for page in pages for found in ids[page * PAGE : (page + 1) * PAGE]]
            if not wanted and ids:
                pages, wanted = [0], list(ids[:PAGE])
            return ids, load_rows(snapshot, ids=wanted) if wanted else (), pages

        (sort, descending), *then = self._sorting.order or (("", False),)
        asked: dict[str, Any] = {"sort": sort, "descending": descending, "text": self.text, **self._narrowed}
        if then:
            asked["then"] = tuple(then)
        work.run_query(self, both, lambda answer: self._replace(*answer), latest="ids", **asked)

    def narrow(self, **values: object) -> None:
        """Read again with other values for the query, such as `programme=3`."""
        self._narrowed = {**self._narrowed, **values}
        self.filters.is_set = True  # what a page asks for is not what was there when the window was closed
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
        return [self.model.ids[place] for place in self.view.selected_places()]

    def select(self, row_id: int) -> None:
        """Select a row and bring it into sight; if it is not here yet, after the next reading."""
        place = self.model.place(row_id)
        if place is None:
            self._wished = [row_id]
        else:
            self.view.go_to(place)

    def row(self, row_id: int) -> Row | None:
        """A row by its id, if it is here."""
        return self.model.row_of(row_id)

    def shown(self) -> list[Column[Row]]:
        """The columns that are chosen, in their order, however wide the list is."""
        return [each for at in self.view.header.chosen() if (each := self.model.columns[at]).title]

    def copy(self, *, cell: bool = False) -> None:
        """Put the selected rows on the clipboard, as far as their columns are shown; or the one cell."""
        at = self.view.currentIndex()
        if cell and at.isValid():
            leaving = self._going([self.model.ids[at.row()]], [self.model.columns[at.column()]])
        else:
            leaving = self._going(self.selected_ids(), self.shown())
        if leaving is not None:
            leaving.copy()

    def save(self) -> None:
        """Save everything that the table shows as a file."""
        leaving = self._going(list(self.model.ids), self.shown())
        if leaving is not None:
            leaving.save()

    def print_(self) -> bool:
        """Show everything that the table shows as a paper, to be printed; whether it may leave."""
        columns = self.shown()
        leaving = self._going(list(self.model.ids), columns)
        if leaving is not None:
            places = map(self.model.columns.index, columns)
            leaving.print_(self.filters.words(), [self.view.header.width_of(place) for place in places])
        return leaving is not None

    def _going(self, ids: Sequence[int], columns: Sequence[Column[Row]]) -> Leaving[Row] | None:
        """Rows that are to leave; None where there are none, or they may not."""
        if self.leaves is None or not ids:
            return None
        return Leaving(self, self.name, self.leaves, self.subject, columns, len(ids), self.in_order(ids))

    def in_order(self, ids: Sequence[int]) -> Callable[[Any], Iterator[Row]]:
        """What reads some rows in the worker, in this order, a thousand at a time."""
        load_rows, key = self.load_rows, self.row_id
        local = [found for found in map(self.row, ids) if found is not None] if load_rows is None else []

        def read(snapshot: Any) -> Iterator[Row]:  # noqa: ANN401
            if load_rows is None:
                yield from local
                return
            for start in range(0, len(ids), 1000):
                part = ids[start : start + 1000]
                found = {key(one): one for one in load_rows(snapshot, ids=part)}
                yield from (found[one] for one in part if one in found)

        return read

    # -- inside ---------------------------------------------------------------------------------------------------

    def _tools(self, hint: str, tools: Sequence[QWidget], *, choosable: bool) -> QHBoxLayout:
        across = row(gap=8, margins=(9, 8, 9, 8))
        if hint:
            self.box.textChanged.connect(lambda: self._typed.start(60))
            self.box.left.connect(lambda: self.view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        across.addLayout(Flow([self.box, *tools] if hint else tools), 1)
        across.addWidget(self.count)
        if self.filters.keeps:
            across.addWidget(self.filters.button(self.name))
        if choosable:
            button = MenuButton(_("Columns and export") if self.leaves else _("Columns"), [])
            button.setAccessibleName(_("Columns of the list: {name}", name=self.name))
            button.menu().aboutToShow.connect(lambda: self._fill(button.menu()))
            across.addWidget(button)
        return across

    def _connect(self) -> None:
        view, header = self.view, self.view.header
        self.model.missing.connect(lambda: self._soon.start(0))
        self.model.sort_wanted.connect(self._sorting.press)
        view.verticalScrollBar().valueChanged.connect(lambda: self._soon.start(0))
        view.resized.connect(lambda: self._soon.start(0))
        view.acted.connect(self._enter)
        view.opened.connect(lambda index: self.opened.emit(self.model.ids[index.row()]))
        view.copied.connect(self.copy)
        view.asked.connect(lambda at: self.row_menu().popup(at))
        view.horizontalScrollBar().rangeChanged.connect(lambda *_range: self._fit())
        view.selectionModel().selectionChanged.connect(lambda *_change: self.selected.emit(self.selected_ids()))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.column_menu().popup(header.mapToGlobal(at)))
        header.liked.connect(self._remember)

    def _as_liked(self) -> None:
        """The columns and the sorting as the person has left them."""
        look = preferences.get(f"list/{self._keeps}") if self._keeps else None
        if isinstance(look, Mapping):
            self.view.header.restore(look)
            kept = look.get("sort")
            if isinstance(kept, Mapping):
                self._sorting.restore(kept)
        if self._sorting.names:
            self.view.setSortingEnabled(True)
        if self._fits:
            self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _remember(self) -> None:
        if self._keeps:
            preferences.put(f"list/{self._keeps}", {**self.view.header.look(), "sort": self._sorting.look()})

    def column_menu(self) -> QMenu:
        """The menu that chooses columns, sorts, copies, prints and saves; it goes when it is closed."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(made)
        return made

    def _fill(self, made: QMenu) -> None:
        self._sorting.fill(made)
        leaving = self._leaving()
        if leaving:
            made.addSeparator()
        for each in leaving:
            each.setParent(made)
            made.addAction(each)

    def _leaving(self) -> list[Command]:
        """How rows leave, if they may."""
        if self.leaves is None:
            return []
        return [
            Command(_("Copy the selected rows"), self.copy),
            Command(_("Save what is shown"), self.save),
            Command(_("Print what is shown"), self.print_),
        ]

    def row_menu(self) -> QMenu:
        """What can be done with the current row and cell, as far as the person may; it goes when it is closed."""
        index = self.view.currentIndex()
        found = self.model.row(index.row()) if index.isValid() else None
        made: list[Command | None] = []
        copied, out = (leaving := self._leaving())[:1], leaving[1:]
        if found is not None:
            row_id = self.row_id(found)
            links = self._links(found)
            if self.isSignalConnected(QMetaMethod.fromSignal(self.opened)):
                opens = _(pgettext("command", "Open"))
                made.append(Command(opens, partial(self.opened.emit, row_id)))
                links = [(name, text) for name, text in links if text != opens]  # it would stand there twice
            made += [Command(text, partial(self.followed.emit, row_id, name)) for name, text in links]
            made += [None, *(each for each in self._commands(found) if each.is_offered), None]
            if copied:
                made += [Command(_("Copy the cell"), partial(self.copy, cell=True)), *copied]
        made += [Command(_("Select all"), self.view.selectAll), None, *out]
        shown = menu(made, self)
        if self.view.header.isVisible():
            shown.addSeparator()
            columns = shown.addMenu(_("Columns"))
            self._sorting.fill(columns)
        shown.aboutToHide.connect(shown.deleteLater)
        return shown

    def _links(self, found: Row) -> list[tuple[str, str]]:
        """The links of a row, as column and words: under a title stands what it leads to, and no verb."""
        cells = ((each, each.cell(found)) for each in self.model.columns)
        return [
            (each.name, _("{name}: {what}", name=each.title, what=cell.text) if each.title else cell.text)
            for each, cell in cells
            if cell.link
        ]

    def _sorted(self) -> None:
        self._remember()
        if self._read_once or self._all:
            self.reload()

    def _enter(self, index: QModelIndex) -> None:
        each = self.model.columns[index.column()]
        row_id = self.model.ids[index.row()]
        if index.data(CELL).link:
            self.followed.emit(row_id, each.name)
        else:
            self.opened.emit(row_id)

    def _seen(self) -> tuple[int, int]:
        first = self.view.rowAt(0)
        last = self.view.rowAt(self.view.viewport().height() - 1)
        first = max(first, 0)
        return first, last if last >= 0 else first + PAGE - 1

    def _fetch(self) -> None:
        if self.load_rows is None or self._fetching:
            return
        pages = self.model.lacking(*self._seen())
        if not pages:
            return
        ids = self.model.ids
        wanted = [found for page in pages for found in ids[page * PAGE : (page + 1) * PAGE]]
        self._fetching = True
        work.run_query(self, self.load_rows, lambda rows: self._add(ids, rows, pages), on_end=self._fetched, ids=wanted)

    def _fetched(self) -> None:
        self._fetching = False

    def _add(self, ids: Sequence[int], rows: Rows[Row], pages: Sequence[int]) -> None:
        if ids is self.model.ids:
            self.model.add({self.row_id(one): one for one in rows}, pages)
        self._soon.start(0)

    def _show_local(self) -> None:
        rows = self._all
        wanted = fold(self.text)
        if wanted:
            rows = [one for one in rows if any(wanted in fold(each.cell(one).plain) for each in self.model.columns)]
        rows = self._sorting.sorted(rows)
        pages = range(len(rows) // PAGE + 1)
        self._replace([self.row_id(one) for one in rows], rows, list(pages))

    def _replace(self, ids: Sequence[int], rows: Rows[Row], pages: Sequence[int]) -> None:
        keep = self._wished or self.selected_ids()
        current = self.view.current.index.column()
        self._wished = []
        self.model.take(ids, {self.row_id(one): one for one in rows}, pages)
        was_read, self._read_once = self._read_once, True
        places = [place for place in map(self.model.place, keep) if place is not None]
        if places:
            self.view.select_places(places, max(current, 0))
        elif ids:
            self.view.current.put(self.model.index(0, 0))
        self._give_room(rows)
        said = plural("{n} row", "{n} rows", len(ids)) if ids else ""
        if was_read and said != self.count.text() and self.count.isVisible():
            announce(self, said or _("Nothing fits what you look for"))
        self.count.setText(said)
        self._stack.setCurrentWidget(self.view if ids else self._nothing if self.text else self._empty)
        self._fit()
        self.loaded.emit(len(ids))

    def _give_room(self, rows: Rows[Row]) -> None:
        """What says whom a row is about, or what can be done with it, is not cut off; the native name may be."""
        cells, font = self.view.cells, self.view.font()
        wanted = [place for place, each in enumerate(self.model.columns) if each.whom or not each.title]
        self.view.header.need(
            {place: cells.needs_first(map(self.model.columns[place].cell, rows), font) for place in wanted}
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
