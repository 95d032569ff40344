"""What is asked about a candidate in front of the page: a note, a correction, how a doubt was cleared up."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import deciding
from models.actions import selection as actions
from models.exchange import import_lists
from models.ids import CandidateId, ProgrammeId
from models.queries import candidates as queries
from models.queries.arrivals import ProgrammeChoice
from models.queries.candidates import CandidateWhole, CriterionRow, DecisionRow
from models.queries.selection import ListRow
from models.rules.field_types import Asked
from models.rules.field_types import Field as Declared
from models.rules.fields import (
    CANDIDATE_DOCUMENT,
    CANDIDATE_FAMILY,
    CANDIDATE_FURTHER,
    CANDIDATE_LAW,
    PARTNER_NUMBER,
)
from models.rules.residents import PERSON_SAID
from models.rules.selection import is_used
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect
from models.rules.wording import word
from ui.declared import asked
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog, Section
from ui.kit.typed_fields import DateField
from ui.kit.undoing import Undo, former
from ui.language import _, plural, say
from ui.selection.likely import LikelySame
from ui.taking_back import reason_dialog


def correct_list_dialog(owner: QWidget, found: ListRow, programmes: Sequence[ProgrammeChoice]) -> FormDialog:
    """Put right how a list is called, when it came, and under which of the programmes that take lists."""
    before = {
        "list_id": found.id, "code": found.code, "received_on": found.received_on, "programme_id": found.programme_id
    }  # fmt: skip
    offered = {found.programme_id: found.programme} | {each.id: each.code for each in programmes}
    under: ChoiceField[ProgrammeId] = ChoiceField(
        "programme_id", _("Programme"), [*offered.items()], value=found.programme_id, required=True, wide=False
    )
    return FormDialog(
        owner,
        _("Correct the list {list}", list=found.code),
        [
            TextField("code", _("Name of the list"), value=found.code, required=True, wide=False, longest=64),
            DateField("received_on", _("Received"), value=found.received_on, required=True, wide=False),
            under,
            LongTextField("reason", _("How this is known"), required=True, lines=2),
        ],
        import_lists.correct,
        values={"list_id": found.id},
        submit=_("Correct"),
        says=_(
            "Papers that were issued keep what they say. Under another programme the people of the list are asked its "
            "criteria; what was decided or answered here is taken back before."
        ),
        done=_("Corrected."),
        undoes=lambda _done: Undo(import_lists.correct, before),
    )


def effect_words(effect: CriterionEffect) -> str:
    """What it means that a criterion is met."""
    return {
        CriterionEffect.EXCLUDES: _("Whoever meets this cannot be accepted."),
        CriterionEffect.REQUIRED: _("Whoever does not meet this cannot be accepted."),
        CriterionEffect.WEIGHS: _("This is looked at, and decides nothing alone."),
    }[effect]


def outcome_words(outcome: CandidateState) -> str:
    """A decision as a command."""
    return {
        CandidateState.PROPOSED: _("Not decided"),
        CandidateState.ACCEPTED: _("Accept"),
        CandidateState.HELD: _("Put on hold"),
        CandidateState.REFUSED: _("Refuse"),
        CandidateState.WITHDRAWN: _("Withdraw the acceptance"),
    }[outcome]


def reason_hint() -> str:
    """What a reason is needed for."""
    return _("Needed for all but an acceptance, here or from the list.")


def consequence(outcome: CandidateState, found: CandidateWhole) -> str:
    """What a decision will do, said before it is entered."""
    frees = found.state is CandidateState.ACCEPTED
    match outcome:
        case CandidateState.ACCEPTED:
            return _accepting(found.places_left)
        case CandidateState.WITHDRAWN:
            return _("The place is free again, and the person is expected no more.")
        case CandidateState.HELD if frees:
            return _("The place is free again; it can be decided anew later.")
        case CandidateState.HELD:
            return _("Nothing is held for the person; it can be decided anew later.")
        case CandidateState.REFUSED if frees:
            return _("The place is free again. The person can only be admitted as an emergency arrival.")
        case CandidateState.REFUSED:
            return _("The person can only be admitted as an emergency arrival. The history keeps the reason.")
        case _:
            return ""


def _accepting(places_left: int | None) -> str:
    if places_left is None:
        return _("The person is expected from now on.")
    if places_left <= 0:
        return _("No place is left: withdraw another acceptance first.")
    return plural(
        "This holds the last place until the person arrives or the acceptance is withdrawn.",
        "This holds one of {n} places that are left, until the person arrives or the acceptance is withdrawn.",
        places_left,
    )


def answered_words(criterion: CriterionRow, answer: Answer | None) -> str:
    """What was answered, or that the program's answer counts again."""
    said = _("not answered") if answer is None else say(word(answer))
    return _("{question} {answer}.", question=_(criterion.text), answer=said)


def answered_before(candidate_id: CandidateId, criterion: CriterionRow, *, arrived: bool = False) -> Undo:
    """What answers a criterion as it was answered before, or leaves it unanswered.

    Of somebody who has arrived a note must say why; where there was none, it says that it was undone at once.
    """
    before = criterion.answer if criterion.answered_by else None
    values = {"candidate_id": candidate_id, "criterion_id": criterion.id, "given": before}
    if arrived and not criterion.note:
        return Undo(actions.answer, values, why="note")
    return Undo(actions.answer, values | {"note": criterion.note}, why="")


def answer_dialog(
    owner: QWidget,
    candidate_id: CandidateId,
    criterion: CriterionRow,
    answer: Answer | None,
    why: str,
    *,
    arrived: bool = False,
) -> FormDialog:
    """Ask what an answer rests on, or that it is none; `why` says why it must be said."""
    title = _("Take back the answer to: {question}", question=_(criterion.text))
    if answer is not None:
        title = _("{answer}: {question}", answer=say(word(answer)), question=_(criterion.text))
    return FormDialog(
        owner,
        title,
        [LongTextField("note", _("What the answer rests on"), value=criterion.note, required=True)],
        actions.answer,
        values={"candidate_id": candidate_id, "criterion_id": criterion.id, "given": answer},
        submit=_("Answer"),
        says=why,
        done=answered_words(criterion, answer),
        undoes=lambda _none: answered_before(candidate_id, criterion, arrived=arrived),
    )


def doubt_dialog(owner: QWidget, found: CandidateWhole, place: int) -> FormDialog:
    """Ask how a doubt was cleared up."""
    return FormDialog(
        owner,
        _("Cleared up"),
        [LongTextField("explanation", _("How it was cleared up"), required=True)],
        actions.settle_doubt,
        values={"candidate_id": found.id, "doubt": place, "version": found.version},
        submit=_("Take the doubt off"),
        says=say(found.doubts[place]),
        done=_("The doubt is cleared up; the history keeps it."),
        undoes=lambda _none: Undo(actions.doubt_again, {"candidate_id": found.id, "doubt": found.doubts[place]}),
    )


def take_back_dialog(owner: QWidget, found: CandidateWhole) -> FormDialog:
    """Ask what the mistake was, and let what was decided before count again, or have that proposed."""
    if found.two_persons:
        return reason_dialog(
            owner,
            _("Propose to take the last decision back"),
            deciding.propose_taking_back,
            {"candidate_ids": (found.id,)},
            says=_("Nothing changes until another person confirms it."),
            done=_("Proposed; it waits for a second person."),
            undoes=lambda made: Undo(deciding.drop_proposal, {"proposal_ids": made}),
        )
    return reason_dialog(
        owner,
        _("Take the last decision back"),
        actions.take_back,
        {"candidate_id": found.id},
        says=_(
            "What was decided before counts again. A place that the decision holds is free, and one that it freed is "
            "taken."
        ),
        done=lambda state: _("It is taken back. Now: {state}.", state=say(word(state))),
        undoes=_("It cannot be undone, but it can be decided again."),
    )


def _standing(found: CandidateWhole) -> DecisionRow:
    """The last decision that was not taken back: each taking back is of the last one before it."""
    laid: list[DecisionRow] = []
    for each in reversed(found.decisions):
        if each.takes_back:
            laid.pop()
        else:
            laid.append(each)
    return laid[-1]


def correct_decision_dialog(owner: QWidget, found: CandidateWhole) -> FormDialog:
    """Put right who had accepted a candidate, or why; the acceptance stays."""
    last = _standing(found)
    given = tuple(last.reasons)
    offered = [(each,) for of, each in found.reasons if of is CandidateState.ACCEPTED]
    listed: ChoiceField[tuple[str, ...]] = ChoiceField(
        "reasons",
        _("Reason of the list"),
        [(each, " ".join(map(_, each))) for each in dict.fromkeys((*offered, *([given] if given else [])))],
        value=given or None,
        none=_("None of the list"),
    )

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        return values | {"reasons": values["reasons"] or (), "reason": values["reason"] or ""}

    before = {
        "candidate_id": found.id, "decided_by": last.decided_by, "reasons": given, "reason": last.reason
    }  # fmt: skip
    return FormDialog(
        owner,
        _("Correct who decided, and why"),
        [
            TextField("decided_by", _("Decided by"), value=last.decided_by, required=True, longest=200),
            listed,
            LongTextField("reason", _("In free words"), value=last.reason, lines=2),
            LongTextField("why", _("How this is known"), required=True, lines=2),
        ],
        deciding.correct_decision,
        values={"candidate_id": found.id},
        prepare=prepare,
        submit=_("Correct"),
        says=_("The acceptance itself holds. To decide otherwise, take the arrival and the decision back."),
        done=_("Corrected."),
        undoes=lambda _done: Undo(deciding.correct_decision, before, why="why"),
    )


def _part(title: str, fields: list[Field[Any]]) -> list[Field[Any] | Section]:
    """A part of a form, which is not there where nothing of it is asked."""
    return [Section(title), *fields] if fields else []


def correct_dialog(owner: QWidget, found: CandidateWhole) -> FormDialog:
    """Correct what the list says of a candidate."""
    known = found.particulars
    written = known.birth_as_written
    more = {"birth": {"hint": _("The list has: {written}", written=written) if written else ""}}

    tests = [each.test for each in found.criteria]

    def filled(field: Declared) -> bool:
        return bool(getattr(known, field.name) != field.empty)

    def ask(declared: Iterable[Declared]) -> list[Field[Any]]:
        return [
            asked(field, getattr(known, field.name), **more.get(field.name, {}))
            for field in declared
            if field.asked is not Asked.NEVER and (is_used(field.name, tests, found.limit_rule) or filled(field))
        ]

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        reason = values.pop("reason") or ""
        return {"particulars": known.given(values), "reason": reason}

    likely = LikelySame(found.programme_id, found.id)
    why = LongTextField("reason", _("What the correction rests on"), required=True, lines=2)
    of_the_list = [*_part(_("Law"), ask(CANDIDATE_LAW)), Section(_("Further")), *ask(CANDIDATE_FURTHER)]
    form_fields = [
        why,
        Section(_("Person")),
        *ask((*PERSON_SAID, PARTNER_NUMBER)),
        likely,
        Section(_("Family")),
        *ask(CANDIDATE_FAMILY),
        Section(_("Document")),
        *ask(CANDIDATE_DOCUMENT),
        *of_the_list,
    ]
    says = _("What the list said before stays in the history, with the reason.")
    if found.arrived_on is not None:
        form_fields = [why, *of_the_list]
        says = _(
            "The person has arrived: names, birth, numbers, family and papers are put right on the page of the "
            "resident, and so is the last day of the stay."
        )
    dialog = FormDialog(
        owner,
        _("Correct what the list says"),
        form_fields,
        actions.correct,
        values={"candidate_id": found.id, "version": found.version},
        prepare=prepare,
        submit=_("Correct"),
        says=says,
        done=_("Corrected."),
        undoes=former(actions.correct, found.version, "reason", candidate_id=found.id, particulars=known),
        anew=Anew(partial(queries.whole, candidate_id=found.id), correct_dialog),
        width=680,
    )
    if likely in form_fields:
        likely.follow(dialog.form)
    return dialog
