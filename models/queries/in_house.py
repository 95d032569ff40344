"""Who is in the house at this moment, room by room: for the door in a fire, and for counting."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import and_

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.repositories.residents import NAME
from models.rules import rooms as rules
from models.rules.birth import BirthDate
from models.rules.sorting import sort_key
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class InHouseRow:
    """Somebody on the roll.

    Attributes:
        name: The name, or the number where there is none.
        building: None, as `room` and `bed`, where the person has no bed.
        away: Why the person is away; None: in the house.
        left: Since when; None while in the house.
    """

    number: str
    name: str
    birth: BirthDate | None
    programme: str
    building: str | None
    room: str | None
    bed: str | None
    away: AbsenceKind | None
    place: str | None
    left: Moment | None


@dataclass(frozen=True, slots=True)
class InHouse:
    """The roll at a moment: by building, room and bed as people count, those without a bed at the end."""

    at: Moment
    zone: ZoneInfo
    rows: tuple[InHouseRow, ...]

    @property
    def away(self) -> int:
        """How many of them are away."""
        return sum(row.away is not None for row in self.rows)

    @property
    def present(self) -> int:
        """How many of them are in the house."""
        return len(self.rows) - self.away


_ROWS = Rows(
    InHouseRow,
    Resident,
    name=NAME,
    programme=Programme.code,
    building=Room.building,
    room=Room.name,
    bed=Bed.name,
    away=Absence.kind,
    place=Absence.place,
    left=Absence.start,
)


def roll(snapshot: Snapshot) -> InHouse:
    """Everybody on the roll now, where each sleeps, and who of them is away."""
    asked = (
        _ROWS.select()
        .select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .outerjoin(Placement, and_(Placement.stay_id == Stay.id, Placement.until_on.is_(None)))
        .outerjoin(Bed, Bed.id == Placement.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
        .outerjoin(Absence, and_(Absence.stay_id == Stay.id, Absence.until_on.is_(None)))
        .where(Stay.departed_on.is_(None), Stay.arrived_on <= snapshot.today)
    )
    language = snapshot.facility.language

    def order(row: InHouseRow) -> tuple[object, ...]:
        place = [rules.natural(part or "", language) for part in (row.building, row.room, row.bed)]
        return (row.room is None, *place, sort_key(row.name, language), row.number)

    rows = _ROWS.rows(snapshot.connection.execute(asked))
    zone = snapshot.facility.zone
    return InHouse(Moment.of(snapshot.now, zone), zone, tuple(sorted(rows, key=order)))
