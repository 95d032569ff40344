"""Who stands in a file more than once: any table of people, whether Konak brings such files in or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from models.exchange.answers import Answers
from models.exchange.asking import Needed
from models.exchange.cells import Cells
from models.exchange.fields import LIST_FIELDS
from models.exchange.heading_words import Fields, FieldWords
from models.exchange.lists_file import DATE_FIELDS
from models.exchange.questions import Asks, Question
from models.exchange.readings import Begun, FileReading
from models.exchange.tables import Row, Table
from models.rules import headings as h
from models.rules.likeness import Known, Likeness, Person
from models.rules.namesakes import Fit, name_fit
from models.rules.numbers import number_key
from models.rules.pairs import likely_pairs, with_implied, worn_numbers
from models.rules.residents import PERSON_SAID
from models.text import N_, message

_ADDRESS = {
    "house": FieldWords(N_("Address: house"), h.HOUSE),
    "street": FieldWords(N_("Address: street"), h.STREET),
    "building": FieldWords(N_("Address: building"), h.BUILDING),
    "town": FieldWords(N_("Address: town"), h.TOWN),
    "postcode": FieldWords(N_("Address: postcode"), h.POSTCODE),
    "region": FieldWords(N_("Address: region"), h.REGION),
}
_NUMBERS = {"further_number": FieldWords(N_("A further number of the person"), h.FURTHER_NUMBER)}
_OF_THE_PERSON = {
    *(field.column for field in PERSON_SAID),
    *("birth_month", "birth_day"),
    *("full_name", "middle_names", "second_family_name", "partner_number", "case", "case_person", "document_number"),
}
SAME_FIELDS: Fields = MappingProxyType(
    {name: words for name, words in LIST_FIELDS.items() if name in _OF_THE_PERSON} | _NUMBERS | _ADDRESS
)
"""What tells one person from another, of all that lists have, and an address, which they do not."""
_DATES = tuple(name for name in DATE_FIELDS if name in SAME_FIELDS)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SameReading(FileReading):
    """What was found in a file.

    Attributes:
        compared: How many rows were compared.
    """

    compared: int
    pairs: tuple[SamePair, ...]
    no_numbers: tuple[NoNumber, ...]

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What must be answered first; a word that is not understood keeps nobody from being compared."""
        return tuple(each for each in self.questions if each.is_open and each.asks is not Asks.VALUE)


_NEEDED = (
    Needed(
        (
            "family_name",
            "given_names",
            "full_name",
            "own_script",
            "partner_number",
            "document_number",
            "further_number",
        ),
        "full_name",
        message("Without a name or a number nothing says who stands in the file."),
    ),
)


def find_same(table: Table, *, answers: Answers | None = None) -> SameReading:
    """Find the rows of a table that may be of one person each.

    Args:
        table: The table.
        answers: What was said of the file; what is not said is found out, or asked.

    Raises:
        Refused: What was said names what does not exist.
    """
    begun = Begun(table, SAME_FIELDS, answers or Answers(), needed=_NEEDED, dates=_DATES, least=2, ends=False)
    rows = list(begun.body) if begun.is_readable else []
    people = _without_families(_person(Cells(row, begun.heading, begun.orders, begun.meanings)) for row in rows)
    pairs = with_implied(likely_pairs(people), lambda place: str(rows[place].number))
    worn = worn_numbers([Known(person) for person in people]).values()
    return begun.reading(
        SameReading,
        compared=len(rows),
        pairs=tuple(SamePair((rows[one].number, rows[other].number), likeness) for one, other, likeness in pairs),
        no_numbers=tuple(NoNumber(each.number, _numbers_of(rows, each.places)) for each in worn),
    )


def _without_families(people: Iterable[Person]) -> list[Person]:
    """The people, without the case number of those who share it with other names: it is of a family."""
    listed = list(people)
    first: dict[str, Known] = {}
    families: set[str] = set()
    for person in listed:
        if case := number_key(person.partner_number):
            head, known = first.setdefault(case, Known(person)), Known(person)
            if name_fit(head.names, known.names).fit is Fit.NOT:
                families.add(case)
    return [
        replace(person, partner_number="") if number_key(person.partner_number) in families else person
        for person in listed
    ]


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
