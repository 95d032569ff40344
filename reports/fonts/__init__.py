"""The fonts that come with the program, for paper and for the window: one for each script that a passport may bear.

Each is read when the first letter of its script is set, so whoever prints Latin letters pays for no other.
"""

from bisect import bisect_right
from pathlib import Path
from typing import Literal

Face = Literal[
    "regular", "bold", "arabic", "arabic_bold", "hebrew", "georgian", "armenian", "devanagari", "bengali", "gurmukhi",
    "gujarati", "oriya", "tamil", "telugu", "kannada", "malayalam", "sinhala", "thai", "lao", "tibetan", "khmer",
    "myanmar", "ethiopic", "tifinagh", "thaana", "syriac", "nko", "adlam", "han", "hangul",
]  # fmt: skip

FACES: dict[Face, str] = {
    "regular": "NotoSans-Regular.ttf",
    "bold": "NotoSans-Bold.ttf",
    "arabic": "NotoSansArabic-Regular.ttf",
    "arabic_bold": "NotoSansArabic-Bold.ttf",
    "hebrew": "NotoSansHebrew-Regular.ttf",
    "georgian": "NotoSansGeorgian-Regular.ttf",
    "armenian": "NotoSansArmenian-Regular.ttf",
    "devanagari": "NotoSansDevanagari-Regular.ttf",
    "bengali": "NotoSansBengali-Regular.ttf",
    "gurmukhi": "NotoSansGurmukhi-Regular.ttf",
    "gujarati": "NotoSansGujarati-Regular.ttf",
    "oriya": "NotoSansOriya-Regular.ttf",
    "tamil": "NotoSansTamil-Regular.ttf",
    "telugu": "NotoSansTelugu-Regular.ttf",
    "kannada": "NotoSansKannada-Regular.ttf",
    "malayalam": "NotoSansMalayalam-Regular.ttf",
    "sinhala": "NotoSansSinhala-Regular.ttf",
    "thai": "NotoSansThai-Regular.ttf",
    "lao": "NotoSansLao-Regular.ttf",
    "tibetan": "NotoSerifTibetan-Regular.ttf",
    "khmer": "NotoSansKhmer-Regular.ttf",
    "myanmar": "NotoSansMyanmar-Regular.ttf",
    "ethiopic": "NotoSansEthiopic-Regular.ttf",
    "tifinagh": "NotoSansTifinagh-Regular.ttf",
    "thaana": "NotoSansThaana-Regular.ttf",
    "syriac": "NotoSansSyriac-Regular.ttf",
    "nko": "NotoSansNKo-Regular.ttf",
    "adlam": "NotoSansAdlam-Regular.ttf",
    "han": "DroidSansFallback-Regular.ttf",
    "hangul": "NotoSansKR-Regular.ttf",
}
"""Each face and its file. Noto is under the SIL Open Font License (OFL.txt), Droid under Apache 2.0 (APACHE.txt)."""

BLOCKS: tuple[tuple[int, int, Face], ...] = (
    (0x0531, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0700, 0x074F, "syriac"),
    (0x0750, 0x077F, "arabic"),
    (0x0780, 0x07BF, "thaana"),
    (0x07C0, 0x07FF, "nko"),
    (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"),
    (0x0B00, 0x0B7F, "oriya"),
    (0x0B80, 0x0BFF, "tamil"),
    (0x0C00, 0x0C7F, "telugu"),
    (0x0C80, 0x0CFF, "kannada"),
    (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "hangul"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x19E0, 0x19FF, "khmer"),
    (0x1C90, 0x1CBF, "georgian"),
    (0x2D00, 0x2D2F, "georgian"),
    (0x2D30, 0x2D7F, "tifinagh"),
    (0x2D80, 0x2DDF, "ethiopic"),
    (0x2E80, 0x312F, "han"),
    (0x3130, 0x318F, "hangul"),
    (0x3190, 0x9FFF, "han"),
    (0xA8E0, 0xA8FF, "devanagari"),
    (0xA9E0, 0xA9FF, "myanmar"),
    (0xAA60, 0xAA7F, "myanmar"),
    (0xAB00, 0xAB2F, "ethiopic"),
    (0xAC00, 0xD7A3, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0xFB13, 0xFB17, "armenian"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0xFF00, 0xFFEF, "han"),
    (0x1E900, 0x1E95F, "adlam"),
)
"""Which face is asked for the characters from the first to the last of a block; for all others the face of Latin."""

_BEGINS = [first for first, _, _ in BLOCKS]


def face_of(letter: str) -> Face | None:
    """The face that is asked for a letter beyond Latin, Greek and Cyrillic; None for those."""
    code = ord(letter)
    at = bisect_right(_BEGINS, code) - 1
    return BLOCKS[at][2] if at >= 0 and code <= BLOCKS[at][1] else None


def path(face: Face) -> Path:
    """The file of a face: a static TrueType font."""
    return Path(__file__).parent / FACES[face]


def path_of(stem: str) -> Path:
    """The file of a face by its name without an ending."""
    return Path(__file__).parent / f"{stem}.ttf"
