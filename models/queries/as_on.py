"""The roll, rooms and absences as on any moment of the past, according to what is known now (rules.md, Words).

Decided beside the rule: a moment that is known to the day alone is taken as of the beginning of its day, as it is for
places; a day that is asked for without an hour is its night, as the months count it. So the nights of a month add up to
its person-nights, and as on now it is the roll of every other page.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, bindparam, or_, select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import ProgrammeId, ResidentId, StayId
from models.repositories.residents import NAME
from models.repositories.stays import limit_on
from models.rules import places as rules
from models.rules.absences import is_overdue
from models.rules.birth import BirthDate
from models.rules.figures import LengthFigures
from models.rules.kept import restored
from models.rules.lengths import length_figures
from models.rules.limits import day_number
from models.rules.presence import length
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, PlacesRule, Sex
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOnRow:
    """Somebody on the roll at a moment.

    Attributes:
        id: The resident.
        name: "Family, Given", or the number where there is no name; as it is known now, like all of the person.
        arrived: When the stay began.
        departed: When it ended later; None: it has not.
        day: The number of the day in the stay.
        nights: From the arrival to the day.
        limit_on: The last permitted day as it held on the day.
        building: Of the room; empty where it is plain.
        room: Its name; empty: without a bed then.
        bed_since: Since when the person had that bed.
        away: Why the person was away then; None: present.
        is_overdue: Whether the person should have been back.
        hour_known: Whether it is known that the person had arrived by the hour, and not only by the day.
    """

    id: ResidentId
    stay_id: StayId
    number: str
    name: str
    family_name: str
    given_names: str
    own_script: str
    birth: BirthDate | None
    sex: Sex | None
    nationality: str | None
    programme: str
    arrived: Moment
    departed: Moment | None
    limit_on: date | None
    day: int
    nights: int
    building: str
    room: str
    bed: str
    bed_since: Moment | None
    away: AbsenceKind | None
    place: str
    left: Moment | None
    due_back: Moment | None
    is_overdue: bool
    hour_known: bool


@dataclass(frozen=True, slots=True)
class PlacesThen:
    """The places of a programme at a moment, by what it permits as it stands now.

    Attributes:
        taken: The roll where places are counted at once; else everybody who was ever admitted within the window.
        since: Since when more are taken than there are; None: there are enough.
        reasons: Why emergency arrivals of those on the roll were admitted, each with how many.
    """

    code: str
    rule: PlacesRule
    places: int
    taken: int
    since: Moment | None
    reasons: tuple[tuple[Message, int], ...]


@dataclass(frozen=True, slots=True)
class AsOn:
    """The roll at a moment, by name.

    Attributes:
        at: The moment; without an hour it is the night of the day.
        gone_that_day: How many left on that day at an hour that is not known: they are not among the rows.
    """

    at: Moment
    zone: ZoneInfo
    rows: tuple[AsOnRow, ...]
    gone_that_day: int
    places: tuple[PlacesThen, ...]

    @property
    def away(self) -> int:
        """How many of them were away."""
        return sum(row.away is not None for row in self.rows)

    @property
    def overdue(self) -> int:
        """How many of these should have been back."""
        return sum(row.is_overdue for row in self.rows)

    @property
    def present(self) -> int:
        """How many of them were in the house."""
        return len(self.rows) - self.away

    @property
    def nationalities(self) -> tuple[tuple[str, int], ...]:
        """From where they were, the most first; `unknown` where that is not known."""
        counted = Counter(row.nationality or "unknown" for row in self.rows)
        return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))

    @property
    def lengths(self) -> LengthFigures:
        """How long they had been there, in nights."""
        return length_figures(row.nights for row in self.rows)


_STAYS = Rows(
    AsOnRow,
    Resident,
    id=Resident.id,
    stay_id=Stay.id,
    name=NAME,
    programme=Programme.code,
    arrived=Stay.arrived,
    departed=Stay.departed,
    limit_on=limit_on(bindparam("day")),
)


def roll(snapshot: Snapshot, *, at: Moment | None = None, programme_id: ProgrammeId | None = None) -> AsOn:
    """Who was on the roll at a moment, where each slept, and who of them was away.

    Args:
        snapshot: The look at the register.
        at: The moment, which is not in the future; without an hour it is the night of that day; None, or today without
            an hour: now.
        programme_id: Only those under this programme.

    Raises:
        Refused: It lies in the future; of the field `at`.
    """
    zone = snapshot.facility.zone
    now = Moment.of(snapshot.now, zone)
    if at is None or at == Moment(now.on):
        at = now
    if now.surely_before(at):
        raise Refused("This lies in the future. Choose a moment that has passed.", field="at")
    under = Stay.programme_id == programme_id if programme_id is not None else Stay.id.is_not(None)
    begun, over = _begun(Stay.arrived_on, Stay.arrived_at, at), _begun(Stay.departed_on, Stay.departed_at, at)
    there = and_(under, begun, or_(Stay.departed_on.is_(None), ~over))
    rows = _rows(snapshot, there, at)
    gone = 0
    if at.at is not None and at.on < now.on:
        left = select(Stay.id).where(under, Stay.departed_on == at.on, Stay.departed_at.is_(None))
        gone = len(snapshot.connection.scalars(left).all())
    return AsOn(at, zone, rows, gone, tuple(_places(snapshot, rows, at, programme_id)))


def _begun(on: SQLColumnExpression[Any], instant: SQLColumnExpression[Any], at: Moment) -> ColumnElement[bool]:
    """SQL: whether a moment has come by another; see the head of this module. `Moment.has_come` says it in Python."""
    if at.at is None:
        return on <= at.on
    return or_(on < at.on, and_(on == at.on, or_(instant.is_(None), instant <= at.at)))


def _rows(snapshot: Snapshot, there: ColumnElement[bool], at: Moment) -> tuple[AsOnRow, ...]:
    found = snapshot.connection.execute(
        _STAYS.select()
        .add_columns(Stay.counted_from)
        .select_from(Stay)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(there)
        .order_by(Resident.sort_key, Resident.id, Stay.arrived_on, Stay.arrived_at.asc().nulls_first(), Stay.id),
        {"day": at.on},
    )
    beds, absences = _beds(snapshot, there, at), _absences(snapshot, there, at)
    by_person: dict[ResidentId, AsOnRow] = {}  # of two stays that touch on a day without hours the later one holds
    for row in found:
        values = _STAYS.values(row)
        arrived: Moment = values["arrived"]
        building, room, bed, since = beds.get(values["stay_id"], ("", "", "", None))
        kind, place, left, due = absences.get(values["stay_id"], (None, "", None, None))
        by_person[values["id"]] = AsOnRow(
            **values,
            day=day_number(row.counted_from or arrived.on, at.on),
            nights=length(arrived.on, None, at.on),
            building=building,
            room=room,
            bed=bed,
            bed_since=since,
            away=kind,
            place=place,
            left=left,
            due_back=due,
            is_overdue=due is not None and is_overdue(due, at),
            hour_known=at.at is None or arrived.on < at.on or arrived.at is not None,
        )
    return tuple(by_person.values())


def _beds(snapshot: Snapshot, there: ColumnElement[bool], at: Moment) -> dict[StayId, tuple[str, str, str, Moment]]:
    """Who of them had which bed, and since when."""
    over = _begun(Placement.until_on, Placement.until_at, at)
    asked = (
        select(Placement.stay_id, Room.building, Room.name, Bed.name, Placement.from_on, Placement.from_at)
        .join(Stay, Stay.id == Placement.stay_id)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .where(there, _begun(Placement.from_on, Placement.from_at, at), or_(Placement.until_on.is_(None), ~over))
        .order_by(Placement.from_on, Placement.from_at.asc().nulls_first(), Placement.id)
    )
    return {
        stay_id: (building, room, bed, Moment(on, instant))
        for stay_id, building, room, bed, on, instant in snapshot.connection.execute(asked)
    }


def _absences(
    snapshot: Snapshot, there: ColumnElement[bool], at: Moment
) -> dict[StayId, tuple[AbsenceKind, str, Moment, Moment]]:
    """Who of them was away, since when, and until when they were to be back."""
    over = _begun(Absence.until_on, Absence.until_at, at)
    asked = (
        select(
            Absence.stay_id, Absence.kind, Absence.place, Absence.from_on, Absence.from_at, Absence.due_back_on,
            Absence.due_back_at,
        )
        .join(Stay, Stay.id == Absence.stay_id)
        .where(there, _begun(Absence.from_on, Absence.from_at, at), or_(Absence.until_on.is_(None), ~over))
        .order_by(Absence.from_on, Absence.from_at.asc().nulls_first(), Absence.id)
    )  # fmt: skip
    return {
        stay_id: (kind, place, Moment(on, instant), Moment(due_on, due_at))
        for stay_id, kind, place, on, instant, due_on, due_at in snapshot.connection.execute(asked)
    }


def _places(
    snapshot: Snapshot, rows: Sequence[AsOnRow], at: Moment, programme_id: ProgrammeId | None
) -> list[PlacesThen]:
    """The places of each programme that sets a number, and that had begun."""
    asked = select(
        Programme.id, Programme.code, Programme.places_rule, Programme.places, Programme.window_start,
        Programme.window_end,
    ).where(Programme.places.is_not(None), Programme.window_start <= at.on)  # fmt: skip
    if programme_id is not None:
        asked = asked.where(Programme.id == programme_id)
    return [
        _taken(snapshot, row.id, row.code, rules.Agreement(*row[2:]), rows, at)
        for row in snapshot.connection.execute(asked.order_by(Programme.code)).all()
    ]


def _taken(
    snapshot: Snapshot, programme_id: ProgrammeId, code: str, agreement: rules.Agreement, rows: Sequence[AsOnRow],
    at: Moment,
) -> PlacesThen:  # fmt: skip
    stays = [
        (who, Moment(came, came_at), None if left is None else Moment(left, left_at))
        for who, came, came_at, left, left_at in snapshot.connection.execute(
            select(Stay.resident_id, Stay.arrived_on, Stay.arrived_at, Stay.departed_on, Stay.departed_at).where(
                Stay.programme_id == programme_id, _begun(Stay.arrived_on, Stay.arrived_at, at)
            )
        )
    ]
    assert agreement.places is not None
    if agreement.rule is PlacesRule.CUMULATIVE:
        taken = len(rules.admitted_persons(((who, came.on) for who, came, _left in stays), agreement))
        since = rules.above_cumulative(agreement, [(who, came) for who, came, _left in stays])
    else:
        taken = sum(row.programme == code for row in rows)
        since = rules.above_concurrent(agreement.places, [(came, left) for _who, came, left in stays], at)
    here = [row.stay_id for row in rows if row.programme == code] if since is not None else []
    asked = select(Stay.emergency_reasons).where(Stay.id.in_(here))
    said = Counter[tuple[str, str]]()
    texts: dict[tuple[str, str], Message] = {}
    for reasons in snapshot.connection.scalars(asked) if here else ():
        for reason in restored(reasons):
            key = reason.text, str(sorted(reason.values.items(), key=str))
            texts[key] = reason
            said[key] += 1
    return PlacesThen(
        code, agreement.rule, agreement.places, taken, since,
        tuple((texts[key], number) for key, number in said.most_common()),
    )  # fmt: skip
