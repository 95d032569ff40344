"""Stays with their limits, extensions and reviews."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.stays import Review, Stay, StayLimit
from models.ids import CandidateId, ProgrammeId, ResidentId, StayId
from models.repositories.stays import LATEST_FIRST, LIMIT, awaits_countersign, came_with_file, is_uncured
from models.rules.kept import restored
from models.rules.limits import (
    RECKONED,
    ReviewState,
    day_number,
    days_allowed,
    days_past,
    next_review,
    review_dates,
    review_state,
    standing,
)
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, Destination, LimitBasis, LimitRule, Regime
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit of a stay; the last one that holds from today or before is the one that holds.

    Attributes:
        limit_on: The last permitted day, None where there is none.
        entered_by: The name of whoever entered it; empty where it came in with a file.
        entered_at: In UTC.
        holds: Whether it is the one that holds today.
        can_be_taken_back: Whether it is the last decision that stands.
    """

    id: int
    limit_on: date | None
    basis: LimitBasis
    valid_from: date
    reason: str
    decided_by: str
    authority: str
    entered_by: str
    entered_at: datetime
    holds: bool
    can_be_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review that was held, is due, or is late.

    Attributes:
        due_on: The day on which it falls due; the name of the review.
        held_on: None where it was not held.
        version: To be given back when it is corrected.
    """

    due_on: date
    state: ReviewState
    held_on: date | None = None
    outcome: str = ""
    held_by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay, whole.

    Attributes:
        day: The number of today in the stay, or of the last day; the arrival is day 1, or the first day of a limit
            that goes on from the stay before.
        days_allowed: How many days the limit allows in all, None where there is none.
        days_past: By how many days an open stay is past its limit.
        emergency: Why it was an emergency arrival; empty where it was none.
        is_emergency: Whether it is an emergency arrival that was not put in order.
        is_provisional: Whether it is a provisional arrival that no supervisor has countersigned yet.
        countersigned_by: Who has countersigned it; empty where nobody has, or need not.
        cured_at: When it was put in order, in UTC.
        limits: In the order in which they were laid down.
        reviews: Those held and those that have fallen due, the latest first, below the next one.
        next_review: The day of the first review that was not held; None where the stay is over or has no reviews.
        version: To be given back when it is corrected.
    """

    id: StayId
    resident_id: ResidentId
    programme_id: ProgrammeId
    programme: str
    programme_title: str
    partner: str
    regime: Regime
    limit_rule: LimitRule
    candidate_id: CandidateId | None
    arrived: Moment
    departed: Moment | None
    departure_kind: DepartureKind | None
    destination: Destination | None
    destination_country: str | None
    destination_place: str
    limit_on: date | None
    day: int
    days_allowed: int | None
    days_past: int
    emergency: tuple[Message, ...]
    is_emergency: bool
    is_provisional: bool
    countersigned_by: str
    countersigned_at: datetime | None
    cured_at: datetime | None
    cured_note: str
    came_with_file: bool
    limits: tuple[LimitRow, ...]
    reviews: tuple[ReviewRow, ...]
    next_review: date | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.departed is None


_STAYS = Rows(
    StayRow,
    Stay,
    Programme,
    programme=Programme.code,
    programme_title=Programme.title,
    emergency=Made(restored, Stay.emergency_reasons),
    limit_on=LIMIT,
    is_emergency=is_uncured(),
    is_provisional=awaits_countersign(),
    countersigned_by=func.coalesce(
        select(User.name).where(User.id == Stay.countersigned_by).correlate(Stay).scalar_subquery(), ""
    ),
    came_with_file=came_with_file(),
)
_LIMITS = Rows(LimitRow, StayLimit, entered_by=func.coalesce(User.name, ""))
_HELD = Rows(ReviewRow, Review)


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[StayRow, ...]:
    """The stays of a resident, the latest first."""
    found = snapshot.connection.execute(
        _asked().where(Stay.resident_id == resident_id).order_by(*LATEST_FIRST), {"today": snapshot.today}
    ).all()
    return _whole(snapshot, found)


def one(snapshot: Snapshot, *, stay_id: StayId) -> StayRow | None:
    """A stay by its number."""
    found = snapshot.connection.execute(_asked().where(Stay.id == stay_id), {"today": snapshot.today}).all()
    return next(iter(_whole(snapshot, found)), None)


def _asked() -> Select[*tuple[Any, ...]]:
    return (
        _STAYS.select()
        .add_columns(Programme.review_every, Stay.counted_from)
        .join(Programme, Programme.id == Stay.programme_id)
    )


def _whole(snapshot: Snapshot, found: Sequence[Row[*tuple[Any, ...]]]) -> tuple[StayRow, ...]:
    ids = [row.id for row in found]
    limits, held = _limits(snapshot, ids), _held(snapshot, ids)
    return tuple(_row(row, snapshot.today, limits.get(row.id, ()), held.get(row.id, {})) for row in found)


def _row(
    row: Row[*tuple[Any, ...]], today: date, limits: tuple[LimitRow, ...], held: Mapping[date, ReviewRow]
) -> StayRow:
    is_open = row.departed_on is None
    last = today if is_open else row.departed_on
    upcoming = next_review(row.arrived_on, row.review_every, frozenset(held)) if is_open else None
    return StayRow(
        **_STAYS.values(row),
        day=day_number(row.counted_from or row.arrived_on, last),
        days_allowed=days_allowed(row.counted_from or row.arrived_on, row.limit_on),
        days_past=days_past(row.limit_on, today) if is_open else 0,
        limits=limits,
        reviews=_reviews(row, held, upcoming, last, today),
        next_review=upcoming,
    )


def _reviews(
    row: Row[*tuple[Any, ...]], held: Mapping[date, ReviewRow], upcoming: date | None, last: date, today: date
) -> tuple[ReviewRow, ...]:
    """Those held, those that have fallen due in the stay, and the next; the latest first."""
    days = {*held, *review_dates(row.arrived_on, row.review_every, last), *([upcoming] if upcoming else [])}
    return tuple(held.get(day) or ReviewRow(day, review_state(day, None, today)) for day in sorted(days, reverse=True))


def _limits(snapshot: Snapshot, ids: Iterable[StayId]) -> dict[StayId, tuple[LimitRow, ...]]:
    asked = (
        _LIMITS.select()
        .add_columns(StayLimit.stay_id)
        .outerjoin(User, User.id == StayLimit.entered_by)
        .where(StayLimit.stay_id.in_(list(ids)))
        .order_by(StayLimit.id.desc())
    )
    found: dict[StayId, list[LimitRow]] = defaultdict(list)
    holding: set[StayId] = set()
    for row in snapshot.connection.execute(asked):
        holds = row.valid_from <= snapshot.today and row.stay_id not in holding
        if holds:
            holding.add(row.stay_id)
        found[row.stay_id].append(LimitRow(**_LIMITS.values(row), holds=holds))
    return {stay_id: _with_last(limits[::-1]) for stay_id, limits in found.items()}


def _with_last(laid: Sequence[LimitRow]) -> tuple[LimitRow, ...]:
    """The limits of a stay, with the last decision that stands told from the others."""
    last = next((row for row in standing(laid)[::-1] if row.basis not in RECKONED), None)
    return tuple(replace(row, can_be_taken_back=True) if row is last else row for row in laid)


def _held(snapshot: Snapshot, ids: Iterable[StayId]) -> dict[StayId, dict[date, ReviewRow]]:
    asked = _HELD.select().add_columns(Review.stay_id).where(Review.stay_id.in_(list(ids)))
    found: dict[StayId, dict[date, ReviewRow]] = defaultdict(dict)
    for row in snapshot.connection.execute(asked):
        found[row.stay_id][row.due_on] = ReviewRow(**_HELD.values(row), state=ReviewState.HELD)
    return found
