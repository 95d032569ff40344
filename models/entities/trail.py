"""The trail: what was done, by whom, in a chain that cannot be altered unseen (rules.md, The trail)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base, sortable
from models.ids import UserId


class TrailEntry(Base):
    """One thing that one person did: a header, which is hashed, and its details, of which the header has the digest."""

    __tablename__ = "trail"
    __kind__ = None

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user_id: Mapped[UserId]
    """Who; 0 where an earlier Konak itself has entered it."""
    user: Mapped[str] = mapped_column(sortable(200))
    """What the person was called then; it repeats what the details say."""
    role: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str | None] = mapped_column(String(32))
    """Of which kind is what is sealed that it is about: who may not read that kind may not see the entry's subject."""
    details: Mapped[str] = mapped_column(Text)
    """Canonical JSON; see `models.store.details`."""
    salts: Mapped[bytes] = mapped_column(LargeBinary)
    """The salt of each value of the details, one behind the other."""
    digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    """Of the hash, by the person's key; None where an earlier Konak has entered it, which signed nothing."""
    former: Mapped[str | None] = mapped_column(String(64))
    """The hash that an earlier Konak gave it, which may stand on papers; None where this form is its first."""


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

    It only helps to find entries; the details of each name the same.
    """

    __tablename__ = "trail_subjects"
    __kind__ = None
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy once, as the class is made

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("trail.number"), primary_key=True)
