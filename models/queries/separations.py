"""Who is or was kept apart from others, and on which days health staff has not seen them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from models.entities.people import User
from models.entities.residents import Resident
from models.entities.separations import HealthVisit, Separation
from models.entities.stays import Stay
from models.ids import ResidentId, StayId
from models.repositories.residents import NAME
from models.rules.separations import days_unseen
from models.rules.time import Moment
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class VisitRow:
    """When health staff saw somebody."""

    id: int
    version: int
    stay_id: StayId
    seen: Moment
    seen_by: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class SeparationRow:
    """One separation.

    Attributes:
        ended: When it ended; None while it goes on. It ends with the stay at the latest.
        unseen: The days until now on which health staff did not see the person; today is one of them until they do.
    """

    id: int
    version: int
    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    grounds: str
    ordered_by: str
    began: Moment
    ended: Moment | None
    departed: Moment | None
    entered_by: str
    unseen: tuple[date, ...]

    @property
    def goes_on(self) -> bool:
        """Whether the person is kept apart now."""
        return self.ended is None and self.departed is None


@dataclass(frozen=True, slots=True)
class StaySeparations:
    """The separations of a stay and the visits of health staff, the latest first."""

    separations: tuple[SeparationRow, ...]
    visits: tuple[VisitRow, ...]


_SEPARATIONS = Rows(
    SeparationRow,
    Separation,
    Resident,
    resident_id=Resident.id,
    name=NAME,
    departed=Stay.departed,
    entered_by=User.name,
)
_VISITS = Rows(VisitRow, HealthVisit, entered_by=User.name)


def of_stay(snapshot: Snapshot, *, stay_id: StayId) -> StaySeparations:
    """All separations of a stay, and when health staff saw the person."""
    visits = (
        _VISITS.select()
        .join(User, User.id == HealthVisit.entered_by)
        .where(HealthVisit.stay_id == stay_id)
        .order_by(HealthVisit.seen_on.desc(), HealthVisit.id.desc())
    )
    return StaySeparations(
        _found(snapshot, Separation.stay_id == stay_id), _VISITS.rows(snapshot.connection.execute(visits))
    )


def going_on(snapshot: Snapshot) -> tuple[SeparationRow, ...]:
    """Who is kept apart now, the longest first."""
    return tuple(reversed(_found(snapshot, Separation.ended_on.is_(None) & Stay.departed_on.is_(None))))


def _found(snapshot: Snapshot, chosen: ColumnElement[bool]) -> tuple[SeparationRow, ...]:
    asked = (
        _SEPARATIONS.select()
        .join(Stay, Stay.id == Separation.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(User, User.id == Separation.entered_by)
        .where(chosen)
        .order_by(Separation.began_on.desc(), Separation.began_at.desc().nulls_last(), Separation.id.desc())
    )
    rows = [_SEPARATIONS.values(row) for row in snapshot.connection.execute(asked)]
    seen = _seen(snapshot, {row["stay_id"] for row in rows})
    found = []
    for row in rows:
        end = row["ended"] or row["departed"]
        last_on = snapshot.today if end is None else end.on
        found.append(SeparationRow(**row, unseen=days_unseen(row["began"].on, last_on, seen[row["stay_id"]])))
    return tuple(found)


def _seen(snapshot: Snapshot, stays: set[StayId]) -> Mapping[StayId, set[date]]:
    found: defaultdict[StayId, set[date]] = defaultdict(set)
    asked = select(HealthVisit.stay_id, HealthVisit.seen_on).where(HealthVisit.stay_id.in_(stays))
    for stay_id, day in snapshot.connection.execute(asked):
        found[stay_id].add(day)
    return found
