"""The parts that papers are made of: headings, rows of figures, tables, notes and charts, each as strips of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.sides import in_line, short, sides
from reports import type as lettering
from reports.page import BAR, BODY, GREY, INK, LEFT, LINE, RIGHT, ROOM, RULE, SMALL, Box, Mark, Strip, Text, gap, rule
from reports.type import Align, width

INSET = 3.0
_LEADING = 12.0
_NOTE_LEADING = 11.0
_ROW = 17.6
_BASE = 11.6
_GUTTER = 14.0
_CHART = 40.0
_BETWEEN = 18.0
_TIGHT = 1.2
_SHORT = 16
"""A section of so many strips stays on one page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value, or the cells of a table; `strong` for a total."""

    label: str
    cells: Sequence[str]
    strong: bool = False


def title(text: str, *, room: float = ROOM) -> list[Strip]:
    """The title of a paper, over as many lines as it needs."""
    first, second = sides(text)
    lines = lettering.wrap(first, room, 15, bold=True)
    strips = [
        Strip(20, (Text(LEFT, 17, line, 15, bold=True),), keep=True, role="H1", outline=in_line(text) if first else "")
        for line, first in zip(lines, [True, *[False] * len(lines)], strict=False)
    ]
    below = lettering.wrap(second, room, 11) if second else []
    strips += [Strip(15, (Text(LEFT, 11, line, 11, colour=GREY, second=True),), keep=True) for line in below]
    return [*strips, gap(5)]


def paragraph(text: str, *, size: float = BODY, colour: str = INK, after: float = 3, room: float = ROOM) -> list[Strip]:
    """Running text."""
    leading = size * 1.45
    strips: list[Strip] = []
    for said, ink, second in zip(sides(text), (colour, GREY), (False, True), strict=True):
        lines = lettering.wrap(said, room, size) if said or not strips else []
        strips += [Strip(leading, (Text(LEFT, size * 1.1, line, size, colour=ink, second=second),)) for line in lines]
    return [*strips, gap(after)]


def beside(text: str) -> list[Strip]:
    """Running text, and what it says in the second language in a column beside it; over the page where it is in one."""
    said = sides(text)
    if not said[1]:
        return paragraph(text)
    size = BODY - 0.4
    half = (ROOM - _BETWEEN) / 2
    columns = [lettering.wrap(each, half, size) for each in said]
    strips = []
    for at in range(max(map(len, columns))):
        marks: list[Mark] = [
            Text(
                LEFT + place * (half + _BETWEEN), size * 1.1, lines[at], size, colour=GREY if place else INK,
                second=bool(place),
            )
            for place, lines in enumerate(columns)
            if at < len(lines)
        ]  # fmt: skip
        strips.append(Strip(size * 1.45, marks))
    return [*together(strips), gap(6)]


def note(text: str, *, colour: str = GREY, bold: bool = False) -> list[Strip]:
    """Small grey words under figures; an empty text gives nothing."""
    if not text:
        return []
    lines = [
        (line, bool(place))
        for place, said in enumerate(sides(text))
        if said
        for line in lettering.wrap(said, ROOM, SMALL, bold=bold)
    ]
    return [
        Strip(_NOTE_LEADING, (Text(LEFT, 9.2, line, SMALL, bold=bold, colour=colour, second=second),))
        for line, second in lines
    ]


def cell(
    x: float, y: float, text: str, room: float, size: float = BODY, *, bold: bool = False, colour: str = INK
) -> list[Text]:
    """A text beside others, its first line on the base line `y`, over as many as it needs: nothing is cut off."""
    lines = lettering.wrap(text, room, size, bold=bold) if text else []
    return [Text(x, y + down * size * _TIGHT, line, size, bold=bold, colour=colour) for down, line in enumerate(lines)]


def titles(columns: Sequence[tuple[float, str]], last: str = "", *, right: float = RIGHT) -> Strip:
    """The titles above what stands beside each other on many lines, kept with the first of them.

    Args:
        columns: Each title with where it begins.
        last: The title of what ends at the right.
        right: Where that is.
    """
    marks: list[Mark] = [Text(x, 9.2, title, 7.4, colour=GREY) for x, title in columns]
    marks += [Text(right, 9.2, last, 7.4, colour=GREY, align="right")] if last else []
    return Strip(13, [*marks, rule(13, right=right)], keep=True)


def ruled(least: float, marks: Sequence[Mark], *, below: float, right: float = RIGHT) -> Strip:
    """What stands beside each other, with a rule under the lowest line.

    Args:
        least: How high it is at least, in points.
        marks: What is drawn.
        below: How much room there is below a base line.
        right: Where the rule ends.
    """
    height = max(least, *(mark.y + below for mark in marks if isinstance(mark, Text)))
    return Strip(height, [*marks, rule(height, right=right)])


def heading(text: str, *, number: int | None = None) -> list[Strip]:
    """The heading of a section, with the rule under it."""
    at = LEFT
    marks: list[Mark] = []
    if number is not None:
        marks.append(Text(LEFT, 10, str(number), 9.75, bold=True))
        at += width(f"{number}  ", 9.75, bold=True) + 1
    first, second = sides(text)
    lines = lettering.wrap(first, RIGHT - at, 9.75, bold=True)
    marks.extend(Text(at, 10 + 13 * index, line, 9.75, bold=True) for index, line in enumerate(lines))
    under = 16.3 + 13 * (len(lines) - 1)
    if second:
        beside = at + width(lines[-1], 9.75, bold=True) + 8
        if beside + width(second, BODY) > RIGHT:
            beside, under = at, under + 13
        marks.append(Text(beside, under - 6.3, lettering.truncate(second, RIGHT - beside, BODY), BODY, colour=GREY,
                          second=True))  # fmt: skip
    marks.append(rule(under, colour=RULE, weight=0.75))
    return [gap(13.5), Strip(under + 3.4, marks, keep=True, role="H2", outline=in_line(text))]


def section(title: str, body: Sequence[Strip], number: int) -> list[Strip]:
    """A numbered section; a short one stays on one page."""
    strips = [*heading(title, number=number), *body]
    return together(strips) if len(body) <= _SHORT else strips


def together(strips: Sequence[Strip]) -> list[Strip]:
    """Strips that stand on one page, if they have room on one."""
    return [replace(strip, keep=index < len(strips) - 1) for index, strip in enumerate(strips)]


def _both(text: str, room: float, size: float, *, bold: bool = False) -> list[tuple[str, bool]]:
    """The lines of a text, and below them those of its second language; each with whether it is of the second."""
    first, second = sides(text)
    lines = [(line, False) for line in lettering.wrap(first, room, size, bold=bold)]
    return [*lines, *((line, True) for line in (lettering.wrap(second, room, size) if second else ()))]


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in whichever of its languages is the wider."""
    return max(width(said, size, bold=bold) for said in sides(text))


def _plain(row: Row) -> Row:
    """A row whose cells are written in one line."""
    return Row(row.label, [short(cell) for cell in row.cells], row.strong)


def figures(rows: Sequence[Row]) -> list[Strip]:
    """Rows of a label and one value each."""
    rows = [*map(_plain, rows)]
    value = max((width(row.cells[0], BODY, bold=row.strong) for row in rows), default=0)
    value = min(value, ROOM * 0.5)
    return _rows(rows, [ROOM - value - _GUTTER - 2 * INSET, value + _GUTTER + 2 * INSET], heads=())


def table(head: Row, rows: Sequence[Row]) -> list[Strip]:
    """A table: labels left, numbers right, its head again at the top of each page that it goes on to."""
    rows = [*map(_plain, rows)]
    widths = column_widths(head, rows)
    label, *cells = [head.label, *head.cells]
    wrapped = [_both(label, widths[0] - 2 * INSET, SMALL)]
    wrapped += [_both(cell, width - _GUTTER, SMALL) for cell, width in zip(cells, widths[1:], strict=True)]
    height = _ROW + _NOTE_LEADING * (max(map(len, wrapped)) - 1)
    marks: list[Mark] = [rule(height)]
    for index, lines in enumerate(wrapped):
        x, align = _place(widths, index)
        for up, (line, second) in enumerate(reversed(lines)):
            y = height - 6 - _NOTE_LEADING * up
            marks.append(Text(x, y, line, SMALL, colour=GREY, align=align, second=second))
    top = Strip(height, marks, keep=True, role="TH")
    return [top, *_rows(rows, widths, heads=(top,))]


def fits(head: Row, rows: Sequence[Row]) -> bool:
    """Whether a table is narrow enough for the page."""
    narrow = [_narrow(head, rows, column) for column in range(len(head.cells))]
    return sum(narrow) + _label_width(head, rows) <= ROOM


def column_widths(head: Row, rows: Sequence[Row]) -> list[float]:
    """The widths of the columns, in points, the label's first: each as its widest text needs, the rest shared out.

    A head that is too wide is broken between its words; labels that are too wide are broken too.
    """
    numbers = [_natural(head, rows, column) for column in range(len(head.cells))]
    label = _label_width(head, rows)
    if sum(numbers) + label > ROOM:
        numbers = [_narrow(head, rows, column) for column in range(len(head.cells))]
    spare = ROOM - sum(numbers) - label
    if spare < 0:
        return [max(label + spare, 60), *numbers]
    share = min(spare / (len(numbers) + 1), 60)
    return [label + spare - share * len(numbers), *(width + share for width in numbers)]


def _label_width(head: Row, rows: Sequence[Row]) -> float:
    widest = max([_wide(row.label, BODY, bold=row.strong) for row in rows], default=0)
    return min(max(widest, _wide(head.label, SMALL)) + 2 * INSET, ROOM * 0.45)


def _cells_width(rows: Sequence[Row], column: int) -> float:
    return max((width(short(row.cells[column]), BODY, bold=row.strong) for row in rows), default=0) + _GUTTER


def _natural(head: Row, rows: Sequence[Row], column: int) -> float:
    return max(_cells_width(rows, column), _wide(head.cells[column], SMALL) + _GUTTER)


def _narrow(head: Row, rows: Sequence[Row], column: int) -> float:
    longest = max(width(word, SMALL) for said in sides(head.cells[column]) for word in said.split(" "))
    return max(_cells_width(rows, column), longest + _GUTTER)


def _place(widths: Sequence[float], index: int) -> tuple[float, Align]:
    if index == 0:
        return LEFT + INSET, "left"
    return LEFT + sum(widths[: index + 1]) - INSET, "right"


def _rows(rows: Sequence[Row], widths: Sequence[float], *, heads: Sequence[Strip]) -> list[Strip]:
    """The rows of a table; the first and the last two keep together, so that no total stands alone."""
    strips = []
    for number, row in enumerate(rows):
        lines = _both(row.label, widths[0] - 2 * INSET, BODY, bold=row.strong)
        height = _ROW + _LEADING * (len(lines) - 1)
        marks: list[Mark] = [
            Text(
                LEFT + INSET,
                _BASE + _LEADING * down,
                line,
                bold=row.strong and not second,
                colour=GREY if second else INK,
                second=second,
            )
            for down, (line, second) in enumerate(lines)
        ]
        for index, cell in enumerate(row.cells, start=1):
            if cell:
                x, align = _place(widths, index)
                y = _BASE + (height - _ROW if not sides(row.label)[1] else 0)
                marks.append(Text(x, y, cell, bold=row.strong, align=align))
        marks.append(rule(height))
        keep = len(rows) > 1 and number in {0, len(rows) - 2}
        strips.append(Strip(height, marks, keep=keep, heads=heads, role="TR"))
    return strips


def grid(pairs: Sequence[tuple[str, str]], *, columns: int) -> list[Strip]:
    """Many short pairs, such as dates and numbers, in columns that are read downwards."""
    lines = -(-len(pairs) // columns)
    wide = (ROOM - _GUTTER * (columns - 1)) / columns
    strips = []
    for line in range(lines):
        marks: list[Mark] = []
        for column, index in enumerate(range(line, len(pairs), lines)):
            left = LEFT + column * (wide + _GUTTER)
            label, value = map(short, pairs[index])
            marks.append(Text(left + INSET, 10, label, SMALL, colour=GREY))
            marks.append(Text(left + wide - INSET, 10, value, SMALL, align="right"))
            marks.append(rule(14.5, left=left, right=left + wide))
        strips.append(Strip(14.5, marks))
    return strips


def chart(
    values: Sequence[int], *, first: str, last: str, caption: str, limit: int | None = None, limit_label: str = ""
) -> list[Strip]:
    """One bar for each value, from the left to the right of the page.

    Args:
        values: In order; none below 0.
        first: What stands under the first bar.
        last: What stands under the last bar.
        caption: What stands between them, or below where it has no room.
        limit: A height to show as a line, if the bars come near enough to it to stay readable.
        limit_label: What the line means.
    """
    first, last, limit_label = map(short, (first, last, limit_label))
    highest = max(values, default=0)
    near = limit is not None and 0 < limit <= 3 * max(highest, 1)
    scale = max(highest, limit if near and limit else 0, 1)
    step = ROOM / max(len(values), 1)
    space = 1.5 if step > 6 else 0.5
    base = _CHART + (10 if near else 4)
    marks: list[Mark] = []
    for index, value in enumerate(values):
        height = value / scale * _CHART
        if value:
            marks.append(Box(LEFT + index * step, base - height, step - space, height, BAR))
    marks.append(rule(base, colour=LINE))
    if near and limit is not None:
        y = base - limit / scale * _CHART
        marks.append(rule(y, colour=GREY, weight=0.5))
        marks.append(Text(RIGHT, y - 2.5, limit_label, 7, colour=GREY, align="right"))
    marks.append(Text(LEFT, base + 10, first, SMALL, colour=GREY))
    marks.append(Text(RIGHT - space, base + 10, last, SMALL, colour=GREY, align="right"))
    ends = 2 * max(width(text, SMALL) for text in (first, last)) + 2 * _GUTTER
    if not sides(caption)[1] and width(caption, SMALL) <= ROOM - ends:
        marks.insert(-1, Text(LEFT + ROOM / 2, base + 10, caption, SMALL, colour=GREY, align="centre"))
        return [Strip(base + 14, marks)]
    return [Strip(base + 14, marks, keep=True), *note(caption)]


def lines(texts: Sequence[str]) -> list[Strip]:
    """Sentences, each over a rule of its own."""
    strips = []
    for text in texts:
        wrapped = _both(text, ROOM - 2 * INSET, BODY)
        height = _ROW + _LEADING * (len(wrapped) - 1)
        marks: list[Mark] = [
            Text(LEFT + INSET, _BASE + _LEADING * down, line, BODY, colour=GREY if second else INK, second=second)
            for down, (line, second) in enumerate(wrapped)
        ]
        strips.append(Strip(height, [*marks, rule(height)]))
    return strips


def signature(labels: Sequence[str], stamp: str) -> list[Strip]:
    """Lines to be signed on, with a frame beside them for the stamp; never parted by the end of a page.

    Args:
        labels: What is written on each line.
        stamp: What the frame is for.
    """
    high, beside = 30.0, 110.0
    strips = []
    frame: list[Mark] = [
        Box(RIGHT - beside, 8, beside, high * len(labels) - 8, LINE, 0.6),
        Text(RIGHT - beside + 5, 19, stamp, SMALL, colour=GREY),
    ]
    for at, label in enumerate(labels):
        marks: list[Mark] = [
            rule(high - 11, colour=GREY, right=RIGHT - beside - 24),
            Text(LEFT, high - 2, label, SMALL, colour=GREY),
        ]
        strips.append(Strip(high, [*marks, *(frame if not at else ())], keep=at < len(labels) - 1))
    return [gap(13.5), *strips]


def facts(rows: Sequence[tuple[str, str]]) -> list[Strip]:
    """Labels with longer texts beside them, such as a legal basis or a hash."""
    left = ROOM * 0.27
    strips = []
    for label, text in rows:
        labels = _both(label, left - _GUTTER, SMALL)
        texts = _both(text, ROOM - left - INSET, SMALL)
        height = 5 + _NOTE_LEADING * max(len(labels), len(texts))
        marks: list[Mark] = [
            Text(LEFT + INSET, 11 + _NOTE_LEADING * down, line, SMALL, colour=GREY, second=second)
            for down, (line, second) in enumerate(labels)
        ]
        marks += [
            Text(LEFT + left, 11 + _NOTE_LEADING * down, line, SMALL, colour=GREY if second else INK, second=second)
            for down, (line, second) in enumerate(texts)
        ]
        strips.append(Strip(height, [*marks, rule(height)], role="TR"))
    return strips
