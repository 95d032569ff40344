"""That something sealed was entered by mistake: what was entered stays as it was, and this says what holds instead."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base, Sealed, choice, unique_where
from models.ids import SealedNoteId, UserId
from models.rules.vocabulary import SealedKind


class SealedCorrection(Base):
    """The base of both: it holds until it is undone."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    kind: Mapped[SealedKind] = mapped_column(choice(SealedKind), sort_order=1)
    """Of which kind it is after all: who does not read that one opens what was corrected no more."""
    reason: Mapped[bytes] = mapped_column(Sealed, sort_order=1)
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"), sort_order=2)
    entered_at: Mapped[datetime] = mapped_column(sort_order=2)
    undone_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"), sort_order=3)
    undone_at: Mapped[datetime | None] = mapped_column(sort_order=3)
    undone_reason: Mapped[bytes | None] = mapped_column(Sealed, sort_order=3)


class NoteCorrection(SealedCorrection):
    """Of a sealed note of a resident."""

    __tablename__ = "note_corrections"
    __kind__ = Kind.NOTE
    __table_args__ = (unique_where("ix_note_corrections_holding", "corrected_id", "undone_at IS NULL"),)

    corrected_id: Mapped[SealedNoteId] = mapped_column(ForeignKey("sealed_notes.id"), index=True)
    instead_id: Mapped[SealedNoteId | None] = mapped_column(ForeignKey("sealed_notes.id"), index=True)
    """The note that stands in its place; None: it was taken back."""


class RemarkCorrection(SealedCorrection):
    """Of a remark of a list."""

    __tablename__ = "remark_corrections"
    __kind__ = Kind.CANDIDATE
    __table_args__ = (unique_where("ix_remark_corrections_holding", "corrected_id", "undone_at IS NULL"),)

    corrected_id: Mapped[int] = mapped_column(ForeignKey("list_remarks.id"), index=True)
    instead_id: Mapped[int | None] = mapped_column(ForeignKey("list_remarks.id"), index=True)
    """The remark that stands in its place; None: it was taken back."""
