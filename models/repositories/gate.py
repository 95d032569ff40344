"""The leave by which somebody may go out, and the absence that a going out is."""

from sqlalchemy import select

from models.entities.absences import Absence
from models.entities.gate import PlannedLeave
from models.entities.programmes import Programme
from models.entities.stays import Stay
from models.ids import AbsenceId, StayId
from models.rules.gate import check_guarded, holding
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime
from models.store.unit_of_work import UnitOfWork


def regime_of(unit: UnitOfWork, stay: Stay) -> Regime:
    """Whether people are detained under the programme of a stay."""
    return unit.session.get_one(Programme, stay.programme_id).regime


def leave_at(unit: UnitOfWork, stay_id: StayId, moment: Moment, kind: AbsenceKind | None = None) -> PlannedLeave | None:
    """The leave by which somebody may go out at a moment, that nobody went by yet; of a kind, or of any."""
    mine = select(PlannedLeave).where(
        PlannedLeave.stay_id == stay_id, PlannedLeave.called_off.is_(None), PlannedLeave.absence_id.is_(None)
    )
    if kind is not None:
        mine = mine.where(PlannedLeave.kind == kind)
    return holding(unit.session.scalars(mine.order_by(PlannedLeave.id)), moment)


def go_out(unit: UnitOfWork, row: Absence, leave: PlannedLeave | None) -> AbsenceId:
    """Write the absence of somebody who goes out, and with it the leave by which they do.

    Raises:
        Refused: Of the field `escort`: the person is detained, and goes alone without a leave that was decided on.
    """
    stay = unit.session.get_one(Stay, row.stay_id)
    if row.end is None:  # who is back is back, whoever went along
        check_guarded(regime_of(unit, stay), escort=row.escort, is_decided=leave is not None)
    unit.session.add(row)
    unit.session.flush()
    if leave is not None and leave.absence_id is None:
        leave.absence_id = row.id
    return row.id


def has_leave(unit: UnitOfWork, absence_id: AbsenceId) -> bool:
    """Whether an absence began by a leave that was decided on."""
    return unit.session.scalar(select(PlannedLeave.id).where(PlannedLeave.absence_id == absence_id)) is not None


def give_leave_back(unit: UnitOfWork, absence_id: AbsenceId) -> None:
    """Let the leave by which an absence began be there to go by again."""
    for leave in unit.session.scalars(select(PlannedLeave).where(PlannedLeave.absence_id == absence_id)).all():
        leave.absence_id = None
    unit.session.flush()
