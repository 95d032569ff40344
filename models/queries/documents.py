"""The papers that name a resident."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from models.entities.documents import Document
from models.ids import DocumentId, ResidentId
from models.rules.vocabulary import DocumentKind
from models.store.reading import Reading


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


def of_resident(reading: Reading, *, resident_id: ResidentId) -> tuple[DocumentRow, ...]:
    """The documents of a resident, as they were entered."""
    return _rows(reading, Document.resident_id == resident_id)


def one(reading: Reading, *, document_id: DocumentId) -> DocumentRow | None:
    """One document."""
    return next(iter(_rows(reading, Document.id == document_id)), None)


def _rows(reading: Reading, which: ColumnElement[bool]) -> tuple[DocumentRow, ...]:
    found = reading.connection.execute(
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
    today = reading.today
    return tuple(DocumentRow(*row, row.expires_on is not None and row.expires_on < today) for row in found)
