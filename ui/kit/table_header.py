"""The titles above a table, and which columns give way where there is no room for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QApplication, QHeaderView

from models.rules.preferences import Preferred
from ui.kit.columns import Column
from ui.kit.table_cells import INSET
from ui.kit.tokens import px

_WIDEST = 380
"""So wide a column grows at most for the words of its rows, in pixels at the usual size of text."""
_ARROW = 14
"""The room of the arrow that says by what a list is sorted, in pixels."""


def _for_title(title: str) -> int:
    """How wide a column is at least, in pixels: no language has its title cut off, sorted by it or not."""
    font = QFont(QApplication.font())
    font.setPixelSize(px(12))
    font.setBold(True)
    return QFontMetrics(font).horizontalAdvance(title) + px(2 * INSET + _ARROW) if title else 0


class TableHeader(QHeaderView):
    """The columns of a table, as many as there is room for.

    A column is at least as wide as its title; those that stretch take what room is left, alike. Where room is short,
    those that are `spare` are put away one after the other until the others fit, and come back with the room; who has
    chosen one in the menu keeps it. If all that does not help, the table scrolls sideways.
    """

    liked = Signal()
    """Somebody has chosen, moved or drawn columns."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        """Begin with the columns that are not hidden."""
        super().__init__(Qt.Orientation.Horizontal)
        self.columns = columns
        self._widths = [max(px(each.width), _for_title(each.title)) for each in columns]
        self._chosen = {place for place, each in enumerate(columns) if not each.hidden}
        self._pinned: set[int] = set()
        self._needed: dict[int, int] = {}
        self._room = 0
        self._is_sharing = self.is_further = False
        self.setFixedHeight(px(29))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(40))
        self.sectionResized.connect(self._drawn)
        self.sectionMoved.connect(lambda *_how: self.liked.emit() if not self._is_sharing else None)

    def lay_out(self) -> None:
        """Give each column its width; to be called once the table has its model."""
        for place, each in enumerate(self.columns):
            mode = QHeaderView.ResizeMode.Fixed if each.stretch else QHeaderView.ResizeMode.Interactive
            self.setSectionResizeMode(place, mode)
            self.resizeSection(place, self._widths[place])
        self.share(self._room)

    def share(self, room: int) -> None:
        """Show what has room.

        Args:
            room: In pixels, for all columns together.
        """
        self._room, self._is_sharing = room, True
        shown = set(self._chosen)
        spare = (place for place in shown - self._pinned if self.columns[place].spare)
        for place in sorted(spare, key=lambda each: self.columns[each].spare):
            if sum(map(self._least, shown)) > room:
                shown.remove(place)
        stretched = sum(self.columns[place].stretch for place in shown)
        left = max(room - sum(map(self._least, shown)), 0) // max(stretched, 1)
        for place, each in enumerate(self.columns):
            self.setSectionHidden(place, place not in shown)
            if (each.stretch or place in self._needed) and place in shown:
                self.resizeSection(place, self._least(place) + (left if each.stretch else 0))
        self._is_sharing = False

    def need(self, widths: Mapping[int, int]) -> None:
        """Give columns that say whom a row is about the room for their words, as far as `_WIDEST`; others give way."""
        self._needed = {place: min(width, px(_WIDEST)) for place, width in widths.items()}
        self.share(self._room)

    def _least(self, place: int) -> int:
        return max(self._widths[place], self._needed.get(place, 0))

    def choose(self, place: int, *, shown: bool) -> None:
        """Show a column, room or not; or hide it."""
        for places in (self._chosen, self._pinned):
            (places.add if shown else places.discard)(place)
        self.share(self._room)
        self.liked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Whoever holds Shift sorts further."""
        self.is_further = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)
        self.is_further = False

    def look(self) -> dict[str, Preferred]:
        """How somebody likes the columns, by their names: a role may see others, and a text may be larger."""
        names, whole = [each.name for each in self.columns], px(1000)
        return {
            "order": [names[self.logicalIndex(place)] for place in range(self.count())],
            "shown": [names[place] for place in sorted(self._chosen)],
            "kept": [names[place] for place in sorted(self._pinned)],
            "widths": {name: width * 1000 // whole for name, width in zip(names, self._widths, strict=True)},
        }

    def restore(self, look: Mapping[str, Preferred]) -> None:
        """Lay the columns out as `look` has told; what it does not know stays as it is."""
        names = {each.name: place for place, each in enumerate(self.columns)}

        def known(part: str) -> list[int]:
            told = look.get(part)
            return [names[name] for name in told if name in names] if isinstance(told, list) else []

        self._is_sharing = True
        for at, place in enumerate(known("order")):
            self.moveSection(self.visualIndex(place), at)
        old = {*known("order")}
        self._chosen = {*known("shown")} | {place for place in self._chosen if place not in old}
        self._pinned = {*known("kept")}
        widths = look.get("widths")
        for name, width in widths.items() if isinstance(widths, Mapping) else ():
            if name in names and isinstance(width, int):
                self._widths[names[name]] = px(width)
                self.resizeSection(names[name], px(width))
        self.share(self._room)

    def is_put_away(self, place: int) -> bool:
        """Whether a column is hidden only because there is no room for it."""
        return place in self._chosen and self.isSectionHidden(place)

    def width_of(self, place: int) -> int:
        """How wide a column is, or would be if there were room for it."""
        return self.sectionSize(place) or self._widths[place]

    def chosen(self) -> list[int]:
        """The columns in their order, with those that are put away: what is saved of the list, however wide it is."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [place for place in order if place in self._chosen]

    def _drawn(self, place: int, _before: int, width: int) -> None:
        """Somebody has drawn a column wider or narrower."""
        if not self._is_sharing and not self.columns[place].stretch:
            self._widths[place] = width
            self.share(self._room)
            self.liked.emit()
