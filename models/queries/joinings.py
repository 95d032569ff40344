"""Who is perhaps the same as a resident, how two residents stand side by side, and who was found to be one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from models.entities.people import User
from models.entities.residents import Joining, Resident, ToldApart
from models.entities.selection import Candidate, ProposedList
from models.errors import Refused
from models.ids import ApartId, CandidateId, JoiningId, ResidentId
from models.queries import stays
from models.queries.beside import Line, lines_of
from models.queries.candidates import AlikeRow, alike_rows
from models.queries.residents import ResidentRow, rows
from models.queries.stays import StayRow
from models.repositories.alike import Like, became, settled_pairs
from models.repositories.joinings import everybody, remaining
from models.repositories.likeness import candidates_like, resident_persons, residents_like
from models.rules.joining import Contradiction, contradictions
from models.rules.kept import restored
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class JoiningRow:
    """Somebody who was found to be the same as a resident.

    Attributes:
        resident_id: Who was joined; None for a candidate.
        number: Of the resident who was joined; empty for a candidate.
        list_code: The list of the candidate; empty for a resident.
        by: Who joined them.
    """

    id: JoiningId
    resident_id: ResidentId | None
    candidate_id: CandidateId | None
    number: str
    list_code: str
    reason: str
    by: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Somebody who was found to be another person than a resident.

    Attributes:
        number: Of the other one.
        by: Who found it.
    """

    id: ApartId
    number: str
    reason: str
    by: str
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """Two residents side by side.

    Attributes:
        this: The one who is to remain.
        differs: In what they contradict each other.
        lines: All that is known of one or both.
    """

    this: ResidentRow
    other: ResidentRow
    differs: tuple[Contradiction, ...]
    lines: tuple[Line, ...]
    stays: tuple[StayRow, ...]
    other_stays: tuple[StayRow, ...]


@dataclass(frozen=True, slots=True)
class ListDoubts:
    """What was in doubt about a resident on a proposed list, and nobody has settled since."""

    candidate_id: CandidateId
    doubts: tuple[Message, ...]


_OTHER = aliased(Resident)
_JOININGS = Rows(
    JoiningRow,
    Joining,
    resident_id=Joining.joined_id,
    number=func.coalesce(_OTHER.number, ""),
    list_code=func.coalesce(ProposedList.code, ""),
    by=User.name,
)


_APART = Rows(ApartRow, ToldApart, number=_OTHER.number, by=User.name)


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[JoiningRow, ...]:
    """The joinings of a resident that hold, the latest first."""
    return _JOININGS.rows(
        snapshot.connection.execute(
            _JOININGS.select()
            .join(User, User.id == Joining.joined_by)
            .outerjoin(_OTHER, _OTHER.id == Joining.joined_id)
            .outerjoin(Candidate, Candidate.id == Joining.candidate_id)
            .outerjoin(ProposedList, ProposedList.id == Candidate.list_id)
            .where(Joining.resident_id == resident_id, Joining.undone_at.is_(None))
            .order_by(Joining.id.desc())
        )
    )


def apart_of(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[ApartRow, ...]:
    """Who was found to be another person than a resident, and holds; the latest first."""
    own = list(snapshot.connection.scalars(everybody(resident_id)))
    other = case((ToldApart.resident_id.in_(own), ToldApart.other_id), else_=ToldApart.resident_id)
    return _APART.rows(
        snapshot.connection.execute(
            _APART.select()
            .select_from(ToldApart)
            .join(User, User.id == ToldApart.settled_by)
            .join(_OTHER, _OTHER.id == other)
            .where(ToldApart.resident_id.in_(own) | ToldApart.other_id.in_(own), ToldApart.undone_at.is_(None))
            .order_by(ToldApart.id.desc())
        )
    )


def alike(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[AlikeRow, ...]:
    """Who else of the register may be the same person as a resident: residents, and candidates who have not arrived."""
    snapshot.looks_at("resident", resident_id)
    people = resident_persons(snapshot.connection, [remaining(snapshot.connection, resident_id)])
    found: list[Like] = []
    for one, residents in residents_like(snapshot.connection, people).items():
        found += [Like(likeness, resident_id=other) for other, likeness in residents if other != one]
    known = became(snapshot.connection)
    for candidates in candidates_like(snapshot.connection, people).values():
        found += [Like(likeness, candidate_id=other) for other, likeness in candidates if other not in known]
    settled, own = settled_pairs(snapshot.connection), f"resident:{resident_id}"
    return alike_rows(snapshot, [like for like in found if frozenset((own, like.subject)) not in settled])


def beside(snapshot: Snapshot, *, resident_id: ResidentId, other_id: ResidentId) -> Beside:
    """Two residents side by side, before they are joined.

    Raises:
        Refused: One of them is not in the register.
    """
    for each in (resident_id, other_id):
        snapshot.looks_at("resident", each)
    found: dict[ResidentId, ResidentRow] = {row.id: row for row in rows(snapshot, [resident_id, other_id])}
    if len(found) < 2:
        raise Refused("Choose another person: these two are one already.", field="other_id")
    this, other = found[resident_id], found[other_id]
    spent = [stays.of_resident(snapshot, resident_id=each) for each in (resident_id, other_id)]
    differs, lines = contradictions(this.facts, other.facts), lines_of(this.facts, other.facts)
    return Beside(this, other, differs, lines, spent[0], spent[1])


def list_doubts(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[ListDoubts, ...]:
    """What is still in doubt about a resident from the lists that proposed the person."""
    snapshot.looks_at("resident", resident_id)
    who = remaining(snapshot.connection, resident_id)
    own = [candidate for candidate, people in became(snapshot.connection).items() if who in people]
    rows = snapshot.connection.execute(
        select(Candidate.id, Candidate.doubts).where(Candidate.id.in_(own)).order_by(Candidate.id)
    )
    return tuple(ListDoubts(row.id, restored(row.doubts)) for row in rows if row.doubts)
