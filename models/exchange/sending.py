"""What is encrypted on its way and saved, or sent, in one step: that is entered before it leaves."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.actions import months, papers
from models.errors import Refused, Unavailable
from models.exchange import door
from models.exchange.certificates import read_certificate
from models.exchange.door import Ready
from models.queries.issued_months import IssuedRow, stored_pdf
from models.rules.passphrases import check_passphrase
from models.rules.signing import Certificate, check_valid
from models.rules.vocabulary import Protection
from models.store.files import check_place
from models.text import translator

if TYPE_CHECKING:
    from models.ids import SendingId
    from models.store.register import Register
    from models.store.unit_of_work import UnitOfWork

ENDINGS = {Protection.PASSPHRASE: ".pdf", Protection.CERTIFICATE: ".pdf.p7m"}
"""Of the file that leaves."""
WithPassphrase = Callable[[bytes, bytes, str, str], bytes]
ForCertificate = Callable[[bytes, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Closing:
    """How a report is closed.

    Attributes:
        passphrase: By which it is opened; it is kept nowhere, and told to the partner by another way.
        certificate: The file with the certificate of whom it is for; one of both is given.
    """

    passphrase: str = field(default="", repr=False)
    certificate: Path | None = None

    @property
    def protection(self) -> Protection:
        """By what."""
        return Protection.PASSPHRASE if self.certificate is None else Protection.CERTIFICATE


def send(
    register: "Register",
    ready: Ready,
    issued: IssuedRow,
    path: Path,
    closing: Closing,
    *,
    with_passphrase: WithPassphrase,
    for_certificate: ForCertificate,
    **said: Any,  # noqa: ANN401 - as `months.send` has it
) -> None:
    """Close the report of a month, enter that it was sent, and write it into a file.

    Args:
        register: The open register.
        ready: The report as it goes out.
        issued: Its revision.
        path: The file.
        closing: How it is closed.
        with_passphrase: Closes it so: the reports' part, which models do not know.
        for_certificate: And so.
        said: When, by what and to whom, as `models.actions.months.send` takes it.

    Raises:
        Refused: The passphrase is easily guessed, nothing can be encrypted for the certificate, or a rule says no.
        Unavailable: A file cannot be read or written: then it was not sent, and that stands in the trail too.
    """
    check_place(path)
    with register.read() as snapshot:
        pages = stored_pdf(snapshot, issued.id)
    shut, fingerprint = _closed(register, ready, closing, (issued.number,), pages, with_passphrase, for_certificate)
    made: list[SendingId] = []

    def sent(unit: "UnitOfWork", **told: Any) -> None:  # noqa: ANN401 - as the door tells it
        which: dict[str, Any] = {"issued_id": issued.id, "protection": closing.protection, "certificate": fingerprint}
        made.append(months.send(unit, **which, **said, **told))

    try:
        door.save(register, shut, path, entry=sent)
    except Unavailable:
        tr = translator(register.facility.language)
        why = tr("The file could not be written.")
        for sending_id in made:
            with suppress(Refused, Unavailable):
                register.perform(months.take_back_sending, sending_id=sending_id, reason=why)
        raise


def save(
    register: "Register",
    ready: Ready,
    path: Path,
    closing: Closing,
    *,
    with_passphrase: WithPassphrase,
    for_certificate: ForCertificate,
) -> None:
    """Close a paper, enter that it was saved so, and write it into a file; else as `send`."""
    check_place(path)
    shut, fingerprint = _closed(register, ready, closing, (), ready.content, with_passphrase, for_certificate)
    entry = partial(papers.saved, protection=closing.protection, certificate=fingerprint)
    door.save(register, shut, path, entry=entry)


def checked_certificate(register: "Register", path: Path) -> tuple[Certificate, bytes]:
    """The certificate of whom something is for, where something can be encrypted for it now.

    Raises:
        Refused: It cannot; in words.
        Unavailable: It cannot be read.
    """
    certificate, own = read_certificate(path)
    check_valid(certificate, register.clock.now(), field="certificate")
    return certificate, own


def _closed(
    register: "Register",
    ready: Ready,
    closing: Closing,
    others: tuple[str, ...],
    pages: bytes,
    with_passphrase: WithPassphrase,
    for_certificate: ForCertificate,
) -> tuple[Ready, str]:
    """What leaves, encrypted, and the fingerprint of the certificate for which it is; several papers are one file."""
    if closing.certificate is None:
        check_passphrase(closing.passphrase, others=(register.facility.name, *others))
        content, fingerprint = with_passphrase(pages, ready.content, f"{ready.name}.pdf", closing.passphrase), ""
    else:
        certificate, own = checked_certificate(register, closing.certificate)
        content, fingerprint = for_certificate(ready.content, own), certificate.fingerprint
    return replace(ready, content=content, plain=ready.content), fingerprint


def check_same(passphrase: str, again: str) -> None:
    """Refuse two passphrases that are not the same.

    Raises:
        Refused: Of the field `again`.
    """
    if passphrase != again:
        raise Refused("The two passphrases are not the same. Do it again.", field="again")
