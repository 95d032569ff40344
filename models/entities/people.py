"""The people who work with the register."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base, Versioned, choice, sortable
from models.ids import UserId
from models.rules.vocabulary import Role


class User(Versioned):
    """A person who may open the register; the passphrase's slot lies in `keys.json` under `slot`."""

    __tablename__ = "users"
    __kind__ = Kind.PEOPLE

    id: Mapped[UserId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sortable(200), unique=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    slot: Mapped[str | None] = mapped_column(String(36), unique=True)
    """None once the person was removed: a slot is never used again."""
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    """The public half of the slot's key, so that a slot that was exchanged outside Konak is found."""
    signs: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """The public half of the key that signs this person's entries of the trail. None of somebody whose slot an earlier
    Konak has made, until they open the register."""
    may_unseal: Mapped[bool] = mapped_column(default=False)
    """Whether the slot wraps the key to what is sealed."""
    must_change: Mapped[bool] = mapped_column(default=False)
    """Whether the passphrase was set by somebody else, so that it is to be changed at the next unlocking."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class KeyFile(Base):
    """What `keys.json` is to hold: one row, from the first change of it on."""

    __tablename__ = "key_file"
    __kind__ = Kind.PEOPLE
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """The SHA-256 of its content."""
    recovery_public: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """The public half of the key of the recovery sheet in force; None where there is no sheet."""
    recovery_signs: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """The public half of the key that signs an opening by its words."""
    recovery_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    """Who has made the sheet; None: it was made with the register, by somebody who may know its words."""
