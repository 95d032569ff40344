"""Countries and languages by any of their names: codes, names in several languages, and words for their people."""

from collections.abc import Iterator
from functools import cache

from models.exchange.values import key

STATELESS = "XXA"
_LOCALES = ("en", "sq", "sr_Latn", "sr", "da", "de", "fr", "es", "it", "tr", "nl", "pl", "ar", "fa")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})

_UNCLEAR = frozenset({"congo", "kongo", "korea", "koreja", "sveti martin", "saint martin", "sudan and south sudan"})
"""Names that more than one country has; as an answer they would be a guess."""

_VARIANTS = {
    "AF": ("afghan", "afgani", "afgan", "afghaner", "afganac", "avganistanac", "avganistan"),
    "AL": ("albanian", "shqiptar", "shqiptare", "albaner"),
    "AM": ("armenian",),
    "AO": ("angolan",),
    "AZ": ("azerbaijani",),
    "BA": ("bosnian", "bosnia", "bosna", "bih", "bosna i hercegovina"),
    "BD": ("bangladeshi",),
    "BG": ("bulgarian",),
    "BO": ("bolivia", "bolivian"),
    "BR": ("brazilian",),
    "CD": ("drc", "dr congo", "congo kinshasa", "democratic republic of the congo", "zaire"),
    "CG": ("congo brazzaville", "republic of the congo"),
    "CI": ("ivory coast", "ivorian"),
    "CM": ("cameroonian",),
    "CN": ("chinese", "prc", "people's republic of china", "kineser"),
    "CO": ("colombian",),
    "CU": ("cuban",),
    "CZ": ("czech republic", "czech"),
    "DE": ("d", "german", "gjerman", "tysker"),
    "DK": ("danish", "dansk", "danez"),
    "DO": ("dominican",),
    "DZ": ("algerian", "algier", "algjeri"),
    "EC": ("ecuadorian", "ecuadorean"),
    "EG": ("egyptian",),
    "ER": ("eritrean",),
    "ET": ("ethiopian",),
    "FR": ("french",),
    "GB": ("uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland", "british", "gbd",
           "gbn", "gbo", "gbp", "gbs", "velika britanija", "britania e madhe", "storbritannien"),
    "GE": ("georgian", "gruzija"),
    "GH": ("ghanaian",),
    "GM": ("the gambia", "gambian"),
    "GR": ("greek",),
    "GT": ("guatemalan",),
    "HN": ("honduran",),
    "HR": ("croatian",),
    "HT": ("haitian",),
    "HU": ("hungarian",),
    "IN": ("indian",),
    "IQ": ("iraqi", "iraker"),
    "IR": ("iranian", "islamic republic of iran", "iraner"),
    "IS": ("icelandic",),
    "IT": ("italian",),
    "JM": ("jamaican",),
    "JO": ("jordanian",),
    "KE": ("kenyan",),
    "KP": ("dprk", "democratic people's republic of korea"),
    "KR": ("south korean", "republic of korea"),
    "KW": ("kuwaiti",),
    "LA": ("lao", "laotian", "lao pdr", "lao people's democratic republic"),
    "LB": ("lebanese",),
    "LT": ("lithuanian",),
    "LY": ("libyan", "libyan arab jamahiriya"),
    "MA": ("moroccan",),
    "MD": ("republic of moldova", "moldovan"),
    "ME": ("montenegrin",),
    "MK": ("macedonia", "fyrom", "the former yugoslav republic of macedonia", "macedonian", "makedonija", "maqedonia"),
    "ML": ("malian",),
    "MM": ("burma", "burmese"),
    "MR": ("mauritanian",),
    "MX": ("mexican",),
    "NG": ("nigerian",),
    "NI": ("nicaraguan",),
    "NP": ("nepalese", "nepali"),
    "PE": ("peruvian",),
    "PH": ("filipino", "filipina"),
    "PK": ("pakistani",),
    "PL": ("polish", "polak", "polsk"),
    "PS": ("palestine", "palestinian", "state of palestine", "gaza", "west bank"),
    "RO": ("romanian", "rumun", "rumaener"),
    "RS": ("serbian", "srbin", "srpsko", "serb"),
    "RU": ("russian", "russian federation"),
    "SD": ("sudanese",),
    "SL": ("sierra leonean",),
    "SN": ("senegalese",),
    "SO": ("somali", "somalian", "somalier"),
    "SS": ("south sudanese",),
    "SV": ("salvadoran", "salvadorean"),
    "SY": ("syrian", "syrian arab republic", "syrer"),
    "TJ": ("tajik",),
    "TN": ("tunisian",),
    "TR": ("turkish", "turkiye", "turk", "tyrk"),
    "TZ": ("united republic of tanzania", "tanzanian"),
    "UA": ("ukrainian",),
    "UG": ("ugandan",),
    "US": ("usa", "u.s.", "u.s.a.", "american", "united states of america", "sad", "shba", "shtetet e bashkuara"),
    "UZ": ("uzbek",),
    "VE": ("venezuelan", "bolivarian republic of venezuela"),
    "VN": ("viet nam", "vietnamese"),
    "XK": ("rks", "xkx", "kosovar", "kosovan", "kosove", "republic of kosovo", "republika e kosoves"),
    "YE": ("yemeni",),
    STATELESS: ("xxa", "stateless", "stateless person", "pa shtetesi", "apatrid", "apatride", "bez drzavljanstva",
                "statslos", "staatenlos"),
}  # fmt: skip
"""What the CLDR does not say. `Congolese` and `Korean` are left out: they name people of two countries."""


def read_country(text: str) -> str | None:
    """The code of a country from any of its names.

    Returns:
        ISO 3166 alpha-2 (XK for Kosovo), `XXA` for stateless, None where the text is no country that is known.
    """
    return _countries().get(key(text))


@cache
def _countries() -> dict[str, str]:
    from babel.core import get_global

    found = {key(name): code for code, names in _VARIANTS.items() for name in names}
    for code, name in _cldr("territories"):
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
            found.setdefault(key(code), code)
            found.setdefault(key(name), code)
            found.setdefault(key(name.split("(")[0]), code)
    for alias, codes in get_global("territory_aliases").items():
        # A country that fell apart has several heirs: nobody can tell which is meant.
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and len(codes[0]) == 2:
            found.setdefault(key(alias), codes[0])
    for code, name in _cldr("territories", ("sq",)):
        found.setdefault(_definite(key(name)), found.get(key(name), code))
    return {name: code for name, code in found.items() if name not in _UNCLEAR}


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
