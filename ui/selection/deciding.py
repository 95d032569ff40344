"""Deciding on several candidates at once, a family or many; and confirming what somebody else has proposed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models.actions import deciding as actions
from models.actions import selection
from models.errors import Refused
from models.ids import CandidateId
from models.queries import candidates
from models.queries import deciding as queries
from models.queries.candidates import ProposalRow
from models.queries.deciding import Deciding
from models.rules.selection import OUTCOMES
from models.rules.vocabulary import CandidateState
from models.rules.wording import word
from models.text import Message
from ui import prompts
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import CheckBox, Text
from ui.kit.layout import column, held
from ui.kit.notices import Callout
from ui.kit.tokens import Tone
from ui.kit.undoing import Undo
from ui.language import _, plural, say
from ui.reading import say_named
from ui.selection import dialogs
from ui.selection.places import places_words, would_use
from ui.work import run_query

Listed = Sequence[tuple[CandidateState, str]]


class ReasonsField(ChoiceField[tuple[str, ...]]):
    """A reason of the programme's list: those of the decision that is chosen. As high whatever there is to choose."""

    def __init__(self, name: str, label: str) -> None:
        """Begin with none."""
        super().__init__(name, label, [], none=_("None of the list"))

    def offer_of(self, listed: Listed, outcome: CandidateState | None) -> None:
        """Offer the reasons of a decision; what was chosen stays so if it is still there."""
        self.offer([((text,), _(text)) for of, text in listed if of is outcome])
        self.combo.setEnabled(self.combo.count() > 1)


class PeopleField(Field[tuple[CandidateId, ...]]):
    """On whom it is decided, each with what stands against it; who is not ticked is left out."""

    def __init__(self, name: str, label: str, ids: Sequence[CandidateId]) -> None:
        """Begin with all of them, whose names are not read yet."""
        super().__init__(name, label, required=True)
        self._ids = tuple(ids)
        self._left_out = set[CandidateId]()
        self._boxes: dict[CandidateId, CheckBox] = {}
        self._notes: dict[CandidateId, Text] = {}
        self._lines = column(gap=4)
        self.inner.addLayout(self._lines)
        self.settle()

    def show_people(self, found: Deciding) -> None:
        """Name them, and say of each what stands against the decision."""
        for each in found.rows:
            if each.id not in self._boxes:
                box, note = CheckBox(say_named(each.who)), Text("", "note", wrap=True)
                box.setChecked(each.id not in self._left_out)
                box.toggled.connect(lambda _on: self.changed())
                note.setContentsMargins(24, 0, 0, 0)
                self._boxes[each.id], self._notes[each.id] = box, note
                self._lines.addWidget(held(column(box, note, gap=0)))
                self.adopt(box, name=say_named(each.who))
            against = " ".join(say(reason) for reason in each.against)
            doubts = " ".join(say(doubt) for doubt in each.doubts)
            note = self._notes[each.id]
            note.set_tone(Tone.RED if against else Tone.AMBER if doubts else None)
            note.setText(against or (_("In doubt: {what}", what=doubts) if doubts else ""))
            note.setVisible(bool(note.text()))

    def leave_out(self, ids: Sequence[CandidateId]) -> None:
        """Tick them no more."""
        for each in ids:
            self._boxes[each].setChecked(False)

    def read(self) -> tuple[CandidateId, ...] | None:
        """Those that are ticked."""
        return tuple(one for one in self._ids if self._is_ticked(one))

    def _is_ticked(self, one: CandidateId) -> bool:
        box = self._boxes.get(one)
        return one not in self._left_out if box is None else box.isChecked()

    def put(self, value: tuple[CandidateId, ...] | None) -> None:
        """Tick them."""
        for one, box in self._boxes.items():
            box.setChecked(one in (value or ()))

    def state(self) -> object:
        """Those that are left out."""
        kept = self.read() or ()
        return [one for one in self._ids if one not in kept]

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Leave them out, also those who are not named yet."""
        self._left_out.update(state)
        self.leave_out([one for one in self._boxes if one in self._left_out])

    def shown(self) -> str:
        """How many."""
        return plural("{n} person", "{n} people", len(self.read() or ()))

    def missing(self) -> str:
        """Ask for somebody."""
        return _("Tick somebody.")


def ask_knowing(owner: QWidget, error: Refused) -> bool:
    """Ask whether to decide all the same, although something is in doubt."""
    lines = "\n".join(error.lines(say, say_named))
    return prompts.confirm(owner, _("Decide all the same?"), f"{say(error.message)}\n\n{lines}", yes=_("All the same"))


class KnowingDialog(FormDialog):
    """A form whose action asks about what is in doubt before it is done."""

    _knowing: tuple[Message, ...] = ()

    def _refused(self, error: Refused) -> None:
        if error.field != "knowing":
            super()._refused(error)
        elif ask_knowing(self, error):
            self._knowing = (*self._knowing, *error.reasons)
            self._values["knowing"] = self._knowing
            QTimer.singleShot(0, self, self.send)


def undone(two: bool, ids: Sequence[CandidateId], made: Any) -> Undo:  # noqa: ANN401 - what the action has given back
    """What takes back what was decided or proposed on some candidates."""
    if two:
        return Undo(actions.drop_proposal, {"proposal_ids": made})
    if isinstance(made, int):
        return Undo(selection.take_back, {"candidate_id": ids[0]})
    return Undo(actions.take_back_many, {"candidate_ids": ids, "decision_ids": made})


def decide_on(owner: QWidget, ids: Sequence[CandidateId]) -> None:
    """Read how some candidates stand, and open the form that decides on them."""
    run_query(owner, queries.deciding, partial(_open, owner), candidate_ids=tuple(ids))


def _open(owner: QWidget, found: Deciding) -> None:
    DecidingDialog(owner, found).open()


class DecidingDialog(KnowingDialog):
    """Decides on several at once; what it would do and to whom it cannot be done is said before."""

    def __init__(self, owner: QWidget, found: Deciding) -> None:
        """Lay it out."""
        self._found, ids = found, tuple(row.id for row in found.rows)
        two = found.two_persons
        self._places = Text(places_words(found.places), "strong", wrap=True)
        self._will = Callout()
        self._outcome: ChoiceField[CandidateState] = ChoiceField(
            "outcome", _("Decide"), [(each, dialogs.outcome_words(each)) for each in OUTCOMES], required=True
        )
        self.reasons = ReasonsField("reasons", _("Reason of the list"))
        self.people = PeopleField("candidate_ids", _("On whom"), ids)
        super().__init__(
            owner,
            plural("Decide on {n} person", "Decide on {n} people", len(ids)),
            [
                self._places,
                self._outcome,
                self.reasons,
                LongTextField("reason", _("In free words"), hint=dialogs.reason_hint(), lines=2),
                TextField("decided_by", _("Decided by"), required=True, longest=200),
                self._will,
                self.people,
            ],
            actions.propose if two else actions.decide_many,
            prepare=self._prepare,
            submit=_("Propose") if two else _("Enter the decision"),
            done=_("Proposed; it waits for a second person.") if two else _("The decision was entered."),
            undoes=lambda made: undone(two, self._sent, made),
            width=640,
        )
        self._sent: tuple[CandidateId, ...] = ids
        self.people.show_people(found)
        self._outcome.edited.connect(self._look)
        self.people.edited.connect(self._look)

    def _prepare(self, values: dict[str, Any]) -> Mapping[str, Any]:
        self._sent = values["candidate_ids"]
        return (
            values
            | {name: values[name] or "" for name in ("reason", "decided_by")}
            | {"reasons": values.get("reasons") or ()}
        )

    def _look(self) -> None:
        """Ask anew what it would do."""
        outcome = self._outcome.read()
        self.reasons.offer_of(self._found.reasons, outcome)
        wanted = self.people.read() or tuple(row.id for row in self._found.rows)
        run_query(self, queries.deciding, self._show_look, latest="deciding", candidate_ids=wanted, outcome=outcome)

    def _show_look(self, found: Deciding) -> None:
        self.people.show_people(found)
        against = [row.id for row in found.rows if row.against]
        lines = []
        if self._outcome.read() is CandidateState.ACCEPTED:
            lines.append(would_use(found.places, found.uses))
        if against:
            lines.append(
                plural(
                    "It cannot be decided so on {n} person; the reasons stand below. Leave them out by the box.",
                    "It cannot be decided so on {n} people; the reasons stand below. Leave them out by the boxes.",
                    len(against),
                )
            )
        self._will.say("\n".join(lines))


def proposal_words(found: ProposalRow) -> str:
    """What is proposed, by whom and why."""
    what = _("to take the last decision back") if found.takes_back else say(word(found.outcome))
    said = _("{name} has proposed: {what}.", name=found.proposed_by, what=what)
    return " ".join(part for part in (said, *(_(each) for each in found.reasons), found.reason) if part)


def confirm_dialog(owner: QWidget, waiting: Sequence[ProposalRow]) -> FormDialog:
    """Ask whether what somebody else has proposed is to hold."""
    says = proposal_words(waiting[0]) if len(waiting) == 1 else ""
    return KnowingDialog(
        owner,
        plural("Confirm {n} proposed decision", "Confirm {n} proposed decisions", len(waiting)),
        [],
        actions.confirm,
        values={"proposal_ids": tuple(each.id for each in waiting)},
        of={"candidate_id": waiting[0].candidate_id} if len(waiting) == 1 else None,
        submit=_("Confirm"),
        says=says,
        done=_("Confirmed: it is decided."),
        undoes=_("It cannot be undone, but it can be taken back: one person proposes that, another confirms it."),
    )


def drop_dialog(owner: QWidget, waiting: Sequence[ProposalRow]) -> FormDialog:
    """Ask why what was proposed is not to be decided."""
    return FormDialog(
        owner,
        plural("Drop {n} proposed decision", "Drop {n} proposed decisions", len(waiting)),
        [LongTextField("reason", _("Why it is not to be decided so"), required=True, lines=2)],
        actions.drop_proposal,
        values={"proposal_ids": tuple(each.id for each in waiting)},
        of={"candidate_id": waiting[0].candidate_id} if len(waiting) == 1 else None,
        submit=_("Drop"),
        done=_("Dropped; nothing was decided."),
        undoes=_("It cannot be undone, but it can be proposed again."),
    )


def with_waiting(owner: QWidget, ids: Sequence[CandidateId], then: Callable[[Sequence[ProposalRow]], None]) -> None:
    """Read what waits for a second person of some candidates, and do something with it."""
    run_query(owner, candidates.proposals, then, candidate_ids=tuple(ids))
