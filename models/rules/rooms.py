"""How rooms and beds are named and sorted, and what speaks against somebody in a bed.

That a bed has one person at a time is decided by `models.store.guards`. What the kind of a room or of a bed forbids,
and whether a supervisor may allow it, is decided by `objections`, which every placement asks, whoever writes it: an
arrival, a move, a correction, the room whose kind changes. rules.md is silent on it; what was decided is this:

A room of which nothing is stated is for everybody. No reason makes it right to put whoever may leave the house into a
room for detained people, or a child of three or older into a crib. Only a supervisor allows, with a reason that stays
with the placement beside what stood against it: the other sex in a room for women or men (a child with its family is
none); who belongs to no family in a room for families; a detained person elsewhere where the house has rooms for
them; a child among adults who are not its family in a room for women, men or detained people; who is not kept apart
in a room for isolation; who needs an accessible bed in another; who is not to share a room; two who are to be kept
separate. Of the past it can be entered as it was: the record says what happened.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from models.errors import Refused
from models.ids import FamilyId, ResidentId
from models.rules.birth import BirthDate, may_be_child
from models.rules.sorting import sort_key
from models.rules.vocabulary import BedKind, NeedKind, Regime, RoomKind, Sex
from models.text import Message, message

T = TypeVar("T")

MOST_ROOMS = 1000
"""More rooms than this at once are a slip of the keyboard."""
MOST_BEDS = 60
"""More beds than this in one room are a slip of the keyboard."""

CRIB_UNTIL = 3
"""From this age on a crib is too small."""

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
        needs: What counts of their needs where a bed is chosen (`rules/needs.py`).
        resident_id: Who it is.
        apart_from: From whom they are to be kept separate.
        is_separated: Whether it was decided that the person is kept apart from others.
    """

    name: str
    sex: Sex | None = None
    birth: BirthDate | None = None
    family_id: FamilyId | None = None
    regime: Regime = Regime.OPEN
    room: str | None = None
    needs: frozenset[NeedKind] = frozenset()
    resident_id: ResidentId | None = None
    apart_from: frozenset[ResidentId] = frozenset()
    is_separated: bool = False

    def is_child(self, on: date) -> bool:
        """Whether the person may still be under eighteen on a date; nobody is taken for a child unknown."""
        return may_be_child(self.birth, on)

    def is_family_of(self, other: "Sleeper") -> bool:
        """Whether the two belong together."""
        return self.family_id is not None and self.family_id == other.family_id


@dataclass(frozen=True, slots=True)
class Wanted:
    """The bed that somebody would get.

    Attributes:
        room: Its room, as `label` calls it.
        room_kind: For whom the room is; None: nothing is stated, and nothing is forbidden by it.
        kind: What kind of bed it is.
        has_cells: Whether the house has cells at all: a detained person then belongs into one.
    """

    room: str
    room_kind: RoomKind | None = None
    kind: BedKind = BedKind.PLAIN
    has_cells: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What the kind of a room or of a bed has against somebody.

    Attributes:
        said: The sentence.
        is_final: Whether nobody may allow it; else a supervisor may, with a reason.
    """

    said: Message
    is_final: bool = False


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


def room_name(building: str, room: str) -> Message:
    """A room in words: `Room 12 (House B)`."""
    return message("Room {room}", room=label(building, room))


def bed_name(building: str, room: str, bed: str) -> Message:
    """A bed in words: `Room 12 (House B), bed A`."""
    return message("Room {room}, bed {bed}", room=label(building, room), bed=bed)


def short_name(building: str, room: str, bed: str) -> str:
    """A bed in a column, its number whole and first: `12 · A (House B)`, or `12 · A`; empty where there is no bed."""
    return label(building, f"{room} · {bed}") if room else ""


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


_FOR_DETAINED = (RoomKind.DETENTION, RoomKind.ISOLATION, RoomKind.SICK)
"""Where a detained person may sleep."""
_BY_SEX_OR_CELL = (RoomKind.WOMEN, RoomKind.MEN, RoomKind.DETENTION)
"""Where a child has no place alone."""


def objections(mover: Sleeper, wanted: Wanted, sharers: Sequence[Sleeper], *, on: date) -> tuple[Objection, ...]:
    """What the kind of the room and of the bed forbids, and whether a supervisor may allow it with a reason.

    Nobody who may leave the house is put into a cell, and nobody into a crib who is too old for one: no reason makes
    that right. All else can be right in a single case. A child may be where its family is.

    Args:
        mover: Who would get the bed.
        wanted: The bed.
        sharers: Who sleeps in the room, without the mover.
        on: The local date from which the bed would be had.
    """
    name, room, kind = mover.name, wanted.room, wanted.room_kind
    found = [*_of_regime(mover, wanted), *_of_bed(mover, wanted, on)]
    with_family = any(mover.is_family_of(other) for other in sharers)
    if kind is RoomKind.WOMEN and mover.sex is Sex.MALE and not (mover.is_child(on) and with_family):
        found.append(Objection(message("Room {room} is for women, and {name} is male.", room=room, name=name)))
    if kind is RoomKind.MEN and mover.sex is Sex.FEMALE and not (mover.is_child(on) and with_family):
        found.append(Objection(message("Room {room} is for men, and {name} is female.", room=room, name=name)))
    if kind is RoomKind.FAMILIES and mover.family_id is None:
        said = message("Room {room} is for families, and {name} is entered in no family.", room=room, name=name)
        found.append(Objection(said))
    if kind is RoomKind.ISOLATION and not mover.is_separated:
        said = message("Room {room} is for isolation, and no separation of {name} is entered.", room=room, name=name)
        found.append(Objection(said))
    if kind in _BY_SEX_OR_CELL and _leaves_child_alone(mover, sharers, on):
        found.append(Objection(_child_with_strangers(room)))
    return (*found, *_of_company(mover, sharers))


def _of_company(mover: Sleeper, sharers: Sequence[Sleeper]) -> Iterator[Objection]:
    """Who is not to share a room, or not with each other; why is told to nobody here."""
    strangers = [other for other in sharers if not mover.is_family_of(other)]
    for one in [mover, *strangers] if strangers else ():
        if NeedKind.NOT_SHARED in one.needs:
            yield Objection(message("{name} is not to share a room.", name=one.name))
    for other in sharers:
        if other.resident_id in mover.apart_from or mover.resident_id in other.apart_from:
            yield Objection(message("{name} and {other} are to be kept separate.", name=mover.name, other=other.name))


def _of_regime(mover: Sleeper, wanted: Wanted) -> Iterator[Objection]:
    name, room = mover.name, wanted.room
    if wanted.room_kind is RoomKind.DETENTION and mover.regime is Regime.OPEN:
        said = message("Room {room} is for detained people, and {name} may leave the house.", room=room, name=name)
        yield Objection(said, is_final=True)
    if wanted.has_cells and wanted.room_kind not in _FOR_DETAINED and mover.regime is Regime.DETAINED:
        yield Objection(
            message("{name} is detained, and room {room} is not for detained people.", room=room, name=name)
        )


def _of_bed(mover: Sleeper, wanted: Wanted, on: date) -> Iterator[Objection]:
    name, room = mover.name, wanted.room
    if wanted.kind is BedKind.CRIB and not (mover.birth is not None and mover.birth.age(on) < CRIB_UNTIL):
        said = message("This is a crib, for children under three, and {name} is not known to be one.", name=name)
        yield Objection(said, is_final=mover.birth is not None)
    if NeedKind.ACCESSIBLE_BED in mover.needs and wanted.kind is not BedKind.ACCESSIBLE:
        yield Objection(
            message("{name} needs an accessible bed, and this one in room {room} is none.", room=room, name=name)
        )


def _leaves_child_alone(mover: Sleeper, sharers: Sequence[Sleeper], on: date) -> bool:
    """Whether a child would sleep among adults of whom none is its family."""
    together = [mover, *sharers]
    return any(
        child.is_child(on)
        and (child is mover or not mover.is_child(on))
        and any(not other.is_child(on) for other in together)
        and not any(child.is_family_of(other) for other in together if other is not child)
        for child in together
    )


def _child_with_strangers(room: str) -> Message:
    return message("A child would share room {room} with adults who are not its family.", room=room)


def once(found: Iterable[T]) -> tuple[T, ...]:
    """What several people have in common, once: a message is no key."""
    said: list[T] = []
    for each in found:
        if each not in said:
            said.append(each)
    return tuple(said)


def concerns(
    mover: Sleeper,
    sharers: Sequence[Sleeper],
    family: Sequence[Sleeper],
    *,
    room: str,
    on: date,
    kind: BedKind = BedKind.PLAIN,
) -> tuple[Message, ...]:
    """What speaks against a bed without forbidding it: shown before the move, and the person decides.

    Args:
        mover: Who would get the bed.
        sharers: Who sleeps in the room, without the mover.
        family: The family of the mover in the house, without the mover; those without a bed too.
        room: The room as `label` calls it.
        on: The local date of the move.
        kind: What kind of bed it is.
    """
    strangers = [other for other in sharers if not mover.is_family_of(other)]
    found = []
    if any({mover.sex, other.sex} == {Sex.FEMALE, Sex.MALE} for other in strangers):
        found.append(message("Women and men who are not a family would share room {room}.", room=room))
    if any(mover.is_child(on) != other.is_child(on) for other in strangers):
        found.append(_child_with_strangers(room))
    if any(mover.regime is not other.regime for other in strangers):
        found.append(
            message("People who may leave the house and people who may not would share room {room}.", room=room)
        )
    if NeedKind.CRIB in mover.needs and kind is not BedKind.CRIB:
        found.append(message("{name} needs a crib.", name=mover.name))
    for relative in family:
        if relative.room is not None and relative.room != room:
            found.append(
                message("The family would be apart: {name} is in room {room}.", name=relative.name, room=relative.room)
            )
    return tuple(found)
