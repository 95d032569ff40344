"""Rooms and beds: who is in them now and who was, which are free, and how full the house is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, false, or_, select

from models.entities.absences import Absence
from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import BedId, FamilyId, PlacementId, ResidentId, RoomId, StayId
from models.repositories import rooms as repository
from models.repositories.residents import NAME
from models.rules import rooms as rules
from models.rules.birth import BirthDate
from models.rules.kept import restored
from models.rules.names import fold
from models.rules.rooms import Objection
from models.rules.sorting import sort_key
from models.rules.time import Interval, Moment
from models.rules.vocabulary import BedKind, RoomKind, Sex
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class Occupant:
    """Who has a bed now."""

    stay_id: StayId
    resident_id: ResidentId
    number: str
    family_name: str
    given_names: str
    sex: Sex | None
    family_id: FamilyId | None
    programme: str
    is_away: bool
    against: tuple[Message, ...] = ()
    """What the kind of the room or of the bed has against it by now, and nobody allowed."""


@dataclass(frozen=True, slots=True)
class BedRow:
    """A bed and who has it now; None where it is free."""

    bed_id: BedId
    name: str
    occupant: Occupant | None = None
    kind: BedKind = BedKind.PLAIN
    out_of_use: str | None = None
    out_since: date | None = None
    out_until: date | None = None


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room with its beds, sorted as people count."""

    room_id: RoomId
    building: str
    floor: str
    name: str
    kind: RoomKind | None
    out_of_use: str | None
    note: str
    version: int
    beds: tuple[BedRow, ...]
    out_since: date | None = None
    out_until: date | None = None

    @property
    def taken(self) -> int:
        """How many of its beds somebody has."""
        return sum(bed.occupant is not None for bed in self.beds)

    @property
    def free(self) -> int:
        """How many of its beds can be given; none where it is out of use."""
        return 0 if self.out_of_use is not None else self.in_use - self.taken

    @property
    def in_use(self) -> int:
        """How many of its beds are in use, taken or not."""
        return 0 if self.out_of_use is not None else sum(bed.out_of_use is None for bed in self.beds)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a building is, or the house. Beds out of use count apart: `beds` are those in use.

    Attributes:
        building: Its name; empty for rooms without a building.
        rooms: All its rooms.
        beds: Beds in use.
        taken: Beds that somebody has.
        out_of_use: Beds out of use, alone or with their room.
    """

    building: str
    rooms: int
    beds: int
    taken: int
    out_of_use: int

    @property
    def free(self) -> int:
        """Beds that can be given."""
        return self.beds - self.taken


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody on the roll who has no bed."""

    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    birth: BirthDate | None
    sex: Sex | None
    programme: str
    arrived_on: date


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole house at once: every room, how full each building is, and who has no bed."""

    rooms: tuple[RoomRow, ...]
    buildings: tuple[Occupancy, ...]
    house: Occupancy
    without_bed: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class FreeBed:
    """A bed that can be given, and what its room has besides."""

    bed_id: BedId
    room_id: RoomId
    building: str
    room: str
    name: str
    beds: int
    free: int
    floor: str = ""
    room_kind: RoomKind | None = None
    kind: BedKind = BedKind.PLAIN


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands against somebody in a bed: what its kind forbids, and what is only to be thought about."""

    objections: tuple[Objection, ...]
    concerns: tuple[Message, ...]

    @property
    def is_final(self) -> bool:
        """Whether nobody may allow it."""
        return any(each.is_final for each in self.objections)

    @property
    def is_allowable(self) -> bool:
        """Whether a supervisor may allow it with a reason."""
        return bool(self.objections) and not self.is_final


@dataclass(frozen=True, slots=True)
class Sleeping:
    """Somebody on the roll and where they sleep; `room` and `bed` are None where they have no bed."""

    stay_id: StayId
    name: str
    number: str
    birth: BirthDate | None
    building: str | None
    room: str | None
    bed: str | None
    bed_id: BedId | None


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """Who had which bed from when to when.

    Attributes:
        departed: When the stay ended; None while it goes on.
        reason: Why this bed; of an exception, why it was allowed.
        exceptions: What stood against it and was allowed.
        decided_by: Who decided on it; None where that was not recorded.
    """

    placement_id: PlacementId
    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    bed_id: BedId
    building: str
    room: str
    bed: str
    start: Moment
    end: Moment | None
    departed: Moment | None
    version: int
    reason: str
    exceptions: tuple[Message, ...]
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class BedName:
    """A bed, as it is called."""

    bed_id: BedId
    building: str
    room: str
    bed: str


@dataclass(frozen=True, slots=True)
class MoveChoice:
    """Somebody on the roll, and the beds that can be given."""

    who: Sleeping
    beds: tuple[FreeBed, ...]


@dataclass(frozen=True, slots=True)
class StayRooms:
    """The beds of a stay, the latest first; `who` is None where the stay is over."""

    who: Sleeping | None
    placements: tuple[PlacementRow, ...]


_AWAY = select(Absence.id).where(Absence.stay_id == Stay.id, Absence.until_on.is_(None)).exists()
_OCCUPANTS = Rows(Occupant, Resident, stay_id=Stay.id, resident_id=Resident.id, programme=Programme.code, is_away=_AWAY)
_ROOMS = Rows(RoomRow, Room, room_id=Room.id)
_BEDS = Rows(BedRow, Bed, bed_id=Bed.id)
_UNPLACED = Rows(
    Unplaced, Resident, Stay, stay_id=Stay.id, resident_id=Resident.id, name=NAME, programme=Programme.code
)
_SLEEPING = Rows(Sleeping, Resident, Room, stay_id=Stay.id, name=NAME, room=Room.name, bed=Bed.name, bed_id=Bed.id)
_PLACEMENTS = Rows(
    PlacementRow,
    Placement,
    Resident,
    placement_id=Placement.id,
    resident_id=Resident.id,
    name=NAME,
    departed=Stay.departed,
    building=Room.building,
    room=Room.name,
    bed=Bed.name,
    exceptions=Made(restored, Placement.exceptions),
    decided_by=User.name,
)


def overview(snapshot: Snapshot) -> Overview:
    """Every room with its beds and who is in them now, how full each building is, and who has no bed."""
    occupants = _occupants(snapshot)
    rooms = tuple(_rooms(snapshot, occupants))
    by_building: dict[str, list[RoomRow]] = defaultdict(list)
    for room in rooms:
        by_building[room.building].append(room)
    return Overview(
        rooms,
        tuple(occupancy(building, inside) for building, inside in by_building.items()),
        occupancy("", rooms),
        without_bed(snapshot),
    )


def one(snapshot: Snapshot, *, room_id: RoomId) -> RoomRow | None:
    """One room."""
    return next((room for room in _rooms(snapshot, _occupants(snapshot)) if room.room_id == room_id), None)


def without_bed(snapshot: Snapshot) -> tuple[Unplaced, ...]:
    """Who is on the roll and has no bed, who came first first."""
    has_bed = select(Placement.id).where(Placement.stay_id == Stay.id, Placement.until_on.is_(None)).exists()
    found = snapshot.connection.execute(
        _UNPLACED.select()
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(Stay.departed_on.is_(None), Stay.arrived_on <= snapshot.today, ~has_bed)
        .order_by(Stay.arrived_on, Resident.sort_key, Stay.id)
    )
    return _UNPLACED.rows(found)


def sleeping(snapshot: Snapshot, *, stay_id: StayId) -> Sleeping:
    """Where somebody on the roll sleeps.

    Raises:
        Refused: The stay is over, or not there.
    """
    found = _sleeping(snapshot, stay_id)
    if found is None:
        raise Refused("This stay is over. No bed can be changed any more.", field="stay_id")
    return found


def choice(snapshot: Snapshot, *, stay_id: StayId) -> MoveChoice:
    """Where somebody sleeps, and where they could.

    Raises:
        Refused: The stay is over, or not there.
    """
    return MoveChoice(sleeping(snapshot, stay_id=stay_id), free_beds(snapshot))


def of_stay(snapshot: Snapshot, *, stay_id: StayId) -> StayRooms:
    """The beds of a stay, and the one of now if it is not over."""
    return StayRooms(_sleeping(snapshot, stay_id), placements(snapshot, stay_id=stay_id))


def people(snapshot: Snapshot, *, text: str = "", most: int = 20) -> tuple[Sleeping, ...]:
    """Who is on the roll and where they sleep; those without a bed first.

    Args:
        snapshot: The reading.
        text: Part of a name or number.
        most: How many at most.
    """
    sought = fold(text)
    asked = repository.with_bed(_SLEEPING.select()).where(Stay.arrived_on <= snapshot.today)
    found = [
        one for one in _SLEEPING.rows(snapshot.connection.execute(asked)) if sought in fold(f"{one.name} {one.number}")
    ]
    language = snapshot.facility.language
    found.sort(key=lambda one: (one.room is not None, sort_key(one.name, language), one.stay_id))
    return tuple(found[:most])


def free_beds(snapshot: Snapshot, *, moment: Moment | None = None) -> tuple[FreeBed, ...]:
    """The beds that can be given from a moment on, without an end.

    Args:
        snapshot: The reading.
        moment: From when on the bed is wanted; now if None.
    """
    wanted = moment or Moment.of(snapshot.now, snapshot.facility.zone)
    taken = set(
        snapshot.connection.scalars(
            select(Placement.bed_id).where(or_(Placement.until_on.is_(None), repository.until_after(wanted)))
        )
    )
    free = []
    for room in _rooms(snapshot, {}):
        beds = [bed for bed in room.beds if bed.bed_id not in taken and bed.out_of_use is None]
        if room.out_of_use is None:
            free += [
                FreeBed(
                    bed.bed_id,
                    room.room_id,
                    room.building,
                    room.name,
                    bed.name,
                    len(room.beds),
                    len(beds),
                    room.floor,
                    room.kind,
                    bed.kind,
                )
                for bed in beds
            ]
    return tuple(free)


def placements(snapshot: Snapshot, *, stay_id: StayId) -> tuple[PlacementRow, ...]:
    """Which beds a stay had, the latest first."""
    return _placements(snapshot, Placement.stay_id == stay_id)


def placement(snapshot: Snapshot, *, placement_id: PlacementId) -> PlacementRow | None:
    """Who had which bed, by its number."""
    return next(iter(_placements(snapshot, Placement.id == placement_id)), None)


def every_bed(snapshot: Snapshot) -> tuple[BedName, ...]:
    """All beds that there are or were: what somebody had in the past may be out of use by now."""
    asked = select(Bed.id, Room.building, Room.name, Bed.name).join(Room, Room.id == Bed.room_id)
    found = [BedName(*row) for row in snapshot.connection.execute(asked)]
    language = snapshot.facility.language

    def order(bed: BedName) -> list[object]:
        return [rules.natural(part, language) for part in (bed.building, bed.room, bed.bed)]

    return tuple(sorted(found, key=order))


def history(
    snapshot: Snapshot, *, room_id: RoomId | None = None, bed_id: BedId | None = None
) -> tuple[PlacementRow, ...]:
    """Who had the beds of a room, or one bed, the latest first; nothing without either."""
    chosen: ColumnElement[bool] = false()
    if bed_id is not None:
        chosen = Placement.bed_id == bed_id
    elif room_id is not None:
        chosen = Bed.room_id == room_id
    return _placements(snapshot, chosen)


def asked(snapshot: Snapshot, *, moves: Sequence[tuple[StayId, BedId]]) -> Asked:
    """What stands against moving people into beds at once, now: what is forbidden, and what is to be thought about.

    Args:
        snapshot: The reading.
        moves: Who would get which bed; where two change places, both.

    Raises:
        Refused: A bed or a stay is not there.
    """
    connection, movers = snapshot.connection, [stay_id for stay_id, _bed_id in moves]
    had = Interval(Moment.of(snapshot.now, snapshot.facility.zone))
    who = [repository.sleeper(connection, stay_id) for stay_id in movers]
    to = [repository.wanted(connection, bed_id) for _stay_id, bed_id in moves]
    objections: list[Objection] = []
    concerns: list[Message] = []
    for place, (stay_id, bed_id) in enumerate(moves):
        others = [each for each in range(len(moves)) if each != place]
        with_them = [who[other] for other in others if to[other].room == to[place].room]
        sharers = [*repository.sharers(connection, bed_id, had, without=movers), *with_them]
        # Where the family would be when all have moved.
        going = {movers[other]: replace(who[other], room=to[other].room) for other in others}
        kin = [going.get(each, one) for each, one in _family(snapshot, stay_id, who[place].family_id)]
        objections += rules.objections(who[place], to[place], sharers, on=snapshot.today)
        concerns += rules.concerns(
            who[place], sharers, kin, room=to[place].room, on=snapshot.today, kind=to[place].kind
        )
    said = {each.said.text for each in objections}
    return Asked(rules.once(objections), rules.once(each for each in concerns if each.text not in said))


def _family(snapshot: Snapshot, stay_id: StayId, family_id: FamilyId | None) -> list[tuple[StayId, rules.Sleeper]]:
    """The family in the house, those without a bed too, without whoever a stay is of."""
    if family_id is None:
        return []
    found = snapshot.connection.execute(
        repository.with_bed(repository.SLEEPERS.select().add_columns(Stay.id.label("stay_id")))
        .where(Stay.id != stay_id, Resident.family_id == family_id)
        .order_by(Resident.sort_key)
    )
    return [(row.stay_id, repository.SLEEPERS.row(row)) for row in found]


def _occupants(snapshot: Snapshot) -> dict[BedId, Occupant]:
    found = snapshot.connection.execute(
        _OCCUPANTS.select()
        .add_columns(Placement.bed_id)
        .join(Stay, Stay.id == Placement.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(Placement.until_on.is_(None))
    )
    misplaced = repository.misplaced(snapshot.connection, on=snapshot.today)
    return {row.bed_id: Occupant(**_OCCUPANTS.values(row), against=misplaced.get(row.bed_id, ())) for row in found}


def _rooms(snapshot: Snapshot, occupants: dict[BedId, Occupant]) -> list[RoomRow]:
    beds: dict[RoomId, list[BedRow]] = defaultdict(list)
    for bed in snapshot.connection.execute(_BEDS.select().add_columns(Bed.room_id).where(~Bed.is_removed)):
        values = _BEDS.values(bed)
        beds[bed.room_id].append(BedRow(**values, occupant=occupants.get(values["bed_id"])))
    language = snapshot.facility.language
    for some in beds.values():
        some.sort(key=lambda bed: rules.natural(bed.name, language))
    rooms = [
        RoomRow(**_ROOMS.values(row), beds=tuple(beds[row.room_id]))
        for row in snapshot.connection.execute(_ROOMS.select())
    ]
    return sorted(
        rooms, key=lambda room: [rules.natural(part, language) for part in (room.building, room.floor, room.name)]
    )


def occupancy(building: str, rooms: Sequence[RoomRow]) -> Occupancy:
    """How full some rooms are, under a name."""
    beds = sum(room.in_use for room in rooms)
    return Occupancy(
        building, len(rooms), beds, sum(room.taken for room in rooms), sum(len(room.beds) for room in rooms) - beds
    )


def _placements(snapshot: Snapshot, chosen: ColumnElement[bool]) -> tuple[PlacementRow, ...]:
    found = snapshot.connection.execute(
        _PLACEMENTS.select()
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .join(Stay, Stay.id == Placement.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .outerjoin(User, User.id == Placement.entered_by)
        .where(chosen)
        .order_by(Placement.from_on.desc(), Placement.from_at.desc().nulls_last(), Placement.id.desc())
    )
    return _PLACEMENTS.rows(found)


def _sleeping(snapshot: Snapshot, stay_id: StayId) -> Sleeping | None:
    asked = repository.with_bed(_SLEEPING.select()).where(Stay.id == stay_id)
    return next(iter(_SLEEPING.rows(snapshot.connection.execute(asked))), None)
