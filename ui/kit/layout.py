"""What a page is laid out with: its header, cards, tiles, rows, and what stands where there is nothing."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.labels import Chip, LinkButton, Text
from ui.kit.tokens import GAP, INSET, Tone, px

Box = TypeVar("Box", QVBoxLayout, QHBoxLayout)
Part = QWidget | QLayout | None
Share = tuple[QWidget | QLayout, int]
"""A part, and how much of the room that is left it takes."""
Margins = int | tuple[int, int, int, int]
"""The same on all sides; or left, top, right and bottom."""


def column(*parts: Part | Share, gap: int = GAP, margins: Margins = 0) -> QVBoxLayout:
    """A layout from top to bottom; None is a stretch."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def row(*parts: Part | Share, gap: int = GAP, margins: Margins = 0) -> QHBoxLayout:
    """A layout from left to right; None is a stretch."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def _filled(layout: Box, parts: Sequence[Part | Share], gap: int, margins: Margins) -> Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    _add(layout, parts)
    return layout


def _add(layout: QVBoxLayout | QHBoxLayout, parts: Sequence[Part | Share]) -> None:
    for each in parts:
        part, share = each if isinstance(each, tuple) else (each, 0)
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part, share)
        else:
            layout.addLayout(part, share)


def held(layout: QLayout) -> QWidget:
    """A widget that is nothing but its layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, so that it can be filled anew."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            _keep_keyboard(widget)
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _keep_keyboard(going: QWidget) -> None:
    """Leave the keyboard with what held a part that goes: Qt would give it to the first control of the window."""
    held, holder = going.window().focusWidget(), going.parentWidget()
    if held is not None and holder is not None and (held is going or going.isAncestorOf(held)):
        holder.setFocus(Qt.FocusReason.OtherFocusReason)


def hide_empty(*labels: QLabel) -> None:
    """Show the labels that say something, and hide the others; for labels that have their place already.

    A widget that is shown before it has a parent would open a window of its own for a moment.
    """
    for label in labels:
        label.setVisible(bool(label.text()))


class PageHeader(QWidget):
    """The title of a page, what it shows, and what can be done about the whole of it."""

    def __init__(self, title: str, subtitle: str = "", actions: Sequence[QWidget] = ()) -> None:
        """Show a header."""
        super().__init__()
        self.setProperty("role", "pageHeader")
        self.title = Text(title, "title", wrap=True)
        self.subtitle = Text(subtitle, "subtitle", wrap=True)
        words = column(self.title, self.subtitle, gap=3)
        across = row((words, 1), gap=14)
        for action in actions:
            across.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(across)
        hide_empty(self.subtitle)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # beside wide actions words wrap

    def say(self, title: str, subtitle: str) -> None:
        """Change both lines."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        hide_empty(self.subtitle)


class Card(QFrame):
    """A framed part of a page."""

    def __init__(self, title: str = "", note: str = "", *, flush: bool = False) -> None:
        """Show a card.

        Args:
            title: In bold at the top left.
            note: In grey at the top right.
            flush: Whether the body reaches the border, as a table does.
        """
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.title = Text(title, "cardTitle", wrap=True)
        self.note = Text(note, "subtitle")
        inset = (INSET, INSET - 3, INSET, 6) if flush else 0
        self._head = held(row((self.title, 1), self.note, gap=8, margins=inset))
        self.body = column(gap=8)
        self.setLayout(column(self._head, (self.body, 1), gap=0 if flush else 8, margins=1 if flush else INSET))
        self._head.setVisible(bool(title or note))

    def say(self, title: str, note: str = "") -> None:
        """Change title and note."""
        self.title.setText(title)
        self.note.setText(note)
        self.setAccessibleName(title)
        self._head.setVisible(bool(title or note))

    def append(self, *parts: Part | Share) -> None:
        """Add to the body; None is a stretch."""
        _add(self.body, parts)

    def clear(self) -> None:
        """Empty the body, to fill it anew."""
        clear(self.body)


class Tile(Card):
    """One figure that is read at a glance."""

    def __init__(self, number: str, label: str, note: str = "", tone: Tone | None = None) -> None:
        """Show a figure.

        Args:
            number: In large.
            label: What it counts.
            note: What it is made of.
            tone: The colour of the number; label or note must say the same.
        """
        super().__init__()
        self.number = Text(number, "number", tone=tone)
        self.label = Text(label, "strong", wrap=True)
        self.remark = Text(note, "note", wrap=True)
        self.body.setSpacing(0)
        self.append(self.number, self.label, self.remark, None)

    def show_figure(self, number: str, note: str = "", tone: Tone | None = None) -> None:
        """Change figure, note and colour."""
        self.number.setText(number)
        self.number.set_tone(tone)
        self.remark.setText(note)


class Empty(QWidget):
    """What stands where there is nothing yet: what this place is for, and what to do."""

    def __init__(self, title: str, text: str = "", actions: Sequence[QWidget] = ()) -> None:
        """Say that there is nothing, and what to do about it."""
        super().__init__()
        self.title = Text(title, "cardTitle", wrap=True)
        self.text = Text(text, "subtitle", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = row(None, *actions, None, gap=8)
        self.setLayout(column(None, self.title, self.text, buttons, None, gap=8, margins=24))
        hide_empty(self.text)


class KeyValues(QWidget):
    """Rows of a name and what it is, with light rules between them."""

    def __init__(self, *, right: bool = False, names: int = 150) -> None:
        """Begin without rows.

        Args:
            right: Whether the values stand at the right edge, as figures do.
            names: The width of the names where the values stand at the left.
        """
        super().__init__()
        self._right = right
        self._names = names
        self._rows = column(gap=0)
        self.setLayout(self._rows)

    def add(
        self, name: str, value: str, *, strong: bool = False, chip: Chip | None = None, link: LinkButton | None = None
    ) -> None:
        """Add a row.

        Args:
            name: At the left.
            value: What it is.
            strong: Whether the row is a sum.
            chip: Beside the value.
            link: What can be done about it.
        """
        line = QFrame()
        line.setProperty("role", "row")
        left = Text(name, "strong" if strong else ("body" if self._right else "subtitle"), wrap=True)
        what = Text(value, "strong" if strong else "body", wrap=not self._right)
        what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        across = row(gap=8, margins=(10 if self._right else 0, 6, 10 if self._right else 0, 6))
        if self._right:
            across.addWidget(left, 1)
            across.addWidget(what)
        else:
            left.setFixedWidth(px(self._names))
            across.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(what, 1)
        for extra in (chip, link):
            if extra is not None:
                across.addWidget(extra)
        line.setLayout(across)
        self._rows.addWidget(line)

    def say(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show these rows alone; a value that says nothing is left out."""
        self.clear()
        for name, value in rows:
            if value:
                self.add(name, value)

    def clear(self) -> None:
        """Take all rows out."""
        clear(self._rows)
