"""With which certificate the facility signs its reports, and which reports are signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.entities.people import User
from models.entities.signing import ReportSignature, SigningKey
from models.ids import IssuedMonthId, SigningKeyId
from models.rules.signing import SOON, Certificate
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SigningKeyRow:
    """A certificate of the facility.

    Attributes:
        stamps_at: The address of a time stamp service; empty: none is asked.
        removed: Why it signs no more; None: it does.
    """

    id: SigningKeyId
    certificate: Certificate
    certificates: str
    stamps_at: str
    removed: str | None
    entered_by: str
    entered_at: datetime
    version: int


_CERTIFICATES = Rows(Certificate, SigningKey)
_KEYS = Rows(SigningKeyRow, SigningKey, certificate=_CERTIFICATES, entered_by=User.name)


def keys(snapshot: Snapshot) -> Sequence[SigningKeyRow]:
    """All that there were, the last first."""
    asked = _KEYS.select().join(User, User.id == SigningKey.entered_by).order_by(SigningKey.id.desc())
    return _KEYS.rows(snapshot.connection.execute(asked))


def current(snapshot: Snapshot) -> SigningKeyRow | None:
    """The one that signs; None where none is set up."""
    return next((key for key in keys(snapshot) if key.removed is None), None)


def to_renew(snapshot: Snapshot) -> SigningKeyRow | None:
    """The one that signs, where it is over or soon will be."""
    key = current(snapshot)
    return key if key is not None and snapshot.now > key.certificate.valid_until - SOON else None


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """That a report was signed."""

    id: int
    issued_id: IssuedMonthId
    name: str
    signed_by: str
    signed_at: datetime


_SIGNATURES = Rows(SignatureRow, ReportSignature, name=SigningKey.name, signed_by=User.name)


def signatures(snapshot: Snapshot, *, issued_id: IssuedMonthId) -> Sequence[SignatureRow]:
    """The signatures of an issued report, the last first."""
    asked = (
        _SIGNATURES.select()
        .join(SigningKey, SigningKey.id == ReportSignature.key_id)
        .join(User, User.id == ReportSignature.signed_by)
        .where(ReportSignature.issued_id == issued_id)
        .order_by(ReportSignature.id.desc())
    )
    return _SIGNATURES.rows(snapshot.connection.execute(asked))


def signed_papers(snapshot: Snapshot, *, issued_id: IssuedMonthId) -> tuple[bytes, ...]:
    """An issued report as it was signed, to the byte, the last first."""
    asked = select(ReportSignature.signed).where(ReportSignature.issued_id == issued_id)
    return tuple(snapshot.connection.scalars(asked.order_by(ReportSignature.id.desc())))
