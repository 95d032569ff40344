"""Nobody leaves past the checks: by no correction, no file, no older plan, no second arrival (rules.md, Departures)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.actions import admissions, corrections, departures, documents, endings, stays, transports
from models.clock import FixedClock
from models.errors import Refused
from models.exchange.contradictions import Choice, Choices
from models.exchange.files import read_table
from models.exchange.import_stays import StaysBroughtIn, bring_in
from models.exchange.stays_file import read_stays
from models.ids import PlanId, ProgrammeId, ResidentId, StayId
from models.queries.departures import StayDepartures, of_stay
from models.rules.birth import BirthDate
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import (
    PLANNED_KINDS,
    AgeBasis,
    CheckKind,
    DepartureKind,
    DocumentKind,
    PlanState,
    Role,
)
from models.store.register import Register
from tests import builders
from tests.actions import leavers, test_transports
from tests.actions.leavers import TODAY

REMOVAL, RETURN = DepartureKind.REMOVAL, DepartureKind.VOLUNTARY_RETURN
RISK = "A risk was found, so nobody leaves in this way"
UNCHECKED = "No departure of this kind was planned, so nothing was checked for it"
_ORDER: dict[str, Any] = {"authority": "Court", "order_number": "7", "order_date": TODAY}
_HEADINGS = "number,surname,given name,arrived,departed,departure kind,destination country"


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return leavers.programme(register)


@pytest.fixture
def stay(register: Register, programme: ProgrammeId) -> StayId:
    return leavers.stay(register, programme)


def _checked(register: Register, stay_id: StayId, kind: DepartureKind, **more: Any) -> PlanId:
    plan = leavers.plan(register, stay_id, kind, **more)
    leavers.check_all(register, plan)
    return plan


def _stopped(register: Register, stay_id: StayId, kind: DepartureKind) -> PlanId:
    plan = leavers.plan(register, stay_id, kind)
    register.perform(departures.stop, plan_id=plan, who="V. Gashi", note="threats at home")
    return plan


def _released(register: Register, stay_id: StayId) -> None:
    register.perform(endings.record_release, stay_id=stay_id, moment=Moment(TODAY), **_ORDER)


def _correct(register: Register, stay_id: StayId, kind: DepartureKind) -> None:
    told: dict[str, Any] = {"stay_id": stay_id, "kind": kind, "moment": Moment(TODAY), "reason": "the wrong kind"}
    register.perform(endings.correct, **told)


def _shown(register: Register, stay_id: StayId) -> StayDepartures:
    with register.read() as snapshot:
        return of_stay(snapshot, stay_id=stay_id)


def _bring(
    register: Register, programme_id: ProgrammeId, folder: Path, *rows: str, choices: Choices | None = None
) -> StaysBroughtIn:
    path = folder / "stays.csv"
    path.write_text("\n".join([_HEADINGS, *rows]) + "\n", encoding="utf-8")
    person = register.person
    leavers.at_desk(register, Role.ADMINISTRATOR)
    read = read_stays(read_table(path), zone=register.facility.zone)
    done = register.perform(bring_in, programme_id=programme_id, read=read, choices=choices).value
    register.person = person
    return done


@pytest.mark.parametrize(("before", "stopped"), [(REMOVAL, REMOVAL), (RETURN, REMOVAL), (REMOVAL, RETURN)])
def test_a_plan_of_before_the_risk_lets_nobody_have_left(
    register: Register, stay: StayId, before: DepartureKind, stopped: DepartureKind
) -> None:
    older = _checked(register, stay, before)
    register.perform(departures.cancel, plan_id=older, reason="the flight was moved")
    _stopped(register, stay, stopped)
    _released(register, stay)
    with pytest.raises(Refused, match=RISK):
        _correct(register, stay, before)
    assert before not in _shown(register, stay).correctable
    # What the refusal advises leads there.
    leavers.check_all(
        register, leavers.plan(register, stay, before, what_changed="The court lifted it"), late_reason="held then"
    )
    assert before in _shown(register, stay).correctable
    _correct(register, stay, before)
    assert _shown(register, stay).ended_by is before


ONWARD = DepartureKind.ONWARD_RESETTLEMENT
NO_PROSPECT = "there is no prospect of leaving in this way"


def _found_for(register: Register, stay_id: StayId, kind: DepartureKind, country: str | None) -> None:
    plan = leavers.plan(register, stay_id, kind, country=country)
    register.perform(departures.stop, plan_id=plan, who="V. Gashi", note="threats there")


@pytest.mark.parametrize(
    ("stopped", "found_for", "kind", "country", "is_closed"),
    [
        (RETURN, "AF", ONWARD, "AF", True),
        (RETURN, None, ONWARD, "AF", True),
        (ONWARD, "AF", REMOVAL, None, True),
        (ONWARD, "PK", RETURN, "PK", True),
        (ONWARD, "PK", RETURN, "AF", False),
        (RETURN, "AF", ONWARD, "CA", False),
        (RETURN, "AF", ONWARD, None, False),
        (RETURN, "AF", DepartureKind.STAY_GRANTED, None, False),
        (ONWARD, "US", DepartureKind.BACK_TO_PARTNER, None, True),
    ],
)
def test_a_risk_for_a_country_is_not_passed_by_another_way_that_leads_there(
    register: Register,
    programme: ProgrammeId,
    stopped: DepartureKind,
    found_for: str | None,
    kind: DepartureKind,
    country: str | None,
    is_closed: bool,
) -> None:
    stay = leavers.stay(register, programme, nationality="AF")
    _found_for(register, stay, stopped, found_for)
    if not is_closed:
        leavers.plan(register, stay, kind, country=country)
        return
    with pytest.raises(Refused, match=NO_PROSPECT):
        leavers.plan(register, stay, kind, country=country)
    assert (kind in _shown(register, stay).open) == (country is not None)
    plan = leavers.plan(register, stay, kind, country=country, what_changed="The court lifted it")
    leavers.check_all(register, plan)
    register.perform(endings.depart, plan_id=plan)
    assert _shown(register, stay).ended_by is kind


def test_a_departure_is_not_corrected_into_a_country_for_which_a_risk_was_found(
    register: Register, programme: ProgrammeId
) -> None:
    stay = leavers.stay(register, programme, nationality="AF")
    _found_for(register, stay, RETURN, "AF")
    assert _shown(register, stay).closed_countries == ("AF",)
    elsewhere = leavers.plan(register, stay, ONWARD, country="CA")
    leavers.check_all(register, elsewhere)
    with pytest.raises(Refused, match="A risk was found for this country"):
        register.perform(departures.change_plan, plan_id=elsewhere, planned_on=TODAY, country="AF")
    register.perform(departures.change_plan, plan_id=elsewhere, planned_on=TODAY, country="CA", note="by air")
    register.perform(endings.depart, plan_id=elsewhere)
    # Checks that passed for that country and were entered since do not open it.
    leavers.check_all(register, elsewhere, late_reason="held then", country="AF")
    right: dict[str, Any] = {"stay_id": stay, "kind": ONWARD, "moment": Moment(TODAY), "reason": "he went home"}
    with pytest.raises(Refused, match=RISK):
        register.perform(endings.correct, **right, country="AF")
    with pytest.raises(Refused, match=NO_PROSPECT):
        leavers.plan(register, stay, ONWARD, country="AF")
    plan = leavers.plan(register, stay, ONWARD, country="AF", what_changed="The court lifted it")
    leavers.check_all(register, plan, late_reason="held then")
    register.perform(endings.correct, **right, country="AF")
    assert (_shown(register, stay).ended_by, _shown(register, stay).country) == (ONWARD, "AF")


def test_what_was_found_in_a_later_stay_says_nothing_of_how_an_earlier_one_ended(
    register: Register, programme: ProgrammeId
) -> None:
    stay = leavers.stay(register, programme, nationality="AF")
    register.perform(endings.depart, plan_id=_checked(register, stay, ONWARD, country="AF"))
    again = builders.stay(register, ResidentId(1), programme, TODAY)
    _found_for(register, again, RETURN, "AF")
    assert ONWARD in _shown(register, stay).correctable
    register.perform(
        endings.correct,
        stay_id=stay,
        kind=ONWARD,
        moment=Moment(TODAY),
        country="AF",
        place="Kabul",
        reason="the town was missing",
    )


def test_an_end_that_a_file_has_said_is_not_corrected_into_a_country_for_which_a_risk_was_found(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,,")
    stay = StayId(1)
    _found_for(register, stay, RETURN, "AF")
    assert _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,2026-11-20,").ended == 1
    right: dict[str, Any] = {"stay_id": stay, "kind": ONWARD, "moment": Moment(TODAY), "reason": "the ticket"}
    with pytest.raises(Refused, match=RISK):
        register.perform(endings.correct, **right, country="AF")
    plan = leavers.plan(register, stay, ONWARD, country="AF", what_changed="The court lifted it")
    leavers.check_all(register, plan, late_reason="held then")
    register.perform(endings.correct, **right, country="AF")


def test_an_end_that_was_entered_here_is_no_end_by_file_though_the_stay_came_with_one(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,,")
    stay = StayId(1)
    _released(register, stay)
    assert not _shown(register, stay).ended_by_file
    with pytest.raises(Refused, match=UNCHECKED):
        _correct(register, stay, REMOVAL)
    leavers.check_all(register, leavers.plan(register, stay, REMOVAL), late_reason="held then")
    _correct(register, stay, REMOVAL)


def test_a_later_file_that_ends_the_stay_is_believed_and_its_end_corrected_without_a_plan(
    register: Register, programme: ProgrammeId, tmp_path: Path, clock: FixedClock
) -> None:
    _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,,")
    assert _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,2026-11-20,removal").ended == 1
    shown = _shown(register, StayId(1))
    assert shown.ended_by_file
    assert {*shown.correctable} == {*PLANNED_KINDS}
    _correct(register, StayId(1), RETURN)
    assert _shown(register, StayId(1)).ended_by is RETURN
    # Once that end is taken back, and another entered here, the file says nothing of it.
    clock.instant += timedelta(seconds=1)
    register.perform(endings.undo, stay_id=StayId(1), reason="it was another person")
    _released(register, StayId(1))
    assert not _shown(register, StayId(1)).ended_by_file


def test_a_risk_closes_a_way_also_where_a_file_said_the_end(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,,")
    stay = StayId(1)
    _stopped(register, stay, RETURN)
    # A file that does not say how ends the stay, and says so in a doubt.
    assert _bring(register, programme, tmp_path, "1,Toska,Ana,2026-01-01,2026-11-20,").ended == 1
    with pytest.raises(Refused, match=RISK):
        _correct(register, stay, REMOVAL)
    shown = _shown(register, stay)
    assert shown.ended_by_file
    assert REMOVAL not in shown.correctable
    assert DepartureKind.STAY_GRANTED in shown.correctable
    leavers.check_all(
        register, leavers.plan(register, stay, REMOVAL, what_changed="The court lifted it"), late_reason="held then"
    )
    _correct(register, stay, REMOVAL)


@pytest.mark.parametrize("is_stopped", [False, True])
@pytest.mark.parametrize("with_file", [False, True])
def test_a_file_ends_no_stay_in_a_way_that_is_checked_here(
    register: Register, programme: ProgrammeId, tmp_path: Path, is_stopped: bool, with_file: bool
) -> None:
    """Whether a plan is open or was stopped is the same, so that nobody learns it."""
    if with_file:
        _bring(register, programme, tmp_path, "1,Toska,Ana,2026-11-01,,")
        stay = StayId(1)
    else:
        stay = _admitted(register, programme)
    (_stopped if is_stopped else leavers.plan)(register, stay, REMOVAL)
    row = "1,Toska,Ana,2026-11-01,2026-11-20,removal" if with_file else ",Toska,Ana,2026-11-01,2026-11-20,removal"
    done = _bring(register, programme, tmp_path, row)
    (problem,) = done.problems
    assert (problem.row_number, problem.column, problem.value) == (2, "departed", "2026-11-20")
    assert "a file does not stand in for them" in problem.message.text
    assert done.ended == 0
    assert _shown(register, stay).ended is None


def test_a_file_ends_no_stay_that_was_registered_here_in_a_way_that_is_checked(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    stay = _admitted(register, programme)
    assert len(_bring(register, programme, tmp_path, ",Toska,Ana,2026-11-01,2026-11-20,removal").problems) == 1
    assert _shown(register, stay).ended is None
    # How the person left is not said: the stay ends, and the clerk hears of it.
    done = _bring(register, programme, tmp_path, ",Toska,Ana,2026-11-01,2026-11-20,")
    assert done.ended == 1
    assert "does not say how the person left" in " ".join(
        each.message.text for each in done.summary.doubts if each.row_number == 2
    )
    with pytest.raises(Refused, match=UNCHECKED):
        _correct(register, stay, REMOVAL)


@pytest.mark.parametrize(
    "said", ["2026-11-20,removal", "2026-11-19,voluntary return", "2026-11-19,", "2026-11-21,voluntary return,IR"]
)
def test_what_was_recorded_here_with_its_checks_no_file_corrects(
    register: Register, programme: ProgrammeId, tmp_path: Path, said: str
) -> None:
    stay = _admitted(register, programme)
    plan = _checked(register, stay, RETURN, country="AF")
    register.perform(endings.depart, plan_id=plan, moment=Moment(TODAY))
    take = Choices(rows={2: Choice.TAKE}, reason="the file is right")
    done = _bring(register, programme, tmp_path, f",Toska,Ana,2026-11-01,{said}", choices=take)
    assert (done.changed, done.problems) == (0, ())
    assert [each.row_number for each in done.summary.doubts] == [2]
    shown = _shown(register, stay)
    assert (shown.ended_by, shown.ended and shown.ended.on, shown.country) == (RETURN, TODAY, "AF")


def _admitted(register: Register, programme_id: ProgrammeId) -> StayId:
    return register.perform(
        stays.admit,
        programme_id=programme_id,
        arrived=Moment(date(2026, 11, 1)),
        person=PersonFacts(family_name="Toska", given_names="Ana"),
        emergency_reason="brought at night",
    ).value


def test_a_risk_goes_neither_with_the_stay_nor_with_an_arrival_that_is_taken_back(
    register: Register, programme: ProgrammeId
) -> None:
    stay = _admitted(register, programme)
    _stopped(register, stay, REMOVAL)
    register.perform(corrections.take_back, stay_id=stay, reason="another person")
    resident = ResidentId(1)
    again = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(TODAY),
        resident_id=resident,
        emergency_reason="it was this one",
    ).value
    _asks_what_has_changed(register, again)


def test_a_risk_holds_of_who_left_and_came_again(register: Register, stay: StayId, programme: ProgrammeId) -> None:
    _stopped(register, stay, REMOVAL)
    _released(register, stay)
    _asks_what_has_changed(register, builders.stay(register, ResidentId(1), programme, TODAY))


def _asks_what_has_changed(register: Register, stay_id: StayId) -> None:
    assert REMOVAL not in _shown(register, stay_id).open
    with pytest.raises(Refused, match="there is no prospect of leaving in this way"):
        leavers.plan(register, stay_id, REMOVAL)
    plan = leavers.plan(register, stay_id, REMOVAL, what_changed="The court lifted it")
    register.perform(departures.cancel, plan_id=plan, reason="later")
    assert all(page.state is not PlanState.STOPPED for page in _shown(register, stay_id).earlier)


def test_a_document_holds_as_long_as_it_says(register: Register, stay: StayId) -> None:
    added: dict[str, Any] = {"kind": DocumentKind.PASSPORT, "number": "P0283714"}
    expired = register.perform(
        documents.add,
        resident_id=ResidentId(1),
        document=DocumentFacts(**added, expires_on=TODAY - timedelta(days=1)),
    ).value
    plan = leavers.plan(register, stay, REMOVAL)
    with pytest.raises(Refused, match="Leave this empty, or correct the document"):
        leavers.check(register, plan, CheckKind.TRAVEL_DOCUMENT, document_id=expired, details={})
    leavers.check_all(register, plan, {*CheckKind} - {CheckKind.TRAVEL_DOCUMENT})
    leavers.check(register, plan, CheckKind.TRAVEL_DOCUMENT, document_id=expired, details={}, valid_until=None)
    with pytest.raises(Refused, match="cannot be recorded yet"):
        register.perform(endings.depart, plan_id=plan)


@pytest.mark.parametrize(
    ("birth", "is_asked"), [(None, True), (BirthDate(2009, 5, 1), True), (BirthDate(1990, 5, 1), False)]
)
def test_whoever_has_a_record_as_a_child_is_one_unless_the_birth_says_otherwise(
    register: Register, programme: ProgrammeId, birth: BirthDate | None, is_asked: bool
) -> None:
    stay = leavers.stay(register, programme, birth=birth)
    guardian = builders.resident(register, "K-0900", family_name="Toska", birth=BirthDate(1980, 1, 1))
    plan = leavers.plan(register, stay, REMOVAL)
    leavers.check_all(register, plan, {*CheckKind} - {CheckKind.BEST_INTERESTS})
    assert CheckKind.BEST_INTERESTS not in _asked(register, stay) or birth is not None
    decided: dict[str, Any] = {"decided_on": TODAY, "decided_by": "Court", "decision": "stays with the guardian"}
    register.perform(
        admissions.CHILDREN.enter,
        resident_id=ResidentId(1),
        guardian_id=guardian,
        age_by=AgeBasis.ASSESSMENT,
        **decided,
    )
    assert (CheckKind.BEST_INTERESTS in _asked(register, stay)) == is_asked
    if is_asked:
        with pytest.raises(Refused, match="cannot be recorded yet"):
            register.perform(endings.depart, plan_id=plan)
    else:
        register.perform(endings.depart, plan_id=plan)


def test_whoever_was_taken_for_a_child_on_the_bus_is_one(register: Register, programme: ProgrammeId) -> None:
    (candidate,) = test_transports.listed(register, programme, {"birth": None})
    bus = test_transports.expected(register, (candidate,))
    register.perform(transports.come, transport_id=bus, came=test_transports.CAME)
    (who,) = test_transports.whole(register, bus).people
    decided: dict[str, Any] = {"is_child": True, "reason": "looks it"}
    register.perform(transports.decide_age, transport_id=bus, passenger_ids=[who.id], **decided)
    (stay,) = test_transports.admit(register, bus)
    leavers.plan(register, stay, REMOVAL)
    assert CheckKind.BEST_INTERESTS in _asked(register, stay)


def _asked(register: Register, stay_id: StayId) -> set[CheckKind]:
    current = _shown(register, stay_id).current
    assert current is not None
    return {step.kind for step in current.steps}
