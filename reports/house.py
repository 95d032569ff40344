"""Who is in the house, room by room: the fire list for whoever stands at the door, and the sheet of a roll call."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.rules.papers import Imprint
from models.rules.rooms import short_name
from models.rules.vocabulary import SheetSize
from models.rules.wording import word
from models.text import Translator
from reports import parts, sheets, terms
from reports import type as lettering
from reports.page import (
    BODY,
    GREY,
    INK,
    LEFT,
    RIGHT,
    ROOM,
    RULE,
    SMALL,
    Box,
    Furniture,
    Mark,
    Picture,
    Strip,
    Text,
    draw_paper,
    gap,
    rule,
)

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.in_house import InHouse, InHouseRow
    from models.rules.time import Moment

_LINE = 14.0
_BOX = 8.5
_BED = LEFT + 20
_NAME = LEFT + 0.16 * ROOM
_NUMBER = LEFT + 0.44 * ROOM
_BORN = LEFT + 0.52 * ROOM
_AWAY = LEFT + 0.63 * ROOM
_AWAY_SIZE = 7.4
_TO_WRITE = 0.32 * ROOM
_FACE_WIDE, _FACE_HIGH = 24.5, 31.5


def fire_list(house: "InHouse", imprint: Imprint) -> bytes:
    """Everybody who is to be outside after a fire, bed by bed with a box to tick, and who is away.

    Args:
        house: The roll.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Fire list")
    return _draw(house, imprint, tr, title, [*_counted(house, tr), *_rooms(house, tr)])


def roll_sheet(house: "InHouse", imprint: Imprint) -> bytes:
    """The sheet of a roll call: who is expected in which room, with room to write, and the balance to be signed.

    Args:
        house: The roll.
        imprint: What stands on every paper.
    """
    if house.sheet is not SheetSize.A4:
        return sheets.draw(house, imprint)
    tr = terms.translator_of(imprint.language)
    return _draw(house, imprint, tr, tr("Roll-call sheet"), [*_rooms(house, tr), *_balance(house, tr)])


def _draw(house: "InHouse", imprint: Imprint, tr: Translator, title: str, strips: list[Strip]) -> bytes:
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"))
    when = tr("As of {moment}", moment=_moment(house.at, house.zone, tr))
    return draw_paper([*parts.title(title), *parts.paragraph(when, size=SMALL), *strips], furniture, tr=tr)


def _counted(house: "InHouse", tr: Translator) -> list[Strip]:
    return parts.figures(
        [
            parts.Row(tr("In the house"), [tr.number(house.present)], strong=True),
            parts.Row(tr("of them need help to leave"), [tr.number(house.helped)]),
            parts.Row(tr("Away"), [tr.number(house.away)]),
            parts.Row(tr("On the roll"), [tr.number(len(house.rows))]),
        ]
    )


def _rooms(house: "InHouse", tr: Translator) -> Iterator[Strip]:
    """Each building with how many of its people are in the house, and on a line each who sleeps where."""
    if not house.rows:
        yield from parts.paragraph(tr("Nobody is on the roll."))
        return
    columns = ((_BED, tr("Bed")), (_NAME, tr("Name")), (_NUMBER, tr("Number")), (_BORN, tr("Born")))
    titles = parts.titles(columns)
    yield from (gap(6), titles)
    for (placed, building), people in groupby(house.rows, key=lambda row: (row.room is not None, row.building)):
        rows = list(people)
        here = tr.number(sum(row.away is None for row in rows))
        yield gap(8)
        head = _head((building or tr("Rooms")) if placed else tr("No bed"), here, titles)
        yield head
        yield from (replace(_person(row, house.zone, tr), heads=(titles, head)) for row in rows)


def _head(title: str, here: str, above: Strip) -> Strip:
    marks: list[Mark] = [
        Text(LEFT, 11, lettering.truncate(title, ROOM - 60, BODY), bold=True),
        Text(RIGHT, 11, here, bold=True, align="right"),
        rule(15, colour=RULE),
    ]
    return Strip(16, marks, keep=True, heads=(above,))


def _person(row: "InHouseRow", zone: ZoneInfo, tr: Translator) -> Strip:
    """One person on a line; whoever is away has no box, since nobody waits for them at the door."""
    colour = INK if row.away is None else GREY
    height, face = (_LINE, 0.0) if row.photo is None else (_FACE_HIGH + 4, _FACE_WIDE + 4)
    bed = short_name("", row.room or "", row.bed or "")  # the building stands above
    marks: list[Mark] = [
        *parts.cell(_BED, 10, bed, _NAME - face - _BED - 6, SMALL, bold=True, colour=colour),
        *parts.cell(_NAME, 10, row.name, _NUMBER - _NAME - 6, colour=colour),
        Text(_NUMBER, 10, row.number, SMALL, colour=colour),
        Text(_BORN, 10, "" if row.birth is None else terms.birth(tr, row.birth), SMALL, colour=colour),
    ]
    if row.photo is not None:
        marks.append(Picture(_NAME - face, 2, _FACE_WIDE, _FACE_HIGH, row.photo))
    said = ""
    if row.away is None:
        marks.append(Box(LEFT + 3, 2.5, _BOX, _BOX, INK, line=0.8))
        if row.help is not None:
            said = tr("help to leave: {what}", what=row.help) if row.help else tr("help to leave")
    else:
        why = row.place or tr.render(word(row.away))
        said = tr("away: {why}, since {moment}", why=why, moment=_moment(row.left, zone, tr))
    marks += parts.cell(_AWAY, 10, said, RIGHT - _AWAY, _AWAY_SIZE, bold=row.away is None, colour=colour)
    return parts.ruled(height, marks, below=_LINE - 10)


def _moment(moment: "Moment | None", zone: ZoneInfo, tr: Translator) -> str:
    if moment is None:
        return ""
    day = tr.date(moment.on)
    return day if moment.at is None else f"{day}\u00a0{moment.at.astimezone(zone):%H:%M}"


def _balance(house: "InHouse", tr: Translator) -> list[Strip]:
    """What was counted, to be written in by hand, and who signs."""
    known = [(tr("On the roll"), tr.number(len(house.rows))), (tr("Away"), tr.number(house.away))]
    known.append((tr("Expected in the house"), tr.number(house.present)))
    asked = [tr("Counted"), tr("Missing"), tr("Unexpected"), tr("From when to when"), tr("Counted by"), tr("Signature")]
    rows = [_written(title, value) for title, value in known] + [_written(title, "") for title in asked]
    return parts.together([*parts.heading(tr("Balance")), *rows])


def _written(title: str, value: str) -> Strip:
    height = 20 if value else 26
    marks: list[Mark] = [Text(LEFT + 3, height - 6, title), rule(height, left=RIGHT - _TO_WRITE)]
    if value:
        marks.append(Text(RIGHT - 3, height - 6, value, bold=True, align="right"))
    return Strip(height, marks)
