"""Who is perhaps the same: what of two people is compared, and why they may be one (rules.md, Who is who)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.rules.birth import BirthDate
from models.rules.names import fold, fold_query
from models.text import Message, message

_NO_NUMBER = re.compile(r"\D*")


@dataclass(frozen=True, slots=True)
class Person:
    """What tells one person from another, of a candidate or a resident."""

    family_name: str = ""
    given_names: str = ""
    own_script: str = ""
    birth: BirthDate | None = None
    partner_number: str = ""
    document_numbers: tuple[str, ...] = field(default=())


def likeness_keys(person: Person) -> frozenset[tuple[str, str]]:
    """What two people must have in common to be taken for one: a number, or a name in whatever order of its parts.

    Keys that are equal mean that `likely_same` has to look; so a long list is compared without comparing all pairs.
    """
    keys = {("document", number) for number in map(_number, person.document_numbers) if number}
    if partner := _number(person.partner_number):
        keys.add(("partner", partner))
    for name in (f"{person.family_name} {person.given_names}", person.own_script):
        if spelling := " ".join(sorted(fold_query(name).split())):
            keys.add(("name", spelling))
    return frozenset(keys)


def likely_same(one: Person, other: Person) -> Message | None:
    """Why two may be one person, or None; likely duplicates are shown, never merged by the program.

    The same number of the partner or of a document is enough. The same name needs birth dates that may be the same
    day; a date that is not known may be any.
    """
    common = likeness_keys(one) & likeness_keys(other)
    kinds = {kind for kind, _ in common}
    if "partner" in kinds:
        return message("The same number with the partner: {number}.", number=one.partner_number)
    if "document" in kinds:
        number = next(number for number in one.document_numbers if ("document", _number(number)) in common)
        return message("The same document number: {number}.", number=number)
    if "name" in kinds and births_agree(one.birth, other.birth):
        return message("The same name, and a birth date that may be the same.")
    return None


def births_agree(one: BirthDate | None, other: BirthDate | None) -> bool:
    """Whether two birth dates may be the same day; estimates are taken at their word, an unknown date may be any."""
    return one is None or other is None or (one.earliest <= other.latest and other.earliest <= one.latest)


def likely_pairs(people: Iterable[Person]) -> tuple[tuple[int, int, Message], ...]:
    """All pairs of a list that may be one person each: their places in the list, the earlier first, and why."""
    listed = list(people)
    sharing: dict[tuple[str, str], list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for place, person in enumerate(listed):
        for key in likeness_keys(person):
            before = sharing.setdefault(key, [])
            pairs.update((earlier, place) for earlier in before)
            before.append(place)
    found = ((one, other, likely_same(listed[one], listed[other])) for one, other in sorted(pairs))
    return tuple((one, other, reason) for one, other, reason in found if reason is not None)


def _number(text: str) -> str:
    """A number without what hands put between its parts; nothing where there is no digit, as in "none"."""
    return "" if _NO_NUMBER.fullmatch(text) else fold(text).replace(" ", "")
