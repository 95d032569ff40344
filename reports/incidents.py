"""The register of incidents: what happened in the house, where force was used and how (standards.md, B5)."""

from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.wording import word
from models.text import Translator
from reports import entries, long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LANDSCAPE, SMALL, Furniture, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from zoneinfo import ZoneInfo

    from models.queries.safeguards import IncidentRegister, IncidentRow, NumberedIncident


def draw(register: "IncidentRegister", imprint: Imprint) -> bytes:
    """The register as a PDF; the same arguments give the same bytes.

    Args:
        register: The incidents of a span, in order of their numbers.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Register of incidents")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"), size=LANDSCAPE)
    stands = [each for each in register.incidents if each.row is not None]
    count = tr.plural("{n} incident", "{n} incidents", len(stands))
    taken_back = len(register.incidents) - len(stands)
    back = [tr.plural("{n} was taken back", "{n} were taken back", taken_back)] if taken_back else []
    opening = [
        *parts.title(title),
        *parts.paragraph(terms.chosen(tr, imprint, count, *back), size=SMALL),
        *parts.note(tr("Self-harm and injuries are sealed, and stand on no paper.")),
        gap(6),
    ]
    return long_table.draw(texts(register, tr), _columns(tr), opening=opening, furniture=furniture, tr=tr)


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    most = (
        PaperColumn(tr("Day"), 50),
        PaperColumn(tr("No."), 24, right=True),
        PaperColumn(tr("When"), 30),
        PaperColumn(tr("Kind"), 68),
        PaperColumn(tr("Programme"), 50),
        PaperColumn(tr("Place"), 70),
        PaperColumn(tr("By whom, with what and why"), 122),
        PaperColumn(tr("Concerns"), 56),
        PaperColumn(tr("Reported to"), 70),
        PaperColumn(tr("Entered by"), 64),
    )
    what = PaperColumn(tr("What happened, and what was done"), LANDSCAPE.room - sum(column.width for column in most))
    return (*most[:6], what, *most[6:])


def texts(register: "IncidentRegister", tr: Translator) -> list[tuple[str, ...]]:
    """What stands in each cell of each row."""
    return [_row(each, register.zone, tr) for each in register.incidents]


def _row(each: "NumberedIncident", zone: "ZoneInfo", tr: Translator) -> tuple[str, ...]:
    number, row = (tr.date(each.on), str(each.number)), each.row
    if row is None:
        return (*number, "", "", "", "", tr("It was taken back."), "", "", "", "")
    at = row.happened.at
    told = "" if row.told is None else entries.moment(tr, zone, row.told)
    return (
        *number,
        "" if at is None else f"{at.astimezone(zone):%H:%M}",
        tr.render(word(row.kind)),
        row.programme,
        row.place,
        row.what,
        _force(row, tr),
        tr.join([person.number for person in row.concerned]),
        tr.join([part for part in (row.told_whom, told) if part]),
        tr.join([row.entered_by, tr.date(row.entered_at.astimezone(zone).date())]),
    )


def _force(row: "IncidentRow", tr: Translator) -> str:
    """By whom, with what and why, as far as that is said."""
    said = (
        tr("By whom: {what}", what=row.by_whom) if row.by_whom else "",
        tr("With what: {what}", what=row.means) if row.means else "",
        tr("Why: {what}", what=row.why) if row.why else "",
    )
    return " · ".join(each for each in said if each)
