"""What the register says of who leaves when, who is ready, and what stands in the way of the others."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from models.actions import departures as actions
from models.actions import endings
from models.ids import PlanId, ProgrammeId, StayId
from models.queries import departures
from models.rules.birth import BirthDate
from models.rules.leaving import PlanFacts, Relative, Standing, Together, closed_by_risk, objections
from models.rules.vocabulary import CheckKind, DepartureKind
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.leavers import ARRIVED, TODAY


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return leavers.programme(register)


def _plan(register: Register, programme: ProgrammeId, number: str, days: int, *without: CheckKind) -> PlanId:
    """A plan so many days ahead, with all checks but some; those that grow old are of today."""
    plan_id = leavers.plan(register, leavers.stay(register, programme, number), planned_on=TODAY + timedelta(days=days))
    for kind in set(CheckKind) - set(without):
        leavers.check(register, plan_id, kind, held_on=TODAY)
    return plan_id


def _standing(register: Register, plan_id: PlanId) -> Standing:
    with register.read() as snapshot:
        return departures.plan(snapshot, plan_id=plan_id).row.standing


def test_all_steps_done_is_ready(register: Register, programme: ProgrammeId) -> None:
    assert _standing(register, _plan(register, programme, "K-0001", 2)) is Standing.READY


def test_a_step_to_do_blocks_when_the_day_is_close_and_not_before(register: Register, programme: ProgrammeId) -> None:
    far = _plan(register, programme, "K-0001", 8, CheckKind.CONSENT, CheckKind.FIT_TO_TRAVEL)
    close = _plan(register, programme, "K-0002", 7, CheckKind.CONSENT)
    assert [_standing(register, each) for each in (far, close)] == [Standing.PLANNED, Standing.BLOCKED]


def test_property_that_is_handed_over_on_the_day_blocks_nothing_before_it(
    register: Register, programme: ProgrammeId
) -> None:
    plan_id = _plan(register, programme, "K-0001", 1, CheckKind.PROPERTY_RETURNED)
    assert _standing(register, plan_id) is Standing.PLANNED
    with register.read() as snapshot:
        assert not departures.plan(snapshot, plan_id=plan_id).may_depart


def test_a_step_that_failed_blocks_however_far_the_day_is(register: Register, programme: ProgrammeId) -> None:
    plan_id = _plan(register, programme, "K-0001", 60, CheckKind.NON_REFOULEMENT, CheckKind.FIT_TO_TRAVEL)
    leavers.check(register, plan_id, CheckKind.CONSENT, passed=False)
    assert _standing(register, plan_id) is Standing.BLOCKED


def test_the_list_is_most_urgent_first_and_says_why(register: Register, programme: ProgrammeId) -> None:
    later = _plan(register, programme, "K-0001", 20, CheckKind.FIT_TO_TRAVEL)
    blocked = _plan(register, programme, "K-0002", 2, CheckKind.CONSENT)
    ready = _plan(register, programme, "K-0003", 2)
    stopped = _plan(register, programme, "K-0004", 40, CheckKind.NON_REFOULEMENT)
    leavers.check(register, stopped, CheckKind.NON_REFOULEMENT, passed=False)
    with register.read() as snapshot:
        rows = departures.plans(snapshot)
    assert [row.id for row in rows] == [stopped, blocked, ready, later]
    assert [reason.text for reason in rows[1].reasons] == ["The signed consent is missing."]
    assert (rows[1].done, rows[1].steps, rows[1].days) == (6, 7, 2)
    assert rows[2].reasons == ()


def test_the_list_is_narrowed_by_standing_programme_kind_days_and_text(
    register: Register, programme: ProgrammeId
) -> None:
    other = leavers.programme(register, "UK-RETURN")
    ready = _plan(register, programme, "K-0001", 2)
    late = _plan(register, programme, "K-0002", 9)
    theirs = _plan(register, other, "K-0003", 3)
    with register.read() as snapshot:
        assert {row.id for row in departures.plans(snapshot, standing=Standing.READY)} == {ready, theirs}
        assert {row.id for row in departures.plans(snapshot, programme_id=other)} == {theirs}
        assert {row.id for row in departures.plans(snapshot, within=7)} == {ready, theirs}
        assert {row.id for row in departures.plans(snapshot, kind=DepartureKind.REMOVAL)} == set()
        assert {row.id for row in departures.plans(snapshot, text="k-0002")} == {late}
        assert departures.ids(snapshot, sort="name", descending=True) == [theirs, late, ready]


def test_what_is_over_stands_in_a_list_of_its_own(register: Register, programme: ProgrammeId) -> None:
    gone, given_up = _plan(register, programme, "K-0001", 0), _plan(register, programme, "K-0002", 5)
    register.perform(endings.depart, plan_id=gone)
    register.perform(actions.cancel, plan_id=given_up, reason="illness")
    with register.read() as snapshot:
        assert departures.plans(snapshot) == ()
        over = {row.id: row.standing for row in departures.plans(snapshot, is_over=True)}
    assert over == {gone: Standing.DEPARTED, given_up: Standing.CANCELLED}


def test_a_plan_whole_has_each_required_step_with_the_check_that_counts(
    register: Register, programme: ProgrammeId
) -> None:
    plan_id = _plan(register, programme, "K-0001", 2, CheckKind.CONSENT)
    leavers.check(register, plan_id, CheckKind.COUNSELLING, details={"language": "en"})
    with register.read() as snapshot:
        page = departures.plan(snapshot, plan_id=plan_id)
    steps = {step.kind: step for step in page.steps}
    assert list(steps) == [
        CheckKind.COUNSELLING,
        CheckKind.CONSENT,
        CheckKind.NON_REFOULEMENT,
        CheckKind.TRAVEL_DOCUMENT,
        CheckKind.FIT_TO_TRAVEL,
        CheckKind.FAMILY_UNITY,
        CheckKind.PROPERTY_RETURNED,
    ]
    counselling = steps[CheckKind.COUNSELLING]
    assert counselling.check is not None
    assert (counselling.check.details["language"], counselling.earlier, counselling.holds) == ("en", 1, True)
    assert (steps[CheckKind.CONSENT].check, steps[CheckKind.CONSENT].is_missing) == (None, True)


def test_a_hundred_plans_are_decided_on_in_four_statements(register: Register, programme: ProgrammeId) -> None:
    for number in range(1, 101):
        stay_id = leavers.stay(register, programme, f"K-{number:04}")
        leavers.check(register, leavers.plan(register, stay_id), CheckKind.CONSENT)
    statements: list[str] = []
    with register.read() as snapshot:
        event.listen(snapshot.connection, "before_cursor_execute", lambda *args: statements.append(args[2]))
        assert len(departures.plans(snapshot)) == 100
    assert len(statements) == 4


def test_somebody_without_a_plan_has_what_the_programme_permits(register: Register, programme: ProgrammeId) -> None:
    stay_id: StayId = builders.stay(register, builders.resident(register), programme, ARRIVED)
    with register.read() as snapshot:
        found = departures.of_stay(snapshot, stay_id=stay_id)
    assert found.current is None
    assert found.open == found.permitted != ()
    assert not found.no_prospect


def test_a_birth_date_that_may_be_a_childs_asks_for_the_best_interests(
    register: Register, programme: ProgrammeId
) -> None:
    stay_id = leavers.stay(register, programme, birth=BirthDate(TODAY.year - 18))
    plan_id = leavers.plan(register, stay_id)
    with register.read() as snapshot:
        assert CheckKind.BEST_INTERESTS in [step.kind for step in departures.plan(snapshot, plan_id=plan_id).steps]


def test_a_risk_for_one_kind_of_return_closes_every_return() -> None:
    assert closed_by_risk([DepartureKind.REMOVAL]) == {DepartureKind.REMOVAL, DepartureKind.VOLUNTARY_RETURN}
    assert closed_by_risk([DepartureKind.BACK_TO_PARTNER]) == {DepartureKind.BACK_TO_PARTNER}
    assert closed_by_risk([]) == frozenset()


def test_the_family_check_is_not_looked_at_where_it_is_not_required() -> None:
    relative = Relative(StayId(2), "Omid")
    facts = PlanFacts(DepartureKind.STAY_GRANTED, TODAY, relatives=(relative,), together=Together.TOGETHER)
    assert CheckKind.FAMILY_UNITY not in [found.check for found in objections(facts)]
