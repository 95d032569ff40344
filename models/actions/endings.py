"""How a stay ends: departures that were planned, what ends a stay without a plan, and what was wrong about it."""

from collections.abc import Sequence
from datetime import date

from models.actions.departures import open_plan
from models.entities.departures import Plan
from models.errors import Refused
from models.ids import PlanId, StayId
from models.repositories import departures as plans
from models.repositories import stays
from models.rules import departures as rules
from models.rules import leaving
from models.rules.people import DECIDES, DESK, reads
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, SealedKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, message


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
    """End the stay of somebody who escaped.

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
    if order_date is not None and order_date > moment.on:
        raise Refused("The order cannot be dated after the release.", field="order_date")
    facts = {
        "authority": authority,
        "order_number": order_number,
        "order_date": "" if order_date is None else order_date.isoformat(),
        "note": note,
    }
    stays.end_without_plan(unit, stay_id, DepartureKind.RELEASE_BY_ORDER, moment, facts)


@action("departures.undo", about="stay_id", roles=DECIDES, told=N_("Took the departure back"))
def undo(unit: UnitOfWork, *, stay_id: StayId, reason: str) -> bool:
    """Take back a departure that was recorded by mistake today: the stay goes on, with its plan, bed and absence.

    Args:
        unit: The transaction.
        stay_id: The stay.
        reason: What the mistake was.

    Returns:
        Whether the person has the bed again; False where it was given to somebody else, or there was none.

    Raises:
        Refused: It was not recorded today, the person came back since, the month is issued, or there is no reason.
    """
    return stays.take_back(unit, stay_id, reason)


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
    reasons: list[Message] = []
    for row in rows:
        each = loaded[row.id]
        found = leaving.refusals(each.facts, leaving=leavers, tells_findings=tells_findings)
        reasons += [message("{name}: {reason}", name=each.name, reason=why) if len(rows) > 1 else why for why in found]
    if reasons:
        if tells_findings:
            unit.tells_of(SealedKind.CHECK)  # the reasons say in full what stands against it
        raise Refused("This departure cannot be recorded yet.", field="plan_ids", reasons=reasons)
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
