"""Transports: what may be entered of one, and what has to be decided before somebody on it is admitted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.errors import Refused
from models.rules.birth import BirthDate
from models.rules.screening import is_child
from models.rules.time import Moment
from models.rules.vocabulary import Answer, TransportMeans
from models.text import Message, message

LONGEST_WAIT = 400
"""In days: a transport that is expected later than this is a slip of the keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportFacts:
    """A transport as a person describes it.

    Attributes:
        number: Of the flight, or the plate.
        escort: Who brings the people.
        expected: When; to the day where the hour is not known.
    """

    means: TransportMeans
    expected: Moment
    number: str = ""
    from_place: str = ""
    escort: str = ""
    note: str = ""


class Stage(StrEnum):
    """Where somebody on a transport stands."""

    EXPECTED = "expected"
    """It is not said yet whether the person was on it."""
    NOT_COME = "not_come"
    """The person was not on it; the place stays held (rules.md, Places)."""
    TO_DECIDE = "to_decide"
    """Somebody must decide something before the person is admitted."""
    READY = "ready"
    ADMITTED = "admitted"


def checked_transport(facts: TransportFacts, *, today: date, came: Moment | None) -> TransportFacts:
    """The facts as they are kept: texts stripped.

    Raises:
        Refused: A text is too long, or the day cannot be; `field` is the name of the fact.
    """
    facts = replace(
        facts,
        number=facts.number.strip(),
        from_place=facts.from_place.strip(),
        escort=facts.escort.strip(),
        note=facts.note.strip(),
    )
    for field, most in (("number", 64), ("from_place", 200), ("escort", 400), ("note", 2000)):
        if len(getattr(facts, field)) > most:
            raise Refused("Write this in at most {most} letters.", field=field, most=most)
    if came is None and facts.expected.on < today:
        raise Refused("This day is over. Enter the day on which it is expected, today or later.", field="expected")
    if (facts.expected.on - today).days > LONGEST_WAIT:
        raise Refused("This is more than a year ahead. Correct the day.", field="expected")
    return facts


def check_came(came: Moment, now: Moment, *, field: str = "came") -> None:
    """Refuse that a transport, or somebody on it, came in the future.

    Raises:
        Refused: Of the field.
    """
    if now.surely_before(came):
        raise Refused("This lies in the future. Enter it once it has come.", field=field)


def is_age_in_doubt(birth: BirthDate | None, on: date, decided: bool | None) -> bool:
    """Whether it cannot be told if somebody is a child, and nobody has decided it.

    Args:
        birth: As far as it is known.
        on: The local date.
        decided: Whether somebody has decided that it is one; None: nobody has decided.
    """
    return decided is None and is_child(birth, on) is Answer.UNKNOWN


def counts_as_child(birth: BirthDate | None, on: date, decided: bool | None) -> bool:
    """Whether somebody is a child, or must be taken for one: so long as it is not decided, whoever may be one is."""
    if decided is not None:
        return decided
    return is_child(birth, on) is not Answer.NO


def to_decide(
    birth: BirthDate | None, on: date, *, decided: bool | None, alike: Collection[str], told_apart: Collection[str]
) -> tuple[Message, ...]:
    """What has to be decided before somebody is admitted, a sentence each.

    Args:
        birth: As far as it is known.
        on: The local date of the arrival.
        decided: What was decided of an age in doubt.
        alike: Who may be the same person, by what they are called in the register (`resident:12`).
        told_apart: Of whom somebody has said that it is another person.
    """
    found = []
    if set(alike) - set(told_apart):
        found.append(message("Perhaps known already"))
    if is_age_in_doubt(birth, on, decided):
        found.append(message("Age in doubt: not with adults before it is decided"))
    return tuple(found)


def stage_of(
    *, is_aboard: bool | None, has_arrived: bool, decisions: Sequence[Message], objections: Sequence[Message]
) -> Stage:
    """Where somebody on a transport stands.

    Args:
        is_aboard: As it was said; None: it was not said.
        has_arrived: Whether the person was admitted, with this transport or on another way.
        decisions: What has to be decided before.
        objections: What stands against the admission.
    """
    if has_arrived:
        return Stage.ADMITTED
    if is_aboard is None:
        return Stage.EXPECTED
    if not is_aboard:
        return Stage.NOT_COME
    return Stage.TO_DECIDE if decisions or objections else Stage.READY
