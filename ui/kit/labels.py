"""Texts, chips and buttons: the smallest things of a page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from models.store.declaring import Declared
from ui import permissions
from ui.kit.theme import Theme
from ui.kit.tokens import Tone
from ui.language import _

Clicked = Callable[[], object]
"""What a button does."""
Needs = Declared | Sequence[Declared]
"""The actions of which one must be allowed to the person at the window."""


class Text(QLabel):
    """A text in one of the roles of the style sheet; never read as markup."""

    def __init__(self, text: str = "", role: str = "body", *, tone: Tone | None = None, wrap: bool = False) -> None:
        """Show a text.

        Args:
            text: What it says.
            role: `title`, `subtitle`, `cardTitle`, `body`, `strong`, `note`, `number`, `label`, `error`, `native`…
            tone: Its colour; the words must say the same.
            wrap: Whether it may take several lines.
        """
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Where a style sheet gives a padding, Qt would else indent by half a letter more.
        self.setIndent(0)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if tone is not None:
            self.setProperty("tone", tone.value)

    def set_tone(self, tone: Tone | None) -> None:
        """Change its colour."""
        self.setProperty("tone", tone.value if tone else "")
        repolish(self)


class Elided(Text):
    """A text of one line that is cut with an ellipsis where it is too long; the whole of it is its tool tip."""

    def __init__(self, text: str = "", role: str = "body", *, tone: Tone | None = None) -> None:
        """Show a text."""
        super().__init__(text, role, tone=tone)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """As narrow as needs be."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


class Chip(Text):
    """A small coloured badge; its words say what its colour says."""

    HEIGHT = 18

    def __init__(self, text: str, tone: Tone = Tone.GREY) -> None:
        """Show a badge."""
        super().__init__(text, "chip", tone=tone)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Button(QPushButton):
    """A button; `kind` is `primary`, `danger`, or empty for the usual one."""

    is_offered = True

    def __init__(
        self, text: str, clicked: Clicked | None = None, *, kind: str = "", hint: str = "", needs: Needs = ()
    ) -> None:
        """Show a button.

        Args:
            text: What it does, in a verb.
            clicked: What to do.
            kind: How it looks.
            hint: Its tool tip: what it will do, or why it cannot be used now.
            needs: The actions of which one must be allowed to the person at the window; else the button stays hidden.
        """
        super().__init__(text)
        self.is_offered = permissions.may(*((needs,) if isinstance(needs, Declared) else needs))
        if not self.is_offered:
            self.hide()
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setToolTip(hint)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def setVisible(self, visible: bool) -> None:
        """What may not be done is not shown, whoever asks for it."""
        super().setVisible(visible and self.is_offered)


class LinkButton(Button):
    """A button that looks like a link: the one thing to do about a row."""

    def __init__(self, text: str, clicked: Clicked | None = None, *, hint: str = "", needs: Needs = ()) -> None:
        """Show a link."""
        super().__init__(text, clicked, kind="link", hint=hint, needs=needs)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class CheckBox(QCheckBox):
    """A box to tick, in the theme's own colours."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the tick: the style sheet takes Qt's away."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(Theme.tokens().on_accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = box.center()
        painter.drawPolyline([middle + QPoint(-3, 0), middle + QPoint(-1, 3), middle + QPoint(4, -3)])


class MenuButton(Button):
    """A button that opens a menu."""

    def __init__(
        self, text: str, entries: Sequence[tuple[str, Clicked] | tuple[str, Clicked, Declared]], *, needs: Needs = ()
    ) -> None:
        """Show a button.

        Args:
            text: What the entries have in common ("Print").
            entries: The text of each entry and what to do; and perhaps the action that it needs.
            needs: As of a `Button`.
        """
        offered = [(entry[0], entry[1]) for entry in entries if permissions.may(*entry[2:])]
        super().__init__(f"{text} ▾", needs=needs)
        self.is_offered = self.is_offered and bool(offered or not entries)
        if not self.is_offered:
            self.hide()
        self.setAccessibleName(_("{what}, menu", what=text))
        self.entries = QMenu(self)
        for name, command in offered:
            action = QAction(name, self.entries)
            action.triggered.connect(lambda _checked=False, do=command: do())
            self.entries.addAction(action)
        self.clicked.connect(lambda _checked=False: self.drop())

    def drop(self) -> None:
        """Open the menu below the button."""
        self.entries.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        first = next(iter(self.entries.actions()), None)
        if first is not None:
            self.entries.setActiveAction(first)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
