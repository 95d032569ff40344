"""What a question about a file is: samples, consequences, and the way to answer; `asking` decides what is asked."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from models.errors import Refused
from models.exchange.answers import Answers
from models.exchange.dates import DayOrder
from models.text import Message

OPEN = "open"
"""The answer that all stays are open."""
BELONG, DO_NOT_BELONG = "include", "leave"
"""The answers whether hidden rows belong to the file."""


class Asks(StrEnum):
    """What a question is about."""

    ENCODING = "encoding"
    SHEET = "sheet"
    HIDDEN = "hidden"
    COLUMN = "column"
    DAY_ORDER = "day_order"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the answers to a question.

    Attributes:
        value: What is answered.
        label: How it is called.
        option: What is typed on the command line for it.
        samples: What stands in the file that speaks for it.
        consequence: What follows from it.
    """

    value: str
    label: str | Message
    option: str
    samples: tuple[str, ...] = ()
    consequence: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question about a file.

    Attributes:
        asks: What it is about.
        about: The field; for a value `field:text`.
        text: What is asked; it repeats nothing that stands in a cell.
        consequence: What follows if nobody says it, or what to know.
        choices: What can be answered; none where any country can.
        option: What is typed on the command line to answer it.
        column: The heading of the column.
        samples: Some of what stands there.
        is_needed: Whether nothing of the file comes in without an answer.
        answer: What was answered, or found out.
        is_as_last_time: Whether it was answered of an earlier file of this shape.
    """

    asks: Asks
    about: str
    text: Message
    choices: tuple[Offer, ...]
    option: str
    consequence: Message | None = None
    column: str = ""
    samples: tuple[str, ...] = ()
    is_needed: bool = True
    answer: str | None = None
    is_as_last_time: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it must be answered before anything comes in."""
        return self.is_needed and self.answer is None


def answered(answers: Answers, question: Question, value: str) -> Answers:
    """The answers with one more.

    Args:
        answers: What was said so far.
        question: What is answered.
        value: Of the choice; a code of a country where the question has none.
    """
    match question.asks:
        case Asks.ENCODING:
            return replace(answers, encoding=value)
        case Asks.SHEET:
            return replace(answers, sheets=(value,), heading_row=None, mapping={}, orders={})
        case Asks.HIDDEN:
            return replace(answers, hidden=value == BELONG)
        case Asks.COLUMN if value == OPEN:
            return replace(answers, open_stays=True)
        case Asks.COLUMN:
            others = {column: held for column, held in answers.mapping.items() if held != question.about}
            return replace(answers, mapping={**others, value: question.about}, open_stays=False)
        case Asks.DAY_ORDER:
            return replace(answers, orders={**answers.orders, question.about: DayOrder(value)})
        case Asks.VALUE:
            return replace(answers, values={**answers.values, question.about: value})


def refuse_unanswered(questions: Iterable[Question]) -> None:
    """Refuse a file about which something must be said first.

    Raises:
        Refused: With each question and what answers it.
    """
    asked = tuple(question for question in questions if question.is_open)
    if asked:
        raise Refused(
            "Something must be said of the file first.",
            field="file",
            reasons=tuple({repr(each.text): each.text for each in asked}.values()),
        )


def option(name: str, value: str) -> str:
    """An option of the command line as it is typed."""
    return f"{name} {shlex.quote(value)}"
