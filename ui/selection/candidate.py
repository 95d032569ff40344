"""One candidate: who, how the screening stands, the decision, what the list says; next and previous by keyboard."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from models.actions import selection, stays
from models.ids import CandidateId, ResidentId
from models.queries import candidates
from models.queries.candidates import AlikeRow, CandidateWhole
from models.rules.vocabulary import CandidateState
from models.text import pgettext
from ui.kit.commands import Command
from ui.kit.labels import Button, Chip, Text
from ui.kit.layout import clear, column, held, row
from ui.kit.tokens import GAP, Tone, px
from ui.language import _, isolated, plural
from ui.presentation import name_of
from ui.scrolled import Scrolled
from ui.selection import dialogs, presentation
from ui.selection.beside import compare
from ui.selection.cards import KEYS, AlikeCard, CriteriaCard, DoubtsCard, FamilyCard
from ui.selection.decision import DecisionCard
from ui.selection.facts import FactsCard, HistoryCard
from ui.selection.places import PlacesLine
from ui.selection.replay import of_candidate
from ui.work import run_query

_RIGHT, _LEAST_RIGHT = 404, 300
"""How wide the decision is, and how narrow where there is little room."""


def commands_of(
    owner: QWidget,
    candidate_id: CandidateId,
    *,
    arrives: Callable[[CandidateId], None] | None,
    opens: Callable[[ResidentId], None] | None,
) -> list[Command]:
    """What can be done with a candidate, on their page and in a row of a list.

    Args:
        owner: Where a form belongs to.
        candidate_id: The candidate.
        arrives: Registers the arrival; None where nobody expects the person.
        opens: Opens the resident whom the person has become; None where nobody has arrived.
    """

    def read(show: Callable[[CandidateWhole], None]) -> None:
        run_query(owner, candidates.whole, show, candidate_id=candidate_id)

    def correct(found: CandidateWhole) -> None:
        dialogs.correct_dialog(owner, found).open()

    def open_resident(found: CandidateWhole) -> None:
        if opens is not None and found.resident_id is not None:
            opens(found.resident_id)

    again = Command(_("Replay"), lambda: of_candidate(owner, candidate_id))
    if opens is not None:
        mend = Command(_("Correct"), partial(read, correct), needs=selection.correct)
        return [Command(_("Open the resident"), partial(read, open_resident)), mend, again]
    made = [Command(_("Correct"), partial(read, correct), needs=selection.correct)]
    if arrives is not None:
        made.append(Command(_("Register arrival"), partial(arrives, candidate_id), kind="primary", needs=stays.admit))
    return [*made, again]


class CandidatePart(QWidget):
    """The page of one candidate."""

    wanted = Signal(object)
    """The id of another candidate."""
    resident_wanted = Signal(object)
    """The id of a resident."""

    def __init__(self, *, back: Callable[[], None], arrival: Callable[[CandidateId], None]) -> None:
        """Lay everything out, empty."""
        super().__init__()
        self._found: CandidateWhole | None = None
        self._order: Sequence[CandidateId] = ()
        self._arrival = arrival
        self.name = Text("", "title", wrap=True)
        self._script = Text("", "native")
        self._line = Text("", "subtitle", wrap=True)
        self._chips = row(None, gap=6)
        self._place = Text("", "note")
        self.previous = Button(_("Previous"), lambda: self.step(-1), hint=_("Alt+Up"))
        self.next = Button(_(pgettext("turning", "Next")), lambda: self.step(1), hint=_("Alt+Down"))
        self.commands = row(gap=8)
        self.criteria = CriteriaCard(self)
        self.decision = DecisionCard(self)
        self.places = PlacesLine()
        self.doubts = DoubtsCard(self)
        self.alike = AlikeCard()
        self.family = FamilyCard()
        self.facts = FactsCard()
        self.history = HistoryCard()
        self.alike.followed.connect(self._look)
        self.alike.compared.connect(self._compare)
        self.family.followed.connect(self.wanted)
        self.criteria.answered.connect(lambda: self.next.setFocus(Qt.FocusReason.TabFocusReason))
        self._lay_out(back)

    def _lay_out(self, back: Callable[[], None]) -> None:
        # Nothing that depends on the candidate stands before what is pressed for one after the other: Next stays at the
        # right end of the first line, and the decision below it, wherever the pointer rests on them.
        commands = row(Button(_("The list"), back), None, self.commands, gap=8)
        for part in (self._place, self.previous, self.next):
            commands.addWidget(part)
        words = column(self.name, self._script, self._line, self._chips, gap=4)
        cards = held(column(self.alike, self.doubts, self.criteria, self.facts, None, margins=(0, 0, 4, 0)))
        side = held(column(self.decision, self.family, self.history, None, margins=(0, 0, 4, 0)))
        self.area, self.side = Scrolled(cards), Scrolled(side)
        right = held(column(self.places, (self.side, 1), gap=8))
        right.setMinimumWidth(px(_LEAST_RIGHT))
        right.setMaximumWidth(px(_RIGHT))
        left = held(column(words, (self.area, 1)))
        head = held(commands)
        head.setProperty("role", "pageHeader")
        self.setLayout(column(head, (row((left, 3), (right, 2), gap=GAP), 1)))

    def show_order(self, order: Sequence[CandidateId]) -> None:
        """Say in which order to go through the candidates."""
        self._order = order
        self._show_place()

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show somebody."""
        if self._found is None or self._found.id != found.id:
            for area in (self.area, self.side):
                area.verticalScrollBar().setValue(0)
        self._found = found
        said = found.particulars
        self.name.setText(name_of(said, said.partner_number or found.list_number))
        self._script.setText(isolated(said.own_script))
        self._script.setVisible(bool(said.own_script))
        number = _("on list {list}", list=found.list_code)  # not every list numbers its people
        if found.list_number:
            number = _("no. {number} on list {list}", number=found.list_number, list=found.list_code)
        self._line.setText(
            " · ".join(
                [
                    number,
                    presentation.who_line(said.sex, said.birth, said.nationality, said.languages, said.partner_number),
                ]
            )
        )
        self._show_chips(found)
        expected = found.state is CandidateState.ACCEPTED and found.resident_id is None
        clear(self.commands)
        opens = self.resident_wanted.emit if found.resident_id is not None else None
        for command in commands_of(self, found.id, arrives=self._arrival if expected else None, opens=opens):
            self.commands.addWidget(Button(command))
        for card in (self.doubts, self.criteria, self.decision, self.family, self.facts, self.history):
            card.show_candidate(found)
        self.alike.show_rows(found.alike)
        self.places.show_places(found.places)
        self._show_place()

    def step(self, by: int) -> None:
        """Go to the next candidate, or back by one."""
        place = self._at()
        if place is not None and 0 <= place + by < len(self._order):
            self.wanted.emit(self._order[place + by])

    def take_key(self, event: QKeyEvent) -> bool:
        """Answer by a key, wherever the keyboard is but in the decision; whether it was one of these keys."""
        if self.side.isAncestorOf(self.window().focusWidget() or self):
            return False
        held = event.modifiers()
        for answer, letter in KEYS.items():
            if event.key() == ord(letter):
                if held == Qt.KeyboardModifier.ShiftModifier:
                    return self.criteria.answer_rest(answer)
                return held == Qt.KeyboardModifier.NoModifier and self.criteria.answer_next(answer)
        return False

    def _at(self) -> int | None:
        if self._found is None or self._found.id not in self._order:
            return None
        return list(self._order).index(self._found.id)

    def _show_place(self) -> None:
        place = self._at()
        self._place.setText("" if place is None else _("{n} of {total}", n=place + 1, total=len(self._order)))
        self.previous.setEnabled(bool(place))
        self.next.setEnabled(place is not None and place + 1 < len(self._order))

    def _show_chips(self, found: CandidateWhole) -> None:
        clear(self._chips)
        chips = [
            presentation.state_chip(found.state, has_arrived=found.resident_id is not None),
            (found.programme, Tone.BLUE),
        ]
        if found.particulars.family_group:
            chips.append((_("Family {group}", group=found.particulars.family_group), Tone.GREY))
        if found.alike:
            chips.append((_("Perhaps known"), Tone.AMBER))
        if found.doubts:
            chips.append((plural("{n} doubt", "{n} doubts", len(found.doubts)), Tone.AMBER))
        for words, tone in chips:
            self._chips.addWidget(Chip(words, tone))
        self._chips.addStretch(1)

    def _compare(self, found: AlikeRow) -> None:
        if self._found is not None:
            compare(self, self._found.id, found)

    def _look(self, found: AlikeRow) -> None:
        if found.candidate_id is not None:
            self.wanted.emit(found.candidate_id)
        else:
            self.resident_wanted.emit(found.resident_id)
