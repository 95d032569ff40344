"""Which column is what: headings in several languages, found below the titles of a table, and told by the clerk."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.errors import Refused
from models.exchange.tables import Row, Table
from models.exchange.values import key
from models.text import Message, message

SKIP = "-"
"""What a column is mapped to when it is not to be read."""

OWN_COLUMN = "Konak: "
"""How the heading of the column begins that Konak itself has added to a file of refused rows."""

_SEARCHED = 40
"""How many rows may stand above the headings."""
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a file and the headings by which it is known.

    Attributes:
        label: What the field is called on the screen; an English message id.
        words: Headings, in any case, with or without marks and punctuation.
    """

    label: str
    words: tuple[str, ...]


Fields = Mapping[str, FieldWords]


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of a table.

    Attributes:
        index: Its position, from 0.
        header: Its heading as written; its letter in brackets where it has none.
        field: The field that it holds, or None where it holds none that is known.
    """

    index: int
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of headings and what it means.

    Attributes:
        row_number: Its number in the file.
        columns: All columns, also those without a heading.
        by_field: The index of the column of each field that was found.
    """

    row_number: int
    columns: tuple[SourceColumn, ...]
    by_field: Mapping[str, int]

    def text(self, row: Row, field: str) -> str:
        """The text of a field in a row; empty where the file has no such column."""
        index = self.by_field.get(field)
        return "" if index is None else row.text(index)

    def header(self, field: str) -> str | None:
        """The heading of a field's column."""
        index = self.by_field.get(field)
        return None if index is None else self.columns[index].header


def column_letter(index: int) -> str:
    """The letter by which a spreadsheet program calls a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_heading(
    table: Table,
    fields: Fields,
    *,
    mapping: Mapping[str, str] | None = None,
    least: int = 2,
    row_number: int | None = None,
) -> Heading:
    """Find the row of headings and what each column holds.

    Args:
        table: The table.
        fields: The fields that this kind of file can have.
        mapping: What the clerk says: a heading or a column's letter, and the field that it holds, or `SKIP`.
        least: How many headings must be recognised for a row to be one of headings.
        row_number: The row of headings, where the clerk says it; found out if None.

    Raises:
        Refused: There is no such row, or the mapping names a column or a field that does not exist.
    """
    mapping = mapping or {}
    for column, field in mapping.items():
        if field != SKIP and field not in fields:
            raise Refused(
                "There is no field “{name}” for the column “{column}”. Choose one of: {fields}.",
                field="mapping",
                name=field,
                column=column,
                fields=", ".join(fields),
            )
    known = _by_key(fields)
    told = {key(column): field for column, field in mapping.items()}

    def score(row: Row) -> int:
        return len({field for cell in row.cells if (field := told.get(key(cell)) or _recognised(cell, known))})

    best = max(table.rows[:_SEARCHED], key=score) if row_number is None else _row(table, row_number)
    if row_number is None and score(best) < least and not (mapping and score(best)):
        raise Refused(
            "No row of headings was found. Write headings above the columns, or say which column holds what.",
            field="file",
        )
    width = max(len(each.cells) for each in table.rows if each.number >= best.number)
    headers = [" ".join(best.text(index).split()) for index in range(width)]
    return _heading(best.number, headers, known, _told_columns(headers, mapping))


def _row(table: Table, number: int) -> Row:
    found = next((row for row in table.rows if row.number == number), None)
    if found is None:
        raise Refused("Row {row} is empty. Choose the row with the headings.", field="heading_row", row=number)
    return found


def _told_columns(headers: list[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """The columns that the clerk names, by heading or by letter, and the field that each holds."""
    indexes = {column_letter(index): index for index in range(len(headers))}
    found: dict[int, str] = {}
    for column, field in mapping.items():
        matching = [index for index, header in enumerate(headers) if header and key(header) == key(column)]
        if not matching and column.strip("() ").upper() in indexes:
            matching = [indexes[column.strip("() ").upper()]]
        if not matching:
            raise Refused(
                "There is no column “{column}”. The file has: {columns}.",
                field="mapping",
                column=column,
                columns=", ".join(header or f"({column_letter(index)})" for index, header in enumerate(headers)),
            )
        found[matching[0]] = field
    return found


def _heading(row_number: int, headers: list[str], known: Mapping[str, str], told: Mapping[int, str]) -> Heading:
    """What the clerk says comes first; of two columns of one field the first is read, the other is kept as it is."""
    columns: list[SourceColumn] = []
    by_field: dict[str, int] = {}
    claimed = set(told.values())
    for index, header in enumerate(headers):
        field = told.get(index)
        if field is None:
            field = _recognised(header, known)
            field = None if field in claimed else field
        if field == SKIP or field in by_field:
            field = None
        if field is not None:
            by_field[field] = index
        columns.append(SourceColumn(index, header or f"({column_letter(index)})", field))
    return Heading(row_number, tuple(columns), MappingProxyType(by_field))


def _recognised(cell: str, known: Mapping[str, str]) -> str | None:
    """The field that a heading names, with what it has in brackets or without."""
    if len(cell) > 80:
        return None
    cell = cell.replace("#", " no ")
    return known.get(key(cell)) or known.get(key(_BRACKETS.sub(" ", cell)))


def _by_key(fields: Fields) -> Mapping[str, str]:
    """The field of each word's key. The fields of a kind of file never change, so they are turned around once."""
    return _turned(tuple((field, (field, *words.words)) for field, words in fields.items()))


@cache
def _turned(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, words in fields:
        for word in words:
            found.setdefault(key(word), field)
    return found


def is_heading_again(row: Row, heading: Heading) -> bool:
    """Whether a row repeats the headings, as printed tables do on each page."""
    filled = 0
    for column in heading.columns:
        if text := row.text(column.index):
            if " ".join(text.split()).casefold() != column.header.casefold():
                return False
            filled += 1
    return filled > 1


def missing_columns(heading: Heading, fields: Fields, needed: Iterable[str]) -> tuple[Message, ...]:
    """What to say of fields that a file must have and has not."""
    return tuple(
        message("No column holds “{field}”. Say which column it is.", field=Message(fields[field].label))
        for field in needed
        if field not in heading.by_field
    )
