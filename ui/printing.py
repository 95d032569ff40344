"""Sends a paper to a printer, drawn at the printer's own resolution."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter

from models.errors import Unavailable

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_DOTS = 600
"""Dots an inch beyond which the eye gains nothing and a page needs a hundred megabytes."""


Tell = Callable[[int, int], None]
"""Is told how many pages are drawn, and of how many; what it raises ends the printing."""


def draw(printer: "QPrinter", data: bytes, tell: Tell = lambda _done, _total: None) -> int:
    """Draw the chosen pages of a PDF; in any thread.

    Args:
        printer: Chosen and set up.
        data: The PDF.
        tell: Is told how far it is; where it raises, what was drawn is taken back as far as the printer allows.

    Returns:
        How many pages were drawn.

    Raises:
        Unavailable: The printer does not answer.
    """
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setFullPage(True)
    dots = min(printer.resolution(), MOST_DOTS)
    painter = QPainter()
    wide = document.pagePointSize(0).width() > document.pagePointSize(0).height()
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(way)
    if not painter.begin(printer):
        raise Unavailable("The printer does not answer. Look whether it is on and has paper, then print again.")
    first = max(printer.fromPage(), 1) - 1
    last = min(printer.toPage() or document.pageCount(), document.pageCount())
    for page in range(first, last):
        try:
            tell(page - first, last - first)
        except BaseException:
            printer.abort()
            painter.end()
            raise
        if page > first:
            printer.newPage()
        points = document.pagePointSize(page)
        size = QSize(round(points.width() / 72 * dots), round(points.height() / 72 * dots))
        image = document.render(page, size)
        place = QRectF(0, 0, points.width() / 72 * printer.resolution(), points.height() / 72 * printer.resolution())
        painter.drawImage(place, image)
    painter.end()
    document.close()
    return last - first
