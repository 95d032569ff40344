"""The sheet of the first night: who has come, room by room, and what whoever is on duty is to know of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.rooms import room_name
from models.rules.wording import word
from models.text import Translator
from reports import admissions, cards, parts, terms
from reports.page import (
    GREY,
    LEFT,
    RIGHT,
    ROOM,
    RULE,
    SMALL,
    Box,
    Furniture,
    Mark,
    Strip,
    Text,
    draw_paper,
    gap,
    rule,
)

if TYPE_CHECKING:  # what is drawn knows no database
    from zoneinfo import ZoneInfo

    from models.queries.newcomers import FirstNight, NewcomerRow, TransportPapers

_BED = LEFT + 20
_NAME = LEFT + 0.14 * ROOM
_NUMBER = LEFT + 0.40 * ROOM
_BORN = LEFT + 0.49 * ROOM
_CAME = LEFT + 0.61 * ROOM
_KNOW = LEFT + 0.73 * ROOM
_LINE = 15.0


def draw(night: "FirstNight", imprint: Imprint) -> bytes:
    """The sheet as a PDF; the same arguments give the same bytes."""
    tr = terms.translator_of(imprint.language)
    title = tr("First night")
    came = tr("Nobody has come since {day}.", day=night.since)
    if night.rows:
        came = tr.plural(
            "{n} person has come since {day}", "{n} people have come since {day}", len(night.rows), day=night.since
        )
    return draw_paper(_sheet(night, tr, title, came), _furniture(imprint, tr, title), tr=tr)


def transport_papers(papers: "TransportPapers", imprint: Imprint) -> bytes:
    """The sheet of the first night, the admission sheets and the cards, in one file."""
    tr = terms.translator_of(imprint.language)
    title = tr("Papers of a transport")
    furniture = _furniture(imprint, tr, title)
    came = tr("Nobody of it is on the roll.")
    if rows := len(papers.first_night.rows):
        came = tr.plural("{n} person of it is on the roll", "{n} people of it are on the roll", rows)
    strips = _sheet(papers.first_night, tr, title, tr.render(papers.transport), came)
    for facts in papers.sheets:
        strips += admissions.strips_of(facts, tr)
    strips += cards.strips_of(papers.cards, imprint, tr, furniture)
    return draw_paper(strips, furniture, tr=tr)


def _furniture(imprint: Imprint, tr: Translator, title: str) -> Furniture:
    return Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"))


def _sheet(night: "FirstNight", tr: Translator, title: str, *said: str) -> list[Strip]:
    lines = (strip for each in said for strip in parts.paragraph(each, size=SMALL))
    return [*parts.title(title), *lines, *_rooms(night, tr)]


def _rooms(night: "FirstNight", tr: Translator) -> Iterator[Strip]:
    days = {row.arrived.on for row in night.rows}
    tells_day = bool(days) and max(days) - min(days) > timedelta(days=1)  # of one night the hour says enough
    titles = parts.titles(_columns(tr))
    if night.rows:
        yield from (gap(6), titles)
    for (building, room), people in groupby(night.rows, key=lambda row: (row.building, row.room)):
        rows = list(people)
        named = tr("No bed") if room is None else tr.render(room_name(building or "", room))
        yield gap(8)
        marks = (Text(LEFT, 11, named, bold=True), Text(RIGHT, 11, tr.number(len(rows)), bold=True, align="right"))
        head = Strip(16, (*marks, rule(15, colour=RULE)), keep=True, heads=(titles,))
        yield head
        yield from (replace(_person(row, night.zone, tr, tells_day=tells_day), heads=(titles, head)) for row in rows)


def _columns(tr: Translator) -> tuple[tuple[float, str], ...]:
    """What stands above the lines, each with where it begins."""
    known = ((_BED, tr("Bed")), (_NAME, tr("Name")), (_NUMBER, tr("Number")), (_BORN, tr("Born")))
    return (*known, (_CAME, tr("Arrival")), (_KNOW, tr("Needs and languages")))


def _person(row: "NewcomerRow", zone: "ZoneInfo", tr: Translator, *, tells_day: bool) -> Strip:
    at = row.arrived.at
    came = [tr.date(row.arrived.on)] if at is None or tells_day else []
    came += [] if at is None else [f"{at.astimezone(zone):%H:%M}"]
    know = [tr.render(word(each)) for each in row.needs]
    if row.languages:
        know.append(tr("speaks {languages}", languages=", ".join(map(tr.language_name, row.languages))))
    marks: list[Mark] = [
        Box(LEFT + 3, 3, 8.5, 8.5, "#111111", line=0.8),
        *parts.cell(_BED, 10.5, row.bed or "", _NAME - _BED - 6, SMALL, bold=True),
        *parts.cell(_NAME, 10.5, row.name, _NUMBER - _NAME - 6),
        Text(_NUMBER, 10.5, row.number, SMALL),
        Text(_BORN, 10.5, "" if row.birth is None else terms.birth(tr, row.birth), SMALL),
        *parts.cell(_CAME, 10.5, "\n".join(came), RIGHT - _CAME, SMALL),
        *parts.cell(_KNOW, 10.5, "; ".join(know), RIGHT - _KNOW, 7.4, colour=GREY),
    ]
    return parts.ruled(_LINE, marks, below=_LINE - 10.5)
