"""Files of stays: each row as a stay, or as what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.exchange.aside import set_apart
from models.exchange.cells import LONGEST, Cells
from models.exchange.countries import read_country
from models.exchange.dates import DayOrder, read_date, read_moment
from models.exchange.fields import STAY_FIELDS, date_columns
from models.exchange.headers import OWN_COLUMN, Heading, find_heading, missing_columns
from models.exchange.problems import Note, Problem
from models.exchange.readings import FileReading, find_orders
from models.exchange.refused_rows import mended
from models.exchange.tables import Row, Table
from models.exchange.values import is_not_yet, is_unknown, read_departure_kind, read_destination
from models.rules.birth import BirthDate
from models.rules.fields import PERSON
from models.rules.residents import PersonSaid
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, Destination
from models.text import Message, message

DATE_FIELDS = ("arrived_on", "departed_on", *date_columns(*PERSON))
_EARLIEST_ARRIVAL = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine(PersonSaid):
    """A row of the file as a stay. Times are of the facility's time zone where the file says none.

    Attributes:
        stay_id: How the file names the stay; empty where it does not.
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
    mapping: Mapping[str, str] | None = None,
    orders: Mapping[str, DayOrder] | None = None,
    heading_row: int | None = None,
) -> StaysReading:
    """Read the rows of a file of stays.

    Args:
        table: The table.
        zone: The time zone of the facility, in which times are meant that do not say their own.
        mapping: What the clerk says of columns: heading or letter, and field.
        orders: What the clerk says of the order of day and month, by field; found out where it is not said.
        heading_row: The number of the row of headings, where the clerk says it; found out if None.

    Raises:
        Refused: The file has no headings, no arrival date, or nothing that tells whose stay a row is.
    """
    table = mended(table)
    heading = find_heading(table, STAY_FIELDS, mapping=mapping, row_number=heading_row)
    missing = missing_columns(heading, STAY_FIELDS, ("arrived_on",))
    if not heading.by_field.keys() & {"person_id", "stay_id", "family_name", "given_names", "full_name"}:
        missing += missing_columns(heading, STAY_FIELDS, ("person_id",))
    if missing:
        raise Refused("This is no file of stays: a column is missing.", field="mapping", reasons=missing)
    body, aside = set_apart(table, heading)
    found, unsettled = find_orders(body, heading, DATE_FIELDS, orders or {})
    lines: list[StayLine] = []
    problems: list[Problem] = []
    reader = _Reader(heading, found, zone)
    for row in body:
        read = reader.read(row)
        if isinstance(read, StayLine):
            lines.append(read)
        else:
            problems.extend(read)
    return StaysReading(
        source=table.source,
        heading=heading,
        orders=found,
        unsettled=unsettled,
        aside=aside,
        lines=tuple(lines),
        problems=tuple(problems),
    )


class _Reader:
    """Reads rows under one heading."""

    def __init__(self, heading: Heading, orders: Mapping[str, DayOrder], zone: ZoneInfo) -> None:
        self.heading = heading
        self.orders = orders
        self.zone = zone
        self.longest = {name: LONGEST[name] for name in heading.by_field if name in LONGEST}
        self.unmapped = [
            column
            for column in heading.columns
            if column.field in (None, "age", "remarks") and not column.header.startswith(OWN_COLUMN)
        ]

    def read(self, row: Row) -> StayLine | list[Problem]:
        cells = _StayCells(row, self.heading, self.orders)
        arrived = cells.arrived(self.zone)
        departed = cells.departed(self.zone, arrived)
        kind = cells.kind(departed)
        for name, most in self.longest.items():
            if len(cells.written(name)) > most:
                cells.refuse(name, message("This is longer than {n} letters. Shorten it.", n=most))
        cells.notes += [Note(column.header, text) for column in self.unmapped if (text := row.text(column.index))]
        said = cells.person()
        said["partner_number"] = cells.written("person_id")
        if not (said["partner_number"] or said["family_name"] or said["given_names"]):
            cells.refuse("person_id", message("Nothing says whose stay this is. Write the number of the person."))
        if cells.problems or arrived is None:
            return cells.problems
        if not cells.written("birth_date"):
            said["birth"] = cells.born(arrived)
        destination, country, place = cells.destination()
        return StayLine(
            **said,
            row_number=row.number,
            stay_id=cells.written("stay_id"),
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
            if self.written("departed_time"):
                what = message("There is a time of departure without its date. Write the date.")
                self.refuse("departed_time", what)
            return None
        departed = self._moment("departed", zone)
        if departed is not None and arrived is not None and departed.surely_before(arrived):
            what = message("The departure lies before the arrival of {date}. Correct one of them.", date=arrived.on)
            self.refuse("departed_on", what)
        return departed

    def _moment(self, prefix: str, zone: ZoneInfo) -> Moment | None:
        """The moment from the columns of date and time; None where no date is written or something is wrong."""
        day, clock = f"{prefix}_on", f"{prefix}_time"
        if not self.written(day):
            return None
        index, order = self.heading.by_field, self.orders[day]
        on = self.row.value(index[day])
        at = self.row.value(index[clock]) if clock in index else ""
        found = read_moment(on, at, order, zone)
        if not isinstance(found, Message):
            return found
        self.refuse(clock if at != "" and not isinstance(read_date(on, order), Message) else day, found)
        return None

    def kind(self, departed: Moment | None) -> DepartureKind | None:
        kind = read_departure_kind(self.written("departure_kind"))
        if kind is None:
            what = message("Konak does not know this kind of departure. Write one of its own, or leave the cell empty.")
            self.refuse("departure_kind", what)
        if departed is not None:
            return kind
        if kind not in (None, DepartureKind.NOT_RECORDED) and is_not_yet(self.written("departed_on")):
            what = message("The kind of departure is given, but not its date. Write the date of departure.")
            self.refuse("departure_kind", what)
        return None

    def born(self, arrived: Moment) -> BirthDate | None:
        """The year of birth by the age on arrival, where the file has that alone."""
        age = self.written("age_on_arrival")
        self.keep("age_on_arrival")
        is_age = age.isdecimal() and int(age) <= 120
        return BirthDate(arrived.on.year - int(age), about=True) if is_age else None

    def destination(self) -> tuple[Destination | None, str | None, str]:
        """The destination as a group, as a country, and as it is written where it is neither."""
        written = self.written("destination")
        if is_unknown(written):
            return None, None, ""
        group, country = read_destination(written), read_country(written)
        return group, country, "" if group or country else written
