"""Who is in the house at this moment, room by room: for the door in a fire, and for counting."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from models.entities.absences import Absence
from models.entities.needs import Need
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.ids import ResidentId
from models.queries.photos import of_residents as photos_of
from models.repositories.residents import NAME
from models.rules import rooms as rules
from models.rules.birth import BirthDate
from models.rules.sorting import sort_key
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, NeedKind, SheetSize
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
        help: What help the person needs to leave the house, perhaps in no words; None: none that is known.
        photo: A JPEG; None where none is wanted, none is there, or the role does not see it.
    """

    resident_id: ResidentId
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
    help: str | None = None
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class InHouse:
    """The roll at a moment: by building, room and bed as people count, those without a bed at the end.

    Attributes:
        sheet: How large the sheet of a roll call is to be.
    """

    at: Moment
    zone: ZoneInfo
    rows: tuple[InHouseRow, ...]
    sheet: SheetSize = SheetSize.A4

    @property
    def away(self) -> int:
        """How many of them are away."""
        return sum(row.away is not None for row in self.rows)

    @property
    def helped(self) -> int:
        """How many of those in the house need help to leave it."""
        return sum(row.away is None and row.help is not None for row in self.rows)

    @property
    def present(self) -> int:
        """How many of them are in the house."""
        return len(self.rows) - self.away


_ROWS = Rows(
    InHouseRow,
    Resident,
    resident_id=Resident.id,
    name=NAME,
    programme=Programme.code,
    building=Room.building,
    room=Room.name,
    bed=Bed.name,
    away=Absence.kind,
    place=Absence.place,
    left=Absence.start,
)


def roll(snapshot: Snapshot, *, photos: bool = False, helped: bool = True) -> InHouse:
    """Everybody on the roll now, where each sleeps, who of them is away, and who needs help to leave the house.

    Args:
        snapshot: The look at the register.
        photos: Whether faces are wanted, too.
        helped: Whether it is wanted who needs help; whoever counts heads need not know.
    """
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

    found = [_ROWS.values(row) for row in snapshot.connection.execute(asked)]
    helps = _helped(snapshot) if helped else {}
    faces = photos_of(snapshot, resident_ids=[row["resident_id"] for row in found]) if photos else {}
    rows = [InHouseRow(**row, help=helps.get(row["resident_id"]), photo=faces.get(row["resident_id"])) for row in found]
    zone = snapshot.facility.zone
    return InHouse(Moment.of(snapshot.now, zone), zone, tuple(sorted(rows, key=order)))


def _helped(snapshot: Snapshot) -> dict[ResidentId, str]:
    """Who needs help to leave the house, and which."""
    asked = select(Need.resident_id, Need.detail).where(Need.kind == NeedKind.HELP_TO_LEAVE).order_by(Need.id)
    return {whose: detail for whose, detail in snapshot.connection.execute(asked)}


def sheet(snapshot: Snapshot, *, size: str = SheetSize.A4) -> InHouse:
    """The roll for the sheet of a roll call.

    Args:
        snapshot: The look at the register.
        size: One of `SheetSize`.
    """
    return replace(roll(snapshot, helped=False), sheet=SheetSize(size))
