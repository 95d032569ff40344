"""What is missing or doubtful of a month before its report is issued, each with where it is put right."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Review, Stay
from models.ids import ProgrammeId, ResidentId, StayId
from models.queries import monthly_reports
from models.queries.months import figures
from models.repositories.residents import NAME
from models.repositories.stays import is_uncured, limit_on
from models.rules.absences import is_overdue
from models.rules.limits import ReviewState, next_review, review_state
from models.rules.time import Moment, Month
from models.rules.vocabulary import DepartureKind, Destination, DoubtKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message, message

MOST = 200
"""So many of one kind are listed; more say nothing that these do not."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One point.

    Attributes:
        kind: What is missing or doubtful.
        number: Of whom it is; empty where it is about nobody.
        name: How they are called.
        text: What is so.
        resident_id: And the ids of what is to be opened, as far as they apply.
    """

    kind: DoubtKind
    number: str
    name: str
    text: Message
    resident_id: ResidentId | None = None
    programme_id: ProgrammeId | None = None
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class _Person:
    resident_id: ResidentId
    number: str
    name: str


_PEOPLE = Rows(_Person, Stay, Resident, name=NAME)


def doubts(snapshot: Snapshot, *, programme_id: ProgrammeId, month: Month) -> tuple[Doubt, ...]:
    """The points of a month that has begun, in the order of `DoubtKind`: what is unknown of people comes first.

    Raises:
        Refused: There is no such programme, or the month has not begun.
    """
    month_figures = figures(snapshot, programme_id, month)
    found = [
        *_of_people(snapshot, programme_id, month),
        *_of_stays(snapshot, programme_id, month),
        *_of_reviews(snapshot, programme_id, month),
        *_earlier(snapshot, programme_id, month),
    ]
    if month_figures.claim is not None and month_figures.claim.unrated_nights:
        text = message("No rate is in force on {n} of them.", n=month_figures.claim.unrated_nights)
        found.append(Doubt(DoubtKind.RATE, "", "", text, programme_id=programme_id))
    if not snapshot.facility.letterhead:
        found.append(Doubt(DoubtKind.LETTERHEAD, "", "", message("The paper does not say which authority sends it.")))
    order = list(DoubtKind)
    return tuple(sorted(found, key=lambda doubt: order.index(doubt.kind)))


def _touching(programme_id: ProgrammeId, month: Month) -> ColumnElement[bool]:
    return and_(
        Stay.programme_id == programme_id,
        Stay.arrived_on < month.end,
        or_(Stay.departed_on.is_(None), Stay.departed_on >= month.first),
    )


def _stays(snapshot: Snapshot, kind: DoubtKind, text: Message, *where: ColumnElement[bool]) -> Iterator[Doubt]:
    """Whom some stays are of."""
    asked = (
        _PEOPLE.select()
        .join(Resident, Resident.id == Stay.resident_id)
        .where(*where)
        .order_by(Resident.number, Stay.id)
        .limit(MOST)
    )
    for person in dict.fromkeys(_PEOPLE.rows(snapshot.connection.execute(asked))):
        yield Doubt(kind, person.number, person.name, text, resident_id=person.resident_id)


def _of_people(snapshot: Snapshot, programme_id: ProgrammeId, month: Month) -> Iterator[Doubt]:
    here = _touching(programme_id, month)
    unknown = message("Counted as not known.")
    yield from _stays(snapshot, DoubtKind.NATIONALITY, unknown, here, Resident.nationality.is_(None))
    yield from _stays(snapshot, DoubtKind.SEX, unknown, here, Resident.sex.is_(None))
    yield from _stays(snapshot, DoubtKind.BIRTH, unknown, here, Resident.birth.is_(None))
    asked = (
        _PEOPLE.select()
        .add_columns(Resident.birth)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(here, Resident.birth.is_not(None))
        .order_by(Resident.number, Stay.id)
    )
    said = message("1 January is often written where the day is not known.")
    first = {_PEOPLE.row(row): None for row in snapshot.connection.execute(asked) if row.birth.doubtful}
    for person in list(first)[:MOST]:
        yield Doubt(DoubtKind.BIRTH, person.number, person.name, said, resident_id=person.resident_id)


def _of_stays(snapshot: Snapshot, programme_id: ProgrammeId, month: Month) -> Iterator[Doubt]:
    here = _touching(programme_id, month)
    text = message("The departure is counted without a destination.")
    went = and_(Stay.departed_on >= month.first, Stay.departed_on < month.end)
    nowhere = or_(
        Stay.destination.is_(None),
        Stay.destination == Destination.NOT_RECORDED,
        Stay.departure_kind == DepartureKind.NOT_RECORDED,
    )
    ends_there = Stay.departure_kind.notin_((DepartureKind.DEATH, DepartureKind.ESCAPE, DepartureKind.LEFT_ON_OWN))
    yield from _stays(snapshot, DoubtKind.DESTINATION, text, here, went, nowhere, ends_there)
    text = message("The report counts it as an emergency that is not in order.")
    yield from _stays(snapshot, DoubtKind.EMERGENCY, text, here, is_uncured())
    yield from _overdue(snapshot, here)
    last = min(month.last, snapshot.today)
    text = message("The report counts it as past the limit.")
    stays_on = or_(Stay.departed_on.is_(None), Stay.departed_on > last)
    yield from _stays(snapshot, DoubtKind.LIMIT, text, here, stays_on, limit_on(last) < last)


def _overdue(snapshot: Snapshot, here: ColumnElement[bool]) -> Iterator[Doubt]:
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    asked = (
        _PEOPLE.select()
        .add_columns(Absence.due_back_on, Absence.due_back_at)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Absence, Absence.stay_id == Stay.id)
        .where(here, Absence.until_on.is_(None), Stay.departed_on.is_(None), Absence.due_back_on <= snapshot.today)
        .order_by(Absence.due_back_on, Absence.id)
    )
    for row in snapshot.connection.execute(asked):
        due = Moment(row.due_back_on, row.due_back_at)
        if is_overdue(due, now):
            person = _PEOPLE.row(row)
            text = message("Due back {day}, and counted as here and away.", day=due.on)
            yield Doubt(DoubtKind.OVERDUE, person.number, person.name, text, resident_id=person.resident_id)


def _of_reviews(snapshot: Snapshot, programme_id: ProgrammeId, month: Month) -> Iterator[Doubt]:
    every = snapshot.connection.scalar(select(Programme.review_every).where(Programme.id == programme_id)) or 0
    if not every:
        return
    last = min(month.end - timedelta(days=1), snapshot.today)
    here = and_(_touching(programme_id, month), or_(Stay.departed_on.is_(None), Stay.departed_on > last))
    held: defaultdict[StayId, set[date]] = defaultdict(set)
    reviews = select(Review.stay_id, Review.due_on).join(Stay, Stay.id == Review.stay_id)
    for stay_id, due_on in snapshot.connection.execute(reviews.where(here, Review.held_on <= last)):
        held[stay_id].add(due_on)
    asked = (
        _PEOPLE.select()
        .add_columns(Stay.id, Stay.arrived_on)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(here)
        .order_by(Resident.number)
    )
    found = 0
    for row in snapshot.connection.execute(asked):
        due = next_review(row.arrived_on, every, frozenset(held[row.id]))
        if due is not None and review_state(due, None, last) is ReviewState.LATE and found < MOST:
            found += 1
            person, text = _PEOPLE.row(row), message("Due on {day}.", day=due)
            yield Doubt(DoubtKind.REVIEW, person.number, person.name, text, resident_id=person.resident_id)


def _earlier(snapshot: Snapshot, programme_id: ProgrammeId, month: Month) -> Iterator[Doubt]:
    for row in monthly_reports.months_of(snapshot, programme_id):
        if row.month < month and row.is_due:
            text = message("{month} is not issued yet.", month=str(row.month))
            if row.issued is not None:
                text = message("{month} is no longer as it was issued.", month=str(row.month))
            yield Doubt(DoubtKind.EARLIER, "", "", text, programme_id=programme_id, month=row.month)
