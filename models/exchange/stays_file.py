"""Files of stays: each row as a stay, or as what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.exchange.aside import set_apart
from models.exchange.births import BirthReading, read_birth
from models.exchange.countries import read_country, read_language
from models.exchange.dates import DayOrder, day_order, read_date, read_moment
from models.exchange.fields import STAY_FIELDS
from models.exchange.headers import OWN_COLUMN, Heading, find_heading, missing_columns
from models.exchange.problems import Note, Problem, Unsettled
from models.exchange.readings import FileReading
from models.exchange.refused_rows import mended
from models.exchange.tables import Row, Table
from models.exchange.values import is_nameless, is_not_yet, is_unknown, read_departure_kind, read_destination, read_sex
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, Destination, Sex
from models.text import Message, message

DATE_FIELDS = ("arrived_on", "departed_on", "birth_date")
LONGEST = {
    "stay_id": 100,
    "person_id": 64,
    "family_name": 400,
    "given_names": 400,
    "full_name": 400,
    "own_script": 400,
    "birth_date": 100,
    "destination": 200,
}
"""How many letters the register keeps of each field."""
_EARLIEST_ARRIVAL = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class StayLine:
    """A row of the file as a stay. Times are of the facility's time zone where the file says none.

    Attributes:
        stay_id: How the file names the stay; empty where it does not.
        person_id: The number by which the partner knows the person; empty where there is none.
        birth_as_written: The cell with the birth date, as it stands.
        departure_kind: None while the stay is open; `not_recorded` where the file says none.
        destination: None where the file does not say which kind of destination it is.
        notes: Cells that were not understood or have no field.
    """

    row_number: int
    stay_id: str
    person_id: str
    family_name: str
    given_names: str
    own_script: str
    sex: Sex | None
    birth: BirthDate | None
    birth_as_written: str
    birth_country: str | None
    nationality: str | None
    languages: tuple[str, ...]
    arrived: Moment
    departed: Moment | None
    departure_kind: DepartureKind | None
    destination: Destination | None
    destination_country: str | None
    destination_place: str
    notes: tuple[Note, ...]


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


def find_orders(
    rows: list[Row], heading: Heading, fields: tuple[str, ...], told: Mapping[str, DayOrder]
) -> tuple[dict[str, DayOrder], tuple[Unsettled, ...]]:
    """The order of day and month in each column of dates, and the columns for which it must be asked."""
    orders: dict[str, DayOrder] = {}
    unsettled: list[Unsettled] = []
    for field in fields:
        index = heading.by_field.get(field)
        if index is None:
            continue
        column = heading.columns[index].header
        orders[field] = told.get(field) or day_order(
            column, (row.text(index) for row in rows if index not in row.natives)
        )
        if orders[field] is DayOrder.UNKNOWN:
            texts = dict.fromkeys(row.text(index) for row in rows if index not in row.natives)
            examples = [text for text in texts if _is_unclear(text)] or _contradictory(texts)
            unsettled.append(Unsettled(column, tuple(examples[:3])))
    return orders, tuple(unsettled)


def _is_unclear(text: str) -> bool:
    return not isinstance(read_date(text, DayOrder.DAY_FIRST), Message) and isinstance(
        read_date(text, DayOrder.UNKNOWN), Message
    )


def _contradictory(texts: Iterable[str]) -> list[str]:
    """One text of each order, where a column writes both."""
    found: dict[bool, str] = {}
    for text in texts:
        no_day_first, no_month_first = (
            isinstance(read_date(text, order), Message) for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)
        )
        if no_day_first != no_month_first:
            found.setdefault(no_day_first, text)
    return list(found.values())


class _Reader:
    """Reads rows under one heading."""

    def __init__(self, heading: Heading, orders: Mapping[str, DayOrder], zone: ZoneInfo) -> None:
        self.heading = heading
        self.orders = orders
        self.zone = zone
        self.index = heading.by_field
        self.unmapped = [
            column
            for column in heading.columns
            if column.field in (None, "age", "remarks") and not column.header.startswith(OWN_COLUMN)
        ]

    def read(self, row: Row) -> StayLine | list[Problem]:
        problems: list[Problem] = []
        notes: list[Note] = [
            Note(column.header, text, is_sealed=column.field == "remarks")
            for column in self.unmapped
            if (text := row.text(column.index))
        ]
        arrived = self._arrived(row, problems)
        departed = self._departed(row, arrived, problems)
        kind = self._kind(row, departed, problems)
        family_name, given_names = self._names(row, notes)
        self._too_long(row, problems)
        person_id, stay_id = self.text(row, "person_id"), self.text(row, "stay_id")
        if not (person_id or family_name or given_names):
            self._problem(
                row, "person_id", message("Nothing says whose stay this is. Write the number of the person."), problems
            )
        birth = self._birth(row, arrived, notes)
        destination, country, place = self._destination(row)
        if problems or arrived is None:
            return problems
        return StayLine(
            row_number=row.number,
            stay_id=stay_id,
            person_id=person_id,
            family_name=family_name,
            given_names=given_names,
            own_script=self.text(row, "own_script"),
            sex=self._sex(row, notes),
            birth=birth.birth,
            birth_as_written=birth.as_written,
            birth_country=self._country(row, "birth_country", notes),
            nationality=self._country(row, "nationality", notes),
            languages=split_languages(self.text(row, "languages")),
            arrived=arrived,
            departed=departed,
            departure_kind=kind,
            destination=destination,
            destination_country=country,
            destination_place=place,
            notes=tuple(notes),
        )

    def text(self, row: Row, field: str) -> str:
        index = self.index.get(field)
        return "" if index is None else row.text(index)

    def _problem(self, row: Row, field: str, what: Message, problems: list[Problem]) -> None:
        problems.append(Problem(row.number, self.heading.header(field), self.text(row, field), what))

    def _note(self, row: Row, field: str, notes: list[Note]) -> None:
        if text := self.text(row, field):
            notes.append(Note(self.heading.header(field) or field, text))

    def _moment(self, row: Row, prefix: str, problems: list[Problem]) -> Moment | None:
        """The moment from the columns of date and time; None where no date is written or something is wrong."""
        day, clock = f"{prefix}_on", f"{prefix}_time"
        if not self.text(row, day):
            return None
        on = row.value(self.index[day])
        at = row.value(self.index[clock]) if clock in self.index else ""
        order = self.orders[day]
        found = read_moment(on, at, order, self.zone)
        if not isinstance(found, Message):
            return found
        at_fault = clock if at != "" and not isinstance(read_date(on, order), Message) else day
        self._problem(row, at_fault, found, problems)
        return None

    def _arrived(self, row: Row, problems: list[Problem]) -> Moment | None:
        if not self.text(row, "arrived_on"):
            self._problem(
                row, "arrived_on", message("The date of arrival is missing. Write it as 2026-03-31."), problems
            )
            return None
        arrived = self._moment(row, "arrived", problems)
        if arrived is not None and arrived.on < _EARLIEST_ARRIVAL:
            year = str(arrived.on.year)
            self._problem(
                row, "arrived_on", message("The year {year} cannot be right. Correct it.", year=year), problems
            )
        return arrived

    def _departed(self, row: Row, arrived: Moment | None, problems: list[Problem]) -> Moment | None:
        if is_not_yet(self.text(row, "departed_on")):
            if self.text(row, "departed_time"):
                what = message("There is a time of departure without its date. Write the date.")
                self._problem(row, "departed_time", what, problems)
            return None
        departed = self._moment(row, "departed", problems)
        if departed is not None and arrived is not None and departed.surely_before(arrived):
            what = message("The departure lies before the arrival of {date}. Correct one of them.", date=arrived.on)
            self._problem(row, "departed_on", what, problems)
        return departed

    def _kind(self, row: Row, departed: Moment | None, problems: list[Problem]) -> DepartureKind | None:
        written = self.text(row, "departure_kind")
        kind = read_departure_kind(written)
        if kind is None:
            what = message("Konak does not know this kind of departure. Write one of its own, or leave the cell empty.")
            self._problem(row, "departure_kind", what, problems)
        if departed is not None:
            return kind
        if kind not in (None, DepartureKind.NOT_RECORDED) and is_not_yet(self.text(row, "departed_on")):
            what = message("The kind of departure is given, but not its date. Write the date of departure.")
            self._problem(row, "departure_kind", what, problems)
        return None

    def _names(self, row: Row, notes: list[Note]) -> tuple[str, str]:
        """Family and given names. A whole name that nothing divides is kept whole, as passports do (ICAO Doc 9303)."""
        family, given, whole = (self._name(row, field, notes) for field in ("family_name", "given_names", "full_name"))
        if whole:
            before, _, behind = (part.strip() for part in whole.partition(","))
            family, given = family or before, given or behind
        return family, given

    def _name(self, row: Row, field: str, notes: list[Note]) -> str:
        written = self.text(row, field)
        if is_nameless(written):
            self._note(row, field, notes)
            return ""
        return written

    def _too_long(self, row: Row, problems: list[Problem]) -> None:
        if sum(map(len, row.cells)) <= min(LONGEST.values()):
            return
        for field, most in LONGEST.items():
            if len(self.text(row, field)) > most:
                what = message("This is longer than {n} letters. Shorten it.", n=most)
                self._problem(row, field, what, problems)

    def _sex(self, row: Row, notes: list[Note]) -> Sex | None:
        sex = read_sex(self.text(row, "sex"))
        if sex is None:
            self._note(row, "sex", notes)
        return sex

    def _country(self, row: Row, field: str, notes: list[Note]) -> str | None:
        written = self.text(row, field)
        code = None if is_unknown(written) else read_country(written)
        if code is None:
            self._note(row, field, notes)
        return code

    def _birth(self, row: Row, arrived: Moment | None, notes: list[Note]) -> BirthReading:
        index = self.index.get("birth_date")
        if index is not None and row.text(index):
            read = read_birth(row.value(index), self.orders["birth_date"])
            if read.birth is None:
                self._note(row, "birth_date", notes)
            return read
        age = self.text(row, "age_on_arrival")
        if arrived is not None and age.isdecimal() and int(age) <= 120:
            self._note(row, "age_on_arrival", notes)
            return BirthReading(BirthDate(arrived.on.year - int(age), about=True), "")
        self._note(row, "age_on_arrival", notes)
        return BirthReading(None, "")

    def _destination(self, row: Row) -> tuple[Destination | None, str | None, str]:
        """The destination as a group, as a country, and as it is written where it is neither."""
        written = self.text(row, "destination")
        if is_unknown(written):
            return None, None, ""
        group, country = read_destination(written), read_country(written)
        return group, country, "" if group or country else written


def split_languages(text: str) -> tuple[str, ...]:
    """The languages that a cell names, as codes where they have one."""
    for separator in ("/", ",", "|", "\n", " & "):
        text = text.replace(separator, ";")
    return tuple(
        dict.fromkeys(read_language(part) for part in text.split(";") if part.strip() and not is_unknown(part))
    )
