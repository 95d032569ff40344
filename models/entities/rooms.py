"""Rooms, beds, and who has which bed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Base, Versioned, sortable
from models.entities.stays import Stay
from models.ids import BedId, PlacementId, RoomId, StayId


class Room(Versioned):
    """A room, or a cell."""

    __tablename__ = "rooms"
    __kind__ = Kind.ROOM
    __table_args__ = (UniqueConstraint("building", "name"),)

    id: Mapped[RoomId] = mapped_column(primary_key=True)
    building: Mapped[str] = mapped_column(sortable(100), default="")
    name: Mapped[str] = mapped_column(sortable(100))
    out_of_use: Mapped[str | None] = mapped_column(Text)
    """Why the room takes nobody; None where it is in use."""
    note: Mapped[str] = mapped_column(Text, default="")

    beds: Mapped[list["Bed"]] = relationship(back_populates="room", order_by="Bed.name")


class Bed(Base):
    """A bed in a room."""

    __tablename__ = "beds"
    __kind__ = Kind.ROOM
    __table_args__ = (UniqueConstraint("room_id", "name"),)

    id: Mapped[BedId] = mapped_column(primary_key=True)
    room_id: Mapped[RoomId] = mapped_column(ForeignKey("rooms.id"))
    name: Mapped[str] = mapped_column(sortable(40))
    is_removed: Mapped[bool] = mapped_column(default=False)

    room: Mapped[Room] = relationship(back_populates="beds")


class Placement(Base):
    """A resident in a bed for an interval within the stay."""

    __tablename__ = "placements"
    __kind__ = Kind.ROOM
    __table_args__ = (
        CheckConstraint(
            "until_on IS NULL OR until_on > from_on OR "
            "(until_on = from_on AND (until_at IS NULL OR from_at IS NULL OR until_at >= from_at))",
            name="order",
        ),
        CheckConstraint("until_at IS NULL OR until_on IS NOT NULL", name="until_at"),
        Index("ix_placements_stay_id_from_on", "stay_id", "from_on"),
        Index("ix_placements_bed_id_from_on", "bed_id", "from_on"),
    )

    id: Mapped[PlacementId] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"))
    bed_id: Mapped[BedId] = mapped_column(ForeignKey("beds.id"))
    from_on: Mapped[date]
    from_at: Mapped[datetime | None]
    until_on: Mapped[date | None]
    until_at: Mapped[datetime | None]

    stay: Mapped[Stay] = relationship()
    bed: Mapped[Bed] = relationship()
