"""Who of the register may be the same person as somebody: shown to a person who decides, never merged.

One finder for imports, arrivals, selection, the search and joining: the index of the store hands over who shares the
sound of a name, a birth date or a number, and `models.rules.likeness` says of each what speaks for it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal, select

from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.entities.selection import Candidate
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.rules.likeness import Known, Likeness, Person, number_keys, weighed
from models.rules.pairs import stands_for_several, without
from models.store import search
from models.store.rows import Found, Made, Rows

Key = TypeVar("Key", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
_AT_ONCE = 400
_CROWD = 40
_MANY = 50
"""Of so many times fewer people in the register than are asked for, all are read once instead of looked up for each."""


@dataclass(frozen=True)
class Somebody:
    """A person, and the numbers under which partners know them.

    Attributes:
        person: Without a partner's number.
        numbers: By programme: two partners may give the same number to two people.
    """

    person: Person
    numbers: Mapping[ProgrammeId, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        """The person, made ready to be compared."""
        return Known(self.person, {str(programme): number for programme, number in self.numbers.items()})


def _numbers(number: str) -> tuple[str, ...]:
    return (number,) if number else ()


def _no_names(_id: object) -> tuple[str, ...]:
    return ()


def _no_address(_id: object) -> Mapping[str, str]:
    return {}


_CANDIDATES = Rows(
    Person,
    Candidate,
    partner_number=literal(""),
    document_numbers=Made(_numbers, Candidate.document_number),
    aliases=Made(_no_names, Candidate.id),
    address=Made(_no_address, Candidate.id),
)
_RESIDENTS = Rows(Person, Resident)
_LISTED = _CANDIDATES.select().add_columns(
    Candidate.id, Candidate.programme_id, Candidate.partner_number.label("number")
)
_BY_ID = _RESIDENTS.select().add_columns(Resident.id).where(Resident.id.in_(bindparam("ids", expanding=True)))
_LISTED_BY_ID = _LISTED.where(Candidate.id.in_(bindparam("ids", expanding=True)))
"""Made once: while somebody types, the making of them would take as long as their answer."""


def residents_like(
    connection: Connection, people: Mapping[Key, Somebody]
) -> dict[Key, tuple[tuple[ResidentId, Likeness], ...]]:
    """The residents who may be one of these people, and why, by the key of each; who is like nobody is left out.

    Args:
        connection: Of the reading.
        people: Whom it may be.
    """
    if _are_many(connection, people, Resident):
        everybody = connection.scalars(
            select(Resident.id).where(Resident.joined_into_id.is_(None)).order_by(Resident.id)
        ).all()
        return _among_all(people, (_residents(connection, part) for part in _parts(everybody)))
    found: dict[Key, tuple[tuple[ResidentId, Likeness], ...]] = {}
    for key, somebody in people.items():
        near = [ResidentId(who) for who in search.near(connection, somebody.known, residents=True)]
        numbered = bool(somebody.known.numbers or somebody.known.partners)
        known: dict[ResidentId, Somebody] = {}
        for part in _parts(near):
            known |= _residents(connection, part, with_numbers=numbered)
        found |= _alike({key: somebody}, known, {key: near})
    return found


def candidates_like(
    connection: Connection, people: Mapping[Key, Somebody]
) -> dict[Key, tuple[tuple[CandidateId, Likeness], ...]]:
    """The candidates of all lists who may be one of these people, and why, by the key of each."""
    if _are_many(connection, people, Candidate):
        everybody = connection.scalars(select(Candidate.id).order_by(Candidate.id)).all()
        parts = (_candidates(connection.execute(_LISTED_BY_ID, {"ids": part})) for part in _parts(everybody))
        return _among_all(people, parts)
    near = {
        key: [CandidateId(-who) for who in search.near(connection, somebody.known, residents=False)]
        for key, somebody in people.items()
    }
    known: dict[CandidateId, Somebody] = {}
    for part in _parts({who for found in near.values() for who in found}):
        known |= _candidates(connection.execute(_LISTED_BY_ID, {"ids": part}))
    return _alike(people, known, near)


def candidate_persons(connection: Connection, only: ColumnElement[bool] | None = None) -> dict[CandidateId, Somebody]:
    """What tells candidates from one another.

    Args:
        connection: Of the reading.
        only: Which candidates; None: all.
    """
    return _candidates(connection.execute(_LISTED if only is None else _LISTED.where(only)))


def _candidates(rows: Iterable[Found]) -> dict[CandidateId, Somebody]:
    return {
        row.id: Somebody(_CANDIDATES.row(row), {row.programme_id: row.number} if row.number else {}) for row in rows
    }


def resident_persons(
    connection: Connection, ids: Iterable[ResidentId], *, with_numbers: bool = True
) -> dict[ResidentId, Somebody]:
    """What tells these residents from one another."""
    people: dict[ResidentId, Somebody] = {}
    for part in _parts(ids):
        people |= _residents(connection, part, with_numbers=with_numbers)
    return people


def _alike(
    people: Mapping[Key, Somebody], known: Mapping[Other, Somebody], near: Mapping[Key, Iterable[Other]]
) -> dict[Key, tuple[tuple[Other, Likeness], ...]]:
    """Of those who stand near each person, who is likely the same; the likeliest first."""
    found: dict[Key, tuple[tuple[Other, Likeness], ...]] = {}
    for key, others in near.items():
        asked = people[key].known
        told = {other: known[other].known for other in others if other in known}
        if worn := _worn(asked, told.values()):
            asked = without(asked, worn)
        alike = [(other, likeness) for other, each in told.items() if (likeness := weighed(asked, each)) is not None]
        if alike:
            found[key] = tuple(sorted(alike, key=lambda each: -each[1].score))
    return found


def _worn(asked: Known, others: Iterable[Known]) -> set[str]:
    """The numbers of a person that stand for several people who differ, and so for nobody."""
    having: dict[str, list[Known]] = {key: [asked] for key in number_keys(asked)}
    if having:
        for other in others:
            for key in number_keys(other):
                if key in having:
                    having[key].append(other)
    return {key for key, known in having.items() if len(known) > 2 and stands_for_several(known)}


def _are_many(connection: Connection, people: Mapping[Key, Somebody], entity: type[Resident] | type[Candidate]) -> bool:
    if len(people) < _MANY:
        return False
    return len(people) * _MANY > connection.execute(select(func.count()).select_from(entity)).scalar_one()


def _among_all(
    people: Mapping[Key, Somebody], parts: Iterable[Mapping[Other, Somebody]]
) -> dict[Key, tuple[tuple[Other, Likeness], ...]]:
    """The same where so many are asked for that everybody is read once, in parts, and compared with whom they share."""
    sharing: dict[str, dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for key, somebody in people.items():
        for shared in somebody.known.keys:
            sharing[shared][_year(somebody)].append(key)
    near: dict[Key, list[Other]] = defaultdict(list)
    known: dict[Other, Somebody] = {}
    for part in parts:
        for other, somebody in part.items():
            shared_with = {
                key for shared in somebody.known.keys & sharing.keys() for key in _of(sharing[shared], somebody)
            }
            for key in shared_with:
                near[key].append(other)
                known[other] = somebody
    return _alike(people, known, near)


def _of(by_year: Mapping[str, list[Key]], somebody: Somebody) -> Iterable[Key]:
    """Those who share a key; of a crowd, those born in the same year, and some of whom no year is known."""
    if sum(map(len, by_year.values())) <= _CROWD:
        return (key for keys in by_year.values() for key in keys)
    return (*by_year.get(_year(somebody), ())[:_CROWD], *by_year.get("", ())[:_CROWD])


def _year(somebody: Somebody) -> str:
    birth = somebody.person.birth
    return "" if birth is None else str(birth.year)


def _residents(
    connection: Connection,
    ids: Sequence[ResidentId],
    *,
    with_numbers: bool = True,
) -> dict[ResidentId, Somebody]:
    """What tells residents from one another, of as many as one statement can ask for."""
    papers: dict[ResidentId, list[str]] = defaultdict(list)
    numbers: dict[ResidentId, dict[ProgrammeId, str]] = defaultdict(dict)
    if with_numbers:
        for resident, paper in connection.execute(
            select(Document.resident_id, Document.number).where(Document.resident_id.in_(ids))
        ):
            papers[resident].append(paper)
        for row in connection.execute(
            select(PartnerNumber.resident_id, PartnerNumber.programme_id, PartnerNumber.number).where(
                PartnerNumber.resident_id.in_(ids)
            )
        ):
            numbers[row.resident_id][row.programme_id] = row.number
    people: dict[ResidentId, Somebody] = {}
    for row in connection.execute(_BY_ID, {"ids": ids}).all():
        who = ResidentId(row.id)
        person = Person(**_RESIDENTS.values(row), document_numbers=tuple(papers.get(who, ())))
        people[who] = Somebody(person, numbers.get(who, {}))
    return people


def _parts(wanted: Iterable[Other]) -> Iterator[list[Other]]:
    """What is asked for, in parts that one statement can hold."""
    remaining = iter(wanted)
    while part := list(islice(remaining, _AT_ONCE)):
        yield part
