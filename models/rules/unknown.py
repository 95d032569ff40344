"""What people write where nothing is known: in any cell, for a number, for a part of a name (rules.md, Who is who)."""

import re
import unicodedata
from functools import lru_cache

from models.rules.names import fold

_SIGNS = str.maketrans({"†": "died", "✝": "died", "♀": "female", "♂": "male"})
"""Signs that stand for a word; a tick or a cross may mean yes or no, and is asked."""


@lru_cache(maxsize=16_384)
def key(text: str) -> str:
    """A text as words are compared: `Датум рођења`, `DATUM ROĐENJA:` and `datum_rodjenja` have the same key."""
    return fold(text if text.isascii() else text.translate(_SIGNS)).replace("dj", "d")


def _keys(*words: str) -> frozenset[str]:
    return frozenset(map(key, words))


UNKNOWN = _keys(
    "unk", "unkn", "unknown", "not known", "not recorded", "none", "n/a", "na", "nil", "null", "tbc", "tbd", "tba",
    "nan", "n/k", "nk", "n/d", "not available", "not applicable", "not stated", "not given", "not provided", "no data",
    "pending", "to be confirmed", "to be advised", "blank", "empty", "missing", "undefined",
    "i panjohur", "e panjohur", "panjohur", "nuk dihet", "pa të dhëna", "asnjë", "s'ka", "nuk ka", "në pritje",
    "nepoznato", "nepoznat", "nepoznata", "nije poznato", "nema", "непознато", "нема", "nema podataka",
    "nije dostupno", "bez podataka", "na čekanju",
    "ukendt", "ikke oplyst", "uoplyst", "ingen", "mangler", "afventer", "i/o",
)  # fmt: skip
"""What stands in a cell when nothing is known, by its key."""

_ERRORS = re.compile(
    r"#+|#(?:N/A|N/D|REF!?|VALUE!?|NAME\??|NUM!?|NULL!?|DIV/0!?|SPILL!?|CALC!?|GETTING_DATA)|Err:\d{3}", re.IGNORECASE
)


def is_sheet_error(text: str) -> bool:
    """Whether a cell holds what a spreadsheet writes where it could not reckon: `#N/A`, `#REF!`, `Err:502`, `####`."""
    return bool(_ERRORS.fullmatch(text.strip()))


_NO_MORE_THAN_DOTS = frozenset(".,;:?¿؟…·•⋅/\\|~=−─⁃()[]{}<>")
_OF_NO_SIGN = ("Zs", "Zl", "Zp", "Cc", "Cf", "Pc", "Pd")
"""The kinds of letters that are not seen, and of dashes."""


def is_no_sign(text: str) -> bool:
    """Whether no more stands in a cell than dashes, dots and such: `-`, `...`, `?`. A tick says something."""
    return all(
        sign in _NO_MORE_THAN_DOTS or unicodedata.category(sign) in _OF_NO_SIGN
        for sign in unicodedata.normalize("NFKC", text)
    )


def is_unknown(text: str) -> bool:
    """Whether a text says that nothing is known: `UNK`, `none`, `nepoznato`, `?`, `-`, `#N/A`."""
    found = key(text)
    return found in UNKNOWN or is_sheet_error(text) or (not found and is_no_sign(text))


_NAMELESS_WORDS = _keys("fnu", "lnu", "nfn", "nln", "nmn", "nmi", "nfnu", "nlnu", "unk", "unkn", "unknown", "ukendt")
"""What stands for a part of a name that is not known, wherever it stands in a cell. No name is written like it."""

_NAMELESS = _NAMELESS_WORDS | _keys(
    "not known", "n/a", "#n/a", "n.n.", "nn", "no name", "no names", "noname", "nameless", "name unknown",
    "unknown name", "no first name", "no given name", "no given names", "no last name", "no family name",
    "no surname", "no middle name", "first name unknown", "last name unknown", "given name unknown",
    "family name unknown", "surname unknown", "not given", "not stated", "not recorded", "not provided", "single name",
    "i panjohur", "e panjohur", "i/e panjohur", "panjohur", "pa emër", "pa mbiemër", "emri i panjohur", "nuk dihet",
    "nepoznat", "nepoznata", "nepoznato", "nepoznato ime", "nepoznato prezime", "bez imena", "bez prezimena",
    "nema ime", "nema prezime", "n.n. lice", "непознато",
    "uden navn", "ukendt navn", "intet navn", "intet efternavn", "intet fornavn", "ikke oplyst", "uoplyst",
)  # fmt: skip
_SAYING_NONE = _keys("no", "not", "none", "unknown", "without", "pa", "bez", "uden", "ukendt", "nepoznato", "panjohur")
_OF_NAMES = _SAYING_NONE | _keys(
    "name", "names", "first", "given", "middle", "last", "family", "surname", "forename", "known", "stated", "recorded",
    "provided", "available", "on", "file", "emër", "mbiemër", "i", "e", "ime", "imena", "prezime", "prezimena", "navn",
    "fornavn", "efternavn",
)  # fmt: skip
"""`No name given`, `name not known`: a name of several words is none of these alone."""
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_CROSSED = re.compile(r"x{2,9}")


def is_nameless(text: str) -> bool:
    """Whether a cell for a name says that there is none: `FNU`, `XXX`, `no name`.

    Stricter than `is_unknown`: Na, Nema, Null and Nil are names of people.
    """
    found = key(text)
    if not found or found in _NAMELESS or _CROSSED.fullmatch(found) or is_sheet_error(text):
        return True
    if _BRACKETED.fullmatch(text.strip()):
        return found in UNKNOWN
    words = found.split()
    return len(words) > 1 and not _SAYING_NONE.isdisjoint(words) and all(word in _OF_NAMES for word in words)


def named_parts(text: str) -> str:
    """The parts of a name that are known: `AHMADI FNU` is `AHMADI`, `FNU` is nothing. Any other text as it is."""
    if is_nameless(text):
        return ""
    parts = text.split()
    known = [part for part in parts if not _stands_for_nothing(part)]
    return text if len(known) == len(parts) else " ".join(known)


def _stands_for_nothing(part: str) -> bool:
    found = key(part)
    return found in _NAMELESS_WORDS or bool(_CROSSED.fullmatch(found))
