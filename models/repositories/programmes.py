"""How many places of a programme are taken: what selection, arrival and the lists all ask (rules.md, Places)."""

from collections.abc import Collection, Hashable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from itertools import repeat

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, true

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.repositories.joinings import known_candidates
from models.rules.places import Agreement, admitted_persons, highest_roll, places_left, taken_cumulative
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, PlacesRule
from models.store.rows import Rows


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a programme as they stand.

    Attributes:
        admitted: Who was ever admitted within the window; nobody where places are counted at once.
        taken: By residents and by accepted candidates who have not arrived.
        held: Of these, by candidates who have not arrived.
        left: None where the agreement sets no number; negative where emergencies went beyond it.
    """

    agreement: Agreement
    admitted: Set[Hashable]
    taken: int
    held: int
    left: int | None


_AGREEMENTS = Rows(Agreement, Programme, rule=Programme.places_rule)


def has_arrived() -> ColumnElement[bool]:
    """SQL: whether the candidate of the row was admitted, as a resident whom the row itself names."""
    return or_(
        exists().where(Stay.candidate_id == Candidate.id).correlate(Candidate),
        exists().where(Resident.candidate_id == Candidate.id).correlate(Candidate),
    )


def read_places(
    connection: Connection,
    programme_id: ProgrammeId,
    *,
    today: date,
    since: Moment | None = None,
    without_candidate: CandidateId | None = None,
    without_resident: ResidentId | None = None,
    with_candidates: Collection[CandidateId] = (),
) -> Places:
    """Count the places of a programme.

    Args:
        connection: Of the transaction or the reading.
        programme_id: The programme.
        today: The local date.
        since: From when on concurrent places are looked at: from now on if None.
        without_candidate: Somebody whose acceptance is not counted: the one who is decided on, or is arriving.
        without_resident: Somebody whose stays are not counted: the one who is arriving.
        with_candidates: Who is counted as if they were accepted: those on whom it is about to be decided.
    """
    agreement = _AGREEMENTS.row(connection.execute(_AGREEMENTS.select().where(Programme.id == programme_id)).one())
    waiting = select(Candidate.id).where(
        Candidate.programme_id == programme_id,
        or_(Candidate.state == CandidateState.ACCEPTED, Candidate.id.in_(with_candidates)),
        ~has_arrived(),
    )
    candidates = [each for each in connection.scalars(waiting) if each != without_candidate]
    known = known_candidates(connection)
    expected: list[Hashable] = [known[each] for each in candidates if each in known]
    expected = [*expected, *repeat(None, len(candidates) - len(expected))]
    who = true() if without_resident is None else Stay.resident_id != without_resident
    those = and_(Stay.programme_id == programme_id, who)
    admitted = set[Hashable]()
    if agreement.rule is PlacesRule.CUMULATIVE:
        admitted = _admitted(connection, agreement, those)
        held = len([each for each in expected if each is None or each not in admitted])
        taken = taken_cumulative(admitted, expected)
    else:
        roll = select(Stay.resident_id).where(those, Stay.departed_on.is_(None))
        here = set(connection.scalars(roll)) if any(expected) else set[ResidentId]()
        held = len([each for each in expected if each is None or each not in here])
        begin = since or Moment(today)
        taken = highest_roll(_ahead(connection, those, begin), [None] * held, since=begin)
    return Places(agreement, admitted, taken, held, places_left(agreement, taken))


def _admitted(connection: Connection, agreement: Agreement, those: ColumnElement[bool]) -> set[Hashable]:
    """Who was ever admitted within the window, by some stays."""
    within = Stay.arrived_on >= agreement.window_start
    if agreement.window_end is not None:
        within = and_(within, Stay.arrived_on <= agreement.window_end)
    rows = connection.execute(select(Stay.resident_id, Stay.arrived_on).where(those, within)).all()
    return admitted_persons(((resident_id, arrived_on) for resident_id, arrived_on in rows), agreement)


def _ahead(connection: Connection, those: ColumnElement[bool], since: Moment) -> Iterator[tuple[Moment, Moment | None]]:
    """Arrival and departure of each stay that was not over on a day; the open ones that lie behind are only counted."""
    behind = and_(Stay.departed_on.is_(None), Stay.arrived_on < since.on)
    number = connection.execute(select(func.count()).select_from(Stay).where(those, behind)).scalar_one()
    yield from repeat((since, None), number)
    # Two statements, of which each has an index: of either at once all stays of the programme might be read.
    for ahead in (and_(Stay.departed_on.is_(None), Stay.arrived_on >= since.on), Stay.departed_on >= since.on):
        rows = connection.execute(
            select(Stay.arrived_on, Stay.arrived_at, Stay.departed_on, Stay.departed_at).where(those, ahead)
        )
        for arrived_on, arrived_at, departed_on, departed_at in rows.all():
            yield Moment(arrived_on, arrived_at), None if departed_on is None else Moment(departed_on, departed_at)
