"""What was sealed by mistake: it stays as it was entered, and what is corrected stands beside it.

Notes of residents and remarks of lists are put right alike. That something was corrected is as sealed as the thing.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, and_, select

from models.entities.residents import Resident
from models.entities.safeguards import SealedNote
from models.entities.sealed_corrections import NoteCorrection, RemarkCorrection
from models.entities.selection import Candidate, ListRemark, ProposedList
from models.errors import Refused
from models.rules.entry import the_mistake
from models.rules.people import narrowest, reads
from models.rules.vocabulary import Role, SealedKind
from models.store.unit_of_work import UnitOfWork
from models.text import message, translator

Said = SealedNote | ListRemark
S = TypeVar("S", SealedNote, ListRemark)
Correction = NoteCorrection | RemarkCorrection
CORRECTIONS: Mapping[type[Said], type[Correction]] = {
    SealedNote: NoteCorrection,
    ListRemark: RemarkCorrection,
}
"""In which table stands what was corrected of each."""


def is_set_aside(entity: type[Said]) -> ColumnElement[bool]:
    """SQL: whether it holds no more: it was corrected or taken back, and that was not undone."""
    by = CORRECTIONS[entity]
    return select(by.id).where(by.corrected_id == entity.id, by.undone_at.is_(None)).exists()


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


def opens(unit: UnitOfWork, row: Said) -> bool:
    """Whether the person may open it, as `may_open` says; the entry of the trail is then of its kind."""
    correction = holding(unit, row)
    kinds = [row.kind] if correction is None else [row.kind, correction.kind]
    if not all(reads(unit.person.role, kind) for kind in kinds):
        return False
    unit.tells_of(narrowest(kinds))
    return True


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
    if correction is None:
        return text
    reason = unit.unseal(correction.kind, correction, by.reason)
    render = translator(unit.facility.language).render
    if correction.instead_id is None:
        return render(message("Taken back. The mistake: {reason}\n\n{text}", reason=reason, text=text))
    whose = _whose(unit, _another(unit, row, correction.instead_id))
    return render(
        message(
            "Corrected: another holds instead ({whose}). The mistake: {reason}\n\n{text}",
            whose=whose,
            reason=reason,
            text=text,
        )
    )


def _another(unit: UnitOfWork, row: Said, number: int) -> Said:
    """Another note, or another remark, as this is."""
    entity: Any = type(row)
    return cast("Said", unit.session.get_one(entity, number))


def _whose(unit: UnitOfWork, row: Said) -> str:
    """The number of the resident; the list and the row of the candidate."""
    if isinstance(row, SealedNote):
        return unit.session.get_one(Resident, row.resident_id).number
    code = unit.session.get_one(ProposedList, row.list_id).code
    candidate = None if row.candidate_id is None else unit.session.get_one(Candidate, row.candidate_id)
    return code if candidate is None else f"{code} / {candidate.row_number}"


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
    _follow(unit, row)


def let_hold(unit: UnitOfWork, row: Said, correction: Correction, reason: str) -> None:
    """Undo a correction: what was corrected holds again, and what came instead of it is taken back.

    Args:
        unit: The transaction.
        row: What was corrected.
        correction: By what, as it holds.
        reason: What the mistake was.

    Raises:
        Refused: No reason is given, or what came instead was corrected itself since.
    """
    by: Any = type(correction)
    instead = None if correction.instead_id is None else _another(unit, row, correction.instead_id)
    later = None if instead is None else holding(unit, instead)
    if later is not None and later.instead_id is not None:
        raise Refused("What stands instead of it was corrected as well. Undo that first.")
    correction.undone_reason = unit.seal(the_mistake(reason), by.undone_reason, correction.id)
    correction.undone_by, correction.undone_at = unit.person.id, unit.now
    unit.session.flush()
    if instead is not None and later is None:
        # On its own account: it does not come to hold again when what it stood for is gone.
        set_aside(unit, instead, kind=instead.kind, reason=reason)
    _follow(unit, row)


def _follow(unit: UnitOfWork, row: Said) -> None:
    """Have whatever it stands for be of the kind that it is, however long the chain: it says the same."""
    by: Any = CORRECTIONS[type(row)]
    correction = holding(unit, row)
    kind = row.kind if correction is None else narrowest((row.kind, correction.kind))
    before = unit.session.scalars(select(by).where(by.instead_id == row.id, by.undone_at.is_(None))).first()
    if before is not None:
        before.kind = kind
        unit.session.flush()
        _follow(unit, _another(unit, row, before.corrected_id))


def of_the_same(connection: Connection, entity: type[Said], numbers: set[int]) -> set[int]:
    """The notes or remarks that say the same as some of one person, of whomever they were entered.

    In whose place these stand, and what stood in their place until that was undone.
    """
    by, found, asked = CORRECTIONS[entity], set[int](), numbers
    aside = select(entity.id).where(is_set_aside(entity))
    while asked:
        before = select(by.corrected_id).where(by.instead_id.in_(asked), by.undone_at.is_(None))
        since = select(by.instead_id).where(
            by.corrected_id.in_(asked), by.undone_at.is_not(None), by.instead_id.in_(aside)
        )
        same = {*connection.scalars(before), *(each for each in connection.scalars(since) if each is not None)}
        asked = same - found - numbers
        found |= asked
    return found
