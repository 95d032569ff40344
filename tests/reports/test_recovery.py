"""The recovery sheet as a PDF: all twelve words, one page, each language, the same bytes, and the code."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from models.queries.papers import Sheet
from models.rules.papers import Imprint
from models.store.recovery import words
from models.text import LANGUAGES
from reports import recovery

SECRET = bytes(range(16))
SHEET = Sheet(number="4F2A9C01", made_on=date(2026, 11, 21), words=words(SECRET))


def paper(language: str) -> bytes:
    letterhead = "Republic of Kosovo\nMinistry of Internal Affairs"
    return recovery.draw(SHEET, Imprint(language=language, facility="Reception Centre North", letterhead=letterhead))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_shows_every_word_in_its_order(language: str) -> None:
    (page,) = PdfReader(BytesIO(paper(language))).pages
    text = " ".join(page.extract_text().split())
    place = 0
    for number, word in enumerate(SHEET.words.split(), 1):
        place = text.index(f"{number} {word}", place)
    assert SHEET.number in text
    assert "Reception Centre North" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_sheet_gives_the_same_bytes(language: str) -> None:
    assert paper(language) == paper(language)


def test_the_code_is_drawn_as_dark_as_it_is() -> None:
    """As much is filled as the code has dark modules, in whatever runs it is drawn."""
    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(SHEET.words)
    code.make()
    size = code.getModuleCount()
    dark = sum(bool(code.isDark(down, across)) for down in range(size) for across in range(size))
    side = 150 / (size + 8)
    content = PdfReader(BytesIO(paper("en"))).pages[0].get_contents()
    assert content is not None
    boxes = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", content.get_data())
    drawn = sum(float(width) for _x, _y, width, height in boxes if abs(float(height) - side - 0.05) < 0.01)
    assert round(drawn / side) == dark
