"""What may be told to whom, and which counts are too small to be shown (rules.md, Disclosure)."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from models.rules.field_types import FieldClass
from models.rules.fields import CANDIDATE, DOCUMENT, NEEDS_AND_NOTES, PARTNER_NUMBER, PERSON, REMARKS, STAY
from models.rules.vocabulary import SealedKind
from models.text import Message, message


class Audience(Enum):
    """Who reads a paper or an export outside the house."""

    PARTNER = auto()
    COUNTRY_OF_ORIGIN = auto()


FIELD_CLASSES: Mapping[str, FieldClass] = MappingProxyType(
    {field.name: field.disclosure for field in (*CANDIDATE, *REMARKS, *PERSON, NEEDS_AND_NOTES, PARTNER_NUMBER, *STAY)}
    | {f"document_{field.name}": field.disclosure for field in DOCUMENT}
    | {
        "counts": FieldClass.OPEN,
        "number": FieldClass.OPEN,
        "limit_on": FieldClass.OPEN,
        "family": FieldClass.PERSONAL,
        "photo": FieldClass.PERSONAL,
        "absences": FieldClass.PERSONAL,
        "arrival_record": FieldClass.PERSONAL,
        "decisions": FieldClass.PERSONAL,
        "incidents": FieldClass.PERSONAL,
        "departure_checks": FieldClass.PERSONAL,
        "property": FieldClass.PERSONAL,
        "personal_needs": FieldClass.PERSONAL,
        "room": FieldClass.PERSONAL,
        "asylum_claim": FieldClass.SEALED,
        "health": FieldClass.SEALED,
        "complaint": FieldClass.SEALED,
        "non_refoulement_outcome": FieldClass.SEALED,
        "sealed_note": FieldClass.SEALED,
    }
)
"""The class of each field as it was declared, those of documents by `document_` and their name; and of what papers show
beside fields."""

SEALED_AS: Mapping[str, SealedKind] = MappingProxyType(
    {
        "asylum_claim": SealedKind.ASYLUM_CLAIM,
        "health": SealedKind.HEALTH,
        "complaint": SealedKind.COMPLAINT,
        "non_refoulement_outcome": SealedKind.CHECK,
    }
)
"""As which kind a sealed field is read; one that stands not here may be of any kind."""

UNSEALED = frozenset(name for name, disclosure in FIELD_CLASSES.items() if disclosure is not FieldClass.SEALED)
"""What whoever may see the trail sees of it: each value of every field that is not sealed."""


def class_of(field: str) -> FieldClass:
    """The class of a field; one that nobody has classed is sealed."""
    return FIELD_CLASSES.get(field, FieldClass.SEALED)


def may_reach(field: str, audience: Audience, *, names_ground: str = "") -> bool:
    """Whether a field may stand in a paper or an export for somebody outside the house.

    Args:
        field: The name of the field.
        audience: Who reads it. A sealed field reaches nobody, whatever the ground.
        names_ground: The legal ground that the programme cites for naming people; empty: none.
    """
    match class_of(field):
        case FieldClass.OPEN:
            return True
        case FieldClass.PERSONAL:
            return audience is Audience.PARTNER and bool(names_ground.strip())
        case FieldClass.SEALED:
            return False


def least_shown(small_count: int) -> int:
    """The lowest count that is shown as it is; 0 where all are.

    Args:
        small_count: The k of a programme; 0 or 1: all are shown. With 2, "<2" could only be 1, so 2 is hidden as well.
    """
    return max(small_count, 3) if small_count > 1 else 0


def is_small(count: int, small_count: int) -> bool:
    """Whether a count is one of 1 to k - 1."""
    return 0 < count < small_count


def hidden_counts(small_count: int) -> Message | None:
    """What a programme hides of counts, as its page and its report say it; None where all are shown.

    Args:
        small_count: The k of the programme; 0 or 1: all are shown.
    """
    least = least_shown(small_count)
    if not least:
        return None
    return message("Counts of 1 to {last} are not shown exactly, nor what would give them away.", last=least - 1)
