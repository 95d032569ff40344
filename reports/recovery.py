"""The recovery sheet: one page with twelve words that open the register when all passphrases are forgotten."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.text import Translator
from reports import parts, terms
from reports.page import GREY, INK, LEFT, LINE, ROOM, RULE, SMALL, Box, Furniture, Mark, Strip, Text, draw_paper, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.papers import Sheet

_ACROSS = 3
_CELL_HEIGHT = 40.0
_WORD_SIZE = 15.0
_QR_SIDE = 150.0
_QUIET = 4
"""Modules of white that a code needs around it."""


def draw(sheet: "Sheet", imprint: Imprint) -> bytes:
    """The sheet as a PDF of one page; the same sheet and imprint give the same bytes."""
    tr = terms.translator_of(imprint.language)
    number = tr("Sheet {number}", number=sheet.number)
    strips = [
        *parts.title(tr("Recovery sheet")),
        *parts.paragraph(
            tr(
                "These words open the register of {facility} when all passphrases are forgotten. They also open what "
                "is sealed in it.",
                facility=imprint.facility,
            )
        ),
        gap(10),
        *_grid(sheet.words.split()),
        gap(14),
        _code(sheet.words, _beside_code(tr)),
        gap(14),
        *parts.heading(tr("How to keep it")),
        *(strip for line in _keeping(tr) for strip in parts.paragraph(line)),
    ]
    furniture = Furniture.of(
        imprint,
        tr,
        title=tr("Recovery sheet"),
        head_right=[number, tr.long_date(sheet.made_on)],
        mark=tr("Secret"),
        hashes=[number],
    )
    return draw_paper(strips, furniture, tr=tr)


def _keeping(tr: Translator) -> Sequence[str]:
    return (
        tr("Put it into an envelope, seal it, sign across the flap, and lock it away, not beside the computer."),
        tr("Whoever has it and a copy of the register can read everything. Do not copy it and do not photograph it."),
        tr("A newer recovery sheet makes this one void. Destroy this one then."),
        tr("If the envelope was opened, make a new sheet on the page Administration."),
    )


def _beside_code(tr: Translator) -> Sequence[str]:
    return (
        tr("To use it:"),
        tr("1. Start Konak and choose who you are."),
        tr("2. Choose that the passphrase is forgotten."),
        tr("3. Type the words in their order, or scan the code."),
        tr("4. Choose a new passphrase, then make a new sheet."),
    )


def _grid(said: Sequence[str]) -> Iterator[Strip]:
    """The words in numbered cells, from left to right, row by row."""
    wide = ROOM / _ACROSS
    for first in range(0, len(said), _ACROSS):
        marks: list[Mark] = []
        for place, word in enumerate(said[first : first + _ACROSS]):
            x = LEFT + wide * place
            marks.append(Box(x, 0, wide, _CELL_HEIGHT, LINE, line=0.8))
            marks.append(Text(x + 10, 25, str(first + place + 1), SMALL, colour=GREY))
            marks.append(Text(x + 32, 26, word, _WORD_SIZE, bold=True))
        yield Strip(_CELL_HEIGHT, marks, keep=True)


def _code(said: str, lines: Sequence[str]) -> Strip:
    """The words as a QR code, and what to do with them beside it."""
    rows = _modules(said)
    side = _QR_SIDE / (len(rows) + 2 * _QUIET)
    marks: list[Mark] = [Box(LEFT, 0, _QR_SIDE, _QR_SIDE, RULE, line=0.5)]
    for down, row in enumerate(rows):
        for start, length in _runs(row):
            # A hair wider than a module, so that no viewer shows a white line between two rows.
            x, y = LEFT + (start + _QUIET) * side, (down + _QUIET) * side
            marks.append(Box(x, y, length * side, side + 0.05, INK))
    for place, line in enumerate(lines):
        marks.append(Text(LEFT + _QR_SIDE + 24, 40 + 20 * place, line, 10.5, bold=not place))
    return Strip(_QR_SIDE, marks, keep=True)


def _modules(text: str) -> Sequence[Sequence[bool]]:
    """The dark modules of a QR code, row by row; a quarter of it may be soiled."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(down, across)) for across in range(size)] for down in range(size)]


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin, and how many stand side by side."""
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
