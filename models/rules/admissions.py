"""What must be on record for an arrival to be complete, and by when (standards.md, On arrival)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from models.rules.birth import BirthDate, may_be_child
from models.rules.time import Moment
from models.rules.vocabulary import ArrivalStep
from models.text import Message, counted, message


@dataclass(frozen=True, slots=True)
class Asked:
    """What a step of an arrival is.

    Attributes:
        tables: Where it is entered, by the names of the tables; empty: in the columns of the resident.
        standard: By what it is asked for in standards.md.
        hours: Within how many hours of the arrival; None: no time is set, so it is asked for from the arrival on.
        of_children: Whether it is asked of children alone.
    """

    tables: tuple[str, ...]
    standard: str
    hours: int | None = None
    of_children: bool = False


STEPS: Mapping[ArrivalStep, Asked] = MappingProxyType(
    {
        ArrivalStep.IDENTITY: Asked((), "A1"),
        ArrivalStep.PHOTO: Asked(("photos",), "A1"),
        ArrivalStep.LEGAL_GROUND: Asked(("legal_grounds",), "A2"),
        ArrivalStep.INJURIES: Asked(("injury_reports",), "A4", hours=24),
        ArrivalStep.PROPERTY: Asked(("property_items", "property_receipts"), "A5"),
        ArrivalStep.NOTICES: Asked(("contacts", "notices"), "A7"),
        ArrivalStep.RIGHTS: Asked(("rights_talks",), "A8"),
        ArrivalStep.HEALTH_CHECK: Asked(("health_checks",), "A9", hours=24),
        ArrivalStep.LANGUAGES: Asked(("language_skills",), "A8"),
        ArrivalStep.ROOM: Asked(("needs", "room_decisions"), "A10"),
        ArrivalStep.CHILD: Asked(("child_records",), "A11", of_children=True),
    }
)
"""All that can be asked, in the order in which it is."""
BY_STANDARD: tuple[str, ...] = tuple(step for step in STEPS if step is not ArrivalStep.PHOTO)
"""What the standards ask of every arrival; the presets ask for it, and an agreement may ask for more or less."""


def is_child(birth: BirthDate | None, arrived: Moment) -> bool:
    """Whether somebody is, or may be, a child on the day of arrival; whose birth is not known is asked as an adult."""
    return may_be_child(birth, arrived.on)


def asked_of(required: Collection[str], birth: BirthDate | None, arrived: Moment) -> tuple[ArrivalStep, ...]:
    """The steps that are asked of somebody, in their order."""
    child = is_child(birth, arrived)
    return tuple(step for step, what in STEPS.items() if step in required and (child or not what.of_children))


def due(step: ArrivalStep, arrived: Moment) -> datetime | None:
    """By which instant a step is due; None where no time is set, or the hour of arrival is not known."""
    hours = STEPS[step].hours
    return None if hours is None or arrived.at is None else arrived.at + timedelta(hours=hours)


def hours_left(step: ArrivalStep, arrived: Moment, now: datetime) -> int | None:
    """The whole hours that are left, 0 in the last one; below 0 where the time is over; None where none is set."""
    at = due(step, arrived)
    return None if at is None else int((at - now).total_seconds() // 3600)


def said(
    steps: Sequence[ArrivalStep], labels: Mapping[ArrivalStep, Message], arrived: Moment, now: datetime
) -> Message:
    """What is missing, in words: first what has a time, with what is left of it.

    Args:
        steps: What is missing, at least one.
        labels: What each is called.
        arrived: When the person came.
        now: The present.
    """
    timed = sorted((left, step) for step in steps if (left := hours_left(step, arrived, now)) is not None)
    if not timed:
        first, text = steps[0], message("{what}", what=labels[steps[0]])
    else:
        left, first = timed[0]
        within = STEPS[first].hours or 0
        if left < 0:
            text = message("{what} within {hours} hours: the time is over", what=labels[first], hours=within)
        else:
            text = counted(
                "{what} within {hours} hours: {n} hour left",
                "{what} within {hours} hours: {n} hours left",
                left,
                what=labels[first],
                hours=within,
            )
    more = [step for step in steps if step is not first]
    if not more:
        return text
    return counted("{first}; {n} step more is missing", "{first}; {n} steps more are missing", len(more), first=text)
