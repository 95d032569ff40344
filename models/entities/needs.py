"""What residents need in everyday life (standards.md, A10)."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Entered, choice
from models.ids import ResidentId
from models.rules.vocabulary import NeedKind


class Need(Entered):
    """One need of a resident; `models.rules.needs` says who is told of which kind."""

    __tablename__ = "needs"
    __kind__ = Kind.RESIDENT

    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[NeedKind] = mapped_column(choice(NeedKind))
    other_id: Mapped[ResidentId | None] = mapped_column(ForeignKey("residents.id"), index=True)
    """From whom the person is to be kept separate."""
    detail: Mapped[str] = mapped_column(String(400), default="")
