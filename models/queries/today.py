"""Today: what needs a person, most urgent first, from what is really so in the register."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest
from typing import TypeVar

from sqlalchemy import and_, func, or_, select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import ProgrammeId, ResidentId
from models.queries import (
    departures,
    needing_house,
    needing_stays,
)
from models.queries.needing import Case, Item, Need
from models.queries.needing_stays import OnRoll
from models.repositories.programmes import read_places
from models.repositories.residents import NAME
from models.repositories.stays import SPANS
from models.rules.presence import by_date
from models.rules.vocabulary import CountingRule
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import message


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


U = TypeVar("U", Item, Case)


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
        Need.WAITING,
    }
)
"""The needs of which the day lies behind, also where it is today."""
_NOBODYS = frozenset(
    {
        Need.DRAFT,
        Need.REPORT_DUE,
        Need.REPORT_DIFFERS,
        Need.REPORT_UNSENT,
        Need.ARRIVAL,
        Need.SECOND_PERSON,
        Need.SELECTION,
        Need.OUT_OF_USE,
        Need.BACKUP_OLD,
        Need.KEYS,
        Need.CERTIFICATE,
    }
)
"""The needs that are about no single person in the house."""


def today(snapshot: Snapshot, *, known: Sequence[Item] | None = None) -> Today:
    """What needs a person today, most urgent first, and the figures at the head.

    Args:
        snapshot: The look at the register.
        known: What `differing` has found, where it was asked before; None: it is asked now.
    """
    roll = needing_stays.on_roll(snapshot)
    cases = needing_stays.cases(snapshot, roll=roll, plans=departures.plans(snapshot))
    others = [*needing_house.items(snapshot), *(needing_house.differing(snapshot) if known is None else known)]
    needs = Counter([*(case.need for case in cases), *(item.need for item in others)])
    items = _listed([*_named(snapshot, _listed(cases)), *others])
    items.sort(key=lambda item: comes_first(item, snapshot.today))
    return Today(snapshot.today, _summary(snapshot, roll, needs), tuple(items))


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


def _named(snapshot: Snapshot, cases: Sequence[Case]) -> Iterator[Item]:
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


def _summary(snapshot: Snapshot, roll: Sequence[OnRoll], needs: Mapping[Need, int]) -> Summary:
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


def _nights(snapshot: Snapshot, roll: Iterable[OnRoll], count: int) -> tuple[tuple[date, int], ...]:
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
