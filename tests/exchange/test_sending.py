"""A paper that leaves encrypted: what opens it, what the trail says of it, and for whom nothing can be encrypted."""

from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from models.actions import papers
from models.errors import Refused
from models.exchange import door, sending
from models.exchange.door import Ready
from models.exchange.sending import Closing
from models.queries import history
from models.rules.papers import Choice
from models.rules.vocabulary import Protection
from models.rules.wording import word
from models.store.register import Register
from reports import encrypting
from tests import builders
from tests.entries import last
from tests.reports.certificates import SEALS, SIGNS, made
from ui.papers.catalogue import REGISTER_EXTRACT

GOOD = "seven walnut lanterns drift"
save = partial(sending.save, with_passphrase=encrypting.with_passphrase, for_certificate=encrypting.for_certificate)


@pytest.fixture
def extract(register: Register) -> Ready:
    """A certified extract, which has a number of its own."""
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register, "K-1", family_name="Rahmani"), programme, date(2026, 9, 1))
    return door.drawn(register, REGISTER_EXTRACT, language="en", chosen={Choice.CERTIFIED: True})


def test_a_paper_is_saved_with_a_passphrase_and_keeps_its_number_however_it_leaves(
    register: Register, extract: Ready, tmp_path: Path
) -> None:
    path = tmp_path / "extract.pdf"
    with pytest.raises(Refused, match="easily guessed"):
        save(register, extract, path, Closing("password1"))
    assert not path.exists()
    save(register, extract, path, Closing(GOOD))
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Rahmani" not in path.read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.Pdf.open(path)
    with pikepdf.Pdf.open(path, password=GOOD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        ((name, attached),) = pdf.attachments.items()
        assert (name, attached.get_file().read_bytes()) == (f"{extract.name}.pdf", extract.content)
    notes = last(register)["notes"]
    assert (notes["paper"], notes["protection"]) == ("register_extract", "passphrase")
    assert notes["digest"] == sha256(path.read_bytes()).hexdigest()
    with register.read() as snapshot:
        beds = history.beds_of(snapshot, [])
    told = history.details({"changed": [], "notes": notes}, beds, register.facility.zone)
    assert word(Protection.PASSPHRASE) in [each.after for each in told]
    door.save(register, extract, tmp_path / "plain.pdf", entry=papers.saved)
    assert extract.number == "1/2026"
    again = door.drawn(register, REGISTER_EXTRACT, language="en", chosen={Choice.CERTIFIED: True})
    assert again.number == "2/2026", "the two files are one paper"


def test_a_paper_is_saved_for_a_certificate_and_for_one_that_cannot_be_said_so_in_words(
    register: Register, extract: Ready, tmp_path: Path
) -> None:
    path, certificate = tmp_path / "extract.pdf.p7m", tmp_path / "partner.pem"
    for said, how in (("RSA key alone", {"curve": True, "uses": SEALS}), ("not for encrypting", {"uses": SIGNS})):
        certificate.write_bytes(made("Partner", **how)[1].public_bytes(Encoding.PEM))
        with pytest.raises(Refused, match=said):
            save(register, extract, path, Closing(certificate=certificate))
        assert not path.exists()
    key, own = made("Partner", uses=SEALS)
    certificate.write_bytes(own.public_bytes(Encoding.DER))
    save(register, extract, path, Closing(certificate=certificate))
    assert pkcs7.pkcs7_decrypt_der(path.read_bytes(), own, key, []) == extract.content
    notes = last(register)["notes"]
    assert (notes["protection"], len(notes["certificate"])) == ("certificate", 64)
