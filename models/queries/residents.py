"""The list of residents, and how many are where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, and_, bindparam, false, func, or_, select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay, TakenBackArrival
from models.ids import AbsenceId, ProgrammeId, ResidentId, StayId
from models.repositories.residents import FACTS, NAME
from models.repositories.safeguards import has_sealed
from models.repositories.stays import LIMIT, awaits_countersign, is_uncured, last_stay, limit_on
from models.rules.absences import is_overdue
from models.rules.limits import day_number, days_allowed, days_past
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind
from models.store import search
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import N_

_AT_ONCE = 500


class Shown(StrEnum):
    """Which residents a list shows."""

    ON_ROLL = "on_roll"
    AWAY = "away"
    PAST_LIMIT = "past_limit"
    DEPARTED = "departed"
    ALL = "all"


SHOWN: Mapping[Shown, str] = {
    Shown.ON_ROLL: N_("On the roll"),
    Shown.AWAY: N_("Away"),
    Shown.PAST_LIMIT: N_("Past the limit"),
    Shown.DEPARTED: N_("Departed"),
    Shown.ALL: N_("All"),
}
"""What each is called: message ids."""


class Whereabouts(StrEnum):
    """Where a resident is."""

    PRESENT = "present"
    AWAY = "away"
    OVERDUE = "overdue"
    DEPARTED = "departed"


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """A resident with the open stay, or else the last one.

    Attributes:
        id: The resident.
        name: "Family, Given", or the number where there is no name.
        facts: All that is known of the person.
        building: Of the room; empty where there is no bed, and where it is plain.
        room: Its name, empty where there is no bed.
        due_back: When a person who is away must be back.
        day: The number of today in the stay, or of its last day.
        days_allowed: How many days the limit allows in all, None where there is none.
        days_past: By how many days an open stay is past its limit.
        is_emergency: Whether it is an emergency arrival that was not put in order.
        is_provisional: Whether it is a provisional arrival that no supervisor has countersigned yet.
    """

    id: ResidentId
    number: str
    name: str
    facts: PersonFacts
    whereabouts: Whereabouts
    stay_id: StayId | None
    programme: str
    arrived_on: date | None
    departed_on: date | None
    departure_kind: DepartureKind | None
    limit_on: date | None
    day: int | None
    days_allowed: int | None
    days_past: int
    building: str
    room: str
    bed: str
    absence_id: AbsenceId | None
    due_back: Moment | None
    is_emergency: bool
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """How many are where, now."""

    on_roll: int
    away: int
    overdue: int

    @property
    def present(self) -> int:
        """On the roll and not away."""
        return self.on_roll - self.away


def roll(snapshot: Snapshot) -> Roll:
    """How many are on the roll, away, and overdue."""
    on_roll = snapshot.connection.execute(select(func.count()).where(Stay.departed_on.is_(None))).scalar_one()
    due = snapshot.connection.execute(
        select(Absence.due_back_on, Absence.due_back_at)
        .join(Stay, Stay.id == Absence.stay_id)
        .where(Absence.until_on.is_(None), Stay.departed_on.is_(None))
    ).all()
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    return Roll(on_roll, len(due), sum(is_overdue(Moment(on, at), now) for on, at in due))


def programmes(snapshot: Snapshot) -> tuple[tuple[ProgrammeId, str], ...]:
    """The programmes that people are or were under: the choice above the list."""
    found = snapshot.connection.execute(select(Programme.id, Programme.code).order_by(Programme.code))
    return tuple((row.id, row.code) for row in found)


def ids(
    snapshot: Snapshot,
    *,
    sort: str = "name",
    descending: bool = False,
    then: Sequence[tuple[str, bool]] = (),
    text: str = "",
    shown: Shown = Shown.ON_ROLL,
    programme: ProgrammeId | None = None,
) -> list[ResidentId]:
    """Which residents a list shows, in its order.

    Args:
        snapshot: The reading.
        sort: A key of `SORTS`.
        descending: Whether downwards.
        then: By what those are sorted who are the same in that: names of columns, each with whether downwards.
        text: What the name, a number or a document must contain, in any spelling.
        shown: Which ones.
        programme: Only those whose stay, the open or the last, is under this programme.
    """
    asked = _stays(select(Resident.id), Shown(shown), snapshot)
    order = ((sort, descending), *then)
    if any(name == "room" for name, _down in order):
        asked = _with_room(asked)
    if programme is not None:
        asked = asked.where(Stay.programme_id == programme)
    keys = [
        # The earlier somebody arrived, the higher is the day of the stay.
        (key.desc() if down is not (name == "day") else key.asc()).nulls_last()
        for name, down in order
        for key in SORTS[name]
    ]
    ordered = asked.order_by(*keys, Resident.sort_key, Resident.id)
    found = snapshot.connection.execute(ordered, {"today": snapshot.today}).scalars()
    if not text.strip():
        return list(found)
    fitting = search.matching(snapshot.connection, text)
    return [resident for resident in found if resident in fitting]


def _stays(asked: Select[*tuple[Any, ...]], shown: Shown, snapshot: Snapshot) -> Select[*tuple[Any, ...]]:
    """Each resident with the open stay, or where those who left are shown too, with the last one."""
    if shown in (Shown.ALL, Shown.DEPARTED):
        joined = asked.select_from(Resident).outerjoin(Stay, Stay.id == last_stay())
        joined = joined.where(Resident.joined_into_id.is_(None))
        if shown is Shown.ALL:
            wrongly = select(TakenBackArrival.stay_id).where(TakenBackArrival.resident_id == Resident.id)
            # Who never was admitted is no resident, but to who reads what is sealed of them.
            was_admitted = or_(Stay.id.is_not(None), ~wrongly.exists(), *has_sealed(snapshot.person))
            return joined.join(Programme, Programme.id == Stay.programme_id, isouter=True).where(was_admitted)
        return joined.join(Programme, Programme.id == Stay.programme_id).where(Stay.departed_on.is_not(None))
    joined = (
        asked.select_from(Resident)
        .join(Stay, and_(Stay.resident_id == Resident.id, Stay.departed_on.is_(None)))
        .join(Programme, Programme.id == Stay.programme_id)
    )
    if shown is Shown.AWAY:
        away = select(Absence.id).where(Absence.stay_id == Stay.id, Absence.until_on.is_(None))
        return joined.where(away.exists())
    return joined.where(limit_on(snapshot.today) < snapshot.today) if shown is Shown.PAST_LIMIT else joined


def _with_room(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The bed that a person has now."""
    return (
        asked.outerjoin(Placement, and_(Placement.stay_id == Stay.id, Placement.until_on.is_(None)))
        .outerjoin(Bed, Bed.id == Placement.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
    )


SORTS: Mapping[str, tuple[SQLColumnExpression[Any], ...]] = {
    "name": (Resident.sort_key,),
    "number": (func.length(Resident.number), Resident.number),
    "nationality": (Resident.nationality,),
    "programme": (Programme.code,),
    "day": (Stay.arrived_on,),
    "arrived": (Stay.arrived_on,),
    "limit": (LIMIT,),
    "departed": (Stay.departed_on,),
    # Shorter names first is how people count: room 4 before room 12.
    "room": (Room.building, func.length(Room.name), Room.name, Bed.name),
}
"""By what a list can be sorted, by the name of the column."""


def rows(snapshot: Snapshot, ids: Iterable[ResidentId]) -> tuple[ResidentRow, ...]:
    """The rows of some residents, in any order."""
    remaining = iter(ids)
    found: list[Row[*tuple[Any, ...]]] = []
    while chunk := list(islice(remaining, _AT_ONCE)):
        found += snapshot.connection.execute(_ROWS, {"chosen": chunk, "today": snapshot.today}).all()
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    return tuple(_row(row, now) for row in found)


_RESIDENTS = Rows(
    ResidentRow,
    Resident,
    Stay,
    name=NAME,
    facts=FACTS,
    stay_id=Stay.id,
    programme=func.coalesce(Programme.code, ""),
    building=func.coalesce(Room.building, ""),
    room=func.coalesce(Room.name, ""),
    bed=func.coalesce(Bed.name, ""),
    absence_id=Absence.id,
    due_back=Absence.due_back,
    limit_on=LIMIT,
    is_emergency=func.coalesce(is_uncured(), false()),
    is_provisional=func.coalesce(awaits_countersign(), false()),
)

_ROWS = (
    _with_room(
        _RESIDENTS.select()
        .add_columns(Stay.counted_from)
        .select_from(Resident)
        .outerjoin(Stay, Stay.id == last_stay())
        .outerjoin(Programme)
    )
    .outerjoin(Absence, and_(Absence.stay_id == Stay.id, Absence.until_on.is_(None)))
    .where(Resident.id.in_(bindparam("chosen", expanding=True)))
)
"""Made once: the search box asks it with every letter that is typed."""


def listed(
    snapshot: Snapshot,
    *,
    shown: str = Shown.ON_ROLL,
    programme_id: ProgrammeId | None = None,
    text: str = "",
    sort: str = "name",
) -> tuple[ResidentRow, ...]:
    """The list of residents as a whole, in its order: for paper. The arguments are those of `ids`."""
    order = ids(snapshot, sort=sort, text=text, shown=Shown(shown), programme=programme_id)
    found = {row.id: row for row in rows(snapshot, order)}
    return tuple(found[each] for each in order)


def _row(row: Row[*tuple[Any, ...]], now: Moment) -> ResidentRow:
    has_stay, is_open = row.stay_id is not None, row.stay_id is not None and row.departed_on is None
    values = _RESIDENTS.values(row)
    return ResidentRow(
        **values,
        whereabouts=_whereabouts(values["due_back"], now, is_open=is_open),
        day=day_number(row.counted_from or row.arrived_on, row.departed_on or now.on) if has_stay else None,
        days_allowed=days_allowed(row.counted_from or row.arrived_on, row.limit_on) if has_stay else None,
        days_past=days_past(row.limit_on, now.on) if is_open else 0,
    )


def _whereabouts(due: Moment | None, now: Moment, *, is_open: bool) -> Whereabouts:
    if not is_open:
        return Whereabouts.DEPARTED
    if due is None:
        return Whereabouts.PRESENT
    return Whereabouts.OVERDUE if is_overdue(due, now) else Whereabouts.AWAY
