"""How names sound, in whatever script and by whatever transliteration they are written (rules.md, Who is who).

Names of Arabic, Persian, Slavic, Greek, Georgian, Armenian, Ethiopian and Albanian come in as many spellings as there
are clerks. What stays the same are the consonants, in classes: Khalid, Halid and خالد are `HLT`, Đorđević, Djordjevic
and Ђорђевић are `GRGS`. Vowels stand beside them, to tell Hassan from Hussein; scripts that write none fit any.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import product
from typing import NamedTuple

from models.rules.names import fold, words_as_written

_VARIANTS = 4
"""So many ways to read a word are kept at the most."""


class Sound(NamedTuple):
    """One way to read a word.

    Attributes:
        code: Its consonants, one letter for each class; `A` stands for a vowel at the beginning.
        vowels: What is heard after each of them; None where the script writes no vowels.
        written: What is written of that: all of it, or the long vowels alone.
    """

    code: str
    vowels: tuple[str, ...] | None
    written: tuple[str, ...]


# What scripts say is first told in Latin letters, the way most transliterations go. A few letters stand for what can be
# read in two ways: `ğ` for the Cyrillic г, which is an h in names from the south of it, `ň`, `ṁ`, `ṅ` and `ẓ` for the
# Greek ντ, μπ, γγ and τζ, `ŵ` for its υ behind ε, `ẑ` for the Persian ژ. `ǰ` is the j of Jamal, `ĥ` an h and `ẋ` a kh
# that join with no letter before them.
_CYRILLIC: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "ğ", "ґ": "g", "д": "d", "ђ": "đ", "ѓ": "ǰ", "е": "e", "ё": "e", "є": "ye",
    "ж": "zh", "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "j", "к": "k", "ќ": "k", "л": "l",
    "љ": "li", "м": "m", "н": "n", "њ": "ni", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "č", "у": "u",
    "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "č", "џ": "ǰ", "ш": "š", "щ": "š", "ъ": "", "ы": "i", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "қ": "q", "ғ": "gh", "ҳ": "h", "ҷ": "ǰ", "ӣ": "i", "ӯ": "u", "ү": "u", "ұ": "u",
    "ө": "o", "ә": "a", "ң": "n", "һ": "h", "җ": "ǰ", "ҹ": "ǰ", "ҝ": "g",
}  # fmt: skip
_GREEK: Mapping[str, str] = {
    "ου": "u", "αι": "e", "ει": "i", "οι": "i", "υι": "i", "αυ": "av", "ευ": "eŵ", "ηυ": "iv", "μπ": "ṁ", "ντ": "ň",
    "γκ": "g", "γγ": "ṅ", "τζ": "ẓ", "τσ": "ts", "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i",
    "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "i", "φ": "f", "χ": "kh", "ψ": "ps", "ω": "o",
}  # fmt: skip
_GEORGIAN: Mapping[str, str] = dict(zip(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    ["a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s", "t", "u", "p", "k",
     "gh", "q", "š", "č", "ts", "dz", "ts", "č", "kh", "ǰ", "ĥ"],
    strict=True,
))  # fmt: skip
_ARMENIAN: Mapping[str, str] = {
    "ու": "u", "և": "ev", "եւ": "ev", **dict(zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
        ["a", "b", "g", "d", "e", "z", "e", "e", "t", "zh", "i", "l", "kh", "ts", "k", "ĥ", "dz", "gh", "č", "m", "y",
         "n", "š", "o", "č", "p", "ǰ", "r", "s", "v", "t", "r", "ts", "v", "p", "k", "o", "f"],
        strict=True,
    )),
}  # fmt: skip
_ARABIC: Mapping[str, str] = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "ŧ", "ج": "ǰ", "چ": "č", "ح": "ĥ", "خ": "ẋ", "د": "d", "ذ": "ŧ",
    "ر": "r", "ز": "z", "ژ": "ẑ", "س": "s", "ش": "š", "ص": "s", "ض": "ŧ", "ط": "t", "ظ": "ŧ", "ع": "a", "غ": "g",
    "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "w", "ه": "ĥ", "ی": "y", "ئ": "y",
}  # fmt: skip
_ETHIOPIC: Mapping[str, str] = {
    "H": "h", "HH": "h", "X": "h", "L": "l", "M": "m", "SZ": "s", "S": "s", "R": "r", "SH": "š", "Q": "q", "QH": "q",
    "B": "b", "V": "v", "T": "t", "C": "č", "N": "n", "NY": "ni", "GLOTTAL ": "", "PHARYNGEAL ": "", "K": "k",
    "KX": "h", "W": "w", "Z": "z", "ZH": "zh", "Y": "y", "D": "d", "J": "ǰ", "G": "g", "TH": "t", "CH": "č", "PH": "p",
    "TS": "ts", "TZ": "ts", "F": "f", "P": "p",
}  # fmt: skip
_ETHIOPIC_VOWELS: Mapping[str, str] = {
    "AA": "a", "EE": "e", "WAA": "wa", "WA": "wa", "WE": "we", "WI": "wi", "A": "e", "U": "u", "I": "i", "E": "",
    "O": "o",
}  # fmt: skip
"""The sixth order, which Unicode calls E, has no vowel where names are transliterated."""


def _told(letters: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, letters), key=len, reverse=True)))


_SCRIPTS: Sequence[tuple[str, str, Mapping[str, str], re.Pattern[str]]] = [
    (first, last, letters, _told(letters))
    for first, last, letters in (
        ("\u0370", "\u03ff", _GREEK),
        ("\u0400", "\u052f", _CYRILLIC),
        ("\u0531", "\u058a", _ARMENIAN),
        ("\u0600", "\u06ff", _ARABIC),
        ("\u10a0", "\u10ff", _GEORGIAN),
    )
]
_DIACRITICS = str.maketrans({
    "ć": "č", "ç": "č", "ş": "š", "ș": "š", "ś": "š", "ž": "š", "ź": "š", "ż": "š", "ð": "ŧ", "þ": "ŧ", "ı": "i",
    "ł": "l", "ø": "o", "æ": "e", "œ": "e", "ß": "s", "ə": "e", "ñ": "ni", "ğ": "g", "ģ": "g", "ħ": "h",
})  # fmt: skip

ARTICLES = frozenset({"al", "el", "ul", "il"})
_ASSIMILATED = frozenset({"ar", "as", "ad", "an", "az", "at", "ash", "ur", "us", "ud", "ush", "uz", "er", "es", "ed"})
_SERVANT = frozenset({"abd", "abdu", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdool", "abdur", "abdus", "عبد"})
_FATHER = frozenset({"abu", "abou", "abo", "ابو"})
_FAITH = frozenset({"din", "deen", "dine", "eddin", "uddin", "addin", "aldin", "eldin", "eddine", "allah", "ullah",
                    "ollah",                     "ulla", "الله", "الدین"})  # fmt: skip
_LINKS = frozenset({"bin", "ibn", "ben", "bint", "ould", "van", "von", "der", "den", "de", "la", "da", "dos", "do",
                    "del",                     "di", "du", "le", "بن", "ابن", "بنت"})  # fmt: skip
_FORMS: Mapping[str, str] = {
    form: name
    for name, several in {
        "muhammad": (
            "md", "mohd", "muhd", "mhd", "mohmd", "mahomed", "mahomet", "maxamed", "mahamed", "mahamad", "mahamat",
            "magomed",
        ),
        "abubakr": ("boubacar", "boubakar", "bubakar", "boubacarr", "boubker", "bubacarr"),
        "sheikh": ("sheik", "seih", "sejh", "sheih", "cheik"),
        "yusuf": ("yusup", "yusub", "iusup"),
    }.items()
    for form in several
}  # fmt: skip
"""Abbreviations, and forms of a name that are heard otherwise where people of another language have made it theirs."""
_NOT_ALONE = frozenset[str]().union(ARTICLES, _ASSIMILATED, _SERVANT, _FATHER, _FAITH, _LINKS, _FORMS)
"""Of most names no word is one of these: then each says something, and stands for itself."""


@lru_cache(maxsize=8192)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another, in small letters.

    What belongs together is one word, however it is parted: Abdul Rahman, Abd al-Rahman and Abdulrahman; Nur ad-Din.
    Articles go, and so do links such as bin or van where two words are left without them.
    """
    written = words_as_written(name)
    parts = list(map(_folded, written))
    if _NOT_ALONE.isdisjoint(parts):
        return tuple(written)
    words: list[str] = []
    before = ""
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else ""
        if following and (part in ARTICLES or (part in _ASSIMILATED and (before or following[:1] == part[-1:]))):
            continue
        if following and (part in _SERVANT or part in _FATHER) and not before:
            before = written[place]
            continue
        if part in _FAITH and words and not before:
            words[-1] += written[place]
            continue
        words.append(before + _FORMS.get(part, written[place]))
        before = ""
    telling = [word for word in words if _folded(word) not in _LINKS]
    return tuple(telling if len(telling) > 1 else words)


_folded = lru_cache(maxsize=8192)(fold)
"""Names are many, and made of few words."""


def plainly_heard(word: str) -> str | None:
    """What each code of a word has of M, N, P and R, which are heard so whatever stands beside them; None if unsure.

    Two words in which it differs have no code in common. Most words that are compared have none, and their codes take
    four times as long.
    """
    latin, _ = _latin(word)
    if "p" in latin or "gg" in latin or not latin.isascii():
        if _UNSURE.search(latin):
            return None
        latin = latin.replace("ph", "")
    heard = latin.translate(_PLAIN)
    return _TWICE.sub(r"\1", heard) if _TWICE.search(heard) else heard


@lru_cache(maxsize=65536)
def sounds(word: str) -> tuple[Sound, ...]:
    """The ways to read a word of a name; the likeliest first. A word with a digit in it has none."""
    if not word.isalpha() and any(map(str.isdecimal, word)):
        return ()
    found: dict[str, Sound] = {}
    latin, writes_vowels = _latin(word)
    for spelling in _spellings(latin, writes_vowels=writes_vowels):
        sound = _read(spelling, writes_vowels=writes_vowels)
        found.setdefault(sound.code, sound)
    found.pop("", None)
    return tuple(found.values())[:_VARIANTS]


def codes(word: str) -> tuple[str, ...]:
    """The codes of the ways to read a word."""
    return tuple(sound.code for sound in sounds(word))


@lru_cache(maxsize=65536)
def _latin(word: str) -> tuple[str, bool]:
    """A word in Latin letters, and whether its script writes vowels."""
    if word.isascii():
        return word.lower(), True
    word = unicodedata.normalize("NFC", word.casefold())
    first = next((letter for letter in word if letter > "\u036f"), "")
    for begin, end, letters, pattern in _SCRIPTS:
        if begin <= first <= end:
            if letters is _ARABIC:
                return pattern.sub(partial(_of, letters), _without_article(fold(word))), False
            plain = word if letters is _CYRILLIC else _unmarked(word)
            return pattern.sub(partial(_of, letters), plain), True
    if "\u1200" <= first <= "\u137f":
        return "".join(map(_ethiopic, word)), True
    return _unmarked(word.translate(_DIACRITICS)), True


def _of(letters: Mapping[str, str], found: re.Match[str]) -> str:
    return letters[found[0]]


def _unmarked(word: str) -> str:
    """Without marks, but for the letters that are read otherwise with them."""
    return "".join(map(_unmarked_letter, word))


@lru_cache(maxsize=1024)
def _unmarked_letter(letter: str) -> str:
    if letter in "čšđŧ":
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


@lru_cache(maxsize=512)
def _ethiopic(letter: str) -> str:
    name = unicodedata.name(letter, "").removeprefix("ETHIOPIC SYLLABLE ")
    for vowel, said in _ETHIOPIC_VOWELS.items():
        if name.endswith(vowel) and name.removesuffix(vowel) in _ETHIOPIC:
            consonant = _ETHIOPIC[name.removesuffix(vowel)]
            return consonant + (said or ("" if consonant else "i"))
    return ""


def _without_article(word: str) -> str:
    """An Arabic word without the article, also after `abd`; `din` and `allah` as they are heard behind another word."""
    word = re.sub(r"(?<=..)الدین$", "دین", word)
    word = re.sub(r"(?<=..)الله$", "له", word)
    word = re.sub(r"^(ابو|عبد)ال(?=..)", r"\1", word)
    return word[2:] if word.startswith("ال") and len(word) > 5 else word


_FIRST: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"dzh|dsch|dš|xh|gj", "ǰ"),
        (r"dj", "đ"),
        (r"^jgh", "zhgh"),  # Jghenti
        (r"(?<=[ei])c$", "č"),  # Dordevic
        (r"(?<=[aeiou])l(?=d(?:i|ee)ne?$)", ""),  # Nur al-Din
        (r"^(abd[aeiou]*)l(?!ah)", r"\1"),  # Abdulrahman, Abdurrahman
    )
]
_LINKING = re.compile(
    r"(?<=^abd)[aeiou]+(?=..)"  # Abdelrahman, Abdallah
    r"|(?<=...)[aou]+(?=ll+ah?$)"  # Nasrallah, Nasrollah
    r"|(?<=...)(?<!c)[aeiou]+(?=[dt]+(?:i|ee)ne?$)"  # Nureddin, Nuraddin
)
"""Vowels that link two words of one name, which every hand writes otherwise."""
_LINKED_ENDS = ("din", "deen", "dine", "deene", "tin", "teen", "tine", "teene", "lla", "llah")
_READ_TWICE: Sequence[tuple[re.Pattern[str], tuple[str, ...]]] = [
    (re.compile(pattern), readings)
    for pattern, readings in (
        (r"ň", ("nt", "d")),  # Konstantinou, as passports have it
        (r"ṁ", ("mp", "b")),
        (r"ṅ|gg", ("ng", "g")),  # Angelos, Aggelos
        (r"ẓ", ("ǰ", "š")),  # Tzimas
        (r"ŵ", ("v", "f")),  # Evangelos, Eleftheria
        (r"ẑ", ("š", "ǰ")),  # Zhaleh, Jaleh
        (r"^[hĥ](?=ov)", ("h", "")),  # Hovhannes, Ovanes
        (r"dz", ("dz", "ǰ")),  # Hodza, Dzemal, where keys have no marks
        (r"(?<=.)iq$", ("ič", "iq")),  # Albanian: Hoxhiq is Hodžić
        (r"^[ae]l(?=[^aeiouy]).{3}", ("*", "*2")),  # Alhassan may be al-Hassan
        (r"^[jy](?=e)", ("g", "")),  # Yelena, Jelena, Elena
        (r"^c(?=a[bls]|u[mts]|is)", ("k", "")),  # Somali: Cabdi is Abdi
        (r"đ", ("ǰ", "d")),  # Đorđe, who becomes Dorde where keys have no marks
        (r"(?<=.)j(?=.)", ("ǰ", "i")),  # Khadija, Marija
        (r"(?<=[aeiou])j$", ("i", "ǰ")),  # Nikolaj, Siraj
        (r"tch", ("č", "tč")),  # Tchaikovsky, Mkrtchyan
        (r"ch(?=[rl])", ("kh", "k")),  # Christos
        (r"ch", ("kh", "č")),  # Chaled, Chavez
        (r"x", ("ks", "h")),  # Alexander, Somali Xasan
        (r"c(?=[^eiyhk]|$)", ("k", "č")),  # Carlos; Cvetkov without its marks
        (r"[td]h|ŧ", ("t", "s")),  # Othman, Osman; Fadhil, Fazil
        (r"z", ("s", "t")),  # Ramazan, Ramadan
        (r"ğ", ("g", "h")),  # Магомед, Гусейн
        (r"c(?=[ei])", ("c", "ǰ")),  # Turkish: Recep, Cemal
    )
]
_HEARD: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^([ei])sh(?=a[kqg])", r"\1sĥ"),  # Ishaq is Is-haq
        (r"tsch|tch|sch|šč", "č"),
        (r"kh", "ẋ"),
        (r"sh|zh|ts|tz|cz|dz", "š"),
        (r"gh|ck|qu", "g"),
        (r"ph", "f"),
        (r"c(?=[eiy])", "č"),
        (r"v[hĥ]", "v"),  # Hovhannes is Hovannes
        (r"^(?:ou|u)(?=[aeiy])", "f"),  # Ouahid is Wahid
        (r"^[yi](?=[aeouw])|^y|^j", "g"),
        (r"^[vw]", "f"),
        (r"[hĥ]+$", ""),
        (r"(?<=.)v", ""),
        (r"(?<=.)j", "i"),
    )
]
_HEARD_AT_THE_ENDS = [each for each in _HEARD if each[0].pattern[:1] == "^" or each[0].pattern[-1:] == "$"]
"""Where no vowels are written, letters that stand side by side are none the less apart."""


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """One that is found where one of several is: most words ask for none of them."""
    written = [pattern.pattern for pattern in patterns]
    letters = "".join(each for each in written if len(each) == 1)  # found at once where they stand together
    several = [f"(?:{each})" for each in written if len(each) > 1]
    return re.compile("|".join([f"[{letters}]", *several] if letters else several))


_ANY_FIRST, _ANY_READ_TWICE, _ANY_HEARD = (
    _any_of(pattern for pattern, _ in rules) for rules in (_FIRST, _READ_TWICE, _HEARD)
)


class _Plain(dict[int, str]):
    """The letters that are heard so whatever stands beside them; of others nothing, noted when each is first met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, "")


_PLAIN = _Plain(str.maketrans({"b": "b", "p": "b", "m": "m", "n": "n", "r": "r"}))
_UNSURE = re.compile(r"[ňṁṅ]|gg|p[xğ]")
_TWICE = re.compile(r"(.)\1+")
_CLASSES: Mapping[str, str] = {
    **dict.fromkeys("kgqcǰ", "G"), **dict.fromkeys("td", "T"), **dict.fromkeys("szčš", "S"), **dict.fromkeys("bp", "P"),
    "f": "F", "h": "H", "ĥ": "H", "ẋ": "H", "l": "L", "m": "M", "n": "N", "r": "R",
}  # fmt: skip
_VOWELS: Mapping[str, str] = {"a": "a", "e": "e", "i": "i", "o": "o", "u": "u", "y": "i", "w": "u"}


def _spellings(latin: str, *, writes_vowels: bool) -> list[str]:
    """A Latin spelling, and others where letters are read in two ways: each kind of them one way throughout."""
    if writes_vowels and _ANY_FIRST.search(latin):
        for pattern, plain in _FIRST:
            latin = pattern.sub(plain, latin)
    if writes_vowels and (latin.startswith("abd") or latin.endswith(_LINKED_ENDS)):
        latin = _LINKING.sub("u", latin)
    found = [latin]
    if not _ANY_READ_TWICE.search(latin):
        return found
    for pattern, readings in _READ_TWICE:
        if not pattern.search(latin):
            continue
        if readings[0] == "*":
            found += [spelling[2:] for spelling in found]
        else:
            found = [pattern.sub(reading, spelling) for reading, spelling in product(readings, found)]
        if len(found) >= _VARIANTS:
            break
    return found


def _read(spelling: str, *, writes_vowels: bool) -> Sound:
    if _ANY_HEARD.search(spelling):
        for pattern, heard in _HEARD if writes_vowels else _HEARD_AT_THE_ENDS:
            spelling = pattern.sub(heard, spelling)
    code: list[str] = []
    vowels: list[str] = []
    last = ""
    for letter in spelling:
        if consonant := _CLASSES.get(letter):
            if consonant != last or not writes_vowels:
                code.append(consonant)
                vowels.append("")
            last = consonant
        elif letter in _VOWELS:
            if not code:
                code.append("A")
                vowels.append("")
            vowels[-1] += _VOWELS[letter]
            last = ""
    written = tuple(vowels)
    return Sound("".join(code), written if writes_vowels else None, written)


_APART: Mapping[str, float] = {
    "ae": 0.1, "ei": 0.1, "ou": 0.1, "eu": 0.3, "ao": 0.6, "ai": 0.7, "eo": 0.6, "iu": 0.7, "io": 0.8, "au": 1.0,
}  # fmt: skip
"""How far two vowels are apart, as hands of several languages write one."""
_LONG: Mapping[str, str] = {"oo": "u", "ou": "u", "ee": "i", "ie": "i"}
_UNHEARD = 0.25
_UNHEARD_END = 0.2
"""And more at the end, where it tells Kamil from Kamila."""


@lru_cache(maxsize=4096)
def _vowels_apart(one: str, other: str) -> float:
    if not one or not other:
        return 0.0 if one == other else _UNHEARD
    one, other = (_LONG.get(vowels, vowels) for vowels in (one, other))
    return min(0.0 if a == b else _APART["".join(sorted(a + b))] for a in one for b in other)


def apart(one: Sound, other: Sound) -> float:
    """How far the vowels of two words of one code are apart: 0 for the same, 1 for Hassan and Hussein."""
    if one.vowels is None or other.vowels is None:
        return 0.0
    ends = _UNHEARD_END if bool(one.vowels[-1]) is not bool(other.vowels[-1]) else 0.0
    return ends + sum(map(_vowels_apart, one.vowels, other.vowels))


_NEAR = 0.3
"""So far apart are vowels of which one is written for the other at the most: Abdel and Abdul."""
_GLIDES = re.compile("[ae]+i|ae|ee|ie")
"""What is written for a long i, or for what glides to one: Husain, Saeed."""


def of_other_vowels(one: Sound, other: Sound) -> bool:
    """Whether two words of one code are two names by their vowels: Salim and Salam, Karim and Karima, حسن and حسین.

    Vowels at the beginning are written in too many ways to tell anything, and so are those that only one writes.
    """
    inner = [*zip(one.written, other.written, strict=True)][one.code.startswith("A") : -1]
    if one.vowels is None and other.vowels is None:
        return any(_long(a) != _long(b) for a, b in inner)
    if one.vowels is None or other.vowels is None:
        pairs = inner if other.vowels is None else [(b, a) for a, b in inner]
        return any(map(_is_not_so_long, *zip(*pairs, strict=True))) if pairs else False
    return _ends_otherwise(one, other) or any(a and b and _is_other_vowel(a, b) for a, b in inner)


def _is_not_so_long(heard: str, long: str) -> bool:
    """Whether vowels are none of those that a script means which writes the long ones alone."""
    if _long(long)[0]:
        return bool(heard) and not ("i" in heard or "e" in heard)
    return not long and bool(_GLIDES.search(heard))


def _long(written: str) -> tuple[bool, bool]:
    """Whether a long i and a long u are written; a hamza before one is none."""
    return "i" in written.replace("iu", "u"), "u" in written


def _is_other_vowel(one: str, other: str) -> bool:
    for glides, plain in ((one, other), (other, one)):
        if _GLIDES.search(glides) and not ("i" in plain or "e" in plain):
            return True
    return _vowels_apart(one, other) > _NEAR


def _ends_otherwise(one: Sound, other: Sound) -> bool:
    a, b = one.written[-1], other.written[-1]
    if a and b:
        return _vowels_apart(a, b) > _NEAR
    return bool(a or b) and not (a + b == "e" and one.code[-1] == "N")  # French: Slimane, Noureddine
