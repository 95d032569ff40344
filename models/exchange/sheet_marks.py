"""What a workbook says of its sheets beyond the values of their cells: hidden, merged, not reckoned, how large.

A few bytes of a workbook can declare millions of cells: this is looked at, piece by piece, before anything is loaded.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from models.exchange.tables import too_many_columns

MAX_CELLS = 10_000_000
"""Counted with the gaps that a sheet declares."""
LAST_ROW = 1_048_576
"""No spreadsheet has a row beyond it (ECMA-376 leaves it open, every program sets it)."""

Place = tuple[int, int]
"""A cell by its row and column, from 0."""


class DoctypeError(Exception):
    """A part declares a document type. Spreadsheet programs write none; it is where expanding entities are declared."""


@dataclass(slots=True)
class Marks:
    """What a sheet says beyond its values.

    Attributes:
        rows: How many of its rows have something in them.
        hidden_rows: The rows that are hidden, from 0.
        hidden_columns: The first and last column of each range that is hidden, from 0.
        errors: What the spreadsheet could not reckon, as it shows it, by its place.
        uncalculated: The number of the first row, from 1, with a formula whose result is not in the file.
        merged: The first and the last cell of each merged range; of XLSX and XLS they are known by the values' reader.
        struck: The rows of an XLSX file whose every cell is struck out, from 0.
        comments: How many comments stand on its cells; of XLSX and ODS.
    """

    rows: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: int | None = None
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    comments: int = 0
    _last: Place = (-1, -1)
    _seen: int = 0

    def extend(self, row: int, width: int, *, filled: bool, times: int = 1) -> None:
        """Count a row, or several that are alike.

        Args:
            row: The first of them, from 0.
            width: How many cells it declares.
            filled: Whether it has something in it.
            times: How many rows are alike.

        Raises:
            Refused: The sheet declares more cells than any list has.
        """
        self._seen += width * (times if filled else 1)
        if filled:
            self.rows += times
            self._last = max(self._last[0], row + times - 1), max(self._last[1], width - 1)
        too_large = (self._last[0] + 1) * (self._last[1] + 1) > MAX_CELLS
        if row >= LAST_ROW or self._seen > MAX_CELLS or too_large:
            raise too_many_columns(row + 1)


def _parsed(stream: IO[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    parser = _parser()
    parser.StartElementHandler = start
    parser.ParseFile(stream)


def _parser() -> expat.XMLParserType:
    """Reads XML piece by piece.

    Raises:
        DoctypeError: It declares a document type.
        expat.ExpatError: It is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    return parser


def _refuse(*_: object) -> None:
    raise DoctypeError


class XlsxBook:
    """The sheets of an XLSX file by their names, and where each stands."""

    def __init__(self, archive: ZipFile) -> None:
        """Read the list of sheets."""
        self.is_1904 = False
        self.parts: dict[str, str] = {}
        self._archive = archive
        self._struck: frozenset[str] | None = None
        self._targets: dict[str, str] = {}
        with archive.open("xl/_rels/workbook.xml.rels") as stream:
            _parsed(stream, self._relation)
        with archive.open("xl/workbook.xml") as stream:
            _parsed(stream, self._book)

    def _relation(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "")
            self._targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def _book(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            identity = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
            self.parts[attributes.get("name", "")] = self._targets.get(identity, "")

    def marks(self, name: str) -> Marks:
        """What a sheet says beyond its values."""
        part = self.parts[name]
        with self._archive.open(part) as stream:
            marks = _XlsxSheet(stream, self._struck_styles()).marks
        marks.comments = sum(map(self._comments, self._beside(part)))
        return marks

    def _struck_styles(self) -> frozenset[str]:
        """The styles of cells that strike out what stands in them."""
        if self._struck is None:
            styles = _Styles()
            if "xl/styles.xml" in self._archive.NameToInfo:
                with self._archive.open("xl/styles.xml") as stream:
                    _parsed(stream, styles.start)
            self._struck = frozenset(styles.struck)
        return self._struck

    def _beside(self, part: str) -> list[str]:
        """The parts with the comments of a sheet."""
        folder, _, file = part.rpartition("/")
        targets: list[str] = []

        def relation(name: str, attributes: dict[str, str]) -> None:
            if _local(name) == "Relationship" and attributes.get("Type", "").endswith("/comments"):
                targets.append(posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))[1:])

        if (relations := f"{folder}/_rels/{file}.rels") in self._archive.NameToInfo:
            with self._archive.open(relations) as stream:
                _parsed(stream, relation)
        return [target for target in targets if target in self._archive.NameToInfo]

    def _comments(self, part: str) -> int:
        found: list[str] = []
        with self._archive.open(part) as stream:
            _parsed(stream, lambda name, _: found.append(name) if _local(name) == "comment" else None)
        return len(found)


class _Styles:
    """Which styles of cells strike out, by their number as cells name it."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self._fonts: set[int] = set()
        self._font = self._style = -1
        self._within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "fonts" | "fills" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs" as group:
                self._within = group
            case "font" if self._within == "fonts":
                self._font += 1
            case "strike" if self._within == "fonts" and attributes.get("val", "1") in ("1", "true"):
                self._fonts.add(self._font)
            case "xf" if self._within == "cellXfs":
                self._style += 1
                if int(attributes.get("fontId", "0")) in self._fonts:
                    self.struck.add(str(self._style))


class _XlsxSheet:
    """Reads one sheet of an XLSX file."""

    def __init__(self, stream: IO[bytes], struck: frozenset[str]) -> None:
        self.marks = Marks()
        self._struck, self._is_struck, self._style = struck, True, ""
        self._row = self._column = -1
        self._width = 0
        self._filled = self._has_formula = self._has_value = False
        self._type = ""
        self._text: list[str] = []
        self._parser = parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.ParseFile(stream)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "c":
                reference = attributes.get("r")
                self._column = self._column + 1 if reference is None else _column(reference)
                self._width = max(self._width, self._column + 1)
                self._type, self._style = attributes.get("t", ""), attributes.get("s", "")
                self._has_formula = self._has_value = False
                self._text.clear()
            case "v":
                self._has_value = True
                if self._has_formula or self._type == "e":
                    self._parser.CharacterDataHandler = self._text.append
            case "is":
                self._has_value = True
            case "f":
                self._has_formula = True
            case "row":
                stated = attributes.get("r")
                self._row = self._row + 1 if stated is None else int(stated) - 1
                self._column, self._width, self._filled, self._is_struck = -1, 0, False, True
                if attributes.get("hidden", "0") in ("1", "true"):
                    self.marks.hidden_rows.add(self._row)
                if self._row >= LAST_ROW:
                    raise too_many_columns(self._row + 1)
            case "col" if attributes.get("hidden", "0") in ("1", "true"):
                self.marks.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    def _end(self, name: str) -> None:
        match _local(name):
            case "v":
                self._parser.CharacterDataHandler = None
            case "c":
                text = "".join(self._text)
                if self._type == "e":
                    self.marks.errors[self._row, self._column] = text or "#N/A"
                elif self._has_formula and self._type != "str" and not text and self.marks.uncalculated is None:
                    self.marks.uncalculated = self._row + 1
                self._filled |= self._has_value
                self._is_struck &= not self._has_value or self._style in self._struck
            case "row":
                if self._filled and self._is_struck:
                    self.marks.struck.append(self._row)
                self.marks.extend(self._row, self._width, filled=self._filled)


def _local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _column(reference: str) -> int:
    """The column of a cell's reference, from 0: 27 for `AB12`."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


class OdsBook:
    """The sheets of an ODS file, and what they say beyond their values."""

    def __init__(self, archive: ZipFile) -> None:
        """Read all of them; none is loaded before its size is known."""
        self.is_1904 = False
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._depth = 0
        self._row = self._next_row = self._column = self._columns = 0
        self._times = self._width = 1
        self._cells: list[tuple[int, int, dict[str, str]]] = []
        self._texts: list[str] = []
        self._in_note = 0
        with archive.open("content.xml") as stream:
            parser = _parser()
            parser.StartElementHandler = self._start
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._say
            parser.ParseFile(stream)

    def _say(self, text: str) -> None:
        if self._cells and not self._in_note:
            self._texts.append(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "table":
                self._depth += 1
                if self._depth == 1:
                    self._marks = self.sheets[attributes.get("table:name", "")] = Marks()
                    self._next_row = self._columns = 0
            case _ if self._depth > 1:
                return
            case "table-column":
                many = int(attributes.get("table:number-columns-repeated", "1"))
                if attributes.get("table:visibility", "visible") != "visible":
                    self._marks.hidden_columns.append((self._columns, self._columns + many - 1))
                self._columns += many
            case "table-row":
                self._row, self._times = self._next_row, int(attributes.get("table:number-rows-repeated", "1"))
                self._next_row += self._times
                self._column = self._width = 0
                if attributes.get("table:visibility", "visible") != "visible":
                    self._marks.hidden_rows.update(range(self._row, min(self._next_row, LAST_ROW)))
            case "table-cell" | "covered-table-cell":
                many = int(attributes.get("table:number-columns-repeated", "1"))
                self._cells.append((self._column, many, attributes))
                self._texts.clear()
                self._column += many
            case "annotation":
                self._in_note += 1
                self._marks.comments += 1
            case "null-date":
                self.is_1904 = attributes.get("table:date-value", "").startswith("1904")

    def _end(self, name: str) -> None:
        match _local(name):
            case "table":
                self._depth -= 1
            case _ if self._depth > 1:
                return
            case "annotation":
                self._in_note -= 1
            case "table-cell" | "covered-table-cell":
                self._cell(*self._cells.pop())
            case "table-row":
                self._marks.extend(self._row, self._width, filled=self._width > 0, times=self._times)

    def _cell(self, column: int, many: int, attributes: dict[str, str]) -> None:
        text = "".join(self._texts).strip()
        has_type = "office:value-type" in attributes or "calcext:value-type" in attributes
        if has_type or text:
            self._width = max(self._width, column + many)
        if attributes.get("calcext:value-type") == "error":
            self._marks.errors.update({(self._row, column + each): text for each in range(min(many, 250))})
        elif "table:formula" in attributes and not has_type and not text and self._marks.uncalculated is None:
            self._marks.uncalculated = self._row + 1
        down = int(attributes.get("table:number-rows-spanned", "1"))
        right = int(attributes.get("table:number-columns-spanned", "1"))
        if down > 1 or right > 1:
            self._marks.merged.append(((self._row, column), (self._row + down - 1, column + right - 1)))
