"""The rooms of the demonstration as they stand on its last day: for whom they are, and who is kept apart."""

from datetime import timedelta
from functools import partial
from typing import Any

from desktop.demo.staff import CLERK, DOCTOR, SUPERVISOR
from desktop.demo.story import Story
from models.actions import rooms
from models.actions.separations import SEPARATIONS, VISITS
from models.ids import StayId
from models.queries.rooms import RoomRow, overview
from models.rules.time import Moment
from models.rules.vocabulary import BedKind, RoomKind, Sex

_SEXES = {frozenset({Sex.MALE}): RoomKind.MEN, frozenset({Sex.FEMALE}): RoomKind.WOMEN}


def settle(story: Story, building: str) -> None:
    """Say of one building for whom its rooms are, by those who sleep there; the others are for everybody.

    Args:
        story: The story, told to its end.
        building: Of several floors, in which nobody is detained.
    """
    do = partial(story.do, by=SUPERVISOR)
    with story.register.read() as snapshot:
        house = [room for room in overview(snapshot).rooms if room.building == building]
    for room in house:
        kind = _kind(room)
        if kind is not None:
            said: dict[str, Any] = {
                "building": building,
                "floor": room.floor,
                "note": room.note,
                "version": room.version,
            }
            do(rooms.change, room_id=room.room_id, name=room.name, kind=kind, reason="As they asked to live", **said)
    for room in house[:2]:
        do(rooms.change_bed, bed_id=room.beds[0].bed_id, name=room.beds[0].name, kind=BedKind.ACCESSIBLE)
    do(rooms.add_room, building=building, floor="1", name="Sick bay", beds=2, kind=RoomKind.SICK)
    do(rooms.add_room, building=building, floor="1", name="Isolation", beds=1, kind=RoomKind.ISOLATION)
    free = next((room, bed) for room in house if room.out_of_use is None for bed in room.beds if bed.occupant is None)
    do(rooms.take_out_of_use, room_id=free[0].room_id, bed_id=free[1].bed_id, reason="Broken slats")
    _keep_apart(story, next(bed.occupant.stay_id for room in house for bed in room.beds if bed.occupant is not None))


def _kind(room: RoomRow) -> RoomKind | None:
    inside = [bed.occupant for bed in room.beds if bed.occupant is not None]
    families = {one.family_id for one in inside}
    if len(inside) > 1 and len(families) == 1 and None not in families:
        return RoomKind.FAMILIES
    return _SEXES.get(frozenset(one.sex for one in inside if one.sex is not None))


def _keep_apart(story: Story, stay_id: StayId) -> None:
    """Somebody is kept apart since the day before yesterday; whether health staff comes today is still open."""
    began = story.today - timedelta(days=2)
    said = {"grounds": "Threatened by somebody of the same floor", "ordered_by": SUPERVISOR}
    story.do(SEPARATIONS.enter, by=SUPERVISOR, stay_id=stay_id, began=Moment(began), **said)
    for days in (0, 1):
        seen = Moment(began + timedelta(days=days))
        story.do(VISITS.enter, by=CLERK, stay_id=stay_id, seen=seen, seen_by=DOCTOR)
