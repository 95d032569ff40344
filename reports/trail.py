"""The trail for an inspector: who did what, to whom and when, and whether it was whole when this was printed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from models.errors import Refused
from models.text import Message
from reports import long_table, parts, terms
from reports import type as lettering
from reports.long_table import PaperColumn
from reports.page import LEFT, RIGHT, SMALL, Furniture


class Line(NamedTuple):
    """An entry in the reader's words."""

    when: str
    who: str
    what: str
    whom: str
    details: str


def draw(
    entries: Iterable[Line],
    *,
    language: str,
    facility: str,
    letterhead: str = "",
    shown: str = "",
    verified: int,
    problem: Message | None,
    trail_head: str,
    printed_by: str,
    printed_at: datetime,
) -> bytes:
    """The trail as a PDF; the same arguments give the same bytes.

    What somebody typed stands there whatever it is: letters that no font has are written by their numbers.

    Args:
        entries: In the order in which they are to stand.
        language: One of `models.text.LANGUAGES`.
        facility: The name of the facility.
        letterhead: The lines of the authority above it.
        shown: What is shown of the trail, in the reader's words.
        verified: How many entries were walked.
        problem: Why the trail does not fit; None where all of it does.
        trail_head: The hash of the last entry, in hexadecimal.
        printed_by: The name of who printed it.
        printed_at: When, in the facility's time zone.
    """
    tr = terms.translator_of(language)
    cells = [tuple(map(_drawable, line)) for line in entries]
    title = tr("Trail")
    furniture = Furniture(
        title=title,
        author=facility,
        head_left=[line for line in (*letterhead.splitlines(), facility) if line.strip()],
        head_right=[title],
        foot_left=terms.register_head(tr, trail_head),
        foot_centre=tr("Personal data: keep it locked"),
        foot_below=terms.printed(tr, printed_by, printed_at),
    )
    count = tr.plural("{n} entry", "{n} entries", len(cells))
    if problem is None:
        whole = tr.plural(
            "The whole trail of {n} entry was verified when this was printed, and fits. Its last hash is {hash}.",
            "The whole trail of {n} entries was verified when this was printed, and fits. Its last hash is {hash}.",
            verified,
            hash=trail_head,
        )
    else:
        whole = tr("The trail was verified when this was printed, and does not fit: {problem}", problem=problem)
    opening = [
        *parts.title(title),
        *parts.paragraph(" · ".join(text for text in (shown, count) if text), size=SMALL),
        *parts.paragraph(whole, size=SMALL),
    ]
    columns = (
        PaperColumn(tr("When"), 78),
        PaperColumn(tr("Who"), 74),
        PaperColumn(tr("What"), 108),
        PaperColumn(tr("About"), 92),
        PaperColumn(tr("Details"), RIGHT - LEFT - 352),
    )
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def _drawable(text: str) -> str:
    """A text with the numbers of those letters that no font has."""
    try:
        lettering.set_line(text)
    except Refused:
        return "".join(letter if _has_shape(letter) else f"[U+{ord(letter):04X}]" for letter in text)
    return text


def _has_shape(letter: str) -> bool:
    try:
        lettering.set_line(letter)
    except Refused:
        return False
    return True
