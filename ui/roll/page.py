"""Roll: the roll call that goes on, or the register of counts with those that are due or were missed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models.actions import roll_calls
from models.changes import Changes, Kind
from models.exchange import handed_counts
from models.exchange.handed_counts import HandedCount
from models.queries import roll_calls as queries
from models.queries.roll_calls import CallRow, Count, House
from models.rules.papers import ROLL_CALLS
from ui import permissions, prompts, work
from ui.kit.columns import Column
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, PageHeader, clear, column, held, row
from ui.kit.notices import Callout, toast
from ui.kit.page import Page, Place
from ui.kit.table import Table
from ui.kit.tokens import GAP
from ui.kit.undoing import Undo, do
from ui.language import _, isolated, plural, tr
from ui.presentation import at_clock, instant_column
from ui.roll import dialogs, presentation
from ui.roll.count import CountView, may_count
from ui.work import run_query

if TYPE_CHECKING:
    from models.ids import RollCallId, RollCounterId


_LOOKS = 4000
"""Milliseconds after which the window that writes looks again for what was counted at another one."""


class RollPage(Page):
    """The roll."""

    kinds: ClassVar[Changes] = frozenset({Kind.ROLL_CALL, Kind.STAY, Kind.RESIDENT, Kind.ABSENCE, Kind.ROOM})

    def __init__(self) -> None:
        """Lay out the count and the register of counts; one of them is shown."""
        super().__init__()
        self._house: House | None = None
        self._shown: Count | None = None
        self._wanted: RollCallId | None = None
        self._begins = False
        needs = roll_calls.begin
        self.begin = Button(_("Begin a roll call"), self._begin, kind="primary", needs=needs)
        self.sheet = Button(_("Enter from the printed sheet"), self._enter_sheet, needs=needs)
        self.hours = Button(_("When it is held"), self._set_hours, needs=roll_calls.schedule)
        self.another = Button(_("Count at another door"), self._join, needs=roll_calls.join)
        self.pause = Button(_("Pause"), self._pause, needs=roll_calls.pause)
        self.close_button = Button(_("Close and sign"), self._close, kind="primary", needs=roll_calls.close)
        self.take_back = Button(_("Take back"), self._take_back, needs=roll_calls.take_back)
        self.times = Button(_("Correct times and counters"), self._correct_times, needs=roll_calls.correct_times)
        self.add = Button(_("Add somebody"), self._add_somebody, needs=roll_calls.correct)
        self.back = Button(_("Register of counts"), self._to_register)
        self._all = (
            self.hours,
            self.sheet,
            self.begin,
            self.back,
            self.add,
            self.times,
            self.take_back,
            self.another,
            self.pause,
            self.close_button,
        )
        self.header = PageHeader(_("Roll"), " ", self._all)
        self._other = Callout()
        self._takes = row(gap=8)
        self._looks = QTimer(self, interval=_LOOKS)
        self._looks.timeout.connect(self._look_for_others)
        self.count = CountView()
        self.count.opened.connect(lambda which: self.open("residents", resident_id=which))
        self.count.counting.came.connect(self._read_soon)
        self.table: Table[CallRow] = Table(
            self._columns(),
            name=_("Register of counts"),
            keeps="roll calls",
            load_ids=queries.ids,
            load_rows=queries.rows,
            sort="began",
            descending=True,
            leaves=ROLL_CALLS,
            filter_hint=_("Find in this list"),
            empty=Empty(
                _("The house has not been counted yet"), _("Begin a roll call; what was counted is kept here.")
            ),
        )
        self.table.opened.connect(lambda which: self.open("roll", roll_call_id=which))
        self._owed = column(gap=6)
        self._due = Card(_("To hold"))
        self._due.append(self._owed)
        self._register = held(column(self._due, (self.table, 1), gap=GAP))
        self.body.addWidget(self.header)
        self.body.addWidget(self._other)
        self.body.addLayout(self._takes)
        self.body.addWidget(self.count, 1)
        self.body.addWidget(self._register, 1)
        self.count.hide()
        self._register.hide()

    def show_at(self, where: Place) -> None:
        """Show the roll call that goes on, or else the register.

        `roll_call_id`: one of the register; `register`: that, in any case; `begins`: begin one where none goes on.
        """
        self._wanted = where.get("roll_call_id")
        self._begins = bool(where.get("begins"))
        super().show_at({name: value for name, value in where.items() if name != "begins"})

    def refresh(self) -> None:
        """Read what goes on and what was held."""
        run_query(self, queries.house, self._show, latest="house")

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, found: House) -> None:
        self._house = found
        begins, self._begins = self._begins and found.open is None, False
        if begins and permissions.may(roll_calls.begin):
            self._begin()
            return
        self._show_owed(found)
        wanted = self._wanted
        if wanted is not None and (found.open is None or found.open.call.id != wanted):
            run_query(self, queries.count, self._show_count, latest="count", roll_call_id=wanted)
        elif found.open is not None and not self.where().get("register"):
            self._show_count(found.open)
        else:
            self._show_register(found)

    def _show_count(self, count: Count) -> None:
        self._shown, call = count, count.call
        self.header.say(presentation.title(call), presentation.begun(call))
        self.pause.setText(_("Pause") if call.paused_at is None else _("Take it up again"))
        is_open = call.is_open
        self._offer(
            self.back,
            *((self.another, self.pause, self.close_button) if is_open else ()),
            *((self.add, self.times) if call.closed_at and not call.taken_back else ()),
            *((self.take_back,) if not call.taken_back else ()),
        )
        self._register.hide()
        self._say_who_writes(is_open=is_open)
        self.count.show()
        self.count.show_count(count, self._house.parts if self._house is not None else ())

    def _show_register(self, found: House) -> None:
        self._shown = None
        self._say_who_writes(is_open=False)
        hours = found.hours.roll_calls.replace(" ", ", ")
        said = _("Held at {hours}", hours=hours) if hours else _("The house is counted when somebody begins")
        self.header.say(_("Roll"), said)
        self._offer(self.hours, *((self.sheet, self.begin) if found.open is None else (self.back,)))
        self.back.setText(_("Register of counts") if found.open is None else _("To the roll call that goes on"))
        self.count.hide()
        self.table.reload()
        self._register.show()

    def _say_who_writes(self, *, is_open: bool) -> None:
        """At two doors: what is counted where another workstation writes goes to it, and waits there to be taken in."""
        reads = is_open and work.only_reads() and may_count()
        said = _(
            "Another workstation writes. What you count here is handed to it, room by room; whoever is at it takes "
            "it into the same roll call. Choose your building, then count."
        )
        self._other.say(said if reads else "")
        if is_open and not work.only_reads() and permissions.may(roll_calls.take_in):
            self._look_for_others()
            self._looks.start()
        else:
            self._looks.stop()
            clear(self._takes)

    def _look_for_others(self) -> None:
        shown = self._shown
        if shown is None or not self.isVisible():
            return
        which = shown.call.id
        work.run_job(
            self,
            lambda register: handed_counts.waiting(register, roll_call_id=which),
            self._offer_others,
            latest="handed",
            asks=True,
        )

    def _offer_others(self, found: tuple[HandedCount, ...]) -> None:
        clear(self._takes)
        for each in found:
            who = presentation.counter(each.who, each.part)
            words = plural(
                "Take in what {who} counted: {n} person",
                "Take in what {who} counted: {n} people",
                len(each.marks),
                who=who,
            )
            take = partial(self._take_in, each)
            self._takes.addWidget(Button(words, take, kind="primary", needs=roll_calls.take_in))
        self._takes.addStretch(1)

    def _take_in(self, found: HandedCount) -> None:
        self.count.counting.send()

        def taken(_counter: object) -> None:
            clear(self._takes)
            work.run_job(
                self, lambda register: handed_counts.take_away(register, found.name), lambda _none: self.refresh()
            )
            toast(self, _("What {who} counted is taken in.", who=isolated(found.who)))

        work.run_action(
            self,
            roll_calls.take_in,
            on_done=taken,
            roll_call_id=found.roll_call_id,
            counter=found.who,
            slot=found.slot,
            part=found.part,
            marks=found.marks,
        )

    def _offer(self, *buttons: Button) -> None:
        for each in self._all:
            each.setVisible(each in buttons)

    def _show_owed(self, found: House) -> None:
        while (item := self._owed.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._due.setVisible(bool(found.missed or found.due) and found.open is None)
        if found.missed:
            self._owed.addWidget(self._missed_row(found.missed))
        if found.due is not None:
            now = _("Hold the roll call of {moment} now", moment=at_clock(found.due))
            self._owed.addWidget(Text(now, "strong"))

    def _missed_row(self, missed: tuple[datetime, ...]) -> QWidget:
        """All that were missed in one line: for a week in which nobody was here one reason is enough."""
        said = _("Roll call of {moment} was not held", moment=at_clock(missed[0]))
        if len(missed) > 1:
            said = plural(
                "{n} roll call was not held, from {first} to {last}",
                "{n} roll calls were not held, from {first} to {last}",
                len(missed),
                first=at_clock(missed[0]),
                last=at_clock(missed[-1]),
            )
        why = Button(_("Say why"), lambda: dialogs.not_held_dialog(self, missed).open(), needs=roll_calls.not_held)
        why.setAccessibleName(_("{command}: {what}", command=_("Say why"), what=said))
        return held(row((Text(said, "strong", wrap=True), 1), why, gap=8))

    def _columns(self) -> list[Column[CallRow]]:
        return [
            instant_column("began", _("Counted from"), lambda call: call.began_at, width=150, sort=True),
            Column(
                "ended", _("until"), lambda call: presentation.clock(call.ended_at) if call.ended_at else "", width=64
            ),
            Column(
                "due",
                _("Held for"),
                lambda call: presentation.clock(call.due_at) if call.due_at else "",
                width=90,
                sort=True,
            ),
            Column("by", _("Counted by"), _counters, width=120, stretch=True),
            _figure("on_roll", _("On the roll"), lambda call: call.on_roll, width=116),
            _figure("away", _("Away"), lambda call: call.away, width=90, spare=1),
            _figure("expected", _("Expected"), lambda call: call.expected),
            _figure("counted", _("Counted"), lambda call: call.counted),
            Column("result", _("Result"), presentation.result, width=136),
            Column("signed", _("Signed by"), lambda call: isolated(call.closed_by), width=120, spare=2),
            Column("why", _("Remark"), _remark, width=150, stretch=True),
        ]

    # -- what is done -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._wanted = None
        late = () if self._house is None or self._house.due is not None else self._house.late
        if late:
            dialogs.begin_dialog(self, late).open()
            return
        done = _("The roll call began.")
        do(self, roll_calls.begin, done, lambda made: Undo(roll_calls.take_back, {"roll_call_id": made}))

    def _enter_sheet(self) -> None:
        if self._house is not None:
            shows = partial(self.open, "roll")
            dialogs.sheet_dialog(
                self, self._house.parts, self._house.missed, lambda made: shows(roll_call_id=made)
            ).open()

    def _set_hours(self) -> None:
        if self._house is not None:
            dialogs.hours_dialog(self, self._house.hours).open()

    def _join(self) -> None:
        self.count.counting.send()
        if self._shown is not None and self._house is not None:
            dialogs.join_dialog(self, self._shown.call, self._house.parts, self._count_as).open()

    def _count_as(self, counter: "RollCounterId") -> None:
        self.count.count_as(counter)
        self.refresh()

    def _pause(self) -> None:
        self.count.counting.send()
        if self._shown is not None:
            which = {"roll_call_id": self._shown.call.id}
            if self._shown.call.paused_at is None:
                done = _("The roll call is paused; what was counted is kept.")
                do(self, roll_calls.pause, done, lambda _none: Undo(roll_calls.resume, which, why=""), **which)
            else:
                done = _("The roll call goes on.")
                do(self, roll_calls.resume, done, lambda _none: Undo(roll_calls.pause, which, why=""), **which)

    def _close(self) -> None:
        self.count.counting.send()
        if self._shown is None:
            return
        first = self.count.unfinished
        if first is not None:
            self.count.go_to(first.stay_id)
            text = tr().join([self.count.sentence()], " ")
            prompts.tell(self, _("It cannot be signed yet"), text + "\n" + _how_to_go_on())
            return
        dialogs.close_dialog(self, self._shown.call, self.count.sentence()).open()

    def _take_back(self) -> None:
        if self._shown is not None:
            dialogs.take_back_dialog(self, self._shown.call).open()

    def _add_somebody(self) -> None:
        if self._shown is not None:
            dialogs.add_dialog(self, self._shown.call).open()

    def _correct_times(self) -> None:
        if self._shown is not None:
            call = self._shown.call

            def asks(hours: tuple[datetime, ...]) -> None:
                dialogs.times_dialog(self, call, hours).open()

            run_query(self, queries.hours_for, asks, roll_call_id=call.id)

    def _to_register(self) -> None:
        if self._shown is None:
            self.open("roll")
        else:
            self.open("roll", register=True)


def _how_to_go_on() -> str:
    return _("Count who is left; of whoever is not found say what was done: found, out, reported or explained.")


def _counters(call: CallRow) -> str:
    return tr().join([presentation.counter(each.name, each.part) for each in call.counters])


def _remark(call: CallRow) -> str:
    return isolated(call.words)


def _figure(
    name: str, title: str, of: Callable[[CallRow], int | None], *, width: int = 98, spare: int = 0
) -> Column[CallRow]:
    def written(call: CallRow) -> str:
        found = of(call)
        return "" if found is None else tr().number(found)

    return Column(name, title, written, width=width, right=True, sort=True, spare=spare, data=of)
