"""What widgets that draw themselves have in common: words on one line, filled shapes, the keyboard on their parts."""

from functools import lru_cache

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionViewItem, QToolTip, QWidget

from ui.kit.accessible import Drawn
from ui.kit.theme import Theme

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """A colour by its name, made once: a page of a table asks for some hundreds."""
    return QColor(name)


def write(
    painter: QPainter, room: QRect, text: str, font: QFont, ink: str, align: Qt.AlignmentFlag | Qt.TextFlag = LEFT
) -> None:
    """Write words in a font and a colour."""
    painter.setFont(font)
    painter.setPen(colour(ink))
    painter.drawText(room, align.value, text)


def fill(painter: QPainter, shape: QRect | QRectF, ink: str, radius: float) -> None:
    """Fill a shape with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawRoundedRect(QRectF(shape), radius, radius)


def ground(painter: QPainter, option: QStyleOptionViewItem, room: QRect) -> bool:
    """Draw what lies under an entry of a list: that it is chosen, under the pointer, has the keyboard.

    Returns:
        Whether it is chosen.
    """
    chosen, tokens = bool(option.state & QStyle.StateFlag.State_Selected), Theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        fill(painter, room, tokens.chosen if chosen else tokens.hover, 6)
    if option.state & QStyle.StateFlag.State_HasFocus:
        ring(painter, room.adjusted(1, 1, -1, -1), 6)
    return chosen


def stroke(widget: QWidget, colour: str, width: float, *points: QPoint) -> None:
    """Draw a sign of one stroke over a widget from which the style sheet has taken Qt's own."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), width, c=Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(points)


def ring(painter: QPainter, shape: QRect | QRectF, radius: float) -> None:
    """Draw the ring around what has the keyboard."""
    painter.setPen(QPen(QColor(Theme.tokens().focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(shape), radius, radius)


class Drawing(QWidget, Drawn):
    """A picture. With the keyboard, left and right go from part to part and say each."""

    def __init__(self, name: str) -> None:
        """Begin empty; `name` is what it shows, for those who cannot see it."""
        super().__init__()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def part(self) -> int:
        """The part that has the keyboard; -1 for none."""
        return self._at

    def summary(self) -> str:
        """All that the picture shows, in words."""
        raise NotImplementedError

    def shows_anew(self) -> None:
        """To be called when it shows something else."""
        self._at = -1
        self.setAccessibleDescription(self.summary())
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from part to part, and say each."""
        parts = self.parts()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or not parts:
            super().keyPressEvent(event)
            return
        self._at = (self._at + step) % len(parts) if self._at >= 0 else min(step, 0) % len(parts)
        said, rect = parts[self._at]
        self.say_part()
        QToolTip.showText(self.mapToGlobal(QPoint(rect.left(), rect.bottom() + 2)), said, self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No part is told any more."""
        self._at = -1
        QToolTip.hideText()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tool tip of the part under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = next((said for said, rect in self.parts() if rect.contains(event.pos())), "")
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)
