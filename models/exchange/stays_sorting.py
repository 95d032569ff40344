"""Takes the rows of a file of stays one by one: what the register has already, what they change of it, what is new."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.entities.residents import Resident
from models.exchange.contradictions import Choice, Choices, Contradiction, said_moment
from models.exchange.headers import Heading
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine
from models.exchange.stays_known import Identity, KnownStay, in_parts, is_same, is_same_end, name_of
from models.exchange.stays_objections import Objections, overlap, written
from models.exchange.stays_people import People
from models.ids import StayId
from models.repositories.residents import facts_of_resident, filled_in
from models.rules.birth import BirthDate
from models.rules.fields import PARTNER_NUMBER, PERSON
from models.rules.names import sort_name
from models.rules.residents import PERSON_SAID, PersonFacts, tidied
from models.rules.time import Interval
from models.rules.vocabulary import PLANNED_KINDS, DepartureKind, Destination
from models.rules.wording import word
from models.text import Value, message

if TYPE_CHECKING:
    from models.ids import ResidentId

_FACTS = tuple(getattr(Resident, each.name) for each in PERSON)


@dataclass(frozen=True, slots=True)
class StayChange:
    """What a row changes about a stay that the register has.

    Attributes:
        line: The row.
        stay: The stay as it was.
        ends: Whether the stay was open, and ends now.
        corrects: Whether what the register said was wrong: a person has said so.
        told: What the row says of the person and the register does not, by field, where the stay is as it was.
    """

    line: StayLine
    stay: KnownStay
    ends: bool = False
    corrects: bool = False
    told: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether the arrival is put right."""
        return not is_same(self.stay.interval.start, self.line.arrived)

    @property
    def is_renumbered(self) -> bool:
        """Whether the stay has another number in the file."""
        return bool(self.line.stay_id and self.stay.source_key and self.line.stay_id != self.stay.source_key)

    @property
    def becomes(self) -> Interval:
        """From when until when the stay is then; what is the same keeps its time of day."""
        there, line = self.stay.interval, self.line
        start = line.arrived if self.moves else there.start
        if line.departed is None or (there.end is not None and is_same(there.end, line.departed)):
            return Interval(start, there.end)
        return Interval(start, line.departed)


class Sorting(Objections):
    """Takes row after row, and lets in what neither the register nor an earlier row stands against."""

    def __init__(self, people: People, today: date, zone: ZoneInfo, choices: Choices) -> None:
        """Begin, with no row taken.

        Args:
            people: Whose each row is.
            today: The local date.
            zone: Of the facility.
            choices: What was said of rows that contradict the register.
        """
        super().__init__(people, today)
        self.kin: dict[ResidentId, str] = {}
        self.zone = zone
        self.choices = choices
        self.coming: list[StayLine] = []
        self.changing: list[StayChange] = []
        self.new: dict[Identity, list[StayLine]] = {}
        self.known: dict[ResidentId, list[StayLine]] = defaultdict(list)
        self.same: list[int] = []
        self.kept: list[int] = []
        self.contradictions: list[Contradiction] = []
        self._told: dict[StayId, StayLine] = {}
        self._numbered: list[tuple[StayLine, KnownStay]] = []
        self._again: dict[ResidentId, list[tuple[StayLine, KnownStay]]] = defaultdict(list)

    # -- what the register has already ----------------------------------------------------------------------------

    def divided(self, lines: Sequence[StayLine]) -> tuple[list[tuple[StayLine, KnownStay]], list[StayLine]]:
        """The rows of stays that the register has, with the stay, and the others."""
        there: list[tuple[StayLine, KnownStay]] = []
        unknown: list[StayLine] = []
        for line in lines:
            if line.departure_kind is DepartureKind.DEATH and line.departed is not None:
                self.deaths.setdefault(self.people.identity(line), line)
            stay = self._known(line)
            if stay is None:
                unknown.append(line)
            else:
                there.append((line, stay))
        claimed = {stay.id for _, stay in there}
        others: list[StayLine] = []
        for line in unknown:
            # A stay that another row tells of is not this one with another arrival: the person came once more.
            stay = self._shifted(line, claimed)
            if stay is None:
                others.append(line)
            else:
                there.append((line, stay))
        return there, others

    def _known(self, line: StayLine) -> KnownStay | None:
        """The stay that the register has already: by its number, or by the person and the arrival."""
        if line.stay_id and (stay := self.register.by_key.get(line.stay_id)) is not None:
            return stay
        resident_id = self.people.resident(line)
        if resident_id is None:
            return None
        same = [
            stay
            for stay in self.register.stays.get(resident_id, ())
            # A stay that another row of the file names is that row's; else it may have got another number.
            if is_same(stay.interval.start, line.arrived)
            and not (line.stay_id and stay.source_key in self.register.by_key)
        ]
        interval = Interval(line.arrived, line.departed)
        same.sort(key=lambda stay: not is_same_end(stay.interval, interval))
        return same[0] if same else None

    def _shifted(self, line: StayLine, claimed: Collection[StayId]) -> KnownStay | None:
        """A stay with another arrival, where not both have a number of their own: of the same day, or both end alike.

        The arrival was put right, or one of them is wrong.
        """
        resident_id, interval = self.people.resident(line), Interval(line.arrived, line.departed)
        if resident_id is None:
            return None
        shifted = [
            stay
            for stay in self.register.stays.get(resident_id, ())
            if stay.id not in claimed
            and stay.interval.overlaps(interval)
            and (
                (not (line.stay_id or stay.source_key) and is_same_end(stay.interval, interval))
                or (not (line.stay_id and stay.source_key) and stay.interval.start.on == line.arrived.on)
            )
        ]
        return shifted[0] if len(shifted) == 1 else None

    def compare(self, line: StayLine, found: KnownStay) -> None:
        """A stay that the register has already: nothing to add, an end of it, or something that must be asked."""
        if self._is_other_person(line, found) or self.is_in_future(line) or self._is_told_again(line, found):
            return
        if self._has_checks(line, found):
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
        if self.people.number(line) and self.people.resident(line) is None:
            self._numbered.append((line, found))
        self._say_hours(line, found)
        if not (asked or ends or _says_more(line, found)):
            self._again[found.resident_id].append((line, found))
            return
        self._say_whose(line, found)
        change = StayChange(line, found, ends=ends, corrects=bool(asked))
        if not self.is_dead(line, found.id) and not self._lies_outside(change):
            if asked and change.is_renumbered:
                self.keys[line.stay_id] = line.row_number
            self.changing.append(change)
            self.known[found.resident_id].append(line)
            self.register.change(found, change.becomes, line.departure_kind or found.kind)

    def _say_whose(self, line: StayLine, found: KnownStay) -> None:
        """Say of a row that changes the register that no more than a name tells whose it is."""
        if self.people.is_name_alone(line):
            what = message(
                "Only the name and the day of arrival say that this is {number}. See that it is the same person.",
                number=found.whose,
            )
            self.people.doubts.append(Problem(line.row_number, _name_column(self.heading), _name(line), what))

    def _say_hours(self, line: StayLine, found: KnownStay) -> None:
        """Say that the register keeps the day alone of an arrival or a departure of which a row has the time."""
        there = found.interval
        for field, ours, theirs in (
            ("arrived_on", there.start, line.arrived),
            ("departed_on", there.end, line.departed),
        ):
            if ours is None or theirs is None or theirs.at is None or ours.at is not None or ours.on != theirs.on:
                continue
            what = message(
                "The file has the time, the register the day alone, which it keeps. Correct it on the page of the "
                "resident."
            )
            at = theirs.at.astimezone(self.zone)
            self.people.doubts.append(
                Problem(line.row_number, self.heading.header(field), f"{at:%Y-%m-%d %H:%M}", what)
            )

    def settle(self) -> None:
        """Of the rows whose stay the register has already, part those that say of the person what it does not."""
        numbers = self.register.numbers_of({*self._again, *(stay.resident_id for _, stay in self._numbered)})
        for line, stay in self._numbered:
            for number in numbers.get(stay.resident_id, ())[:1]:
                what = message(
                    "The register knows {number} by {other}, and keeps it. If it was corrected, correct it on the page "
                    "of the resident.",
                    number=stay.whose,
                    other=number,
                )
                self.people.doubts.append(
                    Problem(line.row_number, self.heading.header("person_id"), line.partner_number, what)
                )
        for some in in_parts(sorted(self._again)):
            for row in self.register.connection.execute(select(Resident.id, *_FACTS).where(Resident.id.in_(some))):
                known = facts_of_resident(row)
                for line, stay in self._again[row.id]:
                    self._keep_birth(line, known.birth)
                    added = filled_in(known, PersonFacts(**tidied(line, PERSON_SAID)))
                    told = list(added)
                    if (number := self.people.number(line)) and not numbers[row.id]:
                        numbers[row.id] = [number]
                        told.append(PARTNER_NUMBER.name)
                    if told:
                        self.changing.append(StayChange(line, stay, told=tuple(told)))
                        self.known[row.id].append(line)
                        known = replace(known, **added)
                        self._say_whose(line, stay)
                    else:
                        self.same.append(line.row_number)

    def _keep_birth(self, line: StayLine, known: BirthDate | None) -> None:
        """Say that the register keeps a birth of which a row says another, or more."""
        told = line.birth
        if told and known and not (told.earliest <= known.earliest and known.latest <= told.latest):
            said = message("The register says {ours}, the file {theirs}.", ours=str(known), theirs=str(told))
            what = message("The register keeps what it says. {said}", said=said)
            self.people.doubts.append(
                Problem(line.row_number, self.heading.header("birth_date"), line.birth_as_written, what)
            )

    def _is_other_person(self, line: StayLine, found: KnownStay) -> bool:
        resident_id, name = self.people.resident(line), name_of(line)
        is_nameless = not name or found.name == sort_name("", "", found.whose)
        if resident_id == found.resident_id:
            return False
        words, theirs = {*name.split()}, {*found.name.split()}
        fits = not self.people.number(line) if is_nameless else words <= theirs or theirs <= words
        if resident_id is None and fits:
            return False
        what = message("The register has this stay under another person. Correct the number of the person.")
        return self.problem(line, "person_id", line.partner_number, what)

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
        return self.problem(line, "departed_on", written(line), what)

    def _contradictions(self, line: StayLine, found: KnownStay) -> Iterator[Contradiction]:
        there = found.interval

        def asked(field: str, ours: Value, theirs: Value) -> Contradiction:
            column = self.heading.header(field)
            return Contradiction(line.row_number, found.id, found.whose, field, column, ours, theirs)

        is_known_by_number = self.people.number(line) or self.people.family(line)
        if line.stay_id and found.source_key and line.stay_id != found.source_key and not is_known_by_number:
            yield asked("stay_id", found.source_key, line.stay_id)
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
        was, to = found.destination_country, line.destination_country
        if was and to and was != to:
            held_in = "destination" if self.heading.header("destination") else "destination_country"
            yield asked(held_in, was, to)

    def _has_checks(self, line: StayLine, found: KnownStay) -> bool:
        """Whether a row tells of a departure that asks for checks, and Konak has them: no file stands in for these."""
        if line.departed is None or found.id not in self.register.decided_here:
            return False
        told = line.departure_kind if line.departure_kind is not DepartureKind.NOT_RECORDED else None
        kind, ends = told or found.kind, found.interval.end is None
        is_same_stay = not ends and is_same_end(found.interval, Interval(line.arrived, line.departed))
        is_same_way = kind is found.kind and line.destination_country in (None, found.destination_country)
        if (is_same_stay and is_same_way) or (kind not in PLANNED_KINDS and not (ends and kind is None)):
            return False
        if ends and kind is not None:
            what = message(
                "The checks before this departure are in the register, and a file does not stand in for them. Record "
                "the departure on the page of the resident, under Departure."
            )
            return self.problem(line, "departed_on", written(line), what)
        what = (
            message(
                "The file does not say how the person left. Correct the departure on the page of the resident, under "
                "Departure."
            )
            if ends
            else message(
                "The checks before this departure are in the register, which keeps what it says of it. If it is wrong, "
                "correct it on the page of the resident, under Departure."
            )
        )
        self.people.doubts.append(Problem(line.row_number, self.heading.header("departed_on"), written(line), what))
        if not ends:
            self.same.append(line.row_number)
        return not ends

    def _lies_outside(self, change: StayChange) -> bool:
        """Whether a bed, an absence or another stay of the person stands against what a row changes."""
        line, becomes = change.line, change.becomes
        if becomes.end is not None and becomes.end.surely_before(becomes.start):
            what = message(
                "The departure lies before the arrival of {date}. Correct one of them.", date=becomes.start.on
            )
            return self.problem(line, "departed_on", written(line), what)
        for other in self.register.taken(change.stay.resident_id, without=change.stay.id):
            if other.interval.overlaps(becomes):
                return self.problem(line, "arrived_on", line.arrived.on.isoformat(), overlap(other))
        for inside, is_bed, may_end_with_stay in self.register.inside.get(change.stay.id, ()):
            ended = inside.end is None or (may_end_with_stay and inside.end == change.stay.interval.end)
            is_over = not ended and inside.end is not None and inside.end.surely_before(becomes.start)
            moves = is_bed and inside.start == change.stay.interval.start and not is_over
            if inside.start.surely_before(becomes.start) and not moves:
                what = message(
                    "The register has a bed, an absence, a review or a separation of this stay from {date} on. Correct "
                    "the arrival here, or what the register has.",
                    date=inside.start.on,
                )
                return self.problem(line, "arrived_on", line.arrived.on.isoformat(), what)
            last = inside.start if ended else inside.end
            if becomes.end is not None and last is not None and becomes.end.surely_before(last):
                what = message(
                    "The register has a bed, an absence, a review or a separation of this stay on {date}, after this "
                    "departure. Correct the departure here, or what the register has.",
                    date=last.on,
                )
                return self.problem(line, "departed_on", written(line), what)
        return False

    # -- what the register has not --------------------------------------------------------------------------------

    def take(self, line: StayLine) -> None:
        """A stay that the register does not have: it comes in, unless something stands against it."""
        who, resident_id = self.people.identity(line), self.people.resident(line)
        interval = Interval(line.arrived, line.departed)
        if (
            self.is_in_future(line)
            or self.is_born_wrongly(line)
            or self.is_dead(line)
            or self.is_twice(line)
            or self.overlaps(line, who, resident_id, interval)
        ):
            return
        self.coming.append(line)
        self.came[who].append(line)
        if line.stay_id:
            self.keys[line.stay_id] = line.row_number
        if resident_id is None:
            self.new[who] = self.came[who]
        else:
            self.known[resident_id].append(line)


def _name_column(heading: Heading) -> str | None:
    """The heading of the first column of names."""
    found = (heading.header(name) for name in ("family_name", "full_name", "given_names"))
    return next((header for header in found if header), None)


def _name(line: StayLine) -> str:
    return ", ".join(part for part in (line.family_name, line.given_names) if part)


def _says_more(line: StayLine, found: KnownStay) -> bool:
    """Whether a row says how a stay ended, or where the person went, and the register does not."""
    if line.departed is None or found.interval.end is None:
        return False
    kind = line.departure_kind not in (None, DepartureKind.NOT_RECORDED) and found.kind is DepartureKind.NOT_RECORDED
    told = line.destination is not None or line.destination_country is not None
    return kind or (told and found.destination in (None, Destination.NOT_RECORDED))
