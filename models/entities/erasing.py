"""Erasings: that somebody is to be let go of, who asked for it, and who did it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base
from models.ids import ErasureId, ResidentId, UserId


class Erasure(Base):
    """That everything personal of a resident is to be erased, or was: one person asks, another does it."""

    __tablename__ = "erasures"
    __kind__ = Kind.RESIDENT

    id: Mapped[ErasureId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    """By which rule or whose order; it names nobody, since it stays."""
    asked_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    erased_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    erased_at: Mapped[datetime | None]
    """None while nobody has done it yet."""
