"""What is put right of who had which bed: corrected, taken back, entered of a time that is past."""

from sqlalchemy import select

from models.entities.departures import Ending
from models.entities.rooms import Placement
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import BedId, PlacementId, StayId
from models.repositories.rooms import bed_to_give, check, give
from models.repositories.stays import is_free, keep_what_ended, known_stay
from models.rules.entry import needed, the_mistake
from models.rules.people import DESK
from models.rules.time import Interval, Moment
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("rooms.correct", about="placement_id", of=Placement.stay_id, roles=DESK, told=N_("Corrected who had a bed"))
def correct(
    unit: UnitOfWork,
    *,
    placement_id: PlacementId,
    bed_id: BedId,
    start: Moment,
    reason: str,
    end: Moment | None = None,
    version: int | None = None,
) -> None:
    """Put right which bed somebody had, and from when to when; the beds just before and after give or take the time.

    Args:
        unit: The transaction.
        placement_id: Who had which bed.
        bed_id: The right bed.
        start: From when on they really had it.
        reason: How that is known.
        end: Until when; None: they still have it.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: It is as it stands, somebody else had the bed then, it lies outside the stay, or there is no reason.
        Conflict: Somebody else has changed it in the meantime.
    """
    row = _placement(unit, placement_id)
    unit.check_version(row, version)
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    if (row.bed_id, row.start, row.end) == (bed_id, start, end):
        raise Refused("Nothing is different from before. Correct something, or go back.")
    _check_within(unit, row.stay, start, end)
    former = row.interval
    others = select(Placement).where(Placement.stay_id == row.stay_id, Placement.id != row.id)
    beside = unit.session.scalars(others).all()
    before = next((other for other in beside if other.end == former.start), None)
    after = next((other for other in beside if other.start == former.end), None) if former.end is not None else None
    if before is not None and start.surely_before(before.start):
        raise Refused("They have had another bed since {day}. Correct that first.", field="start", day=before.start.on)
    if after is not None and end is not None and after.end is not None and after.end.surely_before(end):
        raise Refused("They had another bed until {day}. Correct that first.", field="end", day=after.end.on)
    # The guards look at each row as it is written: who has less time than before comes first.
    if before is not None and start.surely_before(former.start):
        before.end = start
    if after is not None and end is not None and former.end is not None and former.end.surely_before(end):
        after.start = end
    unit.session.flush()
    if row.bed_id != bed_id:
        row.exceptions = []
    row.bed_id = bed_to_give(unit, row.stay_id, bed_id, Interval(start, end)).id
    row.start, row.end = start, end
    unit.session.flush()
    if before is not None:
        before.end = start
    if after is not None and end is not None:
        after.start = end
    check(unit, [row], reason)
    keep_what_ended(unit, row, former.end)


@action(
    "rooms.take_back",
    about="placement_id",
    of=Placement.stay_id,
    roles=DESK,
    told=N_("Took back who had a bed"),
)
def take_back(unit: UnitOfWork, *, placement_id: PlacementId, reason: str) -> bool:
    """Take back that somebody got a bed: the bed before goes on, where nobody else has it since.

    Args:
        unit: The transaction.
        placement_id: Who got which bed.
        reason: What the mistake was.

    Returns:
        Whether the person has another bed for that time.

    Raises:
        Refused: It is not there, or there is no reason.
    """
    row = _placement(unit, placement_id)
    unit.note(reason=the_mistake(reason))
    end, former = row.end, _before(unit, row)
    ending = unit.session.get(Ending, row.stay_id)
    has_ended_with = ending is not None and ending.placement_id == row.id
    if ending is not None and has_ended_with:
        ending.placement_id = None
    unit.session.flush()
    unit.session.delete(row)
    unit.session.flush()
    if former is None or not is_free(unit, former, Interval(former.start, end)):
        return False
    former.end = end
    if has_ended_with:
        keep_what_ended(unit, former)
    return True


@action("rooms.take_back_free", about="placement_id", of=Placement.stay_id, roles=DESK, told=N_("Gave the bed back"))
def take_back_free(unit: UnitOfWork, *, placement_id: PlacementId, reason: str) -> None:
    """Take back that a bed was freed: the person has it as before.

    Raises:
        Refused: The stay is over, they have it still, somebody else has it since, or there is no reason.
    """
    row = _placement(unit, placement_id)
    unit.note(reason=the_mistake(reason))
    stay_for_bed(unit, row.stay_id)
    if row.end is None:
        raise Refused("They have this bed still; there is nothing to take back.", field="placement_id")
    row.end = None
    check(unit, [row], reason)


@action(
    "rooms.take_back_several",
    about="placement_ids",
    of=Placement.stay_id,
    roles=DESK,
    told=N_("Took back that several people got beds"),
)
def take_back_several(unit: UnitOfWork, *, placement_ids: tuple[PlacementId, ...], reason: str) -> None:
    """Take back that several people got beds: all are where they were before.

    Raises:
        Refused: One of them was moved since, somebody else has a bed of theirs since, or there is no reason.
    """
    unit.note(reason=the_mistake(reason))
    rows = [_placement(unit, placement_id) for placement_id in placement_ids]
    former = [(_before(unit, row), row.start, row.end) for row in rows]
    for row in rows:
        if row.end is not None:
            raise Refused("They were moved again since. Correct their beds one by one.", field="placement_ids")
        unit.session.delete(row)
    unit.session.flush()
    for before, start, end in former:
        if before is None:
            continue
        if not is_free(unit, before, Interval(start, end)):
            raise Refused(
                "A bed that they had before is taken, out of use or not for them any more. Move them one by one.",
                field="placement_ids",
            )
        before.end = end
        unit.session.flush()


def stay_for_bed(unit: UnitOfWork, stay_id: StayId) -> Stay:
    """The stay of somebody who is given or frees a bed now.

    Raises:
        Refused: It is over, or not there.
    """
    stay = known_stay(unit, stay_id)
    if stay.departed_on is not None:
        raise Refused(
            "This stay ended on {day}. Beds of that time are entered and corrected on the page of the resident.",
            field="stay_id",
            day=stay.departed_on,
        )
    return stay


def enter_past(unit: UnitOfWork, stay: Stay, bed_id: BedId, had: Interval, reason: str) -> PlacementId:
    """Enter a bed that somebody had once; it may be out of use or removed by now."""
    _check_within(unit, stay, had.start, had.end, begins="moment")
    row = give(unit, stay, bed_id, had.start, reason=reason, end=had.end)
    check(unit, [row], reason)
    keep_what_ended(unit, row)
    return row.id


def _before(unit: UnitOfWork, row: Placement) -> Placement | None:
    """The bed that somebody had until they got another one."""
    others = unit.session.scalars(
        select(Placement)
        .where(Placement.stay_id == row.stay_id, Placement.id != row.id)
        .order_by(Placement.from_on.desc(), Placement.from_at.desc().nulls_last(), Placement.id.desc())
    )
    return next((other for other in others if other.end == row.start), None)


def _placement(unit: UnitOfWork, placement_id: PlacementId) -> Placement:
    row = unit.session.get(Placement, placement_id)
    if row is None:
        raise Refused("This is not there any more. Close the form and look at the page.", field="placement_id")
    return row


def _check_within(unit: UnitOfWork, stay: Stay, start: Moment, end: Moment | None, *, begins: str = "start") -> None:
    """Refuse a bed outside the stay, in the future, or that ends before it begins; `begins` names the field `start`."""
    for moment, field in ((start, begins), (end, "end")):
        if moment is None:
            continue
        if unit.moment.surely_before(moment):
            raise Refused("Enter a time that is not in the future.", field=field)
        if stay.departed is not None and stay.departed.surely_before(moment):
            raise Refused("They left on {day}. Enter an earlier time.", field=field, day=stay.departed.on)
    if start.surely_before(stay.arrived):
        raise Refused("They arrived on {day}. A bed can be given from then on.", field=begins, day=stay.arrived_on)
    if end is None and stay.departed is not None:
        raise Refused("They left on {day}. Enter until when they had the bed.", field="end", day=stay.departed.on)
    if end is not None and end.surely_before(start):
        raise Refused("The end lies before the beginning. Correct one of them.", field="end")
