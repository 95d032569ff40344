"""In which order names stand: by the alphabet of a language, in lists and papers alike.

Albanian and Serbian have letters of their own, some of them written with two: Gjoni stands after Gashi and Guri, Čolić
after Curić, Ljubić after Lukić. A key of a text compares as the text should, by the numbers of its signs alone, so that
a database can keep it and sort by it.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_ALPHABETS: Mapping[str, str] = {
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v w x xh y z zh",
    "sr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
}
"""Letters of names from elsewhere stand where other languages have them. Serbian is written in Latin here."""
_CYRILLIC = "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш"
"""The order of Serbian Cyrillic; a name in it stands after all that are written in Latin letters."""
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
)
_NOTHING = re.compile(r"['’ʼ`´\"“”„.,;:()]+")
_PARTS = re.compile(r"[\s\-–—_/]+")
_FIRST, _CYRILLIC_FIRST, _OTHERS = ord("A"), 0x0430, 0x0480


def sort_key(text: str, language: str) -> str:
    """What a text is sorted by in a language.

    Args:
        text: A name, or several with what parts them: the shorter one of two that begin alike comes first.
        language: One of `models.text.LANGUAGES`; another is taken as English.
    """
    ranks, letters = _letters(language if language in _ALPHABETS else "en")
    spaced = _PARTS.sub(" ", _NOTHING.sub("", unicodedata.normalize("NFC", text.casefold()))).strip()
    return "".join(ranks[found] if found in ranks else _other(found, ranks) for found in letters.findall(spaced))


@cache
def _letters(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The rank of each letter of a language as a sign, and what finds the letters in a text, the longest first."""
    alphabet = _ALPHABETS[language].split()
    ranks = {letter: chr(_FIRST + place) for place, letter in enumerate(alphabet)}
    ranks |= {letter: chr(_CYRILLIC_FIRST + place) for place, letter in enumerate(_CYRILLIC.split())}
    ranks |= {sign: sign for sign in " 0123456789"}
    pairs = "|".join(letter for letter in alphabet if len(letter) > 1)
    return ranks, re.compile(f"(?:{pairs})|." if pairs else ".", re.DOTALL)


def _other(sign: str, ranks: Mapping[str, str]) -> str:
    """A sign that the language has not: by its plain letters, or after all others."""
    plain = unicodedata.normalize("NFKD", sign.translate(_PLAIN))
    known = [ranks[letter] for letter in plain if letter in ranks]
    if known:
        return "".join(known)
    return "".join(chr(max(ord(letter), _OTHERS)) for letter in plain if not unicodedata.combining(letter))
