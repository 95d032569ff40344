"""Somebody who starts Konak and types the passphrase: runs `konak window` and says when what happened.

Prints `asks` once the unlock screen is painted and has the keyboard, `typed` when the passphrase is typed and Enter is
pressed, with the longest time that a key had to wait, in milliseconds; the window itself then says `ready`.
"""

import os
import sys
from pathlib import Path
from time import perf_counter

import ui.kit  # noqa: F401 - it loads Qt, as in the program

# isort: split
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop import app, cli
from ui.start.unlock import Unlock

_BETWEEN = 100
"""Milliseconds between two keys: nobody who types a passphrase is much faster."""


class Typist(QObject):
    """Types into the passphrase as soon as it can be typed into."""

    def __init__(self, edit: QLineEdit, passphrase: str) -> None:
        """Wait for the first painting of the field."""
        super().__init__(edit)
        self._edit, self._left = edit, list(passphrase)
        self._due = self._longest = 0.0
        self._key = QTimer(self, interval=_BETWEEN, timerType=Qt.TimerType.PreciseTimer)
        self._key.timeout.connect(self._press)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        """The field is about to be painted; the timer runs out after that."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        if not self._edit.hasFocus():
            raise RuntimeError("the passphrase cannot be typed yet")
        _say("asks")
        self._due = perf_counter() + _BETWEEN / 1000
        self._key.start()

    def _press(self) -> None:
        self._longest = max(self._longest, perf_counter() - self._due)
        self._due = perf_counter() + _BETWEEN / 1000
        if self._left:
            self._send(0, self._left.pop(0))
            return
        self._key.stop()
        _say(f"typed {self._longest * 1000:.1f}")
        self._send(Qt.Key.Key_Return, "\r")

    def _send(self, key: int, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(self._edit, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _say(what: str) -> None:
    print(what, flush=True)


def main() -> int:
    """Start Konak with what was given on the command line; the passphrase is in the variable TYPED."""
    shown = app.Program.start

    def start(self: app.Program, folder: Path | None, person: str | None = None, says: str = "") -> None:
        shown(self, folder, person, says)
        if self.before is None or not isinstance(self.before.shown, Unlock):
            raise RuntimeError("nobody asks for a passphrase")
        Typist(self.before.shown.passphrase.edit, os.environ["TYPED"])

    app.Program.start = start  # type: ignore[method-assign]
    return cli.main(["window", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
