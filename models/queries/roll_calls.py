"""Roll calls: the one that goes on, those that were held, and which one is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from models.entities.absences import Absence
from models.entities.people import User
from models.entities.residents import Resident
from models.entities.roll_calls import RollCall, RollCorrection, RollCounter, RollMark
from models.entities.rooms import Room
from models.entities.stays import Stay
from models.ids import ResidentId, RollCallId, RollCounterId, StayId, UserId
from models.repositories import roll_calls as repository
from models.repositories.residents import NAME, bearers
from models.repositories.roll_calls import Hours as Hours  # what the window is shown
from models.repositories.roll_calls import Line as Line
from models.repositories.stays import LATEST_FIRST
from models.rules import roll_calls as rules
from models.rules.roll_calls import Balance
from models.rules.time import Moment, local_date
from models.rules.vocabulary import RollMarkState, RollStanding
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Counter:
    """Somebody who counts.

    Attributes:
        part: The building; empty: the whole house.
    """

    id: RollCounterId
    name: str
    part: str
    entered_by: UserId

    def __str__(self) -> str:
        """As papers and files name it."""
        return f"{self.name} ({self.part})" if self.part else self.name


@dataclass(frozen=True, slots=True)
class CallRow:
    """A roll call in the register of counts (standards.md, B9).

    Attributes:
        due_at: The hour of the facility that it was held for; None: for none.
        counters: Who counted, and which part.
        on_roll: This and the figures after it as they were signed; None: it is not signed.
        corrections: How many corrections there are.
        missing_now: How many are missing as it was corrected since; None: it is not signed.
        unexpected_now: Likewise.
    """

    id: RollCallId
    version: int
    due_at: datetime | None
    began_at: datetime
    ended_at: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    begun_by: str
    closed_by: str
    is_from_sheet: bool
    not_held: str
    taken_back: str
    remark: str
    on_roll: int | None
    away: int | None
    expected: int | None
    counted: int | None
    missing: int | None
    unexpected: int | None
    counters: tuple[Counter, ...] = ()
    corrections: int = 0
    missing_now: int | None = None
    unexpected_now: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still counted."""
        return self.closed_at is None and not self.not_held and not self.taken_back

    @property
    def words(self) -> str:
        """What is to be said of it: why it was taken back, why it was not held, or the remark that was signed."""
        return self.taken_back or self.not_held or self.remark

    @property
    def held_late_for(self) -> datetime | None:
        """The hour that it was held for, if it began when that was missed already."""
        is_late = self.due_at is not None and self.began_at >= self.due_at + rules.GRACE
        return self.due_at if is_late else None

    @property
    def balances(self) -> bool:
        """Whether it was signed, and balances as far as it was corrected since."""
        return self.closed_at is not None and not self.missing_now and not self.unexpected_now


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right of a signed roll call."""

    name: str
    number: str
    standing_before: RollStanding | None
    standing: RollStanding
    reason: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """One roll call with everybody in it."""

    call: CallRow
    lines: tuple[Line, ...]
    balance: Balance
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What the page of the roll shows.

    Attributes:
        open: The roll call that goes on; None where none does.
        parts: The buildings, for whoever counts one of them.
        due: The hour that has come for one; None where none is due.
        missed: The hours at which none was held, and nobody has said why.
        late: Those of them for which one that begins now can still be held.
        hours: Of the facility.
    """

    open: Count | None
    parts: tuple[str, ...]
    due: datetime | None
    missed: tuple[datetime, ...]
    late: tuple[datetime, ...]
    hours: Hours


_Closer = aliased(User)
_CALLS = Rows(CallRow, RollCall, begun_by=User.name, closed_by=_Closer.name)
_COUNTERS = Rows(Counter, RollCounter)
_CORRECTIONS = Rows(Correction, RollCorrection, Resident, name=NAME, entered_by=User.name)
_SORTS = {
    "began": RollCall.began_at,
    "due": RollCall.due_at,
    "on_roll": RollCall.on_roll,
    "away": RollCall.away,
    "expected": RollCall.expected,
    "counted": RollCall.counted,
}


def house(snapshot: Snapshot) -> House:
    """The page of the roll."""
    going = repository.open_call(snapshot.connection)
    owed = due(snapshot)
    return House(
        None if going is None else count(snapshot, roll_call_id=going),
        parts(snapshot),
        owed.roll_call,
        owed.missed,
        tuple(at for at in owed.missed if at >= snapshot.now - rules.LATEST),
        repository.hours(snapshot.connection),
    )


def parts(snapshot: Snapshot) -> tuple[str, ...]:
    """The buildings of the house."""
    found = snapshot.connection.scalars(select(Room.building).distinct().order_by(Room.building))
    return tuple(name for name in found if name)


def hours(snapshot: Snapshot) -> Hours:
    """When the house is counted, and when shifts begin that want a fire list."""
    return repository.hours(snapshot.connection)


def hours_for(snapshot: Snapshot, *, roll_call_id: RollCallId) -> tuple[datetime, ...]:
    """For which hours a roll call can have been held: those around its begin, the earliest first."""
    began = snapshot.connection.scalar(select(RollCall.began_at).where(RollCall.id == roll_call_id))
    if began is None:
        return ()
    asked = repository.periods(snapshot.connection)
    return rules.asked_for(asked, began - rules.LATEST, began + rules.LEAD, snapshot.facility.zone)


def not_on(
    snapshot: Snapshot, *, roll_call_id: RollCallId, resident_ids: Sequence[ResidentId]
) -> Mapping[ResidentId, StayId]:
    """Of some residents those whose stay holds the day of a signed roll call, and in which nobody asked for them."""
    began = snapshot.connection.scalar(select(RollCall.began_at).where(RollCall.id == roll_call_id))
    if began is None:
        return {}
    day = local_date(began, snapshot.facility.zone)
    on_it = select(RollMark.stay_id).where(RollMark.roll_call_id == roll_call_id, RollMark.standing.is_not(None))
    put_right = select(RollCorrection.stay_id).where(RollCorrection.roll_call_id == roll_call_id)
    found = snapshot.connection.execute(
        select(Stay.resident_id, Stay.id)
        .where(
            Stay.resident_id.in_(resident_ids),
            Stay.arrived_on <= day,
            or_(Stay.departed_on.is_(None), Stay.departed_on >= day),
            Stay.id.not_in(on_it),
            Stay.id.not_in(put_right),
        )
        .order_by(Stay.id)
    )
    return {row.resident_id: row.id for row in found}


def count(snapshot: Snapshot, *, roll_call_id: RollCallId) -> Count:
    """One roll call, as it stands now or as it was signed."""
    (call,) = _read(snapshot, RollCall.id == roll_call_id)
    lines = repository.lines(
        snapshot.connection,
        roll_call_id,
        now=snapshot.now,
        zone=snapshot.facility.zone,
        language=snapshot.facility.language,
    )
    return Count(call, lines, rules.balance(each.facts for each in lines), _corrections(snapshot, roll_call_id))


def ids(
    snapshot: Snapshot,
    *,
    sort: str = "began",
    descending: bool = True,
    then: Sequence[tuple[str, bool]] = (),
    text: str = "",
) -> list[RollCallId]:
    """The roll calls of the register of counts in an order, for a table.

    Args:
        snapshot: The look at the register.
        sort: `began`, `due`, `on_roll`, `away`, `expected` or `counted`.
        descending: Whether downwards.
        then: By what those are sorted who are the same in that.
        text: A part of what stands there in words: who counted or signed, why none was held, the remark.
    """
    wanted = select(RollCall.id)
    if text.strip():
        part = f"%{text.strip().replace('%', '').replace('_', '')}%"
        counts = select(RollCounter.roll_call_id).where(RollCounter.name.ilike(part) | RollCounter.part.ilike(part))
        signs = select(User.id).where(User.name.ilike(part))
        words = [each.ilike(part) for each in (RollCall.not_held, RollCall.taken_back, RollCall.remark)]
        wanted = wanted.where(or_(RollCall.id.in_(counts), RollCall.closed_by.in_(signs), *words))
    for name, down in ((sort, descending), *then):
        column = _SORTS.get(name, RollCall.began_at)
        wanted = wanted.order_by((column.desc() if down else column.asc()).nulls_last())
    return list(snapshot.connection.scalars(wanted.order_by(RollCall.id.desc())))


def rows(snapshot: Snapshot, *, ids: Sequence[RollCallId]) -> tuple[CallRow, ...]:
    """Some roll calls as the register of counts shows them, in any order."""
    return _read(snapshot, RollCall.id.in_(ids))


def calls(snapshot: Snapshot, *, from_on: date | None = None, until_on: date | None = None) -> tuple[CallRow, ...]:
    """The register of counts, the latest first.

    Args:
        snapshot: The look at the register.
        from_on: The first local date.
        until_on: The last one.
    """
    zone, asked = snapshot.facility.zone, []
    if from_on is not None:
        asked.append(RollCall.began_at >= datetime.combine(from_on, time.min, zone))
    if until_on is not None:
        asked.append(RollCall.began_at <= datetime.combine(until_on, time.max, zone))
    return _read(snapshot, *asked)


@dataclass(frozen=True, slots=True)
class Register:
    """The register of counts over a span, for a paper.

    Attributes:
        rows: In order of time.
        answers: What was done about whom, by roll call: number, name, how the person stands, and what was said.
    """

    zone: ZoneInfo
    rows: tuple[CallRow, ...]
    answers: Mapping[RollCallId, tuple[tuple[str, str, RollStanding, str], ...]]
    corrections: Mapping[RollCallId, tuple[Correction, ...]]


def register(snapshot: Snapshot, *, from_on: date | None = None, until_on: date | None = None) -> Register:
    """The register of counts, in order of time (standards.md, B9)."""
    rows = calls(snapshot, from_on=from_on, until_on=until_on)[::-1]
    differs = RollMark.standing.in_((RollStanding.MISSING, RollStanding.UNEXPECTED))
    named = Rows(_Answered, RollMark, Resident, name=NAME)
    asked = named.select().join(Stay, Stay.id == RollMark.stay_id).join(Resident, Resident.id == Stay.resident_id)
    found: dict[RollCallId, list[tuple[str, str, RollStanding, str]]] = {}
    for each in named.rows(snapshot.connection.execute(asked.where(differs).order_by(RollMark.id))):
        found.setdefault(each.roll_call_id, []).append((each.number, each.name, each.standing, each.words))
    return Register(
        snapshot.facility.zone,
        rows,
        {row.id: tuple(found.get(row.id, ())) for row in rows},
        {row.id: _corrections(snapshot, row.id) for row in rows if row.corrections},
    )


@dataclass(frozen=True, slots=True)
class _Answered:
    roll_call_id: RollCallId
    number: str
    name: str
    standing: RollStanding
    words: str


@dataclass(frozen=True, slots=True)
class Due:
    """What the house owes its own hours.

    Attributes:
        roll_call: The hour that has come for a roll call.
        missed: The hours at which none was held.
        fire_list: The shift that has no fire list on paper.
    """

    roll_call: datetime | None = None
    missed: tuple[datetime, ...] = ()
    fire_list: datetime | None = None


def due(snapshot: Snapshot) -> Due:
    """What is due by the hours of the facility; nothing where it has set none."""
    set_ = repository.hours(snapshot.connection)
    if set_.from_at is None:
        return Due()
    connection, now, zone = snapshot.connection, snapshot.now, snapshot.facility.zone
    shifts = rules.hours_of(set_.fire_lists)
    printed = repository.printed(connection, now - rules.REMEMBERED) if shifts else frozenset()
    return Due(
        repository.due(connection, now, zone),
        repository.missed(connection, now, zone),
        rules.shift_without_list(shifts, set_.from_at, printed, now, zone),
    )


def shift(snapshot: Snapshot) -> datetime | None:
    """The shift for which a fire list that is printed now is; None where it has one, or none is asked for."""
    shifts = rules.hours_of(repository.hours(snapshot.connection).fire_lists)
    found = rules.shift_of(snapshot.now, shifts, snapshot.facility.zone)
    return None if found is None or found in repository.printed(snapshot.connection, found) else found


@dataclass(frozen=True, slots=True)
class LastSeen:
    """When somebody was last known to be in the house.

    Attributes:
        seen: When a roll call last found them here.
        back: When they last came back from an absence.
    """

    seen: datetime | None
    back: Moment | None


def last_seen(snapshot: Snapshot, *, stay_id: StayId) -> LastSeen:
    """When somebody was last known to be in the house, for whoever looks for them."""
    seen = (
        select(RollMark.marked_at)
        .where(RollMark.stay_id == stay_id, RollMark.state == RollMarkState.HERE, RollMark.marked_at.is_not(None))
        .order_by(RollMark.marked_at.desc().nulls_last())
        .limit(1)
    )
    back = (
        select(Absence.until_on, Absence.until_at)
        .where(Absence.stay_id == stay_id, Absence.until_on.is_not(None))
        .order_by(Absence.until_on.desc().nulls_last(), Absence.id.desc())
        .limit(1)
    )
    found = snapshot.connection.execute(back).first()
    return LastSeen(snapshot.connection.scalar(seen), None if found is None else Moment(found.until_on, found.until_at))


def stay_of(snapshot: Snapshot, *, number: str) -> tuple[StayId, str] | None:
    """The last stay of the resident of a number, as a card has it or typed without what stands before the digits.

    With the name; None: nobody has that number.
    """
    asked = _CALLED.select().join(Resident, Resident.id == Stay.resident_id).order_by(*LATEST_FIRST).limit(1)
    meant = bearers(number, snapshot.facility.number_prefix)
    found = snapshot.connection.execute(asked.where(Resident.id.in_(meant))).first()
    return None if found is None else (found.id, _CALLED.row(found).name)


@dataclass(frozen=True, slots=True)
class _Called:
    id: StayId
    name: str


_CALLED = Rows(_Called, Stay, Resident, id=Stay.id, name=NAME)


def marked(line: Line, state: RollMarkState | None) -> Line:
    """A line as it is once a mark that is on its way has come."""
    facts = replace(line.facts, state=state)
    return replace(line, facts=facts, standing=rules.standing(facts))


# -- parts ------------------------------------------------------------------------------------------------------------


def _read(snapshot: Snapshot, *which: ColumnElement[bool]) -> tuple[CallRow, ...]:
    asked = (
        _CALLS.select().join(User, User.id == RollCall.begun_by).outerjoin(_Closer, _Closer.id == RollCall.closed_by)
    )
    asked = asked.where(*which).order_by(RollCall.began_at.desc(), RollCall.id.desc())
    found = [_CALLS.values(row) for row in snapshot.connection.execute(asked)]
    ids = [each["id"] for each in found]
    counters, put_right = _counters(snapshot, ids), _put_right(snapshot, ids)
    return tuple(_row(each, counters.get(each["id"], ()), put_right.get(each["id"], ())) for each in found)


_PutRight = tuple[StayId, RollStanding | None, RollStanding]


def _row(said: dict[str, Any], counters: tuple[Counter, ...], put_right: Sequence[_PutRight]) -> CallRow:
    signed = {stay_id: before for stay_id, before, _ in reversed(put_right)}
    last = {stay_id: after for stay_id, _, after in put_right}

    def now(figure: int | None, stands: RollStanding) -> int | None:
        moved = sum((last[each] is stands) - (signed[each] is stands) for each in last)
        return None if figure is None else figure + moved

    return CallRow(
        **{**said, "closed_by": said["closed_by"] or ""},
        counters=counters,
        corrections=len(put_right),
        missing_now=now(said["missing"], RollStanding.MISSING),
        unexpected_now=now(said["unexpected"], RollStanding.UNEXPECTED),
    )


def _put_right(snapshot: Snapshot, ids: Sequence[RollCallId]) -> Mapping[RollCallId, Sequence[_PutRight]]:
    """What was put right of some roll calls, in the order in which it was."""
    asked = select(
        RollCorrection.roll_call_id, RollCorrection.stay_id, RollCorrection.standing_before, RollCorrection.standing
    ).where(RollCorrection.roll_call_id.in_(ids))
    found: dict[RollCallId, list[_PutRight]] = {}
    for id_, stay_id, before, after in snapshot.connection.execute(asked.order_by(RollCorrection.id)):
        found.setdefault(id_, []).append((stay_id, before, after))
    return found


def _corrections(snapshot: Snapshot, roll_call_id: RollCallId) -> tuple[Correction, ...]:
    asked = (
        _CORRECTIONS.select()
        .join(User, User.id == RollCorrection.entered_by)
        .join(Stay, Stay.id == RollCorrection.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(RollCorrection.roll_call_id == roll_call_id)
        .order_by(RollCorrection.id)
    )
    return _CORRECTIONS.rows(snapshot.connection.execute(asked))


def _counters(snapshot: Snapshot, ids: Sequence[RollCallId]) -> Mapping[RollCallId, tuple[Counter, ...]]:
    asked = _COUNTERS.select().add_columns(RollCounter.roll_call_id).where(RollCounter.roll_call_id.in_(ids))
    found: dict[RollCallId, list[Counter]] = {}
    for row in snapshot.connection.execute(asked.order_by(RollCounter.id)):
        found.setdefault(row.roll_call_id, []).append(_COUNTERS.row(row))
    return {id_: tuple(each) for id_, each in found.items()}
