"""What begins with an arrival, the first bed, the days of reviews, and how it moves with the right one."""

from datetime import timedelta

from sqlalchemy import select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.rooms import Placement
from models.entities.stays import Stay
from models.errors import Refused
from models.repositories.limits import following
from models.rules.kept import stored
from models.rules.stays import check_correction
from models.rules.time import Moment
from models.store.unit_of_work import UnitOfWork
from models.text import message


def correct_arrival(unit: UnitOfWork, stay: Stay, arrived: Moment, reason: str) -> None:
    """Put right when a person arrived, and what began with it: the first bed, reviews, a limit of the programme.

    Raises:
        Refused: The new arrival cannot be, or would leave an absence outside.
    """
    programme = unit.session.get_one(Programme, stay.programme_id)
    check_correction(stay.interval, arrived, unit.moment)
    old = stay.arrived
    later = old.surely_before(arrived)
    with following(unit, [stay.resident_id], reason):
        if later:
            _check_absences(unit, stay, arrived)
            _check_reviews(stay, arrived)
            _move_first_bed(unit, stay, old, arrived)
        stay.arrived = arrived
        unit.session.flush()
        if not later:
            _move_first_bed(unit, stay, old, arrived)
        _move_reviews(unit, stay, arrived.on - old.on)
    _flag_outside_window(stay, programme, reason)


def _check_absences(unit: UnitOfWork, stay: Stay, arrived: Moment) -> None:
    for row in unit.session.scalars(select(Absence).where(Absence.stay_id == stay.id)):
        if row.start.surely_before(arrived):
            raise Refused("The person left the house on {day}, before this arrival.", field="arrived", day=row.start.on)


def _check_reviews(stay: Stay, arrived: Moment) -> None:
    held = [row.held_on for row in stay.reviews if row.held_on < arrived.on]
    if held:
        raise Refused(
            "A review was held on {day}, before this arrival. Correct it or take it back first.",
            field="arrived",
            day=min(held),
        )


def _move_first_bed(unit: UnitOfWork, stay: Stay, old: Moment, arrived: Moment) -> None:
    """Let the bed that began with the arrival begin with the right one."""
    for row in unit.session.scalars(select(Placement).where(Placement.stay_id == stay.id)):
        if row.start == old:
            if row.end is not None and row.end.surely_before(arrived):
                raise Refused(
                    "They had a bed until {day}, before this arrival. Correct or take back what was entered of that "
                    "bed first, or enter an earlier time.",
                    field="arrived",
                    day=row.end.on,
                )
            row.start = arrived
    unit.session.flush()


def _move_reviews(unit: UnitOfWork, stay: Stay, by: timedelta) -> None:
    """Move the due days of held reviews with the arrival; away from each other first, since no two may be equal."""
    for row in sorted(stay.reviews, key=lambda review: review.due_on, reverse=by > timedelta()):
        row.due_on += by
        unit.session.flush()


def _flag_outside_window(stay: Stay, programme: Programme, reason: str) -> None:
    inside = programme.window_start <= stay.arrived_on and (
        programme.window_end is None or stay.arrived_on <= programme.window_end
    )
    if inside or stay.emergency_reasons or stay.source_key is not None:
        return
    stay.emergency_reasons = stored(
        [message("The arrival was put right and lies outside the dates of the agreement: {reason}", reason=reason)]
    )
