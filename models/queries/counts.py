"""A few numbers that the window shows around its pages, cheap enough to be read after every change."""

from dataclasses import dataclass

from sqlalchemy import func, select

from models.entities.absences import Absence
from models.entities.departures import Plan
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.repositories.departures import looks_open
from models.rules.people import reads
from models.rules.vocabulary import CandidateState, PlanState, SealedKind
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are now.

    Attributes:
        on_roll: Stays that are open.
        away: Of these, with an open absence.
        planned: Departure plans that are open, as far as whoever asks may know.
        undecided: Candidates on whom nobody has decided.
    """

    on_roll: int
    away: int
    planned: int
    undecided: int


def counts(snapshot: Snapshot) -> Counts:
    """The numbers of this instant."""
    on_roll = select(func.count()).select_from(Stay).where(Stay.departed_on.is_(None)).scalar_subquery()
    away = (
        select(func.count(Absence.stay_id.distinct()))
        .join(Stay, Stay.id == Absence.stay_id)
        .where(Stay.departed_on.is_(None), Absence.until_on.is_(None))
        .scalar_subquery()
    )
    is_open = Plan.state == PlanState.OPEN
    if not reads(snapshot.person.role, SealedKind.CHECK):
        is_open = looks_open(Plan, Stay)
    planned = select(func.count(Plan.id)).join(Stay, Stay.id == Plan.stay_id).where(is_open).scalar_subquery()
    undecided = (
        select(func.count()).select_from(Candidate).where(Candidate.state == CandidateState.PROPOSED).scalar_subquery()
    )
    return Counts(*snapshot.connection.execute(select(on_roll, away, planned, undecided)).one())
