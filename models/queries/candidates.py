"""One candidate whole: what the list says, how the screening stands, and all that was done, to be replayed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import false, func, literal, null, select
from sqlalchemy.orm import aliased

from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Joining, Resident
from models.entities.selection import (
    Candidate,
    CandidateAnswer,
    CandidateDecision,
    ChangeOfList,
    DecisionProposal,
    ListRemark,
    ProposedList,
)
from models.entities.stays import Stay
from models.entities.trail import TrailEntry, TrailSubject
from models.errors import Refused
from models.ids import CandidateId, CriterionId, DecisionId, ListId, ProgrammeId, ProposalId, ResidentId
from models.queries import veil
from models.queries.history import refusal, sentence
from models.queries.selection import PlacesRow, likes, places_of
from models.repositories.alike import Like
from models.repositories.deciding import listed_reasons
from models.repositories.programmes import has_arrived, read_places
from models.repositories.safeguards import has_remarks
from models.repositories.selection import Screening, read_screenings
from models.rules import rested
from models.rules.birth import BirthDate
from models.rules.kept import restored
from models.rules.rested import Rested
from models.rules.screening import objections_to_accepting
from models.rules.selection import PARTICULARS, Particulars
from models.rules.vocabulary import (
    Answer,
    CandidateState,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    LimitRule,
    ProposalState,
)
from models.store.declaring import LOOKED
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion and how it is answered for a candidate.

    Attributes:
        text: The question; a message id, where it comes from a preset.
        automatic: What the program itself can tell.
        answer: The one that counts.
        answered_by: Who answered; empty where the program did.
        note: What a person's answer rests on.
    """

    id: CriterionId
    text: str
    effect: CriterionEffect
    test: CriterionTest
    automatic: Answer
    answer: Answer
    answered_by: str = ""
    answered_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision; the last one counts.

    Attributes:
        reasons: Those of the programme's list that were given, as they read then.
        proposed_by: Who proposed it, where two persons decided; who entered it has then confirmed it.
        takes_back: Whether it took an earlier one back.
        rested: On what it was decided, as it stood then; None: an earlier Konak kept none.
    """

    id: DecisionId
    outcome: CandidateState
    reasons: tuple[str, ...]
    reason: str
    decided_by: str
    entered_by: str
    decided_at: datetime
    proposed_by: str
    takes_back: bool
    rested: Rested | None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A decision that waits for a second person.

    Attributes:
        takes_back: Whether it is to take the last decision back.
        is_own: Whether whoever looks has proposed it, so that somebody else must confirm it.
    """

    id: ProposalId
    candidate_id: CandidateId
    outcome: CandidateState
    reasons: tuple[str, ...]
    reason: str
    decided_by: str
    proposed_by: str
    proposed_at: datetime
    takes_back: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Another candidate of the same family group."""

    id: CandidateId
    family_name: str
    given_names: str
    partner_number: str
    relation: str
    birth: BirthDate | None
    state: CandidateState
    has_arrived: bool


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Somebody who may be the same person: a candidate, or a resident.

    Attributes:
        reasons: What speaks for it, the strongest first, and what speaks against it.
        where: The code of the list of a candidate, or the number of a resident.
        state: Of a candidate; None for a resident.
        died_on: When a resident died, who is never admitted again.
        is_on_roll: Whether a resident has not left, and so cannot arrive.
    """

    reasons: tuple[Message, ...]
    family_name: str
    given_names: str
    birth: BirthDate | None
    where: str
    number: str = ""
    state: CandidateState | None = None
    candidate_id: CandidateId | None = None
    resident_id: ResidentId | None = None
    died_on: date | None = None
    is_on_roll: bool = False

    @property
    def can_arrive(self) -> bool:
        """Whether an arrival can be theirs."""
        return self.died_on is None and not self.is_on_roll


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done about a candidate, as the trail has it.

    Attributes:
        at: When, in UTC.
        user: Who entered it.
        action: What, as `selection.decide`.
        what: The same in words.
        refused: Why it was refused, so that nothing changed; None where it was done.
        before: What was there, by field; only what changed.
        after: What is there since.
        notes: What the rows do not say: the reason of a correction, the answers that a decision rested on.
    """

    number: int
    at: datetime
    user: str
    action: str
    what: Message
    refused: Message | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    notes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CandidateWhole:
    """A candidate with everything that is known and was done.

    Attributes:
        has_remarks: Whether something is kept sealed of the candidate; never, for who may not read it.
        objections: What stands against accepting, by the criteria.
        places_left: For this candidate, None where the agreement sets no number.
        resident: The number of the resident that the candidate has become; empty before the arrival.
        version: To be given back when the particulars are corrected.
        limit_rule: Of the programme.
        two_persons: Whether the programme asks for two persons to decide.
        reasons: Those that the programme lists, each with the decision that it is a reason of.
        places: Of the programme, as they are counted now.
        waiting: The decision that waits for a second person.
        decisions: The last one first.
        history: Everything that was entered, the last first.
    """

    id: CandidateId
    list_id: ListId
    list_code: str
    received_on: date
    programme_id: ProgrammeId
    programme: str
    row_number: int
    list_number: str
    particulars: Particulars
    state: CandidateState
    doubts: tuple[Message, ...]
    has_remarks: bool
    criteria: tuple[CriterionRow, ...]
    objections: tuple[Message, ...]
    places_left: int | None
    resident_id: ResidentId | None
    resident: str
    arrived_on: date | None
    family: tuple[MemberRow, ...]
    alike: tuple[AlikeRow, ...]
    version: int
    two_persons: bool
    limit_rule: LimitRule
    reasons: tuple[tuple[CandidateState, str], ...]
    places: PlacesRow
    waiting: ProposalRow | None
    decisions: tuple[DecisionRow, ...]
    history: tuple[Event, ...]


def _particulars(*values: object) -> Particulars:
    said: dict[str, Any] = {field.name: field.tidy(value) for field, value in zip(PARTICULARS, values, strict=True)}
    return Particulars(**said)


_WHOLE = Rows(
    CandidateWhole,
    Candidate,
    ProposedList,
    programme_id=Candidate.programme_id,
    list_code=ProposedList.code,
    programme=Programme.code,
    two_persons=Programme.two_persons,
    limit_rule=Programme.limit_rule,
    particulars=Made(_particulars, *(getattr(Candidate, field.name) for field in PARTICULARS)),
    doubts=Made(restored, Candidate.doubts),
)
_MEMBERS = Rows(MemberRow, Candidate, has_arrived=has_arrived())
_PROPOSER = aliased(User)
_DECISIONS = Rows(
    DecisionRow,
    CandidateDecision,
    entered_by=User.name,
    proposed_by=func.coalesce(_PROPOSER.name, ""),
    takes_back=CandidateDecision.takes_back_id.is_not(None),
    rested=Made(rested.read, CandidateDecision.facts),
)
_PROPOSALS = Rows(
    ProposalRow, DecisionProposal, proposed_by=User.name, takes_back=DecisionProposal.takes_back.is_not(None)
)
_EVENTS = Rows(Event, TrailEntry)
_ALIKE = Rows(
    AlikeRow,
    Candidate,
    candidate_id=Candidate.id,
    where=ProposedList.code,
    number=Candidate.list_number,
    died_on=null(),
    is_on_roll=false(),
)
_DIED = (
    select(func.max(Stay.departed_on))
    .where(Stay.resident_id == Resident.id, Stay.departure_kind == DepartureKind.DEATH)
    .correlate(Resident)
    .scalar_subquery()
)
_OPEN = select(Stay.id).where(Stay.resident_id == Resident.id, Stay.departed_on.is_(None)).correlate(Resident)
_ALIKE_RESIDENTS = Rows(
    AlikeRow,
    Resident,
    resident_id=Resident.id,
    candidate_id=null(),
    where=Resident.number,
    number=literal(""),
    died_on=_DIED,
    is_on_roll=_OPEN.exists(),
)


def whole(snapshot: Snapshot, *, candidate_id: CandidateId) -> CandidateWhole:
    """One candidate.

    Raises:
        Refused: There is no such candidate.
    """
    snapshot.looks_at("candidate", candidate_id)
    found = snapshot.connection.execute(
        _WHOLE.select()
        .add_columns(Candidate.family_group)
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .join(Programme, Programme.id == Candidate.programme_id)
        .where(Candidate.id == candidate_id)
    ).one_or_none()
    if found is None:
        raise Refused("This candidate is not in the register. Choose one from the list.")
    screening = read_screenings(snapshot.connection, [candidate_id], on=snapshot.today)[candidate_id]
    places = read_places(snapshot.connection, found.programme_id, today=snapshot.today, without_candidate=candidate_id)
    resident = _resident(snapshot, candidate_id)
    return CandidateWhole(
        **_WHOLE.values(found),
        has_remarks=has_remarks(snapshot, ListRemark.candidate_id == candidate_id),
        criteria=_criteria(snapshot, candidate_id, screening),
        objections=objections_to_accepting(screening.screened),
        places_left=places.left,
        reasons=tuple(listed_reasons(snapshot.connection, found.programme_id)),
        places=places_of(snapshot, programme_id=found.programme_id),
        waiting=next(iter(proposals(snapshot, candidate_ids=[candidate_id])), None),
        resident_id=resident[0],
        resident=resident[1],
        arrived_on=resident[2],
        family=_family(snapshot, candidate_id, found.list_id, found.family_group),
        alike=alike_rows(snapshot, likes(snapshot, [candidate_id]).get(candidate_id, ())),
        decisions=_decisions(snapshot, candidate_id),
        history=_history(snapshot, candidate_id),
    )


def _resident(snapshot: Snapshot, candidate_id: CandidateId) -> tuple[ResidentId | None, str, date | None]:
    """The resident that the candidate has become, by number, and the day of arrival."""
    row = snapshot.connection.execute(
        select(Resident.id, Resident.number, Stay.arrived_on)
        .join(Stay, Stay.resident_id == Resident.id)
        .where((Stay.candidate_id == candidate_id) | (Resident.candidate_id == candidate_id))
        .order_by((Stay.candidate_id == candidate_id).desc().nulls_last(), Stay.arrived_on)
    ).first()
    if row is None:
        known = select(Joining.resident_id).where(Joining.candidate_id == candidate_id, Joining.undone_at.is_(None))
        same = snapshot.connection.execute(select(Resident.id, Resident.number).where(Resident.id.in_(known))).first()
        return (None, "", None) if same is None else (same.id, same.number, None)
    return (row[0], row[1], row[2])


def _criteria(snapshot: Snapshot, candidate_id: CandidateId, screening: Screening) -> tuple[CriterionRow, ...]:
    given = {
        row.criterion_id: row
        for row in snapshot.connection.execute(
            select(CandidateAnswer.criterion_id, CandidateAnswer.note, CandidateAnswer.answered_at, User.name)
            .join(User, User.id == CandidateAnswer.answered_by)
            .where(CandidateAnswer.candidate_id == candidate_id)
        )
    }
    rows = []
    for criterion, answer in screening.screened:
        person = given.get(criterion.criterion_id)
        by = (person.name, person.answered_at, person.note) if person else ("", None, "")
        automatic = screening.automatic[criterion.criterion_id]
        rows.append(CriterionRow(*criterion, automatic, answer, *by))
    return tuple(rows)


def _family(snapshot: Snapshot, candidate_id: CandidateId, list_id: ListId, group: str) -> tuple[MemberRow, ...]:
    if not group:
        return ()
    found = snapshot.connection.execute(
        _MEMBERS.select()
        .where(Candidate.list_id == list_id, Candidate.family_group == group, Candidate.id != candidate_id)
        .order_by(Candidate.row_number)
    )
    return _MEMBERS.rows(found)


def alike_rows(snapshot: Snapshot, found: Sequence[Like]) -> tuple[AlikeRow, ...]:
    """Who they are who may be the same person: the likeliest first."""
    likeness = {(like.candidate_id, like.resident_id): like.likeness for like in found}
    candidates = snapshot.connection.execute(
        _ALIKE.select()
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(Candidate.id.in_([like.candidate_id for like in found if like.candidate_id is not None]))
    )
    residents = snapshot.connection.execute(
        _ALIKE_RESIDENTS.select().where(
            Resident.id.in_([like.resident_id for like in found if like.resident_id is not None])
        )
    )
    rows = (
        *((row.candidate_id, None, _ALIKE.values(row)) for row in candidates),
        *((None, row.resident_id, _ALIKE_RESIDENTS.values(row)) for row in residents),
    )
    ordered = sorted(rows, key=lambda row: -likeness[row[0], row[1]].score)
    return tuple(AlikeRow(**values, reasons=likeness[one, other].reasons) for one, other, values in ordered)


def _decisions(snapshot: Snapshot, candidate_id: CandidateId) -> tuple[DecisionRow, ...]:
    found = snapshot.connection.execute(
        _DECISIONS.select()
        .join(User, User.id == CandidateDecision.entered_by)
        .outerjoin(DecisionProposal, DecisionProposal.id == CandidateDecision.proposal_id)
        .outerjoin(_PROPOSER, _PROPOSER.id == DecisionProposal.proposed_by)
        .where(CandidateDecision.candidate_id == candidate_id)
        .order_by(CandidateDecision.id.desc())
    )
    return _DECISIONS.rows(found)


def proposals(snapshot: Snapshot, *, candidate_ids: Sequence[CandidateId]) -> tuple[ProposalRow, ...]:
    """The decisions on some candidates that wait for a second person."""
    found = snapshot.connection.execute(
        _PROPOSALS.select()
        .add_columns(DecisionProposal.proposed_by.label("who"))
        .join(User, User.id == DecisionProposal.proposed_by)
        .where(DecisionProposal.candidate_id.in_(candidate_ids), DecisionProposal.state == ProposalState.WAITING)
        .order_by(DecisionProposal.id)
    )
    return tuple(ProposalRow(**_PROPOSALS.values(row), is_own=row.who == snapshot.person.id) for row in found)


_UNTOLD = ("version", "listed")
"""What the program keeps beside what is said of a candidate."""


def _history(snapshot: Snapshot, candidate_id: CandidateId) -> tuple[Event, ...]:
    """What the trail says of the candidate, but for looks; the rows of candidate, answer and decision as one."""
    found = snapshot.connection.execute(
        _EVENTS.select()
        .add_columns(TrailEntry.details)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(
            TrailSubject.subject == f"candidate:{candidate_id}",
            TrailEntry.action != LOOKED.name,
            ~veil.is_hidden(snapshot.person),
        )
        .order_by(TrailEntry.number.desc())
    )
    own = {
        DecisionProposal.__tablename__: {
            str(each)
            for each in snapshot.connection.scalars(
                select(DecisionProposal.id).where(DecisionProposal.candidate_id == candidate_id)
            )
        },
        Candidate.__tablename__: {str(candidate_id)},
    }
    events = []
    for row in found:
        entry = veil.told(json.loads(row.details))
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for change in filter(partial(_is_of, candidate_id, own), entry["changed"]):
            before |= {name: value for name, value in change["before"].items() if name not in _UNTOLD}
            after |= {name: value for name, value in change["after"].items() if name not in _UNTOLD}
        said = {"what": sentence(row.action, entry), "refused": refusal(entry), "notes": entry["notes"]}
        events.append(Event(**_EVENTS.values(row), **said, before=before, after=after))
    return tuple(events)


def _is_of(candidate_id: CandidateId, own: Mapping[str, set[str]], change: Mapping[str, Any]) -> bool:
    """Whether a row that an entry tells of is of one candidate: several may have been decided on at once."""
    if change["table"] == ChangeOfList.__tablename__:  # it says once more what the row of the candidate says
        return False
    whose = (change["before"] | change["after"]).get("candidate_id")
    if isinstance(whose, int):
        return whose == candidate_id
    return change["table"] not in own or str(change["id"]) in own[change["table"]]
