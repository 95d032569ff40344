"""Which column is what: headings in several languages, found below the titles of a table, and told by the clerk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from models.errors import Refused
from models.exchange.answers import LEFT_OUT, SEALED, Answers
from models.exchange.heading_words import Fields, Headings
from models.exchange.tables import Row, Table
from models.exchange.values import key
from models.rules.headings import BIRTHDAYS

OWN_COLUMN = "Konak: "
"""How the heading of the column begins that Konak itself has added to a file of refused rows."""

_BIRTHDAYS = frozenset(map(key, BIRTHDAYS))
SEARCHED = 40
"""How many rows may stand above the headings."""
_COMPARED = 1_000
"""In so many rows a column must be empty to be none that a field could stand in."""


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of a table.

    Attributes:
        index: Its position, from 0.
        header: Its heading as written; its letter in brackets where it has none.
        field: The field that it holds; None where it holds none that is known, and is kept sealed.
        is_left_out: Whether somebody said that it is not to be read.
    """

    index: int
    header: str
    field: str | None
    is_left_out: bool = False

    @property
    def letter(self) -> str:
        """By what a spreadsheet program calls it."""
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of headings and what it means.

    Attributes:
        row_number: Its number in the file; 0 where the table has none.
        columns: All columns, also those without a heading.
        by_field: The index of the column of each field that was found.
        candidates: The columns of each field that several could hold; it is in `by_field` once somebody said which.
    """

    row_number: int
    columns: tuple[SourceColumn, ...]
    by_field: Mapping[str, int]
    candidates: Mapping[str, tuple[int, ...]]

    def text(self, row: Row, field: str) -> str:
        """The text of a field in a row; empty where the file has no such column."""
        index = self.by_field.get(field)
        return "" if index is None else row.text(index)

    def header(self, field: str) -> str | None:
        """The heading of a field's column."""
        index = self.by_field.get(field)
        return None if index is None else self.columns[index].header

    def named(self, column: str) -> SourceColumn | None:
        """The column that is meant by a field, a heading or a letter."""
        if column in self.by_field:
            return self.columns[self.by_field[column]]
        found = [each for each in self.columns if key(each.header) == key(column)]
        return next((each for each in (*found, *self.columns) if each in found or each.letter == _letter(column)), None)

    def called(self, column: SourceColumn) -> str:
        """By what a column is told on the command line: its heading, or its letter where that is not its alone."""
        same = [each for each in self.columns if key(each.header) == key(column.header)]
        return column.header if len(same) == 1 and not column.header.startswith("(") else column.letter


def column_letter(index: int) -> str:
    """The letter by which a spreadsheet program calls a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _letter(column: str) -> str:
    return column.strip("() ").upper()


def find_heading(table: Table, fields: Fields, answers: Answers, *, least: int = 2) -> Heading:
    """Find the row of headings and what each column holds. Of two columns for one field none is taken by its place.

    Args:
        table: The table.
        fields: The fields that this kind of file can have.
        answers: What is said of columns and of the row of headings.
        least: How many headings must be recognised for a row to be surely one of headings.

    Raises:
        Refused: What was said names a row, a column or a field that does not exist, or one field twice; or the file has
            but one column, and nothing that is known.
    """
    _check_fields(answers.mapping, fields)
    known = Headings(fields)
    row = heading_row(table, known, answers, least)
    above, row = (None, row) if row is None or answers.heading_row is not None else _two_rows(table, row, known)
    number = 0 if row is None else row.number
    width = max((len(each.cells) for each in table.rows if each.number >= number), default=0)
    headers, meant = _headers(above, row, width, known)
    if width < 2 and not answers.mapping and (row is None or not known.recognised(headers[0])):
        raise Refused(
            "The file has one column only. See that it is the right file, and that the right sign stands between the "
            "cells.",
            field="separator",
        )
    if "birth_month" in meant:
        meant = [
            "birth_day" if key(header) in _BIRTHDAYS else field for header, field in zip(headers, meant, strict=True)
        ]
    told = _told_columns(headers, answers.mapping)
    guessed = [None if index in told else field for index, field in enumerate(meant)]
    below = [each for each in table.rows[: _COMPARED + number] if each.number > number]
    return _heading(number, headers, told, guessed, below, fields)


def _check_fields(mapping: Mapping[str, str], fields: Fields) -> None:
    for column, field in mapping.items():
        if field not in (SEALED, LEFT_OUT) and field not in fields:
            raise Refused(
                "There is no field “{name}” for the column “{column}”. Choose one of: {fields}.",
                field="mapping",
                name=field,
                column=column,
                fields=", ".join((*fields, SEALED, LEFT_OUT)),
            )


def heading_row(table: Table, known: Headings, answers: Answers, least: int) -> Row | None:
    """The row of headings: as it was told, the one with most headings that are known, or one that looks like it.

    Args:
        table: The table.
        known: The headings of this kind of file.
        answers: What is said of columns and of the row of headings.
        least: How many headings must be recognised for a row to be surely one of headings.

    Returns:
        None where there is none.

    Raises:
        Refused: The row that was told is empty.
    """
    if answers.heading_row is not None:
        return _told_row(table, answers.heading_row) if answers.heading_row else None
    told = {key(column): field for column, field in answers.mapping.items()}

    def score(row: Row) -> int:
        found = (told.get(key(cell)) or known.recognised(cell) for cell in row.cells if cell.strip())
        return len({field for field in found if field is not None})

    first = table.rows[:SEARCHED]
    best = max(first, key=score)
    width = max(len(row.cells) for row in first)
    if score(best) >= min(least, width) or any(key(cell) in told for cell in best.cells if cell.strip()):
        return best
    return _likely_row(first)


def _told_row(table: Table, number: int) -> Row:
    found = next((row for row in table.rows if row.number == number), None)
    if found is None:
        raise Refused("Row {row} is empty. Choose the row with the headings.", field="heading_row", row=number)
    return found


def _likely_row(rows: Sequence[Row]) -> Row | None:
    """The first row of several texts without any digit, where rows below it have digits; None where there is none."""
    for at, row in enumerate(rows):
        if any(sign.isdigit() for cell in row.cells for sign in cell):
            return None
        if sum(bool(cell.strip()) for cell in row.cells) > 1:
            is_above = any(sign.isdigit() for below in rows[at + 1 :] for cell in below.cells for sign in cell)
            return row if is_above else None
    return None


def _two_rows(table: Table, row: Row, known: Headings) -> tuple[Row | None, Row]:
    """The row of headings, and the one above it that says to what they belong; of both the lower is the row.

    That the row below has headings too is sure where two of it are known: the same in another language, or the parts
    of a name. Otherwise two rows belong together where more is known of both than of one.
    """
    near = {each.number: each for each in table.rows[: SEARCHED + 1] if abs(each.number - row.number) == 1}
    alone = len(set(_headers(None, row, len(row.cells), known)[1]) - {None})
    for upper, lower in ((row, near.get(row.number + 1)), (near.get(row.number - 1), row)):
        if upper is None or lower is None or _has_digits(upper) or _has_digits(lower):
            continue
        joined = len(set(_headers(upper, lower, max(len(upper.cells), len(lower.cells)), known)[1]) - {None})
        is_again = lower is not row and sum(known.recognised(cell) is not None for cell in lower.cells) > 1
        if joined > alone or is_again:
            return upper, lower
    return None, row


def _has_digits(row: Row) -> bool:
    return bool(row.natives) or any(sign.isdigit() for cell in row.cells for sign in cell)


def _headers(above: Row | None, row: Row | None, width: int, known: Headings) -> tuple[list[str], list[str | None]]:
    """What is written above each column, and the field that it names.

    Of two rows the upper one holds for the columns to its right, as far as nothing stands above them.
    """
    uppers, lowers = ([_written(each, index) for index in range(width)] for each in (above, row))
    for index in range(1, width):
        uppers[index] = uppers[index] or (uppers[index - 1] if lowers[index] else "")
    headers: list[str] = []
    for upper, lower in zip(uppers, lowers, strict=True):
        if upper and lower and key(upper) != key(lower):
            headers.append(_of_two(upper, lower, known, is_alone=uppers.count(upper) == 1))
        else:
            headers.append(lower or upper)
    return headers, [known.recognised(header) for header in headers]


def _written(row: Row | None, index: int) -> str:
    return "" if row is None else " ".join(row.text(index).split())


def _of_two(upper: str, lower: str, known: Headings, *, is_alone: bool) -> str:
    """Two headings as one that is known: `Arrival` and `Date`, `Name` and `Family`, `Surname` and `Mbiemri`.

    A group says nothing of a part of it that is not known: `Departure` and `Officer` end no stay.
    """
    forms = [f"{upper} {lower}", f"{lower} {upper}"]
    if known.recognised(lower) or is_alone:
        forms += [f"{upper} / {lower}", lower]
    return next((form for form in forms if known.recognised(form)), forms[0])


def _told_columns(headers: list[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """The columns that the clerk names, by heading or by letter, and the field that each holds."""
    indexes = {column_letter(index): index for index in range(len(headers))}
    found: dict[int, str] = {}
    for column, field in mapping.items():
        matching = [index for index, header in enumerate(headers) if header and key(header) == key(column)]
        if not matching and _letter(column) in indexes:
            matching = [indexes[_letter(column)]]
        if not matching:
            raise Refused(
                "There is no column “{column}”. The file has: {columns}.",
                field="mapping",
                column=column,
                columns=", ".join(header or f"({column_letter(index)})" for index, header in enumerate(headers)),
            )
        if len(matching) > 1:
            raise Refused(
                "Several columns have the heading “{column}”. Say which by its letter: {letters}.",
                field="mapping",
                column=column,
                letters=", ".join(column_letter(index) for index in matching),
            )
        if field in found.values() and field not in (SEALED, LEFT_OUT):
            raise Refused(
                "Two columns cannot both hold “{name}”. Say of one of them {sealed}, or {left_out} to leave it out.",
                field="mapping",
                name=field,
                sealed=SEALED,
                left_out=LEFT_OUT,
            )
        found[matching[0]] = field
    return found


def _heading(
    row_number: int,
    headers: list[str],
    told: Mapping[int, str],
    guessed: Sequence[str | None],
    below: Sequence[Row],
    fields: Fields,
) -> Heading:
    """What the clerk says comes first; what several columns could hold is held by none until somebody says which."""
    by_field = {field: index for index, field in told.items() if field in fields}
    candidates: dict[str, tuple[int, ...]] = {}
    for field in dict.fromkeys(each for each in guessed if each is not None):
        indexes = [index for index, each in enumerate(guessed) if each == field]
        apart = indexes if fields[field].is_kept_sealed else _filled(indexes, below)
        if field in by_field or (len(apart) > 1 and not fields[field].is_kept_sealed):
            candidates[field] = tuple(sorted({*apart, *([by_field[field]] if field in by_field else [])}))
        if field not in by_field and (len(apart) == 1 or fields[field].is_kept_sealed):
            by_field[field] = apart[0]
    holds = {index: field for field, index in by_field.items()}
    columns = tuple(
        SourceColumn(index, header or f"({column_letter(index)})", holds.get(index), told.get(index) == LEFT_OUT)
        for index, header in enumerate(headers)
    )
    several = {field: indexes for field, indexes in candidates.items() if len(indexes) > 1}
    return Heading(row_number, columns, MappingProxyType(by_field), MappingProxyType(several))


def _filled(indexes: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """Those of some columns in which anything stands: an empty one needs no answer."""
    return [index for index in indexes if any(row.text(index) for row in rows)] or list(indexes[:1])


def is_heading_again(row: Row, heading: Heading, known: Headings) -> bool:
    """Whether a row repeats the headings, or one of their two rows, as printed tables do on each page.

    Raises:
        Refused: It has others: what stands below it would be taken for something else.
    """
    if all(_is_part(text, column.header) for column, text in _under(row, heading)):
        return sum(bool(cell.strip()) for cell in row.cells) > 1
    if _has_digits(row):
        return False
    filled = [(column, text, known.recognised(text)) for column, text in _under(row, heading)]
    if all(_is_part(text, column.header) or (field and field == column.field) for column, text, field in filled):
        return len(filled) > 2
    if heading.row_number and _are_headings(filled, heading):
        raise _other_headings(row.number, heading.row_number)
    return False


def check_above(rows: Iterable[Row], heading: Heading, known: Headings) -> None:
    """See that no table with headings of its own stands above the headings that were found.

    Raises:
        Refused: One does.
    """
    first = 0
    for row in rows:
        if row.number >= heading.row_number:
            return
        if first and _has_digits(row):
            raise _other_headings(heading.row_number, first)
        if _are_headings([(column, text, known.recognised(text)) for column, text in _under(row, heading)], heading):
            first = row.number


def _are_headings(filled: Sequence[tuple[SourceColumn, str, str | None]], heading: Heading) -> bool:
    """Whether all that stands in a row is headings, three of them at the least known."""
    headers = {column.header.casefold() for column in heading.columns}
    is_enough = len({field for *_, field in filled} - {None}) > 2
    return is_enough and all(field or text.casefold() in headers for _, text, field in filled)


def _other_headings(row_number: int, first: int) -> Refused:
    return Refused(
        "Row {row} has other headings than row {first}. Divide the file there, then bring each part.",
        field="file",
        row=row_number,
        first=first,
    )


def _under(row: Row, heading: Heading) -> Iterator[tuple[SourceColumn, str]]:
    """What a row has under each heading, where it has anything."""
    for column in heading.columns:
        if text := " ".join(row.text(column.index).split()):
            yield column, text


def _is_part(text: str, header: str) -> bool:
    """Whether a text is a heading, or how it begins or ends."""
    text, header = text.casefold(), header.casefold()
    return text == header or header.startswith(f"{text} ") or header.endswith(f" {text}")


def samples(rows: Iterable[Row], index: int, most: int = 3) -> tuple[str, ...]:
    """Some different texts of a column."""
    some: dict[str, None] = {}
    for row in rows:
        if text := row.text(index):
            some[text] = None
        if len(some) == most:
            break
    return tuple(some)
