"""The certificates with which the facility signs its reports, and the reports that were signed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import MADE, Base, Sealed, Versioned
from models.ids import IssuedMonthId, SigningKeyId, UserId


class SigningKey(Versioned):
    """A certificate of the facility with its key; that which was added last and is not removed signs."""

    __tablename__ = "signing_keys"
    __kind__ = Kind.FACILITY

    id: Mapped[SigningKeyId] = mapped_column(primary_key=True)
    certificates: Mapped[str] = mapped_column(Text, info=MADE)
    """In PEM: its own first, then those of who vouches for it."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """SHA-256 of its own, in hexadecimal."""
    name: Mapped[str] = mapped_column(String(400))
    """In whose name it stands."""
    issuer: Mapped[str] = mapped_column(String(400))
    """Who vouches for it."""
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    sealed_key: Mapped[bytes | None] = mapped_column(Sealed)
    """The private key; None once it is removed."""
    stamps_at: Mapped[str] = mapped_column(String(400), default="")
    """The address of a time stamp service; empty: none is asked."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
    removed: Mapped[str | None] = mapped_column(Text)
    """Why it signs no more; None: it does."""


class ReportSignature(Base):
    """A report as it was signed: what was issued, and what signing has put behind it. It never changes."""

    __tablename__ = "report_signatures"
    __kind__ = Kind.MONTH

    id: Mapped[int] = mapped_column(primary_key=True)
    issued_id: Mapped[IssuedMonthId] = mapped_column(ForeignKey("issued_months.id"), index=True)
    key_id: Mapped[SigningKeyId] = mapped_column(ForeignKey("signing_keys.id"))
    signed: Mapped[bytes] = mapped_column(LargeBinary)
    signed_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime]
