"""The rooms on paper: a list of every bed, and a drawing of each block with who sleeps where."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from models.rules.names import display_name
from models.rules.papers import Imprint
from models.rules.vocabulary import BedKind
from models.rules.wording import word
from models.text import Translator
from reports import long_table, parts, terms
from reports import type as lettering
from reports.long_table import PaperColumn
from reports.page import (
    BODY,
    GREY,
    INK,
    LANDSCAPE,
    LEFT,
    RULE,
    SMALL,
    Box,
    Furniture,
    Mark,
    Strip,
    Text,
    draw_paper,
)

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.rooms import BedRow, Overview, RoomRow

_ACROSS = 4
_GUTTER = 8.0
_CARD = (LANDSCAPE.room - (_ACROSS - 1) * _GUTTER) / _ACROSS
_HEAD = 17.0
_LINE = 13.0
_SHORTEST = 24.0
"""Less room than that is not worth the kind of a room behind its name, in points."""


def room_list(house: "Overview", imprint: Imprint) -> bytes:
    """Every bed on a line: where it is, for whom, who has it, or why nobody may.

    Args:
        house: All rooms.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Room list")
    has_building, has_floor, has_kind = (
        any(getattr(room, name) for room in house.rooms) for name in ("building", "floor", "kind")
    )
    titles = [
        *([PaperColumn(tr("Building"))] if has_building else []),
        *([PaperColumn(tr("Floor"))] if has_floor else []),
        PaperColumn(tr("Room")),
        *([PaperColumn(tr("For whom"))] if has_kind else []),
        PaperColumn(tr("Bed")),
        PaperColumn(tr("Name")),
        PaperColumn(tr("Number")),
        PaperColumn(tr("Note")),
    ]
    rows = [
        (
            *([room.building] if has_building else []),
            *([room.floor] if has_floor else []),
            room.name,
            *(["" if room.kind is None else tr.render(word(room.kind))] if has_kind else []),
            _bed(bed, tr),
            *_who(bed),
            _note(room, bed, tr),
        )
        for room in house.rooms
        for bed in room.beds
    ]
    opening = parts.title(title) + parts.paragraph(_counted(house, tr), size=SMALL)
    columns = long_table.fitted(titles, rows, LANDSCAPE.room)
    return long_table.draw(rows, columns, opening=opening, furniture=_furniture(imprint, tr, title), tr=tr)


def bed_plan(house: "Overview", imprint: Imprint) -> bytes:
    """Each block on a page of its own, its rooms as on the screen: every bed with the name of who has it.

    Args:
        house: All rooms.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Bed plan")
    strips = [*parts.title(title), *parts.paragraph(_counted(house, tr), size=SMALL)]
    for place, ((building, floor), inside) in enumerate(
        groupby(house.rooms, key=lambda one: (one.building, one.floor))
    ):
        strips += _block(_named(building, floor, tr), list(inside), tr, begins=place > 0)
    if not house.rooms:
        strips += parts.paragraph(tr("There are no rooms yet"))
    return draw_paper(strips, _furniture(imprint, tr, title), tr=tr)


def _furniture(imprint: Imprint, tr: Translator, title: str) -> Furniture:
    discloses = tr("Personal data: keep it locked")
    return Furniture.of(imprint, tr, title=title, discloses=discloses, size=LANDSCAPE)


def _counted(house: "Overview", tr: Translator) -> str:
    full = house.house
    return tr(
        "{taken} of {beds} beds taken, {free} free, {out} out of use",
        taken=tr.number(full.taken),
        beds=tr.number(full.beds),
        free=tr.number(full.free),
        out=tr.number(full.out_of_use),
    )


def _named(building: str, floor: str, tr: Translator) -> str:
    if not floor:
        return building
    return (
        tr("{building}, floor {floor}", building=building, floor=floor)
        if building
        else tr("Floor {floor}", floor=floor)
    )


def _block(name: str, rooms: Sequence["RoomRow"], tr: Translator, *, begins: bool) -> Iterator[Strip]:
    """The rooms of a block, four beside each other; where it goes on, its name stands there again."""
    heads: list[Strip] = []
    if name:
        taken, beds = sum(room.taken for room in rooms), sum(room.in_use for room in rooms)
        said = tr("{taken} of {beds} taken", taken=tr.number(taken), beds=tr.number(beds))
        marks = [
            Text(LEFT, 13, name, 12, bold=True),
            Text(LANDSCAPE.right, 13, said, SMALL, colour=GREY, align="right"),
        ]
        heads = [Strip(20, marks, keep=True, begins=begins)]
    yield from heads
    for start in range(0, len(rooms), _ACROSS):
        line = rooms[start : start + _ACROSS]
        height = _HEAD + _LINE * max(1, *(sum(len(_said(bed, room, tr)) for bed in room.beds) for room in line)) + 4
        drawn: list[Mark] = []
        for place, room in enumerate(line):
            drawn += _card(room, LEFT + place * (_CARD + _GUTTER), height, tr)
        yield Strip(height + _GUTTER, drawn, heads=heads)


def _card(room: "RoomRow", left: float, height: float, tr: Translator) -> Iterator[Mark]:
    yield Box(left, 0, _CARD, height, RULE, line=0.7)
    kind = "" if room.kind is None else tr.render(word(room.kind))
    called = lettering.truncate(room.name, _CARD - 10, BODY, bold=True)
    yield Text(left + 5, 11.5, called, BODY, bold=True)
    said = tr("out of use") if room.out_of_use is not None else kind
    left_over = _CARD - 18 - lettering.width(called, BODY, bold=True)
    if left_over > _SHORTEST:
        yield Text(
            left + _CARD - 5, 11.5, lettering.truncate(said, left_over, SMALL), SMALL, colour=GREY, align="right"
        )
    base, beds = _HEAD + 9, _beds(room)
    for bed in room.beds:
        yield Text(left + 5, base, lettering.truncate(bed.name, beds, SMALL, bold=True), SMALL, bold=True)
        yield Text(left + _CARD - 5, base, _who(bed)[1], SMALL, colour=GREY, align="right")
        for line in _said(bed, room, tr):
            yield Text(left + beds + 8, base, line, BODY, colour=GREY if bed.occupant is None else INK)
            base += _LINE


def _said(bed: "BedRow", room: "RoomRow", tr: Translator) -> list[str]:
    """Who has a bed, or why nobody does, in as many lines as it needs: a name is never cut."""
    name, number = _who(bed)
    taken = _beds(room) + 22 + lettering.width(number, SMALL)
    return lettering.wrap(name or _note(room, bed, tr), _CARD - taken, BODY)


def _beds(room: "RoomRow") -> float:
    """How wide the names of the beds of a room are, in points; they take no more than a third of its card."""
    widest = max((lettering.width(bed.name, SMALL, bold=True) for bed in room.beds), default=0.0)
    return min(max(24.0, widest), _CARD / 3)


def _bed(bed: "BedRow", tr: Translator) -> str:
    return bed.name if bed.kind is BedKind.PLAIN else tr.join((bed.name, tr.render(word(bed.kind))))


def _who(bed: "BedRow") -> tuple[str, str]:
    who = bed.occupant
    return ("", "") if who is None else (display_name(who.family_name, who.given_names, who.number), who.number)


def _note(room: "RoomRow", bed: "BedRow", tr: Translator) -> str:
    """Why nobody may have a bed, or that it is free, or that who has it is away."""
    reason = room.out_of_use or bed.out_of_use
    if reason is not None:
        return tr("out of use: {reason}", reason=reason)
    if bed.occupant is None:
        return tr("free")
    return tr("away") if bed.occupant.is_away else ""
