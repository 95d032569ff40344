"""Sealed texts: whoever has the register open may seal one; to open it again takes the seal's key and an entry.

A sealed text is a box (HPKE) in its column. There is no way to open one but `UnitOfWork.unseal`, so that every look is
an action, and with it an entry of the trail.
"""

from secrets import token_bytes

from models.errors import Unavailable
from models.store.ciphers import WrongKey, box, unbox

_CONTEXT = b"konak sealed text"


def seal(text: str, public: bytes) -> bytes | None:
    """A text as it is kept; None where there is nothing to keep.

    Args:
        text: What is sealed. Its length is hidden up to the next 64 bytes.
        public: The public half of the seal's key.
    """
    if not text.strip():
        return None
    raw = text.strip().encode()
    return box(raw + b"\0" * (-len(raw) % 64), public, _CONTEXT)


def unseal(sealed: bytes | None, private: bytes) -> str:
    """The text; empty where nothing was kept.

    Raises:
        Unavailable: It was changed outside Konak.
    """
    if sealed is None:
        return ""
    try:
        return unbox(sealed, private, _CONTEXT).rstrip(b"\0").decode()
    except (WrongKey, ValueError) as error:
        raise changed_outside() from error


def exchanged() -> Unavailable:
    """What is said where another key stands in the place of the seal's."""
    return Unavailable(
        "The key to what is sealed was changed outside Konak. Do not enter anything sealed; restore a backup."
    )


def changed_outside() -> Unavailable:
    """What is said of a sealed text that is not what Konak has sealed."""
    return Unavailable(
        "This sealed text was changed outside Konak and cannot be opened. Verify the trail on the page "
        "Administration, and restore a backup."
    )


def salted(outcome: bool) -> bytes:
    """What a sealed finding comes down to, as it decides on a departure.

    The trail tells of it by a hash, which gives nothing away since no two are alike.
    """
    return token_bytes(16) + bytes([outcome])


def unsalted(outcome: bytes) -> bool:
    """What `salted` was given."""
    return bool(outcome[-1])
