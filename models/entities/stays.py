"""Stays, their limits and their reviews."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Base, Versioned, choice, in_order
from models.entities.residents import Resident
from models.ids import CandidateId, ProgrammeId, ResidentId, StayId, UserId
from models.rules.time import Interval, Moment
from models.rules.vocabulary import DepartureKind, Destination, LimitBasis


class Stay(Versioned):
    """One admission until one departure of a resident under a programme."""

    __tablename__ = "stays"
    __kind__ = Kind.STAY
    __table_args__ = (
        *in_order("arrived", "departed"),
        CheckConstraint("(departed_on IS NULL) = (departure_kind IS NULL)", name="departure"),
        UniqueConstraint("programme_id", "source_key"),
        Index("ix_stays_resident_id_arrived_on", "resident_id", "arrived_on"),
        Index("ix_stays_programme_id_departed_on_arrived_on", "programme_id", "departed_on", "arrived_on"),
    )

    id: Mapped[StayId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"))
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    candidate_id: Mapped[CandidateId | None] = mapped_column(ForeignKey("candidates.id"), unique=True)
    """The candidate who arrived by this stay; None where the person was on no proposed list."""
    arrived_on: Mapped[date]
    arrived_at: Mapped[datetime | None]
    departed_on: Mapped[date | None]
    departed_at: Mapped[datetime | None]
    departure_kind: Mapped[DepartureKind | None] = mapped_column(choice(DepartureKind))
    destination: Mapped[Destination | None] = mapped_column(choice(Destination))
    destination_country: Mapped[str | None] = mapped_column(String(3))
    destination_place: Mapped[str] = mapped_column(String(200), default="")
    departure_facts: Mapped[dict[str, str]]
    """What an escape, a death or a release by order requires to be stated, by name."""
    limit_on: Mapped[date | None] = mapped_column(index=True)
    """The last permitted day as it was decided last: the `limit_on` of the last of `limits`. That one may hold from a
    later day: what holds on a day is asked of `models.repositories.stays.limit_on`."""
    counted_from: Mapped[date | None]
    """The first day of the limit where it goes on from a stay before; None: the arrival."""
    journey_failed: Mapped[bool | None]
    """Whether the person came back because the journey failed; None: an earlier Konak or a file did not say."""
    emergency_reasons: Mapped[list[dict[str, str]]]
    """Messages: why this was an emergency arrival; empty where it was none."""
    cured_at: Mapped[datetime | None]
    """When an emergency arrival was put in order, for all of its reasons. It is kept where an arrival that is put right
    leaves none, and counts where they come again."""
    cured_note: Mapped[str] = mapped_column(Text, default="")
    is_provisional: Mapped[bool] = mapped_column(default=False)
    """Whether who registered an emergency arrival could not decide on it, so that a supervisor countersigns it."""
    countersigned_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    countersigned_at: Mapped[datetime | None]
    source_key: Mapped[str | None] = mapped_column(String(100))
    """How the file that the stay came from names it; None where a person entered it."""

    arrived: Mapped[Moment] = composite("arrived_on", "arrived_at")
    departed: Mapped[Moment | None] = composite("departed_on", "departed_at")
    """A moment is set as a whole, since what was made of its two columns once is kept."""
    resident: Mapped[Resident] = relationship()
    limits: Mapped[list["StayLimit"]] = relationship(order_by="StayLimit.id")
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.due_on")

    @property
    def interval(self) -> Interval:
        """From the arrival to the departure."""
        return Interval(self.arrived, self.departed)


class StayLimit(Base):
    """A limit of a stay; an extension is a new one and never edits the old (rules.md, Limits)."""

    __tablename__ = "stay_limits"
    __kind__ = Kind.STAY

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), index=True)
    limit_on: Mapped[date | None]
    basis: Mapped[LimitBasis] = mapped_column(choice(LimitBasis))
    valid_from: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    authority: Mapped[str] = mapped_column(String(200), default="")
    entered_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class Review(Versioned):
    """A review that was held; which are due follows from the arrival (rules.md, Limits)."""

    __tablename__ = "reviews"
    __kind__ = Kind.STAY
    __table_args__ = (UniqueConstraint("stay_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"))
    due_on: Mapped[date]
    held_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(Text)
    held_by: Mapped[str] = mapped_column(String(200))


class FilledIn(Base):
    """What an arrival added to what was known of somebody who was in the register before; it goes with the arrival."""

    __tablename__ = "filled_in"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(primary_key=True, autoincrement=False)
    """The stay; or the number that it had, where its arrival was taken back (`TakenBackArrival`)."""
    candidate_id: Mapped[CandidateId | None]
    """The candidate as whom the person arrived: where that was a mistake, what was added is of that one."""
    before: Mapped[dict[str, str]]
    """What stood in the columns of the resident, as `models.rules.joining` writes it."""
    after: Mapped[dict[str, str]]
    """What stands there since."""
    added: Mapped[dict[str, str]]
    """The rows that came with it, by table: their numbers, and the number of a paper or a partner in each."""
    undone_at: Mapped[datetime | None]
    """When it was put back."""


class TakenBackArrival(Base):
    """An arrival that was entered for the wrong person, and is taken back: its stay is gone, and this line stays."""

    __tablename__ = "taken_back_arrivals"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(primary_key=True, autoincrement=False)
    """The number that the stay had."""
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    candidate_id: Mapped[CandidateId | None] = mapped_column(ForeignKey("candidates.id"), index=True)
    arrived_on: Mapped[date]
    departed_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    taken_back_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime]
