"""Texts, chips and buttons: the smallest things of a page."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.kit.commands import Command, Deed, Needs, menu
from ui.kit.painting import stroke
from ui.kit.theme import Theme
from ui.kit.tokens import Tone, px
from ui.language import _

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


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
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Where a style sheet gives a padding, Qt would else indent by half a letter more.
        self.setIndent(0)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if tone is not None:
            self.setProperty("tone", tone.value)
        # Last: a reader asks for its role as soon as it says something.
        QLabel.setText(self, text)

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
        self.setFixedHeight(px(self.HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Button(QPushButton):
    """A button for a command; Enter presses it as the space bar does."""

    def __init__(
        self, text: str | Command, clicked: Deed | None = None, *, kind: str = "", hint: str = "", needs: Needs = ()
    ) -> None:
        """Show a button.

        Args:
            text: The command, which then says all else too; or what it does, in a verb.
            clicked: What to do.
            kind: How it looks: `primary`, `danger`, or empty for the usual one.
            hint: Its tool tip: what it will do, or why it cannot be used now.
            needs: The actions of which one must be allowed to the person at the window; else the button stays hidden.
        """
        command = text if isinstance(text, Command) else Command(text, clicked or _nothing, hint=hint, needs=needs)
        super().__init__(command.text())
        self.is_offered = command.is_offered
        if not self.is_offered:
            self.hide()
        self.setProperty("kind", kind or command.kind)
        self.setAutoDefault(False)
        self.setToolTip(command.toolTip())
        self.setAccessibleDescription(command.hint)
        self.clicked.connect(lambda _checked=False: command.trigger())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the button that has the keyboard is this button, not the one that a form sends itself by."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            self.click()
        else:
            super().keyPressEvent(event)

    def setVisible(self, visible: bool) -> None:
        """What may not be done is not shown, whoever asks for it."""
        super().setVisible(visible and self.is_offered)


class LinkButton(Button):
    """A button that looks like a link: the one thing to do about a row."""

    def __init__(self, text: str, clicked: Deed | None = None, *, hint: str = "", needs: Needs = ()) -> None:
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
        tick = (box.center() + point for point in (QPoint(-3, 0), QPoint(-1, 3), QPoint(4, -3)))
        stroke(self, Theme.tokens().on_accent, 2, *tick)


class MenuButton(Button):
    """A button that opens a menu of commands; it is not there if none of them is offered."""

    def __init__(self, text: str, entries: Sequence[QAction | None], *, needs: Needs = ()) -> None:
        """Show a button.

        Args:
            text: What the entries have in common ("Print").
            entries: The commands; None parts groups.
            needs: As of a `Button`.
        """
        super().__init__(text, needs=needs)
        offered = [each for each in entries if each is not None and each.isVisible()]
        self.is_offered = self.is_offered and bool(offered or not entries)
        if not self.is_offered:
            self.hide()
        self.setAccessibleName(_("{what}, menu", what=text))
        self.setMenu(menu(entries, self))
        self.menu().setTitle(text)
        self.setProperty("opens", "true")


def _nothing() -> None:
    """What a button does of its own whose `clicked` is listened to."""


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
