"""The fonts as they are set: which of them has a letter, and what HarfBuzz makes of letters in it."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from reports import fonts

JOINERS = "\u200c\u200d"
"""Characters that join or part the letters beside them, and are not seen themselves."""
_PRIVATE = 0xE000


class Glyph(NamedTuple):
    """A shape of a font, as a character that stands for it, with what HarfBuzz says of its place.

    Attributes:
        letter: The character.
        at: The first letter of the text that it belongs to.
        advance: How far on the next one stands.
        x: How far to the right of its place it is drawn.
        y: How far above the base line.
    """

    letter: str
    at: int
    advance: float
    x: float
    y: float


REGISTERED: dict[str, Any] = {}
"""The fonts of ReportLab by their names."""


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
        REGISTERED[self.name] = self.font
        self._glyphs: dict[int, int] = self.font.face.charToGlyph

    @cached_property
    def widths(self) -> Mapping[str, float]:
        """How wide each character is, in thousandths of the size."""
        known = self.font.face.charWidths
        return {chr(code): known[code] for code in self._glyphs}

    @cached_property
    def simple(self) -> frozenset[str]:
        """The characters that need no more than to be drawn one after the other."""
        return frozenset(
            letter
            for letter in self.widths
            if letter.isprintable() and not unicodedata.combining(letter) and fonts.face_of(letter) is None
        )

    @cached_property
    def _shaper(self) -> Any:  # noqa: ANN401 - uharfbuzz has no types
        import uharfbuzz

        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.path_of(self.name)))))

    def has(self, letter: str) -> bool:
        """Whether it has a shape for a character."""
        return ord(letter) in self._glyphs

    def shaped(self, text: str, *, right_to_left: bool = False) -> Iterator[Glyph]:
        """The glyphs of a text of one direction, from left to right."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.language = "und"  # else that of the computer
        buffer.guess_segment_properties()
        features = {"kern": False} | ({"liga": False} if fonts.face_of(text[0]) is None else {})
        uharfbuzz.shape(self._shaper, buffer, features)
        scale = 1000 / self.font.face.unitsPerEm
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            letter = self._letter(info.codepoint, text[info.cluster])
            yield Glyph(letter, info.cluster, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale)

    def _letter(self, glyph: int, source: str) -> str:
        """The character that ReportLab draws as a glyph: its own, another that looks the same, or a private one."""
        if self._glyphs.get(ord(source)) == glyph:
            return source
        face = self.font.face
        known = face.glyphToChar.get(glyph)
        if known:
            return chr(known[0])
        code = _PRIVATE + glyph  # by its number, so that it does not hang on what was drawn before
        self._glyphs[code] = glyph
        face.charWidths[code] = face.hmetrics[glyph][0] * 1000 / face.unitsPerEm
        return chr(code)


@cache
def face(name: fonts.Face) -> Face:
    """A face, registered once and only when it is needed."""
    return Face(name)


def main_face(*, bold: bool = False) -> Face:
    """The face of Latin, Greek and Cyrillic text."""
    return face("bold" if bold else "regular")


def face_name(*, bold: bool = False) -> str:
    """The registered name of the face of Latin, Greek and Cyrillic text."""
    return main_face(bold=bold).name


def face_of(letter: str, before: Face | None, *, bold: bool) -> Face | None:
    """The face that draws a letter; None if there is none.

    Args:
        letter: The letter.
        before: The face of the letter before it: a mark stays with its letter, if it can.
        bold: Whether it is to be bold.
    """
    joins = unicodedata.category(letter).startswith("M") or letter in JOINERS
    if joins and before is not None and before.has(letter):
        return before
    name = fonts.face_of(letter)
    asked = [main_face(bold=bold)]
    if name is not None:
        asked.insert(0, face("arabic_bold" if bold and name == "arabic" else name))
    return next((one for one in asked if one.has(letter)), None)
