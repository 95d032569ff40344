"""Reading a PDF back, for tests."""

import shutil
import subprocess
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any, cast

import pytest
from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    """The PDF, opened."""
    return PdfReader(BytesIO(pdf))


def poppler(pdf: bytes, *options: str) -> str:
    """All text in the order in which `pdftotext` reads it, without the signs that turn a line."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(["pdftotext", *options, file.name, "-"], capture_output=True, check=True)
    return done.stdout.decode().translate(dict.fromkeys(range(0x202A, 0x202F)))


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
