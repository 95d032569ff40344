"""Who is away, since when, and until when they were to be back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from models.entities.absences import Absence
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import AbsenceId, ResidentId, StayId
from models.rules.absences import is_overdue
from models.rules.names import display_name
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence.

    Attributes:
        name: The resident's name, or the number where there is none.
        returned: None while the person is away.
        version: To be given back when it is changed.
        is_overdue: Whether the person is away and should be back.
    """

    id: AbsenceId
    stay_id: StayId
    resident_id: ResidentId
    number: str
    name: str
    kind: AbsenceKind
    place: str
    left: Moment
    due_back: Moment
    returned: Moment | None
    note: str
    version: int
    is_overdue: bool


def of_stays(snapshot: Snapshot, *, stay_ids: Iterable[StayId]) -> tuple[AbsenceRow, ...]:
    """The absences of some stays, the latest first."""
    return _rows(
        snapshot, _asked(Absence.stay_id.in_(list(stay_ids))).order_by(Absence.from_on.desc(), Absence.id.desc())
    )


def one(snapshot: Snapshot, *, absence_id: AbsenceId) -> AbsenceRow | None:
    """An absence by its number."""
    return next(iter(_rows(snapshot, _asked(Absence.id == absence_id))), None)


def open_of_stay(snapshot: Snapshot, *, stay_id: StayId) -> AbsenceRow | None:
    """The absence that somebody has not come back from."""
    return next(iter(_rows(snapshot, _asked((Absence.stay_id == stay_id) & Absence.until_on.is_(None)))), None)


def _asked(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Absence.id,
            Absence.stay_id,
            Stay.resident_id,
            Resident.number,
            Resident.family_name,
            Resident.given_names,
            Absence.kind,
            Absence.place,
            Absence.from_on,
            Absence.from_at,
            Absence.due_back_on,
            Absence.due_back_at,
            Absence.until_on,
            Absence.until_at,
            Absence.note,
            Absence.version,
        )
        .join(Stay, Stay.id == Absence.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(which)
    )


def _rows(snapshot: Snapshot, asked: Select[*tuple[Any, ...]]) -> tuple[AbsenceRow, ...]:
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    found: Sequence[Row[*tuple[Any, ...]]] = snapshot.connection.execute(asked).all()
    return tuple(_row(row, now) for row in found)


def _row(row: Row[*tuple[Any, ...]], now: Moment) -> AbsenceRow:
    due = Moment(row.due_back_on, row.due_back_at)
    return AbsenceRow(
        id=row.id,
        stay_id=row.stay_id,
        resident_id=row.resident_id,
        number=row.number,
        name=display_name(row.family_name, row.given_names, row.number),
        kind=row.kind,
        place=row.place,
        left=Moment(row.from_on, row.from_at),
        due_back=due,
        returned=None if row.until_on is None else Moment(row.until_on, row.until_at),
        note=row.note,
        version=row.version,
        is_overdue=row.until_on is None and is_overdue(due, now),
    )
