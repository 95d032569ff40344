"""The annex of a monthly report by name: for the partner, where the agreement cites the legal ground to name people."""

from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.text import Translator, pgettext
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import GREY, LEFT, RIGHT, SMALL, Furniture, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.named_annex import NamedAnnex, NamedRow


def draw(annex: "NamedAnnex", imprint: Imprint) -> bytes:
    """The annex as a PDF; the same arguments give the same bytes."""
    tr, heading = terms.translator_of(imprint.language), annex.figures.heading
    title = tr("Annex by name")
    report = tr("Report {programme} / {number}", programme=heading.programme, number=annex.number)
    furniture = Furniture.of(
        imprint,
        tr,
        title=" ".join((title, report)),
        head_right=[title, report],
        discloses=tr("Personal data: keep it locked"),
    )
    people = tr.plural("{n} person", "{n} people", len(annex.rows))
    total = sum(row.counted for row in annex.rows)
    nights = tr("counted by the rule of this agreement: {n}", n=total)
    month = tr("Goes with the monthly report of {month}.", month=tr.month(annex.figures.month.first))
    names = tr(
        "Numbers, days and counts are those of the report; names are as the register has them on {day}.",
        day=annex.today,
    )
    opening = [
        *parts.title(title),
        *parts.paragraph(f"{month} {people}; {nights}."),
        *parts.paragraph(tr("Legal ground to name people: {ground}", ground=tr(annex.ground))),
        *parts.paragraph(names, size=SMALL, colour=GREY),
        gap(8),
    ]
    cells = [_cells(row, tr) for row in annex.rows]
    return long_table.draw(cells, _columns(tr), opening=opening, furniture=furniture, tr=tr)


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(tr("Number"), 52),
        PaperColumn(tr("Number with the partner"), 92),
        PaperColumn(tr("Name"), RIGHT - LEFT - 382),
        PaperColumn(tr("Born"), 66),
        PaperColumn(tr(pgettext("date", "Arrived")), 60),
        PaperColumn(tr(pgettext("date", "Departed")), 60),
        PaperColumn(tr("Counted"), 52, right=True),
    )


def _cells(row: "NamedRow", tr: Translator) -> tuple[str, ...]:
    return (
        row.number,
        ", ".join(row.partner_numbers),
        tr("not in the register any more") if row.name is None else row.name or tr("Not known"),
        "" if row.birth is None else terms.birth(tr, row.birth),
        tr.date(row.arrived_on),
        tr.value(row.departed_on),
        tr.number(row.counted),
    )
