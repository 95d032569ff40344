"""How candidates stand against the criteria of their programme: what selection, arrival and the lists all ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, tuple_
from sqlalchemy.orm import Session

from models.entities.programmes import Criterion
from models.entities.selection import Candidate, CandidateAnswer
from models.ids import CandidateId, CriterionId, ListId, ProgrammeId
from models.rules import screening as rules
from models.rules.birth import BirthDate
from models.rules.screening import CandidateFacts, Screened
from models.rules.vocabulary import Answer, CandidateState
from models.store.rows import Rows

_AT_ONCE = 400
_GONE = (CandidateState.REFUSED, CandidateState.WITHDRAWN)
"""Who will not come accompanies nobody: a child whose parents were refused would arrive alone."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The criteria of a programme, answered for one candidate.

    Attributes:
        screened: Each criterion with the answer that counts: a person's, else the program's.
        automatic: What the program itself can tell, by criterion.
    """

    screened: tuple[Screened, ...]
    automatic: Mapping[CriterionId, Answer]


def read_screening(session: Session, candidate: Candidate, on: date) -> tuple[Screened, ...]:
    """The answer to each criterion, by a person or by the program.

    Args:
        session: Of the transaction; what it has not flushed yet is not looked at.
        candidate: Who is screened.
        on: The local date of the screening.
    """
    return read_screenings(session.connection(), [candidate.id], on=on)[candidate.id].screened


_FACTS = Rows(CandidateFacts, Candidate)
_CRITERIA = Rows(rules.Criterion, Criterion, criterion_id=Criterion.id)

Member = tuple[CandidateId, BirthDate | None]


def read_screenings(
    connection: Connection, candidate_ids: Iterable[CandidateId], *, on: date
) -> dict[CandidateId, Screening]:
    """The screening of many candidates on a local date; who does not exist is left out."""
    found: dict[CandidateId, Screening] = {}
    criteria = _criteria(connection)
    asked = _FACTS.select().add_columns(Candidate.id, Candidate.list_id, Candidate.programme_id, Candidate.family_group)
    wanted = list(candidate_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        candidates = connection.execute(asked.where(Candidate.id.in_(part))).all()
        groups = _groups(connection, candidates)
        answers = _answers(connection, part)
        for row in candidates:
            group = groups.get((row.list_id, row.family_group), ())
            others = [birth for member, birth in group if member != row.id]
            facts = CandidateFacts(**_FACTS.values(row), accompanied=rules.is_accompanied(others, on))
            questions = criteria.get(row.programme_id, ())
            found[row.id] = Screening(
                rules.screen(questions, facts, on, answers.get(row.id, {})),
                {criterion.criterion_id: answer for criterion, answer in rules.screen(questions, facts, on, {})},
            )
    return found


def _criteria(connection: Connection) -> Mapping[ProgrammeId, Sequence[rules.Criterion]]:
    found: dict[ProgrammeId, list[rules.Criterion]] = defaultdict(list)
    asked = _CRITERIA.select().add_columns(Criterion.programme_id)
    for row in connection.execute(asked.order_by(Criterion.programme_id, Criterion.position)):
        found[row.programme_id].append(_CRITERIA.row(row))
    return found


def _groups(
    connection: Connection, candidates: Iterable[Row[*tuple[Any, ...]]]
) -> dict[tuple[ListId, str], list[Member]]:
    """The people of each family group who may still come, with their births."""
    named = {(row.list_id, row.family_group) for row in candidates if row.family_group}
    members: dict[tuple[ListId, str], list[Member]] = defaultdict(list)
    if named:
        rows = connection.execute(
            select(Candidate.id, Candidate.list_id, Candidate.family_group, Candidate.birth).where(
                tuple_(Candidate.list_id, Candidate.family_group).in_(named), Candidate.state.not_in(_GONE)
            )
        )
        for row in rows:
            members[row.list_id, row.family_group].append((row.id, row.birth))
    return members


def _answers(connection: Connection, part: list[CandidateId]) -> dict[CandidateId, dict[CriterionId, Answer]]:
    given: dict[CandidateId, dict[CriterionId, Answer]] = defaultdict(dict)
    rows = connection.execute(
        select(CandidateAnswer.candidate_id, CandidateAnswer.criterion_id, CandidateAnswer.answer).where(
            CandidateAnswer.candidate_id.in_(part)
        )
    )
    for row in rows:
        given[row.candidate_id][row.criterion_id] = row.answer
    return given
