"""What is shared of rooms: who sleeps where, what stands against somebody in a bed, and how beds are given."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from models.entities.needs import Need
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.separations import Separation
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import BedId, ResidentId, StayId
from models.repositories.residents import NAME
from models.rules import rooms as rules
from models.rules.kept import stored
from models.rules.needs import ROOM_NEEDS
from models.rules.people import DECIDES, may_do
from models.rules.rooms import Objection, Sleeper, Wanted
from models.rules.time import Interval, Moment
from models.rules.vocabulary import NeedKind, RoomKind
from models.store.declaring import Declared
from models.store.rows import Made, Rows
from models.store.unit_of_work import UnitOfWork
from models.text import Message

ALLOW = Declared(name="rooms.allow", roles=DECIDES)
"""What a placement asks for where the kind of the room or of the bed stands against it."""

SLEEPERS = Rows(
    Sleeper,
    Resident,
    Programme,
    name=NAME,
    room=Made(rules.label, Room.building, Room.name),
    resident_id=Resident.id,
    is_separated=select(Separation.id).where(Separation.stay_id == Stay.id, Separation.ended_on.is_(None)).exists(),
)
"""Those who sleep in the house, as the rules look at them, without their needs (`with_needs`)."""


def with_bed(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Everybody on the roll with the bed that they have now, if any."""
    placed = aliased(Placement)
    return (
        asked.select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .outerjoin(placed, and_(placed.stay_id == Stay.id, placed.until_on.is_(None)))
        .outerjoin(Bed, Bed.id == placed.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
        .where(Stay.departed_on.is_(None))
    )


def until_after(moment: Moment) -> ColumnElement[bool]:
    """SQL: whether the end of a placement does not surely lie at or before a moment."""
    later = Placement.until_on > moment.on
    if moment.at is None:
        return later
    return or_(later, and_(Placement.until_on == moment.on, Placement.until_at > moment.at))


def sleeper(connection: Connection, stay_id: StayId) -> Sleeper:
    """Whoever a stay is of, as the rules look at them; the room is that of now.

    Raises:
        Refused: The stay is not there.
    """
    asked = (
        SLEEPERS.select()
        .select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .outerjoin(Placement, and_(Placement.stay_id == Stay.id, Placement.until_on.is_(None)))
        .outerjoin(Bed, Bed.id == Placement.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
        .where(Stay.id == stay_id)
    )
    found = connection.execute(asked).first()
    if found is None:
        raise Refused("This stay is not there any more.", field="stay_id")
    (known,) = with_needs(connection, [SLEEPERS.row(found)])
    return known


def with_needs(connection: Connection, sleepers: Sequence[Sleeper]) -> tuple[Sleeper, ...]:
    """The same, with what they need that counts where a bed is chosen; needs of joined persons are theirs."""
    other = aliased(Resident)
    whose = func.coalesce(Resident.joined_into_id, Resident.id)
    rows = connection.execute(
        select(whose, Need.kind, func.coalesce(other.joined_into_id, other.id))
        .join(Resident, Resident.id == Need.resident_id)
        .outerjoin(other, other.id == Need.other_id)
        .where(Need.kind.in_(ROOM_NEEDS), whose.in_({one.resident_id for one in sleepers}))
    )
    needs: defaultdict[ResidentId | None, set[NeedKind]] = defaultdict(set)
    apart: defaultdict[ResidentId | None, set[ResidentId]] = defaultdict(set)
    for resident_id, kind, other_id in rows:
        needs[resident_id].add(kind)
        if other_id is not None:
            apart[resident_id].add(other_id)
    return tuple(
        replace(one, needs=frozenset(needs[one.resident_id]), apart_from=frozenset(apart[one.resident_id]))
        for one in sleepers
    )


def wanted(connection: Connection, bed_id: BedId) -> Wanted:
    """A bed that somebody would get.

    Raises:
        Refused: It is not there.
    """
    row = connection.execute(
        select(Room.building, Room.name, Room.kind, Bed.kind.label("bed"))
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.id == bed_id)
    ).first()
    if row is None:
        raise Refused("This bed is not there any more. Choose another bed.", field="bed_id")
    return Wanted(rules.label(row.building, row.name), row.kind, row.bed, has_cells(connection))


def has_cells(connection: Connection) -> bool:
    """Whether any room of the house is stated to be a cell."""
    return connection.scalar(select(Room.id).where(Room.kind == RoomKind.DETENTION).limit(1)) is not None


def sharers(
    connection: Connection, bed_id: BedId, had: Interval, *, without: Collection[StayId]
) -> tuple[Sleeper, ...]:
    """Who sleeps, or slept, in the room of a bed at some time of an interval, without whoever some stays are of."""
    other = aliased(Bed)
    asked = (
        SLEEPERS.select()
        .add_columns(Placement.from_on, Placement.from_at, Placement.until_on, Placement.until_at)
        .select_from(Placement)
        .join(Stay, Stay.id == Placement.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .join(other, other.room_id == Room.id)
        .where(other.id == bed_id, Stay.id.not_in(without))
        .where(or_(Placement.until_on.is_(None), Placement.until_on >= had.start.on))
    )
    found = []
    for row in connection.execute(asked):
        end = None if row.until_on is None else Moment(row.until_on, row.until_at)
        if had.overlaps(Interval(Moment(row.from_on, row.from_at), end)):
            found.append(SLEEPERS.row(row))
    return with_needs(connection, found)


def misplaced(connection: Connection, *, on: date) -> dict[BedId, tuple[Message, ...]]:
    """What stands by now against those who have a bed, and nobody allowed: a birth or a family was put right since."""
    asked = with_bed(SLEEPERS.select().add_columns(Placement.exceptions, Bed.id, Bed.kind, Room.id, Room.kind))
    rows = connection.execute(asked.join(Placement, and_(Placement.stay_id == Stay.id, Placement.until_on.is_(None))))
    found = rows.all()
    people = with_needs(connection, [SLEEPERS.row(row) for row in found])
    cells = has_cells(connection)
    inside: defaultdict[int, list[Sleeper]] = defaultdict(list)
    for person, row in zip(people, found, strict=True):
        inside[row[-2]].append(person)
    told = {}
    for person, row in zip(people, found, strict=True):
        exceptions, bed_id, kind, room_id, room_kind = row[-5:]
        others = [other for other in inside[room_id] if other is not person]
        said = rules.objections(person, Wanted(person.room or "", room_kind, kind, cells), others, on=on)
        known = {each["text"] for each in exceptions}
        told[bed_id] = tuple(each.said for each in said if each.said.text not in known)
    return told


def against(connection: Connection, stay_id: StayId, bed_id: BedId, had: Interval) -> tuple[Objection, ...]:
    """What the kind of a room and of a bed has against somebody who would have the bed for an interval."""
    return rules.objections(
        sleeper(connection, stay_id),
        wanted(connection, bed_id),
        sharers(connection, bed_id, had, without=[stay_id]),
        on=had.start.on,
    )


def check(unit: UnitOfWork, rows: Sequence[Placement], reason: str = "", *, field: str = "reason") -> None:
    """Ask what stands against placements that are written, and keep what was allowed, by whom and why.

    What was allowed once for a placement stays allowed. A bed of the past can be entered as it was by who may allow
    it, even if nobody may be given it now.

    Args:
        unit: The transaction.
        rows: The placements; the beds of all others must be as they are to be.
        reason: Why what stands against them is allowed.
        field: What the reason is called where it is asked.

    Raises:
        Refused: Something stands against them, and nobody may allow it, or no reason is given, or who is at the desk
            may not.
    """
    unit.session.flush()
    found = {row.id: against(unit.connection, row.stay_id, row.bed_id, row.interval) for row in rows}
    new = [(row, each) for row in rows for each in found[row.id] if not _is_known(row, each)]
    final = [pair for pair in new if pair[1].is_final and pair[0].end is None]
    if final:
        raise Refused("This bed cannot be given. Choose another bed.", field="bed_id", reasons=_said(final))
    if new and not may_do(unit.person.role, ALLOW.roles, stands_in=unit.person.stands_in):
        raise Refused(
            "This bed is not for this person. Choose another bed, or ask a supervisor, who can allow it with a reason.",
            field="bed_id",
            reasons=_said(new),
        )
    if new and not reason.strip():
        raise Refused(
            "This bed is not for this person. Choose another bed, or say why it is allowed.",
            field=field,
            reasons=_said(new),
        )
    for row in rows:
        row.exceptions = stored(each.said for each in found[row.id])
        if any(row is other for other, _each in new):
            row.reason, row.entered_by = reason.strip(), unit.person.id
    unit.session.flush()


def fits(unit: UnitOfWork, row: Placement, had: Interval) -> bool:
    """Whether somebody may have the bed of a placement again for an interval, with what was allowed for it once."""
    found = against(unit.connection, row.stay_id, row.bed_id, had)
    return all(_is_known(row, each) for each in found)


def _is_known(row: Placement, objection: Objection) -> bool:
    """Whether it was allowed for this placement before; a name may have been put right since."""
    return any(each["text"] == objection.said.text for each in row.exceptions)


def _said(found: Sequence[tuple[Placement, Objection]]) -> tuple[Message, ...]:
    return rules.once(each.said for _row, each in found)


def give(
    unit: UnitOfWork, stay: Stay, bed_id: BedId, moment: Moment, *, reason: str = "", end: Moment | None = None
) -> Placement:
    """Write that somebody has a bed from a moment on; when all beds are as they are to be, `check` must be asked.

    Raises:
        Refused: The bed is not there, out of use or taken.
    """
    bed = bed_to_give(unit, stay.id, bed_id, Interval(moment, end))
    row = Placement(
        stay_id=stay.id, bed_id=bed.id, start=moment, end=end, reason=reason.strip(), entered_by=unit.person.id
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def bed_to_give(unit: UnitOfWork, stay_id: StayId, bed_id: BedId, had: Interval) -> Bed:
    """The bed that somebody is to have for an interval; one of the past may be out of use or removed by now.

    Raises:
        Refused: It is not there, out of use, or somebody else has it then: who.
    """
    bed = unit.session.get(Bed, bed_id)
    if bed is None or (bed.is_removed and had.end is None):
        raise Refused("This bed is not there any more. Choose another bed.", field="bed_id")
    room = rules.label(bed.room.building, bed.room.name)
    if bed.room.out_of_use is not None and had.end is None:
        raise Refused(
            "Room {room} is out of use: {reason}. Choose another room.",
            field="bed_id",
            room=room,
            reason=bed.room.out_of_use,
        )
    if bed.out_of_use is not None and had.end is None:
        raise Refused(
            "This bed in room {room} is out of use: {reason}. Choose another bed.",
            field="bed_id",
            room=room,
            reason=bed.out_of_use,
        )
    _check_free(unit, stay_id, bed, had)
    return bed


def _check_free(unit: UnitOfWork, stay_id: StayId, bed: Bed, had: Interval) -> None:
    """Refuse a bed that somebody has, naming them; a room of which all beds are taken is full."""
    asked = select(Placement).join(Bed, Bed.id == Placement.bed_id).where(Bed.room_id == bed.room_id)
    asked = asked.where(Placement.stay_id != stay_id)
    taken = [row for row in unit.session.scalars(asked) if had.overlaps(row.interval)]
    holder = next((row for row in taken if row.bed_id == bed.id), None)
    if holder is None:
        return
    room, name = rules.label(bed.room.building, bed.room.name), sleeper(unit.connection, holder.stay_id).name
    if had.end is not None:
        raise Refused(
            "{name} had this bed at that time. Choose another bed, or correct that first.", field="bed_id", name=name
        )
    there = {each.id for each in bed.room.beds if not (each.is_removed or each.out_of_use)}
    if there <= {row.bed_id for row in taken}:
        raise Refused(
            "Room {room} is full, and this bed is taken by {name}. Choose another room, or move who has it first.",
            field="bed_id",
            room=room,
            name=name,
        )
    raise Refused(
        "This bed in room {room} is taken by {name}. Choose another bed, or move who has it first.",
        field="bed_id",
        room=room,
        name=name,
    )


def known_bed(unit: UnitOfWork, bed_id: BedId) -> Bed:
    """The bed.

    Raises:
        Refused: It is not there.
    """
    bed = unit.session.get(Bed, bed_id)
    if bed is None:
        raise Refused("This bed is not there any more. Choose another bed.", field="bed_id")
    return bed
