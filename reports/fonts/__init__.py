"""The fonts that come with the program, for paper and for the window."""

from pathlib import Path
from typing import Literal

Face = Literal["regular", "bold", "arabic", "arabic_bold"]

FACES: dict[Face, str] = {
    "regular": "NotoSans-Regular.ttf",
    "bold": "NotoSans-Bold.ttf",
    "arabic": "NotoSansArabic-Regular.ttf",
    "arabic_bold": "NotoSansArabic-Bold.ttf",
}
"""Each face and its file; all under the SIL Open Font License (OFL.txt)."""


def path(face: Face) -> Path:
    """The file of a face: a static TrueType font."""
    return Path(__file__).parent / FACES[face]
