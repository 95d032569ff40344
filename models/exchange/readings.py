"""What is known of a file once it was read, whatever its rows are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from models.exchange.answers import Answers
from models.exchange.aside import filled, set_apart
from models.exchange.asking import Asking, Needed
from models.exchange.clocks import zone_in
from models.exchange.dates import DayOrder, exchanged
from models.exchange.headers import OWN_COLUMN, Heading, check_above, find_heading
from models.exchange.heading_words import Fields, Headings
from models.exchange.idle_answers import idle
from models.exchange.meanings import Meanings
from models.exchange.opening import shape_of
from models.exchange.problems import Problem
from models.exchange.questions import Question
from models.exchange.tables import Row, Source, Table
from models.rules.fields import REMARKS
from models.text import Message, counted, message

_SEALED = (None, "age", *(field.column for field in REMARKS))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """A file as far as it was understood.

    Attributes:
        source: How the file was read.
        heading: Which column holds what.
        answers: What was said of it.
        orders: Whether the day or the month is first, by field.
        questions: What is asked of it, answered or not.
        aside: Rows that are nobody's, and why: titles, totals, footnotes, repeated headings, hidden rows.
        rows: The numbers of all rows that were read, not that of the headings.
        shape: By what the next file of the same kind is known.
        meanings: What was said of words, by field and folded text.
        idle: What was said of the file and changes nothing.
    """

    source: Source
    heading: Heading
    answers: Answers
    orders: Mapping[str, DayOrder]
    questions: tuple[Question, ...]
    aside: tuple[Problem, ...]
    rows: tuple[int, ...]
    shape: str
    meanings: Mapping[tuple[str, str], str]
    idle: tuple[Message, ...] = ()

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What must be answered before anything of it comes in."""
        return tuple(question for question in self.questions if question.is_open)

    @property
    def said(self) -> tuple[Message, ...]:
        """What to know of the file as a whole: its sheets, what is hidden in it, what it lost before it came."""
        return (*_said(self.source, self.heading, self.answers), *_zones(self.heading), *self.idle)

    @property
    def sealed_columns(self) -> tuple[str, ...]:
        """The headings of the columns of which what stands there is kept sealed: no field is known, or a sealed one."""
        return tuple(
            column.header
            for column in self.heading.columns
            if column.field in _SEALED and not column.is_left_out and not column.header.startswith(OWN_COLUMN)
        )


R = TypeVar("R", bound=FileReading)


class Begun:
    """A file as both kinds of reading begin with it.

    Attributes:
        heading: Which column holds what.
        body: The rows of people, as long as they were not taken.
        orders: Whether the day or the month is first, by field.
        meanings: What its words stand for.
        is_readable: Whether it is known which column holds what every row must say.
    """

    def __init__(
        self,
        table: Table,
        fields: Fields,
        answers: Answers,
        *,
        needed: Sequence[Needed],
        dates: Iterable[str],
        least: int,
        ends: bool,
    ) -> None:
        """Find the headings, the rows of people, and what must be asked.

        Args:
            table: The table.
            fields: What this kind of file can have.
            answers: What was said of it.
            needed: What it must have.
            dates: The fields that are dates.
            least: How many headings must be known for a row to be surely one of headings.
            ends: Whether its rows have an end, which must be asked for where no column is known to hold it.

        Raises:
            Refused: What was said names what does not exist.
        """
        self.answers = answers
        self.heading = find_heading(table, fields, answers, least=least)
        shown, hidden = _without_hidden(table, self.heading, answers)
        known = Headings(fields)
        if answers.heading_row is None:
            check_above(shown.rows, self.heading, known)
        self.body, aside = set_apart(shown, self.heading, known)
        self.aside = tuple(sorted((*hidden, *aside), key=lambda each: each.row_number))
        numbers = [row.number for row in self.body] + [each.row_number for each in self.aside]
        self._rows = tuple(sorted(numbers))  # the file itself is not read once more for them
        self._source = table.source
        self._shape = shape_of(table, self.heading.row_number)
        self.meanings = Meanings(self.heading, answers)
        self.meanings.find_codes(self.heading, self.body)
        self._asking = Asking(self.heading, fields, self.body, answers)
        columns = tuple(chain(self._asking.columns(needed), self._asking.end_of_stays() if ends else ()))
        self.is_readable = not any(question.is_open and question.about != "departed_on" for question in columns)
        self.orders, orders = self._asking.orders(dates)
        for name, order in self.orders.items():
            if order is DayOrder.EXCHANGED:
                self.body[:] = [_exchanged(row, self.heading.by_field[name]) for row in self.body]
        self._questions = (*self._asking.source(table), *columns, *orders)

    def rows(self) -> Iterator[Row]:
        """The rows of people, each let go of once it is taken: they may be hundreds of thousands."""
        self.body.reverse()
        while self.is_readable and self.body:
            yield self.body.pop()

    def reading(self, kind: type[R], **rows: Any) -> R:  # noqa: ANN401 - what this kind of reading has besides
        """The reading, once its rows were read."""
        unmet = self.meanings.unmet if self.is_readable else ()
        return kind(
            source=self._source,
            heading=self.heading,
            answers=self.answers,
            orders=self.orders,
            questions=(*self._questions, *self._asking.values(self.meanings)),
            aside=self.aside,
            rows=self._rows,
            shape=self._shape,
            meanings=dict(self.meanings.told),
            idle=tuple(idle(self.answers, self._source, self.heading, self.orders, unmet)),
            **rows,
        )


def _exchanged(row: Row, index: int) -> Row:
    """A row with the day for the month in a date of it."""
    said = exchanged(row.value(index))
    natives = row.natives if isinstance(said, str) else {**row.natives, index: said}
    return replace(row, cells=(*row.cells[:index], str(said), *row.cells[index + 1 :]), natives=natives)


_NAMED = 20
"""How many rows are named in one sentence."""
_WITH_TIMES = ("arrived_on", "arrived_time", "departed_on", "departed_time")


def _zones(heading: Heading) -> Iterator[Message]:
    """That times are not local, where a heading says so."""
    for column in heading.columns:
        if column.field in _WITH_TIMES and (zone := zone_in(column.header)):
            yield message(
                "The times under “{column}” are those of {zone}, as it says, and are turned into local ones.",
                column=column.header,
                zone=zone[0],
            )


def _said(source: Source, heading: Heading, answers: Answers) -> Iterator[Message]:
    if answers.earlier:
        yield message("Read as the last file of this shape from this programme. Change what is not right.")
    if heading.row_number == 0:
        yield message("The file has no headings: its columns are told by letter.")
    for part in source.parts[1:]:
        first, counted_as = 2, part.begin + 2
        yield message(
            "Row {row} of the sheet “{sheet}” is counted as row {n}.", row=first, sheet=part.name, n=counted_as
        )
    shut = [each.name for each in source.sheets if each.is_hidden and each.name in source.other_sheets]
    for name in shut:
        yield message("The sheet “{sheet}” is hidden in the spreadsheet, and is not read.", sheet=name)
    if left := [name for name in source.other_sheets if name not in shut]:
        yield message("Of the file the sheet “{sheet}” is read; not read: {others}.", sheet=source.sheet,
                      others=", ".join(left))  # fmt: skip
    if hidden := [heading.columns[index].header for index in source.hidden_columns if index < len(heading.columns)]:
        yield message("The spreadsheet hides columns, which are read as well: {columns}.", columns=", ".join(hidden))
    if source.merged:
        yield counted(
            "{n} merged cell holds for all that it spans.",
            "{n} merged cells hold for all that they span.",
            source.merged,
        )
    yield from _seen_alone(source)
    if source.damaged:
        yield counted(
            "{n} number has lost its last digits in the spreadsheet. Ask for it as text.",
            "{n} numbers have lost their last digits in the spreadsheet. Ask for them as text.",
            source.damaged,
        )
    if source.lost_letters:
        yield counted(
            "{n} letter was lost before the file came. Ask for the file anew, or put it right by hand.",
            "{n} letters were lost before the file came. Ask for the file anew, or put them right by hand.",
            source.lost_letters,
        )
    if source.is_1904:
        yield message("The days of this workbook count from 1904, and are read so.")


def _seen_alone(source: Source) -> Iterator[Message]:
    """What whoever looks at the spreadsheet sees, and is in no value: rows that are struck out, comments."""
    if rows := source.struck_rows:
        yield counted(
            "{n} row is struck out in the spreadsheet, and read as the others: {rows}. Take it out there if it does "
            "not hold.",
            "{n} rows are struck out in the spreadsheet, and read as the others: {rows}. Take out there what does not "
            "hold.",
            len(rows),
            rows=", ".join([*map(str, rows[:_NAMED]), *(["…"] if len(rows) > _NAMED else [])]),
        )
    if source.comments:
        yield counted(
            "{n} comment on a cell is not read. Look at it in the spreadsheet.",
            "{n} comments on cells are not read. Look at them in the spreadsheet.",
            source.comments,
        )


def _without_hidden(table: Table, heading: Heading, answers: Answers) -> tuple[Table, list[Problem]]:
    """The table without its hidden rows, where somebody said that they do not belong to it; and these."""
    if answers.hidden is not False:
        return table, []
    hidden = [row for row in table.rows if row.is_hidden and row.number != heading.row_number]
    why = message("The spreadsheet hides this row, and it was said that hidden rows do not belong to the file.")
    shown = [row for row in table.rows if not row.is_hidden or row.number == heading.row_number]
    return replace(table, rows=tuple(shown)), [Problem(row.number, None, filled(row), why) for row in hidden]
