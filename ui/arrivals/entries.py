"""What is entered of an arrival, part by part: how each part is called, shown and asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from models.actions import admissions, contacts
from models.actions import property as things
from models.actions.entering import Entering
from models.actions.needs import NEEDS
from models.ids import ResidentId, StayId
from models.queries.admissions import EntryRow
from models.rules import property as rules
from models.rules.field_types import Asked, Field, FieldClass, FieldType
from models.rules.vocabulary import ArrivalStep
from models.rules.wording import word
from models.store.declaring import Action, Declared
from models.text import N_, pgettext
from ui import permissions, session
from ui.declared import asked, said
from ui.kit.field import Field as FormField
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.search import Found
from ui.kit.undoing import Undo
from ui.language import _, isolated, say
from ui.picks import PickField
from ui.sealed import tells_that_nothing_can_be_sealed
from ui.taking_back import reason_dialog


class Record(Protocol):
    """What is on record of somebody: of an arrival, or sealed."""

    @property
    def resident_id(self) -> ResidentId:
        """Whose it is."""

    @property
    def stay_id(self) -> StayId | None:
        """Of which stay; None where it is of none."""

    @property
    def entries(self) -> Sequence[EntryRow]:
        """What was entered."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of what is on record of an arrival.

    Attributes:
        what: Its actions.
        title: What it is called.
        add: The command that enters something there.
        reads: Opens what is sealed in it; None where nothing is.
        deeds: What else can be done about a row: the words of each, the form it opens, and its action.
    """

    what: Entering
    title: str
    add: str
    reads: Action[Any, ..., str] | None = None
    deeds: Callable[[QWidget, EntryRow], Sequence[tuple[str, Callable[[], object], Declared]]] = lambda _owner, _row: ()


ENTER = pgettext("command", "Enter")
RETURNS = Part(things.RETURNS, N_("Given back"), N_("Give back"))
PARTS: Mapping[ArrivalStep, tuple[Part, ...]] = {
    ArrivalStep.LEGAL_GROUND: (Part(admissions.LEGAL_GROUNDS, N_("Legal order"), N_("Enter the legal order")),),
    ArrivalStep.INJURIES: (
        Part(
            admissions.INJURIES,
            N_("What could be seen on arrival"),
            N_("Enter what could be seen"),
            admissions.look_at_injuries,
        ),
    ),
    ArrivalStep.PROPERTY: (
        Part(things.ITEMS, N_("Property"), N_("Enter a thing or money")),
        Part(things.RECEIPTS, N_("Property signed for"), N_("Enter the signatures")),
        RETURNS,
    ),
    ArrivalStep.NOTICES: (
        Part(contacts.CONTACTS, N_("Family elsewhere and other contacts"), N_("Enter a contact")),
        Part(contacts.NOTICES, N_("Whom to tell"), N_("Enter whom to tell")),
    ),
    ArrivalStep.RIGHTS: (Part(admissions.RIGHTS, N_("Rights explained"), N_("Enter that rights were explained")),),
    ArrivalStep.HEALTH_CHECK: (
        Part(
            admissions.HEALTH_CHECKS,
            N_("First health check"),
            N_("Enter the health check"),
            admissions.look_at_health_check,
        ),
    ),
    ArrivalStep.LANGUAGES: (Part(admissions.LANGUAGES, pgettext("step", "Languages"), N_("Enter a language")),),
    ArrivalStep.ROOM: (
        Part(NEEDS, N_("Needs of everyday life"), N_("Enter a need")),
        Part(admissions.ROOM_DECISIONS, N_("Why this room"), N_("Enter why this room")),
    ),
    ArrivalStep.CHILD: (Part(admissions.CHILDREN, N_("The child"), N_("Enter what concerns the child")),),
}
"""What is entered for each step; who it is and the photo have forms of their own."""
WAIVERS = Part(admissions.WAIVERS, N_("Not asked"), N_("Say that it is not asked"))
_TODAY = frozenset(
    {"looked_on", "signed_on", "returned_on", "asked_on", "explained", "done", "decided_on", "received_on"}
)
"""What is filled in with today where it must be said: so it is nearly always."""


def values_of(part: Part, record: Record, row: EntryRow) -> list[tuple[str, str]]:
    """What stands in a row: the label of each field that says something, and what it says."""
    found = []
    for field in part.what.fields:
        value = row.values.get(field.name)
        if field.type is FieldType.RESIDENT:
            words = isolated(row.others.get(field.name, ""))
        elif field.type is FieldType.ENTRY:
            words = _thing(record, value)
        else:
            words = "" if value is None else said(field, value)
        if words:
            found.append((_(field.label), words))
    return found


def is_given_back(record: Record, item: EntryRow) -> bool:
    """Whether nothing is left to give back of a thing or of money."""
    returns = (each.values for each in record.entries if each.table == RETURNS.what.entity.__tablename__)
    return rules.is_given_back(
        item.values["amount"], (each["amount"] for each in returns if each["item_id"] == item.id)
    )


def enter(owner: QWidget, part: Part, record: Record, **given: object) -> FormDialog | None:
    """Ask for something new; None where it would be sealed and nobody could read it."""
    if _seals(part) and tells_that_nothing_can_be_sealed(owner):
        return None
    step = given.get("step")
    what = say(word(step)) if isinstance(step, ArrivalStep) else _thing(record, given.get("item_id"))
    return FormDialog(
        owner,
        _("{command}: {what}", command=_(part.add), what=what) if what else _(part.add),
        [_asked(field, given.get(field.name)) for field in part.what.fields if _is_asked(field, given)],
        part.what.enter,
        values={**owner_of(part, record), **given},
        submit=_(ENTER),
        done=_("It is entered."),
        undoes=(lambda entry: Undo(part.what.take_back, {"entry_id": entry}))
        if permissions.may(part.what.take_back)
        else _("Only health staff can take it back."),
        of={"resident_id": record.resident_id},
    )


def seals(part: Part) -> bool:
    """Whether something of a part is sealed as soon as it is entered, so that it waits nowhere."""
    return _seals(part)


def fields_of(part: Part) -> list[FormField[Any]]:
    """What a part asks for, before it is known whose it is."""
    return [_asked(field, None) for field in part.what.fields if _is_asked(field, {})]


def correct(owner: QWidget, part: Part, record: Record, row: EntryRow) -> FormDialog:
    """Put right what was entered; what is sealed stays as it is where nothing is typed."""
    reads = part.reads is not None and permissions.may(part.reads)
    shown = [
        field
        for field in part.what.fields
        if _is_asked(field, {}) and (reads or field.disclosure is not FieldClass.SEALED)
    ]
    kept = {field.name: row.values.get(field.name) for field in part.what.fields if field not in shown}
    fields = [_asked(field, row.values.get(field.name), row.others.get(field.name, ""), anew=True) for field in shown]

    def before(_done: object) -> Undo:  # not `former`: a field may be called as an argument of it
        return Undo(part.what.correct, {"entry_id": row.id, **row.values, "version": row.version + 1})

    return FormDialog(
        owner,
        _("Correct: {what}", what=_(part.title)),
        [*fields, LongTextField("reason", _("Why it is put right"), required=True, lines=2)],
        part.what.correct,
        values={"entry_id": row.id, "version": row.version, **kept},
        submit=_("Save"),
        says=_("What stands here now stays in the history."),
        done=_("The changes are saved."),
        undoes=_("A later correction puts it right.") if _seals(part) else before,
        of={"resident_id": record.resident_id},
    )


def take_back(owner: QWidget, part: Part, record: Record, row: EntryRow) -> FormDialog:
    """Take back what should not have been entered."""
    return reason_dialog(
        owner,
        _("Take back: {what}", what=_(part.title)),
        part.what.take_back,
        {"entry_id": row.id},
        done=_("It was taken back."),
        undoes=_("What stood there can be read in the history."),
    )


def owner_of(part: Part, record: Record) -> dict[str, object]:
    """Whose an entry is, as its action takes it."""
    of_stay = "stay_id" in part.what.entity.__table__.columns
    return {"stay_id": record.stay_id} if of_stay else {"resident_id": record.resident_id}


def _thing(record: Record, item_id: object) -> str:
    """What a thing that was brought is called; empty where none is meant."""
    things_brought = (each for each in record.entries if each.table == things.ITEMS.entity.__tablename__)
    return next((isolated(str(each.values["what"])) for each in things_brought if each.id == item_id), "")


def _seals(part: Part) -> bool:
    return any(field.disclosure is FieldClass.SEALED for field in part.what.fields)


def _is_asked(field: Field, given: Mapping[str, object]) -> bool:
    return field.asked is not Asked.NEVER and field.name not in given


def _asked(field: Field, value: object, other: str = "", *, anew: bool = False) -> FormField[Any]:
    more: dict[str, Any] = {}
    is_sealed = field.disclosure is FieldClass.SEALED
    if field.required and not (is_sealed and anew):
        more["required"] = True
    if is_sealed:
        more["hint"] = (
            _("Leave it empty, and what is sealed is kept as it is.")
            if anew
            else _("Sealed when it is saved: health and legal staff read it.")
        )
    if value is None and not anew and field.name in _TODAY and field.required:
        value = session.now() if field.type is FieldType.MOMENT else session.today()
    made = asked(field, value, **more)
    if isinstance(made, PickField) and field.type is FieldType.RESIDENT and value is not None:
        made.show_found(Found(value, other))
        made.settle()
    return made
