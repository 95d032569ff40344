"""Signing in a register: set up, signed, verified, renewed, removed; sent encrypted in the same step."""

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms, keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from models.actions import months, signing
from models.clock import FixedClock
from models.errors import Refused, Unavailable
from models.exchange import certificates, door, returned_papers, sending
from models.exchange.sending import Closing
from models.ids import IssuedMonthId, ProgrammeId
from models.queries import issued_months, month_states, monthly_reports, needing_house
from models.queries import signing as queries
from models.queries.needing import Need
from models.rules.papers import Choice
from models.rules.time import Moment, Month
from models.rules.vocabulary import MonthState, Protection, Role, SendingWay
from models.store.register import Register
from models.text import translator
from reports import encrypting, monthly, verifying
from reports.enclosed import examined
from reports.signing import sign, signed_with
from tests import builders
from tests.actions import leavers
from tests.reports import certificates as made
from ui.papers.catalogue import MONTHLY_REPORT

OCTOBER = Month(2026, 10)
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
ENGLISH = translator("en")
GOOD = "four moles under one lamp"


def set_up(register: Register, folder: Path, **how: Any) -> None:
    """Have an administrator set a certificate up; a supervisor is at the desk then."""
    found = certificates.read_key_file(made.key_file(folder, **how), "a good one")
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(
        signing.set_up, certificate=found.certificate, certificates=found.certificates, private=found.private
    )
    leavers.at_desk(register, Role.SUPERVISOR)


@pytest.fixture
def issued(register: Register, clock: FixedClock) -> IssuedMonthId:
    """October 2026, issued on 3 November; a supervisor is at the desk."""
    clock.instant = NOW
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 10, 2))
    return register.perform(
        months.issue, programme_id=programme, month=OCTOBER, language="en", draw=monthly.draw_issued
    ).value


def _sign(register: Register, issued: IssuedMonthId) -> None:
    """As whoever is at the desk, with the key to what is sealed."""
    person = register.person
    with builders.reading(register):
        register.person = person
        register.perform(signing.sign, issued_id=issued, sign=sign)


def _paper(register: Register) -> bytes:
    with register.read() as snapshot:
        return monthly_reports.paper(snapshot, programme_id=ProgrammeId(1), month=OCTOBER).pdf


def _judged(register: Register, content: bytes) -> tuple[list[str], str]:
    report = examined(content)
    known = returned_papers.known_report(register, programme=report.programme, number=report.number)
    verdict = verifying.with_register(content, known)
    return [ENGLISH.render(each) for each in verdict.faults], " ".join(map(ENGLISH.render, verdict.says))


def test_what_is_issued_stays_the_same_bytes_and_the_signed_ones_stand_beside_them(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    before = _paper(register)
    with pytest.raises(Refused, match="No certificate"):
        _sign(register, issued)
    set_up(register, tmp_path)
    _sign(register, issued)
    with register.read() as snapshot:
        assert issued_months.stored_pdf(snapshot, issued) == before
        assert [row.name for row in queries.signatures(snapshot, issued_id=issued)] == ["Reception Centre North"]
    signed = _paper(register)
    assert signed != before
    assert signed.startswith(before)
    for content in (before, signed):
        assert _judged(register, content)[0] == []
    assert "It is a certificate of this facility." in _judged(register, signed)[1]
    set_up(register, tmp_path)  # another one: what the first has signed is the facility's all the same
    assert "It is a certificate of this facility." in _judged(register, signed)[1]
    with register.read() as snapshot:
        assert [row.removed for row in queries.keys(snapshot)] == [None, ""]


def test_what_somebody_else_has_signed_is_not_of_the_facility(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    set_up(register, tmp_path)
    other = certificates.read_key_file(made.key_file(tmp_path), "a good one")
    faults, _more = _judged(register, sign(_paper(register), other.private, other.certificates))
    assert faults == ["It was signed with a certificate that is none of this facility."]
    assert issued


def _stamped(paper: bytes, private: str, chain: str, _address: str) -> bytes:
    """Signed, with a time stamp of a service that is made up."""
    key, certificate = made.made("Time service", stamps=True)
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    secret = keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    return signed_with(paper, private, chain, DummyTimeStamper(own, secret, fixed_dt=NOW))


def _without_stamp(signed: bytes) -> bytes:
    """The same signature, whole, without its time stamp: what it signs says nothing of that."""
    start, end = map(int, re.findall(rb"/ByteRange \[\s*0 (\d+) (\d+) ", signed)[0])
    held = cms.ContentInfo.load(bytes.fromhex(signed[start + 1 : end - 1].decode()), strict=False)
    del held["content"]["signer_infos"][0]["unsigned_attrs"]
    place: str = held.dump(force=True).hex().ljust(end - start - 2, "0")
    return signed[: start + 1] + place.encode() + signed[end - 1 :]


def test_a_signature_or_a_time_stamp_that_was_taken_out_whole_the_register_misses(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    set_up(register, tmp_path)
    bare, missing = _paper(register), "It was signed, and this copy is without the signature."
    assert missing not in _judged(register, bare)[1]
    person = register.person
    with builders.reading(register):
        register.person = person
        register.perform(signing.sign, issued_id=issued, sign=_stamped)
    faults, more = _judged(register, _paper(register))
    assert (faults, "Time service has stamped the time." in more, missing in more) == ([], True, False)
    faults, more = _judged(register, bare)
    assert (faults, missing in more) == ([], True)
    taken = _without_stamp(_paper(register))
    assert verifying.alone(taken).faults == (), "no other computer can know"
    assert _judged(register, taken)[0] == [
        "It is signed otherwise than in this register: a time stamp was taken out, or it was signed anew."
    ]


def test_neither_administrators_nor_clerks_sign_and_the_key_stands_nowhere_in_clear(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    set_up(register, tmp_path)
    for role in (Role.ADMINISTRATOR, Role.CLERK, Role.HEALTH_LEGAL, Role.INSPECTOR):
        leavers.at_desk(register, role)
        with pytest.raises(Refused):
            _sign(register, issued)
    with register.read() as snapshot:
        for table in ("signing_keys", "trail"):
            rows = snapshot.connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "PRIVATE KEY" not in str(rows)
    leavers.at_desk(register, Role.SUPERVISOR)
    _sign(register, issued)


def test_a_removed_certificate_signs_no_more_and_its_key_is_gone(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    set_up(register, tmp_path)
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(signing.set_service, stamps_at="https://stamps.example")
    with pytest.raises(Refused, match="http"):
        register.perform(signing.set_service, stamps_at="stamps")
    with pytest.raises(Refused, match="why"):
        register.perform(signing.remove, reason="")
    register.perform(signing.remove, reason="the office has another name")
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="No certificate"):
        _sign(register, issued)
    with register.read() as snapshot:
        assert queries.current(snapshot) is None
        kept = snapshot.connection.exec_driver_sql("SELECT sealed_key FROM signing_keys").all()
        assert kept == [(None,)]


def test_today_asks_for_another_certificate_in_its_last_month(
    register: Register, issued: IssuedMonthId, tmp_path: Path, clock: FixedClock
) -> None:
    set_up(register, tmp_path, until=NOW + timedelta(days=31))

    def asked() -> bool:
        with register.read() as snapshot:
            return Need.CERTIFICATE in [item.need for item in needing_house.items(snapshot)]

    assert not asked()
    clock.instant = NOW + timedelta(days=2)
    assert asked()
    clock.instant = NOW + timedelta(days=40)
    with pytest.raises(Refused, match="was valid until"):
        _sign(register, issued)


def _send(register: Register, closing: Closing, path: Path) -> None:
    chosen = {Choice.PROGRAMME: ProgrammeId(1), Choice.MONTH: OCTOBER}
    ready = door.drawn(register, MONTHLY_REPORT, language="en", chosen=chosen)
    with register.read() as snapshot:
        (row,) = issued_months.issued(snapshot, ProgrammeId(1), OCTOBER)
    sending.send(
        register, ready, row, path, closing,
        with_passphrase=encrypting.with_passphrase, for_certificate=encrypting.for_certificate,
        sent=Moment(date(2026, 11, 3)), way=SendingWay.EMAIL, to_whom="The embassy",
    )  # fmt: skip


def test_a_report_whose_file_could_not_be_written_was_not_sent(
    register: Register, issued: IssuedMonthId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise Unavailable("The disk is full.")

    set_up(register, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(door, "write_private", full)
        with pytest.raises(Unavailable, match="full"):
            _send(register, Closing(GOOD), tmp_path / "october.pdf")
    with register.read() as snapshot:
        (row,) = month_states.sendings(snapshot, programme_id=ProgrammeId(1), month=OCTOBER)
        state = month_states.state_of(snapshot, programme_id=ProgrammeId(1), month=OCTOBER)
    assert row.taken_back == "The file could not be written."
    assert (state.state, state.awaits_sending) == (MonthState.ISSUED, True)


def test_a_report_is_closed_with_a_passphrase_and_entered_as_sent_in_one_step(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    set_up(register, tmp_path)
    _sign(register, issued)
    path = tmp_path / "october.pdf"
    with pytest.raises(Refused, match="easily guessed"):
        _send(register, Closing("password1"), path)
    assert not path.exists()
    _send(register, Closing(GOOD), path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.Pdf.open(path)
    with pytest.raises(Refused, match="attached"):
        examined(path.read_bytes())
    with pikepdf.Pdf.open(path, password=GOOD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        ((_name, attached),) = pdf.attachments.items()
        inside = attached.get_file().read_bytes()
        plain = BytesIO()
        pdf.save(plain, encryption=False)
    assert inside == _paper(register)
    assert _judged(register, inside)[0] == []
    with pytest.raises(Refused, match="attached"):
        examined(plain.getvalue())
    with register.read() as snapshot:
        (row,) = month_states.sendings(snapshot, programme_id=ProgrammeId(1), month=OCTOBER)
        told = str(snapshot.connection.exec_driver_sql("SELECT * FROM trail").all())
        told += str(snapshot.connection.exec_driver_sql("SELECT * FROM report_sendings").all())
        stands = month_states.state_of(snapshot, programme_id=ProgrammeId(1), month=OCTOBER)
    assert (row.protection, stands.state) == (Protection.PASSPHRASE, MonthState.SENT)
    assert len(row.digest) == 64
    assert GOOD not in told


def test_a_report_is_closed_for_the_certificate_of_the_partner(
    register: Register, issued: IssuedMonthId, tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, certificate = made.made("The partner", uses=made.SEALS)
    theirs, own = tmp_path / "partner.cer", tmp_path / "partner.key"
    theirs.write_bytes(certificate.public_bytes(Encoding.DER))
    own.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path, opened = tmp_path / "october.pdf.p7m", tmp_path / "opened.pdf"
    _send(register, Closing(certificate=theirs), path)
    done = subprocess.run(
        ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", path, "-inkey", own, "-out", opened],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert opened.read_bytes() == _paper(register)
    with register.read() as snapshot:
        (row,) = month_states.sendings(snapshot, programme_id=ProgrammeId(1), month=OCTOBER)
    assert (row.protection, row.certificate) == (
        Protection.CERTIFICATE,
        certificates.described(certificate).fingerprint,
    )
    wrong = tmp_path / "signs.cer"
    wrong.write_bytes(made.made()[1].public_bytes(Encoding.PEM))
    with pytest.raises(Refused, match="not for encrypting"):
        _send(register, Closing(certificate=wrong), tmp_path / "again.p7m")
    past = tmp_path / "past.cer"
    over = made.made("The partner", uses=made.SEALS, until=datetime(2021, 1, 1, tzinfo=UTC))[1]
    past.write_bytes(over.public_bytes(Encoding.PEM))
    with pytest.raises(Refused, match="was valid until"):
        _send(register, Closing(certificate=past), tmp_path / "again.p7m")
    assert issued
    assert not (tmp_path / "again.p7m").exists()
