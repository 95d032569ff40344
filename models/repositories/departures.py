"""Reads departure plans with all that decides on them, many in a few statements: actions and queries share it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, Select, and_, or_, select
from sqlalchemy.orm import aliased

from models.entities.departures import Check, Plan
from models.entities.people import User
from models.entities.programmes import PermittedDeparture, Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import FamilyId, PlanId, ProgrammeId, ResidentId, StayId
from models.rules.birth import BirthDate
from models.rules.departures import CheckFacts, current_checks
from models.rules.leaving import CheckRow, PlanFacts, Relative, Together, leads_elsewhere
from models.rules.names import display_name
from models.rules.screening import ADULT_AT
from models.rules.time import Moment
from models.rules.vocabulary import SEALED_CHECKS, CheckKind, DepartureKind, Destination, PlanState
from models.store.sealing import unsalted
from models.store.snapshot import Snapshot


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


class _Held(NamedTuple):
    """A check as it is shown, and as it is decided on."""

    row: CheckRow
    facts: CheckFacts


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


def load(snapshot: Snapshot, *chosen: ColumnElement[bool], moment: Moment | None = None) -> list[LoadedPlan]:
    """The plans that fulfil conditions on `Plan`, `Stay` or `Resident`, in the order of travel.

    Args:
        snapshot: The reading; of a unit, after its flush.
        chosen: The conditions.
        moment: When the people leave. A day that is over is judged by what stood then: the checks, and who of the
            family was on the roll. None: each plan is decided on for its own day, as things stand.
    """
    connection = snapshot.connection
    wanted = _plans().where(*chosen).order_by(Plan.planned_on, Resident.sort_name, Plan.id)
    rows = connection.execute(wanted).mappings().all()
    if not rows:
        return []
    at = moment if moment is not None and moment.on < snapshot.today else None
    numbers = _joined(select(Plan.id)).where(*chosen)
    checks: dict[PlanId, list[_Held]] = defaultdict(list)
    for check in connection.execute(_checks().where(Check.plan_id.in_(numbers)).order_by(Check.id)):
        checks[check.plan_id].append(_held(check, snapshot))
    families = _families(connection, _joined(select(Resident.family_id)).where(*chosen), at)
    ways = permitted(connection)
    return [
        _loaded(
            row,
            checks[row["plan_id"]],
            families.get(row["family_id"], ()),
            ways[row["programme_id"]],
            row["planned_on"] if moment is None else moment.on,
            at,
        )
        for row in rows
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
    return (
        select(
            Check.plan_id,
            Check.id,
            Check.kind,
            Check.held_on,
            Check.passed,
            Check.outcome,
            Check.valid_until,
            Check.withdrawn_on,
            Check.who,
            Check.details,
            Check.note,
            Check.country,
            Check.late_reason,
            Check.entered_at,
            User.name.label("entered_by"),
            Plan.destination_country.label("destination"),
        )
        .join(User, User.id == Check.entered_by)
        .join(Plan, Plan.id == Check.plan_id)
    )


def _held(check: Row[*tuple[Any, ...]], snapshot: Snapshot) -> _Held:
    """A check as it is shown, without what is sealed of it, and as it is decided on."""
    is_sealed = check.kind in SEALED_CHECKS
    return _Held(
        CheckRow(
            check.id,
            check.kind,
            check.held_on,
            None if is_sealed else check.passed,
            check.valid_until,
            check.withdrawn_on,
            check.who,
            check.details,
            check.note,
            check.late_reason,
            check.entered_by,
            check.entered_at,
        ),
        CheckFacts(
            check.kind,
            check.held_on,
            check.passed if check.outcome is None else unsalted(check.outcome),
            check.valid_until,
            check.withdrawn_on,
            check.who,
            Moment.of(check.entered_at, snapshot.facility.zone),
            is_explained=check.late_reason is not None,
            is_elsewhere=leads_elsewhere(check.kind, check.country, check.destination),
        ),
    )


def _families(
    connection: Connection, wanted: Select[*tuple[Any, ...]], at: Moment | None
) -> Mapping[FamilyId | None, Sequence[_Relative]]:
    """Everybody of some families who is on the roll, or was at a moment, with the plan that is open."""
    plan = aliased(Plan)
    on_roll: ColumnElement[bool] = Stay.departed_on.is_(None)
    if at is not None:
        on_roll = and_(Stay.arrived_on <= at.on, or_(on_roll, Stay.departed_on > at.on))
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
        .where(on_roll, Resident.family_id.is_not(None), Resident.family_id.in_(wanted))
        .order_by(Resident.sort_name)
    ):
        name = display_name(family, given, number)
        found[family_id].append(_Relative(stay_id, name, birth, plan_id, planned_on))
    return found


def _loaded(
    row: RowMapping,
    checks: Sequence[_Held],
    family: Sequence[_Relative],
    ways: Permitted,
    travel_on: date,
    at: Moment | None,
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
            for one in family
            if one.stay_id != row["stay_id"]
        ),
        _together(checks, at),
        at,
    )
    plain = {name: value for name, value in row.items() if name not in ("birth", "family_id")}
    return LoadedPlan(**plain, checks=tuple(check.row for check in checks), facts=facts)


def _together(checks: Sequence[_Held], at: Moment | None) -> Together | None:
    """What the check of family unity that counts says of who leaves with whom; None where it does not say."""
    counts = current_checks((check.facts for check in checks), at=at).get(CheckKind.FAMILY_UNITY)
    said = next((check.row.details.get("family") for check in checks if check.facts is counts), None)
    return Together(said) if said in tuple(Together) else None


def _is_child(birth: BirthDate | None, on: date) -> bool:
    return birth is not None and birth.age(on) < ADULT_AT
