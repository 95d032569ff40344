"""Which issued months a write touches: they alone are compared with what was issued (rules.md, Issued months).

One that somebody has looked through, and that is not issued, is open again.

Noted where every write passes, so that no action can forget it. A month that is noted need not differ; one that is not
noted cannot.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select
from sqlalchemy.orm import Session, aliased

from models.entities.base import Base
from models.entities.departures import Plan
from models.entities.months import IssuedMonth, StateOfMonth, TouchedMonth
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import ProgrammeId, StayId
from models.rules.time import Month
from models.rules.vocabulary import MonthState
from models.store.trail import Change

_ALL_OF_A_STAY = frozenset(
    {"arrived_on", "arrived_at", "resident_id", "programme_id", "candidate_id", "emergency_reasons"}
)
_END_OF_A_STAY = frozenset({"departed_on", "departed_at", "departure_kind", "destination", "destination_country"})
_WHERE_SOMEBODY_WAS = frozenset({"arrived_on", "resident_id", "programme_id"})
_OF_A_PERSON = frozenset({"number", "sex", "birth", "nationality", "candidate_id", "family_id"})
_DATES: Mapping[str, tuple[str, ...]] = {
    "absences": ("from_on", "until_on", "due_back_on"),
    "reviews": ("due_on", "held_on"),
    "stay_limits": ("valid_from",),
}
"""Of what hangs on a stay: the dates from which on it counts."""
_EVENTS: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "checks": (("held_on",), frozenset({"kind"})),
    "health_checks": (("done_on",), frozenset({"step"})),
    "rights_talks": (("explained_on",), frozenset()),
    "incidents": (("happened_on",), frozenset({"kind", "is_taken_back", "programme_id"})),
    "complaints": (("received_on", "answer_by", "answered_on"), frozenset({"resident_id"})),
    "self_harms": (("happened_on",), frozenset({"resident_id"})),
    "proposed_lists": (("received_on",), frozenset({"programme_id"})),
    "roll_calls": (("closed_at",), frozenset({"not_held", "taken_back"})),
}
"""What is counted by its own days: these, and what else of it counts.

It opens no month again that somebody has looked through: nothing of it is looked through there, and that a complaint
was entered must not show.
"""
_EVER = date.min
_A_DAY = timedelta(days=1)


def note(session: Session, changes: Iterable[Change], inserted: Mapping[Table, Sequence[int]], entry: int) -> None:
    """Note the issued months that some writes touch.

    Args:
        session: Of the transaction; all is flushed.
        changes: The rows that changed.
        inserted: The numbers of those that were written set-wise.
        entry: The number of the entry of the trail that tells of it.
    """
    touch = _Touch(session.connection())
    for change in changes:
        touch.take(change)
    for table, numbers in inserted.items():
        if table.name == Stay.__tablename__ and numbers:
            touch.of_stays(Stay.id.between(min(numbers), max(numbers)))
            touch.of_the_same_people(Stay.id.between(min(numbers), max(numbers)))
    found = touch.found()
    for programme_id, first in touch.with_events(found).items():
        issued = select(IssuedMonth.month).where(IssuedMonth.programme_id == programme_id).distinct()
        if first > _EVER:
            issued = issued.where(IssuedMonth.month >= Month.of(first).first)
        for month in session.scalars(issued).all():
            row = session.get(TouchedMonth, (programme_id, month))
            if row is None:
                session.add(TouchedMonth(programme_id=programme_id, month=month, entry=entry))
            else:
                row.entry = entry
    for programme_id, first in found.items():
        _open_again(session, programme_id, first)


def _open_again(session: Session, programme_id: ProgrammeId, first: date) -> None:
    """What was looked through is to be looked through again."""
    checked = select(StateOfMonth).where(
        StateOfMonth.programme_id == programme_id, StateOfMonth.state == MonthState.CHECKED
    )
    for row in session.scalars(checked):
        if Month.of(row.month).end > first:
            row.state, row.checked_at = MonthState.OPEN, None


class _Touch:
    """From which date on the months of which programme are touched."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._programmes: defaultdict[ProgrammeId, date] = defaultdict(lambda: date.max)
        self._stays: defaultdict[StayId, date] = defaultdict(lambda: date.max)
        self._people: set[int] = set()
        self._events: defaultdict[ProgrammeId, date] = defaultdict(lambda: date.max)
        self._events_of: defaultdict[int, date] = defaultdict(lambda: date.max)
        self._events_of_all = date.max

    def found(self) -> Mapping[ProgrammeId, date]:
        """All of them."""
        if self._people:
            self.of_stays(Stay.resident_id.in_(self._people))
        asked = select(Stay.id, Stay.programme_id, Stay.arrived_on).where(Stay.id.in_(list(self._stays)))
        for stay_id, programme_id, arrived_on in self._connection.execute(asked) if self._stays else ():
            first = self._stays[stay_id]
            self._from(programme_id, arrived_on if first == _EVER else first)
        return self._programmes

    def of_stays(self, which: ColumnElement[bool]) -> None:
        """Some stays with all that is of them."""
        asked = select(Stay.programme_id, func.min(Stay.arrived_on)).where(which).group_by(Stay.programme_id)
        for programme_id, first in self._connection.execute(asked):
            self._from(programme_id, first)

    def of_the_same_people(self, which: ColumnElement[bool]) -> None:
        """The programmes under which those of some stays were at other times: what they complain of is of the last."""
        other = aliased(Stay)
        asked = select(other.programme_id, func.min(Stay.arrived_on)).join(other, other.resident_id == Stay.resident_id)
        for programme_id, first in self._connection.execute(asked.where(which).group_by(other.programme_id)):
            self._events[programme_id] = min(self._events[programme_id], first)

    def with_events(self, found: Mapping[ProgrammeId, date]) -> Mapping[ProgrammeId, date]:
        """All of them, and those that are touched by what happened in them alone."""
        under = (
            select(Resident.id, Stay.programme_id)
            .join(Stay, Stay.resident_id == func.coalesce(Resident.joined_into_id, Resident.id))
            .where(Resident.id.in_(list(self._events_of)))
            .distinct()
        )
        firsts = [*found.items(), *self._events.items()]
        if self._events_of:
            firsts += [(programme, self._events_of[who]) for who, programme in self._connection.execute(under)]
        if self._events_of_all < date.max:
            firsts += [(each, self._events_of_all) for each in self._connection.scalars(select(Programme.id))]
        merged = dict(firsts)
        for programme_id, first in firsts:
            merged[programme_id] = min(merged[programme_id], first)
        return merged

    def take(self, change: Change) -> None:
        """One row."""
        changed = change.before.keys() | change.after.keys()
        table = change.table
        if table == "stays":
            self._take_stay(change, changed)
        elif table in _EVENTS:
            self._take_event(change, changed)
        elif table in _DATES:
            days, stay_id = [*_days(change, _DATES[table])], self._said(change, "stay_id")
            if days and stay_id is not None:
                self._stays[StayId(stay_id)] = min(self._stays[StayId(stay_id)], *days)
        elif table == "residents" and change.before and _OF_A_PERSON.intersection(changed):
            self._people.add(int(change.id))
        elif table == "programmes" and change.before:
            self._from(ProgrammeId(int(change.id)), _EVER)
        elif table == "rate_periods":
            programme_id = self._said(change, "programme_id")
            if programme_id is not None:
                self._from(ProgrammeId(programme_id), _EVER)

    def _take_stay(self, change: Change, changed: Collection[str]) -> None:
        for instant in (said["cured_at"] for said in (change.before, change.after) if said.get("cured_at")):
            # By the clock of the facility it may have been the day before.
            self._stays[StayId(int(change.id))] = min(self._stays[StayId(int(change.id))], instant.date() - _A_DAY)
        is_whole = not change.before or not change.after or bool(_ALL_OF_A_STAY.intersection(changed))
        if not is_whole and not _END_OF_A_STAY.intersection(changed):
            return
        days = [*_days(change, ("arrived_on",) if is_whole else ("departed_on",))]
        first = min(days, default=_EVER)
        for said in (change.before, change.after):
            if said.get("programme_id") is not None:
                self._from(ProgrammeId(said["programme_id"]), first)
        if change.before and change.after:
            stay_id = StayId(int(change.id))
            self._stays[stay_id] = min(self._stays[stay_id], first)

        if is_whole and _WHERE_SOMEBODY_WAS.intersection(changed):
            arrived = first if days else self._stands(change, "arrived_on")
            for who in self._each(change, "resident_id"):
                self._events_of[who] = min(self._events_of[who], arrived)

    def _take_event(self, change: Change, changed: Collection[str]) -> None:
        """What is counted by its own day."""
        columns, others = _EVENTS[change.table]
        if not {*columns, *others}.intersection(changed):
            return
        days = [*_days(change, columns)] or [self._stands(change, column) for column in columns]
        said = [day.date() - _A_DAY if isinstance(day, datetime) else day for day in days if day is not None]
        if not said:
            return
        first = min(said)
        match change.table:
            case "roll_calls":
                self._events_of_all = min(self._events_of_all, first)
            case "complaints" | "self_harms":
                for who in self._each(change, "resident_id"):
                    self._events_of[who] = min(self._events_of[who], first)
            case "incidents" | "proposed_lists":
                self._happened(self._each(change, "programme_id"), first)
            case "checks":
                of_plan = select(Stay.programme_id).join(Plan, Plan.stay_id == Stay.id)
                plans = self._each(change, "plan_id")
                self._happened(self._connection.scalars(of_plan.where(Plan.id.in_(plans))), first)
            case _:
                of_stay = select(Stay.programme_id).where(Stay.id.in_(self._each(change, "stay_id")))
                self._happened(self._connection.scalars(of_stay), first)

    def _happened(self, programmes: Iterable[ProgrammeId], first: date) -> None:
        for each in programmes:
            self._events[each] = min(self._events[each], first)

    def _each(self, change: Change, column: str) -> list[Any]:
        """What stands in a column before and after; an update says only what has changed."""
        said = {each[column] for each in (change.before, change.after) if each.get(column) is not None}
        return sorted(said or {self._stands(change, column)})

    def _from(self, programme_id: ProgrammeId, first: date) -> None:
        self._programmes[programme_id] = min(self._programmes[programme_id], first)

    def _said(self, change: Change, column: str) -> int | None:
        """Whose row it is; an update says only what has changed."""
        said: int | None = change.after.get(column) or change.before.get(column)
        return self._stands(change, column) if said is None else said

    def _stands(self, change: Change, column: str) -> Any:  # noqa: ANN401 - of whatever type the column is
        """What stands in a column by now."""
        table = Base.metadata.tables[change.table]
        return self._connection.scalar(select(table.c[column]).where(table.c.id == int(change.id)))


def _days(change: Change, columns: Iterable[str]) -> Iterable[date]:
    for said in (change.before, change.after):
        for column in columns:
            if said.get(column) is not None:
                yield said[column]
