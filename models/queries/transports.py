"""Transports: which are expected or have come, how many are on each, and who is expected with none."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from models.entities.selection import Candidate, ProposedList
from models.entities.stays import Stay
from models.entities.transports import Passenger, Transport
from models.errors import Refused
from models.ids import CandidateId, TransportId
from models.queries import arrivals as people
from models.rules.time import Moment
from models.rules.vocabulary import TransportMeans
from models.rules.wording import word
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message, message


@dataclass(frozen=True, slots=True)
class TransportRow:
    """A transport, and how many are on it.

    Attributes:
        lists: The codes of the lists whose people are on it.
        people: How many are expected with it.
        admitted: How many of those who were on it are admitted.
        not_come: How many of them were not on it.
    """

    id: TransportId
    means: TransportMeans
    number: str
    from_place: str
    escort: str
    note: str
    expected: Moment
    came: Moment | None
    called_off: str | None
    version: int
    lists: tuple[str, ...]
    people: int
    admitted: int
    not_come: int

    @property
    def awaited(self) -> int:
        """How many are still to be admitted with it; whoever was not on it is expected without one."""
        return self.people - self.admitted - self.not_come

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done with it any more."""
        return self.called_off is not None or (self.came is not None and not self.awaited)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The accepted of a list who are expected with no transport."""

    list_code: str
    programme: str
    candidate_ids: tuple[CandidateId, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What is expected: the transports, by the day on which they are, and whoever is on none."""

    transports: tuple[TransportRow, ...]
    waiting: tuple[Waiting, ...]


_TRANSPORTS = Rows(TransportRow, Transport)
_ADMITTED = select(Stay.id).where(Stay.candidate_id == Passenger.candidate_id).correlate(Passenger).exists()


def is_aboard() -> ColumnElement[bool]:
    """SQL: whether the candidate of the row is expected with a transport, or has come with one."""
    return (
        exists()
        .where(
            Passenger.candidate_id == Candidate.id,
            Passenger.transport_id == Transport.id,
            Transport.called_off.is_(None),
            Passenger.is_aboard.is_distinct_from(False),
        )
        .correlate(Candidate)
    )


def arrivals(snapshot: Snapshot) -> Arrivals:
    """All transports, and of each list those who are expected with none."""
    placed = set(snapshot.connection.scalars(select(Candidate.id).where(is_aboard())))
    waiting: dict[tuple[str, str], list[CandidateId]] = defaultdict(list)
    for each in people.expected(snapshot):
        if each.id not in placed:
            waiting[each.list_code, each.programme].append(each.id)
    return Arrivals(
        transports(snapshot),
        tuple(Waiting(code, programme, tuple(ids)) for (code, programme), ids in waiting.items()),
    )


def transports(snapshot: Snapshot) -> tuple[TransportRow, ...]:
    """All transports: those that are to come or not done with first, by their day; then the others, the last first."""
    found = sorted(_read(snapshot), key=lambda each: (each.expected.on, each.id))
    ahead = [each for each in found if not each.is_over]
    return (*ahead, *reversed([each for each in found if each.is_over]))


def is_used(snapshot: Snapshot) -> bool:
    """Whether the facility works with lists or transports at all; else nothing of them is shown."""
    for table in (ProposedList, Transport):
        if snapshot.connection.execute(select(table.id).order_by(table.id).limit(1)).first() is not None:
            return True
    return False


def one(snapshot: Snapshot, *, transport_id: TransportId) -> TransportRow:
    """One transport.

    Raises:
        Refused: It is not there.
    """
    for found in _read(snapshot, Transport.id == transport_id):
        return found
    raise Refused("This transport is not there any more.", field="transport_id")


def _read(snapshot: Snapshot, *which: ColumnElement[bool]) -> list[TransportRow]:
    """Some transports with how many are on each; all where nothing is said."""
    aboard = defaultdict(list)
    for row in snapshot.connection.execute(
        select(Passenger.transport_id, Passenger.is_aboard, _ADMITTED.label("admitted"), ProposedList.code)
        .join(Transport, Transport.id == Passenger.transport_id)
        .join(Candidate, Candidate.id == Passenger.candidate_id)
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(*which)
        .order_by(ProposedList.id)
    ):
        aboard[row.transport_id].append(row)
    return [
        TransportRow(
            **_TRANSPORTS.values(row),
            lists=tuple(dict.fromkeys(each.code for each in aboard[row.id])),
            people=len(aboard[row.id]),
            admitted=sum(each.admitted for each in aboard[row.id]),
            not_come=sum(each.is_aboard is False and not each.admitted for each in aboard[row.id]),
        )
        for row in snapshot.connection.execute(_TRANSPORTS.select().where(*which)).all()
    ]


def name_of(row: TransportRow) -> Message:
    """How a transport is called: what it is, where it comes from, and the day."""
    day = (row.came or row.expected).on
    what = message("{what} {number}", what=word(row.means), number=row.number) if row.number else word(row.means)
    if not row.from_place:
        return message("{what}, {day}", what=what, day=day)
    return message("{what} from {place}, {day}", what=what, place=row.from_place, day=day)
