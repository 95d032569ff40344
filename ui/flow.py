"""A row that goes on in a second line where it has no room."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays widgets out from left to right, line by line; those that can be wider share what room a line has left."""

    def __init__(self, widgets: Iterable[QWidget] = (), *, gap: int = 8) -> None:
        """Begin with some widgets; `gap` is between them, and between the lines."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its lines depend on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high its lines are."""
        return sum(_height(line) for line in self._lines(width)) + self.spacing() * (len(self._lines(width)) - 1)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(len(shown) - 1, 0)
        return QSize(wide, _height(shown))

    def minimumSize(self) -> QSize:
        """As wide as the widest of them."""
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, room: QRect) -> None:
        """Put all in their places."""
        super().setGeometry(room)
        top = room.top()
        for line in self._lines(room.width()):
            widths = [item.sizeHint().width() for item in line]
            left_over = room.width() - sum(widths) - self.spacing() * (len(line) - 1)
            at, high = room.left(), _height(line)
            for item, hint in zip(line, widths, strict=True):
                wider = max(0, min(left_over, item.maximumSize().width() - hint)) if _grows(item) else 0
                left_over -= wider
                width = min(hint + wider, room.width())
                size = item.sizeHint().height()
                item.setGeometry(QRect(QPoint(at, top + (high - size) // 2), QSize(width, size)))
                at += width + self.spacing()
            top += high + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if lines[-1] and used + self.spacing() + wide > width:
                lines.append([])
                used = 0
            used += wide + (self.spacing() if lines[-1] else 0)
            lines[-1].append(item)
        return lines


def _height(items: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)
