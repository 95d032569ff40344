"""What is shared of stays: which is the last, what holds of one on a day, and how they end and that is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    ScalarSelect,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from models.entities.absences import Absence
from models.entities.departures import Ending, Plan
from models.entities.imports import Import
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.separations import Separation
from models.entities.stays import Stay, StayLimit
from models.entities.trail import TrailEntry, TrailSubject
from models.errors import Refused
from models.ids import StayId
from models.repositories import within
from models.repositories.rooms import fits
from models.rules import departures as rules
from models.rules import leaving
from models.rules.entry import the_mistake
from models.rules.presence import Span
from models.rules.time import Interval, Moment
from models.rules.vocabulary import DepartureKind, Destination, ImportKind, PlanState
from models.store.rows import Rows
from models.store.unit_of_work import UnitOfWork

LATEST_FIRST = (
    Stay.arrived_on.desc(),
    Stay.departed_on.desc().nulls_first(),
    Stay.arrived_at.desc().nulls_last(),
    Stay.id.desc(),
)
"""SQL: the order of a person's stays. Those that began on one day are told apart by when they ended."""

SPANS = Rows(Span, Stay, stay_id=Stay.id)
"""Stays as presence is counted from them."""


def last_stay() -> ScalarSelect[StayId]:
    """SQL: the last stay of a `Resident`, the open one where there is one."""
    return (
        select(Stay.id)
        .where(Stay.resident_id == Resident.id)
        .order_by(*LATEST_FIRST)
        .limit(1)
        .correlate(Resident)
        .scalar_subquery()
    )


def limit_on(day: date | BindParameter[date]) -> ColumnElement[date | None]:
    """SQL: the last permitted day of a `Stay` as it holds on a local date (rules.md, Limits).

    Few decisions hold from a later day: of all other stays the last one is what the stay itself says.
    """
    decided_ahead = select(StayLimit.stay_id).where(StayLimit.valid_from > day)
    held = (
        select(StayLimit.limit_on)
        .where(StayLimit.stay_id == Stay.id, StayLimit.valid_from <= day)
        .order_by(StayLimit.id.desc())
        .limit(1)
        .correlate(Stay)
        .scalar_subquery()
    )
    return case((Stay.id.in_(decided_ahead), held), else_=Stay.limit_on)


LIMIT = limit_on(bindparam("today", type_=Date()))
"""SQL: the same on the day that a statement is given as `today`."""


def is_uncured(before: datetime | None = None) -> ColumnElement[bool]:
    """SQL: whether a `Stay` is an emergency arrival that is not put in order, or was not before an instant."""
    never = Stay.cured_at.is_(None)
    return and_(
        func.json_array_length(Stay.emergency_reasons) > 0,
        never if before is None else or_(never, Stay.cured_at >= before),
    )


def awaits_countersign() -> ColumnElement[bool]:
    """SQL: whether a `Stay` is a provisional arrival that no supervisor has countersigned yet."""
    return and_(Stay.is_provisional, Stay.countersigned_at.is_(None))


_ADMISSION = "stays.admit"
"""How an entry tells that somebody registered an arrival by hand; who came by a transport was on a list."""


def came_with_file() -> ColumnElement[bool]:
    """SQL: whether a file has brought a `Stay` in, so that its end is believed without a plan.

    It has a number that the file gave it; or a file spoke of the person, and nobody has registered this arrival.
    """
    person = aliased(Resident)
    of_person = literal("resident:") + cast(person.id, String)
    spoke = (
        select(Import.id)
        .join(TrailSubject, TrailSubject.number == Import.entry)
        .join(person, TrailSubject.subject == of_person)
        .where(
            Import.kind == ImportKind.STAYS,
            Import.programme_id == Stay.programme_id,
            or_(person.id == Stay.resident_id, person.joined_into_id == Stay.resident_id),
        )
        .correlate(Stay)
    )
    registered = (
        select(TrailEntry.number)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(TrailSubject.subject == literal("stay:") + cast(Stay.id, String), TrailEntry.action == _ADMISSION)
        .correlate(Stay)
    )
    return or_(Stay.source_key.is_not(None), and_(Stay.candidate_id.is_(None), spoke.exists(), ~registered.exists()))


def has_come_with_file(unit: UnitOfWork, stay: Stay) -> bool:
    """Whether a file has brought this stay in; see `came_with_file`."""
    return bool(unit.session.scalar(select(came_with_file()).where(Stay.id == stay.id)))


def ended_by_file() -> ColumnElement[bool]:
    """SQL: whether a `Stay` that a file has brought in ended by one too: nothing of the end was entered in Konak."""
    # What ended with the stay is entered by the import itself, so at its instant.
    by_file = (
        select(Import.id)
        .join(TrailSubject, TrailSubject.number == Import.entry)
        .where(
            TrailSubject.subject == literal("stay:") + cast(Stay.id, String),
            Import.kind == ImportKind.STAYS,
            Import.entered_at == Ending.entered_at,
        )
    )
    entered_here = select(Ending.stay_id).where(Ending.stay_id == Stay.id, ~by_file.exists()).correlate(Stay)
    return and_(came_with_file(), ~entered_here.exists())


def has_ended_by_file(unit: UnitOfWork, stay: Stay) -> bool:
    """Whether this stay came with a file and ended by one; see `ended_by_file`."""
    return bool(unit.session.scalar(select(ended_by_file()).where(Stay.id == stay.id)))


def known_stay(unit: UnitOfWork, stay_id: StayId) -> Stay:
    """The stay.

    Raises:
        Refused: It is not there.
    """
    stay = unit.session.get(Stay, stay_id)
    if stay is None:
        raise Refused("This stay is not there any more.", field="stay_id")
    return stay


def open_stay(unit: UnitOfWork, stay_id: StayId) -> Stay:
    """The stay, which is not over.

    Raises:
        Refused: It is over, or not there.
    """
    stay = known_stay(unit, stay_id)
    if stay.departed_on is not None:
        raise Refused(
            "This stay ended on {day}. If that is wrong, take the departure back first.",
            field="stay_id",
            day=stay.departed_on,
        )
    return stay


def origins(unit: UnitOfWork, stay: Stay) -> leaving.Origins:
    """What tells whose country it is to which somebody goes."""
    programme, resident = unit.session.get_one(Programme, stay.programme_id), stay.resident
    return leaving.Origins(programme.partner_country, resident.nationality, resident.other_nationalities)


def check_moment(unit: UnitOfWork, stays: Iterable[Stay], moment: Moment) -> None:
    """Refuse a departure in the future, before the arrival, or before something that was entered of the stay.

    Raises:
        Refused: Of the field `moment`.
    """
    for stay in stays:
        check_happened(unit, stay, moment)
        within.check_departure(unit, stay, moment)


def check_happened(unit: UnitOfWork, stay: Stay, moment: Moment) -> None:
    """Refuse a departure in the future, or before the arrival.

    Raises:
        Refused: Of the field `moment`.
    """
    if unit.moment.surely_before(moment):
        raise Refused(
            "A departure is recorded when it has happened. Enter a time that is not in the future.", field="moment"
        )
    if moment.surely_before(stay.arrived):
        raise Refused("They arrived on {day}. Enter a later time.", field="moment", day=stay.arrived_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a stay ends.

    Attributes:
        stay: Which one.
        moment: When; `check_moment` has let it pass.
        kind: How.
        destination: Where to, as a group.
        country: Where to, ISO 3166 alpha-2.
        place: Where to, in words.
        facts: What the kind requires to be stated.
    """

    stay: Stay
    moment: Moment
    kind: DepartureKind
    destination: Destination
    country: str | None = None
    place: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def end(unit: UnitOfWork, ends: Sequence[End]) -> None:
    """End stays, and with each the plan, the bed and an absence that is open."""
    ids = [each.stay.id for each in ends]
    some = unit.session.scalars
    plans = {row.stay_id: row for row in some(select(Plan).where(Plan.state == PlanState.OPEN, Plan.stay_id.in_(ids)))}
    beds = {
        row.stay_id: row
        for row in some(select(Placement).where(Placement.until_on.is_(None), Placement.stay_id.in_(ids)))
    }
    absences = {
        row.stay_id: row for row in some(select(Absence).where(Absence.until_on.is_(None), Absence.stay_id.in_(ids)))
    }
    for each in ends:
        plan = plans.get(each.stay.id)
        if plan is not None:
            plan.state = PlanState.DEPARTED if plan.kind is each.kind else PlanState.CANCELLED
        for row in (beds.get(each.stay.id), absences.get(each.stay.id)):
            if row is not None:
                row.end = each.moment
    # The guards look at each row as it is written: nothing may reach beyond the stay once it has an end.
    unit.session.flush()
    for each in ends:
        stay = each.stay
        stay.departed, stay.departure_kind = each.moment, each.kind
        stay.destination, stay.destination_country, stay.destination_place = each.destination, each.country, each.place
        stay.departure_facts = dict(each.facts)
        ended = plans.get(stay.id), beds.get(stay.id), absences.get(stay.id)
        plan_id, bed_id, absence_id = (None if row is None else row.id for row in ended)
        unit.session.add(
            Ending(stay_id=stay.id, plan_id=plan_id, placement_id=bed_id, absence_id=absence_id, entered_at=unit.now)
        )
    unit.session.flush()


def amend_end(unit: UnitOfWork, end_now: End) -> bool:
    """Put right when and how a stay ended; the bed, the absence and the separation that ended with it end then too.

    Returns:
        Whether the bed does; False where somebody else has it by then, so that it ends when it did.

    Raises:
        Refused: Of the field `moment`: something that was entered of the stay lies beyond it, or it cannot be.
    """
    stay, old, moment = end_now.stay, end_now.stay.departed, end_now.moment
    check_happened(unit, stay, moment)
    ended = list[Placement | Absence]()
    for each in within.check_departure(unit, stay, moment):
        if isinstance(each, Separation):
            each.ended = moment
        else:
            ended.append(each)
    is_later = old is not None and old.surely_before(moment)
    if not is_later:
        for row in ended:
            row.end = moment
        unit.session.flush()
    if end_now.facts or end_now.kind is not stay.departure_kind:  # else what was stated of it stands
        stay.departure_facts = dict(end_now.facts)
    stay.departed, stay.departure_kind = moment, end_now.kind
    stay.destination, stay.destination_country = end_now.destination, end_now.country
    stay.destination_place = end_now.place
    unit.session.flush()
    taken = False
    for row in ended if is_later else ():
        if isinstance(row, Placement) and is_taken(unit, row, Interval(row.start, moment)):
            taken = True
        else:
            row.end = moment
    unit.session.flush()
    return not taken


def keep_what_ended(unit: UnitOfWork, row: Placement | Absence, former: Moment | None = None) -> None:
    """Keep whether a bed or an absence ended with its stay: who is found not to have left has that bed, or is away.

    Args:
        unit: The transaction.
        row: The bed or the absence, as it is now.
        former: When it ended before; one that ends as it did has ended with the stay if it had before.
    """
    ending = unit.session.get(Ending, row.stay_id)
    if ending is None or row.end == former:
        return
    unit.session.flush()
    name = "placement_id" if isinstance(row, Placement) else "absence_id"
    if getattr(ending, name) in (None, row.id):
        is_with = row.end is not None and row.end == unit.session.get_one(Stay, row.stay_id).departed
        setattr(ending, name, row.id if is_with else None)


def check_regime(unit: UnitOfWork, stay: Stay, kind: DepartureKind) -> None:
    """Refuse a kind that cannot be where people are held as under the programme of the stay.

    Raises:
        Refused: Of the field `kind`.
    """
    forbidden = rules.regime_objection(kind, unit.session.get_one(Programme, stay.programme_id).regime)
    if forbidden is not None:
        raise Refused(forbidden.text, field="kind")


def end_without_plan(
    unit: UnitOfWork, stay_id: StayId, kind: DepartureKind, moment: Moment, stated: Mapping[str, str]
) -> None:
    """End a stay by escape, by leaving on one's own, by death or release; an open plan is cancelled.

    Raises:
        Refused: The kind cannot be where people are held so, a fact that it requires is missing, or the moment cannot
            be.
    """
    stay = open_stay(unit, stay_id)
    check_regime(unit, stay, kind)
    facts = stated_facts(kind, stated, moment)
    check_moment(unit, [stay], moment)
    destination = leaving.destination_of(kind, None, origins(unit, stay))
    end(unit, [End(stay=stay, moment=moment, kind=kind, destination=destination, facts=facts)])
    sign(unit, [stay_id])


def stated_facts(kind: DepartureKind, stated: Mapping[str, str], moment: Moment) -> dict[str, str]:
    """What was stated of an end without a plan at a moment, tidy.

    Raises:
        Refused: A fact that the kind requires is missing, or the order is dated after the release.
    """
    facts = {name: value.strip() for name, value in stated.items() if value.strip()}
    names = rules.required_facts(kind)
    missing = rules.missing_facts(names, facts)
    if missing:
        first = next(name for name in names if name not in facts)
        raise Refused("Something is missing.", field=first, reasons=missing)
    if kind is DepartureKind.RELEASE_BY_ORDER:
        leaving.check_order(facts, moment.on)
    return facts


def sign(unit: UnitOfWork, stay_ids: Sequence[StayId]) -> None:
    """Say in the trail entry which stays have ended."""
    unit.about("stay", stay_ids[0])
    unit.concerns("stay", stay_ids)
    unit.note(stays_ended=list(stay_ids))


def take_back(unit: UnitOfWork, stay_id: StayId, reason: str) -> bool:
    """Undo the end of a stay, whenever it was recorded: the stay goes on.

    What ended with it is kept since it was recorded here; of an end that came with a file, or that an earlier Konak
    recorded, only the stay goes on.

    Returns:
        Whether the person has the bed again.

    Raises:
        Refused: It has not ended, the person came back since, or there is no reason.
    """
    stay = unit.session.get(Stay, stay_id)
    if stay is None or stay.departed is None:
        raise Refused("This stay has not ended; there is nothing to undo.", field="stay_id")
    said = the_mistake(reason)
    _check_nothing_follows(unit, stay)
    ending = unit.session.get(Ending, stay_id)
    _put_plans_back(unit, stay.id, ending)
    stay.departed = None
    stay.departure_kind = stay.destination = stay.destination_country = None
    stay.destination_place, stay.departure_facts = "", {}
    # The stay must be open again before the bed and the absence may reach beyond its end.
    unit.session.flush()
    has_bed = False
    if ending is not None:
        absence = None if ending.absence_id is None else unit.session.get(Absence, ending.absence_id)
        placement = None if ending.placement_id is None else unit.session.get(Placement, ending.placement_id)
        if absence is not None:
            absence.end = None
        has_bed = placement is not None and is_free(unit, placement, Interval(placement.start))
        if placement is not None and has_bed:
            placement.end = None
        unit.session.delete(ending)
    unit.session.flush()
    unit.about("stay", stay_id)
    unit.note(reason=said)
    return has_bed


def departed_plan(unit: UnitOfWork, stay_id: StayId) -> Plan | None:
    """The plan by which a stay has ended; None where it ended without one."""
    return unit.session.scalars(
        select(Plan).where(Plan.stay_id == stay_id, Plan.state == PlanState.DEPARTED).order_by(Plan.id.desc())
    ).first()


def _put_plans_back(unit: UnitOfWork, stay_id: StayId, ending: Ending | None) -> None:
    """Have the plans of a stay be as they were before it ended, whatever its end was corrected to meanwhile.

    The plan that was open is open again. One that was made of who had left, so that the end could be corrected, came to
    nothing, and does so again.
    """
    was_open = left_by = departed_plan(unit, stay_id)
    if ending is not None:  # an earlier Konak kept nothing of it
        was_open = None if ending.plan_id is None else unit.session.get_one(Plan, ending.plan_id)
    if left_by is not None and left_by is not was_open:
        left_by.state = PlanState.CANCELLED
        unit.session.flush()
    if was_open is not None:
        was_open.state = PlanState.OPEN


def _check_nothing_follows(unit: UnitOfWork, stay: Stay) -> None:
    """Refuse to have a stay go on into another one of the same person."""
    again = Interval(stay.arrived)
    others = unit.session.scalars(select(Stay).where(Stay.resident_id == stay.resident_id, Stay.id != stay.id))
    later = [other for other in others if again.overlaps(other.interval)]
    if later:
        first = min(other.arrived.on for other in later)
        raise Refused(
            "This person came again on {day}. Take that arrival back first, or correct this departure instead.",
            field="stay_id",
            day=first,
        )


def is_free(unit: UnitOfWork, placement: Placement, interval: Interval) -> bool:
    """Whether a placement may have its bed for an interval: it is there to be given, to this person, and free."""
    bed = unit.session.get_one(Bed, placement.bed_id)
    room = unit.session.get_one(Room, bed.room_id)
    if interval.end is None and (bed.is_removed or bed.out_of_use is not None or room.out_of_use is not None):
        return False
    return not is_taken(unit, placement, interval) and fits(unit, placement, interval)


def is_taken(unit: UnitOfWork, placement: Placement, interval: Interval) -> bool:
    """Whether somebody else has the bed of a placement at some time of an interval."""
    others = unit.session.scalars(
        select(Placement).where(Placement.bed_id == placement.bed_id, Placement.id != placement.id)
    )
    return any(interval.overlaps(other.interval) for other in others)
