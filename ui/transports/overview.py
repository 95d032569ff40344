"""What is expected: the transports by their day, and the accepted of each list who come with none of them."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from models.actions import transports as actions
from models.queries.transports import Arrivals, TransportRow, Waiting
from models.rules.papers import CANDIDATES
from ui import permissions
from ui.kit.columns import Cell, Column, number_column
from ui.kit.commands import Command
from ui.kit.labels import Button
from ui.kit.layout import Card, Empty, PageHeader, column
from ui.kit.page import Page
from ui.kit.table import Table
from ui.language import _, plural, tr
from ui.presentation import moment_data, when
from ui.transports import dialogs
from ui.transports.presentation import state_of, title_of


@dataclass(frozen=True, slots=True)
class _Line:
    """Those of a list who wait, with their place."""

    id: int
    waiting: Waiting


class OverviewPart(QWidget):
    """All transports, and who is expected without one."""

    def __init__(self, page: Page) -> None:
        """Lay out both lists.

        Args:
            page: Of which it is a part.
        """
        super().__init__()
        self._page = page
        self._waiting: tuple[Waiting, ...] = ()
        add = Button(_("Add a transport"), self._add, kind="primary", needs=actions.add)
        self.header = PageHeader(_("Expected arrivals"), " ", [add])
        self.table: Table[TransportRow] = Table(
            self._columns(),
            name=_("Transports"),
            keeps="transports",
            leaves=CANDIDATES,
            choosable=False,
            commands=self._commands,
            empty=Empty(
                _("No transport is expected"),
                _("A bus or a flight that brings people is entered here, with the list whose people it brings."),
                [Button(_("Add a transport"), self._add, needs=actions.add)],
            ),
        )
        self.table.opened.connect(self._open)
        self.table.followed.connect(lambda one, _name: self._open(one))
        self.without: Table[_Line] = Table(
            [
                Column(
                    "list", _("List"), lambda line: Cell(line.waiting.list_code, strong=True), width=140, stretch=True
                ),
                Column("programme", _("Programme"), lambda line: line.waiting.programme, width=140),
                number_column("people", _("People"), lambda line: len(line.waiting.candidate_ids), width=90),
                Column("do", "", lambda _line: _put_link(), width=190, right=True),
            ],
            name=_("Expected without a transport"),
            leaves=CANDIDATES,
            header=False,
            fits=True,
            framed=False,
            empty=Empty(_("Nobody is expected without a transport")),
        )
        self.without.followed.connect(lambda line, _name: self._add(self._waiting[line]))
        self.without.opened.connect(lambda _line: page.open("selection"))
        self.card = Card(_("Expected without a transport"), " ", flush=True)
        self.card.append(self.without)
        self.setLayout(column(self.header, (self.table, 1), self.card))

    def show_arrivals(self, found: Arrivals) -> None:
        """Show what is expected."""
        self._waiting = found.waiting
        ahead = [each for each in found.transports if not each.is_over]
        people = sum(each.awaited for each in ahead)
        alone = sum(len(each.candidate_ids) for each in found.waiting)
        parts = [plural("{n} transport", "{n} transports", len(ahead)) if ahead else _("No transport is expected")]
        if people:
            parts.append(plural("{n} expected", "{n} expected", people))
        if alone:
            parts.append(plural("{n} without a transport", "{n} without a transport", alone))
        self.header.say(_("Expected arrivals"), " · ".join(parts))
        self.table.show_rows(found.transports)
        self.without.show_rows([_Line(place, each) for place, each in enumerate(found.waiting)])
        self.card.say(_("Expected without a transport"), plural("{n} person", "{n} people", alone) if alone else "")

    def _columns(self) -> list[Column[TransportRow]]:
        return [
            Column(
                "when",
                _("When"),
                lambda row: when(row.came or row.expected),
                width=150,
                data=moment_data(_("When"), lambda row: row.came or row.expected),
            ),
            Column(
                "what", _("Transport"), lambda row: Cell(title_of(row), strong=True), width=220, stretch=True, whom=True
            ),
            Column("escort", _("Escort"), lambda row: row.escort, width=150, spare=1),
            Column("lists", _("List"), lambda row: ", ".join(row.lists), width=110, spare=2),
            number_column("people", _("People"), lambda row: row.people, width=80),
            number_column("admitted", _("Admitted"), lambda row: row.admitted, width=90, spare=3),
            Column("not_come", _("Not come"), _not_come, width=90, right=True, spare=4, data=lambda row: row.not_come),
            Column("state", _("State"), state_of, width=120),
            Column("do", "", lambda _row: Cell(_("Open"), link=True), width=80, right=True),
        ]

    def _commands(self, row: TransportRow) -> list[Command]:
        return commands_of(self._page, row)

    def _open(self, transport_id: int) -> None:
        self._page.open("transports", transport_id=transport_id)

    def _add(self, chosen: Waiting | None = None) -> None:
        dialogs.add_dialog(self._page, self._waiting, self._open, chosen)


def _not_come(row: TransportRow) -> str:
    return "–" if row.came is None else tr().number(row.not_come)


def _put_link() -> Cell:
    return Cell(_("Put on a transport"), link=True) if permissions.may(actions.add) else Cell()


def commands_of(page: Page, row: TransportRow) -> list[Command]:
    """What can be done with a transport as it stands."""
    here, gone = row.came is not None, row.called_off is not None
    offered = [Command(_("Change the transport"), lambda: dialogs.change_dialog(page, row), needs=actions.change)]
    if not here and not gone:
        offered += [
            Command(_("It has come"), lambda: dialogs.came_dialog(page, row), needs=actions.come),
            Command(_("Call it off"), lambda: dialogs.call_off_dialog(page, row), needs=actions.call_off),
        ]
    if gone:
        offered.append(
            Command(_("It is expected again"), lambda: dialogs.expect_again(page, row), needs=actions.expect_again)
        )
    if here and not row.admitted:
        offered.append(Command(_("It has not come"), lambda: dialogs.not_come(page, row), needs=actions.come))
    if here:
        offered.append(Command(_("When it came"), lambda: dialogs.came_dialog(page, row), needs=actions.come))
    if row.admitted:
        offered.append(
            Command(
                _("Take back the whole transport"),
                lambda: dialogs.take_back_dialog(page, row),
                needs=actions.take_back,
            )
        )
    if not here:
        offered.append(
            Command(
                _("Remove the transport"),
                lambda: dialogs.remove_dialog(page, row, lambda: page.open("transports")),
                needs=actions.remove,
            )
        )
    return offered
