"""What a file of stays would bring into the register, and which rows cannot come in (rules.md, No overlap).

A file may be the same as an earlier one, a month later: what the register has already is known again, an open stay that
the file ends is ended, and what the two say otherwise is asked of a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from models.entities.programmes import Programme
from models.exchange.contradictions import Choices, Contradiction, PersonQuestion
from models.exchange.problems import Note, Problem
from models.exchange.stays_agreement import NotCovered, not_covered
from models.exchange.stays_alike import alike
from models.exchange.stays_file import StayLine, StaysReading
from models.exchange.stays_known import Identity, Known
from models.exchange.stays_people import People
from models.exchange.stays_sealing import is_sealing
from models.exchange.stays_sorting import Sorting, StayChange
from models.ids import ProgrammeId, ResidentId
from models.rules.departures import fits_regime, kind_under
from models.rules.names import fold
from models.rules.unknown import is_unknown
from models.rules.vocabulary import Regime
from models.store.snapshot import Snapshot
from models.text import message


@dataclass(frozen=True, slots=True)
class StaysPreview:
    """What would come in.

    Attributes:
        coming: The rows that come in, in the order of the file.
        changing: The rows that change a stay of the register: end it, say how it ended, or correct it.
        new: The rows of each person whom the register does not know yet, by identity.
        known: The rows of each person whom it knows, by the resident's id.
        same: The rows that the register has already: they add nothing.
        contradictions: What rows say otherwise than the register, whatever was said about it.
        kept: The rows of which the register keeps what it says, since a person has said so.
        people: Whose each row is.
        kin: The residents of the register who belong to a family of the file, by its number as it is compared.
        problems: What is wrong with each row that cannot come in, in the order of the file.
        alike: Who of the people that are new may be known already.
        not_covered: The arrivals outside of the dates of the agreement, or beyond its places.
        is_sealing: Whether something of it is kept sealed, which needs somebody who can read it.
    """

    coming: tuple[StayLine, ...]
    changing: tuple[StayChange, ...]
    new: dict[Identity, list[StayLine]]
    known: dict[ResidentId, list[StayLine]]
    same: tuple[int, ...]
    contradictions: tuple[Contradiction, ...]
    kept: tuple[int, ...]
    people: People
    kin: dict[ResidentId, str]
    problems: tuple[Problem, ...]
    alike: tuple[Problem, ...]
    not_covered: NotCovered
    is_sealing: bool

    @property
    def repeated(self) -> int:
        """How many rows the register has already."""
        return len(self.same)

    @property
    def ending(self) -> tuple[StayChange, ...]:
        """The rows that end a stay that was open."""
        return tuple(change for change in self.changing if change.ends)

    @property
    def questions(self) -> tuple[PersonQuestion, ...]:
        """The numbers of which it must be said whether they are of one person."""
        return tuple(self.people.questions)

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What somebody should know of numbers and arrivals of the file, and who is perhaps known already."""
        said = (*self.people.doubts, *self.alike, *self.not_covered.outside, *self.not_covered.beyond)
        return tuple(sorted(said, key=lambda doubt: doubt.row_number))

    @property
    def refused_rows(self) -> frozenset[int]:
        """The numbers of the rows that cannot come in."""
        return frozenset(problem.row_number for problem in self.problems)


def preview_stays(
    snapshot: Snapshot, *, programme_id: ProgrammeId, read: StaysReading, choices: Choices | None = None
) -> StaysPreview:
    """Say what a file would bring in, and change nothing.

    Args:
        snapshot: A look at the register.
        programme_id: The programme under which the people stayed.
        read: The file.
        choices: What was said of rows that contradict the register; what nothing was said of changes nothing.
    """
    return preview(
        snapshot.connection,
        programme_id=programme_id,
        read=read,
        today=snapshot.today,
        zone=snapshot.facility.zone,
        choices=choices or Choices(),
    )


def preview(
    connection: Connection,
    *,
    programme_id: ProgrammeId,
    read: StaysReading,
    today: date,
    zone: ZoneInfo,
    choices: Choices,
) -> StaysPreview:
    """What `preview_stays` says, on any connection; `today` is the local date in the zone of the facility."""
    regime = connection.execute(select(Programme.regime).where(Programme.id == programme_id)).scalar_one()
    said, elsewhere = _of_programme(connection, programme_id, read)
    lines = _as_held(said, regime)
    known = Known(connection, programme_id)
    people = People(read.heading, known, choices)
    people.sort(lines)
    known.read_stays(lines, [line for line in lines if not people.number(line)])
    people.learn(lines)
    sorting = Sorting(people, today, zone, choices)
    sorting.problems += elsewhere
    there, others = sorting.divided(lines)
    sorting.kin = people.kin(lines)
    known.read_inside({stay.id for _, stay in there})
    # An earlier stay ends before the next one of the person begins, in whatever order the rows stand.
    for line, stay in there:
        sorting.compare(line, stay)
    for line in others:
        sorting.take(line)
    sorting.settle()
    sorting.let_go()
    return _planned(connection, programme_id, sorting, read, today)


def _of_programme(
    connection: Connection, programme_id: ProgrammeId, read: StaysReading
) -> tuple[Sequence[StayLine], list[Problem]]:
    """The rows without those that say that they are of another programme, in the register or not."""
    column = read.heading.header("programme")
    if column is None:
        return read.lines, []
    rows = connection.execute(select(Programme.id, Programme.code, Programme.title)).all()
    named = {fold(each): id_ for id_, code, title in reversed(rows) for each in (title, code)}
    lines, elsewhere = list[StayLine](), list[Problem]()
    for line in read.lines:
        whose = named.get(fold(line.programme))
        if not line.programme or whose == programme_id:
            lines.append(line)
            continue
        if is_unknown(line.programme):
            lines.append(replace(line, notes=(*line.notes, Note(column, line.programme))))
            continue
        what = message("This stay is of another programme. Bring the row in under that one.")
        if whose is None:
            what = message(
                "The register has no programme of this name. If the column names none, say that it is kept sealed; if "
                "the stay is of the programme that is chosen here, write its name or leave the cell empty."
            )
        elsewhere.append(Problem(line.row_number, column, line.programme, what))
    return lines, elsewhere


def _as_held(lines: Sequence[StayLine], regime: Regime) -> Sequence[StayLine]:
    """The rows, with what a way of going is called where people are held as under the programme."""
    return [
        replace(line, departure_kind=kind_under(regime, line.departure_kind))
        if line.departure_kind is not None and not fits_regime(line.departure_kind, regime)
        else line
        for line in lines
    ]


def _planned(
    connection: Connection, programme_id: ProgrammeId, sorting: Sorting, read: StaysReading, today: date
) -> StaysPreview:
    """All of it, with what was wrong with rows before, and what is to be said of those that come in."""
    return StaysPreview(
        coming=tuple(sorting.coming),
        changing=tuple(sorting.changing),
        new=sorting.new,
        known=dict(sorting.known),
        same=tuple(sorted(sorting.same)),
        contradictions=tuple(sorting.contradictions),
        kept=tuple(sorting.kept),
        people=sorting.people,
        kin=sorting.kin,
        problems=tuple(sorted((*read.problems, *sorting.problems), key=lambda problem: problem.row_number)),
        alike=alike(connection, sorting.new),
        not_covered=not_covered(
            connection, programme_id, sorting.coming, sorting.changing, sorting.people, today=today
        ),
        is_sealing=is_sealing(connection, sorting),
    )
