"""How the rows of a list leave: copied, saved with one datum in each column, or printed as they are shown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtWidgets import QWidget

from models.exchange.door import Ready
from models.exchange.file_kinds import FileKind
from models.exchange.table_export import neutral
from models.rules.papers import Outgoing
from models.store.register import Register
from ui import session
from ui.kit import outgoing
from ui.kit.columns import Column, Row
from ui.kit.notices import toast
from ui.language import _, plural, tr


@dataclass(frozen=True, slots=True)
class Leaving(Generic[Row]):
    """Rows of a table that are to leave, as it shows them.

    Attributes:
        owner: The table.
        title: What it holds.
        what: What its rows are declared as.
        subject: What they are about, for the trail; empty: the list itself.
        columns: The columns that are chosen, in their order.
        count: How many rows there are.
        rows: Reads them in the worker, in their order.
    """

    owner: QWidget
    title: str
    what: Outgoing
    subject: str
    columns: Sequence[Column[Row]]
    count: int
    rows: Callable[[Any], Iterator[Row]]

    def copy(self) -> None:
        """Put their words on the clipboard."""

        def make(register: Register) -> Ready:
            lines = ["\t".join(map(neutral, row)) for row in self._words(register)]
            return self._ready("\n".join(lines).encode())

        outgoing.copy(self.owner, make)

    def save(self) -> None:
        """Save them as a file: one datum in each column, whatever a cell shows together."""
        data = [datum for each in self.columns for datum in each.all_data()]

        def make(register: Register, kind: FileKind) -> Ready:
            from models.exchange.table_files import DataTable, as_file

            with register.read() as snapshot:
                found = [[value(one) for _title, value in data] for one in self.rows(snapshot)]
            titles = {str(place): title for place, (title, _value) in enumerate(data)}
            return self._ready(as_file(DataTable(_(self.what.title), titles, found), kind))

        said = plural("{n} row was saved.", "{n} rows were saved.", self.count)
        name = f"{_(self.what.title)} {session.today()}"
        outgoing.make_and_save_rows(self.owner, self.what, name, make, lambda: toast(self.owner, said))

    def print_(self, chosen: Sequence[str], widths: Sequence[int]) -> None:
        """Show them as a paper, in the screen's language, to be printed.

        Args:
            chosen: What the list is narrowed to, in words.
            widths: Of the columns on the screen.
        """
        language = tr().language

        def make(register: Register) -> Ready:
            from models.queries.papers import imprint
            from reports.listing import Listed, draw

            cells = [tuple(row) for row in self._words(register)]
            with register.read() as snapshot:
                goes_with = imprint(snapshot, language, tuple(chosen))
            columns = [(each.title, width, each.right) for each, width in zip(self.columns, widths, strict=True)]
            return self._ready(draw(Listed(self.title, columns, cells), goes_with))

        outgoing.preview(self.owner, self.what, make)

    def _words(self, register: Register) -> list[list[str]]:
        with register.read() as snapshot:
            return [[each.words(one) for each in self.columns] for one in self.rows(snapshot)]

    def _ready(self, content: bytes) -> Ready:
        return Ready(self.what, content, self.subject or f"list:{self.what.id}", self.what.id)
