"""The selection of a list, step by step: who decided what, when, and on which facts, as they stood at that moment."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.selection import Candidate, CandidateDecision, DecisionProposal, ProposedList
from models.errors import Refused
from models.ids import CandidateId, DecisionId, ListId
from models.repositories.deciding import changed_since
from models.repositories.programmes import has_arrived
from models.rules import rested
from models.rules.birth import BirthDate
from models.rules.names import display_name
from models.rules.rested import Rested
from models.rules.vocabulary import CandidateState
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class Step:
    """One decision.

    Attributes:
        name: Of the candidate, as it is known today; what it was then stands in `rested`.
        number: Of the candidate on the list.
        outcome: Where the candidate stood from then on.
        reasons: Those of the programme's list, as they read then.
        entered_by: Who entered it; where two persons decided, who confirmed it.
        proposed_by: Who proposed it then; empty where one person decided.
        takes_back: Whether it took an earlier decision back.
        corrects: Whether it only puts right who had accepted the candidate, or why.
        rested: On what it was decided; None: an earlier Konak kept none.
        counts: How many of the list stood where, from then on.
        since: What was corrected of somebody who has arrived since it was last decided on them: fields and questions.
    """

    id: DecisionId
    candidate_id: CandidateId
    name: str
    number: str
    outcome: CandidateState
    reasons: tuple[str, ...]
    reason: str
    decided_by: str
    entered_by: str
    proposed_by: str
    decided_at: datetime
    takes_back: bool
    rested: Rested | None
    corrects: bool
    counts: Mapping[CandidateState, int]
    since: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate of the list as they stand now."""

    id: CandidateId
    number: str
    name: str
    partner_number: str
    birth: BirthDate | None
    nationality: str | None
    state: CandidateState
    has_arrived: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """A proposed list with all that was decided on its people, the first decision first."""

    code: str
    programme: str
    received_on: date
    people: tuple[Person, ...]
    steps: tuple[Step, ...]


_PROPOSER = aliased(User)
_NAME = Made(display_name, Candidate.family_name, Candidate.given_names, Candidate.list_number)
_STEPS = Rows(
    Step,
    CandidateDecision,
    name=_NAME,
    number=Candidate.list_number,
    entered_by=User.name,
    proposed_by=func.coalesce(_PROPOSER.name, ""),
    takes_back=CandidateDecision.takes_back_id.is_not(None),
    rested=Made(rested.read, CandidateDecision.facts),
)
_PEOPLE = Rows(Person, Candidate, number=Candidate.list_number, name=_NAME, has_arrived=has_arrived())


def of_list(snapshot: Snapshot, *, list_id: ListId) -> Replay:
    """A whole list.

    Raises:
        Refused: There is no such list.
    """
    snapshot.looks_at("list", list_id)
    return _replay(snapshot, list_id, Candidate.list_id == list_id)


def of_candidate(snapshot: Snapshot, *, candidate_id: CandidateId) -> Replay:
    """One candidate of a list.

    Raises:
        Refused: There is no such candidate.
    """
    snapshot.looks_at("candidate", candidate_id)
    list_id = snapshot.connection.scalar(select(Candidate.list_id).where(Candidate.id == candidate_id))
    return _replay(snapshot, list_id, Candidate.id == candidate_id)


def _replay(snapshot: Snapshot, list_id: ListId | None, whose: ColumnElement[bool]) -> Replay:
    head = snapshot.connection.execute(
        select(ProposedList.code, Programme.code.label("programme"), ProposedList.received_on)
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(ProposedList.id == list_id)
    ).one_or_none()
    if head is None:
        raise Refused("This list is not in the register. Choose one of those that are.", field="list_id")
    people = _PEOPLE.rows(
        snapshot.connection.execute(_PEOPLE.select().where(whose).order_by(Candidate.row_number, Candidate.id))
    )
    found = snapshot.connection.execute(
        _STEPS.select()
        .join(Candidate, Candidate.id == CandidateDecision.candidate_id)
        .join(User, User.id == CandidateDecision.entered_by)
        .outerjoin(DecisionProposal, DecisionProposal.id == CandidateDecision.proposal_id)
        .outerjoin(_PROPOSER, _PROPOSER.id == DecisionProposal.proposed_by)
        .where(whose)
        .order_by(CandidateDecision.id)
    )
    stands = dict.fromkeys((each.id for each in people), CandidateState.PROPOSED)
    steps: list[Step] = []
    for row in found:
        values = _STEPS.values(row)
        before, outcome = stands[values["candidate_id"]], values["outcome"]
        corrects = before is outcome is CandidateState.ACCEPTED and not values["takes_back"]
        stands[values["candidate_id"]] = outcome
        steps.append(Step(**values, corrects=corrects, counts=dict(Counter(stands.values()))))
    return Replay(head.code, head.programme, head.received_on, people, tuple(_with_changes(snapshot, people, steps)))


def _with_changes(snapshot: Snapshot, people: Sequence[Person], steps: Sequence[Step]) -> Iterator[Step]:
    """The steps; the last one of somebody who has arrived tells what was corrected since."""
    arrived = {each.id for each in people if each.has_arrived}
    last = {step.candidate_id: step for step in steps if step.candidate_id in arrived}
    rested_on = {one: step.rested for one, step in last.items() if step.rested is not None}
    since = changed_since(snapshot.connection, rested_on, today=snapshot.today)
    for step in steps:
        is_last = last.get(step.candidate_id) is step
        yield replace(step, since=since.get(step.candidate_id, ())) if is_last else step


def list_of_code(snapshot: Snapshot, code: str) -> ListId:
    """The list of a name.

    Raises:
        Refused: There is none, or programmes have several of that name.
    """
    found = snapshot.connection.scalars(
        select(ProposedList.id).where(func.lower(ProposedList.code) == code.strip().lower()).order_by(ProposedList.id)
    ).all()
    if len(found) != 1:
        known = snapshot.connection.scalars(select(ProposedList.code).order_by(ProposedList.code)).all()
        raise Refused(
            "There is not exactly one list {code}. The lists of this register are: {known}.",
            field="list_id",
            code=code,
            known=", ".join(known),
        )
    return found[0]
