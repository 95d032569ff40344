"""A limit that nobody decided follows what is put right; a decision that is taken back leaves what held before."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.actions import corrections, endings, joinings, months, stays
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import ProgrammeId, ResidentId, StayId
from models.queries import months as qmonths
from models.queries import stays as queries
from models.repositories.stays import limit_on
from models.rules.issuing import differences
from models.rules.residents import PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import DepartureKind, LimitBasis, LimitRule, Role
from models.store.register import Register
from reports import monthly
from tests import builders
from tests.actions import leavers

WHY = "The gate book says so"
LEFT: dict[str, Any] = {"seen_last": "the yard", "how_known": "a note on the bed"}
DECIDED: dict[str, Any] = {"reason": "vetting", "decided_by": "V. Gashi", "authority": "Ministry"}
ORDERED = {"authority": "Court", "order_number": "7", "order_date": "2026-09-01"}
GATE: dict[str, Any] = {"emergency_reason": "at the gate"}


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """At most 180 days."""
    leavers.at_desk(register, Role.SUPERVISOR)
    return builders.programme(register, "LIMITED", limit_rule=LimitRule.DAYS, limit_amount=180)


def on(day: int, month: int) -> Moment:
    """A day of 2026."""
    return Moment(date(2026, month, day))


def _admit(register: Register, programme: ProgrammeId, **more: Any) -> StayId:
    values: dict[str, Any] = {"person": PersonFacts(family_name="Aa"), **GATE, **more}
    return register.perform(stays.admit, programme_id=programme, arrived=on(26, 6), **values).value


def _row(register: Register, stay_id: StayId) -> queries.StayRow:
    with register.read() as snapshot:
        row = queries.one(snapshot, stay_id=stay_id)
    assert row is not None
    return row


def _limit(register: Register, stay_id: StayId) -> date | None:
    return _row(register, stay_id).limit_on


def _returned(register: Register, first: StayId) -> StayId:
    """The next stay, since 1 October, of somebody who left on 1 September."""
    register.perform(endings.record_left, stay_id=first, moment=on(1, 9), **LEFT)
    row = _row(register, first)
    return register.perform(
        stays.admit, programme_id=row.programme_id, arrived=on(1, 10), resident_id=_whose(register, first), **GATE
    ).value


def _whose(register: Register, stay_id: StayId) -> ResidentId:
    with register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql(f"SELECT resident_id FROM stays WHERE id = {stay_id}")
        return ResidentId(found.scalar_one())


def test_extensions_are_taken_back_one_after_the_other(register: Register, programme: ProgrammeId) -> None:
    stay = _admit(register, programme)
    first = register.perform(stays.extend, stay_id=stay, until=date(2027, 1, 31), **DECIDED).value
    second = register.perform(stays.extend, stay_id=stay, until=date(2027, 3, 31), **DECIDED).value
    with pytest.raises(Refused, match="Take back the later decision first"):
        register.perform(corrections.take_back_limit, stay_id=stay, limit_id=first, reason=WHY)
    for which, left in ((second, date(2027, 1, 31)), (first, date(2026, 12, 22))):
        assert [row.id for row in _row(register, stay).limits if row.can_be_taken_back] == [which]
        register.perform(corrections.take_back_limit, stay_id=stay, limit_id=which, reason=WHY)
        assert _limit(register, stay) == left
        with pytest.raises(Refused, match="does not stand any more"):
            register.perform(corrections.take_back_limit, stay_id=stay, limit_id=which, reason=WHY)
    assert not [row for row in _row(register, stay).limits if row.can_be_taken_back]
    register.perform(stays.extend, stay_id=stay, until=date(2027, 2, 1), **DECIDED)
    assert _limit(register, stay) == date(2027, 2, 1)


def test_an_arrival_that_is_put_right_moves_the_limit_below_an_extension(
    register: Register, programme: ProgrammeId
) -> None:
    stay = _admit(register, programme)
    later = date(2026, 12, 1)
    register.perform(stays.extend, stay_id=stay, until=date(2027, 1, 31), valid_from=later, **DECIDED)
    register.perform(stays.correct, stay_id=stay, arrived=on(6, 7), reason=WHY)
    row = _row(register, stay)
    assert row.limit_on == date(2027, 1, 1), "today, before the extension holds"
    (decided,) = [each for each in row.limits if each.can_be_taken_back]
    assert (decided.limit_on, decided.valid_from, decided.decided_by) == (date(2027, 1, 31), later, "V. Gashi")
    register.perform(corrections.take_back_limit, stay_id=stay, limit_id=decided.id, reason=WHY)
    assert _limit(register, stay) == date(2027, 1, 1)


@pytest.mark.parametrize("day", [on(20, 6), on(6, 7)])
def test_a_corrected_arrival_counts_as_one_change_whatever_follows_it(
    register: Register, programme: ProgrammeId, day: Moment
) -> None:
    """Its undoing says which version was read, and one more."""
    stay = _admit(register, programme)
    register.perform(stays.extend, stay_id=stay, until=date(2027, 3, 1), valid_from=date(2026, 9, 1), **DECIDED)
    _correct_twice(register, stay, day)


def test_so_does_one_that_lies_outside_the_agreement(register: Register, programme: ProgrammeId) -> None:
    stay = builders.stay(register, builders.resident(register, "K-3"), programme, date(2026, 6, 26))
    _correct_twice(register, stay, on(1, 6))


def _correct_twice(register: Register, stay: StayId, day: Moment) -> None:
    read = _row(register, stay).version
    for arrived, version in ((day, read), (on(26, 6), read + 1)):
        register.perform(stays.correct, stay_id=stay, arrived=arrived, reason=WHY, version=version)
    assert _row(register, stay).version == read + 2


def test_an_extension_holds_from_its_own_day_once_a_wrong_arrival_is_put_right_again(
    register: Register, programme: ProgrammeId
) -> None:
    stay = _admit(register, programme)
    register.perform(stays.extend, stay_id=stay, until=date(2027, 3, 1), valid_from=date(2026, 9, 1), **DECIDED)

    def held() -> list[date | None]:
        with register.read() as snapshot:
            asked = [select(limit_on(date(2026, month, 15))).where(Stay.id == stay) for month in (7, 8, 9, 10)]
            return [snapshot.connection.scalar(each) for each in asked]

    before = held()
    for arrived in (on(26, 9), on(26, 6)):
        register.perform(stays.correct, stay_id=stay, arrived=arrived, reason=WHY)
    assert held() == before == [date(2026, 12, 22)] * 2 + [date(2027, 3, 1)] * 2


def test_an_extension_is_counted_once_however_often_it_is_laid_down_anew_and_not_when_it_is_taken_back(
    register: Register, programme: ProgrammeId
) -> None:
    stay = _admit(register, programme)
    extended: dict[str, Any] = {"until": date(2027, 1, 31), "valid_from": date(2026, 8, 20), **DECIDED}
    register.perform(stays.extend, stay_id=stay, **extended)
    issue: dict[str, Any] = {"programme_id": programme, "month": Month(2026, 8), "language": "en"}
    issued = register.perform(months.issue, **issue, draw=monthly.draw_issued).value

    def now() -> tuple[int, bool]:
        with register.read() as snapshot:
            frozen, again = qmonths.frozen_and_now(snapshot, issued)
        (reviews,) = (dict(tally.counts) for tally in again.tallies if tally.name == "reviews")
        return reviews["extensions"], differences(frozen, again) != ()

    assert now() == (1, False)
    for day in (29, 26):
        register.perform(stays.correct, stay_id=stay, arrived=on(day, 6), reason=WHY)
    assert now() == (1, False)
    (decision,) = (row.id for row in _row(register, stay).limits if row.can_be_taken_back)
    register.perform(corrections.take_back_limit, stay_id=stay, limit_id=decision, reason="of another person")
    assert now() == (0, True)
    register.perform(stays.extend, stay_id=stay, **extended)
    assert now() == (1, False)


def test_a_fixed_day_holds_whenever_the_person_arrived(register: Register, programme: ProgrammeId) -> None:
    stay = _admit(register, programme, fixed_limit=date(2026, 12, 31))
    register.perform(stays.correct, stay_id=stay, arrived=on(6, 7), reason=WHY)
    assert _limit(register, stay) == date(2026, 12, 31)
    (fixed,) = _row(register, stay).limits
    register.perform(corrections.take_back_limit, stay_id=stay, limit_id=fixed.id, reason=WHY)
    assert _limit(register, stay) == date(2027, 1, 1), "what the programme says"
    register.perform(stays.correct, stay_id=stay, arrived=on(26, 6), reason=WHY)
    assert _limit(register, stay) == date(2026, 12, 22)


def test_a_limit_that_goes_on_follows_the_first_arrival(register: Register, programme: ProgrammeId) -> None:
    first = _admit(register, programme)
    again = _returned(register, first)
    assert _limit(register, again) == date(2026, 12, 22)
    register.perform(stays.correct, stay_id=first, arrived=on(16, 6), reason=WHY)
    row = _row(register, again)
    assert (row.limit_on, row.day) == (date(2026, 12, 12), 159)
    register.perform(stays.correct, stay_id=again, arrived=on(5, 10), reason=WHY)
    assert _limit(register, again) == date(2026, 12, 12)


def test_a_limit_that_goes_on_follows_what_is_put_right_of_the_last_day_of_the_stay_before(
    register: Register, programme: ProgrammeId
) -> None:
    first = _admit(register, programme)
    decided: dict[str, Any] = {"stay_id": first, "valid_from": date(2026, 8, 1), **DECIDED}
    wrong = register.perform(stays.extend, until=date(2028, 2, 1), **decided).value
    again = _returned(register, first)
    assert _limit(register, again) == date(2028, 2, 1)
    register.perform(corrections.take_back_limit, stay_id=first, limit_id=wrong, reason="the wrong year")
    assert _limit(register, again) == date(2026, 12, 22)
    register.perform(stays.fix_limit, until=date(2027, 2, 1), **decided)
    assert _limit(register, again) == date(2027, 2, 1)


def test_a_limit_goes_on_or_begins_as_the_departure_before_is_known_now(
    register: Register, programme: ProgrammeId
) -> None:
    first = _admit(register, programme)
    again = _returned(register, first)
    register.perform(stays.extend, stay_id=again, until=date(2027, 5, 1), **DECIDED)
    put_right: dict[str, Any] = {"stay_id": first, "moment": on(1, 9), "reason": WHY}
    register.perform(endings.correct, kind=DepartureKind.RELEASE_BY_ORDER, facts=ORDERED, **put_right)
    row = _row(register, again)
    assert [each.limit_on for each in row.limits[-2:]] == [date(2027, 3, 29), date(2027, 5, 1)]
    assert (row.limit_on, row.day) == (date(2027, 5, 1), 52)
    register.perform(endings.correct, kind=DepartureKind.LEFT_ON_OWN, facts=LEFT, **put_right)
    row = _row(register, again)
    assert [each.limit_on for each in row.limits[-2:]] == [date(2026, 12, 22), date(2027, 5, 1)]
    assert row.day == 149


def test_who_loses_the_stay_before_begins_a_limit_of_their_own(register: Register, programme: ProgrammeId) -> None:
    first = _admit(register, programme)
    again = _returned(register, first)
    register.perform(corrections.take_back, stay_id=first, reason="It was his brother")
    row = _row(register, again)
    assert (row.limit_on, row.day) == (date(2027, 3, 29), 52)


def test_where_stays_are_summed_a_corrected_return_moves_the_limit(register: Register) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    summed = builders.programme(register, "SUM", limit_rule=LimitRule.DAYS, limit_amount=180, sums_stays=True)
    first = _admit(register, summed)
    again = _returned(register, first)
    facts: dict[str, Any] = {"kind": DepartureKind.RELEASE_BY_ORDER, "facts": ORDERED, "reason": WHY}
    register.perform(endings.correct, stay_id=first, moment=on(1, 9), **facts)
    assert _limit(register, again) == date(2027, 1, 20), "29 days away"
    register.perform(stays.correct, stay_id=again, arrived=on(5, 10), reason=WHY)
    assert _limit(register, again) == date(2027, 1, 24)


def test_a_limit_that_goes_on_is_nobodys_decision(register: Register, programme: ProgrammeId) -> None:
    again = _returned(register, _admit(register, programme))
    (row,) = _row(register, again).limits
    assert (row.basis, row.can_be_taken_back) == (LimitBasis.CONTINUED, False)
    with pytest.raises(Refused, match="not decided by anybody"):
        register.perform(corrections.take_back_limit, stay_id=again, limit_id=row.id, reason=WHY)
    register.perform(stays.fix_limit, stay_id=again, until=date(2027, 3, 29), **DECIDED)
    assert _limit(register, again) == date(2027, 3, 29)


def test_an_extension_that_did_not_hold_yet_does_not_go_on(register: Register, programme: ProgrammeId) -> None:
    first = _admit(register, programme)
    register.perform(stays.extend, stay_id=first, until=date(2027, 3, 1), valid_from=date(2026, 11, 20), **DECIDED)
    assert _limit(register, _returned(register, first)) == date(2026, 12, 22)


@pytest.mark.parametrize("stays_with", [0, 1])
def test_a_limit_goes_on_between_two_who_are_one_until_they_are_two_again(
    register: Register, programme: ProgrammeId, stays_with: int
) -> None:
    first = _admit(register, programme)
    register.perform(endings.record_left, stay_id=first, moment=on(1, 9), **LEFT)
    person = PersonFacts(family_name="Aa")
    again = register.perform(stays.admit, programme_id=programme, arrived=on(1, 10), person=person, **GATE).value
    two = [_whose(register, each) for each in (first, again)]
    assert _limit(register, again) == date(2027, 3, 29)
    joined = register.perform(
        joinings.join, resident_id=two[stays_with], other_id=two[1 - stays_with], reason="One face"
    ).value
    assert (_limit(register, again), _row(register, again).day) == (date(2026, 12, 22), 149)
    register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
    assert (_limit(register, again), _row(register, again).day) == (date(2027, 3, 29), 52)


def test_a_journey_that_failed_stays_one_whatever_else_is_put_right(register: Register) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    limited: dict[str, Any] = {"limit_rule": LimitRule.DAYS, "limit_amount": 180}
    programme = builders.programme(register, "FAILED", **limited)
    who = builders.resident(register)
    first = builders.stay(
        register, who, programme, date(2026, 6, 26), date(2026, 9, 1),
        departure_kind=DepartureKind.VOLUNTARY_RETURN, limit_on=date(2026, 12, 22), source_key="7",
    )  # fmt: skip
    again = register.perform(
        stays.admit, programme_id=programme, arrived=on(1, 10), resident_id=who, journey_failed=True, **GATE
    ).value
    register.perform(endings.correct, stay_id=first, kind=DepartureKind.VOLUNTARY_RETURN, moment=on(2, 9), reason=WHY)
    assert (_limit(register, again), _row(register, again).day) == (date(2026, 12, 22), 149)


def test_a_journey_that_failed_is_one_again_once_a_departure_is_what_it_was(register: Register) -> None:
    """Whatever else the departure was said to be meanwhile: only a limit that went on would tell of it."""
    programme = leavers.programme(register)
    who = builders.resident(register, nationality="AF")
    first = builders.stay(register, who, programme, leavers.ARRIVED, limit_on=date(2026, 12, 22))
    plan = leavers.plan(register, first, DepartureKind.VOLUNTARY_RETURN, country="AF")
    leavers.check_all(register, plan)
    register.perform(endings.depart, plan_id=plan, moment=Moment(leavers.TODAY))
    again = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(leavers.TODAY),
        resident_id=who,
        journey_failed=True,
        emergency_reason="at the gate",
    ).value
    limit = _limit(register, again)
    assert limit == date(2026, 12, 22)
    said: dict[str, Any] = {"moment": Moment(leavers.TODAY), "reason": "a mistake"}
    for kind, more in (
        (DepartureKind.RELEASE_BY_ORDER, {"facts": ORDERED}),
        (DepartureKind.VOLUNTARY_RETURN, {"country": "AF"}),
    ):
        register.perform(endings.correct, stay_id=first, kind=kind, **more, **said)
        assert (_limit(register, again) == limit) is (kind is DepartureKind.VOLUNTARY_RETURN)


def test_a_review_lies_within_the_stay_whatever_is_put_right(register: Register, programme: ProgrammeId) -> None:
    stay = _admit(register, programme)
    due = date(2026, 9, 24)
    register.perform(
        stays.hold_review, stay_id=stay, due_on=due, held_on=date(2026, 9, 20), outcome="stays", held_by="V. Gashi"
    )
    with pytest.raises(Refused, match="A review was held") as refused:
        register.perform(endings.record_left, stay_id=stay, moment=on(1, 9), **LEFT)
    assert refused.value.field == "moment"
    register.perform(endings.record_left, stay_id=stay, moment=on(1, 11), **LEFT)
    ended: dict[str, Any] = {"stay_id": stay, "kind": DepartureKind.LEFT_ON_OWN, "facts": LEFT, "reason": WHY}
    with pytest.raises(Refused, match="A review was held") as refused:
        register.perform(endings.correct, moment=on(1, 9), **ended)
    assert refused.value.field == "moment"
    with pytest.raises(Refused, match="A review was held") as refused:
        register.perform(stays.correct, stay_id=stay, arrived=on(1, 10), reason=WHY)
    assert refused.value.field == "arrived"
    register.perform(corrections.take_back_review, stay_id=stay, due_on=due, reason="It was another's")
    register.perform(endings.correct, moment=on(20, 10), **ended)
    register.perform(stays.correct, stay_id=stay, arrived=on(1, 10), reason=WHY)
