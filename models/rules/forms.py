"""The blank forms for the day on which the computer is off: what each asks, in the order in which the screen asks it.

The fields are those that `models.rules.fields` declares. Where a form of the window has fields of its own, they stand
here under the same labels, and `tests/ui/papers/test_blank_forms.py` opens the window and holds both together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.rules.field_types import Asked, Field, FieldClass, FieldType
from models.rules.fields import DOCUMENT, FIELDS_OF, NEEDS_AND_NOTES, PARTNER_NUMBER, PERSON
from models.rules.vocabulary import AbsenceKind, BlankForm, DepartureKind, SealedKind
from models.text import N_, pgettext


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of a form under one heading.

    Attributes:
        title: The heading; an English message id, empty for none.
        fields: In the order in which the screen asks for them.
        times: How often they stand on the sheet, since several are often entered.
        lines: As a table, with so many empty lines; 0: each field by itself.
    """

    title: str
    fields: tuple[Field, ...]
    times: int = 1
    lines: int = 0

    @property
    def is_sealed(self) -> bool:
        """Whether something of it is sealed as soon as it is entered."""
        return any(field.disclosure is FieldClass.SEALED for field in self.fields)


@dataclass(frozen=True, slots=True)
class Form:
    """A blank form.

    Attributes:
        which: Which it is.
        entered: The way on the screen to where it is entered when the computer is on again.
        parts: What it asks.
        names_person: Whether it is about one person who has a number already.
        signs: Who signs it.
    """

    which: BlankForm
    entered: tuple[str, ...]
    parts: tuple[Part, ...]
    names_person: bool = True
    signs: tuple[str, ...] = (N_("For the house"),)


_P, _S = FieldClass.PERSONAL, FieldClass.SEALED
_TEXT, _LONG, _DATE, _MOMENT = FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE, FieldType.MOMENT
_FIRST = tuple(field for field in PERSON if field.asked is Asked.FIRST)
_FURTHER = tuple(field for field in PERSON if field.asked is Asked.ON_ARRIVAL)
_PAPER = tuple(field for field in DOCUMENT if field.asked is Asked.ON_ARRIVAL)


def _of(table: str, title: str, times: int = 1) -> Part:
    """What is entered in a table, as its form asks."""
    return Part(title, tuple(field for field in FIELDS_OF[table] if field.asked is not Asked.NEVER), times)


ARRIVAL = (
    Part(
        "",
        (
            Field("arrived", N_("Arrival"), _MOMENT, _P, required=True),
            Field("programme_id", N_("Programme"), _TEXT, _P, required=True),
            Field("fixed_limit", N_("Last day of the stay"), _DATE, _P),
            Field("emergency_reason", N_("Why it is an emergency"), _LONG, _P),
        ),
    ),
    Part(N_("Document"), _PAPER),
    Part(N_("Who it is"), (*_FIRST, PARTNER_NUMBER, *_FURTHER)),
    Part("", (NEEDS_AND_NOTES, Field("bed_id", N_("Bed"), _TEXT, _P))),
)
LEAVE = (
    Field("kind", N_("Why"), AbsenceKind, _P, required=True),
    Field("place", N_("Where to: the address"), _TEXT, _P, longest=200),
    Field("reason", N_("Reason"), _LONG, _P, required=True),
    Field("escort", N_("Escort"), _TEXT, _P, longest=200),
    Field("start", N_("From"), _MOMENT, _P, required=True),
    Field("due_back", N_("Due back"), _MOMENT, _P, required=True),
)
SEPARATION = (
    Field("grounds", N_("Why"), _LONG, _P, required=True),
    Field("ordered_by", N_("Who decided"), _TEXT, _P, required=True),
    Field("began", N_("From"), _MOMENT, _P, required=True),
)
NOTE = (
    Field("kind", N_("Kind"), SealedKind, _S, required=True),
    Field("text", N_("Note"), _LONG, _S, required=True),
)
_INCIDENT = {field.name: field for field in FIELDS_OF["incidents"]}
INCIDENT = (
    Field("programme_id", N_("Programme"), _TEXT, _P, required=True),
    *(_INCIDENT[name] for name in ("kind", "happened", "place")),
    Field("residents", N_("Residents concerned"), _TEXT, _P),
    *(_INCIDENT[name] for name in ("what", "by_whom", "means", "why")),
    Field("injuries", N_("Injuries"), _LONG, _S),
    *(_INCIDENT[name] for name in ("told_whom", "told")),
)
PLAN = (
    Field("kind", N_("How"), DepartureKind, _P, required=True),
    Field("planned_on", N_("Day of travel"), _DATE, _P, required=True),
    Field("country", N_("Country"), FieldType.COUNTRY, _P),
    Field("place", N_("Town"), _TEXT, _P),
    Field("note", N_("Note"), _LONG, _P),
)
LEFT = (Field("moment", N_("Left"), _MOMENT, _P, required=True),)
_AT_GATE = (
    Field("number", N_("Number"), _TEXT, _P),
    Field("name", N_("Name"), _TEXT, _P),
    Field("went_out", N_("Out"), _MOMENT, _P),
    Field("due_back", N_("Due back"), _MOMENT, _P),
    Field("came_in", N_("In"), _MOMENT, _P),
    Field("place", N_("Where to"), _TEXT, _P),
)
_COUNTED = (
    Field("room", N_("Room"), _TEXT, _P),
    Field("number", N_("Number"), _TEXT, _P),
    Field("name", N_("Name"), _TEXT, _P),
    Field("here", N_("Here"), FieldType.YES_NO, _P),
    Field("not_here", N_("Not here"), FieldType.YES_NO, _P),
    Field("remark", N_("Remark"), _TEXT, _P),
)
_PERSON_SIGNS = (N_("The person, or why not signed"), N_("Interpreter"), N_("For the house"))

FORMS: Mapping[BlankForm, Form] = MappingProxyType(
    {
        form.which: form
        for form in (
            Form(
                BlankForm.ARRIVAL,
                (N_("Register arrival"),),
                ARRIVAL,
                names_person=False,
                signs=_PERSON_SIGNS,
            ),
            Form(
                BlankForm.RECORD,
                (N_("Residents"), N_("Arrival")),
                (
                    _of("legal_grounds", N_("Legal order")),
                    _of("injury_reports", N_("What could be seen on arrival")),
                    _of("contacts", N_("Family elsewhere and other contacts"), 2),
                    _of("notices", N_("Whom to tell"), 3),
                    _of("rights_talks", N_("Rights explained")),
                    _of("health_checks", N_("First health check")),
                    _of("language_skills", pgettext("step", "Languages"), 2),
                    _of("needs", N_("Needs of everyday life"), 2),
                    _of("room_decisions", N_("Why this room")),
                    _of("child_records", N_("The child")),
                ),
                signs=_PERSON_SIGNS,
            ),
            Form(
                BlankForm.PROPERTY,
                (N_("Residents"), N_("Arrival"), N_("Property")),
                (
                    _of("property_items", N_("Property"), 4),
                    _of("property_receipts", N_("Property signed for")),
                    _of("property_returns", N_("Given back"), 2),
                ),
                signs=_PERSON_SIGNS,
            ),
            Form(BlankForm.LEAVE, (N_("Gate"), N_("Plan a leave")), (Part("", LEAVE),)),
            Form(
                BlankForm.GATE,
                (N_("Gate"),),
                (Part("", _AT_GATE, lines=22),),
                names_person=False,
            ),
            Form(
                BlankForm.ROLL_CALL,
                (N_("Roll"), N_("Enter from the printed sheet")),
                (Part("", _COUNTED, lines=22),),
                names_person=False,
            ),
            Form(
                BlankForm.SEPARATION,
                (N_("Residents"), N_("Rooms"), N_("Keep apart from others")),
                (Part("", SEPARATION),),
            ),
            Form(
                BlankForm.NOTE,
                (N_("Residents"), N_("Sealed notes")),
                (Part("", NOTE),),
                signs=(N_("The person"), N_("For the house")),
            ),
            *(
                Form(
                    which,
                    (N_("Residents"), N_("Sealed notes")),
                    (_of(table, ""),),
                    signs=(N_("The person"), N_("For the house")),
                )
                for which, table in ((BlankForm.COMPLAINT, "complaints"), (BlankForm.SELF_HARM, "self_harms"))
            ),
            Form(BlankForm.INCIDENT, (N_("Incidents"),), (Part("", INCIDENT),), names_person=False),
            Form(
                BlankForm.DEPARTURE,
                (N_("Residents"), N_("Departure")),
                (Part(N_("Plan"), PLAN), Part(N_("Departure"), LEFT)),
                signs=_PERSON_SIGNS,
            ),
        )
    }
)
"""Each form once, in the order in which they are offered and printed together."""

_OF_GATE = frozenset({BlankForm.LEAVE, BlankForm.GATE})


def forms_of(*, keeps_gate: bool) -> tuple[Form, ...]:
    """The blank forms of a house: what it can enter afterwards, and nothing else."""
    return tuple(form for which, form in FORMS.items() if keeps_gate or which not in _OF_GATE)
