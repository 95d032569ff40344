"""Tables out of files: a CSV or XLSX file as rows of cells, with a description of how it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from models.errors import Refused, Unavailable

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


def read_table(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    quote: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a CSV or XLSX file.

    Args:
        path: The file.
        encoding: How a CSV file writes letters; found out if None.
        separator: What stands between the cells of a CSV file; found out if None.
        quote: What stands around cells of a CSV file; found out if None.
        sheet: The sheet of an XLSX file; the first that is not hidden if None.

    Raises:
        Refused: The file is not a table, too large, or locked by a password.
        Unavailable: The file cannot be read.
    """
    from models.exchange.delimited import read_delimited
    from models.exchange.workbooks import looks_like_workbook, read_workbook

    content = _content(path)
    digest = sha256(content).hexdigest()
    if looks_like_workbook(content):
        return read_workbook(content, name=path.name, digest=digest, sheet=sheet)
    return read_delimited(content, name=path.name, digest=digest, encoding=encoding, separator=separator, quote=quote)


def _content(path: Path) -> bytes:
    """The bytes of the file, read once, so that what was hashed is what was read."""
    try:
        if path.is_dir():
            raise Refused("“{name}” is a folder. Choose a file.", field="file", name=path.name)
        if path.stat().st_size > MAX_BYTES:
            raise Refused(
                "“{name}” is larger than {n} MB. Divide it into smaller files.",
                field="file",
                name=path.name,
                n=MAX_BYTES // (1024 * 1024),
            )
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable(
            "“{name}” cannot be read. See that it is there, that it may be read, and that no other program holds it.",
            field="file",
            name=path.name,
        ) from error
    if not content.strip():
        raise Refused("“{name}” is empty. Choose another file.", field="file", name=path.name)
    return content


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
