"""All proposed lists with what was decided, the places that are left, and who is expected."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from models.actions import imports, stays
from models.exchange import import_lists
from models.exchange import import_stays as stay_files
from models.queries.arrivals import ExpectedRow
from models.queries.selection import ListRow, Overview, PlacesRow
from models.rules.papers import AGREEMENTS, CANDIDATES
from models.rules.vocabulary import CandidateState, PlacesRule
from ui import permissions, session
from ui.kit.choosing import Tabs
from ui.kit.columns import Cell, Column, day_column, number_column
from ui.kit.commands import Command
from ui.kit.labels import Button, MenuButton
from ui.kit.layout import Empty, PageHeader, Tile, clear, column, row
from ui.kit.table import Table
from ui.kit.tokens import GAP, Tone
from ui.language import _, plural, tr
from ui.presentation import birth_column, name_data, name_of
from ui.selection.candidate import commands_of
from ui.selection.candidates import commands_of_list

_MOST_TILES = 4


class OverviewPart(QWidget):
    """What the page shows first."""

    def __init__(
        self,
        *,
        import_list: Callable[[], None],
        import_stays: Callable[[], None],
        brought_in: Callable[[], None],
        arrivals: Callable[[], None],
    ) -> None:
        """Lay out places, lists and expected arrivals."""
        super().__init__()
        self.arrivals = Button(_("Expected arrivals"), arrivals, hint=_("Transports, and who comes with each"))
        self._header = PageHeader(
            _("Selection"),
            "",
            [
                MenuButton(
                    _("More"),
                    [
                        Command(_("Bring in stays from a file"), import_stays, needs=stay_files.bring_in),
                        Command(_("What was brought in"), brought_in, needs=imports.take_back),
                    ],
                ),
                self.arrivals,
                Button(_("Bring in a list"), import_list, kind="primary", needs=import_lists.bring_in),
            ],
        )
        self._tiles = row(gap=GAP)
        self.lists: Table[ListRow] = Table(
            _list_columns(),
            name=_("Proposed lists"),
            keeps="lists",
            leaves=AGREEMENTS,
            choosable=False,
            commands=lambda found: commands_of_list(self, found),
            empty=Empty(
                _("There are no proposed lists yet"),
                _("A partner proposes people on a list, as a spreadsheet. Bring it in, and decide on each of them."),
                [Button(_("Bring in a list"), import_list, kind="primary", needs=import_lists.bring_in)],
            ),
        )
        self.expected: Table[ExpectedRow] = Table(
            _expected_columns(),
            name=_("Accepted, not yet arrived"),
            keeps="accepted",
            filter_hint=_("Find in this list"),
            leaves=CANDIDATES,
            choosable=False,
            commands=lambda found: commands_of(self, found.id, arrives=None, opens=None),
            empty=Empty(_("Nobody is expected"), _("Whoever is accepted stands here until they arrive.")),
        )
        self.tabs = Tabs(_("Selection"))
        self.tabs.add("lists", _("Proposed lists"), lambda: self.lists)
        self.tabs.add("expected", _("Accepted, not yet arrived"), lambda: self.expected)
        self.tabs.turn_to("lists")
        self.setLayout(column(self._header, self._tiles, (self.tabs, 1)))

    def show_overview(self, found: Overview) -> None:
        """Show lists and places."""
        self.lists.show_rows(found.lists)
        self.arrivals.setVisible(bool(found.lists))
        clear(self._tiles)
        shown = [places for places in found.places if places.places is not None][:_MOST_TILES]
        for places in shown:
            self._tiles.addWidget(_tile(places), 1)
        undecided = sum(each.counts.get(CandidateState.PROPOSED, 0) for each in found.lists)
        self._header.say(
            _("Selection"),
            plural("{n} candidate not decided", "{n} candidates not decided", undecided)
            if found.lists
            else _("Proposed lists, and who is accepted"),
        )

    def show_expected(self, rows: Sequence[ExpectedRow]) -> None:
        """Show who was accepted and has not arrived."""
        self.expected.show_rows(rows)


def _tile(places: PlacesRow) -> Tile:
    left = places.left or 0
    note = plural("{n} held for people who are expected", "{n} held for people who are expected", places.held)
    rule = _("in all") if places.rule is PlacesRule.CUMULATIVE else _("at one time")
    return Tile(
        _("{left} of {places}", left=left, places=places.places),
        _("{code}: places left, {rule}", code=places.code, rule=rule),
        note if places.held else _("none held for people who are expected"),
        tone=Tone.RED if left <= 0 else None,
    )


def _list_columns() -> list[Column[ListRow]]:
    def count(state: CandidateState) -> Callable[[ListRow], int]:
        return lambda found: found.counts.get(state, 0)

    return [
        Column("code", _("List"), lambda found: Cell(found.code, link=True), width=120, stretch=True),
        Column("programme", _("Programme"), lambda found: found.programme, width=104, spare=1),
        day_column("received", _("Received"), lambda found: found.received_on, width=104),
        number_column("total", _("People"), lambda found: found.total, width=72),
        Column("proposed", _("Not decided"), _undecided, width=116, right=True, data=count(CandidateState.PROPOSED)),
        number_column("accepted", _("Accepted"), count(CandidateState.ACCEPTED), width=100),
        number_column("arrived", _("Arrived"), lambda found: found.arrived, width=76),
        number_column("held", _("On hold"), count(CandidateState.HELD), width=96),
        number_column("refused", _("Refused"), count(CandidateState.REFUSED), width=84, spare=3),
        number_column("withdrawn", _("Withdrawn"), count(CandidateState.WITHDRAWN), width=90, spare=2),
        number_column("doubtful", _("Doubtful"), lambda found: found.doubtful, width=85),
    ]


def _undecided(found: ListRow) -> Cell:
    number = found.counts.get(CandidateState.PROPOSED, 0)
    return Cell(tr().number(number), strong=number > 0)


def _expected_columns() -> list[Column[ExpectedRow]]:
    return [
        Column(
            "name",
            _("Name"),
            lambda found: Cell(name_of(found, found.partner_number), strong=True, muted=found.own_script),
            width=200,
            stretch=True,
            whom=True,
            data=name_data(lambda found: found, lambda found: found.own_script),
        ),
        Column("number", _("Partner's number"), lambda found: found.partner_number, width=140, spare=2),
        birth_column(lambda found: found.birth, width=110, spare=4),
        Column(
            "family",
            _("Family"),
            _family,
            width=150,
            spare=1,
            data={
                _("Family"): lambda found: found.family_group or None,
                _("Expected"): lambda found: found.family or None,
            },
        ),
        Column(
            "list",
            _("List"),
            lambda found: Cell(found.list_code, muted=found.programme),
            width=170,
            data={_("List"): lambda found: found.list_code, _("Programme"): lambda found: found.programme},
        ),
        day_column(
            "accepted",
            _("Accepted"),
            lambda found: found.accepted_at and session.date_of(found.accepted_at),
            width=110,
            spare=3,
        ),
        Column("do", "", lambda _found: _arrival_link(), width=140, right=True),
    ]


def _arrival_link() -> Cell:
    return Cell(_("Register arrival"), link=True) if permissions.may(stays.admit) else Cell()


def _family(found: ExpectedRow) -> Cell:
    if not found.family_group:
        return Cell()
    return Cell(found.family_group, muted=plural("{n} expected", "{n} expected", found.family))
