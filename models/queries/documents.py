"""The papers that name a resident."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from models.entities.documents import Document
from models.ids import DocumentId, ResidentId
from models.rules.residents import DocumentFacts
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(DocumentFacts):
    """A document.

    Attributes:
        version: To be given back when it is changed.
        has_expired: Whether the last day on which it is valid has passed.
    """

    id: DocumentId
    version: int
    has_expired: bool


_DOCUMENTS = Rows(DocumentRow, Document)


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[DocumentRow, ...]:
    """The documents of a resident, as they were entered."""
    return _rows(snapshot, Document.resident_id == resident_id)


def one(snapshot: Snapshot, *, document_id: DocumentId) -> DocumentRow | None:
    """One document."""
    return next(iter(_rows(snapshot, Document.id == document_id)), None)


def _rows(snapshot: Snapshot, which: ColumnElement[bool]) -> tuple[DocumentRow, ...]:
    found = snapshot.connection.execute(_DOCUMENTS.select().where(which).order_by(Document.id))
    today = snapshot.today
    return tuple(
        DocumentRow(**_DOCUMENTS.values(row), has_expired=row.expires_on is not None and row.expires_on < today)
        for row in found
    )
