"""How candidates stand while it is decided on them, and on what a decision rests: asked before, and once more then."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.entities.people import User
from models.entities.programmes import Programme, SelectionReason
from models.entities.residents import Resident
from models.entities.selection import Candidate, CandidateAnswer, ProposedList
from models.errors import Named
from models.ids import CandidateId, CriterionId, ProgrammeId
from models.repositories.alike import Like, likes, same_candidates, sentences
from models.repositories.joinings import known_candidates
from models.repositories.programmes import has_arrived, read_places
from models.repositories.residents import died_on
from models.repositories.selection import Screening, read_screenings
from models.rules.birth import BirthDate
from models.rules.kept import restored
from models.rules.names import display_name
from models.rules.rested import Alike, Answered, PlacesThen, Rested, changed
from models.rules.screening import objections_to_accepting
from models.rules.selection import PARTICULARS, Particulars, Standing
from models.rules.vocabulary import CandidateState
from models.store.rows import Made, Rows
from models.text import Message


@dataclass(frozen=True, slots=True)
class Candidacy:
    """A candidate on whom it is decided.

    Attributes:
        who: How they are told apart where it is said what stands against several.
        doubts: What nobody has settled: of the list, and who may be the same person.
        rested: On what a decision rests now.
    """

    id: CandidateId
    programme_id: ProgrammeId
    who: Named
    standing: Standing
    doubts: tuple[Message, ...]
    rested: Rested


def named(
    id_: CandidateId, list_number: str, partner_number: str, family_name: str, given_names: str, birth: BirthDate | None
) -> Named:
    """How somebody of a list is called, and told apart from others of the same name."""
    number = partner_number or list_number
    return Named(display_name(family_name, given_names, number), number, "" if birth is None else str(birth), id_)


def _said(*values: object) -> Particulars:
    said: dict[str, Any] = {field.name: field.tidy(value) for field, value in zip(PARTICULARS, values, strict=True)}
    return Particulars(**said)


@dataclass(frozen=True, slots=True)
class _Row:
    id: CandidateId
    programme_id: ProgrammeId
    who: Named
    state: CandidateState
    has_arrived: bool
    doubts: tuple[Message, ...]
    said: Particulars


_ROWS = Rows(
    _Row,
    Candidate,
    who=Made(
        named,
        Candidate.id,
        Candidate.list_number,
        Candidate.partner_number,
        Candidate.family_name,
        Candidate.given_names,
        Candidate.birth,
    ),
    has_arrived=has_arrived(),
    doubts=Made(restored, Candidate.doubts),
    said=Made(_said, *(getattr(Candidate, field.name) for field in PARTICULARS)),
)
_AT_ONCE = 400


def read_candidacies(
    connection: Connection, candidate_ids: Sequence[CandidateId], *, today: date
) -> dict[CandidateId, Candidacy]:
    """How some candidates stand, in this order, as if all who can be were accepted one after the other.

    Args:
        connection: Of the transaction or the reading.
        candidate_ids: Who does not exist is left out.
        today: The local date.
    """
    rows: dict[CandidateId, _Row] = {}
    for start in range(0, len(candidate_ids), _AT_ONCE):
        part = candidate_ids[start : start + _AT_ONCE]
        rows |= {row.id: row for row in _ROWS.rows(connection.execute(_ROWS.select().where(Candidate.id.in_(part))))}
    ordered = [rows[one] for one in candidate_ids if one in rows]
    screenings = read_screenings(connection, rows, on=today)
    answers = _answered_by(connection, [*rows])
    alike = likes(connection, [*rows])
    told = _alike_told(connection, alike)
    objections = {row.id: objections_to_accepting(screenings[row.id].screened) for row in ordered}
    died = _died(connection, [*rows])
    places = _places(connection, [row for row in ordered if not objections[row.id]], today=today)
    now = {
        programme: read_places(connection, programme, today=today)
        for programme in dict.fromkeys(row.programme_id for row in ordered)
    }
    found: dict[CandidateId, Candidacy] = {}
    for row in ordered:
        then = now[row.programme_id]
        free, taken = places.get(row.id, (then.agreement.places, then.taken))
        like = alike.get(row.id, ())
        found[row.id] = Candidacy(
            row.id,
            row.programme_id,
            row.who,
            Standing(
                row.state,
                row.has_arrived,
                objections[row.id],
                free,
                taken,
                died.get(row.id),
                _accepted_as(connection, row.id),
            ),
            _once((*row.doubts, *told.get(row.id, ()))),
            Rested(
                row.said,
                _answered(screenings[row.id], answers.get(row.id, {})),
                row.doubts,
                tuple(_alike(each) for each in like),
                PlacesThen.of(then.agreement, then.taken, then.held),
            ),
        )
    return found


def changed_since(
    connection: Connection, rested: Mapping[CandidateId, Rested], *, today: date
) -> dict[CandidateId, tuple[Message, ...]]:
    """What the list says otherwise or was answered otherwise by now than when it was decided, by candidate."""
    rows = {row.id: row for start in range(0, len(rested), _AT_ONCE) for row in _ROWS.rows(connection.execute(
        _ROWS.select().where(Candidate.id.in_([*rested][start : start + _AT_ONCE])))
    )}  # fmt: skip
    screenings = read_screenings(connection, rows, on=today)
    return {
        one: changed(then, replace(then, said=rows[one].said, criteria=_answered(screenings[one], {})))
        for one, then in rested.items()
        if one in rows
    }


def _places(connection: Connection, rows: Sequence[_Row], *, today: date) -> dict[CandidateId, tuple[int | None, int]]:
    """For each the places of the programme and how many others have, if those before are accepted as well.

    Who takes no place of their own, because they have one already, has no number of places against them.
    """
    found: dict[CandidateId, tuple[int | None, int]] = {}
    by_programme: dict[ProgrammeId, list[CandidateId]] = defaultdict(list)
    for row in rows:
        if row.state is not CandidateState.ACCEPTED and not row.has_arrived:
            by_programme[row.programme_id].append(row.id)
    for programme_id, wanted in by_programme.items():
        together = read_places(connection, programme_id, today=today, with_candidates=wanted)
        most = together.agreement.places
        if most is None or together.taken <= most:
            found |= {one: (most, together.taken - 1) for one in wanted}
            continue
        taken = read_places(connection, programme_id, today=today).taken
        before: list[CandidateId] = []
        for one in wanted:
            then = read_places(connection, programme_id, today=today, with_candidates=[*before, one]).taken
            found[one] = (None if then == taken else most, taken)
            if then == taken or taken < most:
                before.append(one)
                taken = then
    return found


def _died(connection: Connection, ids: Collection[CandidateId]) -> dict[CandidateId, tuple[str, date]]:
    """Who is known to be a resident that died."""
    known = {one: who for one, who in known_candidates(connection).items() if one in ids}
    found: dict[CandidateId, tuple[str, date]] = {}
    for one, resident_id in known.items():
        day = died_on(connection, resident_id)
        number = connection.scalar(select(Resident.number).where(Resident.id == resident_id))
        if day is not None and number is not None:
            found[one] = (number, day)
    return found


def _accepted_as(connection: Connection, candidate_id: CandidateId) -> str:
    """Where the same person is accepted already, as another candidate; empty: nowhere."""
    same = same_candidates(connection, candidate_id)
    if not same:
        return ""
    row = connection.execute(
        select(ProposedList.code, Candidate.list_number)
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(Candidate.id.in_(same), Candidate.state == CandidateState.ACCEPTED)
        .order_by(Candidate.id)
    ).first()
    return "" if row is None else f"{row.code}, {row.list_number}"


def _answered_by(
    connection: Connection, ids: Sequence[CandidateId]
) -> dict[CandidateId, dict[CriterionId, tuple[str, str]]]:
    """Who answered a criterion, and on what ground."""
    found: dict[CandidateId, dict[CriterionId, tuple[str, str]]] = defaultdict(dict)
    for start in range(0, len(ids), _AT_ONCE):
        rows = connection.execute(
            select(CandidateAnswer.candidate_id, CandidateAnswer.criterion_id, User.name, CandidateAnswer.note)
            .join(User, User.id == CandidateAnswer.answered_by)
            .where(CandidateAnswer.candidate_id.in_(ids[start : start + _AT_ONCE]))
        )
        for candidate, criterion, name, note in rows:
            found[candidate][criterion] = (name, note)
    return found


def _answered(screening: Screening, given: Mapping[CriterionId, tuple[str, str]]) -> tuple[Answered, ...]:
    return tuple(
        Answered(
            criterion.text,
            criterion.effect,
            answer,
            screening.automatic[criterion.criterion_id],
            *given.get(criterion.criterion_id, ("", "")),
        )
        for criterion, answer in screening.screened
    )


def _alike(like: Like) -> Alike:
    if like.candidate_id is not None:
        return Alike("candidate", like.candidate_id)
    return Alike("resident", int(like.resident_id or 0))


def _alike_told(
    connection: Connection, alike: Mapping[CandidateId, Sequence[Like]]
) -> dict[CandidateId, tuple[Message, ...]]:
    """Who may be the same person, in sentences."""
    every = [each for found in alike.values() for each in found]
    listed, residents = sentences(
        connection,
        {each.candidate_id for each in every if each.candidate_id is not None},
        {each.resident_id for each in every if each.resident_id is not None},
    )
    told: dict[CandidateId, list[Message]] = defaultdict(list)
    for one, found in alike.items():
        for each in found:
            if each.candidate_id is not None:
                told[one].append(listed[each.candidate_id])
            elif each.resident_id is not None:
                told[one].append(residents[each.resident_id])
    return {one: tuple(said) for one, said in told.items()}


def _once(said: Sequence[Message]) -> tuple[Message, ...]:
    kept: list[Message] = []
    for each in said:
        if each not in kept:
            kept.append(each)
    return tuple(kept)


def listed_reasons(connection: Connection, programme_id: ProgrammeId) -> list[tuple[CandidateState, str]]:
    """The reasons of a programme for decisions, each with the decision that it is a reason of, in their order."""
    asked = select(SelectionReason.outcome, SelectionReason.text).where(SelectionReason.programme_id == programme_id)
    return [(row.outcome, row.text) for row in connection.execute(asked.order_by(SelectionReason.position))]


def asks_two(connection: Connection, programme_id: ProgrammeId) -> bool:
    """Whether a decision under a programme is proposed by one person and confirmed by another."""
    return bool(connection.scalar(select(Programme.two_persons).where(Programme.id == programme_id)))
