"""The register extract: one line for each stay."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache

from models.rules.birth import BirthDate, BirthPrecision
from models.rules.extract import ExtractRow
from models.text import Translator
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LEFT, RIGHT, SMALL, Furniture


def draw(
    rows: Iterable[ExtractRow],
    *,
    language: str,
    facility: str,
    letterhead: str = "",
    shown: str = "",
    trail_head: str | None = None,
    printed_by: str | None = None,
    printed_at: datetime | None = None,
) -> bytes:
    """The extract as a PDF; the same arguments give the same bytes.

    Args:
        rows: The stays in the order in which they are to stand.
        language: One of `models.text.LANGUAGES`.
        facility: The name of the facility.
        letterhead: The lines of the authority above it.
        shown: What the extract shows, in the reader's words, such as the programme and the period.
        trail_head: The hash of the last entry of the register's trail, in hexadecimal.
        printed_by: The name of who printed it.
        printed_at: When, in the facility's time zone.

    Raises:
        Refused: A name has a letter that no font has.
    """
    tr = terms.translator_of(language)
    columns = _columns(tr)
    cells = texts(rows, tr)
    title = tr("Register extract")
    stays = tr.plural("{n} stay", "{n} stays", len(cells))
    furniture = Furniture(
        title=title,
        author=facility,
        head_left=[line for line in (*letterhead.splitlines(), facility) if line.strip()],
        head_right=[title],
        foot_left=terms.register_head(tr, trail_head),
        foot_centre=tr("Personal data: keep it locked"),
        foot_below=terms.printed(tr, printed_by, printed_at),
    )
    opening = parts.title(title) + parts.paragraph(" · ".join(text for text in (shown, stays) if text), size=SMALL)
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(tr("Number"), 42),
        PaperColumn(tr("Name"), 124),
        PaperColumn(tr("Born"), 48),
        PaperColumn(tr("Nationality"), 62),
        PaperColumn(tr("Arrived"), 50),
        PaperColumn(tr("Departed"), 50),
        PaperColumn(tr("Nights"), 31, right=True),
        PaperColumn(tr("How the stay ended"), RIGHT - LEFT - 407),
    )


def born(tr: Translator, text: str) -> str:
    """A birth date as far as it is known.

    Args:
        tr: The reader's language.
        text: The text of a `BirthDate`; empty where nothing is known.
    """
    if not text:
        return ""
    birth = BirthDate.parse(text)
    match birth.precision:
        case BirthPrecision.DAY:
            return tr.date(birth.earliest)
        case BirthPrecision.MONTH:
            return tr.month(birth.earliest)
        case BirthPrecision.YEAR:
            return str(birth.year)
        case BirthPrecision.ABOUT:
            return tr("about {year}", year=str(birth.year))


def texts(rows: Iterable[ExtractRow], tr: Translator) -> list[tuple[str, ...]]:
    """What stands in each cell of each row."""
    date, nights = cache(tr.date), cache(tr.number)
    birth: Callable[[str], str] = cache(lambda text: born(tr, text))
    country: Callable[[str], str] = cache(lambda code: terms.nationality(tr, code))
    kind: Callable[[str | None], str] = cache(lambda code: terms.departure_kind(tr, code))
    return [
        (
            row.number,
            row.name,
            birth(row.born or ""),
            country(row.nationality or "unknown"),
            date(row.arrived_on),
            date(row.departed_on) if row.departed_on else "",
            nights(row.nights),
            kind(row.kind),
        )
        for row in rows
    ]
