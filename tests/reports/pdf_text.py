"""Reading a PDF back, for tests."""

from io import BytesIO
from typing import Any, cast

from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    """The PDF, opened."""
    return PdfReader(BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its line breaks and runs of blanks made one blank."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    """All text."""
    return " ".join(pages(pdf))


def fonts(pdf: bytes) -> dict[str, Any]:
    """Every font of the file by its name, subset mark included."""
    found: dict[str, Any] = {}
    for page in reader(pdf).pages:
        for font in cast("Any", page["/Resources"])["/Font"].values():
            found[str(font.get_object()["/BaseFont"]).lstrip("/")] = font.get_object()
    return found
