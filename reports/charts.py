"""Charts that stand within their tables or above them, in shades that are told apart in grey as well."""

from collections.abc import Sequence
from dataclasses import replace

from models.sides import in_line, short, sides
from reports import parts
from reports.page import BAR, BODY, GREY, LEFT, LINE, ROOM, SMALL, Box, Mark, Strip, Text, rule
from reports.parts import INSET, Row
from reports.type import width

DARK, PALE = "#1d4e6b", "#b7d0de"
"""Beside `BAR`, which lies between them: in grey they are as far from each other."""
_HIGH = 8.0
_GUTTER = 16.0
_CHART = 54.0


def measured(head: Row, rows: Sequence[Row], values: Sequence[int]) -> list[Strip]:
    """A table of one number for each label, with a bar between both that is as long as the number is high.

    Args:
        head: The head of the table.
        rows: Its rows; those that have no value, such as a total, come last.
        values: The numbers of the first rows; none below 0.
    """
    top, *lines = parts.table(head, rows)
    label, number = parts.column_widths(head, rows)
    widest = max((width(said, BODY, bold=row.strong) for row in rows for said in sides(row.label)), default=0)
    begin = LEFT + INSET + min(widest, label) + _GUTTER
    end = (
        LEFT
        + label
        + number
        - INSET
        - max((width(short(row.cells[0]), BODY, bold=row.strong) for row in rows), default=0)
        - _GUTTER
    )
    scale = max(*values, 1)
    if end - begin < 60:
        return [top, *lines]
    drawn = [
        replace(line, marks=[Box(begin, 4.6, value / scale * (end - begin), _HIGH, BAR), *line.marks])
        if value
        else line
        for line, value in zip(lines, values, strict=False)
    ]
    return [top, *drawn, *lines[len(drawn) :]]


def share(used: Sequence[tuple[str, int]], limit: int) -> list[Strip]:
    """One bar for the whole of something, with what of it is taken, and in words what each shade stands for.

    Args:
        used: At most two, each with its words.
        limit: The whole; what goes beyond it ends the bar.
    """
    whole = max(limit, sum(n for _, n in used), 1)
    marks: list[Mark] = []
    x = LEFT
    for (_, n), colour in zip(used, (BAR, PALE), strict=False):
        wide = n / whole * ROOM
        if wide:
            marks.append(Box(x, 4, wide, 11, colour))
        x += wide
    marks.append(Box(LEFT, 4, ROOM, 11, GREY, line=0.5))
    if whole > limit:
        marks.append(Box(LEFT + limit / whole * ROOM - 0.5, 1.5, 1.0, 16, DARK))
    return [
        Strip(19, marks, keep=True),
        _legend([(words, colour) for (words, _), colour in zip(used, (BAR, PALE), strict=False)]),
    ]


def pairs(values: Sequence[tuple[int, int]], labels: Sequence[str], *, means: tuple[str, str]) -> list[Strip]:
    """Two bars beside each other for each of some months.

    Args:
        values: Of each month; none below 0.
        labels: What stands under each; where there is no room for all, every second, third, ….
        means: What the first bar of each month stands for, and the second.
    """
    highest = max((max(pair) for pair in values), default=0)
    step = ROOM / max(len(values), 1)
    wide = min(step * 0.36, 22)
    base = _CHART + 12
    marks: list[Mark] = []
    for at, pair in enumerate(values):
        middle = LEFT + (at + 0.5) * step
        for place, (value, colour) in enumerate(zip(pair, (DARK, PALE), strict=True)):
            height = value / max(highest, 1) * _CHART
            left = middle - wide + place * wide
            if value:
                marks.append(Box(left, base - height, wide - 0.8, height, colour))
            if wide > 9:
                marks.append(Text(left + wide / 2 - 0.4, base - height - 2, str(value), 7, colour=GREY, align="centre"))
    marks.append(rule(base, colour=LINE))
    said = [short(label) for label in labels]
    every = max(1, -(-int(max((width(label, SMALL) for label in said), default=0) + 6) // max(int(step), 1)))
    for at in range(0, len(said), every):
        marks.append(Text(LEFT + (at + 0.5) * step, base + 10, said[at], SMALL, colour=GREY, align="centre"))
    return [Strip(base + 14, marks, keep=True), _legend(list(zip(means, (DARK, PALE), strict=True)))]


def _legend(said: Sequence[tuple[str, str]]) -> Strip:
    """What each shade stands for."""
    marks: list[Mark] = []
    x = LEFT
    for words, colour in said:
        line = in_line(words)
        marks += [Box(x, 3.2, 7, 7, colour), Box(x, 3.2, 7, 7, GREY, line=0.4)]
        marks.append(Text(x + 11, 9.6, line, SMALL, colour=GREY))
        x += 11 + width(line, SMALL) + 18
    return Strip(15, marks)
