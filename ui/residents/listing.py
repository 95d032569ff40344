"""The list of residents: saved filters, a programme, what is typed, and the list as a file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.actions import imports
from models.exchange import import_stays
from models.queries import residents
from models.queries.exports import Datum, datum
from models.queries.residents import ResidentRow, Roll, Shown
from models.rules.birth import BirthDate
from models.rules.field_types import Field
from models.rules.fields import LISTED
from models.rules.papers import DUPLICATES, RESIDENTS, Choice
from models.rules.rooms import label, short_name
from models.rules.time import Moment
from models.rules.wording import word
from ui import search, work
from ui.declared import said
from ui.kit import outgoing
from ui.kit.choosing import Choices
from ui.kit.columns import Cell, Column, day_column
from ui.kit.commands import Command
from ui.kit.fields import Combo
from ui.kit.labels import Button, MenuButton
from ui.kit.layout import Empty, PageHeader, column
from ui.kit.notices import toast
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr
from ui.papers.catalogue import PAPERS
from ui.presentation import name_data
from ui.residents import dialogs, presentation
from ui.residents.as_on import AsOnBar, PastList


class ResidentList(QWidget):
    """The list, with its header."""

    def __init__(self, owner: Page, open_resident: Callable[[int], None]) -> None:
        """Lay the list out; it stays empty until it is told to read.

        Args:
            owner: The page that this stands in.
            open_resident: Goes to the page of a resident.
        """
        super().__init__()
        self.owner = owner
        self.header = PageHeader(
            _("Residents"),
            "",
            [
                MenuButton(
                    _("More"),
                    [
                        *self._papers(),
                        *self._duplicates(),
                        Command(_("What was brought in"), self._brought_in, needs=imports.take_back),
                    ],
                ),
                Button(_("Bring in stays"), self._bring_in, needs=import_stays.bring_in),
            ],
        )
        self.filters: Choices[Shown] = Choices(_("Which residents"), _filters())
        self.filters.chosen.connect(self._narrow)
        self.programmes = Combo()
        self.programmes.setAccessibleName(_("Programme"))
        self.programmes.addItem(_("All programmes"), None)
        self.as_on = AsOnBar()
        self.as_on.wanted.connect(self.show_moment)
        self._past: PastList | None = None
        self._roll = Roll(0, 0, 0)
        self._open_resident = open_resident
        self.table: Table[ResidentRow] = Table(
            _columns(),
            name=_("Residents"),
            keeps="residents",
            load_ids=residents.ids,
            load_rows=residents.rows,
            sort="name",
            filter_hint=_("Find in this list"),
            tools=[self.filters, self.programmes, self.as_on],
            leaves=RESIDENTS,
            commands=lambda found: dialogs.of_stay(owner, found),
            empty=Empty(_("Nobody is here"), _("Register an arrival, or bring in stays from a file.")),
        )
        self.table.subject = f"residents:{self.shown.value}"
        self.table.opened.connect(open_resident)
        self.programmes.currentIndexChanged.connect(lambda _at: self._narrow())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self.setLayout(column(self.header, (self._stack, 1)))

    def read(self) -> None:
        """Read the list, of now or of the past, how many are where, and which programmes there are."""
        if self._past is not None and self._stack.currentWidget() is self._past:
            self._past.show_moment(self._past.at)
        self.table.reload()
        work.run_query(self, residents.roll, self._show_roll, latest="roll")
        work.run_query(self, residents.programmes, self._show_programmes, latest="programmes")

    def show_moment(self, at: Moment | None) -> None:
        """Show who was on the roll at a moment of the past; None: the list of now."""
        if at is not None and self._past is None:
            self._past = PastList(self.owner, self._open_resident)
            self._past.bar.wanted.connect(self.show_moment)
            self._stack.addWidget(self._past)
        self.as_on.show_moment(None)
        if at is None or self._past is None:
            self._stack.setCurrentWidget(self.table)
            self._show_roll(self._roll)
            self.as_on.day.setFocus()
        else:
            self._stack.setCurrentWidget(self._past)
            self._show_roll(self._roll)
            self._past.show_moment(at)
            self._past.bar.day.setFocus()

    def show_filter(self, shown: Shown) -> None:
        """Show those on the roll, away, past their limit, departed, or all."""
        self.filters.choose(shown)
        self._narrow()

    # -- inside -------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown:
        """Which residents the list shows."""
        return self.filters.value

    def _narrow(self) -> None:
        self.table.subject = f"residents:{self.shown.value}"
        self.table.narrow(shown=self.shown, programme=self.programmes.currentData())

    def _show_roll(self, roll: Roll) -> None:
        self._roll = roll
        if self._stack.currentWidget() is not self.table:
            self.header.say(_("Residents"), "")
            return
        number = tr().number
        said = _(
            "{present} present, {away} away, {roll} on the roll",
            present=number(roll.present),
            away=number(roll.away),
            roll=number(roll.on_roll),
        )
        overdue = plural("{n} overdue", "{n} overdue", roll.overdue) if roll.overdue else ""
        self.header.say(_("Residents"), " · ".join(part for part in (said, overdue) if part))

    def _show_programmes(self, found: tuple[tuple[int, str], ...]) -> None:
        chosen = self.programmes.currentData()
        self.programmes.blockSignals(True)
        self.programmes.clear()
        self.programmes.addItem(_("All programmes"), None)
        for which, code in found:
            self.programmes.addItem(code, which)
        self.programmes.setCurrentIndex(max(self.programmes.findData(chosen), 0) if chosen is not None else 0)
        self.programmes.blockSignals(False)

    def _papers(self) -> list[Command]:
        """The way to a paper about each of the people who are selected, for who may print one."""
        about = [paper for paper in outgoing.printable(PAPERS) if Choice.RESIDENT in paper.needs]
        return [Command(_("Papers about those selected"), partial(self._print, about[0].id))] if about else []

    def _duplicates(self) -> list[Command]:
        """The way to who may be one person, for who answers for the register."""
        if not work.may_let_out(DUPLICATES):
            return []
        return [Command(_("Who may be the same"), lambda: self.owner.open("duplicates"))]

    def _print(self, paper: str) -> None:
        whose = self.table.selected_ids()
        if whose:
            self.owner.open("papers", paper=paper, resident_ids=tuple(whose))
        else:
            toast(self.owner, _("Select people in the list first: several with Ctrl or Shift."))

    def _brought_in(self) -> None:
        from ui.imports import brought_in

        brought_in.show(self.owner)

    def _bring_in(self) -> None:
        from ui.imports.stays import import_stays

        import_stays(self.owner)


def _filters() -> Mapping[Shown, str]:
    return {shown: _(title) for shown, title in residents.SHOWN.items()}


def _columns() -> list[Column[ResidentRow]]:
    facts = {
        field.name: Column(
            field.name, _(field.label), partial(_fact, field), hidden=True, data=partial(_fact_data, field)
        )
        for field in LISTED
    }
    return [
        Column(
            "name",
            _("Name"),
            _name,
            width=240,
            stretch=True,
            sort=True,
            whom=True,
            data=name_data(lambda found: found.facts, lambda found: found.facts.own_script),
        ),
        Column("number", _("Number"), lambda found: found.number, width=80, sort=True),
        replace(facts.pop("nationality"), width=112, sort=True, spare=2, hidden=False),
        Column("programme", _("Programme"), lambda found: found.programme, width=95, sort=True, spare=1),
        Column("day", _("Day"), _day, width=106, sort=True, spare=3, data=_day_data()),
        Column("limit", _("Last day"), _limit, width=100, sort=True, data=_limit_data()),
        Column("room", _("Room"), _room, width=128, sort=True, data=_room_data()),
        Column("state", _("State"), lambda found: Cell(chips=tuple(presentation.list_chips(found))), width=194),
        day_column("arrived", _("Arrival"), lambda found: found.arrived_on, width=100, sort=True, hidden=True),
        Column("departed", _("Departure"), _departed, width=200, sort=True, hidden=True, data=_departed_data()),
        *facts.values(),
    ]


def _name(found: ResidentRow) -> Cell:
    return Cell(found.name, strong=True, muted=found.facts.own_script)


def _fact_data(field: Field, found: ResidentRow) -> Datum:
    value = getattr(found.facts, field.name)
    return datum(value) if isinstance(value, BirthDate | bool | int) else _fact(field, found) or None


def _day_data() -> Mapping[str, Callable[[ResidentRow], Datum]]:
    return {
        _("Day"): lambda found: None if found.departed_on else found.day,
        _("Days allowed"): lambda found: None if found.departed_on else found.days_allowed,
    }


def _limit_data() -> Mapping[str, Callable[[ResidentRow], Datum]]:
    return {
        _("Last day"): lambda found: None if found.departed_on else found.limit_on,
        _("Days past the limit"): lambda found: found.days_past or None,
    }


def _room_data() -> Mapping[str, Callable[[ResidentRow], Datum]]:
    return {
        _("Room"): lambda found: label(found.building, found.room) or None,
        _("Bed"): lambda found: found.bed or None,
    }


def _departed_data() -> Mapping[str, Callable[[ResidentRow], Datum]]:
    return {
        _("Departure"): lambda found: found.departed_on,
        _("How the stay ended"): lambda found: found.departure_kind and say(word(found.departure_kind)),
    }


def _fact(field: Field, found: ResidentRow) -> str:
    return said(field, getattr(found.facts, field.name))


def _day(found: ResidentRow) -> Cell:
    if found.day is None or found.departed_on is not None:
        return Cell()
    said = presentation.day_of(found.day, found.days_allowed)
    if found.days_allowed is None:
        return Cell(tr().number(found.day), hint=said)
    short = _("{n} of {m}", n=tr().number(found.day), m=tr().number(found.days_allowed))
    return Cell(short, tone=Tone.RED if found.days_past else None, hint=said)


def _limit(found: ResidentRow) -> Cell:
    if found.limit_on is None or found.departed_on is not None:
        return Cell()
    past = plural("{n} day past the limit", "{n} days past the limit", found.days_past) if found.days_past else ""
    return Cell(tr().date(found.limit_on), tone=Tone.RED if found.days_past else None, hint=past)


def _room(found: ResidentRow) -> Cell:
    if not found.room:
        return Cell()
    return Cell(short_name(found.building, found.room, found.bed), hint=search.bed_of(found))


def _departed(found: ResidentRow) -> Cell:
    kind = "" if found.departure_kind is None else say(word(found.departure_kind))
    return Cell(_date(found.departed_on), muted=kind)


def _date(day: date | None) -> str:
    return "" if day is None else tr().date(day)
