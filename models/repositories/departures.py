"""Reads departure plans with all that decides on them, many in a few statements: actions and queries share it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, case, or_, select
from sqlalchemy.orm import QueryableAttribute, aliased

from models.entities.admissions import ChildRecord
from models.entities.departures import Check, Plan
from models.entities.people import User
from models.entities.programmes import PermittedDeparture, Programme
from models.entities.residents import Resident
from models.entities.stays import Stay, TakenBackArrival
from models.entities.transports import Passenger
from models.ids import FamilyId, PlanId, ProgrammeId, ResidentId, StayId
from models.repositories.residents import NAME
from models.rules.birth import BirthDate, may_be_child
from models.rules.departures import CheckFacts, current_checks
from models.rules.leaving import CheckRow, PlanFacts, Relative, Stop, Together, Way, leads_elsewhere
from models.rules.people import reads
from models.rules.time import Moment
from models.rules.vocabulary import SEALED_CHECKS, CheckKind, DepartureKind, Destination, PlanState, SealedKind
from models.store.rows import Made, Rows
from models.store.sealing import unsalted
from models.store.snapshot import Snapshot

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan and whose it is.

    Attributes:
        id: The plan.
        name: How the person is called: "Family, Given", or the number.
    """

    id: PlanId
    stay_id: StayId
    resident_id: ResidentId
    programme: str
    name: str
    number: str
    kind: DepartureKind
    destination: Destination
    country: str | None
    place: str
    planned_on: date

    @property
    def way(self) -> Way:
        """How and where to it leads; of one by which the person has left, where to they really went."""
        return Way(self.kind, self.country, self.destination)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlan(Planned):
    """A plan with the facts by which the rules decide on it.

    Attributes:
        version: None for who may not know what a check has found, since that changes it, too.
        state: Who may not know it sees a stopped plan as an open one that is not ready, and as a cancelled one once
            something has followed it.
        state_reason: Empty for them.
        checks: Of those that are sealed they see none.
        tells_findings: Whether whoever looks may know.
    """

    note: str
    version: int | None
    state: PlanState
    state_reason: str
    checks: Sequence[CheckRow]
    facts: PlanFacts
    tells_findings: bool


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


def stopped(connection: Connection, resident_id: ResidentId, until: date | None = None) -> Sequence[Stop]:
    """The plans of somebody that a risk has stopped, whenever the person was here.

    What was found holds of the person: it goes neither with the stay nor with an arrival that was taken back.

    Args:
        connection: The reading.
        resident_id: Whose.
        until: The day of the last arrival that is asked about: what was found later says nothing of how that stay
            ended. None: all.
    """
    same = select(Resident.id).where(or_(Resident.id == resident_id, Resident.joined_into_id == resident_id))
    last = until or date.max
    here = select(Stay.id).where(Stay.resident_id.in_(same), Stay.arrived_on <= last)
    wrongly = select(TakenBackArrival.stay_id).where(
        TakenBackArrival.resident_id.in_(same), TakenBackArrival.arrived_on <= last
    )
    of_person = or_(Plan.stay_id.in_(here), Plan.stay_id.in_(wrongly))
    asked = select(Plan.id, Plan.kind, Plan.destination_country, Plan.destination)
    found = connection.execute(asked.where(Plan.state == PlanState.STOPPED, of_person).order_by(Plan.id))
    return [Stop(number, Way(kind, country, destination)) for number, kind, country, destination in found]


def taken_for_child() -> ColumnElement[bool]:
    """SQL: whether a `Resident` is taken for a child though no date of birth says so: by record, or as was decided."""
    recorded = select(ChildRecord.id).where(ChildRecord.resident_id == Resident.id).correlate(Resident)
    decided = (
        select(Passenger.id)
        .join(Stay, Stay.candidate_id == Passenger.candidate_id)
        .where(Stay.resident_id == Resident.id, Passenger.is_child.is_(True))
        .correlate(Resident)
    )
    return or_(recorded.exists(), decided.exists())


def _shown(kind: CheckKind, passed: bool | None) -> bool | None:
    """Whether a check passed, as far as it may be shown."""
    return None if kind in SEALED_CHECKS else passed


def _outcome(passed: bool | None, outcome: bytes | None) -> bool | None:
    return passed if outcome is None else unsalted(outcome)


def _leads_to(planned: QueryableAttribute[T], went: QueryableAttribute[Any]) -> ColumnElement[T]:
    """SQL: where a plan leads; one by which the person has left, to where they really went."""
    return case((Plan.state == PlanState.DEPARTED, went), else_=planned)


_OPEN = aliased(Plan)
_COUNTRY = _leads_to(Plan.destination_country, Stay.destination_country)
_PLANS = Rows(
    LoadedPlan,
    Plan,
    Stay,
    Resident,
    programme=Programme.code,
    name=NAME,
    destination=_leads_to(Plan.destination, Stay.destination),
    country=_COUNTRY,
    place=_leads_to(Plan.destination_place, Stay.destination_place),
)
_CHECKS = Rows(
    _Held,
    row=Rows(CheckRow, Check, check_id=Check.id, passed=Made(_shown, Check.kind, Check.passed), entered_by=User.name),
    facts=Rows(
        CheckFacts,
        Check,
        passed=Made(_outcome, Check.passed, Check.outcome),
        is_explained=Check.late_reason.is_not(None),
        is_elsewhere=Made(leads_elsewhere, Check.kind, Check.country, _COUNTRY),
    ),
)
_RELATIVES = Rows(Relative, stay_id=Stay.id, name=NAME, plan_id=_OPEN.id, planned_on=_OPEN.planned_on)


def load(
    snapshot: Snapshot, *chosen: ColumnElement[bool], moment: Moment | None = None, is_veiled: bool = False
) -> list[LoadedPlan]:
    """The plans that fulfil conditions on `Plan`, `Stay` or `Resident`, in the order of travel.

    Args:
        snapshot: The reading; of a unit, after its flush.
        chosen: The conditions.
        moment: When the people leave. A day that is over is judged by what stood then: the checks, and who of the
            family was on the roll. None: each plan is decided on for its own day, as things stand.
        is_veiled: Whether nothing of what checks have found is told, whoever looks: it goes out of the house.
    """
    connection = snapshot.connection
    wanted = _PLANS.select().add_columns(
        Stay.programme_id,
        Resident.family_id,
        Resident.birth,
        taken_for_child().label("for_child"),
        looks_open(Plan, Stay).label("looks_open"),
    )
    found = connection.execute(
        _joined(wanted).where(*chosen).order_by(Plan.planned_on, Resident.sort_key, Plan.id)
    ).all()
    if not found:
        return []
    at = moment if moment is not None and moment.on < snapshot.today else None
    checks = _checks(snapshot, _joined(select(Plan.id)).where(*chosen))
    tells = not is_veiled and reads(snapshot.person.role, SealedKind.CHECK)
    families = _families(connection, _joined(select(Resident.family_id)).where(*chosen), at, tells_findings=tells)
    ways = permitted(connection)
    loaded = []
    for row in found:
        held, travel_on = checks[row.id], row.planned_on if moment is None else moment.on
        facts = PlanFacts(
            row.kind,
            travel_on,
            tuple(check.facts for check in held),
            ways[row.programme_id].kinds,
            ways[row.programme_id].extra.get(row.kind, ()),
            may_be_child(row.birth, travel_on, unknown=row.for_child),
            tuple(
                replace(relative, is_child=may_be_child(birth, travel_on, unknown=for_child))
                for relative, birth, for_child in families.get(row.family_id, ())
                if relative.stay_id != row.stay_id
            ),
            _together(held, at),
            at,
            is_stopped=row.state is PlanState.STOPPED,
        )
        plan = LoadedPlan(
            **_PLANS.values(row), checks=tuple(check.row for check in held), facts=facts, tells_findings=tells
        )
        loaded.append(plan if tells else _veiled(plan, looks_open=row.looks_open))
    return loaded


def _veiled(plan: LoadedPlan, *, looks_open: bool) -> LoadedPlan:
    """A plan as it is shown to who may not know what a check has found."""
    state = plan.state
    if state is PlanState.STOPPED:
        state = PlanState.OPEN if looks_open else PlanState.CANCELLED
    checks = tuple(check for check in plan.checks if not check.is_sealed)
    return replace(plan, state=state, state_reason="", version=None, checks=checks)


def looks_open(plan: type[Plan], stay: type[Stay]) -> ColumnElement[bool]:
    """SQL: whether a plan is open to who may not know that a risk has stopped it: nothing has followed it so far."""
    other = aliased(Plan)
    is_later = or_(other.made_at > plan.made_at, other.state == PlanState.OPEN)
    follows = select(other.id).where(other.stay_id == plan.stay_id, other.id != plan.id, is_later).exists()
    is_waiting = and_(plan.state == PlanState.STOPPED, stay.departed_on.is_(None), ~follows)
    return or_(plan.state == PlanState.OPEN, is_waiting)


def state_told(connection: Connection, plan_id: PlanId) -> PlanState:
    """How a plan that a risk has stopped stands to who may not know that."""
    asked = select(looks_open(Plan, Stay)).join(Stay, Stay.id == Plan.stay_id).where(Plan.id == plan_id)
    return PlanState.OPEN if connection.execute(asked).scalar_one() else PlanState.CANCELLED


def _joined(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(Plan)
        .join(Stay, Stay.id == Plan.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
    )


def _checks(snapshot: Snapshot, plans: Select[*tuple[Any, ...]]) -> Mapping[PlanId, Sequence[_Held]]:
    """The checks of some plans in the order in which they were entered, without what is sealed of them."""
    found: dict[PlanId, list[_Held]] = defaultdict(list)
    for row in snapshot.connection.execute(
        _CHECKS.select()
        .add_columns(Check.plan_id)
        .join(User, User.id == Check.entered_by)
        .join(Plan, Plan.id == Check.plan_id)
        .join(Stay, Stay.id == Plan.stay_id)
        .where(Check.plan_id.in_(plans))
        .order_by(Check.id)
    ):
        held = _CHECKS.row(row)
        entered = Moment.of(held.row.entered_at, snapshot.facility.zone)
        found[row.plan_id].append(held._replace(facts=replace(held.facts, entered=entered)))
    return found


def _families(
    connection: Connection, wanted: Select[*tuple[Any, ...]], at: Moment | None, *, tells_findings: bool
) -> Mapping[FamilyId, Sequence[tuple[Relative, BirthDate | None, bool]]]:
    """Everybody of some families who is on the roll, or was at a moment, with the plan that is open."""
    is_open = _OPEN.state == PlanState.OPEN if tells_findings else looks_open(_OPEN, Stay)
    on_roll: ColumnElement[bool] = Stay.departed_on.is_(None)
    if at is not None:
        on_roll = and_(Stay.arrived_on <= at.on, or_(on_roll, Stay.departed_on > at.on))
    found: dict[FamilyId, list[tuple[Relative, BirthDate | None, bool]]] = defaultdict(list)
    for row in connection.execute(
        _RELATIVES.select()
        .add_columns(Resident.family_id, Resident.birth, taken_for_child().label("for_child"))
        .select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .outerjoin(_OPEN, and_(_OPEN.stay_id == Stay.id, is_open))
        .where(on_roll, Resident.family_id.is_not(None), Resident.family_id.in_(wanted))
        .order_by(Resident.sort_key, Stay.id)
    ):
        found[row.family_id].append((_RELATIVES.row(row), row.birth, row.for_child))
    return found


def _together(checks: Sequence[_Held], at: Moment | None) -> Together | None:
    """What the check of family unity that counts says of who leaves with whom; None where it does not say."""
    counts = current_checks((check.facts for check in checks), at=at).get(CheckKind.FAMILY_UNITY)
    said = next((check.row.details.get("family") for check in checks if check.facts is counts), None)
    return Together(said) if said in tuple(Together) else None
