"""Today: what needs a person, most urgent first, from what is really so in the register."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import nsmallest
from typing import NamedTuple, TypeVar

from sqlalchemy import and_, func, or_, select

from models.entities.absences import Absence
from models.entities.people import KeyFile
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.selection import Candidate, DecisionProposal, ProposedList
from models.entities.stays import Review, Stay
from models.ids import ArrivalDraftId, ListId, PlanId, ProgrammeId, ResidentId, StayId, TransportId
from models.queries import (
    admissions,
    arrival_drafts,
    departures,
    monthly_reports,
    roll_calls,
    separations,
    transports,
)
from models.queries.backups import newest_good
from models.queries.departures import PlanRow
from models.queries.transports import is_aboard
from models.repositories.programmes import has_arrived, read_places
from models.repositories.residents import NAME
from models.repositories.stays import SPANS, awaits_countersign, is_uncured, limit_on
from models.rules.absences import is_overdue
from models.rules.backups import is_too_old
from models.rules.gate import seems_to_have_left
from models.rules.leaving import Standing
from models.rules.limits import ReviewState, days_past, next_review, review_state
from models.rules.people import DECIDES, may_do
from models.rules.presence import by_date
from models.rules.time import Moment, Month, local_date
from models.rules.vocabulary import CandidateState, CountingRule, ProposalState
from models.rules.wording import word
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message, counted, message

SOON = 7
"""A departure or a review within so many days stands on Today."""


class Need(StrEnum):
    """Why something stands on Today."""

    ROLL_CALL = "roll_call"
    ROLL_CALL_MISSED = "roll_call_missed"
    FIRE_LIST = "fire_list"
    LIMIT_PASSED = "limit_passed"
    LEFT = "left"
    AWAY_OVERDUE = "away_overdue"
    UNSEEN = "unseen"
    """Kept apart from others, and not seen by health staff every day."""
    PROVISIONAL = "provisional"
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
    INJURIES = "injuries"
    ARRIVAL_OPEN = "arrival_open"
    DRAFT = "draft"
    ARRIVAL = "arrival"
    SECOND_PERSON = "second_person"
    SELECTION = "selection"
    BACKUP_OLD = "backup_old"
    KEYS = "keys"


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
    transport_id: TransportId | None = None
    draft_id: ArrivalDraftId | None = None


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


MOST = 100
"""So many items of one need are listed, the most urgent; the figures at the head count them all."""


class _Case(NamedTuple):
    """Why a stay needs a person: thousands, so whose it is is asked of those alone that are listed."""

    need: Need
    on: date | None
    stay_id: StayId
    text: Message
    plan_id: PlanId | None = None


U = TypeVar("U", Item, _Case)


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
    is_provisional: bool
    has_bed: bool


@dataclass(frozen=True, slots=True)
class _Person:
    resident_id: ResidentId
    name: str
    number: str


_PEOPLE = Rows(_Person, Stay, Resident, name=NAME)
_PLACES = Rows(PlacesLeft, Programme, programme_id=Programme.id, limit=Programme.places)
_SINCE = frozenset(
    {
        Need.ROLL_CALL_MISSED,
        Need.LEFT,
        Need.AWAY_OVERDUE,
        Need.PROVISIONAL,
        Need.EMERGENCY,
        Need.NO_BED,
        Need.ARRIVAL_OPEN,
        Need.INJURIES,
    }
)
"""The needs of which the day lies behind, also where it is today."""
_NOBODYS = frozenset(
    {
        Need.DRAFT,
        Need.REPORT_DUE,
        Need.REPORT_DIFFERS,
        Need.ARRIVAL,
        Need.SECOND_PERSON,
        Need.SELECTION,
        Need.BACKUP_OLD,
        Need.KEYS,
    }
)
"""The needs that are about no single person in the house."""
_STANDS = {
    Standing.STOPPED: Need.NO_PROSPECT,
    Standing.BLOCKED: Need.DEPARTURE_BLOCKED,
    Standing.PLANNED: Need.DEPARTURE_STEPS,
    Standing.READY: Need.DEPARTURE_READY,
}


def today(snapshot: Snapshot, *, known: Sequence[Item] | None = None) -> Today:
    """What needs a person today, most urgent first, and the figures at the head.

    Args:
        snapshot: The look at the register.
        known: What `differing` has found, where it was asked before; None: it is asked now.
    """
    roll = _on_roll(snapshot)
    plans = departures.plans(snapshot)
    cases = [
        *_emergencies(roll),
        *_without_bed(snapshot, roll),
        *_kept_apart(snapshot),
        *_limits(roll, plans, today=snapshot.today),
        *_reviews(snapshot, roll),
        *_absences(snapshot),
        *_departures(plans),
        *_arrivals(snapshot),
    ]
    others = [
        *_reports(snapshot),
        *(differing(snapshot) if known is None else known),
        *_transports(snapshot),
        *_drafts(snapshot),
        *_house(snapshot),
        *_lists(snapshot),
        *_proposals(snapshot),
        *_backup(snapshot),
        *_keys(snapshot),
    ]
    needs = Counter([*(case.need for case in cases), *(item.need for item in others)])
    items = _listed([*_named(snapshot, _listed(cases)), *others])
    items.sort(key=lambda item: comes_first(item, snapshot.today))
    return Today(snapshot.today, _summary(snapshot, roll, needs), tuple(items))


def differing(snapshot: Snapshot) -> tuple[Item, ...]:
    """The months that are no longer what was issued, however old: to find them is to reckon anew what was touched.

    That takes longer than all the rest of Today, so that the page asks for it once it shows the rest.
    """
    programmes = snapshot.connection.execute(select(Programme.id, Programme.code).order_by(Programme.code)).all()
    text = message("The figures differ from what was issued")
    return tuple(
        _report(snapshot, Need.REPORT_DIFFERS, programme_id, code, row, text)
        for programme_id, code in programmes
        for row in monthly_reports.differing(snapshot, programme_id)
    )


def comes_first(item: Item, today: date) -> int:
    """What of a person was to be done by today comes before what is for tomorrow, and that before all else.

    Of one day the graver need stands first, in the order of `Need`; what is about no person keeps its place below.
    """
    if item.need in _NOBODYS or item.on is None:
        return 2
    return min(max((item.on - today).days, 0), 2)


def _listed(found: Iterable[U]) -> list[U]:
    """The most urgent first; of each need no more than are listed, and those of one day as they were found."""
    by_need: defaultdict[Need, list[U]] = defaultdict(list)
    for each in found:
        by_need[each.need].append(each)
    return [each for need in Need for each in nsmallest(MOST, by_need[need], key=lambda each: each.on or date.max)]


def _named(snapshot: Snapshot, cases: Sequence[_Case]) -> Iterator[Item]:
    """The cases, each with whose it is."""
    asked = _PEOPLE.select().add_columns(Stay.id).join(Resident, Resident.id == Stay.resident_id)
    found = snapshot.connection.execute(asked.where(Stay.id.in_({case.stay_id for case in cases})))
    people = {row.id: _PEOPLE.row(row) for row in found}
    for case in cases:
        who = people[case.stay_id]
        yield Item(
            case.need,
            case.on,
            case.need in _SINCE or (case.on is not None and case.on < snapshot.today),
            message("{name}", name=who.name),
            who.number,
            case.text,
            resident_id=who.resident_id,
            stay_id=case.stay_id,
            plan_id=case.plan_id,
        )


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
            awaits_countersign(),
            placed,
        )
        .where(Stay.departed_on.is_(None))
        .order_by(Stay.id)
    )
    return list(map(_OnRoll._make, rows.all()))


def _emergencies(roll: Iterable[_OnRoll]) -> Iterator[_Case]:
    missing = message("Emergency arrival; what was missing is not yet in order")
    unsigned = message("Registered provisionally; to be countersigned by a supervisor, or taken back")
    for row in roll:
        if row.is_provisional:
            yield _Case(Need.PROVISIONAL, row.arrived_on, row.stay_id, unsigned)
        elif row.is_emergency:
            yield _Case(Need.EMERGENCY, row.arrived_on, row.stay_id, missing)


def _without_bed(snapshot: Snapshot, roll: Iterable[_OnRoll]) -> Iterable[_Case]:
    """Who is on the roll and has no bed; asked only where the house has given beds at all."""
    if snapshot.connection.execute(select(Placement.id).limit(1)).first() is None:
        return ()
    text = message("On the roll without a bed")
    return (_Case(Need.NO_BED, row.arrived_on, row.stay_id, text) for row in roll if not row.has_bed)


def _kept_apart(snapshot: Snapshot) -> Iterator[_Case]:
    """Who is kept apart and was not seen by health staff on some day until today."""
    for row in separations.going_on(snapshot):
        if row.unseen:
            days = len(row.unseen)
            text = counted(
                "Kept apart from others; health staff has not seen the person on {n} day",
                "Kept apart from others; health staff has not seen the person on {n} days",
                days,
            )
            yield _Case(Need.UNSEEN, row.unseen[0], row.stay_id, text)


def _limits(roll: Iterable[_OnRoll], plans: Iterable[PlanRow], *, today: date) -> Iterator[_Case]:
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
            yield _Case(Need.LIMIT_PASSED, last_day, row.stay_id, says[last_day])
        elif leaves.get(row.stay_id, date.max) > last_day == row.decided_on:  # else another holds from a later day
            yield _Case(Need.LIMIT_NEAR, last_day, row.stay_id, says[last_day])


def _limit(limit_on: date, past: int) -> Message:
    if not past:
        return message("The stay limit is {day}; extension not decided", day=limit_on)
    return counted(
        "Stay limit {day}, {n} day ago; extension not decided",
        "Stay limit {day}, {n} days ago; extension not decided",
        past,
        day=limit_on,
    )


def _reviews(snapshot: Snapshot, roll: Iterable[_OnRoll]) -> Iterator[_Case]:
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
            yield _Case(Need.REVIEW_LATE if is_late else Need.REVIEW_DUE, due, row.stay_id, text)


def _absences(snapshot: Snapshot) -> Iterator[_Case]:
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
            yield _Case(need, due_on, stay_id, message("{where}; due back {back}", where=where, back=back))


def _departures(plans: Iterable[PlanRow]) -> Iterator[_Case]:
    """Who leaves within a week, and whoever was found to have no prospect of return."""
    for plan in plans:
        if plan.days <= SOON:
            ready = message("{kind}; all steps done", kind=word(plan.kind))
            reason = plan.reasons[0] if plan.reasons else ready
            yield _Case(_STANDS[plan.standing], plan.planned_on, plan.stay_id, reason, plan.id)
        elif plan.standing is Standing.STOPPED:
            text = message("{kind}: no prospect of return; decide what follows", kind=word(plan.kind))
            yield _Case(Need.NO_PROSPECT, None, plan.stay_id, text, plan.id)


def _arrivals(snapshot: Snapshot) -> Iterator[_Case]:
    """What is missing of arrivals, and what health staff are to read of what could be seen."""
    text = message("What could be seen on arrival is to be read the same day")
    for stay_id, on in admissions.unread(snapshot):
        yield _Case(Need.INJURIES, on, stay_id, text)
    for row in admissions.missing(snapshot):
        yield _Case(Need.ARRIVAL_OPEN, row.arrived_on, row.stay_id, row.text)


def _drafts(snapshot: Snapshot) -> Iterator[Item]:
    """Arrivals that were left half entered."""
    for row in arrival_drafts.drafts(snapshot):
        title = message("{name}", name=row.name) if row.name else message("Name not known yet")
        on = local_date(row.kept_at, snapshot.facility.zone)
        text = message("Half entered by {name}: go on with it, or drop it", name=row.begun_by)
        yield Item(Need.DRAFT, on, True, title, "", text, draft_id=row.id)


def _backup(snapshot: Snapshot) -> Iterator[Item]:
    """That the newest backup is too old; people who are invented need none."""
    newest = newest_good(snapshot)
    if not snapshot.facility.is_demonstration and is_too_old(newest, snapshot.now):
        text = message("The newest good backup is older than two days") if newest else message("There is no backup yet")
        on = None if newest is None else local_date(newest, snapshot.facility.zone)
        yield Item(Need.BACKUP_OLD, on, newest is not None, message("Backup"), "", text)


def _house(snapshot: Snapshot) -> Iterator[Item]:
    """The roll calls that are to be held or were missed, and the shift that has no fire list on paper."""
    owed, title = roll_calls.due(snapshot), message("Roll call")
    if owed.roll_call is not None:
        yield _at_hour(snapshot, Need.ROLL_CALL, owed.roll_call, title, message("The house is to be counted now"))
    for hour in owed.missed:
        yield _at_hour(
            snapshot, Need.ROLL_CALL_MISSED, hour, title, message("No roll call was held, and nobody says why")
        )
    if owed.fire_list is not None:
        text = message("The shift has no fire list on paper yet")
        yield _at_hour(snapshot, Need.FIRE_LIST, owed.fire_list, message("Fire list"), text)


def _at_hour(snapshot: Snapshot, need: Need, hour: datetime, title: Message, text: Message) -> Item:
    at = hour.astimezone(snapshot.facility.zone)
    return Item(need, at.date(), True, title, f"{at:%H:%M}", text)


def _keys(snapshot: Snapshot) -> Iterator[Item]:
    """That nobody can read what is sealed, or that whoever made the register may know what opens everything."""
    if snapshot.facility.is_demonstration:
        return
    if not snapshot.facility.has_holder:
        text = message("Nobody can read sealed notes yet: give somebody the key")
        yield Item(Need.KEYS, None, False, message("Sealed notes"), "", text)
    elif snapshot.connection.scalar(select(KeyFile.recovery_by)) is None:
        text = message("Who reads sealed notes is to make a new one: this one was seen")
        yield Item(Need.KEYS, None, False, message("Recovery sheet"), "", text)


def _reports(snapshot: Snapshot) -> Iterator[Item]:
    """The last twelve months of each programme that are over and not issued."""
    programmes = snapshot.connection.execute(select(Programme.id, Programme.code).where(~Programme.is_closed))
    text = message("The monthly report is not issued yet")
    for programme_id, code in programmes.all():
        for row in monthly_reports.months_of(snapshot, programme_id, most=13, compares=False):
            if row.is_due:
                yield _report(snapshot, Need.REPORT_DUE, programme_id, code, row, text)


def _report(
    snapshot: Snapshot, need: Need, programme_id: ProgrammeId, code: str, row: monthly_reports.MonthRow, text: Message
) -> Item:
    return Item(
        need,
        row.due_on,
        row.due_on < snapshot.today,
        message("Monthly report"),
        code,
        text,
        programme_id=programme_id,
        month=row.month,
    )


def _transports(snapshot: Snapshot) -> Iterator[Item]:
    """The transports that are due within a week, and those that have come and are not all admitted."""
    for row in transports.transports(snapshot):
        if row.is_over or (row.expected.on - snapshot.today).days > SOON:
            continue
        waiting = row.people - row.admitted - row.not_come
        if row.came is None:
            text = counted("{n} person is expected with it", "{n} people are expected with it", row.people)
        else:
            text = counted(
                "It has come; {n} person is not admitted", "It has come; {n} people are not admitted", waiting
            )
        day = row.expected.on if row.came is None else row.came.on
        title = message("{what} from {place}", what=word(row.means), place=row.from_place or "–")
        yield Item(Need.ARRIVAL, day, day < snapshot.today, title, row.number, text, transport_id=row.id)


def _lists(snapshot: Snapshot) -> Iterator[Item]:
    """The lists with accepted candidates who have not arrived, and with candidates on whom nobody has decided."""
    is_expected = and_(Candidate.state == CandidateState.ACCEPTED, ~has_arrived())
    listed = (ProposedList.id, ProposedList.code, ProposedList.programme_id, Programme.code.label("programme"))
    rows = snapshot.connection.execute(
        select(*listed, Candidate.state, func.count(Candidate.id).label("people"))
        .join(Candidate, Candidate.list_id == ProposedList.id)
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(or_(and_(is_expected, ~is_aboard()), Candidate.state == CandidateState.PROPOSED))
        .group_by(*listed, ProposedList.received_on, Candidate.state)
        .order_by(ProposedList.received_on, ProposedList.id)
    )
    for row in rows:
        if row.state is CandidateState.ACCEPTED:
            need = Need.ARRIVAL
            text = counted("{n} accepted person has not arrived", "{n} accepted people have not arrived", row.people)
        else:
            need = Need.SELECTION
            text = counted("{n} person is not decided", "{n} people are not decided", row.people)
        title = message("List {code}", code=row.code)
        yield Item(need, None, False, title, row.programme, text, list_id=row.id, programme_id=row.programme_id)


def _proposals(snapshot: Snapshot) -> Iterator[Item]:
    """The lists with decisions that somebody else has proposed, and that wait for a second person."""
    if not may_do(snapshot.person.role, DECIDES, stands_in=snapshot.person.stands_in):
        return
    rows = snapshot.connection.execute(
        select(
            ProposedList.id,
            ProposedList.code,
            ProposedList.programme_id,
            Programme.code.label("programme"),
            func.count(DecisionProposal.id).label("people"),
            func.min(DecisionProposal.proposed_at).label("since"),
        )
        .join(Candidate, Candidate.list_id == ProposedList.id)
        .join(DecisionProposal, DecisionProposal.candidate_id == Candidate.id)
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(DecisionProposal.state == ProposalState.WAITING, DecisionProposal.proposed_by != snapshot.person.id)
        .group_by(ProposedList.id, ProposedList.code, ProposedList.programme_id, Programme.code)
        .order_by(ProposedList.id)
    )
    for row in rows:
        text = counted("{n} decision waits for a second person", "{n} decisions wait for a second person", row.people)
        since = local_date(row.since, snapshot.facility.zone)
        title = message("List {code}", code=row.code)
        yield Item(
            Need.SECOND_PERSON, since, True, title, row.programme, text, list_id=row.id, programme_id=row.programme_id
        )


def _summary(snapshot: Snapshot, roll: Sequence[_OnRoll], needs: Mapping[Need, int]) -> Summary:
    connection = snapshot.connection
    away = connection.execute(
        select(func.count(Absence.id))
        .join(Stay, Stay.id == Absence.stay_id)
        .where(Absence.until_on.is_(None), Stay.departed_on.is_(None))
    ).scalar_one()
    limited = connection.execute(
        _PLACES.select()
        .where(Programme.places.is_not(None), ~Programme.is_closed)
        .order_by(Programme.window_start.desc(), Programme.code)
    ).all()
    left = [
        PlacesLeft(
            **_PLACES.values(row), left=read_places(connection, row.programme_id, today=snapshot.today).left or 0
        )
        for row in limited
    ]
    return Summary(
        on_roll=len(roll),
        away=away,
        overdue=needs[Need.AWAY_OVERDUE] + needs[Need.LEFT],
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
        SPANS.select().where(or_(and_(Stay.departed_on.is_(None), Stay.arrived_on > first), Stay.departed_on > first))
    )
    numbers = by_date(SPANS.rows(others), (), counting=CountingRule.NIGHTS, first=first, end=snapshot.today)
    return tuple((first + timedelta(days=place), there_throughout + number) for place, number in enumerate(numbers))
