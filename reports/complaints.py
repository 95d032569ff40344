"""The register of complaints: received, answered, in time or late; never what they say (standards.md, B4)."""

from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.safeguards import days_late
from models.text import Translator
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import SMALL, Furniture, Strip, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.safeguards import ComplaintRegister


def draw(register: "ComplaintRegister", imprint: Imprint) -> bytes:
    """The register as a PDF; the same arguments give the same bytes.

    Args:
        register: The complaints of a span, in order of time.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Register of complaints")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Sealed: for who may read complaints alone"))
    count = tr.plural("{n} complaint", "{n} complaints", len(register.complaints))
    opening = [
        *parts.title(title),
        *parts.paragraph(terms.chosen(tr, imprint, count), size=SMALL),
        *_waited(register, tr),
        gap(6),
        *_counts(register, tr),
        gap(10),
    ]
    cells = texts(register, tr)
    columns = long_table.fitted(_columns(tr), cells, furniture.size.room)
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def _waited(register: "ComplaintRegister", tr: Translator) -> list[Strip]:
    """That the list tells of earlier ones too, where it begins on a day."""
    if register.first is None:
        return []
    return parts.note(tr("With those received before {day} that still waited for an answer then.", day=register.first))


def _counts(register: "ComplaintRegister", tr: Translator) -> list[Strip]:
    counts = register.counts
    return parts.figures(
        [
            parts.Row(tr("Complaints received"), [tr.number(counts["received"])]),
            parts.Row(tr("Complaints answered in time"), [tr.number(counts["in_time"])]),
            parts.Row(tr("Complaints answered late"), [tr.number(counts["late"])]),
            parts.Row(tr("Not answered at the end of {day}", day=register.last), [tr.number(counts["open"])]),
            parts.Row(tr("Of these, overdue"), [tr.number(counts["overdue"])]),
        ]
    )


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(tr("Received on")),
        PaperColumn(tr("Resident")),
        PaperColumn(tr("Answer owed by")),
        PaperColumn(tr("Answered on")),
        PaperColumn(tr("Late by")),
        PaperColumn(tr("Entered by")),
    )


def texts(register: "ComplaintRegister", tr: Translator) -> list[tuple[str, ...]]:
    """What stands in each cell of each row."""
    cells: list[tuple[str, ...]] = []
    for row in register.complaints:
        late = days_late(row.days, register.last)
        cells.append(
            (
                tr.date(row.received_on),
                row.number,
                tr.date(row.answer_by),
                tr.value(row.answered_on),
                tr.plural("{n} day", "{n} days", late) if late else "",
                row.entered_by,
            )
        )
    return cells
