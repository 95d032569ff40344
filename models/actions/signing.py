"""The certificate of the facility, set up, renewed and removed; and reports signed with it."""

from collections.abc import Callable

from sqlalchemy import select

from models.entities.months import IssuedMonth
from models.entities.programmes import Programme
from models.entities.signing import ReportSignature, SigningKey
from models.errors import Refused
from models.ids import IssuedMonthId, SigningKeyId
from models.queries import issued_months
from models.rules.entry import needed
from models.rules.figures import number_of
from models.rules.people import DECIDES, SETS_UP
from models.rules.signing import Certificate, check_valid, checked_service
from models.rules.time import Month
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork, place_of
from models.text import N_

NO_KEY = N_(
    "The certificate is sealed, and nobody has given you the key yet. Ask a colleague who can read sealed notes to "
    "give it to you on the page Administration."
)
"""Why somebody who may sign cannot."""

Sign = Callable[[bytes, str, str, str], bytes]
"""Signs a paper: given its bytes, the key and the certificates in PEM, and the address of a time stamp service."""


@action("signing.set_up", about="facility:1", roles=SETS_UP, told=N_("Set up the certificate for signing reports"))
def set_up(
    unit: UnitOfWork, *, certificate: Certificate, certificates: str, private: str, stamps_at: str = ""
) -> SigningKeyId:
    """Sign with a certificate from now on; one that there was is kept, without its key, to tell what it has signed.

    Args:
        unit: The unit of work.
        certificate: What it says.
        certificates: In PEM: its own first.
        private: Its key, in PEM; it is sealed, so that neither administrators nor clerks can open it again.
        stamps_at: The address of a time stamp service; empty: none.

    Raises:
        Refused: It is not valid now, it signs already, or nobody could open the key.
    """
    check_valid(certificate, unit.now, field="file")
    service = checked_service(stamps_at)
    for row in unit.session.scalars(select(SigningKey).where(SigningKey.removed.is_(None))):
        if row.fingerprint == certificate.fingerprint:
            raise Refused("Reports are signed with this certificate already.", field="file")
        row.removed, row.sealed_key = "", None
    number = SigningKeyId(unit.number_for(SigningKey))
    row = SigningKey(
        id=number,
        certificates=certificates,
        fingerprint=certificate.fingerprint,
        name=certificate.name,
        issuer=certificate.issuer,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        sealed_key=unit.seal(private, SigningKey.sealed_key, number),
        stamps_at=service,
        entered_by=unit.person.id,
        entered_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return number


@action("signing.set_service", about="facility:1", roles=SETS_UP, told=N_("Set the time stamp service"))
def set_service(unit: UnitOfWork, *, stamps_at: str, version: int | None = None) -> None:
    """Ask another time stamp service when a report is signed, or none.

    Raises:
        Refused: No certificate is set up, or it is no address.
        Conflict: Somebody else has changed it since this version was read.
    """
    row = _current(unit)
    unit.check_version(row, version)
    row.stamps_at = checked_service(stamps_at)


@action("signing.remove", about="facility:1", roles=SETS_UP, told=N_("Removed the certificate for signing reports"))
def remove(unit: UnitOfWork, *, reason: str) -> None:
    """Sign no more; the key goes, and the certificate is kept to tell what it has signed.

    Raises:
        Refused: None is set up, or it is not said why.
    """
    row = _current(unit)
    row.removed = needed(reason, Refused("Say why it is removed.", field="reason"))
    row.sealed_key = None


@action(
    "signing.sign",
    about="issued_id",
    of=IssuedMonth.programme_id,
    roles=DECIDES,
    opens_sealed=True,
    told=N_("Signed a monthly report"),
)
def sign(unit: UnitOfWork, *, issued_id: IssuedMonthId, sign: Sign, stamped: bool = True) -> int:
    """Sign an issued report; what was issued stays as it is, and the signed one stands beside it.

    Args:
        unit: The unit of work.
        issued_id: The revision.
        sign: Signs it: the reports' part, which models do not know.
        stamped: Whether the time stamp service is asked, where there is one.

    Raises:
        Refused: No certificate is set up or it is not valid now, or nobody has given the person the key.
        Unavailable: The time stamp service does not answer.
    """
    issued = unit.session.get(IssuedMonth, issued_id)
    if issued is None:
        raise Refused("This report is not there any more. Look at the page again.", field="issued_id")
    code = unit.session.get_one(Programme, issued.programme_id).code
    unit.about("month", f"{code} {number_of(Month.of(issued.month), issued.revision)}")
    key = _current(unit)
    check_valid(
        Certificate(key.name, key.issuer, key.fingerprint, key.valid_from, key.valid_until), unit.now, field="issued_id"
    )
    if not unit.vault.can_unseal:
        raise Refused(NO_KEY, field="issued_id")
    private = unit.vault.unseal(key.sealed_key, place_of(SigningKey.sealed_key, key.id))
    paper = issued_months.stored_pdf(unit.snapshot(), issued_id)
    signed = sign(paper, private, key.certificates, key.stamps_at if stamped else "")
    if not signed.startswith(paper):
        raise RuntimeError("what was signed is not what was issued")
    row = ReportSignature(
        issued_id=issued_id, key_id=key.id, signed=signed, signed_by=unit.person.id, signed_at=unit.now
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def _current(unit: UnitOfWork) -> SigningKey:
    asked = select(SigningKey).where(SigningKey.removed.is_(None)).order_by(SigningKey.id.desc()).limit(1)
    row = unit.session.scalars(asked).first()
    if row is None:
        raise Refused(
            "No certificate is set up. An administrator does that on the page Administration, or with "
            "`konak certificate set`."
        )
    return row
