"""The register extract: one line for each stay."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

from models.rules.birth import BirthDate
from models.rules.extract import ExtractRow, ExtractRows
from models.rules.papers import Imprint
from models.text import Translator, pgettext
from reports import entries, long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LEFT, RIGHT, SMALL, Furniture, Strip, gap

_LINE = 28.0
"""How wide the number of a line stands, in points."""


def draw(rows: Collection[ExtractRow], imprint: Imprint) -> bytes:
    """The extract as a PDF; the same arguments give the same bytes.

    Args:
        rows: The stays in the order in which they are to stand.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    cells = _Cells(rows, tr, numbered=bool(imprint.number))
    title = tr("Register extract")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"))
    stays = tr.plural("{n} stay", "{n} stays", len(cells))
    opening = parts.title(title) + parts.paragraph(
        terms.chosen(tr, imprint, stays, terms.reader(tr, imprint)), size=SMALL
    )
    columns = _columns(tr)
    if imprint.number:
        opening += _certified(tr, imprint.number, stays)
        number, name, *others = columns
        columns = (PaperColumn(tr("No."), _LINE), number, name._replace(width=name.width - _LINE), *others)
    held = list(cells) if len(cells) <= ExtractRows.HELD else cells
    return long_table.draw(held, columns, opening=opening, furniture=furniture, tr=tr)


def _certified(tr: Translator, number: str, stays: str) -> list[Strip]:
    """What is certified, and where it is signed and stamped."""
    return [
        *parts.paragraph(tr("Extract No. {number}", number=number), size=11),
        *parts.paragraph(
            tr("It is certified that this extract agrees with the register: {stays}, each on a line.", stays=stays)
        ),
        *entries.signatures(tr, tr("For the house")),
        entries.stamp(tr("Stamp")),
        gap(8),
    ]


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(tr("Number"), 42),
        PaperColumn(tr("Name"), 124),
        PaperColumn(tr("Born"), 48),
        PaperColumn(tr("Nationality"), 62),
        PaperColumn(tr(pgettext("date", "Arrived")), 50),
        PaperColumn(tr(pgettext("date", "Departed")), 50),
        PaperColumn(tr("Nights"), 31, right=True),
        PaperColumn(tr("How the stay ended"), RIGHT - LEFT - 407),
    )


class _Cells(Collection[tuple[str, ...]]):
    """What stands in each cell, made anew each time that it is gone through, so that it is held nowhere."""

    def __init__(self, rows: Collection[ExtractRow], tr: Translator, *, numbered: bool) -> None:
        """Take the rows; perhaps each line is numbered."""
        self._rows, self._tr, self._numbered = rows, tr, numbered

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, cells: object) -> bool:
        return any(each == cells for each in self)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        told = texts(self._rows, self._tr)
        return ((str(line), *row) for line, row in enumerate(told, 1)) if self._numbered else iter(told)


def texts(rows: Iterable[ExtractRow], tr: Translator) -> Iterator[tuple[str, ...]]:
    """What stands in each cell of each row."""
    date, nights = cache(tr.date), cache(tr.number)
    born: Callable[[str | None], str] = cache(lambda text: terms.birth(tr, BirthDate.parse(text)) if text else "")
    country: Callable[[str], str] = cache(lambda code: terms.nationality(tr, code))
    kind: Callable[[str | None], str] = cache(lambda code: terms.departure_kind(tr, code))
    return (
        (
            row.number,
            row.name,
            born(row.born),
            country(row.nationality or "unknown"),
            date(row.arrived_on),
            date(row.departed_on) if row.departed_on else "",
            nights(row.nights),
            kind(row.kind),
        )
        for row in rows
    )
