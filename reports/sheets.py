"""The sheet of a roll call for the pocket, and the same in large letters: who is expected where, with boxes to tick."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.rooms import short_name
from models.rules.vocabulary import SheetSize
from models.text import Translator
from reports import parts, terms
from reports import type as lettering
from reports.page import (
    BODY,
    GREY,
    INK,
    LEFT,
    RULE,
    SMALL,
    Box,
    Furniture,
    Mark,
    Size,
    Strip,
    Text,
    draw_paper,
    gap,
    rule,
)

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.in_house import InHouse, InHouseRow

_WIDE, _HIGH = 148 / 25.4 * 72, 210 / 25.4 * 72
SIZES = {SheetSize.A5: Size(_WIDE, _HIGH), SheetSize.LARGE: Size(_WIDE, _HIGH, scale=297 / 210)}
"""One layout: as large as an A5 page, or drawn as large as A4."""
_ROOM, _RIGHT = SIZES[SheetSize.A5].room, SIZES[SheetSize.A5].right
_LINE = 17.0
_BED, _NAME, _NUMBER = LEFT + 18, LEFT + 78, _RIGHT - 48


def draw(house: "InHouse", imprint: Imprint) -> bytes:
    """The sheet in the size that was chosen, A5 or large letters.

    Args:
        house: The roll, with the size of its sheet.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Roll-call sheet")
    size = SIZES[house.sheet]
    discloses = tr("Personal data: keep it locked")
    furniture = Furniture.of(imprint, tr, title=title, discloses=discloses, size=size)
    clock = "" if house.at.at is None else f"{house.at.at.astimezone(house.zone):%H:%M}"
    when = tr("As of {moment}", moment=f"{tr.date(house.at.on)} {clock}".strip())
    opening = [*parts.title(title, room=_ROOM), *parts.paragraph(when, size=SMALL, room=_ROOM)]
    return draw_paper([*opening, *_rooms(house, tr), *_balance(house, tr)], furniture, tr=tr)


def _rooms(house: "InHouse", tr: Translator) -> Iterator[Strip]:
    if not house.rows:
        yield from parts.paragraph(tr("Nobody is on the roll."), room=_ROOM)
        return
    titles = parts.titles(((_BED, tr("Bed")), (_NAME, tr("Name"))), tr("Number"), right=_RIGHT)
    yield titles
    for (placed, building), people in groupby(house.rows, key=lambda row: (row.room is not None, row.building)):
        rows = list(people)
        here = tr.number(sum(row.away is None for row in rows))
        name = (building or tr("Rooms")) if placed else tr("No bed")
        marks: list[Mark] = [
            Text(LEFT, 11, lettering.truncate(name, _ROOM - 40, BODY, bold=True), bold=True),
            Text(_RIGHT, 11, here, bold=True, align="right"),
            rule(15, colour=RULE, right=_RIGHT),
        ]
        head = Strip(16, marks, keep=True, heads=(titles,))
        yield gap(6)
        yield head
        yield from (replace(_person(row, tr), heads=(titles, head)) for row in rows)


def _person(row: "InHouseRow", tr: Translator) -> Strip:
    colour = INK if row.away is None else GREY
    bed = short_name("", row.room or "", row.bed or "")  # the building stands above
    name = row.name if row.away is None else tr("{name} (away)", name=row.name)
    marks: list[Mark] = [
        *parts.cell(_BED, 12, bed, _NAME - _BED - 5, SMALL, bold=True, colour=colour),
        *parts.cell(_NAME, 12, name, _NUMBER - _NAME - 6, colour=colour),
        Text(_RIGHT, 12, "" if row.name == row.number else row.number, SMALL, colour=colour, align="right"),
    ]
    if row.away is None:
        marks.append(Box(LEFT + 2, 3.5, 10, 10, INK, line=0.9))
    return parts.ruled(_LINE, marks, below=_LINE - 12, right=_RIGHT)


def _balance(house: "InHouse", tr: Translator) -> list[Strip]:
    known = [(tr("On the roll"), tr.number(len(house.rows))), (tr("Away"), tr.number(house.away))]
    known.append((tr("Expected in the house"), tr.number(house.present)))
    asked = [tr("Counted"), tr("Missing"), tr("Unexpected"), tr("From when to when"), tr("Counted by"), tr("Signature")]
    head = Strip(20, (Text(LEFT, 12, tr("Balance"), 9.75, bold=True), rule(16, colour=RULE, right=_RIGHT)), keep=True)
    rows = [_written(title, value) for title, value in (*known, *((title, "") for title in asked))]
    return [gap(10), *parts.together([head, *rows])]


def _written(title: str, value: str) -> Strip:
    height = 18 if value else 25
    marks: list[Mark] = [Text(LEFT + 2, height - 6, title), rule(height, left=_RIGHT - 0.4 * _ROOM, right=_RIGHT)]
    if value:
        marks.append(Text(_RIGHT - 2, height - 6, value, bold=True, align="right"))
    return Strip(height, marks)
