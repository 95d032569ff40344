"""What a refusal advises can be done, and then the deed goes through (rules.md, Corrections)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.actions import alike, departures, endings, placements, programmes, rooms, selection, stays
from models.errors import Refused
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.ids import ResidentId, StayId
from models.queries import programmes as agreements
from models.queries.departures import of_stay
from models.rules.programmes import DepartureFacts
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, DepartureKind, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.test_alike import twice
from tests.actions.test_mended import _LEFT, _WHY, House, _on, furnished, house

__all__ = ["furnished", "house"]


def test_a_bed_is_corrected_into_the_time_of_another_once_that_one_is(house: House) -> None:
    """Bed 1 from 26 June, bed 2 from 9 November, bed 1 again from 12 November."""
    house.do(rooms.move, stay_id=house.stay, bed_id=house.beds[1], moment=_on(9))
    house.do(rooms.move, stay_id=house.stay, bed_id=house.beds[0], moment=_on(12))
    early: dict[str, Any] = {"placement_id": 3, "bed_id": house.beds[0], "start": _on(8), "reason": _WHY}
    with pytest.raises(Refused, match=r"since {day}\. Correct that first"):
        house.do(placements.correct, **early)
    house.do(placements.correct, placement_id=2, bed_id=house.beds[1], start=_on(7), end=_on(12), reason=_WHY)
    house.do(placements.correct, **early)
    late: dict[str, Any] = {"placement_id": 1, "bed_id": house.beds[0], "start": Moment(date(2026, 6, 26))}
    late |= {"end": _on(10), "reason": _WHY}
    with pytest.raises(Refused, match=r"until {day}\. Correct that first"):
        house.do(placements.correct, **late)
    house.do(placements.correct, placement_id=2, bed_id=house.beds[1], start=_on(7), end=_on(11), reason=_WHY)
    house.do(placements.correct, **late)
    begins = "SELECT bed_id, from_on FROM placements ORDER BY from_on"
    assert builders.rows(house.register, begins) == [(1, "2026-06-26"), (2, "2026-11-10"), (1, "2026-11-11")]


def test_a_way_of_leaving_is_taken_out_once_no_plan_needs_it(house: House) -> None:
    plan = leavers.plan(house.register, house.stay)
    with house.register.read() as snapshot:
        version = agreements.whole(snapshot, programme_id=house.programme).version
    others: dict[str, Any] = {"programme_id": house.programme, "version": version}
    others["departures"] = [DepartureFacts(DepartureKind.REMOVAL)]
    leavers.at_desk(house.register, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="Cancel them or change them first"):
        house.do(programmes.set_departures, **others)
    leavers.at_desk(house.register, Role.SUPERVISOR)
    house.do(departures.cancel, plan_id=plan, reason=_WHY)
    leavers.at_desk(house.register, Role.ADMINISTRATOR)
    house.do(programmes.set_departures, **others)


def test_a_departure_is_corrected_once_it_was_entered(house: House) -> None:
    right: dict[str, Any] = {"stay_id": house.stay, "kind": DepartureKind.LEFT_ON_OWN, "moment": _on(13)}
    right |= {"reason": _WHY, "facts": _LEFT}
    with pytest.raises(Refused, match="Enter the departure first"):
        house.do(endings.correct, **right)
    house.do(endings.record_left, stay_id=house.stay, moment=_on(12), **_LEFT)
    house.do(endings.correct, **right)


def test_two_who_were_both_accepted_are_found_to_be_one_once_one_acceptance_is_withdrawn(register: Register) -> None:
    one, other = twice(register)
    for each in (one, other):
        builders.accept(register, each)
    same: dict[str, Any] = {"candidate_id": one, "other_id": other, "is_same": True, "reason": "the same photo"}
    with pytest.raises(Refused, match="Withdraw one acceptance first"):
        register.perform(alike.settle, **same)
    register.perform(
        selection.decide, candidate_id=other, outcome=CandidateState.WITHDRAWN, reason="twice", decided_by="V. G."
    )
    register.perform(alike.settle, **same)


def test_the_departure_of_who_came_with_a_file_is_corrected_without_a_plan_whether_or_not_stays_had_numbers(
    register: Register, tmp_path: Path
) -> None:
    programme = leavers.programme(register)
    path = tmp_path / "stays.csv"
    path.write_text(
        "case no,surname,arrived,departed,departure kind\n1,Noori,2026-05-01,2026-05-09,removal\n2,Sok,2026-07-02,,\n"
    )
    register.perform(bring_in, programme_id=programme, read=read_stays(read_table(path), zone=register.facility.zone))
    right: dict[str, Any] = {"kind": DepartureKind.ONWARD_RESETTLEMENT, "country": "CA", "reason": "the ticket"}
    with pytest.raises(Refused, match="corrected without a plan"):
        leavers.plan(register, StayId(1), DepartureKind.ONWARD_RESETTLEMENT)
    register.perform(endings.correct, stay_id=StayId(1), moment=Moment(date(2026, 5, 8)), **right)
    with register.read() as snapshot:
        assert of_stay(snapshot, stay_id=StayId(1)).ended_by_file
    # The same person came once more, and was registered here.
    again = register.perform(
        stays.admit, programme_id=programme, arrived=_on(2), resident_id=ResidentId(1), emergency_reason="at the gate"
    ).value
    register.perform(endings.record_left, stay_id=again, moment=_on(12), **_LEFT)
    with register.read() as snapshot:
        assert not of_stay(snapshot, stay_id=again).ended_by_file
    with pytest.raises(Refused, match="No departure of this kind was planned"):
        register.perform(endings.correct, stay_id=again, moment=_on(12), **right)
