"""What a clerk does with rooms and beds: makes them, gives them, moves people, takes rooms out of use."""

from sqlalchemy import Select, select

from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import BedId, PlacementId, RoomId, StayId
from models.rules import rooms as rules
from models.rules.people import DESK, FURNISHES
from models.rules.rooms import BedNaming
from models.rules.time import Moment
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, message


@action("rooms.add_room", roles=FURNISHES, told=N_("Added rooms"))
def add_room(
    unit: UnitOfWork,
    *,
    name: str,
    last: str = "",
    building: str = "",
    beds: int = 1,
    naming: BedNaming = BedNaming.LETTERS,
    note: str = "",
) -> tuple[RoomId, ...]:
    """Add a room, or all the rooms from one name to another, each with so many beds.

    Args:
        unit: The transaction.
        name: The name of the room, or of the first one.
        last: The name of the last one where there are many; empty: one alone.
        building: The building; empty where there is one alone.
        beds: How many beds each room has.
        naming: Whether beds are called A, B, C or 1, 2, 3.
        note: Anything worth knowing about them.

    Raises:
        Refused: A name is taken, or a count is out of bounds.
    """
    names = rules.room_names(name, last)
    bed_names = rules.bed_names(beds, naming)
    building = building.strip()
    taken = set(unit.session.scalars(select(Room.name).where(Room.building == building, Room.name.in_(names))))
    if taken:
        raise Refused(
            "There is a room of this name already. Choose another name.",
            field="name",
            reasons=[message("Room {room}", room=rules.label(building, each)) for each in names if each in taken],
        )
    rooms = [
        Room(building=building, name=each, note=note.strip(), beds=[Bed(name=bed) for bed in bed_names])
        for each in names
    ]
    unit.session.add_all(rooms)
    unit.session.flush()
    unit.about("room", rooms[0].id)
    return tuple(room.id for room in rooms)


@action("rooms.change", about="room_id", roles=FURNISHES, told=N_("Changed a room"))
def change(
    unit: UnitOfWork, *, room_id: RoomId, name: str, building: str = "", note: str = "", version: int | None = None
) -> None:
    """Give a room another name, building or note.

    Raises:
        Refused: There is no name, or another room has it.
        Conflict: Somebody else has changed the room since this version was read.
    """
    room = _room(unit, room_id)
    unit.check_version(room, version)
    name, building = name.strip(), building.strip()
    if not name:
        raise Refused("Enter the name or the number of the room.", field="name")
    same = select(Room.id).where(Room.building == building, Room.name == name, Room.id != room_id)
    if unit.session.scalars(same).first() is not None:
        raise Refused("There is a room of this name already. Choose another name.", field="name")
    room.name, room.building, room.note = name, building, note.strip()


@action("rooms.remove_room", about="room_ids", roles=FURNISHES, told=N_("Removed rooms"))
def remove_room(unit: UnitOfWork, *, room_ids: tuple[RoomId, ...]) -> None:
    """Remove rooms that were added by mistake: nobody was ever in them.

    Raises:
        Refused: Somebody has or had a bed there; what happened stays in the register.
    """
    used = select(Bed.room_id).join(Placement, Placement.bed_id == Bed.id).where(Bed.room_id.in_(room_ids))
    if unit.session.scalars(used).first() is not None:
        raise Refused("Somebody has or had a bed there. Take the room out of use instead.", field="room_ids")
    for room_id in room_ids:
        room = _room(unit, room_id)
        for bed in room.beds:
            unit.session.delete(bed)
        unit.session.flush()
        unit.session.delete(room)


@action("rooms.add_bed", about="room_id", roles=FURNISHES, told=N_("Added a bed"))
def add_bed(unit: UnitOfWork, *, room_id: RoomId, name: str = "") -> BedId:
    """Add a bed to a room; without a name it takes the next one. A bed that was removed comes back under its name.

    Raises:
        Refused: The room has a bed of this name.
    """
    room = _room(unit, room_id)
    there = [bed for bed in room.beds if not bed.is_removed]
    if len(there) >= rules.MOST_BEDS:
        raise Refused("A room takes at most {most} beds.", field="room_id", most=rules.MOST_BEDS)
    name = name.strip() or rules.next_bed_name(bed.name for bed in there)
    for bed in room.beds:
        if bed.name == name:
            if not bed.is_removed:
                raise Refused("The room has a bed of this name already. Choose another name.", field="name")
            bed.is_removed = False
            return bed.id
    added = Bed(name=name)
    room.beds.append(added)
    unit.session.flush()
    return added.id


@action("rooms.remove_bed", about="bed_id", of=Bed.room_id, roles=FURNISHES, told=N_("Removed a bed"))
def remove_bed(unit: UnitOfWork, *, bed_id: BedId) -> None:
    """Take a bed away; who had it stays in the history.

    Raises:
        Refused: Somebody has it.
    """
    bed = _bed(unit, bed_id)
    if unit.session.scalars(_open().where(Placement.bed_id == bed_id)).first() is not None:
        raise Refused("Somebody has this bed. Move them first, then remove the bed.", field="bed_id")
    bed.is_removed = True


@action("rooms.take_out_of_use", about="room_id", roles=FURNISHES, told=N_("Took a room out of use"))
def take_out_of_use(unit: UnitOfWork, *, room_id: RoomId, reason: str) -> None:
    """Take a room out of use: it takes nobody until it is brought back.

    Raises:
        Refused: There is no reason, or somebody has a bed there.
    """
    room = _room(unit, room_id)
    if not reason.strip():
        raise Refused("Say why the room is out of use, such as repairs.", field="reason")
    inside = _open().join(Bed, Bed.id == Placement.bed_id).where(Bed.room_id == room_id)
    if unit.session.scalars(inside).first() is not None:
        raise Refused(
            "Somebody has a bed in this room. Move them first, then take the room out of use.", field="reason"
        )
    room.out_of_use = reason.strip()


@action("rooms.bring_back", about="room_id", roles=FURNISHES, told=N_("Took a room into use again"))
def bring_back(unit: UnitOfWork, *, room_id: RoomId) -> None:
    """Bring a room back into use."""
    _room(unit, room_id).out_of_use = None


@action("rooms.place", about="stay_id", roles=DESK, told=N_("Gave a bed"))
def place(unit: UnitOfWork, *, stay_id: StayId, bed_id: BedId, moment: Moment | None = None) -> PlacementId:
    """Give a bed to somebody who has none.

    Args:
        unit: The transaction.
        stay_id: The stay.
        bed_id: The bed.
        moment: From when on; now if None.

    Raises:
        Refused: The bed is taken or out of use, the stay is over, has a bed, or the moment lies outside of it.
    """
    stay = _stay(unit, stay_id)
    if unit.session.scalars(_open().where(Placement.stay_id == stay_id)).first() is not None:
        raise Refused("This person has a bed already. Move them instead.", field="bed_id")
    return _give(unit, stay, bed_id, moment or unit.moment)


@action("rooms.move", about="stay_id", roles=DESK, told=N_("Moved to another bed"))
def move(unit: UnitOfWork, *, stay_id: StayId, bed_id: BedId, moment: Moment | None = None) -> PlacementId:
    """Move somebody to another bed: the old one becomes free at the very moment from which the new one is given.

    Args:
        unit: The transaction.
        stay_id: The stay.
        bed_id: The new bed.
        moment: When; now if None.

    Raises:
        Refused: As for `place`, or it is the bed that they have, or the moment lies before they had it.
    """
    stay = _stay(unit, stay_id)
    old = unit.session.scalars(_open().where(Placement.stay_id == stay_id)).first()
    if old is not None:
        if old.bed_id == bed_id:
            raise Refused("This person has this bed already. Choose another bed.", field="bed_id")
        _end(unit, old, moment or unit.moment)
    return _give(unit, stay, bed_id, moment or unit.moment)


@action("rooms.free", about="stay_id", roles=DESK, told=N_("Took the bed back"))
def free(unit: UnitOfWork, *, stay_id: StayId, moment: Moment | None = None) -> None:
    """Free the bed of somebody who stays on the roll.

    Args:
        unit: The transaction.
        stay_id: The stay.
        moment: From when on the bed is free; now if None.

    Raises:
        Refused: They have no bed, or the moment lies before they had it.
    """
    _stay(unit, stay_id)
    old = unit.session.scalars(_open().where(Placement.stay_id == stay_id)).first()
    if old is None:
        raise Refused("This person has no bed.", field="stay_id")
    _end(unit, old, moment or unit.moment)


def _open() -> Select[Placement]:
    return select(Placement).where(Placement.until_on.is_(None))


def _end(unit: UnitOfWork, placement: Placement, moment: Moment) -> None:
    _not_ahead(unit, moment)
    if moment.surely_before(placement.start):
        raise Refused("They have this bed since {day}. Enter a later time.", field="moment", day=placement.start.on)
    placement.end = moment
    # The guards look at each row as it is written: the old bed must be free before the new one is given.
    unit.session.flush()


def _give(unit: UnitOfWork, stay: Stay, bed_id: BedId, moment: Moment) -> PlacementId:
    bed = _bed(unit, bed_id)
    _not_ahead(unit, moment)
    if bed.is_removed:
        raise Refused("This bed is not there any more. Choose another bed.", field="bed_id")
    if bed.room.out_of_use is not None:
        raise Refused(
            "Room {room} is out of use: {reason}. Choose another room.",
            field="bed_id",
            room=rules.label(bed.room.building, bed.room.name),
            reason=bed.room.out_of_use,
        )
    if moment.surely_before(stay.arrived):
        raise Refused("They arrived on {day}. A bed can be given from then on.", field="moment", day=stay.arrived_on)
    row = Placement(stay_id=stay.id, bed_id=bed.id, start=moment)
    unit.session.add(row)
    unit.session.flush()
    return row.id


def _not_ahead(unit: UnitOfWork, moment: Moment) -> None:
    if moment.on > unit.today or (moment.at is not None and moment.at > unit.now):
        raise Refused("Enter a time that is not in the future.", field="moment")


def _stay(unit: UnitOfWork, stay_id: StayId) -> Stay:
    stay = unit.session.get(Stay, stay_id)
    if stay is None:
        raise Refused("This stay is not there any more.", field="stay_id")
    if stay.departed_on is not None:
        raise Refused(
            "This stay ended on {day}. No bed can be changed any more.", field="stay_id", day=stay.departed_on
        )
    return stay


def _room(unit: UnitOfWork, room_id: RoomId) -> Room:
    room = unit.session.get(Room, room_id)
    if room is None:
        raise Refused("This room is not there any more.", field="room_id")
    return room


def _bed(unit: UnitOfWork, bed_id: BedId) -> Bed:
    bed = unit.session.get(Bed, bed_id)
    if bed is None:
        raise Refused("This bed is not there any more. Choose another bed.", field="bed_id")
    return bed
