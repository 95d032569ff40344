"""Hears that the program is to end: from a signal, from the desktop whose session ends, or because Qt quits.

A signal of the system stops Python between two steps of its own, while Qt waits in C++: so it is written into a pipe
that Qt listens to, and the rest is done in the window's own time.
"""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QGuiApplication

SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK") if hasattr(signal, name)]


class Ending(QObject):
    """Listens for as long as the program runs."""

    asked = Signal()
    """The program is to end: keep what was typed, and end."""
    comes = Signal()
    """The session of the desktop is about to end, or not yet: keep what was typed, and go on."""

    def __init__(self, app: QGuiApplication) -> None:
        """Begin to listen."""
        super().__init__(app)
        self._hears, self._tells = socket.socketpair()
        for each in (self._hears, self._tells):
            each.setblocking(False)
        self._notifier = QSocketNotifier(self._hears.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)
        signal.set_wakeup_fd(self._tells.fileno(), warn_on_full_buffer=False)
        # `nohup` has the window outlive its terminal: what is ignored already stays so.
        self._numbers = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        for number in self._numbers:
            signal.signal(number, _noted)
        app.commitDataRequest.connect(self._session_ends)

    def stop(self) -> None:
        """Listen no more: from now on a signal ends the process at once."""
        signal.set_wakeup_fd(-1)
        for number in self._numbers:
            signal.signal(number, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        for each in (self._hears, self._tells):
            each.close()

    def _heard(self) -> None:
        try:
            self._hears.recv(64)
        except BlockingIOError:
            return
        self.asked.emit()

    def _session_ends(self, _manager: object) -> None:
        self.comes.emit()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """What Python does with a signal; the pipe has it already."""
