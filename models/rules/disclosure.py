"""What may be told to whom, and which counts are too small to be shown (rules.md, Disclosure)."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from types import MappingProxyType

from models.rules.field_types import FieldClass
from models.rules.fields import CANDIDATE, DOCUMENT, PARTNER_NUMBER, PERSON, STAY
from models.text import Message, message


class Audience(Enum):
    """Who reads a paper or an export outside the house."""

    PARTNER = auto()
    COUNTRY_OF_ORIGIN = auto()


FIELD_CLASSES: Mapping[str, FieldClass] = MappingProxyType(
    {field.name: field.disclosure for field in (*CANDIDATE, *PERSON, PARTNER_NUMBER, *STAY)}
    | {f"document_{field.name}": field.disclosure for field in DOCUMENT}
    | {
        "counts": FieldClass.OPEN,
        "number": FieldClass.OPEN,
        "limit_on": FieldClass.OPEN,
        "family": FieldClass.PERSONAL,
        "photo": FieldClass.PERSONAL,
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


def is_small(count: int, small_count: int) -> bool:
    """Whether a count is one of 1 to k - 1."""
    return 0 < count < small_count


def hidden_counts(small_count: int) -> Message | None:
    """What a programme hides of counts, as its page and its report say it; None where all are shown.

    Args:
        small_count: The k of the programme; 0 or 1: all are shown.
    """
    if small_count <= 1:
        return None
    return message("Counts of 1 to {last} are not shown exactly, nor what would give them away.", last=small_count - 1)


def shown_count(count: int, small_count: int) -> int | Message:
    """A count that stands alone: as it is, or as "<k" where it is small.

    Args:
        count: The count.
        small_count: The k of the programme; 0 or 1: all are shown. With 2, "<2" can only be 1 and hides nothing.
    """
    return message("<{k}", k=small_count) if is_small(count, small_count) else count


def shown_counts(counts: Sequence[int], small_count: int) -> tuple[int | Message, ...]:
    """The cells of one line whose total is shown beside them, so that the total gives no small count away.

    The rule: every small count is hidden as "<k". Then whoever subtracts the shown cells from the total is given the
    sum of the hidden ones. While that sum leaves a small count a single possible value, the smallest count that is
    still shown is hidden too, as "k or more". When no count is left to hide, all cells but those of 0 are "not
    shown", which says nothing of their size. A line with a single cell above 0 is given away by its own total:
    there the total is to be shown as `shown_count` has it.

    Args:
        counts: The cells.
        small_count: The k of the programme; 0 or 1: all are shown.
    """
    small = {index for index, count in enumerate(counts) if is_small(count, small_count)}
    spare = sorted(
        (index for index, count in enumerate(counts) if count >= max(1, small_count)), key=counts.__getitem__
    )
    large: set[int] = set()
    while small and not _ambiguous([counts[index] for index in small], [counts[index] for index in large], small_count):
        if not spare:
            hidden = message("not shown") if len(small) + len(large) > 1 else message("<{k}", k=small_count)
            return tuple(hidden if count else 0 for count in counts)
        large.add(spare.pop(0))
    return tuple(
        message("<{k}", k=small_count)
        if index in small
        else message("{k} or more", k=small_count)
        if index in large
        else count
        for index, count in enumerate(counts)
    )


def _ambiguous(small: Sequence[int], large: Sequence[int], small_count: int) -> bool:
    """Whether the sum of hidden counts leaves each small one at least two possible values.

    A small count lies in 1 to k - 1 and a large one at k or above, so the small ones are alike: each can be as low
    as the others at their highest allow, and as high as the others at their lowest allow.
    """
    total = sum(small) + sum(large)
    others = len(small) - 1
    lowest = 1 if large else max(1, total - others * (small_count - 1))
    highest = min(small_count - 1, total - others - len(large) * small_count)
    return lowest < highest
