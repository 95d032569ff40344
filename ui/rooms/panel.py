"""Which beds one stay had, with the way to another one, and to put them right."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from models.actions import placements
from models.actions import rooms as actions
from models.actions.separations import SEPARATIONS
from models.changes import Changes, Kind
from models.ids import StayId
from models.queries import rooms as queries
from models.queries.rooms import PlacementRow, Sleeping, StayRooms
from models.rules.papers import ONE_RESIDENT
from ui import session
from ui.kit.columns import Cell, Column, number_column
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, column, row
from ui.kit.page import Panel
from ui.kit.table import Table
from ui.kit.tokens import GAP
from ui.language import _, say
from ui.presentation import moment_column
from ui.rooms import corrections, dialogs, presentation
from ui.rooms.separations import SeparationCard, separate_dialog
from ui.taking_back import CORRECT, mending
from ui.work import run_query


class BedsTable(Table[PlacementRow]):
    """The beds of a stay, each with the way to put it right or take it back."""

    def __init__(self, owner: QWidget, *, framed: bool = True, empty: Empty | None = None) -> None:
        """Begin empty.

        Args:
            owner: The page, which outlives the table: dialogs belong to it.
            framed: Whether it has a frame of its own.
            empty: What is shown where there is no bed.
        """
        super().__init__(
            [
                Column(
                    "bed",
                    _("Bed"),
                    lambda one: Cell(presentation.of_placement(one), strong=True),
                    stretch=True,
                    whom=True,
                ),
                moment_column("start", _("From"), lambda one: one.start, width=150),
                moment_column("end", _("To"), lambda one: one.end, width=150),
                number_column("nights", _("Nights"), _nights, width=80),
                Column("decided", _("Who decided"), _decided, width=170),
                *mending(correct=placements.correct, take_back=placements.take_back),
            ],
            name=_("Rooms of this stay"),
            keeps="stay/beds",
            leaves=ONE_RESIDENT,
            row_id=lambda one: one.placement_id,
            fits=True,
            framed=framed,
            empty=empty,
        )
        self._owner = owner
        self.followed.connect(self._follow)

    def _follow(self, which: int, name: str) -> None:
        placement = self.row(which)
        if placement is None:
            return
        if name == CORRECT:
            corrections.correct_bed(self._owner, placement)
        else:
            corrections.take_back_bed(self._owner, placement).open()


class RoomPanel(Panel):
    """The rooms of one stay, as a tab of the resident."""

    kinds: ClassVar[Changes] = frozenset({Kind.ROOM, Kind.STAY})

    def __init__(self, stay_id: StayId) -> None:
        """Begin empty; it reads when it is first shown."""
        super().__init__()
        self._stay_id = stay_id
        self._who: Sleeping | None = None
        self.now = Text("", "cardTitle", wrap=True)
        self.move_ = Button(
            _("Move room"), lambda: dialogs.move_dialog(self, self._stay_id), kind="primary", needs=actions.move
        )
        self.free = Button(_("Free the bed"), self._free, needs=actions.free)
        self.enter = Button(
            _("Enter a bed of the past"), lambda: corrections.enter_bed(self, self._stay_id), needs=actions.place
        )
        self.separate = Button(_("Keep apart"), lambda: separate_dialog(self, self._stay_id), needs=SEPARATIONS.enter)
        self.apart = SeparationCard(self, stay_id)
        head = row((self.now, 1), self.separate, self.enter, self.free, self.move_, gap=8)
        self.card = Card()
        self.card.append(head)
        empty = Empty(_("No bed so far"), _("Give a bed with the button above."))
        self.table = BedsTable(self, empty=empty)
        self.setLayout(column(self.card, self.apart, self.table, None, gap=GAP))

    def refresh(self) -> None:
        """Read the beds of the stay."""
        run_query(self, queries.of_stay, self._show, latest="rooms", stay_id=self._stay_id)
        self.apart.refresh()

    def _show(self, found: StayRooms) -> None:
        who = self._who = found.who
        has_bed = who is not None and who.room is not None
        if who is None:
            self.now.setText(_("The stay is over"))
        else:
            self.now.setText(presentation.of_sleeping(who))
        self.move_.setVisible(who is not None)
        self.move_.setText(_("Move room") if has_bed else _("Give a bed"))
        self.free.setVisible(has_bed)
        self.separate.setVisible(who is not None)
        self.table.show_rows(found.placements)

    def _free(self) -> None:
        if self._who is not None:
            dialogs.free_dialog(self, self._stay_id, self._who.name)


def _decided(one: PlacementRow) -> Cell:
    """Who decided on the bed and why; what stood against it and was allowed is in the tool tip."""
    said = " · ".join(part for part in (one.decided_by or "", one.reason) if part)
    return Cell(said, hint="\n".join(map(say, one.exceptions)))


def _nights(one: PlacementRow) -> int:
    return ((one.end.on if one.end is not None else session.today()) - one.start.on).days
