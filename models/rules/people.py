"""Which roles there are, who may read what, what users are called.

Who may do what is declared on each action, by the names that stand here; `konak roles` prints it as one table.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from models.errors import Refused
from models.rules.vocabulary import NOTE_KINDS, Role, SealedKind
from models.rules.wording import word

_CLERK, _SUPERVISOR, _CARE = Role.CLERK, Role.SUPERVISOR, Role.HEALTH_LEGAL
_ADMINISTRATOR, _INSPECTOR = Role.ADMINISTRATOR, Role.INSPECTOR

Roles = frozenset[Role]

NOBODY: Roles = frozenset()
EVERYBODY: Roles = frozenset(Role)
DESK: Roles = frozenset({_CLERK, _SUPERVISOR})
"""Who works with residents every day."""
DECIDES: Roles = frozenset({_SUPERVISOR})
CHECKS: Roles = frozenset({_CLERK, _SUPERVISOR, _CARE})
"""Who enters what a departure requires."""
CARES: Roles = frozenset({_SUPERVISOR, _CARE})
"""Who knows what a check of health or of risk has found."""
WRITES_NOTES: Roles = frozenset({_CARE})
SETS_UP: Roles = frozenset({_ADMINISTRATOR})
FURNISHES: Roles = frozenset({_SUPERVISOR, _ADMINISTRATOR})
"""Who makes rooms."""
BRINGS_IN: Roles = frozenset({_SUPERVISOR, _ADMINISTRATOR})
"""Who brings files in."""
ANSWERS: Roles = frozenset({_SUPERVISOR, _ADMINISTRATOR})
"""Who answers for the register as a whole."""
BACKS_UP: Roles = EVERYBODY - {_INSPECTOR}

READS: Mapping[str, Roles] = MappingProxyType(
    {
        "trail": frozenset({_SUPERVISOR, _ADMINISTRATOR, _INSPECTOR}),
        "people": EVERYBODY,
        "backups": EVERYBODY,
        "photos": EVERYBODY - {_ADMINISTRATOR},
    }
)
"""Which roles may read what is not open to everybody who has unlocked the register."""

READS_SEALED: Mapping[SealedKind, Roles] = MappingProxyType(
    {
        SealedKind.ASYLUM_CLAIM: frozenset({_CARE}),
        SealedKind.HEALTH: frozenset({_CARE}),
        SealedKind.COMPLAINT: frozenset({_CARE, _INSPECTOR}),
        SealedKind.OTHER: frozenset({_CARE}),
        SealedKind.UNSORTED: CARES,
        SealedKind.CHECK: CARES,
    }
)
"""Which roles may read each kind of what is sealed. The administrator stands nowhere here, and never may."""


HOLDS_SEALED_KEY: Roles = frozenset().union(*READS_SEALED.values())
"""The roles whose slots may wrap the key to what is sealed."""


def may_do(role: Role, roles: Roles, *, stands_in: bool = False) -> bool:
    """Whether a role may do what some roles may.

    Args:
        role: The role of the person.
        roles: Who may do it.
        stands_in: Whether nobody but administrators was ever added to the register. So long the administrator does
            what is everybody's, so that a house can begin with one person; with the first colleague that ends for
            good. What is sealed stays closed all the same, since the administrator's slot does not wrap its key.
    """
    return role in roles or (stands_in and role is _ADMINISTRATOR)


def check_may_do(role: Role, roles: Roles, *, stands_in: bool = False) -> None:
    """Refuse what some roles may to a role that may not; the arguments are those of `may_do`.

    Raises:
        Refused: Naming a role that may.
    """
    if may_do(role, roles, stands_in=stands_in):
        return
    asked = next((each for each in _ASKED_FIRST if each in roles), None)
    if asked is None:
        raise Refused("Nobody may do this here.")
    raise Refused("You are here as {role}, who may not do this. Ask: {asked}.", role=word(role), asked=word(asked))


def reads(role: Role, kind: SealedKind) -> bool:
    """Whether a role may read a kind of what is sealed, and know that there is some (rules.md, Disclosure)."""
    return role in READS_SEALED[kind]


def kinds_within(kind: SealedKind) -> tuple[SealedKind, ...]:
    """Of which kinds something sealed may be found to be after all: none that more may read."""
    return tuple(each for each in dict.fromkeys((*NOTE_KINDS, kind)) if READS_SEALED[each] <= READS_SEALED[kind])


def narrowest(kinds: Iterable[SealedKind]) -> SealedKind:
    """That of some kinds which the fewest roles may read."""
    return min(kinds, key=lambda kind: len(READS_SEALED[kind]))


def check_may_unseal(role: Role, kind: SealedKind) -> None:
    """Refuse to open what is sealed to a role that may not read it.

    Raises:
        Refused: Naming a role that may.
    """
    check_may_do(role, READS_SEALED[kind])


def check_can_seal(has_holder: bool) -> None:
    """Refuse to seal what nobody could ever read.

    Raises:
        Refused: Nobody holds the key to what is sealed; what to do about it.
    """
    if not has_holder:
        raise Refused(
            "Nobody can read sealed notes yet, so none can be entered. On the page Administration, let an "
            "administrator add somebody who may read them, with the words of the recovery sheet."
        )


_ASKED_FIRST = (_SUPERVISOR, _CARE, _ADMINISTRATOR, _CLERK, _INSPECTOR)

LONGEST_NAME = 200
"""Letters of the name of a user."""
_BESIDE_LETTERS = frozenset(" .,-'’()/&+_#·ʼ")
"""What else the name of a user may hold."""
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Letters and marks by the Unicode standard that nobody sees (Default_Ignorable_Code_Point)."""
_LOOKS = str.maketrans(
    "АВЕКМНОРСТУХЅІЈавекмнорстухѕіјһԁԛԝӏӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεηικνορτυχ",
    "ABEKMHOPCTYXSIJabekmhopctyxsijhdqwllABEZHIKMNOPTYXaenikvoptux",
)
"""Letters of Cyrillic and Greek that look like Latin ones, after Unicode Technical Standard 39 (confusables.txt)."""
_LOOKS_LOWER = str.maketrans("i1|0ı", "lllol")


def checked_user_name(name: str, others: Iterable[str] = (), *, field: str = "name") -> str:
    """The name of a user as it is kept: what it looks like is what it is, and it looks like nobody else's.

    Args:
        name: As it was typed.
        others: The names that there are, of those who were removed too.
        field: Of the form.

    Raises:
        Refused: It is empty or too long, hides a sign, mixes alphabets, or looks like another.
    """
    said = unicodedata.normalize("NFC", " ".join(name.split()))
    if not said:
        raise Refused("Write the name of the person.", field=field)
    if len(said) > LONGEST_NAME:
        raise Refused("Write the name in at most {most} letters.", field=field, most=LONGEST_NAME)
    odd = next((sign for sign in said if not _is_plain(sign)), None)
    if odd is not None:
        raise Refused(
            "The name holds a sign that cannot be seen, or that belongs in no name: {sign}. Type it anew.",
            field=field,
            sign=f"U+{ord(odd):04X}",
        )
    scripts = [(sign, _script(sign)) for sign in said if sign.isalpha()]
    strange = next((sign for sign, script in scripts if script != scripts[0][1]), None)
    if strange is not None:
        raise Refused(
            "The letter {letter} ({sign}) is of another alphabet than the first. Type the whole name in one alphabet.",
            field=field,
            letter=strange,
            sign=f"U+{ord(strange):04X}",
        )
    seen = looks_like(said)
    for other in others:
        if other == said:
            raise Refused("There is somebody of this name already. Add something that tells them apart.", field=field)
        if looks_like(other) == seen:
            raise Refused(
                "This name looks like {name}, which is there already. Add something that tells them apart.",
                field=field,
                name=other,
            )
    return said


def looks_like(name: str) -> str:
    """What one sees of a name: equal for two names that are easily taken for each other."""
    shown = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).translate(_LOOKS).casefold())
    letters = "".join(sign for sign in shown if sign.isalnum() or unicodedata.combining(sign))
    return letters.translate(_LOOKS_LOWER).replace("rn", "m").replace("vv", "w")


def _is_plain(sign: str) -> bool:
    """Whether a sign belongs in the name of a user, and can be seen."""
    if sign in _BESIDE_LETTERS:
        return True
    if sign in _UNSEEN or 0xFE00 <= ord(sign) <= 0xFE0F or unicodedata.normalize("NFKC", sign) != sign:
        return False
    kind = unicodedata.category(sign)
    return kind in ("Lu", "Ll", "Lt", "Lo", "Mn", "Mc") or (kind == "Nd" and sign.isascii())


def _script(letter: str) -> str:
    """The alphabet of a letter; those Latin ones that only phonetics writes are none of Latin."""
    code, script = ord(letter), unicodedata.name(letter, "").partition(" ")[0]
    if script != "LATIN":
        return script
    is_written = (code < 0x250 and not 0x1C0 <= code <= 0x1C3) or 0x1E00 <= code <= 0x1EFF or letter == "ə"
    return script if is_written else "PHONETIC"
