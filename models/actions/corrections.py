"""What was wrong about a stay: an arrival of the wrong person, a last day, a review (rules.md, Corrections)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from models.entities.absences import Absence
from models.entities.base import Entered
from models.entities.departures import Ending
from models.entities.gate import PlannedLeave
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.separations import HealthVisit, Separation
from models.entities.stays import Review, Stay, StayLimit, TakenBackArrival
from models.errors import Refused
from models.ids import CandidateId, StayId
from models.repositories import filled_in
from models.repositories.admissions import OF_STAY
from models.repositories.limits import NewLimit, following, reckon, set_limit
from models.repositories.residents import free_number, leave_family
from models.repositories.safeguards import keep_sealed
from models.repositories.stays import known_stay
from models.rules import stays as rules
from models.rules.entry import needed, the_mistake
from models.rules.limits import RECKONED, standing
from models.rules.people import DECIDES, DESK
from models.rules.vocabulary import LimitBasis
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("stays.take_back", about="stay_id", roles=DESK, told=N_("Took the arrival back"))
def take_back(unit: UnitOfWork, *, stay_id: StayId, reason: str, version: int | None = None) -> None:
    """Take back an arrival that was entered for the wrong person: place, numbers and nights are free again.

    What was entered of the stay ends with it: beds, absences, last days, reviews, a departure. All of it stays to be
    read in the history of whoever it was entered for, and a candidate is accepted and expected as before. Nobody leaves
    by a plan of it any more, and what was checked for that is never deleted. What is sealed of it stays with the person
    as sealed notes, whoever takes it back and whether they may read it or not. A resident who has no other stay is in
    no list any more, but of those who read something sealed of them.

    What the arrival added to what was known of somebody before goes with it, unless it was written over since: names,
    birth, numbers, papers, the photo, the family. What is known of a person who was new stays.

    Args:
        unit: The transaction.
        stay_id: The stay.
        reason: What the mistake was.
        version: The version that was shown; None: whatever is there.

    Raises:
        Refused: It is not there, or there is no reason.
        Conflict: Somebody else has changed the stay in the meantime.
    """
    stay = known_stay(unit, stay_id)
    unit.check_version(stay, version)
    said = the_mistake(reason)
    unit.concerns("resident", [stay.resident_id])
    unit.concerns("candidate", [] if stay.candidate_id is None else [stay.candidate_id])
    unit.note(reason=said)
    unit.session.add(
        TakenBackArrival(
            stay_id=stay_id,
            resident_id=stay.resident_id,
            programme_id=stay.programme_id,
            candidate_id=stay.candidate_id,
            arrived_on=stay.arrived_on,
            departed_on=stay.departed_on,
            reason=said,
            taken_back_by=unit.person.id,
            taken_back_at=unit.now,
        )
    )
    unit.session.flush()  # the guards now let its limits go
    with following(unit, [stay.resident_id], said):
        _let_go(unit, stay)


def _let_go(unit: UnitOfWork, stay: Stay) -> None:
    """Take away a stay with all that was entered of it, and free what it took."""
    resident, programme_id, candidate_id = stay.resident, stay.programme_id, stay.candidate_id
    tables: tuple[type[Any], ...] = (
        *OF_STAY,
        Ending,
        PlannedLeave,
        Absence,
        Placement,
        Separation,
        HealthVisit,
        Review,
        StayLimit,
    )
    for table in tables:
        for row in unit.session.scalars(select(table).where(table.stay_id == stay.id)).all():
            if isinstance(row, Entered):
                keep_sealed(unit, stay.resident_id, row)
            unit.session.delete(row)
        unit.session.flush()
    filled_in.put_back(unit, stay)
    unit.session.expire(stay, ["limits", "reviews"])
    unit.session.delete(stay)
    unit.session.flush()
    others = unit.session.scalars(select(Stay).where(Stay.resident_id == resident.id)).all()
    if candidate_id is not None:
        _free_candidate(unit, resident, candidate_id, others)
    if all(other.programme_id != programme_id for other in others):
        for number in [known for known in resident.partner_numbers if known.programme_id == programme_id]:
            resident.partner_numbers.remove(number)
    if not others:
        leave_family(unit, resident)
        free_number(unit, resident)


def _free_candidate(unit: UnitOfWork, resident: Resident, candidate_id: CandidateId, others: Sequence[Stay]) -> None:
    """Have nobody be the candidate any more whose arrival is taken back; nor who was joined to the resident."""
    became = select(Resident).where(Resident.candidate_id == candidate_id)
    for row in unit.session.scalars(became).all():
        row.candidate_id = None
    unit.session.flush()
    if resident.candidate_id is None:
        resident.candidate_id = next((other.candidate_id for other in others if other.candidate_id is not None), None)


@action("stays.take_back_limit", about="stay_id", roles=DECIDES, told=N_("Took the last day back"))
def take_back_limit(unit: UnitOfWork, *, stay_id: StayId, limit_id: int, reason: str) -> None:
    """Take back an extension, or a last day that was set: the limit before holds again from the day it was replaced.

    The wrong one stays to be read. To put another day in its place, enter it anew.

    Args:
        unit: The transaction.
        stay_id: The stay.
        limit_id: The decision; it is the last one.
        reason: What the mistake was.

    Raises:
        Refused: It is not the last decision, or is none, or there is no reason.
    """
    stay = unit.session.get_one(Stay, stay_id)
    said = the_mistake(reason)
    wrong = next((limit for limit in stay.limits if limit.id == limit_id), None)
    if wrong is None or wrong.basis in RECKONED or wrong.basis is LimitBasis.TAKEN_BACK:
        raise Refused("This last day was not decided by anybody; there is nothing to take back.", field="limit_id")
    laid = standing(stay.limits)
    if wrong not in laid:
        raise Refused("This decision does not stand any more. Choose the last one that does.", field="limit_id")
    if wrong is not laid[-1]:
        raise Refused(
            "Take back the later decision first: last day {day}.", field="limit_id", day=laid[-1].limit_on or "–"
        )
    unit.note(reason=said)
    with following(unit, [stay.resident_id], said):
        if len(laid) == 1:  # it was set with the arrival, in the place of what the programme says
            reckon(unit, stay, None, said)
        else:
            set_limit(unit, stay, NewLimit(laid[-2].limit_on, LimitBasis.TAKEN_BACK, wrong.valid_from, said))


@action("stays.correct_review", about="stay_id", roles=DECIDES, told=N_("Corrected a review"))
def correct_review(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    due_on: date,
    held_on: date,
    outcome: str,
    held_by: str,
    reason: str,
    version: int | None = None,
) -> None:
    """Put right when a review was held, by whom, and what came out of it.

    Args:
        unit: The transaction.
        stay_id: The stay.
        due_on: The day on which the review fell due.
        held_on: The day on which it was really held.
        outcome: What really came out of it.
        held_by: Who held it.
        reason: How that is known.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: It was not held, nothing is different, the day cannot be, or a text is missing.
        Conflict: Somebody else has changed the review in the meantime.
    """
    stay, row = unit.session.get_one(Stay, stay_id), _review(unit, stay_id, due_on)
    unit.check_version(row, version)
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    every = unit.session.get_one(Programme, stay.programme_id).review_every
    rules.check_review(stay.interval, every, due_on=due_on, held_on=held_on, held=frozenset(), today=unit.today)
    row.held_on = held_on
    row.outcome = needed(outcome, Refused("Say what came out of the review.", field="outcome"))
    row.held_by = needed(held_by, Refused("Say who held the review.", field="held_by"))
    if not unit.session.is_modified(row):
        raise Refused("Nothing is different from before. Correct something, or go back.")


@action("stays.take_back_review", about="stay_id", roles=DECIDES, told=N_("Took a review back"))
def take_back_review(unit: UnitOfWork, *, stay_id: StayId, due_on: date, reason: str) -> None:
    """Take back a review that was not held: it is due again.

    Raises:
        Refused: It was not entered, or there is no reason.
    """
    row = _review(unit, stay_id, due_on)
    unit.note(reason=the_mistake(reason))
    unit.session.delete(row)


def _review(unit: UnitOfWork, stay_id: StayId, due_on: date) -> Review:
    row = unit.session.scalars(select(Review).where(Review.stay_id == stay_id, Review.due_on == due_on)).one_or_none()
    if row is None:
        raise Refused("No review due on {day} was entered.", field="due_on", day=due_on)
    return row


@action("stays.take_back_cure", about="stay_id", roles=DECIDES, told=N_("Took back that the arrival is in order"))
def take_back_cure(unit: UnitOfWork, *, stay_id: StayId, reason: str) -> None:
    """Say that an emergency arrival is not in order after all; it is flagged again.

    Raises:
        Refused: It was not put in order, or there is no reason.
    """
    stay = unit.session.get_one(Stay, stay_id)
    unit.note(reason=the_mistake(reason))
    if stay.cured_at is None or not stay.emergency_reasons:
        raise Refused("This emergency arrival was not put in order; there is nothing to take back.", field="stay_id")
    stay.cured_at, stay.cured_note = None, ""
