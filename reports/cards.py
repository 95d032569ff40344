"""The card that a resident carries: photo, names, number, a code that is scanned, and until when it is valid.

Nothing on it says where somebody comes from or why they are here. One to a page for a printer of cards, or eight on A4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from models.rules.names import display_name
from models.rules.papers import Imprint
from models.text import Translator
from reports import parts, qr, terms
from reports import type as lettering
from reports.page import (
    GREY,
    INK,
    LINE,
    PORTRAIT,
    Box,
    Furniture,
    Mark,
    Picture,
    Size,
    Strip,
    Text,
    draw_mark,
    draw_paper,
    head_height,
    new_canvas,
)

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.newcomers import CardRow

CR80 = Size(85.6 / 25.4 * 72, 53.98 / 25.4 * 72)
"""A card of the size of a bank card (ISO/IEC 7810, ID-1)."""
_INSET = 10.0
_PHOTO = (56.0, 72.0)
"""35 to 45, as the photos are."""
_CODE = 58.0
_COLUMNS, _ROWS = 2, 4


def one_each(cards: "Sequence[CardRow]", imprint: Imprint) -> bytes:
    """A page of the size of a card for each person."""
    tr = terms.translator_of(imprint.language)
    target = BytesIO()
    canvas = new_canvas(target, tr=tr, title=tr("Card"), author=imprint.facility, size=CR80)
    for card in cards:
        for mark in _marks(card, imprint, tr):
            draw_mark(canvas, mark, 0, CR80)
        canvas.showPage()
    if not cards:
        draw_mark(canvas, Text(_INSET, 30, tr("Nobody has come."), 9), 0, CR80)
    canvas.save()
    return target.getvalue()


def eight(cards: "Sequence[CardRow]", imprint: Imprint) -> bytes:
    """Eight on a page of A4, with lines to cut along."""
    tr = terms.translator_of(imprint.language)
    furniture = Furniture.of(imprint, tr, title=tr("Cards, eight on a page"))
    strips = [*strips_of(cards, imprint, tr, furniture)] or parts.paragraph(tr("Nobody has come."))
    return draw_paper(strips, furniture, tr=tr)


def strips_of(cards: "Sequence[CardRow]", imprint: Imprint, tr: Translator, furniture: Furniture) -> Iterator[Strip]:
    """Two cards beside each other, four times on a page of A4; the first ones at the top of a page."""
    across = (PORTRAIT.width - _COLUMNS * CR80.width) / (_COLUMNS + 1)
    high = (PORTRAIT.bottom - head_height(furniture)) / _ROWS - 0.5
    for begin in range(0, len(cards), _COLUMNS):
        marks: list[Mark] = []
        for place, card in enumerate(cards[begin : begin + _COLUMNS]):
            left, top = across + place * (CR80.width + across), (high - CR80.height) / 2
            edge = Box(0, 0, CR80.width, CR80.height, LINE, line=0.5)
            marks += [replace(mark, x=mark.x + left, y=mark.y + top) for mark in (edge, *_marks(card, imprint, tr))]
        yield Strip(high, marks, begins=begin == 0)


def _marks(card: "CardRow", imprint: Imprint, tr: Translator) -> Iterator[Mark]:
    width, height = CR80.width, CR80.height
    house = lettering.truncate(imprint.facility, width - 2 * _INSET, 7.5, bold=True)
    yield Text(_INSET, 17, house, 7.5, bold=True)
    yield Box(_INSET, 22, width - 2 * _INSET, 0.7, INK)
    wide, high = _PHOTO
    if card.photo is None:
        yield Box(_INSET, 30, wide, high, LINE, line=0.7)
    else:
        yield Picture(_INSET, 30, wide, high, card.photo)
    left = _INSET + wide + 9
    room = width - _INSET - left
    y = 39.0
    name = display_name(card.family_name, card.given_names, card.number)
    for line in lettering.wrap(name, room, 10.5, bold=True)[:2]:
        yield Text(left, y, lettering.truncate(line, room, 10.5, bold=True), 10.5, bold=True)
        y += 12.5
    if card.own_script:
        yield Text(left, y, lettering.truncate(terms.own_script(tr, card.own_script), room, 9), 9, colour=GREY)
    yield Text(left, 91, card.number, 16, bold=True)
    yield Text(left, 102, tr("No."), 6.5, colour=GREY)
    until = tr("until the departure") if card.valid_until is None else tr.date(card.valid_until)
    yield Text(_INSET, height - 31, tr("Valid until"), 6.5, colour=GREY)
    yield Text(_INSET, height - 21, until, 8.5, bold=True)
    if imprint.printed_at is not None:
        issued = tr("Issued {day}", day=imprint.printed_at.date())
        yield Text(_INSET, height - 11, issued, 6.5, colour=GREY)
    yield from qr.boxes(card.number, width - _INSET - _CODE, height - _INSET - _CODE, _CODE)  # for the search box
