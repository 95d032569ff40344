"""Sealed texts: whoever has the register open may seal one; to open it again takes the seal's key and an entry.

A sealed text is a box (HPKE) in its column. There is no way to open one but `UnitOfWork.unseal`, so that every look is
an action, and with it an entry of the trail.
"""

from contextlib import suppress
from dataclasses import dataclass
from secrets import token_bytes

from models.errors import Unavailable
from models.store.ciphers import WrongKey, box, unbox

_UNBOUND = b"konak sealed text"
"""How an earlier Konak sealed; such a text is bound to its place with the next key of the seal."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text is kept: it opens there alone, so that none can be moved to where another may read it.

    Attributes:
        table: Its name.
        column: The name of the column.
        row: The number of the row.
    """

    table: str
    column: str
    row: int

    @property
    def context(self) -> bytes:
        """What is authenticated with the text."""
        return _UNBOUND + f" in {self.table}.{self.column} of {self.row}".encode()


def place_of_note(number: int, was_in: str | None, was_row: int | None) -> Place:
    """Where the text of a sealed note was sealed: there, or in a row that is gone (`SealedNote.was_in`)."""
    if was_in is None or was_row is None:
        return Place("sealed_notes", "sealed", number)
    table, _, column = was_in.partition(".")
    return Place(table, column, was_row)


def seal(text: str, public: bytes, place: Place) -> bytes | None:
    """A text as it is kept; None where there is nothing to keep.

    Args:
        text: What is sealed. Its length is hidden up to the next 64 bytes.
        public: The public half of the seal's key.
        place: Where it will stand.
    """
    if not text.strip():
        return None
    raw = text.strip().encode()
    return box(raw + b"\0" * (-len(raw) % 64), public, place.context)


def unseal(sealed: bytes | None, private: bytes, place: Place) -> str:
    """The text; empty where nothing was kept.

    Raises:
        Unavailable: It was changed outside Konak, or stood elsewhere.
    """
    if sealed is None:
        return ""
    for context in (place.context, _UNBOUND):
        with suppress(WrongKey, ValueError):
            return unbox(sealed, private, context).rstrip(b"\0").decode()
    raise changed_outside()


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
