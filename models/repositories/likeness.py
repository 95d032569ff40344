"""Who of the register may be the same person as somebody: shown to a person who decides, never merged."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, literal, select

from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.entities.selection import Candidate
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.rules.likeness import Person, likely_same, likeness_keys
from models.rules.names import fold, fold_query
from models.store import search
from models.store.rows import Made, Rows
from models.text import Message

Key = TypeVar("Key", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
_AT_ONCE = 400
_FEW = 20
"""So many people are also looked for by the search, which knows more spellings but takes them one by one."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, and the numbers under which partners know them.

    Attributes:
        person: Without a partner's number.
        numbers: By programme: two partners may give the same number to two people.
    """

    person: Person
    numbers: Mapping[ProgrammeId, str] = field(default_factory=dict)

    def under(self, programme_id: ProgrammeId) -> Person:
        """The person with the number of one partner."""
        return replace(self.person, partner_number=self.numbers.get(programme_id, ""))

    def likeness(self) -> frozenset[tuple[str, str]]:
        """What somebody else must share with the person, under whichever number, to be looked at."""
        numbers = (likeness_keys(Person(partner_number=number)) for number in self.numbers.values())
        return likeness_keys(self.person).union(*numbers)


def _numbers(number: str) -> tuple[str, ...]:
    return (number,) if number else ()


_CANDIDATES = Rows(
    Person, Candidate, partner_number=literal(""), document_numbers=Made(_numbers, Candidate.document_number)
)
_RESIDENTS = Rows(Person, Resident)


def residents_like(
    connection: Connection, people: Mapping[Key, Somebody], *, among_all: bool = False
) -> dict[Key, tuple[tuple[ResidentId, Message], ...]]:
    """The residents who may be one of these people, and why, by the key of each; who is like nobody is left out.

    They are not compared one by one: the database hands over those who share a name or a number.

    Args:
        connection: Of the reading.
        people: Whom it may be.
        among_all: Whether all residents are looked at, so that one with several names is known in any order of them.
    """
    found = set(connection.scalars(select(Resident.id))) if among_all else _sharing(connection, people.values())
    return _alike(people, _residents(connection, sorted(found)))


def candidates_like(
    connection: Connection, people: Mapping[Key, Somebody]
) -> dict[Key, tuple[tuple[CandidateId, Message], ...]]:
    """The candidates of all lists who may be one of these people, and why, by the key of each."""
    return _alike(people, candidate_persons(connection))


def candidate_persons(connection: Connection, only: ColumnElement[bool] | None = None) -> dict[CandidateId, Somebody]:
    """What tells candidates from one another.

    Args:
        connection: Of the reading.
        only: Which candidates; None: all.
    """
    partners = Candidate.partner_number.label("number")
    asked = _CANDIDATES.select().add_columns(Candidate.id, Candidate.programme_id, partners)
    rows = connection.execute(asked if only is None else asked.where(only))
    return {
        row.id: Somebody(_CANDIDATES.row(row), {row.programme_id: row.number} if row.number else {}) for row in rows
    }


def _alike(
    people: Mapping[Key, Somebody], known: Mapping[Other, Somebody]
) -> dict[Key, tuple[tuple[Other, Message], ...]]:
    sharing: dict[tuple[str, str], list[Other]] = defaultdict(list)
    for other, somebody in known.items():
        for key in somebody.likeness():
            sharing[key].append(other)
    found: dict[Key, tuple[tuple[Other, Message], ...]] = {}
    for name, asked in people.items():
        others = dict.fromkeys(other for key in sorted(asked.likeness()) for other in sharing.get(key, ()))
        reasons = ((other, _reason(asked, known[other])) for other in others)
        if alike := tuple((other, reason) for other, reason in reasons if reason is not None):
            found[name] = alike
    return found


def _reason(one: Somebody, other: Somebody) -> Message | None:
    """Why two may be one person; numbers are compared within a programme alone."""
    for programme_id in one.numbers.keys() & other.numbers.keys():
        if (reason := likely_same(one.under(programme_id), other.under(programme_id))) is not None:
            return reason
    return likely_same(one.person, other.person)


def _sharing(connection: Connection, people: Iterable[Somebody]) -> set[ResidentId]:
    """The residents who share a spelling of their name or a number with one of these people."""
    spelled, scripts, numbers, documents = set[str](), set[str](), set[str](), set[str]()
    found: set[ResidentId] = set()
    asked = list(people)
    for somebody in asked:
        person = somebody.person
        for name in (f"{person.family_name} {person.given_names}", f"{person.given_names} {person.family_name}"):
            spelled.update((fold(name), fold_query(name)))
            if len(asked) <= _FEW:
                found.update(search.find(connection, name, _FEW))
        scripts.add(person.own_script)
        numbers.update(somebody.numbers.values())
        documents.update(person.document_numbers)
    for column, wanted in ((Resident.sort_name, spelled), (Resident.own_script, scripts)):
        for part in _parts(wanted):
            found.update(connection.scalars(select(Resident.id).where(column.in_(part))))
    for part in _parts(numbers):
        found.update(connection.scalars(select(PartnerNumber.resident_id).where(PartnerNumber.number.in_(part))))
    for part in _parts(documents):
        found.update(connection.scalars(select(Document.resident_id).where(Document.number.in_(part))))
    return found


def _residents(connection: Connection, ids: Sequence[ResidentId]) -> dict[ResidentId, Somebody]:
    """What tells these residents from one another."""
    people: dict[ResidentId, Somebody] = {}
    for part in _parts(ids):
        papers: dict[ResidentId, list[str]] = defaultdict(list)
        for resident, paper in connection.execute(
            select(Document.resident_id, Document.number).where(Document.resident_id.in_(part))
        ):
            papers[resident].append(paper)
        numbers: dict[ResidentId, dict[ProgrammeId, str]] = defaultdict(dict)
        for row in connection.execute(
            select(PartnerNumber.resident_id, PartnerNumber.programme_id, PartnerNumber.number).where(
                PartnerNumber.resident_id.in_(part)
            )
        ):
            numbers[row.resident_id][row.programme_id] = row.number
        for row in connection.execute(_RESIDENTS.select().add_columns(Resident.id).where(Resident.id.in_(part))):
            person = Person(**_RESIDENTS.values(row), document_numbers=tuple(papers.get(row.id, ())))
            people[row.id] = Somebody(person, numbers.get(row.id, {}))
    return people


def _parts(wanted: Iterable[Other]) -> Iterator[list[Other]]:
    """What is asked for, in parts that one statement can hold; empty texts are never asked for."""
    remaining = (each for each in wanted if each != "")
    while part := list(islice(remaining, _AT_ONCE)):
        yield part
