"""Where what is sealed of residents and candidates is kept: whoever keeps something adds, and writes nothing over."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, select

from models.entities.base import Entered, Sealed
from models.entities.residents import Resident
from models.entities.safeguards import Complaint, SealedNote, SelfHarm
from models.entities.selection import ListRemark
from models.ids import CandidateId, ListId, ResidentId, SealedNoteId
from models.repositories.admissions import FINDS
from models.repositories.sealed_corrections import may_open
from models.rules.people import reads
from models.rules.vocabulary import SealedKind
from models.store.sealing import changed_outside, place_of_note
from models.store.snapshot import Person, Snapshot
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, message, translator


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


def keep_sealed(unit: UnitOfWork, resident_id: ResidentId, row: Entered) -> None:
    """Keep what a row that is about to go holds sealed as notes of a resident, unread, under the seal that it has.

    Whoever takes the row away need not be able to read it, and is told by nothing whether it holds something.

    Args:
        unit: The transaction.
        resident_id: Whose it is.
        row: What is about to go.
    """
    table = row.__tablename__
    for column in (each.name for each in row.__table__.columns if isinstance(each.type, Sealed)):
        sealed = getattr(row, column)
        if sealed is not None:
            note = SealedNote(id=unit.number_for(SealedNote), resident_id=resident_id, kind=FINDS[type(row)])
            note.sealed, note.was_in, note.was_row = sealed, f"{table}.{column}", row.id
            note.entered_by, note.entered_at = row.entered_by, row.entered_at
            unit.session.add(note)
            unit.session.flush()


def read_note(unit: UnitOfWork, row: SealedNote) -> str:
    """The text of a sealed note; where it was found on an arrival that was taken back, it says so.

    Raises:
        Refused: The role may not read this kind.
        Unavailable: It was changed outside Konak.
    """
    if row.was_in is None:
        return unit.unseal(row.kind, row, SealedNote.sealed)
    place = place_of_note(row.id, row.was_in, row.was_row)
    if (place.table, row.kind) not in {(entity.__tablename__, kind) for entity, kind in FINDS.items()}:
        raise changed_outside()  # what is of one kind opens as no other
    text = unit.unseal(row.kind, row, SealedNote.sealed, place=place)
    said = message(
        "From an arrival that was taken back. {what}: {text}", what=Message(_FOUND_IN[place.table]), text=text
    )
    return translator(unit.facility.language).render(said)


_FOUND_IN = {
    "injury_reports": N_("What could be seen on arrival"),
    "health_checks": N_("First health check"),
}


def add_remark(
    unit: UnitOfWork,
    list_id: ListId,
    candidate_id: CandidateId | None,
    text: str,
    kind: SealedKind = SealedKind.UNSORTED,
) -> int | None:
    """Keep what a list says beyond what Konak knows, or what is added to it; its number, None where it says nothing.

    Args:
        unit: The transaction.
        list_id: The list.
        candidate_id: Of whom it is; None where it is of nobody.
        text: Nothing is kept where it says nothing.
        kind: Who may read it follows from it.
    """
    if not text.strip():
        return None
    number = unit.number_for(ListRemark)
    row = ListRemark(id=number, list_id=list_id, candidate_id=candidate_id, kind=kind)
    row.sealed = unit.seal(text, ListRemark.sealed, number) or b""
    row.entered_by, row.entered_at = unit.person.id, unit.now
    unit.session.add(row)
    unit.session.flush()
    return number


def has_sealed(person: Person) -> Iterator[ColumnElement[bool]]:
    """SQL: whether there is something sealed of a resident that a person may read, by each kind of it."""
    kinds = [kind for kind in SealedKind if reads(person.role, kind)]
    if kinds:
        may = may_open(SealedNote, person.role)
        yield select(SealedNote.id).where(SealedNote.resident_id == Resident.id, may).exists()
    for entity, kind in ((Complaint, SealedKind.COMPLAINT), (SelfHarm, SealedKind.HEALTH)):
        if kind in kinds:
            yield select(entity.id).where(entity.resident_id == Resident.id).exists()


def has_remarks(snapshot: Snapshot, *which: ColumnElement[bool]) -> bool:
    """Whether there are sealed remarks of lists that fulfil some conditions; none, for who may not read them."""
    may = may_open(ListRemark, snapshot.person.role)
    return snapshot.connection.execute(select(ListRemark.id).where(may, *which).limit(1)).first() is not None


def as_text(cells: Iterable[tuple[str, str]]) -> str:
    """Cells of a file as one text: the heading and what stands under it, line by line, each once."""
    return "\n".join(dict.fromkeys(f"{heading}: {value}" for heading, value in cells))
