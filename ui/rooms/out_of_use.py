"""A room or a bed out of use, and back into use; who sleeps there is moved first."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import rooms as actions
from models.queries import rooms as queries
from models.queries.rooms import BedRow, RoomRow
from ui import permissions, prompts, session
from ui.kit.fields import TextField
from ui.kit.form import FormDialog
from ui.kit.typed_fields import DateField
from ui.kit.undoing import Undo, do
from ui.language import _, isolated
from ui.rooms import presentation
from ui.rooms.dialogs import move_dialog
from ui.work import run_query


def out_of_use_dialog(owner: QWidget, room: RoomRow, bed: BedRow | None = None) -> None:
    """Take a room, or one bed of it alone, out of use, or say anew why; who sleeps there is named and moved first."""
    name = presentation.room_name(room.building, room.name)
    inside = [each for each in room.beds if each.occupant is not None and bed in (None, each)]
    if bed is not None:
        name = presentation.bed_name(room.building, room.name, bed.name)
    if inside:
        _move_first(owner, name, inside, partial(_ask_again, owner, room, bed))
        return
    now = room if bed is None else bed
    values = {"room_id": room.room_id} | ({} if bed is None else {"bed_id": bed.bed_id})
    FormDialog(
        owner,
        _("Take out of use: {room}", room=name),
        [
            TextField(
                "reason",
                _("Why"),
                value=now.out_of_use or "",
                required=True,
                hint=_("Such as repairs. It stands on the page of rooms."),
            ),
            DateField("since", _("Since"), value=now.out_since or session.today(), wide=False),
            DateField("until", _("Expected until"), value=now.out_until, wide=False),
        ],
        actions.take_out_of_use,
        values=values,
        submit=_("Take out of use"),
        says=_("It takes nobody while it is out of use."),
        done=_("{room} is out of use.", room=name),
        undoes=lambda _none: _out_again(values, now) or Undo(actions.bring_back, values, why=""),
    ).open()


def _move_first(owner: QWidget, name: str, inside: Sequence[BedRow], then: Callable[[], None]) -> None:
    """Say who sleeps there and lead to moving them, one after the other; then what was asked for goes on."""
    people = [_("Bed {bed}: {name}", bed=each.name, name=presentation.named(each)) for each in inside]
    title, first = _("Take out of use: {room}", room=name), inside[0].occupant
    said = "\n".join((_("Somebody sleeps there. Move them first, then take it out of use."), *people))
    if first is None or not permissions.may(actions.move):
        prompts.tell(owner, title, said)
    elif prompts.confirm(owner, title, said, yes=_("Move {name}", name=isolated(presentation.who(first)))):
        move_dialog(owner, first.stay_id, then=then)


def _ask_again(owner: QWidget, room: RoomRow, bed: BedRow | None) -> None:
    """Ask for the same of the room as it is now."""

    def show(now: RoomRow | None) -> None:
        there = None if now is None or bed is None else next((b for b in now.beds if b.bed_id == bed.bed_id), None)
        if now is not None and (bed is None or there is not None):
            out_of_use_dialog(owner, now, there)

    run_query(owner, queries.one, show, room_id=room.room_id)


def bring_back(owner: QWidget, room: RoomRow, bed: BedRow | None = None) -> None:
    """Bring a room, or one bed of it, back into use, at once."""
    values = {"room_id": room.room_id} | ({} if bed is None else {"bed_id": bed.bed_id})
    name = presentation.room_name(room.building, room.name)
    if bed is not None:
        name = presentation.bed_name(room.building, room.name, bed.name)
    out = _out_again(values, room if bed is None else bed)
    do(owner, actions.bring_back, _("{room} is in use again.", room=name), lambda _none: out or (), **values)


def _out_again(values: Mapping[str, object], now: RoomRow | BedRow) -> Undo | None:
    """What puts a room or a bed out of use as it was; None where it was in use."""
    if now.out_of_use is None:
        return None
    was = {**values, "reason": now.out_of_use, "since": now.out_since, "until": now.out_until}
    return Undo(actions.take_out_of_use, was, why="")
