"""Somebody on the way from bed to bed: what is under the pointer, and what is said of it before the drop."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ui.kit.painting import fill, write
from ui.kit.theme import Theme
from ui.kit.tokens import Tone, px
from ui.language import _
from ui.rooms.spots import Spot

_WIDE = 340


@dataclass(slots=True)
class Carried:
    """Who is carried, and where they would be dropped.

    Attributes:
        origin: The bed from which they come.
        name: Who, in words.
        family: Whether the family comes along.
        target: Where they would be dropped now; None: nowhere.
        said: What is said of that before the drop.
        tone: Green where nothing stands against it, amber where a supervisor is asked, red where it is refused.
    """

    origin: Spot
    name: str
    family: bool = False
    target: Spot | None = None
    said: str = ""
    tone: Tone = Tone.GREY

    def aim(self, target: Spot | None) -> bool:
        """Take another bed into view; whether it is another one."""
        if target is not None and target.key == self.origin.key:
            target = None
        if (target and target.key) == (self.target and self.target.key):
            return False
        self.target, self.said, self.tone = target, "", Tone.GREY
        return True

    @property
    def words(self) -> str:
        """What stands beside the pointer."""
        who = _("{name} and the family", name=self.name) if self.family else self.name
        return "\n".join(part for part in (who, self.said) if part)


def draw(painter: QPainter, carried: Carried, font: QFont, at: QPoint, view: QRect) -> None:
    """Draw the ring around the target, and the words where they do not leave the view.

    Args:
        painter: Of the plan, moved with its scrolling.
        carried: What is carried.
        font: Of the words.
        at: Where the pointer is, or the keyboard.
        view: What is in sight.
    """
    tokens = Theme.tokens()
    if carried.target is not None:
        painter.setPen(QPen(QColor(tokens.tones[carried.tone]), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(carried.target.rect.adjusted(1, 1, -1, -1), 4, 4)
    room = QRect(0, 0, px(_WIDE), px(400))
    words = QFontMetrics(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), carried.words)
    box = QRect(at + QPoint(14, 14), words.size()).adjusted(0, 0, 20, 14)
    box.moveRight(min(box.right(), view.right() - 4))
    if box.bottom() > view.bottom():
        box.moveBottom(at.y() - 10)
    fill(painter, box, tokens.surface, 6)
    painter.setPen(QPen(QColor(tokens.tones[carried.tone]), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 6, 6)
    write(painter, box.adjusted(10, 7, -10, -7), carried.words, font, tokens.text, Qt.TextFlag.TextWordWrap)
