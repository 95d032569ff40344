"""Puts a window out of sight with all that belongs to it, and brings it back as it was: for locking.

What was typed stays in the hidden widgets, with the forms that were open. What opens a register does not: passphrases,
the words of a recovery sheet, and what was sealed and is opened are cleared, as far as Python can.
"""

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from ui.busy import BusyDialog
from ui.kit.field import Field
from ui.prompts import Ask

_ENDS = ("QFileDialog", "QAbstractPrintDialog")
"""What waits for an answer, and takes being hidden for a thought-better-of-it; by the names that Qt has for them."""


class Away:
    """A window out of sight. Its timers rest, so that nothing of it comes up by itself."""

    def __init__(self, window: QWidget) -> None:
        """Hide the window and everything else that is shown, at once.

        A question that waits for its answer counts as answered with "Go back".
        """
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
        window.hide()
        for each in shown:
            each.hide()
        QToolTip.hideText()
        self.window = window
        kept = [each for each in shown if isinstance(each, QDialog) and _is_kept(each, window)]
        self._dialogs = sorted(kept, key=_depth)
        self._timers = [timer for timer in window.findChildren(QTimer) if timer.isActive()]
        for timer in self._timers:
            timer.stop()
        self.lost_words = False
        """Whether a recovery sheet was shown, whose words are gone."""
        self._forget_secrets()

    @property
    def has_forms(self) -> bool:
        """Whether a dialog was open, with what was typed into it."""
        return any(shiboken6.isValid(each) for each in self._dialogs)

    def come_back(self) -> None:
        """Show everything as it was."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        for each in (self.window, *self._dialogs):
            if shiboken6.isValid(each):
                each.show()
        front = next((each for each in reversed(self._dialogs) if shiboken6.isValid(each)), self.window)
        front.activateWindow()
        for timer in self._timers:
            if shiboken6.isValid(timer):
                timer.start()

    def drop(self) -> None:
        """Let it go for good, with what was typed."""
        if shiboken6.isValid(self.window):
            self.window.close()
            self.window.deleteLater()

    def _forget_secrets(self) -> None:
        for field in self.window.findChildren(Field):
            if field.is_secret:
                field.put(None)
        for dialog in list(self._dialogs):
            if secret := dialog.property("secret"):
                self.lost_words |= secret == "words"
                self._dialogs.remove(dialog)
                dialog.done(QDialog.DialogCode.Rejected)
                dialog.deleteLater()


def _is_kept(shown: QDialog, window: QWidget) -> bool:
    """Whether it is a form or the like, which is to come back."""
    ends = isinstance(shown, Ask | BusyDialog) or any(shown.inherits(name) for name in _ENDS)
    return not ends and window in _above(shown)


def _above(widget: QWidget) -> list[QWidget]:
    """Everything that a widget stands in or before."""
    found: list[QWidget] = []
    parent = widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def _depth(widget: QWidget) -> int:
    return len(_above(widget))
