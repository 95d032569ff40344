"""A candidate and somebody who may be the same person, side by side: what is the same, and what differs."""

from dataclasses import dataclass
from typing import Any

from models.errors import Refused
from models.ids import CandidateId, ResidentId
from models.queries import candidates, residents
from models.rules.field_types import Field
from models.rules.residents import PERSON_SAID
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both.

    Attributes:
        differs: Whether both have it, and it is not the same.
    """

    field: Field
    this: Any
    other: Any
    differs: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Two people side by side.

    Attributes:
        this: How the candidate is called, with the list.
        other: How the other one is called, with the list or the number.
    """

    candidate_id: CandidateId
    other_id: CandidateId | None
    resident_id: ResidentId | None
    this: str
    other: str
    lines: tuple[Line, ...]


def beside(
    snapshot: Snapshot,
    *,
    candidate_id: CandidateId,
    other_id: CandidateId | None = None,
    resident_id: ResidentId | None = None,
) -> Beside:
    """A candidate beside another, or beside a resident.

    Raises:
        Refused: One of them is not in the register.
    """
    whole = candidates.whole(snapshot, candidate_id=candidate_id)
    this = f"{whole.list_code}, {whole.list_number}"
    facts: Any
    if other_id is not None:
        second = candidates.whole(snapshot, candidate_id=other_id)
        facts, other = second.particulars, f"{second.list_code}, {second.list_number}"
    else:
        if resident_id is not None:
            snapshot.looks_at("resident", resident_id)
        found = residents.rows(snapshot, [resident_id] if resident_id is not None else [])
        if not found:
            raise Refused("This person is not in the register any more. Look at the page again.")
        facts, other = found[0].facts, found[0].number
    return Beside(candidate_id, other_id, resident_id, this, other, lines_of(whole.particulars, facts))


def lines_of(this: Any, other: Any) -> tuple[Line, ...]:  # noqa: ANN401 - the facts of a resident or a candidate
    """The fields of which something is known of one of two people, or of both."""
    said = ((field, getattr(this, field.name), getattr(other, field.name)) for field in PERSON_SAID)
    return tuple(Line(field, one, two, bool(one and two and one != two)) for field, one, two in said if one or two)
