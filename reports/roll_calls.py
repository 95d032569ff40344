"""The register of counts: when the house was counted, by whom and with what result (standards.md, B9)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.rules.papers import Imprint
from models.rules.vocabulary import RollStanding
from models.rules.wording import word
from models.text import Translator
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LANDSCAPE, SMALL, Furniture

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.roll_calls import CallRow, Correction, Register


def draw(register: "Register", imprint: Imprint) -> bytes:
    """The register as a PDF; the same arguments give the same bytes.

    Args:
        register: The roll calls of a span, in order of time.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Register of counts")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"), size=LANDSCAPE)
    count = tr.plural("{n} roll call", "{n} roll calls", len(register.rows))
    opening = parts.title(title) + parts.paragraph(terms.chosen(tr, imprint, count), size=SMALL)
    cells = texts(register, tr)
    columns = long_table.fitted(_columns(tr), cells, LANDSCAPE.room)
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    said = (PaperColumn(tr("Counted")), PaperColumn(tr("Held for")), PaperColumn(tr("Counted by")))
    names = ("On the roll", "Away", "Expected", "Counted", "Missing", "Unexpected")
    figures = tuple(PaperColumn(tr(name), right=True) for name in names)
    return (*said, *figures, PaperColumn(tr("Result, and what was done")), PaperColumn(tr("Signed by")))


def texts(register: "Register", tr: Translator) -> list[tuple[str, ...]]:
    """What stands in each cell of each row."""
    return [_row(row, register, tr) for row in register.rows]


def _row(row: "CallRow", register: "Register", tr: Translator) -> tuple[str, ...]:
    zone = register.zone
    due = "" if row.due_at is None else _clock(row.due_at, zone)
    figures = (row.on_roll, row.away, row.expected, row.counted, row.missing, row.unexpected)
    result = _result(row, register.answers.get(row.id, ()), register.corrections.get(row.id, ()), zone, tr)
    return (
        _span(row, zone, tr),
        due,
        ", ".join(map(str, row.counters)),
        *("" if figure is None else tr.number(figure) for figure in figures),
        " ".join(result),
        row.closed_by,
    )


def _span(row: "CallRow", zone: ZoneInfo, tr: Translator) -> str:
    began = f"{tr.date(row.began_at.astimezone(zone).date())} {_clock(row.began_at, zone)}"
    return began if row.ended_at is None else f"{began}–{_clock(row.ended_at, zone)}"


def _clock(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%H:%M}"


def _result(
    row: "CallRow",
    answers: Iterable[tuple[str, str, RollStanding, str]],
    corrections: Iterable["Correction"],
    zone: ZoneInfo,
    tr: Translator,
) -> list[str]:
    """What came of it, who was missing or unexpected with what was done, and what was corrected since."""
    if row.taken_back:
        return [tr("Taken back: {reason}", reason=row.taken_back)]
    if row.not_held:
        return [tr("Not held: {reason}", reason=row.not_held)]
    if row.closed_at is None:
        return [tr("Not signed yet.")]
    balances = row.missing == row.unexpected == 0
    said = [tr("It balances.") if balances else tr("It does not balance.")]
    if row.held_late_for is not None:
        at = tr.value(row.held_late_for.astimezone(zone))
        said.append(tr("Held late, for {moment}.", moment=at))
    if row.is_from_sheet:
        said.append(tr("Counted on the printed sheet."))
    for number, name, stands, words in answers:
        said.append(
            tr(
                "{name} ({number}): {standing}. {words}",
                name=name,
                number=number,
                standing=tr.render(word(stands)),
                words=words,
            )
        )
    for each in corrections:
        day = tr.date(each.entered_at.astimezone(zone).date())
        after = tr.render(word(each.standing))
        said.append(
            tr(
                "Corrected {day} by {who}: {name}, really {after}. {reason}",
                day=day,
                who=each.entered_by,
                name=each.name,
                after=after,
                reason=each.reason,
            )
        )
    if row.remark:
        said.append(row.remark)
    return said
