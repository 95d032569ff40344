"""Keeping somebody apart from others: why, by whom, from when to when, and how health staff saw them meanwhile."""

from sqlalchemy import select

from models.actions.entering import entering
from models.entities.separations import HealthVisit, Separation
from models.entities.stays import Stay
from models.errors import Refused
from models.repositories.stays import known_stay
from models.rules.people import CHECKS, DECIDES
from models.rules.time import Moment
from models.store.unit_of_work import UnitOfWork
from models.text import N_


def _check_happened(unit: UnitOfWork, stay: Stay, moment: Moment, field: str) -> None:
    if unit.moment.surely_before(moment):
        raise Refused("Enter a time that is not in the future.", field=field)
    if moment.surely_before(stay.arrived):
        raise Refused("They arrived on {day}. Enter a later time.", field=field, day=stay.arrived_on)
    if stay.departed is not None and stay.departed.surely_before(moment):
        raise Refused("They left on {day}. Enter an earlier time.", field=field, day=stay.departed_on)


def _check_separation(unit: UnitOfWork, row: Separation) -> None:
    stay = known_stay(unit, row.stay_id)
    _check_happened(unit, stay, row.began, "began")
    if row.ended is not None:
        _check_happened(unit, stay, row.ended, "ended")
        if row.ended.surely_before(row.began):
            raise Refused("The end lies before the beginning. Correct one of them.", field="ended")
    others = select(Separation).where(Separation.stay_id == row.stay_id, Separation.id != row.id)
    if any(row.interval.overlaps(other.interval) for other in unit.session.scalars(others)):
        raise Refused("This person is kept apart already at that time. End or correct that first.", field="began")


def _check_visit(unit: UnitOfWork, row: HealthVisit) -> None:
    _check_happened(unit, known_stay(unit, row.stay_id), row.seen, "seen")
    of_stay = unit.session.scalars(select(Separation).where(Separation.stay_id == row.stay_id))
    if not any(
        each.began.on <= row.seen.on and (each.ended is None or row.seen.on <= each.ended.on) for each in of_stay
    ):
        raise Refused("This person was not kept apart on that day. Enter another day.", field="seen")


SEPARATIONS = entering(
    "separations",
    Separation,
    owner=Separation.stay_id,
    roles=DECIDES,
    told=(N_("Kept the person apart from others"), N_("Corrected or ended a separation"), N_("Took a separation back")),
    check=_check_separation,
)
VISITS = entering(
    "health_visits",
    HealthVisit,
    owner=HealthVisit.stay_id,
    roles=CHECKS,
    told=(
        N_("Entered that health staff saw the person"),
        N_("Corrected when health staff saw the person"),
        N_("Took back that health staff saw the person"),
    ),
    check=_check_visit,
)
