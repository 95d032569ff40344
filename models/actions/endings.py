"""How a stay ends: departures that were planned, what ends a stay without a plan, and what was wrong about it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from models.actions.departures import open_plan
from models.entities.departures import Plan
from models.entities.stays import Stay
from models.errors import Named, Refused, by_reason
from models.ids import PlanId, StayId
from models.repositories import departures as plans
from models.repositories import stays
from models.repositories.limits import following
from models.rules import departures as rules
from models.rules import leaving
from models.rules.entry import needed
from models.rules.people import DECIDES, DESK, reads
from models.rules.stays import check_dead
from models.rules.time import Interval, Moment
from models.rules.vocabulary import PLANNED_KINDS, UNPLANNED_KINDS, CheckKind, DepartureKind, PlanState, SealedKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message


@action("departures.depart", about="plan_id", of=Plan.stay_id, roles=DESK, told=N_("Entered the departure"))
def depart(unit: UnitOfWork, *, plan_id: PlanId, moment: Moment | None = None, late_reason: str = "") -> StayId:
    """Record a departure that was planned: the stay ends, and with it the bed and an open absence.

    Args:
        unit: The transaction.
        plan_id: The plan.
        moment: When; now if None. A day before today is judged by the checks as they stood at that moment.
        late_reason: Why it is recorded on a later day; needed then.

    Raises:
        Refused: A required check is missing, expired or withdrawn; `reasons` names each. Nobody can skip one.
    """
    return _depart(unit, [plan_id], moment or unit.moment, late_reason.strip())[0]


@action(
    "departures.depart_group",
    about="plan_ids",
    of=Plan.stay_id,
    roles=DESK,
    told=N_("Entered the departure of a group"),
)
def depart_group(
    unit: UnitOfWork, *, plan_ids: Sequence[PlanId], moment: Moment | None = None, late_reason: str = ""
) -> tuple[StayId, ...]:
    """Record several departures at one moment: all of them, or none.

    Args:
        unit: The transaction.
        plan_ids: The plans.
        moment: As of `depart`.
        late_reason: As of `depart`.

    Raises:
        Refused: One of them cannot be recorded; `reasons` names who and why, for each.
    """
    if not plan_ids:
        raise Refused("Choose who leaves.", field="plan_ids")
    return _depart(unit, list(dict.fromkeys(plan_ids)), moment or unit.moment, late_reason.strip())


@action("departures.record_escape", about="stay_id", roles=DESK, told=N_("Entered an escape"))
def record_escape(
    unit: UnitOfWork, *, stay_id: StayId, moment: Moment, last_seen: str, reported_to: str, note: str = ""
) -> None:
    """End the stay of somebody who escaped from detention.

    Args:
        unit: The transaction.
        stay_id: The stay.
        moment: When it was noticed.
        last_seen: Where and when the person was last seen.
        reported_to: To whom it was reported.
        note: Anything worth knowing.

    Raises:
        Refused: Something that must be stated is missing, or the moment cannot be.
    """
    facts = {"last_seen": last_seen, "reported_to": reported_to, "note": note}
    stays.end_without_plan(unit, stay_id, DepartureKind.ESCAPE, moment, facts)


@action("departures.record_left", about="stay_id", roles=DESK, told=N_("Entered that the person left on their own"))
def record_left(
    unit: UnitOfWork, *, stay_id: StayId, moment: Moment, seen_last: str, how_known: str, note: str = ""
) -> None:
    """End the stay of somebody who went from an open house and is not coming back.

    Args:
        unit: The transaction.
        stay_id: The stay, under a programme whose house is open.
        moment: When the person went.
        seen_last: Where and when the person was last seen.
        how_known: How it is known that the person is not coming back: said so, or is overdue for so long.
        note: Anything worth knowing.

    Raises:
        Refused: People are detained under the programme, something that must be stated is missing, or the moment
            cannot be.
    """
    facts = {"seen_last": seen_last, "how_known": how_known, "note": note}
    stays.end_without_plan(unit, stay_id, DepartureKind.LEFT_ON_OWN, moment, facts)


@action("departures.record_death", about="stay_id", roles=DESK, told=N_("Entered a death"))
def record_death(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    moment: Moment,
    place: str,
    certified_by: str,
    family_told: str,
    note: str = "",
) -> None:
    """End the stay of somebody who died.

    Args:
        unit: The transaction.
        stay_id: The stay.
        moment: When.
        place: Where.
        certified_by: Who certified it.
        family_told: Who was told, family or consulate.
        note: Anything worth knowing.

    Raises:
        Refused: Something that must be stated is missing, or the moment cannot be.
    """
    facts = {"place": place, "certified_by": certified_by, "family_told": family_told, "note": note}
    stays.end_without_plan(unit, stay_id, DepartureKind.DEATH, moment, facts)


@action("departures.record_release", about="stay_id", roles=DECIDES, told=N_("Entered a release by order"))
def record_release(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    moment: Moment,
    authority: str,
    order_number: str,
    order_date: date | None,
    note: str = "",
) -> None:
    """End the stay of somebody who was released by order.

    Args:
        unit: The transaction.
        stay_id: The stay.
        moment: When.
        authority: The authority that ordered it.
        order_number: The number of its order.
        order_date: The local date of the order, not after the release.
        note: Anything worth knowing.

    Raises:
        Refused: Something that must be stated is missing, or a date cannot be.
    """
    facts = {
        "authority": authority,
        "order_number": order_number,
        "order_date": "" if order_date is None else order_date.isoformat(),
        "note": note,
    }
    stays.end_without_plan(unit, stay_id, DepartureKind.RELEASE_BY_ORDER, moment, facts)


@action("departures.undo", about="stay_id", roles=DECIDES, told=N_("Took the departure back"))
def undo(unit: UnitOfWork, *, stay_id: StayId, reason: str) -> bool:
    """Take back a departure that was recorded by mistake, whenever: the stay goes on, with its plan, bed and absence.

    Args:
        unit: The transaction.
        stay_id: The stay.
        reason: What the mistake was.

    Returns:
        Whether the person has the bed again; False where it was given to somebody else, or there was none.

    Raises:
        Refused: The stay has not ended, the person came back since, or there is no reason.
    """
    return stays.take_back(unit, stay_id, reason)


@action("departures.correct", about="stay_id", roles=DECIDES, told=N_("Corrected the departure"))
def correct(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    kind: DepartureKind,
    moment: Moment,
    reason: str,
    country: str | None = None,
    place: str = "",
    facts: Mapping[str, str] | None = None,
    version: int | None = None,
) -> bool:
    """Put right how, when and where to somebody left; the bed and the absence that ended with the stay move with it.

    It is judged as the departure itself: by the checks of the plan as they stood at the right moment, for the right
    destination, or by the facts that the right kind requires.

    Args:
        unit: The transaction.
        stay_id: The stay; it has ended.
        kind: How it really ended. A kind that is planned needs a plan of the stay of this kind, made since a risk was
            found last; an end that came with a file has none, and is believed as the file was.
        moment: When it really ended.
        reason: How that is known.
        country: Where to, ISO 3166 alpha-2; None: not stated, or the usual one of a plan. Of the dead none is kept.
        place: The town; nor is it kept of the dead.
        facts: What a kind without a plan requires to be stated, as of `record_escape` and the others.
        version: The version that the form was filled in from; None: whatever is there.

    Returns:
        Whether the bed ends with the stay; False where somebody else has it by then, so that it ends as before.

    Raises:
        Refused: It is as it stands, something stands against it, or there is no reason.
        Conflict: Somebody else has changed the stay in the meantime.
    """
    stay = unit.session.get(Stay, stay_id)
    if stay is None or stay.departed is None:
        raise Refused("This stay has not ended. Enter the departure first.", field="stay_id")
    unit.check_version(stay, version)
    unit.note(reason=needed(reason, Refused("Say how the right departure is known.", field="reason")))
    if kind is not stay.departure_kind:
        stays.check_regime(unit, stay, kind)
    origins = stays.origins(unit, stay)
    if kind is DepartureKind.DEATH:
        country, place = None, ""
    way = leaving.way_of(kind, country, origins)
    plan = _plan_for(unit, stay, way)
    to = way.country if plan is not None or country else None
    destination = leaving.destination_of(kind, to, origins)
    stated = dict(stay.departure_facts)
    if kind in UNPLANNED_KINDS:
        stated = stays.stated_facts(kind, facts or {}, moment)
    elif stay.departure_kind in UNPLANNED_KINDS:
        stated = {}
    before = (
        stay.departure_kind,
        stay.departed,
        stay.destination_country,
        stay.destination_place,
        stay.departure_facts,
    )
    if (kind, moment, to, place.strip(), stated) == before:
        raise Refused("This is the departure as it stands. Enter the right one.", field="moment")
    stays.check_happened(unit, stay, moment)
    if kind is DepartureKind.DEATH:
        others = unit.session.scalars(select(Stay).where(Stay.resident_id == stay.resident_id, Stay.id != stay.id))
        check_dead([Interval(stay.arrived, moment)], [other.interval for other in others], field="kind")
    stay.destination_country, stay.destination, stay.destination_place = to, destination, place.strip()
    _settle_plans(unit, stay, plan)
    if plan is not None:
        _judge(unit, stay, plan, moment)
    right = stays.End(
        stay=stay, moment=moment, kind=kind, destination=destination, country=to, place=place.strip(), facts=stated
    )
    with following(unit, [stay.resident_id], reason.strip()):
        return stays.amend_end(unit, right)


def _plan_for(unit: UnitOfWork, stay: Stay, way: leaving.Way) -> Plan | None:
    """The plan by whose checks such an end is judged; None where there is none, and none is needed.

    Raises:
        Refused: The kind is planned, and no such plan was made, or none since a risk was found.
    """
    kind = way.kind
    if kind not in PLANNED_KINDS:
        is_new = kind is DepartureKind.NOT_RECORDED and kind is not stay.departure_kind
        if is_new and not stays.has_ended_by_file(unit, stay):
            raise Refused("Say how the person left.", field="kind")
        return None
    made = unit.session.scalars(select(Plan).where(Plan.stay_id == stay.id)).all()
    stops = plans.stopped(unit.connection, stay.resident_id, stay.arrived_on)
    plan = leaving.plan_for(made, stops, way)
    if plan is not None:
        return plan
    if leaving.is_closed(made, stops, way):
        unit.tells_of(SealedKind.CHECK)
        raise Refused(
            "A risk was found, so nobody leaves in this way. If something has changed since, plan it as it was and say "
            "there what has changed: on the page of the resident, under Departure. Enter the checks with their own "
            "days; then correct the departure.",
            field="kind",
        )
    if kind is stay.departure_kind or stays.has_ended_by_file(unit, stay):
        return None
    raise Refused(
        "No departure of this kind was planned, so nothing was checked for it. On the page of the resident, under "
        "Departure, plan it as it was and enter the checks with their own days; then correct the departure.",
        field="kind",
    )


def _judge(unit: UnitOfWork, stay: Stay, plan: Plan, moment: Moment) -> None:
    """Refuse an end that the checks of its plan do not allow, as they stood at its moment."""
    tells_findings = reads(unit.person.role, SealedKind.CHECK)
    (loaded,) = plans.load(unit.snapshot(), Plan.id == plan.id, moment=moment)
    # Whoever left on the right day already is not in the house then, and is not asked about.
    together = unit.session.scalars(select(Stay.id).where(Stay.departed_on == stay.departed_on))
    leavers = {stay.id, *together}
    found = leaving.refusals(loaded.facts, leaving=leavers, tells_findings=tells_findings)
    if found:
        if tells_findings:
            unit.tells_of(SealedKind.CHECK)  # the reasons say in full what stands against it
        raise Refused(
            "The departure cannot have been so. What was checked and not entered is entered first: on the page of the "
            "resident, under Departure, with its own day.",
            field="kind",
            reasons=found,
        )


def _settle_plans(unit: UnitOfWork, stay: Stay, plan: Plan | None) -> None:
    """Have the plan by which the stay ended say so, and the one that is no longer it say that it came to nothing."""
    former = stays.departed_plan(unit, stay.id)
    if former is plan:
        return
    if former is not None:
        former.state = PlanState.CANCELLED
        unit.session.flush()
    if plan is not None:
        plan.state = PlanState.DEPARTED


def _depart(unit: UnitOfWork, plan_ids: Sequence[PlanId], moment: Moment, late_reason: str) -> tuple[StayId, ...]:
    """All plans are decided on before the first stay ends, so that a family is looked at while it is whole."""
    rows = [open_plan(unit, plan_id, or_looks_open=True) for plan_id in plan_ids]
    tells_findings = reads(unit.person.role, SealedKind.CHECK)
    leavers = {row.stay_id for row in rows}
    stays.check_moment(unit, [stays.open_stay(unit, row.stay_id) for row in rows], moment)
    is_late = moment.on < unit.today
    if is_late and not late_reason:
        raise Refused("Say why this departure is recorded on a later day.", field="late_reason")
    loaded = {each.id: each for each in plans.load(unit.snapshot(), Plan.id.in_(plan_ids), moment=moment)}
    found = {
        row.id: leaving.against(loaded[row.id].facts, leaving=leavers, tells_findings=tells_findings) for row in rows
    }
    if any(found.values()):
        if tells_findings:
            unit.tells_of(SealedKind.CHECK)  # the reasons say in full what stands against it
        raise _cannot_leave(found, {each.id: Named(each.name, each.number, id=each.id) for each in loaded.values()})
    facts = {rules.LATE_REASON: late_reason} if is_late else {}
    ends = [
        stays.End(
            stay=row.stay,
            moment=moment,
            kind=row.kind,
            destination=row.destination,
            country=row.destination_country,
            place=row.destination_place,
            facts=facts,
        )
        for row in rows
    ]
    stays.end(unit, ends)
    stays.sign(unit, [row.stay_id for row in rows])
    return tuple(row.stay_id for row in rows)


def _cannot_leave(
    found: Mapping[PlanId, Sequence[tuple[CheckKind | None, Message]]], names: Mapping[PlanId, Named]
) -> Refused:
    """What stands against a departure; of a group check by check, each reason once with those to whom it applies."""
    if len(found) == 1:
        reasons = [reason for objections in found.values() for _check, reason in objections]
        return Refused("This departure cannot be recorded yet.", field="plan_ids", reasons=reasons)
    order = (None, *CheckKind)
    each = [(check, names[plan_id], reason) for plan_id, objections in found.items() for check, reason in objections]
    each.sort(key=lambda one: order.index(one[0]))
    grouped, whom = by_reason((name, reason) for _check, name, reason in each)
    return Refused(
        "Nobody leaves yet. Something stands against {n} of {all}.",
        field="plan_ids",
        reasons=grouped,
        whom=whom,
        n=sum(map(bool, found.values())),
        all=len(found),
    )
