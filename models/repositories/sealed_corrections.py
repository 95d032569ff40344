"""What was sealed by mistake: it stays as it was entered, and what is corrected stands beside it.

Notes of residents and remarks of lists are put right alike. That something was corrected is as sealed as the thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from models.entities.safeguards import SealedNote
from models.entities.sealed_corrections import NoteCorrection, RemarkCorrection
from models.entities.selection import ListRemark
from models.errors import Refused
from models.ids import CandidateId
from models.rules.entry import the_mistake
from models.rules.people import narrowest, reads
from models.rules.vocabulary import Role, SealedKind
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, translator

Said = SealedNote | ListRemark
S = TypeVar("S", SealedNote, ListRemark)
Correction = NoteCorrection | RemarkCorrection
CORRECTIONS: Mapping[type[Said], type[Correction]] = {
    SealedNote: NoteCorrection,
    ListRemark: RemarkCorrection,
}
"""In which table stands what was corrected of each."""


@dataclass(frozen=True, slots=True)
class OpenedRemark:
    """A remark of a list, opened.

    Attributes:
        id: Its number.
        candidate_id: Of whom it is; None: of nobody.
        family_name: Of the candidate; empty of nobody.
        given_names: Of the candidate; empty of nobody.
        partner_number: Of the candidate; empty of nobody.
        kind: What it is.
        text: What it says, and why it holds no more where it does not.
        holds: Whether it was neither corrected nor taken back.
        is_corrected: Whether that can be undone.
        entered_by: The name of the user; empty of what an earlier Konak kept.
        entered_at: In UTC.
    """

    id: int
    candidate_id: CandidateId | None
    family_name: str
    given_names: str
    partner_number: str
    kind: SealedKind
    text: str
    holds: bool
    is_corrected: bool
    entered_by: str
    entered_at: datetime


def is_corrected(entity: type[Said]) -> ColumnElement[bool]:
    """SQL: whether it was corrected or taken back, and that was not undone."""
    by = CORRECTIONS[entity]
    return select(by.id).where(by.corrected_id == entity.id, by.undone_at.is_(None)).exists()


def is_set_aside(entity: type[Said]) -> ColumnElement[bool]:
    """SQL: whether it holds no more: it was corrected or taken back, or it came by a correction that was undone."""
    by = CORRECTIONS[entity]
    undone = select(by.id).where(by.instead_id == entity.id, by.undone_at.is_not(None)).exists()
    return or_(is_corrected(entity), undone)


def may_open(entity: type[Said], role: Role) -> ColumnElement[bool]:
    """SQL: whether a role reads the kind of it, and the one of which it was found to be."""
    read = [kind for kind in SealedKind if reads(role, kind)]
    by = CORRECTIONS[entity]
    other = select(by.id).where(by.corrected_id == entity.id, by.undone_at.is_(None), by.kind.not_in(read)).exists()
    return and_(entity.kind.in_(read), ~other)


def holding(unit: UnitOfWork, row: Said) -> Correction | None:
    """The correction of it that holds."""
    by = CORRECTIONS[type(row)]
    found: Any = select(by).where(by.corrected_id == row.id, by.undone_at.is_(None))
    return cast("Correction | None", unit.session.scalars(found).one_or_none())


def stands(unit: UnitOfWork, row: Said) -> bool:
    """Whether it holds, see `is_set_aside`."""
    entity = type(row)
    return unit.session.scalars(select(entity.id).where(entity.id == row.id, ~is_set_aside(entity))).first() is not None


def opens(unit: UnitOfWork, row: Said) -> bool:
    """Whether the person may open it, as `may_open` says; the entry of the trail is of its kind."""
    correction = holding(unit, row)
    kinds = [row.kind] if correction is None else [row.kind, correction.kind]
    unit.tells_of(narrowest(kinds))
    return all(reads(unit.person.role, kind) for kind in kinds)


def told(unit: UnitOfWork, row: Said, text: str) -> str:
    """What a note or a remark says, and why it holds no more where it does not.

    Args:
        unit: The transaction.
        row: Where it stands.
        text: What it says, opened.

    Raises:
        Refused: The role may not read it.
        Unavailable: It was changed outside Konak.
    """
    by: Any = CORRECTIONS[type(row)]
    correction = holding(unit, row)
    asked = select(by).where(by.instead_id == row.id, by.undone_at.is_not(None))
    undone = unit.session.scalars(asked).one_or_none()
    if correction is not None:
        said, why = _TAKEN_BACK if correction.instead_id is None else _CORRECTED, by.reason
    elif undone is not None:
        correction, said, why = undone, _UNDONE, by.undone_reason
    else:
        return text
    reason = unit.unseal(correction.kind, correction, why)
    return translator(unit.facility.language).render(Message(said, {"reason": reason, "text": text}))


_TAKEN_BACK = N_("Taken back. The mistake: {reason}\n\n{text}")
_CORRECTED = N_("Corrected: another holds instead. The mistake: {reason}\n\n{text}")
_UNDONE = N_("The correction that brought this was undone: {reason}\n\n{text}")


def set_aside(unit: UnitOfWork, row: Said, *, kind: SealedKind, reason: str, instead_id: int | None = None) -> None:
    """Have a note or a remark hold no more.

    Args:
        unit: The transaction.
        row: What was entered by mistake; it stays.
        kind: Of which kind it is after all.
        reason: What the mistake was; it is sealed as well.
        instead_id: What holds instead of it; None: nothing.

    Raises:
        Refused: No reason is given.
    """
    by: Any = CORRECTIONS[type(row)]
    number = unit.number_for(by)
    said = the_mistake(reason)
    correction = by(id=number, corrected_id=row.id, instead_id=instead_id, kind=kind)
    correction.reason = unit.seal(said, by.reason, number)
    correction.entered_by, correction.entered_at = unit.person.id, unit.now
    unit.session.add(correction)
    unit.session.flush()


def let_hold(unit: UnitOfWork, correction: Correction, reason: str) -> None:
    """Undo a correction: what was corrected holds again, and what came instead of it holds no more.

    Raises:
        Refused: No reason is given, or what came instead was corrected itself since.
    """
    by: Any = type(correction)
    later = select(by.id).where(by.corrected_id == correction.instead_id, by.undone_at.is_(None))
    if correction.instead_id is not None and unit.session.scalars(later).first() is not None:
        raise Refused("What stands instead of it was corrected or taken back as well. Undo that first.")
    correction.undone_reason = unit.seal(the_mistake(reason), by.undone_reason, correction.id)
    correction.undone_by, correction.undone_at = unit.person.id, unit.now
    unit.session.flush()


def stood_before(connection: Connection, entity: type[Said], numbers: set[int]) -> set[int]:
    """The notes or remarks in whose place some stand, one after the other: they were of the same, said of another."""
    by, found = CORRECTIONS[entity], set[int]()
    asked = numbers
    while asked:
        before = set(connection.scalars(select(by.corrected_id).where(by.instead_id.in_(asked))))
        asked = before - found - numbers
        found |= asked
    return found
