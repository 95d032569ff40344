"""What a proposed list says of a candidate, as it was understood and as it was written; and the history in words."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from models.actions import deciding
from models.actions import selection as actions
from models.exchange import import_lists
from models.ids import CandidateId
from models.queries.candidates import CandidateWhole, Event
from models.rules.birth import BirthDate
from models.rules.field_types import Asked
from models.rules.selection import PARTICULARS
from models.rules.vocabulary import Answer, CandidateState
from models.rules.wording import word
from ui.declared import said
from ui.kit.labels import LinkButton, Text
from ui.kit.layout import Card, KeyValues, column, row
from ui.language import _, isolated, plural, say, tr
from ui.presentation import at_clock, born
from ui.sealed import enter_note
from ui.sealed_corrections import show_remarks, taken_back_remark
from ui.work import run_action

_NAMES = 150
_LONGEST = 60
_PROPOSED = (deciding.propose.name,)
_DECIDED = (actions.decide.name, deciding.decide_many.name, deciding.confirm.name, *_PROPOSED)
_LABELS = {field.name: field.label for field in PARTICULARS}


class FactsCard(Card):
    """The facts of the list; what else it says is sealed."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(_("What the list says"))

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show what is known; what the list leaves empty is left out."""
        self.clear()
        self.say(
            _("What the list says"), _("{list}, row {row} of the file", list=found.list_code, row=found.row_number)
        )
        values = KeyValues(names=_NAMES)
        values.say(_facts(found))
        self.append(values)
        if found.has_remarks:
            self.look = LinkButton(_("Open what else the list says"), partial(self._look, found.id), needs=actions.look)
            self.append(row(Text(_("The list says more, which is sealed."), wrap=True), None, self.look))
        add = LinkButton(_("Add a sealed note"), partial(self._add, found.id), needs=actions.add_remark)
        self.append(row(None, add))

    def _look(self, candidate_id: CandidateId) -> None:
        show = partial(show_remarks, self, _("What else the list says"))
        run_action(self, actions.look, on_done=show, candidate_id=candidate_id)

    def _add(self, candidate_id: CandidateId) -> None:
        enter_note(self, actions.add_remark, taken_back_remark, candidate_id=candidate_id)


def _facts(found: CandidateWhole) -> list[tuple[str, str]]:
    known = found.particulars
    shown = {field.name: said(field, getattr(known, field.name)) for field in PARTICULARS}
    shown["birth"] = _birth(known.birth, known.birth_as_written)
    for name in ("family_name", "given_names"):
        shown[name] = shown[name] or _("not given")
    return [(_(field.label), shown[field.name]) for field in PARTICULARS if field.asked is not Asked.NEVER]


def _birth(birth: BirthDate | None, written: str) -> str:
    known = born(birth)
    if not written or (birth is not None and written == str(birth)):
        return known
    return _("{known} (the list has: {written})", known=known, written=isolated(written))


class HistoryCard(Card):
    """Everything that was entered about a candidate, the last first: what an inspector replays."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(_("History"), flush=True)
        self.body.setSpacing(0)

    def show_candidate(self, found: CandidateWhole) -> None:
        """Show the events, and at the end how the candidate came."""
        self.clear()
        questions: dict[int, str] = {each.id: _(each.text) for each in found.criteria}
        for event in found.history:
            head = _("{when}, {who}", when=at_clock(event.at), who=event.user)
            self.append(_line(head, _told(event, questions)))
        came = _("Proposed on list {list}.", list=found.list_code)
        if found.list_number:
            came = _("Proposed on list {list}, no. {number}.", list=found.list_code, number=found.list_number)
        self.append(_line(tr().date(found.received_on), came))


def _line(head: str, text: str) -> QWidget:
    line = QFrame()
    line.setProperty("role", "row")
    line.setLayout(column(Text(head, "note"), Text(text, "body", wrap=True), gap=1, margins=(14, 6, 14, 6)))
    return line


def _told(event: Event, questions: Mapping[int, str]) -> str:
    """What was done, in words."""
    if event.refused is not None:
        return f"{say(event.what)}. {say(event.refused)}"
    match event.action:
        case action if action in _DECIDED and "outcome" in event.after:
            return _decided(event)
        case actions.answer.name:
            said, why = _answered(event, questions), event.notes.get("reason", "")
            return _("{what}. Reason: {reason}", what=said, reason=why) if why and why not in said else said
        case deciding.correct_decision.name if "outcome" in event.after:
            said = " ".join((say(event.what) + ".", _decided(event)))
            return _("{what} Reason of the correction: {reason}", what=said, reason=event.notes.get("reason", ""))
        case actions.settle_doubt.name:
            return _("Cleared up a doubt: {how}", how=event.notes.get("explanation", ""))
        case import_lists.bring_in.name if event.before:
            changes = tr().join((_changed(name, event) for name in event.after if name in _LABELS), "; ")
            if not changes:
                return _("Brought in a new version of the list")
            return _("A new version of the list: {what}", what=changes)
        case actions.correct.name:
            changes = tr().join((_changed(name, event) for name in event.after if name in _LABELS), "; ")
            return _("Corrected {what}. Reason: {reason}", what=changes, reason=event.notes.get("reason", ""))
        case _:
            reason = event.notes.get("reason") or event.after.get("reason", "")
            return _("{what}. Reason: {reason}", what=say(event.what), reason=reason) if reason else say(event.what)


def _decided(event: Event) -> str:
    outcome = say(word(CandidateState(event.after["outcome"])))
    by, reason = event.after.get("decided_by", ""), event.after.get("reason", "")
    said = _("{state}, decided by {name}.", state=outcome, name=by)
    if event.action in _PROPOSED:
        said = _("{state}, proposed; it waits for a second person.", state=outcome)
    answers = (answer for _question, _effect, answer, *_rest in event.after.get("facts", {}).get("criteria", ()))
    earlier = (answer for _question, answer in event.notes.get("screened") or ())  # as an earlier Konak kept it
    rested = [answer for answer in (*answers, *earlier) if answer != Answer.UNKNOWN]
    on = plural("It rested on {n} answer.", "It rested on {n} answers.", len(rested)) if rested else ""
    listed = [_(each) for each in event.after.get("reasons", ())]
    return " ".join(part for part in (said, *listed, reason, on) if part)


def _answered(event: Event, questions: Mapping[int, str]) -> str:
    criterion = event.after.get("criterion_id", event.before.get("criterion_id"))
    question = questions.get(criterion, _("a criterion")) if criterion is not None else _("a criterion")
    if "answer" not in event.after:
        if not event.after:
            return _("Took back the answer to: {question}", question=question)
        return _("Changed the note of an answer: {note}", note=event.after.get("note", ""))
    answer = say(word(Answer(event.after["answer"])))
    note = event.after.get("note", "")
    if criterion is None and event.before.get("answer"):
        before = say(word(Answer(event.before["answer"])))
        said = _("Changed an answer from {before} to {after}.", before=before, after=answer)
    else:
        said = _("Answered {answer} to: {question}", answer=answer, question=question)
    return f"{said} {note}".strip()


def _changed(name: str, event: Event) -> str:
    before, after = _short(event.before.get(name)), _short(event.after.get(name))
    return _("{field}: {before} → {after}", field=_(_LABELS.get(name, name)), before=before, after=after)


def _short(value: Any) -> str:  # noqa: ANN401 - whatever the trail holds
    if value in (None, "", []):
        return _("nothing")
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
