"""What a file of stays would bring into the register, and which rows cannot come in (rules.md, No overlap)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.entities.residents import PartnerNumber, Resident
from models.entities.stays import Stay
from models.errors import Refused
from models.exchange.headers import Heading
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine, StaysReading
from models.ids import ProgrammeId, ResidentId
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.names import fold
from models.rules.residents import check_birth
from models.rules.time import Interval, Moment
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot
from models.text import N_, Message, message

_OPEN = Message(N_("still open"))
_ASKED_AT_ONCE = 500

Identity = tuple[str, ...]
"""By what the rows of one person are known to be of one person."""


@dataclass(frozen=True, slots=True)
class StaysPreview:
    """What would come in.

    Attributes:
        coming: The rows that come in, in the order of the file.
        new: The rows of each person whom the register does not know yet, by identity.
        known: The rows of each person whom it knows, by the resident's id.
        repeated: How many rows the register has already: they add nothing.
        problems: What is wrong with each row that cannot come in, in the order of the file.
    """

    coming: tuple[StayLine, ...]
    new: dict[Identity, list[StayLine]]
    known: dict[ResidentId, list[StayLine]]
    repeated: int
    problems: tuple[Problem, ...]

    @property
    def refused_rows(self) -> frozenset[int]:
        """The numbers of the rows that cannot come in."""
        return frozenset(problem.row_number for problem in self.problems)


def preview_stays(snapshot: Snapshot, *, programme_id: ProgrammeId, read: StaysReading) -> StaysPreview:
    """Say what a file would bring in, and change nothing.

    Args:
        snapshot: A look at the register.
        programme_id: The programme under which the people stayed.
        read: The file.
    """
    return preview(snapshot.connection, programme_id=programme_id, read=read, today=snapshot.today)


def preview(connection: Connection, *, programme_id: ProgrammeId, read: StaysReading, today: date) -> StaysPreview:
    """What `preview_stays` says, on any connection; `today` is the local date."""
    register = _Register.of(connection, programme_id, read.lines)
    sorting = _Sorting(read.heading, register, today)
    for line in read.lines:
        sorting.take(line)
    problems = sorted((*read.problems, *sorting.problems), key=lambda problem: problem.row_number)
    return StaysPreview(
        tuple(sorting.coming), dict(sorting.new), dict(sorting.known), sorting.repeated, tuple(problems)
    )


class _Taken(NamedTuple):
    """A stay that takes up its time: of the register, or of an earlier row."""

    interval: Interval
    source_key: str
    row_number: int | None

    @property
    def end(self) -> date | Message:
        return _OPEN if self.interval.end is None else self.interval.end.on


class _KnownStay(NamedTuple):
    resident_id: ResidentId
    source_key: str | None
    interval: Interval


_STAYS = Rows(_KnownStay, Stay, interval=Made(Interval, Stay.arrived, Stay.departed))


@dataclass(slots=True)
class _Register:
    """What the register knows of the people and the stays of a file."""

    residents: dict[Identity, ResidentId] = field(default_factory=dict)
    stays: dict[ResidentId, list[_Taken]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, _KnownStay] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: Connection, programme_id: ProgrammeId, lines: Iterable[StayLine]) -> "_Register":
        known = cls()
        numbers = connection.execute(
            select(PartnerNumber.number, PartnerNumber.resident_id).where(PartnerNumber.programme_id == programme_id)
        )
        known.residents = {("number", number): resident_id for number, resident_id in numbers}
        known._read_names(connection, {_name(line) for line in lines if not line.partner_number})
        known._read_stays(connection, programme_id)
        return known

    def _read_names(self, connection: Connection, names: set[str]) -> None:
        """Those who have a name of the file, by the identities that a row without a number can have."""
        for some in _in_parts(sorted(names)):
            rows = connection.execute(
                select(Resident.id, Resident.sort_name, Resident.birth, Stay.arrived_on, Stay.arrived_at)
                .join(Stay, Stay.resident_id == Resident.id)
                .where(Resident.sort_name.in_(some))
                .order_by(Resident.id)
            )
            for id_, name, birth, arrived_on, arrived_at in rows:
                self.residents.setdefault(_by_name(name, birth, Moment(arrived_on, arrived_at)), id_)

    def _read_stays(self, connection: Connection, programme_id: ProgrammeId) -> None:
        wanted = sorted(set(self.residents.values()))
        for some in _in_parts(wanted):
            for stay in _STAYS.rows(connection.execute(_STAYS.select().where(Stay.resident_id.in_(some)))):
                self.stays[stay.resident_id].append(_Taken(stay.interval, stay.source_key or "", None))
        keyed = _STAYS.select().where(Stay.programme_id == programme_id, Stay.source_key.is_not(None))
        self.by_key = {stay.source_key or "": stay for stay in _STAYS.rows(connection.execute(keyed))}


def _in_parts(values: list[str] | list[ResidentId]) -> Iterator[list[str] | list[ResidentId]]:
    for begin in range(0, len(values), _ASKED_AT_ONCE):
        yield values[begin : begin + _ASKED_AT_ONCE]


def _name(line: StayLine) -> str:
    return fold(f"{line.family_name} {line.given_names}")


def _by_name(name: str, birth: BirthDate | None, arrived: Moment) -> Identity:
    """The identity of somebody without a number.

    A name and a birth date known to the day make one person. With less, two of one name may be two people: then each
    arrival is its own person, whom the register shows as a likely duplicate and never merges by itself. 1 January is
    less: offices write it for many who do not know their day.
    """
    if birth is not None and birth.precision is BirthPrecision.DAY and not birth.doubtful:
        return ("born", name, str(birth))
    at: datetime | None = arrived.at
    return ("arrived", name, str(birth or ""), arrived.on.isoformat(), at.isoformat() if at else "")


def identity(line: StayLine) -> Identity:
    """By what the rows of a person are known to be of one person."""
    if line.partner_number:
        return ("number", line.partner_number)
    return _by_name(_name(line), line.birth, line.arrived)


class _Sorting:
    """Takes row after row, and lets in what neither the register nor an earlier row stands against."""

    def __init__(self, heading: Heading, register: _Register, today: date) -> None:
        self.heading = heading
        self.register = register
        self.today = today
        self.coming: list[StayLine] = []
        self.new: dict[Identity, list[StayLine]] = defaultdict(list)
        self.known: dict[ResidentId, list[StayLine]] = defaultdict(list)
        self.repeated = 0
        self.problems: list[Problem] = []
        self._taken: dict[Identity, list[_Taken]] = defaultdict(list)
        self._keys: dict[str, int] = {}

    def take(self, line: StayLine) -> None:
        who = identity(line)
        resident_id = self.register.residents.get(who)
        interval = Interval(line.arrived, line.departed)
        known = self._known(line, resident_id, interval)
        if known is not None:
            self._compare(line, resident_id, known)
            return
        if (
            self._is_in_future(line)
            or self._is_born_wrongly(line)
            or self._is_twice(line)
            or self._overlaps(line, who, resident_id, interval)
        ):
            return
        self.coming.append(line)
        self._taken[who].append(_Taken(interval, line.stay_id, line.row_number))
        if line.stay_id:
            self._keys[line.stay_id] = line.row_number
        if resident_id is None:
            self.new[who].append(line)
        else:
            self.known[resident_id].append(line)

    def _problem(self, line: StayLine, field_name: str, value: str, what: Message) -> bool:
        self.problems.append(Problem(line.row_number, self.heading.header(field_name), value, what))
        return True

    def _known(self, line: StayLine, resident_id: ResidentId | None, interval: Interval) -> _KnownStay | None:
        """The stay that the register has already: by its number, or by the person and the arrival without one."""
        if line.stay_id:
            return self.register.by_key.get(line.stay_id)
        if resident_id is None:
            return None
        stays = self.register.stays.get(resident_id, ())
        same = [taken for taken in stays if _is_same(taken.interval.start, interval.start)]
        same.sort(key=lambda taken: not _is_same_end(taken.interval, interval))
        return _KnownStay(resident_id, same[0].source_key, same[0].interval) if same else None

    def _compare(self, line: StayLine, resident_id: ResidentId | None, known: _KnownStay) -> None:
        """A stay that the register has already: nothing to add, or something that must be put right by hand."""
        there = known.interval
        if resident_id != known.resident_id:
            what = message("The register has this stay under another person. Correct the number of the person.")
            self._problem(line, "person_id", line.partner_number, what)
        elif not _is_same(there.start, line.arrived):
            what = message(
                "The register has this stay from {date} on. Correct the arrival here or there.", date=there.start.on
            )
            self._problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        elif line.departed is not None and there.end is None:
            what = message("The register has this stay as still open. Enter the departure there.")
            self._problem(line, "departed_on", line.departed.on.isoformat(), what)
        elif line.departed is not None and there.end is not None and not _is_same(there.end, line.departed):
            what = message("The register has this departure on {date}. Correct it here or there.", date=there.end.on)
            self._problem(line, "departed_on", line.departed.on.isoformat(), what)
        else:
            self.repeated += 1

    def _is_in_future(self, line: StayLine) -> bool:
        if line.arrived.on > self.today:
            what = message("This arrival lies in the future. Bring it in once the person is here.")
            return self._problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        if line.departed is not None and line.departed.on > self.today:
            what = message("This departure lies in the future. Leave it empty, and plan the departure in Konak.")
            return self._problem(line, "departed_on", line.departed.on.isoformat(), what)
        return False

    def _is_born_wrongly(self, line: StayLine) -> bool:
        if line.birth is None:
            return False
        try:
            check_birth(line.birth, today=self.today)
        except Refused as refused:
            return self._problem(line, "birth_date", line.birth_as_written, refused.message)
        return False

    def _is_twice(self, line: StayLine) -> bool:
        if not line.stay_id or line.stay_id not in self._keys:
            return False
        row = self._keys[line.stay_id]
        what = message("This number of a stay stands in row {row} already. Correct one of them.", row=row)
        return self._problem(line, "stay_id", line.stay_id, what)

    def _overlaps(self, line: StayLine, who: Identity, resident_id: ResidentId | None, interval: Interval) -> bool:
        there = () if resident_id is None else self.register.stays.get(resident_id, ())
        for other in (*there, *self._taken[who]):
            if other.interval.overlaps(interval) or (
                not line.stay_id and _is_same(other.interval.start, interval.start)
            ):
                return self._problem(line, "arrived_on", line.arrived.on.isoformat(), _overlap(other))
        return False


def _is_same(one: Moment, other: Moment) -> bool:
    """Whether two moments may be one: a time that is not known may be any."""
    return one.on == other.on and (one.at == other.at or one.at is None or other.at is None)


def _is_same_end(one: Interval, other: Interval) -> bool:
    """Whether two stays end together, or are both open."""
    if one.end is None or other.end is None:
        return one.end is other.end
    return _is_same(one.end, other.end)


def _overlap(other: _Taken) -> Message:
    start = other.interval.start.on
    if other.row_number is None and other.source_key:
        return message(
            "It overlaps the stay {stay} of this person in the register, from {start} to {end}. Correct the dates here "
            "or there.",
            stay=other.source_key,
            start=start,
            end=other.end,
        )
    if other.row_number is None:
        return message(
            "It overlaps a stay of this person in the register, from {start} to {end}. Correct the dates here or "
            "there.",
            start=start,
            end=other.end,
        )
    if other.source_key:
        return message(
            "It overlaps the stay {stay} of this person in row {row}, from {start} to {end}. Correct one of them.",
            stay=other.source_key,
            row=other.row_number,
            start=start,
            end=other.end,
        )
    return message(
        "It overlaps the stay of this person in row {row}, from {start} to {end}. Correct one of them.",
        row=other.row_number,
        start=start,
        end=other.end,
    )
