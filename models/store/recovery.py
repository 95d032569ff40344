"""The words of a recovery sheet: twelve English words that stand for 128 random bits (BIP 39), with a check in them."""

import unicodedata
from typing import TYPE_CHECKING

from models.errors import Refused
from models.store.ciphers import random_bytes

if TYPE_CHECKING:
    from mnemonic import Mnemonic

_BYTES = 16


def new_secret() -> bytes:
    """What the words of a new sheet stand for."""
    return random_bytes(_BYTES)


def words(secret: bytes) -> str:
    """The words, parted by spaces."""
    return str(_list().to_mnemonic(secret))


def secret_of(typed: str) -> bytes:
    """What typed or scanned words stand for.

    Raises:
        Refused: A word is none of the list, one is missing, or two are exchanged; `field` is `words`.
    """
    said = unicodedata.normalize("NFKD", typed).lower().split()
    known = set(_list().wordlist)
    strange = [position for position, word in enumerate(said, 1) if word not in known]
    if strange:
        raise Refused("Word {n} is not a word of the sheet. Look at it again.", field="words", n=strange[0])
    if len(said) != 12:
        raise Refused("The sheet has {n} words. Type all of them, in their order.", field="words", n=12)
    try:
        return bytes(_list().to_entropy(said))
    except (ValueError, LookupError):
        raise Refused("A word is wrong, or two are exchanged. Look at the sheet again.", field="words") from None


def _list() -> "Mnemonic":
    from mnemonic import Mnemonic  # only where a sheet is made or used, which is rare

    return Mnemonic("english")
