"""What is asked about a candidate in front of the page: a note, a correction, how a doubt was cleared up."""

from dataclasses import fields as fields_of
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import selection as actions
from models.ids import CandidateId
from models.queries import candidates as queries
from models.queries.candidates import CandidateWhole, CriterionRow
from models.rules.selection import Particulars
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, Sex
from models.rules.wording import word
from ui.kit.conflict import Anew
from ui.kit.fields import BirthDateField, ChoiceField, DateField, Field, LongTextField, TextField
from ui.kit.form import FormDialog, Section
from ui.kit.pick import CountryField
from ui.language import _, plural, say
from ui.selection.entries import DecimalField, LanguagesField
from ui.work import show_refusal as show_refused

__all__ = [
    "answer_dialog",
    "consequence",
    "correct_dialog",
    "doubt_dialog",
    "effect_words",
    "outcome_words",
    "show_refused",
]


def effect_words(effect: CriterionEffect) -> str:
    """What it means that a criterion is met."""
    return {
        CriterionEffect.EXCLUDES: _("Whoever meets this cannot be accepted."),
        CriterionEffect.REQUIRED: _("Whoever does not meet this cannot be accepted."),
        CriterionEffect.WEIGHS: _("This is looked at, and decides nothing alone."),
    }[effect]


def outcome_words(outcome: CandidateState) -> str:
    """A decision as a deed."""
    return {
        CandidateState.PROPOSED: _("Not decided"),
        CandidateState.ACCEPTED: _("Accept"),
        CandidateState.HELD: _("Put on hold"),
        CandidateState.REFUSED: _("Refuse"),
        CandidateState.WITHDRAWN: _("Withdraw the acceptance"),
    }[outcome]


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


def answer_dialog(
    owner: QWidget, candidate_id: CandidateId, criterion: CriterionRow, answer: Answer, why: str
) -> FormDialog:
    """Ask what an answer rests on; `why` says why it must be said, where the list says otherwise."""
    return FormDialog(
        owner,
        _("{answer}: {question}", answer=say(word(answer)), question=_(criterion.text)),
        [LongTextField("note", _("What the answer rests on"), value=criterion.note, required=True)],
        actions.answer,
        values={"candidate_id": candidate_id, "criterion_id": criterion.id, "given": answer},
        submit=_("Answer"),
        says=why,
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
    )


def correct_dialog(owner: QWidget, found: CandidateWhole) -> FormDialog:
    """Correct what the list says of a candidate."""
    said = found.particulars
    form_fields = _correction_fields(said, found.birth_as_written)
    shown = {field.name for field in form_fields if isinstance(field, Field)}

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        texts = {each.name for each in fields_of(Particulars) if each.type in (str, "str")}
        given: dict[str, Any] = {
            name: (values[name] or "" if name in texts else values[name]) for name in shown if name != "reason"
        }
        given["languages"] = values["languages"] or ()
        for name in ("criminal_history", "expulsion_ordered"):
            given[name] = values[name] or Answer.UNKNOWN
        return {"particulars": Particulars(**given), "reason": values["reason"] or ""}

    return FormDialog(
        owner,
        _("Correct what the list says"),
        form_fields,
        actions.correct,
        values={"candidate_id": found.id, "version": found.version},
        prepare=prepare,
        submit=_("Correct"),
        says=_("What the list said before stays in the history, with the reason."),
        done=_("Corrected."),
        anew=Anew(partial(queries.whole, candidate_id=found.id), correct_dialog),
        width=680,
    )


def _correction_fields(said: Particulars, birth_as_written: str) -> list[Field[Any] | Section | QWidget]:
    answers = [(each, say(word(each))) for each in (Answer.YES, Answer.NO)]
    written = _("The list has: {written}", written=birth_as_written) if birth_as_written else ""

    def text(name: str, label: str) -> TextField:
        return TextField(name, label, value=getattr(said, name), wide=False)

    def day(name: str, label: str) -> DateField:
        return DateField(name, label, value=getattr(said, name), wide=False)

    return [
        LongTextField("reason", _("What the correction rests on"), required=True, lines=2),
        Section(_("Person")),
        text("family_name", _("Family name")),
        text("given_names", _("Given names")),
        text("own_script", _("Name in own script")),
        text("partner_number", _("Partner's number")),
        ChoiceField("sex", _("Sex"), [(each, say(word(each))) for each in Sex], value=said.sex, wide=False),
        BirthDateField("birth", _("Born"), value=said.birth, hint=written, wide=False),
        CountryField("nationality", _("Nationality"), value=said.nationality, stateless=True, wide=False),
        CountryField("birth_country", _("Country of birth"), value=said.birth_country, wide=False),
        LanguagesField("languages", _("Languages"), value=said.languages),
        Section(_("Family")),
        text("family_group", _("Family group")),
        text("relation", _("Relation")),
        Section(_("Document")),
        text("document_kind", _("Kind")),
        text("document_number", _("Number")),
        day("document_expires_on", _("Expires on")),
        Section(_("Law")),
        day("final_order_on", _("Final order")),
        ChoiceField(
            "criminal_history", _("Criminal history"), answers, value=_known(said.criminal_history), wide=False
        ),
        ChoiceField(
            "expulsion_ordered", _("Expulsion ordered"), answers, value=_known(said.expulsion_ordered), wide=False
        ),
        day("sentenced_on", _("Sentenced on")),
        DecimalField("sentence_months", _("Sentence in months"), value=said.sentence_months, wide=False),
        day("release_on", _("Expected release")),
        Section(_("Further")),
        text("destination", _("Destination")),
        text("vetting", _("Vetting")),
        LongTextField("needs", _("Needs"), value=said.needs, lines=2),
        LongTextField("remarks", _("Remarks"), value=said.remarks, lines=2),
    ]


def _known(answer: Answer) -> Answer | None:
    return None if answer is Answer.UNKNOWN else answer
