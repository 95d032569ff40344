"""Ends stays, and takes an end back: what every kind of departure has in common."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from models.entities.absences import Absence
from models.entities.departures import Plan
from models.entities.months import IssuedMonth
from models.entities.programmes import Programme
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.entities.trail import TrailEntry
from models.errors import Refused
from models.ids import StayId
from models.rules import departures as rules
from models.rules import leaving
from models.rules.time import Interval, Moment, Month
from models.rules.vocabulary import DepartureKind, Destination, PlanState
from models.store.unit_of_work import UnitOfWork

STAYS = "stays_ended"
"""The note in the trail by which `take_back` finds the entry that ended a stay."""


def open_stay(unit: UnitOfWork, stay_id: StayId) -> Stay:
    """The stay, which is not over.

    Raises:
        Refused: It is over, or not there.
    """
    stay = unit.session.get(Stay, stay_id)
    if stay is None:
        raise Refused("This stay is not there any more.", field="stay_id")
    if stay.departed_on is not None:
        raise Refused("This stay ended on {day}.", field="stay_id", day=stay.departed_on)
    return stay


def origins(unit: UnitOfWork, stay: Stay) -> tuple[str, str | None, frozenset[str]]:
    """The partner's country, the nationality of the resident, and all nationalities together."""
    programme = unit.session.get_one(Programme, stay.programme_id)
    resident = stay.resident
    known = {resident.nationality, *resident.other_nationalities} - {None}
    return programme.partner_country, resident.nationality, frozenset(str(code) for code in known)


def check_moment(unit: UnitOfWork, stays: Iterable[Stay], moment: Moment) -> None:
    """Refuse a departure in the future, before the arrival, or before a bed or an absence that is still open.

    Raises:
        Refused: Of the field `moment`.
    """
    if moment.on > unit.today or (moment.at is not None and moment.at > unit.now):
        raise Refused(
            "A departure is recorded when it has happened. Enter a time that is not in the future.", field="moment"
        )
    for stay in stays:
        if moment.surely_before(stay.interval.start):
            raise Refused("They arrived on {day}. Enter a later time.", field="moment", day=stay.arrived_on)
        for row in _open_rows(unit, stay):
            if moment.surely_before(Moment(row.from_on, row.from_at)):
                kind = type(row)
                if kind is Absence:
                    raise Refused("They are away since {day}. Enter a later time.", field="moment", day=row.from_on)
                raise Refused("They have their bed since {day}. Enter a later time.", field="moment", day=row.from_on)


def end(
    unit: UnitOfWork,
    stay: Stay,
    moment: Moment,
    kind: DepartureKind,
    *,
    destination: Destination | None,
    country: str | None = None,
    place: str = "",
    facts: Mapping[str, str] | None = None,
) -> None:
    """End a stay at a moment that `check_moment` has let pass, and with it the bed and an open absence."""
    for row in _open_rows(unit, stay):
        row.until_on, row.until_at = moment.on, moment.at
    # The guards look at each row as it is written: nothing may reach beyond the stay once it has an end.
    unit.session.flush()
    stay.departed_on, stay.departed_at = moment.on, moment.at
    stay.departure_kind = kind
    stay.destination, stay.destination_country, stay.destination_place = destination, country, place
    stay.departure_facts = dict(facts or {})
    unit.session.flush()


def end_without_plan(
    unit: UnitOfWork, stay_id: StayId, kind: DepartureKind, moment: Moment, stated: Mapping[str, str]
) -> None:
    """End a stay by escape, death or release; an open plan is cancelled.

    Raises:
        Refused: A fact that the kind requires is missing, or the moment cannot be.
    """
    stay = open_stay(unit, stay_id)
    facts = {name: value.strip() for name, value in stated.items() if value.strip()}
    names = rules.required_facts(kind)
    missing = rules.missing_facts(names, facts)
    if missing:
        first = next(name for name in names if name not in facts)
        raise Refused("Something is missing.", field=first, reasons=missing)
    check_moment(unit, [stay], moment)
    for plan in unit.session.scalars(select(Plan).where(Plan.stay_id == stay_id, Plan.state == PlanState.OPEN)):
        plan.state = PlanState.CANCELLED
    partner_country, _nationality, known = origins(unit, stay)
    destination = leaving.destination_of(kind, country=None, origins=known, partner_country=partner_country)
    end(unit, stay, moment, kind, destination=destination, facts=facts)
    sign(unit, [stay_id])


def sign(unit: UnitOfWork, stay_ids: Sequence[StayId]) -> None:
    """Note in the trail entry which stays have ended."""
    unit.about("stay", stay_ids[0])
    unit.concerns("stay", stay_ids)
    unit.note(**{STAYS: list(stay_ids)})


def take_back(unit: UnitOfWork, stay_id: StayId, reason: str) -> bool:
    """Undo the end of a stay that was recorded today.

    Returns:
        Whether the person has the bed again.

    Raises:
        Refused: It cannot be undone any more, or there is no reason.
    """
    stay = unit.session.get(Stay, stay_id)
    if stay is None or stay.departed_on is None:
        raise Refused("This stay has not ended; there is nothing to undo.", field="stay_id")
    if not reason.strip():
        raise Refused("Say what the mistake was.", field="reason")
    entry = entry_of_today(unit.connection, stay_id, today=unit.today, zone=unit.zone)
    if entry is None:
        raise Refused("A departure can be undone only on the day on which it was recorded.", field="stay_id")
    _check_nothing_follows(unit, stay, stay.departed_on)
    stay.departed_on = stay.departed_at = None
    stay.departure_kind = stay.destination = stay.destination_country = None
    stay.destination_place, stay.departure_facts = "", {}
    # The stay must be open again before the bed and the absence may reach beyond its end.
    unit.session.flush()
    rows = entry["changed"]
    _reopen_plan(unit, stay_id, _numbers(rows, "plans", "state"))
    for absence in _rows_of(unit, Absence, stay_id, _numbers(rows, "absences", "until_on")):
        absence.until_on = absence.until_at = None
    has_bed = False
    for placement in _rows_of(unit, Placement, stay_id, _numbers(rows, "placements", "until_on")):
        if _is_free(unit, placement):
            placement.until_on = placement.until_at = None
            has_bed = True
    unit.session.flush()
    unit.about("stay", stay_id)
    unit.note(reason=reason.strip())
    return has_bed


def _open_rows(unit: UnitOfWork, stay: Stay) -> Sequence[Placement | Absence]:
    beds = unit.session.scalars(select(Placement).where(Placement.stay_id == stay.id, Placement.until_on.is_(None)))
    away = unit.session.scalars(select(Absence).where(Absence.stay_id == stay.id, Absence.until_on.is_(None)))
    return [*beds, *away]


def entry_of_today(connection: Connection, stay_id: StayId, *, today: date, zone: ZoneInfo) -> dict[str, Any] | None:
    """What the trail says of how a stay was ended, if that was today; None if it was not.

    Args:
        connection: Of a unit or a reading.
        stay_id: The stay.
        today: The local date.
        zone: The time zone of the facility.
    """
    midnight = datetime.combine(today, time(), zone)
    for content in connection.scalars(
        select(TrailEntry.content)
        .where(TrailEntry.at >= midnight, TrailEntry.action.istartswith("departures."))
        .order_by(TrailEntry.number.desc())
    ):
        entry: dict[str, Any] = json.loads(content)
        if stay_id in entry["notes"].get(STAYS, ()):
            return entry
    return None


def _check_nothing_follows(unit: UnitOfWork, stay: Stay, ended_on: date) -> None:
    later = select(Stay.id).where(Stay.resident_id == stay.resident_id, Stay.id != stay.id)
    if unit.session.scalars(later.where(Stay.arrived_on >= ended_on)).first() is not None:
        raise Refused("This person has come back since. The departure cannot be undone.", field="stay_id")
    issued = select(IssuedMonth.id).where(
        IssuedMonth.programme_id == stay.programme_id, IssuedMonth.month >= Month.of(ended_on).first
    )
    if unit.session.scalars(issued).first() is not None:
        raise Refused("The report of this month is issued. Correct the stay, and issue a revision.", field="stay_id")


def _numbers(rows: Sequence[Mapping[str, Any]], table: str, column: str) -> list[int]:
    """The rows of a table of which an entry of the trail has changed a column."""
    return [int(row["id"]) for row in rows if row["table"] == table and row["before"] and column in row["after"]]


def _rows_of(unit: UnitOfWork, entity: type[Any], stay_id: StayId, numbers: Sequence[int]) -> Sequence[Any]:
    return unit.session.scalars(select(entity).where(entity.id.in_(numbers), entity.stay_id == stay_id)).all()


def _reopen_plan(unit: UnitOfWork, stay_id: StayId, numbers: Sequence[int]) -> None:
    for plan in _rows_of(unit, Plan, stay_id, numbers):
        plan.state, plan.state_reason = PlanState.OPEN, ""


def _is_free(unit: UnitOfWork, placement: Placement) -> bool:
    """Whether the bed can be had again: nobody got it since, and the room is in use."""
    bed = unit.session.get_one(Bed, placement.bed_id)
    room = unit.session.get_one(Room, bed.room_id)
    if bed.is_removed or room.out_of_use is not None:
        return False
    again = Interval(Moment(placement.from_on, placement.from_at))
    others = unit.session.scalars(
        select(Placement).where(Placement.bed_id == placement.bed_id, Placement.id != placement.id)
    )
    return not any(
        again.overlaps(
            Interval(Moment(o.from_on, o.from_at), None if o.until_on is None else Moment(o.until_on, o.until_at))
        )
        for o in others
    )
