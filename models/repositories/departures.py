"""Reads departure plans with all that decides on them, many in a few statements: actions and queries share it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, select
from sqlalchemy.orm import aliased

from models.entities.departures import Check, Plan
from models.entities.people import User
from models.entities.programmes import PermittedDeparture, Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import FamilyId, PlanId, ProgrammeId, ResidentId, StayId
from models.rules.birth import BirthDate
from models.rules.leaving import CheckRow, PlanFacts, Relative, Together
from models.rules.names import display_name
from models.rules.screening import ADULT_AT
from models.rules.vocabulary import CheckKind, DepartureKind, Destination, PlanState


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan, whose it is, and the facts by which the rules decide on it."""

    plan_id: PlanId
    stay_id: StayId
    resident_id: ResidentId
    programme_id: ProgrammeId
    programme: str
    number: str
    family_name: str
    given_names: str
    kind: DepartureKind
    destination: Destination
    country: str | None
    place: str
    planned_on: date
    note: str
    version: int
    state: PlanState
    state_reason: str
    arrived_on: date
    departed_on: date | None
    checks: Sequence[CheckRow]
    facts: PlanFacts


@dataclass(frozen=True, slots=True)
class _Relative:
    stay_id: StayId
    name: str
    birth: BirthDate | None
    plan_id: PlanId | None
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class Permitted:
    """The ways in which people may leave under a programme, with what each requires beyond rules.md."""

    extra: Mapping[DepartureKind, tuple[CheckKind, ...]]

    @property
    def kinds(self) -> tuple[DepartureKind, ...]:
        """The kinds in the order of the vocabulary."""
        return tuple(kind for kind in DepartureKind if kind in self.extra)


def permitted(connection: Connection) -> dict[ProgrammeId, Permitted]:
    """The permitted departures of every programme."""
    found: dict[ProgrammeId, dict[DepartureKind, tuple[CheckKind, ...]]] = defaultdict(dict)
    for programme_id, kind, extra in connection.execute(
        select(PermittedDeparture.programme_id, PermittedDeparture.kind, PermittedDeparture.extra_checks)
    ):
        found[programme_id][kind] = tuple(CheckKind(check) for check in extra)
    return defaultdict(lambda: Permitted({}), {number: Permitted(extra) for number, extra in found.items()})


def load(connection: Connection, *chosen: ColumnElement[bool], travel_on: date | None = None) -> list[LoadedPlan]:
    """The plans that fulfil conditions on `Plan`, `Stay` or `Resident`, in the order of travel.

    Args:
        connection: Of a reading, or of a unit after its flush.
        chosen: The conditions.
        travel_on: The day to decide for; None: each plan's own.
    """
    wanted = _plans().where(*chosen).order_by(Plan.planned_on, Resident.sort_name, Plan.id)
    rows = connection.execute(wanted).mappings().all()
    if not rows:
        return []
    numbers = _joined(select(Plan.id)).where(*chosen)
    checks: dict[PlanId, list[CheckRow]] = defaultdict(list)
    for plan_id, *check in connection.execute(_checks().where(Check.plan_id.in_(numbers)).order_by(Check.id)):
        checks[plan_id].append(CheckRow(*check))
    stopped = {row["plan_id"] for row in rows if row["state"] is PlanState.STOPPED}
    for plan_id, held in checks.items():
        checks[plan_id] = _inferred(held, is_stopped=plan_id in stopped)
    families = _families(connection, _joined(select(Resident.family_id)).where(*chosen))
    ways = permitted(connection)
    return [
        _loaded(row, checks[row["plan_id"]], families, ways[row["programme_id"]], travel_on or row["planned_on"])
        for row in rows
    ]


def _inferred(checks: Sequence[CheckRow], *, is_stopped: bool) -> list[CheckRow]:
    """The checks, with what the plan tells of those whose result is sealed.

    A non-refoulement check that finds a risk stops its plan at once. So the last one of a plan that was stopped has
    found one, and all others have not: whether somebody may leave can be told by those too who may not read findings.
    """
    sealed = [check.check_id for check in checks if check.kind is CheckKind.NON_REFOULEMENT]
    return [
        replace(check, passed=not (is_stopped and check.check_id == sealed[-1])) if check.check_id in sealed else check
        for check in checks
    ]


def _joined(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(Plan)
        .join(Stay, Stay.id == Plan.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
    )


def _plans() -> Select[*tuple[Any, ...]]:
    return _joined(
        select(
            Plan.id.label("plan_id"),
            Plan.stay_id,
            Stay.resident_id,
            Stay.programme_id,
            Programme.code.label("programme"),
            Resident.number,
            Resident.family_name,
            Resident.given_names,
            Plan.kind,
            Plan.destination,
            Plan.destination_country.label("country"),
            Plan.destination_place.label("place"),
            Plan.planned_on,
            Plan.note,
            Plan.version,
            Plan.state,
            Plan.state_reason,
            Stay.arrived_on,
            Stay.departed_on,
            Resident.birth,
            Resident.family_id,
        )
    )


def _checks() -> Select[*tuple[Any, ...]]:
    return select(
        Check.plan_id,
        Check.id,
        Check.kind,
        Check.held_on,
        Check.passed,
        Check.valid_until,
        Check.withdrawn_on,
        Check.who,
        Check.details,
        Check.note,
        User.name,
        Check.entered_at,
    ).join(User, User.id == Check.entered_by)


def _families(
    connection: Connection, wanted: Select[*tuple[Any, ...]]
) -> Mapping[FamilyId | None, Sequence[_Relative]]:
    """Everybody on the roll of some families, with the plan that is open."""
    plan = aliased(Plan)
    found: dict[FamilyId | None, list[_Relative]] = defaultdict(list)
    for family_id, stay_id, family, given, number, birth, plan_id, planned_on in connection.execute(
        select(
            Resident.family_id,
            Stay.id,
            Resident.family_name,
            Resident.given_names,
            Resident.number,
            Resident.birth,
            plan.id,
            plan.planned_on,
        )
        .select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .outerjoin(plan, and_(plan.stay_id == Stay.id, plan.state == PlanState.OPEN))
        .where(Stay.departed_on.is_(None), Resident.family_id.is_not(None), Resident.family_id.in_(wanted))
        .order_by(Resident.sort_name)
    ):
        name = display_name(family, given, number)
        found[family_id].append(_Relative(stay_id, name, birth, plan_id, planned_on))
    return found


def _loaded(
    row: RowMapping,
    checks: Sequence[CheckRow],
    families: Mapping[FamilyId | None, Sequence[_Relative]],
    ways: Permitted,
    travel_on: date,
) -> LoadedPlan:
    facts = PlanFacts(
        row["kind"],
        travel_on,
        tuple(check.facts for check in checks),
        ways.kinds,
        ways.extra.get(row["kind"], ()),
        _is_child(row["birth"], travel_on),
        tuple(
            Relative(one.stay_id, one.name, _is_child(one.birth, travel_on), one.plan_id, one.planned_on)
            for one in families.get(row["family_id"], ())
            if one.stay_id != row["stay_id"]
        ),
        together_of(checks),
    )
    plain = {name: value for name, value in row.items() if name not in ("birth", "family_id")}
    return LoadedPlan(**plain, checks=tuple(checks), facts=facts)


def together_of(checks: Iterable[CheckRow]) -> Together | None:
    """What the check of family unity that counts says of who leaves with whom; None where it does not say."""
    said = [check.details.get("family", "") for check in checks if check.kind is CheckKind.FAMILY_UNITY]
    return Together(said[-1]) if said and said[-1] in tuple(Together) else None


def _is_child(birth: BirthDate | None, on: date) -> bool:
    return birth is not None and birth.age(on) < ADULT_AT
