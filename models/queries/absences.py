"""Who is away, since when, and until when they were to be back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import AbsenceId, ResidentId, StayId
from models.repositories.residents import NAME
from models.rules.absences import is_overdue
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence.

    Attributes:
        name: The resident's name, or the number where there is none.
        returned: None while the person is away.
        departed: When the stay ended; None while it goes on.
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
    escort: str
    note: str
    departed: Moment | None
    regime: Regime
    version: int
    is_overdue: bool


_ABSENCES = Rows(
    AbsenceRow,
    Absence,
    Resident,
    resident_id=Stay.resident_id,
    name=NAME,
    left=Absence.start,
    returned=Absence.end,
    departed=Stay.departed,
    regime=Programme.regime,
)


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


def away(snapshot: Snapshot) -> tuple[AbsenceRow, ...]:
    """Who is away now, who was to be back first at the top."""
    asked = _asked(Absence.until_on.is_(None) & Stay.departed_on.is_(None))
    order = (Absence.due_back_on, Absence.due_back_at.asc().nulls_last(), Absence.id)
    return _rows(snapshot, asked.order_by(*order))


def _asked(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        _ABSENCES.select()
        .join(Stay, Stay.id == Absence.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(which)
    )


def _rows(snapshot: Snapshot, asked: Select[*tuple[Any, ...]]) -> tuple[AbsenceRow, ...]:
    now = Moment.of(snapshot.now, snapshot.facility.zone)
    found = (_ABSENCES.values(row) for row in snapshot.connection.execute(asked))
    return tuple(
        AbsenceRow(**row, is_overdue=row["returned"] is None and is_overdue(row["due_back"], now)) for row in found
    )
