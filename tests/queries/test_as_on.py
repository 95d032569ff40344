"""The roll as on a moment: it agrees with the words of rules.md, with now, and with the nights of the months."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.actions import rooms
from models.clock import FixedClock
from models.entities.absences import Absence
from models.errors import Refused
from models.ids import ProgrammeId, StayId
from models.queries import as_on, months, residents
from models.queries.as_on import AsOn
from models.rules.kept import stored
from models.rules.time import Moment, Month
from models.rules.vocabulary import AbsenceKind, DepartureKind, PlacesRule
from models.store.register import Register
from models.text import message
from tests import builders
from tests.covering import LONG

ZONE = ZoneInfo("Europe/Belgrade")
TODAY = date(2026, 11, 21)


def _at(month: int, day: int, hour: int, minute: int = 0) -> Moment:
    return Moment.of_clock(date(2026, month, day), time(hour, minute), ZONE)


def _asked(register: Register, at: Moment | None = None, programme: ProgrammeId | None = None) -> AsOn:
    with register.read() as snapshot:
        return as_on.roll(snapshot, at=at, programme_id=programme)


def _there(register: Register, at: Moment | None) -> list[str]:
    return [row.number for row in _asked(register, at).rows]


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register, places=1, places_rule=PlacesRule.CONCURRENT, window_start=date(2026, 1, 1))


def _stay(
    register: Register, programme: ProgrammeId, number: str, came: Moment, left: Moment | None = None, **more: Any
) -> StayId:
    who = builders.resident(register, number, nationality="AF")
    more["arrived_at"] = came.at
    if left is not None:
        more |= {"departed_at": left.at, "departure_kind": DepartureKind.NOT_RECORDED}
    return builders.stay(register, who, programme, came.on, None if left is None else left.on, **more)


def test_somebody_is_there_from_the_minute_of_arrival_until_that_of_departure(
    register: Register, programme: ProgrammeId
) -> None:
    _stay(register, programme, "K-1", _at(3, 3, 14, 30), _at(3, 5, 9))
    for moment, is_there in (
        (_at(3, 3, 14, 29), False),
        (_at(3, 3, 14, 30), True),
        (_at(3, 5, 8, 59), True),
        (_at(3, 5, 9), False),
        (Moment(date(2026, 3, 2)), False),
        (Moment(date(2026, 3, 3)), True),
        (Moment(date(2026, 3, 4)), True),
        (Moment(date(2026, 3, 5)), False),
    ):
        assert bool(_there(register, moment)) is is_there, moment


def test_what_is_known_to_the_day_alone_is_taken_as_of_its_beginning_and_said(
    register: Register, programme: ProgrammeId
) -> None:
    _stay(register, programme, "K-1", Moment(date(2026, 3, 3)), Moment(date(2026, 3, 5)))
    found = _asked(register, _at(3, 3, 0, 5))
    assert [row.hour_known for row in found.rows] == [False]
    assert [row.hour_known for row in _asked(register, _at(3, 4, 8)).rows] == [True]
    gone = _asked(register, _at(3, 5, 8))
    assert (gone.rows, gone.gone_that_day) == ((), 1)
    assert _asked(register, Moment(date(2026, 3, 5))).gone_that_day == 0, "a night knows who slept there"


def test_a_person_with_two_stays_on_one_day_is_there_once(register: Register, programme: ProgrammeId) -> None:
    who = builders.resident(register, "K-1")
    day = date(2026, 3, 3)
    builders.stay(register, who, programme, day, day, departed_at=_at(3, 3, 15).at)
    second = builders.stay(register, who, programme, day)
    (row,) = _asked(register, _at(3, 3, 12)).rows
    assert row.stay_id == second


def test_the_bed_and_the_absence_are_those_of_the_moment(register: Register, programme: ProgrammeId) -> None:
    stay = _stay(register, programme, "K-1", _at(3, 1, 10))
    first, second = builders.bed(register, "1"), builders.bed(register, "2")
    register.perform(rooms.place, stay_id=stay, bed_id=first, moment=_at(3, 1, 10))
    register.perform(rooms.move, stay_id=stay, bed_id=second, moment=_at(3, 10, 12))
    absence = Absence(
        stay_id=stay, kind=AbsenceKind.HOSPITAL, place="Clinic", start=_at(3, 12, 8), due_back=_at(3, 12, 18),
        end=_at(3, 14, 9),
    )  # fmt: skip
    register.perform(builders.put, row=absence)
    for moment, room, since, away, overdue in (
        (_at(3, 1, 10), "1", _at(3, 1, 10), None, False),
        (_at(3, 10, 11, 59), "1", _at(3, 1, 10), None, False),
        (_at(3, 10, 12), "2", _at(3, 10, 12), None, False),
        (_at(3, 12, 8), "2", _at(3, 10, 12), AbsenceKind.HOSPITAL, False),
        (_at(3, 12, 18, 1), "2", _at(3, 10, 12), AbsenceKind.HOSPITAL, True),
        (Moment(date(2026, 3, 13)), "2", _at(3, 10, 12), AbsenceKind.HOSPITAL, True),
        (_at(3, 14, 9), "2", _at(3, 10, 12), None, False),
    ):
        found = _asked(register, moment)
        (row,) = found.rows
        assert (row.room, row.bed_since, row.away, row.is_overdue) == (room, since, away, overdue), moment
        assert (found.present, found.away, found.overdue) == (1 - bool(away), int(bool(away)), int(overdue))


def test_a_moment_to_come_is_refused_and_today_is_now(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)
    _stay(register, programme, "K-1", _at(11, 21, 9))
    assert _there(register, Moment(TODAY)) == _there(register, None) == ["K-1"]
    for later in (Moment(date(2026, 11, 22)), _at(11, 21, 9, 15)):
        with pytest.raises(Refused) as refused:
            _asked(register, later)
        assert refused.value.field == "at"


def test_where_from_how_long_and_the_places_since_when_and_why(register: Register, programme: ProgrammeId) -> None:
    _stay(register, programme, "K-1", _at(3, 1, 10), _at(3, 20, 10))
    reason = message("No place is left: {taken} of {places} are taken.", taken=1, places=1)
    _stay(register, programme, "K-2", _at(3, 5, 22), emergency_reasons=stored([reason]))
    found = _asked(register, _at(3, 11, 12))
    assert found.nationalities == (("AF", 2),)
    assert found.lengths.longest == 10
    assert found.lengths.median == Decimal(8)
    (places,) = found.places
    assert (places.code, places.places, places.taken, places.since) == ("US-2025", 1, 2, _at(3, 5, 22))
    assert places.reasons == ((reason, 1),)
    assert _asked(register, _at(3, 5, 21)).places[0].since is None
    assert _asked(register, _at(3, 20, 10)).places[0].since is None, "who left freed a place"


def test_cumulative_places_are_passed_by_the_first_for_whom_none_was_left(register: Register) -> None:
    programme = builders.programme(register, places=1, window_start=date(2026, 1, 1))
    _stay(register, programme, "K-1", _at(3, 1, 10), _at(3, 2, 10))
    _stay(register, programme, "K-2", _at(3, 5, 22), _at(3, 6, 10))
    assert [(each.taken, each.since) for each in _asked(register, _at(3, 4, 0)).places] == [(1, None)]
    assert [(each.taken, each.since) for each in _asked(register, _at(9, 1, 0)).places] == [(2, _at(3, 5, 22))]


MOMENTS = st.builds(
    lambda day, minute: Moment.of_clock(day, None if minute is None else time(*divmod(minute, 60)), ZONE),
    st.dates(date(2026, 8, 25), date(2026, 10, 8)),
    st.none() | st.integers(0, 24 * 60 - 1),
)
SPANS = st.lists(
    st.tuples(MOMENTS, st.none() | MOMENTS).filter(lambda pair: pair[1] is None or not pair[1].surely_before(pair[0])),
    max_size=8,
)


@settings(max_examples=25 if LONG else 10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS)
def test_the_nightly_roll_adds_up_to_the_person_nights_of_the_month_and_now_is_the_roll_of_all_pages(
    register: Register, spans: list[tuple[Moment, Moment | None]]
) -> None:
    programme = builders.programme(register, f"P-{next(_MADE)}", window_start=date(2026, 1, 1))
    for came, left in spans:
        _stay(register, programme, f"N-{next(_MADE)}", came, left)
    with register.read() as snapshot:
        figures = months.figures(snapshot, programme, Month(2026, 9))
        nights = [Moment(date(2026, 9, day)) for day in range(1, 31)]
        rolls = [len(as_on.roll(snapshot, at=night, programme_id=programme).rows) for night in nights]
        assert sum(rolls) == figures.person_nights
        now = as_on.roll(snapshot)
        counted = residents.roll(snapshot)
        assert (len(now.rows), now.away, now.overdue) == (counted.on_roll, counted.away, counted.overdue)
        listed = residents.rows(snapshot, residents.ids(snapshot))
        assert {(row.id, row.room, row.bed, row.day) for row in listed} == {
            (row.id, row.room, row.bed, row.day) for row in now.rows
        }


_MADE = count(1)
