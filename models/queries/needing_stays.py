"""What of the people on the roll needs a person today: limits, reviews, beds, absences, departures, arrivals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.rooms import Placement
from models.entities.stays import Review, Stay
from models.ids import ProgrammeId, StayId
from models.queries import (
    admissions,
    arrival_drafts,
    separations,
)
from models.queries.departures import PlanRow
from models.queries.needing import SOON, Case, Need
from models.repositories.stays import awaits_countersign, is_uncured, limit_on
from models.rules.absences import is_overdue
from models.rules.gate import seems_to_have_left
from models.rules.leaving import Standing
from models.rules.limits import ReviewState, days_past, next_review, review_state
from models.rules.time import Moment, local_date
from models.rules.wording import word
from models.store.snapshot import Snapshot
from models.text import Message, counted, message


class OnRoll(NamedTuple):
    """One stay on the roll, with what Today looks at: thousands, so it has no more than decides on a need.

    The last day is the one that holds today; one that was decided on may hold from a later day.
    """

    stay_id: StayId
    arrived_on: date
    limit_on: date | None
    decided_on: date | None
    programme_id: ProgrammeId
    is_emergency: bool
    is_provisional: bool
    has_bed: bool


def cases(snapshot: Snapshot, *, roll: Sequence[OnRoll], plans: Sequence[PlanRow]) -> list[Case]:
    """All of them, in no order of their urgency.

    Args:
        snapshot: The look at the register.
        roll: As `on_roll` gives it.
        plans: The departure plans that are open.
    """
    return [
        *_emergencies(roll),
        *_without_bed(snapshot, roll),
        *_kept_apart(snapshot),
        *_limits(roll, plans, today=snapshot.today),
        *_reviews(snapshot, roll),
        *_absences(snapshot),
        *_departures(plans),
        *_arrivals(snapshot),
        *_waiting(snapshot),
    ]


_STANDS = {
    Standing.STOPPED: Need.NO_PROSPECT,
    Standing.BLOCKED: Need.DEPARTURE_BLOCKED,
    Standing.PLANNED: Need.DEPARTURE_STEPS,
    Standing.READY: Need.DEPARTURE_READY,
}


def on_roll(snapshot: Snapshot) -> list[OnRoll]:
    """The stays that are open now."""
    placed = (
        select(Placement.id).where(Placement.stay_id == Stay.id, Placement.until_on.is_(None)).correlate(Stay).exists()
    )
    rows = snapshot.connection.execute(
        select(
            Stay.id,
            Stay.arrived_on,
            limit_on(snapshot.today),
            Stay.limit_on,
            Stay.programme_id,
            is_uncured(),
            awaits_countersign(),
            placed,
        )
        .where(Stay.departed_on.is_(None))
        .order_by(Stay.id)
    )
    return list(map(OnRoll._make, rows.all()))


def _emergencies(roll: Iterable[OnRoll]) -> Iterator[Case]:
    missing = message("Emergency arrival; what was missing is not yet in order")
    unsigned = message("Registered provisionally; to be countersigned by a supervisor, or taken back")
    for row in roll:
        if row.is_provisional:
            yield Case(Need.PROVISIONAL, row.arrived_on, row.stay_id, unsigned)
        elif row.is_emergency:
            yield Case(Need.EMERGENCY, row.arrived_on, row.stay_id, missing)


def _without_bed(snapshot: Snapshot, roll: Iterable[OnRoll]) -> Iterable[Case]:
    """Who is on the roll and has no bed; asked only where the house has given beds at all."""
    if snapshot.connection.execute(select(Placement.id).limit(1)).first() is None:
        return ()
    text = message("On the roll without a bed")
    return (Case(Need.NO_BED, row.arrived_on, row.stay_id, text) for row in roll if not row.has_bed)


def _kept_apart(snapshot: Snapshot) -> Iterator[Case]:
    """Who is kept apart and was not seen by health staff on some day until today."""
    for row in separations.going_on(snapshot):
        if row.unseen:
            days = len(row.unseen)
            text = counted(
                "Kept apart from others; health staff has not seen the person on {n} day",
                "Kept apart from others; health staff has not seen the person on {n} days",
                days,
            )
            yield Case(Need.UNSEEN, row.unseen[0], row.stay_id, text)


def _limits(roll: Iterable[OnRoll], plans: Iterable[PlanRow], *, today: date) -> Iterator[Case]:
    """Limits that have passed, and those that are near with nobody leaving before."""
    soon = today + timedelta(days=SOON)
    leaves = {plan.stay_id: plan.planned_on for plan in plans if plan.days <= SOON}
    says: dict[date, Message] = {}
    for row in roll:
        last_day = row.limit_on
        if last_day is None or last_day > soon:
            continue
        if last_day not in says:
            says[last_day] = _limit(last_day, days_past(last_day, today))
        if last_day < today:
            yield Case(Need.LIMIT_PASSED, last_day, row.stay_id, says[last_day])
        elif leaves.get(row.stay_id, date.max) > last_day == row.decided_on:  # else another holds from a later day
            yield Case(Need.LIMIT_NEAR, last_day, row.stay_id, says[last_day])


def _limit(limit_on: date, past: int) -> Message:
    if not past:
        return message("The stay limit is {day}; extension not decided", day=limit_on)
    return counted(
        "Stay limit {day}, {n} day ago; extension not decided",
        "Stay limit {day}, {n} days ago; extension not decided",
        past,
        day=limit_on,
    )


def _reviews(snapshot: Snapshot, roll: Iterable[OnRoll]) -> Iterator[Case]:
    today, soon = snapshot.today, snapshot.today + timedelta(days=SOON)
    every = {
        id_: (days, message("The review every {n} days is not held yet", n=days))
        for id_, days in snapshot.connection.execute(select(Programme.id, Programme.review_every)).all()
    }
    held: defaultdict[StayId, set[date]] = defaultdict(set)
    for stay_id, due_on in snapshot.connection.execute(
        select(Review.stay_id, Review.due_on).join(Stay, Stay.id == Review.stay_id).where(Stay.departed_on.is_(None))
    ).all():
        held[stay_id].add(due_on)
    none_held: frozenset[date] = frozenset()
    for row in roll:
        days, text = every[row.programme_id]
        due = next_review(row.arrived_on, days, frozenset(held[row.stay_id]) if row.stay_id in held else none_held)
        if due is not None and due <= soon:
            is_late = review_state(due, None, today) is ReviewState.LATE
            yield Case(Need.REVIEW_LATE if is_late else Need.REVIEW_DUE, due, row.stay_id, text)


def _absences(snapshot: Snapshot) -> Iterator[Case]:
    zone = snapshot.facility.zone
    now = Moment.of(snapshot.now, zone)
    hours = snapshot.facility.left_after
    rows = snapshot.connection.execute(
        select(Absence.stay_id, Absence.kind, Absence.place, Absence.due_back_on, Absence.due_back_at, Programme.regime)
        .join(Stay, Stay.id == Absence.stay_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(Absence.until_on.is_(None), Stay.departed_on.is_(None), Absence.due_back_on <= snapshot.today)
        .order_by(Absence.stay_id)
    )
    for stay_id, kind, place, due_on, due_at, regime in rows:
        due = Moment(due_on, due_at)
        if is_overdue(due, now):
            gone = seems_to_have_left(due, snapshot.now, hours=hours, regime=regime, zone=zone)
            where = message("{kind}, {place}", kind=word(kind), place=place) if place else word(kind)
            back = due_on if due_at is None else due_at.astimezone(zone)
            need = Need.LEFT if gone else Need.AWAY_OVERDUE
            yield Case(need, due_on, stay_id, message("{where}; due back {back}", where=where, back=back))


def _departures(plans: Iterable[PlanRow]) -> Iterator[Case]:
    """Who leaves within a week, and whoever was found to have no prospect of return."""
    for plan in plans:
        if plan.days <= SOON:
            ready = message("{kind}; all steps done", kind=word(plan.kind))
            reason = plan.reasons[0] if plan.reasons else ready
            yield Case(_STANDS[plan.standing], plan.planned_on, plan.stay_id, reason, plan.id)
        elif plan.standing is Standing.STOPPED:
            text = message("{kind}: no prospect of return; decide what follows", kind=word(plan.kind))
            yield Case(Need.NO_PROSPECT, None, plan.stay_id, text, plan.id)


def _arrivals(snapshot: Snapshot) -> Iterator[Case]:
    """What is missing of arrivals, and what health staff are to read of what could be seen."""
    text = message("What could be seen on arrival is to be read the same day")
    for stay_id, on in admissions.unread(snapshot):
        yield Case(Need.INJURIES, on, stay_id, text)
    for row in admissions.missing(snapshot):
        yield Case(Need.ARRIVAL_OPEN, row.arrived_on, row.stay_id, row.text)


def _waiting(snapshot: Snapshot) -> Iterator[Case]:
    """What was typed before the person was registered, and is not entered yet."""
    for stay_id, number, since in arrival_drafts.all_waiting(snapshot):
        text = counted(
            "{n} entry of the arrival waits to be entered", "{n} entries of the arrival wait to be entered", number
        )
        yield Case(Need.WAITING, local_date(since, snapshot.facility.zone), stay_id, text)
