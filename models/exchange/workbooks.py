"""XLSX, XLSM, XLS and ODS files: what is one, what is refused, and the rows of a sheet."""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from models.errors import KonakError, Refused
from models.exchange.sheet_marks import MAX_CELLS, Marks, OdsBook, Place, XlsxBook
from models.exchange.table_export import as_typed
from models.exchange.tables import (
    MAX_CELL,
    MAX_COLUMNS,
    Native,
    Number1904,
    Row,
    Rows,
    Sheet,
    Source,
    Table,
    too_long_cell,
    too_many_columns,
)
from models.text import N_

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_UNPACKED = 256 * 1024 * 1024
MAX_PARTS = 5_000
KEPT_DIGITS = 15
"""How many digits of a number a spreadsheet keeps; what stands behind them is lost."""

_BEGINNING = 512
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT = N_("“{name}” is a text document. Save its table as XLSX or CSV.")
_WEB = N_(
    "“{name}” is a web page, whatever its name says. Open it in the spreadsheet program and save it as XLSX or CSV."
)
_XML = N_("“{name}” is XML, whatever its name says. Open it in the spreadsheet program and save it as XLSX or CSV.")
_JSON = N_("“{name}” is JSON. Ask for it as XLSX or CSV; what Konak exported can be exported anew as either.")
_JSON_BEGINS = re.compile(rb"\{\s*[\"'}]|\[\s*[\[{\"'\]]")
_OTHERS = (
    (b"%pdf", N_("“{name}” is a PDF. Ask for the list as XLSX or CSV.")),
    (b"\x89png", N_("“{name}” is a picture. Ask for the list as XLSX or CSV.")),
    (b"\xff\xd8\xff", N_("“{name}” is a picture. Ask for the list as XLSX or CSV.")),
    (b"{\\rtf", _TEXT),
    *((mark, _WEB) for mark in (b"<!doctype", b"<html", b"<head", b"<meta", b"<style", b"<body", b"<table", b"<div")),
    (b"mime-version:", _WEB),
    (b"<?xml", _XML),
)
"""How other files begin, in small letters."""


def looks_like_workbook(content: bytes) -> bool:
    """Whether bytes begin as a spreadsheet program's file does, or as another file that is surely not text."""
    return content.startswith((_ZIP, b"PK\x05\x06", _OLE)) or _said_of_other(content) is not None


def _said_of_other(content: bytes) -> str | None:
    """What to say of bytes that begin as a file that is neither a table nor a workbook, in letters of any width."""
    begin = content[:_BEGINNING]
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        begin = begin.removeprefix(mark)
    begin = begin.replace(b"\0", b"").lstrip().lower()
    if _JSON_BEGINS.match(begin):
        return _JSON
    return next((text for mark, text in _OTHERS if begin.startswith(mark)), None)


def read_workbook(content: bytes, *, name: str, digest: str, sheet: str | None = None) -> Table:
    """Read one sheet of a workbook. Macros and links to other files are left alone.

    Raises:
        Refused: It is not such a file, it is locked, it is too large, or it has no such sheet.
    """
    _refuse_others(content, name)
    try:
        return _read(_Book(content, name), digest, sheet)
    except KonakError:
        raise
    except BaseException as error:  # a damaged file makes the library fail in any way, a panic of Rust among them
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
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


def _no_spreadsheet(name: str) -> Refused:
    return Refused(
        "“{name}” is not a spreadsheet that Konak can read. Save it as XLSX or CSV.", field="file", name=name
    )


def _other_archive(parts: set[str], name: str) -> Refused:
    """What a file is that is packed as workbooks are and is none, and what to do with it."""
    if "word/document.xml" in parts:
        return Refused(_TEXT, field="file", name=name)
    if any(part.endswith(".iwa") for part in parts) or "Index.zip" in parts:
        return Refused(
            "“{name}” is a document of Apple’s programs. Open it there and export it as Excel or CSV.",
            field="file",
            name=name,
        )
    if parts.isdisjoint({"mimetype", "[Content_Types].xml"}):
        return Refused("“{name}” is an archive. Unpack it, and bring the file within it.", field="file", name=name)
    return _no_spreadsheet(name)


def _refuse_others(content: bytes, name: str) -> None:
    if (text := _said_of_other(content)) is not None:
        raise Refused(text, field="file", name=name)
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(name)


class _Book:
    """A workbook of any kind: looked at as a whole before any of its sheets is loaded.

    Attributes:
        kind: `xlsx`, `xls` or `ods`.
        marks: What each sheet says beyond its values, by its name.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self.content = content
        self.marks: Mapping[str, Marks]
        if content.startswith(_OLE):
            self._open_xls()
            return
        with ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive, name)
            parts = set(archive.namelist())
            if "xl/workbook.xml" in parts:
                self._open_xlsx(archive, parts)
            elif "content.xml" in parts and b"opendocument.spreadsheet" in archive.read("mimetype"):
                self._open_ods(archive, parts)
            else:
                raise _other_archive(parts, name)

    def _open_xls(self) -> None:
        from models.exchange.biff import BiffBook

        book = BiffBook(self.content)
        if not book.is_workbook:
            raise _no_spreadsheet(self.name)
        if book.is_locked:
            raise _locked(self.name)
        self.kind, self.is_1904, self.marks = "xls", book.is_1904, book.sheets

    def _open_xlsx(self, archive: ZipFile, parts: set[str]) -> None:
        book = XlsxBook(archive)
        self.kind, self.is_1904 = "xlsx", book.is_1904
        self.marks = {name: book.marks(name) for name, part in book.parts.items() if part in parts}

    def _open_ods(self, archive: ZipFile, parts: set[str]) -> None:
        if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise _locked(self.name)
        book = OdsBook(archive)
        self.kind, self.is_1904, self.marks = "ods", book.is_1904, book.sheets


def _refuse_bombs(archive: ZipFile, name: str) -> None:
    """Look at what the archive declares before anything is unpacked; the unpacking reads no more than is declared."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(
            "“{name}” unpacks to more than {n} MB. Save the sheet as CSV: a CSV file may be of any size.",
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


def _read(book: _Book, digest: str, sheet: str | None) -> Table:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with closing(CalamineWorkbook.from_object(BytesIO(book.content))) as opened:
        sheets = tuple(
            Sheet(each.name, book.marks[each.name].rows, each.visible != SheetVisibleEnum.Visible)
            for each in opened.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.name in book.marks
        )
        chosen = _chosen(sheets, sheet).name
        marks = book.marks[chosen]
        if marks.uncalculated is not None:
            raise Refused(
                "Row {row} has a formula whose result is not in the file. Open the file in the spreadsheet program, "
                "save it, and bring it again.",
                field="file",
                row=marks.uncalculated,
            )
        reader = _SheetReader(opened.get_sheet_by_name(chosen), marks, is_1904=book.is_1904)
    rows = Rows(reader.rows)
    if not len(rows):
        raise Refused("The sheet “{sheet}” is empty. Choose another sheet or file.", field="sheet", sheet=chosen)
    found = reader.found
    source = Source(
        book.name,
        book.kind,
        digest,
        sheet=chosen,
        other_sheets=tuple(each.name for each in sheets if each.name != chosen),
        sheets=sheets,
        hidden_rows=found.hidden_rows,
        hidden_columns=tuple(sorted(column for column in found.columns if reader.is_hidden(column))),
        merged=len(reader.merged),
        struck_rows=tuple(row + 1 for row in marks.struck),
        comments=marks.comments,
        damaged=found.damaged,
        is_1904=book.is_1904,
    )
    return Table(source, rows)


def _chosen(sheets: tuple[Sheet, ...], name: str | None) -> Sheet:
    if name is not None:
        named = [each for each in sheets if each.name.strip().casefold() == name.strip().casefold()]
        if not named:
            raise Refused(
                "There is no sheet “{sheet}”. The file has: {sheets}.",
                field="sheet",
                sheet=name,
                sheets=", ".join(each.name for each in sheets),
            )
        return named[0]
    if not sheets:
        raise Refused("The file has no sheet with rows. Choose another file.", field="file")
    shown = [each for each in sheets if not each.is_hidden] or list(sheets)
    return next((each for each in shown if each.rows), shown[0])


@dataclass(slots=True)
class _Found:
    """What was met in the rows of a sheet."""

    hidden_rows: int = 0
    damaged: int = 0
    columns: set[int] = field(default_factory=set)


class _SheetReader:
    """The rows of a sheet that is loaded; what a merged range holds stands in each cell that it spans."""

    def __init__(self, sheet: "CalamineSheet", marks: Marks, *, is_1904: bool) -> None:
        self._sheet = sheet
        self._marks = marks
        self._is_1904 = is_1904
        self.found = _Found()
        self._errors: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), text in marks.errors.items():
            self._errors[row].append((column, text))
        self.merged: list[tuple[Place, Place]] = sorted(marks.merged or sheet.merged_cell_ranges or [])
        self._start: Place = sheet.start or (0, 0)
        self._end: Place = sheet.end or (0, 0)
        if sum(self._size(first, last) for first, last in self.merged) > MAX_CELLS:
            raise too_many_columns(1)

    def _size(self, first: Place, last: Place) -> int:
        down = min(last[0], self._end[0]) - first[0] + 1
        return max(0, down) * max(0, min(last[1], self._end[1]) - first[1] + 1)

    def is_hidden(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self._marks.hidden_columns)

    def rows(self) -> Iterator[Row]:
        """The rows that have something in them, once more at each call."""
        self.found = _Found()
        waiting = iter(self.merged)
        coming = next(waiting, None)
        spanning: list[tuple[Place, Place, tuple[str, Native | None]]] = []
        # The rows above the first that has something are given, the columns before the first are not.
        for index, values in enumerate(self._sheet.iter_rows()):
            cells = [("", None)] * self._start[1] + [_cell(value) for value in values]
            for column, text in self._errors.get(index, ()):
                cells += [("", None)] * (column + 1 - len(cells))
                cells[column] = text, None
            spanning = [each for each in spanning if each[1][0] >= index]
            while coming is not None and coming[0][0] <= index:
                first, last = coming
                if first[0] == index and first[1] < len(cells) and cells[first[1]][0]:
                    spanning.append((first, last, cells[first[1]]))
                coming = next(waiting, None)
            self._span(index, cells, spanning)
            if row := self._row(index, cells):
                yield row

    def _span(
        self,
        index: int,
        cells: list[tuple[str, Native | None]],
        spanning: list[tuple[Place, Place, tuple[str, Native | None]]],
    ) -> None:
        """Write what merged ranges hold into the cells that they span; a title over a whole row stays one cell."""
        filled = sum(1 for text, _ in cells if text)
        for first, last, value in spanning:
            is_title = first[0] == last[0] and filled == 1
            for column in range(first[1], first[1] + 1 if is_title else min(last[1], self._end[1]) + 1):
                cells += [("", None)] * (column + 1 - len(cells))
                if not cells[column][0]:
                    cells[column] = value

    def _row(self, index: int, cells: list[tuple[str, Native | None]]) -> Row | None:
        natives: dict[int, Native] = {}
        last = -1
        for column, (text, native) in enumerate(cells):
            if native is not None:
                natives[column] = self._dated(native)
            if text and not text.isspace():
                last = column
                if len(text) > MAX_CELL:
                    raise too_long_cell(index + 1)
                self.found.columns.add(column)
                self.found.damaged += native is None and _is_damaged(text)
        if last < 0:
            return None
        if last >= MAX_COLUMNS:
            raise too_many_columns(index + 1)
        is_hidden = index in self._marks.hidden_rows
        self.found.hidden_rows += is_hidden
        return Row(index + 1, tuple(as_typed(text) for text, _ in cells[: last + 1]), natives, is_hidden)

    def _dated(self, native: Native) -> Native:
        """A bare number of a workbook of the 1904 system says so, should it stand in a column of dates."""
        if self._is_1904 and isinstance(native, (int, Decimal)) and not isinstance(native, bool):
            return Number1904(native)
        return native


def _is_damaged(text: str) -> bool:
    from models.rules.numbers import is_damaged_number

    return "E+" in text and is_damaged_number(text)


def _cell(value: object) -> tuple[str, Native | None]:
    """The text and the native value of a cell. A date with time 00:00 is a date: spreadsheets know no other."""
    match value:
        case str():
            return value, None
        case bool():
            return ("TRUE" if value else "FALSE"), value
        case int() | float():
            return _number(float(value))
        case datetime():
            moment = (value + timedelta(milliseconds=500)).replace(microsecond=0)
            if moment.time() == time():
                return moment.date().isoformat(), moment.date()
            return moment.isoformat(" "), moment
        case time():
            return value.isoformat(), value
        case date():
            return value.isoformat(), value
        case timedelta() if timedelta() <= value < timedelta(days=1):
            clock = (datetime.min + value).time()
            return clock.isoformat(), clock
        case timedelta() if value >= timedelta():  # as the spreadsheet shows it: 25:30:00
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}", None
        case _:
            return str(value), None


def _number(value: float) -> tuple[str, Native | None]:
    """A number as plain digits; one with more digits than a spreadsheet keeps as what is left of it, and no value."""
    if value.is_integer():
        if abs(value) >= 10**KEPT_DIGITS:
            return f"{Decimal(repr(value)):.{KEPT_DIGITS - 1}E}", None
        return str(int(value)), int(value)
    native = Decimal(repr(value))
    return f"{native:f}", native
