"""Proposed lists and their candidates: how many stand where, who is doubtful, who is like whom."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from models.entities.programmes import Programme
from models.entities.selection import Candidate, DecisionProposal, ListRemark, ProposedList
from models.ids import CandidateId, ListId, ProgrammeId
from models.repositories import alike
from models.repositories.alike import Like
from models.repositories.programmes import has_arrived, read_places
from models.repositories.safeguards import has_remarks
from models.repositories.selection import Screening, read_screenings
from models.rules.birth import BirthDate
from models.rules.names import fold_query, folded_variants
from models.rules.screening import objections_to_accepting
from models.rules.selection import PARTICULARS, is_barred
from models.rules.sorting import sort_key
from models.rules.vocabulary import CandidateState, PlacesRule, ProposalState, Sex
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ListRow:
    """A proposed list, and where its candidates stand.

    Attributes:
        counts: How many candidates are in each state; a state that nobody is in is left out.
        arrived: How many of the accepted ones have arrived.
        doubtful: How many have a doubt that nobody has settled.
        has_remarks: Whether something that stood above or below the people is kept sealed; never, for who may not read
            it.
        two_persons: Whether the programme asks for two persons to decide.
    """

    id: ListId
    programme_id: ProgrammeId
    programme: str
    code: str
    received_on: date
    counts: Mapping[CandidateState, int]
    arrived: int
    doubtful: int
    has_remarks: bool
    two_persons: bool

    @property
    def total(self) -> int:
        """How many candidates are on it."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """The places of a programme that has candidates, or may have some.

    Attributes:
        taken: Those held included.
        held: By accepted candidates who have not arrived.
        left: None where the agreement sets no number.
        waiting: How many acceptances wait for a second person; they hold no place yet.
    """

    programme_id: ProgrammeId
    code: str
    title: str
    rule: PlacesRule
    places: int | None
    taken: int
    held: int
    left: int | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All lists, the newest first, and the places of each programme."""

    lists: tuple[ListRow, ...]
    places: tuple[PlacesRow, ...]


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate in a list.

    Attributes:
        doubts: How many doubts nobody has settled.
        family: How many are in the candidate's family group, the candidate included; 0 for somebody alone.
        open_criteria: How many criteria stand against accepting: not answered, excluding or not met.
        is_barred: Whether one of them is answered so that the candidate cannot be accepted.
        likes: How many candidates and residents may be the same person.
        waiting: What is proposed and waits for a second person.
    """

    id: CandidateId
    list_id: ListId
    list_code: str
    programme: str
    list_number: str
    partner_number: str
    family_name: str
    given_names: str
    own_script: str
    sex: Sex | None
    birth: BirthDate | None
    nationality: str | None
    family_group: str
    relation: str
    state: CandidateState
    has_arrived: bool
    doubts: int
    family: int
    open_criteria: int
    is_barred: bool
    likes: int
    waiting: CandidateState | None


_LISTS = Rows(ListRow, ProposedList, programme=Programme.code, two_persons=Programme.two_persons)
_PLACES = Rows(PlacesRow, Programme, programme_id=Programme.id, rule=Programme.places_rule)
_CANDIDATES = Rows(
    CandidateRow,
    Candidate,
    list_code=ProposedList.code,
    programme=Programme.code,
    has_arrived=has_arrived(),
    doubts=func.json_array_length(Candidate.doubts),
    waiting=select(DecisionProposal.outcome)
    .where(DecisionProposal.candidate_id == Candidate.id, DecisionProposal.state == ProposalState.WAITING)
    .correlate(Candidate)
    .scalar_subquery(),
)


def overview(snapshot: Snapshot) -> Overview:
    """All lists with their counts, and the places of the programmes that still admit people."""
    asked = _PLACES.select().where(~Programme.is_closed).order_by(Programme.code)
    return Overview(
        tuple(lists(snapshot)), tuple(_places(snapshot, row) for row in snapshot.connection.execute(asked).all())
    )


def places_of(snapshot: Snapshot, *, programme_id: ProgrammeId) -> PlacesRow:
    """The places of a programme, as they are counted now."""
    asked = _PLACES.select().where(Programme.id == programme_id)
    return _places(snapshot, snapshot.connection.execute(asked).one())


def _places(snapshot: Snapshot, programme: Row[*tuple[Any, ...]]) -> PlacesRow:
    found = read_places(snapshot.connection, programme.programme_id, today=snapshot.today)
    waiting = snapshot.connection.scalar(
        select(func.count())
        .select_from(DecisionProposal)
        .join(Candidate, Candidate.id == DecisionProposal.candidate_id)
        .where(
            Candidate.programme_id == programme.programme_id,
            DecisionProposal.state == ProposalState.WAITING,
            DecisionProposal.outcome == CandidateState.ACCEPTED,
        )
    )
    return PlacesRow(
        **_PLACES.values(programme), taken=found.taken, held=found.held, left=found.left, waiting=waiting or 0
    )


def lists(snapshot: Snapshot, *, programme_id: ProgrammeId | None = None) -> Sequence[ListRow]:
    """The proposed lists, the newest first.

    Args:
        snapshot: The reading.
        programme_id: Only those of a programme; None: all.
    """
    arrived = has_arrived().label("arrived")
    doubtful = (func.json_array_length(Candidate.doubts) > 0).label("doubtful")
    asked = select(Candidate.list_id, Candidate.state, arrived, doubtful, func.count()).group_by(
        Candidate.list_id, Candidate.state, arrived, doubtful
    )
    counts: dict[ListId, Counter[CandidateState]] = defaultdict(Counter)
    came, unsure = Counter[ListId](), Counter[ListId]()
    for list_id, state, is_here, is_unsure, count in snapshot.connection.execute(asked):
        counts[list_id][state] += count
        came[list_id] += count if is_here else 0
        unsure[list_id] += count if is_unsure else 0
    found = (
        _LISTS.select()
        .join(Programme, Programme.id == ProposedList.programme_id)
        .order_by(ProposedList.received_on.desc(), ProposedList.id.desc())
    )
    if programme_id is not None:
        found = found.where(ProposedList.programme_id == programme_id)
    rows = snapshot.connection.execute(found).all()
    return [
        ListRow(
            **_LISTS.values(row),
            counts=dict(counts[row.id]),
            arrived=came[row.id],
            doubtful=unsure[row.id],
            has_remarks=has_remarks(snapshot, ListRemark.list_id == row.id, ListRemark.candidate_id.is_(None)),
        )
        for row in rows
    ]


def ids(
    snapshot: Snapshot,
    *,
    list_id: ListId | None = None,
    programme_id: ProgrammeId | None = None,
    states: Collection[CandidateState] = (),
    text: str = "",
    doubtful: bool = False,
    duplicates: bool = False,
    waiting: bool = False,
    sort: str = "list",
    descending: bool = False,
    then: Sequence[tuple[str, bool]] = (),
) -> list[CandidateId]:
    """The candidates in their order. A list has hundreds of people, not thousands: names are compared here, folded.

    Args:
        snapshot: The reading.
        list_id: Only those of a list.
        programme_id: Only those of a programme.
        states: Only those who stand there; empty: all.
        text: What the name, number or document begins with or holds, in any spelling.
        doubtful: Only those with a doubt that nobody has settled.
        duplicates: Only those who may be the same person as another candidate or a resident.
        waiting: Only those of whom a decision waits for a second person.
        sort: `list`, `name`, `number`, `birth`, `nationality`, `family` or `state`.
        descending: Whether downwards.
        then: By what those are sorted who are the same in that: names of columns, each with whether downwards.
    """
    conditions: list[ColumnElement[bool]] = []
    if list_id is not None:
        conditions.append(Candidate.list_id == list_id)
    if programme_id is not None:
        conditions.append(Candidate.programme_id == programme_id)
    if states:
        conditions.append(Candidate.state.in_(states))
    if waiting:
        conditions.append(
            Candidate.id.in_(
                select(DecisionProposal.candidate_id).where(DecisionProposal.state == ProposalState.WAITING)
            )
        )
    if doubtful:
        conditions.append(func.json_array_length(Candidate.doubts) > 0)
    rows: Sequence[Row[*tuple[Any, ...]]] = snapshot.connection.execute(
        select(
            Candidate.id,
            Candidate.list_id,
            Candidate.row_number,
            Candidate.birth,
            Candidate.nationality,
            Candidate.family_group,
            Candidate.state,
            *(getattr(Candidate, name) for name in _SEARCHED),
        ).where(*conditions)
    ).all()
    if words := fold_query(text).split():
        rows = [row for row in rows if all(word in _said(row) for word in words)]
    if duplicates:
        known = likes(snapshot, [row.id for row in rows])
        rows = [row for row in rows if row.id in known]
    ordered = sorted(rows, key=lambda row: (row.list_id, row.row_number))
    for name, down in (*reversed(then), (sort, descending)):  # those that are the same keep their order
        ordered.sort(key=partial(_key, sort=name, language=snapshot.facility.language), reverse=down)
    return [row.id for row in ordered]


_SEARCHED = tuple(field.name for field in PARTICULARS if field.searched)


def _said(row: Row[*tuple[Any, ...]]) -> str:
    """All that may be typed to find a candidate."""
    return folded_variants(" ".join(getattr(row, name) for name in _SEARCHED))


def _key(row: Row[*tuple[Any, ...]], sort: str, language: str) -> tuple[Any, ...]:
    """What candidates are sorted by; who lacks it comes last."""
    match sort:
        case "name":
            name = sort_key(f"{row.family_name} {row.given_names}", language)
            return (not name, name)
        case "number":
            return (not row.partner_number, row.partner_number)
        case "birth":
            return (row.birth is None, row.birth and row.birth.earliest)
        case "nationality":
            return (row.nationality is None, row.nationality or "")
        case "family":
            return (not row.family_group, row.family_group)
        case "state":
            return (list(CandidateState).index(row.state),)
        case _:
            return (row.list_id, row.row_number)


def rows(snapshot: Snapshot, ids: Iterable[CandidateId]) -> Sequence[CandidateRow]:
    """What a table shows of these candidates, in the order in which they were asked for."""
    wanted = list(ids)
    found: dict[CandidateId, CandidateRow] = {}
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        screenings = read_screenings(snapshot.connection, part, on=snapshot.today)
        known = likes(snapshot, part)
        groups = _group_sizes(snapshot)
        asked = (
            _CANDIDATES.select()
            .join(ProposedList, ProposedList.id == Candidate.list_id)
            .join(Programme, Programme.id == Candidate.programme_id)
            .where(Candidate.id.in_(part))
        )
        for row in snapshot.connection.execute(asked):
            found[row.id] = _row(row, screenings[row.id], len(known.get(row.id, ())), groups)
    return [found[one] for one in wanted if one in found]


def _row(
    row: Row[*tuple[Any, ...]], screening: Screening, likes: int, groups: Mapping[tuple[ListId, str], int]
) -> CandidateRow:
    against = objections_to_accepting(screening.screened)
    return CandidateRow(
        **_CANDIDATES.values(row),
        family=groups.get((row.list_id, row.family_group), 0),
        open_criteria=len(against),
        is_barred=is_barred(screening.screened),
        likes=likes,
    )


def _group_sizes(snapshot: Snapshot) -> dict[tuple[ListId, str], int]:
    """How many people each family group of each list has."""
    counted = (
        select(Candidate.list_id, Candidate.family_group, func.count())
        .where(Candidate.family_group != "")
        .group_by(Candidate.list_id, Candidate.family_group)
    )
    return {(row[0], row[1]): row[2] for row in snapshot.connection.execute(counted)}


def likes(snapshot: Snapshot, ids: Sequence[CandidateId]) -> dict[CandidateId, tuple[Like, ...]]:
    """Who may be the same person as each of these candidates; who is like nobody is left out."""
    return alike.likes(snapshot.connection, ids)
