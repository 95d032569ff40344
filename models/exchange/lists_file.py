"""Proposed lists: each row as a candidate, and every cell kept: as a field, or as a note."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from models.exchange.aside import is_wrong_total, set_apart
from models.exchange.births import read_birth
from models.exchange.countries import read_country
from models.exchange.dates import DayOrder, read_date, read_decimal
from models.exchange.fields import LIST_FIELDS
from models.exchange.headers import Heading, find_heading
from models.exchange.problems import Note
from models.exchange.readings import FileReading
from models.exchange.stays_file import find_orders, split_languages
from models.exchange.tables import Row, Table
from models.exchange.values import is_nameless, is_unknown, key, read_answer, read_sex
from models.rules.birth import BirthDate
from models.rules.names import Person, likely_pairs
from models.rules.vocabulary import Answer, Sex
from models.text import Message, message

DATE_FIELDS = ("birth_date", "document_expiry", "final_order_on", "sentenced_on", "release_on")
LONGEST = {
    "list_number": 32,
    "partner_number": 64,
    "case": 50,
    "case_person": 12,
    "family_name": 400,
    "given_names": 400,
    "full_name": 400,
    "own_script": 400,
    "relation": 100,
    "family_group": 64,
    "document_kind": 100,
    "document_number": 100,
    "destination": 200,
    "vetting": 200,
}
"""How many letters the register keeps of each field; a longer text is kept as a note."""
_EXPIRED = frozenset(map(key, ("expired", "skaduar", "i skaduar", "isteklo", "istekao", "istekla", "udløbet")))


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A row of a proposed list as a candidate. A field is empty or None where the row does not say it.

    Attributes:
        row_number: The row in the file, from 1.
        list_number: The number that the list itself gives to the row.
        partner_number: The partner's number of the person; case and person where the list numbers families.
        birth_as_written: The cell with the birth date, as it stands.
        sentence_months: The length of the sentence in months.
        notes: Cells that were not understood or have no field.
        doubts: What a person should know before they rely on it.
    """

    row_number: int
    list_number: str = ""
    partner_number: str = ""
    family_name: str = ""
    given_names: str = ""
    own_script: str = ""
    sex: Sex | None = None
    birth: BirthDate | None = None
    birth_as_written: str = ""
    birth_country: str | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    document_kind: str = ""
    document_number: str = ""
    document_expires_on: date | None = None
    final_order_on: date | None = None
    criminal_history: Answer = Answer.UNKNOWN
    expulsion_ordered: Answer = Answer.UNKNOWN
    sentenced_on: date | None = None
    sentence_months: Decimal | None = None
    release_on: date | None = None
    family_group: str = ""
    relation: str = ""
    destination: str = ""
    vetting: str = ""
    needs: str = ""
    remarks: str = ""
    notes: tuple[Note, ...] = ()
    doubts: tuple[Message, ...] = ()


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


@dataclass(slots=True)
class _Cells:
    """The cells of one row, with what was not understood of them so far."""

    row: Row
    heading: Heading
    orders: Mapping[str, DayOrder]
    notes: list[Note] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)

    def keep(self, name: str) -> None:
        """Keep a cell as a note, once."""
        if text := self.heading.text(self.row, name):
            note = Note(self.heading.header(name) or name, text)
            if note not in self.notes:
                self.notes.append(note)

    def text(self, name: str, is_nothing: Callable[[str], bool] = is_unknown) -> str:
        """The text of a cell; a note instead where it says that nothing is known, or is too long to be kept."""
        written = self.heading.text(self.row, name)
        if is_nothing(written) or len(written) > LONGEST.get(name, len(written)):
            self.keep(name)
            return ""
        return written

    def date(self, name: str) -> date | None:
        index = self.heading.by_field.get(name)
        if index is None or not self.row.text(index):
            return None
        found = read_date(self.row.value(index), self.orders[name])
        if not isinstance(found, Message):
            return found
        self.keep(name)
        written = self.row.text(index)
        if not is_unknown(written) and key(written) not in _EXPIRED:
            # Values only, no sentence within the sentence: a row of the register keeps it as it is.
            column = self.heading.header(name)
            self.doubts.append(message("“{value}” under “{column}” was not understood.", value=written, column=column))
        return None

    def answer(self, name: str) -> Answer:
        written = self.heading.text(self.row, name)
        answer = read_answer(written)
        if answer is None:
            self.keep(name)
        return answer or Answer.UNKNOWN

    def country(self, name: str) -> str | None:
        written = self.heading.text(self.row, name)
        code = None if is_unknown(written) else read_country(written)
        if code is None:
            self.keep(name)
        return code

    def sex(self) -> Sex | None:
        sex = read_sex(self.heading.text(self.row, "sex"))
        if sex is None:
            self.keep("sex")
        return sex

    def months(self) -> Decimal | None:
        index = self.heading.by_field.get("sentence_months")
        if index is None or not self.row.text(index):
            return None
        found = read_decimal(self.row.value(index))
        if isinstance(found, Message) or found < 0:
            self.keep("sentence_months")
            return None
        return found


class _Reader:
    """Reads rows under one heading."""

    def __init__(self, heading: Heading, orders: Mapping[str, DayOrder]) -> None:
        self.heading = heading
        self.orders = orders
        self.unmapped = [column for column in heading.columns if column.field is None]

    def read(self, row: Row) -> CandidateLine:
        cells = _Cells(row, self.heading, self.orders)
        family_name, given_names = self._names(cells)
        partner_number, family_group = self._numbers(cells)
        birth, birth_as_written = self._birth(cells)
        line = CandidateLine(
            row_number=row.number,
            list_number=cells.text("list_number"),
            partner_number=partner_number,
            family_name=family_name,
            given_names=given_names,
            own_script=cells.text("own_script", is_nameless),
            sex=cells.sex(),
            birth=birth,
            birth_as_written=birth_as_written,
            birth_country=cells.country("birth_country"),
            nationality=cells.country("nationality"),
            languages=split_languages(cells.text("languages")),
            document_kind=cells.text("document_kind"),
            document_number=cells.text("document_number"),
            document_expires_on=self._expiry(cells),
            final_order_on=cells.date("final_order_on"),
            criminal_history=cells.answer("criminal_history"),
            expulsion_ordered=cells.answer("expulsion_ordered"),
            sentenced_on=cells.date("sentenced_on"),
            sentence_months=cells.months(),
            release_on=cells.date("release_on"),
            family_group=family_group,
            relation=cells.text("relation"),
            destination=cells.text("destination"),
            vetting=cells.text("vetting"),
            needs=cells.text("needs"),
            remarks=cells.text("remarks"),
        )
        if is_wrong_total(row):
            cells.doubts.append(message("Perhaps a total whose numbers do not add up, and no person."))
        notes = [Note(column.header, text) for column in self.unmapped if (text := row.text(column.index))]
        return replace(line, notes=(*cells.notes, *notes), doubts=tuple(cells.doubts))

    def _names(self, cells: _Cells) -> tuple[str, str]:
        """Family and given names. A whole name that nothing divides is kept whole, as passports do (ICAO Doc 9303)."""
        family, given, whole = (cells.text(name, is_nameless) for name in ("family_name", "given_names", "full_name"))
        if whole:
            before, _, behind = (part.strip() for part in whole.partition(","))
            family, given = family or before, given or behind
            if "," not in whole:
                cells.doubts.append(message("Family name and given names stand in one cell: divide them."))
        elif not family:
            cells.doubts.append(message("No family name is given."))
        elif not given:
            cells.doubts.append(message("No given name is given."))
        return family, given

    def _numbers(self, cells: _Cells) -> tuple[str, str]:
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

    def _birth(self, cells: _Cells) -> tuple[BirthDate | None, str]:
        index = self.heading.by_field.get("birth_date")
        if index is None or not cells.row.text(index):
            cells.doubts.append(message("No date of birth is given."))
            return None, ""
        read = read_birth(cells.row.value(index), self.orders["birth_date"])
        cells.doubts.extend(read.doubts)
        if read.birth is None:
            cells.keep("birth_date")
            if read.understood:
                cells.doubts.append(message("The date of birth is not known."))
        return read.birth, read.as_written[:100]

    def _expiry(self, cells: _Cells) -> date | None:
        if key(self.heading.text(cells.row, "document_expiry")) in _EXPIRED:
            cells.doubts.append(message("The document has expired; the list does not say when."))
        return cells.date("document_expiry")


def as_person(line: CandidateLine) -> Person:
    """What tells this candidate from another person."""
    documents = (line.document_number,) if line.document_number else ()
    return Person(line.family_name, line.given_names, line.own_script, line.birth, line.partner_number, documents)


def with_likely_duplicates(candidates: Sequence[CandidateLine]) -> Iterable[CandidateLine]:
    """Note on each candidate who else on the list is likely the same person: by number, document, or name and birth."""
    same: dict[int, list[Message]] = defaultdict(list)
    for first, second, reason in likely_pairs(map(as_person, candidates)):
        for one, other in ((first, second), (second, first)):
            row = candidates[other].row_number
            same[one] += (message("Perhaps the same person as in row {row} of the list.", row=row), reason)
    for place, line in enumerate(candidates):
        yield replace(line, doubts=(*line.doubts, *same[place])) if same[place] else line
