"""The people who work with the register, as they are read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.entities.people import User
from models.ids import UserId
from models.rules.sorting import sort_key
from models.rules.vocabulary import Role
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class UserRow:
    """One person who may open the register."""

    id: UserId
    name: str
    role: Role
    is_active: bool
    may_unseal: bool
    must_change: bool
    created_at: datetime
    version: int


_USERS = Rows(UserRow, User)


def user(snapshot: Snapshot, *, user_id: UserId) -> UserRow | None:
    """One of the people who may open the register."""
    return next((one for one in users(snapshot) if one.id == user_id), None)


def names(snapshot: Snapshot) -> tuple[str, ...]:
    """The names of everybody who may open the register, or once might, in the order of the facility's language."""
    found = snapshot.connection.scalars(select(User.name).order_by(User.name))
    return tuple(sorted(found, key=lambda name: sort_key(name, snapshot.facility.language)))


def users(snapshot: Snapshot) -> tuple[UserRow, ...]:
    """The people who may open the register, by name."""
    found = _USERS.rows(snapshot.connection.execute(_USERS.select().order_by(User.name)))
    return tuple(sorted(found, key=lambda user: sort_key(user.name, snapshot.facility.language)))
