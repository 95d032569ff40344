"""Proposed lists: each row as a candidate, and every cell kept: as a field, or as a note."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.exchange.aside import is_wrong_total, set_apart
from models.exchange.cells import EXPIRED, Cells
from models.exchange.dates import DayOrder
from models.exchange.fields import LIST_FIELDS, date_columns
from models.exchange.headers import Heading, find_heading
from models.exchange.problems import Note, Problem
from models.exchange.readings import FileReading, find_orders
from models.exchange.tables import Row, Table
from models.exchange.values import key
from models.rules.fields import CANDIDATE, PERSON, REMARKS
from models.rules.likeness import Known, Person, likely_pairs, worn_numbers
from models.rules.selection import Particulars
from models.text import Message, message

DATE_FIELDS = date_columns(*PERSON, *CANDIDATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine(Particulars):
    """A row of a proposed list as a candidate. A field is empty or None where the row does not say it.

    The partner's number is case and person where the list numbers families.

    Attributes:
        row_number: The row in the file, from 1.
        list_number: The number that the list itself gives to the row.
        notes: Cells that were not understood, have no field, or hold free words: they are kept sealed.
        doubts: What a person should know before they rely on it.
    """

    row_number: int
    list_number: str = ""
    notes: tuple[Note, ...] = ()
    doubts: tuple[Problem, ...] = ()

    def doubted(self, more: Iterable[Message]) -> "CandidateLine":
        """The same with further doubts about the whole row."""
        return replace(self, doubts=(*self.doubts, *(Problem(self.row_number, None, "", said) for said in more)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading(FileReading):
    """A proposed list as far as it was understood.

    Attributes:
        candidates: The people, in the order of the file.
    """

    candidates: tuple[CandidateLine, ...]


def read_list(
    table: Table,
    *,
    mapping: Mapping[str, str] | None = None,
    orders: Mapping[str, DayOrder] | None = None,
    heading_row: int | None = None,
) -> ListReading:
    """Read a proposed list.

    Args:
        table: The table.
        mapping: What the clerk says of columns: heading or letter, and field.
        orders: What the clerk says of the order of day and month, by field; found out where it is not said.
        heading_row: The number of the row of headings, where the clerk says it; found out if None.

    Raises:
        Refused: The file has no headings.
    """
    heading = find_heading(table, LIST_FIELDS, mapping=mapping, least=3, row_number=heading_row)
    body, aside = set_apart(table, heading)
    found, unsettled = find_orders(body, heading, DATE_FIELDS, orders or {})
    reader = _Reader(heading, found)
    return ListReading(
        source=table.source,
        heading=heading,
        orders=found,
        unsettled=unsettled,
        aside=aside,
        candidates=tuple(with_likely_duplicates([reader.read(row) for row in body])),
    )


class _Reader:
    """Reads rows under one heading."""

    def __init__(self, heading: Heading, orders: Mapping[str, DayOrder]) -> None:
        self.heading = heading
        self.orders = orders
        unread = {None, *(field.column for field in REMARKS)}
        self.unread = [column for column in heading.columns if column.field in unread]

    def read(self, row: Row) -> CandidateLine:
        cells = Cells(row, self.heading, self.orders)
        said = cells.person() | cells.values(CANDIDATE)
        said["partner_number"], said["family_group"] = self._numbers(cells)
        if key(cells.written("document_expiry")) in EXPIRED:
            cells.doubt("document_expiry", message("The document has expired; the list does not say when."))
        if is_wrong_total(row):
            cells.doubt(None, message("Perhaps a total whose numbers do not add up, and no person."))
        list_number = cells.text("list_number")
        notes = [Note(column.header, text) for column in self.unread if (text := row.text(column.index))]
        return CandidateLine(
            **said,
            row_number=row.number,
            list_number=list_number,
            notes=(*cells.notes, *notes),
            doubts=tuple(cells.doubts),
        )

    def _numbers(self, cells: Cells) -> tuple[str, str]:
        """The partner's number and the family. A case with numbered persons is a family; alone it is the number."""
        number, group, case = (cells.text(name) for name in ("partner_number", "family_group", "case"))
        person = cells.text("case_person")
        if case and person:
            if group:
                cells.keep("case")
            return number or f"{case}/{person}", group or case
        if case and number:
            cells.keep("case")
        if person:
            cells.keep("case_person")
        return number or case, group


def as_person(line: CandidateLine) -> Person:
    """What tells this candidate from another person."""
    documents = (line.document_number,) if line.document_number else ()
    return Person(
        line.family_name,
        line.given_names,
        line.own_script,
        line.birth,
        line.partner_number,
        documents,
        sex=line.sex,
        nationality=line.nationality,
    )


def with_likely_duplicates(candidates: Sequence[CandidateLine]) -> Iterable[CandidateLine]:
    """Note on each candidate who else on the list is likely the same person: by number, document, or name and birth.

    Of a number that stands for several people who differ it is said once, on the first of them.
    """
    people = [as_person(line) for line in candidates]
    doubts: dict[int, list[Message]] = defaultdict(list)
    for worn in worn_numbers([Known(person) for person in people]).values():
        doubts[worn.places[0]].append(
            message(
                "The number {number} stands for {n} people of the list who differ: it is taken for no number.",
                number=worn.number,
                n=len(worn.places),
            )
        )
    for first, second, likeness in likely_pairs(people):
        for one, other in ((first, second), (second, first)):
            row = candidates[other].row_number
            same = message("Perhaps the same person as in row {row} of the list.", row=row)
            doubts[one] += (same, *likeness.reasons)
    for place, line in enumerate(candidates):
        yield line.doubted(doubts[place]) if doubts[place] else line
