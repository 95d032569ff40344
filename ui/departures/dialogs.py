"""The dialogs of a departure: to plan it, to enter each check, to record it, and to end a stay otherwise."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import departures as actions
from models.actions import endings
from models.ids import CheckId, PlanId, StayId
from models.queries import departures as queries
from models.queries.departures import DocumentChoice, PlanPage, StayDepartures
from models.rules.departures import ends_without_plan
from models.rules.leaving import OF_THE_DESTINATION, Together
from models.rules.vocabulary import SEALED_CHECKS, CheckKind, DepartureKind
from models.rules.wording import word
from models.text import N_
from ui.departures import presentation
from ui.kit import session
from ui.kit.field import given
from ui.kit.fields import ChoiceField, DateField, Field, LongTextField, MomentField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.pick import CountryField
from ui.kit.reading import Unreadable
from ui.kit.sealed import tells_that_nothing_can_be_sealed
from ui.kit.undoing import Undo, former
from ui.language import _, isolated, plural, say, tr

RESULTS: Mapping[CheckKind, tuple[str, str]] = {
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


def plan_dialog(owner: QWidget, stay: StayDepartures) -> None:
    """Plan how somebody leaves."""
    closed = [kind for kind in stay.permitted if kind not in stay.open]
    fields: list[Field[Any]] = [
        ChoiceField("kind", _("How"), [(kind, say(word(kind))) for kind in stay.permitted], required=True, wide=False),
        _date("planned_on", _("Day of travel"), required=True),
        CountryField("country", _("Country"), wide=False, hint=_("Empty: it is not recorded where to.")),
        TextField("place", _("Town"), wide=False),
        LongTextField("note", _("Note"), hint=_("Such as flight and ticket."), lines=2),
    ]
    has_left = stay.ended is not None
    says = []
    if has_left:
        says.append(
            _("The person has left. Plan how they really left, enter its checks, and correct the departure then.")
        )
    if closed:
        says.append(
            _(
                "A risk was found before. These ways are closed, unless it is said what has changed: {kinds}.",
                kinds=", ".join(say(word(kind)) for kind in closed),
            )
        )
        fields.append(LongTextField("what_changed", _("What has changed since, and who found so"), lines=2))
    FormDialog(
        owner,
        _("Plan the departure of {name}", name=isolated(stay.name)),
        fields,
        actions.plan,
        values={"stay_id": stay.stay_id},
        prepare=given,
        submit=_("Plan the departure"),
        says="\n".join(says),
        done=_("The departure of {name} is planned.", name=isolated(stay.name)),
        undoes=lambda plan: Undo(actions.cancel, {"plan_id": plan}),
    ).open()


def change_dialog(owner: QWidget, page: PlanPage) -> FormDialog:
    """Move the day or the destination."""
    row = page.row
    return FormDialog(
        owner,
        _("Change the plan"),
        [
            _date("planned_on", _("Day of travel"), value=row.planned_on, required=True),
            CountryField("country", _("Country"), value=row.country, wide=False),
            TextField("place", _("Town"), value=row.place, wide=False),
            LongTextField("note", _("Note"), value=page.note, lines=2),
        ],
        actions.change_plan,
        values={"plan_id": row.id, "version": page.version},
        prepare=given,
        says=_(
            "Another country takes back the consent, the non-refoulement check and the acceptance: they were for the "
            "first one."
        ),
        done=_changed,
        undoes=lambda again: (
            Undo(
                actions.change_plan,
                {
                    "plan_id": row.id,
                    "version": None if page.version is None else page.version + 1,
                    "planned_on": row.planned_on,
                    "country": row.country,
                    "place": row.place,
                    "note": page.note,
                },
                why="",
            )
            if not again
            else ()
        ),
        anew=Anew(partial(queries.plan, plan_id=row.id), change_dialog),
    )


def cancel_dialog(owner: QWidget, page: PlanPage) -> None:
    """Give a plan up."""
    FormDialog(
        owner,
        _("Cancel the plan"),
        [LongTextField("reason", _("Why"), required=True)],
        actions.cancel,
        values={"plan_id": page.row.id},
        says=_("The checks stay in the register. A new plan begins with none."),
        danger=True,
        done=_("The plan is cancelled."),
        undoes=_("It cannot be undone, but the departure can be planned again."),
    ).open()


def stop_dialog(owner: QWidget, page: PlanPage) -> None:
    """Stop a plan at once, because a risk was found."""
    if tells_that_nothing_can_be_sealed(owner):
        return
    FormDialog(
        owner,
        _("Stop the plan: a risk was found"),
        [
            TextField("who", _(_WHO[CheckKind.NON_REFOULEMENT]), required=True, wide=False),
            _date("held_on", _("Day"), value=session.today(), required=True),
            LongTextField("note", _("What was found"), required=True, hint=_sealed(CheckKind.NON_REFOULEMENT)),
        ],
        actions.stop,
        values={"plan_id": page.row.id},
        says=_("Nobody leaves on this plan any more. It stands as a non-refoulement check that found a risk."),
        danger=True,
        done=_("The plan is stopped."),
        undoes=_("It cannot be undone. A new plan says what has changed since."),
    ).open()


def check_dialog(owner: QWidget, page: PlanPage, kind: CheckKind, stay: StayDepartures) -> None:
    """Enter a check; one that is there already stays in the register and counts no more."""
    if kind in SEALED_CHECKS and tells_that_nothing_can_be_sealed(owner):
        return
    if stay.ended is not None:
        _late_check_dialog(owner, page, kind, stay).open()
        return
    stated = _stated(kind, stay)
    late = LongTextField(
        "late_reason",
        _("Why it is entered late"),
        lines=2,
        hint=_("Needed where the person has left already: without it the check does not count for that departure."),
    )
    result = _family_field(page) if kind is CheckKind.FAMILY_UNITY else _result_field(kind)
    dialog = FormDialog(
        owner,
        say(word(kind)),
        [
            result,
            *stated,
            _date("held_on", _("Day"), value=session.today(), required=True),
            TextField("who", _(_WHO[kind]), required=True, wide=False),
            late,
            LongTextField("note", _("Note"), lines=2, hint=_sealed(kind)),
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
    _only_for_earlier(late, dialog.form["held_on"], lambda day: day)
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
            _date("held_on", _("Day"), required=True),
            TextField("who", _(_WHO[kind]), required=True, wide=False),
            late,
            LongTextField("note", _("Note"), lines=2, hint=_sealed(kind)),
        ],
        actions.enter_check,
        values={"plan_id": page.row.id, "kind": kind} | ({} if family else {"passed": True}),
        prepare=_as_check,
        submit=_("Save the check"),
        says=_(
            "For a check that passed before the person left and was not entered: {result}. Correct the departure then.",
            result=_(RESULTS[kind][0]),
        ),
        done=_("The check is saved."),
        undoes=_("It cannot be undone, but a later check of this kind takes its place."),
    )


def withdraw_dialog(owner: QWidget, stay_id: StayId, check_id: CheckId, kind: CheckKind) -> None:
    """Take back a consent or an acceptance."""
    FormDialog(
        owner,
        _("Withdraw: {check}", check=word(kind)),
        [_date("withdrawn_on", _("Withdrawn on"), value=session.today(), required=True)],
        actions.withdraw_check,
        values={"check_id": check_id},
        submit=_("Withdraw"),
        says=_("Nobody can leave on this plan until there is a new one."),
        danger=True,
        done=_("It is withdrawn."),
        undoes=_("It cannot be undone, but a later check of this kind takes its place."),
        of={"stay_id": stay_id},
    ).open()


def depart_dialog(owner: QWidget, page: PlanPage) -> None:
    """Record that somebody has left; who leaves together is recorded at one moment."""
    row = page.row
    together = [one for one in page.relatives if one.plan_id in page.companions]
    says = _("The stay ends, and with it the bed and an open absence.")
    if together:
        names = "; ".join(isolated(one.name) for one in together)
        says += " " + _("The family leaves together: {names}.", names=names)
    FormDialog(
        owner,
        _("Record the departure of {name}", name=isolated(row.name)),
        _when_left(),
        endings.depart_group if together else endings.depart,
        values={"plan_ids": (row.id, *page.companions)} if together else {"plan_id": row.id},
        submit=_("Record departure"),
        says=says,
        done=_("The departure of {name} is recorded.", name=isolated(row.name)),
        undoes=_undoes,
    ).open()


def group_dialog(owner: QWidget, plan_ids: Sequence[PlanId], names: Sequence[str]) -> None:
    """Record that several people have left at one moment: all of them or none."""
    FormDialog(
        owner,
        plural("Record {n} departure", "Record {n} departures", len(plan_ids)),
        _when_left(),
        endings.depart_group,
        values={"plan_ids": tuple(plan_ids)},
        says=_(
            "All leave at this moment, or nobody: {names}. Their stays end, and with them beds and open absences.",
            names="; ".join(isolated(name) for name in names),
        ),
        done=plural("{n} departure is recorded.", "{n} departures are recorded.", len(plan_ids)),
        undoes=_undoes,
    ).open()


def _undoes(stays: StayId | Sequence[StayId]) -> tuple[Undo, ...]:
    """Each of the departures that were recorded at one moment is taken back."""
    each = (stays,) if isinstance(stays, int) else stays
    return tuple(Undo(endings.undo, {"stay_id": stay_id}) for stay_id in each)


def end_dialog(owner: QWidget, stay: StayDepartures, kind: DepartureKind) -> None:
    """End a stay without a plan: an escape, leaving on one's own, a death, a release by order."""
    action, moment, fields = _endings()[kind]
    says = _("The stay ends, and with it the bed and an open absence.")
    if stay.current is not None and stay.current.row.standing in presentation.OPEN:
        says += " " + _("The plan of departure is cancelled.")
    FormDialog(
        owner,
        _("{kind}: {name}", kind=word(kind), name=isolated(stay.name)),
        [_now(moment), *fields, LongTextField("note", _("Note"), lines=2)],
        action,
        values={"stay_id": stay.stay_id},
        prepare=given,
        submit=_("End the stay"),
        says=says,
        danger=True,
        done=_("The stay of {name} has ended.", name=isolated(stay.name)),
        undoes=lambda _none: Undo(endings.undo, {"stay_id": stay.stay_id}),
    ).open()


def _endings() -> Mapping[DepartureKind, tuple[Callable[..., None], str, list[Field[Any]]]]:
    """For each end without a plan its action, what its moment is called, and what must be stated."""
    return {
        DepartureKind.ESCAPE: (
            endings.record_escape,
            _("Noticed"),
            [
                TextField("last_seen", _("Where and when last seen"), required=True),
                TextField("reported_to", _("Reported to"), required=True),
            ],
        ),
        DepartureKind.LEFT_ON_OWN: (
            endings.record_left,
            _("Went"),
            [
                TextField("seen_last", _("Where and when last seen"), required=True),
                TextField(
                    "how_known",
                    _("How it is known that the person is not coming back"),
                    hint=_("Said so, or is overdue: seven days, unless the house has set another time."),
                    required=True,
                ),
            ],
        ),
        DepartureKind.DEATH: (
            endings.record_death,
            _("Died"),
            [
                TextField("place", _("Place of death"), required=True),
                TextField("certified_by", _("Death certified by"), required=True),
                TextField("family_told", _("Family or consulate told"), required=True),
            ],
        ),
        DepartureKind.RELEASE_BY_ORDER: (
            endings.record_release,
            _("Released"),
            [
                TextField("authority", _("Authority that ordered the release"), required=True),
                TextField("order_number", _("Number of the order"), required=True, wide=False),
                _date("order_date", _("Date of the order"), required=True),
            ],
        ),
    }


def undo_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Take back a departure that was recorded by mistake, whenever."""
    FormDialog(
        owner,
        _("Take the departure back"),
        [LongTextField("reason", _("What was the mistake"), required=True)],
        endings.undo,
        values={"stay_id": stay_id},
        says=_(
            "The stay goes on, with its plan, and with the bed if nobody else has it now. Months that were issued will "
            "show that they differ."
        ),
        done=lambda has_bed: _("The stay goes on, with the bed.") if has_bed else _("The stay goes on, without a bed."),
        undoes=_("It cannot be undone, but the departure can be recorded again."),
    ).open()


def correct_dialog(owner: QWidget, stay: StayDepartures) -> FormDialog:
    """Put right how, when and where to somebody left."""
    now = stay.ended_by or DepartureKind.NOT_RECORDED
    planned = [page.row.kind for page in (*([] if stay.current is None else [stay.current]), *stay.earlier)]
    ways = (*(stay.permitted if stay.came_with_file else planned), *ends_without_plan(stay.regime))
    kinds = [kind for kind in DepartureKind if kind is now or kind in ways]
    if not stay.is_last:
        kinds = [kind for kind in kinds if kind is not DepartureKind.DEATH or kind is now]
    asked = {kind: fields for kind, (_action, _moment, fields) in _endings().items() if kind in kinds}
    for fields in asked.values():
        for field in fields:
            known = stay.facts.get(field.name, "")
            field.put((date.fromisoformat(known) if known else None) if isinstance(field, DateField) else known)
    to = [
        CountryField("country", _("Country"), value=stay.country, wide=False, hint=_("Empty: not recorded.")),
        TextField("town", _("Town"), value=stay.place, wide=False),
    ]
    kind = ChoiceField(
        "kind",
        _("How"),
        [(each, say(word(each))) for each in kinds],
        value=now,
        required=True,
        hint=_("A kind that was not planned is planned first, as it was, under Departure."),
    )
    stated = [field for fields in asked.values() for field in fields]
    dialog = FormDialog(
        owner,
        _("Correct the departure of {name}", name=isolated(stay.name)),
        [
            kind,
            MomentField("moment", _("Left"), value=stay.ended, required=True, hint=_("When it really was.")),
            *to,
            *stated,
            LongTextField("reason", _("How this is known"), required=True),
        ],
        endings.correct,
        values={"stay_id": stay.stay_id, "version": stay.version},
        prepare=_as_corrected,
        submit=_("Correct the departure"),
        says=_(
            "It is judged as on its own day: by the checks as they stood then, or by what this kind must state. The "
            "bed and an absence that ended with it move along. Months that were issued will show that they differ."
        ),
        done=lambda fits: (
            _("The departure is corrected.")
            if fits
            else _("The departure is corrected. The bed ends as before: somebody else has it by then.")
        ),
        undoes=former(
            endings.correct,
            stay.version,
            "reason",
            stay_id=stay.stay_id,
            kind=now,
            moment=stay.ended,
            country=stay.country,
            place=stay.place,
            facts=stay.facts,
        ),
        anew=Anew(partial(queries.of_stay, stay_id=stay.stay_id), _correct_again),
    )

    def ask() -> None:
        """Ask what the chosen kind must state."""
        chosen = kind.read()
        for each, fields in asked.items():
            for field in fields:
                field.setVisible(each is chosen)
        for field in to:
            field.setVisible(chosen is not DepartureKind.DEATH)

    kind.edited.connect(ask)
    ask()
    return dialog


def _correct_again(owner: QWidget, stay: StayDepartures) -> FormDialog | None:
    return None if stay.ended is None else correct_dialog(owner, stay)


def _as_corrected(values: dict[str, Any]) -> Mapping[str, Any]:
    """The arguments of `correct`: what a kind states stands in `facts`."""
    said = given(values)
    own: dict[str, Any] = {name: said.pop(name) for name in ("kind", "moment", "country", "reason") if name in said}
    town = said.pop("town", "")
    facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    return {**own, "place": town, "facts": facts}


def _result_field(kind: CheckKind) -> Field[Any]:
    """What was found."""
    yes, no = RESULTS[kind]
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
                _date("valid_until", _("Valid until")),
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
            _date("valid_until", _("Valid until"), required=True),
        ]
    offered = [(each.document_id, _document(each)) for each in documents]
    value = documents[0].document_id if len(documents) == 1 else None
    pick: Field[Any] = ChoiceField("document_id", _("Document"), offered, value=value, required=True)
    if all(each.expires_on for each in documents):
        return [pick]
    return [pick, _date("valid_until", _("Valid until, if the document does not say"))]


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
        offered.append(("", _(RESULTS[CheckKind.FAMILY_UNITY][1])))
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
    sealed = kind in (CheckKind.NON_REFOULEMENT, CheckKind.FIT_TO_TRAVEL)
    return _("Sealed: no paper shows it.") if sealed else ""


def _changed(again: Sequence[CheckKind]) -> str:
    if not again:
        return _("The plan is changed.")
    return _("The plan is changed. To be held again: {checks}.", checks=", ".join(say(word(kind)) for kind in again))


def _when_left() -> list[Field[Any]]:
    """The moment of a departure; of a day that is over also why it is recorded only now."""
    left = _now(_("Left"))
    late = LongTextField(
        "late_reason",
        _("Why it is recorded on a later day"),
        required=True,
        lines=2,
        hint=_("The checks count as they stood when the person left."),
    )
    _only_for_earlier(late, left, lambda moment: moment.on)
    return [left, late]


def _only_for_earlier(late: Field[str], when: Field[Any], day_of: Callable[[Any], date]) -> None:
    """Ask why something is late only where its day is over."""

    def ask() -> None:
        try:
            value = when.read()
        except Unreadable:  # it is being typed
            return
        late.setVisible(value is not None and day_of(value) < session.today())

    when.edited.connect(ask)
    late.setVisible(False)


def _date(name: str, label: str, *, value: date | None = None, required: bool = False) -> Field[Any]:
    return DateField(name, label, value=value, required=required, wide=False)


def _now(label: str) -> Field[Any]:
    return MomentField("moment", label, value=session.now(), required=True)
