"""How many places of a programme are taken: what selection, arrival and the lists all ask (rules.md, Places)."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import repeat

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select, true

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.rules.places import Agreement, admitted_persons, highest_roll, places_left, taken_cumulative
from models.rules.vocabulary import CandidateState, PlacesRule
from models.store.rows import Rows


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a programme as they stand.

    Attributes:
        taken: By residents and by accepted candidates who have not arrived.
        held: Of these, by candidates who have not arrived.
        left: None where the agreement sets no number; negative where emergencies went beyond it.
    """

    agreement: Agreement
    taken: int
    held: int
    left: int | None


_AGREEMENTS = Rows(Agreement, Programme, rule=Programme.places_rule)


def has_arrived() -> ColumnElement[bool]:
    """SQL: whether the candidate of the row was admitted."""
    return or_(
        exists().where(Stay.candidate_id == Candidate.id).correlate(Candidate),
        exists().where(Resident.candidate_id == Candidate.id).correlate(Candidate),
    )


def read_places(
    connection: Connection,
    programme_id: ProgrammeId,
    *,
    today: date,
    without_candidate: CandidateId | None = None,
    without_resident: ResidentId | None = None,
) -> Places:
    """Count the places of a programme.

    Args:
        connection: Of the transaction or the reading.
        programme_id: The programme.
        today: The local date from which concurrent places are looked at.
        without_candidate: Somebody whose acceptance is not counted: the one who is decided on, or is arriving.
        without_resident: Somebody whose stays are not counted: the one who is arriving.
    """
    agreement = _AGREEMENTS.row(connection.execute(_AGREEMENTS.select().where(Programme.id == programme_id)).one())
    waiting = select(Candidate.id).where(
        Candidate.programme_id == programme_id, Candidate.state == CandidateState.ACCEPTED, ~has_arrived()
    )
    held = sum(candidate != without_candidate for (candidate,) in connection.execute(waiting))
    who = true() if without_resident is None else Stay.resident_id != without_resident
    those = and_(Stay.programme_id == programme_id, who)
    if agreement.rule is PlacesRule.CUMULATIVE:
        taken = taken_cumulative(_admitted(connection, agreement, those), [None] * held)
    else:
        taken = highest_roll(_ahead(connection, those, today), [None] * held, today=today)
    return Places(agreement, taken, held, places_left(agreement, taken))


def _admitted(connection: Connection, agreement: Agreement, those: ColumnElement[bool]) -> set[Hashable]:
    """Who was ever admitted within the window."""
    within = Stay.arrived_on >= agreement.window_start
    if agreement.window_end is not None:
        within = and_(within, Stay.arrived_on <= agreement.window_end)
    rows = connection.execute(select(Stay.resident_id, Stay.arrived_on).where(those, within)).all()
    return admitted_persons(((resident_id, arrived_on) for resident_id, arrived_on in rows), agreement)


def _ahead(connection: Connection, those: ColumnElement[bool], today: date) -> Iterator[tuple[date, date | None]]:
    """Arrival and departure of each stay that is not over; arrivals that lie behind are all as of today."""
    start = case((Stay.arrived_on > today, Stay.arrived_on), else_=today)
    rows = connection.execute(
        select(start, Stay.departed_on, func.count())
        .where(those, or_(Stay.departed_on.is_(None), Stay.departed_on > today))
        .group_by(start, Stay.departed_on)
    )
    for arrived_on, departed_on, number in rows.all():
        yield from repeat((arrived_on, departed_on), number)
