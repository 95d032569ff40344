"""A list of the window on paper: its columns as they are shown, its filter in words, across the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.papers import Imprint
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LANDSCAPE, SMALL, Furniture

_LEAST = 34.0
"""No column is narrower, in points."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the window shows.

    Attributes:
        title: What the list holds, in the reader's language.
        columns: The title of each column, how wide it is beside the others, and whether its words stand to the right.
        rows: The words of each cell.
    """

    title: str
    columns: Sequence[tuple[str, float, bool]]
    rows: Sequence[tuple[str, ...]]


def draw(listed: Listed, imprint: Imprint) -> bytes:
    """The list as a PDF; the same arguments give the same bytes.

    Args:
        listed: What it shows, in the language of the imprint.
        imprint: What stands on every paper; what was chosen is the filter, in words.
    """
    tr = terms.translator_of(imprint.language)
    furniture = Furniture.of(
        imprint, tr, title=listed.title, discloses=tr("Personal data: keep it locked"), size=LANDSCAPE
    )
    count = tr.plural("{n} row", "{n} rows", len(listed.rows))
    opening = parts.title(listed.title) + parts.paragraph(terms.chosen(tr, imprint, count), size=SMALL)
    return long_table.draw(listed.rows, _columns(listed), opening=opening, furniture=furniture, tr=tr)


def _columns(listed: Listed) -> list[PaperColumn]:
    """As wide beside each other as on the screen, all of the page together."""
    whole = sum(width for _title, width, _right in listed.columns) or 1.0
    spare = LANDSCAPE.room - _LEAST * len(listed.columns)
    return [
        PaperColumn(title, _LEAST + max(spare, 0.0) * width / whole, right) for title, width, right in listed.columns
    ]
