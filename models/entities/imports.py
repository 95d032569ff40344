"""Imports: which file brought what in, and whether that was taken back."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base, choice
from models.ids import ImportId, ListId, ProgrammeId, UserId
from models.rules.vocabulary import ImportKind


class Import(Base):
    """A file that was brought in. What it wrote stands in its entry of the trail, and nothing personal here."""

    __tablename__ = "imports"
    __kind__ = Kind.IMPORT

    id: Mapped[ImportId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    kind: Mapped[ImportKind] = mapped_column(choice(ImportKind))
    file_hash: Mapped[str] = mapped_column(String(64), index=True)
    """SHA-256 of the file."""
    list_id: Mapped[ListId | None] = mapped_column(index=True)
    """The number of the proposed list of which it is a version; it is kept when the list is taken back."""
    entry: Mapped[int]
    """The number of its entry in the trail."""
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    """How many rows became what, by name."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
    taken_back_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was taken back."""
