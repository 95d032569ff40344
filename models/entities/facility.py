"""The facility whose register this is: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base


class Facility(Base):
    """The house, its letterhead and its calendar."""

    __tablename__ = "facility"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    letterhead: Mapped[str] = mapped_column(Text, default="")
    """The lines above the name of the facility on every paper."""
    language: Mapped[str] = mapped_column(String(8), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Belgrade")
    number_prefix: Mapped[str] = mapped_column(String(8), default="K-")
    """What stands before the number of each resident."""
    last_number: Mapped[int] = mapped_column(default=0)
    """The number that was given last."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
