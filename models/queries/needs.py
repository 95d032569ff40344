"""What residents need, as far as the role that asks is told of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.entities.needs import Need
from models.entities.people import User
from models.entities.residents import Resident
from models.ids import ResidentId
from models.repositories.joinings import everybody
from models.rules.needs import shown_to
from models.rules.vocabulary import NeedKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need.

    Attributes:
        other_id: From whom the person is to be kept separate.
        other: The number of that person; empty where it is nobody.
    """

    id: int
    version: int
    kind: NeedKind
    detail: str
    other_id: ResidentId | None
    other: str | None
    entered_by: str
    entered_at: datetime


_OTHER = aliased(Resident)
_NEEDS = Rows(NeedRow, Need, other=_OTHER.number, entered_by=User.name)


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[NeedRow, ...]:
    """The needs of a resident that the role is told of, as they were entered."""
    snapshot.looks_at("resident", resident_id)
    return _NEEDS.rows(
        snapshot.connection.execute(
            _NEEDS.select()
            .join(User, User.id == Need.entered_by)
            .outerjoin(_OTHER, _OTHER.id == Need.other_id)
            .where(Need.resident_id.in_(everybody(resident_id)), Need.kind.in_(shown_to(snapshot.person.role)))
            .order_by(Need.id)
        )
    )


def by_resident(snapshot: Snapshot, kinds: Collection[NeedKind] = ()) -> Mapping[ResidentId, tuple[NeedKind, ...]]:
    """The kinds of needs of everybody who has some, as far as the role is told of them.

    Args:
        snapshot: The look at the register.
        kinds: Which kinds are asked for; none: all.
    """
    asked = shown_to(snapshot.person.role) & (frozenset(kinds) or frozenset(NeedKind))
    found: defaultdict[ResidentId, list[NeedKind]] = defaultdict(list)
    rows = snapshot.connection.execute(
        select(Need.resident_id, Need.kind).where(Need.kind.in_(asked)).order_by(Need.id)
    )
    for resident_id, kind in rows:
        if kind not in found[resident_id]:
            found[resident_id].append(kind)
    return {resident_id: tuple(kinds) for resident_id, kinds in found.items()}
