"""The documents of residents."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Versioned, choice
from models.ids import DocumentId, ResidentId
from models.rules.vocabulary import DocumentKind


class Document(Versioned):
    """A paper that names its holder."""

    __tablename__ = "documents"
    __kind__ = Kind.RESIDENT

    id: Mapped[DocumentId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    number: Mapped[str] = mapped_column(String(100), default="", index=True)
    country: Mapped[str | None] = mapped_column(String(3))
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
