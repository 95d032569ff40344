"""What a file is read into: rows of cells, a description of how it was read, and how much of it is too much."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from models.errors import Refused

Native = date | datetime | time | int | Decimal | bool
"""What a spreadsheet knows of a cell beyond its text."""

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 250
MAX_CELL = 32_767
"""The longest text of a cell that a spreadsheet program itself can write."""


@dataclass(frozen=True, slots=True)
class Source:
    """How a file was read: found out, or told by the caller; shown to the clerk, who can change it.

    Attributes:
        name: The name of the file, without its folder.
        kind: `csv` or `xlsx`.
        digest: SHA-256 of the file's bytes, in hexadecimal.
        encoding: How a CSV file writes letters, by its Python name; empty for XLSX.
        separator: What stands between the cells of a CSV file; empty for XLSX.
        quote: What a CSV file puts around a cell that holds a separator; empty for XLSX.
        is_sure: False where the encoding is only the likeliest one, so that the letters should be looked at.
        sheet: The sheet that was read; empty for CSV.
        other_sheets: Further sheets of the file, which were not read.
    """

    name: str
    kind: str
    digest: str
    encoding: str = ""
    separator: str = ""
    quote: str = ""
    is_sure: bool = True
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in it.

    Attributes:
        number: Its number in the file, from 1, as a spreadsheet program shows it.
        cells: The texts as written; a native date as ISO 8601, a native number as plain digits.
        natives: The native value of a cell, by the cell's index, where the file has one.
    """

    number: int
    cells: tuple[str, ...]
    natives: Mapping[int, Native] = field(default_factory=dict)

    def text(self, index: int) -> str:
        """The text of a cell without blanks around it; empty where the row is shorter."""
        return self.cells[index].strip() if index < len(self.cells) else ""

    def value(self, index: int) -> str | Native:
        """The native value of a cell where there is one, else its text."""
        native = self.natives.get(index)
        return self.text(index) if native is None else native


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, without those that are empty."""

    source: Source
    rows: tuple[Row, ...]


def too_many_rows() -> Refused:
    """The refusal of a table that is too long."""
    return Refused("The file has more than {n} rows. Divide it into smaller files.", field="file", n=MAX_ROWS)


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
