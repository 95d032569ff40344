"""How somebody is to leave: departure plans and their checks; how a stay ends is `models.actions.endings`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from models.entities.departures import Check, Plan
from models.entities.documents import Document
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import CheckId, DocumentId, PlanId, StayId
from models.repositories import departures as plans
from models.repositories import stays
from models.repositories.safeguards import add_note
from models.rules import departures as rules
from models.rules import leaving
from models.rules.people import CARES, CHECKS, DECIDES, reads
from models.rules.vocabulary import SEALED_CHECKS, CheckKind, DepartureKind, PlanState, SealedKind
from models.store.declaring import Declared, action
from models.store.sealing import changed_outside, salted, unsalted
from models.store.unit_of_work import UnitOfWork
from models.text import N_

ENTER_SEALED_CHECK = Declared(name="departures.enter_sealed_check", roles=CARES)
"""What `enter_check` asks for where the finding is sealed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a sealed check has found."""

    passed: bool
    note: str
    details: Mapping[str, str]
    late_reason: str = ""


@action("departures.plan", about="stay_id", roles=DECIDES, told=N_("Planned the departure"))
def plan(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    kind: DepartureKind,
    planned_on: date,
    country: str | None = None,
    place: str = "",
    note: str = "",
    what_changed: str = "",
) -> PlanId:
    """Plan how and when somebody leaves; or, of who has left, how they really did, so that it can be corrected.

    The plan of who has left stands as one that came to nothing until the departure is corrected to its kind.

    Args:
        unit: The transaction.
        stay_id: The stay; it has no open plan.
        kind: One that the programme permits.
        planned_on: The local date of travel.
        country: ISO 3166 alpha-2; None: the partner's where the kind says so, else not recorded.
        place: The town.
        note: Anything worth knowing, such as the flight.
        what_changed: Needed where a risk has stopped such a plan before: what is different now, and who found so. The
            new plan asks for a new non-refoulement check all the same. It is kept as a sealed note of the person.

    Raises:
        Refused: The programme does not permit the kind, a risk has closed it, something is missing, or the departure
            came in with a file, and needs no plan since no risk was found.
    """
    stay = stays.known_stay(unit, stay_id)
    way = leaving.way_of(kind, country, stays.origins(unit, stay))
    if stay.departed is not None and stays.has_ended_by_file(unit, stay) and not _is_closed(unit, stay, way):
        raise Refused("This departure came in with a file. It is corrected without a plan.", field="stay_id")
    ways = plans.permitted(unit.connection)[stay.programme_id].kinds
    forbidden = rules.kind_objection(kind, ways)
    if forbidden is not None:
        raise Refused(forbidden.text, field="kind")
    if unit.session.scalars(_plan_of(stay_id)).first() is not None:
        raise Refused("There is an open plan for this stay. Change it, or cancel it first.", field="stay_id")
    _check_prospect(unit, stay, way, what_changed)
    state = PlanState.OPEN if stay.departed is None else PlanState.CANCELLED
    row = Plan(stay_id=stay_id, kind=kind, state=state, made_by=unit.person.id, made_at=unit.now)
    _lead(unit, row, stay, planned_on=planned_on, country=country, place=place, note=note)
    unit.session.add(row)
    unit.session.flush()
    add_note(unit, stay.resident_id, SealedKind.CHECK, what_changed)
    return row.id


@action(
    "departures.change_plan", about="plan_id", of=Plan.stay_id, roles=DECIDES, told=N_("Changed the departure plan")
)
def change_plan(
    unit: UnitOfWork,
    *,
    plan_id: PlanId,
    planned_on: date,
    country: str | None = None,
    place: str = "",
    note: str = "",
    version: int | None = None,
) -> tuple[CheckKind, ...]:
    """Move the day of travel or the destination of an open plan.

    Checks that were held for one country say nothing of another: consent, acceptance and the non-refoulement check
    must be held again when the country changes.

    Args:
        unit: The transaction.
        plan_id: The plan.
        planned_on: The local date of travel.
        country: ISO 3166 alpha-2; None: the partner's where the kind says so, else not recorded.
        place: The town.
        note: Anything worth knowing.
        version: The version that the form was filled in from; None: whatever is there.

    Returns:
        The kinds of the checks that must be held again.

    Raises:
        Refused: The plan is not open, the day lies before the arrival, or a risk has closed the country.
        Conflict: Somebody else has changed the plan in the meantime.
    """
    row = open_plan(unit, plan_id)
    unit.check_version(row, version)
    before, held, way = row.destination_country, _held_here(row), row.way
    _lead(unit, row, row.stay, planned_on=planned_on, country=country, place=place, note=note)
    for stop in plans.stopped(unit.connection, row.stay.resident_id):
        if leaving.closes(stop, row.way) and not leaving.closes(stop, way):
            unit.tells_of(SealedKind.CHECK)
            raise Refused(
                "A risk was found for this country. If something has changed since, cancel this plan, make a new one "
                "and say there what has changed.",
                field="country",
            )
    return () if row.destination_country == before else held


@action(
    "departures.cancel",
    about="plan_id",
    of=Plan.stay_id,
    roles=DECIDES,
    told=N_("Cancelled the departure plan"),
    kind=SealedKind.CHECK,  # why may rest on what was found, and a plan that was stopped shall look no different
)
def cancel(unit: UnitOfWork, *, plan_id: PlanId, reason: str) -> None:
    """Give up an open plan; its checks stay in the register.

    Raises:
        Refused: The plan is not open, or there is no reason.
    """
    row = open_plan(unit, plan_id)
    if not reason.strip():
        raise Refused("Say why the plan is cancelled.", field="reason")
    row.state, row.state_reason = PlanState.CANCELLED, reason.strip()


@action(
    "departures.stop",
    about="plan_id",
    of=Plan.stay_id,
    roles=CARES,
    told=N_("Stopped the departure plan"),
    kind=SealedKind.CHECK,
)
def stop(unit: UnitOfWork, *, plan_id: PlanId, who: str, note: str, held_on: date | None = None) -> CheckId:
    """Stop an open plan because a risk was found; it is the non-refoulement check that says so.

    Args:
        unit: The transaction.
        plan_id: The plan.
        who: Who found the risk.
        note: What was found. It is sealed: no paper shows it.
        held_on: The local date; today if None.

    Raises:
        Refused: The plan is not open or requires no such check, or something is missing.
    """
    row = open_plan(unit, plan_id)
    if not note.strip():
        raise Refused("Say what was found.", field="note")
    facts = rules.CheckFacts(CheckKind.NON_REFOULEMENT, held_on or unit.today, passed=False, who=who.strip())
    return _enter(unit, row, facts, {}, note, "", row.destination_country or "")


@action(
    "departures.look",
    about="check_id",
    of=Check.plan_id,
    roles=CARES,
    told=N_("Opened the finding of a check"),
    opens_sealed=True,
    kind=SealedKind.CHECK,
)
def look(unit: UnitOfWork, *, check_id: CheckId) -> Finding:
    """Open what a sealed check has found; that it was looked at stands in the trail.

    Raises:
        Refused: The check is not there or not sealed, or the role may not read it.
        Unavailable: It was changed outside Konak.
    """
    check = unit.session.get(Check, check_id)
    if check is None or check.kind not in SEALED_CHECKS:
        raise Refused("This check is not there any more.", field="check_id")
    said = json.loads(unit.unseal(SealedKind.CHECK, check, Check.finding))
    if check.outcome is not None and unsalted(check.outcome) is not said["passed"]:
        raise changed_outside()
    return Finding(said["passed"], said["note"], said["details"], said.get("late_reason", ""))


@action(
    "departures.enter_check",
    about="plan_id",
    of=Plan.stay_id,
    roles=CHECKS,
    told=N_("Entered a check for the departure"),
)
def enter_check(
    unit: UnitOfWork,
    *,
    plan_id: PlanId,
    kind: CheckKind,
    held_on: date,
    passed: bool,
    who: str,
    valid_until: date | None = None,
    details: Mapping[str, str] | None = None,
    document_id: DocumentId | None = None,
    note: str = "",
    late_reason: str = "",
    country: str | None = None,
) -> CheckId:
    """Enter a check of a plan. It takes the place of an earlier one of its kind, which stays in the register.

    A non-refoulement check that finds a risk stops an open plan at once. Once the person has left, a check that passed
    can still be entered with its own day, so that the departure can be corrected (rules.md, Departures).

    Args:
        unit: The transaction.
        plan_id: The plan.
        kind: What was checked.
        held_on: The local date of the check.
        passed: Whether it found what rules.md asks for.
        who: Who held it, signed or decided.
        valid_until: The last day on which it holds, where it says so; of a document what that says itself.
        details: What the kind requires to be stated, by the names of `models.rules.departures.FACT_LABELS`; of
            family unity `family`: one of `models.rules.leaving.Together`.
        document_id: Of a travel document: which one of the resident; it gives number and last day.
        note: Anything worth knowing.
        late_reason: Why it is entered later than it was held. Without it the check counts for no departure that took
            place before it was entered, and is recorded on a later day.
        country: For where it was held, ISO 3166 alpha-2, empty where that named none; None: for where the plan leads.
            Of a departure that is recorded this may be another country.

    Raises:
        Refused: The plan was cancelled or stopped, a date cannot be, something that must be stated is missing, a risk
            was found on a plan that requires no such check or of who has left, or the role may not enter what is
            sealed.
    """
    if kind in SEALED_CHECKS:
        unit.tells_of(SealedKind.CHECK)
        unit.person.check_may(ENTER_SEALED_CHECK)
    row = _plan_to_check(unit, plan_id)
    has_left = row.stay.departed is not None
    if has_left:
        leaving.check_late(passed=passed, late_reason=late_reason)
    where = leaving.held_for(country, row.leads_to, has_left=has_left)
    stated = {name: value.strip() for name, value in (details or {}).items() if value.strip()}
    if document_id is not None:
        number, expires_on = _document(unit, row.stay, document_id)
        stated["document_number"] = number
        if expires_on is not None and valid_until not in (None, expires_on):
            raise Refused(
                "The document says that it is valid until {day}. Leave this empty, or correct the document.",
                field="valid_until",
                day=expires_on,
            )
        valid_until = expires_on or valid_until
    facts = rules.CheckFacts(kind, held_on, passed, valid_until, None, who.strip())
    return _enter(unit, row, facts, stated, note, late_reason.strip(), where)


@action(
    "departures.withdraw_check",
    about="check_id",
    of=Check.plan_id,
    roles=CHECKS,
    told=N_("Withdrew a check for the departure"),
)
def withdraw_check(unit: UnitOfWork, *, check_id: CheckId, withdrawn_on: date | None = None) -> None:
    """Take back what was given: a consent up to the departure, or an acceptance.

    Args:
        unit: The transaction.
        check_id: The check that counts.
        withdrawn_on: The local date; today if None.

    Raises:
        Refused: The plan is not open, the check is another one's or is withdrawn, or the date cannot be.
    """
    check = unit.session.get(Check, check_id)
    if check is None:
        raise Refused("This check is not there any more.", field="check_id")
    row = open_plan(unit, check.plan_id, or_looks_open=True)
    if check.kind not in leaving.WITHDRAWABLE:
        raise Refused("Only a consent or an acceptance can be withdrawn. Enter a new check instead.", field="check_id")
    if check is not _current(row, check.kind) or check.withdrawn_on is not None or not check.passed:
        raise Refused("There is nothing to withdraw: this check does not count any more.", field="check_id")
    day = withdrawn_on or unit.today
    if not check.held_on <= day <= unit.today:
        raise Refused("Enter a day from {day} to today.", field="withdrawn_on", day=check.held_on)
    check.withdrawn_on = day


def _plan_to_check(unit: UnitOfWork, plan_id: PlanId) -> Plan:
    """A plan for which checks can be entered: it is open, or the person has left and how can be corrected."""
    row = _plan(unit, plan_id)
    is_known_stopped = row.state is PlanState.STOPPED and reads(unit.person.role, SealedKind.CHECK)
    if row.stay.departed is None or is_known_stopped:
        return open_plan(unit, plan_id, or_looks_open=True)
    return row


def _enter(
    unit: UnitOfWork,
    row: Plan,
    facts: rules.CheckFacts,
    details: Mapping[str, str],
    note: str,
    late_reason: str,
    country: str,
) -> CheckId:
    leaving.check_facts(facts, details, today=unit.today)
    passed, is_sealed = bool(facts.passed), facts.kind in SEALED_CHECKS
    if facts.kind is CheckKind.NON_REFOULEMENT and not passed:
        _stop(unit, row, facts)
    said = {"passed": passed, "note": note.strip(), "details": dict(details), "late_reason": late_reason}
    number = unit.number_for(Check)
    check = Check(
        id=number,
        plan_id=row.id,
        kind=facts.kind,
        held_on=facts.held_on,
        passed=None if is_sealed else passed,
        outcome=salted(passed) if is_sealed else None,
        valid_until=facts.valid_until,
        who=facts.who,
        details={} if is_sealed else dict(details),
        note="" if is_sealed else note.strip(),
        finding=unit.seal(json.dumps(said, ensure_ascii=False), Check.finding, number) if is_sealed else None,
        country=country,
        late_reason=None if not late_reason else "" if is_sealed else late_reason,
        entered_by=unit.person.id,
        entered_at=unit.now,
    )
    row.checks.append(check)
    unit.session.flush()
    return check.id


def _stop(unit: UnitOfWork, row: Plan, facts: rules.CheckFacts) -> None:
    """A risk was found: nobody leaves on this plan."""
    extra = plans.permitted(unit.connection)[row.stay.programme_id].extra.get(row.kind, ())
    if not rules.stops(row.kind, [facts], extra=extra):
        raise Refused(
            "This plan requires no non-refoulement check, so that a risk cannot stop it. Legal staff can keep what was "
            "found as a sealed note of the person.",
            field="passed",
        )
    row.state = PlanState.STOPPED


def _is_closed(unit: UnitOfWork, stay: Stay, way: leaving.Way) -> bool:
    made = unit.session.scalars(select(Plan).where(Plan.stay_id == stay.id)).all()
    return leaving.is_closed(made, plans.stopped(unit.connection, stay.resident_id, stay.arrived_on), way)


def _check_prospect(unit: UnitOfWork, stay: Stay, way: leaving.Way, what_changed: str) -> None:
    stops = plans.stopped(unit.connection, stay.resident_id)
    if any(leaving.closes(stop, way) for stop in stops) and not what_changed.strip():
        unit.tells_of(SealedKind.CHECK)
        raise Refused(
            "A risk was found: there is no prospect of leaving in this way. Choose another way, or say what has "
            "changed since and who found so.",
            field="what_changed",
        )


def _held_here(row: Plan) -> tuple[CheckKind, ...]:
    """The checks that are good so far, and must be held again where the plan leads to another country."""
    held = [check for kind in leaving.OF_THE_DESTINATION if (check := _current(row, kind)) is not None]
    return tuple(
        check.kind
        for check in held
        if check.passed is not False
        and check.withdrawn_on is None
        and not leaving.leads_elsewhere(check.kind, check.country, row.destination_country)
    )


def _current(row: Plan, kind: CheckKind) -> Check | None:
    return next((check for check in reversed(row.checks) if check.kind is kind), None)


def _plan_of(stay_id: StayId) -> Select[Plan]:
    return select(Plan).where(Plan.stay_id == stay_id, Plan.state == PlanState.OPEN)


def _plan(unit: UnitOfWork, plan_id: PlanId) -> Plan:
    """A plan of a stay that is there: of an arrival that was taken back nobody leaves."""
    row = unit.session.scalars(select(Plan).join(Plan.stay).where(Plan.id == plan_id)).one_or_none()
    if row is None:
        raise Refused("This plan is not there any more.", field="plan_id")
    return row


def open_plan(unit: UnitOfWork, plan_id: PlanId, *, or_looks_open: bool = False) -> Plan:
    """A plan that is open.

    Args:
        unit: The transaction.
        plan_id: Which one.
        or_looks_open: Whether one that was stopped will do for who may not know that: they go on with the other checks,
            and nobody leaves on it.

    Raises:
        Refused: It is not there, or not open.
    """
    row = _plan(unit, plan_id)
    state = row.state
    if state is PlanState.STOPPED and not reads(unit.person.role, SealedKind.CHECK):
        state = plans.state_told(unit.connection, plan_id)
        if state is PlanState.OPEN and not or_looks_open:
            raise Refused("Nothing can be done with this plan now. Ask a supervisor.", field="plan_id")
    if state is PlanState.STOPPED:
        unit.tells_of(SealedKind.CHECK)
    if state is not PlanState.OPEN:
        raise Refused(
            {
                PlanState.STOPPED: N_(
                    "A risk was found and this plan is stopped. Nothing can be done with it any more."
                ),
                PlanState.CANCELLED: N_("This plan was cancelled. Make a new one."),
                PlanState.DEPARTED: N_("This departure is recorded already."),
            }[state],
            field="plan_id",
        )
    return row


def _lead(
    unit: UnitOfWork, row: Plan, stay: Stay, *, planned_on: date, country: str | None, place: str, note: str
) -> None:
    """Write when and where a plan leads."""
    leaving.check_day(planned_on, arrived_on=stay.arrived_on)
    origins = stays.origins(unit, stay)
    row.destination_country = leaving.country_of(row.kind, country, origins)
    row.destination = leaving.destination_of(row.kind, row.destination_country, origins)
    row.destination_place, row.planned_on, row.note = place.strip(), planned_on, note.strip()


def _document(unit: UnitOfWork, stay: Stay, document_id: DocumentId) -> tuple[str, date | None]:
    document = unit.session.get(Document, document_id)
    if document is None or document.resident_id != stay.resident_id:
        raise Refused("This document is not there any more. Choose another.", field="document_id")
    return document.number, document.expires_on
