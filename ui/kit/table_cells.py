"""Draws the cells of a table: bold names with grey numbers, chips, links, light rules, and where the keyboard is."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from ui.kit.columns import Cell
from ui.kit.labels import Chip
from ui.kit.painting import colour, fill, write
from ui.kit.table_model import CELL
from ui.kit.theme import Theme
from ui.kit.tokens import ROW, Tone, px
from ui.language import isolated

INSET = 10
"""Left and right of a cell's words."""
_CHIP_INSET = 8


class CellDelegate(QStyledItemDelegate):
    """Draws what a `Cell` says."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all rows; the width that the words need."""
        cell: Cell = index.data(CELL)
        return QSize(needs(cell, option.font) + 2 * INSET, px(ROW))

    def needs_first(self, cells: Iterable[Cell], font: QFont) -> int:
        """How wide a column must be in which the first words of no cell are cut off; 0 where there is none."""
        faces = _faces(font)
        words = {(cell.text, cell.strong or cell.link) for cell in cells}
        widest = [(faces.of_bold if strong else faces.of_plain).horizontalAdvance(text) for text, strong in words]
        return max(widest) + 2 * INSET + 1 if widest else 0

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        tokens = Theme.tokens()
        rect: QRect = option.rect
        view = option.widget
        state = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = tokens.chosen if chosen else tokens.hover if hovered else tokens.surface
        painter.fillRect(rect, colour(ground))
        if chosen and rect.left() <= 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour(tokens.accent))
        if index.row() < index.model().rowCount() - 1:
            painter.setPen(colour(tokens.rule))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        cell: Cell | None = index.data(CELL)
        if cell is not None:
            right = bool(index.model().headerData(index.column(), Qt.Orientation.Horizontal, _ALIGN) & _RIGHT)
            write_cell(painter, rect.adjusted(INSET, 0, -INSET, -1), cell, option.font, right=right)
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row():
            self._ring(painter, rect, view, index, link=bool(cell and cell.link))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The tool tip of a cell: all its words where they are cut off, and its hint."""
        cell: Cell | None = index.data(CELL) if index.isValid() else None
        if event.type() is not QEvent.Type.ToolTip or cell is None:
            return super().helpEvent(event, view, option, index)
        said = "\n".join(self.tip(cell, view.visualRect(index), view.font()))
        # Made safe, and wrapped where it is long: what stands in a cell was typed by somebody.
        QToolTip.showText(event.globalPos(), Text.convertFromPlainText(said) if said else "", view)
        return True

    def tip(self, cell: Cell, room: QRect, font: QFont) -> list[str]:
        """The lines of the tool tip of a cell."""
        is_cut = needs(cell, font) > room.width() - 2 * INSET
        lines = [cell.plain] if is_cut and cell.plain not in cell.hint else []
        return [*lines, cell.hint] if cell.hint else lines

    def link_rect(self, cell: Cell, room: QRect, font: QFont, *, right: bool) -> QRect:
        """Where in a cell its link can be pressed."""
        inner = room.adjusted(INSET, 0, -INSET, 0)
        width = min(needs(cell, font), inner.width())
        left = inner.right() - width if right else inner.left()
        return QRect(left - 4, room.top(), width + 8, room.height())

    def _ring(
        self,
        painter: QPainter,
        rect: QRect,
        view: QTableView,
        index: QModelIndex | QPersistentModelIndex,
        *,
        link: bool,
    ) -> None:
        """Around the row that has the keyboard, and once more around its link when that is what Enter follows."""
        painter.setPen(QPen(colour(Theme.tokens().focus), 2))
        header = view.horizontalHeader()
        shown = [place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place))]
        place = header.visualIndex(index.column())
        painter.drawLine(rect.left(), rect.top() + 1, rect.right() + 1, rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom(), rect.right() + 1, rect.bottom())
        if shown and place == shown[0]:
            painter.drawLine(rect.left() + 1, rect.top() + 1, rect.left() + 1, rect.bottom())
        if shown and place == shown[-1]:
            painter.drawLine(rect.right(), rect.top() + 1, rect.right(), rect.bottom())
        if link and view.currentIndex().column() == index.column():
            painter.drawRect(rect.adjusted(5, 4, -5, -4))


class _Faces(NamedTuple):
    """The fonts of the cells of a view, and what measures them: to make them takes longer than to write a word."""

    plain: QFont
    bold: QFont
    small: QFont
    of_plain: QFontMetrics
    of_bold: QFontMetrics
    of_small: QFontMetrics


_FACES: dict[tuple[str, int], _Faces] = {}
"""By the key of a view's font, and the size of chips."""


def _faces(font: QFont) -> _Faces:
    size = px(12)
    key = (font.key(), size)
    if (found := _FACES.get(key)) is None:
        plain, bold, small = QFont(font), QFont(font), QFont(font)
        bold.setBold(True)
        small.setBold(True)
        small.setPixelSize(size)
        metrics = map(QFontMetrics, (plain, bold, small))
        found = _FACES[key] = _Faces(plain, bold, small, *metrics)
    return found


def needs(cell: Cell, font: QFont) -> int:
    """How wide the words of a cell are, in pixels."""
    return sum(width + gap for _text, _kind, width, gap in _parts(cell, _faces(font)))


def _parts(cell: Cell, faces: _Faces) -> list[tuple[str, str, int, int]]:
    """Text, kind, width and the gap before it of each part."""
    parts: list[tuple[str, str, int, int]] = []
    if cell.text:
        metrics = faces.of_bold if cell.strong or cell.link else faces.of_plain
        parts.append((cell.text, "text", metrics.horizontalAdvance(cell.text), 0))
    if cell.muted:
        parts.append((cell.muted, "muted", faces.of_plain.horizontalAdvance(cell.muted), 5 if parts else 0))
    for text, tone in cell.chips:
        width = faces.of_small.horizontalAdvance(text) + 2 * _CHIP_INSET
        parts.append((text, tone.value, width, 6 if parts else 0))
    return parts


def write_cell(painter: QPainter, room: QRect, cell: Cell, font: QFont, *, right: bool = False) -> int:
    """Write what a cell says in a room.

    Returns:
        How wide its words are, in pixels, whether there was room for them or not.
    """
    tokens, faces = Theme.tokens(), _faces(font)
    parts = _parts(cell, faces)
    needed = sum(width + gap for _text, _kind, width, gap in parts)
    at = room.right() + 1 - needed if right and needed <= room.width() else room.left()
    end = room.right() + 1
    # The number tells people of one name apart: where room is short, a long name gives way to it.
    after = next((width + gap for _text, kind, width, gap in parts if kind == "muted"), 0)
    kept = after if needed > room.width() and after < room.width() * 2 / 5 else 0
    for text, kind, width, gap in parts:
        at += gap
        space = min(width, end - at - (kept if kind == "text" else 0))
        if space <= 4:
            break
        place = QRect(at, room.top(), space, room.height())
        if kind in ("text", "muted"):
            strong = kind == "text" and (cell.strong or cell.link)
            metrics = faces.of_bold if strong else faces.of_plain
            fitting = text if width <= space else metrics.elidedText(text, Qt.TextElideMode.ElideRight, space)
            write(painter, place, _isolated(fitting), faces.bold if strong else faces.plain, _ink(cell, kind))
        else:
            ground, ink = tokens.chips[Tone(kind)]
            _chip(painter, place, text, faces, ground, ink)
        at += space
    return needed


_FROM_THE_RIGHT = "\u0590"
"""Before it no letter of any script runs from right to left."""


def _isolated(text: str) -> str:
    """A text kept from turning the line, where it could: with the signs for it, it takes twice as long to write."""
    return text if max(text, default="") < _FROM_THE_RIGHT else isolated(text)


def _chip(painter: QPainter, place: QRect, text: str, faces: _Faces, ground: str, ink: str) -> None:
    height = px(Chip.HEIGHT)
    pill = QRectF(place.left(), place.top() + (place.height() - height) / 2, place.width(), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill(painter, pill, ground, height / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    room = pill.toRect().adjusted(_CHIP_INSET, 0, -_CHIP_INSET + 1, 0)
    fitting = faces.of_small.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    write(painter, room, fitting, faces.small, ink)


_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_RIGHT = Qt.AlignmentFlag.AlignRight


def _ink(cell: Cell, kind: str) -> str:
    tokens = Theme.tokens()
    if kind == "muted":
        return tokens.muted
    if cell.link:
        return tokens.accent
    if cell.tone is not None:
        return tokens.tones[cell.tone]
    return tokens.text if cell.strong else tokens.body
