"""The trail: what was done, by whom, in a chain that cannot be altered unseen (rules.md, The trail)."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base


class TrailEntry(Base):
    """One thing that one person did.

    `content` is the canonical JSON that was hashed; the other columns repeat what is searched for.
    """

    __tablename__ = "trail"
    __table_args__ = (Index("ix_trail_subject_number", "subject", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
