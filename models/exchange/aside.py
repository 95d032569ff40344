"""Which rows of a file are nobody's: titles, totals, footnotes and repeated headings. None of them goes unsaid."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from models.exchange.countries import read_country
from models.exchange.dates import read_decimal, western_digits
from models.exchange.fields import date_columns
from models.exchange.headers import Heading, is_heading_again
from models.exchange.heading_words import Headings
from models.exchange.problems import Problem
from models.exchange.tables import Row, Table
from models.exchange.values import is_total, read_sex
from models.rules.fields import CANDIDATE, PERSON
from models.text import N_, Message, counted, message

_NAMES = frozenset({"family_name", "given_names", "full_name", "own_script"})
_OWN = frozenset(
    {"person_id", "stay_id", "partner_number", "case", "case_person", "document_number", "age", "age_on_arrival",
     "arrived_on", "arrived_time", "departed_on", "departed_time", *date_columns(*PERSON, *CANDIDATE)}
)  # fmt: skip
"""Numbers, births and dates: a row that has one is of somebody."""
_SUM = Message(N_("It is a total: its numbers add up."))
_NUMBERS = frozenset({"person_id", "stay_id", "partner_number", "case", "case_person", "document_number"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_REMARK = re.compile(r"[*†(]|[^:]*[^\W\d_]{2}:(?:\s|$)|(?:\S+\s+){4}\S")
"""What stands in the column of numbers and is none: it has a mark of a footnote, a colon, or is a sentence."""
_PAGE = re.compile(
    r"(?:page|faqe|faqja|strana|str\.|страна|side)\s*\d+(?:\s*(?:/|of|nga|od|af|од)\s*\d+)?", re.IGNORECASE
)
_SIGNED = re.compile(r"[^\d:]{3,60}:\s*[^:]*|[_.…]{4,}|\s*")
"""`Prepared by: A. B.`, `Signature: ____`"""
_NUMBER = re.compile(r"\d(?:[\d.,' ]*\d)?")


def set_apart(table: Table, heading: Heading, known: Headings) -> tuple[list[Row], tuple[Problem, ...]]:
    """The rows that are of somebody, and those that are nobody's, both in the order of the file.

    Raises:
        Refused: There are two tables with headings of their own.
    """
    people = _People(heading)
    aside: list[Problem] = []
    for row in table.rows:
        if row.number == heading.row_number:
            continue
        is_sum = row.number > heading.row_number and people.are_summed_up_in(row)
        why = _SUM if is_sum else _nobodys(row, heading, known)
        if why is None:
            people.rows.append(row.thin(people.texts))
        else:
            aside.append(Problem(row.number, None, filled(row), why))
            people.group = len(people.rows) if is_sum else people.group
    return people.rows, tuple(aside)


def say_aside(aside: Sequence[Problem]) -> Message:
    """How many rows were set aside."""
    return counted(
        "{n} row is nobody's and was set aside: a title, a total, a footnote or a repeated heading.",
        "{n} rows are nobody's and were set aside: titles, totals, footnotes or repeated headings.",
        len(aside),
    )


def filled(row: Row) -> str:
    """What stands in a row, as it is named where nothing is made of it."""
    return " | ".join(text for _, text in _filled(row))


def is_wrong_total(row: Row) -> bool:
    """Whether a row that was not set apart begins as a total does: it may be one that does not add up."""
    return _label(_filled(row)[0][1]) is not None


def _nobodys(row: Row, heading: Heading, known: Headings) -> Message | None:
    """Why a row is nobody's, where it is no total; None where it is of somebody."""
    if row.number < heading.row_number:
        return message("It stands above the headings.")
    if is_heading_again(row, heading, known):
        return message("It repeats the headings.")
    if _is_footnote(row, heading):
        return message("It is one text that is no name: a title or a footnote.")
    cells = [text for _, text in _filled(row)]
    if len(cells) > 1 and all(_SIGNED.fullmatch(text) and _label(text) is None for text in cells):
        return message("It is for names and signatures of those who made the file.")
    return None


def _is_footnote(row: Row, heading: Heading) -> bool:
    """Whether a row is one text that is neither a name nor a fact of anybody. A name alone is a person."""
    (index, text), *more = _filled(row)
    field = heading.columns[index].field
    if more or _label(text):
        return False
    if field in _OWN:
        is_remark = bool(_REMARK.match(text)) and len(_WORD.findall(text)) > 1
        is_group = bool(read_country(text) or read_sex(text))
        return field in _NUMBERS and (is_remark or is_group or bool(_PAGE.fullmatch(text)))
    return field not in _NAMES or any(sign.isdecimal() for sign in text)


class _People:
    """The rows of people so far, and what each column has in them."""

    def __init__(self, heading: Heading) -> None:
        self.heading = heading
        self.rows: list[Row] = []
        self.texts: dict[str, str] = {}
        self.group = 0
        """Where the people begin whom a subtotal counts."""
        self._sums: dict[int, list[tuple[int, Decimal]]] = defaultdict(lambda: [(0, Decimal())])

    def are_summed_up_in(self, row: Row) -> bool:
        """Whether a row counts or sums up some rows: it says nothing of anybody, and its numbers add up."""
        (_, first), *cells = _filled(row)
        label = _label(first)
        if label is None or not (label or cells):
            return False
        if any(self.heading.columns[index].field in _OWN for index, _ in cells):
            return False
        return any(
            (not label or int(label) == len(self.rows) - begin)
            and all(self._adds_up(row, index, begin) for index, _ in cells)
            for begin in (0, self.group)
        )

    def _adds_up(self, row: Row, index: int, begin: int) -> bool:
        """Whether a number is how many rows there are, how many have something in its column, or the sum of it."""
        sums = self._sums[index]
        for each in self.rows[len(sums) - 1 :]:
            value, (filled, total) = each.value(index), sums[-1]
            number = read_decimal(value)
            sums.append((filled + (value != ""), total + (number if isinstance(number, Decimal) else 0)))
        filled, total = sums[-1][0] - sums[begin][0], sums[-1][1] - sums[begin][1]
        return read_decimal(row.value(index)) in (len(self.rows) - begin, filled, total)


def _label(text: str) -> str | None:
    """The digits that the words of a total are followed by; empty where they stand alone, None where it is no total.

    They are 64 in `Total: 64. The list replaces the one of June.`
    """
    found = _NUMBER.search(western_digits(text))
    if not _is_total(text if found is None else text[: found.start()]):
        return None
    return "" if found is None else re.sub(r"\D", "", found[0])


def _is_total(text: str) -> bool:
    """Whether a text stands before a total, of all or of a group: `Total Afghanistan`, `Syria Total`, `Ukupno žene`."""
    first, _, behind = text.strip().partition(" ")
    before, _, last = text.strip().rpartition(" ")
    groups = [group for word, group in ((first, behind), (last, before)) if is_total(word)]
    return is_total(text) or any(read_country(group) or read_sex(group) for group in groups)


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(index, text) for index, cell in enumerate(row.cells) if (text := cell.strip())]
