"""What was entered field by field, in words on paper: who somebody is, a document, an entry of an arrival."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from models.rules.birth import BirthDate
from models.rules.field_types import Field, FieldType
from models.rules.fields import FIELDS_OF
from models.rules.time import Moment
from models.rules.wording import word
from models.sides import in_line
from models.text import Translator
from reports import parts, terms
from reports import type as lettering
from reports.page import BODY, GREY, LEFT, LINE, RIGHT, ROOM, SMALL, Box, Mark, Picture, Strip, Text, gap, rule

if TYPE_CHECKING:  # what is drawn knows no database
    from zoneinfo import ZoneInfo

    from models.queries.admissions import EntryRow

_VALUE = LEFT + 0.34 * ROOM
_LINE = 13.5
_STAMP = (110.0, 76.0)
PHOTO = (68.0, 87.0)
"""How large a photo stands beside the head of a paper, in points: 35 to 45, as it is taken."""


def said(tr: Translator, zone: "ZoneInfo", fields: Sequence[Field], row: object) -> list[tuple[str, str]]:
    """What some fields of a row say, each with its label; what is not known is left out."""
    return [
        (tr(field.label), words)
        for field in fields
        if hasattr(row, field.name)
        and field.name != "note"
        and (words := value(tr, zone, field, getattr(row, field.name)))
    ]


def entered(tr: Translator, zone: "ZoneInfo", entry: "EntryRow", *, tells_who: bool = True) -> list[tuple[str, str]]:
    """What an entry says, and perhaps who entered it when."""
    said = []
    for field in FIELDS_OF[entry.table]:
        if field.type is FieldType.RESIDENT:
            words = entry.others.get(field.name, "")
        elif field.type is FieldType.ENTRY:
            words = ""
        else:
            words = value(tr, zone, field, entry.values.get(field.name))
        if words:
            said.append((tr(field.label), words))
    if not tells_who:
        return said
    by = tr("{name}, {time}", name=entry.entered_by, time=tr.value(entry.entered_at.astimezone(zone)))
    return [*said, (tr("Entered by"), by)]


def value(tr: Translator, zone: "ZoneInfo", field: Field, stored: object) -> str:
    """What a field says on paper; empty where nothing is known."""
    if stored is None or stored == field.empty:
        return ""
    match field.type:
        case FieldType.MOMENT if isinstance(stored, Moment):
            return moment(tr, zone, stored)
        case FieldType.COUNTRY | FieldType.NATIONALITY:
            return terms.nationality(tr, str(stored))
        case FieldType.COUNTRIES if isinstance(stored, tuple):
            return ", ".join(map(tr.country, stored))
        case FieldType.LANGUAGES if isinstance(stored, tuple):
            return ", ".join(map(tr.language_name, stored))
        case FieldType.TEXTS if isinstance(stored, tuple):
            return ", ".join(stored)
        case FieldType.YES_NO:
            return tr("yes")
        case FieldType.BIRTH if isinstance(stored, BirthDate):
            return terms.birth(tr, stored)
        case FieldType() if isinstance(stored, str | int | Decimal | date):
            return tr.value(stored)
        case FieldType():
            raise TypeError(f"nobody says how {field.name} is written")
        case vocabulary:
            return tr.render(word(vocabulary(str(stored))))


def moment(tr: Translator, zone: "ZoneInfo", known: Moment) -> str:
    """A moment as far as it is known."""
    return tr.date(known.on) if known.at is None else tr.value(known.at.astimezone(zone))


def section(title: str, said: Sequence[tuple[str, str]]) -> list[Strip]:
    """A heading with what was said under it; nothing, where nothing was."""
    return parts.together([*parts.heading(title), *pairs(said)]) if said else []


def pairs(said: Sequence[tuple[str, str]]) -> list[Strip]:
    """Labels with what was said beside them; what has no label begins at the left.

    In two languages one stands behind the other, once where both say the same.
    """
    strips = []
    for label, value in ((in_line(label), in_line(value)) for label, value in said):
        at = _VALUE if label else LEFT
        lines = lettering.wrap(value, LEFT + ROOM - at, BODY) or [""]
        names = lettering.wrap(label, _VALUE - LEFT - 8, SMALL) if label else []
        height = _LINE * max(len(lines), len(names), 1)
        marks: list[Mark] = [
            Text(LEFT, 10 + _LINE * place, line, SMALL, colour=GREY) for place, line in enumerate(names)
        ]
        marks += [Text(at, 10 + _LINE * place, line, BODY) for place, line in enumerate(lines)]
        strips.append(Strip(height, (*marks, rule(height)), role="TR" if label else "P"))
    return strips


def photo(image: bytes | None, label: str = "") -> Strip:
    """A photo at the right, beside what stands below it; where there is none a place for one, with its label."""
    wide, high = PHOTO
    where = RIGHT - wide
    if image is not None:
        return Strip(0, (Picture(where, 0, wide, high, image),), keep=True)
    lines = lettering.wrap(in_line(label), wide - 8, SMALL)
    said = [Text(where + 5, 12 + 10 * down, line, SMALL, colour=GREY) for down, line in enumerate(lines)]
    return Strip(0, (Box(where, 0, wide, high, LINE, line=0.7), *said), keep=True)


def stamp(label: str) -> Strip:
    """A place for a stamp."""
    wide, high = _STAMP
    frame = Box(RIGHT - wide, 4, wide, high, LINE, line=0.7)
    return Strip(high + 8, (frame, Text(RIGHT - wide + 5, 14, in_line(label), SMALL, colour=GREY)))


def signatures(tr: Translator, *who: str) -> list[Strip]:
    """A line for each who signs."""
    strips = [gap(26)]
    for each in who:
        line = in_line(tr("{who}: date and signature", who=each))
        strips.append(Strip(34, (rule(18), Text(LEFT, 28, line, SMALL, colour=GREY)), keep=True))
    return strips
