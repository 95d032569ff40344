"""XLSX files: what is one, what is refused, and the rows of a sheet."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from models.errors import KonakError, Refused
from models.exchange.tables import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Native,
    Row,
    Source,
    Table,
    too_long_cell,
    too_many_columns,
    too_many_rows,
)
from models.text import N_

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_UNPACKED = 256 * 1024 * 1024
MAX_PARTS = 5_000
MAX_CELLS = 10_000_000
"""Counted with the gaps that a sheet declares: a few bytes in the file can declare millions of empty cells."""
LAST_ROW = 1_048_576
"""No spreadsheet has a row beyond it (ECMA-376 leaves it open, every program sets it); a number of twenty digits would
be counted up to."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", N_("“{name}” is a PDF. Ask for the list as XLSX or CSV.")),
    (b"\x89PNG", N_("“{name}” is a picture. Ask for the list as XLSX or CSV.")),
    (b"\xff\xd8\xff", N_("“{name}” is a picture. Ask for the list as XLSX or CSV.")),
    (b"{\\rtf", N_("“{name}” is a text document. Save its table as XLSX or CSV.")),
)


def looks_like_workbook(content: bytes) -> bool:
    """Whether bytes begin as a spreadsheet program's file does, or as another file that is surely not text."""
    return content.startswith((_ZIP, b"PK\x05\x06", _OLE, *(mark for mark, _ in _OTHERS)))


def read_workbook(content: bytes, *, name: str, digest: str, sheet: str | None = None) -> Table:
    """Read one sheet of an XLSX file. Macros and links to other files are left alone.

    Raises:
        Refused: It is not such a file, it is locked, it is too large, or it has no such sheet.
    """
    _refuse_others(content, name)
    try:
        _refuse_bombs(content, name)
        with warnings.catch_warnings():
            # openpyxl warns of parts of a workbook that it does not keep; nothing is written back here.
            warnings.simplefilter("ignore")
            return _read(content, name, digest, sheet)
    except KonakError:
        raise
    except Exception as error:  # a damaged file makes the library fail in any way
        raise _damaged(name) from error


def _damaged(name: str) -> Refused:
    return Refused(
        "“{name}” is damaged. Open it in the spreadsheet program, save it again, and bring it again.",
        field="file",
        name=name,
    )


def _locked(name: str) -> Refused:
    return Refused(
        "“{name}” is locked with a password. Open it in the spreadsheet program, remove the password, save it, and "
        "bring it again.",
        field="file",
        name=name,
    )


def _refuse_others(content: bytes, name: str) -> None:
    for mark, text in _OTHERS:
        if content.startswith(mark):
            raise Refused(text, field="file", name=name)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _locked(name)
        raise Refused("“{name}” is in an old format. Save it as XLSX or CSV.", field="file", name=name)


def _refuse_bombs(content: bytes, name: str) -> None:
    """Look at what the archive declares before anything is unpacked; the unpacking reads no more than is declared."""
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise Refused(
                "“{name}” is not a spreadsheet that Konak can read. Save it as XLSX or CSV.", field="file", name=name
            )
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused(
                "“{name}” unpacks to more than {n} MB. Divide it into smaller files.",
                field="file",
                name=name,
                n=MAX_UNPACKED // (1024 * 1024),
            )
        if any(part.flag_bits & 1 for part in parts):
            raise _locked(name)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b""):
                        # Spreadsheet programs write none; it is where expanding entities are declared.
                        raise _damaged(name)


def _read(content: bytes, name: str, digest: str, sheet: str | None) -> Table:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        worksheet = _chosen(book, sheet)
        others = tuple(each.title for each in book.worksheets if each is not worksheet)
        rows = tuple(_rows(worksheet))
        _refuse_uncalculated(content, worksheet.title, rows)
    finally:
        book.close()
    if not rows:
        raise Refused(
            "The sheet “{sheet}” is empty. Choose another sheet or file.", field="sheet", sheet=worksheet.title
        )
    return Table(Source(name, "xlsx", digest, sheet=worksheet.title, other_sheets=others), rows)


def _chosen(book: "Workbook", sheet: str | None) -> "ReadOnlyWorksheet":
    sheets = book.worksheets
    if sheet is not None:
        named = [each for each in sheets if each.title.strip().casefold() == sheet.strip().casefold()]
        if not named:
            raise Refused(
                "There is no sheet “{sheet}”. The file has: {sheets}.",
                field="sheet",
                sheet=sheet,
                sheets=", ".join(each.title for each in sheets),
            )
        return named[0]
    if not sheets:
        raise Refused("The file has no sheet with rows. Choose another file.", field="file")
    return next((each for each in sheets if each.sheet_state == "visible"), sheets[0])


def _rows(worksheet: "ReadOnlyWorksheet") -> Iterator[Row]:
    # What a sheet declares as its size may be wrong in both directions: read what is there.
    worksheet.reset_dimensions()
    seen = count = 0
    for number, values in enumerate(worksheet.iter_rows(values_only=True), 1):
        if number > LAST_ROW:
            raise too_many_rows()
        seen += len(values)
        if seen > MAX_CELLS:
            raise too_many_columns(number)
        row = _row(number, values)
        if row is None:
            continue
        count += 1
        if count > MAX_ROWS:
            raise too_many_rows()
        yield row


def _row(number: int, values: tuple[object, ...]) -> Row | None:
    cells: list[str] = []
    natives: dict[int, Native] = {}
    last = -1
    for index, value in enumerate(values):
        if value is None:
            cells.append("")
            continue
        text, native = _cell(value)
        if native is not None:
            natives[index] = native
        if len(text) > MAX_CELL:
            raise too_long_cell(number)
        cells.append(text)
        if text and not text.isspace():
            last = index
    if last < 0:
        return None
    if last >= MAX_COLUMNS:
        raise too_many_columns(number)
    return Row(number, tuple(cells[: last + 1]), natives)


def _cell(value: object) -> tuple[str, Native | None]:
    """The text and the native value of a cell. A date with time 00:00 is a date: spreadsheets know no other."""
    native: Native
    match value:
        case str():
            return value, None
        case bool():
            return ("TRUE" if value else "FALSE"), value
        case int():
            return str(value), value
        case float():
            native = Decimal(repr(value))
            return f"{native:f}", native
        case datetime():
            native = (value + timedelta(milliseconds=500)).replace(microsecond=0)
            if native.time() == time():
                return native.date().isoformat(), native.date()
            return native.isoformat(" "), native
        case date() | time():
            return value.isoformat(), value
        case _:
            return str(value), None


def _refuse_uncalculated(content: bytes, sheet: str, rows: tuple[Row, ...]) -> None:
    """Refuse a sheet with formulas whose results are not in the file: their cells would be lost without a word."""
    from openpyxl import load_workbook

    with ZipFile(BytesIO(content)) as archive:
        if not any(
            re.search(rb"<(?:\w+:)?f[\s>/]", archive.read(part))
            for part in archive.namelist()
            if part.startswith("xl/worksheets/")
        ):
            return
    known = {row.number: row for row in rows}
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        worksheet = book[sheet]
        worksheet.reset_dimensions()
        for number, values in enumerate(worksheet.iter_rows(values_only=True), 1):
            row = known.get(number)
            for index, value in enumerate(values):
                if isinstance(value, str) and value.startswith("=") and (row is None or not row.text(index)):
                    raise Refused(
                        "Row {row} has a formula whose result is not in the file. Open the file in the spreadsheet "
                        "program, save it, and bring it again.",
                        field="file",
                        row=number,
                    )
    finally:
        book.close()
