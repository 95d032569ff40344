"""A small chart of the last nights: one bar a night, the highest ones dark, each told with the keyboard."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.kit.painting import fill, ring
from ui.kit.theme import Theme
from ui.kit.tokens import px
from ui.language import _, tr


class NightBars(QWidget):
    """Bars of the last nights."""

    def __init__(self, name: str) -> None:
        """Begin empty; `name` is what it counts."""
        super().__init__()
        self._nights: tuple[tuple[date, int], ...] = ()
        self._at = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_nights(self, nights: Sequence[tuple[date, int]]) -> None:
        """Show the number of each night, the earliest first."""
        self._nights = tuple(nights)
        self._at = -1
        self.setAccessibleDescription(self.summary())
        self.update()

    def summary(self) -> str:
        """What the chart shows, in words."""
        if not self._nights:
            return ""
        numbers = [number for _day, number in self._nights]
        day = next(day for day, number in self._nights if number == max(numbers))
        return _(
            "lowest {low}, highest {high} on {day}, last {last}",
            low=min(numbers),
            high=max(numbers),
            day=day,
            last=numbers[-1],
        )

    def sizeHint(self) -> QSize:
        """The size of the drawing."""
        return QSize(px(268), px(54))

    def minimumSizeHint(self) -> QSize:
        """Room for thirty bars of three pixels."""
        return QSize(120, px(54))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from night to night, and say each."""
        count = len(self._nights)
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._at = (self._at + step) % count if self._at >= 0 else count - 1
            self.setAccessibleDescription(self._said(self._at))
            spot = QPoint(round(self._left(self._at)), self.height() + 2)
            QToolTip.showText(self.mapToGlobal(spot), self._said(self._at), self)
            self.update()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No night is told any more."""
        self._at = -1
        self.setAccessibleDescription(self.summary())
        QToolTip.hideText()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tool tip of the night under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._nights:
            at = min(max(int(event.pos().x() / self.width() * len(self._nights)), 0), len(self._nights) - 1)
            QToolTip.showText(event.globalPos(), self._said(at), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        tokens = Theme.tokens()
        painter = QPainter(self)
        if not self._nights:
            return
        highest = max(max(number for _day, number in self._nights), 1)
        width = max(self.width() / len(self._nights) - 1.5, 1.0)
        room = self.height() - 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (_day, number) in enumerate(self._nights):
            high = room * number / highest
            colour = tokens.accent if number == highest else tokens.bar_soft
            fill(painter, QRectF(self._left(at), self.height() - high, width, high), colour, 1.5)
            if at == self._at:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tokens.text), 2))
                painter.drawRect(QRectF(self._left(at), 1, width, room))
        if self.hasFocus() and self._at < 0:
            ring(painter, self.rect().adjusted(1, 1, -1, -1), 3)

    def _left(self, at: int) -> float:
        return at * self.width() / len(self._nights)

    def _said(self, at: int) -> str:
        day, number = self._nights[at]
        return f"{tr().long_date(day)}: {tr().number(number)}"
