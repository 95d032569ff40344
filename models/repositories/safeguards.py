"""Where what is sealed of residents and candidates is kept: whoever keeps something adds, and writes nothing over."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select

from models.entities.safeguards import SealedNote
from models.entities.selection import ListRemark
from models.ids import CandidateId, ListId, ResidentId, SealedNoteId
from models.rules.people import reads
from models.rules.vocabulary import SealedKind
from models.store.snapshot import Snapshot
from models.store.unit_of_work import UnitOfWork


def note_row(unit: UnitOfWork, number: int, resident_id: ResidentId, kind: SealedKind, text: str) -> dict[str, Any]:
    """The columns of a sealed note, of that number; the text says something."""
    return {
        "id": number,
        "resident_id": resident_id,
        "kind": kind,
        "sealed": unit.seal(text, SealedNote.sealed, number),
        "entered_by": unit.person.id,
        "entered_at": unit.now,
    }


def add_note(unit: UnitOfWork, resident_id: ResidentId, kind: SealedKind, text: str) -> SealedNoteId | None:
    """Keep a text as a sealed note of a resident; None where it says nothing.

    Args:
        unit: The transaction.
        resident_id: Whose it is.
        kind: Who may read it follows from it.
        text: As it was typed, or stood in a file.
    """
    if not text.strip():
        return None
    row = SealedNote(**note_row(unit, unit.number_for(SealedNote), resident_id, kind, text.strip()))
    unit.session.add(row)
    unit.session.flush()
    return row.id


def add_remark(unit: UnitOfWork, list_id: ListId, candidate_id: CandidateId | None, text: str) -> None:
    """Keep what a list says beyond what Konak knows, or what is added to it.

    Args:
        unit: The transaction.
        list_id: The list.
        candidate_id: Of whom it is; None where it is of nobody.
        text: Nothing is kept where it says nothing.
    """
    if not text.strip():
        return
    number = unit.number_for(ListRemark)
    row = ListRemark(id=number, list_id=list_id, candidate_id=candidate_id)
    row.sealed = unit.seal(text, ListRemark.sealed, number) or b""
    row.entered_by, row.entered_at = unit.person.id, unit.now
    unit.session.add(row)
    unit.session.flush()


def has_remarks(snapshot: Snapshot, *which: ColumnElement[bool]) -> bool:
    """Whether there are sealed remarks of lists that fulfil some conditions; none, for who may not read them."""
    if not reads(snapshot.person.role, SealedKind.UNSORTED):
        return False
    return snapshot.connection.execute(select(ListRemark.id).where(*which).limit(1)).first() is not None


def as_text(cells: Iterable[tuple[str, str]]) -> str:
    """Cells of a file as one text: the heading and what stands under it, line by line, each once."""
    return "\n".join(dict.fromkeys(f"{heading}: {value}" for heading, value in cells))
