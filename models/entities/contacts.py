"""Family, lawyers and others whom a resident has, and whether they were told (standards.md, A6 and A7)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, composite, mapped_column

from models.changes import Kind
from models.entities.base import Entered, choice
from models.ids import ResidentId, StayId
from models.rules.time import Moment
from models.rules.vocabulary import ContactKind, Party


class Contact(Entered):
    """Somebody of a resident who is not in the house, or is to be told."""

    __tablename__ = "contacts"
    __kind__ = Kind.RESIDENT

    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[ContactKind] = mapped_column(choice(ContactKind))
    name: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(100), default="")
    age: Mapped[str] = mapped_column(String(50), default="")
    whereabouts: Mapped[str] = mapped_column(String(200), default="")
    cared_for_by: Mapped[str] = mapped_column(String(200), default="")
    reached: Mapped[str] = mapped_column(String(400), default="")
    in_emergency: Mapped[bool] = mapped_column(default=False)


class Notice(Entered):
    """That a person was asked whether somebody should be told, the answer, and when it was done."""

    __tablename__ = "notices"
    __kind__ = Kind.STAY
    __table_args__ = (CheckConstraint("told_at IS NULL OR told_on IS NOT NULL", name="told_at"),)

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    party: Mapped[Party] = mapped_column(choice(Party))
    wanted: Mapped[bool] = mapped_column(default=False)
    asked_on: Mapped[date]
    told_on: Mapped[date | None]
    told_at: Mapped[datetime | None]
    told_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(400), default="")

    told: Mapped[Moment | None] = composite("told_on", "told_at")
