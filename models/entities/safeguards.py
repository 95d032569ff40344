"""Sealed notes of residents: asylum claims, health, complaints."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base, Sealed, choice
from models.ids import ResidentId, SealedNoteId, UserId
from models.rules.vocabulary import SealedKind


class SealedNote(Base):
    """One note; it is never changed or removed: a later one says what is different."""

    __tablename__ = "sealed_notes"
    __kind__ = Kind.NOTE

    id: Mapped[SealedNoteId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[SealedKind] = mapped_column(choice(SealedKind))
    sealed: Mapped[bytes] = mapped_column(Sealed)
    """The text; see `models.store.sealing`."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
