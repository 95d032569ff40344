"""Roll calls: when the house was counted, by whom, who was where, and what was put right of it later."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base, Versioned, choice
from models.ids import RollCallId, RollCounterId, RollMarkId, StayId, UserId
from models.rules.vocabulary import CountedBy, RollAnswer, RollMarkState, RollStanding


class RollCall(Versioned):
    """One counting of the house, or one that was due and was not held, with why."""

    __tablename__ = "roll_calls"
    __kind__ = Kind.ROLL_CALL

    id: Mapped[RollCallId] = mapped_column(primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """The hour of the facility that it is held for; None: for none, such as at a fire."""
    began_at: Mapped[datetime]
    """The instant of the count: whoever is on the roll then is counted. Of one that was not held: when it was due."""
    begun_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    is_from_sheet: Mapped[bool] = mapped_column(default=False)
    """Whether it was counted on paper, and entered afterwards."""
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When the last person was counted; None while it goes on."""
    closed_at: Mapped[datetime | None]
    """When it was closed and signed."""
    closed_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    not_held: Mapped[str] = mapped_column(Text, default="")
    """Why it was not held; empty where it was."""
    remark: Mapped[str] = mapped_column(Text, default="")
    taken_back: Mapped[str] = mapped_column(Text, default="")
    """Why it was taken back, as begun by mistake; empty where it stands."""
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    on_roll: Mapped[int | None]
    away: Mapped[int | None]
    expected: Mapped[int | None]
    counted: Mapped[int | None]
    missing: Mapped[int | None]
    unexpected: Mapped[int | None]
    """The figures as they were signed: what was corrected afterwards stands beside them."""


class RollCounter(Base):
    """Somebody who counts: the whole house, or a part of it at a door of its own."""

    __tablename__ = "roll_counters"
    __kind__ = Kind.ROLL_CALL

    id: Mapped[RollCounterId] = mapped_column(primary_key=True)
    roll_call_id: Mapped[RollCallId] = mapped_column(ForeignKey("roll_calls.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    """Who counted; the name of a user, or that which stands on the sheet."""
    part: Mapped[str] = mapped_column(String(100), default="")
    """The building; empty: the whole house."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    began_at: Mapped[datetime]


class RollMark(Base):
    """What was found of one person in one roll call; once that is signed, of everybody who was asked for."""

    __tablename__ = "roll_marks"
    __kind__ = Kind.ROLL_CALL
    __table_args__ = (UniqueConstraint("roll_call_id", "stay_id"),)

    id: Mapped[RollMarkId] = mapped_column(primary_key=True)
    roll_call_id: Mapped[RollCallId] = mapped_column(ForeignKey("roll_calls.id"))
    stay_id: Mapped[StayId] = mapped_column(index=True)
    """Without a reference: who was counted stays counted, also where the arrival is taken back later."""
    state: Mapped[RollMarkState | None] = mapped_column(choice(RollMarkState))
    """None: not counted."""
    counted_by: Mapped[CountedBy | None] = mapped_column(choice(CountedBy))
    counter_id: Mapped[RollCounterId | None] = mapped_column(ForeignKey("roll_counters.id"))
    marked_at: Mapped[datetime | None]
    answer: Mapped[RollAnswer | None] = mapped_column(choice(RollAnswer))
    """What was done where the count and the register differ."""
    words: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    standing: Mapped[RollStanding | None] = mapped_column(choice(RollStanding))
    """How it was signed; None while the roll call is open."""


class RollCorrection(Base):
    """What was put right of a roll call after it was signed; the signed figures stay as they were."""

    __tablename__ = "roll_corrections"
    __kind__ = Kind.ROLL_CALL

    id: Mapped[int] = mapped_column(primary_key=True)
    roll_call_id: Mapped[RollCallId] = mapped_column(ForeignKey("roll_calls.id"), index=True)
    stay_id: Mapped[StayId] = mapped_column(index=True)
    standing_before: Mapped[RollStanding | None] = mapped_column(choice(RollStanding))
    """None: the person was not asked for."""
    standing: Mapped[RollStanding] = mapped_column(choice(RollStanding))
    reason: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class FireListPrinted(Base):
    """That the fire list was printed for a shift, so that the house is not reminded of it any more."""

    __tablename__ = "fire_lists_printed"
    __kind__ = Kind.ROLL_CALL

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_at: Mapped[datetime] = mapped_column(unique=True)
    """When the shift begins."""
    printed_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    printed_at: Mapped[datetime]


class RollHours(Base):
    """When the facility counts and when its shifts change, from an instant on; a later row takes its place."""

    __tablename__ = "roll_hours"
    __kind__ = Kind.ROLL_CALL

    id: Mapped[int] = mapped_column(primary_key=True)
    roll_calls: Mapped[str] = mapped_column(String(200), default="")
    """Local times of day, as `07:00 21:00`; empty: none are asked for."""
    fire_lists: Mapped[str] = mapped_column(String(200), default="")
    """When shifts begin for which a fire list is to be printed, likewise."""
    from_at: Mapped[datetime]
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
