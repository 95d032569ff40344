"""Words of lists and registers in the languages in which they arrive: folding, and what stands for yes, no, unknown."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from models.rules.unknown import UNKNOWN, is_no_sign, is_sheet_error
from models.rules.unknown import is_nameless as is_nameless
from models.rules.unknown import is_unknown as is_unknown
from models.rules.unknown import key as key
from models.rules.vocabulary import Answer, DepartureKind, Destination, Sex

Meaning = TypeVar("Meaning", bound=StrEnum)
_BRACKETS = re.compile(r"\([^)]*\)")


def keyed(words: Mapping[Meaning, Iterable[str]]) -> dict[str, Meaning]:
    """Turn a dictionary of meanings and their words around: the key of each word, and its meaning."""
    return {key(word): meaning for meaning, several in words.items() for word in (meaning, *several)}


_NOT_YET = frozenset(
    key(word)
    for word in (
        "none", "n/a", "na", "nil", "null", "open", "nan", "nat", "ongoing", "current", "currently here", "present",
        "still here", "still present", "still in", "in custody", "in house", "active", "not yet", "to date", "infinity",
        "not departed", "not yet departed", "not released", "not discharged", "yet to depart", "in care", "i/e",
        "present day", "open ended", "active stay", "here", "in the centre", "in the center", "in centre",
        "in facility", "in the facility", "on site", "resident",
        "has not left", "not left", "no departure", "until now", "till date", "till now", "continuing",
        "ongoing stay", "tbd", "tba", "tbc", "pending", "to be determined", "to be decided", "to be announced",
        "to be confirmed", "to be advised",
        "asnjë", "në vazhdim", "ende këtu", "ende brenda", "këtu", "i pranishëm", "e pranishme", "prezent", "prezente",
        "jo ende", "nuk ka dalë", "nuk është larguar", "aktualisht", "deri tani", "në qendër",
        "në pritje", "do të përcaktohet", "do të vendoset",
        "nema", "u toku", "još tu", "još je tu", "još uvek tu", "još uvek je tu", "još uvek ovde", "još ovde",
        "ovde", "tu",
        "prisutan", "prisutna", "boravi", "nije otišao", "nije otišla", "nije napustio", "nije napustila", "u centru",
        "do danas", "trenutno", "нема", "у току", "na čekanju", "u iščekivanju", "biće određeno", "biće utvrđeno",
        "на чекању", "биће одређено",
        "ingen", "igangværende", "stadig her", "endnu ikke", "til stede", "tilstede", "ikke afrejst", "nuværende",
        "afventer", "afventes", "fastsættes senere", "ikke fastsat",
        "noch da", "noch hier", "anwesend", "laufend", "présent", "en cours", "presente", "actualmente",
    )
)  # fmt: skip
_STAYS = frozenset(
    key(word)
    for word in (
        "still", "currently", "remains", "remaining", "now", "ende", "akoma", "aktualisht", "još", "trenutno",
        "још", "тренутно", "stadig", "fortsat", "noch",
    )
)  # fmt: skip
"""What says that somebody stays, where no other words stand beside it than these and `_IN_HOUSE`."""
_IN_HOUSE = frozenset(
    word
    for words in (
        "in at here is present resident detained residing staying inside the our this custody care house centre center",
        "facility shelter camp detention active accommodated housed day open on site hosted",
        "në ne i e qendër qendrën objekt strehim strehuar këtu brenda pranishëm prezent banon është",
        "u na je uvek ovde tu dalje centru objektu kampu prisutan prisutna smešten smeštena boravi",
        "у је увек овде ту центру објекту смештен",
        "på i her centret centeret er indkvarteret indlogeret indsat til stede tilstede",
        "da hier im",
    )
    for word in map(key, words.split())
)
_SAME_DAY = frozenset(
    map(
        key,
        ("same day", "same date", "the same day", "on the same day", "same day release", "po atë ditë",
         "të njëjtën ditë", "në të njëjtën ditë", "isti dan", "istog dana", "истог дана", "исти дан", "samme dag",
         "gleicher tag", "le même jour"),
    )
)  # fmt: skip
_NIGHTS = re.compile(
    r"(\d{1,4})\s*(?:nights?|net(?:ë|e)|nat(?:ë|e)|noći|noć|noćenj[ae]|ноћи|ноћ|ноћења|nætter|nat|nächte|nuits?|noches?)\.?",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?:9999|2999)\D12\D31\b.*|31\D12\D(?:9999|2999)\b.*|0000\D00\D00\b.*|00\D00\D0000")
"""What databases write for a day that has not come."""


def is_not_yet(text: str) -> bool:
    """Whether a cell for a departure says that there was none. `UNK` does not: it says that the day is not known."""
    found = key(text)
    if not found:
        return is_no_sign(text) or is_sheet_error(text)
    return found in _NOT_YET or _stays(found) or bool(_NEVER.fullmatch(text.strip()))


def _stays(found: str) -> bool:
    """Whether words say that somebody stays: `still in custody`, `još u objektu`; `still missing` does not."""
    words = found.split()
    return not _STAYS.isdisjoint(words) and all(word in _STAYS or word in _IN_HOUSE for word in words)


def nights_in(text: str) -> int | None:
    """How many nights after the arrival a cell for a departure says that it was: 45 for `45 nights`, 0 for `same day`.

    None where it says no nights. `45 days` may or may not count the first of them, and says none.
    """
    if key(text) in _SAME_DAY:
        return 0
    found = _NIGHTS.fullmatch(text.strip())
    return None if found is None else int(found[1])


_SEXES = keyed(
    {
        Sex.FEMALE: (
            "female", "females", "fem", "woman", "women", "girl", "lady", "mrs", "ms", "miss", "she",
            "femër", "femra", "femre", "femëror", "femërore", "grua", "gra", "vajzë", "vajza", "znj", "zonja",
            "ž", "žensko", "ženski", "ženska", "žena", "žene", "ženskog", "ženskog pola", "ženskog roda", "devojka",
            "devojčica",
            "gđa", "ж", "женско", "женски", "женска", "жена", "жене", "женског", "девојчица",
            "kvinde", "kvinder", "kvindelig", "k", "pige", "hunkøn", "fru", "w", "weiblich", "frau", "féminin",
            "féminine", "femme",
            "femenino", "femenina", "mujer", "femminile", "kadın", "kvinna", "kvinne",
        ),
        Sex.MALE: (
            "male", "males", "man", "men", "boy", "mr", "he", "masc",
            "mashkull", "meshkuj", "mashkullor", "mashkullore", "burrë", "burra", "djalë", "djem", "zoti",
            "muško", "muški", "muška", "muškog", "muškog pola", "muškog roda", "muškarac", "muškarci", "dečak",
            "mladić", "gdin",
            "мушко", "мушки", "мушка", "мушког", "мушкарац", "мушкарци", "дечак", "м",
            "mand", "mænd", "mandlig", "dreng", "hankøn", "herr", "hr", "männlich", "masculin", "homme", "masculino",
            "hombre", "maschile", "erkek", "man",
        ),
        Sex.OTHER: ("other", "tjetër", "drugo", "друго", "andet", "unspecified", "divers", "diverse", "non-binary",
                    "nonbinary", "non binary", "indeterminate", "intersex"),
    }
)  # fmt: skip


def read_sex(text: str) -> Sex | None:
    """The sex that a word states, or None where it states none, or doubts it: `F?`."""
    if "?" in text:
        return None
    if (found := _SEXES.get(key(text))) is not None:
        return found
    # Some write a word in each of their languages: Femër / Female.
    meant = {_SEXES.get(key(part)) for part in text.split("/")}
    return meant.pop() if len(meant) == 1 else None


_ANSWERS = keyed(
    {
        Answer.YES: (
            "y",
            "yes",
            "yep",
            "true",
            "t",
            "1",
            "po",
            "da",
            "да",
            "ja",
            "oui",
            "si",
            "sí",
            "evet",
            "x",
            "checked",
        ),
        Answer.NO: ("n", "no", "false", "f", "0", "jo", "ne", "не", "nej", "nein", "non", "hayır", "nuk", "unchecked"),
    }
)
_TICKS, _BLANKS = frozenset("✓✔☑☒✅"), frozenset("☐□")
_NONE = frozenset(key(word) for word in ("none", "nil", "asnjë", "s'ka", "nuk ka", "nema", "нема", "ingen"))


def read_answer(text: str) -> Answer | None:
    """Yes or no, `unknown` where the cell is empty, None where it says something else."""
    if not text:
        return Answer.UNKNOWN
    sign = text.strip().removesuffix("\ufe0f")  # what asks for the coloured picture of a sign
    if sign in _TICKS or sign in _BLANKS:
        return Answer.YES if sign in _TICKS else Answer.NO
    return None if "?" in text else _ANSWERS.get(key(text))


def is_no_answer(text: str) -> bool:
    """Whether a cell for yes or no says nothing: `unknown`. `None` may be a no."""
    return is_unknown(text) and key(text) not in _NONE


_KINDS = keyed(
    {
        DepartureKind.VOLUNTARY_RETURN: (
            "return", "returned home", "went home", "voluntary return", "voluntary departure", "voluntarily returned",
            "returned voluntarily", "voluntary repatriation", "assisted voluntary return", "assisted return", "avr",
            "avrr", "self deportation", "self-deported", "repatriated voluntarily",
            "kthim", "kthim vullnetar", "kthyer vullnetarisht", "u kthye vullnetarisht", "u kthye në shtëpi",
            "largim vullnetar", "riatdhesim vullnetar", "kthim vullnetar i asistuar",
            "povratak", "dobrovoljni povratak", "dobrovoljan povratak", "dobrovoljno se vratio",
            "dobrovoljno se vratila",
            "dobrovoljni odlazak", "povratak kući", "добровољни повратак", "добровољни одлазак", "повратак",
            "frivillig hjemrejse", "frivillig tilbagevenden", "frivillig udrejse", "hjemrejst", "rejst hjem",
        ),
        DepartureKind.REMOVAL: (
            "removed", "deportation", "deported", "forced return", "forced removal", "expulsion", "expelled", "removal",
            "enforced removal", "removed to country of origin", "repatriated by force",
            "largim me forcë", "dëbim", "dëbuar", "deportim", "deportuar", "u dëbua", "u deportua", "larguar me forcë",
            "udaljenje", "udaljen", "udaljena", "prinudno udaljenje", "prinudno udaljen", "prinudni povratak",
            "proterivanje", "proteran", "proterana", "deportacija", "deportovan", "deportovana", "удаљење",
            "протеривање",
            "депортација", "депортован",
            "udvisning", "udsendelse", "udsendt", "udvist", "tvangsudsendt", "tvangsudsendelse", "deporteret",
        ),
        DepartureKind.ONWARD_RESETTLEMENT: (
            "resettlement", "resettled", "onward travel", "onward movement", "onward", "resettled in third country",
            "third country resettlement", "relocation", "relocated",
            "risistemim", "risistemuar", "rivendosje", "zhvendosje", "zhvendosur", "u rivendos",
            "preseljenje", "preseljen", "preseljena", "relokacija", "пресељење",
            "genbosætning", "genbosat", "videre rejse", "videreudrejse",
        ),
        DepartureKind.BACK_TO_PARTNER: (
            "returned to partner", "return to partner", "back to partner", "returned to sending state",
            "returned to sending country",
            "kthim te partneri", "kthyer te partneri", "kthim te shteti dërgues",
            "povratak partneru", "vraćen partneru", "vraćena partneru", "враћен партнеру", "tilbage til partneren",
            "tilbageført til partneren",
        ),
        DepartureKind.TRANSFER_OF_CUSTODY: (
            "transfer", "transferred", "transfer back", "transferred out", "transfer out",
            "transferred to other facility",
            "transferred to another facility", "handed over", "handover", "transfer of custody",
            "transferim", "transferuar", "u transferua", "transferim i kujdestarisë", "dorëzim", "dorëzuar",
            "premeštaj", "premešten", "premeštena", "predaja", "predat", "predata", "transfer u drugi objekat",
            "премештај", "премештен", "предаја",
            "overførsel", "overført", "overflyttet", "overflytning", "overdraget",
        ),
        DepartureKind.STAY_GRANTED: (
            "residence permit", "residence granted", "granted stay", "asylum granted", "granted asylum",
            "status granted",
            "leave to remain", "permit granted", "granted residence", "protection granted",
            "leje qëndrimi", "qëndrim i lejuar", "azil i dhënë", "iu dha azil", "fitoi azil",
            "odobren boravak", "dozvola boravka", "odobren azil", "dobio azil", "dobila azil", "одобрен боравак",
            "одобрен азил", "opholdstilladelse", "asyl givet", "fik asyl",
        ),
        DepartureKind.ESCAPE: (
            "escaped", "absconded", "abscondment", "abscond", "ran away", "fled", "eloped", "escapee",
            "arratisje", "arratisur", "u arratis", "ikje", "iku", "bekstvo", "pobegao", "pobegla", "bežanje", "бекство",
            "побегао", "побегла", "flugt", "undveget", "flygtet", "rømmet",
        ),
        DepartureKind.DEATH: (
            "died", "dead", "deceased", "death in custody", "passed away", "suicide",
            "vdekje", "vdiq", "i vdekur", "e vdekur", "ndërroi jetë", "vetëvrasje",
            "smrt", "preminuo", "preminula", "umro", "umrla", "umrli", "samoubistvo", "смрт", "преминуо", "преминула",
            "død", "afgået ved døden", "døde", "selvmord",
        ),
        DepartureKind.LEFT_ON_OWN: (
            "left on own", "left on their own", "left without notice", "left the centre", "did not return", "awol",
            "u largua vetë", "largim vetiu", "nuk u kthye", "largim me vendim të vet",
            "samovoljni odlazak", "samovoljno otišao", "samovoljno otišla", "samovoljno napuštanje", "nije se vratio",
            "nije se vratila", "udeblevet", "forladt centret",
        ),
        DepartureKind.RELEASE_BY_ORDER: (
            "release", "released", "released by court", "court order", "release on order",
            "released on recognizance", "released on bond", "released on bail", "bail", "discharged", "discharge",
            "lirim", "liruar", "u lirua", "lirim me urdhër", "lirim me vendim gjykate",
            "puštanje", "pušten", "puštena", "puštanje po nalogu", "pušten na slobodu", "puštena na slobodu",
            "otpušten",
            "otpust", "пуштен", "пуштена", "пуштање",
            "løsladelse", "løsladt", "løsladt ved kendelse",
        ),
        DepartureKind.NOT_RECORDED: UNKNOWN,
    }
)  # fmt: skip
_NOT_GONE = frozenset(map(key, ("missing", "mangler", "pending", "afventer", "në pritje", "na čekanju")))
"""What says in other columns that nothing is known, and here may say what happened: somebody must be asked."""


def read_departure_kind(text: str) -> DepartureKind | None:
    """The kind of departure that words state; `not_recorded` where they say that nobody knows, None where unclear."""
    if key(text) in _NOT_GONE:
        return None
    if is_unknown(text):
        return DepartureKind.NOT_RECORDED
    if "?" in text:
        return None
    return _KINDS.get(key(text)) or _KINDS.get(key(_BRACKETS.sub(" ", text)))


_STANDING = re.compile(r"status|state\b|gjendja|stanje|статус|стање|tilstand", re.IGNORECASE)
_GONE = frozenset(
    key(word)
    for word in (
        "departed", "left", "has left", "gone", "moved out", "checked out", "checkout", "closed", "ended", "inactive",
        "not present", "no longer here", "out", "exited", "exit",
        "larguar", "i larguar", "e larguar", "është larguar", "ka dalë", "doli", "mbyllur", "i mbyllur", "përfunduar",
        "joaktiv", "joaktive",
        "otišao", "otišla", "otišlo", "napustio", "napustila", "otpušten", "otpuštena", "završen", "završeno",
        "zatvoren", "zatvoreno", "neaktivan", "neaktivna", "отишао", "отишла", "напустио", "напустила", "завршен",
        "afrejst", "rejst", "udskrevet", "afsluttet", "fraflyttet", "ikke til stede", "inaktiv",
        "entlassen", "ausgezogen", "abgereist", "parti", "partie", "sorti", "sortie",
    )
)  # fmt: skip


def is_of_standing(heading: str) -> bool:
    """Whether a column tells where a stay or a person stands."""
    return bool(_STANDING.search(heading))


def is_gone(text: str) -> bool:
    """Whether what stands in such a column says that somebody has left."""
    return key(text) in _GONE or read_departure_kind(text) not in (None, DepartureKind.NOT_RECORDED)


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
