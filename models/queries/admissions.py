"""What is on record of arrivals, and what is still missing (standards.md, On arrival)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from models.entities.admissions import (
    Admission,
    ChildRecord,
    HealthCheck,
    InjuryReport,
    LanguageSkill,
    LegalGround,
    RightsTalk,
    RoomDecision,
    Waiver,
)
from models.entities.base import Base, Entered, Finding, Sealed
from models.entities.contacts import Notice
from models.entities.needs import Need
from models.entities.people import User
from models.entities.photos import Photo
from models.entities.programmes import Programme
from models.entities.property import PropertyReceipt
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import ResidentId, StayId
from models.queries import arrival_drafts
from models.queries.arrival_drafts import WaitingRow
from models.repositories.admissions import ENTRIES_OF_RESIDENT, ENTRIES_OF_STAY
from models.repositories.joinings import everybody
from models.repositories.residents import NAME
from models.rules.admissions import asked_of, due, hours_left, is_child, said
from models.rules.birth import BirthDate
from models.rules.field_types import FieldType
from models.rules.fields import FIELDS_OF
from models.rules.needs import shown_to
from models.rules.people import reads
from models.rules.time import Moment
from models.rules.vocabulary import ArrivalStep, HealthStep, Party, Role, SealedKind
from models.rules.wording import word
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message

ALL_ASKED = (Party.FAMILY, Party.LAWYER, Party.CONSULATE)
"""About whom everybody is to be asked whether they should be told (A7)."""
_WORDS = {step: word(step) for step in ArrivalStep}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Something that was entered of somebody.

    Attributes:
        table: Its name.
        values: By the names of the fields; what is sealed is left out.
        others: The numbers of residents who are named, by the name of the field.
    """

    table: str
    id: int
    version: int
    values: Mapping[str, Any]
    others: Mapping[str, str]
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class StepState:
    """How far a step of an arrival is.

    Attributes:
        due: By when; None where no time is set.
        left: The whole hours that are left; below 0 where the time is over.
        waived: Why it is not asked; empty where it is.
    """

    step: ArrivalStep
    is_done: bool
    due: datetime | None
    left: int | None
    waived: str

    @property
    def is_missing(self) -> bool:
        """Whether it is still to be done."""
        return not self.is_done and not self.waived


@dataclass(frozen=True, slots=True)
class ArrivalRecord:
    """All that is on record of one arrival.

    Attributes:
        is_child: Whether the person is, or may be, a child on the day of arrival.
        steps: What was asked of the arrival; none, where the agreement asked for nothing.
        waiting: What was typed before the person was registered, and is not entered yet.
    """

    stay_id: StayId
    resident_id: ResidentId
    name: str
    number: str
    arrived: Moment
    is_child: bool
    is_open: bool
    steps: tuple[StepState, ...]
    entries: tuple[EntryRow, ...]
    waiting: tuple[WaitingRow, ...]


@dataclass(frozen=True, slots=True)
class MissingRow:
    """An arrival that is not complete, with what is missing in words."""

    stay_id: StayId
    arrived_on: date
    text: Message


@dataclass(frozen=True, slots=True)
class _Head:
    resident_id: ResidentId
    number: str
    name: str
    birth: BirthDate | None
    arrived: Moment
    departed_on: date | None
    required: tuple[str, ...] | None


_HEADS = Rows(_Head, Stay, Resident, name=NAME, required=Admission.required)


def of_stay(snapshot: Snapshot, *, stay_id: StayId) -> ArrivalRecord | None:
    """What is on record of an arrival; None where there is none of that number."""
    whose = snapshot.connection.scalar(select(Stay.resident_id).where(Stay.id == stay_id))
    if whose is None:
        return None
    snapshot.looks_at("resident", whose)
    found = snapshot.connection.execute(
        _HEADS.select()
        .join(Resident, Resident.id == Stay.resident_id)
        .outerjoin(Admission, Admission.stay_id == Stay.id)
        .where(Stay.id == stay_id)
    ).one()
    row = _HEADS.row(found)
    arrived = row.arrived
    done, waived = _done(snapshot, Stay.id == stay_id), _waived(snapshot, Stay.id == stay_id)
    steps = tuple(
        StepState(
            step,
            stay_id in done[step],
            due(step, arrived),
            hours_left(step, arrived, snapshot.now),
            waived.get((stay_id, step), ""),
        )
        for step in asked_of(row.required or (), row.birth, arrived)
    )
    return ArrivalRecord(
        stay_id,
        row.resident_id,
        row.name,
        row.number,
        arrived,
        is_child(row.birth, arrived),
        row.departed_on is None,
        steps,
        tuple(_entries(snapshot, stay_id, row.resident_id)),
        arrival_drafts.waiting(snapshot, stay_id=stay_id),
    )


def missing(snapshot: Snapshot) -> tuple[MissingRow, ...]:
    """The arrivals of those who are here of which something is missing, the earliest first."""
    which = Stay.departed_on.is_(None) & select(Admission.stay_id).where(Admission.stay_id == Stay.id).exists()
    done, waived = _done(snapshot, which), _waived(snapshot, which)
    rows = snapshot.connection.execute(
        select(Stay.id, Stay.arrived_on, Stay.arrived_at, Resident.birth, Admission.required)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Admission, Admission.stay_id == Stay.id)
        .where(Stay.departed_on.is_(None))
        .order_by(Stay.arrived_on, Stay.id)
    )
    found: list[MissingRow] = []
    for row in rows:
        arrived = Moment(row.arrived_on, row.arrived_at)
        steps = asked_of(row.required, row.birth, arrived)
        open_ = [step for step in steps if row.id not in done[step] and (row.id, step) not in waived]
        if open_:
            found.append(MissingRow(row.id, row.arrived_on, said(open_, _WORDS, arrived, snapshot.now)))
    return tuple(found)


def unread(snapshot: Snapshot) -> tuple[tuple[StayId, date], ...]:
    """What could be seen on arrival and no health staff has read yet; nothing, for who may not read it (A4)."""
    if not reads(snapshot.person.role, SealedKind.HEALTH):
        return ()
    rows = snapshot.connection.execute(
        select(InjuryReport.stay_id, func.min(InjuryReport.looked_on))
        .join(Stay, Stay.id == InjuryReport.stay_id)
        .where(InjuryReport.read_at.is_(None), Stay.departed_on.is_(None))
        .group_by(InjuryReport.stay_id)
        .order_by(InjuryReport.stay_id)
    )
    return tuple((row[0], row[1]) for row in rows)


def is_of_use(snapshot: Snapshot, stay_ids: Sequence[StayId], resident_id: ResidentId) -> bool:
    """Whether the agreement of some stays asks for what is on record of an arrival, or something is on record.

    What the role is not told of makes no difference.
    """
    asks = select(Programme.arrival_steps).join(Stay, Stay.programme_id == Programme.id).where(Stay.id.in_(stay_ids))
    if any(snapshot.connection.scalars(asks)):
        return True
    of_stay: tuple[type[Base], ...] = (*ENTRIES_OF_STAY, Admission)
    for table in of_stay:
        stay_id = table.__table__.columns["stay_id"]
        if snapshot.connection.execute(select(stay_id).where(stay_id.in_(stay_ids)).limit(1)).first() is not None:
            return True
    for entity in ENTRIES_OF_RESIDENT:
        whose = entity.__table__.columns["resident_id"]
        told = [Need.kind.in_(shown_to(snapshot.person.role))] if entity is Need else []
        there = select(entity.id).where(whose == resident_id, *told).limit(1)
        if snapshot.connection.execute(there).first() is not None:
            return True
    return False


# -- inside ------------------------------------------------------------------------------------------------------------


def _done(snapshot: Snapshot, which: ColumnElement[bool]) -> Mapping[ArrivalStep, set[StayId]]:
    """Of which stays each step is done."""

    def of_stay(table: Any, *more: ColumnElement[bool]) -> Select[StayId]:  # noqa: ANN401 - a table with a stay
        return select(Stay.id).join(table, table.stay_id == Stay.id).where(which, *more)

    def of_resident(table: Any, *more: ColumnElement[bool]) -> Select[StayId]:  # noqa: ANN401 - and with a resident
        return select(Stay.id).join(table, table.resident_id == Stay.resident_id).where(which, *more)

    guarded = or_(ChildRecord.guardian_id.is_not(None), ChildRecord.appointed != "")
    parties = of_stay(Notice, Notice.party.in_(ALL_ASKED)).group_by(Stay.id)
    asked: Mapping[ArrivalStep, Select[StayId]] = {
        ArrivalStep.IDENTITY: select(Stay.id)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(which, Resident.identity_by.is_not(None)),
        ArrivalStep.PHOTO: of_resident(Photo),
        ArrivalStep.LEGAL_GROUND: of_stay(LegalGround),
        ArrivalStep.INJURIES: of_stay(InjuryReport),
        ArrivalStep.PROPERTY: of_stay(PropertyReceipt),
        ArrivalStep.NOTICES: parties.having(func.count(Notice.party.distinct()) == len(ALL_ASKED)),
        ArrivalStep.RIGHTS: of_stay(RightsTalk),
        ArrivalStep.HEALTH_CHECK: of_stay(HealthCheck, HealthCheck.step == HealthStep.HELD),
        ArrivalStep.LANGUAGES: of_resident(LanguageSkill),
        ArrivalStep.ROOM: of_stay(RoomDecision),
        ArrivalStep.CHILD: of_resident(ChildRecord, guarded, ChildRecord.decided_on.is_not(None)),
    }
    return {step: set(snapshot.connection.scalars(statement)) for step, statement in asked.items()}


def _waived(snapshot: Snapshot, which: ColumnElement[bool]) -> Mapping[tuple[StayId, ArrivalStep], str]:
    rows = snapshot.connection.execute(
        select(Waiver.stay_id, Waiver.step, Waiver.why).join(Stay, Stay.id == Waiver.stay_id).where(which)
    )
    return {(row.stay_id, row.step): row.why for row in rows}


def _entries(snapshot: Snapshot, stay_id: StayId, resident_id: ResidentId) -> Iterator[EntryRow]:
    for table in ENTRIES_OF_STAY:
        yield from entry_rows(
            snapshot.connection, snapshot.person.role, table, table.__table__.columns["stay_id"] == stay_id
        )
    for table in ENTRIES_OF_RESIDENT:
        whose = table.__table__.columns["resident_id"].in_(everybody(resident_id))
        if table is Need:
            yield from entry_rows(
                snapshot.connection, snapshot.person.role, table, whose, Need.kind.in_(shown_to(snapshot.person.role))
            )
        else:
            yield from entry_rows(snapshot.connection, snapshot.person.role, table, whose)


def entry_rows(
    connection: Connection, role: Role, table: type[Entered], *which: ColumnElement[bool]
) -> Iterator[EntryRow]:
    """What was entered in one table, in that order, without what is sealed of it, as a role is told it."""
    name = table.__tablename__
    is_told = not issubclass(table, Finding) or reads(role, SealedKind.HEALTH)
    columns = table.__table__.columns
    fields = [
        field
        for field in FIELDS_OF[name]
        if field.type is FieldType.MOMENT or not isinstance(columns[field.name].type, Sealed)
    ]
    rows = connection.execute(
        select(table.__table__, User.name.label("user"))
        .join(User, User.id == table.entered_by)
        .where(*which)
        .order_by(table.id)
    ).all()
    numbers = _numbers(connection, {getattr(row, each.name) for row in rows for each in fields if _is_other(each.type)})
    for row in rows:
        values: dict[str, Any] = {}
        others: defaultdict[str, str] = defaultdict(str)
        for field in fields:
            if field.type is FieldType.MOMENT:
                on = getattr(row, f"{field.name}_on")
                values[field.name] = None if on is None else Moment(on, getattr(row, f"{field.name}_at"))
                continue
            value = getattr(row, field.name)
            values[field.name] = tuple(value) if isinstance(value, list) else value
            if _is_other(field.type) and value is not None:
                others[field.name] = numbers.get(value, "")
        version = row.version if is_told else row.version - row.unseen
        yield EntryRow(name, row.id, version, values, dict(others), row.user, row.entered_at)


def _is_other(kind: object) -> bool:
    return kind is FieldType.RESIDENT


def _numbers(connection: Connection, whose: set[Any]) -> Mapping[Any, str]:
    named = whose - {None}
    if not named:
        return {}
    rows = connection.execute(select(Resident.id, Resident.number).where(Resident.id.in_(named)))
    return {row.id: row.number for row in rows}
