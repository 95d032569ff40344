"""Looks a window over for what a test can see: controls without a name, and texts that are cut off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollBar,
    QTabBar,
    QWidget,
)

from ui.kit.labels import Elided


def complaints(top: QWidget) -> list[str]:
    """What is wrong in the visible part of a widget tree; empty if nothing is.

    Args:
        top: A window or page that is shown.
    """
    QApplication.processEvents()  # layouts that are still to come
    found: list[str] = []
    for widget in [top, *top.findChildren(QWidget)]:
        if widget is top or (widget.isVisibleTo(top) and not isinstance(widget, QMenu)):
            found += _name(widget) + _cut(widget, top) + _small(widget)
    return found


def told(widget: QWidget) -> str:
    """What a reader says of the part of a widget that has the keyboard; of the widget, where it has no parts."""
    whole = QAccessible.queryAccessibleInterface(widget)
    part = whole.focusChild() or whole
    return part.text(QAccessible.Text.Name)


def misplaced(top: QWidget) -> list[str]:
    """What cannot be reached or lies over something else in the visible part of a window; empty if nothing.

    Args:
        top: A window that is shown.
    """
    QApplication.processEvents()
    found: list[str] = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisibleTo(top) or widget.isWindow():
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _within_reach(widget, top):
            found.append(f"out of reach: {_where(widget)}")
        if widget.layout() is not None:
            found += _overlapping(widget)
    return found


def _within_reach(widget: QWidget, top: QWidget) -> bool:
    """Whether it lies in what holds it, or that scrolls to it."""
    at, parent = widget, widget.parentWidget()
    while parent is not None and at is not top:
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
            bars = (above.horizontalScrollBar(), above.verticalScrollBar())
            for bar, over in zip(bars, (at.width() - parent.width(), at.height() - parent.height()), strict=True):
                if over > 1 and (bar.maximum() < over - 1 or not bar.isVisible()):
                    return False
        elif not QRect(QPoint(-1, -1), parent.size() + QSize(2, 2)).contains(at.geometry()):
            return False
        at, parent = parent, above
    return True


def _overlapping(holder: QWidget) -> list[str]:
    """Which parts of a layout lie over each other."""
    layout = holder.layout()
    parts = [
        each
        for each in holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if each.isVisible() and not each.isWindow() and layout is not None and layout.indexOf(each) >= 0
    ]
    return [
        f"over each other: {_where(one)} and {_where(other)}"
        for at, one in enumerate(parts)
        for other in parts[at + 1 :]
        if not one.geometry().intersected(other.geometry()).adjusted(1, 1, -1, -1).isEmpty()
    ]


def _name(widget: QWidget) -> list[str]:
    focusable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
    inner = isinstance(widget, QScrollBar | QHeaderView) or _belongs_to_combo(widget)
    if not focusable or inner or widget.accessibleName().strip():
        return []
    if isinstance(widget, QAbstractButton) and any(letter.isalnum() for letter in widget.text()):
        return []
    return [f"no accessible name: {_where(widget)}"]


def _small(widget: QWidget) -> list[str]:
    """What is pressed has at least 24 pixels each way (WCAG 2.2, 2.5.8)."""
    pressed = isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and not isinstance(
        widget.parentWidget(), QLineEdit | QTabBar
    )
    is_small = pressed and widget.isVisible() and min(widget.width(), widget.height()) < 24
    return [f"smaller than 24 pixels: {_where(widget)}"] if is_small and not _belongs_to_combo(widget) else []


def _belongs_to_combo(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox):
            return True
        parent = parent.parentWidget()
    return False


def _cut(widget: QWidget, top: QWidget) -> list[str]:
    if isinstance(widget, Elided) or not widget.isVisible():
        return []
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect()
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            cut = needed > widget.height() + 1 or _longest_word(widget) > room.width() + 1
        else:
            cut = widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
        return [f"cut off: {_where(widget)}"] if cut or _outside(widget, top) else []
    if isinstance(widget, QAbstractButton) and widget.text() and widget.sizeHint().width() > widget.width() + 1:
        return [f"cut off: {_where(widget)}"]
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        margins = widget.textMargins()
        room_across = widget.contentsRect().width() - margins.left() - margins.right() - 16
        if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room_across + 2:
            return [f"cut off: {_where(widget)}"]
    return []


def _longest_word(label: QLabel) -> int:
    return max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)


def _outside(widget: QWidget, top: QWidget) -> bool:
    """Whether it reaches over the edge of its parent, where nothing scrolls."""
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractScrollArea | QAbstractItemView):
        return False
    place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
    return place.right() > parent.width() + 1 and top.isAncestorOf(parent)


def _where(widget: QWidget) -> str:
    text = widget.property("text") or widget.property("placeholderText") or widget.objectName()
    return (
        f"{type(widget).__name__} {text!r} at {widget.geometry().getRect()} in {type(widget.parentWidget()).__name__}"
    )
