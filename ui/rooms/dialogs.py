"""The dialogs of rooms and beds: who gets which bed, and what becomes of a room."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.actions import placements
from models.actions import rooms as actions
from models.ids import BedId, StayId
from models.queries import programmes
from models.queries import rooms as queries
from models.queries.rooms import Asked, BedRow, FreeBed, PlacementRow, RoomRow, Sleeping
from models.rules.papers import RESIDENTS
from models.rules.rooms import BedNaming
from models.rules.vocabulary import BedKind, RoomKind
from models.rules.wording import word
from ui import permissions, search, session
from ui.kit.columns import Cell, Column
from ui.kit.field import Field, given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import Empty, column, row
from ui.kit.notices import Callout
from ui.kit.table import Table
from ui.kit.tokens import px
from ui.kit.typed_fields import MomentField, NumberField
from ui.kit.undoing import Undo, do, former
from ui.language import _, isolated, plural, say
from ui.picks import PickField
from ui.presentation import moment_column
from ui.rooms import presentation
from ui.search import Whom
from ui.work import run_query


def move_dialog(owner: QWidget, stay_id: StayId, *, then: Callable[[], None] | None = None) -> None:
    """Move somebody to a free bed, or give one to who has none; what speaks against it is shown before.

    Args:
        owner: The page that asks.
        stay_id: Whom.
        then: What goes on once it is done.
    """
    run_query(owner, queries.choice, lambda found: _show_move(owner, found.who, found.beds, then), stay_id=stay_id)


def give_dialog(owner: QWidget, room: RoomRow, bed: BedRow) -> None:
    """Give a free bed to somebody: who has none stands first, everybody else is moved."""
    bed_name = presentation.bed_name(room.building, room.name, bed.name)

    def show(people: Sequence[Sleeping]) -> None:
        sleep = [Whom(one.stay_id, one.name, one.number, one.birth, presentation.of_sleeping(one)) for one in people]
        pick: PickField[StayId] = PickField(
            "stay_id",
            _("Who"),
            search.people(sleep),
            required=True,
            hint=_("Who has a bed elsewhere is moved here."),
            placeholder=_("Name or number; the down key shows all"),
        )
        dialog = _BedDialog(
            owner,
            bed_name,
            pick,
            {"bed_id": bed.bed_id},
            _("Give the bed"),
            lambda: _given(_picked(pick), bed_name),
        )
        pick.edited.connect(lambda: dialog.ask([(pick.found.value, bed.bed_id)] if pick.found else None))
        dialog.open()

    run_query(owner, queries.people, show, most=100_000)


def swap_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Let somebody change places with somebody else, in one step."""

    def show(people: Sequence[Sleeping]) -> None:
        me = next((one for one in people if one.stay_id == stay_id and one.bed_id is not None), None)
        others = {one.stay_id: one for one in people if one.stay_id != stay_id and one.bed_id is not None}
        if me is not None:
            _show_swap(owner, me, others)

    run_query(owner, queries.people, show, most=100_000)


def _show_swap(owner: QWidget, me: Sleeping, others: Mapping[StayId, Sleeping]) -> None:
    sleep = [
        Whom(one.stay_id, one.name, one.number, one.birth, presentation.of_sleeping(one)) for one in others.values()
    ]
    pick: PickField[StayId] = PickField(
        "other",
        _("With whom"),
        search.people(sleep),
        required=True,
        hint=_("Now: {bed}.", bed=presentation.of_sleeping(me)),
        placeholder=_("Name or number; the down key shows all"),
    )

    def prepare(typed: Mapping[str, Any]) -> Mapping[str, Any]:
        other = others[typed["other"]]
        said = {name: value for name, value in typed.items() if name != "other"}
        return {"stay_ids": (me.stay_id, other.stay_id), "bed_ids": (other.bed_id, me.bed_id), **said}

    def ask() -> None:
        other = None if pick.found is None else others[pick.found.value]
        both = other and other.bed_id and me.bed_id and [(me.stay_id, other.bed_id), (other.stay_id, me.bed_id)]
        dialog.ask(both or None)

    dialog = _BedDialog(
        owner,
        _("{name} changes places", name=isolated(me.name)),
        pick,
        {},
        _("Change places"),
        lambda: _("{name} and {other} have changed places.", name=isolated(me.name), other=_picked(pick)),
        prepare=prepare,
    )
    pick.edited.connect(ask)
    dialog.open()


def free_dialog(owner: QWidget, stay_id: StayId, name: str) -> None:
    """Free the bed of somebody who stays on the roll."""
    FormDialog(
        owner,
        _("Free the bed of {name}", name=isolated(name)),
        [_moment()],
        actions.free,
        values={"stay_id": stay_id},
        submit=_("Free the bed"),
        says=_("The person stays on the roll and has no bed then."),
        done=_("The bed of {name} is free.", name=isolated(name)),
        undoes=lambda freed: Undo(placements.take_back_free, {"placement_id": freed}),
    ).open()


def add_dialog(owner: QWidget) -> None:
    """Add a room, or many at once."""
    FormDialog(
        owner,
        _("Add rooms"),
        [
            TextField("name", _("Room"), required=True, wide=False, hint=_("Its name or number.")),
            TextField("last", _("To"), wide=False, hint=_("For many at once, such as 1 to 40.")),
            NumberField("beds", _("Beds in each"), value=4, required=True, wide=False),
            ChoiceField("naming", _("Beds are called"), _namings(), value=BedNaming.LETTERS, required=True, wide=False),
            TextField("building", _("Building"), wide=False, hint=_("Empty where there is one alone.")),
            TextField("floor", _("Floor"), wide=False, hint=_("Empty where it is not told apart.")),
            kind_field(),
            LongTextField("note", _("Note"), lines=2),
        ],
        actions.add_room,
        prepare=given,
        submit=_("Add"),
        done=lambda made: plural("{n} room is added.", "{n} rooms are added.", len(made)),
        undoes=lambda made: Undo(actions.remove_room, {"room_ids": made}, why=""),
    ).open()


def change_dialog(owner: QWidget, room: RoomRow) -> FormDialog:
    """Give a room another name, building or note."""
    return FormDialog(
        owner,
        presentation.room_name(room.building, room.name),
        [
            TextField("name", _("Room"), value=room.name, required=True, wide=False),
            TextField("building", _("Building"), value=room.building, wide=False),
            kind_field(room.kind),
            TextField("floor", _("Floor"), value=room.floor, wide=False),
            LongTextField("note", _("Note"), value=room.note, lines=2),
            *([_why_they_stay()] if room.taken else []),
        ],
        actions.change,
        values={"room_id": room.room_id, "version": room.version},
        prepare=given,
        submit=_("Save"),
        done=_("The room is changed."),
        undoes=former(
            actions.change,
            room.version,
            room_id=room.room_id,
            name=room.name,
            building=room.building,
            floor=room.floor,
            kind=room.kind,
            note=room.note,
        ),
        anew=Anew(partial(queries.one, room_id=room.room_id), change_dialog),
    )


def add_bed(owner: QWidget, room: RoomRow) -> None:
    """Put one bed more into a room, at once."""
    done = _("{room}: a bed is added.", room=presentation.room_name(room.building, room.name))
    do(
        owner,
        actions.add_bed,
        done,
        lambda bed: Undo(actions.remove_bed, {"bed_id": bed}, why=""),
        room_id=room.room_id,
    )


def change_bed_dialog(owner: QWidget, room: RoomRow, bed: BedRow) -> None:
    """Give a bed another name or kind."""
    kinds = [(each, say(word(each))) for each in BedKind]
    was = {"bed_id": bed.bed_id, "name": bed.name, "kind": bed.kind}
    FormDialog(
        owner,
        _("Change the bed"),
        [
            TextField("name", _("Bed"), value=bed.name, required=True, wide=False),
            ChoiceField("kind", _("Kind"), kinds, value=bed.kind, required=True, wide=False),
            *([_why_they_stay()] if bed.occupant is not None else []),
        ],
        actions.change_bed,
        values={"bed_id": bed.bed_id},
        prepare=given,
        says=presentation.bed_name(room.building, room.name, bed.name),
        submit=_("Save"),
        done=_("The bed is changed."),
        undoes=lambda _none: Undo(actions.change_bed, was, why=""),
    ).open()


def remove_bed(owner: QWidget, room: RoomRow, bed: BedRow) -> None:
    """Take a free bed away, at once."""
    back = Undo(actions.add_bed, {"room_id": room.room_id, "name": bed.name, "kind": bed.kind}, why="")
    done = _("{bed} is removed.", bed=presentation.bed_name(room.building, room.name, bed.name))
    do(owner, actions.remove_bed, done, lambda _none: back, bed_id=bed.bed_id)


def history_dialog(owner: QWidget, room: RoomRow, bed: BedRow | None = None) -> None:
    """Show who had the beds of a room, or one bed."""
    title = presentation.room_name(room.building, room.name)
    if bed is not None:
        title = presentation.bed_name(room.building, room.name, bed.name)
    dialog = History(owner, title)
    bed_id = None if bed is None else bed.bed_id
    run_query(dialog, queries.history, dialog.table.show_rows, room_id=room.room_id, bed_id=bed_id)
    dialog.open()


class _BedDialog(FormDialog):
    """Asks for a bed or a person, and says what speaks against the two together, before it is sent."""

    def __init__(
        self,
        owner: QWidget,
        title: str,
        pick: PickField[Any],
        values: Mapping[str, object],
        submit: str,
        done: Callable[[], str],
        *,
        prepare: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
    ) -> None:
        """Ask for one; with `prepare`, which makes the arguments of it, several are moved at once."""
        action, back, made = (
            (actions.move, placements.take_back, "placement_id")
            if prepare is None
            else (actions.rearrange, placements.take_back_several, "placement_ids")
        )
        self._warning = Callout()
        self.reason = LongTextField("reason", _("Why it is allowed"), lines=2, required=True)
        super().__init__(
            owner,
            title,
            [pick, self._warning, self.reason, _moment()],
            action,
            values=values,
            prepare=prepare,
            submit=submit,
            done=lambda _made: done(),
            undoes=lambda placed: Undo(back, {made: placed}),
        )
        self.reason.setVisible(False)

    def ask(self, moves: Sequence[tuple[StayId, BedId]] | None) -> None:
        """Ask what speaks against moving so; None: nobody is chosen yet."""
        self._warning.say("")
        self.reason.setVisible(False)
        if moves is not None:
            run_query(self, queries.asked, self._warn, latest="asked", moves=moves)

    def _warn(self, found: Asked) -> None:
        lines = presentation.against(found, may_allow=permissions.may(actions.ALLOW))
        self._warning.say("\n".join(lines))
        self.reason.setVisible(found.is_allowable and permissions.may(actions.ALLOW))
        needed = self.form.sizeHint().height() + 150
        if self.height() < needed:
            self.resize(self.width(), min(needed, self.screen().availableGeometry().height() - 80))


class History(QDialog):
    """A list of who had which bed."""

    def __init__(self, owner: QWidget, title: str) -> None:
        """Begin without rows."""
        super().__init__(owner.window())
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table: Table[PlacementRow] = Table(
            [
                Column("who", _("Who"), _who, stretch=True, whom=True),
                Column("bed", _("Bed"), lambda one: one.bed, width=70),
                moment_column("start", _("From"), lambda one: one.start, width=150),
                moment_column("end", _("To"), lambda one: one.end, width=150),
            ],
            name=title,
            leaves=RESIDENTS,
            row_id=lambda one: one.placement_id,
            choosable=False,
            empty=Empty(_("Nobody had a bed here yet")),
        )
        close = Button(_("Close"), self.accept, kind="primary")
        self.setLayout(column(Text(title, "title", wrap=True), (self.table, 1), row(None, close), gap=12, margins=20))
        self.resize(px(640), px(420))


def _show_move(owner: QWidget, who: Sleeping, beds: Sequence[FreeBed], then: Callable[[], None] | None = None) -> None:
    found = [presentation.of_free(bed) for bed in beds]
    has_bed = who.room is not None
    title = _("Move {name}", name=isolated(who.name)) if has_bed else _("Give a bed to {name}", name=isolated(who.name))
    hint = _("Now: {bed}.", bed=presentation.of_sleeping(who)) if has_bed else ""
    pick: PickField[BedId] = PickField(
        "bed_id",
        _("Free bed"),
        found,
        required=True,
        hint=hint or plural("{n} is free.", "{n} are free.", len(found)),
        placeholder=_("Room; the down key shows all"),
    )
    submit = _("Move") if has_bed else _("Give the bed")

    def done() -> str:
        picked = next((each for each in beds if pick.found is not None and each.bed_id == pick.found.value), None)
        bed = "" if picked is None else presentation.bed_name(picked.building, picked.room, picked.name)
        name = isolated(who.name)
        return _("{name} is moved: {bed}.", name=name, bed=bed) if has_bed else _given(name, bed)

    dialog = _BedDialog(owner, title, pick, {"stay_id": who.stay_id}, submit, done)
    pick.edited.connect(lambda: dialog.ask([(who.stay_id, pick.found.value)] if pick.found else None))
    if then is not None:
        dialog.done_with.connect(lambda _placed: then())
    dialog.open()


def _given(name: str, bed: str) -> str:
    return _("{name} has the bed: {bed}.", name=name, bed=bed)


def _picked(pick: PickField[Any]) -> str:
    return "" if pick.found is None else isolated(pick.found.text)


def _who(one: PlacementRow) -> Cell:
    return Cell(one.name, strong=True, muted=_number(one))


def _number(one: Sleeping | PlacementRow) -> str:
    return "" if one.name == one.number else one.number


def _namings() -> list[tuple[BedNaming, str]]:
    return [(BedNaming.LETTERS, _("A, B, C")), (BedNaming.NUMBERS, _("1, 2, 3"))]


_NOT_BY_REGIME = tuple(each for each in RoomKind if each is not RoomKind.DETENTION)


def kind_field(kind: RoomKind | None = None) -> ChoiceField[RoomKind]:
    """Asks for whom a room is; for detained people only in a house that has any, or of a room that is for them."""
    kinds = [(each, say(word(each))) for each in RoomKind]
    few = [each for each in kinds if each[0] in (kind, *_NOT_BY_REGIME)]
    field = ChoiceField("kind", _("For whom"), few, value=kind, none=_("For everybody"), wide=False)
    run_query(field, programmes.detains, lambda detains: field.offer(kinds) if detains else None)
    return field


def _why_they_stay() -> Field[Any]:
    hint = _(
        "Only where the kind changes and those who sleep there keep their beds all the same: a supervisor says why."
    )
    return LongTextField("reason", _("Why they keep their beds"), lines=2, hint=hint)


def _moment() -> Field[Any]:
    return MomentField("moment", _("From"), value=session.now(), required=True)
