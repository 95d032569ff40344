"""What is on record of one arrival: what is still missing, and each part with the way to enter and to correct it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from models.actions import photos, residents
from models.ids import StayId
from models.queries import admissions as queries
from models.queries.admissions import ArrivalRecord, EntryRow, StepState
from models.rules.admissions import STEPS as STEPS_ASKED
from models.rules.vocabulary import ArrivalStep, PropertyOutcome
from models.rules.wording import word
from models.store.declaring import Declared
from ui import permissions, work
from ui.arrivals import entries
from ui.arrivals.entries import ENTER, PARTS, RETURNS, WAIVERS, Part, Record
from ui.arrivals.pending import WaitingCard
from ui.arrivals.steps import STEPS, Mark, Step, Steps, done, late, missing, nothing
from ui.kit.form import FormDialog
from ui.kit.labels import LinkButton, Text
from ui.kit.layout import Card, Empty, clear, column, held, row
from ui.kit.tokens import GAP, Tone, px
from ui.language import _, plural, say
from ui.presentation import at_clock
from ui.sealed import show_opened

_SIGNS = {True: ("✓", Tone.GREEN), False: ("○", None)}


def time_left(state: StepState) -> str:
    """By when a step is due, in words; empty where no time is set or it is done."""
    if state.left is None or state.due is None or not state.is_missing:
        return ""
    if state.left < 0:
        return _("the time was over {time}", time=at_clock(state.due))
    return plural("{n} hour left", "{n} hours left", state.left)


class StepLine(QFrame):
    """One step of an arrival: whether it is done, its time, and what can be done about it."""

    def __init__(self, state: StepState, deeds: list[LinkButton]) -> None:
        """Show how far the step is."""
        super().__init__()
        self.setProperty("role", "row")
        is_late = state.left is not None and state.left < 0 and state.is_missing
        sign, tone = ("!", Tone.RED) if is_late else _SIGNS[not state.is_missing]
        mark = Text(sign, "strong", tone=tone)
        mark.setFixedWidth(px(16))
        how = _("done") if state.is_done else _("not asked: {why}", why=state.waived) if state.waived else _("missing")
        mark.setAccessibleName(how)
        left = time_left(state)
        words = Text(say(word(state.step)), "body", wrap=True)
        more = Text(
            left if left else how if state.waived else "", "note", tone=Tone.RED if is_late else None, wrap=True
        )
        more.setVisible(bool(more.text()))
        what = column(words, more, gap=0)
        line = row(mark, (what, 1), *deeds, gap=6, margins=(0, 5, 0, 5))
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)


class Wanted(Card):
    """What the agreement will ask of whoever arrives, while the form is filled in. It never keeps anybody out."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(_("What the agreement wants"))
        self._lines = column(gap=4)
        note = _("Register whenever you like: what is missing is shown on Today. It never keeps anybody out.")
        self.append(held(self._lines), Text(note, "note", wrap=True), None)

    def show_asked(self, steps: Sequence[ArrivalStep], *, is_chosen: bool) -> None:
        """Show what is asked, once the agreement is chosen."""
        clear(self._lines)
        for step in steps:
            hours = STEPS_ASKED[step].hours
            what = say(word(step))
            within = plural("within {n} hour", "within {n} hours", hours) if hours else ""
            self._lines.addWidget(Text(" · ".join(part for part in (what, within) if part), "body", wrap=True))
        if not steps:
            nothing_more = _("It asks for nothing beyond the arrival itself.")
            not_yet = _("Choose the programme: what it asks for is listed here.")
            self._lines.addWidget(Text(nothing_more if is_chosen else not_yet, "note", wrap=True))


class Completeness(Card):
    """What the agreement asks of an arrival, and how far each step is. It never keeps anybody out."""

    wanted = Signal(object)
    """The step that is to be done."""
    waived = Signal(object)
    """The step that is not to be asked."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(_("What the agreement wants"))
        self._lines = column(gap=0)
        self.note = Text(_("What is missing is shown on Today. It never keeps anybody out."), "note", wrap=True)
        self.append(held(self._lines), self.note, None)

    def show_steps(self, record: ArrivalRecord) -> None:
        """Show how far the arrival is."""
        clear(self._lines)
        for state in record.steps:
            self._lines.addWidget(StepLine(state, self._deeds(state)))
        missing = sum(state.is_missing for state in record.steps)
        said = plural("{n} step is missing", "{n} steps are missing", missing) if missing else _("complete")
        self.say(_("What the agreement wants"), said if record.steps else "")

    def _deeds(self, state: StepState) -> list[LinkButton]:
        if not state.is_missing:
            return []
        name = say(word(state.step))
        do = LinkButton(_(ENTER), partial(self.wanted.emit, state.step), needs=needs_of(state.step))
        do.setAccessibleName(_("{command}: {what}", command=_(ENTER), what=name))
        let = LinkButton(_("Not asked"), partial(self.waived.emit, state.step), needs=WAIVERS.what.enter)
        let.setAccessibleName(_("{command}: {what}", command=_("Not asked"), what=name))
        return [do, let]


def needs_of(step: ArrivalStep) -> tuple[Declared, ...]:
    """The actions of which one must be allowed to whoever does a step."""
    if step is ArrivalStep.IDENTITY:
        return (residents.change,)
    if step is ArrivalStep.PHOTO:
        return (photos.put,)
    return tuple(part.what.enter for part in PARTS[step])


class PartCard(Card):
    """What stands in one part, each with who entered it and when, and the ways to put it right."""

    def __init__(self, owner: QWidget, part: Part, record: Record, *, adds: bool = True) -> None:
        """Show what is entered; `adds`: with the way to enter more."""
        super().__init__(_(part.title))
        self._owner, self._part, self._record = owner, part, record
        rows = [each for each in record.entries if each.table == part.what.entity.__tablename__]
        for each in rows:
            self.append(self._line(each))
        if not rows:
            self.append(Text(_("Nothing is entered"), "note"))
        if adds and part is not RETURNS:
            add = LinkButton(_(part.add), self.enter, needs=part.what.enter)
            self.append(row(add, None, gap=0))

    def enter(self, **given: object) -> None:
        """Ask for something new."""
        _show(entries.enter(self._owner, self._part, self._record, **given))

    def _line(self, entry: EntryRow) -> QWidget:
        said = entries.values_of(self._part, self._record, entry)
        (_label, head), *rest = said or [("", "–")]
        facts = " · ".join(f"{label}: {value}" for label, value in rest)
        by = _("Entered by {name}, {time}", name=entry.entered_by, time=at_clock(entry.entered_at))
        words = column(Text(head, "strong", wrap=True), gap=1)
        if facts:
            words.addWidget(Text(facts, "body", wrap=True))
        words.addWidget(Text(by, "note", wrap=True))
        line = QFrame()
        line.setProperty("role", "row")
        links = [self._link(text, deed, needs, head) for text, deed, needs in self._deeds(entry)]
        across = row((words, 1), *links, gap=10, margins=(0, 6, 0, 6))
        for link in links:
            across.setAlignment(link, Qt.AlignmentFlag.AlignTop)
        line.setLayout(across)
        return line

    def _deeds(self, entry: EntryRow) -> list[tuple[str, Callable[[], object], Declared]]:
        owner, part, record = self._owner, self._part, self._record
        deeds: list[tuple[str, Callable[[], object], Declared]] = [*part.deeds(owner, entry)]
        if part.reads is not None and permissions.may(part.reads):
            deeds.append((_("Read"), partial(self._read, entry), part.reads))
        if entry.values.get("outcome") is PropertyOutcome.KEPT and not entries.is_given_back(record, entry):
            give = partial(self._give_back, entry)
            deeds.append((_(RETURNS.add), give, RETURNS.what.enter))
        deeds.append((_("Correct"), lambda: entries.correct(owner, part, record, entry).open(), part.what.correct))
        deeds.append(
            (_("Take back"), lambda: entries.take_back(owner, part, record, entry).open(), part.what.take_back)
        )
        return deeds

    def _link(self, text: str, deed: Callable[[], object], needs: Declared, what: str) -> LinkButton:
        link = LinkButton(text, deed, needs=needs)
        link.setAccessibleName(_("{command}: {what}", command=text, what=what))
        return link

    def _give_back(self, entry: EntryRow) -> None:
        _show(entries.enter(self._owner, RETURNS, self._record, item_id=entry.id))

    def _read(self, entry: EntryRow) -> None:
        if self._part.reads is not None:
            title = _(self._part.title)
            work.run_action(
                self, self._part.reads, on_done=lambda text: show_opened(self._owner, title, text), entry_id=entry.id
            )


class RecordView(QWidget):
    """All that is on record of an arrival, step by step; it reads when it is told whose."""

    read = Signal(object)
    """The record, once it was read."""
    identity_wanted = Signal(int)
    """Who it is, and who says so, is to be put right: the number of the resident."""

    def __init__(self, owner: QWidget, own: Mapping[str, QWidget]) -> None:
        """Begin with nobody.

        Args:
            owner: The page; dialogs belong to it.
            own: What stands in a step above what is entered there, by the key of the step.
        """
        super().__init__()
        self._owner = owner
        self._stay_id: StayId | None = None
        self.record: ArrivalRecord | None = None
        self.cards: dict[str, PartCard] = {}
        self.marks: dict[str, Mark] = {}
        """How far a step is of which the record does not tell."""
        self.complete = Completeness()
        self.complete.wanted.connect(self.do)
        self.complete.waived.connect(self._waive)
        self._parts = {step.key: column() for step in STEPS}
        pages = {step.key: column(gap=GAP) for step in STEPS}
        for key, page in pages.items():
            if key in own:
                page.addWidget(own[key])
            page.addLayout(self._parts[key])
            page.addStretch(1)
        self.steps = Steps({key: held(page) for key, page in pages.items()}, self.complete)
        self._nobody = Empty(_("No stay is entered"))
        self.waiting = WaitingCard(owner)
        self.setLayout(column(self._nobody, self.waiting, self.steps, None, gap=GAP))
        self._nobody.hide()

    def show_stay(self, stay_id: StayId) -> None:
        """Read what is on record of a stay."""
        self._stay_id = stay_id
        work.run_query(self, queries.of_stay, self._show, latest="record", stay_id=stay_id)

    def do(self, step: ArrivalStep) -> None:
        """Open what a step is done with: the first part of it in which nothing stands yet."""
        if self.record is None:
            return
        self.steps.turn_to(next(each.key for each in STEPS if step in each.asks))
        if step is ArrivalStep.IDENTITY:
            self.identity_wanted.emit(self.record.resident_id)
        elif step is ArrivalStep.PHOTO:
            from ui.arrivals.photo import set_photo

            set_photo(self._owner, self.record.resident_id)
        else:
            there = {each.table for each in self.record.entries}
            parts = [part for part in PARTS[step] if part is not RETURNS and permissions.may(part.what.enter)]
            empty = [part for part in parts if part.what.entity.__tablename__ not in there]
            for part in (*empty, *reversed(parts)):
                _show(entries.enter(self._owner, part, self.record))
                return

    # -- inside ------------------------------------------------------------------------------------------------------

    def _waive(self, step: ArrivalStep) -> None:
        if self.record is not None:
            _show(entries.enter(self._owner, WAIVERS, self.record, step=step))

    def _show(self, record: ArrivalRecord | None) -> None:
        self.record = record
        self.cards.clear()
        for parts in self._parts.values():
            clear(parts)
        self._nobody.setVisible(record is None)
        self.steps.setVisible(record is not None)
        if record is None:
            self.waiting.hide()
            return
        self.waiting.show_record(record)
        self.complete.setVisible(bool(record.steps))
        self.complete.show_steps(record)
        for step in STEPS:
            self._fill(step, record)
        self.steps.say({step.key: self._mark(step, record) for step in STEPS} | self.marks)
        self.read.emit(record)

    def _fill(self, step: Step, record: ArrivalRecord) -> None:
        """What stands in a step, and last what was said not to be asked."""
        for part in step.parts:
            table = part.what.entity.__tablename__
            is_there = any(each.table == table for each in record.entries)
            if part is RETURNS and not is_there:
                continue
            if part in PARTS[ArrivalStep.CHILD] and not (record.is_child or is_there):
                continue
            self.cards[table] = PartCard(self._owner, part, record)
            self._parts[step.key].addWidget(self.cards[table])
        waived = WAIVERS.what.entity.__tablename__
        there = tuple(each for each in record.entries if each.table == waived and each.values.get("step") in step.asks)
        if there:
            others = tuple(each for each in record.entries if each.table != waived)
            self.cards[f"waivers of {step.key}"] = card = PartCard(
                self._owner, WAIVERS, replace(record, entries=(*others, *there)), adds=False
            )
            self._parts[step.key].addWidget(card)

    def _mark(self, step: Step, record: ArrivalRecord) -> Mark:
        asked = [state for state in record.steps if state.step in step.asks]
        owed = [state for state in asked if state.is_missing]
        if owed:
            soonest = min(owed, key=lambda state: (state.left is None, state.left or 0))
            words = time_left(soonest)
            is_late = soonest.left is not None and soonest.left < 0
            return late(_("the time is over")) if is_late else missing(words)
        tables = {part.what.entity.__tablename__ for part in step.parts}
        entered = sum(each.table in tables for each in record.entries)
        if asked or entered:
            return done(plural("{n} entry", "{n} entries", entered) if entered else "")
        return nothing(_("not asked for") if step.asks else "")


def _show(form: FormDialog | None) -> None:
    if form is not None:
        form.open()
