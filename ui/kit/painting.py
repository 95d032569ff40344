"""What widgets that draw themselves have in common: words on one line, filled shapes, the ring of the keyboard."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ui.kit.theme import Theme

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def write(
    painter: QPainter, room: QRect, text: str, font: QFont, ink: str, align: Qt.AlignmentFlag | Qt.TextFlag = LEFT
) -> None:
    """Write words in a font and a colour."""
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(room, int(align), text)


def fill(painter: QPainter, shape: QRect | QRectF, colour: str, radius: float) -> None:
    """Fill a shape with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(shape), radius, radius)


def ring(painter: QPainter, shape: QRect | QRectF, radius: float) -> None:
    """Draw the ring around what has the keyboard."""
    painter.setPen(QPen(QColor(Theme.tokens().focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(shape), radius, radius)
