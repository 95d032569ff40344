"""Today names what needs a person, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.actions import absences, rooms, stays
from models.actions.programmes import add_preset
from models.clock import FixedClock
from models.entities.people import KeyFile, User
from models.ids import ProgrammeId, StayId
from models.queries import rooms as room_rows
from models.queries import today
from models.queries.needing import Item, Need
from models.queries.today import Today
from models.rules.people import EVERYBODY
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Role
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from models.text import message, translator
from tests import builders


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return register.perform(add_preset, code="US-2025", **builders.US_TERMS).value


@pytest.fixture
def stay_id(register: Register, programme: ProgrammeId) -> StayId:
    """A stay since 26 June 2026: day 149, reviewed once."""
    person = builders.resident(register, "K-0012", family_name="Ahmadzai", given_names="Gul")
    stay = builders.stay(register, person, programme, date(2026, 6, 26), limit_on=date(2026, 12, 22))
    for due in (date(2026, 9, 24),):
        register.perform(
            stays.hold_review, stay_id=stay, due_on=due, held_on=due, outcome="The plan stands", held_by="M. Petrović"
        )
    return stay


def _today(register: Register) -> Today:
    with register.read() as snapshot:
        return today.today(snapshot)


def _needs(register: Register) -> list[Need]:
    """What concerns the people of the house; that a new house owes reports and a backup is tested for itself."""
    others = (Need.REPORT_DUE, Need.BACKUP_OLD)
    return [item.need for item in _today(register).items if item.need not in others]


def _item(register: Register, need: Need) -> Item:
    return next(item for item in _today(register).items if item.need is need)


def _at(clock: FixedClock, day: date, hour: int = 8) -> None:
    clock.instant = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_somebody_in_order_needs_nobody(register: Register, stay_id: StayId) -> None:
    assert _needs(register) == []


def test_a_limit_is_named_a_week_before_and_heads_the_list_once_it_has_passed(
    register: Register, stay_id: StayId, clock: FixedClock
) -> None:
    _at(clock, date(2026, 12, 14))
    assert Need.LIMIT_NEAR not in _needs(register)
    _at(clock, date(2026, 12, 15))
    assert Need.LIMIT_NEAR in _needs(register)
    _at(clock, date(2026, 12, 22))
    assert Need.LIMIT_PASSED not in _needs(register)
    _at(clock, date(2026, 12, 24))
    assert _needs(register)[0] is Need.LIMIT_PASSED
    said = translator("en").render(_item(register, Need.LIMIT_PASSED).text)
    assert said == "Stay limit 22 Dec 2026, 2 days ago; extension not decided"


def test_who_is_away_is_named_from_the_minute_on_that_the_return_is_overdue(
    register: Register, stay_id: StayId, clock: FixedClock
) -> None:
    left = Moment.of(clock.now() - timedelta(hours=1), register.facility.zone)
    due_back = Moment.of(clock.now() + timedelta(minutes=30), register.facility.zone)
    register.perform(
        absences.record, stay_id=stay_id, kind=AbsenceKind.HOSPITAL, left=left, due_back=due_back, place="Clinic"
    )
    assert Need.AWAY_OVERDUE not in _needs(register)
    assert _today(register).summary.away == 1
    clock.instant += timedelta(minutes=31)
    item = _item(register, Need.AWAY_OVERDUE)
    assert translator("en").render(item.text) == "Hospital, Clinic; due back 21 Nov 2026 09:44"
    assert (item.stay_id, item.number) == (stay_id, "K-0012")
    assert (item.on, item.since) == (date(2026, 11, 21), True)


def test_who_came_today_is_named_since_today_and_what_is_due_today_by_today(
    register: Register, programme: ProgrammeId, stay_id: StayId, clock: FixedClock
) -> None:
    _at(clock, date(2026, 12, 22))
    register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 12, 22)),
        person=PersonFacts(family_name="Noori"),
        emergency_reason="Came at night",
    )
    needs = (_item(register, need) for need in (Need.EMERGENCY, Need.LIMIT_NEAR))
    assert [(item.on, item.since) for item in needs] == [(date(2026, 12, 22), True), (date(2026, 12, 22), False)]


def test_a_review_is_due_a_week_before_and_late_the_day_after(
    register: Register, stay_id: StayId, clock: FixedClock
) -> None:
    _at(clock, date(2026, 12, 16))
    assert Need.REVIEW_DUE in _needs(register)
    _at(clock, date(2026, 12, 24))
    assert Need.REVIEW_LATE in _needs(register)
    assert _today(register).summary.reviews_late == 1


def test_an_emergency_arrival_stays_until_it_is_put_in_order(register: Register, programme: ProgrammeId) -> None:
    stay_id = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 11, 20)),
        person=PersonFacts(family_name="Noori"),
        emergency_reason="Came at night",
    ).value
    assert _needs(register) == [Need.EMERGENCY, Need.ARRIVAL_OPEN]
    register.perform(stays.cure_emergency, stay_id=stay_id, note="The partner has accepted")
    assert _needs(register) == [Need.ARRIVAL_OPEN]


def test_who_has_no_bed_is_named_only_where_the_house_gives_beds(register: Register, stay_id: StayId) -> None:
    from models.entities.rooms import Placement

    assert Need.NO_BED not in _needs(register)
    other = builders.resident(register, "K-0013")
    stay = builders.stay(register, other, ProgrammeId(1), date(2026, 11, 1))
    bed = builders.bed(register)
    register.perform(builders.put, row=Placement(stay_id=stay, bed_id=bed, from_on=date(2026, 11, 1)))
    assert [item.stay_id for item in _today(register).items if item.need is Need.NO_BED] == [stay_id]


def test_a_report_is_owed_for_each_month_that_is_over(register: Register, stay_id: StayId) -> None:
    owed = [str(item.month) for item in _today(register).items if item.need is Need.REPORT_DUE]
    assert owed == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]


def test_the_bars_are_the_last_thirty_nights(register: Register, stay_id: StayId) -> None:
    nights = _today(register).summary.nights
    assert len(nights) == 30
    assert (nights[0][0], nights[-1][0]) == (date(2026, 10, 22), date(2026, 11, 20))
    assert {number for _day, number in nights} == {1}


def test_a_need_that_many_share_is_listed_for_a_hundred_and_counted_for_all(
    register: Register, programme: ProgrammeId
) -> None:
    for number in range(105):
        person = builders.resident(register, f"K-{number:04}")
        builders.stay(register, person, programme, date(2026, 11, 1), limit_on=date(2026, 11, 10))
    read = _today(register)
    assert sum(item.need is Need.LIMIT_PASSED for item in read.items) == today.MOST
    assert read.summary.past_limit == 105


@action("tests.no_holder", roles=EVERYBODY, told="")
def nobody_holds(unit: UnitOfWork, *, maker: bool = False) -> None:
    unit.session.get_one(User, 1).may_unseal = maker
    unit.session.get_one(KeyFile, 1).recovery_by = None


def test_that_nobody_reads_what_is_sealed_or_the_first_sheet_holds_stands_there_until_it_is_put_right(
    register: Register,
) -> None:
    assert Need.KEYS not in _needs(register)
    register.perform(nobody_holds)
    register.know_again()
    [said] = [item.text.text for item in _today(register).items if item.need is Need.KEYS]
    assert said.startswith("Nobody can read sealed notes yet")
    register.perform(nobody_holds, maker=True)
    register.know_again()
    [said] = [item.text.text for item in _today(register).items if item.need is Need.KEYS]
    assert "make a new one" in said


def test_a_room_or_a_bed_that_was_to_be_in_use_again_stands_there_for_who_can_bring_it_back(
    register: Register, clock: FixedClock
) -> None:
    (room,) = register.perform(rooms.add_room, name="5", beds=2, building="House A").value
    (other,) = register.perform(rooms.add_room, name="6", beds=2).value
    with register.read() as snapshot:
        found = room_rows.one(snapshot, room_id=other)
    assert found is not None
    bed = found.beds[1].bed_id
    days: dict[str, Any] = {"since": date(2026, 11, 20), "until": date(2026, 11, 23)}
    register.perform(rooms.take_out_of_use, room_id=room, reason="paint", **days)
    register.perform(rooms.take_out_of_use, room_id=other, bed_id=bed, reason="frame", **days)
    assert Need.OUT_OF_USE not in _needs(register), "its day has not come"
    for day, late in ((23, False), (24, True)):
        _at(clock, date(2026, 11, day))
        items = [item for item in _today(register).items if item.need is Need.OUT_OF_USE]
        said = [(translator("en").render(item.title), item.on, item.since, item.room_id, item.bed_id) for item in items]
        assert said == [
            ("Room 5 (House A)", date(2026, 11, 23), late, room, None),
            ("Room 6, bed B", date(2026, 11, 23), late, other, bed),
        ]
    for role in (Role.CLERK, Role.INSPECTOR):
        register.person = replace(register.person, role=role, stands_in=False)
        assert Need.OUT_OF_USE not in _needs(register)
    register.person = replace(register.person, role=Role.ADMINISTRATOR)
    register.perform(rooms.bring_back, room_id=room)
    register.perform(rooms.take_out_of_use, room_id=other, bed_id=bed, reason="frame", until=date(2026, 11, 30))
    assert Need.OUT_OF_USE not in _needs(register)


def test_what_is_for_tomorrow_comes_before_what_is_due_next_week_and_after_what_was_for_today() -> None:
    today_ = date(2026, 11, 21)

    def item(need: Need, days: int | None) -> Item:
        on = None if days is None else today_ + timedelta(days=days)
        return Item(need, on, days is not None and days < 0, message("x"), "", message("x"))

    told = [
        item(Need.REVIEW_LATE, -3),
        item(Need.REVIEW_DUE, 6),
        item(Need.DEPARTURE_BLOCKED, 1),
        item(Need.LIMIT_NEAR, 0),
        item(Need.REPORT_DUE, -9),
        item(Need.BACKUP_OLD, None),
    ]
    told.sort(key=lambda each: today.comes_first(each, today_))
    assert [each.need for each in told] == [
        Need.REVIEW_LATE,
        Need.LIMIT_NEAR,
        Need.DEPARTURE_BLOCKED,
        Need.REVIEW_DUE,
        Need.REPORT_DUE,
        Need.BACKUP_OLD,
    ]
