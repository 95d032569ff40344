"""People with departure plans, for tests: every check good unless it is told otherwise."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from models.actions import departures
from models.entities.programmes import PermittedDeparture
from models.ids import CheckId, PlanId, ProgrammeId, StayId
from models.rules.vocabulary import PLANNED_KINDS, CheckKind, DepartureKind, Role
from models.store.register import Register
from tests import builders

ARRIVED = date(2026, 6, 26)
TODAY = date(2026, 11, 21)

DETAILS = {
    CheckKind.COUNSELLING: {"language": "prs"},
    CheckKind.DECISION: {"decision_number": "D-7", "served": "in person", "appeal": "time is over"},
    CheckKind.TRAVEL_DOCUMENT: {"document_number": "P0283714"},
    CheckKind.ACCEPTANCE: {"accepted_by": "Embassy"},
    CheckKind.FAMILY_UNITY: {"family": "alone"},
}


def at_desk(register: Register, role: Role, *, stands_in: bool = False) -> None:
    """Let somebody of another role work from now on."""
    register.person = replace(register.person, role=role, stands_in=stands_in)


def programme(register: Register, code: str = "US-2025", **extra: list[str]) -> ProgrammeId:
    """A programme that permits every planned kind; `extra` says what it requires beyond rules.md, by kind.

    A supervisor is at the desk from now on.
    """
    at_desk(register, Role.SUPERVISOR)  # who may know what checks find
    departures_ = [PermittedDeparture(kind=kind, extra_checks=extra.get(kind.value, [])) for kind in PLANNED_KINDS]
    return builders.programme(register, code, departures=departures_)


def stay(register: Register, programme_id: ProgrammeId, number: str = "K-0012", **person: Any) -> StayId:
    """Somebody from Afghanistan on the roll since 26 June 2026."""
    resident = builders.resident(register, number, **({"nationality": "AF"} | person))
    return builders.stay(register, resident, programme_id, ARRIVED)


def plan(
    register: Register,
    stay_id: StayId,
    kind: DepartureKind = DepartureKind.VOLUNTARY_RETURN,
    planned_on: date = TODAY,
    **more: Any,
) -> PlanId:
    """A plan for today."""
    return register.perform(departures.plan, stay_id=stay_id, kind=kind, planned_on=planned_on, **more).value


def check(register: Register, plan_id: PlanId, kind: CheckKind, **more: Any) -> CheckId:
    """A good check that was held yesterday, unless told otherwise."""
    values: dict[str, Any] = {
        "held_on": TODAY - timedelta(days=1),
        "passed": True,
        "who": "A. Berisha",
        "details": DETAILS.get(kind, {}),
        "valid_until": date(2028, 3, 3) if kind is CheckKind.TRAVEL_DOCUMENT else None,
    }
    return register.perform(departures.enter_check, plan_id=plan_id, kind=kind, **(values | more)).value


def check_all(
    register: Register, plan_id: PlanId, kinds: Collection[CheckKind] = tuple(CheckKind), **more: Any
) -> None:
    """Good checks of all kinds, in the order of the table: two registers that are made alike are alike."""
    for kind in sorted(kinds, key=list(CheckKind).index):
        check(register, plan_id, kind, **more)
