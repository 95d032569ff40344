"""Long lists on paper: one line for each row, tens of thousands of them in a second or two.

A page is written as one run of PDF operators. What makes that quick: each text is looked at seldom, most by set and
dictionary alone, and a page's lines and positions are the same as those of the page before. What keeps it small: the
rows are gone through twice, once to see how many lines each has, and once to write them, page by page; of a page that
is written only its compressed bytes stay.

Of a list of `TAGGED` rows at most each cell is told to whoever has it read aloud. Of a longer one each page is words in
their order, and no table: the cells of 38,867 rows would take ten seconds more, and half a million would not fit.
"""

import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, islice
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
    draw_once,
    draw_strip,
    head_height,
    new_canvas,
    rgb,
    rule,
)
from reports.tagged import Role, Structure, artifact, rewritten

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TAGGED = 5000
"""Of a list of so many rows at most each cell has a tag."""

_SIZE = 7.0
_PITCH = 10.6
_BASE = 7.4
_PAD = 4.0
_HEAD = 16.0


class PaperColumn(NamedTuple):
    """A column: its title, and its width in points; without one it is `fitted` to what stands in it."""

    title: str
    width: float = 0.0
    right: bool = False


def fitted(columns: Sequence[PaperColumn], cells: Collection[tuple[str, ...]], room: float) -> tuple[PaperColumn, ...]:
    """Columns as wide as what stands in them; where that is more than there is room, the widest share what is left.

    Every text is measured: for lists of some thousand rows, not for those of the whole register.

    Args:
        columns: What stands above them.
        cells: The texts of each row.
        room: How wide they are all together, in points.
    """
    texts = [{column.title, *(row[at] for row in cells)} for at, column in enumerate(columns)]
    wanted = [
        max(lettering.width(text, _SIZE) for text in of_column) + _PAD * (3 if column.right else 2)
        for column, of_column in zip(columns, texts, strict=True)
    ]
    spare = max(room - sum(wanted), 0.0) / len(wanted)
    given, left = list(wanted), room
    for place, at in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[at] = min(wanted[at] + spare, left / (len(wanted) - place))
        left -= given[at]
    return tuple(column._replace(width=width) for column, width in zip(columns, given, strict=True))


class _Parts:
    """Rows none of which is higher than a page: what of one has no room there goes on in the next."""

    def __init__(self, rows: Iterable[tuple[str, ...]], columns: Sequence[PaperColumn], most: int) -> None:
        """Take rows that can be gone through again, and how many lines have room on every page."""
        self._rows, self._columns, self._most = rows, columns, most
        self._surely = [int((column.width - _PAD) / _SIZE) * most // 4 for column in columns]
        self._short = min(*self._surely, most // 2)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """All rows; nearly all are seen to fit by their lengths alone."""
        for row in self._rows:
            if max(map(len, row)) > self._short and any(map(self._is_high, row, self._columns, self._surely)):
                yield from self._parts(row)
            else:
                yield row

    def _is_high(self, text: str, column: PaperColumn, surely: int) -> bool:
        may_be = len(text) > surely or text.count("\n") * 2 >= self._most
        return may_be and len(_wrapped(text, column)) > self._most

    def _parts(self, row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        cells = list(map(_wrapped, row, self._columns))
        for begin in range(0, max(map(len, cells)), self._most):
            yield tuple("\n".join(lines[begin : begin + self._most]) for lines in cells)


def _wrapped(text: str, column: PaperColumn) -> list[str]:
    return lettering.wrap(text, column.width - _PAD, _SIZE)


_SOME = 4096
"""So many rows are looked at together."""
_KNOWN = 20_000
"""So many texts of a column are remembered."""


def _measured(cells: Iterable[tuple[str, ...]], columns: Sequence[PaperColumn]) -> tuple["array[int]", list[set[str]]]:
    """How many lines each row has, and all letters of each column."""
    rows, lines = iter(cells), array("H")
    letters: list[set[str]] = [set() for _ in columns]
    face = faces.main_face()
    while some := list(islice(rows, _SOME)):
        high = [1] * len(some)
        for index, column in enumerate(columns):
            texts = {row[index] for row in some}
            letters[index].update(*texts)
            room, surely = _room(column, letters[index], face)
            tall = {text: len(set_) for text in texts if (set_ := _lines(text, room, surely, face)) is not None}
            for at, row in enumerate(some) if tall else ():
                high[at] = max(high[at], tall.get(row[index], 1))
        lines.extend(high)
    return lines, letters


def _lines(text: str, room: float, surely: int, face: faces.Face) -> tuple[str, ...] | None:
    """The lines of a text, or None where it is one line of simple letters as it is."""
    if face.simple.issuperset(text) and (
        len(text) <= surely or sum(map(face.widths.__getitem__, text)) * _SIZE <= room * 1000
    ):
        return None
    return tuple(lettering.wrap(text, room, _SIZE))


def _room(column: PaperColumn, letters: set[str], face: faces.Face) -> tuple[float, int]:
    """How wide a text may be in a column, in points, and how many of its simple letters surely have room."""
    room = column.width - _PAD
    widest = max((face.widths[letter] for letter in letters & face.simple), default=1000) * _SIZE / 1000
    return room, int(room / widest)


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
        if len(lines) == 1 and not column.right:  # nearly all, so without loops
            (line,) = lines
            fits = self.written.issuperset(line)
            return f"({line.translate(self.codes)}) Tj {column.width:g} 0 Td" if fits else None
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


class _Written(NamedTuple):
    """What writes a page of rows.

    Attributes:
        cells: The operators of each cell of each row.
        drawn: The lines of the cells that are left for drawing, by row and column; their operators only go on.
    """

    cells: Sequence[tuple[str, ...]]
    drawn: dict[tuple[int, int], tuple[str, ...]]


class _Writer:
    """Writes rows; what it has written of a text it remembers for a while."""

    def __init__(self, typist: _Typist, columns: Sequence[PaperColumn], letters: Sequence[set[str]]) -> None:
        """Begin with nothing known; the letters are all of each column."""
        self._typist, self._columns, self._face = typist, columns, faces.main_face()
        self._rooms = [_room(column, each, self._face) for column, each in zip(columns, letters, strict=True)]
        self._known: list[dict[str, str]] = [{} for _ in columns]
        self._drawn: list[dict[str, tuple[str, ...]]] = [{} for _ in columns]

    def page(self, rows: Sequence[tuple[str, ...]]) -> "_Written":
        """What writes a page of rows."""
        columns, drawn = [], {}
        for index, texts in enumerate(zip(*rows, strict=True)):
            known, left = self._known[index], self._drawn[index]
            if len(known) >= _KNOWN:
                known.clear()
                left.clear()
            columns.append([known[text] if text in known else self._learn(index, text) for text in texts])
            drawn.update({(at, index): left[text] for at, text in enumerate(texts) if text in left} if left else {})
        return _Written(list(zip(*columns, strict=True)), drawn)

    def _learn(self, index: int, text: str) -> str:
        column = self._columns[index]
        room, surely = self._rooms[index]
        is_short = len(text) <= surely and self._typist.written.issuperset(text)
        lines = (not is_short and _lines(text, room, surely, self._face)) or (text,)
        operator = self._typist.write(lines, column)
        if operator is None:
            self._drawn[index][text] = lines
            operator = f"{column.width:g} 0 Td"
        self._known[index][text] = operator
        return operator


def draw(
    cells: Collection[tuple[str, ...]],
    columns: Sequence[PaperColumn],
    *,
    opening: Sequence[Strip],
    furniture: Furniture,
    tr: Translator,
) -> bytes:
    """A list as a PDF; the same arguments give the same bytes.

    Args:
        cells: The texts of each row; they are gone through twice.
        columns: What stands above them.
        opening: What stands before the list on its first page.
        furniture: What stands on every page.
        tr: The reader's language.
    """
    target, size = BytesIO(), furniture.size
    top = head_height(furniture)
    first = top + sum(strip.height for strip in opening)
    rows = _Parts(cells, columns, max(int((size.bottom - first - _HEAD) / _PITCH), 1))
    lines, letters = _measured(rows, columns)
    canvas = new_canvas(target, tr=tr, title=furniture.title, author=furniture.author, size=size)
    typist = _Typist(canvas, set().union(*letters) & faces.main_face().simple)
    writer, left = _Writer(typist, columns, letters), iter(rows)
    structure, tells_cells = Structure(), len(lines) <= TAGGED
    head = _table_head(columns, size, "TH" if tells_cells else "P")
    pages = _pages(lines, first=first + head.height, top=top + head.height, bottom=size.bottom)
    for number, (begin, end) in enumerate(pages, start=1):
        structure.new_page()
        with artifact(canvas):
            draw_head(canvas, furniture)
        y = top
        for strip in [*opening, head] if number == 1 else ():
            draw_strip(canvas, strip, y, size, structure)
            y += strip.height
        if number > 1:
            with artifact(canvas):
                draw_once(canvas, "head", head.marks, top=y, size=size)
            y += head.height
        rows_of_page = _Rows(writer.page(list(islice(left, end - begin))), lines[begin:end], columns, y, size)
        if tells_cells:
            rows_of_page.draw_cells(canvas, typist.font, structure)
        else:
            rows_of_page.draw_words(canvas, typist.font, structure)
        with artifact(canvas):
            rows_of_page.draw_rules(canvas)
            draw_foot(canvas, furniture, page=number, pages=len(pages))
        canvas.showPage()
        _compress(canvas)
    structure.put_into(canvas)
    canvas.save()
    return rewritten(target.getvalue(), packed=True) if tells_cells else target.getvalue()


def _compress(canvas: "Canvas") -> None:
    """Keep of the page that was written what goes into the file, as ReportLab would make it at the end of all."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream

    page = canvas._doc.Pages.pages[-1]  # noqa: SLF001 - pages belong to the document, see `_Typist`
    content = zlib.compress(page.stream.encode())
    filters = PDFArray([PDFName("FlateDecode")])
    page.stream, page.Contents = None, PDFStream(PDFDictionary({"Filter": filters}), content)


def _table_head(columns: Sequence[PaperColumn], size: Size, role: Role) -> Strip:
    marks = []
    left = LEFT
    for column in columns:
        x = left + column.width - 2 * _PAD if column.right else left
        align: lettering.Align = "right" if column.right else "left"
        title = lettering.truncate(column.title, column.width - 2, _SIZE)
        marks.append(Text(x, 9, title, _SIZE, colour=GREY, align=align))
        left += column.width
    return Strip(_HEAD, [*marks, rule(_HEAD - 2, colour=RULE, right=size.right)], role=role)


def _pages(lines: Sequence[int], *, first: float, top: float, bottom: float) -> list[tuple[int, int]]:
    """The rows of each page, as [begin, end); none stands alone on the last of several.

    Args:
        lines: How many lines each row has.
        first: Where the rows begin on the first page, in points from the top.
        top: Where they begin on the others.
        bottom: Where they end.
    """
    pages = []
    begin, y = 0, first
    for at, high in enumerate(lines):
        height = high * _PITCH
        if y + height > bottom and at > begin:
            pages.append((begin, at))
            begin, y = at, top
        y += height
    both = sum(lines[-2:]) * _PITCH
    if pages and begin == len(lines) - 1 and begin - pages[-1][0] > 1 and top + both <= bottom:
        begin -= 1
        pages[-1] = pages[-1][0], begin
    return [*pages, (begin, len(lines))]


class _Rows:
    """The rows of one page: what can be written of them in one run, then what has to be drawn."""

    def __init__(
        self, written: _Written, lines: Sequence[int], columns: Sequence[PaperColumn], y: float, size: Size
    ) -> None:
        """Lay them out from `y` points below the top of the page."""
        self._written, self._size = written, size
        self._lefts = [LEFT + sum(column.width for column in columns[:index]) for index in range(len(columns))]
        self._tops = [y, *(y + high * _PITCH for high in accumulate(lines))]

    def draw_cells(self, canvas: "Canvas", font: str, structure: Structure) -> None:
        """Draw them with each cell marked as one; what is drawn after the run has its place in its row all the same."""
        run, marks = [], {}
        for at, cells in enumerate(self._written.cells):
            first = structure.row(len(cells))
            texts = []
            for index, cell in enumerate(cells):
                mark = f"/TD <</MCID {first + index}>> BDC"
                if (at, index) in self._written.drawn:
                    marks[at, index] = mark
                    texts.append(cell)
                else:
                    texts.append(f"{mark} {cell} EMC")
            run.append(" ".join(texts))
        self._write(canvas, font, run)
        for place in sorted(self._written.drawn):
            canvas.addLiteral(marks[place])
            self._draw(canvas, place)
            canvas.addLiteral("EMC")

    def draw_words(self, canvas: "Canvas", font: str, structure: Structure) -> None:
        """Draw them all as one piece of text."""
        structure.new_part()
        with structure.text(canvas, "P", LEFT):
            self._write(canvas, font, [" ".join(cells) for cells in self._written.cells])
            for place in sorted(self._written.drawn):
                self._draw(canvas, place)

    def draw_rules(self, canvas: "Canvas") -> None:
        """Draw the line below each."""
        ends = ((self._size.height - y) for y in self._tops[1:])
        rules = (f"{LEFT:g} {y:.2f} m {self._size.right:.2f} {y:.2f} l S" for y in ends)
        canvas.addLiteral("\n".join((f"q {_colour(LINE)} RG 0.4 w", *rules, "Q")))

    def _write(self, canvas: "Canvas", font: str, run: Sequence[str]) -> None:
        height = self._size.height - _BASE
        rows = (f"1 0 0 1 {LEFT:g} {height - y:.2f} Tm {row}" for y, row in zip(self._tops, run, strict=False))
        canvas.addLiteral("\n".join((f"q {_colour(INK)} rg BT {font} {_SIZE:g} Tf", *rows, "ET Q")))
        canvas.setFillColorRGB(*rgb(INK))

    def _draw(self, canvas: "Canvas", place: tuple[int, int]) -> None:
        at, index = place
        for down, line in enumerate(self._written.drawn[place]):
            y = self._size.height - self._tops[at] - _BASE - down * _PITCH
            lettering.draw(canvas, self._lefts[index], y, line, size=_SIZE)


def _colour(colour: str) -> str:
    """A colour as the numbers of a PDF operator."""
    return " ".join(f"{part:.3f}" for part in rgb(colour))
