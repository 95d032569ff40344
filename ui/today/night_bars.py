"""A small chart of the last nights: one bar a night, the highest ones dark, each told with the keyboard."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from ui.kit.painting import Drawing, fill, ring
from ui.kit.theme import Theme
from ui.kit.tokens import px
from ui.language import _, tr


class NightBars(Drawing):
    """Bars of the last nights."""

    def __init__(self, name: str) -> None:
        """Begin empty; `name` is what it counts."""
        super().__init__(name)
        self._nights: tuple[tuple[date, int], ...] = ()

    def show_nights(self, nights: Sequence[tuple[date, int]]) -> None:
        """Show the number of each night, the earliest first."""
        self._nights = tuple(nights)
        self.shows_anew()

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

    def parts(self) -> list[tuple[str, QRect]]:
        """The nights, the earliest first."""
        width = self.width() // max(len(self._nights), 1)
        return [
            (f"{tr().long_date(day)}: {tr().number(number)}", QRect(round(self._left(at)), 0, width + 1, self.height()))
            for at, (day, number) in enumerate(self._nights)
        ]

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
