"""The beds that are proposed to those who arrive together: what holds of every proposal, and what it does for a bus."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ids import BedId
from models.rules.beds import FreeBed, Guest, Space, propose
from models.rules.vocabulary import BedKind, RoomKind, Sex

_SEXES = st.sampled_from([Sex.FEMALE, Sex.MALE, Sex.OTHER, None])


def _guests(begin: int, most: int) -> st.SearchStrategy[list[Guest]]:
    one = st.builds(
        Guest,
        key=st.just(0),
        sex=_SEXES,
        is_child=st.booleans(),
        family=st.sampled_from([None, None, "F-1", "F-2", "F-3"]),
        is_detained=st.booleans(),
        needs_accessible=st.booleans(),
        not_shared=st.booleans(),
        fits_crib=st.booleans(),
    )

    def numbered(found: list[Guest]) -> list[Guest]:
        return [
            Guest(
                begin + place,
                each.sex,
                each.is_child or each.fits_crib,
                each.family,
                each.is_detained,
                each.needs_accessible,
                each.not_shared,
                each.fits_crib,
            )
            for place, each in enumerate(found)
        ]

    return st.lists(one, max_size=most).map(numbered)


@st.composite
def _houses(draw: st.DrawFn) -> list[Space]:
    spaces, number = [], 1
    for at in range(draw(st.integers(0, 8))):
        kinds = draw(st.lists(st.sampled_from(BedKind), max_size=5))
        free = tuple(FreeBed(BedId(number + place), kind) for place, kind in enumerate(kinds))
        number += len(kinds)
        kind = draw(st.sampled_from([None, *RoomKind]))
        inside = draw(_guests(1000 + 100 * at, 2)) if draw(st.booleans()) else []
        spaces.append(Space(kind, free, tuple(inside)))
    return spaces


@given(_guests(0, 14), _houses())
def test_whatever_arrives_no_proposal_breaks_a_rule(guests: list[Guest], house: list[Space]) -> None:
    given_ = propose(guests, house)
    assert given_.keys() == {guest.key for guest in guests}
    beds = [bed for bed in given_.values() if bed is not None]
    assert max(Counter(beds).values(), default=1) == 1, "nobody above capacity"
    where = {bed.id: (space, bed) for space in house for bed in space.free}
    new: dict[int, list[Guest]] = defaultdict(list)
    rooms: dict[object, Space] = {}
    for guest in guests:
        bed_id = given_[guest.key]
        if bed_id is None:
            continue
        space, bed = where[bed_id]
        rooms[guest.key] = space
        new[id(space)].append(guest)
        assert not guest.needs_accessible or bed.kind is BedKind.ACCESSIBLE
        assert bed.kind is not BedKind.CRIB or guest.fits_crib
        assert guest.is_detained or space.kind is not RoomKind.DETENTION, "nobody who may leave the house in a cell"
        assert space.kind not in (RoomKind.ISOLATION, RoomKind.SICK)
    has_cells = any(space.kind is RoomKind.DETENTION for space in house)
    for space in house:
        _check_room(new[id(space)], [*space.inside, *new[id(space)]], space, has_cells=has_cells)
    for family in ("F-1", "F-2", "F-3"):
        members = [guest for guest in guests if guest.family == family]
        assert len({id(rooms[guest.key]) for guest in members if guest.key in rooms}) <= 1, "families together"


def _check_room(new: list[Guest], together: list[Guest], space: Space, *, has_cells: bool) -> None:
    for guest in new:
        strangers = [other for other in together if other is not guest and not _kin(guest, other)]
        assert not strangers or (guest.sex in (Sex.FEMALE, Sex.MALE))
        for other in strangers:
            assert guest.sex is other.sex
            assert guest.is_child is other.is_child, "a child without its family is never with adults"
            assert guest.is_detained is other.is_detained
            assert not guest.not_shared
            assert not other.not_shared
        if guest.is_child and any(not other.is_child for other in together):
            assert any(_kin(guest, other) and not other.is_child for other in together)
        if space.kind is RoomKind.WOMEN:
            assert guest.sex is Sex.FEMALE
        if space.kind is RoomKind.MEN:
            assert guest.sex is Sex.MALE
        if space.kind is RoomKind.FAMILIES:
            assert guest.family is not None
        if guest.is_detained and has_cells:
            assert space.kind is RoomKind.DETENTION


def _kin(one: Guest, other: Guest) -> bool:
    return one.family is not None and one.family == other.family


def _room(kind: RoomKind | None, *beds: int, accessible: tuple[int, ...] = ()) -> Space:
    kinds = {bed: BedKind.ACCESSIBLE if bed in accessible else BedKind.PLAIN for bed in beds}
    return Space(kind, tuple(FreeBed(BedId(bed), each) for bed, each in kinds.items()))


def test_a_bus_is_housed_as_a_careful_clerk_would() -> None:
    house = [
        _room(RoomKind.MEN, 1, 2, 3, accessible=(1,)),
        _room(RoomKind.WOMEN, 4, 5),
        _room(RoomKind.FAMILIES, 6, 7, 8, 9),
        _room(RoomKind.FAMILIES, 10, 11, 12),
        _room(None, 13, 14),
        _room(RoomKind.DETENTION, 15),
    ]
    bus = [
        Guest("omid", Sex.MALE),
        Guest("gul", Sex.MALE, family="F"),
        Guest("fatima", Sex.FEMALE, family="F"),
        Guest("setayesh", Sex.FEMALE, is_child=True, family="F"),
        Guest("carmen", Sex.FEMALE),
        Guest("zahra", Sex.FEMALE),
        Guest("tran", Sex.MALE, needs_accessible=True),
        Guest("najib", Sex.MALE, is_child=True),
        Guest("prisoner", Sex.MALE, is_detained=True),
    ]
    found = propose(bus, house)
    assert found == {
        "gul": 10, "fatima": 11, "setayesh": 12,  # the smaller room that holds them
        "tran": 1,
        "omid": 2,
        "carmen": 4, "zahra": 5,
        "najib": 13,
        "prisoner": 15,
    }  # fmt: skip


@pytest.mark.parametrize("kin_is_here", [True, False])
def test_who_follows_the_family_is_put_with_them(kin_is_here: bool) -> None:
    mother = Guest("mother", Sex.FEMALE, family=7)
    room = Space(RoomKind.FAMILIES, (FreeBed(BedId(1)),), (mother if kin_is_here else Guest("other", Sex.FEMALE),))
    child = Guest("child", Sex.MALE, is_child=True, family=7)
    assert propose([child], [room]) == {"child": 1 if kin_is_here else None}


def test_where_no_room_holds_the_family_nothing_is_proposed_rather_than_parting_it() -> None:
    family = [Guest(name, sex, family="F") for name, sex in (("a", Sex.MALE), ("b", Sex.FEMALE), ("c", Sex.FEMALE))]
    assert set(propose(family, [_room(None, 1, 2), _room(None, 3, 4)]).values()) == {None}
