"""What cannot have been is refused in words, whoever enters it and however late: who died, came as whom, was joined."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.actions import (
    corrections,
    documents,
    endings,
    erasing,
    joinings,
    placements,
    residents,
    rooms,
    safeguards,
    stays,
)
from models.clock import FixedClock
from models.entities.documents import Document
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId, ResidentId, StayId
from models.queries import months
from models.repositories.programmes import read_places
from models.rules.people import EVERYBODY
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    DepartureKind,
    DocumentKind,
    PlacesRule,
)
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.actions import leavers

WHY = "The gate book says so"
LEFT: dict[str, Any] = {"seen_last": "the yard", "how_known": "a note on the bed"}
DIED: dict[str, Any] = {"place": "Hospital", "certified_by": "Dr. L. Gashi", "family_told": "by telephone"}


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """One under which all may leave in every way."""
    return leavers.programme(register)


def on(day: int, month: int = 11) -> Moment:
    """A day of 2026."""
    return Moment(date(2026, month, day))


def _stays(register: Register, programme: ProgrammeId) -> tuple[ResidentId, StayId, StayId]:
    """Somebody who went on 3 November and came again on the 9th."""
    who = builders.resident(register, "K-0001", family_name="Yousuf")
    first = builders.stay(register, who, programme, date(2026, 6, 26))
    register.perform(endings.record_left, stay_id=first, moment=on(3), **LEFT)
    again = register.perform(
        stays.admit, programme_id=programme, resident_id=who, arrived=on(9), emergency_reason="at the gate"
    ).value
    return who, first, again


def test_nobody_died_before_they_came_again(register: Register, programme: ProgrammeId) -> None:
    _, first, again = _stays(register, programme)
    dead: dict[str, Any] = {"kind": DepartureKind.DEATH, "moment": on(3), "facts": DIED, "reason": WHY}
    with pytest.raises(Refused, match="came again on") as refused:
        register.perform(endings.correct, stay_id=first, **dead)
    assert refused.value.field == "kind"
    register.perform(corrections.take_back, stay_id=again, reason="It was his brother")
    register.perform(endings.correct, stay_id=first, **dead)


def test_the_last_stay_may_be_found_to_have_ended_by_death(register: Register, programme: ProgrammeId) -> None:
    _, _, again = _stays(register, programme)
    register.perform(endings.record_left, stay_id=again, moment=on(12), **LEFT)
    register.perform(endings.correct, stay_id=again, kind=DepartureKind.DEATH, moment=on(12), facts=DIED, reason=WHY)


@pytest.mark.parametrize("ordered", ["2026-11-04", "yesterday"])
def test_an_order_is_not_dated_after_the_release_by_a_correction_either(
    register: Register, programme: ProgrammeId, ordered: str
) -> None:
    _, first, _ = _stays(register, programme)
    facts = {"authority": "Court", "order_number": "7", "order_date": ordered}
    released: dict[str, Any] = {"kind": DepartureKind.RELEASE_BY_ORDER, "moment": on(3), "reason": WHY}
    with pytest.raises(Refused) as refused:
        register.perform(endings.correct, stay_id=first, facts=facts, **released)
    assert refused.value.field == "order_date"
    register.perform(endings.correct, stay_id=first, facts=facts | {"order_date": "2026-11-03"}, **released)


def test_an_arrival_after_the_end_of_the_first_bed_is_refused_in_words(
    register: Register, programme: ProgrammeId
) -> None:
    who = builders.resident(register, "K-0001")
    arrived: dict[str, Any] = {"programme_id": programme, "resident_id": who, "emergency_reason": "at the gate"}
    stay = register.perform(stays.admit, arrived=on(1), bed_id=builders.bed(register, "1"), **arrived).value
    register.perform(rooms.move, stay_id=stay, bed_id=builders.bed(register, "2"), moment=on(10))
    with pytest.raises(Refused, match="had a bed until") as refused:
        register.perform(stays.correct, stay_id=stay, arrived=on(12), reason=WHY)
    assert refused.value.field == "arrived"
    register.perform(stays.correct, stay_id=stay, arrived=on(8), reason=WHY)


def test_who_left_before_the_bed_that_was_entered_is_not_sent_to_a_later_time_alone(
    register: Register, programme: ProgrammeId
) -> None:
    who = builders.resident(register, "K-0001")
    arrived: dict[str, Any] = {"programme_id": programme, "resident_id": who, "emergency_reason": "at the gate"}
    stay = register.perform(stays.admit, arrived=on(1), bed_id=builders.bed(register, "1"), **arrived).value
    moved = register.perform(rooms.move, stay_id=stay, bed_id=builders.bed(register, "2"), moment=on(10)).value
    with pytest.raises(Refused, match="take it back first"):
        register.perform(endings.record_left, stay_id=stay, moment=on(5), **LEFT)
    register.perform(placements.take_back, placement_id=moved, reason="He was gone")
    register.perform(endings.record_left, stay_id=stay, moment=on(5), **LEFT)


# -- joining ----------------------------------------------------------------------------------------------------------


@action("tests.written_at_once", roles=EVERYBODY, told="")
def _written_at_once(unit: UnitOfWork, *, resident_id: ResidentId) -> None:
    unit.insert(Document, [{"resident_id": resident_id, "kind": DocumentKind.PASSPORT, "number": "P 1", "note": ""}])


def _two(register: Register) -> tuple[ResidentId, ResidentId]:
    one, other = (builders.resident(register, f"K-000{each}", family_name="Yousuf") for each in (1, 2))
    return one, other


@pytest.mark.parametrize("stays_with", [0, 1])
def test_who_died_is_not_joined_to_somebody_who_came_later(
    register: Register, programme: ProgrammeId, stays_with: int
) -> None:
    two = _two(register)
    died = builders.stay(register, two[0], programme, date(2026, 6, 12))
    register.perform(endings.record_death, stay_id=died, moment=on(20, 6), **DIED)
    builders.stay(register, two[1], programme, date(2026, 7, 1))
    with pytest.raises(Refused, match="came again on"):
        register.perform(
            joinings.join, resident_id=two[stays_with], other_id=two[1 - stays_with], reason="The photos are of one."
        )


def _written_of(register: Register, programme: ProgrammeId, who: ResidentId, third: ResidentId) -> list[Any]:
    """What a form that was open before the joining may ask for."""
    paper = DocumentFacts(kind=DocumentKind.PASSPORT, number="P 1")
    return [
        lambda: register.perform(
            stays.admit, programme_id=programme, resident_id=who, arrived=on(9), emergency_reason="at the gate"
        ),
        lambda: register.perform(documents.add, resident_id=who, document=paper),
        lambda: register.perform(residents.change, resident_id=who, person=PersonFacts(family_name="New"), reason=WHY),
        lambda: register.perform(residents.join_family, resident_id=who, with_id=third),
        lambda: register.perform(residents.join_family, resident_id=third, with_id=who),
        lambda: register.perform(safeguards.add_remark, resident_id=who, text="Reads no Latin letters"),
        lambda: register.perform(erasing.ask, resident_id=who, reason="The time is over"),
    ]


@pytest.mark.parametrize("which", range(7))
def test_nothing_more_is_written_of_who_was_joined_to_another(
    register: Register, programme: ProgrammeId, which: int
) -> None:
    one, other = _two(register)
    third = builders.resident(register, "K-0003")
    builders.stay(register, other, programme, date(2026, 6, 12), date(2026, 6, 20))
    builders.stay(register, third, programme, date(2026, 6, 12))
    joined = register.perform(joinings.join, resident_id=one, other_id=other, reason="One face").value
    with pytest.raises(Refused, match="joined to") as refused:
        _written_of(register, programme, other, third)[which]()
    assert refused.value.message.values == {"number": "K-0002", "into": "K-0001"}
    _written_of(register, programme, one, third)[which]()
    if which in (1, 2):  # nothing was taken up that would stand in the way of taking it back
        register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
        _written_of(register, programme, other, third)[which]()


def test_rows_that_are_written_past_the_session_are_not_of_who_was_joined(register: Register) -> None:
    one, other = _two(register)
    register.perform(joinings.join, resident_id=one, other_id=other, reason="One face")
    with pytest.raises(Refused, match="joined to"):
        register.perform(_written_at_once, resident_id=other)
    register.perform(_written_at_once, resident_id=one)


def _accepted(register: Register, programme: ProgrammeId) -> CandidateId:
    who = builders.candidate(register, programme, family_name="Yousuf")
    builders.accept(register, who)
    return who


@pytest.mark.parametrize(
    ("rule", "departed_on", "held"),
    [
        (PlacesRule.CUMULATIVE, date(2026, 6, 20), 0),
        (PlacesRule.CUMULATIVE, None, 0),
        (PlacesRule.CONCURRENT, date(2026, 6, 20), 1),
        (PlacesRule.CONCURRENT, None, 0),
    ],
)
def test_a_month_counts_the_place_of_who_was_found_to_be_a_resident_as_the_programme_does(
    register: Register, clock: FixedClock, rule: PlacesRule, departed_on: date | None, held: int
) -> None:
    leavers.programme(register)
    programme = builders.programme(register, "PLACES", places_rule=rule)
    one, _ = _two(register)
    builders.stay(register, one, programme, date(2026, 6, 12), departed_on)
    candidate = _accepted(register, programme)
    _same_held_tomorrow(register, clock, programme, 1)
    known = register.perform(joinings.join_candidate, resident_id=one, candidate_id=candidate, reason=WHY).value
    _same_held_tomorrow(register, clock, programme, held)
    register.perform(joinings.take_back, joining_id=known, reason="Another")
    _same_held_tomorrow(register, clock, programme, 1)


def _same_held_tomorrow(register: Register, clock: FixedClock, programme: ProgrammeId, held: int) -> None:
    clock.instant += timedelta(days=1)
    with register.read() as snapshot:
        month = Month(snapshot.today.year, snapshot.today.month)
        assert read_places(snapshot.connection, programme, today=snapshot.today).held == held
        assert months.figures(snapshot, programme, month).places.held == held


@pytest.mark.parametrize("parts", [False, True])
def test_the_arrival_of_one_who_was_joined_is_taken_back_and_the_candidate_is_expected_again(
    register: Register, programme: ProgrammeId, parts: bool
) -> None:
    first, second = _accepted(register, programme), _accepted(register, programme)
    one = register.perform(stays.admit, programme_id=programme, arrived=on(1), candidate_id=first).value
    register.perform(endings.record_left, stay_id=one, moment=on(2), **LEFT)
    other = register.perform(stays.admit, programme_id=programme, arrived=on(3), candidate_id=second).value
    who, twice = _whose(register, one), _whose(register, other)
    joined = register.perform(joinings.join, resident_id=who, other_id=twice, reason="One face").value
    register.perform(corrections.take_back, stay_id=other, reason="It was his brother")
    if parts:
        register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=snapshot.today).held == 1
    again = register.perform(stays.admit, programme_id=programme, arrived=on(4), candidate_id=second).value
    assert _whose(register, again) not in (who, twice)


def test_that_a_candidate_is_a_resident_is_not_taken_back_once_they_have_arrived(
    register: Register, programme: ProgrammeId
) -> None:
    one, _ = _two(register)
    builders.stay(register, one, programme, date(2026, 6, 12), date(2026, 6, 20))
    candidate = _accepted(register, programme)
    known = register.perform(joinings.join_candidate, resident_id=one, candidate_id=candidate, reason=WHY).value
    came: dict[str, Any] = {"programme_id": programme, "arrived": on(4), "candidate_id": candidate}
    stay = register.perform(stays.admit, **came).value
    with pytest.raises(Refused, match="Take that arrival back first"):
        register.perform(joinings.take_back, joining_id=known, reason="Another")
    register.perform(corrections.take_back, stay_id=stay, reason="It was another")
    register.perform(joinings.take_back, joining_id=known, reason="Another")
    assert _whose(register, register.perform(stays.admit, **came).value) != one


def _whose(register: Register, stay_id: StayId) -> ResidentId:
    with register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql(f"SELECT resident_id FROM stays WHERE id = {stay_id}")
        return ResidentId(found.scalar_one())
