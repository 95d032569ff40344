"""People moved on the plan of rooms: who would get which bed, what stands against it, and doing it in one step."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from models.actions import placements
from models.actions import rooms as actions
from models.ids import BedId, StayId
from models.queries.rooms import Asked, BedRow, Occupant, Overview
from ui import permissions, prompts
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.tokens import Tone
from ui.kit.undoing import Undo, do
from ui.language import _, isolated, plural
from ui.rooms import presentation
from ui.rooms.spots import Spot


@dataclass(frozen=True, slots=True)
class Moves:
    """What a drop would do.

    Attributes:
        who: Who would get which bed; empty where it cannot be.
        said: What is done, or why it cannot be.
    """

    who: tuple[tuple[StayId, BedId], ...]
    said: str


def planned(house: Overview, origin: Spot, target: Spot, *, family: bool) -> Moves:
    """Who would get which bed if somebody were dropped somewhere: a bed, or the head of a room for any bed of it."""
    mover = None if origin.bed is None else origin.bed.occupant
    if mover is None:
        return Moves((), "")
    room = target.room
    name = presentation.room_name(room.building, room.name)
    if room.out_of_use is not None or (target.bed is not None and target.bed.out_of_use is not None):
        return Moves((), presentation.bed_line(room, target.bed) if target.bed else presentation.room_line(room))
    people = _family(house, mover) if family else [mover]
    there = {bed.occupant.stay_id for bed in room.beds if bed.occupant is not None}
    going = [one for one in people if one.stay_id not in there]
    other = None if target.bed is None else target.bed.occupant
    if other is not None and target.bed is not None and origin.bed is not None and len(going) == 1:
        said = _("{name} and {other} change places.", name=_name(mover), other=_name(other))
        return Moves(((mover.stay_id, target.bed.bed_id), (other.stay_id, origin.bed.bed_id)), said)
    free = sorted(
        (bed for bed in room.beds if bed.occupant is None and bed.out_of_use is None),
        key=lambda bed: bed is not target.bed and bed != target.bed,
    )
    if not going:
        return Moves((), _("They sleep in {room} already.", room=name))
    if not free:
        return Moves((), _("{room} is full.", room=name))
    if len(free) < len(going):
        return Moves(
            (), _("{room} is too small: {n} need a bed, {free} free.", room=name, n=len(going), free=len(free))
        )
    beds: Sequence[BedRow] = free
    said = _("To {room}.", room=name)
    return Moves(tuple((one.stay_id, bed.bed_id) for one, bed in zip(going, beds, strict=False)), said)


def verdict(moves: Moves, asked: Asked) -> tuple[str, Tone]:
    """What is said of a drop before it is made, and in which colour."""
    may = permissions.may(actions.ALLOW)
    lines = presentation.against(asked, may_allow=may)
    if asked.is_final or (asked.objections and not may):
        return "\n".join(lines), Tone.RED
    return "\n".join([moves.said, *lines]), Tone.AMBER if lines else Tone.GREEN


def drop(owner: QWidget, moves: Moves, asked: Asked) -> None:
    """Move them in one step; what is only allowed with a reason asks for it, and what is to be thought of is said."""
    said, tone = verdict(moves, asked)
    stays, beds = tuple(who for who, _bed in moves.who), tuple(bed for _who, bed in moves.who)
    values: dict[str, object] = {"stay_ids": stays, "bed_ids": beds}
    done = plural("{n} person is moved.", "{n} people are moved.", len(stays))
    if tone is Tone.RED:
        prompts.tell(owner, _("They cannot be moved there"), said)
    elif tone is Tone.GREEN:
        do(owner, actions.rearrange, done, _back, **values)
    else:
        reason = LongTextField("reason", _("Why it is allowed"), lines=2, required=True)
        FormDialog(
            owner,
            plural("Move {n} person", "Move {n} people", len(stays)),
            [reason] if asked.objections else [],
            actions.rearrange,
            values=values,
            of={"stay_id": stays[0]} if len(stays) == 1 else None,
            says=said,
            submit=_("Move"),
            done=done,
            undoes=_back,
        ).open()


def _back(made: Sequence[int]) -> Undo:
    return Undo(placements.take_back_several, {"placement_ids": tuple(made)})


def _family(house: Overview, mover: Occupant) -> list[Occupant]:
    """Somebody and the family in the house, the one who is carried first."""
    there = (bed.occupant for room in house.rooms for bed in room.beds if bed.occupant is not None)
    kin = [one for one in there if mover.family_id is not None and one.family_id == mover.family_id]
    return [mover, *(one for one in kin if one.stay_id != mover.stay_id)]


def _name(one: Occupant) -> str:
    return isolated(presentation.who(one))
