"""Names of rooms and beds, and what is to be thought of before somebody gets a bed."""

from dataclasses import replace
from datetime import date

import pytest

from models.errors import Refused
from models.ids import FamilyId, ResidentId
from models.rules.birth import BirthDate
from models.rules.rooms import (
    BedNaming,
    Sleeper,
    Wanted,
    bed_names,
    concerns,
    label,
    natural,
    next_bed_name,
    objections,
    room_names,
)
from models.rules.vocabulary import BedKind, NeedKind, Regime, RoomKind, Sex
from models.text import translator

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (" 12 ", "", ("12",)),
        ("12", "12", ("12",)),
        ("9", "11", ("9", "10", "11")),
        ("A-01", "A-03", ("A-01", "A-02", "A-03")),
        ("1a", "2a", ("1a", "2a")),
        ("H2-1", "H2-2", ("H2-1", "H2-2")),
    ],
)
def test_rooms_count_from_the_first_to_the_last(first: str, last: str, names: tuple[str, ...]) -> None:
    assert room_names(first, last) == names


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (" ", "3", "name"),
        ("A", "B", "last"),
        ("A1", "B2", "last"),
        ("1a", "2b", "last"),
        ("1", "B", "last"),
        ("3", "2", "last"),
        ("1", "1001", "last"),
    ],
)
def test_rooms_that_do_not_count_are_refused(first: str, last: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        room_names(first, last)
    assert refused.value.field == field
    assert len(room_names("1", "1000")) == 1000


def test_beds_are_named_by_letters_or_numbers_and_are_sixty_at_the_most() -> None:
    assert bed_names(1) == ("A",)
    assert bed_names(28)[-3:] == ("Z", "AA", "AB")
    assert bed_names(60)[51:53] == ("AZ", "BA")
    assert bed_names(3, BedNaming.NUMBERS) == ("1", "2", "3")
    for count in (0, 61):
        with pytest.raises(Refused) as refused:
            bed_names(count)
        assert refused.value.field == "beds"


@pytest.mark.parametrize(
    ("taken", "following"),
    [((), "A"), (("A", "B"), "C"), (("A", "C"), "B"), (("1", "2"), "3"), (("2",), "1"), (("1", "A"), "B")],
)
def test_one_bed_more_goes_on_as_the_beds_are_named(taken: tuple[str, ...], following: str) -> None:
    assert next_bed_name(taken) == following


def test_rooms_stand_as_people_count_and_numbers_before_letters() -> None:
    names = ["2", "10", "A2", "A10", "B1", "Č1", "D1"]
    assert sorted(reversed(names), key=lambda name: natural(name, "sr")) == names
    assert natural("A02") == natural("a2")
    assert (label("House B", "12"), label("", "12")) == ("12 (House B)", "12")


WOMAN = Sleeper("Zahra", Sex.FEMALE, BirthDate(1990), FamilyId(1))
MIXED = "Women and men who are not a family would share room 12."
CHILD = "A child would share room 12 with adults who are not its family."
REGIMES = "People who may leave the house and people who may not would share room 12."


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (Sleeper("Lena", Sex.FEMALE, BirthDate(1980)), []),
        (Sleeper("Omid", Sex.MALE, BirthDate(1980)), [MIXED]),
        (Sleeper("Omid", Sex.MALE, BirthDate(1980), FamilyId(2)), [MIXED]),
        (Sleeper("Omid", Sex.MALE, BirthDate(2020), FamilyId(1), Regime.DETAINED), []),
        (Sleeper("Somebody"), []),
        (Sleeper("Lena", Sex.FEMALE, BirthDate(2008, 11, 21)), []),
        (Sleeper("Lena", Sex.FEMALE, BirthDate(2008, 11, 22)), [CHILD]),
        (Sleeper("Lena", Sex.FEMALE, BirthDate(1980), regime=Regime.DETAINED), [REGIMES]),
        (Sleeper("Omid", Sex.MALE, BirthDate(2020), regime=Regime.DETAINED), [MIXED, CHILD, REGIMES]),
    ],
)
def test_who_shares_a_room_without_being_a_family_is_thought_of_from_either_side(
    other: Sleeper, found: list[str]
) -> None:
    for mover, sharer in ((WOMAN, other), (other, WOMAN)):
        told = concerns(mover, [sharer], [], room="12", on=ON)
        assert [translator("en").render(each) for each in told] == found


def test_a_family_that_would_be_apart_is_told_by_each_of_another_room() -> None:
    here, there, nowhere = (
        replace(WOMAN, name=name, room=room) for name, room in (("A", "12"), ("B", "13"), ("C", None))
    )
    told = concerns(WOMAN, [], [here, there, nowhere], room="12", on=ON)
    assert [translator("en").render(each) for each in told] == ["The family would be apart: B is in room 13."]


MINA = Sleeper("Mina", sex=Sex.FEMALE, birth=BirthDate(1990))
OMID = Sleeper("Omid", sex=Sex.MALE, birth=BirthDate(1980))
MOTHER = replace(MINA, family_id=FamilyId(7))
SON = Sleeper("Ali", sex=Sex.MALE, birth=BirthDate(2018), family_id=FamilyId(7))
CELL = Wanted("1", RoomKind.DETENTION, has_cells=True)
HELD = replace(OMID, regime=Regime.DETAINED)


@pytest.mark.parametrize(
    ("mover", "wanted", "sharers", "against", "final"),
    [
        (OMID, Wanted("1"), [MINA], [], False),
        (OMID, Wanted("1", RoomKind.WOMEN), [], ["Room 1 is for women, and Omid is male."], False),
        (MINA, Wanted("1", RoomKind.MEN), [], ["Room 1 is for men, and Mina is female."], False),
        (MINA, Wanted("1", RoomKind.WOMEN), [], [], False),
        (replace(OMID, sex=None), Wanted("1", RoomKind.WOMEN), [], [], False),
        (replace(OMID, sex=Sex.OTHER), Wanted("1", RoomKind.WOMEN), [], [], False),
        (SON, Wanted("1", RoomKind.WOMEN), [MOTHER], [], False),
        (SON, Wanted("1", RoomKind.MEN), [OMID],
         ["A child would share room 1 with adults who are not its family."], False),
        (OMID, Wanted("1", RoomKind.MEN), [SON],
         ["A child would share room 1 with adults who are not its family."], False),
        (SON, Wanted("1", RoomKind.MEN), [replace(SON, name="Reza", family_id=None)], [], False),
        (MINA, Wanted("1", RoomKind.FAMILIES), [],
         ["Room 1 is for families, and Mina is entered in no family."], False),
        (MOTHER, Wanted("1", RoomKind.FAMILIES), [], [], False),
        (OMID, CELL, [], ["Room 1 is for detained people, and Omid may leave the house."], True),
        (HELD, CELL, [], [], False),
        (HELD, Wanted("1", has_cells=True), [], ["Omid is detained, and room 1 is not for detained people."], False),
        (HELD, Wanted("1", RoomKind.MEN, has_cells=True), [],
         ["Omid is detained, and room 1 is not for detained people."], False),
        (HELD, Wanted("1", RoomKind.SICK, has_cells=True), [], [], False),
        (HELD, Wanted("1"), [], [], False),
        (OMID, Wanted("1", RoomKind.SICK), [], [], False),
        (OMID, Wanted("1", RoomKind.ISOLATION), [],
         ["Room 1 is for isolation, and no separation of Omid is entered."], False),
        (replace(OMID, is_separated=True), Wanted("1", RoomKind.ISOLATION), [], [], False),
        (OMID, Wanted("1", kind=BedKind.CRIB), [],
         ["This is a crib, for children under three, and Omid is not known to be one."], True),
        (replace(OMID, birth=None), Wanted("1", kind=BedKind.CRIB), [],
         ["This is a crib, for children under three, and Omid is not known to be one."], False),
        (replace(SON, birth=BirthDate(2024, 1, 2)), Wanted("1", kind=BedKind.CRIB), [], [], False),
        (replace(OMID, needs=frozenset({NeedKind.ACCESSIBLE_BED})), Wanted("1"), [],
         ["Omid needs an accessible bed, and this one in room 1 is none."], False),
        (replace(OMID, needs=frozenset({NeedKind.ACCESSIBLE_BED})), Wanted("1", kind=BedKind.ACCESSIBLE), [],
         [], False),
        (replace(OMID, needs=frozenset({NeedKind.NOT_SHARED})), Wanted("1"), [], [], False),
        (replace(OMID, needs=frozenset({NeedKind.NOT_SHARED})), Wanted("1"), [HELD],
         ["Omid is not to share a room."], False),
        (OMID, Wanted("1"), [replace(MINA, needs=frozenset({NeedKind.NOT_SHARED}))],
         ["Mina is not to share a room."], False),
        (SON, Wanted("1"), [replace(MOTHER, needs=frozenset({NeedKind.NOT_SHARED}))], [], False),
        (replace(OMID, resident_id=ResidentId(1)), Wanted("1"), [replace(MINA, apart_from=frozenset({ResidentId(1)}))],
         ["Omid and Mina are to be kept separate."], False),
        (replace(OMID, apart_from=frozenset({ResidentId(2)})), Wanted("1"), [replace(MINA, resident_id=ResidentId(2))],
         ["Omid and Mina are to be kept separate."], False),
        (OMID, Wanted("1"), [replace(MINA, apart_from=frozenset({ResidentId(3)}))], [], False),
    ],
)  # fmt: skip
def test_what_the_kind_of_a_room_and_of_a_bed_forbids_and_whether_it_may_be_allowed(
    mover: Sleeper, wanted: Wanted, sharers: list[Sleeper], against: list[str], final: bool
) -> None:
    found = objections(mover, wanted, sharers, on=ON)
    assert [translator("en").render(each.said) for each in found] == against
    assert any(each.is_final for each in found) is final
