"""Which sealed notes there are of a resident; what they say only an action opens."""

from dataclasses import dataclass
from datetime import datetime

from models.entities.people import User
from models.entities.safeguards import SealedNote
from models.ids import ResidentId, SealedNoteId
from models.rules.people import READS_SEALED
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
    kinds = [kind for kind, roles in READS_SEALED.items() if snapshot.person.role in roles]
    found = snapshot.connection.execute(
        _NOTES.select()
        .join(User, User.id == SealedNote.entered_by)
        .where(SealedNote.resident_id == resident_id, SealedNote.kind.in_(kinds))
        .order_by(SealedNote.id.desc())
    )
    return _NOTES.rows(found)
