"""In which order names stand: by the alphabet of a language, in lists and papers alike.

Albanian and Serbian have letters of their own, some of them written with two: Gjoni stands after Gashi and Guri, Čolić
after Curić, Ljubić after Lukić; in Danish Aagaard is Ågård, and stands last. A key of a text compares as the text
should, by the numbers of its signs alone, so that a database can keep it and sort by it.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from models.sides import side

_ALPHABETS: Mapping[str, str] = {
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v w x xh y z zh",
    "da": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    "sr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
}
"""Letters of names from elsewhere stand where other languages have them. Serbian is written in Latin here."""
_CYRILLIC = "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш"
"""The order of Serbian Cyrillic; a name in it stands after all that are written in Latin letters."""
_LIGATURES = str.maketrans({"\u01c6": "dž", "\u01c9": "lj", "\u01cc": "nj"})
"""What old code pages hold as one sign, in small letters."""
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
)
_NOTHING = re.compile(r"['’ʼ`´\"“”„.,;:()]+")
_PARTS = re.compile(r"[\s\-–—_/]+")
_FIRST, _CYRILLIC_FIRST, _OTHERS, _MARKS = ord("A"), 0x0430, 0x0480, 0xE000


def sort_key(text: str, language: str) -> str:
    """What a text is sorted by in a language.

    Args:
        text: A name, or several with what parts them: the shorter one of two that begin alike comes first.
        language: One of `models.text.REPORT_LANGUAGES`; another is taken as English.
    """
    table, pairs, marks = _letters(language if language in _ALPHABETS else "sr" if language == "cyr" else "en")
    written = unicodedata.normalize("NFC", side(text, 0).casefold()).translate(_LIGATURES)
    if language == "da":
        written = written.replace("aa", "å")
    spaced = _PARTS.sub(" ", _NOTHING.sub("", written)).strip()
    return pairs.sub(lambda found: marks[found[0]], spaced).translate(table)


class _Table(dict[int, str]):
    """The signs by which letters are sorted; of one that the language has not, those of its plain letters."""

    def __missing__(self, code: int) -> str:
        """After all others where it has none."""
        plain = unicodedata.normalize("NFKD", chr(code).translate(_PLAIN))
        known = "".join(self[ord(letter)] for letter in plain if ord(letter) in self)
        later = (chr(max(ord(letter), _OTHERS)) for letter in plain if not unicodedata.combining(letter))
        self[code] = known or "".join(later)
        return self[code]


@cache
def _letters(language: str) -> tuple[_Table, re.Pattern[str], Mapping[str, str]]:
    """The signs of a language, what finds letters that are written with two, and the mark that stands for each."""
    alphabet = _ALPHABETS[language].split()
    marks = {letter: chr(_MARKS + place) for place, letter in enumerate(alphabet) if len(letter) > 1}
    table = _Table({ord(marks.get(letter, letter)): chr(_FIRST + place) for place, letter in enumerate(alphabet)})
    table |= {ord(letter): chr(_CYRILLIC_FIRST + place) for place, letter in enumerate(_CYRILLIC.split())}
    table |= {ord(sign): sign for sign in " 0123456789"}
    return table, re.compile("|".join(marks) or "(?!)"), marks
