"""What the window says of itself: a banner across its top, and a short word with a way back."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui import prompts
from ui.kit.accessible import announce
from ui.kit.commands import Command
from ui.kit.labels import Button, Text
from ui.kit.layout import row
from ui.kit.scrolled import reveal
from ui.kit.tokens import Tone
from ui.language import _


@dataclass(frozen=True, slots=True)
class Line:
    """What a banner says.

    Attributes:
        text: The sentence.
        button: What its button says; empty for none.
        do: What its button does.
    """

    text: str
    button: str = ""
    do: Callable[[], object] | None = None


class Banner(QFrame):
    """A line across the window that stays: a demonstration, a register that is read only."""

    def __init__(self, line: Line) -> None:
        """Show the line."""
        super().__init__()
        self.setProperty("role", "banner")
        self.setAccessibleName(line.text)
        across = row((Text(line.text, "bannerText", wrap=True), 1), gap=14, margins=(18, 4, 18, 4))
        if line.button and line.do is not None:
            across.addWidget(Button(line.button, line.do, kind="link"))
        self.setLayout(across)

    def showEvent(self, event: QShowEvent) -> None:
        """Say it aloud."""
        super().showEvent(event)
        announce(self, self.accessibleName())


class Callout(QFrame):
    """A framed sentence inside a form or a card: what a step will do, or what is in the way."""

    def __init__(self, text: str, *, tone: Tone = Tone.AMBER) -> None:
        """Show the sentence; `tone` is amber for a warning and red for a refusal."""
        super().__init__()
        self.setProperty("role", "refusal" if tone is Tone.RED else "says")
        self.label = Text(text, "saysText", wrap=True)
        self.setLayout(row(self.label, margins=(10, 8, 10, 8)))

    def showEvent(self, event: QShowEvent) -> None:
        """Say it aloud; a refusal comes into sight wherever one has scrolled to."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self.label.text())
            if self.property("role") == "refusal":
                reveal(self)


class UndoCommand(Command):
    """Takes back what was done last, by its name: in the notice, by its key, and in the menu."""

    def __init__(self, window: QWidget) -> None:
        """Begin with nothing to undo."""
        super().__init__(_("Undo"), self._undo, key="Ctrl+Z", icon=QIcon.ThemeIcon.EditUndo, parent=window)
        self._window = window
        self._take_back: Callable[[], object] | None = None
        self._notice: Toast | None = None
        self.forget()

    def offer(self, done: str, take_back: Callable[[], object], notice: "Toast") -> None:
        """Offer to take something back.

        Args:
            done: What was done, by its name.
            take_back: Takes it back.
            notice: The notice that tells of it; once it has gone, it is asked first what is meant.
        """
        self.setText(_("Undo: {what}", what=done))
        self.setEnabled(True)
        self._take_back, self._notice = take_back, notice

    def forget(self) -> None:
        """Nothing can be undone now."""
        self.setText(_("Undo"))
        self.setEnabled(False)
        self._take_back = self._notice = None

    def _undo(self) -> None:
        take_back, notice, said = self._take_back, self._notice, self.text()
        if take_back is None:
            return
        if notice is not None and notice.is_shown:
            notice.dismiss()
        elif not prompts.confirm(
            self._window, said, _("It is the last thing done here that can be undone."), yes=_("Undo")
        ):
            return
        self.forget()
        take_back()


class Toast(QFrame):
    """A short word at the foot of the window about what was just done, with a way to undo it."""

    STAYS = 8000
    """Milliseconds; it stays longer under the pointer or while its button has the keyboard."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show it now; an earlier one goes."""
        super().__init__(window)
        self._window = window
        for old in window.findChildren(Toast):
            if old is not self:
                old.dismiss()
        self.setProperty("role", "toast")
        self.is_shown = True
        self.label = Text(text, "toastText")
        across = row(self.label, gap=14, margins=(16, 8, 16, 8))
        if undo is not None:
            self.undo = window.findChild(UndoCommand) or UndoCommand(window)
            window.addAction(self.undo)
            self.undo.offer(text, undo, self)
            button = Button(_("Undo"), self.take_back, kind="link", hint=self.undo.key)
            button.setAccessibleName(self.undo.text())
            across.addWidget(button)
        self.setLayout(across)
        self.setAccessibleName(text)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._maybe_go)
        self._timer.start(self.STAYS)
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        announce(self, text)

    def take_back(self) -> None:
        """Undo what this tells of."""
        self.undo.trigger()

    def dismiss(self) -> None:
        """Go away."""
        self.is_shown = False
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _maybe_go(self) -> None:
        if not self.underMouse() and not self.isAncestorOf(self.window().focusWidget() or self):
            self.dismiss()

    def _place(self) -> None:
        window = self._window
        self.setMaximumWidth(max(200, window.width() - 80))
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 44)


def toast(widget: QWidget, text: str, undo: Callable[[], object] | None = None) -> Toast:
    """Say at the foot of a widget's window what was just done; in a dialog, at the foot of the window behind it."""
    window = widget.window()
    while window.windowType() is Qt.WindowType.Dialog and (behind := window.parentWidget()) is not None:
        window = behind.window()
    return Toast(window, text, undo)
