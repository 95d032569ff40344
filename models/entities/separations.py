"""Who is kept apart from others, and how health staff saw them meanwhile (standards.md, B3)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, composite, mapped_column

from models.changes import Kind
from models.entities.base import Entered, in_order
from models.ids import StayId
from models.rules.time import Interval, Moment


class Separation(Entered):
    """An interval within a stay in which the resident is kept apart from others; open until it ends, or the stay."""

    __tablename__ = "separations"
    __kind__ = Kind.ROOM
    __table_args__ = in_order("began", "ended")

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    grounds: Mapped[str] = mapped_column(Text)
    """Why, as the desk may know it; a diagnosis belongs into a sealed note."""
    ordered_by: Mapped[str] = mapped_column(String(200))
    began_on: Mapped[date]
    began_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    began: Mapped[Moment] = composite("began_on", "began_at")
    ended: Mapped[Moment | None] = composite("ended_on", "ended_at")

    @property
    def interval(self) -> Interval:
        """From its beginning to its end."""
        return Interval(self.began, self.ended)


class HealthVisit(Entered):
    """Health staff saw somebody who was kept apart; what they found stands elsewhere."""

    __tablename__ = "health_visits"
    __kind__ = Kind.ROOM

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    seen_on: Mapped[date]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str] = mapped_column(String(200))

    seen: Mapped[Moment] = composite("seen_on", "seen_at")
