"""Departure plans: who is to leave when, who is ready, and what stands in the way of the others."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import aliased

from models.entities.departures import Plan
from models.entities.documents import Document
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import DocumentId, PlanId, ProgrammeId, ResidentId, StayId
from models.repositories.departures import LoadedPlan, Planned, load, looks_open, permitted, stopped
from models.repositories.residents import NAME
from models.repositories.stays import ended_by_file, last_stay
from models.rules import leaving
from models.rules.departures import Objection, ObjectionState
from models.rules.leaving import CheckRow, Standing
from models.rules.names import fold
from models.rules.people import reads
from models.rules.sorting import sort_key
from models.rules.time import Moment
from models.rules.vocabulary import (
    PLANNED_KINDS,
    CheckKind,
    DepartureKind,
    Destination,
    DocumentKind,
    PlanState,
    Regime,
    SealedKind,
)
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(Planned):
    """A plan as a list shows it.

    Attributes:
        standing: Where the plan stands.
        reasons: What stands against it, in words, the gravest first; empty where it is ready or over.
        done: How many of the required checks hold.
        steps: How many are required.
        days: Days from today to the day of travel; negative where it has passed.
    """

    standing: Standing
    reasons: tuple[Message, ...]
    done: int
    steps: int
    days: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """One required check of a plan.

    Attributes:
        kind: What is to be checked.
        check: The one that counts; None where there is none.
        objection: Why it does not hold; None where it does.
        earlier: How many were superseded.
    """

    kind: CheckKind
    check: CheckRow | None
    objection: Objection | None
    earlier: int = 0

    @property
    def holds(self) -> bool:
        """Whether the check is there and good."""
        return self.objection is None

    @property
    def is_missing(self) -> bool:
        """Whether it was not held yet, which is no fault."""
        return self.objection is not None and self.objection.state is ObjectionState.MISSING


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan, whole.

    Attributes:
        row: As the list shows it.
        version: To be given back when it is changed; None for who may not know all that changes it.
        steps: Each required check, in the order of rules.md.
        checks: All checks that were ever entered, in order; those that were superseded too, but none that is sealed for
            who may not read what it found.
        companions: The plans of the family that must be recorded at the same moment.
        relatives: The names of the family on the roll.
    """

    row: PlanRow
    note: str
    version: int | None
    state: PlanState
    state_reason: str
    steps: tuple[StepRow, ...]
    checks: tuple[CheckRow, ...]
    companions: tuple[PlanId, ...]
    relatives: tuple[leaving.Relative, ...]

    @property
    def may_depart(self) -> bool:
        """Whether nothing stands against recording the departure."""
        return self.row.standing is Standing.READY


@dataclass(frozen=True, slots=True)
class DocumentChoice:
    """A document of the resident, for the check of the travel document."""

    document_id: DocumentId
    kind: DocumentKind
    number: str
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class StayDepartures:
    """All that the page of a resident shows of leaving.

    Attributes:
        regime: Whether people are detained under the programme.
        permitted: The planned kinds that the programme permits.
        open: The kinds that may be planned now: the permitted ones without those that a risk has closed.
        closed_countries: The countries for which a risk was found: no kind leads there any more.
        current: The open plan, or the one by which the stay ended; or else the last that a risk has stopped; or else
            the last one. Where the stay has ended, a plan is shown as it is judged: at that moment.
        earlier: The other plans, the latest first.
        correctable: The planned kinds to which an end can be corrected: those of which a plan counts, or all that are
            permitted where the end is believed without one; none that a risk has closed since.
        no_prospect: Whether a risk was found and no open plan leads elsewhere: no prospect of return.
        ended: When the stay ended; None while it is open.
        facts: What an end without a plan states.
        ended_by_file: Whether a file has brought in the stay and its end, so that this is believed without a plan.
        is_last: Whether the person has not come again, so that the departure can be taken back.
        version: Of the stay, to be given back when its end is corrected.
    """

    stay_id: StayId
    resident_id: ResidentId
    name: str
    number: str
    nationality: str | None
    partner_country: str
    languages: tuple[str, ...]
    arrived_on: date
    regime: Regime
    permitted: tuple[DepartureKind, ...]
    open: tuple[DepartureKind, ...]
    closed_countries: tuple[str, ...]
    current: PlanPage | None
    earlier: tuple[PlanPage, ...]
    documents: tuple[DocumentChoice, ...]
    correctable: tuple[DepartureKind, ...]
    no_prospect: bool
    ended: Moment | None
    ended_by: DepartureKind | None
    destination: Destination | None
    country: str | None
    place: str
    facts: Mapping[str, str]
    ended_by_file: bool
    is_last: bool
    version: int


_URGENCY = tuple(Standing)
_DOCUMENTS = Rows(DocumentChoice, Document, document_id=Document.id)
_STAYS = Rows(
    StayDepartures,
    Stay,
    Resident,
    Programme,
    stay_id=Stay.id,
    name=NAME,
    ended=Stay.departed,
    ended_by=Stay.departure_kind,
    country=Stay.destination_country,
    place=Stay.destination_place,
    facts=Stay.departure_facts,
    ended_by_file=ended_by_file(),
    is_last=Stay.id == last_stay(),
)


def plans(
    snapshot: Snapshot,
    *,
    standing: Standing | None = None,
    programme_id: ProgrammeId | None = None,
    kind: DepartureKind | None = None,
    within: int | None = None,
    text: str = "",
    is_over: bool = False,
) -> tuple[PlanRow, ...]:
    """The plans that need somebody, most urgent first: stopped without a successor, then by the day of travel.

    Args:
        snapshot: The reading.
        standing: Only those that stand so.
        programme_id: Only those of one programme.
        kind: Only those of one kind.
        within: Only those whose day of travel lies within so many days from today; those past it too.
        text: Only those with this in name, number or place.
        is_over: Those that are over instead: departed, cancelled, or stopped and followed by something else.
    """
    over = _over(tells_findings=reads(snapshot.person.role, SealedKind.CHECK))
    wanted: list[ColumnElement[bool]] = [over if is_over else not_(over)]
    if programme_id is not None:
        wanted.append(Stay.programme_id == programme_id)
    if kind is not None:
        wanted.append(Plan.kind == kind)
    if within is not None:
        wanted.append(Plan.planned_on <= snapshot.today + timedelta(days=within))
    rows = [_row(each, snapshot.today)[0] for each in load(snapshot, *wanted)]
    sought = fold(text)
    found = [
        row
        for row in rows
        if (standing is None or row.standing is standing)
        and (not sought or sought in fold(f"{row.name} {row.number} {row.place}"))
    ]
    return tuple(sorted(found, key=_keys(snapshot.facility.language)["urgency"]))


def ids(
    snapshot: Snapshot,
    *,
    sort: str = "urgency",
    descending: bool = False,
    then: Sequence[tuple[str, bool]] = (),
    text: str = "",
    standing: Standing | None = None,
    programme_id: ProgrammeId | None = None,
    kind: DepartureKind | None = None,
    within: int | None = None,
    is_over: bool = False,
) -> list[PlanId]:
    """The plans in an order, for a table.

    Args:
        snapshot: The reading.
        sort: `urgency`, or the name of a column: `planned_on`, `name`, `kind`, `destination`, `standing`, `steps`.
        descending: Whether downwards.
        then: By what those are sorted who are the same in that: names of columns, each with whether downwards.
        text: As of `plans`, and so are the others.
        standing: Only those that stand so.
        programme_id: Only those of one programme.
        kind: Only those of one kind.
        within: Only those within so many days.
        is_over: Those that are over instead.
    """
    found = plans(
        snapshot,
        standing=standing,
        programme_id=programme_id,
        kind=kind,
        within=within,
        text=text,
        is_over=is_over,
    )
    keys = _keys(snapshot.facility.language)
    for name, down in (*reversed(then), (sort, descending)):  # those that are the same keep their order
        found = tuple(sorted(found, key=keys.get(name, keys["urgency"]), reverse=down))
    return [row.id for row in found]


def rows(snapshot: Snapshot, *, ids: Sequence[PlanId]) -> tuple[PlanRow, ...]:
    """Some plans as a list shows them, in any order."""
    return tuple(_row(each, snapshot.today)[0] for each in load(snapshot, Plan.id.in_(ids)))


def standings(snapshot: Snapshot, *, programme_id: ProgrammeId | None = None) -> Mapping[Standing, int]:
    """How many plans that need somebody stand how."""
    return Counter(row.standing for row in plans(snapshot, programme_id=programme_id))


def plan(snapshot: Snapshot, *, plan_id: PlanId) -> PlanPage:
    """One plan with each of its steps.

    Raises:
        Refused: It is not there.
    """
    snapshot.looks_at("plan", plan_id)
    found = load(snapshot, Plan.id == plan_id)
    if not found:
        raise Refused("This plan is not there any more.", field="plan_id")
    return _page(found[0], snapshot.today)


def of_stay(snapshot: Snapshot, *, stay_id: StayId) -> StayDepartures:
    """All that is known of how a stay ends, or has ended.

    Raises:
        Refused: The stay is not there.
    """
    stay = snapshot.connection.execute(
        _STAYS.select()
        .add_columns(Stay.programme_id, Stay.departed_on)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(Stay.id == stay_id)
    ).first()
    if stay is None:
        raise Refused("This stay is not there any more.", field="stay_id")
    values = _STAYS.values(stay)
    order = (PlanState.CANCELLED, PlanState.STOPPED, PlanState.DEPARTED, PlanState.OPEN)
    loaded = sorted(
        load(snapshot, Plan.stay_id == stay_id, moment=values["ended"]),
        key=lambda each: (order.index(each.state), each.id),
        reverse=True,
    )
    ways = permitted(snapshot.connection)[stay.programme_id].kinds
    # Who may not know of a risk finds no plan stopped, and so no way closed.
    tells = reads(snapshot.person.role, SealedKind.CHECK)
    stops = stopped(snapshot.connection, stay.resident_id) if tells else ()
    then = stopped(snapshot.connection, stay.resident_id, values["arrived_on"]) if tells else ()
    origins = leaving.Origins(values["partner_country"], values["nationality"])
    usual = {kind: leaving.way_of(kind, None, origins) for kind in PLANNED_KINDS}
    current = loaded[0] if loaded else None
    return StayDepartures(
        **values,
        permitted=ways,
        open=tuple(kind for kind in ways if not any(leaving.closes(stop, usual[kind]) for stop in stops)),
        closed_countries=tuple(sorted({stop.way.country for stop in stops if stop.way.country is not None})),
        current=None if current is None else _page(current, snapshot.today),
        earlier=tuple(_page(each, snapshot.today) for each in loaded[1:]),
        documents=_documents(snapshot, stay.resident_id),
        correctable=tuple(
            kind
            for kind in (ways if values["ended_by_file"] else PLANNED_KINDS)
            if leaving.plan_for(loaded, then, usual[kind]) is not None
            or (values["ended_by_file"] and not leaving.is_closed(loaded, then, usual[kind]))
        ),
        no_prospect=current is not None and current.state is PlanState.STOPPED and stay.departed_on is None,
    )


def _over(*, tells_findings: bool) -> ColumnElement[bool]:
    """SQL: whether a plan needs nobody any more; a stopped one does until something follows, so that it never waits."""
    if not tells_findings:
        return not_(looks_open(Plan, Stay))
    other = aliased(Plan)
    follows = select(other.id).where(other.stay_id == Stay.id, other.state == PlanState.OPEN).exists()
    return or_(
        Plan.state.in_((PlanState.DEPARTED, PlanState.CANCELLED)),
        and_(Plan.state == PlanState.STOPPED, or_(Stay.departed_on.is_not(None), follows)),
    )


def _page(loaded: LoadedPlan, today: date) -> PlanPage:
    row, found = _row(loaded, today)
    by_kind: dict[CheckKind, Objection] = {}
    for each in found:
        by_kind.setdefault(each.check, each)
    steps = []
    for kind in loaded.facts.required:
        objection = by_kind.get(kind)
        held = [check for check in loaded.checks if check.kind is kind]
        if objection is not None and objection.state is ObjectionState.MISSING:
            held = []  # what there is counts for nothing
        steps.append(StepRow(kind, held[-1] if held else None, objection, max(0, len(held) - 1)))
    return PlanPage(
        row=row,
        note=loaded.note,
        version=loaded.version,
        state=loaded.state,
        state_reason=loaded.state_reason,
        steps=tuple(steps),
        checks=tuple(loaded.checks),
        companions=leaving.companions(loaded.facts),
        relatives=tuple(loaded.facts.relatives),
    )


def _row(loaded: LoadedPlan, today: date) -> tuple[PlanRow, tuple[Objection, ...]]:
    found = leaving.objections(loaded.facts, tells_findings=loaded.tells_findings)
    required = loaded.facts.required
    wrong = {objection.check for objection in found}
    grave = sorted(found, key=lambda objection: objection.state is ObjectionState.MISSING)
    is_open = loaded.state in (PlanState.OPEN, PlanState.STOPPED)
    row = PlanRow(
        **{field.name: getattr(loaded, field.name) for field in fields(Planned)},
        standing=leaving.standing(loaded.state, found, travel_on=loaded.planned_on, today=today),
        reasons=tuple(objection.message for objection in grave) if is_open else (),
        done=sum(check not in wrong for check in required),
        steps=len(required),
        days=(loaded.planned_on - today).days,
    )
    return row, found


def _documents(snapshot: Snapshot, resident_id: ResidentId) -> tuple[DocumentChoice, ...]:
    asked = _DOCUMENTS.select().where(Document.resident_id == resident_id).order_by(Document.id)
    return _DOCUMENTS.rows(snapshot.connection.execute(asked))


def _keys(language: str) -> Mapping[str, Callable[[PlanRow], Any]]:
    """By what the plans are sorted, names and places by the alphabet of the facility's language."""

    def by_name(row: PlanRow) -> str:
        return sort_key(row.name, language)

    return {
        "urgency": lambda row: (
            row.standing is not Standing.STOPPED, row.planned_on, _URGENCY.index(row.standing), by_name(row), row.id,
        ),
        "planned_on": lambda row: row.planned_on,
        "name": by_name,
        "kind": lambda row: tuple(DepartureKind).index(row.kind),
        "destination": lambda row: (row.country or "", sort_key(row.place, language)),
        "standing": lambda row: _URGENCY.index(row.standing),
        "steps": lambda row: row.done - row.steps,
    }  # fmt: skip
