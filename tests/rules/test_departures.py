"""Departures: the table of required checks, and what stands against leaving."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules.departures import (
    FACT_LABELS,
    REQUIRED,
    CheckFacts,
    Objection,
    ObjectionState,
    current_checks,
    ends_without_plan,
    kind_objection,
    kind_under,
    missing_facts,
    objections,
    regime_objection,
    required_checks,
    required_details,
    required_facts,
    stops,
)
from models.rules.leaving import check_day, closed_by_risk
from models.rules.time import Moment
from models.rules.vocabulary import PLANNED_KINDS, UNPLANNED_KINDS, CheckKind, DepartureKind, Regime
from models.text import translator

TRAVEL = date(2026, 11, 24)

TABLE = """
counselling          x . x . . .
consent              x . x . . .
decision             . x . x x x
non_refoulement      x x x x x .
travel_document      x x x x . .
fit_to_travel        x x x x x .
family_unity         x x x x x .
best_interests       x x x x x x
acceptance           . x x x x .
property_returned    x x x x x x
"""
"""The table of rules.md; its columns are the planned kinds in their order."""


def held(kind: CheckKind, days_before: int = 1, *, passed: bool = True) -> CheckFacts:
    """A check that holds, dated so many days before travel."""
    facts = CheckFacts(
        kind,
        TRAVEL - timedelta(days=days_before),
        passed=passed,
        valid_until=TRAVEL if kind is CheckKind.TRAVEL_DOCUMENT else None,
    )
    return facts


def all_held(kind: DepartureKind) -> list[CheckFacts]:
    return [held(check) for check in REQUIRED[kind]]


def against(
    kind: DepartureKind,
    checks: list[CheckFacts],
    *,
    extra: tuple[CheckKind, ...] = (),
    has_family: bool = False,
    has_children: bool = True,
) -> tuple[Objection, ...]:
    return objections(
        kind, checks, travel_on=TRAVEL, extra_required=extra, has_family=has_family, has_children=has_children
    )


def words(found: tuple[Objection, ...]) -> list[str]:
    return [translator("en").render(each.message) for each in found]


def replaced(kind: DepartureKind, check: CheckFacts) -> list[CheckFacts]:
    """All checks of a kind of departure, this one in the place of its like."""
    return [check if each.kind is check.kind else each for each in all_held(kind)]


@pytest.mark.parametrize("line", TABLE.split("\n")[1:-1])
def test_the_required_checks_are_the_table(line: str) -> None:
    check, *marks = line.split()
    assert [CheckKind(check) in REQUIRED[kind] for kind in PLANNED_KINDS] == [mark == "x" for mark in marks]


@pytest.mark.parametrize("kind", PLANNED_KINDS)
def test_with_every_required_check_nothing_stands_against_leaving(kind: DepartureKind) -> None:
    assert against(kind, all_held(kind)) == ()


@pytest.mark.parametrize(("kind", "check"), [(kind, check) for kind, checks in REQUIRED.items() for check in checks])
def test_each_required_check_that_is_missing_stands_against_leaving(kind: DepartureKind, check: CheckKind) -> None:
    found = against(kind, [each for each in all_held(kind) if each.kind is not check])
    assert [(each.check, each.state) for each in found] == [(check, ObjectionState.MISSING)]


def test_every_missing_check_is_named_at_once() -> None:
    assert [each.check for each in against(DepartureKind.REMOVAL, [])] == [
        check for check in CheckKind if check in REQUIRED[DepartureKind.REMOVAL]
    ]


def test_a_non_refoulement_check_holds_30_days_and_on_the_31st_no_more() -> None:
    kind = DepartureKind.VOLUNTARY_RETURN
    assert against(kind, replaced(kind, held(CheckKind.NON_REFOULEMENT, 30))) == ()
    (objection,) = against(kind, replaced(kind, held(CheckKind.NON_REFOULEMENT, 31)))
    assert objection.state is ObjectionState.TOO_OLD


def test_a_non_refoulement_check_of_19_october_is_36_days_old_on_24_november() -> None:
    kind = DepartureKind.VOLUNTARY_RETURN
    check = CheckFacts(CheckKind.NON_REFOULEMENT, date(2026, 10, 19), passed=True)
    assert words(against(kind, replaced(kind, check))) == [
        "A non-refoulement check must be dated within 30 days of travel. The last one is 36 days old."
    ]


def test_a_check_of_fitness_holds_7_days_and_on_the_8th_no_more() -> None:
    kind = DepartureKind.REMOVAL
    assert against(kind, replaced(kind, held(CheckKind.FIT_TO_TRAVEL, 7))) == ()
    assert words(against(kind, replaced(kind, held(CheckKind.FIT_TO_TRAVEL, 8)))) == [
        "The check that the person is fit to travel must be dated within 7 days of travel. The last one is 8 days old."
    ]


@pytest.mark.parametrize("check", CheckKind)
def test_a_check_may_be_held_on_the_day_of_travel_but_not_after_it(check: CheckKind) -> None:
    kind = next(kind for kind in PLANNED_KINDS if check in REQUIRED[kind])
    assert against(kind, replaced(kind, held(check, 0))) == ()
    (objection,) = against(kind, replaced(kind, held(check, -1)))
    assert (objection.check, objection.state) == (check, ObjectionState.AFTER_TRAVEL)
    assert "25 Nov 2026" in words((objection,))[0]


def test_a_travel_document_is_valid_on_the_day_of_travel_and_says_until_when() -> None:
    kind = DepartureKind.VOLUNTARY_RETURN
    on_the_day = CheckFacts(CheckKind.TRAVEL_DOCUMENT, date(2026, 1, 1), passed=True, valid_until=TRAVEL)
    assert against(kind, replaced(kind, on_the_day)) == ()
    day_before = CheckFacts(
        CheckKind.TRAVEL_DOCUMENT, date(2026, 1, 1), passed=True, valid_until=TRAVEL - timedelta(days=1)
    )
    assert words(against(kind, replaced(kind, day_before))) == [
        "Travel document: valid until 23 Nov 2026, before the day of travel."
    ]
    unsaid = CheckFacts(CheckKind.TRAVEL_DOCUMENT, date(2026, 1, 1), passed=True)
    assert [each.state for each in against(kind, replaced(kind, unsaid))] == [ObjectionState.NOT_VALID]


def test_consent_that_was_withdrawn_stands_against_leaving() -> None:
    kind = DepartureKind.VOLUNTARY_RETURN
    check = CheckFacts(CheckKind.CONSENT, date(2026, 11, 14), passed=True, withdrawn_on=date(2026, 11, 20))
    (objection,) = against(kind, replaced(kind, check))
    assert objection.state is ObjectionState.WITHDRAWN
    assert words((objection,)) == ["Consent: withdrawn on 20 Nov 2026."]
    checks = replaced(kind, check)
    for left_on, stood in ((date(2026, 11, 19), True), (date(2026, 11, 20), False)):
        at = Moment(left_on)
        then = objections(kind, checks, travel_on=TRAVEL, at=at, has_family=False, has_children=True)
        assert (CheckKind.CONSENT not in {each.check for each in then}) is stood


def test_a_check_that_is_entered_later_supersedes_one_of_its_own_day() -> None:
    good = replace(held(CheckKind.FIT_TO_TRAVEL), entered=Moment(TRAVEL))
    since = replace(good, passed=False, entered=Moment(TRAVEL + timedelta(days=3)), is_explained=True)
    assert current_checks([good, since], at=Moment(TRAVEL))[CheckKind.FIT_TO_TRAVEL] is since
    older = replace(since, held_on=good.held_on - timedelta(days=1))
    assert current_checks([good, older], at=Moment(TRAVEL))[CheckKind.FIT_TO_TRAVEL] is good


@pytest.mark.parametrize("check", CheckKind)
def test_a_check_that_did_not_find_what_it_asks_for_stands_against_leaving(check: CheckKind) -> None:
    kind = next(kind for kind in PLANNED_KINDS if check in REQUIRED[kind])
    (objection,) = against(kind, replaced(kind, held(check, passed=False)))
    assert (objection.check, objection.state) == (check, ObjectionState.FAILED)


def test_a_later_check_supersedes_the_earlier_one_whichever_way_it_went() -> None:
    kind = DepartureKind.VOLUNTARY_RETURN
    good, bad = held(CheckKind.NON_REFOULEMENT, 5), held(CheckKind.NON_REFOULEMENT, 3, passed=False)
    others = [each for each in all_held(kind) if each.kind is not CheckKind.NON_REFOULEMENT]
    assert against(kind, [*others, bad, good]) == ()
    assert [each.state for each in against(kind, [*others, good, bad])] == [ObjectionState.FAILED]
    assert current_checks([good, bad])[CheckKind.NON_REFOULEMENT] is bad


def test_a_plan_whose_check_finds_a_risk_stops_and_leaves_what_leads_elsewhere() -> None:
    checks = [held(CheckKind.NON_REFOULEMENT, passed=False)]
    assert stops(DepartureKind.REMOVAL, checks)
    assert not stops(DepartureKind.STAY_GRANTED, checks)
    assert stops(DepartureKind.STAY_GRANTED, checks, extra=[CheckKind.NON_REFOULEMENT])
    assert not stops(DepartureKind.REMOVAL, [held(CheckKind.NON_REFOULEMENT)])
    assert not stops(DepartureKind.REMOVAL, [])
    closed = closed_by_risk([DepartureKind.VOLUNTARY_RETURN])
    assert [kind for kind in PLANNED_KINDS if kind not in closed] == [
        DepartureKind.ONWARD_RESETTLEMENT,
        DepartureKind.BACK_TO_PARTNER,
        DepartureKind.TRANSFER_OF_CUSTODY,
        DepartureKind.STAY_GRANTED,
    ]


def test_a_programme_may_require_more_but_never_less() -> None:
    kind = DepartureKind.STAY_GRANTED
    found = against(kind, all_held(kind), extra=(CheckKind.COUNSELLING,))
    assert [each.check for each in found] == [CheckKind.COUNSELLING]
    assert set(required_checks(kind, extra=(CheckKind.CONSENT,), has_children=True)) > set(REQUIRED[kind])


def test_best_interests_are_asked_where_a_child_leaves_or_the_programme_asks() -> None:
    kind = DepartureKind.REMOVAL
    assert CheckKind.BEST_INTERESTS in required_checks(kind, has_children=True)
    assert CheckKind.BEST_INTERESTS not in required_checks(kind, has_children=False)
    assert CheckKind.BEST_INTERESTS in required_checks(kind, extra=(CheckKind.BEST_INTERESTS,), has_children=False)


def test_family_unity_is_asked_of_everybody_in_words_that_fit() -> None:
    kind = DepartureKind.REMOVAL
    checks = [each for each in all_held(kind) if each.kind is not CheckKind.FAMILY_UNITY]
    assert "travels alone" in words(against(kind, checks))[0]
    assert "decision to separate" in words(against(kind, checks, has_family=True))[0]


def test_a_kind_that_the_programme_does_not_permit_is_refused() -> None:
    permitted = (DepartureKind.VOLUNTARY_RETURN,)
    assert kind_objection(DepartureKind.VOLUNTARY_RETURN, permitted) is None
    assert kind_objection(DepartureKind.REMOVAL, permitted) is not None


@pytest.mark.parametrize("kind", [*UNPLANNED_KINDS, DepartureKind.NOT_RECORDED])
def test_what_is_not_planned_cannot_be_planned_and_requires_no_checks(kind: DepartureKind) -> None:
    assert kind_objection(kind, [*DepartureKind]) is not None
    assert required_checks(kind, extra=(CheckKind.CONSENT,), has_children=True) == ()


@pytest.mark.parametrize("kind", UNPLANNED_KINDS)
def test_escape_death_and_release_each_require_facts_of_their_own(kind: DepartureKind) -> None:
    names = required_facts(kind)
    assert names
    assert len(missing_facts(names, {})) == len(names)
    assert missing_facts(names, dict.fromkeys(names, "stated")) == ()
    assert len(missing_facts(names, {**dict.fromkeys(names, "stated"), names[0]: " "})) == 1


def test_everything_that_must_be_stated_has_a_label() -> None:
    names = {name for kind in DepartureKind for name in required_facts(kind)}
    names |= {name for kind in CheckKind for name in required_details(kind)}
    assert names == set(FACT_LABELS)
    assert [translator("en").render(each) for each in missing_facts(required_details(CheckKind.COUNSELLING), {})] == [
        "Fill in: Language."
    ]


# -- a departure that is recorded on a later day -----------------------------------------------------------------------

LEFT = Moment(TRAVEL)
DAYS = st.integers(-12, 12)
"""Days from the day of travel; the check of fitness holds for seven."""


@st.composite
def fitness(draw: st.DrawFn) -> list[CheckFacts]:
    """Checks of fitness to travel in the order in which they were entered, none before it was held."""
    checks = []
    for entered in sorted(draw(st.lists(DAYS, max_size=5))):
        held_on = TRAVEL + timedelta(days=min(draw(DAYS), entered))
        checks.append(
            CheckFacts(
                CheckKind.FIT_TO_TRAVEL,
                held_on,
                draw(st.sampled_from([True, True, False])),
                entered=Moment(TRAVEL + timedelta(days=entered)),
                is_explained=draw(st.booleans()),
            )
        )
    return checks


def late(checks: list[CheckFacts], at: Moment = LEFT) -> bool:
    """Whether these checks of fitness let somebody have left at a moment of a day that is over."""
    kind = DepartureKind.REMOVAL
    others = [each for each in all_held(kind) if each.kind is not CheckKind.FIT_TO_TRAVEL]
    return not objections(kind, [*others, *checks], travel_on=at.on, at=at, has_family=False, has_children=True)


@given(fitness())
def test_what_was_entered_since_without_a_reason_or_held_since_changes_nothing(checks: list[CheckFacts]) -> None:
    assert late(checks) == late([each for each in checks if each.stood(LEFT)])


@given(fitness())
def test_what_was_entered_by_then_counts_as_it_would_have_on_the_day(checks: list[CheckFacts]) -> None:
    by_then = [each for each in checks if each.entered is not None and each.entered.on <= TRAVEL]
    kind = DepartureKind.REMOVAL
    others = [each for each in all_held(kind) if each.kind is not CheckKind.FIT_TO_TRAVEL]
    on_the_day = objections(kind, [*others, *by_then], travel_on=TRAVEL, has_family=False, has_children=True)
    assert late(by_then) == (not on_the_day)


@given(fitness())
def test_the_latest_that_was_held_by_then_decides(checks: list[CheckFacts]) -> None:
    stood = [each for each in checks if each.stood(LEFT)]
    in_time = [each for each in stood if not each.is_later(LEFT)]
    since = [each for each in stood if each.is_later(LEFT)]
    counts = in_time[-1] if in_time else None
    for each in since:
        counts = each if counts is None or each.held_on >= counts.held_on else counts
    assert late(checks) == (counts is not None and bool(counts.passed) and (TRAVEL - counts.held_on).days <= 7)


def test_two_moments_of_one_day_are_told_apart_by_their_times() -> None:
    noon, one = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (12, 13))
    check = replace(held(CheckKind.FIT_TO_TRAVEL), entered=Moment(TRAVEL, one))
    assert [late([check], at) for at in (Moment(TRAVEL, noon), Moment(TRAVEL, one), LEFT)] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(("regime", "gone", "never"), [
    (Regime.OPEN, DepartureKind.LEFT_ON_OWN, DepartureKind.ESCAPE),
    (Regime.DETAINED, DepartureKind.ESCAPE, DepartureKind.LEFT_ON_OWN),
])  # fmt: skip
def test_who_goes_has_escaped_where_people_are_detained_and_left_on_their_own_where_the_house_is_open(
    regime: Regime, gone: DepartureKind, never: DepartureKind
) -> None:
    assert gone in ends_without_plan(regime)
    assert never not in ends_without_plan(regime)
    assert regime_objection(gone, regime) is None
    assert regime_objection(never, regime) is not None
    assert [kind_under(regime, kind) for kind in (gone, never)] == [gone, gone]
    others = [kind for kind in DepartureKind if kind not in (gone, never)]
    assert [kind_under(regime, kind) for kind in others] == others


def test_who_leaves_on_the_day_of_the_arrival_may_be_planned_for_and_not_before_it() -> None:
    check_day(date(2026, 6, 26), arrived_on=date(2026, 6, 26))
    with pytest.raises(Refused) as refused:
        check_day(date(2026, 6, 25), arrived_on=date(2026, 6, 26))
    assert refused.value.field == "planned_on"
