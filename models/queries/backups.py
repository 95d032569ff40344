"""Where backups are kept, and how old the newest good one is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models.entities.backups import BackupPlace
from models.entities.facility import Facility
from models.entities.trail import TrailEntry
from models.ids import BackupPlaceId
from models.rules.backups import is_too_old
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place.

    Attributes:
        id: The number.
        folder: The path.
        good_at: When the last good backup was made there, in UTC.
        failed_at: When the last try failed; None where the last one was good.
        failure: Why, as an untranslated sentence.
    """

    id: BackupPlaceId
    folder: str
    good_at: datetime | None
    failed_at: datetime | None
    failure: str


@dataclass(frozen=True, slots=True)
class Backups:
    """The places, the time of the daily backup, and the newest good one.

    Attributes:
        places: In the order in which they were added.
        back_up_at: Local time as HH:MM; empty: none is made by itself.
        newest: When the newest good one was made, in UTC.
        is_too_old: Whether it is older than two days, or there is none.
    """

    places: tuple[PlaceRow, ...]
    back_up_at: str
    newest: datetime | None
    is_too_old: bool


_PLACES = Rows(PlaceRow, BackupPlace)


def backups(snapshot: Snapshot) -> Backups:
    """All that is known of backups."""
    newest = newest_good(snapshot)
    return Backups(
        _PLACES.rows(snapshot.connection.execute(_PLACES.select().order_by(BackupPlace.id))),
        snapshot.connection.scalars(select(Facility.back_up_at)).one(),
        newest,
        is_too_old(newest, snapshot.now),
    )


def owed_on_closing(snapshot: Snapshot) -> tuple[PlaceRow, ...]:
    """The places whose last good backup lacks something that was entered since."""
    entered = snapshot.connection.scalar(
        select(func.max(TrailEntry.at)).where(
            *(~TrailEntry.action.istartswith(f"{each}.") for each in ("people", "backups", "papers", "trail"))
        )
    )
    if entered is None:
        return ()
    return tuple(place for place in backups(snapshot).places if place.good_at is None or place.good_at < entered)


def newest_good(snapshot: Snapshot) -> datetime | None:
    """When the newest good backup was made, in UTC; None: never, or only in places that were removed."""
    return snapshot.connection.scalar(select(func.max(BackupPlace.good_at)))
