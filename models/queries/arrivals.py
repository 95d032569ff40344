"""Who is expected, who comes back, and what the form of an arrival begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from models.entities.programmes import Programme
from models.entities.residents import Joining, Resident
from models.entities.selection import Candidate, CandidateDecision, ProposedList
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.queries.candidates import AlikeRow, alike_rows
from models.repositories.alike import Like, became
from models.repositories.arrivals import check_can_come, last_day, returning
from models.repositories.arrivals import objections as stands_against
from models.repositories.likeness import Somebody, candidates_like, residents_like
from models.repositories.programmes import has_arrived, read_places
from models.repositories.residents import document_of, person_of
from models.repositories.stays import last_stay
from models.rules.birth import BirthDate
from models.rules.likeness import Person
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, DepartureKind, LimitRule
from models.store import search
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """An accepted candidate who has not arrived.

    Attributes:
        accepted_at: When the acceptance was entered, in UTC.
        family: How many of the family group are expected, the candidate included; 0 for somebody alone.
    """

    id: CandidateId
    list_code: str
    programme_id: ProgrammeId
    programme: str
    partner_number: str
    family_name: str
    given_names: str
    own_script: str
    birth: BirthDate | None
    nationality: str | None
    family_group: str
    relation: str
    accepted_at: datetime | None
    family: int


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme that somebody may arrive under.

    Attributes:
        needs_last_day: Whether a stay under it has a last day of its own, such as a release date.
        left: The places that are left, None where the agreement sets no number.
        arrival_steps: What it asks of an arrival: words of `ArrivalStep`.
    """

    id: ProgrammeId
    code: str
    title: str
    needs_last_day: bool
    arrival_steps: tuple[str, ...]
    left: int | None


@dataclass(frozen=True, slots=True)
class KnownRow:
    """Somebody who was a resident before, or is one now.

    Attributes:
        programme: Of the last stay.
        departed_on: When the last stay ended.
        departure_kind: How it ended.
        is_here: Whether a stay is open, so that nobody can arrive once more.
    """

    id: ResidentId
    number: str
    family_name: str
    given_names: str
    birth: BirthDate | None
    programme_id: ProgrammeId | None
    programme: str
    departed_on: date | None
    departure_kind: DepartureKind | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the form of an arrival begins with, from the proposed list.

    Attributes:
        release_on: The last day of the stay, where the list has one.
        family: The others of the family group who are expected too.
    """

    candidate_id: CandidateId
    programme_id: ProgrammeId
    list_code: str
    state: CandidateState
    person: PersonFacts
    documents: tuple[DocumentFacts, ...]
    release_on: date | None
    family: tuple[ExpectedRow, ...]


_TAKEN_BACK = aliased(CandidateDecision)
_ACCEPTED = (
    select(func.max(CandidateDecision.decided_at))
    .where(
        CandidateDecision.candidate_id == Candidate.id,
        CandidateDecision.outcome == CandidateState.ACCEPTED,
        CandidateDecision.takes_back_id.is_(None),
        ~exists().where(_TAKEN_BACK.takes_back_id == CandidateDecision.id),
    )
    .correlate(Candidate)
    .scalar_subquery()
)
_FAMILY = func.count().over(partition_by=(Candidate.list_id, Candidate.family_group))
_EXPECTED = Rows(
    ExpectedRow,
    Candidate,
    list_code=ProposedList.code,
    programme=Programme.code,
    accepted_at=_ACCEPTED,
    family=case((Candidate.family_group == "", 0), else_=_FAMILY),
)
_PROGRAMMES = Rows(ProgrammeChoice, Programme, needs_last_day=Programme.limit_rule == LimitRule.FIXED_DATE)
_KNOWN = Rows(
    KnownRow,
    Resident,
    Stay,
    programme=func.coalesce(Programme.code, ""),
    is_here=and_(Stay.id.is_not(None), Stay.departed_on.is_(None)),
)


_IS_HERE = (
    exists()
    .where(
        Joining.candidate_id == Candidate.id,
        Joining.undone_at.is_(None),
        Stay.resident_id == Joining.resident_id,
        Stay.departed_on.is_(None),
    )
    .correlate(Candidate)
)
"""Who was found to be a resident and is in the house is expected no more."""


def expected(snapshot: Snapshot, *, programme_id: ProgrammeId | None = None) -> Sequence[ExpectedRow]:
    """The accepted candidates who have not arrived, families together, as they were accepted."""
    asked = (
        _EXPECTED.select()
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .join(Programme, Programme.id == Candidate.programme_id)
        .where(Candidate.state == CandidateState.ACCEPTED, ~has_arrived(), ~_IS_HERE)
        .order_by(Candidate.list_id, Candidate.row_number)
    )
    if programme_id is not None:
        asked = asked.where(Candidate.programme_id == programme_id)
    return list(_EXPECTED.rows(snapshot.connection.execute(asked)))


def programmes(snapshot: Snapshot) -> Sequence[ProgrammeChoice]:
    """The programmes that are not closed, by code."""
    asked = _PROGRAMMES.select().where(~Programme.is_closed).order_by(Programme.code)
    return [
        ProgrammeChoice(
            **_PROGRAMMES.values(row) | {"arrival_steps": tuple(row.arrival_steps)},
            left=read_places(snapshot.connection, row.id, today=snapshot.today).left,
        )
        for row in snapshot.connection.execute(asked).all()
    ]


def known(snapshot: Snapshot, *, text: str, limit: int = 8) -> Sequence[KnownRow]:
    """Residents whom a typed text may mean, the likeliest first, with their last stay."""
    return [_known(snapshot, resident_id) for resident_id in search.find(snapshot.connection, text, limit)]


def _known(snapshot: Snapshot, resident_id: ResidentId) -> KnownRow:
    found = snapshot.connection.execute(
        _KNOWN.select()
        .outerjoin(Stay, Stay.id == last_stay())
        .outerjoin(Programme, Programme.id == Stay.programme_id)
        .where(Resident.id == resident_id)
    ).one()
    return _KNOWN.row(found)


def prospect(snapshot: Snapshot, *, candidate_id: CandidateId) -> Prospect:
    """What the list says of a candidate, as the form of an arrival begins with it.

    Raises:
        Refused: There is no such candidate.
    """
    snapshot.looks_at("candidate", candidate_id)
    with Session(snapshot.connection) as session:
        candidate = session.get(Candidate, candidate_id)
        if candidate is None:
            raise Refused("This candidate is not in the register. Choose one from the list.", field="candidate_id")
        document = document_of(candidate)
        group, code = candidate.family_group, candidate.proposed_list.code
        others = [row for row in expected(snapshot, programme_id=candidate.programme_id) if row.id != candidate_id]
        return Prospect(
            candidate_id,
            candidate.programme_id,
            code,
            candidate.state,
            person_of(candidate).tidy(),
            () if document is None else (document,),
            candidate.release_on,
            tuple(row for row in others if group and (row.list_code, row.family_group) == (code, group)),
        )


def likely(
    snapshot: Snapshot,
    *,
    programme_id: ProgrammeId,
    person: PersonFacts,
    documents: Sequence[DocumentFacts] = (),
    candidate_id: CandidateId | None = None,
) -> tuple[AlikeRow, ...]:
    """Who of the register may be the person who arrives: shown before saving, never merged.

    Args:
        snapshot: The reading.
        programme_id: Under which the person arrives: the partner's number is of this programme.
        person: As the form has it.
        documents: As the form has them.
        candidate_id: As whom the person arrives: not somebody else.
    """
    numbers = tuple(each.number for each in documents if each.number)
    said = Somebody(
        Person(
            person.family_name,
            person.given_names,
            person.own_script,
            person.birth,
            document_numbers=numbers,
            sex=person.sex,
            nationality=person.nationality,
            aliases=person.aliases,
        ),
        {programme_id: person.partner_number} if person.partner_number else {},
    )
    found = [
        Like(likeness, resident_id=resident)
        for resident, likeness in residents_like(snapshot.connection, {0: said}).get(0, ())
    ]
    arrived = became(snapshot.connection)
    for candidate, likeness in candidates_like(snapshot.connection, {0: said}).get(0, ()):
        if candidate != candidate_id and candidate not in arrived:
            found.append(Like(likeness, candidate_id=candidate))
    return alike_rows(snapshot, found)


def objections(
    snapshot: Snapshot,
    *,
    programme_id: ProgrammeId,
    arrived: Moment,
    candidate_id: CandidateId | None = None,
    resident_id: ResidentId | None = None,
    fixed_limit: date | None = None,
    journey_failed: bool = False,
) -> tuple[Message, ...]:
    """What stands against an admission, so that it is said before anything is typed; nothing where it may go ahead.

    Args:
        snapshot: The reading.
        programme_id: Under which the person would be admitted.
        arrived: When.
        candidate_id: Who it is on a list; None: on none.
        resident_id: Who it is in the register; None: nobody.
        fixed_limit: The last day of the stay, where a date replaces the days or months of the programme.
        journey_failed: Whether the person comes back because the journey failed.
    """
    with Session(snapshot.connection) as session:
        programme = session.get_one(Programme, programme_id)
        candidate = None if candidate_id is None else session.get(Candidate, candidate_id)
        known = None if resident_id is None else session.get(Resident, resident_id)
        going_on = returning(session, known, programme, arrived, journey_failed=journey_failed)
        day = last_day(programme, fixed_limit, candidate, going_on)
        return tuple(stands_against(session, snapshot.today, programme, candidate, known, arrived, day))


def bar(snapshot: Snapshot, *, resident_id: ResidentId) -> Message | None:
    """Why somebody of the register cannot be admitted at all, so that it is said once they are chosen; None: they can.

    Args:
        snapshot: The reading.
        resident_id: Who.
    """
    with Session(snapshot.connection) as session:
        try:
            check_can_come(session, session.get_one(Resident, resident_id))
        except Refused as refused:
            return refused.message
    return None
