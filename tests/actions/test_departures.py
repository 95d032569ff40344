"""Departures in a real register: the whole table of rules.md, and what ends with a stay."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.actions import corrections, departures, endings, months, rooms, stays
from models.clock import FixedClock
from models.entities.absences import Absence
from models.entities.documents import Document
from models.entities.residents import Family
from models.entities.trail import TrailEntry
from models.errors import Refused
from models.ids import DocumentId, FamilyId, PlanId, ProgrammeId, ResidentId, StayId
from models.queries import departures as queries
from models.queries import history
from models.queries import rooms as room_queries
from models.rules import departures as rules
from models.rules.birth import BirthDate
from models.rules.leaving import Standing
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    PLANNED_KINDS,
    UNPLANNED_KINDS,
    AbsenceKind,
    CheckKind,
    DepartureKind,
    Destination,
    DocumentKind,
    PlanState,
    Regime,
    Role,
    SealedKind,
)
from models.store.register import Register
from models.text import translator
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.actions.leavers import ARRIVED, TODAY
from tests.covering import covering

CHILD = BirthDate.exact(date(2018, 5, 4))
TABLE = [(kind, check) for kind in PLANNED_KINDS for check in rules.REQUIRED[kind]]


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return leavers.programme(register)


@pytest.fixture
def stay(register: Register, programme: ProgrammeId) -> StayId:
    return leavers.stay(register, programme)


def _depart(register: Register, plan_id: PlanId, moment: Moment | None = None) -> StayId:
    return register.perform(endings.depart, plan_id=plan_id, moment=moment).value


def _refusal(register: Register, plan_id: PlanId, moment: Moment | None = None) -> list[str]:
    with pytest.raises(Refused) as refused:
        _depart(register, plan_id, moment)
    return [reason.text for reason in refused.value.reasons]


def _of(register: Register, stay_id: StayId) -> queries.StayDepartures:
    with register.read() as snapshot:
        return queries.of_stay(snapshot, stay_id=stay_id)


def _page(register: Register, plan_id: PlanId) -> queries.PlanPage:
    with register.read() as snapshot:
        return queries.plan(snapshot, plan_id=plan_id)


# -- the table of rules.md ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "missing"), covering(TABLE))
def test_each_required_check_that_is_missing_is_named_and_nothing_is_changed(
    register: Register, programme: ProgrammeId, kind: DepartureKind, missing: CheckKind
) -> None:
    """Each kind and each check; with `KONAK_LONG=1` the whole table, which the rules are held against."""
    stay_id = leavers.stay(register, programme, birth=CHILD)
    plan_id = leavers.plan(register, stay_id, kind)
    leavers.check_all(register, plan_id, [check for check in rules.REQUIRED[kind] if check is not missing])
    found = rules.objections(kind, [], travel_on=TODAY, has_family=False, has_children=True)
    assert _refusal(register, plan_id) == [each.message.text for each in found if each.check is missing]
    assert _of(register, stay_id).ended is None


@pytest.mark.parametrize("kind", PLANNED_KINDS)
def test_with_every_required_check_and_no_other_the_departure_is_recorded(
    register: Register, programme: ProgrammeId, kind: DepartureKind
) -> None:
    stay_id = leavers.stay(register, programme, birth=CHILD)
    plan_id = leavers.plan(register, stay_id, kind)
    assert len(_refusal(register, plan_id)) == len(rules.REQUIRED[kind])
    leavers.check_all(register, plan_id, rules.REQUIRED[kind])
    assert _page(register, plan_id).may_depart
    _depart(register, plan_id)
    after = _of(register, stay_id)
    assert (after.ended_by, after.ended) == (kind, Moment.of(register.clock.now(), register.facility.zone))
    assert _page(register, plan_id).state is PlanState.DEPARTED


def test_best_interests_are_asked_of_children_alone(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    assert CheckKind.BEST_INTERESTS not in [step.kind for step in _page(register, plan_id).steps]


def test_a_programme_may_require_more(register: Register) -> None:
    programme = leavers.programme(register, "UK", voluntary_return=["acceptance"])
    plan_id = leavers.plan(register, leavers.stay(register, programme))
    leavers.check_all(register, plan_id, rules.REQUIRED[DepartureKind.VOLUNTARY_RETURN])
    assert _refusal(register, plan_id) == ["The acceptance by the destination or the receiver is missing."]


@pytest.mark.parametrize(("kind", "most"), [(CheckKind.NON_REFOULEMENT, 30), (CheckKind.FIT_TO_TRAVEL, 7)])
def test_a_check_holds_to_its_last_day_and_not_one_day_longer(
    register: Register, stay: StayId, kind: CheckKind, most: int
) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, kind, held_on=TODAY - timedelta(days=most + 1))
    assert len(_refusal(register, plan_id)) == 1
    leavers.check(register, plan_id, kind, held_on=TODAY - timedelta(days=most))
    _depart(register, plan_id)


def test_the_day_of_the_departure_counts_and_not_the_day_that_was_planned(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay, planned_on=TODAY - timedelta(days=1))
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, CheckKind.FIT_TO_TRAVEL, held_on=TODAY - timedelta(days=8))
    assert _page(register, plan_id).may_depart
    assert len(_refusal(register, plan_id)) == 1


def test_a_travel_document_that_expires_the_day_before_is_refused(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, CheckKind.TRAVEL_DOCUMENT, valid_until=TODAY - timedelta(days=1))
    assert len(_refusal(register, plan_id)) == 1
    leavers.check(register, plan_id, CheckKind.TRAVEL_DOCUMENT, valid_until=TODAY)
    _depart(register, plan_id)


def test_a_withdrawn_consent_stops_the_departure_until_there_is_a_new_one(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    consent = leavers.check(register, plan_id, CheckKind.CONSENT)
    register.perform(departures.withdraw_check, check_id=consent)
    assert _refusal(register, plan_id) == ["{check}: withdrawn on {date}."]
    leavers.check(register, plan_id, CheckKind.CONSENT, held_on=TODAY)
    _depart(register, plan_id)


def test_a_later_check_takes_the_place_of_an_earlier_one_and_leaves_it_in_place(
    register: Register, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, CheckKind.CONSENT, passed=False)
    assert _refusal(register, plan_id) == ["The person did not consent."]
    leavers.check(register, plan_id, CheckKind.CONSENT)
    page = _page(register, plan_id)
    assert [check.passed for check in page.checks if check.kind is CheckKind.CONSENT] == [True, False, True]
    _depart(register, plan_id)


def test_only_what_was_given_and_still_counts_can_be_withdrawn(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    old = leavers.check(register, plan_id, CheckKind.CONSENT)
    new = leavers.check(register, plan_id, CheckKind.CONSENT)
    other = leavers.check(register, plan_id, CheckKind.FIT_TO_TRAVEL)
    for check_id in (old, other):
        with pytest.raises(Refused):
            register.perform(departures.withdraw_check, check_id=check_id)
    with pytest.raises(Refused):
        register.perform(departures.withdraw_check, check_id=new, withdrawn_on=TODAY + timedelta(days=1))
    register.perform(departures.withdraw_check, check_id=new)
    with pytest.raises(Refused):
        register.perform(departures.withdraw_check, check_id=new)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_can_skip_a_check(register: Register, stay: StayId, role: Role) -> None:
    plan_id = leavers.plan(register, stay)
    register.person = replace(register.person, role=role, stands_in=False)
    with pytest.raises(Refused) as refused:
        _depart(register, plan_id)
    assert bool(refused.value.reasons) == register.person.may(endings.depart)
    assert _of(register, stay).ended is None


# -- risk --------------------------------------------------------------------------------------------------------------


def test_a_risk_that_is_found_stops_the_plan_at_once_for_good(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
    found = _of(register, stay)
    assert found.current is not None
    assert (found.current.state, found.no_prospect) == (PlanState.STOPPED, True)
    assert DepartureKind.VOLUNTARY_RETURN not in found.open
    assert DepartureKind.REMOVAL not in found.open
    assert DepartureKind.STAY_GRANTED in found.open
    for again in (CheckKind.NON_REFOULEMENT, CheckKind.CONSENT):
        with pytest.raises(Refused):
            leavers.check(register, plan_id, again)
    with pytest.raises(Refused):
        _depart(register, plan_id)


def test_stopping_a_plan_needs_what_was_found_and_leaves_the_check_that_says_so(
    register: Register, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay)
    with pytest.raises(Refused) as refused:
        register.perform(departures.stop, plan_id=plan_id, who="L. Krasniqi", note=" ")
    assert refused.value.field == "note"
    register.perform(departures.stop, plan_id=plan_id, who="L. Krasniqi", note="threats")
    page = _page(register, plan_id)
    assert page.row.standing is Standing.STOPPED
    assert [check.kind for check in page.checks] == [CheckKind.NON_REFOULEMENT]


def test_after_a_risk_no_return_is_planned_unless_it_is_said_what_has_changed(register: Register, stay: StayId) -> None:
    first = leavers.plan(register, stay)
    leavers.check(register, first, CheckKind.NON_REFOULEMENT, passed=False)
    for kind in (DepartureKind.VOLUNTARY_RETURN, DepartureKind.REMOVAL):
        with pytest.raises(Refused) as refused:
            leavers.plan(register, stay, kind)
        assert refused.value.field == "what_changed"
    changed = "The court of appeal found no risk on 20 November."
    second = leavers.plan(register, stay, what_changed=changed)
    assert changed in [said for _who, kind, said in builders.sealed_texts(register) if kind is SealedKind.CHECK]
    leavers.check_all(register, second, set(CheckKind) - {CheckKind.NON_REFOULEMENT})
    assert len(_refusal(register, second)) == 1


def test_a_stopped_plan_is_listed_until_something_follows_and_again_when_that_is_given_up(
    register: Register, stay: StayId
) -> None:
    stopped = leavers.plan(register, stay)
    leavers.check(register, stopped, CheckKind.NON_REFOULEMENT, passed=False)

    def listed() -> list[PlanId]:
        with register.read() as snapshot:
            return [row.id for row in queries.plans(snapshot)]

    assert listed() == [stopped]
    other = leavers.plan(register, stay, DepartureKind.STAY_GRANTED)
    assert listed() == [other]
    register.perform(departures.cancel, plan_id=other, reason="refused by the ministry")
    assert listed() == [stopped]
    assert _of(register, stay).no_prospect


# -- plans -------------------------------------------------------------------------------------------------------------


def test_only_what_the_programme_permits_can_be_planned(register: Register) -> None:
    programme = builders.programme(register)
    with pytest.raises(Refused) as refused:
        leavers.plan(register, leavers.stay(register, programme))
    assert refused.value.field == "kind"


@pytest.mark.parametrize("kind", UNPLANNED_KINDS)
def test_what_nobody_plans_cannot_be_planned(register: Register, stay: StayId, kind: DepartureKind) -> None:
    with pytest.raises(Refused):
        leavers.plan(register, stay, kind)


def test_a_stay_has_one_open_plan(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    with pytest.raises(Refused):
        leavers.plan(register, stay)
    with pytest.raises(Refused):
        register.perform(departures.cancel, plan_id=plan_id, reason="")
    register.perform(departures.cancel, plan_id=plan_id, reason="changed his mind")
    leavers.plan(register, stay)


def test_nobody_travels_before_the_arrival(register: Register, stay: StayId) -> None:
    with pytest.raises(Refused) as refused:
        leavers.plan(register, stay, planned_on=ARRIVED - timedelta(days=1))
    assert refused.value.field == "planned_on"


@pytest.mark.parametrize(
    ("kind", "country", "group", "kept"),
    [
        (DepartureKind.VOLUNTARY_RETURN, None, Destination.NOT_RECORDED, None),
        (DepartureKind.REMOVAL, None, Destination.NOT_RECORDED, None),
        (DepartureKind.VOLUNTARY_RETURN, "AF", Destination.COUNTRY_OF_ORIGIN, "AF"),
        (DepartureKind.VOLUNTARY_RETURN, "PK", Destination.THIRD_COUNTRY, "PK"),
        (DepartureKind.REMOVAL, "IR", Destination.COUNTRY_OF_ORIGIN, "IR"),
        (DepartureKind.ONWARD_RESETTLEMENT, "CA", Destination.THIRD_COUNTRY, "CA"),
        (DepartureKind.ONWARD_RESETTLEMENT, "US", Destination.PARTNER, "US"),
        (DepartureKind.BACK_TO_PARTNER, None, Destination.PARTNER, "US"),
        (DepartureKind.TRANSFER_OF_CUSTODY, None, Destination.NOT_RECORDED, None),
        (DepartureKind.TRANSFER_OF_CUSTODY, "US", Destination.PARTNER, "US"),
        (DepartureKind.STAY_GRANTED, None, Destination.HOST, None),
    ],
)
def test_the_destination_is_grouped_by_the_country(
    register: Register,
    programme: ProgrammeId,
    kind: DepartureKind,
    country: str | None,
    group: Destination,
    kept: str | None,
) -> None:
    stay_id = leavers.stay(register, programme, other_nationalities=["IR"])
    page = _page(register, leavers.plan(register, stay_id, kind, country=country))
    assert (page.row.destination, page.row.country) == (group, kept)


@pytest.mark.parametrize("country", ["XX", "DEU", "Germany", "EU"])
def test_nobody_travels_to_what_is_no_country(register: Register, stay: StayId, country: str) -> None:
    with pytest.raises(Refused, match="no country") as refused:
        leavers.plan(register, stay, country=country)
    assert refused.value.field == "country"
    plan_id = leavers.plan(register, stay, country="af")
    with pytest.raises(Refused, match="no country"):
        register.perform(departures.change_plan, plan_id=plan_id, planned_on=TODAY, country=country)
    assert _page(register, plan_id).row.country == "AF"


def test_another_country_takes_back_what_was_checked_for_the_first(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    again = register.perform(departures.change_plan, plan_id=plan_id, planned_on=TODAY, place="Kabul").value
    assert again == ()
    again = register.perform(departures.change_plan, plan_id=plan_id, planned_on=TODAY, country="PK").value
    assert again == (CheckKind.CONSENT, CheckKind.NON_REFOULEMENT, CheckKind.ACCEPTANCE)
    assert len(_refusal(register, plan_id)) == 2
    assert _page(register, plan_id).row.destination is Destination.THIRD_COUNTRY


# -- checks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        (CheckKind.CONSENT, {"held_on": TODAY + timedelta(days=1)}, "held_on"),
        (CheckKind.CONSENT, {"who": "  "}, "who"),
        (CheckKind.COUNSELLING, {"details": {}}, "language"),
        (CheckKind.DECISION, {"details": {"decision_number": "7", "served": "x"}}, "appeal"),
        (CheckKind.TRAVEL_DOCUMENT, {"valid_until": None}, "valid_until"),
        (CheckKind.TRAVEL_DOCUMENT, {"valid_until": ARRIVED}, "valid_until"),
    ],
)
def test_a_check_that_states_too_little_is_refused_beside_its_field(
    register: Register, stay: StayId, kind: CheckKind, more: dict[str, object], field: str
) -> None:
    plan_id = leavers.plan(register, stay)
    with pytest.raises(Refused) as refused:
        leavers.check(register, plan_id, kind, **more)
    assert refused.value.field == field
    assert _page(register, plan_id).checks == ()


def test_a_check_that_did_not_pass_need_not_be_complete(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay, DepartureKind.REMOVAL)
    leavers.check(register, plan_id, CheckKind.DECISION, passed=False, details={})
    assert not _page(register, plan_id).steps[0].holds


def test_the_travel_document_is_one_of_the_resident(register: Register, programme: ProgrammeId) -> None:
    mine = builders.resident(register, "K-0001")
    other = builders.resident(register, "K-0002")
    numbers = [
        DocumentId(
            register.perform(
                builders.put,
                row=Document(
                    resident_id=who, kind=DocumentKind.PASSPORT, number=f"P{who}", expires_on=date(2028, 3, 3)
                ),
            ).value
        )
        for who in (mine, other)
    ]
    plan_id = leavers.plan(register, builders.stay(register, mine, programme, ARRIVED))

    def enter(document_id: DocumentId) -> None:
        register.perform(
            departures.enter_check,
            plan_id=plan_id,
            kind=CheckKind.TRAVEL_DOCUMENT,
            held_on=TODAY,
            passed=True,
            who="A. Berisha",
            document_id=document_id,
        )

    with pytest.raises(Refused):
        enter(numbers[1])
    enter(numbers[0])
    check = _page(register, plan_id).checks[0]
    assert (check.details["document_number"], check.valid_until) == (f"P{mine}", date(2028, 3, 3))


# -- what ends with the stay -------------------------------------------------------------------------------------------


def test_bed_and_absence_end_at_the_moment_of_the_departure(register: Register, stay: StayId) -> None:
    _settle(register, stay)
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    moment = Moment(TODAY, datetime(2026, 11, 21, 6, 15, tzinfo=UTC))
    _depart(register, plan_id, moment)
    assert _ends(register, stay) == (moment, moment)
    assert _of(register, stay).ended == moment


def _settle(register: Register, stay_id: StayId) -> None:
    """A bed since the arrival, and an absence since 1 November."""
    bed_id = builders.bed(register)
    register.perform(rooms.place, stay_id=stay_id, bed_id=bed_id, moment=Moment(ARRIVED))
    absence = Absence(
        stay_id=stay_id, kind=AbsenceKind.HOSPITAL, from_on=date(2026, 11, 1), due_back_on=date(2026, 12, 1)
    )
    register.perform(builders.put, row=absence)


def _ends(register: Register, stay_id: StayId) -> tuple[Moment | None, Moment | None]:
    """When the bed and the absence end."""
    with register.read() as snapshot:
        bed = room_queries.placements(snapshot, stay_id=stay_id)[0].end
        row = snapshot.connection.execute(Absence.__table__.select()).one()
    return bed, None if row.until_on is None else Moment(row.until_on, row.until_at)


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (Moment(TODAY + timedelta(days=1)), "in the future"),
        (Moment(ARRIVED - timedelta(days=1)), "arrived"),
        (Moment(date(2026, 10, 31)), "absence"),
    ],
)
def test_a_departure_at_an_impossible_moment_is_refused(
    register: Register, stay: StayId, moment: Moment, why: str
) -> None:
    _settle(register, stay)
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    with pytest.raises(Refused) as refused:
        _depart(register, plan_id, moment)
    assert refused.value.field == "moment"
    assert why in refused.value.message.text
    assert _ends(register, stay) == (None, None)


def test_a_departure_is_recorded_once(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id)
    _depart(register, plan_id)
    with pytest.raises(Refused):
        _depart(register, plan_id)
    again = leavers.plan(register, stay)  # how they really left, for a correction
    leavers.check_all(register, again, late_reason="by post")
    with pytest.raises(Refused):
        _depart(register, again)


def test_what_stands_against_a_group_is_said_check_by_check_with_those_below_it(
    register: Register, programme: ProgrammeId
) -> None:
    """Whoever lacks something else first does not part those whom the same check keeps."""
    stays = [leavers.stay(register, programme, f"K-000{n}") for n in (1, 2, 3)]
    plans = [leavers.plan(register, each) for each in stays]
    lacking = ({CheckKind.PROPERTY_RETURNED}, {CheckKind.CONSENT, CheckKind.PROPERTY_RETURNED}, {CheckKind.CONSENT})
    for plan_id, lacks in zip(plans, lacking, strict=True):
        leavers.check_all(register, plan_id, set(CheckKind) - lacks)
    with pytest.raises(Refused) as refused:
        register.perform(endings.depart_group, plan_ids=plans)
    assert refused.value.lines(translator("en").render) == [
        "•\u00a0The signed consent is missing.",
        "\u00a0\u00a0\u00a0K-0002; K-0003",
        "•\u00a0The property must be returned. It can be handed over on the day.",
        "\u00a0\u00a0\u00a0K-0001; K-0002",
    ]


# -- groups and families -----------------------------------------------------------------------------------------------


def test_a_group_leaves_whole_or_not_at_all_and_each_reason_names_who(
    register: Register, programme: ProgrammeId
) -> None:
    stays = [leavers.stay(register, programme, f"K-000{n}") for n in (1, 2, 3)]
    plans = [leavers.plan(register, each) for each in stays]
    for plan_id in plans:
        leavers.check_all(register, plan_id, set(CheckKind) - {CheckKind.CONSENT})
    leavers.check(register, plans[0], CheckKind.CONSENT)
    with pytest.raises(Refused) as refused:
        register.perform(endings.depart_group, plan_ids=plans)
    assert [reason.text for reason in refused.value.reasons] == ["The signed consent is missing."]
    assert [[who.number for who in each] for each in refused.value.whom] == [["K-0002", "K-0003"]]
    assert (refused.value.message.values["n"], refused.value.message.values["all"]) == (2, 3)
    assert [_of(register, each).ended for each in stays] == [None, None, None]
    for plan_id in plans[1:]:
        leavers.check(register, plan_id, CheckKind.CONSENT)
    moment = Moment(TODAY)
    assert register.perform(endings.depart_group, plan_ids=plans, moment=moment).value == tuple(stays)
    assert {_of(register, each).ended for each in stays} == {moment}


def test_a_departure_of_a_group_stands_in_the_history_of_each(register: Register, programme: ProgrammeId) -> None:
    stays = [leavers.stay(register, programme, f"K-000{n}") for n in (1, 2)]
    plans = [leavers.plan(register, each) for each in stays]
    for plan_id in plans:
        leavers.check_all(register, plan_id)
    register.perform(endings.depart_group, plan_ids=plans)
    with register.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql("SELECT id FROM residents ORDER BY id").fetchall()
        latest = [history.of_resident(snapshot, resident_id=ResidentId(row[0]))[0] for row in rows]
    assert len(latest) == 2
    assert len({row.id for row in latest}) == 1


def test_a_group_of_nobody_is_refused(register: Register) -> None:
    with pytest.raises(Refused):
        register.perform(endings.depart_group, plan_ids=[])


@pytest.fixture
def family(register: Register, programme: ProgrammeId) -> list[StayId]:
    """A mother and a child of eight."""
    number = FamilyId(register.perform(builders.put, row=Family(name="Rahmani")).value)
    mother = leavers.stay(register, programme, "K-0001", given_names="Laila", family_id=number)
    return [mother, leavers.stay(register, programme, "K-0002", given_names="Omid", family_id=number, birth=CHILD)]


def _family_check(register: Register, plan_id: PlanId, how: str) -> None:
    leavers.check_all(register, plan_id)
    leavers.check(register, plan_id, CheckKind.FAMILY_UNITY, details={"family": how})


def test_a_family_that_leaves_together_leaves_at_one_moment(register: Register, family: list[StayId]) -> None:
    plans = [leavers.plan(register, each) for each in family]
    for plan_id in plans:
        _family_check(register, plan_id, "together")
    assert _page(register, plans[0]).companions == (plans[1],)
    assert _refusal(register, plans[0]) == ["The family leaves together, but {name} does not leave at the same time."]
    register.perform(endings.depart_group, plan_ids=plans)
    assert all(_of(register, each).ended for each in family)


def test_together_is_not_true_while_somebody_has_no_plan_for_that_day(register: Register, family: list[StayId]) -> None:
    plan_id = leavers.plan(register, family[0])
    _family_check(register, plan_id, "together")
    assert _page(register, plan_id).row.standing is Standing.BLOCKED


def test_nobody_with_family_in_the_house_travels_alone(register: Register, family: list[StayId]) -> None:
    plan_id = leavers.plan(register, family[0])
    _family_check(register, plan_id, "alone")
    assert len(_refusal(register, plan_id)) == 1


def test_a_decision_to_separate_lets_one_leave_and_the_child_is_asked_for(
    register: Register, family: list[StayId]
) -> None:
    plan_id = leavers.plan(register, family[0])
    _family_check(register, plan_id, "separate")
    assert CheckKind.BEST_INTERESTS in [step.kind for step in _page(register, plan_id).steps]
    _depart(register, plan_id)


# -- without a plan ----------------------------------------------------------------------------------------------------

_LEFT: dict[str, str] = {"seen_last": "in the yard, 20 November, 18:00", "how_known": "a note on the bed"}
_DEATH: dict[str, object] = {"place": "hospital", "certified_by": "Dr. L. Krasniqi", "family_told": "brother"}
_RELEASE: dict[str, object] = {"authority": "Basic Court", "order_number": "12/26", "order_date": date(2026, 11, 20)}
_WITHOUT: list[tuple[Callable[..., None], dict[str, object], DepartureKind, Destination]] = [
    (endings.record_left, {**_LEFT}, DepartureKind.LEFT_ON_OWN, Destination.NOT_RECORDED),
    (endings.record_death, _DEATH, DepartureKind.DEATH, Destination.NOT_RECORDED),
    (endings.record_release, _RELEASE, DepartureKind.RELEASE_BY_ORDER, Destination.HOST),
]


@pytest.mark.parametrize(("how", "facts", "kind", "destination"), _WITHOUT)
def test_a_stay_ends_without_a_plan_and_an_open_plan_is_cancelled(
    register: Register,
    stay: StayId,
    how: Callable[..., None],
    facts: dict[str, object],
    kind: DepartureKind,
    destination: Destination,
) -> None:
    _settle(register, stay)
    plan_id = leavers.plan(register, stay)
    moment = Moment(date(2026, 11, 20))
    register.perform(how, stay_id=stay, moment=moment, **facts)
    found = _of(register, stay)
    assert (found.ended_by, found.ended, found.destination) == (kind, moment, destination)
    assert found.facts == {name: str(value) for name, value in facts.items()}
    assert _page(register, plan_id).state is PlanState.CANCELLED
    assert _ends(register, stay) == (moment, moment)


@pytest.mark.parametrize(
    ("how", "facts", "missing"), [(how, facts, name) for how, facts, _kind, _to in _WITHOUT for name in facts]
)
def test_each_fact_of_an_end_without_a_plan_is_required(
    register: Register, stay: StayId, how: Callable[..., None], facts: dict[str, object], missing: str
) -> None:
    empty = None if missing == "order_date" else " "
    with pytest.raises(Refused) as refused:
        register.perform(how, stay_id=stay, moment=Moment(TODAY), **(facts | {missing: empty}))
    assert refused.value.field == missing
    assert _of(register, stay).ended is None


def test_an_order_after_the_release_is_refused(register: Register, stay: StayId) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(
            endings.record_release,
            stay_id=stay,
            moment=Moment(date(2026, 11, 19)),
            authority="Basic Court",
            order_number="12/26",
            order_date=date(2026, 11, 20),
        )
    assert refused.value.field == "order_date"


# -- undo --------------------------------------------------------------------------------------------------------------


def test_a_departure_of_today_is_undone_with_its_plan_bed_and_absence(register: Register, stay: StayId) -> None:
    _settle(register, stay)
    plan_id = leavers.plan(register, stay)
    leavers.check_all(register, plan_id, late_reason="nobody was at the desk")
    moment = Moment(date(2026, 11, 20))
    register.perform(endings.depart, plan_id=plan_id, moment=moment, late_reason="nobody was at the desk")
    with pytest.raises(Refused) as refused:
        register.perform(endings.undo, stay_id=stay, reason="")
    assert refused.value.field == "reason"
    assert register.perform(endings.undo, stay_id=stay, reason="the flight was cancelled").value is True
    found = _of(register, stay)
    assert (found.ended, found.ended_by, found.destination, found.facts) == (None, None, None, {})
    assert _page(register, plan_id).state is PlanState.OPEN
    assert _ends(register, stay) == (None, None)
    _depart(register, plan_id)


def test_of_a_group_one_departure_alone_is_undone(register: Register, programme: ProgrammeId) -> None:
    stays = [leavers.stay(register, programme, f"K-000{n}") for n in (1, 2)]
    plans = [leavers.plan(register, each) for each in stays]
    for plan_id in plans:
        leavers.check_all(register, plan_id)
    register.perform(endings.depart_group, plan_ids=plans)
    register.perform(endings.undo, stay_id=stays[1], reason="missed the bus")
    assert [_of(register, each).ended is None for each in stays] == [False, True]
    assert [_page(register, each).state for each in plans] == [PlanState.DEPARTED, PlanState.OPEN]


def test_a_bed_that_was_given_away_is_not_taken_back(register: Register, programme: ProgrammeId, stay: StayId) -> None:
    bed_id = builders.bed(register)
    register.perform(rooms.place, stay_id=stay, bed_id=bed_id, moment=Moment(ARRIVED))
    register.perform(endings.record_left, stay_id=stay, moment=Moment(date(2026, 11, 20)), **_LEFT)
    other = leavers.stay(register, programme, "K-0099")
    register.perform(rooms.place, stay_id=other, bed_id=bed_id)
    assert register.perform(endings.undo, stay_id=stay, reason="came back").value is False
    assert _of(register, stay).ended is None


def test_a_departure_of_months_ago_is_undone(register: Register, clock: FixedClock, stay: StayId) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=Moment(TODAY), **_LEFT)
    clock.instant += timedelta(days=200)
    register.perform(endings.undo, stay_id=stay, reason="it was another person")
    assert _of(register, stay).ended is None


def test_nothing_is_undone_once_the_person_has_come_back(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=Moment(date(2026, 11, 19)), **_LEFT)
    resident = _of(register, stay).resident_id
    builders.stay(register, resident, programme, date(2026, 11, 20))
    with pytest.raises(Refused, match="Take that arrival back first"):
        register.perform(endings.undo, stay_id=stay, reason="came back")


def test_of_two_stays_of_one_day_the_second_departure_is_undone(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    resident = _of(register, stay).resident_id
    at = [Moment.of_clock(TODAY, time(hour), register.facility.zone) for hour in (6, 7, 8, 9)]
    register.perform(endings.record_left, stay_id=stay, moment=at[0], **_LEFT)
    again = register.perform(
        stays.admit, programme_id=programme, resident_id=resident, arrived=at[1], emergency_reason="came back"
    ).value
    register.perform(endings.record_left, stay_id=again, moment=at[2], **_LEFT)
    third = register.perform(
        stays.admit, programme_id=programme, resident_id=resident, arrived=at[2], emergency_reason="came back"
    ).value
    register.perform(endings.record_left, stay_id=third, moment=at[2], **_LEFT)
    register.perform(endings.undo, stay_id=third, reason="still here")
    assert _of(register, third).ended is None
    for wrong in (again, stay):
        with pytest.raises(Refused, match="Take that arrival back first"):
            register.perform(endings.undo, stay_id=wrong, reason="still here")
    for taken in (third, again):
        register.perform(corrections.take_back, stay_id=taken, reason="never came back")
    register.perform(endings.undo, stay_id=stay, reason="still here")
    assert _of(register, stay).ended is None


def test_a_departure_is_undone_also_once_the_month_is_issued(
    register: Register, clock: FixedClock, programme: ProgrammeId, stay: StayId
) -> None:
    clock.instant = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    register.perform(endings.record_left, stay_id=stay, moment=Moment(date(2026, 11, 29)), **_LEFT)
    register.perform(
        months.issue,
        programme_id=programme,
        month=Month(2026, 11),
        language="en",
        draw=monthly.draw_issued,
    )
    register.perform(endings.undo, stay_id=stay, reason="came back")
    assert _of(register, stay).ended is None


def test_a_departure_is_one_entry_of_the_trail_that_names_every_stay(
    register: Register, programme: ProgrammeId
) -> None:
    stays = [leavers.stay(register, programme, f"K-000{n}") for n in (1, 2)]
    plans = [leavers.plan(register, each) for each in stays]
    for plan_id in plans:
        leavers.check_all(register, plan_id)
    register.perform(endings.depart_group, plan_ids=plans)
    with register.read() as snapshot:
        last = snapshot.connection.execute(
            select(TrailEntry.action, TrailEntry.details).order_by(TrailEntry.number.desc()).limit(1)
        ).one()
    assert last.action == "departures.depart_group"
    assert json.loads(last.details)["notes"]["stays_ended"] == stays


@pytest.mark.parametrize("regime", Regime)
def test_nobody_escapes_from_an_open_house_and_nobody_detained_leaves_on_their_own(
    register: Register, regime: Regime
) -> None:
    programme = builders.programme(register, "XK-1", regime=regime)
    stay = builders.stay(register, builders.resident(register, "K-0900"), programme, leavers.ARRIVED)
    both: dict[Regime, tuple[Any, dict[str, str]]] = {
        Regime.OPEN: (endings.record_left, {"seen_last": "in the yard", "how_known": "a note"}),
        Regime.DETAINED: (endings.record_escape, {"last_seen": "in the yard", "reported_to": "police"}),
    }
    for where, (action, facts) in sorted(both.items(), key=lambda item: item[0] is regime):
        if where is not regime:
            with pytest.raises(Refused, match=r"Enter (an escape|that the person left on their own)\."):
                register.perform(action, stay_id=stay, moment=Moment(TODAY), **facts)
        else:
            register.perform(action, stay_id=stay, moment=Moment(TODAY), **facts)


def test_a_departure_is_judged_by_the_newest_plan_of_its_kind(register: Register, stay: StayId) -> None:
    """The checks of one that was given up before cure nothing."""
    first = leavers.plan(register, stay)
    leavers.check_all(register, first)
    register.perform(departures.cancel, plan_id=first, reason="He thought better of it")
    leavers.plan(register, stay)
    register.perform(departures.cancel, plan_id=PlanId(first + 1), reason="Once more")
    register.perform(
        endings.record_left, stay_id=stay, moment=Moment(TODAY), seen_last="the yard", how_known="a note on the bed"
    )
    with pytest.raises(Refused) as refused:
        register.perform(
            endings.correct,
            stay_id=stay,
            kind=DepartureKind.VOLUNTARY_RETURN,
            moment=Moment(TODAY),
            country="AF",
            reason="He was taken to the plane",
        )
    assert len(refused.value.reasons) >= len(CheckKind) - 4


def test_a_consent_may_be_withdrawn_on_the_day_on_which_it_was_given(register: Register, stay: StayId) -> None:
    plan_id = leavers.plan(register, stay)
    held = TODAY - timedelta(days=1)
    consent = leavers.check(register, plan_id, CheckKind.CONSENT, held_on=held)
    with pytest.raises(Refused) as refused:
        register.perform(departures.withdraw_check, check_id=consent, withdrawn_on=held - timedelta(days=1))
    assert refused.value.field == "withdrawn_on"
    register.perform(departures.withdraw_check, check_id=consent, withdrawn_on=held)


def test_a_stay_that_came_with_a_file_is_planned_for_while_it_lasts_and_corrected_without_a_plan_after(
    register: Register, programme: ProgrammeId
) -> None:
    one, other = builders.resident(register, "K-7001"), builders.resident(register, "K-7002")
    lasts = builders.stay(register, one, programme, ARRIVED, source_key="P-1")
    ended = builders.stay(register, other, programme, ARRIVED, TODAY - timedelta(days=3), source_key="P-2")
    leavers.plan(register, lasts)
    with pytest.raises(Refused, match="came in with a file") as refused:
        leavers.plan(register, ended)
    assert refused.value.field == "stay_id"


def test_that_a_plan_was_refused_for_a_risk_is_told_by_an_entry_of_the_kind_of_what_was_found(
    register: Register, stay: StayId
) -> None:
    """Who may not know of the finding does not learn of it by what somebody was refused."""
    plan_id = leavers.plan(register, stay)
    leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, passed=False)
    with pytest.raises(Refused):
        leavers.plan(register, stay)
    last = "SELECT action, kind FROM trail ORDER BY number DESC LIMIT 1"
    assert builders.rows(register, last) == [("departures.plan", SealedKind.CHECK)]
