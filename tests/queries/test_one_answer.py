"""One rule, one answer: pages, lists, searches and reports that answer the same question say the same."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from models.actions import stays
from models.clock import FixedClock
from models.ids import ProgrammeId, ResidentId, StayId
from models.queries import arrivals, months, resident_page, residents, search, today
from models.queries.needing import Need
from models.queries.residents import Shown
from models.rules.disclosure import hidden_counts
from models.rules.kept import stored
from models.rules.time import Moment, Month
from models.rules.vocabulary import DepartureKind, LimitRule
from models.store.register import Register
from models.text import Message, translator
from tests import builders
from tests.covering import LONG

ARRIVED = date(2026, 6, 26)


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)


@pytest.fixture
def resident(register: Register) -> ResidentId:
    return builders.resident(register, "K-0012", family_name="Ahmadzai", given_names="Gul")


def _at(clock: FixedClock, day: date) -> None:
    clock.instant = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


# -- the last day that holds -------------------------------------------------------------------------------------------


def _admitted(register: Register, clock: FixedClock, programme: ProgrammeId, resident: ResidentId) -> StayId:
    _at(clock, ARRIVED)
    reason = "came without a list"
    return register.perform(
        stays.admit,
        programme_id=programme,
        resident_id=resident,
        arrived=Moment(ARRIVED),
        emergency_reason=reason,
    ).value


def _decide(register: Register, stay_id: StayId, until: date, valid_from: date) -> None:
    register.perform(
        stays.fix_limit,
        stay_id=stay_id,
        until=until,
        valid_from=valid_from,
        reason="the flight",
        decided_by="M. Petrović",
        authority="Note 7",
    )


def _limits(register: Register, resident: ResidentId) -> set[tuple[date | None, int, bool]]:
    """The last day, the days past it and whether it has passed, as each page, list and search has it."""
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=resident)
        assert page is not None
        assert page.stay is not None
        rows = [page.row, *residents.rows(snapshot, [resident]), *search.box(snapshot, text="ahmad")]
        past = residents.ids(snapshot, shown=Shown.PAST_LIMIT) == [resident]
        counted = today.today(snapshot)
    holding = [limit.limit_on for limit in page.stay.limits if limit.holds]
    named = [item for item in counted.items if item.need is Need.LIMIT_PASSED]
    assert holding == [page.stay.limit_on]
    assert counted.summary.past_limit == len(named) == int(past)
    return {(page.stay.limit_on, page.stay.days_past, past), *((row.limit_on, row.days_past, past) for row in rows)}


def _reported(register: Register, programme: ProgrammeId, month: Month) -> tuple[int, ...]:
    with register.read() as snapshot:
        return months.figures(snapshot, programme_id=programme, month=month).past_limit


OVER, SOON, LATER = date(2026, 10, 1), date(2026, 11, 25), date(2027, 3, 1)
VALID_FROM = (date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 30), date(2026, 12, 1))
OF_EACH = [(OVER, VALID_FROM[0]), (SOON, VALID_FROM[1]), (SOON, VALID_FROM[3]), (LATER, VALID_FROM[2])]


@pytest.mark.parametrize(("until", "valid_from"), [*product((OVER, SOON, LATER), VALID_FROM)] if LONG else OF_EACH)
def test_a_last_day_holds_from_its_day_on_every_page_and_paper_alike(
    register: Register,
    clock: FixedClock,
    programme: ProgrammeId,
    resident: ResidentId,
    until: date,
    valid_from: date,
) -> None:
    """Each last day and each day from which one holds; with `KONAK_LONG=1` each with each."""
    stay_id = _admitted(register, clock, programme, resident)
    decided = date(2026, 11, 21)
    _at(clock, decided)
    _decide(register, stay_id, until, valid_from)
    turns = {decided, valid_from, until, date(2026, 12, 14), date(2026, 12, 22)}
    days = {turn + timedelta(days=by) for turn in turns for by in (-1, 0, 1)}
    for day in sorted(day for day in days if decided <= day <= date(2026, 12, 23)):  # whatever changes does so on these
        _at(clock, day)
        last = until if day >= valid_from else date(2026, 12, 22)
        past = max(0, (day - last).days)
        assert _limits(register, resident) == {(last, past, past > 0)}
    _at(clock, date(2026, 12, 14))
    end = date(2026, 11, 30)
    last = until if end >= valid_from else date(2026, 12, 22)
    assert _reported(register, programme, Month(2026, 11)) == (((end - last).days,) if last < end else ())


def test_nobody_is_asked_to_decide_on_an_extension_that_was_decided_and_holds_from_a_later_day(
    register: Register, clock: FixedClock, programme: ProgrammeId, resident: ResidentId
) -> None:
    stay_id = _admitted(register, clock, programme, resident)
    _at(clock, date(2026, 12, 18))
    assert _near(register)
    register.perform(
        stays.extend,
        stay_id=stay_id,
        until=date(2027, 3, 20),
        valid_from=date(2026, 12, 23),
        reason="vetting goes on",
        decided_by="M. Petrović",
        authority="Note 8",
    )
    assert not _near(register)
    assert _limits(register, resident) == {(date(2026, 12, 22), 0, False)}
    _at(clock, date(2026, 12, 23))
    assert _limits(register, resident) == {(date(2027, 3, 20), 0, False)}
    assert not _near(register)


def _near(register: Register) -> bool:
    with register.read() as snapshot:
        return any(item.need is Need.LIMIT_NEAR for item in today.today(snapshot).items)


def test_a_list_is_sorted_by_the_last_days_that_hold(
    register: Register, clock: FixedClock, programme: ProgrammeId
) -> None:
    first, second = (builders.resident(register, number) for number in ("K-0001", "K-0002"))
    stay_id = _admitted(register, clock, programme, first)
    builders.stay(register, second, programme, ARRIVED, limit_on=date(2026, 12, 1))
    _at(clock, date(2026, 11, 21))
    _decide(register, stay_id, date(2026, 11, 25), date(2026, 11, 22))
    with register.read() as snapshot:
        assert residents.ids(snapshot, sort="limit") == [second, first]
    _at(clock, date(2026, 11, 22))
    with register.read() as snapshot:
        assert residents.ids(snapshot, sort="limit") == [first, second]


# -- the last stay -----------------------------------------------------------------------------------------------------

_DAY = date(2026, 7, 3)


def _hour(hour: int) -> datetime:
    return datetime(2026, 7, 3, hour, tzinfo=UTC)


_CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the open one": ({"departed_on": _DAY, "departed_at": _hour(8)}, {"arrived_at": _hour(9)}),
    "the open one, entered first": ({}, {"departed_on": _DAY, "arrived_at": _hour(7), "departed_at": _hour(8)}),
    "the one that ended later": (
        {"departed_on": _DAY, "arrived_at": _hour(7), "departed_at": _hour(8)},
        {"departed_on": date(2026, 7, 9)},
    ),
    "the one that began later": (
        {"departed_on": _DAY, "arrived_at": _hour(7), "departed_at": _hour(8)},
        {"departed_on": _DAY, "arrived_at": _hour(9), "departed_at": _hour(10)},
    ),
}


@pytest.mark.parametrize("case", _CASES)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_stays_that_began_on_one_day_all_pages_show_the_same_one(
    register: Register, resident: ResidentId, case: str, turned: bool
) -> None:
    codes = ["US-2025", "UK-RETURN"]
    programmes = [builders.programme(register, code) for code in codes]
    both = [dict(fields) for fields in _CASES[case]]
    last = codes[0] if case.endswith("entered first") else codes[1]
    for number in (1, 0) if turned else (0, 1):
        if "departed_on" in both[number]:
            both[number]["departure_kind"] = DepartureKind.NOT_RECORDED
        builders.stay(register, resident, programmes[number], _DAY, **both[number])
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=resident)
        assert page is not None
        assert page.stay is not None
        (known,) = arrivals.known(snapshot, text="ahmad")
        (found,) = search.box(snapshot, text="ahmad")
        (listed,) = residents.rows(snapshot, [resident])
        under = residents.ids(snapshot, shown=Shown.ALL, programme=programmes[codes.index(last)])
    assert [page.row.programme, page.stay.programme, known.programme, found.programme, listed.programme] == [last] * 5
    assert known.is_here == page.stay.is_open == ("departed_on" not in both[codes.index(last)])
    assert under == [resident]


# -- emergencies -------------------------------------------------------------------------------------------------------


def test_an_emergency_stands_everywhere_until_it_is_cured_and_then_nowhere(
    register: Register, clock: FixedClock, programme: ProgrammeId, resident: ResidentId
) -> None:
    reasons = stored([Message("Emergency arrival: {reason}", {"reason": "came by night"})])
    stay_id = builders.stay(register, resident, programme, date(2026, 10, 20), emergency_reasons=reasons)
    other = builders.resident(register, "K-0013")
    builders.stay(register, other, programme, date(2026, 10, 20))
    assert _emergencies(register, programme, resident) == (True, True, True, 1)
    assert _emergencies(register, programme, other) == (False, False, True, 1)
    register.perform(stays.cure_emergency, stay_id=stay_id, note="the list has come")
    assert _emergencies(register, programme, resident) == (False, False, False, 1)
    _at(clock, date(2026, 12, 5))
    with register.read() as snapshot:
        november = months.figures(snapshot, programme_id=programme, month=Month(2026, 11))
    assert november.emergencies == 0


def _emergencies(register: Register, programme: ProgrammeId, resident: ResidentId) -> tuple[bool, bool, bool, int]:
    """As the list and the page of a person, Today, and the report of October have it."""
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=resident)
        assert page is not None
        assert page.stay is not None
        (row,) = residents.rows(snapshot, [resident])
        on_today = any(item.need is Need.EMERGENCY for item in today.today(snapshot).items)
        reported = months.figures(snapshot, programme_id=programme, month=Month(2026, 10)).emergencies
    return row.is_emergency, page.stay.is_emergency, on_today, reported


# -- small counts ------------------------------------------------------------------------------------------------------


def test_what_is_hidden_of_counts_is_said_in_one_sentence() -> None:
    assert [hidden_counts(k) for k in (0, 1)] == [None, None]
    hidden = hidden_counts(5)
    assert hidden is not None
    assert translator("en").render(hidden) == ("Counts of 1 to 4 are not shown exactly, nor what would give them away.")
