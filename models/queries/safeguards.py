"""Which sealed notes there are of a resident; what they say only an action opens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.entities.people import User
from models.entities.residents import Resident
from models.entities.safeguards import SealedNote
from models.entities.selection import Candidate, ListRemark, ProposedList
from models.entities.stays import Stay
from models.ids import CandidateId, ResidentId, SealedNoteId
from models.repositories.joinings import everybody
from models.rules.people import reads
from models.rules.vocabulary import SealedKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A sealed note, unopened."""

    id: SealedNoteId
    kind: SealedKind
    entered_by: str
    entered_at: datetime


_NOTES = Rows(NoteRow, SealedNote, entered_by=User.name)


def notes(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[NoteRow, ...]:
    """The notes that the person who asks may open, the latest first: that there is one tells something by itself."""
    snapshot.looks_at("resident", resident_id)
    kinds = [kind for kind in SealedKind if reads(snapshot.person.role, kind)]
    found = snapshot.connection.execute(
        _NOTES.select()
        .join(User, User.id == SealedNote.entered_by)
        .where(SealedNote.resident_id.in_(everybody(resident_id)), SealedNote.kind.in_(kinds))
        .order_by(SealedNote.id.desc())
    )
    return _NOTES.rows(found)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A list that says more of a resident than Konak knows, unopened."""

    candidate_id: CandidateId
    list_code: str


_LISTED = Rows(ListedRow, candidate_id=Candidate.id, list_code=ProposedList.code)


def listed(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[ListedRow, ...]:
    """As which candidates a resident came of whom something is kept sealed; none, for who may not read it."""
    snapshot.looks_at("resident", resident_id)
    if not reads(snapshot.person.role, SealedKind.UNSORTED):
        return ()
    came = select(Stay.candidate_id).where(Stay.resident_id == resident_id)
    first = select(Resident.candidate_id).where(
        Resident.id.in_(everybody(resident_id)), Resident.candidate_id.is_not(None)
    )
    said = select(ListRemark.id).where(ListRemark.candidate_id == Candidate.id).exists()
    return _LISTED.rows(
        snapshot.connection.execute(
            _LISTED.select()
            .join(ProposedList, ProposedList.id == Candidate.list_id)
            .where(said, or_(Candidate.id.in_(came), Candidate.id.in_(first)))
            .order_by(Candidate.id)
        )
    )
