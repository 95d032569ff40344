"""Opens a file as it was answered, and as the last one of its shape was: its letters, its sheets, its hidden rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from models.exchange.answers import EVERY_SHEET, Answers
from models.exchange.files import read_table
from models.exchange.headers import SEARCHED, heading_row
from models.exchange.heading_words import Fields, Headings
from models.exchange.tables import Native, Part, Row, Rows, Table
from models.exchange.values import key

Recalled = Mapping[str, Answers]
"""What was said of earlier files, by their shape."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened.

    Attributes:
        table: Its rows.
        answers: What was said of it, and of the last file of its shape where nothing was.
    """

    table: Table
    answers: Answers


def open_file(path: Path, fields: Fields, told: Answers, recalled: Recalled, *, before: Opened | None = None) -> Opened:
    """Open a file.

    Args:
        path: The file.
        fields: What this kind of file can have.
        told: What was said of it.
        recalled: What was said of earlier files.
        before: How it was opened before; it is not read again where nothing was said that reads it otherwise.

    Raises:
        Refused: It is no table, or has no such sheet.
        Unavailable: It cannot be read.
    """
    if before is not None and _how(before.answers) == _how(told.over(before.answers)):
        table = before.table
    else:
        table = _read(path, fields, told)
    shape = next((each for each in map(shape_of_row, table.rows[:SEARCHED]) if each in recalled), None)
    if shape is None:
        shape = shape_of_width(table)
    if shape not in recalled:
        return Opened(table, told)
    earlier = recalled[shape]
    if table.source.is_sure:  # what a file says of its letters itself holds over what the last one was written in
        earlier = replace(earlier, encoding=None)
    answers = told.over(earlier)
    return Opened(table if _how(answers) == _how(told) else _read(path, fields, answers), answers)


def _how(answers: Answers) -> tuple[object, ...]:
    return answers.encoding, answers.separator, answers.sheets


# -- shapes -------------------------------------------------------------------------------------------------------


def shape_of_row(row: Row) -> str:
    """By what a file is known to be of the same shape: its headings, in whatever case."""
    texts = [key(row.text(index)) for index in range(len(row.cells))]
    while texts and not texts[-1]:
        texts.pop()
    return sha256("\x1f".join(texts).encode()).hexdigest()


def shape_of_width(table: Table) -> str:
    """The shape of a file without headings: how many columns it has."""
    return f"columns:{max((len(row.cells) for row in table.rows), default=0)}"


def shape_of(table: Table, number: int) -> str:
    """The shape of a file whose headings stand in a row; 0: it has none."""
    found = next((row for row in table.rows[:SEARCHED] if row.number == number), None)
    return shape_of_width(table) if found is None else shape_of_row(found)


# -- sheets -------------------------------------------------------------------------------------------------------


def _read(path: Path, fields: Fields, answers: Answers) -> Table:
    """The sheet that was named, the only one with such headings, or several as one table."""

    def sheet(name: str | None) -> Table:
        return read_table(path, encoding=answers.encoding, separator=answers.separator, sheet=name)

    named = () if answers.sheets == (EVERY_SHEET,) else answers.sheets
    first = sheet(named[0] if named else None)
    if len(named) == 1 or len(first.source.sheets) < 2:
        return first
    if named:
        return joined([first, *map(sheet, named[1:])], fields)
    names = [each.name for each in first.source.sheets if each.rows > 1]
    tables = {name: first if name == first.source.sheet else sheet(name) for name in names}
    known = Headings(fields)
    hidden = {each.name for each in first.source.sheets if each.is_hidden}
    alike = [name for name in names if _is_alike(tables[name], known)]
    if answers.sheets:
        return joined([tables[name] for name in alike or names if name not in hidden] or [first], fields)
    alike = [name for name in alike if name not in hidden] or alike
    chosen = tables[alike[0]] if alike else first
    return replace(chosen, source=replace(chosen.source, alike=tuple(alike) if len(alike) > 1 else ()))


def _is_alike(table: Table, known: Headings) -> bool:
    """Whether a sheet has headings of this kind of file."""
    row = heading_row(table, known, Answers(), 2)
    return row is not None and sum(known.recognised(cell) is not None for cell in row.cells) > 1


def joined(tables: Sequence[Table], fields: Fields) -> Table:
    """Several sheets as one table: the columns by their headings, the rows counted on from sheet to sheet."""
    first, *others = tables
    if not others:
        return first
    known, wide = Headings(fields), _Wide()
    parts, moves, begin = [], [], 0
    for table in tables:
        top = heading_row(table, known, Answers(), 2) or table.rows[0]
        moves.append((table, begin, wide.taken(top), top.number))
        parts.append(Part(table.source.sheet, begin))
        begin += table.rows[len(table.rows) - 1].number

    def rows() -> Iterator[Row]:
        return chain.from_iterable(_moved(*move, wide) for move in moves)

    source = replace(
        first.source,
        parts=tuple(parts),
        other_sheets=tuple(each.name for each in first.source.sheets if each.name not in {part.name for part in parts}),
        hidden_rows=sum(table.source.hidden_rows for table in tables),
        struck_rows=tuple(
            part.begin + row for part, table in zip(parts, tables, strict=True) for row in table.source.struck_rows
        ),
        comments=sum(table.source.comments for table in tables),
        merged=sum(table.source.merged for table in tables),
        damaged=sum(table.source.damaged for table in tables),
    )
    return Table(source, Rows(rows))


class _Wide:
    """The columns of several sheets, each heading once."""

    def __init__(self) -> None:
        self.titles: dict[str, int] = {}
        self.headings: list[str] = []

    def taken(self, top: Row) -> list[int]:
        """Where the columns of a sheet stand in all."""
        places: list[int] = []
        for index in range(len(top.cells)):
            title = key(top.text(index)) or f"({index})"
            place = self.titles.setdefault(title, len(self.headings))
            if place in places:  # a heading that stands twice in one sheet
                place = self.titles.setdefault(f"{title} ({index})", len(self.headings))
            if place == len(self.headings):
                self.headings.append(top.text(index))
            places.append(place)
        return places


def _moved(table: Table, begin: int, places: list[int], top: int, wide: _Wide) -> Iterator[Row]:
    """The rows of a sheet, with its cells in the columns of all; the headings of the first stand for all."""
    for row in table.rows:
        if begin == 0 and row.number == top:
            yield replace(row, cells=tuple(wide.headings))
            continue
        cells = [""] * len(wide.headings)
        natives: dict[int, Native] = {}
        for index, cell in enumerate(row.cells):
            place = places[index] if index < len(places) else len(cells)
            if place >= len(cells):
                cells += [""] * (place + 1 - len(cells))
            cells[place] = cell
            if index in row.natives:
                natives[place] = row.natives[index]
        yield replace(row, number=begin + row.number, cells=tuple(cells), natives=natives)
