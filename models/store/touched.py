"""Which issued months a write touches: they alone are compared with what was issued (rules.md, Issued months).

One that somebody has looked through, and that is not issued, is open again.

Noted where every write passes, so that no action can forget it. A month that is noted need not differ; one that is not
noted cannot.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Table, func, select
from sqlalchemy.orm import Session

from models.entities.base import Base
from models.entities.months import IssuedMonth, StateOfMonth, TouchedMonth
from models.entities.stays import Stay
from models.ids import ProgrammeId, StayId
from models.rules.time import Month
from models.rules.vocabulary import MonthState
from models.store.trail import Change

_ALL_OF_A_STAY = frozenset({"arrived_on", "resident_id", "programme_id", "candidate_id", "emergency_reasons"})
_END_OF_A_STAY = frozenset({"departed_on", "departure_kind", "destination", "destination_country"})
_OF_A_PERSON = frozenset({"sex", "birth", "nationality", "candidate_id", "family_id"})
_DATES: Mapping[str, tuple[str, ...]] = {
    "absences": ("from_on", "until_on", "due_back_on"),
    "reviews": ("due_on", "held_on"),
    "stay_limits": ("valid_from",),
}
"""Of what hangs on a stay: the dates from which on it counts."""
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
    for programme_id, first in touch.found().items():
        issued = select(IssuedMonth.month).where(IssuedMonth.programme_id == programme_id).distinct()
        if first > _EVER:
            issued = issued.where(IssuedMonth.month >= Month.of(first).first)
        for month in session.scalars(issued).all():
            row = session.get(TouchedMonth, (programme_id, month))
            if row is None:
                session.add(TouchedMonth(programme_id=programme_id, month=month, entry=entry))
            else:
                row.entry = entry
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

    def take(self, change: Change) -> None:
        """One row."""
        changed = change.before.keys() | change.after.keys()
        table = change.table
        if table == "stays":
            self._take_stay(change, changed)
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

    def _from(self, programme_id: ProgrammeId, first: date) -> None:
        self._programmes[programme_id] = min(self._programmes[programme_id], first)

    def _said(self, change: Change, column: str) -> int | None:
        """Whose row it is; an update says only what has changed."""
        said: int | None = change.after.get(column) or change.before.get(column)
        if said is None:
            table = Base.metadata.tables[change.table]
            said = self._connection.scalar(select(table.c[column]).where(table.c.id == int(change.id)))
        return said


def _days(change: Change, columns: Iterable[str]) -> Iterable[date]:
    for said in (change.before, change.after):
        for column in columns:
            if said.get(column) is not None:
                yield said[column]
