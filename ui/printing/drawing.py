"""Draws a paper on a printer at the printer's own resolution: where no queue takes the PDF itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPainter

from models.errors import Unavailable
from ui.printing.settings import FIT, Printing, Sides

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

MOST_DOTS = 600
"""Dots an inch beyond which the eye gains nothing and a page needs a hundred megabytes."""


Tell = Callable[[int, int], None]
"""Is told how many pages are drawn, and of how many; what it raises ends the printing."""


def draw(printing: Printing, data: bytes, tell: Tell = lambda _done, _total: None) -> int:
    """Draw the chosen pages of a PDF; in any thread.

    Args:
        printing: What was chosen; its device is what is drawn on.
        data: The PDF.
        tell: Is told how far it is; where it raises, what was drawn is taken back as far as the printer allows.

    Returns:
        How many pages were drawn, each copy of its own.

    Raises:
        Unavailable: The printer does not answer.
    """
    from PySide6.QtPdf import QPdfDocument

    printer = printing.device
    if printer is None:
        raise ValueError("there is nothing to draw on")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = _set_up(printer, printing, document)
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("The printer does not answer. Look whether it is on and has paper, then print again.")
    for done, page in enumerate(pages):
        try:
            tell(done, len(pages))
        except BaseException:
            printer.abort()
            painter.end()
            raise
        if done:
            printer.newPage()
        _draw_page(printer, painter, document, page - 1, printing.scale)
    painter.end()
    document.close()
    return len(pages)


def _set_up(printer: "QPrinter", printing: Printing, document: "QPdfDocument") -> list[int]:
    """Tell the printer what it can do itself; the pages that are drawn, from 1, with the copies that it cannot make."""
    modes = {
        Sides.ONE: printer.DuplexMode.DuplexNone,
        Sides.LONG_EDGE: printer.DuplexMode.DuplexLongSide,
        Sides.SHORT_EDGE: printer.DuplexMode.DuplexShortSide,
    }
    if printing.sides in modes:
        printer.setDuplex(modes[printing.sides])
    printer.setFullPage(True)
    size = document.pagePointSize(0)
    wide = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    pages = list(printing.chosen(document.pageCount()))
    if printer.supportsMultipleCopies():
        printer.setCopyCount(printing.copies)
        printer.setCollateCopies(printing.by_set)
        return pages
    if printing.by_set:
        return pages * printing.copies
    return [page for page in pages for _copy in range(printing.copies)]


def _draw_page(printer: "QPrinter", painter: QPainter, document: "QPdfDocument", page: int, scale: int) -> None:
    dots, inch = min(printer.resolution(), MOST_DOTS), printer.resolution()
    points = document.pagePointSize(page)
    paper = QSizeF(printer.width(), printer.height())
    place = QSizeF(points.width() / 72 * inch, points.height() / 72 * inch)
    if scale != FIT:
        place *= scale / 100
    elif place.width() > paper.width() + 1 or place.height() > paper.height() + 1:
        place.scale(paper, Qt.AspectRatioMode.KeepAspectRatio)
    drawn = place * (dots / inch)
    image = document.render(page, QSize(round(drawn.width()), round(drawn.height())))
    left, top = (paper.width() - place.width()) / 2, (paper.height() - place.height()) / 2
    painter.drawImage(QRectF(left, top, place.width(), place.height()), image)
