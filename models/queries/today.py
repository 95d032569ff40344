"""Today: what needs a person, most urgent first, from what is really so in the register."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from heapq import nsmallest
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.selection import Candidate, ProposedList
from models.entities.stays import Review, Stay
from models.ids import ListId, PlanId, ProgrammeId, ResidentId, StayId
from models.queries import departures, months
from models.queries.backups import newest_good
from models.queries.departures import PlanRow
from models.repositories.programmes import has_arrived, read_places
from models.repositories.stays import is_uncured, limit_on
from models.rules.absences import is_overdue
from models.rules.backups import is_too_old
from models.rules.leaving import Standing
from models.rules.limits import ReviewState, days_past, next_review, review_state
from models.rules.names import display_name
from models.rules.presence import Span, by_date
from models.rules.time import Moment, Month, local_date
from models.rules.vocabulary import CandidateState, CountingRule
from models.rules.wording import word
from models.store.snapshot import Snapshot
from models.text import Message, counted, message

SOON = 7
"""A departure or a review within so many days stands on Today."""


class Need(StrEnum):
    """Why something stands on Today."""

    LIMIT_PASSED = "limit_passed"
    AWAY_OVERDUE = "away_overdue"
    EMERGENCY = "emergency"
    REVIEW_LATE = "review_late"
    REVIEW_DUE = "review_due"
    NO_BED = "no_bed"
    DEPARTURE_BLOCKED = "departure_blocked"
    DEPARTURE_STEPS = "departure_steps"
    DEPARTURE_READY = "departure_ready"
    NO_PROSPECT = "no_prospect"
    LIMIT_NEAR = "limit_near"
    REPORT_DUE = "report_due"
    REPORT_DIFFERS = "report_differs"
    ARRIVAL = "arrival"
    SELECTION = "selection"
    BACKUP_OLD = "backup_old"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs a person.

    Attributes:
        need: What is needed.
        on: The local date since or by which it is needed; None where there is none.
        since: Whether `on` lies behind: "since" rather than "by".
        title: Whom or what it is about.
        number: The number beside the title.
        text: What is so.
        resident_id: And the ids of what is to be opened or done, as far as they apply.
    """

    need: Need
    on: date | None
    since: bool
    title: Message
    number: str
    text: Message
    resident_id: ResidentId | None = None
    stay_id: StayId | None = None
    plan_id: PlanId | None = None
    list_id: ListId | None = None
    programme_id: ProgrammeId | None = None
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class PlacesLeft:
    """The places of one programme that sets a number."""

    programme_id: ProgrammeId
    code: str
    left: int
    limit: int
    window_end: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures at the head of Today.

    Attributes:
        nights: The roll at each of the last 30 midnights, the last night last.
        leaving_ready: Departures within a week that nothing stops.
        leaving_blocked: Departures within a week that are not ready: steps are open, or something stops them.
        past_limit: Stays past their limit.
        reviews_late: Reviews past their day.
    """

    on_roll: int
    away: int
    overdue: int
    places: tuple[PlacesLeft, ...]
    leaving_ready: int
    leaving_blocked: int
    past_limit: int
    reviews_late: int
    nights: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page."""

    day: date
    summary: Summary
    items: tuple[Item, ...]


_COMPARED = 3
"""So many months are compared with what was issued of them; the page of reports compares them all."""

MOST = 100
"""So many items of one need are listed, the most urgent; the figures at the head count them all."""

_ORDER = {need: place for place, need in enumerate(Need)}


def today(snapshot: Snapshot, *, known: Sequence[Item] | None = None) -> Today:
    """What needs a person today, most urgent first, and the figures at the head.

    Args:
        snapshot: The look at the register.
        known: What `differing` has found, where it was asked before; None: it is asked now.
    """
    roll = _on_roll(snapshot)
    plans = departures.plans(snapshot)
    leaving = [plan for plan in plans if plan.days <= SOON]
    stopped = [plan for plan in plans if plan.days > SOON and plan.standing is Standing.STOPPED]
    needs: Counter[Need] = Counter()
    items = list(_about_stays(snapshot, roll, leaving, needs))
    others = [
        *_absences(snapshot),
        *_departures(leaving, stopped),
        *_reports(snapshot, compared=0),
        *(differing(snapshot) if known is None else known),
        *_arrivals(snapshot),
        *_selection(snapshot),
        *_backup(snapshot),
    ]
    needs.update(item.need for item in others)
    items += others
    return Today(snapshot.today, _summary(snapshot, roll, needs), _listed(items))


def differing(snapshot: Snapshot) -> tuple[Item, ...]:
    """The last months that are no longer what was issued: to find them is to reckon them anew.

    That takes longer than all the rest of Today, so that the page asks for it once it shows the rest.
    """
    return tuple(item for item in _reports(snapshot, compared=_COMPARED) if item.need is Need.REPORT_DIFFERS)


def _listed(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items, most urgent first; of each need no more than are listed."""
    listed: Counter[Need] = Counter()
    kept = []
    for item in sorted(items, key=lambda item: (_ORDER[item.need], item.on or date.max)):
        listed[item.need] += 1
        if listed[item.need] <= MOST:
            kept.append(item)
    return tuple(kept)


class _OnRoll(NamedTuple):
    """One stay on the roll, with what Today looks at: thousands, so it has no more than decides on a need.

    The last day is the one that holds today; one that was decided on may hold from a later day.
    """

    stay_id: StayId
    arrived_on: date
    limit_on: date | None
    decided_on: date | None
    programme_id: ProgrammeId
    is_emergency: bool
    has_bed: bool


def _on_roll(snapshot: Snapshot) -> list[_OnRoll]:
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
            placed,
        ).where(Stay.departed_on.is_(None))
    )
    return list(map(_OnRoll._make, rows.all()))


_WHO = (Stay.id, Stay.resident_id, Resident.family_name, Resident.given_names, Resident.number)


def _title(family: str, given: str, number: str) -> Message:
    return message("{name}", name=display_name(family, given, number))


_Urgent = tuple[date, StayId, Message]
"""Since or by when somebody is needed, for which stay, and what is so."""


def _about_stays(
    snapshot: Snapshot, roll: Sequence[_OnRoll], leaving: Sequence[PlanRow], needs: Counter[Need]
) -> Iterable[Item]:
    """What follows from the stays on the roll: all are counted, and those that will be listed are named.

    Args:
        snapshot: The look at the register.
        roll: The stays on the roll.
        leaving: The plans of those who leave soon.
        needs: Where all are counted.
    """
    found: dict[Need, list[_Urgent]] = {
        Need.EMERGENCY: [(row.arrived_on, row.stay_id, _NOT_IN_ORDER) for row in roll if row.is_emergency],
        Need.NO_BED: _without_bed(snapshot, roll),
        **_limits(roll, leaving, today=snapshot.today),
        **_reviews(snapshot, roll),
    }
    for need, urgent in found.items():
        needs[need] += len(urgent)
    listed = {need: nsmallest(MOST, urgent, key=itemgetter(0, 1)) for need, urgent in found.items()}
    people = _named(snapshot, {stay_id for urgent in listed.values() for _, stay_id, _ in urgent})
    for need, urgent in listed.items():
        for on, stay_id, text in urgent:
            who = people[stay_id]
            yield Item(
                need, on, need in _SINCE, who.title, who.number, text, resident_id=who.resident_id, stay_id=stay_id
            )


_NOT_IN_ORDER = message("Emergency arrival; what was missing is not yet in order")
_NO_BED = message("On the roll without a bed")
_SINCE = frozenset({Need.LIMIT_PASSED, Need.EMERGENCY, Need.REVIEW_LATE, Need.NO_BED})
"""The needs of which the day lies behind."""


class _Person(NamedTuple):
    resident_id: ResidentId
    title: Message
    number: str


def _named(snapshot: Snapshot, stays: Collection[StayId]) -> dict[StayId, _Person]:
    """Who these stays are of."""
    rows = snapshot.connection.execute(
        select(*_WHO).join(Resident, Resident.id == Stay.resident_id).where(Stay.id.in_(stays))
    )
    return {
        stay_id: _Person(resident_id, _title(family, given, number), number)
        for stay_id, resident_id, family, given, number in rows.all()
    }


def _limits(roll: Iterable[_OnRoll], leaving: Iterable[PlanRow], *, today: date) -> dict[Need, list[_Urgent]]:
    """Limits that have passed, and those that are near with nobody leaving before."""
    soon = today + timedelta(days=SOON)
    leaves = {plan.stay_id: plan.planned_on for plan in leaving}
    passed: list[_Urgent] = []
    near: list[_Urgent] = []
    says: dict[date, Message] = {}
    for row in roll:
        last_day = row.limit_on
        if last_day is None or last_day > soon:
            continue
        if last_day not in says:
            says[last_day] = _limit(last_day, days_past(last_day, today))
        if last_day < today:
            passed.append((last_day, row.stay_id, says[last_day]))
        elif leaves.get(row.stay_id, date.max) > last_day == row.decided_on:  # else another holds from a later day
            near.append((last_day, row.stay_id, says[last_day]))
    return {Need.LIMIT_PASSED: passed, Need.LIMIT_NEAR: near}


def _limit(limit_on: date, past: int) -> Message:
    if not past:
        return message("The stay limit is {day}; extension not decided", day=limit_on)
    return counted(
        "Stay limit {day}, {n} day ago; extension not decided",
        "Stay limit {day}, {n} days ago; extension not decided",
        past,
        day=limit_on,
    )


def _absences(snapshot: Snapshot) -> Iterable[Item]:
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    rows = snapshot.connection.execute(
        select(*_WHO, Absence.kind, Absence.place, Absence.due_back_on, Absence.due_back_at)
        .join(Stay, Stay.id == Absence.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(Absence.until_on.is_(None), Stay.departed_on.is_(None), Absence.due_back_on <= snapshot.today)
    )
    for stay_id, resident_id, family, given, number, kind, place, due_on, due_at in rows:
        if not is_overdue(Moment(due_on, due_at), now):
            continue
        where = message("{kind}, {place}", kind=word(kind), place=place) if place else word(kind)
        back = due_on if due_at is None else due_at.astimezone(snapshot.facility.zone)
        yield Item(
            Need.AWAY_OVERDUE,
            due_on,
            True,
            _title(family, given, number),
            number,
            message("{where}; due back {back}", where=where, back=back),
            resident_id=resident_id,
            stay_id=stay_id,
        )


def _reviews(snapshot: Snapshot, roll: Iterable[_OnRoll]) -> dict[Need, list[_Urgent]]:
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
    late: list[_Urgent] = []
    near: list[_Urgent] = []
    none_held: frozenset[date] = frozenset()
    for row in roll:
        days, text = every[row.programme_id]
        due = next_review(row.arrived_on, days, frozenset(held[row.stay_id]) if row.stay_id in held else none_held)
        if due is not None and due <= soon:
            is_late = review_state(due, None, today) is ReviewState.LATE
            (late if is_late else near).append((due, row.stay_id, text))
    return {Need.REVIEW_LATE: late, Need.REVIEW_DUE: near}


def _without_bed(snapshot: Snapshot, roll: Iterable[_OnRoll]) -> list[_Urgent]:
    """Who is on the roll and has no bed; asked only where the house has given beds at all."""
    if snapshot.connection.execute(select(Placement.id).limit(1)).first() is None:
        return []
    return [(row.arrived_on, row.stay_id, _NO_BED) for row in roll if not row.has_bed]


_STANDS = {
    Standing.STOPPED: Need.NO_PROSPECT,
    Standing.BLOCKED: Need.DEPARTURE_BLOCKED,
    Standing.PLANNED: Need.DEPARTURE_STEPS,
    Standing.READY: Need.DEPARTURE_READY,
}


def _departures(leaving: Iterable[PlanRow], stopped: Iterable[PlanRow]) -> Iterable[Item]:
    """Who leaves within a week, and who was found to have no prospect of return."""
    for plan in leaving:
        ready = message("{kind}; all steps done", kind=word(plan.kind))
        reason = plan.reasons[0] if plan.reasons else ready
        yield _planned(_STANDS[plan.standing], plan.planned_on, plan, reason, since=plan.days < 0)
    for plan in stopped:
        text = message("{kind}: no prospect of return; decide what follows", kind=word(plan.kind))
        yield _planned(Need.NO_PROSPECT, None, plan, text)


def _planned(need: Need, on: date | None, plan: PlanRow, text: Message, *, since: bool = False) -> Item:
    return Item(
        need,
        on,
        since,
        message("{name}", name=plan.name),
        plan.number,
        text,
        resident_id=plan.resident_id,
        stay_id=plan.stay_id,
        plan_id=plan.id,
    )


def _backup(snapshot: Snapshot) -> Iterable[Item]:
    """That the newest backup is too old; people who are invented need none."""
    newest = newest_good(snapshot)
    if not snapshot.facility.is_demonstration and is_too_old(newest, snapshot.now):
        text = message("The newest good backup is older than two days") if newest else message("There is no backup yet")
        on = None if newest is None else local_date(newest, snapshot.facility.zone)
        yield Item(Need.BACKUP_OLD, on, newest is not None, message("Backup"), "", text)


def _reports(snapshot: Snapshot, *, compared: int) -> Iterable[Item]:
    """The last twelve months of each programme that are over and not issued, or no longer what was issued."""
    programmes = snapshot.connection.execute(select(Programme.id, Programme.code).where(~Programme.is_closed))
    for programme_id, code in programmes.all():
        for row in months.months_of(snapshot, programme_id, most=13, compared=compared):
            if not row.is_due:
                continue
            differs = bool(row.differs)
            yield Item(
                Need.REPORT_DIFFERS if differs else Need.REPORT_DUE,
                row.due_on,
                row.due_on < snapshot.today,
                message("Monthly report"),
                code,
                message("The figures differ from what was issued")
                if differs
                else message("The monthly report is not issued yet"),
                programme_id=programme_id,
                month=row.month,
            )


def _arrivals(snapshot: Snapshot) -> Iterable[Item]:
    """Accepted candidates who have not arrived, by list."""
    yield from _by_list(
        snapshot,
        [Candidate.state == CandidateState.ACCEPTED, ~has_arrived()],
        Need.ARRIVAL,
        lambda n: counted("{n} accepted person has not arrived", "{n} accepted people have not arrived", n),
    )


def _selection(snapshot: Snapshot) -> Iterable[Item]:
    """Candidates on whom nobody has decided, by list."""
    yield from _by_list(
        snapshot,
        [Candidate.state == CandidateState.PROPOSED],
        Need.SELECTION,
        lambda n: counted("{n} person is not decided", "{n} people are not decided", n),
    )


def _by_list(
    snapshot: Snapshot, conditions: list[ColumnElement[bool]], need: Need, say: Callable[[int], Message]
) -> Iterable[Item]:
    rows = snapshot.connection.execute(
        select(ProposedList.id, ProposedList.code, ProposedList.programme_id, Programme.code, func.count(Candidate.id))
        .join(Candidate, Candidate.list_id == ProposedList.id)
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(*conditions)
        .group_by(ProposedList.id, ProposedList.code, ProposedList.programme_id, Programme.code)
        .order_by(ProposedList.received_on)
    )
    for list_id, code, programme_id, programme, people in rows:
        yield Item(
            need,
            None,
            False,
            message("List {code}", code=code),
            programme,
            say(people),
            list_id=list_id,
            programme_id=programme_id,
        )


def _summary(snapshot: Snapshot, roll: Sequence[_OnRoll], needs: Counter[Need]) -> Summary:
    connection = snapshot.connection
    away = connection.execute(
        select(func.count(Absence.id))
        .join(Stay, Stay.id == Absence.stay_id)
        .where(Absence.until_on.is_(None), Stay.departed_on.is_(None))
    ).scalar_one()
    limited = connection.execute(
        select(Programme.id, Programme.code, Programme.places, Programme.window_end)
        .where(Programme.places.is_not(None), ~Programme.is_closed)
        .order_by(Programme.window_start.desc(), Programme.code)
    ).all()
    left = [
        PlacesLeft(id_, code, read_places(connection, id_, today=snapshot.today).left or 0, limit, window_end)
        for id_, code, limit, window_end in limited
        if limit is not None
    ]
    return Summary(
        on_roll=len(roll),
        away=away,
        overdue=needs[Need.AWAY_OVERDUE],
        places=tuple(left),
        leaving_ready=needs[Need.DEPARTURE_READY],
        leaving_blocked=needs[Need.DEPARTURE_BLOCKED] + needs[Need.DEPARTURE_STEPS],
        past_limit=needs[Need.LIMIT_PASSED],
        reviews_late=needs[Need.REVIEW_LATE],
        nights=_nights(snapshot, roll, 30),
    )


def _nights(snapshot: Snapshot, roll: Iterable[_OnRoll], count: int) -> tuple[tuple[date, int], ...]:
    """The roll of the whole house in each of the last nights that are over, the last one last.

    Whoever was there before the first of them and still is counts in each: only the others are reckoned.
    """
    first = snapshot.today - timedelta(days=count)
    there_throughout = sum(row.arrived_on <= first for row in roll)
    others = snapshot.connection.execute(
        select(Stay.id, Stay.resident_id, Stay.arrived_on, Stay.departed_on).where(
            or_(and_(Stay.departed_on.is_(None), Stay.arrived_on > first), Stay.departed_on > first)
        )
    )
    spans = [Span(*row) for row in others.all()]
    numbers = by_date(spans, (), counting=CountingRule.NIGHTS, first=first, end=snapshot.today)
    return tuple((first + timedelta(days=place), there_throughout + number) for place, number in enumerate(numbers))
