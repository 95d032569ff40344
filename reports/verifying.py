"""Whether the PDF of a report is what it says: its parts among themselves, and against what the register has issued."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from models.text import REPORT_LANGUAGES, Message, choices_of, message
from reports.enclosed import Examined, examined
from reports.monthly import draw_issued
from reports.signing import Signature, before_signing, is_signed, signatures

if TYPE_CHECKING:  # what is compared knows no database
    from models.queries.issued_months import KnownReport


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a report.

    Attributes:
        report: What it says it is.
        faults: What is wrong with it; none where all is well.
        says: What else is worth knowing.
    """

    report: Examined
    faults: tuple[Message, ...]
    says: tuple[Message, ...]


def alone(content: bytes) -> Verdict:
    """Judge a report by itself, on any computer.

    Raises:
        Refused: As of `examined`.
    """
    report = examined(content)
    wrong, said = _signed(content)
    if report.faults or wrong:
        return Verdict(report, (*report.faults, *wrong), said)
    fits = message("Figures, pages and attachments belong together.")
    who = message("Who has made it, the register that issued it can tell.")
    if report.is_draft:
        return Verdict(report, (), (fits, message("It is a draft: nothing was issued of it.")))
    return Verdict(report, (), (fits, *said, *([] if said else [who])))


def with_register(content: bytes, known: "KnownReport | None") -> Verdict:
    """Judge a report against what was issued under its number.

    Args:
        content: The PDF.
        known: What the register has under its number; None: nothing was issued under it.

    Raises:
        Refused: As of `examined`.
    """
    report = examined(content)
    wrong, told = _signed(content, () if known is None else known.certificates)
    faults = [*report.faults, *wrong]
    if known is None:
        faults.append(message("This register has issued no report under that number."))
    elif not _is_issued(content, report, known):
        faults.append(message("It is not what was issued under that number."))
    elif known.signed and is_signed(content) and not wrong and content not in known.signed:
        faults.append(
            message("It is signed otherwise than in this register: a time stamp was taken out, or it was signed anew.")
        )
    return Verdict(report, tuple(faults), (*told, *(_said(content, known) if known is not None else ())))


def _is_issued(content: bytes, report: Examined, known: "KnownReport") -> bool:
    """Whether it is the paper, or the same figures in the language that it names: those are drawn again to the byte.

    What was signed is the same paper: what stands behind it is judged by itself. An earlier Konak may have drawn the
    other language otherwise: of what left the trail has the hash. A draft may have left under the same month; it names
    another head of the trail.
    """
    if known.pdf in (content, before_signing(content)):
        return True
    if not report.is_draft and report.trail_head == known.row.trail_head and sha256(content).hexdigest() in known.left:
        return True
    language = report.language
    if language not in choices_of(REPORT_LANGUAGES, beside=True):
        return False
    return content == draw_issued(known.figures, language, known.row.issue(known.before))


def _said(content: bytes, known: "KnownReport") -> Iterator[Message]:
    row = known.row
    yield message("It was issued on {day} by {name}.", day=row.issued_on, name=row.issued_by)
    if known.signed and not is_signed(content):
        yield message("It was signed, and this copy is without the signature.")
    if row.number == known.newest:
        yield message("There is no newer revision of it.")
    else:
        yield message("It was replaced: the newest revision is {number}.", number=known.newest)


def _signed(content: bytes, ours: Collection[str] | None = None) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """What is wrong with the signatures of a report, and what they say.

    Args:
        content: The PDF.
        ours: The fingerprints of the certificates of the facility; None: there is no register to ask.
    """
    if not is_signed(content):
        return (), ()
    try:
        found = signatures(content)
    except ValueError:
        return (message("It says that it is signed, and its signature cannot be read."),), ()
    if not found:
        return (message("Something was added to the file after it was made."),), ()
    wrong = [fault for each in found for fault in _faults_of(each, ours)]
    return tuple(wrong), tuple(said for each in found for said in _told(each, ours))


def _faults_of(signature: Signature, ours: Collection[str] | None) -> Iterator[Message]:
    certificate, at = signature.certificate, signature.moment
    if not signature.is_whole:
        yield message("The signature of {name} does not fit: it, or what it signs, was changed.", name=certificate.name)
    if not signature.covers_all:
        yield message("Something was added to the file after {name} signed it.", name=certificate.name)
    if at is not None and not certificate.is_valid(at):
        yield message("The certificate of {name} was not valid when it signed.", name=certificate.name)
    if ours is not None and certificate.fingerprint not in ours:
        yield message("It was signed with a certificate that is none of this facility.")


def _told(signature: Signature, ours: Collection[str] | None) -> Iterator[Message]:
    certificate = signature.certificate
    if signature.stamped_at is not None:
        yield message(
            "Signed by {name} on {day}; {who} has stamped the time.",
            name=certificate.name,
            day=signature.stamped_at.date(),
            who=signature.stamped_by,
        )
    elif signature.at is not None:
        yield message(
            "Signed by {name} on {day}, by the clock of the computer that signed.",
            name=certificate.name,
            day=signature.at.date(),
        )
    if signature.moment is not None and certificate.is_valid(signature.moment):
        yield message("The certificate was valid then: until {day}.", day=certificate.valid_until.date())
    if certificate.issuer == certificate.name:
        yield message("Nobody vouches for the certificate but itself.")
    else:
        yield message(
            "By the certificate {issuer} vouches for it. That, and whether it was revoked, was not asked.",
            issuer=certificate.issuer,
        )
    if ours is None:
        yield message(
            "Whether it is that of the facility, its fingerprint tells: {print}", print=certificate.fingerprint
        )
    elif certificate.fingerprint in ours:
        yield message("It is a certificate of this facility.")
