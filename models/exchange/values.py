"""Words of lists and registers in the languages in which they arrive: folding, and what stands for yes, no, unknown."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from models.rules.unknown import UNKNOWN
from models.rules.unknown import is_nameless as is_nameless
from models.rules.unknown import is_unknown as is_unknown
from models.rules.unknown import key as key
from models.rules.vocabulary import Answer, DepartureKind, Destination, Sex

Meaning = TypeVar("Meaning", bound=StrEnum)


def keyed(words: Mapping[Meaning, Iterable[str]]) -> dict[str, Meaning]:
    """Turn a dictionary of meanings and their words around: the key of each word, and its meaning."""
    return {key(word): meaning for meaning, several in words.items() for word in (meaning, *several)}


_NOT_YET = frozenset(key(word) for word in ("none", "n/a", "na", "nil", "null", "open", "asnjë", "nema", "ingen"))


def is_not_yet(text: str) -> bool:
    """Whether a cell for a departure says that there was none. `UNK` does not: it says that the day is not known."""
    found = key(text)
    return not found or found in _NOT_YET


_SEXES = keyed(
    {
        Sex.FEMALE: (
            "female", "woman", "girl", "femër", "femre", "grua", "vajzë", "ž", "žensko", "ženski", "žena", "ж",
            "женско", "женски", "жена", "kvinde", "k", "pige", "w", "weiblich", "féminin", "femenino", "mujer",
        ),
        Sex.MALE: (
            "male", "man", "boy", "mashkull", "burrë", "djalë", "muško", "muški", "muškarac", "мушко", "мушки", "м",
            "mand", "dreng", "männlich", "masculin", "masculino", "hombre",
        ),
        Sex.OTHER: ("other", "tjetër", "drugo", "друго", "andet", "unspecified", "divers"),
    }
)  # fmt: skip


def read_sex(text: str) -> Sex | None:
    """The sex that a word states, or None where it states none."""
    return _SEXES.get(key(text))


_ANSWERS = keyed(
    {
        Answer.YES: ("y", "yes", "true", "1", "po", "da", "да", "ja", "oui", "sí", "x"),
        Answer.NO: ("n", "no", "false", "0", "jo", "ne", "не", "nej", "nein", "non"),
    }
)


def read_answer(text: str) -> Answer | None:
    """Yes or no, `unknown` where the cell is empty, None where it says something else."""
    if not text:
        return Answer.UNKNOWN
    return _ANSWERS.get(key(text))


_KINDS = keyed(
    {
        DepartureKind.VOLUNTARY_RETURN: (
            "return", "voluntary return", "assisted voluntary return", "avr", "avrr", "kthim", "kthim vullnetar",
            "povratak", "dobrovoljni povratak", "dobrovoljan povratak", "frivillig hjemrejse",
            "frivillig tilbagevenden",
        ),
        DepartureKind.REMOVAL: (
            "removed", "deportation", "deported", "forced return", "expulsion", "expelled", "largim me forcë", "dëbim",
            "deportim", "udaljenje", "prinudno udaljenje", "prinudni povratak", "proterivanje", "deportacija",
            "udvisning", "udsendelse", "udsendt", "udvist",
        ),
        DepartureKind.ONWARD_RESETTLEMENT: (
            "resettlement", "resettled", "onward travel", "risistemim", "rivendosje", "zhvendosje", "preseljenje",
            "genbosætning",
        ),
        DepartureKind.BACK_TO_PARTNER: (
            "returned to partner", "return to partner", "back to partner", "kthim te partneri", "kthyer te partneri",
            "povratak partneru", "vraćen partneru", "tilbage til partneren",
        ),
        DepartureKind.TRANSFER_OF_CUSTODY: (
            "transfer", "transferred", "transfer back", "transferim", "transferim i kujdestarisë", "premeštaj",
            "predaja", "overførsel", "overført",
        ),
        DepartureKind.STAY_GRANTED: (
            "residence permit", "residence granted", "granted stay", "asylum granted", "leje qëndrimi",
            "qëndrim i lejuar", "odobren boravak", "dozvola boravka", "opholdstilladelse",
        ),
        DepartureKind.ESCAPE: (
            "escaped", "absconded", "abscondment", "arratisje", "arratisur", "ikje", "bekstvo", "pobegao", "flugt",
            "undveget", "flygtet",
        ),
        DepartureKind.DEATH: ("died", "dead", "deceased", "vdekje", "vdiq", "smrt", "preminuo", "preminula", "død"),
        DepartureKind.RELEASE_BY_ORDER: (
            "release", "released", "lirim", "liruar", "lirim me urdhër", "puštanje", "pušten", "puštanje po nalogu",
            "løsladelse", "løsladt",
        ),
        DepartureKind.NOT_RECORDED: UNKNOWN,
    }
)  # fmt: skip


def read_departure_kind(text: str) -> DepartureKind | None:
    """The kind of departure that words state; `not_recorded` where they say that nobody knows, None where unclear."""
    if is_unknown(text):
        return DepartureKind.NOT_RECORDED
    return _KINDS.get(key(text))


_DESTINATIONS = keyed(
    {
        Destination.COUNTRY_OF_ORIGIN: ("origin", "home country", "vendi i origjinës", "zemlja porekla", "hjemland"),
        Destination.THIRD_COUNTRY: ("vend i tretë", "treća zemlja", "treća država", "tredjeland"),
        Destination.PARTNER: ("partner country", "partneri", "partneren"),
        Destination.HOST: ("host country", "vendi pritës", "zemlja domaćin", "værtsland"),
    }
)


def read_destination(text: str) -> Destination | None:
    """The destination as the report groups it, or None where the text is none of its words."""
    return _DESTINATIONS.get(key(text))


_TOTALS = frozenset(
    key(word)
    for word in (
        "total", "totals", "sum", "grand", "subtotal", "gjithsej", "totali", "shuma", "ukupno", "svega", "zbir",
        "укупно", "i", "alt", "ialt",
    )
)  # fmt: skip
_COUNTED = frozenset(
    key(word)
    for word in (
        "number", "of", "persons", "people", "individuals", "candidates", "residents", "stays", "names", "rows",
        "numri", "i", "të", "persona", "njerëz", "kandidatë", "qëndrime", "emra",
        "broj", "osoba", "lica", "ljudi", "kandidata", "boravaka", "imena", "antal", "personer", "ophold", "navne",
    )
)  # fmt: skip


def is_total(text: str) -> bool:
    """Whether a text is what stands before a total: `Total`, `Sum i alt`, `Ukupno lica`. `Sum Sok` is a name."""
    first, *others = key(text).split(" ")
    return first in _TOTALS and all(word in _TOTALS or word in _COUNTED for word in others)
