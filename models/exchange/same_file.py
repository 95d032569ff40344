"""Who stands in a file more than once: any table of people, whether Konak brings such files in or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from models.exchange.aside import set_apart
from models.exchange.cells import Cells
from models.exchange.dates import DayOrder
from models.exchange.fields import LIST_FIELDS
from models.exchange.headers import Fields, FieldWords, Heading, find_heading
from models.exchange.lists_file import DATE_FIELDS
from models.exchange.problems import Problem, Unsettled
from models.exchange.readings import find_orders
from models.exchange.tables import Row, Table
from models.rules import headings as h
from models.rules.likeness import Known, Likeness, Person, likely_pairs, with_implied, worn_numbers
from models.rules.residents import PERSON_SAID
from models.text import N_

_ADDRESS = {
    "house": FieldWords(N_("Address: house"), h.HOUSE),
    "street": FieldWords(N_("Address: street"), h.STREET),
    "building": FieldWords(N_("Address: building"), h.BUILDING),
    "town": FieldWords(N_("Address: town"), h.TOWN),
    "postcode": FieldWords(N_("Address: postcode"), h.POSTCODE),
    "region": FieldWords(N_("Address: region"), h.REGION),
}
_NUMBERS = {"further_number": FieldWords(N_("A further number of the person"), h.FURTHER_NUMBER)}
_OF_THE_PERSON = (*(field.column for field in PERSON_SAID), "full_name", "partner_number", "case", "case_person",
                  "document_number")  # fmt: skip
SAME_FIELDS: Fields = MappingProxyType(
    {name: words for name, words in LIST_FIELDS.items() if name in _OF_THE_PERSON} | _NUMBERS | _ADDRESS
)
"""What tells one person from another, of all that lists have, and an address, which they do not."""


@dataclass(frozen=True, slots=True)
class SamePair:
    """Two rows that may be of one person.

    Attributes:
        rows: Their numbers in the file, the earlier first.
        likeness: How likely, and why.
    """

    rows: tuple[int, int]
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class NoNumber:
    """A number that stands for several people who differ, and so for none.

    Attributes:
        rows: Where it stands.
    """

    number: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SameReading:
    """What was found in a file.

    Attributes:
        orders: Whether the day or the month is first, by field.
        rows: How many rows were compared.
        aside: The rows that are nobody's.
        unsettled: Columns of dates of which somebody must say whether the day or the month is first.
    """

    heading: Heading
    orders: Mapping[str, DayOrder]
    rows: int
    pairs: tuple[SamePair, ...]
    no_numbers: tuple[NoNumber, ...]
    aside: tuple[Problem, ...]
    unsettled: tuple[Unsettled, ...]


def find_same(
    table: Table, *, mapping: Mapping[str, str] | None = None, orders: Mapping[str, DayOrder] | None = None
) -> SameReading:
    """Find the rows of a table that may be of one person each.

    Args:
        table: The table.
        mapping: What somebody says of columns: heading or letter, and field.
        orders: What somebody says of the order of day and month, by field; found out where it is not said.

    Raises:
        Refused: The file has no headings, or there is no such column or field.
    """
    heading = find_heading(table, SAME_FIELDS, mapping=mapping)
    body, aside = set_apart(table, heading)
    found, unsettled = find_orders(body, heading, DATE_FIELDS, orders or {})
    rows = list(body)
    people = [_person(Cells(row, heading, found)) for row in rows]
    pairs = with_implied(likely_pairs(people), lambda place: str(rows[place].number))
    worn = worn_numbers([Known(person) for person in people]).values()
    return SameReading(
        heading=heading,
        orders=found,
        rows=len(rows),
        pairs=tuple(SamePair((rows[one].number, rows[other].number), likeness) for one, other, likeness in pairs),
        no_numbers=tuple(NoNumber(each.number, _numbers_of(rows, each.places)) for each in worn),
        aside=aside,
        unsettled=unsettled,
    )


def _numbers_of(rows: Sequence[Row], places: Iterable[int]) -> tuple[int, ...]:
    return tuple(rows[place].number for place in places)


def _person(cells: Cells) -> Person:
    said = cells.person()
    case, person = cells.text("case"), cells.text("case_person")
    numbers = (cells.text(name) for name in ("document_number", *_NUMBERS))
    return Person(
        said["family_name"],
        said["given_names"],
        said.get("own_script", ""),
        said["birth"],
        cells.text("partner_number") or (f"{case}/{person}" if case and person else ""),
        tuple(number for number in numbers if number),
        sex=said.get("sex"),
        nationality=said.get("nationality"),
        address={part: text for part in _ADDRESS if (text := cells.text(part))},
    )
