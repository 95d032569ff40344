"""What the register says of rooms and beds: who is in them, which are free, and what speaks against one."""

from datetime import UTC, date, datetime

import pytest

from models.actions import rooms as actions
from models.entities.absences import Absence
from models.entities.residents import Family
from models.errors import Refused
from models.ids import BedId, FamilyId, ProgrammeId, ResidentId, StayId
from models.queries import rooms
from models.rules.birth import BirthDate
from models.rules.rooms import bed_names, natural, next_bed_name, room_names
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime, Sex
from models.store.register import Register
from tests import builders

ARRIVED = date(2026, 6, 26)


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register)


@pytest.fixture
def beds(register: Register) -> list[BedId]:
    """Rooms 1 and 2 of two beds each: 1A, 1B, 2A, 2B."""
    register.perform(actions.add_room, name="1", last="2", beds=2)
    with register.read() as snapshot:
        return [bed.bed_id for room in rooms.overview(snapshot).rooms for bed in room.beds]


def _person(register: Register, programme: ProgrammeId, number: str, **fields: object) -> StayId:
    return builders.stay(register, builders.resident(register, number, **fields), programme, ARRIVED)


def _place(register: Register, stay_id: StayId, bed_id: BedId, moment: Moment | None = None) -> None:
    register.perform(actions.place, stay_id=stay_id, bed_id=bed_id, moment=moment)


def _concerns(register: Register, stay_id: StayId, bed_id: BedId) -> list[str]:
    with register.read() as snapshot:
        return [found.text for found in rooms.asked(snapshot, moves=[(stay_id, bed_id)]).concerns]


def test_the_overview_shows_who_has_which_bed_and_how_full_the_house_is(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    register.perform(actions.add_room, name="1", building="House B", beds=3)
    away = _person(register, programme, "K-0001", family_name="Okafor", given_names="Chidi", sex=Sex.MALE)
    home = _person(register, programme, "K-0002")
    homeless = _person(register, programme, "K-0003")
    _place(register, away, beds[0])
    _place(register, home, beds[2])
    absence = Absence(stay_id=away, kind=AbsenceKind.HOSPITAL, from_on=ARRIVED, due_back_on=ARRIVED)
    register.perform(builders.put, row=absence)
    with register.read() as snapshot:
        found = rooms.overview(snapshot)
        register_rooms = {room.name: room for room in found.rooms if not room.building}
    occupant = register_rooms["1"].beds[0].occupant
    assert occupant is not None
    assert (occupant.stay_id, occupant.family_name, occupant.programme, occupant.is_away) == (
        away, "Okafor", "US-2025", True,
    )  # fmt: skip
    assert (register_rooms["1"].taken, register_rooms["1"].free) == (1, 1)
    assert [(each.building, each.beds, each.taken, each.free) for each in found.buildings] == [
        ("", 4, 2, 2),
        ("House B", 3, 0, 3),
    ]
    assert (found.house.rooms, found.house.beds, found.house.taken) == (3, 7, 2)
    assert [person.stay_id for person in found.without_bed] == [homeless]


def test_beds_of_rooms_out_of_use_are_neither_free_nor_counted_as_beds(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    with register.read() as snapshot:
        second = rooms.overview(snapshot).rooms[1].room_id
    register.perform(actions.take_out_of_use, room_id=second, reason="paint")
    with register.read() as snapshot:
        found = rooms.overview(snapshot)
        free = rooms.free_beds(snapshot)
    assert (found.house.beds, found.house.out_of_use, found.house.free) == (2, 2, 2)
    assert [bed.bed_id for bed in free] == beds[:2]


def test_a_bed_is_free_from_the_moment_on_at_which_it_was_left(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    stay = _person(register, programme, "K-0001")
    _place(register, stay, beds[0], Moment(ARRIVED))
    left = Moment(date(2026, 8, 1), datetime(2026, 8, 1, 10, 0, tzinfo=UTC))
    register.perform(actions.free, stay_id=stay, moment=left)
    with register.read() as snapshot:
        now = {bed.bed_id for bed in rooms.free_beds(snapshot)}
        earlier = Moment(left.on, datetime(2026, 8, 1, 9, 59, tzinfo=UTC))
        before = {bed.bed_id for bed in rooms.free_beds(snapshot, moment=earlier)}
        at_once = {bed.bed_id for bed in rooms.free_beds(snapshot, moment=left)}
    assert now == at_once == set(beds)
    assert before == set(beds[1:])


def test_the_history_of_a_room_names_everybody_who_had_a_bed_there(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    first = _person(register, programme, "K-0001")
    second = _person(register, programme, "K-0002")
    _place(register, first, beds[0], Moment(ARRIVED))
    register.perform(actions.move, stay_id=first, bed_id=beds[2], moment=Moment(date(2026, 7, 4)))
    _place(register, second, beds[0], Moment(date(2026, 7, 4)))
    with register.read() as snapshot:
        room = rooms.overview(snapshot).rooms[0].room_id
        of_room = [(row.number, row.bed) for row in rooms.history(snapshot, room_id=room)]
        of_bed = [row.number for row in rooms.history(snapshot, bed_id=beds[2])]
        nothing = rooms.history(snapshot)
    assert of_room == [("K-0002", "A"), ("K-0001", "A")]
    assert of_bed == ["K-0001"]
    assert nothing == ()


def test_women_and_men_who_are_not_a_family_in_one_room_are_a_concern(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    woman = _person(register, programme, "K-0001", sex=Sex.FEMALE)
    man = _person(register, programme, "K-0002", sex=Sex.MALE)
    _place(register, woman, beds[0])
    assert _concerns(register, man, beds[1]) == [
        "Women and men who are not a family would share room {room}.",
    ]
    assert _concerns(register, man, beds[2]) == []
    _place(register, man, beds[1])
    assert len(_concerns(register, man, beds[1])) == 1


def test_a_family_is_no_concern_together_but_apart(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    family = FamilyId(register.perform(builders.put, row=Family(name="Rahmani")).value)
    mother = _person(register, programme, "K-0001", sex=Sex.FEMALE, family_id=family, given_names="Laila")
    son = _person(
        register, programme, "K-0002", sex=Sex.MALE, family_id=family, birth=BirthDate.exact(date(2016, 3, 1))
    )
    _place(register, mother, beds[0])
    assert _concerns(register, son, beds[1]) == []
    assert _concerns(register, son, beds[2]) == ["The family would be apart: {name} is in room {room}."]


def test_a_child_among_strangers_and_detained_among_free_are_concerns(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    closed = builders.programme(register, "DK-GJILAN", regime=Regime.DETAINED)
    adult = _person(register, closed, "K-0001", birth=BirthDate(1980))
    child = _person(register, programme, "K-0002", birth=BirthDate(2010))
    _place(register, adult, beds[0])
    assert _concerns(register, child, beds[1]) == [
        "A child would share room {room} with adults who are not its family.",
        "People who may leave the house and people who may not would share room {room}.",
    ]


def test_concerns_about_a_bed_that_is_gone_are_refused(
    register: Register, programme: ProgrammeId, beds: list[BedId]
) -> None:
    stay = _person(register, programme, "K-0001")
    with register.read() as snapshot, pytest.raises(Refused):
        rooms.asked(snapshot, moves=[(stay, BedId(999))])


def test_names_are_sorted_as_people_count() -> None:
    assert sorted(["10", "2", "A2", "A10", "1b", "1"], key=natural) == ["1", "1b", "2", "10", "A2", "A10"]


def test_names_of_many_rooms_count_up_and_keep_their_zeros() -> None:
    assert room_names("A-08", "A-11") == ("A-08", "A-09", "A-10", "A-11")
    assert room_names("12") == ("12",)
    assert bed_names(28)[-3:] == ("Z", "AA", "AB")
    assert next_bed_name(["A", "C"]) == "B"
    assert next_bed_name(["1", "2"]) == "3"
    assert next_bed_name([]) == "A"


def test_residents_of_old_stays_are_in_no_room(register: Register, programme: ProgrammeId) -> None:
    resident: ResidentId = builders.resident(register)
    builders.stay(register, resident, programme, ARRIVED, date(2026, 7, 1))
    with register.read() as snapshot:
        assert rooms.without_bed(snapshot) == ()
