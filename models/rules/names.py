"""Names in any spelling or script: how they are folded for search, and shown.

To fold is to write so that spellings of one name meet: in small Latin letters without marks, Arabic script with one
letter for each of its regional shapes. Nothing that is stored or shown is changed by it.
"""

import re
import unicodedata
from collections.abc import Mapping

_LATIN: Mapping[str, str] = {
    "đ": "d", "ð": "d", "ɖ": "d", "þ": "th", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ı": "i", "ə": "e", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ß": "ss", "ĸ": "k",
}  # fmt: skip
_MACHINE_READABLE: Mapping[str, str] = {"ä": "ae", "å": "aa", "ö": "oe", "ø": "oe", "ü": "ue", "ð": "dh"}
"""How the zones of travel documents and many hands write these letters (ICAO Doc 9303, part 3, section 6)."""

_CYRILLIC: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "đ", "ѓ": "g", "е": "e", "ё": "e", "є": "ie",
    "ж": "z", "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "j", "к": "k", "ќ": "k", "л": "l",
    "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u",
    "ў": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s", "щ": "sc", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
"""The Serbian way, in which Живковић and Živković meet."""

_CYRILLIC_OF_PASSPORTS: Mapping[str, str] = {
    **_CYRILLIC, "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie",
}  # fmt: skip
"""The way of Russian and Ukrainian passports (ICAO Doc 9303, part 3, section 6)."""

_CYRILLIC_OF_ASIA: Mapping[str, str] = {
    "ғ": "g", "қ": "q", "ҳ": "h", "ҷ": "j", "ң": "n", "ө": "o", "ү": "u", "ұ": "u", "ә": "a", "һ": "h",
}  # fmt: skip

_ARABIC: Mapping[str, str] = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ګ": "گ", "ة": "ه", "ۃ": "ه",
    "ھ": "ه", "ہ": "ه", "ە": "ه", "ۀ": "ه", "ٱ": "ا", "ء": "", "ـ": "", "ۆ": "و", "ټ": "ت", "ډ": "د", "ړ": "ر",
    "ږ": "ژ", "ښ": "ش", "ڼ": "ن", "ځ": "ز", "څ": "س",
}  # fmt: skip
"""One letter for the shapes that Arabic, Dari, Pashto and Kurdish hands write it in; no hamza and no tatweel."""

_APOSTROPHES = frozenset("'`´‘’ʻʼʽʹ՚＇")

_SOUNDS: Mapping[str, str] = {
    "dj": "d", "zh": "z", "ch": "c", "sh": "s", "ae": "a", "oe": "o", "ue": "u", "y": "i",
}  # fmt: skip
"""What hands write for one sound. Each becomes its first letter, so that a name is found at every key that is typed.

No letter ends one of them and begins another, and so none is made by what became of another: their order is all one.
"""

_DOUBLED = re.compile(r"([a-z])\1+")


class _Plain(dict[int, str]):
    """What each letter becomes once its marks stand apart; found out when it is first met."""

    def __missing__(self, code: int) -> str:
        """A letter or digit as it is, nothing for what only marks, a space for what parts words."""
        letter = chr(code)
        category = unicodedata.category(letter)
        if category in ("Mn", "Me", "Cf", "Cs") or letter in _APOSTROPHES:
            plain = ""
        elif category == "Nd":
            plain = str(unicodedata.decimal(letter))
        else:
            plain = letter if category[0] in "LMN" else " "
        return self.setdefault(code, plain)


_TO_LATIN = str.maketrans(dict(_CYRILLIC))
_TO_PASSPORT_LATIN = str.maketrans(dict(_CYRILLIC_OF_PASSPORTS))
_TO_PLAIN_LATIN = str.maketrans(dict(_LATIN))
_WITH_DJ = str.maketrans({"đ": "dj"})
_AS_MACHINES = str.maketrans({**_MACHINE_READABLE, "đ": "dj"})
_TO_WORDS = _Plain()
_TO_PLAIN = _Plain(str.maketrans({**_ARABIC, **_CYRILLIC, **_CYRILLIC_OF_ASIA}))
"""Cyrillic, too: of a letter with a mark of its own, such as the Tajik ӣ, the letter is left once that is apart."""
_TO_PLAIN_AS_KEPT = _Plain(str.maketrans(dict(_ARABIC)))


def fold(text: str) -> str:
    """A text in the plain spelling: `Đorđević` and `Ђорђевић` are both `dordevic`, `Saint-Fleur` is `saint fleur`.

    Marks, apostrophes and invisible signs that turn the direction of a line go; any other sign parts words.
    """
    if text.isascii() and text.isalpha():
        return text.lower()
    return _plain(_composed(text).translate(_TO_LATIN))


_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mister|dr|prof|hr|herr|fru|frk|frau|znj|gdin|g-din|gđa|g-đa|гдин|г-дин|гђа|г-ђа|gospodin|"
    r"gospođa|gospođica|господин|госпођа|mme|mlle|monsieur|madame|señor|señora)(?:\.\s*|\s+)(?=[^\W\d_])",
    re.IGNORECASE,
)


def without_title(text: str) -> tuple[str, str]:
    """The form of address before a name, where it has one, and the name without it: `Mr.` and `Arben Hoxha`."""
    before, comma, behind = text.partition(",")
    for part in (before, behind):
        if found := _TITLE.match(part.lstrip()):
            name = part.lstrip()[found.end() :]
            return found[0].strip(), f"{before}{comma} {name}" if part is behind and comma else f"{name}{comma}{behind}"
    return "", text


def words_as_written(text: str) -> list[str]:
    """The words of a text in small letters, with the marks that make other letters of them: `đorđević`, `ђорђевић`."""
    return _composed(text).translate(_TO_WORDS).split()


def fold_query(text: str) -> str:
    """What somebody typed into the search box, in the one spelling that `folded_variants` holds of any other.

    `Djordjevic`, `Đorđević` and `Dordevic` are all `dordevic`, `Mohammed` is `mohamed`, `Zhukov` is `zukov`. Each
    word is to be looked for as a part of what is stored. Words with a digit in them are numbers, and stay whole.
    """
    return _sounded(fold(text))


def folded_variants(text: str) -> str:
    """All spellings under which a text is to be found, one after the other, each once: what the search stores.

    The plain one; where a letter asks for it, those with dj, of machine-readable zones and
    of Cyrillic in passports; the one of `fold_query`, and of words with a digit also what it makes of the letters that
    are typed before the digit.
    """
    composed = _composed(text)
    latin = composed.translate(_TO_LATIN)
    plain = _plain(latin)
    spellings = [plain]
    if not composed.isascii():
        spellings += [_plain(latin.translate(_WITH_DJ)), _plain(latin.translate(_AS_MACHINES))]
        spellings.append(_plain(composed.translate(_TO_PASSPORT_LATIN)))
    spellings.append(_sounded(plain))
    if any(map(str.isdecimal, plain)):
        spellings.append(" ".join(map(_sounded_word, plain.split())))
    return " ".join(dict.fromkeys(spellings))


def _composed(text: str) -> str:
    """Small letters with their marks on them."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def _plain(composed: str, letters: _Plain = _TO_PLAIN) -> str:
    if not composed.isascii():
        composed = unicodedata.normalize("NFKD", composed.translate(_TO_PLAIN_LATIN))
    return " ".join(composed.translate(letters).split())


def _sounded(plain: str) -> str:
    """A plain spelling with one letter where hands write one or two for the same sound."""
    if plain.isalpha():
        return _sounded_word(plain)
    return " ".join(word if any(map(str.isdecimal, word)) else _sounded_word(word) for word in plain.split())


def _sounded_word(word: str) -> str:
    for spelled, sound in _SOUNDS.items():
        word = word.replace(spelled, sound)
    return _DOUBLED.sub(r"\1", word) if _DOUBLED.search(word) else word


def display_name(family: str, given: str, number: str) -> str:
    """A name as lists show it: "Family, Given", either alone, or the number where there is no name."""
    return ", ".join(part for part in (family.strip(), given.strip()) if part) or number


def sort_name(family: str, given: str, number: str) -> str:
    """What a file knows a resident by: the folded name, or the number where there is no name.

    It is stored, and told in the trail: what it makes of a letter stays, whatever `fold` learns.
    """
    return _as_kept(f"{family} {given}") or _as_kept(number)


def _as_kept(text: str) -> str:
    return _plain(_composed(text).translate(_TO_LATIN), _TO_PLAIN_AS_KEPT)
