"""Looks a window over for what a test can see: what is cut off or out of reach, and what a reader is not told."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface, QFont, QFontMetrics
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
    QStatusBar,
    QTabBar,
    QWidget,
)

from ui.kit import accessible
from ui.kit.field import Field
from ui.kit.labels import Elided
from ui.kit.notices import Callout
from ui.kit.table_cells import INSET
from ui.kit.table_header import TableHeader
from ui.kit.table_model import CELL
from ui.kit.table_view import TableView
from ui.kit.tokens import px


def complaints(top: QWidget) -> list[str]:
    """What is wrong in the visible part of a widget tree; empty if nothing is.

    Args:
        top: A window or page that is shown.
    """
    QApplication.processEvents()  # layouts that are still to come
    found = _looked_over(top)
    while found:
        # A layout may take its room in several passes, and what is cut off between two of them nobody sees.
        QApplication.processEvents()
        before, found = found, _looked_over(top)
        if found == before:
            break
    return found + untold(top)


def _looked_over(top: QWidget) -> list[str]:
    found: list[str] = []
    for widget in [top, *top.findChildren(QWidget)]:
        if widget is top or (widget.isVisibleTo(top) and not isinstance(widget, QMenu)):
            found += _name(widget) + _cut(widget, top) + _small(widget) + _empty(widget)
    return found


Told = QAccessibleInterface
_NAME, _VALUE, _MORE = QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description
_Role = QAccessible.Role
_NO_ROLE = {_Role.NoRole, _Role.Client, _Role.Border, _Role.Pane, _Role.UserRole}
"""What Qt calls what it knows nothing of; nobody can tell from it what to do."""
_CONTROLS = {_Role.Button, _Role.ButtonMenu, _Role.CheckBox, _Role.RadioButton, _Role.EditableText, _Role.ComboBox}
_CONTROLS |= {_Role.SpinBox, _Role.List, _Role.Table, _Role.Tree, _Role.PageTab, _Role.PageTabList, _Role.Slider}
_CONTROLS |= {_Role.Heading, _Role.MenuItem, _Role.ColumnHeader}
_MOST = 60
"""So many children of one thing are looked at: all rows of a list are made by one hand."""


def untold(top: QWidget) -> list[str]:
    """What a reader of the screen is not told of the visible part of a window; empty if it is told all.

    It walks what Qt tells AT-SPI, from the window down: each control has a role that says what it is, a name, and its
    value; what is wrong in a field is told with it; nothing but one thing has the keyboard.
    """
    found: list[str] = []
    for each in tree(QAccessible.queryAccessibleInterface(top)):
        found += [f"{what}: {_told_of(each)}" for what in _wanting(each)]
    return found


def tree(top: Told) -> Iterator[Told]:
    """All that is told of a thing, from the top down, and is there to be seen."""
    todo = [top]
    while todo:
        each = todo.pop()
        if each is None or not each.isValid() or (each is not top and each.state().invisible):
            continue
        yield each
        # A scroll bar and the list behind a choice are told by what they belong to.
        if each.role() not in (_Role.ScrollBar, _Role.ComboBox):
            todo += [each.child(at) for at in reversed(range(min(each.childCount(), _MOST)))]


def _wanting(each: Told) -> Iterator[str]:
    role, widget, name = each.role(), each.object(), each.text(_NAME).strip()
    takes = isinstance(widget, QWidget) and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
    if role in _NO_ROLE and takes:
        yield "no role"
    if (role in _CONTROLS or takes) and role is not _Role.ScrollBar and not any(map(str.isalnum, name)):
        yield "no name"
    read = isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Normal
    if read and isinstance(widget, QLineEdit) and each.text(_VALUE) != widget.text():
        yield "value not told"
    if isinstance(widget, QComboBox) and widget.currentText() not in (each.text(_VALUE), name):
        yield "value not told"
    if role is _Role.Cell and not isinstance(widget, QWidget) and not name and _shown_in(each):
        yield "cell not told"
    if isinstance(widget, QWidget) and widget.property("wrong") == "true":
        error = _error_of(widget)
        if not error or error not in each.text(_MORE):
            yield "error not told"


def _shown_in(cell: Told) -> str:
    """What is painted in a cell of a table."""
    table = cell.parent().object()
    at = cell.tableCellInterface()
    if not isinstance(table, TableView) or at is None:
        return ""
    found = table.model().index(at.rowIndex(), at.columnIndex()).data(CELL)
    return str(found.plain) if found is not None else ""


def _error_of(widget: QWidget) -> str:
    field = widget.parentWidget()
    while field is not None and not isinstance(field, Field):
        field = field.parentWidget()
    return "" if field is None else field.error.text().removeprefix("!\u00a0")


def listen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep what is read aloud at once from now on, in order."""
    heard: list[str] = []

    def event(about: QWidget, text: str) -> QAccessibleAnnouncementEvent:
        heard.append(text)
        return QAccessibleAnnouncementEvent(about, text)

    monkeypatch.setattr(accessible, "QAccessibleAnnouncementEvent", event)
    return heard


def unannounced(top: QWidget, heard: list[str]) -> list[str]:
    """Which errors and refusals that can be seen in a form were not read aloud.

    Args:
        top: The form, after it was sent.
        heard: What was read aloud meanwhile.
    """
    seen = [f"{field.title}: {_error_of(field.error)}" for field in top.findChildren(Field) if field.error.isVisible()]
    refusals = [each for each in top.findChildren(Callout) if each.property("role") == "refusal"]
    seen += [each.label.text() for each in refusals if each.isVisible()]
    return [f"not announced: {each!r}" for each in seen if each not in heard]


def covered(notice: QWidget) -> list[str]:
    """What can be pressed or filled, or says something, of which a notice hides a part; and what of it is cut off.

    Args:
        notice: It lies over a window that is shown.
    """
    window = notice.window()
    QApplication.processEvents()
    over = QRect(notice.mapTo(window, QPoint(0, 0)), notice.size())
    found = [] if window.rect().contains(over) else ["notice beyond the window"]
    for widget in window.findChildren(QWidget):
        needed = isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QAbstractItemView | QScrollBar | QLabel)
        foot = isinstance(widget.parentWidget(), QStatusBar)
        if not needed or foot or not widget.isVisible() or widget is notice or notice.isAncestorOf(widget):
            continue
        shown = widget.visibleRegion().boundingRect()  # what a notice hides counts as visible here: it is no child
        place = QRect(widget.mapTo(window, shown.topLeft()), shown.size())
        if not shown.isEmpty() and place.intersects(over):
            found.append(f"under a notice: {_where(widget)}")
    inside = notice.findChildren(QAbstractButton)
    return found + [f"cut off: {_where(each)}" for each in inside if not notice.rect().contains(each.geometry())]


def _told_of(each: Told) -> str:
    widget = each.object()
    role = str(each.role()).removeprefix("Role.")
    return f"{role} {each.text(_NAME)!r}, {_where(widget) if isinstance(widget, QWidget) else _told_of(each.parent())}"


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


def _empty(widget: QWidget) -> list[str]:
    """A frame that warns of nothing."""
    is_empty = isinstance(widget, Callout) and widget.isVisible() and not widget.label.text().strip()
    return [f"says nothing: {_where(widget)}"] if is_empty else []


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
    if isinstance(widget, TableHeader):
        return _titles_cut(widget)
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


def _titles_cut(header: TableHeader) -> list[str]:
    font = QFont(QApplication.font())
    font.setPixelSize(px(12))
    font.setBold(True)
    metrics = QFontMetrics(font)
    return [
        f"title cut off: {column.title!r} of {_where(header)}"
        for at, column in enumerate(header.columns)
        if not header.isSectionHidden(at)
        and metrics.horizontalAdvance(column.title) + 2 * INSET > header.sectionSize(at)
    ]


def _longest_word(label: QLabel) -> int:
    words = label.text().replace("\u200b", " ").split()  # where a long path may go on in the next line
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


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
