"""Issued months: figures and papers that are frozen."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import MADE, Base
from models.ids import IssuedMonthId, ProgrammeId, UserId


class IssuedMonth(Base):
    """A month's figures as they were issued; nothing issued is ever deleted (rules.md, Issued months)."""

    __tablename__ = "issued_months"
    __kind__ = Kind.MONTH
    __table_args__ = (UniqueConstraint("programme_id", "month", "revision"),)

    id: Mapped[IssuedMonthId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    month: Mapped[date]
    """Its first day."""
    revision: Mapped[int]
    figures: Mapped[str] = mapped_column(Text, info=MADE)
    """Canonical JSON of MonthFigures."""
    figures_hash: Mapped[str] = mapped_column(String(64))
    trail_head: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    changed: Mapped[list[str]]
    """The names of the figures that differ from the revision before."""
    reason: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    is_watched: Mapped[bool] = mapped_column(default=True)
    """Whether `TouchedMonth` says of it what was written since; an earlier Konak did not note that."""


class TouchedMonth(Base):
    """An issued month that something was written of since: it is to be compared with what was issued."""

    __tablename__ = "touched_months"
    __kind__ = Kind.MONTH

    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    entry: Mapped[int]
    """The number of the last entry of the trail that touches it."""
