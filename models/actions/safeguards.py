"""Sealed notes: whoever works with residents adds some, and each is opened, look by look, by who may read it."""

from models.entities.residents import Resident
from models.entities.safeguards import SealedNote
from models.errors import Refused
from models.ids import ResidentId, SealedNoteId
from models.repositories.safeguards import add_note, read_note
from models.repositories.sealed_corrections import opens, told
from models.rules.people import CHECKS, HOLDS_SEALED_KEY, WRITES_NOTES
from models.rules.safeguards import checked_note
from models.rules.vocabulary import NOTE_KINDS, SealedKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action(
    "safeguards.enter_note",
    about="resident_id",
    roles=WRITES_NOTES,
    told=N_("Entered a sealed note"),
    kind=SealedKind.OTHER,
)
def enter_note(unit: UnitOfWork, *, resident_id: ResidentId, kind: SealedKind, text: str) -> SealedNoteId:
    """Enter a sealed note of a resident. It stays as it is: what was wrong is put right beside it.

    Raises:
        Refused: It says nothing or too much, or is of no kind that a note can be.
    """
    if kind not in NOTE_KINDS:
        raise Refused("Choose what the note is about.", field="kind")
    return _enter(unit, resident_id, kind, text)


@action(
    "safeguards.add_remark",
    about="resident_id",
    roles=CHECKS,
    told=N_("Added a sealed remark"),
    kind=SealedKind.UNSORTED,
)
def add_remark(unit: UnitOfWork, *, resident_id: ResidentId, text: str) -> SealedNoteId:
    """Add a remark about a resident, sealed until somebody who may read it says what it is (rules.md, Disclosure).

    Who adds one need not be able to read it, nor what is there already: nothing is written over.

    Raises:
        Refused: It says nothing or too much.
    """
    return _enter(unit, resident_id, SealedKind.UNSORTED, text)


@action(
    "safeguards.look",
    about="note_id",
    of=SealedNote.resident_id,
    roles=HOLDS_SEALED_KEY,
    told=N_("Opened a sealed note"),
    opens_sealed=True,
    kind=SealedKind.OTHER,
)
def look(unit: UnitOfWork, *, note_id: SealedNoteId) -> str:
    """The text of a sealed note; that it was looked at stands in the trail.

    Raises:
        Refused: It is not there, or the role may not read this kind.
        Unavailable: It was changed outside Konak.
    """
    row = unit.session.get(SealedNote, note_id)
    if row is None or not opens(unit, row):
        # That there is one is sealed as well, so that it makes no difference what is there.
        raise Refused("There is no such note that you may read.", field="note_id")
    unit.note(note=note_id)
    return told(unit, row, read_note(unit, row))


def _enter(unit: UnitOfWork, resident_id: ResidentId, kind: SealedKind, text: str) -> SealedNoteId:
    unit.tells_of(kind)
    said = checked_note(text)
    if unit.session.get(Resident, resident_id) is None:
        raise Refused("This resident is not in the register. Choose one from the list.", field="resident_id")
    note_id = add_note(unit, resident_id, kind, said)
    assert note_id is not None
    return note_id
