"""Which bed is proposed to each of those who arrive together; a person corrects it, and whoever gives it asks again.

Families are together, women and men apart, who may leave the house and who may not apart; a child without its family
is never with adults; who needs an accessible bed gets one or none; who is not to share a room is alone in it. Nobody
is put into a cell who may leave the house, and no room takes more than it has beds. Where nothing fits, nothing is
proposed.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.ids import BedId
from models.rules.vocabulary import BedKind, RoomKind, Sex

_OPEN_TO_ALL = (RoomKind.WOMEN, RoomKind.MEN, RoomKind.FAMILIES, None)
"""The kinds of rooms that are proposed; where a sick person or one kept apart sleeps, a person decides."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who needs a bed, or has one.

    Attributes:
        key: Who it is.
        sex: As the document states it; None where it is not known: such a person is proposed a room alone.
        is_child: Whether the person is a child, or must be taken for one.
        family: Who belongs together; None for somebody alone.
        is_detained: Whether the person may not leave the house.
        needs_accessible: Whether only an accessible bed will do.
        not_shared: Whether the room is not to be shared with strangers.
        fits_crib: Whether the person is small enough for a crib.
    """

    key: Hashable
    sex: Sex | None = None
    is_child: bool = False
    family: Hashable | None = None
    is_detained: bool = False
    needs_accessible: bool = False
    not_shared: bool = False
    fits_crib: bool = False


@dataclass(frozen=True, slots=True)
class FreeBed:
    """A bed that can be given."""

    id: BedId
    kind: BedKind = BedKind.PLAIN


@dataclass(frozen=True, slots=True)
class Space:
    """A room in use.

    Attributes:
        kind: For whom it is; None: nothing is stated.
        free: Its beds that can be given.
        inside: Who sleeps there.
    """

    kind: RoomKind | None = None
    free: tuple[FreeBed, ...] = ()
    inside: tuple[Guest, ...] = ()

    def bed_for(self, guest: Guest) -> FreeBed | None:
        """The plainest bed that will do for somebody; None where there is none."""
        wanted: tuple[BedKind, ...] = (BedKind.PLAIN, BedKind.ACCESSIBLE)
        if guest.needs_accessible:
            wanted = (BedKind.ACCESSIBLE,)
        elif guest.fits_crib and guest.family is not None:
            wanted = (BedKind.CRIB, *wanted)
        fitting = (bed for kind in wanted for bed in self.free if bed.kind is kind)
        return next(fitting, None)

    def taken_by(self, guest: Guest, bed_id: BedId | None) -> "Space":
        """The room once somebody has one of its beds."""
        return replace(self, free=tuple(bed for bed in self.free if bed.id != bed_id), inside=(*self.inside, guest))


def propose(guests: Sequence[Guest], rooms: Sequence[Space]) -> dict[Hashable, BedId | None]:
    """Propose a bed to each of those who arrive, as far as one fits.

    Families come first, the largest before the smaller; then who can be helped in few rooms alone.

    Args:
        guests: Who arrives and has no bed yet, in the order of the list.
        rooms: The rooms in use, in the order of the house, with who sleeps there.

    Returns:
        The bed of each, by key; None where no bed fits.
    """
    spaces = list(rooms)
    has_cells = any(each.kind is RoomKind.DETENTION for each in spaces)
    given: dict[Hashable, BedId | None] = dict.fromkeys(guest.key for guest in guests)
    for party in _parties(guests, spaces):
        given |= _house(party, spaces, has_cells=has_cells)
    return given


def _parties(guests: Iterable[Guest], spaces: Iterable[Space]) -> list[list[Guest]]:
    """Who is housed together, in the order in which beds are sought; who is here alone of a family, by themselves."""
    here = {guest.family for space in spaces for guest in space.inside if guest.family is not None}
    families: dict[Hashable, list[Guest]] = {}
    for guest in guests:
        key = ("family", guest.family) if guest.family is not None else ("alone", guest.key)
        families.setdefault(key, []).append(guest)

    def turn(party: Sequence[Guest]) -> tuple[bool, int, bool, bool, bool, bool]:
        one = party[0]
        has_kin = one.family in here and one.family is not None
        by_room = one.not_shared or one.sex not in (Sex.FEMALE, Sex.MALE)
        return (not has_kin, -len(party), not one.needs_accessible, not by_room, not one.is_child, one.sex is Sex.MALE)

    return sorted(families.values(), key=turn)


def _house(party: Sequence[Guest], spaces: list[Space], *, has_cells: bool) -> Mapping[Hashable, BedId | None]:
    """Put all of a party into the room that suits them best and holds them; nowhere where none does."""
    fitting = [
        (rank, len(space.free) - len(party), place, filled)
        for place, space in enumerate(spaces)
        if (rank := _rank(party, space, has_cells=has_cells)) is not None
        if (filled := _filled(party, space)) is not None
    ]
    if not fitting:
        return {}
    _rank_of, _left, place, (spaces[place], beds) = min(fitting, key=lambda each: each[:3])
    return beds


def _filled(party: Sequence[Guest], space: Space) -> tuple[Space, dict[Hashable, BedId | None]] | None:
    """The room with all of a party in it, and the bed of each; None where it does not hold them."""
    given: dict[Hashable, BedId | None] = {}
    for guest in sorted(party, key=lambda each: (not each.needs_accessible, not each.fits_crib)):
        bed = space.bed_for(guest)
        if bed is None:
            return None
        given[guest.key] = bed.id
        space = space.taken_by(guest, bed.id)
    return space, given


def _rank(party: Sequence[Guest], space: Space, *, has_cells: bool) -> int | None:
    """How well a room suits a party, the best first; None where it does not."""
    if not all(_may_enter(guest, party, space, has_cells=has_cells) for guest in party):
        return None
    is_kin = any(guest.family == other.family for guest in party for other in space.inside if guest.family is not None)
    if is_kin:
        return 0
    is_family = len(party) > 1
    if party[0].is_child and not is_family:
        return 1 if space.kind is None else 2  # else a room of many beds is lost to one alone
    meant = RoomKind.FAMILIES if is_family else RoomKind.WOMEN if party[0].sex is Sex.FEMALE else RoomKind.MEN
    if space.kind in (meant, RoomKind.DETENTION):
        return 1 if space.inside or is_family else 2
    return 3 if space.inside or is_family else 4


def _may_enter(guest: Guest, party: Sequence[Guest], space: Space, *, has_cells: bool) -> bool:
    """Whether somebody may sleep in a room, with those who come along."""
    strangers = [other for other in space.inside if other.family is None or other.family != guest.family]
    if not _kind_takes(guest, party, space, has_cells=has_cells):
        return False
    if any(other.is_detained is not guest.is_detained for other in strangers):
        return False
    if not strangers:
        return True
    if len(party) > 1 or _live_as_family(space.inside) or guest.sex not in (Sex.FEMALE, Sex.MALE):
        return False
    return not any(
        other.not_shared or guest.not_shared or other.sex is not guest.sex or other.is_child is not guest.is_child
        for other in strangers
    )


def _kind_takes(guest: Guest, party: Sequence[Guest], space: Space, *, has_cells: bool) -> bool:
    together = [*party, *space.inside]
    if guest.is_detained:
        return space.kind is (RoomKind.DETENTION if has_cells else None) and not _leaves_child(together)
    if space.kind not in _OPEN_TO_ALL or _leaves_child(together):
        return False
    if space.kind is RoomKind.FAMILIES:
        return guest.family is not None
    if space.kind is RoomKind.WOMEN:
        return all(other.sex is Sex.FEMALE for other in party)
    return space.kind is None or all(other.sex is Sex.MALE for other in party)


def _leaves_child(together: Sequence[Guest]) -> bool:
    """Whether a child would be in a room with adults of whom none is its family."""
    adults = [guest for guest in together if not guest.is_child]
    return any(
        child.is_child and adults and not any(child.family is not None and child.family == one.family for one in adults)
        for child in together
    )


def _live_as_family(inside: Iterable[Guest]) -> bool:
    """Whether a family has the room, so that no stranger is put there."""
    families = list(_families(inside))
    return len(families) != len(set(families))


def _families(inside: Iterable[Guest]) -> Iterator[Hashable]:
    return (guest.family for guest in inside if guest.family is not None)
