"""Proposed lists, candidates, and how it was decided on them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Base, Sealed, Versioned, choice, sortable, unique_where
from models.entities.persons import PersonColumns
from models.ids import (
    CandidateId,
    CriterionId,
    DecisionId,
    ImportId,
    ListChangeId,
    ListId,
    ProgrammeId,
    ProposalId,
    ResidentId,
    UserId,
    VerdictId,
)
from models.rules.vocabulary import Answer, CandidateState, ListChange, ProposalState, SealedKind


class ProposedList(Base):
    """A list of people that a partner proposes."""

    __tablename__ = "proposed_lists"
    __kind__ = Kind.CANDIDATE

    id: Mapped[ListId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"), index=True)
    code: Mapped[str] = mapped_column(sortable(64))
    received_on: Mapped[date]
    file_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the file, so that the same file twice adds nothing."""

    candidates: Mapped[list["Candidate"]] = relationship(
        back_populates="proposed_list", order_by="Candidate.row_number"
    )


class Candidate(PersonColumns, Versioned):
    """A person on a proposed list, before admission. Everything is kept as far as it was understood."""

    __tablename__ = "candidates"
    __kind__ = Kind.CANDIDATE
    __table_args__ = (
        UniqueConstraint("list_id", "row_number"),
        Index("ix_candidates_programme_id_state", "programme_id", "state"),
    )

    id: Mapped[CandidateId] = mapped_column(primary_key=True)
    list_id: Mapped[ListId] = mapped_column(ForeignKey("proposed_lists.id"))
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    row_number: Mapped[int]
    """The row in the file."""
    list_number: Mapped[str] = mapped_column(String(32), default="")
    partner_number: Mapped[str] = mapped_column(String(64), default="", index=True)
    document_kind: Mapped[str] = mapped_column(String(100), default="")
    document_number: Mapped[str] = mapped_column(String(100), default="", index=True)
    document_expires_on: Mapped[date | None]
    final_order_on: Mapped[date | None]
    criminal_history: Mapped[Answer] = mapped_column(choice(Answer), default=Answer.UNKNOWN)
    expulsion_ordered: Mapped[Answer] = mapped_column(choice(Answer), default=Answer.UNKNOWN)
    life_sentence: Mapped[Answer] = mapped_column(choice(Answer), default=Answer.UNKNOWN)
    sentenced_on: Mapped[date | None]
    sentence_months: Mapped[Decimal | None]
    release_on: Mapped[date | None]
    family_group: Mapped[str] = mapped_column(String(64), default="")
    relation: Mapped[str] = mapped_column(String(100), default="")
    destination: Mapped[str] = mapped_column(String(200), default="")
    vetting: Mapped[str] = mapped_column(String(200), default="")
    doubts: Mapped[list[dict[str, str]]]
    """Messages: `text` and its values, to be shown in the reader's language."""
    listed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the list says of the fields that were corrected here, by field (`models.rules.field_values`)."""
    state: Mapped[CandidateState] = mapped_column(choice(CandidateState), default=CandidateState.PROPOSED)
    """The outcome of the last of `decisions`."""

    proposed_list: Mapped[ProposedList] = relationship(back_populates="candidates")
    decisions: Mapped[list["CandidateDecision"]] = relationship(order_by="CandidateDecision.id")
    answers: Mapped[list["CandidateAnswer"]] = relationship(order_by="CandidateAnswer.criterion_id")


class ListRemark(Base):
    """What a list says beyond what Konak knows, and what was added since: illnesses and claims of asylum stand in it.

    It is never changed or removed, so that who may not read it writes nothing over.
    """

    __tablename__ = "list_remarks"
    __kind__ = Kind.CANDIDATE

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[ListId] = mapped_column(ForeignKey("proposed_lists.id"), index=True)
    candidate_id: Mapped[CandidateId | None] = mapped_column(ForeignKey("candidates.id"), index=True)
    """Of whom; None where it stood above or below the people: titles, totals, footnotes."""
    kind: Mapped[SealedKind] = mapped_column(choice(SealedKind), default=SealedKind.UNSORTED)
    """What somebody who may read it has said that it is."""
    sealed: Mapped[bytes] = mapped_column(Sealed)
    """The text; see `models.store.sealing`."""
    entered_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    """None of what an earlier Konak kept, which did not say who has brought it in."""
    entered_at: Mapped[datetime]


class ChangeOfList(Base):
    """What a version of a list changed of a candidate: it came, went, or the list says otherwise than before."""

    __tablename__ = "list_changes"
    __kind__ = Kind.CANDIDATE

    id: Mapped[ListChangeId] = mapped_column(primary_key=True)
    import_id: Mapped[ImportId] = mapped_column(ForeignKey("imports.id"), index=True)
    """The version: which file it was, who brought it in, and when."""
    candidate_id: Mapped[CandidateId] = mapped_column(ForeignKey("candidates.id"), index=True)
    what: Mapped[ListChange] = mapped_column(choice(ListChange))
    before: Mapped[dict[str, Any]]
    """What stood in the fields that are otherwise, by field (`models.rules.field_values`)."""
    after: Mapped[dict[str, Any]]
    """What the version says of them."""
    not_taken: Mapped[list[str]]
    """Those of which what stands here was kept: corrected by a person, or the candidate has arrived."""


class CandidateDecision(Base):
    """One decision on a candidate; a later one replaces it and leaves it in place."""

    __tablename__ = "candidate_decisions"
    __kind__ = Kind.CANDIDATE

    id: Mapped[DecisionId] = mapped_column(primary_key=True)
    candidate_id: Mapped[CandidateId] = mapped_column(ForeignKey("candidates.id"), index=True)
    outcome: Mapped[CandidateState] = mapped_column(choice(CandidateState))
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(200))
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
    takes_back_id: Mapped[DecisionId | None] = mapped_column(
        ForeignKey("candidate_decisions.id"), index=True, unique=True
    )
    """The earlier decision that this one takes back; None where it decides something of its own."""
    reasons: Mapped[list[str]] = mapped_column(default=list)
    """Those of the programme's list that were given, as they read at that moment."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """On what it was decided, as it stood at that moment (`models.rules.rested`); empty: an earlier Konak kept none."""
    proposal_id: Mapped[ProposalId | None] = mapped_column(ForeignKey("decision_proposals.id"), index=True, unique=True)
    """Who proposed it, where the programme asks for two persons; who entered it is then who confirmed it."""


class DecisionProposal(Base):
    """A decision that one person proposes and another is to confirm; of each candidate at most one waits."""

    __tablename__ = "decision_proposals"
    __kind__ = Kind.CANDIDATE
    __table_args__ = (unique_where("uq_decision_proposals_waiting_candidate_id", "candidate_id", "state = 'waiting'"),)

    id: Mapped[ProposalId] = mapped_column(primary_key=True)
    candidate_id: Mapped[CandidateId] = mapped_column(ForeignKey("candidates.id"), index=True)
    outcome: Mapped[CandidateState] = mapped_column(choice(CandidateState))
    reasons: Mapped[list[str]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(200))
    takes_back: Mapped[DecisionId | None]
    """The number of the earlier decision that it is to take back; None where it decides something of its own."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """On what it was proposed, as `CandidateDecision.facts`."""
    proposed_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(choice(ProposalState), default=ProposalState.WAITING)
    settled_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None]
    settled_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was dropped."""


class LikenessVerdict(Base):
    """Whether a candidate and somebody else who may be the same person are one: what a person found, to be taken back.

    That a candidate is a resident is a `Joining`; here stand that two candidates are one, and who is somebody else.
    """

    __tablename__ = "likeness_verdicts"
    __kind__ = Kind.CANDIDATE
    __table_args__ = (CheckConstraint("(other_id IS NULL) <> (resident_id IS NULL)", name="one_other"),)

    id: Mapped[VerdictId] = mapped_column(primary_key=True)
    candidate_id: Mapped[CandidateId] = mapped_column(ForeignKey("candidates.id"), index=True)
    other_id: Mapped[CandidateId | None] = mapped_column(ForeignKey("candidates.id"), index=True)
    resident_id: Mapped[ResidentId | None] = mapped_column(ForeignKey("residents.id"), index=True)
    is_same: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime]
    undone_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(Text, default="")


class CandidateAnswer(Base):
    """What a person answered to a criterion for a candidate."""

    __tablename__ = "candidate_answers"
    __kind__ = Kind.CANDIDATE
    __table_args__ = (UniqueConstraint("candidate_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[CandidateId] = mapped_column(ForeignKey("candidates.id"))
    criterion_id: Mapped[CriterionId] = mapped_column(ForeignKey("criteria.id"), index=True)
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    note: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime]
