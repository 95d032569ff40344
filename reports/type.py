"""Setting a line of text on paper: which font has its letters, how they join and in which order, how wide they are.

ReportLab draws the characters that it is given, in the order given, and leaves out silently what a font lacks. So all
that is more than one letter of Latin, Greek or Cyrillic after the other is ordered by the rules of Unicode and shaped
by HarfBuzz, font by font; and a letter that no font has is written by its number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from models import sides
from reports.faces import JOINERS, REGISTERED, Face, Glyph, face_name, face_of, main_face

if TYPE_CHECKING:  # loaded when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

Align = Literal["left", "right", "centre"]

ELLIPSIS = "…"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_TAKEN_OUT = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF"})
"""Which kinds of signs have no level of their own (UAX 9, X9)."""
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C])
"""Characters that turn the direction of what follows: a name may not turn a line."""
_HELD = {"\ufdd3": 0, "\ufdd4": 1}
"""Signs that no text has, before a line that goes on with a paragraph: it runs from the left, or from the right."""
_BLANKS = dict.fromkeys(map(ord, "\t\n\r\v\f\u0085\u2028\u2029"), " ")
_VIRAMA = 9
"""The class of the sign that joins a letter of an Indic script to the one after it."""
_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *b"()\\", *range(127, 256))}
"""Bytes as they stand in a text of a PDF."""
_NAMED = re.compile(r"\b(?:LETTER|SYLLABLE)(?: \w+)* (\w+)$")
_STROKE = 0.022
"""How much wider a line is drawn, in parts of the size, where a font has no bold face."""


class Span(NamedTuple):
    """Characters of one font, drawn one after the other.

    Attributes:
        font: The name under which the font is registered.
        text: Its characters in the order of drawing; a glyph that stands for no character has one of the private area.
        x: Where it begins, from the start of the line, in thousandths of the size.
        y: How far above the base line it stands, in thousandths of the size.
    """

    font: str
    text: str
    x: float
    y: float


class Piece(NamedTuple):
    """Spans that are read as one.

    Attributes:
        spans: Its parts, from left to right.
        said: What is read aloud, searched and copied, where it is not what is drawn; else None. Readers of PDF take a
            line as it stands from left to right and turn what runs from the right: so letters of a script that does
            are told one by one, and the marks of each before it.
    """

    spans: tuple[Span, ...]
    said: str | None


class Line(NamedTuple):
    """A text as it is drawn.

    Attributes:
        pieces: Its parts, from left to right.
        width: In thousandths of the size.
    """

    pieces: tuple[Piece, ...]
    width: float

    @property
    def spans(self) -> tuple[Span, ...]:
        """All that is drawn of it."""
        return tuple(span for piece in self.pieces for span in piece.spans)


def can_print(text: str) -> bool:
    """Whether each letter of a text has a shape."""
    said = unicodedata.normalize("NFC", text).translate(_TURNS).translate(_BLANKS)
    return all(letter in JOINERS or face_of(letter, None, bold=False) for letter in said)


@lru_cache(maxsize=32_768)
def set_line(text: str, bold: bool = False) -> Line:
    """A text as it is to be drawn; a letter that no font has is written by its number, as in `[U+1F600]`."""
    main = main_face(bold=bold)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    base = None
    if not main.simple.issuperset(text):
        base = _HELD.get(text[:1])
        text = sides.in_line(text if base is None else text[1:]).translate(_TURNS).translate(_BLANKS)
    if not base and main.simple.issuperset(text):  # nearly all, also without the signs that hold a name apart
        return Line((Piece((Span(main.name, text, 0, 0),), None),), sum(map(main.widths.__getitem__, text)))
    faces: list[Face] = []
    said = ""
    for one, letters in _by_face(text, bold=bold):
        written = letters if one is not None else _by_number(letters)
        said += written
        faces += [one or main] * len(written)
    return _compose(said, faces, base)


def _by_face(text: str, *, bold: bool) -> Iterator[tuple[Face | None, str]]:
    """The text in stretches with the face that draws each; None where no font has the letters."""
    found: list[tuple[Face | None, str]] = []
    before: Face | None = None
    for letter in text:
        before = face_of(letter, before, bold=bold)
        if before is not None or (letter not in JOINERS and unicodedata.category(letter) != "Cf"):
            found.append((before, letter))
    for one, stretch in groupby(found, key=lambda each: each[0]):
        yield one, "".join(letter for _, letter in stretch)


def _by_number(letters: str) -> str:
    """Letters that no font has: as they read in Latin, as far as Unicode says so, and by their numbers."""
    numbers = " ".join(f"U+{ord(letter):04X}" for letter in letters)
    named = (_NAMED.search(unicodedata.name(letter, "")) for letter in letters)
    latin = "".join(found[1] for found in named if found).capitalize()
    return f"{latin} [{numbers}]" if latin else f"[{numbers}]"


def _compose(text: str, faces: Sequence[Face], base: int | None) -> Line:
    """Pieces of a line: all that runs from the left as one, each letter that runs from the right with its marks."""
    pieces: list[Piece] = []
    pen = 0.0
    for right_to_left, group in groupby(_runs(text, faces, base), key=lambda run: run.right_to_left):
        spans: list[Span] = []
        said = ""
        for run in group:
            glyphs = list(run.face.shaped(run.text, right_to_left=right_to_left))
            if right_to_left:
                pieces += _from_the_right(run, glyphs, pen)
            else:
                spans += _spans(run.face, glyphs, pen)
                said += run.text
            pen += sum(glyph.advance for glyph in glyphs)
        if spans:
            pieces.append(_piece(spans, said))
    return Line(tuple(pieces), pen)


def _piece(spans: Sequence[Span], said: str) -> Piece:
    """Spans with what is read, where it is not what is drawn; beyond U+FFFF ReportLab tells wrong what is drawn."""
    told = len(spans) == 1 and spans[0].text == said and max(said) <= "\uffff"
    return Piece(tuple(spans), None if told else said)


def _from_the_right(run: "_Run", glyphs: Sequence[Glyph], pen: float) -> Iterator[Piece]:
    """Letters that run from the right, each with its marks.

    Readers take a piece to reach from the beginning of what is drawn first to the end of what is drawn last, and put
    blanks where it seems to be narrow: so the letter is drawn before its marks, and last a blank that ends with it.
    """
    starts = sorted({glyph.at for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    for at, group in groupby(glyphs, key=lambda glyph: glyph.at):
        cluster = list(group)
        letters: list[Span] = []
        marks: list[Span] = []
        end = pen
        for glyph in cluster:
            (letters if glyph.advance else marks).extend(_spans(run.face, [glyph], end))
            end += glyph.advance
        spans = [*letters, *marks]
        if len(cluster) > 1:
            spans.append(Span(face_name(), " ", end - main_face().widths[" "], 0))
        yield _piece(spans, run.text[at : ends[at]][::-1])
        pen = end


def _spans(one: Face, glyphs: Iterable[Glyph], pen: float) -> list[Span]:
    """Spans of one font; a glyph that does not stand where the one before it ends begins a span of its own."""
    spans: list[Span] = []
    ends = -1.0
    for glyph in glyphs:
        if spans and not glyph.x and not glyph.y and not spans[-1].y and abs(ends - pen) < 0.01:
            spans[-1] = spans[-1]._replace(text=spans[-1].text + glyph.letter)
        else:
            spans.append(Span(one.name, glyph.letter, round(pen + glyph.x, 3), round(glyph.y, 3)))
        ends = pen + glyph.x + one.font.face.charWidths[ord(glyph.letter)]
        pen += glyph.advance
    return spans


class _Run(NamedTuple):
    """Letters of one font and one direction."""

    text: str
    face: Face
    right_to_left: bool


def _runs(text: str, faces: Sequence[Face], base: int | None) -> list[_Run]:
    """The text in runs, from left to right."""
    levels = _levels(text, base)
    ends = groupby(range(len(text)), key=lambda at: (faces[at].name, levels[at]))
    runs = [list(places) for _, places in ends]
    for level in range(max(levels, default=0), 0, -1):
        runs = _turned(runs, [levels[places[0]] >= level for places in runs])
    return [_Run(text[places[0] : places[-1] + 1], faces[places[0]], bool(levels[places[0]] % 2)) for places in runs]


def _turned(runs: list[list[int]], turns: Sequence[bool]) -> list[list[int]]:
    """The runs with each stretch of those that turn set from the last to the first."""
    turned: list[list[int]] = []
    for turn, stretch in groupby(zip(turns, runs, strict=True), key=lambda each: each[0]):
        group = [run for _, run in stretch]
        turned += reversed(group) if turn else group
    return turned


def _levels(text: str, base: int | None) -> list[int]:
    """How deep each letter is embedded, by the rules of Unicode: an odd level runs from the right.

    Args:
        text: A line.
        base: The level of its paragraph; None: as its own first letter has it.
    """
    if not base and not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return [0] * len(text)
    from bidi import algorithm

    base = algorithm.get_base_level(text) if base is None else base
    storage = algorithm.get_empty_storage() | {"base_level": base, "base_dir": "LR"[base]}
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = iter([one["level"] for one in storage["chars"]])
    found: list[int] = []
    for letter in text:  # what is no letter, such as a sign that parts two, was taken out, and goes with the one before
        is_out = unicodedata.bidirectional(letter) in _TAKEN_OUT
        found.append((found[-1] if found else base) if is_out else next(levels))
    return found


def runs_from_right(text: str) -> bool:
    """Whether a text is read from the right: its first letter is, or the paragraph with which it goes on."""
    if text[:1] in _HELD:
        return bool(_HELD[text[:1]])
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), False)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    return set_line(text, bold).width * size / 1000


def draw(
    canvas: "Canvas", x: float, y: float, text: str, *, size: float, bold: bool = False, align: Align = "left"
) -> None:
    """Draw a text on its base line.

    Args:
        canvas: Where to.
        x: Its left end, its right end or its middle, in points.
        y: The base line, in points from the bottom of the page.
        text: In the order of reading.
        size: In points.
        bold: Whether in the bold face.
        align: What `x` is.
    """
    line = set_line(text, bold)
    x -= {"left": 0.0, "right": 1.0, "centre": 0.5}[align] * line.width * size / 1000
    document = canvas._doc  # noqa: SLF001 - subsets belong to the document, and a canvas has no other way to it
    written = ["BT"]
    for piece in line.pieces:
        if piece.said is not None:
            written.append(f"/Span <</ActualText <FEFF{piece.said.encode('utf-16-be').hex().upper()}>>> BDC")
        for span in piece.spans:
            heavier = bold and not span.font.endswith("Bold")
            if heavier:
                ink = " ".join(f"{part:.3f}" for part in canvas._fillColorObj)  # noqa: SLF001 - what is drawn in
                written.append(f"2 Tr {_STROKE * size:.3f} w {ink} RG")
            written.append(f"1 0 0 1 {x + span.x * size / 1000:.2f} {y + span.y * size / 1000:.2f} Tm")
            font = REGISTERED[span.font]
            for subset, codes in font.splitString(span.text, document):
                name = font.getSubsetInternalName(subset, document)
                written.append(f"{name} {size:g} Tf ({codes.decode('latin-1').translate(_ESCAPES)}) Tj")
            if heavier:
                written.append("0 Tr")
        if piece.said is not None:
            written.append("EMC")
    written.append("ET")
    canvas.addLiteral("\n".join(written))


def clusters(text: str) -> list[str]:
    """A text in pieces that must not be torn apart: each letter with its marks."""
    pieces: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        joins = letter in JOINERS or unicodedata.category(letter).startswith("M")
        if pieces and (joins or unicodedata.combining(pieces[-1].rstrip(JOINERS)[-1:] or " ") == _VIRAMA):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def truncate(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as there is room for, with an ellipsis.

    Args:
        text: In the order of reading.
        room: In points.
        size: In points.
        bold: Whether in the bold face.
    """
    text = sides.in_line(text)
    if width(text, size, bold=bold) <= room:
        return text
    pieces = clusters(text)
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if width("".join(pieces[:middle]).rstrip() + ELLIPSIS, size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return "".join(pieces[:low]).rstrip() + ELLIPSIS


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit, broken between words, and inside a word only where it is wider than a line.

    Args:
        text: In the order of reading; a line break in it stays one.
        room: In points.
        size: In points.
        bold: Whether in the bold face.
    """
    lines: list[str] = []
    blank = set_line(" ", bold).width
    for paragraph in sides.in_line(text).split("\n"):
        paragraph = paragraph.lstrip(" ")
        if width(paragraph, size, bold=bold) <= room:  # nearly all
            lines.append(paragraph)
            continue
        broken: list[str] = []
        line, reach = "", 0.0
        for word in paragraph.split(" "):
            # No letter joins another over a blank: so a line is as wide as its words, each of which is set once.
            longer = (reach + blank if line else 0.0) + set_line(word, bold).width
            if longer * size / 1000 <= room:
                line, reach = f"{line} {word}" if line else word, longer
                continue
            if line:
                broken.append(line)
            *full, line = _broken(word, room, size, bold=bold)
            reach = set_line(line, bold).width
            broken.extend(full)
        from_right = runs_from_right(paragraph)
        lines += [_held(each, from_right=from_right) for each in (*broken, line)]
    return lines


def _held(line: str, *, from_right: bool) -> str:
    """A line in the direction of its paragraph, whatever letter it begins with."""
    if line[:1] in _HELD or runs_from_right(line) == from_right:
        return line
    return ("\ufdd4" if from_right else "\ufdd3") + line


def _broken(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """A word in pieces that fit a line, each as long as can be; one cluster at the least."""
    if width(word, size, bold=bold) <= room:
        return [word]
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and width(pieces[-1] + cluster, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces
