"""Countries and languages by any of their names: codes, names in several languages, and words for their people."""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from models.exchange.peoples import peoples
from models.rules.codes import COUNTRIES, STATELESS
from models.rules.unknown import UNKNOWN, is_unknown, key

_LOCALES = ("en", "sq", "sr_Latn", "sr", "da", "de", "fr", "es", "it", "tr", "nl", "pl", "ar", "fa")

_BETWEEN = re.compile(r"[/;|+&,(\n]|\b(?:or|and|ose|dhe|ili|eller|og)\b", re.IGNORECASE)
"""What stands between the names of two countries, and within the names of some."""

_BRACKET = re.compile(r"\(([^)]*)\)")
_UNCLEAR = frozenset({
    "congo", "kongo", "congolese", "congolais", "congolaise", "kongolez", "korea", "koreja", "korean", "koreansk",
    "korejski", "korejsko", "korejska", "korejac", "koreanez", "sveti martin", "saint martin", "st martin",
    "sudan and south sudan", "new guinea", "nova gvineja", "dominican", "dominikanac", "dominikanski", "samoan",
    "virgin islands", "micronesian", "republic of china", "yugoslavia", "yugoslav", "yugoslavian", "jugoslavija",
    "jugosllavi", "jugoslavien", "sfrj", "sfry", "fry", "ussr", "soviet", "soviet union", "cccp", "sssr",
    "sovjetunionen",
    "czechoslovakia", "czechoslovak", "serbia and montenegro", "srbija i crna gora", "scg", "netherlands antilles",
    "timor", "india pakistan", "west indies", "irish british", "niger nigeria", "guyana guinea", "antilles",
})  # fmt: skip
"""Names that more than one country has, or had; as an answer they would be a guess."""

_VARIANTS = {
    "AE": ("uae", "u.a.e.", "emirates"),
    "AF": ("avganistan",),
    "BA": ("bosnia", "bosna", "bih", "bosna i hercegovina", "bosnja", "bosnja dhe hercegovina"),
    "BO": ("bolivia",),
    "BR": ("brasileño", "brasileña"),
    "BY": ("belorussian", "belorussia", "byelorussia"),
    "CD": ("drc", "dr congo", "d.r. congo", "d.r.c.", "congo kinshasa", "democratic republic of the congo",
           "democratic republic of congo", "dem rep congo", "zaire", "congo democratic republic"),
    "CF": ("car", "central african rep"),
    "CG": ("congo brazzaville", "republic of the congo", "republic of congo", "congo republic"),
    "CI": ("ivory coast", "cote d'ivoire"),
    "CN": ("prc", "people's republic of china"),
    "CZ": ("czech republic", "czech rep"),
    "CO": ("colombiano", "colombiana"),
    "CU": ("cubano", "cubana"),
    "DE": ("d", "federal republic of germany", "brd"),
    "DO": ("dominican rep", "dominican republic"),
    "DZ": ("algier", "algjeri"),
    "EC": ("ecuatoriano", "ecuatoriana"),
    "GB": ("uk", "u.k.", "great britain", "britain", "england", "scotland", "wales", "northern ireland", "english",
           "scottish", "welsh", "gbd", "gbn", "gbo", "gbp", "gbs", "velika britanija", "britania e madhe",
           "storbritannien"),
    "GE": ("gruzija",),
    "GM": ("the gambia",),
    "GT": ("guatemalteco", "guatemalteca"),
    "HN": ("hondureño", "hondureña"),
    "HT": ("haitiano", "haitiana"),
    "IR": ("islamic republic of iran",),
    "KP": ("dprk", "korea e veriut", "democratic people's republic of korea", "north korea"),
    "KR": ("republic of korea", "rok", "korea e jugut", "south korea"),
    "LA": ("lao pdr", "lao people's democratic republic"),
    "LY": ("libyan arab jamahiriya", "lybia"),
    "MD": ("republic of moldova",),
    "ME": ("mali i zi", "i malit të zi"),
    "MF": ("saint martin french part", "st martin french part"),
    "MK": ("macedonia", "fyrom", "the former yugoslav republic of macedonia", "makedonija", "maqedonia", "n. macedonia",
           "north macedonia"),
    "MM": ("burma",),
    "MX": ("mexicano", "mexicana"),
    "NI": ("nicaragüense",),
    "NL": ("the netherlands",),
    "PE": ("peruano", "peruana"),
    "PH": ("phillipines", "philipines"),
    "PS": ("occupied palestinian territory", "occupied palestinian territories", "gaza strip", "gaza",
           "west bank", "palestine", "state of palestine", "palestinë", "palestina", "palæstina"),
    "RS": ("srpsko",),
    "RU": ("russian federation", "russian fed"),
    "SV": ("salvadoreño", "salvadoreña"),
    "SY": ("syrian arab republic",),
    "SZ": ("swaziland",),
    "TL": ("east timor",),
    "TR": ("turkey", "turkiye"),
    "TZ": ("united republic of tanzania",),
    "US": ("usa", "u.s.", "u.s.a.", "united states of america", "sad", "shba", "shtetet e bashkuara"),
    "VA": ("holy see",),
    "VE": ("bolivarian republic of venezuela", "venezolano", "venezolana"),
    "VN": ("viet nam",),
    "XK": ("rks", "xkx", "kosove", "republic of kosovo", "republika e kosoves"),
    STATELESS: ("xxa", "stateless", "stateless person", "no nationality", "without nationality", "bidoon", "bidun",
                "pa shtetesi", "apatrid", "apatride", "bez drzavljanstva",
                "statsløs", "statslos", "staatenlos", "sans nationalité", "apátrida"),
}  # fmt: skip
"""What the CLDR does not say of the names of countries."""

_ALSO_WORDS = frozenset({"no", "na", "ne", "jo"})
"""Codes of countries that are words for no: a code only where it is written in capitals."""


@lru_cache(maxsize=16_384)
def read_country(text: str, *, codes: bool = False) -> str | None:
    """The code of a country from any of its names, or from a word for its people.

    Args:
        text: What stands in the cell.
        codes: Whether the column has codes of two letters (`has_codes`), so that `NA` is Namibia.

    Returns:
        ISO 3166 alpha-2 (XK for Kosovo), `XXA` for stateless, None where the text is no country that is known, or could
        be several.
    """
    if (code := _of_flag(text)) is not None:
        return code if code in COUNTRIES else None
    found = key(text)
    if "?" in text:
        return None
    if found in _unclear() or (found in UNKNOWN and not (codes and found == "na")):
        return None
    if found in _ALSO_WORDS and not (codes or text.strip().isupper()):
        return None
    known = _countries()
    if found in known:
        return known[found]
    bracket = _BRACKET.search(text)
    bare, within = ("", "") if bracket is None else (key(_BRACKET.sub(" ", text)), key(bracket[1]))
    if (turned := known.get(f"{within.removeprefix('the ')} {bare}")) is not None:
        return turned  # Sudan (South), Congo (the Democratic Republic of the)
    if bare in _unclear() or _names_several(text):
        return None
    return _bracketed(bare, within) if bare in known else _guessed(text)


def _of_flag(text: str) -> str | None:
    """The two letters that a flag is written with; None where the text is no more and no less than one."""
    places = [ord(sign) - 0x1F1E6 for sign in text.strip()]
    is_flag = len(places) == 2 and all(0 <= place < 26 for place in places)
    return "".join(chr(ord("A") + place) for place in places) if is_flag else None


def _bracketed(bare: str, said: str) -> str | None:
    """The country of a name with more in brackets: `Iran (Islamic Republic of)`, `Syria (Damascus)`.

    What stands there may tell one country from others whose names have the same words: of `Guinea (Eq.)` nobody
    is sure.
    """
    known = _countries()
    code, words = known[bare], {*bare.split()}
    if all(word in _GENERAL or _is_word(word, code) for word in said.split()) or known.get(said) == code:
        return code
    is_shared = any(other != code and words < {*name.split()} for name, other in known.items())
    return None if is_shared else code


def read_document_code(code: str) -> str | None:
    """The country of a code of travel documents (ICAO Doc 9303, Part 3, 5), such as AFG, D, GBD or RKS.

    Quick, since no names are looked through. None where it is of no one country: a code of an organisation, of a
    refugee, of a country that is no more.
    """
    from babel.core import get_global

    found = next((country for country, names in _VARIANTS.items() if code.lower() in names), None)
    heirs = get_global("territory_aliases").get(code, ())
    if found is None and len(code) == 3 and len(heirs) == 1 and heirs[0] in COUNTRIES:
        return str(heirs[0])
    return found


def _names_several(text: str) -> bool:
    """Whether a text names two countries: `Sudan/South Sudan`, `Afghan or Iranian`."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) < 2:
        return False
    found = {read_country(part) for part in parts} - {None}
    return len(found) > 1


def has_codes(texts: Iterable[str]) -> bool:
    """Whether a column of countries has codes of two letters, beside what is not known of it."""
    codes = {text.strip() for text in texts if not is_unknown(text)}
    return bool(codes) and all(len(code) == 2 and code.isalpha() and code.isascii() for code in codes)


@cache
def _unclear() -> frozenset[str]:
    return frozenset(map(key, _UNCLEAR))


_GENERAL = frozenset(
    key(word)
    for word in (
        "the", "of", "and", "republic", "rep", "islamic", "state", "states", "kingdom", "people's", "peoples",
        "democratic", "dem", "federal", "federative", "federation", "plurinational", "bolivarian", "socialist",
        "united",
        "arab", "former", "principality", "sultanate", "commonwealth", "union", "emirates", "independent", "hashemite",
        "cooperative", "co-operative", "grand", "duchy", "citizen", "national", "nationality",
    )
)  # fmt: skip


def _guessed(text: str) -> str | None:
    """The country that countryguess finds, if each word of the text is a word of that country's names.

    It looks for a country anywhere in a text: `Ahmad Jordan` would be Jordan, `Germany or Austria` would be Austria.
    """
    words = [word for word in key(text).split() if word not in _GENERAL]
    if not words or len(text) > 100 or any(map(str.isdecimal, text)):
        return None
    code = _guesser()(text.replace("(", " ").replace(")", " "), "iso2", default=None)
    if code is None or code not in _words_of():
        return None
    return code if all(_is_word(word, code) for word in words) else None


@cache
def _guesser() -> Callable[..., str | None]:
    """What guesses countries, with its data read: it leaves the file of them open."""
    from countryguess import guess_country

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        guess_country("Peru")
    guesses: Callable[..., str | None] = guess_country
    return guesses


@cache
def _words_of() -> dict[str, frozenset[str]]:
    """The words of the names of each country, and of those for its people."""
    found: dict[str, set[str]] = {}
    for name, code in _countries().items():
        if len(name) > 3:
            found.setdefault(code, set()).update(name.split())
    return {code: frozenset(words) for code, words in found.items()}


@cache
def _names_of() -> dict[str, frozenset[str]]:
    """The long words of the names of each country, of which one with a single letter wrong is still the same."""
    found: dict[str, set[str]] = {}
    for code, name in _cldr("territories"):
        found.setdefault(code, set()).update(word for word in key(name).split() if len(word) > 5)
    return {code: frozenset(words) for code, words in found.items()}


def _is_word(word: str, code: str) -> bool:
    """Whether a word is one of a country's, or one of its names with a single letter wrong: `Afganistan`."""
    from rapidfuzz.distance import OSA

    return word in _words_of()[code] or (
        len(word) > 5 and any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in _names_of().get(code, ()))
    )


@cache
def _countries() -> dict[str, str]:
    from babel.core import get_global

    found = {key(name): code for code, names in _VARIANTS.items() for name in names}
    for code, name in _cldr("territories"):
        if code in COUNTRIES:
            found.setdefault(key(code), code)
            found.setdefault(key(name), code)
            found.setdefault(key(name.split("(")[0]), code)
    for alias, codes in get_global("territory_aliases").items():
        # A country that fell apart has several heirs: nobody can tell which is meant.
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and key(codes[0]) in found:
            found.setdefault(key(alias), codes[0])
    for code, name in _cldr("territories", ("sq",)):
        found.setdefault(_definite(key(name)), found.get(key(name), code))
    for code, word in peoples():
        found.setdefault(key(word), code)
    return {name: code for name, code in found.items() if name not in _unclear()}


def _definite(name: str) -> str:
    """An Albanian name of a country as it stands in a sentence: Shqipëria beside Shqipëri, Iraku beside Irak."""
    if name.endswith("e"):
        return name[:-1] + "a"
    return name + ("a" if name.endswith("i") else "u" if name.endswith(("k", "g", "h")) else "i")


def _cldr(kind: str, locales: tuple[str, ...] = _LOCALES) -> Iterator[tuple[str, str]]:
    from babel import Locale

    for locale in locales:
        names = Locale.parse(locale).territories if kind == "territories" else Locale.parse(locale).languages
        yield from names.items()


_LANGUAGES = {
    "prs": ("dari", "dari persian", "afghan persian", "fa af"),
    "fa": ("farsi", "persian"),
    "ps": ("pashto", "pashtu", "pushto"),
    "ku": ("kurdish", "kurdisk"),
    "ckb": ("sorani",),
    "kmr": ("kurmanji", "kurmanci"),
    "zh": ("mandarin", "chinese"),
    "ht": ("creole", "haitian", "kreyol"),
    "sr": ("srpski", "serbisk"),
    "sq": ("shqip", "albansk"),
}


def read_language(text: str) -> str:
    """The ISO 639 code of a language from any of its names; the text itself where it is none that is known."""
    return _languages().get(key(text), text.strip())


@cache
def _languages() -> dict[str, str]:
    found = {key(name): code for code, names in _LANGUAGES.items() for name in names}
    for code, name in _cldr("languages"):
        if code.isalpha():
            found.setdefault(key(name), code)
    return found
