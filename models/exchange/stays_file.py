"""Files of stays: each row as a stay, or as what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from models.exchange.answers import Answers
from models.exchange.asking import Needed
from models.exchange.births import read_age
from models.exchange.cells import LONGEST, Cells
from models.exchange.countries import read_country
from models.exchange.dates import read_date
from models.exchange.fields import STAY_FIELDS, date_columns
from models.exchange.headers import OWN_COLUMN
from models.exchange.moments import columns_of_days, doubt_of_clock, read_moment, written_in
from models.exchange.problems import Note, Problem
from models.exchange.readings import Begun, FileReading
from models.exchange.tables import Row, Table
from models.exchange.values import is_gone, is_not_yet, is_of_standing, is_unknown, nights_in, read_destination
from models.rules.birth import BirthDate, doubts_of_birth, lies_after
from models.rules.fields import PERSON
from models.rules.residents import PersonSaid
from models.rules.time import Moment, has_one_offset
from models.rules.unknown import is_sheet_error
from models.rules.vocabulary import DepartureKind, Destination
from models.text import Message, message

DATE_FIELDS = ("arrived_on", "departed_on", "died_on", *date_columns(*PERSON))
_DIGIT = re.compile(r"\d")
_EARLIEST_ARRIVAL = date(1900, 1, 1)
_AGE_APART = 2
"""Years: an age that is written without its day may be of another than that of the arrival."""
_NEEDED = (
    Needed(("arrived_on",), "arrived_on", message("Without it no row can come in: a stay begins on a day.")),
    Needed(
        ("person_id", "stay_id", "family_name", "given_names", "full_name"),
        "person_id",
        message("Without it, and without a name, nothing says whose stay a row is."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine(PersonSaid):
    """A row of the file as a stay. Times are of the facility's time zone where the file says none.

    Attributes:
        stay_id: How the file names the stay; empty where it does not.
        programme: Under which programme the file says that it is; empty where it does not.
        departure_kind: None while the stay is open; `not_recorded` where the file says none.
        destination: None where the file does not say which kind of destination it is.
        notes: Cells that were not understood or have no field.
        doubts: What a person should know before they rely on it.
    """

    row_number: int
    stay_id: str
    arrived: Moment
    departed: Moment | None
    departure_kind: DepartureKind | None
    destination: Destination | None
    destination_country: str | None
    destination_place: str
    notes: tuple[Note, ...]
    doubts: tuple[Problem, ...] = ()
    programme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysReading(FileReading):
    """A file of stays as far as it was understood.

    Attributes:
        lines: The rows that are stays.
        problems: What is wrong with the others; one row may have several.
    """

    lines: tuple[StayLine, ...]
    problems: tuple[Problem, ...]


def read_stays(
    table: Table,
    *,
    zone: ZoneInfo,
    answers: Answers | None = None,
) -> StaysReading:
    """Read the rows of a file of stays.

    Args:
        table: The table.
        zone: The time zone of the facility, in which times are meant that do not say their own.
        answers: What was said of the file.

    Raises:
        Refused: What was said names what does not exist.
    """
    begun = Begun(table, STAY_FIELDS, answers or Answers(), needed=_NEEDED, dates=DATE_FIELDS, least=2, ends=True)
    lines: list[StayLine] = []
    problems: list[Problem] = []
    reader = _Reader(begun, zone)
    for row in begun.rows():
        read = reader.read(row)
        if isinstance(read, StayLine):
            lines.append(read)
        else:
            problems.extend(read)
    return begun.reading(StaysReading, lines=tuple(lines), problems=tuple(problems))


_OFTEN = ("family_name", "given_names", "birth", "birth_as_written", "nationality")


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, begun: Begun, zone: ZoneInfo) -> None:
        self.begun, self.zone = begun, zone
        self._known: dict[Any, Any] = {}
        self._number = ""
        heading = begun.heading
        self.days = columns_of_days(begun.body, heading, begun.orders, zone, "arrived", "departed")
        self.offsets = {prefix: written_in(heading, prefix) for prefix in ("arrived", "departed")}
        self.longest = {name: LONGEST[name] for name in heading.by_field if name in LONGEST}
        self.unmapped = [
            column
            for column in heading.columns
            if column.field in (None, "age", "remarks")
            and not column.is_left_out
            and not column.header.startswith(OWN_COLUMN)
        ]
        self.standing = [column for column in self.unmapped if is_of_standing(column.header)]

    def _again(self, number: str) -> str:
        """A number, kept once where rows that follow each other have it."""
        if number != self._number:
            self._number = number
        return self._number

    def read(self, row: Row) -> StayLine | list[Problem]:
        begun = self.begun
        cells = _StayCells(row, begun.heading, begun.orders, begun.meanings, days=self.days, offsets=self.offsets)
        arrived = cells.arrived(self.zone)
        departed, died = cells.departed(self.zone, arrived), cells.died(arrived)
        if died is not None and departed is None and is_not_yet(cells.written("departed_on")):
            departed = Moment(died)
        kind = cells.ended(cells.kind(departed), departed, died)
        for name, most in self.longest.items():
            if len(cells.written(name)) > most:
                cells.refuse(name, message("This is longer than {n} letters. Shorten it.", n=most))
        if departed is None:
            cells.doubt_open(column.header for column in self.standing if is_gone(row.text(column.index)))
        cells.notes += [Note(column.header, text) for column in self.unmapped if (text := row.text(column.index))]
        said = cells.person()
        said["partner_number"] = self._again(cells.written("person_id"))
        if not (said["partner_number"] or said["family_name"] or said["given_names"]):
            cells.refuse("person_id", message("Nothing says whose stay this is. Write the number of the person."))
        if arrived is not None:
            cells.check_birth(said["birth"], arrived.on)
        if cells.problems or arrived is None:
            return cells.problems
        if not cells.written("birth_date"):
            said["birth"] = cells.born(arrived)
        destination, country, place = cells.destination()
        # Of hundreds of thousands of rows most have the same dates and names: what is equal is kept once.
        once = self._known.setdefault
        said |= {name: once(said[name], said[name]) for name in _OFTEN if name in said}
        arrived, departed = once(arrived, arrived), once(departed, departed)
        return StayLine(
            **said,
            row_number=row.number,
            stay_id=cells.written("stay_id"),
            programme=once(cells.written("programme"), cells.written("programme")),
            arrived=arrived,
            departed=departed,
            departure_kind=kind,
            destination=destination,
            destination_country=country,
            destination_place=place,
            notes=tuple(cells.notes),
            doubts=tuple(cells.doubts),
        )


@dataclass(slots=True)
class _StayCells(Cells):
    """The cells of one row, with what is wrong with them as a stay."""

    misses_columns: ClassVar[bool] = False

    days: frozenset[str] = frozenset()
    """The fields whose column tells the day only."""
    offsets: Mapping[str, timedelta | None] = field(default_factory=dict)
    """How far from UTC times are that do not say their own zone, where a heading does; by `arrived` and `departed`."""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, what: Message) -> None:
        """Say what is wrong with a cell."""
        self.problems.append(Problem(self.row.number, self.heading.header(name), self.written(name), what))

    def arrived(self, zone: ZoneInfo) -> Moment | None:
        if not self.written("arrived_on"):
            self.refuse("arrived_on", message("The date of arrival is missing. Write it as 2026-03-31."))
            return None
        arrived = self._moment("arrived", zone)
        if arrived is not None and arrived.on < _EARLIEST_ARRIVAL:
            year = str(arrived.on.year)
            self.refuse("arrived_on", message("The year {year} cannot be right. Correct it.", year=year))
        return arrived

    def departed(self, zone: ZoneInfo, arrived: Moment | None) -> Moment | None:
        if is_not_yet(self.written("departed_on")):
            if not is_unknown(self.written("departed_time")):
                what = message("There is a time of departure without its date. Write the date.")
                self.refuse("departed_time", what)
            elif is_sheet_error(self.written("departed_on")):
                what = message("The spreadsheet could not reckon this cell. The stay is taken for open.")
                self.doubt("departed_on", what)
            return None
        departed = self._moment("departed", zone, None if arrived is None else arrived.on)
        if departed is not None and arrived is not None and departed.surely_before(arrived):
            what = message("The departure lies before the arrival of {date}. Correct one of them.", date=arrived.on)
            self.refuse("departed_on", what)
        return departed

    def doubt_open(self, columns: Iterable[str]) -> None:
        """Say of a stay that is taken for open which columns, that are kept sealed, tell that the person has left."""
        what = message("This tells that the person has left, but not when. The stay is taken for open.")
        self.doubts += [Problem(self.row.number, column, "", what) for column in columns]

    def died(self, arrived: Moment | None) -> date | None:
        """The day of the death, where the file has a column of it; what is no day is refused."""
        index = self.heading.by_field.get("died_on")
        if index is None or is_unknown(self.row.text(index)) or is_not_yet(self.row.text(index)):
            return None
        found = read_date(self.row.value(index), self.orders["died_on"])
        if isinstance(found, Message):
            self.refuse("died_on", found)
            return None
        if arrived is not None and found < arrived.on:
            what = message("The death lies before the arrival of {date}. Correct one of them.", date=arrived.on)
            self.refuse("died_on", what)
        return found

    def ended(self, kind: DepartureKind | None, departed: Moment | None, died: date | None) -> DepartureKind | None:
        """How a stay ended of somebody of whom the file says that they died; a death after the stay is kept sealed."""
        if died is None or departed is None:
            return kind
        if departed.on > died:
            self.refuse(
                "departed_on", message("The departure lies after the death of {date}. Correct one of them.", date=died)
            )
        if departed.on < died:
            self.keep("died_on")
        elif kind in (None, DepartureKind.NOT_RECORDED):
            self.doubt("died_on", message("The stay is taken to have ended with the death."))
            return DepartureKind.DEATH
        elif kind is not DepartureKind.DEATH:
            self.keep("died_on")
            self.doubt("died_on", message("The file says that the person died on the day of the departure."))
        return kind

    def _moment(self, prefix: str, zone: ZoneInfo, arrived_on: date | None = None) -> Moment | None:
        """The moment from the columns of date and time; None where no date is written or something is wrong.

        Args:
            prefix: `arrived` or `departed`.
            zone: The time zone of the facility.
            arrived_on: The day from which a departure is reckoned that is told in nights.
        """
        day, clock = f"{prefix}_on", f"{prefix}_time"
        if not self.written(day):
            return None
        index, order = self.heading.by_field, self.orders[day]
        on = self.row.value(index[day])
        if arrived_on is not None and isinstance(on, str) and (nights := nights_in(on)) is not None:
            on = arrived_on + timedelta(days=nights)
            self.doubt(day, message("The day of the departure is reckoned from that of the arrival: {day}.", day=on))
        at = self.row.value(index[clock]) if clock in index and clock not in self.days else ""
        offset = self.offsets.get(prefix)
        found = read_moment(on, at, order, zone, days=day in self.days, offset=offset)
        if (
            day == "departed_on"
            and isinstance(on, str)
            and isinstance(found, Message)
            and not (_DIGIT.search(on) or is_unknown(on))
        ):
            found = message(
                "This is no date. Where the person is still there, leave the cell empty; else write 2026-03-31."
            )
        if not isinstance(found, Message):
            behind = read_moment(on, "", order, zone, offset=offset) if at != "" and found.at is not None else found
            if isinstance(behind, Moment) and behind.at not in (None, found.at):
                self.doubt(clock, message("Another time stands behind the date. This one is taken."))
            if (
                found.at is not None
                and offset is None
                and not has_one_offset(found.on, zone)
                and (what := doubt_of_clock(on, at, order, zone))
            ):
                self.doubt(clock if at != "" else day, what)
            return found
        self.refuse(clock if at != "" and not isinstance(read_date(on, order), Message) else day, found)
        return None

    def kind(self, departed: Moment | None) -> DepartureKind | None:
        written = self.written("departure_kind")
        code = self.meanings.code("departure_kind", written)
        if self.meanings.is_left("departure_kind", written):
            self.keep("departure_kind")
        elif code is None:
            what = message("Konak does not know this kind of departure. Say what it stands for.")
            self.refuse("departure_kind", what)
        kind = DepartureKind.NOT_RECORDED if code is None else DepartureKind(code)
        if departed is not None:
            return kind
        if kind not in (None, DepartureKind.NOT_RECORDED) and is_not_yet(self.written("departed_on")):
            what = message("The kind of departure is given, but not its date. Write the date of departure.")
            self.refuse("departure_kind", what)
        return None

    def check_birth(self, birth: BirthDate | None, arrived_on: date) -> None:
        """Refuse a birth after the arrival, and doubt what an age contradicts."""
        if lies_after(birth, arrived_on):
            what = message("The birth lies after the arrival of {date}. Correct one of them.", date=arrived_on)
            self.refuse("birth_date", what)
        for what in doubts_of_birth(birth, on=arrived_on, age=read_age(self.written("age_on_arrival"))):
            self.doubt("birth_date", what)
        said = self.written("age_on_arrival")
        if not is_unknown(said) and read_age(said) is None:
            self.doubt("age_on_arrival", message("This is no age. Write the full years, as 45, or 0 below one year."))
        age = read_age(self.written("age"))
        if age is not None and birth is not None and abs(arrived_on.year - birth.year - age) > _AGE_APART:
            self.doubt("age", message("The age and the date of birth do not fit each other."))

    def born(self, arrived: Moment) -> BirthDate | None:
        """The year of birth by the age on arrival, where the file has that alone."""
        age = read_age(self.written("age_on_arrival"))
        self.keep("age_on_arrival")
        return None if age is None else BirthDate(arrived.on.year - age, about=True)

    def destination(self) -> tuple[Destination | None, str | None, str]:
        """The destination as a group, as a country, and as it is written where it is neither."""
        group: Destination | None = None
        country: str | None = None
        places: list[str] = []
        for name in ("destination", "destination_country", "destination_place"):
            written = self.written(name)
            as_group = read_destination(written)
            if name == "destination_country":
                is_asked = as_group is None and not is_unknown(written)
                as_country = self.meanings.code(name, written, is_asked=is_asked)
                if is_asked and as_country is None and not self.meanings.is_left(name, written):
                    self.doubt(name, message("Konak does not know this country. It is kept as the place."))
            else:
                as_country = read_country(written)
            group, country = group or as_group, country or as_country
            if not is_unknown(written) and (name == "destination_place" or not (as_group or as_country)):
                places.append(written)
        return group, country, ", ".join(dict.fromkeys(places))
