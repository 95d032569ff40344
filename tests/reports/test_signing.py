"""Signed reports: what Konak signs others accept, and what somebody does to a signed report is found and said."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from models.errors import Refused, Unavailable
from models.exchange.certificates import read_certificate, read_key_file
from models.text import translator
from reports import verifying
from reports.signing import sign, signatures, signed_with
from tests.covering import is_turn
from tests.reports import certificates, samples
from tests.reports.test_monthly import issued_pdf

ENGLISH = translator("en")
ISSUED = cache(lambda: issued_pdf(samples.october(), "en"))


@cache
def facility() -> tuple[str, str]:
    """The key and the certificate of the facility, in PEM."""
    key, certificate = certificates.made()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return private, certificate.public_bytes(Encoding.PEM).decode()


@cache
def signed() -> bytes:
    return sign(ISSUED(), *facility())


@cache
def stamped() -> bytes:
    key, certificate = certificates.made("Time service", stamps=True)
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    private = keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    return signed_with(
        ISSUED(), *facility(), DummyTimeStamper(own, private, fixed_dt=datetime(2026, 11, 5, 9, tzinfo=UTC))
    )


def said(content: bytes) -> tuple[list[str], str]:
    """The faults that are told of a report, and all else."""
    verdict = verifying.alone(content)
    return [ENGLISH.render(fault) for fault in verdict.faults], " ".join(map(ENGLISH.render, verdict.says))


def test_what_is_signed_begins_with_what_was_issued_and_who_signed_is_said() -> None:
    assert signed().startswith(ISSUED())
    faults, more = said(signed())
    assert faults == []
    assert "Signed by Reception Centre North on" in more
    assert "was valid then" in more
    assert "Nobody vouches for the certificate but itself." in more
    (found,) = signatures(signed())
    assert found.certificate.fingerprint in more


def test_pyhanko_itself_and_qpdf_accept_it(tmp_path: Path) -> None:
    (found,) = PdfFileReader(BytesIO(signed())).embedded_signatures
    context = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(found, context)
    assert status.bottom_line
    assert status.summary() == "INTACT:TRUSTED,UNTOUCHED"
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    with pikepdf.Pdf.open(BytesIO(signed())) as pdf:
        assert pdf.check_pdf_syntax() == []  # what `qpdf --check` looks at
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed())
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_stays_what_an_archive_takes() -> None:
    """PDF/A-3b: the same properties, and a place for the signature that prints and shows nothing."""
    with pikepdf.Pdf.open(BytesIO(signed())) as pdf, pikepdf.Pdf.open(BytesIO(ISSUED())) as issued:
        assert pdf.Root.Metadata.read_bytes() == issued.Root.Metadata.read_bytes()
        assert dict(pdf.docinfo.items()) == dict(issued.docinfo.items())
        (place,) = pdf.pages[0].Annots
        assert int(place.F) & 0b11_0111 == 0b100  # prints; neither hidden nor anything else
        assert [int(each) for each in place.Rect] == [0, 0, 0, 0]
        (whole,) = re.findall(rb"/ByteRange \[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", signed())
        assert int(whole[0]) == 0
        assert int(whole[2]) + int(whole[3]) == len(signed())


def test_with_a_time_stamp_that_says_when() -> None:
    faults, more = said(stamped())
    assert faults == []
    assert "on 5 Nov 2026; Time service has stamped the time." in more


def test_a_service_that_does_not_answer_leaves_nothing_half_signed() -> None:
    with pytest.raises(Unavailable, match="without a time stamp"):
        sign(ISSUED(), *facility(), "http://127.0.0.1:9/stamp")


def _is_found(content: bytes) -> bool:
    """Whether the signature of a report is told to be wrong, or that it cannot be read."""
    try:
        return not all(each.is_whole for each in signatures(content))
    except ValueError:
        return True


def _flipped(content: bytes, at: int, bit: int = 1) -> bytes:
    return content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]


@pytest.mark.parametrize("part", range(12))
def test_a_changed_byte_is_found_wherever_it_stands(part: int) -> None:
    at = len(signed()) * (2 * part + 1) // 24
    try:
        faults, _more = said(_flipped(signed(), at))
    except Refused:
        return
    assert faults, at


_FLIPS = [*product((signed, stamped), (1, 0x20))]
"""Which of both signatures is changed, and which bit of a letter: both begin alike."""


@pytest.mark.parametrize("made", [signed, stamped])
def test_a_changed_letter_is_found_in_the_place_of_the_signature_too(made: Callable[[], bytes]) -> None:
    """No signature signs its own place: in the head of it, in it, and in what is kept free behind it.

    At each place one bit of one of both is turned, or both bits of both by `KONAK_LONG=1`.
    """
    content = made()
    found = re.search(rb"/ByteRange \[\s*0 (\d+) (\d+) ", content)
    assert found is not None
    start, end = map(int, found.groups())
    free = end - 1 - start - len(content[start : end - 1].rstrip(b"0"))
    assert free > 100
    places = [*range(start, start + 100), *range(start + 100, end - free, 89), *range(end - free, end - 1, 199)]
    turns = [
        (at, bit)
        for turn, at in enumerate(places)
        for each, bit in _FLIPS
        if each is made and is_turn((each, bit), _FLIPS, turn)
    ]
    flips = [*turns, (end - 1, 1)]
    missed = [(at - start, bit) for at, bit in flips if not _is_found(_flipped(content, at, bit))]
    assert not missed


def _written_on(content: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_is_added_after_the_signing_is_found_and_a_page_too() -> None:
    faults, _more = said(signed() + b"\n% a remark\n")
    assert "Something was added to the file after Reception Centre North signed it." in faults

    def twice(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"].append(pages["/Kids"].raw_get(0))
        pages["/Count"] = type(pages["/Count"])(int(pages["/Count"]) + 1)
        writer.update_container(pages)

    faults, _more = said(_written_on(signed(), twice))
    assert any("was added to the file after" in fault for fault in faults)
    assert any("pages and has" in fault for fault in faults)


def test_what_somebody_else_has_changed_and_signed_anew_is_no_less_found() -> None:
    def opens(writer: IncrementalPdfFileWriter) -> None:
        from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, pdf_name

        writer.root["/OpenAction"] = DictionaryObject({pdf_name("/S"): NameObject("/JavaScript")})
        writer.update_root()

    key, certificate = certificates.made("Somebody else")
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    content = sign(_written_on(ISSUED(), opens), pem, certificate.public_bytes(Encoding.PEM).decode())
    faults, _more = said(content)
    assert faults == ["More than a signature was put to the file after it was issued."]


def test_a_certificate_that_was_not_valid_then_is_said() -> None:
    key, certificate = certificates.made(until=datetime(2021, 1, 1, tzinfo=UTC))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    faults, _more = said(sign(ISSUED(), pem, certificate.public_bytes(Encoding.PEM).decode()))
    assert "The certificate of Reception Centre North was not valid when it signed." in faults


def test_a_key_file_opens_with_its_passphrase_alone_and_only_if_it_can_sign(tmp_path: Path) -> None:
    path = certificates.key_file(tmp_path, curve=True)
    found = read_key_file(path, "a good one")
    assert (found.certificate.name, found.certificate.issuer) == ("Reception Centre North",) * 2
    assert said(sign(ISSUED(), found.private, found.certificates))[0] == []
    with pytest.raises(Refused, match="passphrase"):
        read_key_file(path, "another")
    with pytest.raises(Refused, match="not for signing"):
        read_key_file(certificates.key_file(tmp_path, uses=certificates.SEALS), "a good one")
    other = tmp_path / "no-certificate.pem"
    other.write_text("hello", encoding="ascii")
    with pytest.raises(Refused, match="no certificate"):
        read_certificate(other)
