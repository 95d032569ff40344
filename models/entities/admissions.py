"""What must be on record of an arrival (standards.md, On arrival), each with who entered it and when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, composite, mapped_column

from models.changes import Kind
from models.entities.base import Base, Entered, Finding, Sealed, Versioned, choice
from models.ids import ArrivalDraftId, ResidentId, StayId, UserId, WaitingEntryId
from models.rules.time import Moment
from models.rules.vocabulary import AgeBasis, ArrivalStep, HealthStep, LanguageLevel, Signature


class ArrivalDraft(Versioned):
    """An arrival that somebody has begun to enter and left: it is finished, or thrown away."""

    __tablename__ = "arrival_drafts"
    __kind__ = Kind.DRAFT

    id: Mapped[ArrivalDraftId] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """What stood in the form, as JSON. Entries tell of it by a hash, so that nothing of it is left with the row."""
    begun_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[datetime]
    kept_at: Mapped[datetime]


class WaitingEntry(Base):
    """What was typed of an arrival before the person was registered, until it is entered or dropped."""

    __tablename__ = "waiting_entries"
    __kind__ = Kind.DRAFT

    id: Mapped[WaitingEntryId] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """What stood in its form, as JSON; nothing that is sealed."""
    typed_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    typed_at: Mapped[datetime]
    """When the person was registered."""


class Admission(Base):
    """What the agreement asked of an arrival when it was registered; none: nothing was asked."""

    __tablename__ = "admissions"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), primary_key=True, autoincrement=False)
    required: Mapped[list[str]]
    """Words of `ArrivalStep`."""


class Waiver(Entered):
    """A step of an arrival that is not asked of somebody, and why."""

    __tablename__ = "waivers"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    step: Mapped[ArrivalStep] = mapped_column(choice(ArrivalStep))
    why: Mapped[str] = mapped_column(String(400))


class LegalGround(Entered):
    """Why somebody is here (A2)."""

    __tablename__ = "legal_grounds"
    __kind__ = Kind.STAY
    __table_args__ = (CheckConstraint("taken_at IS NULL OR taken_on IS NOT NULL", name="taken_at"),)

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    ground: Mapped[str] = mapped_column(String(400))
    authority: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(100), default="")
    decided_on: Mapped[date | None]
    served_on: Mapped[date | None]
    taken_on: Mapped[date | None]
    taken_at: Mapped[datetime | None]
    taken_at_place: Mapped[str] = mapped_column(String(200), default="")
    brought_by: Mapped[str] = mapped_column(String(200), default="")

    taken: Mapped[Moment | None] = composite("taken_on", "taken_at")


class InjuryReport(Finding):
    """What could be seen of injuries, and was said of ill-treatment (A4): sealed, also where it is nothing."""

    __tablename__ = "injury_reports"
    __kind__ = Kind.STAY
    BESIDE_SEALED = frozenset({"read_by", "read_at"})

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    looked_on: Mapped[date]
    looked_by: Mapped[str] = mapped_column(String(200))
    found: Mapped[bytes] = mapped_column(Sealed)
    read_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    """Who of the health staff has read it first."""
    read_at: Mapped[datetime | None]


class RightsTalk(Entered):
    """That rights and rules were explained (A8)."""

    __tablename__ = "rights_talks"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    explained_on: Mapped[date]
    explained_at: Mapped[datetime | None]
    languages: Mapped[list[str]]
    in_writing: Mapped[bool] = mapped_column(default=False)
    explained_by: Mapped[str] = mapped_column(String(200))
    interpreter: Mapped[str] = mapped_column(String(200), default="")
    signature: Mapped[Signature] = mapped_column(choice(Signature))
    why: Mapped[str] = mapped_column(String(400), default="")

    explained: Mapped[Moment] = composite("explained_on", "explained_at")


class HealthCheck(Finding):
    """The first health check: ordered, or held (A9); what was found is sealed."""

    __tablename__ = "health_checks"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    step: Mapped[HealthStep] = mapped_column(choice(HealthStep))
    done_on: Mapped[date]
    done_at: Mapped[datetime | None]
    by_whom: Mapped[str] = mapped_column(String(200))
    found: Mapped[bytes | None] = mapped_column(Sealed)

    done: Mapped[Moment] = composite("done_on", "done_at")


class LanguageSkill(Entered):
    """A language that somebody speaks, how well, and whether an interpreter is needed (A8)."""

    __tablename__ = "language_skills"
    __kind__ = Kind.RESIDENT

    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    languages: Mapped[list[str]]
    """One: ISO 639, or its name as written."""
    level: Mapped[LanguageLevel] = mapped_column(choice(LanguageLevel))
    reads: Mapped[bool] = mapped_column(default=False)
    interpreter: Mapped[bool] = mapped_column(default=False)


class RoomDecision(Entered):
    """Why somebody was given the room, and who decided (A10)."""

    __tablename__ = "room_decisions"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(200))
    reasons: Mapped[str] = mapped_column(String(400))


class ChildRecord(Entered):
    """How the age of a child is known, who looks after it here, and what is in its best interests (A11)."""

    __tablename__ = "child_records"
    __kind__ = Kind.RESIDENT

    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    age_by: Mapped[AgeBasis] = mapped_column(choice(AgeBasis))
    guardian_id: Mapped[ResidentId | None] = mapped_column(ForeignKey("residents.id"), index=True)
    appointed: Mapped[str] = mapped_column(String(200), default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decision: Mapped[str] = mapped_column(String(400), default="")
