"""How rooms and beds are named and sorted, and what to think about before somebody gets a bed.

What is refused is decided by `models.store.guards`, and said in words by `models.actions.rooms`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.errors import Refused
from models.ids import FamilyId
from models.rules.birth import BirthDate
from models.rules.screening import ADULT_AT
from models.rules.sorting import sort_key
from models.rules.vocabulary import Regime, Sex
from models.text import Message, message

MOST_ROOMS = 1000
"""More rooms than this at once are a slip of the keyboard."""
MOST_BEDS = 60
"""More beds than this in one room are a slip of the keyboard."""

_NUMBERED = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
_DIGITS = re.compile(r"(\d+)")


class BedNaming(StrEnum):
    """How the beds of a room are named."""

    LETTERS = "letters"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Sleeper:
    """What is asked about somebody before a room is shared.

    Attributes:
        name: How the person is called on the screen.
        sex: As the document states it, None where it is not known.
        birth: As far as it is known.
        family_id: Who belongs together.
        regime: Whether the person may leave the house.
        room: Where the person sleeps now, as `label` calls it; None where there is no bed.
    """

    name: str
    sex: Sex | None = None
    birth: BirthDate | None = None
    family_id: FamilyId | None = None
    regime: Regime = Regime.OPEN
    room: str | None = None

    def is_child(self, on: date) -> bool:
        """Whether the person may still be under eighteen on a date; nobody is taken for a child unknown."""
        return self.birth is not None and self.birth.age(on) < ADULT_AT

    def is_family_of(self, other: "Sleeper") -> bool:
        """Whether the two belong together."""
        return self.family_id is not None and self.family_id == other.family_id


def natural(name: str, language: str = "en") -> tuple[tuple[int, int, str], ...]:
    """The key by which names are sorted as people count: 2 before 10, and 10 before A; letters by the language."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, sort_key(part, language))
        for part in _DIGITS.split(name)
        if part
    )


def label(building: str, room: str) -> str:
    """How a room is called where its building is not plain: `12 (House B)`, or `12` in a facility of one building."""
    return f"{room} ({building})" if building else room


def room_names(first: str, last: str = "") -> tuple[str, ...]:
    """The names from the first room to the last: 1 to 40, or A-01 to A-12.

    Args:
        first: The name of the first room.
        last: The name of the last one; empty: there is one room alone.

    Raises:
        Refused: There is no name, or nothing counts from the first to the last.
    """
    first, last = first.strip(), last.strip()
    if not first:
        raise Refused("Enter the name or the number of the room.", field="name")
    if not last or last == first:
        return (first,)
    start, stop = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if start is None or stop is None or (start[1], start[3]) != (stop[1], stop[3]):
        raise Refused("Enter names that differ in their number alone, such as 1 and 40, or A1 and A12.", field="last")
    low, high = int(start[2]), int(stop[2])
    if low > high:
        raise Refused("The last room must come after the first.", field="last")
    if high - low >= MOST_ROOMS:
        raise Refused("These are more than {most} rooms. Add them in several steps.", field="last", most=MOST_ROOMS)
    return tuple(f"{start[1]}{number:0{len(start[2])}}{start[3]}" for number in range(low, high + 1))


def bed_names(count: int, naming: BedNaming = BedNaming.LETTERS) -> tuple[str, ...]:
    """The names of so many beds: letters from A on, or numbers from 1 on.

    Raises:
        Refused: A room has no beds, or more than a room can hold.
    """
    if not 1 <= count <= MOST_BEDS:
        raise Refused("Enter how many beds the room has, from 1 to {most}.", field="beds", most=MOST_BEDS)
    return tuple(_nth(number, naming) for number in range(1, count + 1))


def next_bed_name(names: Iterable[str]) -> str:
    """The name of one bed more: it goes on as the beds of the room are named."""
    taken = set(names)
    numbered = bool(taken) and all(name.isdecimal() for name in taken)
    naming = BedNaming.NUMBERS if numbered else BedNaming.LETTERS
    number = 1
    while _nth(number, naming) in taken:
        number += 1
    return _nth(number, naming)


def _nth(number: int, naming: BedNaming) -> str:
    if naming is BedNaming.NUMBERS:
        return str(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def concerns(
    mover: Sleeper, sharers: Sequence[Sleeper], family: Sequence[Sleeper], *, room: str, on: date
) -> tuple[Message, ...]:
    """What speaks against a bed without forbidding it: shown before the move, and the person decides.

    Args:
        mover: Who would get the bed.
        sharers: Who sleeps in the room, without the mover.
        family: The family of the mover in the house, without the mover; those without a bed too.
        room: The room as `label` calls it.
        on: The local date of the move.
    """
    strangers = [other for other in sharers if not mover.is_family_of(other)]
    found = []
    if any({mover.sex, other.sex} == {Sex.FEMALE, Sex.MALE} for other in strangers):
        found.append(message("Women and men who are not a family would share room {room}.", room=room))
    if any(mover.is_child(on) != other.is_child(on) for other in strangers):
        found.append(message("A child would share room {room} with adults who are not its family.", room=room))
    if any(mover.regime is not other.regime for other in strangers):
        found.append(
            message("People who may leave the house and people who may not would share room {room}.", room=room)
        )
    for relative in family:
        if relative.room is not None and relative.room != room:
            found.append(
                message("The family would be apart: {name} is in room {room}.", name=relative.name, room=relative.room)
            )
    return tuple(found)
