"""A small house for the tests of residents: people on the roll, away, overdue, past their limit, departed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from models.actions import absences, rooms, stays
from models.entities.stays import StayLimit
from models.ids import AbsenceId, BedId, ProgrammeId, ResidentId, StayId
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, DepartureKind, LimitBasis, LimitRule
from models.store.register import Register
from tests import builders
from tests.furnishing import furnished_once

ARRIVED = date(2026, 6, 26)
DECIDED: dict[str, Any] = {"reason": "Vetting goes on.", "decided_by": "B. Krasniqi", "authority": "Decision 12/2026"}


@dataclass(frozen=True, slots=True)
class House:
    """Who is in the house, by what the tests look at."""

    us: ProgrammeId
    uk: ProgrammeId
    gul: ResidentId
    gul_stay: StayId
    chidi: ResidentId
    chidi_absence: AbsenceId
    maria: ResidentId
    nasrullah: ResidentId
    gone: ResidentId
    unnamed: ResidentId


def at(day: int, hour: int) -> Moment:
    """A moment of November 2026 in Belgrade, an hour ahead of UTC."""
    return Moment(date(2026, 11, day), datetime(2026, 11, day, hour - 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def furnished(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """A closed register with all of them, made once: each test of the file has a copy of it."""
    return furnished_once(empty_register, tmp_path_factory, furnish)


@pytest.fixture
def house(furnished: tuple[Path, House]) -> House:
    """Who is in the register of each test."""
    return furnished[1]


def furnish(register: Register) -> House:
    """Gul (present, moved once), Chidi (overdue), María (away), Nasrullah (past the limit), one gone, one unnamed."""
    us = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    uk = builders.programme(register, "UK-RETURN")

    def person(number: int, family: str, given: str, **fields: object) -> ResidentId:
        name = f"{family} {given}".lower()
        return builders.resident(
            register, f"K-{number:04}", family_name=family, given_names=given, sort_name=name, **fields
        )

    gul = person(12, "Ahmadzai", "Gul", own_script="گل احمدزی", nationality="AF", languages=["prs", "en"])
    chidi, maria = person(17, "Okafor", "Chidi", nationality="NG"), person(24, "Hernandez", "Maria")
    nasrullah, gone = person(31, "Noori", "Nasrullah"), person(5, "Nguyen", "Van Thanh", nationality="VN")
    unnamed = builders.resident(register, "K-0040", sort_name="k 0040")
    gul_stay = _limited(register, gul, us, date(2026, 12, 22))
    chidi_stay = builders.stay(register, chidi, us, ARRIVED)
    maria_stay = builders.stay(register, maria, uk, date(2026, 9, 1))
    _limited(register, nasrullah, us, date(2026, 11, 18))
    builders.stay(register, gone, us, ARRIVED, date(2026, 8, 1), departure_kind=DepartureKind.VOLUNTARY_RETURN)
    builders.stay(register, unnamed, uk, date(2026, 10, 1))
    beds = [builders.bed(register, name) for name in ("4", "12")]
    _place(register, gul_stay, beds)
    chidi_absence = _away(register, chidi_stay, at(20, 18))
    _away(register, maria_stay, at(21, 18))
    register.perform(
        stays.hold_review,
        stay_id=gul_stay,
        due_on=date(2026, 9, 24),
        held_on=date(2026, 9, 25),
        outcome="Stay goes on.",
        held_by="B. Krasniqi",
    )
    return House(us, uk, gul, gul_stay, chidi, chidi_absence, maria, nasrullah, gone, unnamed)


def _limited(register: Register, resident: ResidentId, programme: ProgrammeId, limit: date) -> StayId:
    stay = builders.stay(register, resident, programme, ARRIVED, limit_on=limit)
    row = StayLimit(
        stay_id=stay,
        limit_on=limit,
        basis=LimitBasis.PROGRAMME,
        valid_from=ARRIVED,
        entered_at=datetime(2026, 6, 26, 8, 0, tzinfo=UTC),
    )
    register.perform(builders.put, row=row)
    return stay


def _place(register: Register, stay: StayId, beds: list[BedId]) -> None:
    register.perform(rooms.place, stay_id=stay, bed_id=beds[0], moment=Moment(ARRIVED))
    register.perform(rooms.move, stay_id=stay, bed_id=beds[1], moment=Moment(date(2026, 8, 5)))


def _away(register: Register, stay: StayId, due: Moment) -> AbsenceId:
    return register.perform(
        absences.record,
        stay_id=stay,
        kind=AbsenceKind.HOSPITAL,
        left=at(20, 10),
        due_back=due,
        place="Regional Hospital",
    ).value
