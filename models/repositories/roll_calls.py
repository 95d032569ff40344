"""What actions and queries share of roll calls: who is counted, where the register has them, what was marked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from models.entities.absences import Absence
from models.entities.residents import Resident
from models.entities.roll_calls import FireListPrinted, RollCall, RollCorrection, RollHours, RollMark
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay, TakenBackArrival
from models.ids import AbsenceId, ResidentId, RollCallId, RollCounterId, StayId
from models.repositories.residents import NAME
from models.rules import roll_calls as rules
from models.rules import rooms
from models.rules.absences import is_overdue
from models.rules.roll_calls import Facts, Period, Where
from models.rules.sorting import sort_key
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, CountedBy, RollAnswer, RollMarkState, RollStanding
from models.store.rows import Rows


@dataclass(frozen=True, slots=True)
class Mark:
    """What was marked of somebody, and what was done about it."""

    state: RollMarkState | None
    counted_by: CountedBy | None
    counter_id: RollCounterId | None
    marked_at: datetime | None
    answer: RollAnswer | None
    words: str
    standing: RollStanding | None


@dataclass(frozen=True, slots=True)
class Away:
    """An absence, as far as a count asks for it."""

    id: AbsenceId
    kind: AbsenceKind
    place: str
    start: Moment
    due_back: Moment
    end: Moment | None


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a roll call.

    Attributes:
        building: None, as `room` and `bed`, where the person had no bed at the instant of the count.
        facts: What decides how the person stands.
        away: The absence that the person was on, or went on meanwhile; None: neither.
        mark: What was marked; None: nothing yet.
        standing: How the person stands; once it was signed, as it was signed or corrected since.
    """

    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    building: str | None
    room: str | None
    bed: str | None
    facts: Facts
    away: Away | None
    mark: Mark | None
    standing: RollStanding

    @property
    def is_explained(self) -> bool:
        """Whether count and register differ about the person, and an answer says why: its words can be wrong."""
        differs = self.standing in (RollStanding.MISSING, RollStanding.UNEXPECTED)
        return differs and self.mark is not None and self.mark.answer is not None

    @property
    def owes_answer(self) -> bool:
        """Whether count and register differ about the person, and nobody has said yet what was done."""
        differs = self.standing in (RollStanding.MISSING, RollStanding.UNEXPECTED)
        return differs and (self.mark is None or self.mark.answer is None)


@dataclass(frozen=True, slots=True)
class _Person:
    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    arrived: Moment
    departed: Moment | None
    building: str | None
    room: str | None
    bed: str | None


_MARKS = Rows(Mark, RollMark)
_AWAY = Rows(Away, Absence)
_PEOPLE = Rows(
    _Person, Stay, Resident, stay_id=Stay.id, name=NAME, building=Room.building, room=Room.name, bed=Bed.name
)
_GONE = Rows(_Person, TakenBackArrival, Resident, stay_id=TakenBackArrival.stay_id, resident_id=Resident.id, name=NAME)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the facility, and since when they hold; none where nobody has set any."""

    roll_calls: str = ""
    fire_lists: str = ""
    from_at: datetime | None = None


_HOURS = Rows(Hours, RollHours)


def hours(connection: Connection) -> Hours:
    """The hours that hold."""
    found = connection.execute(_HOURS.select().order_by(RollHours.id.desc()).limit(1)).first()
    return Hours() if found is None else _HOURS.row(found)


def periods(connection: Connection) -> tuple[Period, ...]:
    """Since when which hours for roll calls hold, the earliest first."""
    found = connection.execute(select(RollHours.roll_calls, RollHours.from_at).order_by(RollHours.id)).all()
    ends = [*(each.from_at for each in found[1:]), None]
    return tuple(
        Period(rules.hours_of(each.roll_calls), each.from_at, until) for each, until in zip(found, ends, strict=False)
    )


def held(connection: Connection, since: datetime, *, but: RollCallId | None = None) -> frozenset[datetime]:
    """The hours from an instant on for which a roll call was held, is held, or was excused.

    Args:
        connection: To read.
        since: The instant.
        but: One that is not asked for.
    """
    asked = select(RollCall.due_at).where(RollCall.due_at >= since, RollCall.taken_back_at.is_(None))
    if but is not None:
        asked = asked.where(RollCall.id != but)
    return frozenset(at for at in connection.scalars(asked) if at is not None)


def missed(connection: Connection, now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The hours at which none was held, and nobody has said why."""
    return rules.missed(periods(connection), held(connection, now - rules.REMEMBERED), now, zone)


def due(
    connection: Connection,
    at: datetime,
    zone: ZoneInfo,
    *,
    lead: timedelta = timedelta(),
    but: RollCallId | None = None,
) -> datetime | None:
    """The hour of an instant for which none was held yet; see `rules.hour_at`."""
    return rules.hour_at(periods(connection), held(connection, at - rules.GRACE, but=but), at, lead, zone)


def printed(connection: Connection, since: datetime) -> frozenset[datetime]:
    """The shifts from an instant on for which a fire list was printed."""
    return frozenset(connection.scalars(select(FireListPrinted.shift_at).where(FireListPrinted.shift_at >= since)))


def open_call(connection: Connection) -> RollCallId | None:
    """The roll call that is going on, or paused; None where none is."""
    goes_on = and_(RollCall.closed_at.is_(None), RollCall.taken_back_at.is_(None), RollCall.not_held == "")
    return connection.scalar(select(RollCall.id).where(goes_on).order_by(RollCall.id.desc()).limit(1))


def marks(connection: Connection, roll_call_id: RollCallId) -> Mapping[StayId, Mark]:
    """What was marked in a roll call."""
    asked = _MARKS.select().add_columns(RollMark.stay_id).where(RollMark.roll_call_id == roll_call_id)
    return {row.stay_id: _MARKS.row(row) for row in connection.execute(asked)}


def lines(
    connection: Connection,
    roll_call_id: RollCallId,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    only: Collection[StayId] | None = None,
) -> tuple[Line, ...]:
    """Everybody of a roll call, by building, room and bed; those without a bed at the end.

    Whoever is not on its roll is in it only as long as somebody says that they are here.

    Args:
        connection: To read.
        roll_call_id: Which one.
        now: The present.
        zone: Of the facility.
        language: By whose alphabet names are sorted.
        only: Of these stays alone; None: of all.
    """
    began, closed, ended = connection.execute(
        select(RollCall.began_at, RollCall.closed_at, RollCall.ended_at).where(RollCall.id == roll_call_id)
    ).one()
    known = marks(connection, roll_call_id)
    first, last = Moment.of(began, zone), Moment.of(ended or now, zone)
    if closed is None:
        around = and_(Stay.arrived_on <= last.on, or_(Stay.departed_on.is_(None), Stay.departed_on >= first.on))
        asked = or_(around, Stay.id.in_(known)) if only is None else Stay.id.in_(only)
        found = _people(connection, asked, first)
        seen = {which for which, mark in known.items() if mark.state is RollMarkState.HERE}
        people = [each for each in found if each.stay_id in seen or _counts(each, first, last)]
    else:
        signed = {which for which, mark in known.items() if mark.standing is not None}
        counted = {*signed, *_corrected(connection, roll_call_id)}
        if only is not None:
            counted &= set(only)
        people = _people(connection, Stay.id.in_(counted), first) + _taken_back(connection, counted)
    absences = _absences(connection, [each.stay_id for each in people], first, last)
    put_right = _corrected(connection, roll_call_id)
    rows = []
    for each in people:
        line = _line(each, absences.get(each.stay_id, ()), known.get(each.stay_id), first, last)
        rows.append(replace(line, standing=put_right.get(each.stay_id, line.standing)))

    def order(row: Line) -> tuple[object, ...]:
        place = [rooms.natural(part or "", language) for part in (row.building, row.room, row.bed)]
        return (row.room is None, *place, sort_key(row.name, language), row.number)

    return tuple(sorted(rows, key=order))


def _people(connection: Connection, asked: ColumnElement[bool], at: Moment) -> list[_Person]:
    """Whose stays are asked for, each with the bed that was theirs at a moment."""
    begun, over = (
        or_(on < at.on, and_(on == at.on, or_(clock.is_(None), clock <= at.at)))
        for on, clock in ((Placement.from_on, Placement.from_at), (Placement.until_on, Placement.until_at))
    )
    lies = and_(Placement.stay_id == Stay.id, begun, or_(Placement.until_on.is_(None), ~over))
    found = connection.execute(
        _PEOPLE.select()
        .select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .outerjoin(Placement, lies)
        .outerjoin(Bed, Bed.id == Placement.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
        .where(asked)
        .order_by(Stay.id, Placement.id.nulls_first())
    )
    return list({each.stay_id: each for each in _PEOPLE.rows(found)}.values())


def _corrected(connection: Connection, roll_call_id: RollCallId) -> Mapping[StayId, RollStanding]:
    """How those stand of whom something was put right, by the last correction of each."""
    asked = select(RollCorrection.stay_id, RollCorrection.standing).where(RollCorrection.roll_call_id == roll_call_id)
    return {stay_id: stands for stay_id, stands in connection.execute(asked.order_by(RollCorrection.id))}


def _taken_back(connection: Connection, known: Iterable[StayId]) -> list[_Person]:
    """Who was counted, and whose arrival was taken back since."""
    asked = _GONE.select().add_columns(TakenBackArrival.arrived_on)
    asked = asked.join(Resident, Resident.id == TakenBackArrival.resident_id)
    return [
        _Person(**_GONE.values(row), arrived=Moment(row.arrived_on), departed=None, building=None, room=None, bed=None)
        for row in connection.execute(asked.where(TakenBackArrival.stay_id.in_(known)))
    ]


def _counts(person: _Person, first: Moment, last: Moment) -> bool:
    return _where(person, (), first) is not Where.OFF_ROLL or _where(person, (), last) is not Where.OFF_ROLL


def _absences(
    connection: Connection, stays: Sequence[StayId], first: Moment, last: Moment
) -> Mapping[StayId, Sequence[Away]]:
    found: defaultdict[StayId, list[Away]] = defaultdict(list)
    asked = (
        _AWAY.select()
        .add_columns(Absence.stay_id)
        .where(
            Absence.stay_id.in_(stays),
            Absence.from_on <= last.on,
            or_(Absence.until_on.is_(None), Absence.until_on >= first.on),
        )
    )
    for row in connection.execute(asked.order_by(Absence.from_on, Absence.id)):
        found[row.stay_id].append(_AWAY.row(row))
    return found


def _where(person: _Person, absences: Iterable[Away], at: Moment) -> Where:
    """Where the register has somebody at a moment; what is known to the day only has happened by then."""
    if at.surely_before(person.arrived) or (person.departed is not None and not at.surely_before(person.departed)):
        return Where.OFF_ROLL
    return Where.AWAY if any(_covers(each, at) for each in absences) else Where.PRESENT


def _covers(absence: Away, at: Moment) -> bool:
    return not at.surely_before(absence.start) and (absence.end is None or at.surely_before(absence.end))


def _line(person: _Person, absences: Sequence[Away], mark: Mark | None, first: Moment, last: Moment) -> Line:
    was, now = _where(person, absences, first), _where(person, absences, last)
    away = next((each for each in absences if _covers(each, first)), None)
    overdue = away is not None and is_overdue(away.due_back, first)
    facts = Facts(was, now, overdue, None if mark is None else mark.state)
    if away is None:
        away = next((each for each in absences if _covers(each, last)), None)
    signed = None if mark is None else mark.standing
    stands = rules.standing(facts) if signed is None else signed
    place = (person.building, person.room, person.bed)
    return Line(person.stay_id, person.resident_id, person.number, person.name, *place, facts, away, mark, stands)
