"""The parts of a candidate's page: the criteria, what is in doubt, who may be the same, the family."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from models.actions import selection as actions
from models.errors import Refused
from models.ids import CandidateId, CriterionId
from models.queries.candidates import AlikeRow, CandidateWhole, CriterionRow, MemberRow
from models.rules.vocabulary import Answer, CriterionEffect
from models.rules.wording import word
from ui.kit.commands import takes_key
from ui.kit.labels import Button, Chip, LinkButton, Text, repolish
from ui.kit.layout import Card, column, held, row
from ui.kit.tokens import Tone, px
from ui.kit.undoing import Undo, do, tell
from ui.language import _, isolated, plural, say
from ui.presentation import alike_head, at_clock, born, name_of, reasons_of
from ui.selection import dialogs, presentation
from ui.work import run_action, show_refusal

_EFFECT_TONES = {
    CriterionEffect.EXCLUDES: Tone.RED,
    CriterionEffect.REQUIRED: Tone.AMBER,
    CriterionEffect.WEIGHS: Tone.GREY,
}
_BARS = {CriterionEffect.EXCLUDES: Answer.YES, CriterionEffect.REQUIRED: Answer.NO}


KEYS = {Answer.YES: "Y", Answer.NO: "N", Answer.UNKNOWN: "U"}
"""The key of each answer, in every language."""


class _AnswerButton(Button):
    """One of the answers to a question. The arrow keys go to its neighbours; an answer counts when it is pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's radio buttons would answer at once wherever an arrow key leads."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            beside = [each for each in self.window().findChildren(_AnswerButton) if each.parent() is self.parent()]
            beside[(beside.index(self) + step) % len(beside)].setFocus(Qt.FocusReason.TabFocusReason)


class CriterionLine(QFrame):
    """One criterion: the question, what it means, the answer, and who gave it."""

    def __init__(self, owner: QWidget, candidate_id: CandidateId, found: CriterionRow) -> None:
        """Lay it out."""
        super().__init__()
        self._owner, self._candidate_id, self._row = owner, candidate_id, found
        self.setProperty("role", "row")
        self._sign = Text("", "strong")
        self._sign.setFixedWidth(px(16))
        self._by = Text("", "note", wrap=True)
        self._note = LinkButton(
            _("Note"), self._write_note, hint=_("Say what the answer rests on"), needs=actions.answer
        )
        self._note.setAccessibleName(_("Note on the answer to: {question}", question=_(found.text)))
        self._back = LinkButton(_("Take back"), lambda: self._send(None, ""), needs=actions.answer)
        self._back.setAccessibleName(_("Take back the answer to: {question}", question=_(found.text)))
        question = Text(_(found.text), "body", wrap=True)
        effect = Chip(say(word(found.effect)), _EFFECT_TONES[found.effect])
        effect.setToolTip(dialogs.effect_words(found.effect))
        self.buttons: dict[Answer, Button] = {}
        across = row(self._sign, gap=8, margins=(10, 7, 10, 7))
        below = row(self._by, gap=8)
        below.setStretch(0, 1)
        words = column(question, below, gap=2)
        across.addLayout(words, 1)
        across.addWidget(effect)
        for each in (Answer.YES, Answer.NO, Answer.UNKNOWN):
            button = _AnswerButton(say(word(each)), partial(self._answer, each))
            button.setCheckable(True)
            button.setAccessibleName(_("{answer}: {question}", answer=say(word(each)), question=_(found.text)))
            button.setToolTip(_("Key {key}; with Shift all that are still to answer", key=KEYS[each]))
            button.setMinimumWidth(button.sizeHint().width() + 22)
            self.buttons[each] = button
            across.addWidget(button)
        below.addWidget(self._note)
        below.addWidget(self._back)
        self.setLayout(across)
        self.show_row(found, closed=False)

    def show_row(self, found: CriterionRow, *, closed: bool) -> None:
        """Show the answer as it stands; `closed`: the person has arrived, and an answer is only corrected."""
        self._row, self._closed = found, closed
        mark, tone, said = _sign(found)
        self._sign.setText(mark)
        self._sign.set_tone(tone)
        self._sign.setAccessibleName(said)
        self._sign.setToolTip(said)
        for answer, button in self.buttons.items():
            # What nobody answered, nor the list, is shown as no answer at all.
            chosen = answer is found.answer and (answer is not Answer.UNKNOWN or bool(found.answered_by))
            button.setAutoExclusive(False)  # of exclusive buttons none could be left unchecked
            button.setChecked(chosen)
            button.setText(f"✓ {say(word(answer))}" if chosen else say(word(answer)))
            kind = "primary" if chosen and found.answered_by else ""
            if button.property("kind") != kind:
                button.setProperty("kind", kind)
                repolish(button)
        for button in self.buttons.values():
            button.setAutoExclusive(True)
        self._by.setText(_given(found))
        for link in (self._note, self._back):
            policy = link.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # or the rows below would move as this one is answered
            link.setSizePolicy(policy)
            link.setVisible(bool(found.answered_by))

    @property
    def criterion_id(self) -> CriterionId:
        """Of which criterion it is."""
        return self._row.id

    @property
    def is_open(self) -> bool:
        """Whether a person must still answer it."""
        row = self._row
        weighs = row.effect is CriterionEffect.WEIGHS
        return row.answer is Answer.UNKNOWN and not row.answered_by and not weighs and not self._closed

    def _answer(self, answer: Answer) -> None:
        self.show_row(self._row, closed=self._closed)  # until it is kept
        if answer is self._row.answer and self._row.answered_by:
            return
        self._send(answer, "")

    def _write_note(self) -> None:
        dialogs.answer_dialog(
            self._owner, self._candidate_id, self._row, self._row.answer, "", arrived=self._closed
        ).open()

    def _send(self, answer: Answer | None, note: str) -> None:
        def refused(error: Refused) -> None:
            if error.field == "note":
                dialogs.answer_dialog(
                    self._owner, self._candidate_id, self._row, answer, say(error.message), arrived=self._closed
                ).open()
            else:
                show_refusal(self._owner, error)

        row, candidate_id = self._row, self._candidate_id

        def done(_none: None) -> None:
            tell(
                self._owner,
                dialogs.answered_words(row, answer),
                dialogs.answered_before(candidate_id, row, arrived=self._closed),
            )

        run_action(
            self,
            actions.answer,
            on_done=done,
            on_refused=refused,
            candidate_id=self._candidate_id,
            criterion_id=self._row.id,
            given=answer,
            note=note,
        )


def _sign(found: CriterionRow) -> tuple[str, Tone | None, str]:
    if found.effect is CriterionEffect.WEIGHS:
        return "·", None, _("looked at, decides nothing alone")
    if found.answer is Answer.UNKNOWN:
        return "●", Tone.AMBER, _("still to answer")
    if _BARS[found.effect] is found.answer:
        return "!", Tone.RED, _("stands against accepting")
    return "✓", Tone.GREEN, _("stands against nothing")


def _given(found: CriterionRow) -> str:
    """Who answered, and on what ground."""
    if found.answered_by and found.answered_at is not None:
        said = _("{name}, {when}", name=found.answered_by, when=at_clock(found.answered_at))
        return _("{said}: {note}", said=said, note=found.note) if found.note else said
    if found.automatic is not Answer.UNKNOWN:
        return _("from the list")
    return _("a person must answer") if found.effect is not CriterionEffect.WEIGHS else _("not answered")


class CriteriaCard(Card):
    """All criteria. An answer changes its line in place, so that the keyboard stays where it was."""

    answered = Signal()
    """The last that was still to answer was answered by a key."""

    def __init__(self, owner: QWidget) -> None:
        """Begin empty."""
        super().__init__(_("Screening"), flush=True)
        self._owner = owner
        self._for: CandidateId | None = None
        self.lines: dict[int, CriterionLine] = {}
        self.body.setSpacing(0)
        for answer, key in KEYS.items():
            said = _("Answer {answer}; with Shift all that are still to answer", answer=say(word(answer)))
            takes_key(self, key, said, needs=actions.answer)

    def open_lines(self) -> list[CriterionLine]:
        """Those that a person must still answer, in their order."""
        return [line for line in self.lines.values() if line.is_open]

    def answer_next(self, answer: Answer) -> bool:
        """Answer the line that has the keyboard, else the first that is still to answer; whether there was one."""
        here = QApplication.focusWidget()
        lines = [line for line in self.lines.values() if here is not None and line.isAncestorOf(here)]
        wanted = (lines or self.open_lines())[:1]
        for line in wanted:
            after = [each for each in self.open_lines() if each is not line]
            line.buttons[answer].click()
            if after:
                after[0].buttons[Answer.YES].setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.answered.emit()
        return bool(wanted)

    def answer_rest(self, answer: Answer) -> bool:
        """Answer all that are still to answer alike, in one step; whether there were any."""
        wanted = self.open_lines()
        who = self._for
        if not wanted or who is None:
            return False
        said = plural("{n} question: {answer}", "{n} questions: {answer}", len(wanted), answer=say(word(answer)))
        before = {line.criterion_id: None for line in wanted}
        do(
            self._owner,
            actions.answer_many,
            said,
            lambda _none: Undo(actions.answer_many, {"candidate_id": who, "given": before}, why=""),
            candidate_id=who,
            given={line.criterion_id: answer for line in wanted},
        )
        self.answered.emit()
        return True

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show the criteria of a candidate."""
        keys = [each.id for each in found.criteria]
        if self._for != found.id or list(self.lines) != keys:
            self.clear()
            self.lines = {each.id: CriterionLine(self._owner, found.id, each) for each in found.criteria}
            for line in self.lines.values():
                self.append(line)
            if not found.criteria:
                nothing = Text(_("This programme asks nothing about its candidates."), "subtitle", wrap=True)
                nothing.setContentsMargins(14, 0, 14, 12)
                self.append(nothing)
            self._for = found.id
        for each in found.criteria:
            self.lines[each.id].show_row(each, closed=found.resident_id is not None)
        unanswered = sum(
            each.answer is Answer.UNKNOWN and each.effect is not CriterionEffect.WEIGHS for each in found.criteria
        )
        note = plural("{n} still to answer", "{n} still to answer", unanswered) if unanswered else _("all answered")
        self.say(_("Screening"), note if found.criteria else "")


class DoubtsCard(Card):
    """What a person should clear up before they rely on the list."""

    def __init__(self, owner: QWidget) -> None:
        """Begin empty."""
        super().__init__(_("In doubt"), flush=True)
        self._owner = owner
        self.body.setSpacing(0)

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show the doubts; the card goes where there are none."""
        self.clear()
        self.setVisible(bool(found.doubts))
        self.say(_("In doubt"), plural("{n} doubt", "{n} doubts", len(found.doubts)))
        for place, doubt in enumerate(found.doubts):
            link = LinkButton(_("Cleared up"), partial(self._clear_up, found, place), needs=actions.settle_doubt)
            link.setAccessibleName(_("Cleared up: {doubt}", doubt=say(doubt)))
            self.append(_line(Text(say(doubt), "body", wrap=True), link))

    def _clear_up(self, found: CandidateWhole, place: int) -> None:
        dialogs.doubt_dialog(self._owner, found, place).open()


class AlikeCard(Card):
    """Who may be the same person: shown, never merged."""

    followed = Signal(object)
    """The row of somebody who is to be looked at."""
    compared = Signal(object)
    """The row of somebody who is to stand beside the candidate."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(_("Perhaps the same person"), flush=True)
        self.body.setSpacing(0)

    def show_rows(self, rows: Sequence[AlikeRow]) -> None:
        """Show them; the card goes where there is nobody."""
        self.clear()
        self.setVisible(bool(rows))
        for each in rows:
            self.append(alike_line(each, partial(self.followed.emit, each), partial(self.compared.emit, each)))


def alike_line(
    found: AlikeRow, follow: Callable[[], None] | None, compare: Callable[[], None] | None = None
) -> QWidget:
    """Somebody who may be the same person, why, and a way to look at them."""
    name = isolated(name_of(found, found.where))
    head = Text(alike_head(found), "strong", wrap=True)
    words = column(head, Text(reasons_of(found), "note", wrap=True), gap=1)
    box = held(words)
    if follow is None:
        return _line(box)
    link = LinkButton(_("Look"), follow)
    link.setAccessibleName(_("Look at {name}", name=name))
    if compare is None:
        return _line(box, link)
    side = LinkButton(_("Side by side"), compare)
    side.setAccessibleName(_("{command}: {what}", command=side.text(), what=name))
    return _line(box, side, link)


class FamilyCard(Card):
    """The others of the family group."""

    followed = Signal(object)
    """The id of the candidate who is to be looked at."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(_("Family"), flush=True)
        self.body.setSpacing(0)

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show the family; the card goes where there is none."""
        self.clear()
        self.setVisible(bool(found.family))
        people = plural("{n} person", "{n} people", len(found.family) + 1)
        self.say(_("Family {group}", group=found.particulars.family_group), people)
        for member in found.family:
            self.append(self._line(member))

    def _line(self, member: MemberRow) -> QWidget:
        name = isolated(name_of(member, member.partner_number))
        parts = [part for part in (member.relation, born(member.birth)) if part]
        words = held(column(Text(name, "strong", wrap=True), Text(" · ".join(parts), "note", wrap=True), gap=1))
        link = LinkButton(_("Look"), lambda: self.followed.emit(member.id))
        link.setAccessibleName(_("Look at {name}", name=name))
        return _line(words, Chip(*presentation.state_chip(member.state)), link)


def _line(*parts: QWidget) -> QWidget:
    line = QFrame()
    line.setProperty("role", "row")
    across = row(gap=8, margins=(14, 6, 10, 6))
    for place, part in enumerate(parts):
        across.addWidget(part, 1 if place == 0 else 0, Qt.AlignmentFlag.AlignVCenter)
    line.setLayout(across)
    return line
