"""Rooms and beds in a real register: what is made, given, moved and refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.actions import endings, placements, rooms, stays
from models.entities.needs import Need
from models.entities.rooms import Placement, Room
from models.errors import Refused
from models.ids import BedId, PlacementId, ProgrammeId, ResidentId, RoomId, StayId
from models.queries import rooms as queries
from models.rules.birth import BirthDate
from models.rules.residents import PersonFacts
from models.rules.rooms import BedNaming
from models.rules.time import Moment
from models.rules.vocabulary import BedKind, NeedKind, Regime, Role, RoomKind, Sex
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.conftest import NOON
from tests.entries import last

ARRIVED = date(2026, 6, 26)
AUGUST = Moment(date(2026, 8, 1), datetime(2026, 8, 1, 10, 0, tzinfo=UTC))


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register)


@pytest.fixture
def stay(register: Register, programme: ProgrammeId) -> StayId:
    return builders.stay(register, builders.resident(register), programme, ARRIVED)


def _room(
    register: Register,
    name: str = "12",
    beds: int = 2,
    *,
    building: str = "",
    naming: BedNaming = BedNaming.LETTERS,
) -> queries.RoomRow:
    made = register.perform(rooms.add_room, name=name, beds=beds, building=building, naming=naming).value
    number = made[0]
    return _row(register, number)


def _row(register: Register, room_id: RoomId) -> queries.RoomRow:
    with register.read() as snapshot:
        return next(room for room in queries.overview(snapshot).rooms if room.room_id == room_id)


def _placements(register: Register, stay_id: StayId) -> list[tuple[BedId, Moment, Moment | None]]:
    with register.read() as snapshot:
        return [(row.bed_id, row.start, row.end) for row in queries.placements(snapshot, stay_id=stay_id)]


def test_forty_rooms_of_four_beds_are_added_at_once(register: Register) -> None:
    made = register.perform(rooms.add_room, name="1", last="40", building="House B", beds=4).value
    with register.read() as snapshot:
        found = queries.overview(snapshot)
    assert len(made) == 40
    assert [room.name for room in found.rooms] == [str(n) for n in range(1, 41)]
    assert {room.building for room in found.rooms} == {"House B"}
    assert [bed.name for bed in found.rooms[9].beds] == ["A", "B", "C", "D"]
    assert found.house.beds == 160


def test_beds_are_numbered_where_that_is_asked_for(register: Register) -> None:
    assert [bed.name for bed in _room(register, beds=3, naming=BedNaming.NUMBERS).beds] == ["1", "2", "3"]


def test_rooms_whose_names_are_taken_are_named_and_none_is_added(register: Register) -> None:
    _room(register, "3")
    with pytest.raises(Refused) as refused:
        register.perform(rooms.add_room, name="1", last="5", beds=1)
    assert [[str(room) for room in each] for each in refused.value.whom] == [["3"]]
    with register.read() as snapshot:
        assert len(queries.overview(snapshot).rooms) == 1


def test_the_same_name_in_another_building_is_another_room(register: Register) -> None:
    _room(register, "3")
    assert _room(register, "3", building="House B").building == "House B"


@pytest.mark.parametrize(
    ("name", "last", "beds", "field"),
    [("", "", 1, "name"), ("1", "x", 1, "last"), ("9", "1", 1, "last"), ("1", "4000", 1, "last"), ("1", "", 0, "beds")],
)
def test_what_makes_no_rooms_is_refused_beside_its_field(
    register: Register, name: str, last: str, beds: int, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(rooms.add_room, name=name, last=last, beds=beds)
    assert refused.value.field == field


def test_a_room_gets_another_name_unless_it_is_taken(register: Register) -> None:
    room, other = _room(register, "1"), _room(register, "2")
    register.perform(rooms.change, room_id=room.room_id, name=" 1a ", building="East", note="near the stairs")
    assert (_row(register, room.room_id).name, _row(register, room.room_id).building) == ("1a", "East")
    with pytest.raises(Refused):
        register.perform(rooms.change, room_id=other.room_id, name="1a", building="East")


def test_a_bed_more_takes_the_next_name_and_a_removed_one_comes_back(register: Register) -> None:
    room = _room(register, beds=2)
    third = register.perform(rooms.add_bed, room_id=room.room_id).value
    assert [bed.name for bed in _row(register, room.room_id).beds] == ["A", "B", "C"]
    register.perform(rooms.remove_bed, bed_id=third)
    assert [bed.name for bed in _row(register, room.room_id).beds] == ["A", "B"]
    assert register.perform(rooms.add_bed, room_id=room.room_id).value == third


def test_a_bed_that_somebody_has_is_not_removed(register: Register, stay: StayId) -> None:
    room = _room(register)
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id)
    with pytest.raises(Refused):
        register.perform(rooms.remove_bed, bed_id=room.beds[0].bed_id)
    assert len(_row(register, room.room_id).beds) == 2


def test_rooms_nobody_was_in_are_removed_and_others_are_not(register: Register, stay: StayId) -> None:
    empty, used = _room(register, "1"), _room(register, "2")
    register.perform(rooms.place, stay_id=stay, bed_id=used.beds[0].bed_id)
    register.perform(rooms.free, stay_id=stay)
    register.perform(rooms.remove_room, room_ids=(empty.room_id,))
    with pytest.raises(Refused):
        register.perform(rooms.remove_room, room_ids=(used.room_id,))
    with register.read() as snapshot:
        assert [room.name for room in queries.overview(snapshot).rooms] == ["2"]


def test_a_room_out_of_use_takes_nobody_until_it_is_brought_back(register: Register, stay: StayId) -> None:
    room = _room(register)
    register.perform(rooms.take_out_of_use, room_id=room.room_id, reason="water damage")
    with pytest.raises(Refused) as refused:
        register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id)
    assert refused.value.message.values["reason"] == "water damage"
    register.perform(rooms.bring_back, room_id=room.room_id)
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id)
    assert _row(register, room.room_id).taken == 1


def test_a_room_with_somebody_in_it_stays_in_use_and_a_reason_is_needed(register: Register, stay: StayId) -> None:
    room = _room(register)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.take_out_of_use, room_id=room.room_id, reason="  ")
    assert refused.value.field == "reason"
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id)
    with pytest.raises(Refused):
        register.perform(rooms.take_out_of_use, room_id=room.room_id, reason="paint")
    assert _row(register, room.room_id).out_of_use is None


def test_beds_stand_as_people_count_them_and_houses_as_the_alphabet_has_them(
    register: Register, programme: ProgrammeId
) -> None:
    room = _room(register, beds=10, building="Çarshia", naming=BedNaming.NUMBERS)
    _room(register, beds=1, building="Curri", naming=BedNaming.NUMBERS)
    _room(register, beds=1, building="Cana", naming=BedNaming.NUMBERS)
    with register.read() as snapshot:
        houses = [bed.building for bed in queries.every_bed(snapshot)]
        names = [bed.bed for bed in queries.every_bed(snapshot) if bed.building == "Çarshia"]
    assert (houses[0], houses[1], houses[-1]) == ("Cana", "Çarshia", "Curri")
    assert names == list(map(str, range(1, 11)))
    for number in (9, 1, 0):
        who = builders.resident(register, f"K-{number:04}", family_name=f"N{number}")
        here = builders.stay(register, who, programme, ARRIVED)
        register.perform(rooms.place, stay_id=here, bed_id=room.beds[number].bed_id)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.take_out_of_use, room_id=room.room_id, reason="paint")
    assert [reason.values["bed"] for reason in refused.value.reasons] == ["1", "2", "10"]


def test_one_bed_has_one_resident(register: Register, programme: ProgrammeId, stay: StayId) -> None:
    room = _room(register)
    other = builders.stay(register, builders.resident(register, "K-0013"), programme, ARRIVED)
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id)
    with pytest.raises(Refused):
        register.perform(rooms.place, stay_id=other, bed_id=room.beds[0].bed_id)
    with pytest.raises(Refused):
        register.perform(rooms.place, stay_id=stay, bed_id=room.beds[1].bed_id)
    assert _row(register, room.room_id).taken == 1


def test_a_move_ends_the_old_bed_at_the_moment_from_which_the_new_one_is_given(
    register: Register, stay: StayId
) -> None:
    room = _room(register)
    first, second = room.beds[0].bed_id, room.beds[1].bed_id
    register.perform(rooms.place, stay_id=stay, bed_id=first, moment=Moment(ARRIVED))
    register.perform(rooms.move, stay_id=stay, bed_id=second, moment=AUGUST)
    assert _placements(register, stay) == [(second, AUGUST, None), (first, Moment(ARRIVED), AUGUST)]


def test_a_move_that_is_refused_leaves_the_old_bed(register: Register, programme: ProgrammeId, stay: StayId) -> None:
    room = _room(register)
    first, second = room.beds[0].bed_id, room.beds[1].bed_id
    other = builders.stay(register, builders.resident(register, "K-0013"), programme, ARRIVED)
    register.perform(rooms.place, stay_id=stay, bed_id=first, moment=Moment(ARRIVED))
    register.perform(rooms.place, stay_id=other, bed_id=second, moment=Moment(ARRIVED))
    for bed_id in (second, first):
        with pytest.raises(Refused):
            register.perform(rooms.move, stay_id=stay, bed_id=bed_id, moment=AUGUST)
    assert _placements(register, stay) == [(first, Moment(ARRIVED), None)]


def test_two_people_swap_over_a_third_bed_within_a_day(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    room = _room(register, beds=3)
    beds = [bed.bed_id for bed in room.beds]
    other = builders.stay(register, builders.resident(register, "K-0013"), programme, ARRIVED)
    day = Moment(date(2026, 9, 9))
    register.perform(rooms.place, stay_id=stay, bed_id=beds[0], moment=Moment(ARRIVED))
    register.perform(rooms.place, stay_id=other, bed_id=beds[1], moment=Moment(ARRIVED))
    register.perform(rooms.move, stay_id=stay, bed_id=beds[2], moment=day)
    register.perform(rooms.move, stay_id=other, bed_id=beds[0], moment=day)
    register.perform(rooms.move, stay_id=stay, bed_id=beds[1], moment=day)
    inside = [bed.occupant.stay_id if bed.occupant else None for bed in _row(register, room.room_id).beds]
    assert inside == [other, stay, None]


@pytest.mark.parametrize(
    "moment", [Moment(date(2026, 6, 25)), Moment(date(2026, 11, 22)), Moment(date(2026, 11, 21), NOON + timedelta(1))]
)
def test_a_bed_is_given_within_the_stay_and_not_in_the_future(register: Register, stay: StayId, moment: Moment) -> None:
    room = _room(register)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id, moment=moment)
    assert refused.value.field == "moment"


def test_a_move_before_the_bed_was_had_is_refused(register: Register, stay: StayId) -> None:
    room = _room(register)
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id, moment=AUGUST)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.move, stay_id=stay, bed_id=room.beds[1].bed_id, moment=Moment(date(2026, 7, 1)))
    assert refused.value.field == "moment"


def test_a_stay_that_is_over_gets_no_bed(register: Register, programme: ProgrammeId) -> None:
    over = builders.stay(register, builders.resident(register), programme, ARRIVED, date(2026, 8, 1))
    room = _room(register)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.place, stay_id=over, bed_id=room.beds[0].bed_id)
    assert refused.value.field == "stay_id"


JULY = Moment(date(2026, 7, 1), datetime(2026, 7, 1, 10, 0, tzinfo=UTC))
LEFT = Moment(date(2026, 9, 1), datetime(2026, 9, 1, 8, 0, tzinfo=UTC))


def test_a_forgotten_bed_is_entered_before_the_one_that_somebody_has(register: Register, stay: StayId) -> None:
    now, once = (bed.bed_id for bed in _room(register).beds)
    register.perform(rooms.place, stay_id=stay, bed_id=now, moment=AUGUST)
    made = register.perform(rooms.place, stay_id=stay, bed_id=once, moment=Moment(ARRIVED), end=AUGUST).value
    assert _placements(register, stay) == [(now, AUGUST, None), (once, Moment(ARRIVED), AUGUST)]
    entry = last(register)
    assert (entry["action"], entry["subject"]) == ("rooms.place", f"stay:{stay}")
    register.perform(placements.take_back, placement_id=made, reason="never there")
    assert _placements(register, stay) == [(now, AUGUST, None)]


def test_a_forgotten_bed_of_a_stay_that_is_over_is_entered_and_comes_back_with_the_stay(
    register: Register, stay: StayId
) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=LEFT, seen_last="gate", how_known="said so")
    bed = _room(register).beds[0].bed_id
    made = register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=AUGUST, end=LEFT).value
    assert _placements(register, stay) == [(bed, AUGUST, LEFT)]
    assert register.perform(endings.undo, stay_id=stay, reason="came to supper").value
    assert _placements(register, stay) == [(bed, AUGUST, None)]
    register.perform(
        placements.correct, placement_id=made, bed_id=bed, start=AUGUST, end=LEFT, reason="moved out that day"
    )
    register.perform(endings.record_left, stay_id=stay, moment=LEFT, seen_last="gate", how_known="said so")
    assert not register.perform(endings.undo, stay_id=stay, reason="came to supper").value


def test_a_bed_that_is_found_to_have_ended_before_the_stay_is_not_had_again(register: Register, stay: StayId) -> None:
    bed = _room(register).beds[0].bed_id
    made = register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=JULY).value
    register.perform(endings.record_left, stay_id=stay, moment=LEFT, seen_last="gate", how_known="said so")
    register.perform(
        placements.correct, placement_id=made, bed_id=bed, start=JULY, end=AUGUST, reason="the night watch"
    )
    assert not register.perform(endings.undo, stay_id=stay, reason="came to supper").value
    assert _placements(register, stay) == [(bed, JULY, AUGUST)]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (Moment(date(2026, 6, 25)), AUGUST, "moment"),
        (AUGUST, JULY, "end"),
        (AUGUST, Moment(date(2026, 9, 2)), "end"),
        (Moment(date(2026, 9, 2)), Moment(date(2026, 9, 3)), "moment"),
        (AUGUST, Moment(date(2026, 11, 22)), "end"),
    ],
)
def test_a_forgotten_bed_lies_within_the_stay_and_ends_after_it_begins(
    register: Register, stay: StayId, start: Moment, end: Moment, field: str
) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=LEFT, seen_last="gate", how_known="said so")
    bed = _room(register).beds[0].bed_id
    with pytest.raises(Refused) as refused:
        register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=start, end=end)
    assert refused.value.field == field
    assert _placements(register, stay) == []


def test_a_forgotten_bed_of_a_stay_that_goes_on_does_not_end_in_the_future(register: Register, stay: StayId) -> None:
    bed = _room(register).beds[0].bed_id
    for end in (Moment(date(2026, 11, 22)), Moment(date(2026, 11, 21), NOON + timedelta(minutes=1))):
        with pytest.raises(Refused, match="not in the future") as refused:
            register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=AUGUST, end=end)
        assert refused.value.field == "end"


def test_a_forgotten_bed_that_somebody_had_or_beside_another_one_is_refused(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    first, second = (bed.bed_id for bed in _room(register).beds)
    other = builders.stay(register, builders.resident(register, "K-0013"), programme, ARRIVED)
    register.perform(rooms.place, stay_id=other, bed_id=first, moment=JULY, end=LEFT)
    with pytest.raises(Refused, match="had this bed at that time"):
        register.perform(rooms.place, stay_id=stay, bed_id=first, moment=Moment(ARRIVED), end=AUGUST)
    with pytest.raises(Refused, match="already has a bed at that time"):
        register.perform(rooms.place, stay_id=other, bed_id=second, moment=Moment(ARRIVED), end=AUGUST)
    register.perform(rooms.place, stay_id=stay, bed_id=first, moment=Moment(ARRIVED), end=JULY)
    with register.read() as snapshot:
        (placement,) = (row.placement_id for row in queries.placements(snapshot, stay_id=stay))
    longer: dict[str, Any] = {
        "placement_id": placement,
        "start": Moment(ARRIVED),
        "end": AUGUST,
        "reason": "The book of the house",
    }
    with pytest.raises(Refused, match=r"{name} had this bed at that time\. .*correct that first"):
        register.perform(placements.correct, bed_id=first, **longer)


def test_a_forgotten_bed_may_be_out_of_use_by_now(register: Register, stay: StayId) -> None:
    room = _room(register)
    register.perform(rooms.take_out_of_use, room_id=room.room_id, reason="water damage")
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id, moment=Moment(ARRIVED), end=AUGUST)
    assert len(_placements(register, stay)) == 1


def test_a_bed_is_freed_while_the_stay_goes_on(register: Register, stay: StayId) -> None:
    room = _room(register)
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id, moment=Moment(ARRIVED))
    register.perform(rooms.free, stay_id=stay, moment=AUGUST)
    assert _placements(register, stay) == [(room.beds[0].bed_id, Moment(ARRIVED), AUGUST)]
    with pytest.raises(Refused):
        register.perform(rooms.free, stay_id=stay)


def test_a_move_is_one_entry_of_the_trail_about_the_stay(register: Register, stay: StayId) -> None:
    from models.entities.trail import TrailEntry

    room = _room(register)
    register.perform(rooms.place, stay_id=stay, bed_id=room.beds[0].bed_id)
    register.perform(rooms.move, stay_id=stay, bed_id=room.beds[1].bed_id)
    with register.read() as snapshot:
        wanted = select(TrailEntry.action).where(TrailEntry.subject == f"stay:{stay}").order_by(TrailEntry.number)
        assert snapshot.connection.scalars(wanted).all() == ["rooms.place", "rooms.move"]
        assert snapshot.connection.scalars(select(Placement.id)).all() == [1, 2]
        assert snapshot.connection.scalars(select(Room.id)).all() == [room.room_id]


# -- what the kind of a room and of a bed forbids ---------------------------------------------------------------------


@pytest.fixture
def man(register: Register, programme: ProgrammeId) -> StayId:
    omid = builders.resident(register, "K-7", given_names="Omid", sex=Sex.MALE, birth=BirthDate(1980))
    return builders.stay(register, omid, programme, ARRIVED)


def _kept(register: Register, placement_id: PlacementId) -> queries.PlacementRow:
    with register.read() as snapshot:
        row = queries.placement(snapshot, placement_id=placement_id)
    assert row is not None
    return row


def test_a_man_gets_a_bed_for_women_only_from_a_supervisor_with_a_reason_which_is_kept(
    register: Register, man: StayId
) -> None:
    room = _room(register)
    register.perform(rooms.change, room_id=room.room_id, name="12", kind=RoomKind.WOMEN)
    bed = room.beds[0].bed_id
    leavers.at_desk(register, Role.CLERK)
    for reason in ("", "her husband"):
        with pytest.raises(Refused, match="ask a supervisor") as refused:
            register.perform(rooms.place, stay_id=man, bed_id=bed, reason=reason)
        assert [each.text for each in refused.value.reasons] == ["Room {room} is for women, and {name} is male."]
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.place, stay_id=man, bed_id=bed)
    assert refused.value.field == "reason"
    placed = register.perform(rooms.place, stay_id=man, bed_id=bed, reason="her husband").value
    kept = _kept(register, placed)
    assert (kept.reason, kept.decided_by) == ("her husband", register.person.name)
    assert [each.text for each in kept.exceptions] == ["Room {room} is for women, and {name} is male."]
    leavers.at_desk(register, Role.CLERK)  # what was allowed once can be put right in its time without asking again
    version = kept.version
    register.perform(
        placements.correct, placement_id=placed, bed_id=bed, start=AUGUST, reason="the book says so", version=version
    )
    assert _kept(register, placed).reason == "her husband"


def test_nobody_allows_an_open_regime_person_in_a_cell_but_the_past_can_be_told(
    register: Register, man: StayId
) -> None:
    room = _room(register)
    register.perform(rooms.change, room_id=room.room_id, name="12", kind=RoomKind.DETENTION)
    bed = room.beds[0].bed_id
    for action in (rooms.place, rooms.move):
        with pytest.raises(Refused) as refused:
            register.perform(action, stay_id=man, bed_id=bed, reason="no other bed")
        assert (refused.value.field, refused.value.reasons[0].text) == (
            "bed_id",
            "Room {room} is for detained people, and {name} may leave the house.",
        )
    ended = Moment(date(2026, 8, 3))
    placed = register.perform(
        rooms.place, stay_id=man, bed_id=bed, moment=AUGUST, end=ended, reason="found in the logbook"
    ).value
    assert _kept(register, placed).exceptions


def test_an_arrival_asks_the_same_of_its_bed(register: Register) -> None:
    programme = builders.programme(register, "OPEN", places=9, regime=Regime.OPEN)
    room = _room(register)
    register.perform(rooms.change, room_id=room.room_id, name="12", kind=RoomKind.MEN)
    admitted: dict[str, Any] = {
        "programme_id": programme,
        "arrived": Moment(date(2026, 8, 1)),
        "person": PersonFacts(family_name="Noori", given_names="Mina", sex=Sex.FEMALE),
        "emergency_reason": "at the gate",
        "bed_id": room.beds[0].bed_id,
    }
    with pytest.raises(Refused) as refused:
        register.perform(stays.admit, **admitted)
    assert refused.value.field == "bed_reason"
    stay = register.perform(stays.admit, **admitted, bed_reason="one night, no other bed").value
    with register.read() as snapshot:
        (kept,) = queries.placements(snapshot, stay_id=stay)
    assert kept.reason == "one night, no other bed"


def test_a_room_with_people_in_it_gets_a_kind_only_where_it_is_for_them_or_that_is_allowed(
    register: Register, man: StayId
) -> None:
    room = _room(register)
    placed = register.perform(rooms.place, stay_id=man, bed_id=room.beds[0].bed_id).value
    with pytest.raises(Refused):
        register.perform(rooms.change, room_id=room.room_id, name="12", kind=RoomKind.DETENTION, reason="because")
    with pytest.raises(Refused):
        register.perform(rooms.change, room_id=room.room_id, name="12", kind=RoomKind.WOMEN)
    assert _row(register, room.room_id).kind is None
    register.perform(rooms.change, room_id=room.room_id, name="12", kind=RoomKind.WOMEN, reason="until Monday")
    assert _kept(register, placed).reason == "until Monday"
    with pytest.raises(Refused):
        register.perform(rooms.change_bed, bed_id=room.beds[0].bed_id, name="A", kind=BedKind.CRIB)


def test_two_change_places_in_one_entry_and_back(register: Register, programme: ProgrammeId, stay: StayId) -> None:
    first, second = _room(register, "1"), _room(register, "2")
    other = builders.stay(register, builders.resident(register, "K-8"), programme, ARRIVED)
    register.perform(rooms.place, stay_id=stay, bed_id=first.beds[0].bed_id, moment=AUGUST)
    register.perform(rooms.place, stay_id=other, bed_id=second.beds[0].bed_id, moment=AUGUST)
    both: dict[str, Any] = {"stay_ids": (stay, other), "bed_ids": (second.beds[0].bed_id, first.beds[0].bed_id)}
    before = last(register)["number"]
    made = register.perform(rooms.rearrange, **both).value
    assert last(register)["number"] == before + 1
    assert _placements(register, stay)[0][0] == second.beds[0].bed_id
    assert _placements(register, other)[0][0] == first.beds[0].bed_id
    register.perform(placements.take_back_several, placement_ids=made, reason="the wrong two")
    assert _placements(register, stay) == [(first.beds[0].bed_id, AUGUST, None)]
    assert _placements(register, other) == [(second.beds[0].bed_id, AUGUST, None)]


def test_several_move_together_or_nobody_does(register: Register, programme: ProgrammeId, stay: StayId) -> None:
    room = _room(register, "1")
    other = builders.stay(register, builders.resident(register, "K-8"), programme, ARRIVED)
    taken = builders.stay(register, builders.resident(register, "K-9"), programme, ARRIVED)
    register.perform(rooms.place, stay_id=taken, bed_id=room.beds[1].bed_id)
    beds = tuple(bed.bed_id for bed in room.beds)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.rearrange, stay_ids=(stay, other), bed_ids=beds)
    assert refused.value.message.values["name"] == "K-9"
    assert _placements(register, stay) == []
    for wrong in ((beds[0],), (beds[0], beds[0])):
        with pytest.raises(Refused):
            register.perform(rooms.rearrange, stay_ids=(stay, other), bed_ids=wrong)


def test_a_full_room_says_that_it_is_full_and_a_taken_bed_who_has_it(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    room = _room(register, "1")
    said = []
    for number, bed in enumerate(room.beds):
        one = builders.stay(register, builders.resident(register, f"K-{number}"), programme, ARRIVED)
        register.perform(rooms.place, stay_id=one, bed_id=bed.bed_id)
        with pytest.raises(Refused) as refused:
            register.perform(rooms.place, stay_id=stay, bed_id=bed.bed_id)
        said.append((refused.value.message.text.partition(",")[0], refused.value.message.values["name"]))
    assert said == [
        ("This bed in room {room} is taken by {name}. Choose another bed", "K-0"),
        ("Room {room} is full", "K-1"),
    ]


def test_who_is_to_be_kept_separate_is_not_put_into_one_room(
    register: Register, programme: ProgrammeId, man: StayId, stay: StayId
) -> None:
    room = _room(register)
    needs: list[tuple[NeedKind, ResidentId | None, ResidentId]] = [
        (NeedKind.SEPARATE_FROM, ResidentId(2), ResidentId(1)),
        (NeedKind.ACCESSIBLE_BED, None, ResidentId(1)),
    ]
    for kind, other_id, who in needs:
        row = Need(resident_id=who, kind=kind, other_id=other_id, entered_by=register.person.id, entered_at=NOON)
        register.perform(builders.put, row=row)
    with register.read() as snapshot:
        whose = {row.stay_id: row.resident_id for row in queries.without_bed(snapshot)}
    one, other = (next(each for each in (man, stay) if whose[each] == number) for number in (1, 2))
    register.perform(rooms.place, stay_id=other, bed_id=room.beds[0].bed_id)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.place, stay_id=one, bed_id=room.beds[1].bed_id)
    assert [each.text for each in refused.value.reasons] == [
        "{name} needs an accessible bed, and this one in room {room} is none.",
        "{name} and {other} are to be kept separate.",
    ]


def test_one_bed_goes_out_of_use_with_its_days_and_an_occupied_room_says_who_is_in_it(
    register: Register, man: StayId
) -> None:
    room = _room(register, "1")
    free, taken = (bed.bed_id for bed in room.beds)
    register.perform(rooms.place, stay_id=man, bed_id=taken)
    out: dict[str, Any] = {"room_id": room.room_id, "reason": "broken slats"}
    since, until = date(2026, 11, 18), date(2026, 12, 1)
    register.perform(rooms.take_out_of_use, **out, bed_id=free, since=since, until=until)
    row = _row(register, room.room_id)
    assert (row.beds[0].out_of_use, row.beds[0].out_since, row.beds[0].out_until) == ("broken slats", since, until)
    assert (row.in_use, row.free) == (1, 0)
    with register.read() as snapshot:
        assert queries.free_beds(snapshot) == ()
        assert (queries.overview(snapshot).house.beds, queries.overview(snapshot).house.out_of_use) == (1, 1)
    with pytest.raises(Refused) as refused:
        register.perform(rooms.take_out_of_use, **out)
    assert [each.values["name"] for each in refused.value.reasons] == ["Omid"]
    with pytest.raises(Refused, match="is out of use"):
        register.perform(rooms.move, stay_id=man, bed_id=free)
    wrongs: list[dict[str, Any]] = [{"since": date(2026, 12, 24)}, {"since": since, "until": since}]
    for wrong in wrongs:
        with pytest.raises(Refused) as refused:
            register.perform(rooms.take_out_of_use, **out, bed_id=free, **wrong)
        assert refused.value.field in wrong
    register.perform(rooms.bring_back, room_id=room.room_id, bed_id=free)
    assert _row(register, room.room_id).free == 1
