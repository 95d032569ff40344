"""The trail: what was done, by whom, in a chain that cannot be altered unseen (rules.md, The trail)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base, sortable


class TrailEntry(Base):
    """One thing that one person did.

    `content` is the canonical JSON that was hashed; the other columns repeat what is searched for.
    """

    __tablename__ = "trail"
    __kind__ = None

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user: Mapped[str] = mapped_column(sortable(200))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class TrailHead(Base):
    """The number and the hash of the last entry once more, so that a last entry that was taken away is missed."""

    __tablename__ = "trail_head"
    __kind__ = None
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class TrailSubject(Base):
    """Whom or what an entry concerns: its subject, and whoever else it touches, such as each stay of a group.

    It only helps to find entries; the content of each names the same, and is hashed.
    """

    __tablename__ = "trail_subjects"
    __kind__ = None
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy once, as the class is made

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("trail.number"), primary_key=True)
