"""The navigation: a list of the areas under their headings, each with its badge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from models.changes import EVERYTHING, Changes
from ui.kit.accessible import Current
from ui.kit.page import Page
from ui.kit.painting import ground, write
from ui.kit.theme import Theme
from ui.kit.tokens import Tone, px
from ui.language import _

_KEY, _BADGE, _WAY = (Qt.ItemDataRole.UserRole + each for each in range(3))
_AREA, _HEADING = 36, 34
"""The heights of an entry and of a heading."""


@dataclass(frozen=True, slots=True)
class Badge:
    """The number at the right of an area: how many there are, or are due."""

    text: str
    tone: Tone | None = None
    said: str = ""
    """What it means, for those who only hear it."""


@dataclass(frozen=True, slots=True)
class Area:
    """An entry of the navigation.

    Attributes:
        key: Its name in the program, as in `open("rooms")`.
        title: What stands in the navigation.
        make: Makes its page, when it is first visited.
        badge: A query `badge(snapshot)` that gives its `Badge` or None.
        section: The heading that it stands under; empty for the first group.
        badge_kinds: What the badge depends on.
        under: The area that is marked while it is shown; it has no entry of its own then, and is reached from pages.
    """

    key: str
    title: str
    make: Callable[[], Page]
    badge: Callable[..., Badge | None] | None = None
    section: str = ""
    badge_kinds: Changes = EVERYTHING
    under: str = ""


class Navigation(QListWidget):
    """The areas. The pointer, the arrow keys and the first letters of a name go to one."""

    wanted = Signal(str)
    """An area is to be opened: its key."""

    def __init__(self, areas: Sequence[Area]) -> None:
        """List the areas in order."""
        super().__init__()
        self.setAccessibleName(_("Areas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A press with the pointer leaves the keyboard where it was; Tab still comes here.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_AreaDelegate(self))
        self._entries: dict[str, QListWidgetItem] = {}
        self._under = {area.key: area.under for area in areas if area.under}
        section = ""
        for number, area in enumerate(listed(areas), 1):
            if area.section != section:
                section = area.section
                QListWidgetItem(section.upper(), self).setFlags(Qt.ItemFlag.NoItemFlags)
            entry = self._entries[area.key] = QListWidgetItem(area.title, self)
            entry.setData(_KEY, area.key)
            entry.setData(_WAY, QKeySequence(key_of(number)).toString(QKeySequence.SequenceFormat.NativeText))
            entry.setToolTip(entry.data(_WAY))
        self._current = Current(self)
        self.itemClicked.connect(self._open)

    def show_area(self, key: str) -> None:
        """Mark the area that is shown."""
        key = self._under.get(key, key)
        self._entries[key].setSelected(True)
        self._current.put(self.indexFromItem(self._entries[key]))

    def show_badge(self, key: str, badge: Badge | None) -> None:
        """Show how many there are."""
        entry = self._entries[key]
        said = (badge.said or badge.text) if badge else ""
        entry.setData(_BADGE, badge)
        entry.setToolTip(" · ".join(part for part in (said, entry.data(_WAY)) if part))
        entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text()}, {said}" if said else entry.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the area that is shown."""
        self._current.comes()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No area has the keyboard."""
        self._current.leaves(event)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the area that a key leads to; Enter and the space bar open it anew."""
        before = self.currentItem()
        super().keyPressEvent(event)
        again = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if again or self.currentItem() is not before:
            self._open(self.currentItem())

    def _open(self, entry: QListWidgetItem) -> None:
        if key := entry.data(_KEY):
            self.wanted.emit(key)


class _AreaDelegate(QStyledItemDelegate):
    """Draws the entries and the headings."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as there is room for."""
        return QSize(0, px(_AREA if index.data(_KEY) else _HEADING))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one."""
        tokens = Theme.tokens()
        room: QRect = option.rect.adjusted(0, 0, 0, -2)
        font, small = QFont(option.font), QFont(option.font)
        small.setPixelSize(px(12))
        painter.save()
        if not index.data(_KEY):
            small.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
            write(painter, room.adjusted(10, 9, 0, 0), index.data(), small, tokens.muted)
            painter.restore()
            return
        chosen = ground(painter, option, room)
        badge: Badge | None = index.data(_BADGE)
        words, right = parts_of(room, badge, option.font)
        if badge is not None:
            small.setBold(True)
            aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            write(painter, right, badge.text, small, tokens.tones[badge.tone] if badge.tone else tokens.muted, aligned)
        font.setBold(chosen)
        title = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        write(painter, words, title, font, tokens.accent_text if chosen else tokens.body)
        painter.restore()


def listed(areas: Sequence[Area]) -> list[Area]:
    """Those areas that have an entry in the navigation."""
    return [area for area in areas if not area.under]


def parts_of(room: QRect, badge: Badge | None, font: QFont) -> tuple[QRect, QRect]:
    """Where in an entry its name stands, and its badge; they never lie over each other."""
    words, small = room.adjusted(10, 0, -10, 0), QFont(font)
    small.setPixelSize(px(12))
    small.setBold(True)
    wide = 0 if badge is None else QFontMetrics(small).horizontalAdvance(badge.text) + 1
    right = words.adjusted(words.width() - wide, 0, 0, 0)
    return words.adjusted(0, 0, -(wide + 4) if wide else 0, 0), right


def key_of(area: int) -> str:
    """The key of an area by its number: after nine it begins anew with Shift, since Ctrl+0 is the usual text."""
    return f"Ctrl+{area}" if area <= 9 else f"Ctrl+Shift+{area - 9}"
