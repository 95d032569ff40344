"""What the window says of itself: a framed sentence in a page or a form, a short word at its foot."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStatusBar, QWidget

from ui.kit.accessible import announce
from ui.kit.commands import Command
from ui.kit.labels import Button, Elided, Text
from ui.kit.layout import row
from ui.kit.tokens import MARGIN, Tone, px
from ui.language import _
from ui.scrolled import reveal


class Callout(QFrame):
    """A framed sentence inside a form or a card: what a step will do, or what is in the way."""

    def __init__(self, text: str = "", *, tone: Tone = Tone.AMBER) -> None:
        """Show the sentence, nothing where there is none; `tone` is amber for a warning and red for a refusal."""
        super().__init__()
        self.setProperty("role", "refusal" if tone is Tone.RED else "says")
        self.label = Text(text, "saysText", wrap=True)
        self.across = row((self.label, 1), gap=8, margins=(10, 8, 10, 8))
        self.setLayout(self.across)
        if not text:
            self.hide()

    def say(self, text: str) -> None:
        """Show another sentence, and say it aloud if it is seen already; nothing where there is none."""
        is_other = text != self.label.text()
        self.label.setText(text)
        if is_other and text and self.isVisible():
            announce(self, text)
        self.setVisible(bool(text))

    def showEvent(self, event: QShowEvent) -> None:
        """Say it aloud; a refusal comes into sight wherever one has scrolled to."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self.label.text())
            if self.property("role") == "refusal":
                reveal(self)


class Toast(QFrame):
    """A short word at the foot of the window about what was just done, with a way to undo it."""

    HIGH = 26
    """The height where a window has no state at its foot, at the usual size of text."""
    STAYS = 8000
    """Milliseconds; it stays longer under the pointer or while its button has the keyboard."""

    def __init__(self, window: QWidget, text: str, undo: Command | None = None) -> None:
        """Show it now; an earlier one goes. `undo` is the way back."""
        super().__init__(window)
        self._window = window
        for old in window.findChildren(Toast):
            if old is not self:
                old.dismiss()
        self.setProperty("role", "toast")
        self.is_shown = True
        self.label = Elided(text, "toastText")
        self.label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        across = row(self.label, gap=14, margins=(MARGIN, 0, MARGIN, 0))
        if undo is not None:
            button = Button(_("Undo"), undo.trigger, kind="link", hint=undo.key)
            button.setAccessibleName(undo.text())
            across.addWidget(button)
        across.addStretch(1)
        self.setLayout(across)
        self.setAccessibleName(text)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._maybe_go)
        self._timer.start(self.STAYS)
        self._foot: QWidget | None = window.findChild(QStatusBar)
        (self._foot or window).installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        announce(self, text)

    def dismiss(self) -> None:
        """Go away."""
        self.is_shown = False
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _maybe_go(self) -> None:
        if not self.underMouse() and not self.isAncestorOf(self.window().focusWidget() or self):
            self.dismiss()

    def _place(self) -> None:
        """Over the state at the foot alone, which nobody presses; a window without one has it at its lower edge."""
        foot, window = self._foot, self._window
        if foot is None or not foot.isVisible():
            self.setGeometry(0, window.height() - px(self.HIGH), window.width(), px(self.HIGH))
        else:
            self.setGeometry(QRect(foot.mapTo(window, QPoint(0, 0)), foot.size()))


def toast(widget: QWidget, text: str) -> Toast:
    """Say at the foot of a widget's window what was just done."""
    return Toast(main_window(widget), text)


def main_window(widget: QWidget) -> QWidget:
    """The window in which a widget stands; of a dialog, the window behind it."""
    window = widget.window()
    while window.windowType() is Qt.WindowType.Dialog and (behind := window.parentWidget()) is not None:
        window = behind.window()
    return window
