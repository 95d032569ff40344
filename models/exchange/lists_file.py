"""Proposed lists: each row as a candidate, and every cell kept: as a field, or as a note."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.exchange.answers import Answers
from models.exchange.aside import is_wrong_total
from models.exchange.asking import Needed
from models.exchange.births import read_age
from models.exchange.cells import EXPIRED, Cells
from models.exchange.fields import LIST_FIELDS, date_columns
from models.exchange.headers import Heading
from models.exchange.problems import Note, Problem
from models.exchange.readings import Begun, FileReading
from models.exchange.sentences import is_for_life
from models.exchange.tables import Row, Table
from models.exchange.values import key
from models.rules.fields import CANDIDATE, PERSON, REMARKS
from models.rules.likeness import Known, Person
from models.rules.namesakes import Fit, name_fit
from models.rules.numbers import is_of_family, no_number, number_key
from models.rules.pairs import likely_pairs, worn_numbers
from models.rules.selection import Particulars
from models.rules.vocabulary import Answer
from models.text import Message, message

DATE_FIELDS = date_columns(*PERSON, *CANDIDATE)
_NEEDED = (
    Needed(
        ("family_name", "given_names", "full_name", "own_script", "partner_number", "case"),
        "full_name",
        message("Without a name or a number nothing says who is on the list."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine(Particulars):
    """A row of a proposed list as a candidate. A field is empty or None where the row does not say it.

    The partner's number is case and person where the list numbers families.

    Attributes:
        row_number: The row in the file, from 1.
        list_number: The number that the list itself gives to the row.
        age: The full years that the list states, on a day that it does not.
        notes: Cells that were not understood, have no field, or hold free words: they are kept sealed.
        doubts: What a person should know before they rely on it.
    """

    row_number: int
    list_number: str = ""
    age: int | None = None
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
    answers: Answers | None = None,
) -> ListReading:
    """Read a proposed list.

    Args:
        table: The table.
        answers: What was said of the list.

    Raises:
        Refused: What was said names what does not exist.
    """
    begun = Begun(table, LIST_FIELDS, answers or Answers(), needed=_NEEDED, dates=DATE_FIELDS, least=3, ends=False)
    reader = _Reader(begun)
    lines = [reader.read(row) for row in begun.rows()]
    lines = with_families(without_placeholders(lines, begun.heading), begun.heading)
    return begun.reading(ListReading, candidates=tuple(with_likely_duplicates(lines)))


class _Reader:
    """Reads the rows of one list."""

    def __init__(self, begun: Begun) -> None:
        self.begun = begun
        unread = {None, "age", *(field.column for field in REMARKS)}
        self.unread = [column for column in begun.heading.columns if column.field in unread and not column.is_left_out]

    def read(self, row: Row) -> CandidateLine:
        cells = Cells(row, self.begun.heading, self.begun.orders, self.begun.meanings)
        said = cells.person() | cells.values(CANDIDATE)
        said["partner_number"], said["family_group"] = self._numbers(cells)
        if is_for_life(cells.written("sentence_months")):
            said["life_sentence"] = Answer.YES
        elif said.get("sentence_months") is not None:
            said.setdefault("life_sentence", Answer.NO)
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
            age=read_age(cells.written("age")),
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


def without_placeholders(candidates: Sequence[CandidateLine], heading: Heading) -> list[CandidateLine]:
    """The people without numbers that are none; of each such text it is said once, on the first who has it."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    lines = list(candidates)
    for place, line in enumerate(lines):
        for name in ("document_number", "partner_number"):
            said = getattr(line, name)
            if said and no_number(said):
                found[name, said].append(place)
    for (name, said), places in found.items():
        column = heading.header(name) or heading.header("case") or ""
        for place in places:
            line = lines[place]
            is_document = name == "document_number"
            lines[place] = replace(
                line,
                document_number="" if is_document else line.document_number,
                partner_number=line.partner_number if is_document else "",
                notes=(*line.notes, Note(column, said)),
            )
        what = message("This is no number, in {n} rows: nobody is known by it.", n=len(places))
        first = lines[places[0]]
        doubt = Problem(first.row_number, column or None, said, what)
        lines[places[0]] = replace(first, doubts=(*first.doubts, doubt))
    return lines


def with_families(candidates: Sequence[CandidateLine], heading: Heading) -> list[CandidateLine]:
    """The people with the family that a case number makes of several names, where the list names no families."""
    lines = _of_shared_cases(candidates, heading)
    column = heading.header("partner_number") or heading.header("case") or ""
    sharing: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.partner_number and not line.family_group:
            sharing[number_key(line.partner_number)].append(place)
    for places in sharing.values():
        number = lines[places[0]].partner_number
        if is_of_family(column, number, len(places)) and _are_several([as_person(lines[place]) for place in places]):
            for place in places:
                line = lines[place]
                lines[place] = replace(line, family_group=line.partner_number, partner_number="")
    return lines


def _of_shared_cases(candidates: Sequence[CandidateLine], heading: Heading) -> list[CandidateLine]:
    """The people who have numbers of their own, with the family that a case makes of them which several share."""
    lines, column = list(candidates), heading.header("case")
    sharing: dict[str, list[tuple[int, Note]]] = defaultdict(list)
    for place, line in enumerate(lines):
        note = next((each for each in line.notes if each.column == column), None)
        if note is not None and line.partner_number and not line.family_group and not no_number(note.value):
            sharing[number_key(note.value)].append((place, note))
    for shared in sharing.values():
        people = [as_person(lines[place]) for place, _ in shared]
        if is_of_family(None, shared[0][1].value, len(shared)) and _are_several(people):
            for place, note in shared:
                line = lines[place]
                kept = tuple(each for each in line.notes if each is not note)
                lines[place] = replace(line, family_group=note.value, notes=kept)
    return lines


def _are_several(people: Sequence[Person]) -> bool:
    """Whether those who share a number have names that do not fit."""
    known = [Known(person) for person in people]
    return all(
        name_fit(one.names, other.names).fit is Fit.NOT for at, one in enumerate(known) for other in known[at + 1 :]
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
