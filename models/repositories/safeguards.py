"""Where what is sealed of a resident is kept: whoever keeps something sealed adds to it, and writes over nothing."""

from collections.abc import Iterable
from typing import Any

from models.entities.safeguards import SealedNote
from models.ids import ResidentId, SealedNoteId
from models.rules.vocabulary import SealedKind
from models.store.unit_of_work import UnitOfWork


def note_row(unit: UnitOfWork, resident_id: ResidentId, kind: SealedKind, text: str) -> dict[str, Any]:
    """The columns of a sealed note; the text says something."""
    return {
        "resident_id": resident_id,
        "kind": kind,
        "sealed": unit.seal(text),
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
    row = SealedNote(**note_row(unit, resident_id, kind, text.strip()))
    unit.session.add(row)
    unit.session.flush()
    return row.id


def as_text(cells: Iterable[tuple[str, str]]) -> str:
    """Cells of a file as one text: the heading and what stands under it, line by line, each once."""
    return "\n".join(dict.fromkeys(f"{heading}: {value}" for heading, value in cells))
