"""The facility and the people who work with its register, as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from models.entities.facility import Facility
from models.entities.people import User
from models.ids import UserId
from models.rules.facility import FacilityFacts
from models.rules.vocabulary import Role
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


@dataclass(frozen=True, slots=True)
class Administration:
    """The facility and who may open its register."""

    facility: FacilityFacts
    users: tuple[UserRow, ...]
    recovery_on: date
    """The local date of the recovery sheet that holds."""
    version: int
    """Of the facility; to be given back when it is changed."""


def administration(snapshot: Snapshot) -> Administration:
    """Both, of the same instant."""
    made_on, version = snapshot.connection.execute(select(Facility.recovery_on, Facility.version)).one()
    return Administration(facility(snapshot), tuple(users(snapshot)), made_on, version)


def facility(snapshot: Snapshot) -> FacilityFacts:
    """The facility."""
    row = snapshot.connection.execute(
        select(
            Facility.name,
            Facility.letterhead,
            Facility.language,
            Facility.time_zone,
            Facility.number_prefix,
            Facility.lock_after,
        )
    ).one()
    return FacilityFacts(**row._asdict())


def user(snapshot: Snapshot, *, user_id: UserId) -> UserRow | None:
    """One of the people who may open the register."""
    return next((one for one in users(snapshot) if one.id == user_id), None)


def users(snapshot: Snapshot) -> Sequence[UserRow]:
    """The people who may open the register, by name."""
    found = snapshot.connection.execute(
        select(
            User.id,
            User.name,
            User.role,
            User.is_active,
            User.may_unseal,
            User.must_change,
            User.created_at,
            User.version,
        ).order_by(User.name)
    )
    return [UserRow(*row) for row in found]
