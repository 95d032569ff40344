"""Absences: when somebody on the roll is away."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Versioned, choice, in_order
from models.entities.stays import Stay
from models.ids import AbsenceId, StayId
from models.rules.time import Interval, Moment
from models.rules.vocabulary import AbsenceKind


class Absence(Versioned):
    """An interval within a stay in which the resident is away; open until the return."""

    __tablename__ = "absences"
    __kind__ = Kind.ABSENCE
    __table_args__ = (
        *in_order("from", "until"),
        Index("ix_absences_stay_id_from_on", "stay_id", "from_on"),
    )

    id: Mapped[AbsenceId] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"))
    kind: Mapped[AbsenceKind] = mapped_column(choice(AbsenceKind))
    place: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date]
    from_at: Mapped[datetime | None]
    due_back_on: Mapped[date]
    due_back_at: Mapped[datetime | None]
    until_on: Mapped[date | None]
    until_at: Mapped[datetime | None]
    escort: Mapped[str] = mapped_column(String(200), default="")
    """Who goes with the person."""
    note: Mapped[str] = mapped_column(Text, default="")

    start: Mapped[Moment] = composite("from_on", "from_at")
    due_back: Mapped[Moment] = composite("due_back_on", "due_back_at")
    end: Mapped[Moment | None] = composite("until_on", "until_at")
    stay: Mapped[Stay] = relationship()

    @property
    def interval(self) -> Interval:
        """From the leaving to the return."""
        return Interval(self.start, self.end)
