"""Transports: who is expected together, by what and when, and what was said of each who is on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Versioned, choice
from models.entities.rooms import Bed
from models.entities.selection import Candidate
from models.ids import BedId, CandidateId, PassengerId, ResidentId, TransportId, UserId
from models.rules.time import Moment
from models.rules.vocabulary import TransportMeans


class Transport(Versioned):
    """A bus, a flight or a convoy that brings people who were accepted."""

    __tablename__ = "transports"
    __kind__ = Kind.TRANSPORT
    __table_args__ = (
        CheckConstraint("expected_at IS NULL OR expected_on IS NOT NULL", name="expected_at"),
        CheckConstraint("came_at IS NULL OR came_on IS NOT NULL", name="came_at"),
    )

    id: Mapped[TransportId] = mapped_column(primary_key=True)
    means: Mapped[TransportMeans] = mapped_column(choice(TransportMeans))
    number: Mapped[str] = mapped_column(String(64), default="")
    """Of the flight, or the plate of the bus."""
    from_place: Mapped[str] = mapped_column(String(200), default="")
    escort: Mapped[str] = mapped_column(String(400), default="")
    """Who brings the people."""
    note: Mapped[str] = mapped_column(Text, default="")
    expected_on: Mapped[date] = mapped_column(index=True)
    expected_at: Mapped[datetime | None]
    came_on: Mapped[date | None]
    came_at: Mapped[datetime | None]
    called_off: Mapped[str | None] = mapped_column(Text)
    """Why it does not come; None where it is expected, or came."""

    expected: Mapped[Moment] = composite("expected_on", "expected_at")
    came: Mapped[Moment | None] = composite("came_on", "came_at")
    passengers: Mapped[list["Passenger"]] = relationship(back_populates="transport", order_by="Passenger.id")


class Passenger(Versioned):
    """An accepted candidate who is expected with a transport; one who did not come may be expected with a later one."""

    __tablename__ = "passengers"
    __kind__ = Kind.TRANSPORT
    __table_args__ = (UniqueConstraint("transport_id", "candidate_id"),)

    id: Mapped[PassengerId] = mapped_column(primary_key=True)
    transport_id: Mapped[TransportId] = mapped_column(ForeignKey("transports.id"))
    candidate_id: Mapped[CandidateId] = mapped_column(ForeignKey("candidates.id"), index=True)
    is_aboard: Mapped[bool | None]
    """Whether the person was on it; None until it came."""
    own_on: Mapped[date | None]
    own_at: Mapped[datetime | None]
    """When this person arrived, where that is another hour than that of the transport."""
    bed_is_chosen: Mapped[bool] = mapped_column(default=False)
    """Whether somebody has chosen the bed, or that there is to be none; else it is the one that is proposed."""
    bed_id: Mapped[BedId | None] = mapped_column(ForeignKey("beds.id"), index=True)
    needs_accessible: Mapped[bool] = mapped_column(default=False)
    """Whether only an accessible bed will do."""
    not_shared: Mapped[bool] = mapped_column(default=False)
    """Whether the person is not to share a room; why, is said nowhere here."""
    resident_id: Mapped[ResidentId | None] = mapped_column(ForeignKey("residents.id"), index=True)
    """Whom somebody has found the person to be."""
    told_apart: Mapped[list[str]]
    """Of whom somebody has said that it is another person, as `resident:12`."""
    is_child: Mapped[bool | None]
    """What was decided where the age is in doubt; None: nothing yet."""
    decided_why: Mapped[str] = mapped_column(Text, default="")
    """On what that decision rests."""
    decided_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))

    transport: Mapped[Transport] = relationship(back_populates="passengers")
    candidate: Mapped[Candidate] = relationship()
    bed: Mapped[Bed | None] = relationship()
    own: Mapped[Moment | None] = composite("own_on", "own_at")
