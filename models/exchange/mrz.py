"""Machine-readable zones of travel documents (ICAO Doc 9303, and national ones): what stands in each, and what holds.

A zone is read as it is printed: dates keep their two digits of a year, a name keeps its capital letters. What a check
digit says is told beside, digit by digit; a zone whose digits do not hold is read all the same, since the person is
there, and the clerk looks at the document.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from models.errors import Refused

_FILLER = "<"
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (7, 3, 1)
_FOR_FILLERS = str.maketrans({"«": "<<", "‹": "<", "≤": "<", "＜": "<"})  # what programs that read pictures make of it
_SEXES = ("M", "F", "")


class ZoneFormat(StrEnum):
    """How a zone is laid out; the words are those of ICAO Doc 9303, or name the country."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRVA = "MRVA"
    MRVB = "MRVB"
    FRENCH_IDENTITY_CARD = "FRENCH_IDENTITY_CARD"
    FRENCH_DRIVING_LICENCE = "FRENCH_DRIVING_LICENCE"
    SWISS_DRIVING_LICENCE = "SWISS_DRIVING_LICENCE"


class Span(NamedTuple):
    """A part of a zone: the line from 0, and its first sign and the one after its last, from 0."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands in a zone of one format.

    Attributes:
        widths: The signs of each line.
        begins: What the first signs are, as a regular expression.
        fields: By the name of the field. A part that a format lacks is not there.
        checks: By the name of the check: its digit, and the parts that it is reckoned from.
        overflows: Whether a number of a document that is too long goes on in the first optional part.
    """

    widths: tuple[int, ...]
    begins: str
    fields: Mapping[str, Span]
    checks: Mapping[str, tuple[Span, tuple[Span, ...]]]
    overflows: bool = False


def _second_line(optional: Span) -> dict[str, Span]:
    """What a passport, a visa and the card of two lines have in one order."""
    return {
        "document_code": Span(0, 0, 2),
        "issuing_state": Span(0, 2, 5),
        "document_number": Span(1, 0, 9),
        "optional_1": optional,
        "nationality": Span(1, 10, 13),
        "birth_date": Span(1, 13, 19),
        "sex": Span(1, 20, 21),
        "expiry_date": Span(1, 21, 27),
    }


_SECOND_LINE_CHECKS = {
    "document_number": (Span(1, 9, 10), (Span(1, 0, 9),)),
    "birth": (Span(1, 19, 20), (Span(1, 13, 19),)),
    "expiry": (Span(1, 27, 28), (Span(1, 21, 27),)),
}

LAYOUTS: Mapping[ZoneFormat, Layout] = {
    ZoneFormat.FRENCH_IDENTITY_CARD: Layout(
        (36, 36),
        "IDFRA",
        {
            "document_code": Span(0, 0, 2),
            "issuing_state": Span(0, 2, 5),
            "surname": Span(0, 5, 30),
            "optional_1": Span(0, 30, 36),
            "document_number": Span(1, 0, 12),
            "given_names": Span(1, 13, 27),
            "birth_date": Span(1, 27, 33),
            "sex": Span(1, 34, 35),
        },
        {
            "document_number": (Span(1, 12, 13), (Span(1, 0, 12),)),
            "birth": (Span(1, 33, 34), (Span(1, 27, 33),)),
            "composite": (Span(1, 35, 36), (Span(0, 0, 36), Span(1, 0, 35))),
        },
    ),
    ZoneFormat.FRENCH_DRIVING_LICENCE: Layout(
        (30,),
        "D1FRA",
        {
            "document_code": Span(0, 0, 2),
            "issuing_state": Span(0, 2, 5),
            "document_number": Span(0, 5, 14),
            "expiry_date": Span(0, 15, 21),
            "surname": Span(0, 21, 29),
        },
        {
            "document_number": (Span(0, 14, 15), (Span(0, 0, 14),)),
            "composite": (Span(0, 29, 30), (Span(0, 0, 29),)),
        },
    ),
    ZoneFormat.SWISS_DRIVING_LICENCE: Layout(
        (9, 30, 30),
        "",
        {
            "optional_1": Span(0, 0, 9),
            "document_code": Span(1, 0, 2),
            "issuing_state": Span(1, 2, 5),
            "document_number": Span(1, 5, 17),
            "birth_date": Span(1, 19, 25),
            "names": Span(2, 0, 30),
        },
        {},
    ),
    ZoneFormat.MRVA: Layout(
        (44, 44), "V", {**_second_line(Span(1, 28, 44)), "names": Span(0, 5, 44)}, _SECOND_LINE_CHECKS
    ),
    ZoneFormat.MRVB: Layout(
        (36, 36), "V", {**_second_line(Span(1, 28, 36)), "names": Span(0, 5, 36)}, _SECOND_LINE_CHECKS
    ),
    ZoneFormat.TD3: Layout(
        (44, 44),
        "",
        {**_second_line(Span(1, 28, 42)), "names": Span(0, 5, 44)},
        _SECOND_LINE_CHECKS
        | {
            "personal_number": (Span(1, 42, 43), (Span(1, 28, 42),)),
            "composite": (Span(1, 43, 44), (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43))),
        },
    ),
    ZoneFormat.TD2: Layout(
        (36, 36),
        "",
        {**_second_line(Span(1, 28, 35)), "names": Span(0, 5, 36)},
        _SECOND_LINE_CHECKS | {"composite": (Span(1, 35, 36), (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35)))},
        overflows=True,
    ),
    ZoneFormat.TD1: Layout(
        (30, 30, 30),
        "",
        {
            "document_code": Span(0, 0, 2),
            "issuing_state": Span(0, 2, 5),
            "document_number": Span(0, 5, 14),
            "optional_1": Span(0, 15, 30),
            "optional_2": Span(1, 18, 29),
            "names": Span(2, 0, 30),
            "nationality": Span(1, 15, 18),
            "birth_date": Span(1, 0, 6),
            "sex": Span(1, 7, 8),
            "expiry_date": Span(1, 8, 14),
        },
        {
            "document_number": (Span(0, 14, 15), (Span(0, 5, 14),)),
            "birth": (Span(1, 6, 7), (Span(1, 0, 6),)),
            "expiry": (Span(1, 14, 15), (Span(1, 8, 14),)),
            "composite": (Span(1, 29, 30), (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29))),
        },
        overflows=True,
    ),
}
"""Of each format; those that are told by how they begin stand before those that are told by their length."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as it was read.

    Attributes:
        format: How it is laid out.
        lines: Its lines, in capital letters, with fillers.
        document_number: With what goes on in the optional part.
        optional_2: None where the format has one optional part at most.
        names_cut: Whether the names fill their place, so that something may have been cut off.
        birth_date: As it is printed: year, month and day in two signs each; fillers for what is not known.
        sex: F, M, or X for all else; empty where the format has none.
        expiry_date: As it is printed; empty where the format has none.
        checks: Whether each check digit holds, by its name; None where a filler stands for it, beside nothing.
    """

    format: ZoneFormat
    lines: tuple[str, ...]
    document_code: str
    issuing_state: str
    document_number: str
    optional_1: str
    optional_2: str | None
    surname: str
    given_names: str
    names_cut: bool
    nationality: str
    birth_date: str
    sex: str
    expiry_date: str
    checks: Mapping[str, bool | None]

    @property
    def is_sound(self) -> bool:
        """Whether no check digit says that a sign was misread."""
        return False not in self.checks.values()


def read_zone(text: str) -> Zone:
    """Read one zone as it was typed, pasted or scanned.

    Args:
        text: Its lines; or all of them in one, as some scanners send it. Spaces and small letters do no harm, and the
            fillers at the end of the names need not be counted.

    Raises:
        Refused: It is no zone: a sign that none has, or a line that is too short or too long.
    """
    lines = lines_of(text)
    for format_ in LAYOUTS:
        if (fitted := _fitted(lines, format_)) is not None:
            return _read(format_, fitted)
    raise Refused(
        "This is no machine-readable zone: its lines have {lengths} signs. A passport has 2 lines of 44, a card 3 of 30"
        " or 2 of 36. Compare each line with the document: a sign may lack or stand twice.",
        field="zone",
        lengths=", ".join(str(len(line)) for line in lines) or "0",
    )


def zones_of(text: str) -> Iterator[str]:
    """The zones of a text, between which empty lines stand."""
    for has_signs, lines in groupby(text.splitlines(), key=lambda line: bool(line.strip())):
        if has_signs:
            yield "\n".join(lines)


def digit_of(signs: str) -> str:
    """The check digit of some signs (ICAO Doc 9303, Part 3, 4.9)."""
    return str(sum(_value(sign) * _WEIGHTS[place % 3] for place, sign in enumerate(signs)) % 10)


def _value(sign: str) -> int:
    return 0 if sign == _FILLER else _SIGNS.index(sign)


def lines_of(text: str) -> list[str]:
    """The lines of a zone without spaces, in capital letters.

    Raises:
        Refused: A sign stands there that no zone has.
    """
    told = ["".join(line.split()).upper().translate(_FOR_FILLERS) for line in text.splitlines()]
    lines = [line for line in told if line]
    for line in lines:
        odd = next((sign for sign in line if sign not in _SIGNS and sign != _FILLER), None)
        if odd is not None:
            raise Refused(
                "{sign} is no sign of a machine-readable zone. There are A to Z without accents, 0 to 9 and <.",
                field="zone",
                sign=odd,
            )
    return lines


def _fitted(lines: list[str], format_: ZoneFormat) -> tuple[str, ...] | None:
    """The lines as the format has them; None if they are of another."""
    layout = LAYOUTS[format_]
    if len(lines) == 1 and len(layout.widths) > 1 and len(lines[0]) == sum(layout.widths):
        ends = [sum(layout.widths[: place + 1]) for place in range(len(layout.widths))]
        lines = [lines[0][end - width : end] for end, width in zip(ends, layout.widths, strict=True)]
    if len(lines) != len(layout.widths) or re.match(layout.begins, lines[0]) is None:
        return None
    of_names = layout.fields["names"].line if "names" in layout.fields else None
    whole = [
        line.rstrip(_FILLER).ljust(width, _FILLER) if place == of_names else line
        for place, (line, width) in enumerate(zip(lines, layout.widths, strict=True))
    ]
    return tuple(whole) if tuple(map(len, whole)) == layout.widths else None


def _read(format_: ZoneFormat, lines: tuple[str, ...]) -> Zone:
    layout = LAYOUTS[format_]

    def part(name: str) -> str:
        return _cut(lines, layout.fields[name]) if name in layout.fields else ""

    number, checks = part("document_number"), {name: _holds(name, layout, lines) for name in layout.checks}
    if (
        layout.overflows
        and checks["document_number"] is False
        and _cut(lines, layout.checks["document_number"][0]) == _FILLER
    ):
        number, checks["document_number"] = _long_number(number, part("optional_1"))
    surname, given_names = _names(layout, lines)
    filled = [part(name) for name in ("names", "surname", "given_names") if name in layout.fields]
    return Zone(
        format_,
        lines,
        part("document_code").rstrip(_FILLER),
        part("issuing_state").rstrip(_FILLER),
        number.rstrip(_FILLER),
        part("optional_1").rstrip(_FILLER),
        part("optional_2").rstrip(_FILLER) if "optional_2" in layout.fields else None,
        surname,
        given_names,
        any(not each.endswith(_FILLER) for each in filled),
        part("nationality").rstrip(_FILLER),
        part("birth_date"),
        _sex(part("sex")),
        part("expiry_date"),
        checks,
    )


def _sex(sign: str) -> str:
    return sign if sign in _SEXES else "X"


def _cut(lines: tuple[str, ...], span: Span) -> str:
    return lines[span.line][span.start : span.end]


def _holds(name: str, layout: Layout, lines: tuple[str, ...]) -> bool | None:
    digit_at, parts = layout.checks[name]
    signs, digit = "".join(_cut(lines, each) for each in parts), _cut(lines, digit_at)
    if digit == _FILLER and not signs.strip(_FILLER):
        # Of the optional part a filler is the digit of nothing (Doc 9303, Part 4, 4.2.2); elsewhere there is none.
        return True if name == "personal_number" else None
    return digit == digit_of(signs)


def _long_number(first: str, optional: str) -> tuple[str, bool]:
    """A number of more than nine signs, whose check digit stands at its end, and whether it holds."""
    rest = optional.split(_FILLER)[0]
    whole = first + rest[:-1]
    return whole, rest[-1:] == digit_of(whole)


def _names(layout: Layout, lines: tuple[str, ...]) -> tuple[str, str]:
    if "names" in layout.fields:
        surname, _, given_names = _cut(lines, layout.fields["names"]).partition("<<")
    else:
        surname, given_names = (
            _cut(lines, layout.fields[name]) if name in layout.fields else "" for name in ("surname", "given_names")
        )
    return _words(surname), _words(given_names)


def _words(signs: str) -> str:
    return " ".join(signs.replace(_FILLER, " ").split())
