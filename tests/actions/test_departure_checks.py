"""Nobody leaves on a failed check, by whatever way it is tried: added checks, stopped plans, days long past."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from models.actions import departures, endings, people, programmes
from models.clock import FixedClock
from models.entities.departures import Check, Plan
from models.entities.residents import Family
from models.entities.trail import TrailEntry
from models.errors import Refused, Unavailable
from models.ids import CheckId, FamilyId, PlanId, ProgrammeId, StayId
from models.queries import departures as queries
from models.queries import history
from models.rules import departures as rules
from models.rules.departures import LATE_REASON
from models.rules.leaving import Standing
from models.rules.people import EVERYBODY
from models.rules.programmes import DepartureFacts
from models.rules.time import Moment
from models.rules.vocabulary import PLANNED_KINDS, SEALED_CHECKS, CheckKind, DepartureKind, PlanState, Role
from models.store.declaring import action
from models.store.opening import open_register
from models.store.recovery import words
from models.store.register import Register
from models.store.sealing import salted
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.actions import leavers
from tests.actions.leavers import TODAY
from tests.builders import SHEET
from tests.covering import covering

ADDED = [(kind, check) for kind in PLANNED_KINDS for check in CheckKind if check not in rules.REQUIRED[kind]]
LEFT = Moment(date(2026, 11, 10))
"""Eleven days before the checks are entered."""
LATE = "entered after the holidays"


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return leavers.programme(register)


@pytest.fixture
def stay(register: Register, programme: ProgrammeId) -> StayId:
    return leavers.stay(register, programme)


def _state(register: Register, plan_id: PlanId) -> PlanState:
    with register.read() as snapshot:
        return queries.plan(snapshot, plan_id=plan_id).state


def _departed(register: Register, plan_id: PlanId, moment: Moment | None = None, late_reason: str = LATE) -> list[str]:
    """The reasons why a departure is refused; none where it is recorded."""
    try:
        register.perform(endings.depart, plan_id=plan_id, moment=moment, late_reason=late_reason)
    except Refused as refused:
        return [reason.text for reason in refused.reasons] or [refused.message.text]
    return []


def _sql(register: Register, statement: str) -> list[tuple[object, ...]]:
    with register.read() as snapshot:
        return [tuple(row) for row in snapshot.connection.execute(text(statement))]


# -- what the programme adds -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "added"), covering(ADDED))
def test_a_check_that_the_programme_adds_counts_like_those_of_the_table(
    register: Register, kind: DepartureKind, added: CheckKind
) -> None:
    """Each kind and each check; with `KONAK_LONG=1` each for each."""
    programme = leavers.programme(register, "US-2025", **{kind.value: [added.value]})
    plan_id = leavers.plan(register, leavers.stay(register, programme), kind)
    leavers.check_all(register, plan_id, rules.REQUIRED[kind])
    assert len(_departed(register, plan_id)) == 1
    leavers.check(register, plan_id, added, passed=False, note="it did not pass")
    assert len(_departed(register, plan_id)) == 1
    is_risk = added is CheckKind.NON_REFOULEMENT
    assert _state(register, plan_id) is (PlanState.STOPPED if is_risk else PlanState.OPEN)
    if not is_risk:
        leavers.check(register, plan_id, added)
        assert _departed(register, plan_id) == []


@pytest.mark.parametrize("adds", [False, True])
@pytest.mark.parametrize("kind", PLANNED_KINDS)
def test_a_risk_that_is_found_stops_the_plan_or_cannot_be_entered_on_it(
    register: Register, kind: DepartureKind, adds: bool
) -> None:
    added = [CheckKind.NON_REFOULEMENT.value] if adds else []
    programme = leavers.programme(register, "US-2025", **{kind.value: added})
    plan_id = leavers.plan(register, leavers.stay(register, programme), kind)
    leavers.check_all(register, plan_id)
    if adds or CheckKind.NON_REFOULEMENT in rules.REQUIRED[kind]:
        register.perform(departures.stop, plan_id=plan_id, who="L. Krasniqi", note="threats")
        assert _state(register, plan_id) is PlanState.STOPPED
        assert _departed(register, plan_id) != []
        return
    with pytest.raises(Refused):
        register.perform(departures.stop, plan_id=plan_id, who="L. Krasniqi", note="threats")
    with pytest.raises(Refused):
        leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
    assert _departed(register, plan_id) == []


def test_what_the_programme_asks_for_since_the_plan_was_made_is_asked_for(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    kind = DepartureKind.STAY_GRANTED
    plan_id = leavers.plan(register, stay, kind)
    leavers.check_all(register, plan_id, rules.REQUIRED[kind])
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(
        programmes.set_departures,
        programme_id=programme,
        version=1,
        departures=[DepartureFacts(kind, (CheckKind.NON_REFOULEMENT,))],
    )
    leavers.at_desk(register, Role.SUPERVISOR)
    assert len(_departed(register, plan_id)) == 1
    register.perform(departures.stop, plan_id=plan_id, who="L. Krasniqi", note="threats")
    assert _state(register, plan_id) is PlanState.STOPPED


# -- what is sealed ----------------------------------------------------------------------------------------------------


@action("tests.open_again", roles=EVERYBODY, told="")
def _open_again(unit: UnitOfWork, *, plan_id: PlanId) -> None:
    """What no action of Konak does."""
    unit.session.get_one(Plan, plan_id).state = PlanState.OPEN


@action("tests.say_that_it_passed", roles=EVERYBODY, told="")
def _say_that_it_passed(unit: UnitOfWork, *, plan_id: PlanId) -> CheckId:
    """A finding of a risk, beside an outcome that says otherwise."""
    said = json.dumps({"passed": False, "note": "threats", "details": {}})
    number = unit.number_for(Check)
    row = Check(
        id=number,
        plan_id=plan_id,
        kind=CheckKind.NON_REFOULEMENT,
        held_on=TODAY,
        outcome=salted(True),
        who="L. Krasniqi",
        details={},
        finding=unit.seal(said, Check.finding, number),
        entered_by=unit.person.id,
        entered_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def test_whether_a_check_passed_is_not_read_from_the_state_of_its_plan(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
    register.perform(_open_again, plan_id=plan_id)
    assert _departed(register, plan_id) == ["The non-refoulement check found a risk. This departure is stopped."]


def test_a_check_of_which_the_register_does_not_say_whether_it_passed_counts_as_none(
    register: Register, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    row = Check(
        plan_id=plan_id,
        kind=CheckKind.NON_REFOULEMENT,
        held_on=TODAY,
        who="L. Krasniqi",
        details={},
        finding=b"sealed by an earlier Konak",
        entered_by=register.person.id,
        entered_at=register.clock.now(),
    )
    register.perform(builders.put, row=row)
    assert _departed(register, plan_id) == [
        "The non-refoulement check is missing. It must be dated within {days} days of travel."
    ]


@pytest.mark.parametrize("kind", SEALED_CHECKS)
def test_what_a_sealed_check_found_is_told_by_no_row_and_no_entry(register: Register, kind: CheckKind) -> None:
    programme = leavers.programme(register)
    said, outcomes = [], set()
    for number, passed in (("K-0001", True), ("K-0002", False), ("K-0003", True)):
        plan_id = leavers.plan(register, leavers.stay(register, programme, number))
        leavers.check(register, plan_id, kind, passed=passed, note="said in confidence")
        with register.read() as snapshot:
            (row,) = queries.plan(snapshot, plan_id=plan_id).checks
            entry = json.loads(
                snapshot.connection.execute(
                    select(TrailEntry.details).order_by(TrailEntry.number.desc()).limit(1)
                ).scalar_one()
            )
            (stored,) = snapshot.connection.execute(Check.__table__.select().where(Check.plan_id == plan_id))
        (told,) = [change["after"] for change in entry["changed"] if change["table"] == "checks"]
        outcomes.add(told.pop("outcome"))
        assert told.pop("finding").startswith("sha256:")
        assert "confidence" not in json.dumps(entry)
        assert (row.passed, row.note, row.details, stored.passed, stored.note) == (None, "", {}, None, "")
        said.append({name: value for name, value in told.items() if name not in ("id", "plan_id")})
    assert said[0] == said[1] == said[2]
    assert len(outcomes) == 3


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_a_sealed_check_that_does_not_hold_shows_alike_whatever_the_reason(
    register: Register, programme: ProgrammeId, role: Role
) -> None:
    """Missing, found unfit, a risk found, and long past: who may not know which is told whom to ask."""
    old = TODAY - timedelta(days=90)
    ways: dict[str, dict[CheckKind, dict[str, Any]]] = {
        "missing": {},
        "failed": {CheckKind.FIT_TO_TRAVEL: {"passed": False}, CheckKind.NON_REFOULEMENT: {"passed": False}},
        "old": {CheckKind.FIT_TO_TRAVEL: {"held_on": old}, CheckKind.NON_REFOULEMENT: {"held_on": old}},
    }
    shown = {}
    for way, held in ways.items():
        leavers.at_desk(register, Role.SUPERVISOR)
        stay_id = leavers.stay(register, programme, f"K-{way}")
        plan_id = leavers.plan(register, stay_id, planned_on=TODAY + timedelta(days=20))
        leavers.check_all(register, plan_id, set(CheckKind) - set(SEALED_CHECKS), held_on=TODAY)
        for kind, values in held.items():
            leavers.check(register, plan_id, kind, **values)
        leavers.at_desk(register, role)
        with register.read() as snapshot:
            page, of_stay = (queries.plan(snapshot, plan_id=plan_id), queries.of_stay(snapshot, stay_id=stay_id))
            (listed,) = queries.plans(snapshot, text=f"K-{way}")
            assert queries.plans(snapshot, text=f"K-{way}", is_over=True) == ()
        steps = [(step.kind, step.check is None, step.objection, step.earlier) for step in page.steps]
        row = (listed.standing, listed.reasons, listed.done, page.state, page.state_reason, page.version)
        kinds = [check.kind for check in page.checks]
        leavers.at_desk(register, Role.CLERK)  # who alone of these may try to record it
        shown[way] = (steps, row, kinds, of_stay.open, of_stay.no_prospect, _departed(register, plan_id))
    assert shown["missing"] == shown["failed"] == shown["old"]
    assert shown["missing"][1][0] is Standing.PLANNED
    assert shown["missing"][-1] == ["{check}: not ready. Ask: {asked}."] * 2


def test_who_may_not_know_of_a_risk_sees_a_plan_that_was_followed_as_cancelled(
    register: Register, programme: ProgrammeId
) -> None:
    shown = []
    for number, is_stopped in (("K-0001", True), ("K-0002", False)):
        leavers.at_desk(register, Role.SUPERVISOR)
        stay_id = leavers.stay(register, programme, number)
        plan_id = leavers.plan(register, stay_id)
        if is_stopped:
            leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
        else:
            register.perform(departures.cancel, plan_id=plan_id, reason="the flight was cancelled")
        assert (_state(register, plan_id) is PlanState.STOPPED) is is_stopped
        again = leavers.plan(register, stay_id, DepartureKind.STAY_GRANTED)
        leavers.at_desk(register, Role.CLERK)
        assert _departed(register, plan_id) == ["This plan was cancelled. Make a new one."]
        with register.read() as snapshot:
            page, of_stay = queries.plan(snapshot, plan_id=plan_id), queries.of_stay(snapshot, stay_id=stay_id)
            (over,) = queries.plans(snapshot, text=number, is_over=True)
            told = history.of_resident(snapshot, resident_id=of_stay.resident_id)
        assert of_stay.current is not None
        assert of_stay.current.row.id == again
        kept = (page.state, page.state_reason, over.standing, [plan.row.standing for plan in of_stay.earlier])
        shown.append((kept, [(row.what.text, len(row.details)) for row in told], page.checks))
    assert shown[0] == shown[1]
    assert shown[0][0][0] is PlanState.CANCELLED


def test_a_check_of_who_left_otherwise_tells_a_clerk_nothing_of_the_risk_that_stopped_the_plan(
    register: Register, programme: ProgrammeId
) -> None:
    left: dict[str, str] = {"seen_last": "gate", "how_known": "said so"}
    for number, is_stopped in (("K-0001", True), ("K-0002", False)):
        leavers.at_desk(register, Role.SUPERVISOR)
        stay_id = leavers.stay(register, programme, number)
        plan_id = leavers.plan(register, stay_id)
        if is_stopped:
            leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
        register.perform(endings.record_left, stay_id=stay_id, moment=LEFT, **left)
        leavers.at_desk(register, Role.CLERK)
        leavers.check(register, plan_id, CheckKind.CONSENT, late_reason=LATE)
        leavers.at_desk(register, Role.SUPERVISOR)
        if is_stopped:
            with pytest.raises(Refused, match="stopped"):
                leavers.check(register, plan_id, CheckKind.CONSENT, late_reason=LATE)
        assert (_state(register, plan_id) is PlanState.STOPPED) is is_stopped


def test_a_clerk_goes_on_with_a_plan_that_a_risk_has_stopped_and_nobody_leaves_on_it(
    register: Register, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
    leavers.at_desk(register, Role.CLERK)
    leavers.check_all(register, plan_id, set(CheckKind) - set(SEALED_CHECKS))
    consent = leavers.check(register, plan_id, CheckKind.CONSENT)
    register.perform(departures.withdraw_check, check_id=consent)
    assert "{check}: not ready. Ask: {asked}." in _departed(register, plan_id)
    leavers.at_desk(register, Role.SUPERVISOR)
    assert _state(register, plan_id) is PlanState.STOPPED
    with pytest.raises(Refused, match="A risk was found"):
        leavers.check(register, plan_id, CheckKind.CONSENT)


def test_what_is_looked_at_is_a_check_that_is_sealed(register: Register, stay: StayId) -> None:
    open_one = leavers.check(register, leavers.plan(register, stay), CheckKind.CONSENT)
    for check_id in (open_one, CheckId(open_one + 1)):
        with pytest.raises(Refused, match="not there"):
            register.perform(departures.look, check_id=check_id)


def test_a_finding_that_is_not_what_decided_is_not_shown_as_if_it_were(register: Register, stay: StayId) -> None:
    check_id = register.perform(_say_that_it_passed, plan_id=leavers.plan(register, stay)).value
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(people.add, name="Sup", role=Role.SUPERVISOR, passphrase="the other one", words=words(SHEET))
    register.close()
    with (
        open_register(register.folder, passphrase="the other one", person="Sup", clock=register.clock) as opened,
        pytest.raises(Unavailable, match="changed outside"),
    ):
        opened.perform(departures.look, check_id=check_id)


def test_a_finding_is_opened_with_why_it_was_entered_late(register: Register, stay: StayId) -> None:
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(people.add, name="Sup", role=Role.SUPERVISOR, passphrase="the other one", words=words(SHEET))
    register.close()
    with open_register(register.folder, passphrase="the other one", person="Sup", clock=register.clock) as opened:
        check_id = leavers.check(
            opened, leavers.plan(opened, stay), CheckKind.FIT_TO_TRAVEL, passed=False, note="fever", late_reason=LATE
        )
        found = opened.perform(departures.look, check_id=check_id).value
        assert found == departures.Finding(False, "fever", {}, LATE)
        assert LATE not in "".join(str(row) for row in _sql(opened, "SELECT late_reason FROM checks"))


# -- days that are over ------------------------------------------------------------------------------------------------


def test_checks_of_today_let_nobody_have_left_eleven_days_ago(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    assert _departed(register, plan_id, LEFT) == ["{check}: dated {date}, after the day of travel."] * 7


def test_checks_that_are_dated_back_count_only_with_a_reason_of_their_own(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id, held_on=LEFT.on)
    late = "{check}: entered after the departure. Enter it again with its own day, and say why it is late."
    assert _departed(register, plan_id, LEFT) == [late] * 7
    leavers.check_all(register, plan_id, held_on=LEFT.on, late_reason=LATE)
    assert _departed(register, plan_id, LEFT) == []


def test_a_departure_of_an_earlier_day_says_why_it_is_recorded_late(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id, held_on=LEFT.on, late_reason=LATE)
    with pytest.raises(Refused) as refused:
        register.perform(endings.depart, plan_id=plan_id, moment=LEFT, late_reason="  ")
    assert refused.value.field == "late_reason"
    register.perform(endings.depart, plan_id=plan_id, moment=LEFT, late_reason=LATE)
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found.facts == {LATE_REASON: LATE}
    assert found.current is not None
    shown = {check.late_reason for check in found.current.checks if not check.is_sealed}
    assert shown == {LATE}


def _held_in_time(register: Register, clock: FixedClock, plan_id: PlanId, on: date) -> None:
    """All checks, entered on the morning of the day on which they were held."""
    now, clock.instant = clock.instant, datetime(on.year, on.month, on.day, 7, 0, tzinfo=UTC)
    leavers.check_all(register, plan_id, held_on=on)
    clock.instant = now


def test_what_has_run_out_since_was_good_on_the_day_and_what_had_run_out_was_not(
    register: Register, clock: FixedClock, programme: ProgrammeId
) -> None:
    held_on = date(2026, 8, 1)
    plan_id = leavers.plan(register, leavers.stay(register, programme, "K-0001"))
    _held_in_time(register, clock, plan_id, held_on)
    assert len(_departed(register, plan_id)) == 2  # no risk, and fit: both long ago
    assert len(_departed(register, plan_id, Moment(held_on + timedelta(days=8)))) == 1
    assert len(_departed(register, plan_id, Moment(held_on + timedelta(days=31)))) == 2
    assert _departed(register, plan_id, Moment(held_on + timedelta(days=7))) == []


def test_what_was_entered_later_on_the_day_was_not_there_at_the_hour(
    register: Register, clock: FixedClock, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay)
    _held_in_time(register, clock, plan_id, LEFT.on)
    early = Moment(LEFT.on, datetime(2026, 11, 10, 6, 59, tzinfo=UTC))
    assert len(_departed(register, plan_id, early)) == 7
    assert _departed(register, plan_id, Moment(LEFT.on, datetime(2026, 11, 10, 7, 1, tzinfo=UTC))) == []


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_a_consent_that_was_withdrawn_by_the_day_is_none_and_one_withdrawn_since_was_one(
    register: Register, clock: FixedClock, stay: StayId, days: int, refused: bool
) -> None:
    plan_id = leavers.plan(register, stay)
    _held_in_time(register, clock, plan_id, LEFT.on - timedelta(days=2))
    with register.read() as snapshot:
        checks = queries.plan(snapshot, plan_id=plan_id).checks
    consent = next(check.check_id for check in checks if check.kind is CheckKind.CONSENT)
    register.perform(departures.withdraw_check, check_id=consent, withdrawn_on=LEFT.on + timedelta(days=days))
    expected = ["{check}: withdrawn on {date}."]
    assert _departed(register, plan_id) == [*expected, *_departed(register, plan_id)[1:]]
    assert _departed(register, plan_id, LEFT) == (expected if refused else [])


def test_a_check_that_failed_by_then_is_not_cured_by_an_older_one_that_is_entered_since(
    register: Register, clock: FixedClock, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay)
    _held_in_time(register, clock, plan_id, LEFT.on)
    clock.instant -= timedelta(days=11)
    leavers.check(register, plan_id, CheckKind.CONSENT, held_on=LEFT.on, passed=False)
    clock.instant += timedelta(days=11)
    before = LEFT.on - timedelta(days=1)
    leavers.check(register, plan_id, CheckKind.CONSENT, held_on=before, late_reason=LATE)
    assert _departed(register, plan_id, LEFT) == ["The person did not consent."]
    leavers.check(register, plan_id, CheckKind.CONSENT, held_on=LEFT.on, late_reason=LATE)
    assert _departed(register, plan_id, LEFT) == []


def test_checks_for_one_country_let_nobody_have_left_for_another(
    register: Register, clock: FixedClock, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay, country="AF")
    _held_in_time(register, clock, plan_id, LEFT.on)
    register.perform(departures.change_plan, plan_id=plan_id, planned_on=TODAY, country="PK")
    elsewhere = "{check}: held for another destination. Enter the one for this destination."
    assert _departed(register, plan_id, LEFT) == [elsewhere, elsewhere]
    register.perform(departures.change_plan, plan_id=plan_id, planned_on=TODAY, country="AF")
    assert _departed(register, plan_id, LEFT) == []


def test_a_family_is_the_one_that_was_in_the_house_on_the_day(
    register: Register, clock: FixedClock, programme: ProgrammeId
) -> None:
    family = FamilyId(register.perform(builders.put, row=Family(name="Rahmani")).value)
    mother, son = (leavers.stay(register, programme, number, family_id=family) for number in ("K-0001", "K-0002"))
    plan_id = leavers.plan(register, mother)
    _held_in_time(register, clock, plan_id, LEFT.on)
    register.perform(
        endings.record_left,
        stay_id=son,
        moment=Moment(LEFT.on + timedelta(days=3)),
        seen_last="in the yard",
        how_known="a note",
    )
    alone = "The check says that the person travels alone, but {name} is family in the house."
    assert _departed(register, plan_id, LEFT) == [alone]
    register.perform(endings.undo, stay_id=son, reason="a mistake")
    register.perform(
        endings.record_left, stay_id=son, moment=Moment(LEFT.on), seen_last="in the yard", how_known="a note"
    )
    assert _departed(register, plan_id, LEFT) == []


def test_a_group_of_an_earlier_day_is_judged_alike(
    register: Register, clock: FixedClock, programme: ProgrammeId
) -> None:
    plans = [leavers.plan(register, leavers.stay(register, programme, f"K-000{n}")) for n in (1, 2)]
    _held_in_time(register, clock, plans[0], LEFT.on)
    leavers.check_all(register, plans[1], held_on=LEFT.on)

    def recorded(late_reason: str) -> None:
        register.perform(endings.depart_group, plan_ids=plans, moment=LEFT, late_reason=late_reason)

    with pytest.raises(Refused) as refused:
        recorded("")
    assert refused.value.field == "late_reason"
    with pytest.raises(Refused) as refused:
        recorded(LATE)
    assert len(refused.value.reasons) == 7
    assert [[who.number for who in each] for each in refused.value.whom] == [["K-0002"]] * 7
    leavers.check_all(register, plans[1], held_on=LEFT.on, late_reason=LATE)
    recorded(LATE)
    assert {_state(register, each) for each in plans} == {PlanState.DEPARTED}


def test_what_is_undone_is_judged_again(register: Register, clock: FixedClock, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    _held_in_time(register, clock, plan_id, LEFT.on)
    assert _departed(register, plan_id, LEFT) == []
    register.perform(endings.undo, stay_id=stay, reason="the wrong day")
    assert len(_departed(register, plan_id, Moment(LEFT.on - timedelta(days=1)))) == 7
    assert _departed(register, plan_id, Moment(LEFT.on + timedelta(days=1))) == []
