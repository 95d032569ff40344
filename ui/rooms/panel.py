"""Which beds one stay had, with the way to another one."""

from typing import ClassVar

from models.actions import rooms as actions
from models.changes import Changes, Kind
from models.ids import StayId
from models.queries import rooms as queries
from models.queries.rooms import PlacementRow, Sleeping, StayRooms
from models.rules.papers import ONE_RESIDENT
from ui.kit import session
from ui.kit.columns import Cell, Column
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, column, row
from ui.kit.page import Panel
from ui.kit.table import Table
from ui.kit.tokens import GAP
from ui.language import _
from ui.presentation import when
from ui.rooms import dialogs, presentation
from ui.work import run_query


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
        head = row((self.now, 1), self.free, self.move_, gap=8)
        self.card = Card()
        self.card.append(head)
        self.table: Table[PlacementRow] = Table(
            [
                Column("bed", _("Bed"), lambda one: Cell(presentation.of_placement(one), strong=True), stretch=True),
                Column("start", _("From"), lambda one: when(one.start), width=170),
                Column("end", _("To"), lambda one: when(one.end), width=170),
                Column("nights", _("Nights"), lambda one: str(_nights(one)), width=90, right=True),
            ],
            name=_("Rooms of this stay"),
            leaves=ONE_RESIDENT,
            row_id=lambda one: one.placement_id,
            fits=True,
            empty=Empty(_("No bed so far"), _("Give a bed with the button above.")),
        )
        self.setLayout(column(self.card, self.table, None, gap=GAP))

    def refresh(self) -> None:
        """Read the beds of the stay."""
        run_query(self, queries.of_stay, self._show, latest="rooms", stay_id=self._stay_id)

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
        self.table.show_rows(found.placements)

    def _free(self) -> None:
        if self._who is not None:
            dialogs.free_dialog(self, self._stay_id, self._who.name)


def _nights(one: PlacementRow) -> int:
    return ((one.end.on if one.end is not None else session.today()) - one.start.on).days
