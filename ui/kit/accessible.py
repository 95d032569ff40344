"""What is told to those who cannot see the window: roles that Qt does not know, parts that are drawn, what happens."""

from functools import cache
from typing import cast

import shiboken6
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleAttributesInterface,
    QAccessibleEvent,
    QAccessibleInterface,
    QFocusEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QAccessibleWidget, QLabel, QWidget

_Role = QAccessible.Role
_NOTHING = cast("QAccessibleInterface", None)
"""What Qt is told where there is none; its types for Python do not say that it may be."""
_LEVELS = {"title": 1, "cardTitle": 2, "section": 3}
"""Which heading stands under which, by the property `role`."""
_ROLES = {
    **dict.fromkeys(("toast", "banner"), _Role.Notification),
    "card": _Role.Grouping,
    "says": _Role.Note,
    "refusal": _Role.AlertMessage,
    "document": _Role.Document,
    "page": _Role.Pane,
}
"""What a widget is by its property `role`, where its class does not say so."""


class Drawn:
    """What a widget is that draws its parts, beside its class of Qt: a reader is told each as an entry of a list."""

    def parts(self) -> list[tuple[str, QRect]]:
        """What each part is in words, and where it is drawn."""
        raise NotImplementedError

    @property
    def part(self) -> int:
        """The part that has the keyboard; -1 for none."""
        raise NotImplementedError

    def say_part(self) -> None:
        """Tell that another part has the keyboard."""
        assert isinstance(self, QWidget)
        event = QAccessibleEvent(self, QAccessible.Event.Focus)
        event.setChild(self.part)
        QAccessible.updateAccessibility(event)


class Current:
    """What is current in a view of items, while the view has the keyboard.

    Qt tells a reader that the current item has the keyboard wherever that is. So nothing is current in a view that the
    keyboard has left; when it comes back, what was.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        """Look after a view, which tells of the keyboard's coming and going."""
        self._view, self._left = view, QPersistentModelIndex()

    @property
    def index(self) -> QModelIndex:
        """What is current, or will be when the keyboard comes; not valid where nothing is."""
        left = self._left
        now = self._view.currentIndex()
        return now if now.isValid() or not left.isValid() else left.model().index(left.row(), left.column())

    def put(self, index: QModelIndex) -> None:
        """Have something current, now or when the keyboard comes."""
        holds = self._view.window().focusWidget() is self._view
        self._left = QPersistentModelIndex() if holds else QPersistentModelIndex(index)
        self._choose(index if holds else QModelIndex())

    def comes(self) -> None:
        """The keyboard comes."""
        if self._left.isValid():
            self.put(self.index)

    def leaves(self, event: QFocusEvent) -> None:
        """The keyboard leaves: for another window or a menu only to come back."""
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._left = QPersistentModelIndex(self._view.currentIndex())
            self._choose(QModelIndex())

    def _choose(self, index: QModelIndex) -> None:
        self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)


class _Spoken(QAccessibleWidget):
    """A widget with a role by its property."""

    def role(self) -> QAccessible.Role:
        """A page that stands in no other is a window."""
        role, widget = super().role(), self.object()
        alone = isinstance(widget, QWidget) and widget.isWindow()
        return _Role.Window if role is _Role.Pane and alone else role

    def text(self, which: QAccessible.Text) -> str:
        said, widget = super().text(which), self.object()
        is_called_by_it = which is QAccessible.Text.Name and isinstance(widget, QLabel)
        return widget.text() if not said and is_called_by_it and isinstance(widget, QLabel) else said


class _Level(QAccessibleAttributesInterface):
    """How far down a heading stands."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> int | None:
        return self._level if key is QAccessible.Attribute.Level else None


_NO_INTERFACE = _Level(0)
"""What Qt takes for none, where PySide cannot pass on None: a thing of C++ that is gone."""
shiboken6.delete(_NO_INTERFACE)


class _Heading(_Spoken):
    """A title, which stands so far down; nothing can be done with it."""

    def __init__(self, about: QWidget, level: int) -> None:
        super().__init__(about, _Role.Heading)
        self._level = _Level(level)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        """What PySide says is a number is an interface."""
        is_asked = kind is QAccessible.InterfaceType.AttributesInterface
        return cast("int", self._level if is_asked else _NO_INTERFACE)


class _Parts(QAccessibleWidget):
    def __init__(self, about: QWidget) -> None:
        super().__init__(about, _Role.List)
        self._about = about
        self._told: list[_Part] = []

    def childCount(self) -> int:
        return len(_drawn(self._about).parts())

    def child(self, at: int) -> QAccessibleInterface:
        """The same one each time: readers know it by its number."""
        while len(self._told) <= at < self.childCount():
            self._told.append(_Part(self, self._about, len(self._told)))
            QAccessible.registerAccessibleInterface(self._told[-1])
        return self._told[at] if 0 <= at < self.childCount() else _NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.at if isinstance(child, _Part) else -1

    def focusChild(self) -> QAccessibleInterface:
        return self.child(_drawn(self._about).part) if self._about.hasFocus() else _NOTHING


class _Part(QAccessibleInterface):
    def __init__(self, whole: _Parts, about: QWidget, at: int) -> None:
        super().__init__()
        self._whole, self._about, self.at = whole, about, at

    def isValid(self) -> bool:
        return shiboken6.isValid(self._about) and self.at < len(_drawn(self._about).parts())

    def object(self) -> QObject:
        return cast("QObject", None)

    def parent(self) -> QAccessibleInterface:
        return self._whole

    def child(self, _at: int) -> QAccessibleInterface:
        return _NOTHING

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface:
        return _NOTHING

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return _Role.ListItem

    def text(self, which: QAccessible.Text) -> str:
        return _drawn(self._about).parts()[self.at][0] if which is QAccessible.Text.Name else ""

    def setText(self, _which: QAccessible.Text, _text: str) -> None:
        """What is drawn is not written."""

    def rect(self) -> QRect:
        drawn, about = _drawn(self._about).parts()[self.at][1], self._about
        if isinstance(about, QAbstractScrollArea):
            down = QPoint(0, about.verticalScrollBar().value())
            return QRect(about.viewport().mapToGlobal(drawn.topLeft() - down), drawn.size())
        return QRect(about.mapToGlobal(drawn.topLeft()), drawn.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._about.hasFocus() and _drawn(self._about).part == self.at
        return state


def _drawn(about: QWidget) -> Drawn:
    assert isinstance(about, Drawn)
    return about


def _made(_kind: str, about: QObject) -> QAccessibleInterface:
    """What Qt asks for each object that a reader looks at; nothing where Qt's own is right."""
    if not isinstance(about, QWidget):
        return _NOTHING
    if isinstance(about, Drawn):
        return _Parts(about)
    said = about.property("role")
    if said in _LEVELS:
        return _Heading(about, _LEVELS[said])
    role = _ROLES.get(said)
    return _NOTHING if role is None else _Spoken(about, role)


@cache
def install() -> None:
    """Have Qt tell readers what is told here; once in a program, after its QApplication is made."""
    QAccessible.installFactory(_made)


def announce(about: QWidget, text: str) -> None:
    """Have a text read aloud at once, wherever the keyboard is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))
