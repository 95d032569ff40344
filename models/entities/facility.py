"""The facility whose register this is: one row."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Versioned


class Facility(Versioned):
    """The house, its letterhead and its calendar."""

    __tablename__ = "facility"
    __kind__ = Kind.FACILITY
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    letterhead: Mapped[str] = mapped_column(Text, default="")
    """The lines above the name of the facility on every paper."""
    sender: Mapped[str] = mapped_column(Text, default="")
    """Who sends reports to partners and from where, in lines."""
    bank_details: Mapped[str] = mapped_column(Text, default="")
    """Where claims are paid to, in lines."""
    language: Mapped[str] = mapped_column(String(8), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Belgrade")
    number_prefix: Mapped[str] = mapped_column(String(8), default="K-")
    """What stands before the number of each resident."""
    seal: Mapped[bytes] = mapped_column(LargeBinary(32))
    """The public half of the key with which texts are sealed."""
    lock_after: Mapped[int] = mapped_column(default=10)
    """Minutes without a key or a movement after which the window locks; 0: it never does."""
    uses_gate: Mapped[bool] = mapped_column(default=False)
    """Whether somebody at the door enters who goes out and who comes in."""
    back_by: Mapped[str] = mapped_column(String(5), default="")
    """By when whoever goes out without a leave is to be back, local time as HH:MM; empty: 22:00."""
    left_after: Mapped[int] = mapped_column(default=0)
    """Hours after which somebody who did not come back is proposed as having left on their own; 0: seven days."""
    answer_within: Mapped[int] = mapped_column(default=0)
    """Days within which a complaint is answered; 0: fourteen."""
    back_up_at: Mapped[str] = mapped_column(String(5), default="12:00")
    """When the daily backup is made, local time as HH:MM; empty: only on closing and on demand."""
    recovery_on: Mapped[date]
    """The local date of the recovery sheet in force."""
    is_shared: Mapped[bool] = mapped_column(default=False)
    """Whether anybody but administrators was ever added: from then on no administrator stands in for them."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
