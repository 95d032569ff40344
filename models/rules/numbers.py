"""Numbers that an issuer gives to people, cases and documents: how two are compared, and what is none.

rules.md, Who is who: a number names a person only within its issuer, compared without spaces, hyphens, case and leading
zeros where the issuer's numbers are plain digits.
"""

import re
from functools import lru_cache

from models.rules.headings import OF_FAMILIES
from models.rules.names import fold
from models.rules.unknown import is_unknown, key

_LARGEST_FAMILY = 20
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+E[+-]?\d+|E[+-]\d+)", re.IGNORECASE)
"""A long number that a spreadsheet has shortened; its digits are lost. `12E3` may be a number, `1.2E+08` never is."""
_WHOLE = re.compile(r"(\d+)\.0+")
"""A whole number as programs write one in a column that has gaps: 101.0."""
_DIVIDED = re.compile(r"([/.\\])")
"""What parts a number into several: 12/3 is not 1/23."""
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_LETTERS_BEFORE = re.compile(r"^[a-z]{1,3}(?=\d{6,}$)")
_IN_ORDER = frozenset({"12345678", "123456789", "1234567890", "0123456789", "987654321", "9876543210"})
_NOTHING = frozenset(
    map(
        key,
        (
            "no", "not", "none", "without", "w/o", "unknown", "lost", "missing", "pending", "never", "stolen",
            "destroyed", "undocumented", "illegible", "unreadable", "refused", "withheld",
            "nat", "ditto", "idem", "above", "true", "false",
            "pa", "humbur", "asnjë", "nuk", "ska", "mungon", "panjohur", "vjedhur",
            "bez", "nema", "nije", "nepoznat", "nepoznato", "izgubljen", "izgubljeno", "ukraden", "uništen",
            "без", "нема", "није", "изгубљен", "ukendt", "uden", "intet", "ingen", "ikke", "mangler",
            "bortkommet", "tabt",
        ),
    )
)  # fmt: skip
_THINGS = frozenset(
    map(
        key,
        (
            "passport", "passports", "id", "card", "number", "numbers", "document", "documents", "doc", "docs",
            "travel", "papers", "paper", "case", "file", "available", "applicable", "known", "issued", "given",
            "provided", "stated", "recorded", "yet", "assigned", "any", "valid", "the", "in", "at", "sea", "has", "had",
            "see", "as", "same",
            "pasaportë", "pasaporta", "dokument", "dokumente", "numër", "numri", "ka", "letra", "i", "e", "lëshuar",
            "pasoš", "pasoša", "dokumenta", "dokumenata", "broj", "broja", "izdat", "poznat", "poznato", "isprava",
            "isprave", "пасош", "пасоша", "докумената", "броја",
            "pas", "papirer", "nummer", "udstedt", "oplyst", "sag",
        ),
    )
)  # fmt: skip


@lru_cache(maxsize=8_192)
def number_key(text: str) -> str:
    """A number as it is compared: `A 201-445-877` and `a201445877` are one, `0012` and `12`, `101.0` and `101`.

    Nothing where the text is no number (`no_number`), so that two people without one never have the same.
    """
    if no_number(text):
        return ""
    return _key(text)


def _key(text: str) -> str:
    whole = _WHOLE.fullmatch(text.strip())
    parts = _DIVIDED.split(whole[1] if whole else text)
    compared = "".join(part if _DIVIDED.fullmatch(part) else fold(part).replace(" ", "") for part in parts)
    if all(part.isdecimal() for part in _DIVIDED.split(compared)[::2]):
        return _ZEROS.sub("", compared)
    return compared


@lru_cache(maxsize=8_192)
def no_number(text: str) -> bool:
    """Whether a cell for a number holds none: `N/A`, `none`, `-`, `0`, `9999`, `XXX`, `no passport`, `2.01E+08`.

    Digits that repeat are a placeholder where they are many: 22 and 333 are numbers of long lists.
    """
    if is_unknown(text) or is_damaged_number(text):
        return True
    words = key(text).split()
    if all(word in _NOTHING or word in _THINGS for word in words) and any(word in _NOTHING for word in words):
        return True
    compared = _LETTERS_BEFORE.sub("", _key(text))
    if not any(sign.isalnum() for sign in compared):
        return True
    if len(signs := set(compared)) == 1:
        return signs <= {"0", "x"} or len(compared) >= (4 if "9" in signs else 7 if compared.isdecimal() else 3)
    return compared in _IN_ORDER


def is_damaged_number(text: str) -> bool:
    """Whether a spreadsheet has shortened a number, so that its last digits are lost: `2.01446E+08`."""
    return bool(_SCIENTIFIC.fullmatch(text.strip()))


def is_of_family(heading: str | None, number: str, sharing: int) -> bool:
    """Whether a number that people of different names share is that of their family (rules.md, Who is who).

    Args:
        heading: Under which it stands, as the file writes it; None: it is known that a case stands there.
        number: The number, which is one (`no_number`).
        sharing: How many people share it.
    """
    if not 1 < sharing <= _LARGEST_FAMILY:
        return False
    words = "" if heading is None else fold(heading)
    return heading is None or (any(part in words for part in OF_FAMILIES) and any(sign.isdigit() for sign in number))
