"""A proposed list that came in under the wrong programme, and goes under the right one."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select

from models.entities.imports import Import
from models.entities.programmes import Programme
from models.entities.selection import Candidate, CandidateAnswer, DecisionProposal, ProposedList
from models.errors import Refused
from models.ids import ProgrammeId
from models.repositories.programmes import has_arrived
from models.rules.vocabulary import CandidateState, ProposalState
from models.store.unit_of_work import UnitOfWork
from models.text import Message, counted

_NAMED = 5
"""So many rows are named of those that stand against it."""


def move(unit: UnitOfWork, row: ProposedList, programme_id: ProgrammeId) -> None:
    """Put a list and its people under another programme, as if it had come in there.

    Raises:
        Refused: That programme is closed, or somebody of the list is decided on, has arrived or was screened under the
            old one: that is of its agreement and is taken back first.
    """
    programme = unit.session.get(Programme, programme_id)
    if programme is None or programme.is_closed:
        raise Refused("This programme is closed and takes no lists. Choose another.", field="programme_id")
    if against := tuple(_against(unit, row)):
        raise Refused(
            "The list cannot go to another programme while something was done with its people under this one. Take "
            "that back first.",
            field="programme_id",
            reasons=against,
        )
    row.programme_id = programme_id
    for candidate in row.candidates:
        candidate.programme_id = programme_id
    unit.concerns("candidate", [candidate.id for candidate in row.candidates])
    for each in unit.session.scalars(select(Import).where(Import.list_id == row.id)):
        each.programme_id = programme_id


def _against(unit: UnitOfWork, row: ProposedList) -> Iterator[Message]:
    """What was done with the people of a list, with the rows in which they stand."""
    waits = select(DecisionProposal.id).where(
        DecisionProposal.candidate_id == Candidate.id, DecisionProposal.state == ProposalState.WAITING
    )
    answered = select(CandidateAnswer.id).where(CandidateAnswer.candidate_id == Candidate.id)

    def rows(such: ColumnElement[bool]) -> list[int]:
        asked = select(Candidate.row_number).where(Candidate.list_id == row.id, such).order_by(Candidate.row_number)
        return [*unit.session.scalars(asked)]

    if found := rows(has_arrived()):
        yield counted(
            "{n} person has arrived: {rows}", "{n} people have arrived: {rows}", len(found), rows=_some(found)
        )
    if found := rows((Candidate.state != CandidateState.PROPOSED) & ~has_arrived()):
        yield counted(
            "{n} person is decided on: {rows}", "{n} people are decided on: {rows}", len(found), rows=_some(found)
        )
    if found := rows(waits.correlate(Candidate).exists()):
        yield counted(
            "{n} decision waits for a second person: {rows}",
            "{n} decisions wait for a second person: {rows}",
            len(found),
            rows=_some(found),
        )
    if found := rows(answered.correlate(Candidate).exists()):
        yield counted(
            "Criteria are answered of {n} person: {rows}",
            "Criteria are answered of {n} people: {rows}",
            len(found),
            rows=_some(found),
        )


def _some(rows: list[int]) -> str:
    """The numbers of the rows of some people; names stand in no refusal."""
    return ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")
