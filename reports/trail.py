"""The trail for an inspector: who did what, to whom and when, and whether it was whole when this was printed."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.rules.papers import Imprint
from models.text import Translator
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LANDSCAPE, SMALL, Furniture

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.trail import TrailPaper, TrailRow


def draw(trail: "TrailPaper", imprint: Imprint) -> bytes:
    """The trail as a PDF; the same arguments give the same bytes.

    Args:
        trail: The entries, and whether the whole of it was verified.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    cells = [_told(entry, trail.zone, tr) for entry in trail.entries]
    title = tr("Trail")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"), size=LANDSCAPE)
    count = tr.plural("{n} entry", "{n} entries", len(cells))
    found = trail.verified
    if found.problem is None:
        whole = tr.plural(
            "The whole trail of {n} entry was verified when this was printed, and fits. Its last hash is {hash}.",
            "The whole trail of {n} entries was verified when this was printed, and fits. Its last hash is {hash}.",
            found.entries,
            hash=found.head,
        )
    else:
        whole = tr("The trail was verified when this was printed, and does not fit: {problem}", problem=found.problem)
    opening = [
        *parts.title(title),
        *parts.paragraph(terms.chosen(tr, imprint, count), size=SMALL),
        *parts.paragraph(whole, size=SMALL),
    ]
    columns = (
        PaperColumn(tr("No."), 34),
        PaperColumn(tr("When"), 78),
        PaperColumn(tr("Who"), 74),
        PaperColumn(tr("What"), 130),
        PaperColumn(tr("About"), 110),
        PaperColumn(tr("Details"), LANDSCAPE.room - 426),
    )
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def _told(entry: "TrailRow", zone: ZoneInfo, tr: Translator) -> tuple[str, ...]:
    """An entry in the reader's words."""
    details = " · ".join(terms.detail(tr, each) for each in entry.details if not each.stays)
    return str(entry.id), tr.value(entry.at.astimezone(zone)), entry.user, tr.render(entry.what), entry.whom, details
