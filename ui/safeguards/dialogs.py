"""The forms of incidents, complaints and self-harm."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import complaints, incidents
from models.queries import safeguards as queries
from models.queries.admissions import EntryRow
from models.queries.arrivals import ProgrammeChoice
from models.queries.safeguards import IncidentRow
from models.rules.vocabulary import IncidentKind
from models.rules.wording import word
from models.store.declaring import Declared
from models.text import N_, pgettext
from ui import search, session
from ui.arrivals.entries import Part
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.search import Found
from ui.kit.typed_fields import DateField, MomentField
from ui.kit.undoing import Undo
from ui.language import _, say, tr
from ui.picks import PicksField
from ui.sealed import cannot_seal
from ui.taking_back import reason_dialog

INJURIES = "injuries"


def enter_incident(
    owner: QWidget, programmes: Sequence[ProgrammeChoice], whom: Sequence[Found] = (), programme_id: object = None
) -> FormDialog:
    """Enter what happened.

    Args:
        owner: The page.
        programmes: Under whose agreement it may count.
        whom: Whom it concerns, as far as that is known before.
        programme_id: Under which; None: it is asked, unless there is one alone.
    """
    only = programmes[0].id if len(programmes) == 1 else programme_id
    choices = [(each.id, each.code) for each in programmes]
    programme: Field[Any] = ChoiceField("programme_id", _("Programme"), choices, value=only, required=True, wide=False)
    return FormDialog(
        owner,
        _("Enter an incident"),
        [programme, *_fields(whom)],
        incidents.enter,
        prepare=_said,
        submit=_("Enter the incident"),
        done=_("The incident is entered."),
        undoes=lambda made: Undo(incidents.take_back, {"incident_id": made}),
    )


def correct_incident(owner: QWidget, row: IncidentRow) -> FormDialog:
    """Put right what was entered of an incident."""
    whom = [Found(each.resident_id, each.name, each.number) for each in row.concerned]
    before = {**_was(row), "incident_id": row.id, "version": row.version + 1}
    return FormDialog(
        owner,
        _("Correct the incident"),
        [*_fields(whom, row), LongTextField("reason", _("Why it is put right"), required=True, lines=2)],
        incidents.correct,
        values={"incident_id": row.id, "version": row.version},
        prepare=_said,
        submit=_("Save"),
        says=_("What stands here now stays in the history."),
        done=_("The changes are saved."),
        undoes=lambda _done: Undo(incidents.correct, before),  # not `former`: a field is called as its argument
        anew=Anew(partial(_one, incident_id=row.id), correct_incident),
    )


def take_back_incident(owner: QWidget, row: IncidentRow) -> FormDialog:
    """Take back what did not happen, or not here."""
    before = {**_was(row), "programme_id": row.programme_id}
    return reason_dialog(
        owner,
        _("Take the incident back"),
        incidents.take_back,
        {"incident_id": row.id},
        done=_("It is taken back."),
        undoes=lambda _none: Undo(incidents.enter, before, why=""),
    )


def _was(row: IncidentRow) -> dict[str, Any]:
    """What stands in an incident, as its actions take it."""
    was = {field.name: getattr(row, field.name) for field in incidents.FIELDS}
    return was | {"residents": tuple(each.resident_id for each in row.concerned)}


def _one(snapshot: Any, *, incident_id: int) -> IncidentRow | None:  # noqa: ANN401 - the look at the register
    return next(iter(queries.incidents(snapshot, incident_id=incident_id)), None)


def _fields(whom: Sequence[Found], row: IncidentRow | None = None) -> list[Field[Any]]:
    def said(name: str) -> str:
        return "" if row is None else str(getattr(row, name))

    kinds = [(kind, say(word(kind))) for kind in IncidentKind]
    hint = _("Name nobody: who is concerned stands above. Self-harm and health are sealed; write nothing of them.")
    when = session.now() if row is None else row.happened
    kind = IncidentKind.INCIDENT if row is None else row.kind
    residents: PicksField[Any] = PicksField(
        "residents", _("Residents concerned"), search.find, value=whom, hint=_("Nobody, one or several.")
    )
    why_not = cannot_seal()
    sealed = _("Sealed when it is saved, as a note about each of them: health and legal staff read it.")
    injuries = LongTextField(
        INJURIES, _("Injuries"), lines=2, sealed=True, hint=sealed if why_not is None else say(why_not)
    )
    injuries.setEnabled(why_not is None)
    return [
        ChoiceField("kind", _("Kind"), kinds, value=kind, required=True, wide=False),
        MomentField("happened", _("When it happened"), value=when, required=True),
        TextField("place", _("Where it happened"), value=said("place"), wide=False, longest=200),
        residents,
        LongTextField("what", _("What happened"), value=said("what"), required=True, lines=3, hint=hint, sealed=True),
        TextField("by_whom", _(pgettext("health", "By whom")), value=said("by_whom"), wide=False, longest=200),
        TextField("means", _("With what"), value=said("means"), wide=False, longest=200, hint=_("Of force alone.")),
        LongTextField(
            "why", _("Why"), value=said("why"), lines=2, sealed=True, hint=_("Must be said of force, as must by whom.")
        ),
        injuries,
        TextField("told_whom", _("Reported to"), value=said("told_whom"), wide=False, longest=200),
        MomentField("told", _("Reported on"), value=None if row is None else row.told),
    ]


def _said(values: dict[str, Any]) -> Mapping[str, Any]:
    """What was left empty is nothing, and no text that is missing."""
    texts = ("place", "what", "by_whom", "means", "why", INJURIES, "told_whom")
    given = {name: "" if value is None and name in texts else value for name, value in values.items()}
    return given | {"residents": given["residents"] or ()}


def answer_complaint(owner: QWidget, entry_id: int, received: str) -> FormDialog:
    """Enter the answer to a complaint."""
    return FormDialog(
        owner,
        _("Answer the complaint"),
        [
            DateField("answered_on", _("Answered on"), value=session.today(), required=True, wide=False),
            LongTextField(
                "answer",
                _("The answer"),
                required=True,
                lines=5,
                sealed=True,
                hint=_("Received on {day}. Sealed when it is saved.", day=received),
            ),
        ],
        complaints.answer,
        values={"entry_id": entry_id},
        submit=_("Enter the answer"),
        done=_("The answer is entered."),
        undoes=_("A later correction puts it right, and an answer to another complaint is taken back."),
    )


def take_back_answer(owner: QWidget, entry_id: int) -> FormDialog:
    """Take an answer back that is none to this complaint."""
    return reason_dialog(
        owner,
        _("Take the answer back"),
        complaints.take_back_answer,
        {"entry_id": entry_id},
        says=_(
            "The complaint waits for its answer again. What the answer said is kept with the person as a sealed note."
        ),
        done=_("The answer is taken back."),
        undoes=_("It cannot be undone, but the complaint can be answered again."),
    )


def _answers(owner: QWidget, row: EntryRow) -> Sequence[tuple[str, Callable[[], object], Declared]]:
    """The way to answer a complaint that waits for it, or to take its answer back."""
    if row.values["answered_on"] is not None:
        return [
            (_("Take the answer back"), lambda: take_back_answer(owner, row.id).open(), complaints.take_back_answer)
        ]
    received = tr().date(row.values["received_on"])
    return [(_("Answer"), lambda: answer_complaint(owner, row.id, received).open(), complaints.answer)]


COMPLAINTS = Part(complaints.COMPLAINTS, N_("Complaints"), N_("Enter a complaint"), complaints.look, _answers)
SELF_HARM = Part(complaints.SELF_HARM, N_("Self-harm"), N_("Enter self-harm"), complaints.look_at_self_harm)
