"""The papers that name a resident."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from models.entities.documents import Document
from models.ids import DocumentId, ResidentId
from models.rules.vocabulary import DocumentKind
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document.

    Attributes:
        country: The issuing country, ISO 3166 alpha-2, None where it is not known.
        expires_on: The last day on which it is valid.
        version: To be given back when it is changed.
        has_expired: Whether that day has passed.
    """

    id: DocumentId
    kind: DocumentKind
    number: str
    country: str | None
    issued_on: date | None
    expires_on: date | None
    note: str
    version: int
    has_expired: bool


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[DocumentRow, ...]:
    """The documents of a resident, as they were entered."""
    return _rows(snapshot, Document.resident_id == resident_id)


def one(snapshot: Snapshot, *, document_id: DocumentId) -> DocumentRow | None:
    """One document."""
    return next(iter(_rows(snapshot, Document.id == document_id)), None)


def _rows(snapshot: Snapshot, which: ColumnElement[bool]) -> tuple[DocumentRow, ...]:
    found = snapshot.connection.execute(
        select(
            Document.id,
            Document.kind,
            Document.number,
            Document.country,
            Document.issued_on,
            Document.expires_on,
            Document.note,
            Document.version,
        )
        .where(which)
        .order_by(Document.id)
    )
    today = snapshot.today
    return tuple(DocumentRow(*row, row.expires_on is not None and row.expires_on < today) for row in found)
