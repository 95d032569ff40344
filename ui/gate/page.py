"""The gate: a card is scanned or a number typed, and whoever it is goes out or comes in; who is out; planned leaves."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QShowEvent

from models.actions import absences, gate
from models.changes import Changes, Kind
from models.errors import Named
from models.ids import AbsenceId, StayId
from models.queries import absences as away
from models.queries import gate as queries
from models.queries.absences import AbsenceRow
from models.queries.gate import AtGate, Departed, LeaveRow
from models.rules.papers import GATE
from models.rules.vocabulary import Regime
from models.rules.wording import word
from models.store.declaring import Declared
from models.store.snapshot import Snapshot
from models.text import pgettext
from ui import permissions, session
from ui.gate import dialogs
from ui.kit.accessible import announce
from ui.kit.columns import Cell, Column
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, PageHeader
from ui.kit.page import Page
from ui.kit.search import Found, SearchLine
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.kit.undoing import Undo, do
from ui.language import _, isolated, plural, say
from ui.presentation import moment_column, when
from ui.reading import say_named
from ui.search import Whom, people
from ui.work import run_query


class GatePage(Page):
    """Who goes out and who comes in, and who is out now."""

    kinds: ClassVar[Changes] = frozenset({Kind.ABSENCE, Kind.STAY, Kind.RESIDENT, Kind.PROGRAMME})
    AGAIN = 4000
    """Milliseconds in which a card that is scanned once more is taken for the same pass."""
    EVERY = 30_000
    """Milliseconds after which it is read again, so that who is overdue shows by the minute."""

    def __init__(self) -> None:
        """Lay the page out: the line for the card, who is out, and who may go."""
        super().__init__()
        self._passed: tuple[StayId, QElapsedTimer] | None = None
        self.header = PageHeader(_("Gate"), " ", [Button(_("Plan a leave"), self._plan, needs=gate.plan_leave)])
        self.line = SearchLine(
            find, name=_("Who goes out or comes in"), placeholder=_("Scan the card, or type a number or a name")
        )
        self.line.taken.connect(self._taken)
        self.line.missed.connect(self._missed)
        self.setFocusProxy(self.line)
        self.last = Text("", "strong", wrap=True)
        self.last.hide()
        door = Card(_("Who goes out or comes in"))
        door.append(self.line, Text(_("Whoever is in goes out, and whoever is out comes in."), "note"), self.last)
        door.setVisible(permissions.may(gate.out))
        self.out = self._out_table()
        self.leaves = self._leave_table()
        self._out_card, self._leave_card = Card(_("Out now"), " ", flush=True), Card(_("Planned leaves"), flush=True)
        self._out_card.append(self.out)
        self._leave_card.append(self.leaves)
        for part in (self.header, door, self._out_card, self._leave_card):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(self.EVERY)

    def refresh(self) -> None:
        """Read who is out and which leaves wait."""
        run_query(self, away.away, self._show_out, latest="out")
        run_query(self, queries.leaves, self._show_leaves, latest="leaves")

    def showEvent(self, event: QShowEvent) -> None:
        """The card can be scanned at once."""
        super().showEvent(event)
        if not event.spontaneous():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def _taken(self, found: Found) -> None:
        """Let whoever was meant pass: the one of both that can be."""
        person: AtGate = found.value
        self.line.clear()
        if (
            self._passed is not None
            and self._passed[0] == person.stay_id
            and not self._passed[1].hasExpired(self.AGAIN)
        ):
            self._tell(_("{name} has just passed: nothing more is entered.", name=isolated(person.name)))
            return
        if person.absence_id is not None:
            self._let_in(person.absence_id, Named(person.name, person.number), person.stay_id)
        else:
            self._let_out(person)

    def _missed(self, text: str) -> None:
        """A card of nobody who can pass: whoever stands at the gate is told why."""
        run_query(self, queries.departed, partial(self._say_missed, text), latest="missed", text=text)

    def _say_missed(self, text: str, found: Departed | None) -> None:
        said = _("Nobody on the roll has the number or the name {text}. Nothing is entered.", text=isolated(text))
        if found is not None:
            said = _(
                "{name} is not on the roll: left {when}. Nothing is entered. Whoever comes back to live here is "
                "registered as an arrival; a departure entered by mistake is taken back on the page of the person.",
                name=isolated(found.name),
                when=when(found.left),
            )
        self._tell(said)
        announce(self.line, said)

    def _let_in(self, absence_id: AbsenceId, who: Named, stay_id: StayId) -> None:
        done = _("{name} is back.", name=isolated(who.name))

        def undoes(_none: object) -> Undo:
            self._say(stay_id, _("In at {time}: {name}", time=_clock(), name=say_named(who)))
            return Undo(absences.take_back_return, {"absence_id": absence_id})

        do(self, absences.return_, done, undoes, absence_id=absence_id, returned=session.now())

    def _let_out(self, person: AtGate) -> None:
        if person.regime is Regime.DETAINED and person.leave is None:
            dialogs.escort_dialog(self, person).open()
            return

        def undoes(absence_id: AbsenceId) -> Undo:
            who = say_named(Named(person.name, person.number))  # of several of one name the card tells which
            self._say(person.stay_id, _("Out at {time}: {name}", time=_clock(), name=who))
            return dialogs.back_out(absence_id)

        done = _("{name} is out.", name=isolated(person.name))
        do(self, gate.out, done, undoes, stay_id=person.stay_id)

    def _say(self, stay_id: StayId, said: str) -> None:
        """Show who passed last; the same card at once after is no second pass."""
        timer = QElapsedTimer()
        timer.start()
        self._passed = (stay_id, timer)
        self._tell(said)

    def _tell(self, said: str) -> None:
        self.last.setText(said)
        self.last.show()

    def _plan(self) -> None:
        dialogs.plan_dialog(self, find).open()

    def _show_out(self, rows: tuple[AbsenceRow, ...]) -> None:
        self.out.show_rows(rows)
        overdue = sum(each.is_overdue for each in rows)
        said = plural("{n} out now", "{n} out now", len(rows))
        late = plural("{n} overdue", "{n} overdue", overdue) if overdue else ""
        self.header.say(_("Gate"), " · ".join(part for part in (said, late) if part))

    def _show_leaves(self, rows: tuple[LeaveRow, ...]) -> None:
        self.leaves.show_rows(rows)

    def _out_table(self) -> Table[AbsenceRow]:
        table: Table[AbsenceRow] = Table(
            [
                _whom(),
                Column("kind", _("Why"), lambda one: Cell(say(word(one.kind)), hint=one.note), width=120),
                Column("place", _("Where to"), lambda one: one.place, width=110, stretch=True),
                Column("escort", _("Escort"), lambda one: one.escort, width=120, spare=1),
                moment_column("left", _(pgettext("absence", "Left")), lambda one: one.left, width=140),
                moment_column("due", _("Due back"), lambda one: one.due_back, width=140),
                Column("state", _("State"), _state, width=160),
                Column("in", "", lambda _one: _link(_("Came in"), absences.return_), width=100, right=True),
            ],
            name=_("Out now"),
            keeps="gate/out",
            leaves=GATE,
            fits=True,
            framed=False,
            empty=Empty(_("Nobody is out")),
        )
        table.opened.connect(lambda which: self._open(table.row(which)))
        table.followed.connect(lambda which, _name: self._came_in(table.row(which)))
        return table

    def _leave_table(self) -> Table[LeaveRow]:
        table: Table[LeaveRow] = Table(
            [
                _whom(),
                Column("kind", _("Why"), lambda one: Cell(say(word(one.kind)), hint=one.reason), width=110),
                Column(
                    "reason",
                    _("Reason"),
                    lambda one: Cell(one.reason, hint=one.reason),
                    width=130,
                    spare=3,
                    outside=lambda _one: "",  # it may say what is sealed from everybody outside
                ),
                Column("place", _("Where to"), lambda one: one.place, width=110, stretch=True),
                Column("escort", _("Escort"), lambda one: one.escort, width=120, spare=1),
                moment_column("start", _("From"), lambda one: one.start, width=140),
                moment_column("due", _("Due back"), lambda one: one.due_back, width=140),
                Column("who", _("Decided by"), lambda one: one.decided_by, width=120, spare=4),
                Column("change", "", lambda _one: _link(_("Change"), gate.change_leave), width=80),
                Column("off", "", lambda _one: _link(_("Call off"), gate.call_off), width=80),
            ],
            name=_("Planned leaves"),
            keeps="gate/leaves",
            leaves=GATE,
            fits=True,
            framed=False,
            empty=Empty(_("No leave is planned")),
        )
        table.opened.connect(lambda which: self._open(table.row(which)))
        table.followed.connect(lambda which, name: self._settle(table.row(which), name))
        return table

    def _open(self, found: AbsenceRow | LeaveRow | None) -> None:
        if found is not None:
            self.open("residents", resident_id=found.resident_id)

    def _came_in(self, found: AbsenceRow | None) -> None:
        if found is not None:
            self._let_in(found.id, Named(found.name, found.number), found.stay_id)

    def _settle(self, found: LeaveRow | None, name: str) -> None:
        if found is not None:
            (dialogs.change_dialog if name == "change" else dialogs.call_off_dialog)(self, found).open()


def find(snapshot: Snapshot, *, text: str) -> list[Found]:
    """Who may be meant at the gate, each on one line with what happens to them; their values are their rows."""
    return people([_at_gate(each) for each in queries.at_gate(snapshot, text=text)])


def _at_gate(person: AtGate) -> Whom:
    if person.absence_id is not None:
        detail = _("comes in; due back {when}", when=when(person.due_back))
    elif person.leave is not None:
        detail = _("goes out on leave, back {when}", when=when(person.leave.due_back))
    elif person.regime is Regime.DETAINED:
        detail = _("detained: only under escort")
    else:
        detail = _("goes out")
    return Whom(person, person.name, person.number, None, detail, person.own_script)


def _whom() -> Column[Any]:
    return Column(
        "who",
        _("Who"),
        lambda one: Cell(one.name, strong=True, muted=one.number if one.number != one.name else ""),
        width=210,
        whom=True,
        data={_("Who"): lambda one: one.name, _("Number"): lambda one: one.number},
    )


def _link(text: str, action: Declared) -> Cell:
    return Cell(text, link=True) if permissions.may(action) else Cell()


def _state(one: AbsenceRow) -> Cell:
    if not one.is_overdue:
        return Cell(chips=((_("Out"), Tone.AMBER),))
    return Cell(chips=((overdue_by(one), Tone.RED),))


def overdue_by(one: AbsenceRow) -> str:
    """By how long somebody is overdue: to the minute where that is known."""
    if one.due_back.at is None:
        days = (session.today() - one.due_back.on).days
        return plural("overdue by {n} day", "overdue by {n} days", days)
    minutes = int((session.clock().now() - one.due_back.at).total_seconds() // 60)
    if minutes >= 48 * 60:
        return plural("overdue by {n} day", "overdue by {n} days", minutes // (24 * 60))
    return _("overdue by {time}", time=f"{minutes // 60}:{minutes % 60:02}")


def _clock() -> str:
    return f"{session.clock().now().astimezone(session.zone()):%H:%M}"
