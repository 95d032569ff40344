"""Who is whom after a joining: which residents are one, which candidates are known to be a resident."""

from sqlalchemy import Connection, Select, or_, select

from models.entities.residents import Joining, Resident
from models.ids import CandidateId, ResidentId


def everybody(resident_id: ResidentId) -> Select[ResidentId]:
    """SQL: the resident, and those who were found to be the same."""
    return select(Resident.id).where(or_(Resident.id == resident_id, Resident.joined_into_id == resident_id))


def remaining(connection: Connection, resident_id: ResidentId) -> ResidentId:
    """The resident whom somebody was found to be; else the same."""
    into = connection.scalar(select(Resident.joined_into_id).where(Resident.id == resident_id))
    return resident_id if into is None else into


def known_candidates(connection: Connection) -> dict[CandidateId, ResidentId]:
    """The candidates who were found to be residents, and whom."""
    found = connection.execute(
        select(Joining.candidate_id, Joining.resident_id).where(
            Joining.candidate_id.is_not(None), Joining.undone_at.is_(None)
        )
    )
    return {row.candidate_id: remaining(connection, row.resident_id) for row in found.all()}
