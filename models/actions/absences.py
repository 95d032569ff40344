"""What a clerk enters when somebody leaves the house for a while, and when they are back."""

from models.entities.absences import Absence
from models.entities.departures import Ending
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import AbsenceId, StayId
from models.repositories.gate import give_leave_back, go_out, has_leave, leave_at, regime_of
from models.repositories.stays import keep_what_ended, known_stay
from models.rules import absences as rules
from models.rules.entry import needed, the_mistake
from models.rules.gate import check_guarded
from models.rules.people import DESK
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("absences.record", about="stay_id", roles=DESK, told=N_("Entered an absence"))
def record(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    kind: AbsenceKind,
    left: Moment,
    due_back: Moment,
    returned: Moment | None = None,
    place: str = "",
    escort: str = "",
    note: str = "",
) -> AbsenceId:
    """Enter that somebody has left the house for a while, or was away once and it was forgotten.

    Args:
        unit: The transaction.
        stay_id: The stay; it is open where the person is away still.
        kind: Why.
        left: When the person left.
        due_back: When the person must be back; from then on they are overdue.
        returned: When they came back, where that is past; None: they are away.
        place: Where to.
        escort: Who goes along; somebody who is detained does not go alone, unless a leave was decided on.
        note: Anything worth knowing.

    Raises:
        Refused: It lies in the future or outside the stay, the due return does not follow, the person is away already,
            or is detained and goes alone; with the field that is at fault.
    """
    _check(unit, known_stay(unit, stay_id), kind, left, due_back, returned)
    row = Absence(
        stay_id=stay_id,
        kind=kind,
        place=place.strip(),
        start=left,
        due_back=due_back,
        end=returned,
        escort=escort.strip(),
        note=note.strip(),
    )
    absence_id = go_out(unit, row, leave_at(unit, stay_id, left, kind))
    keep_what_ended(unit, row)
    return absence_id


@action("absences.return_", about="absence_id", of=Absence.stay_id, roles=DESK, told=N_("Entered the return"))
def return_(unit: UnitOfWork, *, absence_id: AbsenceId, returned: Moment) -> None:
    """Enter that somebody is back.

    Raises:
        Refused: It lies in the future or before the person left, or it was entered already.
    """
    row = _absence(unit, absence_id)
    rules.check_return(row.interval, returned, unit.moment)
    row.end = returned


@action(
    "absences.change_due",
    about="absence_id",
    of=Absence.stay_id,
    roles=DESK,
    told=N_("Changed when the person is due back"),
)
def change_due(
    unit: UnitOfWork, *, absence_id: AbsenceId, due_back: Moment, reason: str, version: int | None = None
) -> None:
    """Let somebody who is away come back at another time.

    Args:
        unit: The transaction.
        absence_id: The absence; it must not be over.
        due_back: The new time.
        reason: Why; it stands in the trail, since who was overdue by the old time may not be by the new one.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: The person is back, the time does not follow on the leaving, or there is no reason.
        Conflict: Somebody else has changed the absence in the meantime.
    """
    row = unit.session.get_one(Absence, absence_id)
    unit.check_version(row, version)
    unit.note(reason=needed(reason, Refused("Say why the time is changed.", field="reason")))
    if row.end is not None:
        raise Refused("The person came back on {day}. Correct the absence instead.", field="due_back", day=row.end.on)
    rules.check_due(row.start, due_back)
    row.due_back = due_back


@action("absences.correct", about="absence_id", of=Absence.stay_id, roles=DESK, told=N_("Corrected an absence"))
def correct(
    unit: UnitOfWork,
    *,
    absence_id: AbsenceId,
    kind: AbsenceKind,
    left: Moment,
    due_back: Moment,
    reason: str,
    returned: Moment | None = None,
    place: str = "",
    escort: str = "",
    note: str = "",
    version: int | None = None,
) -> None:
    """Put right why, where to and from when to when somebody was away; also of a stay that is over.

    Args:
        unit: The transaction.
        absence_id: The absence.
        kind: Why the person was really away.
        left: When the person really left.
        due_back: When the person was to be back.
        reason: How that is known.
        returned: When the person really came back; None: the person is away.
        place: Where to.
        escort: Who goes along.
        note: Anything worth knowing.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: It is as it stands, it cannot be, or there is no reason.
        Conflict: Somebody else has changed the absence in the meantime.
    """
    row = _absence(unit, absence_id)
    unit.check_version(row, version)
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    _check(unit, row.stay, kind, left, due_back, returned)
    if row.escort and returned is None:  # what was asked for on the way out is not taken away afterwards
        check_guarded(regime_of(unit, row.stay), escort=escort, is_decided=has_leave(unit, row.id))
    before = (row.kind, row.start, row.due_back, row.end, row.place, row.escort, row.note)
    after = (kind, left, due_back, returned, place.strip(), escort.strip(), note.strip())
    if after == before:
        raise Refused("Nothing is different from before. Correct something, or go back.")
    row.kind, row.start, row.due_back, row.end, row.place, row.escort, row.note = after
    keep_what_ended(unit, row, before[3])


@action("absences.take_back", about="absence_id", of=Absence.stay_id, roles=DESK, told=N_("Took an absence back"))
def take_back(unit: UnitOfWork, *, absence_id: AbsenceId, reason: str) -> None:
    """Take back an absence of somebody who was not away.

    Raises:
        Refused: It is not there, or there is no reason.
    """
    row = _absence(unit, absence_id)
    unit.note(reason=the_mistake(reason))
    ending = unit.session.get(Ending, row.stay_id)
    if ending is not None and ending.absence_id == row.id:
        ending.absence_id = None
        unit.session.flush()
    give_leave_back(unit, row.id)
    unit.session.delete(row)


@action(
    "absences.take_back_return", about="absence_id", of=Absence.stay_id, roles=DESK, told=N_("Took the return back")
)
def take_back_return(unit: UnitOfWork, *, absence_id: AbsenceId, reason: str) -> None:
    """Take back that somebody is back: the person is away as before.

    Raises:
        Refused: The person is away, the stay is over, or there is no reason.
    """
    row = _absence(unit, absence_id)
    unit.note(reason=the_mistake(reason))
    if row.end is None:
        raise Refused("The person is away still; there is nothing to take back.", field="absence_id")
    if row.stay.departed is not None:
        raise Refused(
            "The stay ended on {day}. Correct the absence instead.", field="absence_id", day=row.stay.departed.on
        )
    row.end = None


def _check(
    unit: UnitOfWork, stay: Stay, kind: AbsenceKind, left: Moment, due_back: Moment, returned: Moment | None
) -> None:
    rules.check_absence(
        stay.interval,
        kind=kind,
        regime=regime_of(unit, stay),
        left=left,
        due_back=due_back,
        returned=returned,
        now=unit.moment,
    )


def _absence(unit: UnitOfWork, absence_id: AbsenceId) -> Absence:
    row = unit.session.get(Absence, absence_id)
    if row is None:
        raise Refused("This is not there any more. Close the form and look at the page.", field="absence_id")
    return row
