"""Certificates as they come in files: that with which the facility signs, with its key, and that of a partner."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Refused, Unavailable
from models.rules.signing import Certificate
from models.store.files import read_regular

if TYPE_CHECKING:  # loading it takes a while
    from cryptography import x509

_LARGEST = 256 * 1024
_LEAST_BITS = 2048


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A certificate with its key.

    Attributes:
        certificate: What it says.
        certificates: In PEM: its own first, then those of who vouches for it.
        private: The key, in PEM, without a passphrase.
    """

    certificate: Certificate
    certificates: str
    private: str = field(repr=False)


def read_key_file(path: Path, passphrase: str) -> KeyFile:
    """Read a PKCS#12 file (`.p12`, `.pfx`).

    Raises:
        Refused: The passphrase is wrong, it is no such file, or what it holds cannot sign.
        Unavailable: It cannot be read.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, own, others = pkcs12.load_key_and_certificates(_read(path), passphrase.encode() or None)
    except ValueError as error:
        raise Refused(
            "This file cannot be opened with this passphrase, or holds no certificate with its key (PKCS#12).",
            field="passphrase",
        ) from error
    if key is None or own is None:
        raise Refused("This file holds no certificate with its key. Ask for one as PKCS#12.", field="file")
    _check_signs(own)
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain = "".join(each.public_bytes(pem).decode() for each in (own, *others))
    return KeyFile(described(own), chain, key.private_bytes(pem, *plain).decode())


def read_certificate(path: Path) -> tuple[Certificate, bytes]:
    """Read the certificate of a partner, in PEM or DER: what it says, and the certificate itself (DER).

    Raises:
        Refused: It is no certificate, or nothing can be encrypted for it.
        Unavailable: It cannot be read.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import Encoding

    content = _read(path)
    try:
        pem = b"-----BEGIN" in content
        found = x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)
        if not isinstance(found.public_key(), RSAPublicKey):
            raise Refused("Konak encrypts for certificates with an RSA key alone. Ask for such a one.", field="file")
        usage = _usage(found)
    except ValueError as error:
        raise Refused(
            "This file holds no certificate. Ask the partner for it as .cer, .crt or .pem.", field="file"
        ) from error
    if usage is not None and not usage.key_encipherment:
        raise Refused("This certificate is not for encrypting. Ask the partner for one that is.", field="file")
    return described(found), found.public_bytes(Encoding.DER)


def described(certificate: "x509.Certificate") -> Certificate:
    """What a certificate says."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return Certificate(
        _named(certificate.subject),
        _named(certificate.issuer),
        certificate.fingerprint(SHA256()).hex(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def _named(name: "x509.Name") -> str:
    """As a person reads it: what it is called, then of whom it is a part."""
    from cryptography.x509.oid import NameOID

    kinds = (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME)
    parts = [str(each.value) for kind in kinds for each in name.get_attributes_for_oid(kind)]
    return ", ".join(dict.fromkeys(parts)) or name.rfc4514_string()


def _check_signs(certificate: "x509.Certificate") -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    public, usage = certificate.public_key(), _usage(certificate)
    if not isinstance(public, EllipticCurvePublicKey) and not (
        isinstance(public, RSAPublicKey) and public.key_size >= _LEAST_BITS
    ):
        raise Refused(
            "The key of this certificate is too short, or of a kind that readers of PDF do not know.", field="file"
        )
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise Refused("This certificate is not for signing. Ask for one that is.", field="file")


def _usage(certificate: "x509.Certificate") -> "x509.KeyUsage | None":
    from cryptography import x509

    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, _LARGEST)
    except OSError as error:
        raise Unavailable("This file cannot be read: {name}. Check the name and the folder.", name=path.name) from error
