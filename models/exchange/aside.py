"""Which rows of a file are nobody's: titles, totals, footnotes and repeated headings. None of them goes unsaid."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.exchange.dates import read_decimal, western_digits
from models.exchange.headers import Heading, is_heading_again
from models.exchange.tables import Row, Table
from models.exchange.values import is_total
from models.text import Message, counted

_NAMES = frozenset({"family_name", "given_names", "full_name", "own_script"})
_OWN = frozenset(
    {"person_id", "stay_id", "partner_number", "case", "case_person", "document_number", "document_expiry",
     "birth_date", "age", "age_on_arrival", "arrived_on", "arrived_time", "departed_on", "departed_time",
     "final_order_on", "sentenced_on", "release_on"}
)  # fmt: skip
"""Numbers, births and dates: a row that has one is of somebody."""
_NUMBER = re.compile(r"\d(?:[\d.,' ]*\d)?")


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is nobody's.

    Attributes:
        row_number: The row in the file, from 1.
        text: What stands in it.
    """

    row_number: int
    text: str


def set_apart(table: Table, heading: Heading) -> tuple[list[Row], tuple[Aside, ...]]:
    """The rows that are of somebody, and those that are nobody's, both in the order of the file."""
    people: list[Row] = []
    aside: list[Aside] = []
    group = 0  # where the people begin whom a subtotal counts
    for row in table.rows:
        if row.number == heading.row_number:
            continue
        is_sum = row.number > heading.row_number and _is_total(row, heading, people, people[group:])
        if is_sum or row.number < heading.row_number or is_heading_again(row, heading) or _is_footnote(row, heading):
            aside.append(Aside(row.number, " | ".join(text for cell in row.cells if (text := cell.strip()))))
            group = len(people) if is_sum else group
        else:
            people.append(row)
    return people, tuple(aside)


def say_aside(aside: Sequence[Aside]) -> Message:
    """How many rows were set aside."""
    return counted(
        "{n} row is nobody's and was set aside: a title, a total, a footnote or a repeated heading.",
        "{n} rows are nobody's and were set aside: titles, totals, footnotes or repeated headings.",
        len(aside),
    )


def is_wrong_total(row: Row) -> bool:
    """Whether a row that was not set apart begins as a total does: it may be one that does not add up."""
    return _label(_filled(row)[0][1]) is not None


def _is_footnote(row: Row, heading: Heading) -> bool:
    """Whether a row is one text that is neither a name nor a fact of anybody. A name alone is a person."""
    (index, text), *more = _filled(row)
    field = heading.columns[index].field
    if more or field in _OWN or _label(text):
        return False
    return field not in _NAMES or any(sign.isdecimal() for sign in text)


def _is_total(row: Row, heading: Heading, *above: Sequence[Row]) -> bool:
    """Whether a row counts or sums up some rows above it: it says nothing of anybody, and its numbers add up."""
    (_, first), *cells = _filled(row)
    label = _label(first)
    if label is None or not (label or cells) or any(heading.columns[index].field in _OWN for index, _ in cells):
        return False
    return any(
        (not label or int(label) == len(rows)) and all(_adds_up(row, index, rows) for index, _ in cells)
        for rows in above
    )


def _label(text: str) -> str | None:
    """The digits that the words of a total are followed by; empty where they stand alone, None where it is no total.

    They are 64 in `Total: 64. The list replaces the one of June.`
    """
    found = _NUMBER.search(western_digits(text))
    if not is_total(text if found is None else text[: found.start()]):
        return None
    return "" if found is None else re.sub(r"\D", "", found[0])


def _adds_up(row: Row, index: int, rows: Iterable[Row]) -> bool:
    """Whether a number is how many rows there are, how many have something in its column, or the sum of it."""
    values = [each.value(index) for each in rows]
    filled = [value for value in values if value != ""]
    numbers = [number for value in filled if isinstance(number := read_decimal(value), Decimal)]
    return read_decimal(row.value(index)) in (len(values), len(filled), sum(numbers))


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(index, text) for index, cell in enumerate(row.cells) if (text := cell.strip())]
