"""What a clerk does with rooms and beds: makes them, gives them, moves people, takes rooms out of use."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select

from models.actions.placements import enter_past, stay_for_bed
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.errors import Named, Refused
from models.ids import BedId, PlacementId, RoomId, StayId
from models.repositories.rooms import ALLOW as ALLOW
from models.repositories.rooms import check, give, known_bed, sleeper
from models.repositories.stays import known_stay
from models.rules import rooms as rules
from models.rules.people import DESK, FURNISHES
from models.rules.rooms import BedNaming
from models.rules.time import Interval, Moment
from models.rules.vocabulary import BedKind, RoomKind
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
    floor: str = "",
    kind: RoomKind | None = None,
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
        floor: On which floor they are; empty where that is not told apart.
        kind: For whom they are; None: for everybody.

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
            reasons=[message("There already:")],
            whom=[[Named(rules.label(building, each)) for each in names if each in taken]],
        )
    rooms = [
        Room(
            building=building,
            floor=floor.strip(),
            name=each,
            kind=kind,
            note=note.strip(),
            beds=[Bed(name=bed) for bed in bed_names],
        )
        for each in names
    ]
    unit.session.add_all(rooms)
    unit.session.flush()
    unit.about("room", rooms[0].id)
    return tuple(room.id for room in rooms)


@action("rooms.change", about="room_id", roles=FURNISHES, told=N_("Changed a room"))
def change(
    unit: UnitOfWork,
    *,
    room_id: RoomId,
    name: str,
    building: str = "",
    note: str = "",
    floor: str = "",
    kind: RoomKind | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Give a room another name, building, floor, kind or note.

    Args:
        unit: The transaction.
        room_id: The room.
        name: Its name or number.
        building: Its building; empty where there is one alone.
        note: Anything worth knowing.
        floor: On which floor it is.
        kind: For whom it is; None: for everybody.
        reason: Why those may stay who have a bed in it and for whom a room of this kind is not.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: There is no name, another room has it, or the room is not of this kind for those who are in it.
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
    room.name, room.building, room.floor, room.note = name, building, floor.strip(), note.strip()
    _set_kind(unit, [room], kind, reason)


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
def add_bed(unit: UnitOfWork, *, room_id: RoomId, name: str = "", kind: BedKind = BedKind.PLAIN) -> BedId:
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
            bed.is_removed, bed.kind = False, kind
            return bed.id
    added = Bed(name=name, kind=kind)
    room.beds.append(added)
    unit.session.flush()
    return added.id


@action("rooms.remove_bed", about="bed_id", of=Bed.room_id, roles=FURNISHES, told=N_("Removed a bed"))
def remove_bed(unit: UnitOfWork, *, bed_id: BedId) -> None:
    """Take a bed away; who had it stays in the history.

    Raises:
        Refused: Somebody has it.
    """
    bed = known_bed(unit, bed_id)
    if unit.session.scalars(_open().where(Placement.bed_id == bed_id)).first() is not None:
        raise Refused("Somebody has this bed. Move them first, then remove the bed.", field="bed_id")
    bed.is_removed = True


@action("rooms.change_bed", about="bed_id", of=Bed.room_id, roles=FURNISHES, told=N_("Changed a bed"))
def change_bed(unit: UnitOfWork, *, bed_id: BedId, name: str, kind: BedKind = BedKind.PLAIN, reason: str = "") -> None:
    """Give a bed another name or kind.

    Args:
        unit: The transaction.
        bed_id: The bed.
        name: What it is called.
        kind: What kind of bed it is.
        reason: Why who has it keeps it, where such a bed is not for them.

    Raises:
        Refused: There is no name, another bed of the room has it, or such a bed is not for who has it.
    """
    bed, name = known_bed(unit, bed_id), name.strip()
    if not name:
        raise Refused("Enter the name of the bed.", field="name")
    if any(other.name == name and other.id != bed.id for other in bed.room.beds):
        raise Refused("The room has a bed of this name already. Choose another name.", field="name")
    bed.name, bed.kind = name, kind
    unit.session.flush()
    check(unit, unit.session.scalars(_open().where(Placement.bed_id == bed_id)).all(), reason)


@action("rooms.take_out_of_use", about="room_id", roles=FURNISHES, told=N_("Took a room out of use"))
def take_out_of_use(
    unit: UnitOfWork,
    *,
    room_id: RoomId,
    reason: str,
    bed_id: BedId | None = None,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Take a room, or one bed of it alone, out of use: it takes nobody until it is brought back.

    What is out of use already can be said anew: another reason, or other days.

    Args:
        unit: The transaction.
        room_id: The room.
        reason: Why.
        bed_id: The bed alone; None: the whole room.
        since: The local day since which it is out of use; today if None.
        until: The day on which it is expected to be in use again; it stays out of use until somebody brings it back.

    Raises:
        Refused: There is no reason, a day cannot be, or somebody has a bed there: who.
    """
    room = _room(unit, room_id)
    what = room if bed_id is None else known_bed(unit, bed_id)
    since = since or unit.today
    if not reason.strip():
        raise Refused("Say why it is out of use, such as repairs.", field="reason")
    if since > unit.today:
        raise Refused("Enter a day that is not in the future. On that day, take it out of use.", field="since")
    if until is not None and until <= since:
        raise Refused("Enter a day after the first one.", field="until")
    inside = _open().join(Bed, Bed.id == Placement.bed_id).where(Bed.room_id == room_id)
    if bed_id is not None:
        inside = inside.where(Bed.id == bed_id)
    there = [(row.bed.name, sleeper(unit.connection, row.stay_id).name) for row in unit.session.scalars(inside)]
    if there:
        there.sort(key=lambda one: rules.natural(one[0], unit.facility.language))
        raise Refused(
            "Somebody sleeps there. Move them first, then take it out of use.",
            field="reason",
            reasons=[message("Bed {bed}: {name}", bed=bed, name=name) for bed, name in there],
        )
    what.out_of_use, what.out_since, what.out_until = reason.strip(), since, until


@action("rooms.bring_back", about="room_id", roles=FURNISHES, told=N_("Took a room into use again"))
def bring_back(unit: UnitOfWork, *, room_id: RoomId, bed_id: BedId | None = None) -> None:
    """Bring a room, or one bed of it, back into use."""
    what = _room(unit, room_id) if bed_id is None else known_bed(unit, bed_id)
    what.out_of_use = what.out_since = what.out_until = None


@action("rooms.place", about="stay_id", roles=DESK, told=N_("Gave a bed"))
def place(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    bed_id: BedId,
    moment: Moment | None = None,
    end: Moment | None = None,
    reason: str = "",
) -> PlacementId:
    """Give a bed to somebody who has none, or enter one that they had once and that was forgotten.

    Args:
        unit: The transaction.
        stay_id: The stay.
        bed_id: The bed.
        moment: From when on; now if None.
        end: Until when they had it, where that is past, also in a stay that is over; None: they have it.
        reason: Why this bed. What its kind forbids (`models.rules.rooms.objections`) a supervisor may allow with it.

    Raises:
        Refused: The bed is taken, the time lies outside of the stay, or they had another bed then. Of a bed that they
            have: it is out of use, the stay is over, or the bed is not for this person and nobody allows it.
    """
    if end is not None:
        return enter_past(unit, known_stay(unit, stay_id), bed_id, Interval(moment or unit.moment, end), reason)
    stay = stay_for_bed(unit, stay_id)
    if unit.session.scalars(_open().where(Placement.stay_id == stay_id)).first() is not None:
        raise Refused(
            "This person has a bed already. Move them instead, or say until when they had this one.", field="bed_id"
        )
    row = _give(unit, stay, bed_id, moment or unit.moment, reason)
    check(unit, [row], reason)
    return row.id


@action("rooms.move", about="stay_id", roles=DESK, told=N_("Moved to another bed"))
def move(
    unit: UnitOfWork, *, stay_id: StayId, bed_id: BedId, moment: Moment | None = None, reason: str = ""
) -> PlacementId:
    """Move somebody to another bed: the old one becomes free at the very moment from which the new one is given.

    Args:
        unit: The transaction.
        stay_id: The stay.
        bed_id: The new bed.
        moment: When; now if None.
        reason: As for `place`.

    Raises:
        Refused: As for `place`, or it is the bed that they have, or the moment lies before they had it.
    """
    stay = stay_for_bed(unit, stay_id)
    old = unit.session.scalars(_open().where(Placement.stay_id == stay_id)).first()
    if old is not None:
        if old.bed_id == bed_id:
            raise Refused("This person has this bed already. Choose another bed.", field="bed_id")
        _end(unit, old, moment or unit.moment)
    row = _give(unit, stay, bed_id, moment or unit.moment, reason)
    check(unit, [row], reason)
    return row.id


@action("rooms.rearrange", about="stay_ids", roles=DESK, told=N_("Moved several people to other beds"))
def rearrange(
    unit: UnitOfWork,
    *,
    stay_ids: tuple[StayId, ...],
    bed_ids: tuple[BedId, ...],
    moment: Moment | None = None,
    reason: str = "",
) -> tuple[PlacementId, ...]:
    """Move several people at one moment: two change places, or a family goes together; all of them or nobody.

    Args:
        unit: The transaction.
        stay_ids: Who; some may have no bed yet.
        bed_ids: The new bed of each, in the same order.
        moment: When; now if None.
        reason: As for `place`; it is asked of how all sleep in the end.

    Raises:
        Refused: As for `move`; or somebody, or a bed, is named twice.
    """
    if not stay_ids or not len(stay_ids) == len(bed_ids) == len({*stay_ids}) == len({*bed_ids}):
        raise Refused("Give each person one bed of their own.", field="bed_ids")
    at = moment or unit.moment
    stays = [stay_for_bed(unit, stay_id) for stay_id in stay_ids]
    old = {row.stay_id: row for row in unit.session.scalars(_open().where(Placement.stay_id.in_(stay_ids)))}
    going = [(stay, bed) for stay, bed in zip(stays, bed_ids, strict=True) if _bed_of(old, stay) != bed]
    if not going:
        raise Refused("They have these beds already. Choose others.", field="bed_ids")
    for stay, _bed_id in going:
        if stay.id in old:
            _end(unit, old[stay.id], at)
    rows = [_give(unit, stay, bed, at, reason) for stay, bed in going]
    check(unit, rows, reason)
    return tuple(row.id for row in rows)


def _bed_of(placements: Mapping[StayId, Placement], stay: Stay) -> BedId | None:
    row = placements.get(stay.id)
    return None if row is None else row.bed_id


@action("rooms.free", about="stay_id", roles=DESK, told=N_("Took the bed back"))
def free(unit: UnitOfWork, *, stay_id: StayId, moment: Moment | None = None) -> PlacementId:
    """Free the bed of somebody who stays on the roll.

    Args:
        unit: The transaction.
        stay_id: The stay.
        moment: From when on the bed is free; now if None.

    Returns:
        Who had which bed until then.

    Raises:
        Refused: They have no bed, or the moment lies before they had it.
    """
    stay_for_bed(unit, stay_id)
    old = unit.session.scalars(_open().where(Placement.stay_id == stay_id)).first()
    if old is None:
        raise Refused("This person has no bed. Look at the page again.", field="stay_id")
    _end(unit, old, moment or unit.moment)
    return old.id


def _set_kind(unit: UnitOfWork, rooms: Sequence[Room], kind: RoomKind | None, reason: str) -> None:
    """Write for whom rooms are, and ask it of those who sleep in them."""
    changed = [room.id for room in rooms if room.kind is not kind]
    for room in rooms:
        room.kind = kind
    unit.session.flush()
    inside = _open().join(Bed, Bed.id == Placement.bed_id).where(Bed.room_id.in_(changed))
    check(unit, unit.session.scalars(inside.order_by(Placement.id)).all(), reason)


def _open() -> Select[Placement]:
    return select(Placement).where(Placement.until_on.is_(None))


def _end(unit: UnitOfWork, placement: Placement, moment: Moment) -> None:
    _not_ahead(unit, moment)
    if moment.surely_before(placement.start):
        raise Refused("They have this bed since {day}. Enter a later time.", field="moment", day=placement.start.on)
    placement.end = moment
    # The guards look at each row as it is written: the old bed must be free before the new one is given.
    unit.session.flush()


def _give(unit: UnitOfWork, stay: Stay, bed_id: BedId, moment: Moment, reason: str) -> Placement:
    _not_ahead(unit, moment)
    if moment.surely_before(stay.arrived):
        raise Refused("They arrived on {day}. A bed can be given from then on.", field="moment", day=stay.arrived_on)
    return give(unit, stay, bed_id, moment, reason=reason)


def _not_ahead(unit: UnitOfWork, moment: Moment) -> None:
    if unit.moment.surely_before(moment):
        raise Refused("Enter a time that is not in the future.", field="moment")


def _room(unit: UnitOfWork, room_id: RoomId) -> Room:
    room = unit.session.get(Room, room_id)
    if room is None:
        raise Refused("This room is not there any more.", field="room_id")
    return room
