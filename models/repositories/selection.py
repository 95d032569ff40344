"""How candidates stand against the criteria of their programme: what selection, arrival and the lists all ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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


def read_screenings(
    connection: Connection, candidate_ids: Iterable[CandidateId], *, on: date
) -> dict[CandidateId, Screening]:
    """The screening of many candidates on a local date; who does not exist is left out."""
    found: dict[CandidateId, Screening] = {}
    criteria = _criteria(connection)
    wanted = list(candidate_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        candidates = connection.execute(select(*_FACTS).where(Candidate.id.in_(part))).all()
        groups = _groups(connection, candidates)
        answers = _answers(connection, part)
        for row in candidates:
            facts = _facts(row, groups.get((row.list_id, row.family_group), ()), on)
            asked = criteria.get(row.programme_id, ())
            found[row.id] = Screening(
                rules.screen(asked, facts, on, answers.get(row.id, {})),
                {criterion.criterion_id: answer for criterion, answer in rules.screen(asked, facts, on, {})},
            )
    return found


_FACTS = (
    Candidate.id,
    Candidate.list_id,
    Candidate.programme_id,
    Candidate.family_group,
    Candidate.birth,
    Candidate.criminal_history,
    Candidate.expulsion_ordered,
    Candidate.release_on,
    Candidate.final_order_on,
    Candidate.document_number,
    Candidate.vetting,
)

Member = tuple[CandidateId, BirthDate | None]


def _criteria(connection: Connection) -> dict[ProgrammeId, tuple[rules.Criterion, ...]]:
    asked: dict[ProgrammeId, list[rules.Criterion]] = defaultdict(list)
    rows = connection.execute(
        select(Criterion.id, Criterion.programme_id, Criterion.text, Criterion.effect, Criterion.test).order_by(
            Criterion.programme_id, Criterion.position
        )
    )
    for row in rows:
        asked[row.programme_id].append(rules.Criterion(row.id, row.text, row.effect, row.test))
    return {programme: tuple(criteria) for programme, criteria in asked.items()}


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


def _facts(row: Row[*tuple[Any, ...]], group: Iterable[Member], on: date) -> CandidateFacts:
    others = [birth for member, birth in group if member != row.id]
    return CandidateFacts(
        birth=row.birth,
        accompanied=rules.is_accompanied(others, on),
        criminal_history=row.criminal_history,
        expulsion_ordered=row.expulsion_ordered,
        release_on=row.release_on,
        final_order_on=row.final_order_on,
        document_number=row.document_number,
        vetting=row.vetting,
    )
