"""Where a plan stands and leads, who leaves with whom, and what a check may say."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.errors import Refused
from models.ids import PlanId, StayId
from models.rules.departures import REQUIRED, CheckFacts, Objection, ObjectionState, required_details
from models.rules.leaving import (
    Origins,
    PlanFacts,
    Relative,
    Standing,
    Together,
    check_facts,
    check_late,
    check_order,
    closed_by_risk,
    companions,
    country_of,
    destination_of,
    held_for,
    leads_elsewhere,
    objections,
    refusals,
    standing,
)
from models.rules.vocabulary import PLANNED_KINDS, CheckKind, DepartureKind, Destination, PlanState
from models.text import Message, translator

TRAVEL = date(2026, 11, 24)
DAY = timedelta(days=1)
FAILED, MISSING = ObjectionState.FAILED, ObjectionState.MISSING


def _held(kind: CheckKind, *, passed: bool = True) -> CheckFacts:
    return CheckFacts(
        kind, TRAVEL - DAY, passed, TRAVEL if kind is CheckKind.TRAVEL_DOCUMENT else None, who="A. Berisha"
    )


def _plan(kind: DepartureKind = DepartureKind.REMOVAL, **other: Any) -> PlanFacts:
    """A plan with every check that its kind can require."""
    checks = tuple(map(_held, REQUIRED[kind]))
    return PlanFacts(kind, TRAVEL, checks, permitted=[kind], together=Together.ALONE, **other)


def _without(plan: PlanFacts, kind: CheckKind, *instead: CheckFacts) -> PlanFacts:
    return replace(plan, checks=[*(each for each in plan.checks if each.kind is not kind), *instead])


def _words(found: tuple[Message, ...]) -> list[str]:
    return [translator("en").render(each) for each in found]


SISTER = Relative(StayId(2), "Zahra", plan_id=PlanId(7), planned_on=TRAVEL)
CHILD = Relative(StayId(3), "Omid", is_child=True)


def test_with_every_check_somebody_who_is_alone_may_leave() -> None:
    assert objections(_plan()) == ()
    assert refusals(_plan(), leaving=()) == ()


def test_who_leaves_alone_has_no_family_in_the_house() -> None:
    plan = _plan(relatives=[SISTER, CHILD])
    assert _words(refusals(plan, leaving=[StayId(2), StayId(3)])) == [
        "The check says that the person travels alone, but Zahra is family in the house.",
        "The check says that the person travels alone, but Omid is family in the house.",
    ]
    assert [(each.check, each.state) for each in objections(plan)] == [(CheckKind.FAMILY_UNITY, FAILED)] * 2
    assert objections(replace(plan, together=Together.SEPARATE)) == ()
    assert objections(replace(plan, together=None)) == ()


def test_a_family_leaves_together_at_one_moment_and_is_planned_for_one_day() -> None:
    plan = replace(_plan(relatives=[SISTER, CHILD]), together=Together.TOGETHER)
    assert _words(tuple(each.message for each in objections(plan))) == [
        "The family leaves together, but Omid does not leave at the same time."
    ]
    late = replace(SISTER, planned_on=TRAVEL + DAY)
    assert len(objections(replace(plan, relatives=[late, CHILD]))) == 2
    assert _words(refusals(plan, leaving=[StayId(3)])) == [
        "The family leaves together, but Zahra does not leave at the same time."
    ]
    assert refusals(plan, leaving=[StayId(2), StayId(3)]) == ()


def test_who_leaves_together_is_recorded_together() -> None:
    plan = replace(
        _plan(relatives=[SISTER, CHILD, replace(SISTER, plan_id=PlanId(8), planned_on=TRAVEL + DAY)]),
        together=Together.TOGETHER,
    )
    assert companions(plan) == (PlanId(7),)
    for otherwise in (Together.ALONE, Together.SEPARATE, None):
        assert companions(replace(plan, together=otherwise)) == ()


def test_a_false_word_of_family_unity_is_told_where_it_is_asked_and_nothing_graver_is() -> None:
    granted = _plan(DepartureKind.STAY_GRANTED, relatives=[SISTER])
    assert objections(granted) == ()
    plan = _without(_plan(relatives=[SISTER]), CheckKind.FAMILY_UNITY, _held(CheckKind.FAMILY_UNITY, passed=False))
    assert len(objections(plan)) == 1


def test_best_interests_are_asked_where_the_person_or_one_of_the_family_is_a_child() -> None:
    plan = _without(_plan(), CheckKind.BEST_INTERESTS)
    assert [plan.has_children, objections(plan)] == [False, ()]
    for with_a_child in (
        replace(plan, is_child=True),
        replace(plan, relatives=[SISTER, CHILD], together=Together.SEPARATE),
    ):
        assert with_a_child.has_children
        assert [each.check for each in objections(with_a_child)] == [CheckKind.BEST_INTERESTS]


def test_what_the_programme_asks_beyond_the_rule_is_required() -> None:
    plan = _plan(DepartureKind.STAY_GRANTED, extra=[CheckKind.COUNSELLING])
    assert CheckKind.COUNSELLING in plan.required
    assert [each.check for each in objections(plan)] == [CheckKind.COUNSELLING]


def test_a_plan_that_a_risk_has_stopped_says_so_once_whatever_its_checks_say() -> None:
    for plan in (_plan(is_stopped=True), _plan(DepartureKind.STAY_GRANTED, is_stopped=True)):
        assert [(each.check, each.state) for each in objections(plan)] == [(CheckKind.NON_REFOULEMENT, FAILED)]
    failed = _held(CheckKind.NON_REFOULEMENT, passed=False)
    assert len(objections(_without(_plan(is_stopped=True), CheckKind.NON_REFOULEMENT, failed))) == 1
    found = objections(_without(_plan(is_stopped=True), CheckKind.FIT_TO_TRAVEL))
    assert [each.check for each in found] == [CheckKind.NON_REFOULEMENT, CheckKind.FIT_TO_TRAVEL]


@pytest.mark.parametrize("kind", [CheckKind.NON_REFOULEMENT, CheckKind.FIT_TO_TRAVEL])
def test_who_may_not_know_what_was_found_is_told_alike_of_what_is_missing_failed_or_old(kind: CheckKind) -> None:
    others = (), (_held(kind, passed=False),), (replace(_held(kind), held_on=date(2026, 1, 1)),)
    plans = [_without(_plan(), kind, *instead) for instead in others]
    for plan in plans:
        (told,) = objections(plan, tells_findings=False)
        assert (told.check, told.state) == (kind, MISSING)
        (said,) = _words(refusals(plan, leaving=(), tells_findings=False))
        assert said.endswith(": not ready. Ask: Supervisor.")
    states = [objection.state for plan in plans for objection in objections(plan)]
    assert states == [MISSING, FAILED, ObjectionState.TOO_OLD]
    assert len({word for plan in plans for word in _words(refusals(plan, leaving=()))}) == 3


def test_what_is_not_sealed_is_told_to_everybody() -> None:
    plan = _without(_plan(), CheckKind.DECISION, _held(CheckKind.DECISION, passed=False))
    assert objections(plan, tells_findings=False) == objections(plan)


def test_a_kind_that_is_not_permitted_is_refused_first() -> None:
    plan = replace(_without(_plan(), CheckKind.DECISION), permitted=[DepartureKind.VOLUNTARY_RETURN])
    assert _words(refusals(plan, leaving=()))[0] == "The agreement does not permit this kind of departure."
    assert len(refusals(plan, leaving=())) == 2


@pytest.mark.parametrize(
    ("state", "found", "days", "stands"),
    [
        (PlanState.OPEN, [], 0, Standing.READY),
        (PlanState.OPEN, [(CheckKind.DECISION, MISSING)], 8, Standing.PLANNED),
        (PlanState.OPEN, [(CheckKind.DECISION, MISSING)], 7, Standing.BLOCKED),
        (PlanState.OPEN, [(CheckKind.PROPERTY_RETURNED, MISSING)], 0, Standing.PLANNED),
        (PlanState.OPEN, [(CheckKind.PROPERTY_RETURNED, MISSING), (CheckKind.CONSENT, MISSING)], 7, Standing.BLOCKED),
        (PlanState.OPEN, [(CheckKind.PROPERTY_RETURNED, FAILED)], 30, Standing.BLOCKED),
        (PlanState.OPEN, [(CheckKind.CONSENT, ObjectionState.WITHDRAWN)], 30, Standing.BLOCKED),
        (PlanState.STOPPED, [], 0, Standing.STOPPED),
        (PlanState.DEPARTED, [(CheckKind.DECISION, MISSING)], 0, Standing.DEPARTED),
        (PlanState.CANCELLED, [], 0, Standing.CANCELLED),
    ],
)
def test_where_a_plan_stands(
    state: PlanState, found: list[tuple[CheckKind, ObjectionState]], days: int, stands: Standing
) -> None:
    against = [Objection(check, how, Message("x")) for check, how in found]
    assert standing(state, against, travel_on=TRAVEL, today=TRAVEL - days * DAY) is stands


@pytest.mark.parametrize(
    ("kind", "held", "country", "elsewhere"),
    [
        (CheckKind.CONSENT, "AF", "AF", False),
        (CheckKind.CONSENT, "AF", "PK", True),
        (CheckKind.ACCEPTANCE, "AF", None, True),
        (CheckKind.NON_REFOULEMENT, "", None, False),
        (CheckKind.NON_REFOULEMENT, "", "AF", True),
        (CheckKind.NON_REFOULEMENT, None, "AF", False),
        (CheckKind.DECISION, "AF", "PK", False),
    ],
)
def test_a_check_of_one_country_says_nothing_of_another(
    kind: CheckKind, held: str | None, country: str | None, elsewhere: bool
) -> None:
    assert leads_elsewhere(kind, held, country) is elsewhere


GUL = Origins("DK", "AF", ("PK",))
DANE = Origins("DK", "DK")
NOBODY = Origins("DK", None)


@pytest.mark.parametrize(
    ("kind", "country", "origins", "destination"),
    [
        (DepartureKind.REMOVAL, "AF", GUL, Destination.COUNTRY_OF_ORIGIN),
        (DepartureKind.REMOVAL, "PK", GUL, Destination.COUNTRY_OF_ORIGIN),
        (DepartureKind.REMOVAL, "DK", GUL, Destination.PARTNER),
        (DepartureKind.REMOVAL, "DE", GUL, Destination.THIRD_COUNTRY),
        (DepartureKind.REMOVAL, "DE", NOBODY, Destination.NOT_RECORDED),
        (DepartureKind.REMOVAL, "DK", NOBODY, Destination.PARTNER),
        (DepartureKind.REMOVAL, None, GUL, Destination.NOT_RECORDED),
        (DepartureKind.REMOVAL, "DK", DANE, Destination.COUNTRY_OF_ORIGIN),
        (DepartureKind.BACK_TO_PARTNER, "DK", DANE, Destination.PARTNER),
        (DepartureKind.BACK_TO_PARTNER, None, GUL, Destination.PARTNER),
        (DepartureKind.BACK_TO_PARTNER, "AF", GUL, Destination.COUNTRY_OF_ORIGIN),
        (DepartureKind.ONWARD_RESETTLEMENT, "AF", GUL, Destination.COUNTRY_OF_ORIGIN),
        (DepartureKind.STAY_GRANTED, None, GUL, Destination.HOST),
        (DepartureKind.STAY_GRANTED, "AF", GUL, Destination.HOST),
        (DepartureKind.RELEASE_BY_ORDER, "DE", GUL, Destination.HOST),
        (DepartureKind.DEATH, "AF", GUL, Destination.NOT_RECORDED),
        (DepartureKind.ESCAPE, None, GUL, Destination.NOT_RECORDED),
    ],
)
def test_where_somebody_goes_by_the_country_or_the_kind_and_else_not_recorded(
    kind: DepartureKind, country: str | None, origins: Origins, destination: Destination
) -> None:
    assert destination_of(kind, country, origins) is destination


def test_a_plan_leads_where_it_is_stated_and_else_to_the_partner_where_the_kind_says_so() -> None:
    assert country_of(DepartureKind.REMOVAL, " af ", GUL) == "AF"
    assert country_of(DepartureKind.REMOVAL, " ", GUL) is None
    assert country_of(DepartureKind.STAY_GRANTED, None, GUL) is None
    assert (
        country_of(DepartureKind.BACK_TO_PARTNER, None, GUL)
        == country_of(DepartureKind.BACK_TO_PARTNER, "", GUL)
        == "DK"
    )
    with pytest.raises(Refused) as refused:
        country_of(DepartureKind.REMOVAL, "XX", GUL)
    assert refused.value.field == "country"


@pytest.mark.parametrize(
    ("stated", "leads_to", "has_left", "found"),
    [
        (None, "AF", False, "AF"),
        (None, None, True, ""),
        ("af", "AF", False, "AF"),
        (" ", None, False, ""),
        ("PK", "AF", False, None),
        ("AF", None, False, None),
        ("", "AF", False, None),
        ("PK", "AF", True, "PK"),
        ("", "AF", True, ""),
        ("XX", "AF", True, None),
    ],
)
def test_a_check_is_held_for_where_the_plan_leads_until_the_person_has_left(
    stated: str | None, leads_to: str | None, has_left: bool, found: str | None
) -> None:
    if found is not None:
        assert held_for(stated, leads_to, has_left=has_left) == found
        return
    with pytest.raises(Refused) as refused:
        held_for(stated, leads_to, has_left=has_left)
    assert refused.value.field == "country"


def test_of_who_has_left_a_check_passed_and_says_why_it_comes_late() -> None:
    check_late(passed=True, late_reason="the doctor was away")
    for passed, why, field in ((False, "x", "passed"), (False, " ", "passed"), (True, " ", "late_reason")):
        with pytest.raises(Refused) as refused:
            check_late(passed=passed, late_reason=why)
        assert refused.value.field == field


def test_a_risk_closes_its_kind_and_of_the_returns_both() -> None:
    both = {DepartureKind.VOLUNTARY_RETURN, DepartureKind.REMOVAL}
    for kind in PLANNED_KINDS:
        assert closed_by_risk([kind]) == (both if kind in both else {kind})
    assert closed_by_risk([]) == frozenset()
    assert closed_by_risk([DepartureKind.REMOVAL, DepartureKind.STAY_GRANTED]) == both | {DepartureKind.STAY_GRANTED}


def test_an_order_of_release_has_a_date_and_not_one_after_the_release() -> None:
    check_order({"order_date": "2026-11-24"}, TRAVEL)
    for wrong in ("2026-11-25", "24.11.2026", ""):
        with pytest.raises(Refused) as refused:
            check_order({"order_date": wrong}, TRAVEL)
        assert refused.value.field == "order_date"


LANGUAGE = {"language": "Dari"}


@pytest.mark.parametrize(
    ("kind", "other", "details", "field"),
    [
        (CheckKind.COUNSELLING, {}, LANGUAGE, None),
        (CheckKind.COUNSELLING, {}, {}, "language"),
        (CheckKind.COUNSELLING, {"passed": False}, {}, None),
        (CheckKind.COUNSELLING, {"passed": False, "who": ""}, {}, "who"),
        (CheckKind.COUNSELLING, {"held_on": TRAVEL}, LANGUAGE, None),
        (CheckKind.COUNSELLING, {"held_on": TRAVEL + DAY}, LANGUAGE, "held_on"),
        (CheckKind.COUNSELLING, {"who": ""}, LANGUAGE, "who"),
        (CheckKind.COUNSELLING, {"valid_until": TRAVEL - DAY}, LANGUAGE, None),
        (CheckKind.COUNSELLING, {"valid_until": TRAVEL - 2 * DAY}, LANGUAGE, "valid_until"),
        (CheckKind.TRAVEL_DOCUMENT, {"valid_until": None, "passed": False}, {}, None),
    ],
)
def test_a_check_says_what_its_kind_requires_and_a_good_one_all(
    kind: CheckKind, other: dict[str, Any], details: dict[str, str], field: str | None
) -> None:
    facts = replace(_held(kind), **other)
    if field is None:
        check_facts(facts, details, today=TRAVEL)
        return
    with pytest.raises(Refused) as refused:
        check_facts(facts, details, today=TRAVEL)
    assert refused.value.field == field


def test_a_travel_document_says_until_when_it_is_valid_and_the_first_that_is_missing_is_named() -> None:
    names = required_details(CheckKind.TRAVEL_DOCUMENT)
    told = dict.fromkeys(names, "stated")
    check_facts(_held(CheckKind.TRAVEL_DOCUMENT), told, today=TRAVEL)
    with pytest.raises(Refused) as refused:
        check_facts(replace(_held(CheckKind.TRAVEL_DOCUMENT), valid_until=None), told, today=TRAVEL)
    assert refused.value.field == "valid_until"
    for kind in CheckKind:
        for missing in required_details(kind):
            stated = {name: "stated" for name in required_details(kind) if name != missing}
            with pytest.raises(Refused) as refused:
                check_facts(_held(kind), stated, today=TRAVEL)
            assert refused.value.field == missing
