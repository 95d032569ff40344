"""Signs the PDF of a report (PAdES B-B, with a time stamp B-T), and judges the signatures of one.

pyHanko does the one and the other. A signature is put behind what was issued: its bytes stay the beginning of the file.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from models.errors import Unavailable
from models.exchange.certificates import described
from models.rules.signing import Certificate

if TYPE_CHECKING:  # loading it takes three quarters of a second
    from pyhanko.sign.timestamps import TimeStamper

FIELD = "Signature"
_END = re.compile(rb"%%EOF\r?\n?")
_PATIENCE = 10
"""Seconds that a time stamp service is waited for."""


def sign(paper: bytes, private: str, certificates: str, stamps_at: str = "") -> bytes:
    """A paper with its signature.

    Args:
        paper: The PDF as it was issued.
        private: The key, in PEM.
        certificates: In PEM: its own first, then those of who vouches for it.
        stamps_at: The address of a time stamp service; empty: none is asked.

    Raises:
        Unavailable: The time stamp service does not answer, or answers otherwise than it should.
    """
    return signed_with(paper, private, certificates, _service(stamps_at) if stamps_at else None)


def signed_with(paper: bytes, private: str, certificates: str, stamper: "TimeStamper | None") -> bytes:
    """As `sign`, with whatever gives the time stamp."""
    from asn1crypto import keys, pem, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class Writer(IncrementalPdfFileWriter):
        """Lets stand what the paper says of itself: a signature is no change of it."""

        def _update_meta(self) -> None:
            pass

    chain = [x509.Certificate.load(der) for _, _, der in pem.unarmor(certificates.encode(), multiple=True)]
    known = SimpleCertificateStore()
    known.register_multiple(chain[1:])  # its own is put in anyway
    signer = signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(private.encode())[2]),
        cert_registry=known,
    )
    how = signers.PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    place = fields.SigFieldSpec(FIELD, on_page=0)
    try:
        made = signers.PdfSigner(how, signer=signer, timestamper=stamper, new_field_spec=place).sign_pdf(
            Writer(BytesIO(paper))
        )
    except (TimestampRequestError, OSError) as error:
        raise Unavailable(
            "The time stamp service did not answer as it should. Try it again, or sign without a time stamp."
        ) from error
    return bytes(made.getbuffer())


def _service(address: str) -> "TimeStamper":
    """Asks a time stamp service of the web (RFC 3161)."""
    from urllib.request import Request, urlopen

    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    class Service(TimeStamper):
        """One service."""

        async def async_request_tsa_response(self, req: "tsp.TimeStampReq") -> "tsp.TimeStampResp":
            """What it answers."""
            said = Request(address, req.dump(), {"Content-Type": "application/timestamp-query"})
            try:
                with urlopen(said, timeout=_PATIENCE) as answer:
                    return tsp.TimeStampResp.load(answer.read())
            except ValueError as error:
                raise OSError("no answer of a time stamp service") from error

    make: Callable[[], TimeStamper] = Service  # it says no types itself
    return make()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of a report, and what of it holds.

    Attributes:
        certificate: With which it was signed.
        at: When, as the signer says; None where it says nothing.
        stamped_at: When, as a time stamp says; None where there is none.
        stamped_by: In whose name the time stamp stands.
        is_whole: Whether what it signs is what stands there, and itself is as it was made.
        covers_all: Whether nothing stands behind it.
    """

    certificate: Certificate
    at: datetime | None
    stamped_at: datetime | None
    stamped_by: str
    is_whole: bool
    covers_all: bool

    @property
    def moment(self) -> datetime | None:
        """When it was made, by the best that there is."""
        return self.stamped_at or self.at


def before_signing(content: bytes) -> bytes:
    """What was signed of a file with signatures: all up to the end of what was issued."""
    end = _END.search(content)
    return content if end is None else content[: end.end()]


def is_signed(content: bytes) -> bool:
    """Whether a file says that it is signed."""
    return b"/ByteRange" in content


def signatures(content: bytes) -> Sequence[Signature]:
    """The signatures of a file, as they are.

    Raises:
        ValueError: They cannot be read.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError

    try:
        found = PdfFileReader(BytesIO(content)).embedded_regular_signatures
        return [_judged(each, content) for each in found]
    except (PdfError, SigningError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("signatures that cannot be read") from error


def _of_stamps(signature: Any) -> list[Any]:  # noqa: ANN401 - pyHanko gives no types
    """The certificates that come with the time stamp: who vouches for them is not asked here."""
    said = signature.signer_info["unsigned_attrs"].native and signature.signer_info["unsigned_attrs"]
    tokens = [
        each for one in said or () if one["type"].native == "signature_time_stamp_token" for each in one["values"]
    ]
    return [one.chosen for token in tokens for one in token["content"]["certificates"]]


def _fills_its_place(signature: Any, content: bytes) -> bool:  # noqa: ANN401 - pyHanko gives no types
    """Whether the place of a signature, which it does not sign, holds nothing but what must be written there.

    Letters of another case, what stands in the room that was kept free, numbers of versions (RFC 5652, 5.1 and 5.3):
    a reader passes over all of it, so that it could be changed unseen.
    """
    from asn1crypto import cms

    start, length, rest, _ = signature.byte_range
    place = content[start + length : rest]
    data, signer = signature.signed_data, signature.signer_info
    digest = {"algorithm": signer["digest_algorithm"]["algorithm"].native, "parameters": None}
    as_it_must_be = (
        data["version"].native == "v1"
        and data["digest_algorithms"].native == [digest]
        and signer["digest_algorithm"].native == digest
        and signer["version"].native == ("v3" if signer["sid"].name == "subject_key_identifier" else "v1")
    )
    if not as_it_must_be:
        return False
    written = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump(force=True).hex()
    filled = f"<{written.ljust(len(place) - 2, '0')}>"
    return place.decode("latin-1") in (filled, filled.upper())


def _judged(signature: Any, content: bytes) -> Signature:  # noqa: ANN401 - pyHanko gives no types
    from cryptography import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    own = signature.signer_cert
    context = ValidationContext(trust_roots=[own, *_of_stamps(signature)], allow_fetching=False)
    status = validate_pdf_signature(signature, context, skip_diff=True)
    stamp = status.timestamp_validity
    return Signature(
        certificate=described(x509.load_der_x509_certificate(own.dump())),
        at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None,
        stamped_by="" if stamp is None else described(x509.load_der_x509_certificate(stamp.signing_cert.dump())).name,
        is_whole=bool(status.intact and status.valid)
        and (stamp is None or bool(stamp.intact and stamp.valid))
        and _fills_its_place(signature, content),
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
    )
