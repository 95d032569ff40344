"""Which questions about a file must be answered before anything of it comes in, from what was found in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.errors import Refused
from models.exchange.answers import EVERY_COLUMN, EVERY_SHEET, LEFT_OUT, Answers
from models.exchange.aside import filled
from models.exchange.dates import DayOrder, day_order, exchanged_samples, read_date
from models.exchange.encodings import label_of
from models.exchange.headers import Heading, SourceColumn, samples
from models.exchange.heading_words import Fields
from models.exchange.meanings import Meanings, vocabulary_of
from models.exchange.questions import BELONG, DO_NOT_BELONG, OPEN, Asks, Offer, Question, option
from models.exchange.tables import Row, Source, Table
from models.rules.wording import WORDS
from models.text import Message, counted, message

_DECIDED = (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)
_SAMPLED = 500
_DIGITS = 4
"""No date has fewer: its day and its year."""
_ASKED = 40
"""So many different words of one column are asked about; a column of more is no column of words."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What a kind of file must say of each row.

    Attributes:
        fields: One of these must be there.
        asked: The one of them that is asked for.
        consequence: Why.
    """

    fields: tuple[str, ...]
    asked: str
    consequence: Message


class Asking:
    """Makes the questions about one file."""

    def __init__(self, heading: Heading, fields: Fields, rows: Sequence[Row], answers: Answers) -> None:
        """Take what was found.

        Args:
            heading: Which column holds what.
            fields: What this kind of file can have.
            rows: The rows of people.
            answers: What was said.
        """
        self.heading, self.fields, self.rows, self.answers = heading, fields, rows, answers
        self._sampled = rows[:_SAMPLED]

    def source(self, table: Table) -> Iterator[Question]:
        """What must be said of how the file was read: its letters, its sheets, whether hidden rows belong to it."""
        yield from self._encoding(table.source)
        yield from self._sheets(table.source)
        yield from self._hidden(table)

    def _encoding(self, source: Source) -> Iterator[Question]:
        if source.is_sure and not (self.answers.encoding and len(source.spellings) > 1):
            return
        yield Question(
            asks=Asks.ENCODING,
            about="encoding",
            text=message("How does the file write its letters? Choose where they read right."),
            consequence=None if self.answers.encoding else message("Nobody can tell from the file."),
            choices=tuple(
                Offer(each.encoding, label_of(each.encoding), option("--encoding", each.encoding), each.sample[:2])
                for each in source.spellings
            ),
            option="--encoding NAME",
            answer=self.answers.encoding,
            is_as_last_time="encoding" in self.answers.earlier,
        )

    def _sheets(self, source: Source) -> Iterator[Question]:
        if not source.alike and not self.answers.sheets:
            return
        rows = {each.name: each.rows for each in source.sheets}
        names = source.alike or tuple(rows)
        yield Question(
            asks=Asks.SHEET,
            about="sheet",
            text=message("Several sheets could be meant. Which one, or all?"),
            choices=(
                *(
                    Offer(
                        each,
                        counted("{sheet}: {n} row", "{sheet}: {n} rows", rows.get(each, 0), sheet=each),
                        option("--sheet", each),
                    )
                    for each in names
                ),
                Offer(EVERY_SHEET, message("All of them, one after the other"), option("--sheet", EVERY_SHEET)),
            ),
            option="--sheet NAME, --sheet all",
            answer=self.answers.sheets[0] if len(self.answers.sheets) == 1 else None,
            is_needed=not self.answers.sheets,
            is_as_last_time="sheets" in self.answers.earlier,
        )

    def _hidden(self, table: Table) -> Iterator[Question]:
        hidden = [row for row in table.rows if row.is_hidden] if table.source.hidden_rows else []
        if hidden:
            said = self.answers.hidden
            yield Question(
                asks=Asks.HIDDEN,
                about="hidden",
                text=message("The spreadsheet hides rows. Do they belong to the file?"),
                consequence=counted("{n} row is hidden.", "{n} rows are hidden.", len(hidden)),
                choices=(
                    Offer(BELONG, message("They belong to it"), option("--hidden", BELONG)),
                    Offer(DO_NOT_BELONG, message("They are set aside"), option("--hidden", DO_NOT_BELONG)),
                ),
                option=f"--hidden {BELONG}, --hidden {DO_NOT_BELONG}",
                samples=tuple(filled(row) for row in hidden[:3]),
                answer=None if said is None else BELONG if said else DO_NOT_BELONG,
                is_as_last_time="hidden" in self.answers.earlier,
            )

    def columns(self, needed: Iterable[Needed]) -> Iterator[Question]:
        """Which of several columns is meant, and which column holds what is not there."""
        for field, indexes in self.heading.candidates.items():
            label = Message(self.fields[field].label)
            holds = self.heading.by_field.get(field)
            columns = [self.heading.columns[index] for index in indexes]
            yield Question(
                asks=Asks.COLUMN,
                about=field,
                text=message("Several columns could be “{field}”. Which one is it?", field=label),
                consequence=message("What stands in the others is kept sealed."),
                choices=tuple(self._column(each, field) for each in columns),
                option=option("--map", f"COLUMN={field}"),
                answer=None if holds is None else self.heading.columns[holds].letter,
                is_as_last_time=holds is not None and self._is_earlier(self.heading.columns[holds], field),
            )
        for each in needed:
            if not any(field in self.heading.by_field or field in self.heading.candidates for field in each.fields):
                yield Question(
                    asks=Asks.COLUMN,
                    about=each.asked,
                    text=message("Which column is “{field}”?", field=Message(self.fields[each.asked].label)),
                    consequence=each.consequence,
                    choices=tuple(self._column(column, each.asked) for column in self._free(each.asked)),
                    option=option("--map", f"COLUMN={each.asked}"),
                )

    def end_of_stays(self) -> Iterator[Question]:
        """Which column ends the stays, where none is known to; that all are open is true of some files alone."""
        if "departed_on" in self.heading.by_field or "departed_on" in self.heading.candidates:
            return
        free = self._free("departed_on")
        # What was true of the last file is asked again as soon as a column has dates that could end the stays.
        is_open = self.answers.open_stays and not (free and "open_stays" in self.answers.earlier)
        would = counted("{n} stay would be open.", "All {n} stays would be open.", len(self.rows))
        yield Question(
            asks=Asks.COLUMN,
            about="departed_on",
            text=message("No column is known to end the stays. Which one does?"),
            consequence=would,
            choices=(
                Offer(OPEN, message("None: they are all open"), "--open-stays", consequence=would),
                *(self._column(column, "departed_on") for column in free),
            ),
            option=option("--map", "COLUMN=departed_on"),
            answer=OPEN if is_open else None,
            is_as_last_time=is_open and "open_stays" in self.answers.earlier,
        )

    def _free(self, field: str) -> list[SourceColumn]:
        """The columns that hold nothing that is known; for a date those in which any text has the digits of one."""
        free = [column for column in self.heading.columns if column.field is None and not column.is_left_out]
        if not field.endswith("_on"):
            return free
        return [
            column
            for column in free
            if any(sum(map(str.isdigit, row.text(column.index))) >= _DIGITS for row in self._sampled)
        ]

    def _column(self, column: SourceColumn, field: str) -> Offer:
        typed = option("--map", f"{self.heading.called(column)}={field}")
        return Offer(column.letter, column.header, typed, samples(self._sampled, column.index))

    def _is_earlier(self, column: SourceColumn, field: str) -> bool:
        return any(
            f"map:{name}" in self.answers.earlier and self.heading.named(name) == column
            for name, held in self.answers.mapping.items()
            if held == field
        )

    def orders(self, names: Iterable[str]) -> tuple[dict[str, DayOrder], list[Question]]:
        """The order of day and month in each column of dates, and the question of it where any value depends on it."""
        orders: dict[str, DayOrder] = {}
        questions: list[Question] = []
        for name in names:
            index = self.heading.by_field.get(name)
            if index is None:
                continue
            column = self.heading.columns[index]
            found = day_order(column.header, (row.text(index) for row in self.rows if index not in row.natives))
            told = self._told_order(name, column)
            if mixed := exchanged_samples(row.value(index) for row in self.rows) if found in _DECIDED else ():
                if told not in (found, DayOrder.EXCHANGED) or self._is_earlier_order(name, column):
                    told = None
                questions.append(self._exchanged(name, column, found, told, mixed))
                orders[name] = told or found
                continue
            if told is DayOrder.EXCHANGED:
                self._check_of_last_time(name, column)
                told = None
            if told is None and found is DayOrder.UNKNOWN:
                told = self.answers.orders.get(EVERY_COLUMN)
            orders[name] = told or found
            if orders[name] is not DayOrder.ANY:
                questions.append(self._order(name, column, orders[name], is_unclear=found is DayOrder.UNKNOWN))
        return orders, questions

    def _told_order(self, name: str, column: SourceColumn) -> DayOrder | None:
        return next(
            (
                order
                for each, order in self.answers.orders.items()
                if each != EVERY_COLUMN and (each == name or self.heading.named(each) == column)
            ),
            None,
        )

    def _is_earlier_order(self, name: str, column: SourceColumn) -> bool:
        """Whether the order of a column was not said of this file: each has other dates that a spreadsheet has read."""
        told = [each for each in self.answers.orders if each == name or self.heading.named(each) == column]
        return all(f"order:{each}" in self.answers.earlier for each in told)

    def _check_of_last_time(self, name: str, column: SourceColumn) -> None:
        """See that only of an earlier file it was said that dates were exchanged, where those of this cannot have been.

        Raises:
            Refused: It was said of this one, whose dates cannot have been exchanged.
        """
        if not self._is_earlier_order(name, column):
            raise Refused(
                "In the column “{column}” day and month cannot have been exchanged. Say which of them comes first.",
                field="day_order",
                column=column.header,
            )

    def _exchanged(
        self, name: str, column: SourceColumn, found: DayOrder, told: DayOrder | None, mixed: tuple[str, ...]
    ) -> Question:
        called, order = self.heading.called(column), "dmy" if found is DayOrder.DAY_FIRST else "mdy"
        return Question(
            asks=Asks.DAY_ORDER,
            about=name,
            text=message(
                "In the column “{column}” each text has a day after 12 and no date has one. Are the dates right?",
                column=column.header,
            ),
            consequence=message("A spreadsheet program does so where it takes the day for the month."),
            choices=(
                Offer(found, message("The dates are right"), option("--day-order", f"{called}={order}")),
                Offer(
                    DayOrder.EXCHANGED,
                    message("Day and month are exchanged in them"),
                    option("--day-order", f"{called}=exchanged"),
                ),
            ),
            option="--day-order COLUMN=exchanged",
            column=column.header,
            samples=mixed,
            answer=told,
        )

    def _order(self, name: str, column: SourceColumn, order: DayOrder, *, is_unclear: bool) -> Question:
        texts = dict.fromkeys(row.text(column.index) for row in self.rows if column.index not in row.natives)
        examples = ([text for text in texts if _is_unclear(text)] or _contradictory(texts)) if is_unclear else []
        called = self.heading.called(column)
        return Question(
            asks=Asks.DAY_ORDER,
            about=name,
            text=message("Does the day or the month come first in the column “{column}”?", column=column.header),
            consequence=message("Nobody can tell from the file.") if is_unclear else None,
            choices=(
                Offer(DayOrder.DAY_FIRST, message("The day comes first"), option("--day-order", f"{called}=dmy")),
                Offer(DayOrder.MONTH_FIRST, message("The month comes first"), option("--day-order", f"{called}=mdy")),
            ),
            option="--day-order dmy, --day-order mdy",
            column=column.header,
            samples=tuple(examples[:3]),
            answer=None if order is DayOrder.UNKNOWN else order,
            is_as_last_time=f"order:{name}" in self.answers.earlier,
        )

    def values(self, meanings: Meanings) -> Iterator[Question]:
        """What each word stands for that nobody knows, and those of which it was said; the most frequent first."""
        asked: dict[str, int] = {}
        counts = {place: 0 for place in meanings.told} | dict(meanings.unknown.most_common())
        for place, count in counts.items():
            field, key_ = place
            text = meanings.texts.get(place, key_)
            column = self.heading.by_field.get(field)
            asked[field] = asked.get(field, 0) + 1
            if column is None or (asked[field] > _ASKED and field != "departure_kind"):
                continue
            yield self._value(self.heading.columns[column], field, text, count, meanings.told.get(place), key_)

    def _value(self, column: SourceColumn, field: str, text: str, count: int, told: str | None, key_: str) -> Question:
        called = self.heading.called(column)
        vocabulary = vocabulary_of(field)
        words: Mapping[str, str] = (
            {} if vocabulary is None else {each.value: WORDS[vocabulary][each] for each in vocabulary}
        )
        choices = tuple(
            Offer(word, Message(label), option("--value", f"{called}:{text}={word}")) for word, label in words.items()
        )
        left = Offer(LEFT_OUT, message("Leave it as a sealed note"), option("--value", f"{called}:{text}={LEFT_OUT}"))
        return Question(
            asks=Asks.VALUE,
            about=f"{field}:{text}",
            text=message("What does this word stand for in the column “{column}”?", column=column.header),
            consequence=counted("It stands in {n} row.", "It stands in {n} rows.", count) if count else None,
            choices=(*choices, left) if choices else (),
            option=option("--value", f"{called}:{text}={'CODE' if vocabulary is None else 'WORD'}"),
            column=column.header,
            samples=(text,),
            # A stay cannot end in a way that nobody knows; a sex, a country and an answer may be left sealed.
            is_needed=field == "departure_kind",
            answer=told,
            is_as_last_time=any(
                name.startswith(f"value:{field}:") and name.endswith(f":{key_}") for name in self.answers.earlier
            ),
        )


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
