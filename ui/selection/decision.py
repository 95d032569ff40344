"""The decision on a candidate: what was decided, what stands against accepting, and the form of the next decision."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models.actions import deciding
from models.actions import selection as actions
from models.errors import Refused
from models.ids import CandidateId
from models.queries.candidates import CandidateWhole, ProposalRow
from models.rules.selection import OUTCOMES
from models.rules.vocabulary import CandidateState
from models.rules.wording import word
from ui.kit.fields import CheckField, ChoiceField, LongTextField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, LinkButton, Text, repolish
from ui.kit.layout import Card, column, held, row
from ui.kit.notices import Callout
from ui.kit.undoing import tell
from ui.language import _, isolated, plural, say
from ui.presentation import at_clock, name_of
from ui.selection import dialogs
from ui.selection.deciding import ReasonsField, ask_knowing, confirm_dialog, drop_dialog, proposal_words, undone
from ui.work import run_action

if TYPE_CHECKING:
    from models.text import Message


class DecisionCard(Card):
    """What was decided, what stands against accepting, and the form of the next decision."""

    def __init__(self, owner: QWidget) -> None:
        """Lay the form out."""
        super().__init__(_("Decision"))
        self._owner = owner
        self._found: CandidateWhole | None = None
        self._sending = False
        self._knowing: tuple[Message, ...] = ()
        self._stands = Text("", "body", wrap=True)
        self._against = Callout()
        self._outcome: ChoiceField[CandidateState] = ChoiceField("outcome", _("Decide"), [], required=True)
        self.reasons = ReasonsField("reasons", _("Reason of the list"))
        self.family = CheckField("family", _("The whole family"))
        self.form = Form(
            [
                self._outcome,
                self.reasons,
                LongTextField("reason", _("In free words"), hint=dialogs.reason_hint(), lines=2),
                TextField("decided_by", _("Decided by"), required=True, longest=200),
                self.family,
            ]
        )
        self._will = Callout()
        self.submit = Button(_("Enter the decision"), self._send, kind="primary", needs=actions.decide)
        self.back = LinkButton(_("Take the last decision back"), self._take_back, needs=actions.take_back)
        self.mend = LinkButton(_("Correct who decided, and why"), self._mend, needs=deciding.correct_decision)
        self.confirm = Button(_("Confirm"), self._confirm, kind="primary", needs=deciding.confirm)
        self.drop = Button(_("Drop"), self._drop, needs=deciding.drop_proposal)
        # What is said of the candidate stands below the button, which would move under the pointer otherwise.
        self._form_box = held(column(self.form, row(self.submit, None), self._will, gap=10))
        self._waiting = Text("", "body", wrap=True)
        self._second = held(column(self._waiting, row(self.confirm, self.drop, None, gap=8), gap=10))
        self.append(self._form_box, self._second, self._against, self._stands, row(self.back, self.mend, None))
        self._outcome.edited.connect(self._say_what)

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show how the candidate stands; what was typed for another candidate goes."""
        is_another = self._found is None or self._found.id != found.id
        if is_another:
            by = self.form["decided_by"].raw()
            self.reasons.offer_of((), None)
            self.form.put({"outcome": None, "reason": None, "decided_by": by, "family": False})
            self.form.clear_errors()
        elif self._found is not None and self._found.objections != found.objections:
            # What was refused before stood on what has been answered since.
            self.form.clear_errors()
        self._found, self._knowing = found, ()
        self._outcome.offer([(each, dialogs.outcome_words(each)) for each in _offered(found)])
        if is_another:
            self.form.is_about(deciding.propose if found.two_persons else actions.decide, candidate_id=found.id)
        self._stands.setText(_standing(found))
        open_ = found.resident_id is None
        wait = found.state in (CandidateState.PROPOSED, CandidateState.HELD)
        lines = [f"•\u00a0{say(reason)}" for reason in found.objections]
        if found.places_left is not None and found.places_left <= 0:
            lines.append("•\u00a0" + _("No place is left."))
        self._against.say("\n".join([_("Against accepting now:"), *lines]) if open_ and wait and lines else "")
        self._show_waiting(found.waiting)
        self._form_box.setVisible(open_ and found.waiting is None)
        self._show_family(found)
        self.back.setVisible(open_ and found.state is not CandidateState.PROPOSED and found.waiting is None)
        self.mend.setVisible(found.state is CandidateState.ACCEPTED and bool(found.decisions) and found.waiting is None)
        self._say_what()

    def _show_waiting(self, waiting: ProposalRow | None) -> None:
        """What somebody has proposed; who proposed it can only drop it."""
        self._second.setVisible(waiting is not None)
        if waiting is not None:
            note = _("You have proposed this; another person confirms it.") if waiting.is_own else ""
            self._waiting.setText("\n".join(part for part in (proposal_words(waiting), note) if part))
            self.confirm.setEnabled(not waiting.is_own)

    def _show_family(self, found: CandidateWhole) -> None:
        """The box keeps its place where there is nobody else, so that the button below it keeps its own."""
        others = [each for each in found.family if not each.has_arrived]
        words = plural("The whole family, {n} person", "The whole family, {n} people", len(others) + 1)
        self.family.box.setText(words if others else _("The whole family"))
        self.family.box.setEnabled(bool(others))

    @property
    def dirty(self) -> bool:
        """Whether an outcome was chosen or a reason typed that is not entered."""
        return self._outcome.read() is not None or bool(self.form["reason"].raw())

    def let_go(self) -> None:
        """Throw away what was chosen and typed."""
        self.form.put({"outcome": None, "reason": None, "family": False})
        self.reasons.offer_of((), None)

    def _say_what(self) -> None:
        outcome, found = self._outcome.read(), self._found
        if found is not None:
            self.reasons.offer_of(found.reasons, outcome)
        text = "" if outcome is None or found is None else dialogs.consequence(outcome, found)
        two = found is not None and found.two_persons
        if text and two:
            text = " ".join((text, _("Nothing changes until another person confirms it.")))
        self._will.say(text)
        enter = _("Propose") if two else _("Enter the decision")
        self.submit.setText(enter if outcome is None or two else dialogs.outcome_words(outcome))
        kind = "danger" if outcome in (CandidateState.REFUSED, CandidateState.WITHDRAWN) else "primary"
        if self.submit.property("kind") != kind:
            self.submit.setProperty("kind", kind)
            repolish(self.submit)

    def _send(self) -> None:
        found = self._found
        if self._sending or found is None or not self.form.check():
            return
        values = self.form.values()
        ids = (found.id, *(each.id for each in found.family if not each.has_arrived)) if values["family"] else None
        said = {
            "outcome": values["outcome"],
            "reasons": values.get("reasons") or (),
            "reason": values["reason"] or "",
            "decided_by": values["decided_by"] or "",
            "knowing": self._knowing,
        }
        # The button stays enabled: the keyboard would else go on to the next one, an answer of the screening.
        self._sending = True
        if found.two_persons:
            do = partial(run_action, self._owner, deciding.propose, candidate_ids=ids or (found.id,))
        elif ids is not None:
            do = partial(run_action, self._owner, deciding.decide_many, candidate_ids=ids)
        else:
            do = partial(run_action, self._owner, actions.decide, candidate_id=found.id)
        done = partial(self._done, values["outcome"], ids or (found.id,))
        do(on_done=done, on_refused=self._refused, on_end=self._sent, **said)

    def _take_back(self) -> None:
        if self._found is not None:
            dialogs.take_back_dialog(self._owner, self._found).open()

    def _mend(self) -> None:
        if self._found is not None:
            dialogs.correct_decision_dialog(self._owner, self._found).open()

    def _confirm(self) -> None:
        if self._found is not None and self._found.waiting is not None:
            confirm_dialog(self._owner, [self._found.waiting]).open()

    def _drop(self) -> None:
        if self._found is not None and self._found.waiting is not None:
            drop_dialog(self._owner, [self._found.waiting]).open()

    def _sent(self) -> None:
        self._sending = False

    def _refused(self, error: Refused) -> None:
        """Say why beside the choice; the same reasons need not stand above it as well."""
        if error.field == "knowing":
            if ask_knowing(self._owner, error):
                self._knowing = (*self._knowing, *error.reasons)
                QTimer.singleShot(0, self, self._send)
            return
        self.form.show_refusal(error)
        if error.reasons:
            self._against.say("")

    def _done(self, outcome: CandidateState, ids: Sequence[CandidateId], made: object) -> None:
        self.form.clear_errors()
        self.let_go()
        found = self._found
        assert found is not None
        name = isolated(name_of(found.particulars, found.list_number))
        state = say(word(outcome))
        if found.two_persons:
            said = _("Proposed: {name}, {state}. It waits for a second person.", name=name, state=state)
        elif len(ids) > 1:
            said = plural("Entered for {n} person: {state}.", "Entered for {n} people: {state}.", len(ids), state=state)
        else:
            said = _("Entered: {name}, {state}.", name=name, state=state)
        tell(self._owner, said, undone(found.two_persons, ids, made))


def _offered(found: CandidateWhole) -> list[CandidateState]:
    if found.state is CandidateState.ACCEPTED:
        return [each for each in OUTCOMES if each is not CandidateState.ACCEPTED]
    return [each for each in OUTCOMES if each is not CandidateState.WITHDRAWN]


def _standing(found: CandidateWhole) -> str:
    if found.resident_id is not None and found.arrived_on is not None:
        came = _(
            "Arrived on {date} as {number}; the selection is closed.", date=found.arrived_on, number=found.resident
        )
        return " ".join((came, _decided(found))) if found.decisions else came
    return _decided(found)


def _decided(found: CandidateWhole) -> str:
    if not found.decisions:
        return _("Nothing is decided yet.")
    last = found.decisions[0]
    said = _(
        "{state} by {name}, {when}.",
        state=say(word(last.outcome)),
        name=last.decided_by,
        when=at_clock(last.decided_at),
    )
    return " ".join(part for part in (said, *(_(each) for each in last.reasons), last.reason) if part)
