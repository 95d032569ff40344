"""Who of the register may be the same person as somebody: shown to a person who decides, never merged."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, select

from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.entities.selection import Candidate
from models.ids import CandidateId, ResidentId
from models.rules.names import Person, fold, fold_query, likely_same, likeness_keys
from models.store import search
from models.text import Message

Key = TypeVar("Key", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
_AT_ONCE = 400
_FEW = 20
"""So many people are also looked for by the search, which knows more spellings but takes them one by one."""


def residents_like(
    connection: Connection, people: Mapping[Key, Person]
) -> dict[Key, tuple[tuple[ResidentId, Message], ...]]:
    """The residents who may be one of these people, and why, by the key of each; who is like nobody is left out.

    They are not compared one by one: the database hands over those who share a name or a number.
    """
    return _alike(people, _residents(connection, sorted(_sharing(connection, people.values()))))


def candidates_like(
    connection: Connection, people: Mapping[Key, Person]
) -> dict[Key, tuple[tuple[CandidateId, Message], ...]]:
    """The candidates of all lists who may be one of these people, and why, by the key of each."""
    return _alike(people, candidate_persons(connection))


def candidate_persons(connection: Connection, only: ColumnElement[bool] | None = None) -> dict[CandidateId, Person]:
    """What tells candidates from one another.

    Args:
        connection: Of the reading.
        only: Which candidates; None: all.
    """
    asked = select(
        Candidate.id,
        Candidate.family_name,
        Candidate.given_names,
        Candidate.own_script,
        Candidate.birth,
        Candidate.partner_number,
        Candidate.document_number,
    )
    rows = connection.execute(asked if only is None else asked.where(only))
    return {row[0]: Person(row[1], row[2], row[3], row[4], row[5], (row[6],) if row[6] else ()) for row in rows}


def _alike(people: Mapping[Key, Person], known: Mapping[Other, Person]) -> dict[Key, tuple[tuple[Other, Message], ...]]:
    sharing: dict[tuple[str, str], list[Other]] = defaultdict(list)
    for other, person in known.items():
        for key in likeness_keys(person):
            sharing[key].append(other)
    found: dict[Key, tuple[tuple[Other, Message], ...]] = {}
    for name, person in people.items():
        others = dict.fromkeys(other for key in likeness_keys(person) for other in sharing.get(key, ()))
        reasons = ((other, likely_same(person, known[other])) for other in others)
        if alike := tuple((other, reason) for other, reason in reasons if reason is not None):
            found[name] = alike
    return found


def _sharing(connection: Connection, people: Iterable[Person]) -> set[ResidentId]:
    """The residents who share a spelling of their name or a number with one of these people."""
    spelled, scripts, numbers, documents = set[str](), set[str](), set[str](), set[str]()
    found: set[ResidentId] = set()
    asked = list(people)
    for person in asked:
        for name in (f"{person.family_name} {person.given_names}", f"{person.given_names} {person.family_name}"):
            spelled.update((fold(name), fold_query(name)))
            if len(asked) <= _FEW:
                found.update(search.find(connection, name, _FEW))
        scripts.add(person.own_script)
        numbers.add(person.partner_number)
        documents.update(person.document_numbers)
    for column, wanted in ((Resident.sort_name, spelled), (Resident.own_script, scripts)):
        for part in _parts(wanted):
            found.update(connection.scalars(select(Resident.id).where(column.in_(part))))
    for part in _parts(numbers):
        found.update(connection.scalars(select(PartnerNumber.resident_id).where(PartnerNumber.number.in_(part))))
    for part in _parts(documents):
        found.update(connection.scalars(select(Document.resident_id).where(Document.number.in_(part))))
    return found


def _residents(connection: Connection, ids: Sequence[ResidentId]) -> dict[ResidentId, Person]:
    """What tells these residents from one another; each number of a partner is a person's of its own."""
    people: dict[ResidentId, Person] = {}
    for part in _parts(ids):
        papers: dict[ResidentId, list[str]] = defaultdict(list)
        for resident, number in connection.execute(
            select(Document.resident_id, Document.number).where(Document.resident_id.in_(part))
        ):
            papers[resident].append(number)
        partners = dict[ResidentId, str]()
        for resident, number in connection.execute(
            select(PartnerNumber.resident_id, PartnerNumber.number)
            .where(PartnerNumber.resident_id.in_(part))
            .order_by(PartnerNumber.id)
        ):
            partners[resident] = number
        rows = connection.execute(
            select(Resident.id, Resident.family_name, Resident.given_names, Resident.own_script, Resident.birth).where(
                Resident.id.in_(part)
            )
        )
        for row in rows:
            people[row[0]] = Person(
                row[1], row[2], row[3], row[4], partners.get(row[0], ""), tuple(papers.get(row[0], ()))
            )
    return people


def _parts(wanted: Iterable[Other]) -> Iterator[list[Other]]:
    """What is asked for, in parts that one statement can hold; empty texts are never asked for."""
    remaining = (each for each in wanted if each != "")
    while part := list(islice(remaining, _AT_ONCE)):
        yield part
