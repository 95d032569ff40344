"""Two residents who are found to be one: in what they contradict each other, and who they are together (rules.md)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from models.errors import Refused
from models.rules.birth import BirthDate
from models.rules.field_types import Field, FieldType
from models.rules.fields import PERSON
from models.rules.residents import PersonFacts
from models.rules.time import Interval
from models.rules.vocabulary import Sex
from models.text import Message, message


class Side(StrEnum):
    """Whose value holds."""

    THIS = "this"
    """Of the one who remains."""
    OTHER = "other"


_SEVERAL = (FieldType.TEXTS, FieldType.LANGUAGES, FieldType.COUNTRIES)
"""Of these the one who remains has what either has."""
_FOLLOWS = "birth_as_written"
"""Holds with the birth date that it is the source of."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that is known of both, and differs."""

    field: Field
    this: Any
    other: Any


def contradictions(this: PersonFacts, other: PersonFacts) -> tuple[Contradiction, ...]:
    """In what two who are to be joined contradict each other: it must be chosen."""
    found = []
    for field in PERSON:
        one, two = getattr(this, field.name), getattr(other, field.name)
        if one and two and one != two and not _adds_up(field):
            found.append(Contradiction(field, one, two))
    return tuple(found)


def together(this: PersonFacts, other: PersonFacts, chosen: Mapping[str, Side]) -> PersonFacts:
    """Who the two are together: what one of them lacks is taken from the other, what contradicts as it was chosen.

    A name that was not chosen becomes a further one, so that the person is found by it too.

    Raises:
        Refused: Something contradicts, and nobody chose.
    """
    against = contradictions(this, other)
    if unsaid := [each for each in against if each.field.name not in chosen]:
        raise Refused(
            "Choose what is right where the two differ.",
            field=unsaid[0].field.name,
            reasons=tuple(Message(each.field.label) for each in unsaid),
        )
    taken: dict[str, Any] = {}
    for field in PERSON:
        one, two = getattr(this, field.name), getattr(other, field.name)
        if field.type in _SEVERAL:
            taken[field.name] = tuple(dict.fromkeys((*one, *two)))
        elif field.type is FieldType.YES_NO:
            taken[field.name] = one or two
        else:
            taken[field.name] = two if not one or (two and chosen.get(field.name) is Side.OTHER) else one
    birth_of = other if taken["birth"] == other.birth and taken["birth"] != this.birth else this
    taken[_FOLLOWS] = birth_of.birth_as_written
    names = (_called(each) for each in (this, other))
    own = _called(replace(this, family_name=taken["family_name"], given_names=taken["given_names"]))
    taken["aliases"] = tuple(dict.fromkeys((*taken["aliases"], *(name for name in names if name and name != own))))
    return PersonFacts(**taken).tidy()


def _adds_up(field: Field) -> bool:
    return field.type in _SEVERAL or field.type is FieldType.YES_NO or field.name == _FOLLOWS


def _called(facts: PersonFacts) -> str:
    return " ".join(part for part in (facts.given_names, facts.family_name) if part)


def check_overlaps(this: Sequence[Interval], other: Sequence[Interval], *, numbers: tuple[str, str]) -> None:
    """Refuse to join two who were in the house at the same time.

    Args:
        this: The stays of the one who remains.
        other: Those of the other.
        numbers: Their numbers, for what is said.

    Raises:
        Refused: Which stays overlap, and what settles it.
    """
    this_number, other_number = numbers
    both = [
        message(
            "{this} was here {stay}, {other} {same}.",
            this=this_number,
            stay=_span(one),
            other=other_number,
            same=_span(two),
        )
        for one in this
        for two in other
        if one.overlaps(two)
    ]
    if both:
        raise Refused(
            "The stays of {this} and {other} overlap, so they cannot be joined yet. Correct the arrival or the "
            "departure that is wrong, or take back the arrival that was entered for the wrong person; then join them.",
            field="other_id",
            this=this_number,
            other=other_number,
            reasons=both,
        )


def _span(stay: Interval) -> Message:
    if stay.end is None:
        return message("since {day}", day=stay.start.on)
    return message("from {first} to {last}", first=stay.start.on, last=stay.end.on)


def written(values: Mapping[str, Any]) -> dict[str, str]:
    """Values of columns as a row keeps them, to be put back one day."""
    return {name: json.dumps(str(value) if isinstance(value, BirthDate) else value) for name, value in values.items()}


def read(kept: Mapping[str, str]) -> dict[str, Any]:
    """The values again, as the columns of a resident hold them."""
    values = {name: json.loads(text) for name, text in kept.items()}
    if values.get("birth") is not None:
        values["birth"] = BirthDate.parse(values["birth"])
    if values.get("sex") is not None:
        values["sex"] = Sex(values["sex"])
    return values


def brought(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[Any, ...]]:
    """What a joining brought into the columns of the one who remained, as `written` has kept them.

    Of lists it is each thing that was not in it before.
    """
    found: dict[str, tuple[Any, ...]] = {}
    for name, text in after.items():
        had, has = (json.loads(each) for each in (before[name], text))
        things = [each for each in has if each not in had] if isinstance(has, list) else [has]
        found[name] = tuple(each for each in things if each)
    return found
