"""Blank forms for the day on which the computer is off: written on by hand, entered later in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import count

from models.rules.field_types import Field, FieldType
from models.rules.forms import Form, Part
from models.rules.papers import Imprint
from models.rules.vocabulary import NOTE_KINDS, PLANNED_KINDS, AbsenceKind, Answer, DepartureKind, SealedKind
from models.rules.wording import word
from models.text import N_, Translator
from reports import entries, parts, terms
from reports import type as lettering
from reports.page import (
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
    Strip,
    Text,
    draw_paper,
    gap,
    rule,
)

_LABEL = LEFT + 0.33 * ROOM
_LINE = 22.8
_TICK = 8.0
_WHEN = {FieldType.DATE: N_("day, month, year"), FieldType.MOMENT: N_("day, month, year, hour")}
_TOLD = (
    N_("Number of the person"),
    N_("Name"),
)


def draw(forms: Sequence[Form], imprint: Imprint) -> bytes:
    """The forms as a PDF, each on pages of its own; the same arguments give the same bytes."""
    tr = terms.translator_of(imprint.language)
    strips = [strip for form in forms for strip in _form(form, tr)]
    title = tr("Blank forms")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Filled in it is personal: keep it locked"))
    return draw_paper(strips, furniture, tr=tr)


def _form(form: Form, tr: Translator) -> Iterator[Strip]:
    first, *rest = parts.title(tr.render(word(form.which)))
    yield replace(first, begins=True)
    yield from rest
    where = " › ".join(map(tr, form.entered))
    order = tr("To be entered, in this order, when the computer is on again: {where}.", where=where)
    starred = any(field.required for part in form.parts if not part.lines for field in part.fields)
    yield from parts.note(" ".join((order, tr("What has a star must be said."))) if starred else order)
    yield gap(4)
    if form.names_person:
        for label in _TOLD:
            yield _written(tr(label))
    numbers = count(1)
    for part in form.parts:
        for time in range(1, part.times + 1):
            yield from _part(part, numbers, tr, time)
    yield from _closing(form, tr)


def _part(part: Part, numbers: "count[int]", tr: Translator, time: int) -> Iterator[Strip]:
    above: list[Strip] = []
    if part.title:
        title = tr(part.title)
        above += parts.heading(f"{title} ({time})" if part.times > 1 else title)
    if part.is_sealed:
        sealed = tr("Sealed: hand what is written here to health and legal staff, in a closed envelope.")
        above += [*([] if part.title else [gap(6)]), *parts.note(sealed, bold=True), gap(4)]
    if part.lines:
        yield from (*above, *_lines(part, tr))
        return
    yield from parts.together([*above, *(_asked(field, next(numbers), tr) for field in part.fields)])


def _asked(field: Field, number: int, tr: Translator) -> Strip:
    """A field with its number, its label, and where to write or to tick."""
    text = field.question or field.label
    label = f"{number}  {tr(text)}{' *' if field.required else ''}"
    words = _words(field, tr)
    if words:
        return _ticked(label, words)
    hint = tr(_WHEN[field.type]) if isinstance(field.type, FieldType) and field.type in _WHEN else ""
    return _written(label, hint=hint, lines=4 if field.type is FieldType.LONG_TEXT else 1)


def _words(field: Field, tr: Translator) -> list[str]:
    """What can be ticked; nothing, where it is written."""
    if field.type is FieldType.YES_NO:
        return [tr("yes"), tr("no")]
    if isinstance(field.type, FieldType):
        return []
    return [tr.render(word(each)) for each in _offered(field)]


def _offered(field: Field) -> Sequence[StrEnum]:
    """The words of its list, as the screen offers them."""
    if field.type is SealedKind:
        return NOTE_KINDS
    if field.type is DepartureKind:
        return PLANNED_KINDS
    assert isinstance(field.type, type)
    return [each for each in field.type if each not in (Answer.UNKNOWN, AbsenceKind.OUT)]


def _written(label: str, *, hint: str = "", lines: int = 1) -> Strip:
    names = lettering.wrap(label, _LABEL - LEFT - 8, SMALL)
    height = max(_LINE * lines, 8 + 11.0 * len(names))
    marks: list[Mark] = [Text(LEFT, 15 + 11 * down, line, SMALL) for down, line in enumerate(names)]
    marks += [rule(height - _LINE * up - 3, colour=GREY, left=_LABEL) for up in range(lines)]
    if hint:
        marks.append(Text(RIGHT, height - 6, hint, 6.5, colour=GREY, align="right"))
    return Strip(height, marks)


def _ticked(label: str, words: Sequence[str]) -> Strip:
    """Boxes, each with its word, in as many lines as they need."""
    names = lettering.wrap(label, _LABEL - LEFT - 8, SMALL)
    marks: list[Mark] = [Text(LEFT, 13 + 11 * down, line, SMALL) for down, line in enumerate(names)]
    x, line = _LABEL, 0
    for said in words:
        wide = _TICK + 4 + lettering.width(said, SMALL) + 14
        if x > _LABEL and x + wide - 14 > RIGHT:
            x, line = _LABEL, line + 1
        marks.append(Box(x, 6 + 14 * line, _TICK, _TICK, INK, line=0.7))
        marks.append(Text(x + _TICK + 4, 13 + 14 * line, said, SMALL))
        x += wide
    height = max(6 + 14 * (line + 1), 8 + 11.0 * len(names)) + 4
    return Strip(height, [*marks, rule(height - 1)])


def _lines(part: Part, tr: Translator) -> Iterator[Strip]:
    """A table with empty lines, its columns as wide as what is written in them."""
    share = [0.5 if field.type is FieldType.YES_NO else 1.6 if field.name == "name" else 1.0 for field in part.fields]
    widths = [ROOM * each / sum(share) for each in share]
    lefts = [LEFT + sum(widths[:at]) for at in range(len(widths))]
    heads: list[Mark] = [
        Text(x + 2, 10, lettering.truncate(tr(field.label), width - 4, SMALL), SMALL, colour=GREY)
        for x, width, field in zip(lefts, widths, part.fields, strict=True)
    ]
    head = Strip(15, [*heads, rule(14, colour=RULE)], keep=True)
    yield head
    for _line in range(part.lines):
        bars = [Box(x, 0, 0.4, _LINE, GREY) for x in (*lefts, RIGHT)]
        yield Strip(_LINE, [*bars, rule(_LINE, colour=GREY)], heads=(head,))


def _closing(form: Form, tr: Translator) -> list[Strip]:
    signs = entries.signatures(tr, *map(tr, form.signs))
    return parts.together([*signs, _written(tr("Entered in Konak on, and by whom"))])
