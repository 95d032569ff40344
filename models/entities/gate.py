"""The gate: leaves that were decided on before anybody goes out; who is out is an absence."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from models.changes import Kind
from models.entities.absences import Absence
from models.entities.base import Versioned, choice, in_order
from models.entities.stays import Stay
from models.ids import AbsenceId, LeaveId, StayId, UserId
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind


class PlannedLeave(Versioned):
    """A going out that was decided on beforehand; it becomes an absence when the person goes."""

    __tablename__ = "planned_leaves"
    __kind__ = Kind.ABSENCE
    __table_args__ = in_order("from", "due_back")

    id: Mapped[LeaveId] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    kind: Mapped[AbsenceKind] = mapped_column(choice(AbsenceKind))
    reason: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(200), default="")
    """Where to: the address."""
    escort: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date]
    from_at: Mapped[datetime | None]
    due_back_on: Mapped[date]
    due_back_at: Mapped[datetime | None]
    decided_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
    called_off: Mapped[str | None] = mapped_column(Text)
    """Why it does not take place; None: it holds."""
    absence_id: Mapped[AbsenceId | None] = mapped_column(ForeignKey("absences.id"), unique=True)
    """The absence that it became; None: nobody went by it yet."""

    start: Mapped[Moment] = composite("from_on", "from_at")
    due_back: Mapped[Moment] = composite("due_back_on", "due_back_at")
    stay: Mapped[Stay] = relationship()
    absence: Mapped[Absence | None] = relationship()
