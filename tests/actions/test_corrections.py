"""Whatever was entered of a stay can be put right or taken back, with a reason, by the guards of the first entry."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from models.actions import absences, corrections, departures, documents, endings, placements, rooms, selection, stays
from models.actions.separations import SEPARATIONS, VISITS
from models.clock import FixedClock
from models.entities.residents import Family
from models.entities.selection import Candidate, ProposedList
from models.errors import Conflict, Refused
from models.ids import AbsenceId, BedId, CandidateId, FamilyId, PlacementId, ProgrammeId, ResidentId, StayId
from models.queries import arrivals, counts, history, months, resident_page
from models.queries import departures as plans
from models.queries.resident_page import ResidentPage
from models.repositories.programmes import read_places
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    CandidateState,
    CheckKind,
    DepartureKind,
    Destination,
    DocumentKind,
    Role,
)
from models.rules.wording import word
from models.store.register import Register
from models.text import message, translator
from tests import builders
from tests.actions import leavers

TODAY = leavers.TODAY
_LEFT: dict[str, Any] = {"seen_last": "the yard", "how_known": "a note on the bed"}
_WHY = "The gate book says so"


def on(day: int, month: int = 11) -> Moment:
    """A day of November 2026, known to the day."""
    return Moment(date(2026, month, day))


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """One under which all may leave in every way."""
    return leavers.programme(register)


@pytest.fixture
def stay(register: Register, programme: ProgrammeId) -> StayId:
    """Somebody on the roll since 26 June."""
    return leavers.stay(register, programme)


def _page(register: Register, resident_id: ResidentId) -> ResidentPage:
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=resident_id)
    assert page is not None
    return page


def _one(register: Register, statement: str) -> Any:
    with register.read() as snapshot:
        return snapshot.connection.execute(text(statement)).scalars().first()


def _whose(register: Register, stay: StayId) -> ResidentId:
    return ResidentId(_one(register, f"SELECT resident_id FROM stays WHERE id = {stay}"))


def _told(register: Register, resident_id: ResidentId) -> list[tuple[str, list[tuple[str, object, object]]]]:
    with register.read() as snapshot:
        rows = history.of_resident(snapshot, resident_id=resident_id)
    english = translator("en").render
    return [(row.what.text, [(english(one.what), one.before, one.after) for one in row.details]) for row in rows]


def candidate(register: Register, programme: ProgrammeId, number: int = 1, **fields: Any) -> CandidateId:
    """Somebody on a list of a programme."""
    listed = ProposedList(
        programme_id=programme, code=f"L{number}", received_on=date(2026, 6, 1), file_hash=f"{programme}-{number}"
    )
    list_id = register.perform(builders.put, row=listed).value
    row = Candidate(
        list_id=list_id,
        programme_id=programme,
        row_number=number,
        **({"family_name": "Noori", "given_names": "Zahra"} | fields),
        partner_number=f"A-{8 + number}",
        languages=[],
        doubts=[],
    )
    return CandidateId(register.perform(builders.put, row=row).value)


# -- an arrival of the wrong person -----------------------------------------------------------------------------------


def _arrive(register: Register, programme: ProgrammeId) -> tuple[CandidateId, StayId]:
    who = candidate(register, programme)
    builders.accept(register, who)
    bed = builders.bed(register)
    arrived = Moment.of_clock(date(2026, 11, 2), time(9), register.facility.zone)
    stay = register.perform(stays.admit, programme_id=programme, arrived=arrived, candidate_id=who, bed_id=bed).value
    return who, stay


def test_an_arrival_of_the_wrong_person_is_taken_back_with_all_that_it_took(
    register: Register, programme: ProgrammeId
) -> None:
    with register.read() as snapshot:
        free = read_places(snapshot.connection, programme, today=TODAY).left
        nights = months.figures(snapshot, programme, Month(2026, 11)).person_nights
    who, stay = _arrive(register, programme)
    resident = _whose(register, stay)
    number = _page(register, resident).row.number
    register.perform(absences.record, stay_id=stay, kind=AbsenceKind.HOSPITAL, left=on(5), due_back=on(6))
    with pytest.raises(Refused) as refused:
        register.perform(corrections.take_back, stay_id=stay, reason=" ")
    assert refused.value.field == "reason"
    register.perform(corrections.take_back, stay_id=stay, reason="It was her sister")
    with register.read() as snapshot:
        places = read_places(snapshot.connection, programme, today=TODAY)
        assert (places.left, places.held) == ((free or 0) - 1, 1), "accepted, and expected again"
        assert months.figures(snapshot, programme, Month(2026, 11)).person_nights == nights
    assert _page(register, resident).stays == ()
    what, details = _told(register, resident)[0]
    assert what == "Took the arrival back"
    assert ("Arrived", datetime(2026, 11, 2, 8, tzinfo=UTC), None) in details, "the hour that was entered"
    assert ("Reason", None, "It was her sister") in details
    assert "Entered an absence" in [each for each, _ in _told(register, resident)], "what was done meanwhile is told"
    again = register.perform(stays.admit, programme_id=programme, arrived=on(3), candidate_id=who).value
    page = _page(register, _whose(register, again))
    assert page.row.number == number, "the number is given again"
    assert page.partner_numbers[0].number == "A-9"
    assert again != stay, "the trail never tells of two stays under one number"
    assert "Entered an absence" not in [each for each, _ in _told(register, page.row.id)]


def test_who_came_back_keeps_number_and_first_stay_when_the_second_arrival_is_taken_back(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    resident = _whose(register, stay)
    register.perform(endings.record_left, stay_id=stay, moment=on(3), **_LEFT)
    again = register.perform(
        stays.admit, programme_id=programme, resident_id=resident, arrived=on(9), emergency_reason="at the gate"
    ).value
    register.perform(corrections.take_back, stay_id=again, reason="It was his brother")
    page = _page(register, resident)
    assert (page.row.number, [each.id for each in page.stays]) == ("K-0012", [stay])


@pytest.mark.parametrize("ends", ["open", "cancelled", "stopped", "departed"])
def test_an_arrival_under_which_a_departure_was_planned_is_taken_back_and_its_checks_stay(
    register: Register, programme: ProgrammeId, ends: str
) -> None:
    who, stay = _arrive(register, programme)
    resident = _whose(register, stay)
    plan = leavers.plan(register, stay, country="AF")
    consent = leavers.check(register, plan, CheckKind.CONSENT, note="she signed it")
    if ends == "cancelled":
        register.perform(departures.cancel, plan_id=plan, reason="the wrong person")
    elif ends == "stopped":
        leavers.check(register, plan, CheckKind.NON_REFOULEMENT, passed=False)
    elif ends == "departed":
        leavers.check_all(register, plan)
        register.perform(endings.depart, plan_id=plan)
    held = _one(register, "SELECT count(*) FROM checks")
    leavers.at_desk(register, Role.CLERK)
    register.perform(corrections.take_back, stay_id=stay, reason="It was her sister")
    leavers.at_desk(register, Role.SUPERVISOR)
    assert _page(register, resident).stays == ()
    assert _one(register, "SELECT count(*) FROM checks") == held, "a check is never deleted"
    assert "Entered a check for the departure" in [what for what, _ in _told(register, resident)]
    with register.read() as snapshot:
        assert (plans.plans(snapshot), plans.plans(snapshot, is_over=True)) == ((), ())
        assert counts.counts(snapshot).planned == 0
    deeds: list[tuple[Any, dict[str, Any]]] = [
        (departures.cancel, {"plan_id": plan, "reason": _WHY}),
        (departures.change_plan, {"plan_id": plan, "planned_on": TODAY}),
        (departures.withdraw_check, {"check_id": consent}),
        (endings.depart, {"plan_id": plan}),
    ]
    for deed, values in deeds:
        with pytest.raises(Refused, match="not there any more"):
            register.perform(deed, **values)
    with pytest.raises(Refused, match="not there any more"):
        leavers.check(register, plan, CheckKind.COUNSELLING)
    again = register.perform(stays.admit, programme_id=programme, arrived=on(3), candidate_id=who).value
    leavers.plan(register, again)
    assert register.verified().problem is None


def test_what_was_shown_before_somebody_else_changed_it_is_not_taken_back(register: Register, stay: StayId) -> None:
    register.perform(stays.correct, stay_id=stay, arrived=on(27, 6), reason=_WHY)
    with pytest.raises(Conflict):
        register.perform(corrections.take_back, stay_id=stay, reason="wrong", version=1)


# -- a departure ------------------------------------------------------------------------------------------------------


def test_a_departure_is_corrected_months_later_with_bed_and_absence(
    register: Register, clock: FixedClock, stay: StayId
) -> None:
    bed = builders.bed(register)
    register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=on(26, 6))
    register.perform(absences.record, stay_id=stay, kind=AbsenceKind.HOSPITAL, left=on(5), due_back=on(6))
    register.perform(endings.record_left, stay_id=stay, moment=on(19), **_LEFT)
    clock.instant += timedelta(days=150)
    for day in (17, 20):
        register.perform(
            endings.correct, stay_id=stay, kind=DepartureKind.LEFT_ON_OWN, moment=on(day), facts=_LEFT, reason=_WHY
        )
        page = _page(register, _whose(register, stay))
        assert [page.stays[0].departed, page.placements[0].end, page.absences[0].returned] == [on(day)] * 3
    what, details = _told(register, _whose(register, stay))[0]
    assert what == "Corrected the departure"
    assert ("Departed", date(2026, 11, 17), date(2026, 11, 20)) in details
    assert ("Reason", None, _WHY) in details


def test_a_bed_that_somebody_else_has_by_then_ends_as_before(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    bed = builders.bed(register)
    register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=on(26, 6))
    register.perform(endings.record_left, stay_id=stay, moment=on(10), **_LEFT)
    register.perform(rooms.place, stay_id=leavers.stay(register, programme, "K-2"), bed_id=bed, moment=on(12))
    corrected: dict[str, Any] = {"stay_id": stay, "kind": DepartureKind.LEFT_ON_OWN, "facts": _LEFT, "reason": _WHY}
    assert register.perform(endings.correct, moment=on(15), **corrected).value is False
    page = _page(register, _whose(register, stay))
    assert (page.stays[0].departed, page.placements[0].end) == (on(15), on(10))


def test_a_corrected_kind_must_state_what_it_requires(register: Register, stay: StayId) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=on(10), **_LEFT)
    with pytest.raises(Refused) as refused:
        register.perform(endings.correct, stay_id=stay, kind=DepartureKind.DEATH, moment=on(10), reason=_WHY)
    assert refused.value.field == "place"
    facts = {"place": "Hospital", "certified_by": "Dr. L. Gashi", "family_told": "by telephone"}
    register.perform(endings.correct, stay_id=stay, kind=DepartureKind.DEATH, moment=on(10), facts=facts, reason=_WHY)
    with register.read() as snapshot:
        found = plans.of_stay(snapshot, stay_id=stay)
    assert (found.ended_by, found.facts) == (DepartureKind.DEATH, facts)


def test_backdating_a_departure_cures_nothing(register: Register, stay: StayId) -> None:
    plan = leavers.plan(register, stay, country="AF")
    leavers.check_all(register, plan)
    register.perform(endings.depart, plan_id=plan)
    corrected: dict[str, Any] = {
        "stay_id": stay,
        "kind": DepartureKind.VOLUNTARY_RETURN,
        "country": "AF",
        "reason": _WHY,
    }
    with pytest.raises(Refused) as refused:
        register.perform(endings.correct, moment=on(18), **corrected)
    assert len(refused.value.reasons) == len(CheckKind) - 3, "each check was held on 20 November"
    register.perform(endings.correct, moment=Moment(TODAY), place="Kabul", **corrected)
    with register.read() as snapshot:
        assert plans.of_stay(snapshot, stay_id=stay).place == "Kabul"


def _came_again(register: Register, programme: ProgrammeId, stay: StayId) -> None:
    """Whoever had a stay is in the house again since this morning, so that the departure cannot be taken back."""
    again = Moment.of_clock(TODAY, time(9), register.facility.zone)
    register.perform(
        stays.admit,
        programme_id=programme,
        resident_id=_whose(register, stay),
        arrived=again,
        emergency_reason="at the gate",
    )
    with pytest.raises(Refused):
        register.perform(endings.undo, stay_id=stay, reason=_WHY)


def _refused(register: Register, **values: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        register.perform(endings.correct, reason=_WHY, **values)
    return refused.value


def test_another_destination_is_right_once_what_was_checked_for_it_is_entered_also_of_who_came_again(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    plan = leavers.plan(register, stay, country="AG", planned_on=date(2026, 11, 20))
    leavers.check_all(register, plan, held_on=date(2026, 11, 19), late_reason="the papers came by post")
    register.perform(endings.depart, plan_id=plan, moment=on(20), late_reason="the night watch forgot")
    _came_again(register, programme, stay)
    right: dict[str, Any] = {
        "stay_id": stay, "kind": DepartureKind.VOLUNTARY_RETURN, "moment": on(20), "country": "AF",
    }  # fmt: skip
    refused = _refused(register, **right)
    assert [each.values["check"] for each in refused.reasons] == [
        word(CheckKind.CONSENT),
        word(CheckKind.NON_REFOULEMENT),
    ]
    assert {each.text for each in refused.reasons} == {
        "{check}: held for another destination. Enter the one for this destination."
    }
    before, late = date(2026, 11, 18), "the plan named Antigua for Afghanistan"
    leavers.check(register, plan, CheckKind.CONSENT, held_on=before, late_reason=late, country="af")
    assert [each.values["check"] for each in _refused(register, **right).reasons] == [word(CheckKind.NON_REFOULEMENT)]
    leavers.check(register, plan, CheckKind.NON_REFOULEMENT, held_on=before, late_reason=late, country="AF")
    register.perform(endings.correct, reason=_WHY, **right)
    with register.read() as snapshot:
        found = plans.of_stay(snapshot, stay_id=stay)
    assert (found.country, found.destination) == ("AF", Destination.COUNTRY_OF_ORIGIN)
    assert found.current is not None
    assert (found.current.row.country, found.current.may_depart) == ("AF", False)
    assert [step.holds for step in found.current.steps] == [True] * len(found.current.steps)
    assert len([check for check in found.current.checks if check.kind is CheckKind.CONSENT]) == 2, "nothing is lost"


def test_a_check_of_who_has_left_passed_and_says_why_it_is_late(register: Register, stay: StayId) -> None:
    plan = leavers.plan(register, stay, country="AF")
    with pytest.raises(Refused, match="Change the plan first") as refused:
        leavers.check(register, plan, CheckKind.CONSENT, country="PK")
    assert refused.value.field == "country"
    leavers.check_all(register, plan)
    register.perform(endings.depart, plan_id=plan)
    for more, field in (
        ({}, "late_reason"),
        ({"late_reason": " "}, "late_reason"),
        ({"late_reason": "by post", "passed": False}, "passed"),
        ({"late_reason": "by post", "country": "XX"}, "country"),
        ({"late_reason": "by post", "held_on": date(2026, 11, 22)}, "held_on"),
    ):
        for kind in (CheckKind.CONSENT, CheckKind.NON_REFOULEMENT):
            with pytest.raises(Refused) as refused:
                leavers.check(register, plan, kind, **more)
            assert refused.value.field == field
    with register.read() as snapshot:
        found = plans.of_stay(snapshot, stay_id=stay)
    assert found.current is not None
    assert len(found.current.checks) == len(CheckKind), "none of it came in"
    assert found.current.row.standing.value == "departed", "and no risk has stopped what is over"


def test_a_departure_moves_to_a_day_on_which_it_was_checked_once_those_checks_are_entered(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    plan = leavers.plan(register, stay, country="AF")
    leavers.check_all(register, plan)
    register.perform(endings.depart, plan_id=plan, moment=Moment.of_clock(TODAY, time(8), register.facility.zone))
    _came_again(register, programme, stay)
    right: dict[str, Any] = {
        "stay_id": stay, "kind": DepartureKind.VOLUNTARY_RETURN, "moment": on(18), "country": "AF",
    }  # fmt: skip
    assert "under Departure" in _refused(register, **right).message.text
    leavers.check_all(register, plan, held_on=date(2026, 11, 17), late_reason="the papers came by post")
    register.perform(endings.correct, reason=_WHY, **right)
    assert _page(register, _whose(register, stay)).stays[1].departed == on(18)


def test_a_planned_kind_needs_a_plan_and_the_way_that_is_advised_leads_there_also_for_who_came_again(
    register: Register, programme: ProgrammeId, stay: StayId
) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=on(20), **_LEFT)
    _came_again(register, programme, stay)
    right: dict[str, Any] = {"stay_id": stay, "kind": DepartureKind.REMOVAL, "moment": on(20), "country": "AF"}
    assert "under Departure, plan it as it was" in _refused(register, **right).message.text
    plan = leavers.plan(register, stay, DepartureKind.REMOVAL, planned_on=date(2026, 11, 20), country="AF")
    with pytest.raises(Refused):
        register.perform(endings.depart, plan_id=plan)
    with register.read() as snapshot:
        assert plans.plans(snapshot) == (), "nobody waits for it"
    assert len(_refused(register, **right).reasons) == 7
    leavers.check_all(register, plan, late_reason="the papers came by post")
    register.perform(endings.correct, reason=_WHY, **right)
    with register.read() as snapshot:
        found = plans.of_stay(snapshot, stay_id=stay)
    assert (found.ended_by, found.facts) == (DepartureKind.REMOVAL, {}), (
        "what was stated of the wrong kind goes with it"
    )
    assert found.current is not None
    assert (found.current.row.id, found.current.row.standing.value) == (plan, "departed")
    register.perform(
        endings.correct, stay_id=stay, kind=DepartureKind.LEFT_ON_OWN, moment=on(20), facts=_LEFT, reason=_WHY
    )
    register.perform(endings.correct, reason=_WHY, **right)


def _plans(register: Register, stay: StayId) -> list[tuple[Any, ...]]:
    what = "kind, state, destination, destination_country, destination_place, planned_on"
    return builders.rows(register, f"SELECT {what} FROM plans WHERE stay_id = {stay} ORDER BY id")


def test_an_undone_departure_leaves_the_plans_as_they_were_before_it_whatever_it_was_corrected_to(
    register: Register, stay: StayId
) -> None:
    late: dict[str, Any] = {"held_on": date(2026, 11, 19), "late_reason": "the papers came by post"}
    open_plan = leavers.plan(register, stay, planned_on=date(2026, 11, 20), country="AF", place="Kabul")
    leavers.check_all(register, open_plan, **late)
    before = _plans(register, stay)
    register.perform(endings.depart, plan_id=open_plan, moment=on(20), late_reason="the night watch forgot")
    removal = leavers.plan(register, stay, DepartureKind.REMOVAL, planned_on=date(2026, 11, 20), country="AF")
    leavers.check_all(register, removal, **late)
    made_since = _plans(register, stay)[1:]
    right: dict[str, Any] = {"stay_id": stay, "moment": on(20), "reason": _WHY}
    register.perform(endings.correct, kind=DepartureKind.REMOVAL, country="AF", place="Herat", **right)
    assert [row[1] for row in _plans(register, stay)] == ["cancelled", "departed"]
    register.perform(endings.undo, stay_id=stay, reason="it was another man")
    assert _plans(register, stay) == before + made_since
    with pytest.raises(Refused, match="Make a new one"):
        register.perform(endings.depart, plan_id=removal)
    register.perform(endings.depart, plan_id=open_plan)


def test_a_plan_that_was_made_of_who_had_left_is_never_open_afterwards(register: Register, stay: StayId) -> None:
    register.perform(endings.record_left, stay_id=stay, moment=on(20), **_LEFT)
    removal = leavers.plan(register, stay, DepartureKind.REMOVAL, planned_on=date(2026, 11, 20), country="AF")
    leavers.check_all(register, removal, held_on=date(2026, 11, 19), late_reason="the papers came by post")
    made = _plans(register, stay)
    right: dict[str, Any] = {"stay_id": stay, "moment": on(20), "reason": _WHY}
    register.perform(endings.correct, kind=DepartureKind.REMOVAL, country="AF", **right)
    register.perform(endings.correct, kind=DepartureKind.LEFT_ON_OWN, facts=_LEFT, **right)
    register.perform(endings.undo, stay_id=stay, reason="he is here")
    assert _plans(register, stay) == made
    with pytest.raises(Refused, match="Make a new one"):
        register.perform(endings.depart, plan_id=removal)


def test_a_plan_leads_where_the_person_went_and_once_that_is_undone_where_it_led_before(
    register: Register, stay: StayId
) -> None:
    plan = leavers.plan(register, stay, country="AG", place="Saint John", planned_on=date(2026, 11, 20))
    late: dict[str, Any] = {"held_on": date(2026, 11, 19), "late_reason": "the papers came by post"}
    leavers.check_all(register, plan, **late)
    before = _plans(register, stay)
    register.perform(endings.depart, plan_id=plan, moment=on(20), late_reason="the night watch forgot")
    for kind in (CheckKind.CONSENT, CheckKind.NON_REFOULEMENT):
        leavers.check(register, plan, kind, country="AF", **late)
    register.perform(
        endings.correct,
        stay_id=stay,
        kind=DepartureKind.VOLUNTARY_RETURN,
        moment=on(20),
        country="AF",
        place="Kabul",
        reason=_WHY,
    )
    with register.read() as snapshot:
        found = plans.plan(snapshot, plan_id=plan).row
    assert (found.country, found.place, found.destination) == ("AF", "Kabul", Destination.COUNTRY_OF_ORIGIN)
    register.perform(endings.undo, stay_id=stay, reason="it was another man")
    assert _plans(register, stay) == before


def test_of_a_family_that_left_together_only_who_left_on_that_day_counts_when_one_departure_is_corrected(
    register: Register, programme: ProgrammeId
) -> None:
    family = FamilyId(register.perform(builders.put, row=Family(name="Rahmani")).value)
    both = [leavers.stay(register, programme, number, family_id=family) for number in ("K-0001", "K-0002")]
    left = [leavers.plan(register, each, country="AF", planned_on=date(2026, 11, 20)) for each in both]
    for plan in left:
        leavers.check_all(register, plan, held_on=date(2026, 11, 17), late_reason="the papers came by post")
        together: dict[str, Any] = {"details": {"family": "together"}, "late_reason": "the papers came by post"}
        leavers.check(register, plan, CheckKind.FAMILY_UNITY, held_on=date(2026, 11, 17), **together)
    register.perform(endings.depart_group, plan_ids=left, moment=on(20), late_reason="the night watch forgot")
    kind = DepartureKind.VOLUNTARY_RETURN
    mother, son = (dict[str, Any](stay_id=each, kind=kind, country="AF") for each in both)
    register.perform(endings.correct, moment=on(19), reason=_WHY, **son)
    refused = _refused(register, moment=on(18), **mother)
    assert [each.text for each in refused.reasons] == [
        "The family leaves together, but {name} does not leave at the same time."
    ]
    register.perform(endings.correct, moment=on(19), reason=_WHY, **mother)


def test_an_imported_departure_is_corrected_without_a_plan(register: Register, programme: ProgrammeId) -> None:
    resident = builders.resident(register, nationality="AF")
    came = builders.stay(register, resident, programme, date(2026, 7, 1), date(2026, 8, 1), source_key="P-1")
    register.perform(
        endings.correct, stay_id=came, kind=DepartureKind.REMOVAL, moment=on(3, 8), country="AF", reason=_WHY
    )
    with pytest.raises(Refused, match="without a plan"):
        leavers.plan(register, came, DepartureKind.REMOVAL, planned_on=date(2026, 8, 3))
    found = _page(register, resident).stays[0]
    assert (found.departure_kind, found.departed) == (DepartureKind.REMOVAL, on(3, 8))
    assert found.destination is Destination.COUNTRY_OF_ORIGIN


def test_a_departure_before_a_later_bed_says_which_to_correct_and_then_goes_through(
    register: Register, stay: StayId
) -> None:
    beds = [builders.bed(register, room) for room in ("1", "2")]
    register.perform(rooms.place, stay_id=stay, bed_id=beds[0], moment=on(26, 6))
    register.perform(rooms.move, stay_id=stay, bed_id=beds[1], moment=on(12))
    register.perform(endings.record_left, stay_id=stay, moment=on(15), **_LEFT)
    corrected: dict[str, Any] = {"stay_id": stay, "kind": DepartureKind.LEFT_ON_OWN, "facts": _LEFT, "reason": _WHY}
    with pytest.raises(Refused, match="take it back first"):
        register.perform(endings.correct, moment=on(10), **corrected)
    later = _one(register, "SELECT max(id) FROM placements")
    register.perform(placements.take_back, placement_id=later, reason=_WHY)
    register.perform(endings.correct, moment=on(10), **corrected)
    assert [each.end for each in _page(register, _whose(register, stay)).placements] == [on(10)]


_APART: dict[str, Any] = {"grounds": "threatened by two others", "ordered_by": "V. Gashi"}
_BEGUN: dict[str, tuple[Any, dict[str, Any]]] = {
    "review": (
        stays.hold_review,
        {"due_on": date(2026, 9, 24), "held_on": date(2026, 11, 15), "outcome": "stays", "held_by": "V. Gashi"},
    ),
    "visit": (VISITS.enter, {"seen": on(15), "seen_by": "Dr. Krasniqi"}),
    "separation": (SEPARATIONS.enter, {"began": on(15), **_APART}),
    "separation that ended": (SEPARATIONS.enter, {"began": on(15), "ended": on(15), **_APART}),
    "bed": (rooms.place, {"moment": on(15)}),
    "absence": (absences.record, {"kind": AbsenceKind.HOSPITAL, "left": on(15), "due_back": on(16)}),
}


@pytest.mark.parametrize("name", _BEGUN)
def test_what_began_on_the_day_of_a_departure_is_not_left_behind_by_an_earlier_one(
    register: Register, stay: StayId, name: str
) -> None:
    action, values = _BEGUN[name]
    if name == "visit":
        register.perform(SEPARATIONS.enter, stay_id=stay, began=on(8), ended=on(15), **_APART)
    bed = {"bed_id": builders.bed(register)} if name == "bed" else {}
    register.perform(action, stay_id=stay, **values, **bed)
    register.perform(endings.record_left, stay_id=stay, moment=on(15), **_LEFT)
    corrected: dict[str, Any] = {"stay_id": stay, "kind": DepartureKind.LEFT_ON_OWN, "facts": _LEFT, "reason": _WHY}
    with pytest.raises(Refused, match="take it back first") as refused:
        register.perform(endings.correct, moment=on(10), **corrected)
    assert (refused.value.field, refused.value.message.values["day"]) == ("moment", date(2026, 11, 15))
    register.perform(endings.correct, moment=on(17), **corrected)


def _came_back_and_left(register: Register, stay: StayId, day: int) -> dict[str, Any]:
    """Somebody came back from the hospital, and left on the same day: the absence as it was entered."""
    said: dict[str, Any] = {"kind": AbsenceKind.HOSPITAL, "left": on(5), "due_back": on(day), "returned": on(day)}
    away = register.perform(absences.record, stay_id=stay, **said).value
    register.perform(endings.record_left, stay_id=stay, moment=on(day), **_LEFT)
    return {"absence_id": away, **said}


def test_who_came_back_on_the_day_of_leaving_is_not_away_again_once_that_is_taken_back(
    register: Register, stay: StayId
) -> None:
    absence = _came_back_and_left(register, stay, 15)
    register.perform(absences.correct, **absence, note="Ward 3", reason=_WHY)
    register.perform(endings.undo, stay_id=stay, reason=_WHY)
    assert [each.returned for each in _page(register, _whose(register, stay)).absences] == [on(15)]


def test_a_return_on_the_day_of_leaving_stays_when_the_departure_is_put_right(register: Register, stay: StayId) -> None:
    _came_back_and_left(register, stay, 8)
    corrected: dict[str, Any] = {"stay_id": stay, "kind": DepartureKind.LEFT_ON_OWN, "facts": _LEFT, "reason": _WHY}
    register.perform(endings.correct, moment=on(20), **corrected)
    assert [each.returned for each in _page(register, _whose(register, stay)).absences] == [on(8)]
    with pytest.raises(Refused, match="A bed or an absence was entered"):
        register.perform(endings.correct, moment=on(7), **corrected)


def test_what_ended_with_the_stay_is_kept_while_another_one_is_put_right(register: Register, stay: StayId) -> None:
    said: dict[str, Any] = {"kind": AbsenceKind.HOSPITAL, "left": on(5), "due_back": on(6)}
    first = register.perform(absences.record, stay_id=stay, returned=on(14), **said).value
    away: dict[str, Any] = {"kind": AbsenceKind.COURT, "left": on(15), "due_back": on(16)}
    register.perform(absences.record, stay_id=stay, **away)
    register.perform(endings.record_left, stay_id=stay, moment=on(15), **_LEFT)
    register.perform(absences.correct, absence_id=first, returned=on(15), reason=_WHY, **said)
    register.perform(endings.undo, stay_id=stay, reason=_WHY)
    found = {each.kind: each.returned for each in _page(register, _whose(register, stay)).absences}
    assert found == {AbsenceKind.HOSPITAL: on(15), AbsenceKind.COURT: None}


# -- beds -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def beds(register: Register, stay: StayId) -> list[BedId]:
    """The person had the first from 26 June, and has the second since 12 November."""
    beds = [builders.bed(register, room) for room in ("1", "2", "3")]
    register.perform(rooms.place, stay_id=stay, bed_id=beds[0], moment=on(26, 6))
    register.perform(rooms.move, stay_id=stay, bed_id=beds[1], moment=on(12))
    return beds


def _spans(register: Register, stay: StayId) -> list[tuple[str, Moment, Moment | None]]:
    return [(one.room, one.start, one.end) for one in _page(register, _whose(register, stay)).placements][::-1]


@pytest.mark.parametrize("day", [10, 14])
def test_a_move_is_corrected_with_the_bed_before(register: Register, stay: StayId, beds: list[BedId], day: int) -> None:
    register.perform(placements.correct, placement_id=PlacementId(2), bed_id=beds[2], start=on(day), reason=_WHY)
    assert _spans(register, stay) == [("1", on(26, 6), on(day)), ("3", on(day), None)]
    register.perform(
        placements.correct, placement_id=PlacementId(1), bed_id=beds[0], start=on(26, 6), end=on(11), reason=_WHY
    )
    assert _spans(register, stay) == [("1", on(26, 6), on(11)), ("3", on(11), None)]


def test_a_bed_of_the_past_is_corrected_though_its_room_is_out_of_use(
    register: Register, stay: StayId, beds: list[BedId]
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(rooms.take_out_of_use, room_id=_one(register, "SELECT id FROM rooms WHERE name = '3'"), reason="x")
    register.perform(
        placements.correct, placement_id=PlacementId(1), bed_id=beds[2], start=on(26, 6), end=on(12), reason=_WHY
    )
    assert _spans(register, stay)[0][0] == "3"
    with pytest.raises(Refused, match="out of use"):
        register.perform(placements.correct, placement_id=PlacementId(2), bed_id=beds[2], start=on(12), reason=_WHY)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": on(25, 6)}, "start"),
        ({"start": on(22)}, "start"),
        ({"start": on(12), "end": on(11)}, "end"),
        ({"start": on(12), "reason": ""}, "reason"),
        ({"start": on(12)}, None),
    ],
)
def test_what_cannot_have_been_is_no_correction_of_a_bed(
    register: Register, beds: list[BedId], values: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(placements.correct, **(dict[str, Any](placement_id=2, bed_id=beds[1], reason=_WHY) | values))
    assert refused.value.field == field


def test_a_move_is_taken_back_and_the_bed_before_goes_on_where_it_is_free(
    register: Register, programme: ProgrammeId, stay: StayId, beds: list[BedId]
) -> None:
    assert register.perform(placements.take_back, placement_id=PlacementId(2), reason=_WHY).value is True
    assert _spans(register, stay) == [("1", on(26, 6), None)]
    register.perform(rooms.move, stay_id=stay, bed_id=beds[1], moment=on(12))
    other = leavers.stay(register, programme, "K-2")
    register.perform(rooms.place, stay_id=other, bed_id=beds[0], moment=on(13))
    second = _one(register, f"SELECT max(id) FROM placements WHERE stay_id = {stay}")
    assert register.perform(placements.take_back, placement_id=second, reason=_WHY).value is False
    assert _spans(register, stay) == [("1", on(26, 6), on(12))]


def test_a_freed_bed_is_had_again(register: Register, stay: StayId, beds: list[BedId]) -> None:
    freed = register.perform(rooms.free, stay_id=stay, moment=on(14)).value
    register.perform(placements.take_back_free, placement_id=freed, reason=_WHY)
    assert _spans(register, stay)[-1] == ("2", on(12), None)


def test_a_placement_that_is_taken_back_leaves_its_number_to_no_other(
    register: Register, programme: ProgrammeId, stay: StayId, beds: list[BedId]
) -> None:
    register.perform(placements.take_back, placement_id=PlacementId(2), reason=_WHY)
    assert register.perform(rooms.move, stay_id=stay, bed_id=beds[1]).value == 3
    register.perform(placements.take_back, placement_id=PlacementId(3), reason=_WHY)
    other = leavers.stay(register, programme, "K-2")
    assert register.perform(rooms.place, stay_id=other, bed_id=beds[2]).value == 4


# -- absences, reviews, last days -------------------------------------------------------------------------------------


def _away(register: Register, stay: StayId) -> AbsenceId:
    return register.perform(
        absences.record, stay_id=stay, kind=AbsenceKind.HOSPITAL, left=on(5), due_back=on(6), place="Clinic"
    ).value


def test_an_absence_of_a_stay_that_is_over_is_corrected_and_taken_back(register: Register, stay: StayId) -> None:
    away = _away(register, stay)
    register.perform(absences.return_, absence_id=away, returned=on(7))
    register.perform(endings.record_left, stay_id=stay, moment=on(15), **_LEFT)
    right: dict[str, Any] = {
        "absence_id": away,
        "kind": AbsenceKind.COURT,
        "left": on(4),
        "due_back": on(6),
        "reason": _WHY,
    }
    for returned, field in ((None, "returned"), (on(16), "returned"), (on(3), "returned")):
        with pytest.raises(Refused) as refused:
            register.perform(absences.correct, returned=returned, **right)
        assert refused.value.field == field
    register.perform(absences.correct, returned=on(8), **right)
    (found,) = _page(register, _whose(register, stay)).absences
    assert (found.kind, found.left, found.returned, found.place) == (AbsenceKind.COURT, on(4), on(8), "")
    register.perform(absences.take_back, absence_id=away, reason=_WHY)
    assert _page(register, _whose(register, stay)).absences == ()


def test_a_return_is_taken_back(register: Register, stay: StayId) -> None:
    away = _away(register, stay)
    register.perform(absences.return_, absence_id=away, returned=on(7))
    with pytest.raises(Refused, match="Correct the absence instead"):
        register.perform(absences.return_, absence_id=away, returned=on(8))
    register.perform(absences.take_back_return, absence_id=away, reason=_WHY)
    assert _page(register, _whose(register, stay)).open_absence is not None


def test_a_review_is_corrected_and_taken_back(register: Register, stay: StayId) -> None:
    due = leavers.ARRIVED + timedelta(days=90)
    held: dict[str, Any] = {"stay_id": stay, "due_on": due, "outcome": "goes on", "held_by": "V. Gashi"}
    register.perform(stays.hold_review, held_on=due, **held)
    right: dict[str, Any] = {**held, "held_on": due + timedelta(days=1), "outcome": "ends"}
    register.perform(corrections.correct_review, reason=_WHY, **right)
    found = next(row for row in _page(register, _whose(register, stay)).stays[0].reviews if row.due_on == due)
    assert (found.held_on, found.outcome) == (due + timedelta(days=1), "ends")
    with pytest.raises(Refused, match="Nothing is different"):
        register.perform(corrections.correct_review, reason=_WHY, **right)
    register.perform(corrections.take_back_review, stay_id=stay, due_on=due, reason=_WHY)
    register.perform(stays.hold_review, held_on=due, **held)


def test_an_extension_is_taken_back_and_the_limit_before_holds_again(
    register: Register, programme: ProgrammeId
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    other = builders.programme(register, "LIMITED", limit_rule="days", limit_amount=180)
    stay = register.perform(
        stays.admit, programme_id=other, arrived=on(26, 6), person=PersonFacts(family_name="Aa"),
        emergency_reason="at the gate",
    ).value  # fmt: skip
    decided: dict[str, Any] = {"stay_id": stay, "reason": "vetting", "decided_by": "V. Gashi", "authority": "Ministry"}
    register.perform(stays.extend, until=date(2027, 3, 1), **decided)
    register.perform(stays.fix_limit, until=date(2027, 2, 1), **decided)
    ids = [limit.id for limit in _page(register, _whose(register, stay)).stays[0].limits]
    with pytest.raises(Refused, match="Take back the later decision first"):
        register.perform(corrections.take_back_limit, stay_id=stay, limit_id=ids[1], reason=_WHY)
    register.perform(corrections.take_back_limit, stay_id=stay, limit_id=ids[2], reason=_WHY)
    assert _page(register, _whose(register, stay)).stays[0].limit_on == date(2027, 3, 1)
    with pytest.raises(Refused, match="nothing to take back"):
        register.perform(corrections.take_back_limit, stay_id=stay, limit_id=ids[0], reason=_WHY)


def test_an_emergency_arrival_is_flagged_again(register: Register, programme: ProgrammeId) -> None:
    person = PersonFacts(family_name="Karimi", given_names="Omid")
    stay = register.perform(
        stays.admit, programme_id=programme, arrived=on(2), person=person, emergency_reason="at the gate"
    ).value
    register.perform(stays.cure_emergency, stay_id=stay, note="accepted by letter")
    register.perform(corrections.take_back_cure, stay_id=stay, reason=_WHY)
    assert _page(register, _whose(register, stay)).stays[0].is_emergency


# -- selection, documents ---------------------------------------------------------------------------------------------


def test_a_decision_is_taken_back_and_its_place_is_free(register: Register, programme: ProgrammeId) -> None:
    who = candidate(register, programme)
    builders.accept(register, who)
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=TODAY).held == 1
    assert register.perform(selection.take_back, candidate_id=who, reason=_WHY).value is CandidateState.PROPOSED
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=TODAY).held == 0
    refused: dict[str, Any] = {"outcome": CandidateState.REFUSED, "reason": "no", "decided_by": "V. Gashi"}
    builders.accept(register, who)
    register.perform(selection.decide, candidate_id=who, **refused)
    assert register.perform(selection.take_back, candidate_id=who, reason=_WHY).value is CandidateState.ACCEPTED


def test_taking_back_goes_back_by_one_decision_each_time(register: Register, programme: ProgrammeId) -> None:
    who = candidate(register, programme)
    decided: dict[str, Any] = {"candidate_id": who, "reason": "vetting", "decided_by": "V. Gashi"}
    back: dict[str, Any] = {"candidate_id": who, "reason": _WHY}
    for outcome in (CandidateState.HELD, CandidateState.ACCEPTED, CandidateState.WITHDRAWN):
        register.perform(selection.decide, outcome=outcome, **decided)
    assert register.perform(selection.take_back, **back).value is CandidateState.ACCEPTED
    with register.read() as snapshot:
        (again,) = arrivals.expected(snapshot)
    assert again.accepted_at is not None, "the acceptance that stands says since when"
    assert register.perform(selection.take_back, **back).value is CandidateState.HELD
    register.perform(selection.decide, outcome=CandidateState.REFUSED, **decided)
    assert register.perform(selection.take_back, **back).value is CandidateState.HELD
    assert register.perform(selection.take_back, **back).value is CandidateState.PROPOSED
    with pytest.raises(Refused, match="nothing to take back"):
        register.perform(selection.take_back, **back)


def test_an_acceptance_does_not_count_again_where_no_place_is_left(register: Register) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register, places=1)
    who = candidate(register, programme)
    builders.accept(register, who)
    register.perform(
        selection.decide, candidate_id=who, outcome=CandidateState.WITHDRAWN, reason="no", decided_by="V. Gashi"
    )
    builders.stay(register, builders.resident(register), programme, date(2026, 7, 1))
    with pytest.raises(Refused, match="No place is left"):
        register.perform(selection.take_back, candidate_id=who, reason=_WHY)


def test_a_decision_on_who_has_arrived_is_taken_back_after_the_arrival(
    register: Register, programme: ProgrammeId
) -> None:
    who, stay = _arrive(register, programme)
    with pytest.raises(Refused, match="Take the arrival back first"):
        register.perform(selection.take_back, candidate_id=who, reason=_WHY)
    register.perform(corrections.take_back, stay_id=stay, reason=_WHY)
    register.perform(selection.take_back, candidate_id=who, reason=_WHY)


def test_a_doubt_stands_again(register: Register, programme: ProgrammeId) -> None:
    who, doubt = candidate(register, programme), message("The birth date lies after the arrival.")
    register.perform(selection.doubt_again, candidate_id=who, doubt=doubt, reason=_WHY)
    register.perform(selection.settle_doubt, candidate_id=who, doubt=0, explanation="seen")
    register.perform(selection.doubt_again, candidate_id=who, doubt=doubt, reason=_WHY)
    with pytest.raises(Refused):
        register.perform(selection.doubt_again, candidate_id=who, doubt=doubt, reason=_WHY)


def test_a_document_of_another_person_is_taken_back(register: Register, stay: StayId) -> None:
    whose = _whose(register, stay)
    paper = DocumentFacts(kind=DocumentKind.PASSPORT, number="P 1")
    one = register.perform(documents.add, resident_id=whose, document=paper).value
    register.perform(documents.take_back, document_id=one, reason=_WHY)
    assert _page(register, whose).documents == ()
    assert ("Number", "P 1", None) in _told(register, whose)[0][1]


def do_everything_that_mends(register: Register) -> None:
    """Each action that puts something right, done to its end for `tests/dialects`."""
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = leavers.programme(register, "XK-MEND")
    stay = leavers.stay(register, programme, "K-8001")
    beds = [builders.bed(register, f"mend {n}") for n in (1, 2)]
    first = register.perform(rooms.place, stay_id=stay, bed_id=beds[0], moment=on(26, 6)).value
    register.perform(placements.correct, placement_id=first, bed_id=beds[0], start=on(27, 6), reason=_WHY)
    second = register.perform(rooms.move, stay_id=stay, bed_id=beds[1], moment=on(12)).value
    register.perform(placements.take_back, placement_id=second, reason=_WHY)
    register.perform(rooms.free, stay_id=stay, moment=on(13))
    register.perform(placements.take_back_free, placement_id=first, reason=_WHY)
    test_an_absence_of_a_stay_that_is_over_is_corrected_and_taken_back(register, stay)
    corrected: dict[str, Any] = {"kind": DepartureKind.LEFT_ON_OWN, "facts": _LEFT, "reason": _WHY}
    register.perform(endings.correct, stay_id=stay, moment=on(16), **corrected)
    register.perform(endings.undo, stay_id=stay, reason=_WHY)
    test_a_return_is_taken_back(register, stay)
    test_a_doubt_stands_again(register, leavers.programme(register, "XK-DOUBT"))
    test_a_review_is_corrected_and_taken_back(register, stay)
    test_an_emergency_arrival_is_flagged_again(register, programme)
    test_an_extension_is_taken_back_and_the_limit_before_holds_again(register, programme)
    test_a_document_of_another_person_is_taken_back(register, stay)
    test_a_decision_on_who_has_arrived_is_taken_back_after_the_arrival(register, programme)
    leavers.at_desk(register, Role.ADMINISTRATOR, stands_in=True)
