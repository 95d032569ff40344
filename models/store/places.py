"""How many places of a programme are taken: what selection, arrival and the lists all ask (rules.md, Places)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.rules.places import Agreement, admitted_persons, highest_roll, places_left, taken_cumulative
from models.rules.vocabulary import CandidateState, PlacesRule


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
    programme = connection.execute(
        select(Programme.places_rule, Programme.places, Programme.window_start, Programme.window_end).where(
            Programme.id == programme_id
        )
    ).one()
    agreement = Agreement(programme.places_rule, programme.places, programme.window_start, programme.window_end)
    waiting = select(Candidate.id).where(
        Candidate.programme_id == programme_id, Candidate.state == CandidateState.ACCEPTED, ~has_arrived()
    )
    held = sum(candidate != without_candidate for (candidate,) in connection.execute(waiting))
    came = select(Stay.resident_id, Stay.arrived_on, Stay.departed_on).where(
        Stay.programme_id == programme_id, _matters(agreement, today)
    )
    stays = connection.execute(came).all()
    if agreement.rule is PlacesRule.CUMULATIVE:
        admissions = ((who, arrived_on) for who, arrived_on, _ in stays if who != without_resident)
        taken = taken_cumulative(admitted_persons(admissions, agreement), [None] * held)
    else:
        spans = ((arrived_on, departed_on) for who, arrived_on, departed_on in stays if who != without_resident)
        taken = highest_roll(spans, [None] * held, today=today)
    return Places(agreement, taken, held, places_left(agreement, taken))


def _matters(agreement: Agreement, today: date) -> ColumnElement[bool]:
    """SQL: whether a stay can take a place at all, so that years of history are not read one by one."""
    if agreement.rule is PlacesRule.CONCURRENT:
        return or_(Stay.departed_on.is_(None), Stay.departed_on > today)
    if agreement.window_end is None:
        return Stay.arrived_on >= agreement.window_start
    return Stay.arrived_on.between(agreement.window_start, agreement.window_end)
