"""Sealed notes of residents, complaints and self-harm, sealed as well, and what happened in the house."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column

from models.changes import Kind
from models.entities.base import Base, Entered, Sealed, choice
from models.ids import ProgrammeId, ResidentId, SealedNoteId, UserId
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, SealedKind


class SealedNote(Base):
    """One note; it is never changed or removed: what was wrong is put right beside it (`sealed_corrections`)."""

    __tablename__ = "sealed_notes"
    __kind__ = Kind.NOTE

    id: Mapped[SealedNoteId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[SealedKind] = mapped_column(choice(SealedKind))
    sealed: Mapped[bytes] = mapped_column(Sealed)
    """The text; see `models.store.sealing`."""
    was_in: Mapped[str | None] = mapped_column(String(60))
    """Table and column in which it was sealed, as `health_checks.found`, where the row there is gone; it opens as of
    that row. None: it was sealed here."""
    was_row: Mapped[int | None]
    """The number that the row had."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class Incident(Entered):
    """Something happened in the house, or force was used (standards.md, B5)."""

    __tablename__ = "incidents"
    __kind__ = Kind.NOTE
    __table_args__ = (CheckConstraint("told_at IS NULL OR told_on IS NOT NULL", name="told_at"),)

    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[IncidentKind] = mapped_column(choice(IncidentKind))
    happened_on: Mapped[date]
    happened_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    what: Mapped[str] = mapped_column(Text, default="")
    """It names nobody: who is concerned stands in rows of its own, each of which can be erased."""
    by_whom: Mapped[str] = mapped_column(String(200), default="")
    means: Mapped[str] = mapped_column(String(200), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    told_whom: Mapped[str] = mapped_column(String(200), default="")
    told_on: Mapped[date | None]
    told_at: Mapped[datetime | None]
    is_taken_back: Mapped[bool] = mapped_column(default=False)
    """It stays, so that it is erased with whom it concerns; the trail says why it does not count."""

    happened: Mapped[Moment] = composite("happened_on", "happened_at")
    told: Mapped[Moment | None] = composite("told_on", "told_at")


class IncidentPerson(Base):
    """A resident whom an incident concerns."""

    __tablename__ = "incident_persons"
    __kind__ = Kind.NOTE
    __table_args__ = (UniqueConstraint("incident_id", "resident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)


class SelfHarm(Entered):
    """That somebody harmed themselves: that it happened is as sealed as what is written of it."""

    __tablename__ = "self_harms"
    __kind__ = Kind.NOTE
    __table_args__ = (CheckConstraint("told_at IS NULL OR told_on IS NOT NULL", name="told_at"),)

    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    happened_on: Mapped[date]
    happened_at: Mapped[datetime | None]
    found: Mapped[bytes] = mapped_column(Sealed)
    told_whom: Mapped[str] = mapped_column(String(200), default="")
    told_on: Mapped[date | None]
    told_at: Mapped[datetime | None]

    happened: Mapped[Moment] = composite("happened_on", "happened_at")
    told: Mapped[Moment | None] = composite("told_on", "told_at")


class Complaint(Entered):
    """A complaint and its answer (standards.md, B4); that there is one is sealed as well."""

    __tablename__ = "complaints"
    __kind__ = Kind.NOTE
    __table_args__ = (
        CheckConstraint("answer_by >= received_on", name="answer_by"),
        CheckConstraint("answered_on IS NULL OR answered_on >= received_on", name="answered_on"),
        CheckConstraint("(answered_on IS NULL) = (answer IS NULL)", name="answer"),
    )

    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    received_on: Mapped[date]
    said: Mapped[bytes] = mapped_column(Sealed)
    answer_by: Mapped[date]
    """The last day on which an answer is in time."""
    answered_on: Mapped[date | None]
    answer: Mapped[bytes | None] = mapped_column(Sealed)
