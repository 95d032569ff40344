"""What a file is read into: rows of cells, a description of how it was read, and how much of it is too much."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import overload

from models.errors import Refused

Native = date | datetime | time | int | Decimal | bool
"""What a spreadsheet knows of a cell beyond its text."""

MAX_BYTES = 64 * 1024 * 1024
"""How large a workbook may be, which must be unpacked as a whole. A CSV file is read in pieces, however large it is."""
MAX_COLUMNS = 250
MAX_CELL = 32_767
"""The longest text of a cell that a spreadsheet program itself can write."""
_SHARED = 50_000
"""So many different texts of a file are kept once; most cells of a long file say what others say."""
_NO_NATIVES: "Mapping[int, Native]" = MappingProxyType({})
HELD_ROWS = 20_000
"""How many rows of a file stay in memory; of a longer one each look reads the file again."""


class Number1904(Decimal):
    """A bare number of a workbook whose days count from 1 January 1904: as a date it is another than elsewhere."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        name: As the spreadsheet program shows it.
        rows: How many rows it has with something in them, that of the headings included.
        is_hidden: Whether the spreadsheet program hides it.
    """

    name: str
    rows: int
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet among several that were read as one table.

    Attributes:
        name: As the spreadsheet program shows it.
        begin: What is added to the number that a row has in the sheet.
    """

    name: str
    begin: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a file reads in an encoding that it may be written in.

    Attributes:
        encoding: The Python name of the encoding.
        sample: Some lines with letters beyond ASCII, as they read in it.
    """

    encoding: str
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """How a file was read: found out, or told by the caller; shown to the clerk, who can change it.

    Attributes:
        name: The name of the file, without its folder.
        kind: `csv`, `xlsx`, `xls` or `ods`.
        digest: SHA-256 of the file's bytes, in hexadecimal.
        encoding: How a CSV file writes letters, by its Python name; empty for a workbook.
        separator: What stands between the cells of a CSV file; empty for a workbook.
        quote: What a CSV file puts around a cell that holds a separator; empty for a workbook.
        is_sure: False where the encoding is only the likeliest one, so that the letters must be looked at.
        spellings: The encodings that a CSV file may be written in, the likeliest first, each with its sample; one
            alone where it is sure, none where all letters are of ASCII.
        lost_letters: How many letters of a CSV file were lost before it came: `S?rensen`, `S�rensen`, `SÃ¸rensen`.
        sheet: The sheet that was read; empty for CSV.
        other_sheets: Further sheets of the file, which were not read.
        sheets: All sheets of a workbook, in its order; more than one of them may hold rows that are meant.
        alike: The sheets that have headings of this kind of file, where there are several and nobody said which.
        parts: The sheets that were read, where they are several.
        hidden_rows: How many of the rows that were read are hidden (`Row.is_hidden`).
        hidden_columns: The indexes of the columns that are hidden and have something in them.
        merged: How many merged ranges the sheet has; their value stands in each cell that they span.
        struck_rows: The numbers of the rows of an XLSX file that are struck out.
        comments: How many comments stand on cells of the sheet.
        damaged: How many numbers have more digits than a spreadsheet keeps, so that the last are lost.
        is_1904: Whether the days of the workbook count from 1904.
    """

    name: str
    kind: str
    digest: str
    encoding: str = ""
    separator: str = ""
    quote: str = ""
    is_sure: bool = True
    spellings: tuple[Spelling, ...] = ()
    lost_letters: int = 0
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    alike: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    hidden_rows: int = 0
    hidden_columns: tuple[int, ...] = ()
    merged: int = 0
    struck_rows: tuple[int, ...] = ()
    comments: int = 0
    damaged: int = 0
    is_1904: bool = False

    def place(self, row_number: int) -> tuple[str, int]:
        """The sheet in which a row stands, and its number there; of a file of one table its own number."""
        part = next((each for each in reversed(self.parts) if each.begin < row_number), None)
        return (self.sheet, row_number) if part is None else (part.name, row_number - part.begin)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in it.

    Attributes:
        number: Its number in the file, from 1, as a spreadsheet program shows it.
        cells: The texts as written; a native date as ISO 8601, a native number as plain digits, what a spreadsheet
            could not reckon as it shows it (`#N/A`), a number that lost its last digits as `1.23E+18`.
        natives: The native value of a cell, by the cell's index, where the file has one.
        is_hidden: Whether the spreadsheet program hides it.
    """

    number: int
    cells: tuple[str, ...]
    natives: Mapping[int, Native] = field(default_factory=dict)
    is_hidden: bool = False

    def thin(self, once: dict[str, str]) -> "Row":
        """The same row, its texts shared with those of other rows as far as `once` has room for them."""
        keep = once.setdefault if len(once) < _SHARED else once.get
        cells = tuple([keep(cell, cell) or cell for cell in self.cells])
        return Row(self.number, cells, self.natives or _NO_NATIVES, self.is_hidden)

    def text(self, index: int) -> str:
        """The text of a cell without blanks around it; empty where the row is shorter."""
        return self.cells[index].strip() if index < len(self.cells) else ""

    def value(self, index: int) -> str | Native:
        """The native value of a cell where there is one, else its text."""
        native = self.natives.get(index)
        return self.text(index) if native is None else native


class Rows(Sequence[Row]):
    """The rows of a file, read again for each look at them where they are many: flat in memory, however long it is."""

    def __init__(self, read: Callable[[], Iterator[Row]]) -> None:
        """Read all once, so that what is wrong with the file is found before anything is done with it."""
        self._read = read
        self._held: list[Row] = []
        self._count = 0
        for row in read():
            self._count += 1
            if self._count <= HELD_ROWS:
                self._held.append(row)

    def __len__(self) -> int:
        """How many they are."""
        return self._count

    def __iter__(self) -> Iterator[Row]:
        """All of them, in the order of the file."""
        return iter(self._held) if self._count <= len(self._held) else self._read()

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """A row, or some of them, by their place; quick for the first."""
        wanted = range(self._count)[place]
        if isinstance(wanted, int):
            return self._held[wanted] if wanted < len(self._held) else next(islice(iter(self), wanted, None))
        if not wanted or max(wanted) < len(self._held):
            return [self._held[each] for each in wanted]
        chosen = set(wanted)
        found = {each: row for each, row in enumerate(self) if each in chosen}
        return [found[each] for each in wanted]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, without those that are empty."""

    source: Source
    rows: Sequence[Row]


def too_many_columns(row_number: int) -> Refused:
    """The refusal of a table that is too wide."""
    return Refused(
        "Row {row} has more than {n} columns. See that this is the right file and the right separator.",
        field="file",
        row=row_number,
        n=MAX_COLUMNS,
    )


def too_long_cell(row_number: int) -> Refused:
    """The refusal of a cell that no table has."""
    return Refused(
        "A cell in row {row} is longer than {n} letters. Perhaps a quotation mark is missing there.",
        field="file",
        row=row_number,
        n=MAX_CELL,
    )
