"""Papers that have a number of their own, from a counter of the register."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base, sortable
from models.ids import PaperNumberId, UserId


class PaperNumber(Base):
    """A number that a paper was given when it left; it is given once, and none is left out."""

    __tablename__ = "paper_numbers"
    __kind__ = None
    __table_args__ = (UniqueConstraint("paper", "year", "number"),)

    id: Mapped[PaperNumberId] = mapped_column(primary_key=True)
    paper: Mapped[str] = mapped_column(sortable(64))
    """Which kind of paper: its name in the program."""
    year: Mapped[int]
    number: Mapped[int]
    """Within the year, from 1 on."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of its bytes, in hexadecimal."""
    given_at: Mapped[datetime]
    given_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
