"""Setting a line of text on paper: which font has its letters, in which order they run, how wide they are.

ReportLab draws the characters that it is given, in the order given, and leaves out silently what a font lacks. So
what a reader of Arabic script expects (joined letters, from right to left), where the marks of Yoruba or Vietnamese
sit, and that nothing goes missing, is seen to here.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from models.errors import Refused
from reports import fonts

if TYPE_CHECKING:  # loaded when the first paper is drawn
    from reportlab.pdfgen.canvas import Canvas

Align = Literal["left", "right", "centre"]

ELLIPSIS = "…"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ARABIC_RUN = re.compile("[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff"
                         "\u0750-\u077f\u08a0-\u08ff\u200c\u200d]+")  # fmt: skip
_SHADDA = "\u0651"
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C])
"""Characters that turn the direction of what follows: a name may not turn a line."""
_BLANKS = dict.fromkeys(map(ord, "\t\n\r\v\f\u0085\u2028\u2029"), " ")
_BELOW_ARABIC = frozenset({29, 32, 220})


class Span(NamedTuple):
    """Characters of one font, drawn one after the other.

    Attributes:
        font: The name under which the font is registered.
        text: Its characters in the order of drawing.
        x: Where it begins, from the start of the line, in thousandths of the size.
        y: How far above the base line it stands, in thousandths of the size.
    """

    font: str
    text: str
    x: float
    y: float


class Line(NamedTuple):
    """A text as it is drawn.

    Attributes:
        spans: Its parts.
        width: In thousandths of the size.
        said: The text as it is read aloud and copied, where it is not what is drawn; else None.
    """

    spans: tuple[Span, ...]
    width: float
    said: str | None


class Face:
    """One font file, registered with ReportLab, and what it says about its own letters."""

    def __init__(self, face: fonts.Face) -> None:
        """Register the font under the name of its file.

        Args:
            face: Which of the fonts that come with the program.
        """
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        file = fonts.path(face)
        self.name = file.stem
        self.font = TTFont(self.name, str(file))
        pdfmetrics.registerFont(self.font)
        self.widths: Mapping[str, float] = {
            chr(code): width for code, width in self.font.face.charWidths.items() if code in self.font.face.charToGlyph
        }
        self.simple = frozenset(
            letter
            for letter in self.widths
            if letter.isprintable() and not unicodedata.combining(letter) and not _RIGHT_TO_LEFT.match(letter)
        )
        """The characters that need no more than to be drawn one after the other."""

    @property
    def tables(self) -> Mapping[str, Any]:
        """What `make_fonts.py` found out about joins and marks."""
        return _tables(self)


@cache
def _tables(face: Face) -> Mapping[str, Any]:
    tables: Mapping[str, Any] = json.loads(face.font.face.get_table("KNKM"))
    return tables


@cache
def face(name: fonts.Face) -> Face:
    """A face, registered once and only when it is needed."""
    return Face(name)


def faces(*, bold: bool) -> Iterator[Face]:
    """The faces in which a letter is looked for, in this order."""
    yield face("bold" if bold else "regular")
    yield face("arabic_bold" if bold else "arabic")


def face_name(*, bold: bool = False) -> str:
    """The registered name of the face of Latin and Cyrillic text."""
    return next(faces(bold=bold)).name


@lru_cache(maxsize=32_768)
def set_line(text: str, bold: bool = False) -> Line:
    """A text as it is to be drawn.

    Raises:
        Refused: No font that comes with the program has one of its letters.
    """
    main = next(faces(bold=bold))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if main.simple.issuperset(text):
        return Line((Span(main.name, text, 0, 0),), sum(map(main.widths.__getitem__, text)), None)
    said = text.translate(_TURNS).translate(_BLANKS)
    return _compose(_in_drawing_order(said), said, bold=bold)


def _in_drawing_order(text: str) -> str:
    """The characters from left to right, Arabic letters in their joined forms, each mark behind its letter."""
    if _RIGHT_TO_LEFT.search(text):
        from bidi.algorithm import get_display

        text = _ARABIC_RUN.sub(_joined, get_display(text))
    text = re.sub("([ij])(?=[\u0300-\u0314])", lambda found: "ı" if found[1] == "i" else "ȷ", text)
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def _joined(run: re.Match[str]) -> str:
    """Letters that may join, as they stand from left to right: read from the right, joined, and set back.

    The order of the line is settled before the letters are joined, because some joined forms are characters of
    the private area, which the rules of direction take for Latin.
    """
    return "".join(reversed(clusters(_reshaper().reshape(run[0][::-1]))))


@cache
def _reshaper() -> Any:  # noqa: ANN401 - arabic_reshaper has no types
    from arabic_reshaper import ArabicReshaper

    reshaper = ArabicReshaper({"delete_harakat": False, "support_zwj": True, "ARABIC LIGATURE ALLAH": False})
    joins = face("arabic").tables["joins"]
    unjoined = {letter: (letter,) * 4 for letter in "\u0640\u200d"}  # the stretch and the joiner join on both sides
    reshaper.letters = {letter: tuple(forms) for letter, forms in joins.items()} | unjoined
    return reshaper


def _compose(text: str, said: str, *, bold: bool) -> Line:
    """Spans of one font each; every mark is a span of its own at its place on the letter before it."""
    places = {letter: one for one in reversed(list(faces(bold=bold))) for letter in one.widths}
    missing = sorted({letter for letter in text if letter not in places})
    if missing:
        raise _missing(missing)
    spans: list[Span] = []
    pen = 0.0
    base, stacked = "", {"above": 0, "below": 0, "over": 0}
    for letter in text:
        one = places[letter]
        if unicodedata.combining(letter):
            place, right, up = _place_of_mark(one, base, letter, stacked)
            stacked[place] += 1
            spans.append(Span(one.name, letter, pen + right, up))
            continue
        base, stacked = letter, dict.fromkeys(stacked, 0)
        if spans and spans[-1].font == one.name and not spans[-1].y and not unicodedata.combining(spans[-1].text[-1]):
            spans[-1] = spans[-1]._replace(text=spans[-1].text + letter)
        else:
            spans.append(Span(one.name, letter, pen, 0))
        pen += one.widths[letter]
    drawn = "".join(span.text for span in spans)
    return Line(tuple(spans), pen, said if len(spans) > 1 or drawn != said else None)


def _place_of_mark(one: Face, base: str, mark: str, stacked: Mapping[str, int]) -> tuple[str, float, float]:
    """The place of a mark, and its shift to the right and upwards from the end of its letter."""
    tables = one.tables
    kind = unicodedata.combining(mark)
    if "joins" in tables:
        place = "below" if kind in _BELOW_ARABIC else "above"
    else:
        place = {220: "below", 1: "over"}.get(kind, "above")
    own = tables["marks"].get(mark)
    anchor = tables["bases"][place].get(base)
    if own is None or anchor is None:
        return place, 0, 0
    step = tables["stack"] * stacked[place] * (-1 if place == "below" else 1)
    return place, anchor[0] + own[0], anchor[1] + own[1] + step


def _missing(letters: list[str]) -> Refused:
    """The refusal of letters that no font has: by their numbers, in the order of the numbers, so as to name nobody."""
    listed = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:8]) + (f", {ELLIPSIS}" if letters[8:] else "")
    return Refused(
        "This cannot be printed: Konak has no letter shapes for {letters}. "
        "Write the name in Latin, Cyrillic or Arabic letters and print again.",
        letters=listed,
    )


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
    if line.said is not None:
        canvas.addLiteral(f"/Span <</ActualText <FEFF{line.said.encode('utf-16-be').hex().upper()}>>> BDC")
    for span in line.spans:
        canvas.setFont(span.font, size)
        canvas.drawString(x + span.x * size / 1000, y + span.y * size / 1000, span.text)
    if line.said is not None:
        canvas.addLiteral("EMC")


def clusters(text: str) -> list[str]:
    """A text in pieces that must not be torn apart: each letter with its marks."""
    pieces: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if pieces and letter == _SHADDA and unicodedata.combining(pieces[-1][-1]):
            pieces[-1] = pieces[-1][0] + letter + pieces[-1][1:]  # the doubling sign stands nearest to its letter
        elif pieces and (unicodedata.combining(letter) or letter == "\u200d"):
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
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, size, bold=bold) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, room, size, bold=bold)
            lines.extend(full)
        lines.append(line)
    return lines


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
