"""Lanes with bars on an axis of dates: a stay, its rooms, absences and decisions at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen

from models.rules.time import Month
from ui.kit.painting import Drawing, fill, ring, write
from ui.kit.theme import Theme
from ui.kit.tokens import Tone, px
from ui.language import _, tr

_LANE = 16
_STEP = 22
_NAMES = 86
_AXIS = 18
_MARK = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted, or a mark on one day.

    Attributes:
        start: Its first day.
        end: The day on which it ended; None where it goes on to the end of the axis.
        text: What stands in it where there is room, and what is said of it.
        tone: Its colour; grey for decisions, amber for absences, blue for stay and rooms.
        soft: Whether it is a shade lighter, to tell it from its neighbour.
        mark: Whether it is a mark on its first day.
    """

    start: date
    end: date | None
    text: str
    tone: Tone = Tone.BLUE
    soft: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture."""

    name: str
    bars: tuple[Bar, ...]


class TimeLine(Drawing):
    """The picture; its parts are the bars."""

    def __init__(self, name: str) -> None:
        """Begin empty; `name` is what it shows, for those who cannot see it."""
        super().__init__(name)
        self._lanes: tuple[Lane, ...] = ()
        self._start = self._end = self._today = date(2000, 1, 1)

    def show_lanes(self, lanes: Sequence[Lane], start: date, end: date, today: date) -> None:
        """Show lanes between two days.

        Args:
            lanes: From top to bottom.
            start: The first day of the axis.
            end: The last day of the axis, after `start`.
            today: Is marked where it lies between them.
        """
        self._lanes = tuple(lanes)
        self._start, self._end, self._today = start, max(end, start + timedelta(days=1)), today
        self.shows_anew()

    def summary(self) -> str:
        """All that the picture shows, in words."""
        parts = [
            f"{lane.name}: " + tr().join((self._said(bar) for bar in lane.bars), "; ")
            for lane in self._lanes
            if lane.bars
        ]
        return tr().join(parts, ". ")

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        return QSize(600, len(self._lanes) * px(_STEP) + px(_AXIS))

    def minimumSizeHint(self) -> QSize:
        """As high as its lanes."""
        return QSize(300, self.sizeHint().height())

    def parts(self) -> list[tuple[str, QRect]]:
        """The bars, lane by lane."""
        return [(self._said(bar), rect) for bar, rect in self._bars()]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lanes, bars and axis."""
        tokens = Theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPixelSize(px(12))
        for place, lane in enumerate(self._lanes):
            top = place * px(_STEP)
            name = QFontMetrics(small).elidedText(lane.name, Qt.TextElideMode.ElideRight, px(_NAMES) - 8)
            write(painter, QRect(0, top, px(_NAMES), px(_LANE)), name, small, tokens.muted)
            fill(painter, QRect(px(_NAMES), top, self.width() - px(_NAMES), px(_LANE)), tokens.lane, 3)
        for at, (bar, rect) in enumerate(self._bars()):
            self._draw_bar(painter, bar, rect, chosen=at == self._at)
        self._draw_axis(painter, small)
        if self.hasFocus() and self._at < 0:
            ring(painter, self.rect().adjusted(1, 1, -1, -1), 4)

    def _draw_bar(self, painter: QPainter, bar: Bar, rect: QRect, *, chosen: bool) -> None:
        tokens = Theme.tokens()
        fill, ink = tokens.bars[bar.tone] if not bar.soft else (tokens.bar_second, tokens.on_bar_second)
        painter.setPen(QPen(QColor(tokens.text), 2) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(rect), 3, 3)
        font = QFont(self.font())
        font.setPixelSize(px(12))
        if not bar.mark and rect.width() > 24:
            room = rect.adjusted(4, 0, -4, 0)
            text = QFontMetrics(font).elidedText(bar.text, Qt.TextElideMode.ElideRight, room.width())
            if len(text) > 2:
                write(painter, room, text, font, ink)

    def _draw_axis(self, painter: QPainter, font: QFont) -> None:
        tokens = Theme.tokens()
        metrics = QFontMetrics(font)
        top = len(self._lanes) * px(_STEP) + 2
        taken: list[tuple[int, int]] = []
        if self._start <= self._today <= self._end:
            at = self._x(self._today)
            word = _("today")
            width = metrics.horizontalAdvance(word)
            left = min(max(px(_NAMES), at - width // 2), self.width() - width)
            painter.setPen(QPen(QColor(tokens.tones[Tone.RED]), 1))
            painter.drawLine(at, 0, at, top - 2)
            write(painter, QRect(left, top, width + 2, px(_AXIS) - 4), word, font, tokens.tones[Tone.RED])
            taken.append((left - 8, left + width + 8))
        for day in self._months():
            word = tr().short_month(day) if day.month != 1 else str(day.year)
            width = metrics.horizontalAdvance(word)
            left = min(self._x(day), self.width() - width)
            if all(left > end or left + width < begin for begin, end in taken):
                write(painter, QRect(left, top, width + 2, px(_AXIS) - 4), word, font, tokens.muted)
                taken.append((left - 8, left + width + 8))

    def _months(self) -> list[date]:
        month, days = Month.of(self._start), []
        while month.first <= self._end:
            if month.first >= self._start:
                days.append(month.first)
            month = month.next()
        return days

    def _x(self, day: date) -> int:
        whole = (self._end - self._start).days
        part = min(max((day - self._start).days, 0), whole) / whole
        return px(_NAMES) + round(part * (self.width() - px(_NAMES)))

    def _bars(self) -> list[tuple[Bar, QRect]]:
        found: list[tuple[Bar, QRect]] = []
        for place, lane in enumerate(self._lanes):
            for bar in lane.bars:
                left, right = self._x(bar.start), self._x(bar.end or self._end)
                width = px(_MARK) if bar.mark else max(right - left - 2, 4)
                left = min(left, self.width() - width)
                found.append((bar, QRect(left, place * px(_STEP), width, px(_LANE))))
        return found

    def _said(self, bar: Bar) -> str:
        if bar.mark:
            return _("{what}, {day}", what=bar.text, day=bar.start)
        if bar.end is None:
            return _("{what}, since {day}", what=bar.text, day=bar.start)
        return _("{what}, {start} to {end}", what=bar.text, start=bar.start, end=bar.end)
