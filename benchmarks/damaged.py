"""Invented people with damaged copies of them, to measure how well the same persons are found.

As in the Febrl sets: a name, an address, a birth date and a number each; a copy has letters mistyped, left out,
exchanged, parts missing, given and family name exchanged, another family name, or another address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

COLUMNS = (
    "rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip
_NAMES, _ADDRESS = ("given_name", "surname"), ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
_BEGIN = (
    "ka",
    "mo",
    "ber",
    "sta",
    "li",
    "ne",
    "ro",
    "fa",
    "hul",
    "dra",
    "gi",
    "ar",
    "te",
    "shan",
    "wil",
    "pe",
    "os",
    "ju",
)
_MIDDLE = ("", "", "ra", "li", "mo", "nde", "ssi", "ver", "ta", "ni", "rge", "lla")
_END = ("n", "s", "ra", "ki", "ton", "la", "man", "vić", "ri", "dal", "ne", "ska", "yan", "beck", "i", "ez")
_STREETS = ("street", "road", "lane", "crescent", "place", "avenue")
_STATES = ("nsw", "vic", "qld", "wa", "sa")


@dataclass(frozen=True)
class Damaged:
    """A set of people.

    Attributes:
        rows: The cells of each row, in the order of `COLUMNS`.
        same: The pairs of rows, from 0, that are of one person, the earlier first.
    """

    rows: tuple[tuple[str, ...], ...]
    same: frozenset[tuple[int, int]]


def people(seed: int, originals: int, copies: int, damage: int) -> Damaged:
    """Make such a set.

    Args:
        seed: Of the same seed come the same people.
        originals: How many people.
        copies: How many damaged copies of each.
        damage: In how many places a copy is damaged at most.
    """
    chance = Random(seed)
    families, given, towns = (_vocabulary(chance, count) for count in (originals, originals // 3, originals // 4))
    rows: list[tuple[int, dict[str, str]]] = []
    for person in range(originals):
        row = _person(chance, families, given, towns)
        rows.append((person, {"rec_id": f"rec-{person}-org", **row}))
        for copy in range(copies):
            damaged = _damage(chance, dict(row), chance.randint(1, damage), families, given, towns)
            rows.append((person, {"rec_id": f"rec-{person}-dup-{copy}", **damaged}))
    chance.shuffle(rows)
    of: dict[int, list[int]] = {}
    for place, (person, _) in enumerate(rows):
        of.setdefault(person, []).append(place)
    same = {(a, b) for places in of.values() for at, a in enumerate(places) for b in places[at + 1 :]}
    return Damaged(tuple(tuple(row[column] for column in COLUMNS) for _, row in rows), frozenset(same))


def _vocabulary(chance: Random, count: int) -> Sequence[str]:
    """Words of which the first ones are frequent, as names are."""
    words = dict.fromkeys(  # in the order in which they were made: that of a set is another in each process
        chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_MIDDLE) + chance.choice(_END)
        for _ in range(count)
    )
    return sorted(words, key=lambda word: chance.random())


def _some(chance: Random, words: Sequence[str]) -> str:
    return words[int(len(words) * chance.random() ** 2.5)]


def _person(chance: Random, families: Sequence[str], given: Sequence[str], towns: Sequence[str]) -> dict[str, str]:
    born = date(1905, 1, 1) + timedelta(chance.randint(0, 36500))
    row = {
        "given_name": _some(chance, given),
        "surname": _some(chance, families),
        **_address(chance, towns),
        "date_of_birth": f"{born:%Y%m%d}",
        "soc_sec_id": str(chance.randint(1_000_000, 9_999_999)),
    }
    for column, missing in (("given_name", 0.03), ("surname", 0.02), ("address_2", 0.35), ("date_of_birth", 0.1)):
        if chance.random() < missing:
            row[column] = ""
    return row


def _address(chance: Random, towns: Sequence[str]) -> dict[str, str]:
    return {
        "street_number": str(chance.randint(1, 200)),
        "address_1": f"{_some(chance, towns)} {chance.choice(_STREETS)}",
        "address_2": f"{_some(chance, towns)} {chance.choice(('park', 'village', 'flats'))}",
        "suburb": _some(chance, towns),
        "postcode": str(chance.randint(2000, 7000)),
        "state": chance.choice(_STATES),
    }


def _damage(
    chance: Random, row: dict[str, str], times: int, families: Sequence[str], given: Sequence[str], towns: Sequence[str]
) -> dict[str, str]:
    for _ in range(times):
        what = chance.random()
        column = chance.choice([name for name in row if name != "rec_id"])
        if what < 0.55:
            row[column] = _mistyped(chance, row[column])
        elif what < 0.78:
            row[column] = ""
        elif what < 0.86:
            row["given_name"], row["surname"] = row["surname"], row["given_name"]
        elif what < 0.92:
            row["surname"] = _some(chance, families)
        elif what < 0.95:
            row["given_name"] = _some(chance, given)
        else:
            row |= _address(chance, towns)
    return row


def _mistyped(chance: Random, text: str) -> str:
    if len(text) < 3:
        return text
    at = chance.randrange(len(text) - 1)
    other = chance.choice("0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz")
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[:at] + other + text[at:]
        case _:
            return text[:at] + other + text[at + 1 :]
