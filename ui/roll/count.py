"""The count itself: the list that is counted in, the figures, the balance, and what is done about whom."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from models.actions import absences, roll_calls
from models.ids import RollCounterId, StayId
from models.queries import roll_calls as queries
from models.queries.roll_calls import Count, LastSeen, Line
from models.rules import roll_calls as rules
from models.rules.papers import ROLL_CALL
from models.rules.sorting import sort_key
from models.rules.vocabulary import CountedBy, RollAnswer, RollMarkState, RollStanding
from models.rules.wording import word
from ui import permissions, work
from ui.flow import Flow
from ui.kit.accessible import announce
from ui.kit.choosing import Choices
from ui.kit.columns import Cell, Column
from ui.kit.commands import Command, takes_key
from ui.kit.fields import Combo
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, KeyValues, Tile, clear, column, held, row
from ui.kit.notices import toast
from ui.kit.search import FindBox
from ui.kit.table import Table
from ui.kit.tokens import GAP, Tone
from ui.language import _, isolated, plural, say, tr
from ui.presentation import at_clock, when
from ui.roll import dialogs, presentation
from ui.roll.counting import Counting
from ui.roll.keys import CountKeys
from ui.work import run_query

ROOMS, NAMES = "rooms", "names"


def may_count() -> bool:
    """Whether who is at the window may count; where another one writes, what is counted here is handed to it."""
    return permissions.may(roll_calls.mark) or (work.only_reads() and work.person().may(roll_calls.mark))


class CountView(QWidget):
    """One roll call, while it goes on or once it is signed."""

    opened = Signal(object)
    """The page of a resident is wanted: their id."""

    def __init__(self) -> None:
        """Lay it out: figures above, the list at the left, the balance and the person at the right."""
        super().__init__()
        self._count: Count | None = None
        self._turns = False
        self._soon = QTimer(self, singleShot=True)
        self.counting = Counting(self)
        self.counting.changed.connect(self._show)
        self.tiles = [
            Tile("–", each)
            for each in (
                _("on the roll"),
                _("should be here"),
                _("counted here"),
                _("not found"),
                _("away"),
                _("still to count"),
            )
        ]
        self.table: Table[Line] = Table(
            self._columns(),
            name=_("Who is counted"),
            leaves=ROLL_CALL,
            row_id=lambda line: line.stay_id,
            commands=self._commands,
            framed=False,
            header=False,
            choosable=False,
            empty=Empty(_("Nobody is counted here")),
        )
        self.keys = CountKeys(self.table.view)
        self.order: Choices[str] = Choices(_("In which order"), {ROOMS: _("Rooms"), NAMES: _("Names")})
        self.part = Combo()
        self.part.setAccessibleName(_("Which building"))
        self.part.setMinimumContentsLength(14)
        self.box = FindBox(_("Scan a card, or type a number and Enter"))
        self._hint = Text("", "note", wrap=True)
        for key, does in (("Space", _("Is here")), ("N", _("Is not here")), ("Backspace", _("Not counted after all"))):
            takes_key(self._hint, key, does)
        self._list = Card(_("Who is counted"), flush=True)
        self._list.append(held(row(self.order, self.part, self.box, None, gap=8, margins=(10, 2, 10, 2))))
        self._list.append(held(row((self._hint, 1), margins=(12, 0, 12, 4))), (self.table, 1))
        self._balance = KeyValues(right=True)
        self._balances = Card(_("It does not balance yet"))
        self._balances.append(self._balance)
        self._person = Card(" ")
        self._facts = Text("", "note", wrap=True)
        self._buttons = Flow()
        self._person.append(self._facts, held(self._buttons))
        self._corrections = Card(_("Corrected since"))
        right = held(column(self._balances, self._person, self._corrections, None, gap=GAP))
        tiles = row(*self.tiles, gap=8)
        self.setLayout(column(held(tiles), (row((self._list, 7), (right, 4), gap=GAP), 1), gap=GAP))
        self._connect()

    def show_count(self, count: Count, parts: tuple[str, ...]) -> None:
        """Show a roll call as the register has it; what is marked here and on its way stands before it."""
        is_new = self._count is None or self._count.call.id != count.call.id
        self._count = count
        self.counting.take(count)
        is_open = count.call.is_open and may_count()
        self.keys.enabled = is_open and count.call.paused_at is None
        self._hint.setVisible(self.keys.enabled)
        self.box.setVisible(self.keys.enabled)
        now = next((each for each in count.call.counters if each.id == self.counting.counter), None)
        keys = _("Space: here · N: not here · ↑ back · a scanned card: here")
        who = "" if now is None else _("Counts now: {who}", who=presentation.counter(now.name, now.part))
        self._hint.setText(f"{who} · {keys}" if who and len(count.call.counters) > 1 else keys)
        if is_new or (self._turns and now is not None):
            self._turns = False
            self._offer_parts(parts)
        self._show()
        if is_new and self.keys.enabled:
            self._go_on(None)
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def count_as(self, counter: RollCounterId) -> None:
        """Mark from now on for another counter, in their part of the house; shown by the next `show_count`."""
        self.counting.counter, self._turns = counter, True

    def hideEvent(self, event: QHideEvent) -> None:
        """What was marked is written before anything else is looked at."""
        self.counting.send()
        super().hideEvent(event)

    @property
    def unfinished(self) -> Line | None:
        """The first of whom something is still to be said before it can be signed."""
        first = next((line for line in self.counting.lines if line.standing is RollStanding.TO_COUNT), None)
        return first or next((line for line in self.counting.lines if line.owes_answer), None)

    def go_to(self, stay_id: StayId) -> None:
        """To one person, whatever the list is narrowed to."""
        if self.table.model.place(stay_id) is None:
            self.part.setCurrentIndex(0)
        self.table.select(stay_id)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the list ---------------------------------------------------------------------------------------------------

    def _columns(self) -> list[Column[Line]]:
        return [
            Column("room", _("Room"), lambda line: Cell(presentation.place(line), strong=True), width=168),
            Column("bed", _("Bed"), lambda line: line.bed or "", width=44, spare=1),
            Column("name", _("Name"), _named, width=210, stretch=True, whom=True),
            Column("standing", _("How it stands"), self._standing, width=240),
            Column("by", _("Counted by"), self._by, width=110, spare=2),
        ]

    def _standing(self, line: Line) -> Cell:
        return presentation.standing(line, is_here=self.keys.enabled and self.table.selected_ids() == [line.stay_id])

    def _by(self, line: Line) -> str:
        if line.mark is None or line.mark.counted_by is None or line.mark.state is None or self._count is None:
            return ""
        return next((each.name for each in self._count.call.counters if each.id == line.mark.counter_id), "")

    def _commands(self, line: Line) -> list[Command]:
        count = self._count
        if count is None:
            return []
        opens = Command(_("Open {name}", name=isolated(line.name)), partial(self._open, line))
        if not count.call.is_open:
            correct = partial(self._correct, line)
            return [opens, Command(_("Correct the roll call"), correct, needs=roll_calls.correct)]
        return [opens, *self._deeds(line)]

    def shown(self) -> list[Line]:
        """The lines of the list, in its order."""
        part = self.part.currentData()
        lines = [line for line in self.counting.lines if not part or line.building in (part, None)]
        language = tr().language
        return sorted(lines, key=lambda line: sort_key(line.name, language)) if self.order.value == NAMES else lines

    def _show(self) -> None:
        if self._count is None:
            return
        self.table.show_rows(self.shown())
        self._soon.start(0)

    def _show_beside(self) -> None:
        """The figures and the person follow the list: a key that counts waits for nothing."""
        if self._count is not None:
            self._show_figures()
            self._show_person()
            self._show_corrections(self._count)

    def _offer_parts(self, parts: tuple[str, ...]) -> None:
        self.part.blockSignals(True)
        self.part.clear()
        self.part.addItem(_("The whole house"), "")
        for part in parts:
            self.part.addItem(part, part)
        count, counter = self._count, self.counting.counter
        mine = next((each.part for each in count.call.counters if each.id == counter), "") if count else ""
        self.part.setCurrentIndex(max(0, self.part.findData(mine)))
        self.part.setVisible(len(parts) > 1)
        self.part.blockSignals(False)

    # -- counting ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.keys.here.connect(lambda: self._mark(RollMarkState.HERE))
        self.keys.not_here.connect(lambda: self._mark(RollMarkState.NOT_HERE))
        self.keys.uncounted.connect(lambda: self._mark(None))
        self.keys.scanned.connect(self._scan)
        self.box.left.connect(self._typed)
        self.order.chosen.connect(self._show)
        self.part.currentIndexChanged.connect(self._choose_part)
        self.table.selected.connect(lambda _ids: self._soon.start(0))
        self._soon.timeout.connect(self._show_beside)
        self.table.opened.connect(lambda which: self._open_id(which))

    def _choose_part(self) -> None:
        self.counting.part = str(self.part.currentData() or "")
        self._show()

    def _current(self) -> Line | None:
        chosen = self.table.selected_ids()
        return next((line for line in self.counting.lines if chosen and line.stay_id == chosen[0]), None)

    def _mark(self, state: RollMarkState | None) -> None:
        line = self._current()
        if line is None or not self.keys.enabled:
            return
        other = self._seen_by_another(line)
        if other and state is not RollMarkState.HERE:
            seen = _("{who} has seen {name}. To take that back choose “Count at another door”, as {who}.", who=other,
                name=isolated(line.name))  # fmt: skip
            toast(self, seen)
            return
        self.counting.mark(line, state)
        if state is None:
            return
        self._go_on(line.stay_id)

    def _seen_by_another(self, line: Line) -> str:
        """At which other door somebody was seen; what is said here would not count against it."""
        mark = line.mark
        if mark is None or mark.state is not RollMarkState.HERE or self._count is None:
            return ""
        seen = next((each for each in self._count.call.counters if each.id == mark.counter_id), None)
        if seen is None or seen.id == self.counting.counter:
            return ""
        if work.only_reads() and seen.name == work.person().name:
            return ""
        return presentation.counter(seen.name, seen.part)

    def _go_on(self, after: StayId | None) -> None:
        """To the next who is still to be counted, below the last one or else from the top; then to who is missing."""
        lines = self.shown()
        at = next((place for place, line in enumerate(lines) if line.stay_id == after), -1)
        around = [*lines[at + 1 :], *lines[: at + 1]]
        to = next((line for line in around if line.standing is RollStanding.TO_COUNT), None)
        if to is None:
            to = next((line for line in around if line.owes_answer), None)
            self.counting.send()
            announce(self, self.sentence())
        if to is not None:
            self.table.select(to.stay_id)
        self.table.view.viewport().update()

    def _typed(self) -> None:
        number = self.box.text().strip()
        self.box.clear()
        if number:
            self._scan(number)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scan(self, number: str) -> None:
        """A card that is held before the scanner counts its holder, wherever that is."""
        line = next((each for each in self.counting.lines if each.number.casefold() == number.casefold()), None)
        if line is not None:
            self._found(line)
            return
        run_query(self, queries.stay_of, partial(self._found_elsewhere, number), number=number)

    def _found(self, line: Line) -> None:
        self.counting.mark(line, RollMarkState.HERE, CountedBy.CARD)
        now = next(each for each in self.counting.lines if each.stay_id == line.stay_id)
        toast(self, _("{name}: {standing}", name=isolated(line.name), standing=presentation.words(now)))
        self._go_on(line.stay_id)

    def _found_elsewhere(self, number: str, found: tuple[StayId, str] | None) -> None:
        if found is None:
            toast(self, _("Nobody has the number {number}. Look the person up by name.", number=number))
            return
        which, name = found
        line = next((each for each in self.counting.lines if each.stay_id == which), None)
        if line is not None:
            self._found(line)
            return
        self.counting.mark_stranger(which)
        toast(self, _("{name} is not on the roll of this count, and stands below as unexpected.", name=isolated(name)))

    # -- what it comes to -------------------------------------------------------------------------------------------

    def sentence(self) -> str:
        """Whether it balances, or why not."""
        why = rules.why_not(self.counting.balance)
        return tr().join(map(say, why)) if why else _("It balances: everybody is accounted for.")

    def _show_figures(self) -> None:
        found, number = self.counting.balance, tr().number
        on_roll, expected, counted, missing, away, left = self.tiles
        on_roll.show_figure(number(found.on_roll), self._at())
        expected.show_figure(number(found.expected), plural("{n} away", "{n} away", found.away))
        counted.show_figure(number(found.counted), self._by_counter(), Tone.GREEN if found.counted else None)
        missing.show_figure(number(found.missing), "", Tone.RED if found.missing else None)
        overdue = plural("{n} overdue", "{n} overdue", found.overdue) if found.overdue else ""
        away.show_figure(number(found.away), overdue, Tone.AMBER if found.overdue else None)
        left.show_figure(number(found.to_count), "")
        self._balances.say(_("It balances") if found.balances else _("It does not balance yet"))
        self._balance.say(presentation.figures(found))

    def _at(self) -> str:
        return "" if self._count is None else _("at {time}", time=presentation.clock(self._count.call.began_at))

    def _by_counter(self) -> str:
        """How many each has counted."""
        if self._count is None or len(self._count.call.counters) < 2:
            return ""
        return tr().join(
            _("{who} {n}", who=presentation.counter(each.name, each.part), n=n)
            for each in self._count.call.counters
            if (n := sum(_is_by(line, each.id) for line in self.counting.lines))
        )

    def _show_corrections(self, count: Count) -> None:
        self._corrections.clear()
        self._corrections.setVisible(bool(count.corrections))
        for each in count.corrections:
            before = _("not asked for") if each.standing_before is None else say(word(each.standing_before))
            said = _(
                "{name}: {before}, really {after}. {reason} ({who}, {moment})",
                name=isolated(each.name),
                before=before,
                after=say(word(each.standing)),
                reason=isolated(each.reason),
                who=isolated(each.entered_by),
                moment=at_clock(each.entered_at),
            )
            self._corrections.append(Text(said, "body", wrap=True))

    # -- what is done about somebody ----------------------------------------------------------------------------------

    def _show_person(self) -> None:
        line = self._current()
        clear(self._buttons)
        self._person.setVisible(line is not None)
        if line is None:
            return
        where = presentation.place(line) + (f", {line.bed}" if line.bed else "")
        self._person.say(line.name, f"{line.number} · {where}")
        words = "" if line.mark is None else line.mark.words
        self._facts.setText(
            tr().join([presentation.words(line), isolated(words)] if words else [presentation.words(line)])
        )
        is_past = self._count is None or not self._count.call.is_open or line.facts.now is rules.Where.OFF_ROLL
        for each in self._commands(line) if is_past else self._deeds(line):
            self._buttons.addWidget(Button(each))
        if line.standing is RollStanding.MISSING:
            show = partial(self._show_last_seen, line.stay_id)
            run_query(self, queries.last_seen, show, latest="seen", stay_id=line.stay_id)

    def _show_last_seen(self, stay_id: StayId, found: LastSeen) -> None:
        line = self._current()
        if line is None or line.stay_id != stay_id:
            return
        said = []
        if found.seen is not None:
            said.append(_("Last counted here {moment}.", moment=at_clock(found.seen)))
        if found.back is not None:
            said.append(_("Came back {moment}.", moment=when(found.back)))
        if said:
            self._facts.setText(" ".join([presentation.words(line) + ".", *said]))

    def _deeds(self, line: Line) -> list[Command]:
        """What can be done about somebody of whom count and register differ."""
        if self._count is None or not self._count.call.is_open:
            return []
        explain = partial(self._ask_answer, line, RollAnswer.EXPLAINED)
        if line.standing is RollStanding.MISSING:
            report = partial(self._ask_answer, line, RollAnswer.REPORTED)
            return [
                Command(_("Found"), partial(self._was_found, line), needs=roll_calls.mark),
                Command(_("Is out: record absence"), partial(self._is_out, line), needs=absences.record),
                Command(_("Report missing"), report, needs=roll_calls.answer),
                Command(_("Explain"), explain, needs=roll_calls.answer),
            ]
        if line.standing is RollStanding.UNEXPECTED:
            back = Command(_("Record return"), partial(self._is_back, line), needs=absences.return_)
            is_away = line.facts.now is rules.Where.AWAY
            return [*([back] if is_away else []), Command(_("Explain"), explain, needs=roll_calls.answer)]
        return []

    def _was_found(self, line: Line) -> None:
        self.counting.mark(line, RollMarkState.HERE, CountedBy.LOOKED_FOR)
        self._go_on(line.stay_id)

    def _is_out(self, line: Line) -> None:
        from ui.residents.dialogs import absence_dialog

        self.counting.send()
        absence_dialog(self, line.stay_id)

    def _is_back(self, line: Line) -> None:
        from ui.residents.dialogs import return_dialog

        self.counting.send()
        return_dialog(self, line.stay_id)

    def _ask_answer(self, line: Line, answer: RollAnswer) -> None:
        self.counting.send()
        if self._count is not None:
            dialogs.answer_dialog(self, self._count.call, line, answer).open()

    def _correct(self, line: Line) -> None:
        if self._count is not None:
            dialogs.correct_dialog(self, self._count.call, line).open()

    def _open(self, line: Line) -> None:
        self.opened.emit(line.resident_id)

    def _open_id(self, which: StayId) -> None:
        line = next((each for each in self.counting.lines if each.stay_id == which), None)
        if line is not None and not self.keys.enabled:
            self._open(line)


def _named(line: Line) -> Cell:
    return Cell(line.name, strong=True, muted=line.number)


def _is_by(line: Line, counter: object) -> bool:
    return line.mark is not None and line.mark.counter_id == counter and line.mark.state is RollMarkState.HERE
