"""Serbian in Cyrillic letters, from the same words in Latin ones: so there is one Serbian catalogue, and not two.

Each Latin letter has one Cyrillic; lj, nj and dž have one as well, but for the few words in which they meet by chance.
What is no Serbian stays as it is: placeholders, names of files, keys and programs, commands, codes.
"""

import gettext
import re
from collections.abc import Mapping
from functools import lru_cache

_LETTERS = str.maketrans(
    dict(
        zip(
            "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
            "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
            strict=True,
        )
    )
)
_PAIRS: Mapping[str, str] = {"lj": "љ", "nj": "њ", "dž": "џ"}
_PAIR = re.compile("lj|nj|dž", re.IGNORECASE)
_APART = re.compile(
    "(?<=in)(?=je[kc])|(?<=kon)(?=ju[gnk])|(?<=tan)(?=jug)|(?<=van)(?=jez)|(?<=nad)(?=ž[ien])|(?<=od)(?=ž(?:al|iv))",
    re.IGNORECASE,
)
"""Where the two letters belong to two parts of a word: injekcija, konjunktura, Tanjug, nadživeti, odžaliti."""

_KEPT = frozenset({
    "KONAK", "PDF", "CSV", "XLSX", "ODS", "JSON", "JPEG", "PNG", "TXT", "SHA", "UTF", "MB", "GB", "KB", "MRZ",
    "ICAO", "ISO", "QR", "EUR", "USD", "GBP", "DKK", "CHF", "RSD", "ALL", "US", "UK", "DK", "LIYA", "Belgrade",
    "Europe", "Ctrl", "Alt", "Shift", "Enter", "Esc", "Tab", "Page", "Down", "General", "Public", "License", "Open",
    "Font", "Noto", "Sans", "Droid", "Fallback", "Apache", "GNU", "OpenDocument", "Office", "Excel", "Windows",
    "FNU", "LNU", "NFN", "NLN", "csv", "pdf", "json", "db", "txt", "utf", "windows",
})  # fmt: skip
"""Words of other languages, as they stand in the texts."""
_FOREIGN = re.compile("[qwxyQWXY]")
_STAYS = re.compile(
    r"(?:\br)?{\w+}"  # placeholders, and the r before the number of a revision
    r"|`[^`]*`"  # commands
    r"|\b(?:Ctrl|Alt|Shift)(?:\+(?:Shift|[A-Z0-9]\b))*"  # keys
    r"|\b[A-Z]{1,4}-?\d[\w-]*"  # codes such as K-0012, US-2025 and A4
    r"|\bnon-refoulement\b"  # a word of two parts, of which one is a word by itself
    r"|\b[\w-]+\.(?:pdf|csv|xlsx|json|db)\b"  # names of files
    r"|\b(?:[B-HJ-LNP-RTV-Z]|N/A)\b"  # one letter that is no word, such as a sex in a passport
)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def in_cyrillic(text: str) -> str:
    """A text of the Serbian catalogue in Cyrillic letters."""
    said = []
    at = 0
    for found in _STAYS.finditer(text):
        said += [_WORD.sub(_word, text[at : found.start()]), found[0]]
        at = found.end()
    return "".join((*said, _WORD.sub(_word, text[at:])))


def _word(found: re.Match[str]) -> str:
    word = found[0]
    if word in _KEPT or _FOREIGN.search(word):
        return word
    return "".join(_PAIR.sub(_pair, part).translate(_LETTERS) for part in _APART.split(word))


def _pair(found: re.Match[str]) -> str:
    one = _PAIRS[found[0].lower()]
    return one.upper() if found[0][0].isupper() else one


class Catalogue(gettext.GNUTranslations):
    """The Serbian catalogue in Cyrillic letters."""

    _catalog: dict[object, str]

    def gettext(self, message: str) -> str:
        """The translation; what is not in the catalogue is what somebody typed, and stays."""
        return in_cyrillic(super().gettext(message)) if message in self._catalog else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation for a count."""
        return in_cyrillic(super().ngettext(msgid1, msgid2, n))
