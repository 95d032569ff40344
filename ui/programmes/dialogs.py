"""The dialogs by which programmes are made and changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as fact_fields
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.ids import ProgrammeId
from models.queries import programmes as queries
from models.queries.programmes import ProgrammeWhole
from models.rules.departures import REQUIRED
from models.rules.programmes import REASONED, CriterionFacts, DepartureFacts, ProgrammeFacts, ReasonFacts
from models.rules.vocabulary import (
    PLANNED_KINDS,
    CheckKind,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
)
from models.rules.wording import word
from ui.kit.fields import CheckField, ChoiceField, LongTextField
from ui.kit.form import Anew, FormDialog, Section
from ui.kit.undoing import former
from ui.language import _, say
from ui.programmes.forms import (
    Fields,
    agreement_fields,
    arrival_fields,
    counting_fields,
    places_fields,
    report_fields,
    selection_fields,
)


def change_dialog(
    owner: QWidget, title: str, programme: ProgrammeWhole, fields: Callable[[ProgrammeFacts], Fields]
) -> FormDialog:
    """A form for some of the facts of a programme; the others stay as they are.

    Args:
        owner: The page that asks.
        title: What is changed.
        programme: As it was read.
        fields: Makes some of the fields of this module from the facts.
    """

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        return {"facts": replace(programme.facts, **_kept(programme.facts, _full(values)))}

    return FormDialog(
        owner,
        title,
        fields(programme.facts),
        actions.change,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        done=_("The programme was changed."),
        undoes=former(actions.change, programme.version, programme_id=programme.row.id, facts=programme.facts),
        anew=anew(programme, lambda at, now: change_dialog(at, title, now, fields)),
    )


def anew(
    programme: ProgrammeWhole, show: Callable[[QWidget, ProgrammeWhole], FormDialog | None]
) -> Anew[ProgrammeWhole]:
    """How a form about a programme is made again when somebody else has changed the programme."""
    return Anew(partial(queries.whole, programme_id=programme.row.id), show)


def _kept(facts: ProgrammeFacts, values: dict[str, Any]) -> dict[str, Any]:
    """A text of a preset that was shown in another language and left as it was stays what it is."""
    return {
        name: getattr(facts, name) if isinstance(value, str) and value == _(getattr(facts, name)) else value
        for name, value in values.items()
    }


def _full(values: dict[str, Any]) -> dict[str, Any]:
    """An empty text as a text."""
    texts = {field.name for field in fact_fields(ProgrammeFacts) if field.default == ""}
    return {name: "" if value is None and name in texts else value for name, value in values.items()}


def create_dialog(owner: QWidget, on_done: Callable[[ProgrammeId], None]) -> FormDialog:
    """The form for a programme of one's own."""
    kinds: Fields = [CheckField(f"kind_{kind.value}", say(word(kind)), wide=False) for kind in PLANNED_KINDS]

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        chosen = [DepartureFacts(kind) for kind in PLANNED_KINDS if values.pop(f"kind_{kind.value}")]
        return {"facts": ProgrammeFacts(**_full(values)), "departures": chosen}

    return FormDialog(
        owner,
        _("New programme"),
        [
            *agreement_fields(None),
            Section(_("Places and limits")),
            *places_fields(None),
            Section(_("Counting")),
            *counting_fields(None),
            Section(_("Selection")),
            *selection_fields(None),
            Section(_("People may leave by")),
            *kinds,
            Section(_("Arrival")),
            *arrival_fields(None),
            Section(_("Monthly report")),
            *report_fields(None),
        ],
        actions.create,
        prepare=prepare,
        submit=_("Add the programme"),
        done=_("The programme was added."),
        undoes=_("It cannot be undone, but the programme can be changed and closed."),
        on_done=on_done,
        width=640,
    )


def criterion_dialog(owner: QWidget, programme: ProgrammeWhole, at: int | None) -> FormDialog:
    """The form for one criterion; `at` is the place of the one that is changed, None for a new one."""
    now = programme.criteria[at] if at is not None else None
    answered = now is not None and now.id in programme.answered

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        text = values.get("text")
        if now is not None and (text is None or text == _(now.text)):
            text = now.text
        made = CriterionFacts(text or "", values["effect"], values["test"], now.id if now else None)
        criteria = list(programme.criteria)
        if at is None:
            criteria.append(made)
        else:
            criteria[at] = made
        return {"criteria": criteria}

    question = LongTextField(
        "text",
        _("Question"),
        value=_(now.text) if now else "",
        hint=_("So that yes or no answers it."),
        required=True,
        lines=2,
    )
    if answered:
        question.hide()
    return FormDialog(
        owner,
        _(now.text) if now and answered else _("Change the criterion") if now else _("New criterion"),
        [
            question,
            ChoiceField(
                "effect",
                _("What it decides"),
                [(effect, say(word(effect))) for effect in CriterionEffect],
                value=now.effect if now else CriterionEffect.EXCLUDES,
                hint=_("Excludes: yes stands against it. Required: no does. Weighs: it decides nothing alone."),
                required=True,
            ),
            ChoiceField(
                "test",
                _("Who answers"),
                [(test, say(word(test))) for test in CriterionTest],
                value=now.test if now else CriterionTest.MANUAL,
                hint=_("What the list itself tells is answered by the program; a person can always correct it."),
                required=True,
            ),
        ],
        actions.set_criteria,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("Candidates were already screened by this question, so its words stay as they are.") if answered else "",
        done=_("The criteria were changed."),
        undoes=former(
            actions.set_criteria, programme.version, programme_id=programme.row.id, criteria=programme.criteria
        ),
        anew=anew(programme, lambda at, found: _criterion_again(at, found, now)),
    )


def _criterion_again(owner: QWidget, programme: ProgrammeWhole, criterion: CriterionFacts | None) -> FormDialog | None:
    """The form for the same criterion, wherever it stands now; none where it is gone."""
    if criterion is None:
        return criterion_dialog(owner, programme, None)
    at = [place for place, each in enumerate(programme.criteria) if each.id == criterion.id]
    return criterion_dialog(owner, programme, at[0]) if at else None


def reason_dialog(owner: QWidget, programme: ProgrammeWhole, at: int | None) -> FormDialog:
    """The form for one reason of decisions; `at` is the place of the one that is changed, None for a new one."""
    now = programme.reasons[at] if at is not None else None

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        text = values["text"]
        made = ReasonFacts(values["outcome"], now.text if now is not None and text == _(now.text) else text)
        reasons = list(programme.reasons)
        if at is None:
            reasons.append(made)
        else:
            reasons[at] = made
        return {"reasons": reasons}

    return FormDialog(
        owner,
        _("Change the reason") if now else _("New reason"),
        [
            ChoiceField(
                "outcome",
                _("Of which decision"),
                [(each, say(word(each))) for each in REASONED],
                value=now.outcome if now else None,
                required=True,
            ),
            LongTextField(
                "text",
                _("Reason"),
                value=_(now.text) if now else "",
                hint=_("As it stands in the history and on the selection list."),
                required=True,
                lines=2,
            ),
        ],
        actions.set_reasons,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("What was given for earlier decisions remains with them as it read.") if now else "",
        done=_("The reasons were changed."),
        undoes=former(actions.set_reasons, programme.version, programme_id=programme.row.id, reasons=programme.reasons),
        anew=anew(programme, lambda owner, found: _reason_again(owner, found, now)),
    )


def _reason_again(owner: QWidget, programme: ProgrammeWhole, reason: ReasonFacts | None) -> FormDialog | None:
    """The form for the same reason, wherever it stands now; none where it is gone."""
    if reason is None:
        return reason_dialog(owner, programme, None)
    return reason_dialog(owner, programme, programme.reasons.index(reason)) if reason in programme.reasons else None


def departures_dialog(owner: QWidget, programme: ProgrammeWhole) -> FormDialog:
    """The form for the ways in which people may leave."""
    now = {departure.kind: departure for departure in programme.departures}

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        return {
            "departures": [
                now.get(kind, DepartureFacts(kind)) for kind in PLANNED_KINDS if values[f"kind_{kind.value}"]
            ]
        }

    fields: Fields = [
        CheckField(f"kind_{kind.value}", say(word(kind)), value=kind in now, hint=checks_text(REQUIRED[kind]))
        for kind in PLANNED_KINDS
    ]
    return FormDialog(
        owner,
        _("Ways of leaving"),
        fields,
        actions.set_departures,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        done=_("The ways of leaving were changed."),
        undoes=former(
            actions.set_departures, programme.version, programme_id=programme.row.id, departures=programme.departures
        ),
        anew=anew(programme, departures_dialog),
    )


def checks_dialog(owner: QWidget, programme: ProgrammeWhole, kind: DepartureKind) -> FormDialog:
    """The form for what a way of leaving requires beyond what is always required."""
    offered = [check for check in CheckKind if check not in REQUIRED[kind]]
    extra = next(departure.extra_checks for departure in programme.departures if departure.kind is kind)

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        chosen = tuple(check for check in offered if values[f"check_{check.value}"])
        return {
            "departures": [
                DepartureFacts(kind, chosen) if departure.kind is kind else departure
                for departure in programme.departures
            ]
        }

    fields: Fields = [CheckField(f"check_{check.value}", say(word(check)), value=check in extra) for check in offered]
    return FormDialog(
        owner,
        _("{kind}: further checks", kind=word(kind)),
        fields,
        actions.set_departures,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("Always required: {checks}.", checks=checks_text(REQUIRED[kind])),
        done=_("The required checks were changed."),
        undoes=former(
            actions.set_departures, programme.version, programme_id=programme.row.id, departures=programme.departures
        ),
        anew=anew(programme, lambda at, found: _checks_again(at, found, kind)),
    )


def _checks_again(owner: QWidget, programme: ProgrammeWhole, kind: DepartureKind) -> FormDialog | None:
    is_there = any(departure.kind is kind for departure in programme.departures)
    return checks_dialog(owner, programme, kind) if is_there else None


def checks_text(checks: Sequence[CheckKind]) -> str:
    """Checks by their names, one after the other."""
    return ", ".join(say(word(check)) for check in checks)
