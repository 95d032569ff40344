"""Long lists on paper: one line for each row, tens of thousands of them in a second or two.

A page is written as one run of PDF operators. What makes that quick: each text is looked at once, most by set and
dictionary alone, and a page's lines and positions are the same as those of the page before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from models.text import Translator
from reports import faces
from reports import type as lettering
from reports.page import (
    GREY,
    INK,
    LEFT,
    LINE,
    RULE,
    Furniture,
    Size,
    Strip,
    Text,
    draw_foot,
    draw_head,
    draw_mark,
    draw_once,
    head_height,
    new_canvas,
    rgb,
    rule,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_SIZE = 7.0
_PITCH = 10.6
_BASE = 7.4
_PAD = 4.0
_HEAD = 16.0


class PaperColumn(NamedTuple):
    """A column: its title, and its width in points."""

    title: str
    width: float
    right: bool = False


@dataclass(slots=True)
class _Row:
    cells: tuple[str, ...]
    lines: int
    tall: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The cells that are more than one simple line, by column, in their lines."""
    drawn: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The cells that are drawn one by one, by column, in their lines."""


def _set_rows(cells: Sequence[tuple[str, ...]], columns: Sequence[PaperColumn]) -> list[_Row]:
    """Each row with the lines of those cells that are not one plain line; every text of a column is looked at once."""
    set_rows = [_Row(row, 1) for row in cells]
    face = faces.main_face()
    widest = max(width for letter, width in face.widths.items() if letter in face.simple) * _SIZE / 1000
    for index, column in enumerate(columns):
        room = column.width - _PAD
        surely = int(room / widest)
        seen: dict[str, tuple[str, ...] | None] = {}
        for at, row in enumerate(cells):
            text = row[index]
            if text in seen:
                lines = seen[text]
            else:
                lines = seen[text] = _lines(text, room, surely, face)
            if lines is not None:
                set_rows[at].tall[index] = lines
                set_rows[at].lines = max(set_rows[at].lines, len(lines))
    return set_rows


def _lines(text: str, room: float, surely: int, face: faces.Face) -> tuple[str, ...] | None:
    """The lines of a text, or None where it is one line of simple letters as it is."""
    if face.simple.issuperset(text) and (
        len(text) <= surely or sum(map(face.widths.__getitem__, text)) * _SIZE <= room * 1000
    ):
        return None
    return tuple(lettering.wrap(text, room, _SIZE))


class _Typist:
    """Writes simple letters of one font as PDF operators, past ReportLab's own looking at each letter of each text."""

    def __init__(self, canvas: "Canvas", letters: Iterable[str]) -> None:
        """Give each letter its code in the document's first subset of the font, as far as there is room in it.

        Args:
            canvas: The document.
            letters: All letters that will be written.
        """
        document = canvas._doc  # noqa: SLF001 - subsets belong to the document, and a canvas has no other way to it
        font = faces.main_face().font
        self.codes: dict[int, str] = {}
        """Each letter and what stands for it in a text of the PDF."""
        for letter in sorted(letters):
            ((subset, code),) = font.splitString(letter, document)
            if subset == 0:
                self.codes[ord(letter)] = _escaped(code[0])
        self.written = frozenset(map(chr, self.codes))
        self.font = font.getSubsetInternalName(0, document)

    def write(self, lines: Sequence[str], column: PaperColumn) -> str | None:
        """What writes the lines of a cell and goes on to the next column; None if a letter of theirs has no code."""
        if not all(self.written.issuperset(line) for line in lines):
            return None
        first, *more = (line.translate(self.codes) for line in lines)
        if column.right and not more:
            indent = round(column.width - _PAD * 2 - lettering.width(lines[0], _SIZE), 2)
            return f"{indent:g} 0 Td ({first}) Tj {column.width - indent:g} 0 Td"
        below = "".join(f" 0 {-_PITCH:g} Td ({line}) Tj" for line in more)
        return f"({first}) Tj{below} {column.width:g} {len(more) * _PITCH:g} Td"


def _escaped(code: int) -> str:
    """A byte as it stands in a text of a PDF."""
    letter = chr(code)
    return letter if " " <= letter <= "~" and letter not in "()\\" else f"\\{code:03o}"


def _operators(typist: _Typist, rows: Sequence[_Row], columns: Sequence[PaperColumn]) -> list[str]:
    """What writes the cells of each row; a cell with a letter that has no code is left for drawing."""
    by_column = []
    for index, column in enumerate(columns):
        known: dict[str, str | None] = {}
        operators = []
        for row in rows:
            text = row.cells[index]
            if text not in known:
                known[text] = typist.write(row.tall.get(index) or (text,), column)
            operator = known[text]
            if operator is None:
                row.drawn[index] = row.tall.get(index) or (text,)
            operators.append(operator or f"{column.width:g} 0 Td")
        by_column.append(operators)
    return [" ".join(cells) for cells in zip(*by_column, strict=True)]


def draw(
    cells: Sequence[tuple[str, ...]],
    columns: Sequence[PaperColumn],
    *,
    opening: Sequence[Strip],
    furniture: Furniture,
    tr: Translator,
) -> bytes:
    """A list as a PDF; the same arguments give the same bytes.

    Args:
        cells: The texts of each row.
        columns: What stands above them.
        opening: What stands before the list on its first page.
        furniture: What stands on every page.
        tr: The reader's language.
    """
    rows = _set_rows(cells, columns)
    target = BytesIO()
    size = furniture.size
    canvas = new_canvas(target, tr=tr, title=furniture.title, author=furniture.author, size=size)
    simple = faces.main_face().simple
    letters = {
        letter for index in range(len(columns)) for text in {row.cells[index] for row in rows} for letter in text
    }
    typist = _Typist(canvas, letters & simple)
    operators = _operators(typist, rows, columns)
    head = _table_head(columns, size)
    top = head_height(furniture)
    first = top + sum(strip.height for strip in opening)
    pages = _pages(rows, first=first + head.height, top=top + head.height, bottom=size.bottom)
    for number, (begin, end) in enumerate(pages, start=1):
        draw_head(canvas, furniture)
        y = top
        for strip in opening if number == 1 else ():
            for mark in strip.marks:
                draw_mark(canvas, mark, y, size)
            y += strip.height
        draw_once(canvas, "head", head.marks, top=y, size=size)
        y += head.height
        _draw_rows(canvas, typist.font, rows[begin:end], operators[begin:end], columns, y, size)
        draw_foot(canvas, furniture, page=number, pages=len(pages))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _table_head(columns: Sequence[PaperColumn], size: Size) -> Strip:
    marks = []
    left = LEFT
    for column in columns:
        x = left + column.width - 2 * _PAD if column.right else left
        align: lettering.Align = "right" if column.right else "left"
        title = lettering.truncate(column.title, column.width - 2, _SIZE)
        marks.append(Text(x, 9, title, _SIZE, colour=GREY, align=align))
        left += column.width
    return Strip(_HEAD, [*marks, rule(_HEAD - 2, colour=RULE, right=size.right)])


def _pages(rows: Sequence[_Row], *, first: float, top: float, bottom: float) -> list[tuple[int, int]]:
    """The rows of each page, as [begin, end).

    Args:
        rows: All rows.
        first: Where the rows begin on the first page, in points from the top.
        top: Where they begin on the others.
        bottom: Where they end.
    """
    pages = []
    begin, y = 0, first
    for at, row in enumerate(rows):
        height = row.lines * _PITCH
        if y + height > bottom and at > begin:
            pages.append((begin, at))
            begin, y = at, top
        y += height
    return [*pages, (begin, len(rows))]


def _draw_rows(
    canvas: "Canvas",
    font: str,
    rows: Sequence[_Row],
    operators: Sequence[str],
    columns: Sequence[PaperColumn],
    y: float,
    size: Size,
) -> None:
    """Write what can be written of a page in one run, then the rules between the rows, then draw the rest."""
    run, rules = [f"q {_colour(INK)} rg BT {font} {_SIZE:g} Tf"], [f"{_colour(LINE)} RG 0.4 w"]
    others = []
    for row, operator in zip(rows, operators, strict=True):
        run.append(f"1 0 0 1 {LEFT:g} {size.height - y - _BASE:.2f} Tm {operator}")
        if row.drawn:
            others.append((row, y))
        y += row.lines * _PITCH
        rules.append(f"{LEFT:g} {size.height - y:.2f} m {size.right:.2f} {size.height - y:.2f} l S")
    canvas.addLiteral("\n".join((*run, "ET", *rules, "Q")))
    canvas.setFillColorRGB(*rgb(INK))
    lefts = [LEFT + sum(column.width for column in columns[:index]) for index in range(len(columns))]
    for row, top in others:
        for index, lines in row.drawn.items():
            for down, line in enumerate(lines):
                y = size.height - top - _BASE - down * _PITCH
                lettering.draw(canvas, lefts[index], y, line, size=_SIZE)


def _colour(colour: str) -> str:
    """A colour as the numbers of a PDF operator."""
    return " ".join(f"{part:.3f}" for part in rgb(colour))
