"""What a file of stays would bring into the register, and which rows cannot come in (rules.md, No overlap).

A file may be the same as an earlier one, a month later: what the register has already is known again, an open stay that
the file ends is ended, and what the two say otherwise is asked of a person.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from models.entities.programmes import Programme
from models.errors import Refused
from models.exchange.contradictions import Choice, Choices, Contradiction, PersonQuestion, said_moment
from models.exchange.problems import Problem
from models.exchange.stays_alike import alike
from models.exchange.stays_file import StayLine, StaysReading
from models.exchange.stays_known import Identity, Known, KnownStay, Taken, is_same, is_same_end, name_of
from models.exchange.stays_people import People
from models.ids import ProgrammeId, ResidentId, StayId
from models.rules.departures import fits_regime, kind_under
from models.rules.names import fold
from models.rules.residents import check_birth
from models.rules.time import Interval
from models.rules.vocabulary import DepartureKind, Destination, Regime
from models.rules.wording import word
from models.store.snapshot import Snapshot
from models.text import N_, Message, Value, message

_OPEN = Message(N_("still open"))


@dataclass(frozen=True, slots=True)
class StayChange:
    """What a row changes about a stay that the register has.

    Attributes:
        line: The row.
        stay: The stay as it was.
        ends: Whether the stay was open, and ends now.
        corrects: Whether what the register said was wrong: a person has said so.
    """

    line: StayLine
    stay: KnownStay
    ends: bool = False
    corrects: bool = False


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
    alike: tuple[Problem, ...] = ()

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
        """What somebody should know of the numbers of the file, and who is perhaps known already."""
        return tuple(sorted((*self.people.doubts, *self.alike), key=lambda doubt: doubt.row_number))

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
    lines = _as_held(read.lines, regime)
    known = Known(connection, programme_id)
    people = People(read.heading, known, choices)
    people.sort(lines)
    known.read_stays(lines, {name_of(line) for line in lines} - {""})
    people.learn(lines)
    sorting = _Sorting(people, today, zone, choices)
    there, others = sorting.divided(lines)
    sorting.kin = people.kin(lines)
    known.read_inside({stay.id for _, stay in there})
    # An earlier stay ends before the next one of the person begins, in whatever order the rows stand.
    for line, stay in there:
        sorting.compare(line, stay)
    for line in others:
        sorting.take(line)
    planned = sorting.result(read.problems)
    return replace(planned, alike=alike(connection, planned.new))


def _as_held(lines: Sequence[StayLine], regime: Regime) -> Sequence[StayLine]:
    """The rows, with what a way of going is called where people are held as under the programme."""
    return [
        replace(line, departure_kind=kind_under(regime, line.departure_kind))
        if line.departure_kind is not None and not fits_regime(line.departure_kind, regime)
        else line
        for line in lines
    ]


class _Sorting:
    """Takes row after row, and lets in what neither the register nor an earlier row stands against."""

    def __init__(self, people: People, today: date, zone: ZoneInfo, choices: Choices) -> None:
        self.heading = people.heading
        self.register = people.known
        self.people = people
        self.kin: dict[ResidentId, str] = {}
        self.today = today
        self.zone = zone
        self.choices = choices
        self.coming: list[StayLine] = []
        self.changing: list[StayChange] = []
        self.new: dict[Identity, list[StayLine]] = defaultdict(list)
        self.known: dict[ResidentId, list[StayLine]] = defaultdict(list)
        self.same: list[int] = []
        self.kept: list[int] = []
        self.contradictions: list[Contradiction] = []
        self.problems: list[Problem] = []
        self._taken: dict[Identity, list[Taken]] = defaultdict(list)
        self._keys: dict[str, int] = {}
        self._told: dict[StayId, StayLine] = {}
        self._deaths: dict[Identity, StayLine] = {}

    def result(self, read: Sequence[Problem]) -> StaysPreview:
        """All of it, with what was wrong with rows before."""
        return StaysPreview(
            coming=tuple(self.coming),
            changing=tuple(self.changing),
            new=dict(self.new),
            known=dict(self.known),
            same=tuple(sorted(self.same)),
            contradictions=tuple(self.contradictions),
            kept=tuple(self.kept),
            people=self.people,
            kin=self.kin,
            problems=tuple(sorted((*read, *self.problems), key=lambda problem: problem.row_number)),
        )

    # -- what the register has already ----------------------------------------------------------------------------

    def divided(self, lines: Sequence[StayLine]) -> tuple[list[tuple[StayLine, KnownStay]], list[StayLine]]:
        """The rows of stays that the register has, with the stay, and the others."""
        there: list[tuple[StayLine, KnownStay]] = []
        others: list[StayLine] = []
        for line in lines:
            if line.departure_kind is DepartureKind.DEATH and line.departed is not None:
                self._deaths.setdefault(self.people.identity(line), line)
            stay = self._known(line)
            if stay is None:
                others.append(line)
            else:
                there.append((line, stay))
        return there, others

    def _known(self, line: StayLine) -> KnownStay | None:
        """The stay that the register has already: by its number, or by the person and the arrival without one."""
        if line.stay_id and (stay := self.register.by_key.get(line.stay_id)) is not None:
            return stay
        resident_id = self.people.resident(line)
        if resident_id is None:
            return None
        interval = Interval(line.arrived, line.departed)
        same = [
            stay
            for stay in self.register.stays.get(resident_id, ())
            # A stay that another row of the file names is that row's; else it may have got another number.
            if is_same(stay.interval.start, line.arrived)
            and not (line.stay_id and stay.source_key in self.register.by_key)
        ]
        if not same and not line.stay_id:
            # Neither has a number of its own, and both end alike: the arrival was put right, or one of them is wrong.
            shifted = [
                stay
                for stay in self.register.stays.get(resident_id, ())
                if not stay.source_key and is_same_end(stay.interval, interval) and stay.interval.overlaps(interval)
            ]
            return shifted[0] if len(shifted) == 1 else None
        same.sort(key=lambda stay: not is_same_end(stay.interval, interval))
        return same[0] if same else None

    def compare(self, line: StayLine, found: KnownStay) -> None:
        """A stay that the register has already: nothing to add, an end of it, or something that must be asked."""
        if self._is_other_person(line, found) or self._is_in_future(line) or self._is_told_again(line, found):
            return
        asked = tuple(self._contradictions(line, found))
        self.contradictions += asked
        choice = self.choices.of(line.row_number) if asked else None
        if asked and choice is not Choice.TAKE:
            if choice is Choice.KEEP:
                self.kept.append(line.row_number)
            return
        ends = found.interval.end is None and line.departed is not None
        if line.departed is None and found.interval.end is not None:
            what = message(
                "The file has this stay as open, the register says that it ended on {date}. The register keeps what it "
                "says.",
                date=found.interval.end.on,
            )
            self.people.doubts.append(Problem(line.row_number, self.heading.header("departed_on"), "", what))
        if not (asked or ends or _says_more(line, found)):
            self.same.append(line.row_number)
            return
        change = StayChange(line, found, ends=ends, corrects=bool(asked))
        if not self._is_dead(line, found.id) and not self._lies_outside(change):
            self.changing.append(change)
            self.known[found.resident_id].append(line)
            self.register.change(found, self._becomes(change), line.departure_kind or found.kind)

    def _is_other_person(self, line: StayLine, found: KnownStay) -> bool:
        resident_id, name = self.people.resident(line), name_of(line)
        is_nameless = not name or found.name == fold(found.whose)
        if resident_id == found.resident_id:
            return False
        words, theirs = {*name.split()}, {*found.name.split()}
        fits = not self.people.number(line) if is_nameless else words <= theirs or theirs <= words
        if resident_id is None and fits:
            return False
        what = message("The register has this stay under another person. Correct the number of the person.")
        return self._problem(line, "person_id", line.partner_number, what)

    def _is_told_again(self, line: StayLine, found: KnownStay) -> bool:
        """Whether an earlier row of the file is of the same stay: it says the same, or one of the two is wrong."""
        first = self._told.setdefault(found.id, line)
        if first is line:
            return False
        end = None if first.departed is None else Interval(first.arrived, first.departed)
        if line.departed is None or (end is not None and is_same_end(end, Interval(line.arrived, line.departed))):
            self.same.append(line.row_number)
            return True
        what = message(
            "This stay stands in row {row} already, with another end. Correct one of them.", row=first.row_number
        )
        return self._problem(line, "departed_on", _written(line), what)

    def _contradictions(self, line: StayLine, found: KnownStay) -> Iterator[Contradiction]:
        there = found.interval

        def asked(field: str, ours: Value, theirs: Value) -> Contradiction:
            column = self.heading.header(field)
            return Contradiction(line.row_number, found.id, found.whose, field, column, ours, theirs)

        if not is_same(there.start, line.arrived):
            yield asked("arrived_on", said_moment(there.start, self.zone), said_moment(line.arrived, self.zone))
        if line.departed is None or there.end is None:
            # A file that is older than the departure does not say that it was none.
            return
        if not is_same(there.end, line.departed):
            yield asked("departed_on", said_moment(there.end, self.zone), said_moment(line.departed, self.zone))
        theirs, ours = line.departure_kind, found.kind
        unknown = (None, DepartureKind.NOT_RECORDED)
        if theirs is not ours and theirs not in unknown and ours not in unknown and theirs and ours:
            yield asked("departure_kind", word(ours), word(theirs))

    def _becomes(self, change: StayChange) -> Interval:
        """From when until when the stay is once the row has changed it; what is the same keeps its time of day."""
        there, line = change.stay.interval, change.line
        start = there.start if is_same(there.start, line.arrived) else line.arrived
        if line.departed is None or (there.end is not None and is_same(there.end, line.departed)):
            return Interval(start, there.end)
        return Interval(start, line.departed)

    def _lies_outside(self, change: StayChange) -> bool:
        """Whether a bed, an absence or another stay of the person stands against what a row changes."""
        line, becomes = change.line, self._becomes(change)
        if becomes.end is not None and becomes.end.surely_before(becomes.start):
            what = message(
                "The departure lies before the arrival of {date}. Correct one of them.", date=becomes.start.on
            )
            return self._problem(line, "departed_on", _written(line), what)
        for other in self.register.taken(change.stay.resident_id, without=change.stay.id):
            if other.interval.overlaps(becomes):
                return self._problem(line, "arrived_on", line.arrived.on.isoformat(), _overlap(other))
        for inside in self.register.inside.get(change.stay.id, ()):
            ended = inside.end is None or (
                change.stay.interval.end is not None and inside.end == change.stay.interval.end
            )
            if inside.start.surely_before(becomes.start) and inside.start != change.stay.interval.start:
                what = message(
                    "The register has a bed or an absence of this stay from {date} on. Correct the arrival here, or "
                    "what the register has.",
                    date=inside.start.on,
                )
                return self._problem(line, "arrived_on", line.arrived.on.isoformat(), what)
            last = inside.start if ended else inside.end
            if becomes.end is not None and last is not None and becomes.end.surely_before(last):
                what = message(
                    "The register has a bed or an absence of this stay on {date}, after this departure. Correct the "
                    "departure here, or what the register has.",
                    date=last.on,
                )
                return self._problem(line, "departed_on", _written(line), what)
        return False

    # -- what the register has not --------------------------------------------------------------------------------

    def take(self, line: StayLine) -> None:
        """A stay that the register does not have: it comes in, unless something stands against it."""
        who, resident_id = self.people.identity(line), self.people.resident(line)
        interval = Interval(line.arrived, line.departed)
        if (
            self._is_in_future(line)
            or self._is_born_wrongly(line)
            or self._is_dead(line)
            or self._is_twice(line)
            or self._overlaps(line, who, resident_id, interval)
        ):
            return
        self.coming.append(line)
        self._taken[who].append(Taken(interval, line.stay_id, line.row_number))
        if line.stay_id:
            self._keys[line.stay_id] = line.row_number
        if resident_id is None:
            self.new[who].append(line)
        else:
            self.known[resident_id].append(line)

    def _problem(self, line: StayLine, field_name: str, value: str, what: Message) -> bool:
        self.problems.append(Problem(line.row_number, self.heading.header(field_name), value, what))
        return True

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

    def _is_dead(self, line: StayLine, stay: StayId | None = None) -> bool:
        """Whether the person was dead by then, or would have stayed after the death that the row tells of."""
        others = [*self.register.taken(self.people.resident(line), without=stay)]
        for other in others:
            died = other.interval.end if other.is_death else None
            if died is not None and not line.arrived.surely_before(died):
                what = message(
                    "This person died on {date}, and nobody who is dead is admitted again. Correct the row, or the "
                    "departure in the register.",
                    date=died.on,
                )
                return self._problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        if self._namesake_died(line):
            return True
        last = self._deaths.get(self.people.identity(line))
        if last is None or last.departed is None:
            return False
        if last is not line and not line.arrived.surely_before(last.departed):
            what = message(
                "This person died on {date}, as row {row} says. Correct one of them.",
                date=last.departed.on,
                row=last.row_number,
            )
            return self._problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        later = [other.interval.start for other in others if not other.interval.start.surely_before(last.departed)]
        if last is line and later:
            what = message(
                "The register has a stay of this person from {date} on, after this death. Correct the row, or that "
                "stay.",
                date=later[0].on,
            )
            return self._problem(line, "departure_kind", _written(line), what)
        return False

    def _namesake_died(self, line: StayLine) -> bool:
        """Whether somebody whom the register knows by another number, or by none, died, and has this name and birth."""
        namesake = self.people.namesake(line)
        stays = () if namesake is None else self.register.stays.get(namesake, ())
        for stay in stays:
            died = stay.interval.end
            if stay.kind is DepartureKind.DEATH and died is not None and not line.arrived.surely_before(died):
                what = message(
                    "{number} has this name and birth date and died on {date}. If this is somebody else, register the "
                    "arrival by hand.",
                    number=stay.whose,
                    date=died.on,
                )
                return self._problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        return False

    def _is_twice(self, line: StayLine) -> bool:
        if not line.stay_id or line.stay_id not in self._keys:
            return False
        row = self._keys[line.stay_id]
        what = message("This number of a stay stands in row {row} already. Correct one of them.", row=row)
        return self._problem(line, "stay_id", line.stay_id, what)

    def _overlaps(self, line: StayLine, who: Identity, resident_id: ResidentId | None, interval: Interval) -> bool:
        for other in (*self.register.taken(resident_id), *self._taken[who]):
            if other.interval.overlaps(interval) or (
                not line.stay_id
                and is_same(other.interval.start, interval.start)
                # Who left on the day of the arrival may have come again on that day.
                and (
                    is_same_end(other.interval, interval)
                    or not (_is_of_a_day(other.interval) or _is_of_a_day(interval))
                )
            ):
                return self._problem(line, "arrived_on", line.arrived.on.isoformat(), _overlap(other))
        return False


def _is_of_a_day(interval: Interval) -> bool:
    return interval.end is not None and interval.end.on == interval.start.on


def _written(line: StayLine) -> str:
    return "" if line.departed is None else line.departed.on.isoformat()


def _says_more(line: StayLine, found: KnownStay) -> bool:
    """Whether a row says how a stay ended, or where the person went, and the register does not."""
    if line.departed is None or found.interval.end is None:
        return False
    kind = line.departure_kind not in (None, DepartureKind.NOT_RECORDED) and found.kind is DepartureKind.NOT_RECORDED
    told = line.destination is not None or line.destination_country is not None
    return kind or (told and found.destination in (None, Destination.NOT_RECORDED))


def _overlap(other: Taken) -> Message:
    start, end = other.interval.start.on, _OPEN if other.interval.end is None else other.interval.end.on
    if other.row_number is None and other.source_key:
        return message(
            "It overlaps the stay {stay} of this person in the register, from {start} to {end}. Correct the dates here "
            "or there.",
            stay=other.source_key,
            start=start,
            end=end,
        )
    if other.row_number is None:
        return message(
            "It overlaps a stay of this person in the register, from {start} to {end}. Correct the dates here or "
            "there.",
            start=start,
            end=end,
        )
    if other.source_key:
        return message(
            "It overlaps the stay {stay} of this person in row {row}, from {start} to {end}. Correct one of them.",
            stay=other.source_key,
            row=other.row_number,
            start=start,
            end=end,
        )
    return message(
        "It overlaps the stay of this person in row {row}, from {start} to {end}. Correct one of them.",
        row=other.row_number,
        start=start,
        end=end,
    )
