"""Nobody dead is admitted again (rules.md, Departures)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.actions import endings, joinings, selection, stays
from models.entities.stays import Stay
from models.errors import Refused
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, DepartureKind, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers


@pytest.mark.parametrize("emergency", ["", "Found at the gate"])
def test_who_died_is_not_admitted_again_not_even_in_an_emergency(register: Register, emergency: str) -> None:
    programme = builders.programme(register)
    dead, left = (builders.resident(register, number) for number in ("K-1", "K-2"))
    builders.stay(register, dead, programme, date(2026, 7, 1), date(2026, 7, 5), departure_kind=DepartureKind.DEATH)
    builders.stay(register, left, programme, date(2026, 7, 1), date(2026, 7, 5))
    arrived = Moment(date(2026, 8, 1))
    with pytest.raises(Refused, match="died on") as refused:
        register.perform(
            stays.admit, programme_id=programme, arrived=arrived, resident_id=dead, emergency_reason=emergency
        )
    assert (refused.value.field, refused.value.message.values["day"]) == ("resident_id", date(2026, 7, 5))
    register.perform(
        stays.admit, programme_id=programme, arrived=arrived, resident_id=left, emergency_reason="Came back"
    )


def test_a_candidate_who_is_known_to_be_somebody_dead_is_not_accepted(register: Register) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register)
    dead = builders.resident(register, "K-1")
    builders.stay(register, dead, programme, date(2026, 7, 1), date(2026, 7, 5), departure_kind=DepartureKind.DEATH)
    who, other = (builders.candidate(register, programme, family_name=name) for name in ("Sahar", "Amini"))
    joined = register.perform(joinings.join_candidate, resident_id=dead, candidate_id=who, reason="the papers").value
    accepted: dict[str, Any] = {"outcome": CandidateState.ACCEPTED, "decided_by": "V. Gashi"}
    with pytest.raises(Refused, match="known to be the same") as refused:
        register.perform(selection.decide, candidate_id=who, **accepted)
    assert refused.value.message.values["number"] == "K-1"
    register.perform(selection.decide, candidate_id=other, **accepted)
    register.perform(joinings.take_back, joining_id=joined, reason="a cousin")
    register.perform(selection.decide, candidate_id=who, **accepted)


def test_a_departure_that_is_corrected_to_a_death_leads_to_no_country(register: Register) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    stay = leavers.stay(register, leavers.programme(register), "K-1")
    moment = Moment(date(2026, 11, 1))
    register.perform(endings.record_left, stay_id=stay, moment=moment, seen_last="gate", how_known="said so")
    facts = {"place": "hospital", "certified_by": "Dr. X", "family_told": "yes"}
    register.perform(
        endings.correct, stay_id=stay, kind=DepartureKind.DEATH, moment=moment, reason="letter of the hospital",
        country="DE", place="Kassel", facts=facts,
    )  # fmt: skip
    with register.read() as snapshot:
        row = snapshot.connection.execute(
            select(Stay.destination_country, Stay.destination_place).where(Stay.id == stay)
        ).one()
    assert tuple(row) == (None, "")
