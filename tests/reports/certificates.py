"""Certificates made for tests: of the facility, of a partner, of a time stamp service."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNS = {"digital_signature": True, "content_commitment": True}
SEALS = {"key_encipherment": True}
_USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def made(
    name: str = "Reception Centre North",
    *,
    uses: dict[str, bool] = SIGNS,
    until: datetime = datetime(2099, 1, 1, tzinfo=UTC),
    since: datetime = datetime(2020, 1, 1, tzinfo=UTC),
    curve: bool = False,
    stamps: bool = False,
) -> tuple[Any, x509.Certificate]:
    """A key and a certificate for it that vouches for itself."""
    key: Any = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, 2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.KeyUsage(**{use: uses.get(use, False) for use in _USES}), critical=True)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return key, builder.sign(key, hashes.SHA256())


def key_file(folder: Path, passphrase: str = "a good one", **how: Any) -> Path:
    """A PKCS#12 file."""
    key, certificate = made(**how)
    path = folder / f"key-{certificate.serial_number}.p12"
    closed = serialization.BestAvailableEncryption(passphrase.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"konak", key, certificate, None, closed))
    return path
