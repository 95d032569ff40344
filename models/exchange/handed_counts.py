"""What is counted at a second workstation, which only reads: handed to the one that writes, and taken in there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from models.actions.roll_calls import Marked
from models.ids import RollCallId, StayId
from models.rules.vocabulary import CountedBy, RollMarkState
from models.store import handed
from models.store.register import Register


@dataclass(frozen=True, slots=True)
class HandedCount:
    """What somebody has counted in a roll call, at a door of their own.

    Attributes:
        name: Of what was handed over.
        slot: The way to the keys of who counted.
        who: Their name.
        part: The building; empty: the whole house.
        marks: Of each person the last one.
    """

    name: str
    slot: str
    who: str
    roll_call_id: RollCallId
    part: str
    marks: tuple[Marked, ...]


def hand_over(register: Register, *, roll_call_id: RollCallId, part: str, marks: Sequence[Marked]) -> None:
    """Hand over all that was counted so far at this door, instead of what was before.

    Raises:
        Unavailable: The disk says no.
    """
    told = [
        [each.stay_id, None if each.state is None else each.state.value, each.counted_by.value,
         None if each.at is None else each.at.isoformat()]
        for each in marks
    ]  # fmt: skip
    content = {"roll_call": roll_call_id, "part": part, "marks": told}
    handed.hand(register.vault, f"{roll_call_id}-{register.vault.slot_id}", content)


def waiting(register: Register, *, roll_call_id: RollCallId) -> tuple[HandedCount, ...]:
    """What waits to be taken into a roll call; what is of another one, or cannot be read, is passed over."""
    found = []
    for each in handed.handed(register.vault):
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            if each.content.get("roll_call") == roll_call_id:
                marks = tuple(_marked(*mark) for mark in each.content["marks"])
                found.append(
                    HandedCount(each.name, each.slot, each.label, roll_call_id, str(each.content["part"]), marks)
                )
    return tuple(found)


def take_away(register: Register, name: str) -> None:
    """Take away what was taken in.

    Raises:
        Unavailable: The disk says no.
    """
    handed.take_away(register.folder, name)


def _marked(stay_id: int, state: str | None, counted_by: str, at: str | None) -> Marked:
    return Marked(
        StayId(stay_id),
        None if state is None else RollMarkState(state),
        CountedBy(counted_by),
        None if at is None else datetime.fromisoformat(at),
    )
