"""Residents as on a moment of the past: the bar in which it is chosen, and the list of who was on the roll then."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.exchange import door
from models.queries import as_on
from models.queries.as_on import AsOn, AsOnRow
from models.rules.papers import RESIDENTS, Choice
from models.rules.rooms import label, short_name
from models.rules.time import Moment
from models.rules.wording import word
from reports import terms
from ui import session, work
from ui.dropping import Line
from ui.kit import outgoing
from ui.kit.calendar import CalendarButton
from ui.kit.columns import Cell, Column, day_column, number_column
from ui.kit.labels import Button, Text
from ui.kit.layout import Empty, column, hide_empty, row
from ui.kit.notices import Callout
from ui.kit.table import Table
from ui.kit.tokens import Tone, px
from ui.language import _, plural, say, tr
from ui.presentation import birth_column, moment_column, moment_data, name_data, when
from ui.reading import Unreadable, read_date, read_moment, write_time


class AsOnBar(QWidget):
    """A day, and perhaps an hour; Enter in either asks for that moment."""

    wanted = Signal(object)
    """Another moment is asked for: a `Moment`, or None for now."""

    def __init__(self) -> None:
        """Show it empty: the list is of now."""
        super().__init__()
        self.day, self.hour = Line(), Line()
        self.day.setPlaceholderText(_("As on a day"))
        self.day.setAccessibleName(_("As on: date"))
        said = self.day.fontMetrics().horizontalAdvance(self.day.placeholderText())
        self.day.setFixedWidth(max(px(112), said + px(28)))
        self.hour.setPlaceholderText(_("14:30"))
        self.hour.setAccessibleName(_("As on: hour; without one it is the night of that day"))
        self.hour.setToolTip(self.hour.accessibleName())
        self.hour.setFixedWidth(px(60))
        calendar = CalendarButton(self.day, _("As on"), self._chosen)
        self.error = Text("", "error")
        for line in (self.day, self.hour):
            line.returnPressed.connect(self.ask)
        self.setLayout(row(self.day, calendar, self.hour, Button(_("Show"), self.ask), self.error, gap=4))
        hide_empty(self.error)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def ask(self) -> None:
        """Read what is typed, and ask for it; what cannot be read, or lies in the future, is said beside it."""
        self.error.setText("")
        try:
            at = read_moment(self.day.text(), self.hour.text(), session.today(), session.zone())
            if at is not None and session.now().surely_before(at):
                raise Unreadable(_("This lies in the future. Choose a moment that has passed."))
            self.wanted.emit(at)
        except Unreadable as error:
            self.error.setText(str(error))
        hide_empty(self.error)

    def show_moment(self, at: Moment | None) -> None:
        """Show for which moment the list is; None: of now."""
        self.day.setText("" if at is None else f"{at.on.day}.{at.on.month}.{at.on.year}")
        self.hour.setText(write_time(at, session.zone()))
        self.error.setText("")
        hide_empty(self.error)

    def _chosen(self) -> date:
        try:
            return read_date(self.day.text(), session.today()) or session.today()
        except Unreadable:
            return session.today()


class PastList(QWidget):
    """Who was on the roll at a moment, clearly told as the past; nothing is done to anybody from here."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Lay it out; it stays empty until `show_moment`.

        Args:
            owner: The page that this stands in.
            open_resident: Goes to the page of a resident, as they are now.
        """
        super().__init__()
        self.owner, self.at = owner, session.now()
        self.bar = AsOnBar()
        self.says = Callout()
        print_button = Button(_("Print the roll"), self.print_)
        print_button.setProperty("prints", True)
        self.says.across.addWidget(print_button)
        self.says.across.addWidget(Button(_("Back to now"), lambda: self.bar.wanted.emit(None), kind="primary"))
        self.table: Table[AsOnRow] = Table(
            _columns(),
            name=_("The roll as on"),
            keeps="residents/as_on",
            sort="name",
            filter_hint=_("Find in this list"),
            tools=[self.bar],
            leaves=RESIDENTS,
            empty=Empty(_("Nobody was on the roll then")),
        )
        self.table.opened.connect(open_resident)
        self.setLayout(column(self.says, (self.table, 1)))

    def show_moment(self, at: Moment) -> None:
        """Read who was on the roll at a moment."""
        self.at = at
        self.bar.show_moment(at)
        work.run_query(self, as_on.roll, self._show, latest="as_on", at=at)

    def print_(self) -> None:
        """Show the paper of this roll before it is printed."""
        from ui.papers.catalogue import ROLL_AS_ON

        chosen = {Choice.AT: self.at}
        language = tr().language
        outgoing.preview(
            self.owner, ROLL_AS_ON, lambda register: door.drawn(register, ROLL_AS_ON, language=language, chosen=chosen)
        )

    def _show(self, found: AsOn) -> None:
        number, at = tr().number, when(found.at)
        night = _("the night of {day}", day=at) if found.at.at is None else at
        said = _(
            "The past, by what is known now: {when}. {present} present, {away} away, {roll} on the roll.",
            when=night, present=number(found.present), away=number(found.away), roll=number(len(found.rows)),
        )  # fmt: skip
        above = [
            _("{code} was above its places since {when}.", code=each.code, when=when(each.since))
            for each in found.places
            if each.since is not None
        ]
        gone = plural(
            "{n} person left on this day at an hour that is not known.",
            "{n} people left on this day at an hour that is not known.",
            found.gone_that_day,
        )
        parts = (said, *above, gone if found.gone_that_day else "")
        self.says.say(" ".join(part for part in parts if part))
        self.table.subject = f"day:{found.at.on}"
        self.table.show_rows(found.rows)


def _columns() -> list[Column[AsOnRow]]:
    return [
        Column(
            "name", _("Name"), lambda one: Cell(one.name, strong=True, muted=one.own_script), width=220, stretch=True,
            sort=True, whom=True, data=name_data(lambda one: one, lambda one: one.own_script),
        ),
        Column("number", _("Number"), lambda one: one.number, width=80, sort=True),
        birth_column(lambda one: one.birth, width=100, hidden=True),
        Column("nationality", _("Nationality"), _nationality, width=120, sort=True, spare=2),
        Column("programme", _("Programme"), lambda one: one.programme, width=95, sort=True, spare=1),
        Column(
            "arrived", _("Arrival"), _arrived, width=170, sort=True, spare=3,
            key=lambda one: one.arrived.beginning, data=moment_data(_("Arrival"), lambda one: one.arrived),
        ),
        number_column("day", _("Day"), lambda one: one.day, width=60),
        day_column("limit", _("Last day"), lambda one: one.limit_on, width=100),
        Column(
            "room", _("Room"), _room, width=128, sort=True,
            data={_("Room"): lambda one: label(one.building, one.room) or None, _("Bed"): lambda one: one.bed or None},
        ),
        moment_column("since", _("In this bed since"), lambda one: one.bed_since, width=150, hidden=True),
        Column("state", _("State"), _state, width=170),
        moment_column("left", _("Away since"), lambda one: one.left, width=150, hidden=True),
        moment_column("departed", _("Departure"), lambda one: one.departed, width=150, hidden=True),
    ]  # fmt: skip


def _nationality(one: AsOnRow) -> str:
    return terms.nationality(tr(), one.nationality or "unknown")


def _arrived(one: AsOnRow) -> Cell:
    return Cell(when(one.arrived), chips=() if one.hour_known else ((_("hour not known"), Tone.GREY),))


def _room(one: AsOnRow) -> Cell:
    if not one.room:
        return Cell()
    since = "" if one.bed_since is None else _("since {when}", when=when(one.bed_since))
    return Cell(short_name(one.building, one.room, one.bed), hint=since)


def _state(one: AsOnRow) -> Cell:
    if one.away is None:
        return Cell(chips=((_("Present"), Tone.GREEN),))
    tone, chip = (Tone.RED, _("Away, overdue")) if one.is_overdue else (Tone.AMBER, _("Away"))
    return Cell(chips=((chip, tone),), hint=" · ".join(part for part in (say(word(one.away)), one.place) if part))
