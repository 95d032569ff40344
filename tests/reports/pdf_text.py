"""Reading a PDF back, for tests."""

import shutil
import subprocess
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument


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


def as_read(pdf: bytes) -> list[str]:
    """The text of each page as the reader of the preview reads it, in a tenth of the time that `reader` takes.

    Words from right to left are put in the order in which they are spoken, and what stands between them with them.

    Raises:
        ValueError: It is no PDF that can be read.
    """
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready:
        raise ValueError("this is no PDF that can be read")
    return [document.getAllText(page).text() for page in range(document.pageCount())]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its line breaks and runs of blanks made one blank."""
    return [" ".join(page.split()) for page in as_read(pdf)]


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
