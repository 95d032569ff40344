"""What is known of a file once it was read, whatever its rows are."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.exchange.aside import Aside
from models.exchange.dates import DayOrder
from models.exchange.headers import Heading
from models.exchange.problems import Unsettled
from models.exchange.tables import Source


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
    aside: tuple[Aside, ...]
