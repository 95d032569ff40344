"""Rooms: the whole house, who is where, and which beds are free."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget

from models.actions import rooms as actions
from models.changes import Changes, Kind
from models.queries import rooms as queries
from models.queries.rooms import Asked, BedRow, Overview, RoomRow, Unplaced
from models.rules.names import fold
from models.rules.vocabulary import RoomKind
from models.rules.wording import word
from ui import permissions, prompts, search
from ui.flow import Flow
from ui.kit.commands import Command, menu, takes_key
from ui.kit.fields import Combo
from ui.kit.labels import Button, CheckBox, MenuButton
from ui.kit.layout import Empty, PageHeader, clear, held, row
from ui.kit.page import Page, Place
from ui.kit.search import FindBox, Found
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr
from ui.rooms import dialogs, moving, out_of_use, presentation
from ui.rooms.carrying import Carried
from ui.rooms.grid import RoomsGrid, Spot, is_cell
from ui.search import Whom
from ui.work import run_query

if TYPE_CHECKING:
    from models.ids import BedId, RoomId

_MOST_NAMED = 15
"""How many people without a bed the menu names."""


class RoomsPage(Page):
    """Every room with its beds."""

    kinds: ClassVar[Changes] = frozenset({Kind.ROOM, Kind.STAY, Kind.RESIDENT, Kind.ABSENCE, Kind.PROGRAMME})

    def __init__(self) -> None:
        """Lay out the header, the filters and the house."""
        super().__init__()
        self._house: Overview | None = None
        self._led_to: tuple[RoomId, BedId | None] | None = None
        self._waiting = row(gap=8)
        add = Button(_("Add rooms"), lambda: dialogs.add_dialog(self), needs=actions.add_room)
        self.header = PageHeader(_("Rooms"), " ", [held(self._waiting), add])
        self.box = FindBox(_("Room, name or number"))
        self.building = Combo()
        self.building.setAccessibleName(_("Which building"))
        self.building.setMinimumContentsLength(16)
        self.kind = Combo()
        self.kind.setAccessibleName(_("For whom"))
        self.kind.setMinimumContentsLength(16)
        self.kind.setVisible(False)
        self.free = CheckBox(_("Only rooms with a free bed"))
        self.tools = held(Flow([self.box, self.building, self.kind, self.free]))
        self.grid = RoomsGrid()
        self.grid.chosen.connect(self._offer)
        self.grid.aimed.connect(self._aimed)
        self.grid.dropped.connect(self._dropped)
        self.grid.may_carry = permissions.may(actions.rearrange)
        takes_key(self.grid, "X", _("Take up whoever has the bed"), needs=actions.rearrange)
        takes_key(self.grid, "F", _("Take the family along with whoever is taken up"), needs=actions.rearrange)
        start = Button(_("Add rooms"), lambda: dialogs.add_dialog(self), kind="primary", needs=actions.add_room)
        self._none = Empty(
            _("There are no rooms yet"), _("Add them all at once, such as 1 to 40 with 4 beds."), [start]
        )
        self._nothing = Empty(
            _("Nothing fits what you look for"), "", [Button(_("Show all again"), self._show_all_again)]
        )
        self._stack = QStackedWidget()
        for widget in (self.grid, self._none, self._nothing):
            self._stack.addWidget(widget)
        self.body.addWidget(self.header)
        self.body.addWidget(self.tools)
        self.body.addWidget(self._stack, 1)
        self.box.textChanged.connect(lambda _text: self._narrow())
        self.box.left.connect(lambda: self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.building.currentIndexChanged.connect(lambda _at: self._narrow())
        self.kind.currentIndexChanged.connect(lambda _at: self._narrow())
        self.free.toggled.connect(lambda _on: self._narrow())

    def refresh(self) -> None:
        """Read the whole house at once: it is drawn from memory."""
        run_query(self, queries.overview, self._show, latest="rooms")

    def show_at(self, where: Place) -> None:
        """Show the house; `text` looks for a room or a person, `room_id` and `bed_id` lead to one."""
        if "text" in where:
            self.box.setText(str(where["text"]))
        if "room_id" in where:
            self._led_to = (where["room_id"], where.get("bed_id"))
            self._show_all_again()
        super().show_at(where)

    def _show(self, found: Overview) -> None:
        self._house = found
        self.header.say(_("Rooms"), presentation.occupancy_line(found.house) if found.rooms else "")
        self._show_waiting(found)
        names = [each.building for each in found.buildings]
        chosen = self.building.currentText()
        self.building.blockSignals(True)
        self.building.clear()
        self.building.addItems([_("All buildings"), *(name or _("Without a building") for name in names)])
        self.building.setCurrentIndex(max(0, self.building.findText(chosen, Qt.MatchFlag.MatchExactly)))
        self.building.setVisible(len(names) > 1)
        self.building.blockSignals(False)
        self._show_kinds(found)
        self.tools.setVisible(bool(found.rooms))
        self._narrow()
        self._lead()

    def _lead(self) -> None:
        """The keyboard to the bed or the room that a link led to."""
        if self._led_to is None:
            return
        (room_id, bed_id), self._led_to = self._led_to, None
        inside = [spot for spot in self.grid.spots if spot.room.room_id == room_id]
        spot = next((each for each in inside if each.key == (room_id, bed_id)), next(iter(inside), None))
        if spot is not None:
            self.grid.go_to(spot)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kinds(self, found: Overview) -> None:
        """Offer the kinds that are stated; a house of plain rooms is not asked for any."""
        chosen, stated = self.kind.currentData(), {room.kind for room in found.rooms}
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItem(_("All rooms"), "")
        for each in RoomKind:
            if each in stated:
                self.kind.addItem(say(word(each)), each)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.setVisible(self.kind.count() > 1)
        self.kind.blockSignals(False)

    def _show_waiting(self, found: Overview) -> None:
        clear(self._waiting)
        people = found.without_bed
        if people and permissions.may(actions.place):
            named = search.people(map(_unplaced, people))[:_MOST_NAMED]
            entries = [Command(_said(one), partial(dialogs.move_dialog, self, one.value)) for one in named]
            text = plural("{n} without a bed", "{n} without a bed", len(people))
            self._waiting.addWidget(MenuButton(text, entries))

    def _narrow(self) -> None:
        found = self._house
        if found is None:
            return
        sought, at = fold(self.box.text()), self.building.currentIndex()
        building = found.buildings[at - 1].building if 0 < at <= len(found.buildings) else None
        rooms = [
            room
            for room in found.rooms
            if (building is None or room.building == building)
            and (not self.free.isChecked() or room.free)
            and (not self.kind.currentData() or room.kind == self.kind.currentData())
            and (not sought or _fits(room, sought))
        ]
        self.grid.show_rooms(rooms, found.buildings)
        self._stack.setCurrentWidget(self.grid if rooms else self._nothing if found.rooms else self._none)

    def _show_all_again(self) -> None:
        self.box.clear()
        self.free.setChecked(False)
        self.kind.setCurrentIndex(0)
        self.building.setCurrentIndex(0)

    # -- somebody on the way ------------------------------------------------------------------------------------------

    def _aimed(self, carried: Carried) -> None:
        """Say before the drop what would be done, or what stands against it."""
        moves = self._moves(carried)
        if moves is None:
            return
        if not moves.who:
            self.grid.say_of(carried, moves.said, Tone.RED)
            return

        def answer(found: Asked) -> None:
            if self._moves(carried) == moves:
                self.grid.say_of(carried, *moving.verdict(moves, found))

        run_query(self, queries.asked, answer, latest="aimed", moves=moves.who)

    def _dropped(self, carried: Carried) -> None:
        moves = self._moves(carried)
        if moves is not None and moves.who:
            drop = partial(moving.drop, self, moves)
            run_query(self, queries.asked, drop, latest="dropped", moves=moves.who)
        elif moves is not None and moves.said:
            prompts.tell(self, _("They cannot be moved there"), moves.said)

    def _moves(self, carried: Carried) -> moving.Moves | None:
        if self._house is None or carried.target is None:
            return None
        return moving.planned(self._house, carried.origin, carried.target, family=carried.family)

    # -- what can be done at a spot -----------------------------------------------------------------------------------

    def _offer(self, spot: Spot, at: QPoint) -> None:
        offered = menu(self.entries(spot), self)
        offered.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offered.popup(at)
        offered.setActiveAction(offered.actions()[0])

    def entries(self, spot: Spot) -> list[Command]:
        """What can be done at a bed, or with a room."""
        entries = [] if spot.bed is None else self._bed_entries(spot.room, spot.bed)
        if spot.bed is None or is_cell(spot.room):
            entries += self._room_entries(spot.room)
        return [each for each in entries if each.is_offered]

    def _bed_entries(self, room: RoomRow, bed: BedRow) -> list[Command]:
        if bed.out_of_use is not None:
            back = partial(out_of_use.bring_back, self, room, bed)
            anew = partial(out_of_use.out_of_use_dialog, self, room, bed)
            return [
                Command(_("Bring this bed back into use"), back, needs=actions.bring_back),
                Command(_("Say anew why it is out of use"), anew, needs=actions.take_out_of_use),
                Command(_("Who had this bed"), partial(dialogs.history_dialog, self, room, bed)),
            ]
        out = partial(out_of_use.out_of_use_dialog, self, room, bed)
        change = partial(dialogs.change_bed_dialog, self, room, bed)
        if bed.occupant is None:
            give, remove = partial(dialogs.give_dialog, self, room, bed), partial(dialogs.remove_bed, self, room, bed)
            return [
                Command(_("Give this bed"), give, needs=(actions.place, actions.move)),
                Command(_("Who had this bed"), partial(dialogs.history_dialog, self, room, bed)),
                Command(_("Change the bed"), change, needs=actions.change_bed),
                Command(_("Take this bed out of use"), out, needs=actions.take_out_of_use),
                Command(_("Remove this bed"), remove, needs=actions.remove_bed),
            ]
        who, name = bed.occupant, presentation.who(bed.occupant)
        return [
            Command(_("Open {name}", name=name), lambda: self.open("residents", resident_id=who.resident_id)),
            Command(_("Move to another bed"), partial(dialogs.move_dialog, self, who.stay_id), needs=actions.move),
            Command(_("Change places"), partial(dialogs.swap_dialog, self, who.stay_id), needs=actions.rearrange),
            Command(_("Free this bed"), partial(dialogs.free_dialog, self, who.stay_id, name), needs=actions.free),
            Command(_("Who had this bed"), partial(dialogs.history_dialog, self, room, bed)),
            Command(_("Change the bed"), change, needs=actions.change_bed),
            Command(_("Take this bed out of use"), out, needs=actions.take_out_of_use),
        ]

    def _room_entries(self, room: RoomRow) -> list[Command]:
        entries = [
            Command(_("Who had a bed here"), partial(dialogs.history_dialog, self, room)),
            Command(_("Change the room"), lambda: dialogs.change_dialog(self, room).open(), needs=actions.change),
            Command(_("Add a bed"), partial(dialogs.add_bed, self, room), needs=actions.add_bed),
        ]
        out = partial(out_of_use.out_of_use_dialog, self, room)
        if room.out_of_use is not None:
            back = partial(out_of_use.bring_back, self, room)
            entries.append(Command(_("Bring back into use"), back, needs=actions.bring_back))
            entries.append(Command(_("Say anew why it is out of use"), out, needs=actions.take_out_of_use))
        else:
            entries.append(Command(_("Take out of use"), out, needs=actions.take_out_of_use))
        return entries


def _unplaced(one: Unplaced) -> Whom:
    return Whom(one.stay_id, one.name, one.number, one.birth, tr().date(one.arrived_on))


def _said(one: Found) -> str:
    return _("{name}, since {day}", name=" · ".join(part for part in (one.text, one.note) if part), day=one.detail)


def _fits(room: RoomRow, sought: str) -> bool:
    if sought in fold(f"{room.building} {room.name}"):
        return True
    people = (bed.occupant for bed in room.beds if bed.occupant is not None)
    return any(sought in fold(f"{one.family_name} {one.given_names} {one.number}") for one in people)
