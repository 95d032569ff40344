"""What is done at the gate: somebody goes out, and leaves are decided on beforehand. Who comes in has returned."""

from models.entities.absences import Absence
from models.entities.gate import PlannedLeave
from models.errors import Refused
from models.ids import AbsenceId, LeaveId, StayId
from models.repositories.gate import go_out, leave_at, regime_of
from models.repositories.stays import open_stay
from models.rules import absences, gate
from models.rules.entry import needed
from models.rules.people import DECIDES, DESK
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("gate.out", about="stay_id", roles=DESK, told=N_("Let the person out at the gate"))
def out(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    kind: AbsenceKind | None = None,
    place: str = "",
    escort: str = "",
    due_back: Moment | None = None,
    reason: str = "",
) -> AbsenceId:
    """Let somebody out now: by the leave that was decided on, else until the hour that the house sets.

    Args:
        unit: The transaction.
        stay_id: The stay, which is open.
        kind: Why; None: as the leave says, else just out.
        place: Where to; empty: as the leave says.
        escort: Who goes along; empty: as the leave says.
        due_back: When the person must be back; None: as the leave says, else by the hour of the house.
        reason: Why somebody who is detained goes out without a leave that was decided on; it stands in the note.

    Returns:
        The absence that it is.

    Raises:
        Refused: The house keeps no gate, the person is away already, or is detained and has neither a leave nor an
            escort with a reason.
    """
    if not unit.facility.uses_gate:
        raise Refused(
            "This house keeps no gate. An administrator turns it on under Administration, with Change the facility."
        )
    stay = open_stay(unit, stay_id)
    leave, now, regime = leave_at(unit, stay_id, unit.moment, kind), unit.moment, regime_of(unit, stay)
    if regime is Regime.DETAINED and leave is None:
        gate.check_guarded(regime, escort=escort, is_decided=False)
        needed(reason, Refused("Say why the person goes out.", field="reason"))
    usual = AbsenceKind.OTHER if regime is Regime.DETAINED else AbsenceKind.OUT
    row = Absence(
        stay_id=stay_id,
        kind=kind or (usual if leave is None else leave.kind),
        place=place.strip() or ("" if leave is None else leave.place),
        escort=escort.strip() or ("" if leave is None else leave.escort),
        start=now,
        due_back=due_back
        or (gate.due_back(now, unit.facility.back_by, unit.zone) if leave is None else leave.due_back),
        note=reason.strip(),
    )
    absences.check_absence(
        stay.interval, kind=row.kind, regime=regime, left=now, due_back=row.due_back, returned=None, now=now
    )
    return go_out(unit, row, leave)


@action("gate.plan_leave", about="stay_id", roles=DECIDES, told=N_("Decided on a leave"))
def plan_leave(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    kind: AbsenceKind,
    reason: str,
    start: Moment,
    due_back: Moment,
    place: str = "",
    escort: str = "",
) -> LeaveId:
    """Decide beforehand that somebody may go out.

    Args:
        unit: The transaction.
        stay_id: The stay, which is open.
        kind: On leave, to hospital, to court or elsewhere.
        reason: Why.
        start: From when on the person may go.
        due_back: When the person must be back.
        place: Where to: the address.
        escort: Who goes along; where people are detained and nobody does, this is the decision that they go alone.

    Raises:
        Refused: It lies in the past, its times do not follow each other, or there is no reason.
    """
    stay = open_stay(unit, stay_id)
    _check(unit, stay_id, kind=kind, reason=reason, start=start, due_back=due_back)
    if start.surely_before(stay.arrived):
        raise Refused("The person arrived on {day}. Enter a later time.", field="start", day=stay.arrived.on)
    row = PlannedLeave(
        stay_id=stay_id,
        kind=kind,
        reason=reason.strip(),
        place=place.strip(),
        escort=escort.strip(),
        start=start,
        due_back=due_back,
        decided_by=unit.person.id,
        decided_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


@action("gate.change_leave", about="leave_id", of=PlannedLeave.stay_id, roles=DECIDES, told=N_("Changed a leave"))
def change_leave(
    unit: UnitOfWork,
    *,
    leave_id: LeaveId,
    kind: AbsenceKind,
    reason: str,
    start: Moment,
    due_back: Moment,
    why: str,
    place: str = "",
    escort: str = "",
    version: int | None = None,
) -> None:
    """Decide anew on a leave by which nobody went yet.

    Args:
        unit: The transaction.
        leave_id: The leave.
        kind: As of `plan_leave`, and so are the others.
        reason: Why the person goes.
        start: From when on.
        due_back: Until when.
        why: Why the decision is another one.
        place: Where to.
        escort: Who goes along.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: The person went by it, it was called off, nothing is different, it cannot be, or it is not said why.
        Conflict: Somebody else has changed the leave in the meantime.
    """
    row = _waiting(unit, leave_id)
    unit.check_version(row, version)
    unit.note(reason=needed(why, Refused("Say why the leave is changed.", field="why")))
    _check(unit, row.stay_id, kind=kind, reason=reason, start=start, due_back=due_back)
    before = (row.kind, row.reason, row.start, row.due_back, row.place, row.escort)
    after = (kind, reason.strip(), start, due_back, place.strip(), escort.strip())
    if after == before:
        raise Refused("Nothing is different from before. Correct something, or go back.")
    row.kind, row.reason, row.start, row.due_back, row.place, row.escort = after
    row.decided_by, row.decided_at = unit.person.id, unit.now


@action("gate.call_off", about="leave_id", of=PlannedLeave.stay_id, roles=DECIDES, told=N_("Called a leave off"))
def call_off(unit: UnitOfWork, *, leave_id: LeaveId, reason: str) -> None:
    """Decide that a leave by which nobody went yet does not take place; it stays to be read.

    Raises:
        Refused: The person went by it, it was called off already, or there is no reason.
    """
    row = _waiting(unit, leave_id)
    row.called_off = needed(reason, Refused("Say why the leave is called off.", field="reason"))
    unit.note(reason=row.called_off)


@action("gate.let_hold", about="leave_id", of=PlannedLeave.stay_id, roles=DECIDES, told=N_("Let a leave hold again"))
def let_hold(unit: UnitOfWork, *, leave_id: LeaveId, reason: str) -> None:
    """Decide that a leave that was called off takes place after all.

    Raises:
        Refused: It holds, or there is no reason.
    """
    row = _leave(unit, leave_id)
    unit.note(reason=needed(reason, Refused("Say why the leave holds after all.", field="reason")))
    if row.called_off is None:
        raise Refused("This leave holds; there is nothing to take back.", field="leave_id")
    row.called_off = None


def _check(
    unit: UnitOfWork, stay_id: StayId, *, kind: AbsenceKind, reason: str, start: Moment, due_back: Moment
) -> None:
    regime = regime_of(unit, open_stay(unit, stay_id))
    gate.check_leave(kind=kind, regime=regime, reason=reason, start=start, due_back=due_back, now=unit.moment)


def _waiting(unit: UnitOfWork, leave_id: LeaveId) -> PlannedLeave:
    row = _leave(unit, leave_id)
    if row.absence_id is not None:
        raise Refused(
            "The person went out by this leave. Correct the absence instead, on the page of the resident.",
            field="leave_id",
        )
    if row.called_off is not None:
        raise Refused("This leave was called off. Plan another one.", field="leave_id")
    return row


def _leave(unit: UnitOfWork, leave_id: LeaveId) -> PlannedLeave:
    row = unit.session.get(PlannedLeave, leave_id)
    if row is None:
        raise Refused("This is not there any more. Close the form and look at the page.", field="leave_id")
    return row
