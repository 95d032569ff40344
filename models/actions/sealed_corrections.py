"""What was sealed by mistake: of the wrong person, of the wrong kind, or said wrongly (rules.md, Corrections).

Whoever reads a note or a remark puts it right and takes it back; whoever has entered one takes it back unread.
"""

from typing import Any

from models.entities.residents import Resident
from models.entities.safeguards import SealedNote
from models.entities.selection import Candidate, ListRemark
from models.errors import Refused
from models.ids import CandidateId, ResidentId, SealedNoteId
from models.repositories import safeguards
from models.repositories.sealed_corrections import S, Said, holding, let_hold, opens, set_aside
from models.rules.entry import the_mistake
from models.rules.people import CARES, CHECKS, kinds_within, narrowest
from models.rules.safeguards import checked_note
from models.rules.vocabulary import SealedKind
from models.store import joined
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, message, translator

_NOTE: dict[str, Any] = {"about": "note_id", "of": SealedNote.resident_id, "kind": SealedKind.OTHER}
_REMARK: dict[str, Any] = {"about": "remark_id", "of": ListRemark.candidate_id, "kind": SealedKind.OTHER}


@action("safeguards.correct_note", roles=CARES, told=N_("Corrected a sealed note"), **_NOTE)
def correct_note(
    unit: UnitOfWork, *, note_id: SealedNoteId, resident_id: ResidentId, kind: SealedKind, text: str, reason: str
) -> SealedNoteId:
    """Enter another note instead of one that was of the wrong person, of the wrong kind or wrong; that one stays.

    Returns:
        The note that holds from now on.

    Raises:
        Refused: It is not there for the person, was corrected already, or would be of a kind that more may read.
    """
    row = _opened(unit, unit.session.get(SealedNote, note_id))
    said = checked_note(text, at_least=len(row.sealed))
    _check_kind(unit, row, kind)
    if unit.session.get(Resident, resident_id) is None:
        raise Refused("This resident is not in the register. Choose one from the list.", field="resident_id")
    unit.concerns("resident", [resident_id])
    with joined.staying(unit.session, {row.resident_id}):
        instead = safeguards.add_note(unit, resident_id, kind, said)
    assert instead is not None
    set_aside(unit, row, kind=kind, reason=reason, instead_id=instead)
    return instead


@action("safeguards.take_back_note", roles=CHECKS, told=N_("Took a sealed note back"), **_NOTE)
def take_back_note(unit: UnitOfWork, *, note_id: SealedNoteId, reason: str) -> None:
    """Take back a note that was entered by mistake. Who has entered it may do so without being able to read it.

    Raises:
        Refused: It is not there for the person, or was corrected already.
    """
    _take_back(unit, unit.session.get(SealedNote, note_id), reason)


@action("safeguards.restore_note", roles=CARES, told=N_("Let a sealed note hold again"), **_NOTE)
def restore_note(unit: UnitOfWork, *, note_id: SealedNoteId, reason: str) -> None:
    """Undo the correction of a note: it holds again, and what came instead of it holds no more.

    Raises:
        Refused: It is not there for the person, holds, or what came instead was corrected since.
    """
    _restore(unit, unit.session.get(SealedNote, note_id), reason)


@action("selection.correct_remark", roles=CARES, told=N_("Corrected a sealed remark of the list"), **_REMARK)
def correct_remark(
    unit: UnitOfWork, *, remark_id: int, candidate_id: CandidateId | None, kind: SealedKind, text: str, reason: str
) -> int:
    """Enter another remark instead of one; as `correct_note`.

    Args:
        unit: The transaction.
        remark_id: Which was wrong.
        candidate_id: Of whom it is; None: of nobody, such as a title of the list.
        kind: What it is, as somebody says who may read it.
        text: What it says.
        reason: What the mistake was.

    Returns:
        The remark that holds from now on.

    Raises:
        Refused: As of `correct_note`.
    """
    row = _opened(unit, unit.session.get(ListRemark, remark_id))
    said = checked_note(text, at_least=len(row.sealed))
    _check_kind(unit, row, kind)
    list_id = row.list_id
    if candidate_id is not None:
        candidate = unit.session.get(Candidate, candidate_id)
        if candidate is None:
            raise Refused("This candidate is not in the register. Choose one from the list.", field="candidate_id")
        unit.concerns("candidate", [candidate_id])
        list_id = candidate.list_id
    instead = safeguards.add_remark(unit, list_id, candidate_id, said, kind)
    set_aside(unit, row, kind=kind, reason=reason, instead_id=instead)
    assert instead is not None
    return instead


@action("selection.take_back_remark", roles=CHECKS, told=N_("Took a sealed remark of the list back"), **_REMARK)
def take_back_remark(unit: UnitOfWork, *, remark_id: int, reason: str) -> None:
    """Take back a remark that was entered by mistake; as `take_back_note`.

    Raises:
        Refused: As of `take_back_note`.
    """
    _take_back(unit, unit.session.get(ListRemark, remark_id), reason)


@action("selection.restore_remark", roles=CARES, told=N_("Let a sealed remark of the list hold again"), **_REMARK)
def restore_remark(unit: UnitOfWork, *, remark_id: int, reason: str) -> None:
    """Undo the correction of a remark; as `restore_note`.

    Raises:
        Refused: As of `restore_note`.
    """
    _restore(unit, unit.session.get(ListRemark, remark_id), reason)


def _opened(unit: UnitOfWork, row: S | None) -> S:
    """What the person may open, and what holds.

    Raises:
        Refused: It is not there, the role may not open it, or it was corrected.
    """
    if row is None or not opens(unit, row):
        # That there is one is sealed as well, so that it makes no difference what is there.
        raise Refused("There is no such note that you may read.")
    if holding(unit, row) is not None:
        raise Refused("This was corrected or taken back already. Look at it as it is now.")
    return row


def _check_kind(unit: UnitOfWork, row: Said, kind: SealedKind) -> None:
    """The entry is of the kind that it is after all, which is read by no more than the one before."""
    if kind not in kinds_within(row.kind):
        raise Refused("Choose what the note is about.", field="kind")
    unit.tells_of(kind)


def _take_back(unit: UnitOfWork, row: S | None, reason: str) -> None:
    if row is None or row.entered_by != unit.person.id or opens(unit, row):
        row = _opened(unit, row)
        set_aside(unit, row, kind=row.kind, reason=reason)
        return
    # They may not read it, and so are not told whether somebody has corrected it since.
    correction = holding(unit, row)
    kind = row.kind if correction is None else narrowest((row.kind, correction.kind))
    unit.tells_of(kind)
    if correction is None:
        set_aside(unit, row, kind=kind, reason=reason)
        return
    said = message("Who has entered a note that was put right since took it back: {reason}", reason=the_mistake(reason))
    text = translator(unit.facility.language).render(said)
    if isinstance(row, SealedNote):
        with joined.staying(unit.session, {row.resident_id}):
            safeguards.add_note(unit, row.resident_id, kind, text)
    else:
        safeguards.add_remark(unit, row.list_id, row.candidate_id, text, kind)


def _restore(unit: UnitOfWork, row: S | None, reason: str) -> None:
    if row is None or not opens(unit, row):
        raise Refused("There is no such note that you may read.")
    correction = holding(unit, row)
    if correction is None:
        raise Refused("This holds as it is. Look at it as it is now.")
    let_hold(unit, row, correction, reason)
