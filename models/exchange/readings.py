"""What is known of a file once it was read, whatever its rows are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.exchange.dates import DayOrder, day_order, read_date
from models.exchange.headers import Heading
from models.exchange.problems import Problem, Unsettled
from models.exchange.tables import Row, Source
from models.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """A file as far as it was understood.

    Attributes:
        source: How the file was read.
        heading: Which column holds what.
        orders: Whether the day or the month is first, by field.
        unsettled: Columns for which the order of day and month must be told.
        aside: Rows that are nobody's: titles, totals, footnotes, repeated headings.
    """

    source: Source
    heading: Heading
    orders: Mapping[str, DayOrder]
    unsettled: tuple[Unsettled, ...]
    aside: tuple[Problem, ...]


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
