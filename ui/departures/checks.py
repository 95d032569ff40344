"""The dialogs of the checks before a departure: each is entered, entered late, or withdrawn; a risk stops the plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import departures as actions
from models.ids import CheckId, StayId
from models.queries.departures import DocumentChoice, PlanPage, StayDepartures
from models.rules.leaving import OF_THE_DESTINATION, Together
from models.rules.vocabulary import SEALED_CHECKS, CheckKind
from models.rules.wording import word
from models.text import N_
from ui import session
from ui.codes import CountryField
from ui.departures import presentation
from ui.departures.late import why_late
from ui.kit.field import Field, given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.typed_fields import DateField
from ui.language import _, isolated, say, tr
from ui.sealed import tells_that_nothing_can_be_sealed

_RESULTS: Mapping[CheckKind, tuple[str, str]] = {
    CheckKind.COUNSELLING: (N_("Held in a language that the person understands"), N_("Not in such a language")),
    CheckKind.CONSENT: (N_("Signed"), N_("The person does not consent")),
    CheckKind.DECISION: (N_("Enforceable, served, and no appeal can suspend it"), N_("Cannot be enforced yet")),
    CheckKind.NON_REFOULEMENT: (N_("No risk was found"), N_("A risk was found: this plan stops")),
    CheckKind.TRAVEL_DOCUMENT: (N_("Good for this journey"), N_("Cannot be used for this journey")),
    CheckKind.FIT_TO_TRAVEL: (N_("Fit to travel"), N_("Not fit to travel")),
    CheckKind.FAMILY_UNITY: (N_("In order"), N_("The family would be separated without a decision")),
    CheckKind.BEST_INTERESTS: (N_("In the best interests of each child"), N_("Not in the best interests of a child")),
    CheckKind.ACCEPTANCE: (N_("Accepted"), N_("Not accepted")),
    CheckKind.PROPERTY_RETURNED: (N_("All returned, and signed for"), N_("Not all returned")),
}
"""What a check may have found: what is asked for, and what is not."""

_WHO: Mapping[CheckKind, str] = {
    CheckKind.COUNSELLING: N_("Held by, and interpreter"),
    CheckKind.CONSENT: N_("Signed before"),
    CheckKind.DECISION: N_("Decided by"),
    CheckKind.NON_REFOULEMENT: N_("Checked by"),
    CheckKind.TRAVEL_DOCUMENT: N_("Checked by"),
    CheckKind.FIT_TO_TRAVEL: N_("Doctor"),
    CheckKind.FAMILY_UNITY: N_("Checked by"),
    CheckKind.BEST_INTERESTS: N_("Decided by"),
    CheckKind.ACCEPTANCE: N_("Entered by"),
    CheckKind.PROPERTY_RETURNED: N_("Handed over by"),
}

_DETAILS = ("language", "decision_number", "served", "appeal", "document_number", "accepted_by", "family")


def check_dialog(owner: QWidget, page: PlanPage, kind: CheckKind, stay: StayDepartures) -> None:
    """Enter a check; one that is there already stays in the register and counts no more."""
    if kind in SEALED_CHECKS and tells_that_nothing_can_be_sealed(owner):
        return
    if stay.ended is not None:
        _late_check_dialog(owner, page, kind, stay).open()
        return
    stated = _stated(kind, stay)
    held = DateField("held_on", _("Day"), value=session.today(), required=True, wide=False)
    late = why_late(
        _("Why it is entered late"),
        _("Needed where the person has left already: without it the check does not count for that departure."),
        held,
        lambda day: day,
    )
    result = _family_field(page) if kind is CheckKind.FAMILY_UNITY else _result_field(kind)
    dialog = FormDialog(
        owner,
        say(word(kind)),
        [
            result,
            *stated,
            held,
            TextField("who", _(_WHO[kind]), required=True, wide=False),
            late,
            LongTextField("note", _("Note"), lines=2, hint=_sealed(kind), sealed=kind in SEALED_CHECKS),
        ],
        actions.enter_check,
        values={"plan_id": page.row.id, "kind": kind},
        prepare=_as_check,
        submit=_("Save the check"),
        says=_("If a risk was found, this plan stops at once: there is no prospect of return.")
        if kind is CheckKind.NON_REFOULEMENT
        else "",
        done=_("The check is saved."),
        undoes=_("It cannot be undone, but a later check of this kind takes its place."),
    )
    if stated:

        def ask() -> None:
            """Ask what only a good check must state."""
            for field in stated:
                field.setVisible(result.read() is not False)

        result.edited.connect(ask)
    dialog.open()


def _late_check_dialog(owner: QWidget, page: PlanPage, kind: CheckKind, stay: StayDepartures) -> FormDialog:
    """Enter a check that let somebody leave who has left, so that the departure can be corrected."""
    family = [_family_field(page, has_left=True)] if kind is CheckKind.FAMILY_UNITY else []
    country = CountryField("country", _("Held for"), value=page.row.country, hint=_("The country of destination."))
    late = LongTextField("late_reason", _("Why it is entered late"), lines=2, required=True)
    return FormDialog(
        owner,
        say(word(kind)),
        [
            *family,
            *_stated(kind, stay),
            *([country] if kind in OF_THE_DESTINATION else []),
            DateField("held_on", _("Day"), required=True, wide=False),
            TextField("who", _(_WHO[kind]), required=True, wide=False),
            late,
            LongTextField("note", _("Note"), lines=2, hint=_sealed(kind), sealed=kind in SEALED_CHECKS),
        ],
        actions.enter_check,
        values={"plan_id": page.row.id, "kind": kind} | ({} if family else {"passed": True}),
        prepare=_as_check,
        submit=_("Save the check"),
        says=_(
            "For a check that passed before the person left and was not entered: {result}. Correct the departure then.",
            result=_(_RESULTS[kind][0]),
        ),
        done=_("The check is saved."),
        undoes=_("It cannot be undone, but a later check of this kind takes its place."),
    )


def stop_dialog(owner: QWidget, page: PlanPage) -> None:
    """Stop a plan at once, because a risk was found."""
    if tells_that_nothing_can_be_sealed(owner):
        return
    FormDialog(
        owner,
        _("Stop the plan: a risk was found"),
        [
            TextField("who", _(_WHO[CheckKind.NON_REFOULEMENT]), required=True, wide=False),
            DateField("held_on", _("Day"), value=session.today(), required=True, wide=False),
            LongTextField(
                "note", _("What was found"), required=True, sealed=True, hint=_sealed(CheckKind.NON_REFOULEMENT)
            ),
        ],
        actions.stop,
        values={"plan_id": page.row.id},
        says=_("Nobody leaves on this plan any more. It stands as a non-refoulement check that found a risk."),
        danger=True,
        done=_("The plan is stopped."),
        undoes=_("It cannot be undone. A new plan says what has changed since."),
    ).open()


def withdraw_dialog(owner: QWidget, stay_id: StayId, check_id: CheckId, kind: CheckKind) -> None:
    """Take back a consent or an acceptance."""
    FormDialog(
        owner,
        _("Withdraw: {check}", check=word(kind)),
        [DateField("withdrawn_on", _("Withdrawn on"), value=session.today(), required=True, wide=False)],
        actions.withdraw_check,
        values={"check_id": check_id},
        submit=_("Withdraw"),
        says=_("Nobody can leave on this plan until there is a new one."),
        danger=True,
        done=_("It is withdrawn."),
        undoes=_("It cannot be undone, but a later check of this kind takes its place."),
        of={"stay_id": stay_id},
    ).open()


def _result_field(kind: CheckKind) -> Field[Any]:
    """What was found."""
    yes, no = _RESULTS[kind]
    return ChoiceField("passed", _("Result"), [(True, _(yes)), (False, _(no))], required=True)


def _stated(kind: CheckKind, stay: StayDepartures) -> list[Field[Any]]:
    """What a good check of this kind must state besides."""
    match kind:
        case CheckKind.COUNSELLING:
            return [_language_field(stay)]
        case CheckKind.DECISION:
            appeals = [(name, _(words)) for name, words in presentation.APPEALS.items()]
            return [
                TextField("decision_number", _("Number of the decision"), required=True, wide=False),
                ChoiceField("appeal", _("Appeal"), appeals, required=True, wide=False),
                TextField("served", _("Served on, and how"), required=True),
            ]
        case CheckKind.TRAVEL_DOCUMENT:
            return _document_fields(stay.documents)
        case CheckKind.ACCEPTANCE:
            return [
                TextField("accepted_by", _("Accepted by"), required=True, wide=False),
                DateField("valid_until", _("Valid until"), wide=False),
            ]
        case _:
            return []


def _language_field(stay: StayDepartures) -> Field[Any]:
    if not stay.languages:
        return TextField("language", _("Language"), required=True)
    offered = [(code, tr().language_name(code)) for code in stay.languages]
    value = stay.languages[0] if len(stay.languages) == 1 else None
    hint = _("One that the person understands.")
    return ChoiceField("language", _("Language"), offered, value=value, required=True, hint=hint)


def _document_fields(documents: Sequence[DocumentChoice]) -> list[Field[Any]]:
    if not documents:
        return [
            TextField("document_number", _("Number of the document"), required=True, wide=False),
            DateField("valid_until", _("Valid until"), required=True, wide=False),
        ]
    offered = [(each.document_id, _document(each)) for each in documents]
    value = documents[0].document_id if len(documents) == 1 else None
    pick: Field[Any] = ChoiceField("document_id", _("Document"), offered, value=value, required=True)
    if all(each.expires_on for each in documents):
        return [pick]
    return [pick, DateField("valid_until", _("Valid until, if the document does not say"), wide=False)]


def _document(each: DocumentChoice) -> str:
    kind = say(word(each.kind))
    if each.expires_on is None:
        return _("{kind} {number}", kind=kind, number=each.number)
    return _("{kind} {number}, valid to {day}", kind=kind, number=each.number, day=each.expires_on)


def _family_field(page: PlanPage, *, has_left: bool = False) -> Field[Any]:
    names = "; ".join(isolated(one.name) for one in page.relatives)
    offered: list[tuple[str, str]] = [
        (Together.TOGETHER.value, _("The family leaves together")),
        (Together.SEPARATE.value, _("There is a decision to separate")),
    ]
    if not has_left:
        offered.append(("", _(_RESULTS[CheckKind.FAMILY_UNITY][1])))
    if not page.relatives:
        offered = [(Together.ALONE.value, _("Travels alone; no family in the house")), *offered]
    hint = _("Family in the house: {names}.", names=names) if names else _("The register knows no family in the house.")
    return ChoiceField("family", _("Family"), offered, required=True, hint=hint)


def _as_check(values: dict[str, Any]) -> Mapping[str, Any]:
    """The arguments of `enter_check`: what a kind states stands in `details`."""
    said = given(values)
    details = {name: said.pop(name) for name in _DETAILS if name in said}
    if "family" in values:
        said["passed"] = bool(details.get("family"))
    if "country" in values:  # that none was named is said, too
        said["country"] = values["country"] or ""
    return {**said, "details": details}


def _sealed(kind: CheckKind) -> str:
    return _("Sealed: no paper shows it.") if kind in SEALED_CHECKS else ""
