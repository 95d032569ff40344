"""What residents bring along: taken, kept, signed for, given back (standards.md, A5 and C3)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Entered, choice
from models.ids import StayId
from models.rules.vocabulary import PropertyKind, PropertyOutcome, Signature


class PropertyItem(Entered):
    """One thing, or money of one currency."""

    __tablename__ = "property_items"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    kind: Mapped[PropertyKind] = mapped_column(choice(PropertyKind))
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(String(3), default="")
    outcome: Mapped[PropertyOutcome] = mapped_column(choice(PropertyOutcome))
    why: Mapped[str] = mapped_column(String(400), default="")
    seal: Mapped[str] = mapped_column(String(50), default="")
    place: Mapped[str] = mapped_column(String(200), default="")


class PropertyReceipt(Entered):
    """That what was entered until then was signed for by both."""

    __tablename__ = "property_receipts"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    signed_on: Mapped[date]
    signature: Mapped[Signature] = mapped_column(choice(Signature))
    why: Mapped[str] = mapped_column(String(400), default="")
    staff: Mapped[str] = mapped_column(String(200))


class PropertyReturn(Entered):
    """That a thing was given back, or money in part or whole."""

    __tablename__ = "property_returns"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("property_items.id"), index=True)
    returned_on: Mapped[date]
    amount: Mapped[Decimal | None]
    to_whom: Mapped[str] = mapped_column(String(200))
    signature: Mapped[Signature] = mapped_column(choice(Signature))
    staff: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(400), default="")
