"""Whom the gate lets pass, and the leaves that were decided on; who is out is asked of absences."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_

from models.entities.absences import Absence
from models.entities.gate import PlannedLeave
from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import AbsenceId, LeaveId, ResidentId, StayId
from models.repositories.residents import NAME, bearers
from models.repositories.stays import LATEST_FIRST
from models.rules.gate import holding
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime
from models.store import search
from models.store.rows import Rows
from models.store.snapshot import Snapshot

MOST = 12


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A leave by which nobody went yet.

    Attributes:
        name: The resident's name, or the number where there is none.
        decided_by: The name of whoever decided on it.
        version: To be given back when it is changed.
    """

    id: LeaveId
    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    kind: AbsenceKind
    reason: str
    place: str
    escort: str
    start: Moment
    due_back: Moment
    decided_by: str
    decided_at: datetime
    regime: Regime
    version: int


@dataclass(frozen=True, slots=True)
class AtGate:
    """Somebody on the roll who stands at the gate.

    Attributes:
        name: The resident's name, or the number where there is none.
        absence_id: The absence from which the person comes; None: they are in the house.
        due_back: When they were to be back.
        leave: The leave by which they may go out now; None: there is none.
    """

    resident_id: ResidentId
    stay_id: StayId
    number: str
    name: str
    own_script: str
    regime: Regime
    absence_id: AbsenceId | None
    due_back: Moment | None
    leave: LeaveRow | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    """Somebody whose last stay is over.

    Attributes:
        left: When; None: they are on the roll.
    """

    resident_id: ResidentId
    name: str
    left: Moment | None


_LEAVES = Rows(
    LeaveRow,
    PlannedLeave,
    resident_id=Stay.resident_id,
    number=Resident.number,
    name=NAME,
    decided_by=User.name,
    regime=Programme.regime,
)
_AT_GATE = Rows(
    AtGate,
    resident_id=Resident.id,
    stay_id=Stay.id,
    number=Resident.number,
    name=NAME,
    own_script=Resident.own_script,
    regime=Programme.regime,
    absence_id=Absence.id,
    due_back=Absence.due_back,
)

_DEPARTED = Rows(Departed, Stay, Resident, name=NAME, left=Stay.departed)


def leaves(snapshot: Snapshot) -> tuple[LeaveRow, ...]:
    """The leaves by which people on the roll may go out, now or later; who may go first at the top."""
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    rows = _waiting(snapshot, Stay.departed_on.is_(None))
    return tuple(row for row in rows if not row.due_back.surely_before(now))


def leave(snapshot: Snapshot, *, leave_id: LeaveId) -> LeaveRow | None:
    """A leave by its number, as long as nobody went by it and it holds."""
    return next(iter(_waiting(snapshot, PlannedLeave.id == leave_id)), None)


def at_gate(snapshot: Snapshot, *, text: str) -> tuple[AtGate, ...]:
    """Who on the roll is meant at the gate: whoever has the number that was scanned or typed, else whoever fits.

    Args:
        snapshot: The reading.
        text: A whole number, with what stands before it or without; or a part of a name in any spelling.
    """
    text = text.strip()
    exact = _people(snapshot, Resident.id.in_(bearers(text, snapshot.facility.number_prefix)))
    if exact or not text or any(sign.isdigit() for sign in text):  # a wrong number is nobody's, and not a like one's
        return exact
    found = [search.resident_of(match) for match in search.ranked(snapshot.connection, text, 10 * MOST)]
    people = {row.resident_id: row for row in _people(snapshot, Resident.id.in_(found))}
    return tuple(people[each] for each in found if each in people)[:MOST]


def departed(snapshot: Snapshot, *, text: str) -> Departed | None:
    """Who is meant at the gate by the number of somebody who is not on the roll any more.

    Args:
        snapshot: The reading.
        text: A whole number, as of `at_gate`.

    Returns:
        None: nobody has the number, or they are on the roll.
    """
    asked = _DEPARTED.select().join(Resident, Resident.id == Stay.resident_id).order_by(*LATEST_FIRST).limit(1)
    meant = bearers(text, snapshot.facility.number_prefix)
    found = snapshot.connection.execute(asked.where(Resident.id.in_(meant))).first()
    last = None if found is None else _DEPARTED.row(found)
    return None if last is None or last.left is None else last


def at_gate_now(snapshot: Snapshot, *, stay_id: StayId) -> AtGate | None:
    """One person on the roll as they stand at the gate."""
    return next(iter(_people(snapshot, Stay.id == stay_id)), None)


def _people(snapshot: Snapshot, which: ColumnElement[bool]) -> tuple[AtGate, ...]:
    asked = (
        _AT_GATE.select()
        .select_from(Resident)
        .join(Stay, and_(Stay.resident_id == Resident.id, Stay.departed_on.is_(None)))
        .join(Programme, Programme.id == Stay.programme_id)
        .outerjoin(Absence, and_(Absence.stay_id == Stay.id, Absence.until_on.is_(None)))
        .where(which)
        .order_by(Resident.sort_key, Resident.id)
    )
    people = [AtGate(**_AT_GATE.values(row)) for row in snapshot.connection.execute(asked)]
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    waiting = _waiting(snapshot, PlannedLeave.stay_id.in_([each.stay_id for each in people])) if people else ()
    return tuple(
        replace(each, leave=holding((row for row in waiting if row.stay_id == each.stay_id), now)) for each in people
    )


def _waiting(snapshot: Snapshot, which: ColumnElement[bool]) -> tuple[LeaveRow, ...]:
    asked: Select[*tuple[Any, ...]] = (
        _LEAVES.select()
        .join(Stay, Stay.id == PlannedLeave.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .join(User, User.id == PlannedLeave.decided_by)
        .where(PlannedLeave.absence_id.is_(None), PlannedLeave.called_off.is_(None), which)
        .order_by(PlannedLeave.from_on, PlannedLeave.from_at.asc().nulls_first(), PlannedLeave.id)
    )
    return _LEAVES.rows(snapshot.connection.execute(asked))
