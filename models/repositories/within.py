"""What was entered of a stay with days of its own: none of it lies before the arrival, or after the departure."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto

from sqlalchemy import select

from models.entities.absences import Absence
from models.entities.departures import Ending
from models.entities.rooms import Placement
from models.entities.separations import HealthVisit, Separation
from models.entities.stays import Review, Stay
from models.errors import Refused
from models.rules.time import Interval, Moment
from models.store.unit_of_work import UnitOfWork
from models.text import N_


class _Entered(Enum):
    BED = auto()
    ABSENCE = auto()
    APART = auto()
    REVIEW = auto()


_BEFORE: Mapping[_Entered, str] = {  # the first bed moves with the arrival
    _Entered.ABSENCE: N_("The person left the house on {day}, before this arrival."),
    _Entered.APART: N_(
        "It is entered that the person was kept apart from others, or then seen by health staff, on {day}, before this "
        "arrival. Correct that or take it back first, or enter an earlier time."
    ),
    _Entered.REVIEW: N_("A review was held on {day}, before this arrival. Correct it or take it back first."),
}
_BED_OR_ABSENCE = N_(
    "A bed or an absence was entered for {day}, after this. Correct it or take it back first, or enter a later time."
)
_AFTER: Mapping[_Entered, str] = {
    _Entered.BED: _BED_OR_ABSENCE,
    _Entered.ABSENCE: _BED_OR_ABSENCE,
    _Entered.APART: N_(
        "It is entered that the person was kept apart from others, or then seen by health staff, on {day}, after this. "
        "Correct that or take it back first, or enter a later time."
    ),
    _Entered.REVIEW: N_("A review was held on {day}, after this departure. Correct it or take it back first."),
}


_Ends = Placement | Absence | Separation
"""What may have ended with a stay."""


def check_arrival(unit: UnitOfWork, stay: Stay, arrived: Moment) -> None:
    """Refuse an arrival after something that was entered of the stay.

    Raises:
        Refused: Of the field `arrived`.
    """
    for kind, _row, interval in _within(unit, stay):
        if kind in _BEFORE and interval.start.surely_before(arrived):
            raise Refused(_BEFORE[kind], field="arrived", day=interval.start.on)


def check_departure(unit: UnitOfWork, stay: Stay, moment: Moment) -> list[_Ends]:
    """Refuse a departure before something that was entered of the stay; only what ended with the stay moves with it.

    Returns:
        What ended with the stay.

    Raises:
        Refused: Of the field `moment`.
    """
    ended = []
    kept = unit.session.get(Ending, stay.id)
    for kind, row, interval in _within(unit, stay):
        moves = interval.end is not None and interval.end == stay.departed and _ended_with(row, kept)
        last = interval.start if moves or interval.end is None else interval.end
        if moment.surely_before(last):
            beyond = interval.start if moment.surely_before(interval.start) else last
            raise Refused(_AFTER[kind], field="moment", day=beyond.on)
        if moves and isinstance(row, _Ends):
            ended.append(row)
    return ended


def _ended_with(row: object, kept: Ending | None) -> bool:
    """Whether what ended at the departure did so because of it; where nothing was kept of that, the moment tells."""
    if isinstance(row, Placement):
        return kept is None or kept.placement_id == row.id
    if isinstance(row, Absence):
        return kept is None or kept.absence_id == row.id
    return isinstance(row, Separation)


def _within(unit: UnitOfWork, stay: Stay) -> Iterator[tuple[_Entered, _Ends | HealthVisit | Review, Interval]]:
    """What was entered, from when until when."""
    some = unit.session.scalars
    for bed in some(select(Placement).where(Placement.stay_id == stay.id)):
        yield _Entered.BED, bed, bed.interval
    for absence in some(select(Absence).where(Absence.stay_id == stay.id)):
        yield _Entered.ABSENCE, absence, absence.interval
    for separation in some(select(Separation).where(Separation.stay_id == stay.id)):
        yield _Entered.APART, separation, separation.interval
    for visit in some(select(HealthVisit).where(HealthVisit.stay_id == stay.id)):
        yield _Entered.APART, visit, Interval(visit.seen, visit.seen)
    for review in stay.reviews:
        held = Moment(review.held_on)
        yield _Entered.REVIEW, review, Interval(held, held)
