"""Rooms, beds, and who has which bed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Base, Versioned, choice, in_order, sortable
from models.entities.stays import Stay
from models.ids import BedId, PlacementId, RoomId, StayId, UserId
from models.rules.time import Interval, Moment
from models.rules.vocabulary import BedKind, RoomKind


class Room(Versioned):
    """A room, or a cell."""

    __tablename__ = "rooms"
    __kind__ = Kind.ROOM
    __table_args__ = (UniqueConstraint("building", "name"),)

    id: Mapped[RoomId] = mapped_column(primary_key=True)
    building: Mapped[str] = mapped_column(sortable(100), default="")
    name: Mapped[str] = mapped_column(sortable(100))
    floor: Mapped[str] = mapped_column(sortable(40), default="")
    kind: Mapped[RoomKind | None] = mapped_column(choice(RoomKind))
    """For whom it is; None: nothing is stated."""
    out_of_use: Mapped[str | None] = mapped_column(Text)
    """Why the room takes nobody; None where it is in use."""
    out_since: Mapped[date | None]
    """Since which local day; None where it is in use, or that was not recorded."""
    out_until: Mapped[date | None]
    """The day on which it is expected to be in use again; somebody says when it is."""
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
    kind: Mapped[BedKind] = mapped_column(choice(BedKind), default=BedKind.PLAIN)
    is_removed: Mapped[bool] = mapped_column(default=False)
    out_of_use: Mapped[str | None] = mapped_column(Text)
    """As of its room, for this bed alone."""
    out_since: Mapped[date | None]
    out_until: Mapped[date | None]

    room: Mapped[Room] = relationship(back_populates="beds")


class Placement(Versioned):
    """A resident in a bed for an interval within the stay."""

    __tablename__ = "placements"
    __kind__ = Kind.ROOM
    __table_args__ = (
        *in_order("from", "until"),
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
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why this bed; of an exception, why it is allowed."""
    exceptions: Mapped[list[dict[str, str]]] = mapped_column(default=list)
    """What stood against it and was allowed with the reason (`rules/kept.py`); empty: nothing did."""
    entered_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    """Who decided on the bed; None where that was not recorded."""

    start: Mapped[Moment] = composite("from_on", "from_at")
    end: Mapped[Moment | None] = composite("until_on", "until_at")
    stay: Mapped[Stay] = relationship()
    bed: Mapped[Bed] = relationship()

    @property
    def interval(self) -> Interval:
        """While the bed is the resident's."""
        return Interval(self.start, self.end)
