"""What a sign of a machine-readable zone was probably meant to be, where it cannot be what was read.

Offered, never done without a word: a repair names each sign that it changes, and the clerk looks at the document.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from models.errors import Refused
from models.exchange.mrz import LAYOUTS, Span, Zone, lines_of, read_zone

_TO_DIGIT = str.maketrans("OQDILZSGB", "000112568")
_TO_LETTER = str.maketrans("012568", "OIZSGB")
_ALIKE = {"0": "OQD", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B"}
_LETTERS = ("issuing_state", "nationality", "names", "surname", "given_names")
_DIGITS = ("birth_date", "expiry_date")
_FILLERS_MISREAD = re.compile(r"(?<=<<)[<KCL]{3,}$|(?<=[A-Z])([KCL])\1{4,}$")
"""At the end of the names: printed fillers are angles, which programs take for these letters."""


@dataclass(frozen=True, slots=True)
class Change:
    """A sign that is read as another.

    Attributes:
        line: From 1.
        place: Of the sign in its line, from 1.
        was: The sign as it was read; empty where one lacked.
        becomes: The sign as it was probably meant; empty where it is one too many.
    """

    line: int
    place: int
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A zone that fits better, and what it changes of the one that was read."""

    zone: Zone
    changes: tuple[Change, ...]


def repair(text: str) -> Repair | None:
    """Offer what the signs of a zone were probably meant to be.

    Args:
        text: The zone as it was typed, pasted or scanned.

    Returns:
        None where there is nothing to repair, or more than one way to do it, or none after which more check digits
        hold than before.
    """
    try:
        zone, changed = read_zone(text), list[Change]()
    except Refused:
        fitted = _fitted(text)
        if fitted is None:
            return None
        zone, changed = fitted
    better = _number_repaired(_kinds_repaired(zone))
    changes = (*changed, *_changes(zone.lines, better.lines))
    failing = [sum(holds is False for holds in each.checks.values()) for each in (zone, better)]
    return Repair(better, changes) if changes and failing[1] <= failing[0] else None


def _changes(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
    for number, (was, becomes) in enumerate(zip(before, after, strict=True), start=1):
        for place, (one, other) in enumerate(zip(was, becomes, strict=True), start=1):
            if one != other:
                yield Change(number, place, one, other)


def _kinds_repaired(zone: Zone) -> Zone:
    """Letters where only digits stand, and the other way round."""
    layout, lines = LAYOUTS[zone.format], zone.lines
    for name in _DIGITS:
        lines = _replaced(lines, layout.fields.get(name), lambda part: part.translate(_TO_DIGIT))
    for digit_at, _parts in layout.checks.values():
        lines = _replaced(lines, digit_at, lambda part: part.translate(_TO_DIGIT))
    for name in _LETTERS:
        lines = _replaced(lines, layout.fields.get(name), lambda part: part.translate(_TO_LETTER))
    for name in ("names", "given_names"):
        lines = _replaced(lines, layout.fields.get(name), _fillers)
    return read_zone("\n".join(lines))


def _fillers(part: str) -> str:
    return _FILLERS_MISREAD.sub(lambda found: "<" * len(found[0]), part)


def _replaced(lines: tuple[str, ...], span: Span | None, change: Callable[[str], str]) -> tuple[str, ...]:
    if span is None:
        return lines
    line = lines[span.line]
    line = line[: span.start] + change(line[span.start : span.end]) + line[span.end :]
    return (*lines[: span.line], line, *lines[span.line + 1 :])


def _number_repaired(zone: Zone) -> Zone:
    """The number of the document, in which letters and digits both stand, with the one sign that its digit explains."""
    if zone.checks.get("document_number") is not False:
        return zone
    span = LAYOUTS[zone.format].fields["document_number"]
    signs = zone.lines[span.line][span.start : span.end]
    others = [signs[:at] + other + signs[at + 1 :] for at, sign in enumerate(signs) for other in _looks_like(sign)]
    tried = [read_zone("\n".join(_replaced(zone.lines, span, partial(_instead, other)))) for other in others]
    fitting = [each for each in tried if each.checks["document_number"] and each.checks.get("composite") is not False]
    return fitting[0] if len(fitting) == 1 else zone


def _instead(other: str, _part: str) -> str:
    return other


def _looks_like(sign: str) -> Iterable[str]:
    return _ALIKE.get(sign) or [digit for digit, letters in _ALIKE.items() if sign in letters]


def _fitted(text: str) -> tuple[Zone, list[Change]] | None:
    """A zone in one of whose lines a filler lacks or stands once too often: the only one whose digits all hold."""
    try:
        lines = lines_of(text)
    except Refused:
        return None
    fitting = dict[tuple[str, ...], tuple[Zone, list[Change]]]()
    for number, line in enumerate(lines):
        for run in re.finditer("<+", line):
            for changed in (line[: run.end()] + "<" + line[run.end() :], line[: run.start()] + line[run.start() + 1 :]):
                try:
                    zone = read_zone("\n".join([*lines[:number], changed, *lines[number + 1 :]]))
                except Refused:
                    continue
                added = len(changed) > len(line)
                change = Change(number + 1, run.end() + added, "" if added else "<", "<" if added else "")
                if zone.checks and zone.is_sound:
                    fitting.setdefault(zone.lines, (zone, [change]))
    return next(iter(fitting.values())) if len(fitting) == 1 else None
