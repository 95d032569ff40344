"""How a candidate answers the criteria of a programme: what decisions and admissions ask of the register."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entities.programmes import Programme
from models.entities.selection import Candidate
from models.rules.screening import CandidateFacts, Criterion, Screened, is_accompanied, screen


def read_screening(session: Session, candidate: Candidate, on: date) -> tuple[Screened, ...]:
    """The answer to each criterion, by a person or by the program.

    Args:
        session: Of the transaction.
        candidate: Who is screened.
        on: The local date of the screening.
    """
    programme = session.get_one(Programme, candidate.programme_id)
    criteria = [Criterion(row.id, row.text, row.effect, row.test) for row in programme.criteria]
    answers = {row.criterion_id: row.answer for row in candidate.answers}
    return screen(criteria, _facts(session, candidate, on), on, answers)


def _facts(session: Session, candidate: Candidate, on: date) -> CandidateFacts:
    others = (
        session.scalars(
            select(Candidate.birth).where(
                Candidate.list_id == candidate.list_id,
                Candidate.family_group == candidate.family_group,
                Candidate.id != candidate.id,
            )
        ).all()
        if candidate.family_group
        else ()
    )
    return CandidateFacts(
        birth=candidate.birth,
        accompanied=is_accompanied(others, on),
        criminal_history=candidate.criminal_history,
        expulsion_ordered=candidate.expulsion_ordered,
        release_on=candidate.release_on,
        final_order_on=candidate.final_order_on,
        document_number=candidate.document_number,
        vetting=candidate.vetting,
    )
