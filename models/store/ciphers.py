"""The cryptography that keys and sealed texts stand on: four well-known libraries, and nothing of our own.

The libraries are loaded when they are first used: whoever starts Konak is asked for a passphrase before that.
"""

import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import Unavailable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

KEY_BYTES = 32
TAG_BYTES = 16
"""By so many what is wrapped is longer than its content."""
BOX_BYTES = 48
"""By so many a box is longer than its content."""


class WrongKey(Exception):
    """The key is not the right one, or what it should open was changed: the two cannot be told apart."""


def random_bytes(count: int) -> bytes:
    """As many random bytes, fit for keys; what `secrets` gives too, which loads OpenSSL for more than that."""
    return os.urandom(count)


def stretched(passphrase: str, salt: bytes, *, memory_kib: int, rounds: int, lanes: int) -> bytes:
    """The key that a passphrase and a salt give (Argon2id); a letter is the same however a keyboard composes it.

    Args:
        passphrase: As it was typed.
        salt: Random.
        memory_kib: Memory in KiB.
        rounds: Passes over it.
        lanes: Parallel lanes.

    Raises:
        Unavailable: There is not enough memory.
    """
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    typed = unicodedata.normalize("NFC", passphrase).encode()
    try:
        return hash_secret_raw(typed, salt, rounds, memory_kib, lanes, KEY_BYTES, Type.ID)
    except HashingError as error:
        raise Unavailable(
            "This computer has not enough free memory to open the register. Close other programs, then try again."
        ) from error


def derived(secret: bytes, purpose: bytes) -> bytes:
    """The key that a random secret gives for a purpose (HKDF with SHA-256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, None, purpose).derive(secret)


def wrap(content: bytes, key: bytes, nonce: bytes, context: bytes) -> bytes:
    """Content that only the key opens, and only with the same nonce and context (AES-256-GCM)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, content, context)


def unwrap(wrapped: bytes, key: bytes, nonce: bytes, context: bytes) -> bytes:
    """What was wrapped.

    Raises:
        WrongKey: It was wrapped by another key or for another context, or was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(nonce, wrapped, context)
    except InvalidTag as error:
        raise WrongKey from error


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key and its public half, as bytes."""

    private: bytes
    public: bytes

    @classmethod
    def make(cls) -> "Pair":
        """A new random pair (X25519)."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return cls.of(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def of(cls, private: bytes) -> "Pair":
        """The pair of a private key."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return cls(private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs, and its public half, as bytes (Ed25519)."""

    private: bytes
    public: bytes

    @classmethod
    def make(cls) -> "Signer":
        """A new random one."""
        return cls.of(random_bytes(KEY_BYTES))

    @classmethod
    def of(cls, private: bytes) -> "Signer":
        """The one of a private half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(private, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def sign(content: bytes, private: bytes) -> bytes:
    """The signature of a content: 64 bytes (Ed25519)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(content)


def is_signed(content: bytes, signature: bytes, public: bytes) -> bool:
    """Whether a content was signed by the key of this public half.

    By libsodium, which takes half of the time of OpenSSL, and refuses halves of small order, under which one signature
    would fit every content.
    """
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(public).verify(content, signature)
    except (CryptoError, ValueError):
        return False
    return True


def box(content: bytes, public: bytes, context: bytes) -> bytes:
    """Content that only the private half can open, and only in the same context (HPKE).

    Raises:
        WrongKey: The public half is none, such as zeros: everybody could open the box.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    try:
        return _suite().encrypt(content, X25519PublicKey.from_public_bytes(public), context)
    except ValueError as error:
        raise WrongKey from error


def unbox(boxed: bytes, private: bytes, context: bytes) -> bytes:
    """What is in a box.

    Raises:
        WrongKey: It is of another key or another context, or was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        return _suite().decrypt(boxed, X25519PrivateKey.from_private_bytes(private), context)
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def _suite() -> "Suite":
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
