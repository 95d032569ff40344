"""Who may be the same person as a candidate, by the numbers of their rows: what selection, decisions and papers ask."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from models.entities.residents import Resident, ToldApart
from models.entities.selection import Candidate, LikenessVerdict, ProposedList
from models.entities.stays import Stay
from models.ids import CandidateId, ResidentId
from models.repositories.joinings import known_candidates
from models.repositories.likeness import candidate_persons, candidates_like, residents_like
from models.rules.likeness import Likeness
from models.text import Message, message


@dataclass(frozen=True, slots=True)
class Like:
    """Somebody who may be the same person, and why. One of the two ids is given."""

    likeness: Likeness
    candidate_id: CandidateId | None = None
    resident_id: ResidentId | None = None

    @property
    def subject(self) -> str:
        """What that somebody is called in the register, as `resident:12`."""
        return f"candidate:{self.candidate_id}" if self.resident_id is None else f"resident:{self.resident_id}"


def likes(connection: Connection, ids: Sequence[CandidateId]) -> dict[CandidateId, tuple[Like, ...]]:
    """Who may be the same person as each of these candidates; who is like nobody is left out.

    The resident whom a candidate has become is not somebody else.
    """
    people = candidate_persons(connection, Candidate.id.in_(ids))
    own = became(connection)
    found: dict[CandidateId, list[Like]] = defaultdict(list)
    for one, others in candidates_like(connection, people).items():
        found[one] += [Like(likeness, candidate_id=other) for other, likeness in others if other != one]
    for one, residents in residents_like(connection, people).items():
        found[one] += [
            Like(likeness, resident_id=other) for other, likeness in residents if other not in own.get(one, ())
        ]
    settled = settled_pairs(connection)
    kept = {
        one: tuple(like for like in alike if frozenset((f"candidate:{one}", like.subject)) not in settled)
        for one, alike in found.items()
    }
    return {one: alike for one, alike in kept.items() if alike}


def settled_pairs(connection: Connection) -> frozenset[frozenset[str]]:
    """Of whom a person has found whether they are one, as `candidate:1` and `resident:2`; also as who they became."""
    rows = connection.execute(
        select(LikenessVerdict.candidate_id, LikenessVerdict.other_id, LikenessVerdict.resident_id).where(
            LikenessVerdict.undone_at.is_(None)
        )
    ).all()
    apart = told_apart(connection)
    if not rows:
        return apart
    residents = became(connection)

    def named(candidate_id: CandidateId) -> list[str]:
        return [f"candidate:{candidate_id}", *(f"resident:{each}" for each in residents.get(candidate_id, ()))]

    return apart | frozenset(
        frozenset((one, other))
        for row in rows
        for one in named(row.candidate_id)
        for other in ([f"resident:{row.resident_id}"] if row.other_id is None else named(row.other_id))
    )


def told_apart(connection: Connection) -> frozenset[frozenset[str]]:
    """The residents of whom a person has found that they are two, as those whom they were found to be since."""
    one, other = aliased(Resident), aliased(Resident)
    rows = connection.execute(
        select(func.coalesce(one.joined_into_id, one.id), func.coalesce(other.joined_into_id, other.id))
        .select_from(ToldApart)
        .join(one, one.id == ToldApart.resident_id)
        .join(other, other.id == ToldApart.other_id)
        .where(ToldApart.undone_at.is_(None))
    )
    return frozenset(frozenset((f"resident:{a}", f"resident:{b}")) for a, b in rows)


def same_candidates(connection: Connection, candidate_id: CandidateId) -> set[CandidateId]:
    """The candidates who were found to be the same person, whoever of them was compared with whom; not the one."""
    pairs = connection.execute(
        select(LikenessVerdict.candidate_id, LikenessVerdict.other_id).where(
            LikenessVerdict.is_same, LikenessVerdict.undone_at.is_(None), LikenessVerdict.other_id.is_not(None)
        )
    ).all()
    found, grows = {candidate_id}, True
    while grows:
        more = {each for pair in pairs if found & set(pair) for each in pair}
        grows = not more <= found
        found |= more
    return found - {candidate_id}


def became(connection: Connection) -> dict[CandidateId, set[ResidentId]]:
    """The residents whom candidates have become, or were found to be."""
    found: dict[CandidateId, set[ResidentId]] = defaultdict(set)
    first = select(Resident.candidate_id, Resident.id).where(Resident.candidate_id.is_not(None))
    later = select(Stay.candidate_id, Stay.resident_id).where(Stay.candidate_id.is_not(None))
    known = known_candidates(connection)
    for candidate, resident in (*connection.execute(first), *connection.execute(later), *known.items()):
        found[candidate].add(resident)
    return found


def sentences(
    connection: Connection, candidates: Collection[CandidateId], residents: Collection[ResidentId]
) -> tuple[dict[CandidateId, Message], dict[ResidentId, Message]]:
    """What is said of people who may be somebody else as well, of candidates and of residents."""
    rows = connection.execute(
        select(Candidate.id, Candidate.row_number, ProposedList.code)
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(Candidate.id.in_(candidates))
    )
    numbers = connection.execute(select(Resident.id, Resident.number).where(Resident.id.in_(residents)))
    return (
        {
            id_: message("Perhaps the same person as in row {row} of the list {list}.", row=row, list=code)
            for id_, row, code in rows
        },
        {id_: message("Perhaps the same person as the resident {number}.", number=number) for id_, number in numbers},
    )
