"""One transport: all who are on it in one table, what is open of each, and all admitted in one step."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from models.actions import transports as actions
from models.queries import passengers, transports
from models.queries.passengers import PassengerRow, TransportWhole
from models.queries.transports import Arrivals, TransportRow
from models.rules.papers import CANDIDATES
from models.rules.rooms import label
from models.rules.transports import Stage
from ui import permissions
from ui.kit import outgoing
from ui.kit.choosing import Choices
from ui.kit.columns import Cell, Column
from ui.kit.commands import Command, within
from ui.kit.labels import Button, MenuButton, Text
from ui.kit.layout import Card, Empty, PageHeader, Tile, column, held, row
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import GAP, Tone
from ui.language import _, plural, tr
from ui.papers.catalogue import TRANSPORT_PAPERS
from ui.presentation import name_data
from ui.transports import dialogs
from ui.transports.overview import commands_of
from ui.transports.presentation import (
    bed_cell,
    known_cell,
    open_words,
    person_of,
    sex_and_age,
    subtitle_of,
    title_of,
)
from ui.work import run_query


class Which(StrEnum):
    """Of whom the table is."""

    ALL = "all"
    TO_DECIDE = "to_decide"
    MISSING = "missing"
    NOT_COME = "not_come"


_FITS: Mapping[Which, Callable[[PassengerRow], bool]] = {
    Which.ALL: lambda each: True,
    Which.TO_DECIDE: lambda each: each.is_to_decide,
    Which.MISSING: lambda each: bool(each.open) and each.stage not in (Stage.ADMITTED, Stage.NOT_COME),
    Which.NOT_COME: lambda each: each.stage is Stage.NOT_COME,
}


class OnePart(QWidget):
    """The table of a transport, as it was drawn."""

    def __init__(self, page: Page) -> None:
        """Lay it out.

        Args:
            page: Of which it is a part.
        """
        super().__init__()
        self._page = page
        self.found: TransportWhole | None = None
        self.more = MenuButton(_("More"), [])
        self.more.menu().aboutToShow.connect(self._fill)
        self.add = Button(_("Put people on it"), self._expect, needs=actions.expect)
        self.came = Button(_("It has come"), self._came, kind="primary", needs=actions.come)
        self.admit = Button(_("Admit"), self._admit, kind="primary", needs=actions.admit, hint=_("Ctrl+Enter"))
        self.papers = Button(_("Print all papers"), self._print)
        self.papers.setProperty("prints", "true")
        self.header = PageHeader(" ", " ", [self.more, self.add, self.papers, self.came, self.admit])
        self._ready, self._deciding = Tile("–", _("ready")), Tile("–", _("need a decision"))
        self._absent, self._beds = Tile("–", _("not come")), Card()
        self._proposed = Text("", "note", wrap=True)
        self._beds.append(Text(_("Beds proposed"), "strong"), self._proposed, None)
        tiles = row(gap=GAP)
        for each in (self._ready, self._deciding, self._absent, self._beds):
            tiles.addWidget(each, 1)
        self.which = Choices(_("Whom to show"), {each: _words(each, 0) for each in Which})
        self.which.chosen.connect(self._show_people)
        keys = Text(_("Space: on board · B: bed · Enter: open · Ctrl+Enter: admit"), "note")
        self.table: Table[PassengerRow] = Table(
            self._columns(),
            name=_("Who is on it"),
            keeps="transport",
            filter_hint=_("Find in this list"),
            leaves=CANDIDATES,
            choosable=False,
            tools=[self.which, keys],
            commands=self._commands,
            empty=Empty(_("Nobody is on it yet"), _("Put the accepted of a list on it.")),
        )
        self.table.opened.connect(self._open)
        self.table.followed.connect(self._follow)
        self.setLayout(column(self.header, held(tiles), (self.table, 1)))
        within(  # and not in the tools above, where a space presses and a B is a letter
            self.table.view,
            Command(_("On board or not"), self._board, key="Space", needs=actions.board),
            Command(_("Bed and hour"), self._arrange, key="B", needs=actions.arrange),
        )
        admit = Command(_("Admit"), self._admit, key="Ctrl+Enter", needs=actions.admit)
        admit.setShortcuts([*admit.shortcuts(), QKeySequence("Ctrl+Return")])  # Enter is that of the digits
        within(self, admit)

    # -- what is shown ----------------------------------------------------------------------------------------------

    def show_transport(self, found: TransportWhole) -> None:
        """Show a transport as it stands."""
        if self.found is not None and self.found.row.id != found.row.id:
            self.which.choose(Which.ALL)
        self.found = found
        transport = found.row
        aboard = sum(each.is_aboard is True for each in found.people)
        self.header.say(title_of(transport), subtitle_of(transport, aboard))
        ready, here = found.ready, transport.came is not None
        self.came.setVisible(not here and transport.called_off is None)
        self.add.setVisible(transport.called_off is None)
        self.papers.setVisible(bool(transport.admitted) and bool(outgoing.printable([TRANSPORT_PAPERS])))
        self.admit.setVisible(here and (bool(ready) or not transport.is_over))
        self.admit.setText(plural("Admit {n} person", "Admit {n} people", len(ready)))
        self.admit.setEnabled(bool(ready))
        self._show_tiles(found)
        self._show_people()

    def _show_tiles(self, found: TransportWhole) -> None:
        number = tr().number
        ready = found.ready
        following = sum(bool(each.open) for each in ready)
        note = plural("{n} thing to follow", "{n} things to follow", following) if following else ""
        if found.row.came is None:
            self._ready.show_figure("–", _("it has not come yet"))
        else:
            self._ready.show_figure(number(len(ready)), note or _("complete enough to admit"))
        deciding = [each for each in found.people if each.is_to_decide]
        known = any(set(each.alike) - set(each.told_apart) and each.same_id is None for each in deciding)
        aged = any(each.age_in_doubt for each in deciding)
        barred = any(each.objections for each in deciding)
        why = [
            *([_("perhaps known")] if known else []),
            *([_("age in doubt")] if aged else []),
            *([_("something stands against it")] if barred else []),
        ]
        if deciding:
            self._deciding.show_figure(number(len(deciding)), "; ".join(why), Tone.RED)
        else:
            self._deciding.show_figure("–", _("nothing to decide"))
        absent = found.at(Stage.NOT_COME)
        if found.row.came is None:
            self._absent.show_figure("–", _("it has not come yet"))
        else:
            self._absent.show_figure(number(len(absent)), _("their places are kept") if absent else "")
        self._proposed.setText(_beds_words(found))

    def _show_people(self) -> None:
        if self.found is None:
            return
        for which, button in self.which.buttons.items():
            button.setText(_words(which, sum(map(_FITS[which], self.found.people))))
        self.table.show_rows([each for each in self.found.people if _FITS[self.which.value](each)])

    def _columns(self) -> list[Column[PassengerRow]]:
        may = permissions.may(actions.arrange)
        return [
            Column("aboard", _("On board"), _aboard, width=82),
            Column(
                "name",
                _("Name"),
                lambda each: Cell(person_of(each), strong=True, muted=each.own_script),
                width=264,
                whom=True,
                data=name_data(lambda each: each, lambda each: each.own_script),
            ),
            Column("age", _("Sex, age"), sex_and_age, width=76),
            Column("family", _("Family"), _family, width=124, spare=1),
            Column("bed", _("Bed"), lambda each: bed_cell(each, can_choose=may), width=150),
            Column("known", _("On record"), known_cell, width=92, spare=2),
            Column("open", _("What is open"), _open, width=180, stretch=True),
        ]

    # -- what is done -----------------------------------------------------------------------------------------------

    @property
    def _row(self) -> TransportRow | None:
        return None if self.found is None else self.found.row

    def _chosen(self) -> list[PassengerRow]:
        """The selected rows, else the one that has the keyboard."""
        ids, at = self.table.selected_ids(), self.table.view.current.index
        if not ids and at.isValid():
            ids = [self.table.model.ids[at.row()]]
        found = (self.table.row(one) for one in ids)
        return [each for each in found if each is not None]

    def _open(self, passenger_id: int) -> None:
        each = self.table.row(passenger_id)
        if each is None:
            return
        if each.became_id is not None:
            self._page.open("residents", resident_id=each.became_id)
        else:
            self._page.open("selection", candidate_id=each.candidate_id)

    def _follow(self, passenger_id: int, name: str) -> None:
        each = self.table.row(passenger_id)
        if each is None or self._row is None:
            return
        if name == "aboard":
            self._turn([each])
        elif name == "bed":
            self._ask_bed(each)
        elif each.decisions:
            dialogs.decide_dialog(self._page, self._row, each)
        else:
            self._page.open("arrival", candidate_id=each.candidate_id)

    def _board(self) -> None:
        self._turn(self._chosen())

    def _turn(self, people: Sequence[PassengerRow]) -> None:
        waiting = [each for each in people if each.stage is not Stage.ADMITTED]
        if self._row is None or not waiting or not permissions.may(actions.board):
            return
        if self._row.came is None:
            if self._row.called_off is None:
                dialogs.came_dialog(self._page, self._row)
            return
        is_aboard = not all(each.is_aboard for each in waiting)
        others = [each for each in waiting if each.is_aboard is not is_aboard]
        dialogs.board(self._page, self._row, others, is_aboard=is_aboard)

    def _arrange(self) -> None:
        for each in self._chosen()[:1]:
            self._ask_bed(each)

    def _ask_bed(self, each: PassengerRow) -> None:
        transport = self._row
        if transport is None or each.stage is Stage.ADMITTED or not permissions.may(actions.arrange):
            return
        run_query(
            self._page,
            passengers.free,
            lambda beds: dialogs.arrange_dialog(self._page, transport, each, beds),
            latest="beds",
            transport_id=transport.id,
        )

    def _admit(self) -> None:
        if self.found is not None and self.found.ready and self.admit.is_offered and self.found.row.came is not None:
            dialogs.admit(self._page, self.found.row, self.found.ready)

    def _came(self) -> None:
        if self._row is not None:
            dialogs.came_dialog(self._page, self._row)

    def _print(self) -> None:
        if self._row is not None:
            self._page.open("papers", paper=TRANSPORT_PAPERS.id, transport_id=self._row.id)

    def _expect(self) -> None:
        transport = self._row
        if transport is None:
            return

        def show(found: Arrivals) -> None:
            dialogs.expect_dialog(self._page, transport, found.waiting)

        run_query(self._page, transports.arrivals, show, latest="waiting")

    def _fill(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for each in commands_of(self._page, self._row) if self._row is not None else ():
            each.setParent(menu)
            menu.addAction(each)

    def _commands(self, each: PassengerRow) -> list[Command]:
        if self._row is None or each.stage is Stage.ADMITTED:
            return []
        transport, page = self._row, self._page
        offered = [Command(_("Bed and hour"), lambda: self._ask_bed(each), needs=actions.arrange)]
        if each.decisions:
            decide = lambda: dialogs.decide_dialog(page, transport, each)  # noqa: E731 - a deed like the others
            offered.insert(0, Command(_("Decide"), decide, needs=actions.identify))
        if each.alike and (each.same_id is not None or each.told_apart):
            who = lambda: dialogs.who_dialog(page, transport, each)  # noqa: E731 - a deed like the others
            offered.append(Command(_("Decide again who it is"), who, needs=actions.identify))
        if each.is_child is not None:
            age = lambda: dialogs.age_dialog(page, transport, [each])  # noqa: E731 - a deed like the others
            offered.append(Command(_("Decide again on the age"), age, needs=actions.decide_age))
        people = [one for one in self._chosen() if one.age_in_doubt]
        if len(people) > 1:
            several = plural("Decide on {n} age in doubt", "Decide on {n} ages in doubt", len(people))
            offered.append(
                Command(several, lambda: dialogs.age_dialog(page, transport, people), needs=actions.decide_age)
            )
        offered.append(
            Command(
                _("Register arrival"),
                lambda: page.open("arrival", candidate_id=each.candidate_id),
                needs=actions.admit,
            )
        )
        offered.append(
            Command(
                _("Not expected with this transport"),
                lambda: dialogs.take_off(page, transport, self._chosen() or [each]),
                needs=actions.take_off,
            )
        )
        return offered


def _words(which: Which, count: int) -> str:
    words = {
        Which.ALL: _("All {n}", n=count),
        Which.TO_DECIDE: _("To decide {n}", n=count),
        Which.MISSING: _("Something missing {n}", n=count),
        Which.NOT_COME: _("Not come {n}", n=count),
    }
    return words[which]


def _aboard(each: PassengerRow) -> Cell:
    may = permissions.may(actions.board) and each.stage is not Stage.ADMITTED
    if each.is_aboard is None:
        return Cell("–")
    return Cell(_("yes"), link=may) if each.is_aboard else Cell(_("no"), link=may, tone=Tone.AMBER)


def _family(each: PassengerRow) -> Cell:
    return Cell(each.family_group, muted=each.relation) if each.family_group else Cell()


def _open(each: PassengerRow) -> Cell:
    said = open_words(each)
    if each.is_to_decide:
        return Cell(said, link=permissions.may(actions.identify), hint=said)
    return Cell(said)


def _beds_words(found: TransportWhole) -> str:
    """Which rooms the beds are in, and for how many none fits."""
    due = [each for each in found.people if each.stage not in (Stage.ADMITTED, Stage.NOT_COME)]
    rooms = list(dict.fromkeys(label(each.bed.building, each.bed.room) for each in due if each.bed is not None))
    without = sum(each.bed is None for each in due)
    parts = [_("rooms {rooms}", rooms=", ".join(rooms[:12]) + (" …" if len(rooms) > 12 else ""))] if rooms else []
    if without:
        parts.append(plural("{n} without a bed", "{n} without a bed", without))
    return " · ".join(parts) or _("nobody needs one")
