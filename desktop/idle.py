"""Sees whether somebody is at the workstation, and says when the register is to be locked."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOCKS = (Qt.Key.Key_L.value, 0x41B)
"""The key L, and what stands in its place on a Serbian keyboard, Л."""


def uptime() -> float:
    """Seconds that only go on, also while the computer sleeps: whoever finds it asleep must not find it open."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Idle(QObject):
    """Watches keyboard and pointer of the whole program, dialogs included, while a register is open.

    It watches the windows of the system, which hear each key and each move of the pointer first. To watch all that the
    application hears would cost a call of Python for every event of every widget.
    """

    locks = Signal()
    """Nobody has touched anything for so long, or Ctrl+L was pressed where the window itself does not hear it."""
    LOOKS = 5000
    """Milliseconds after which it looks again."""

    def __init__(self, app: QGuiApplication) -> None:
        """Watch nothing yet."""
        super().__init__(app)
        self._app = app
        self._windows: list[QWindow] = []  # kept, or Qt's windows would be wrapped anew for each event
        self._most = 0.0
        self._touched = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def begin(self, minutes: int) -> None:
        """Watch from now on.

        Args:
            minutes: After so many without a touch the register is to be locked; 0: never.
        """
        self._most = minutes * 60.0
        self._touched = uptime()
        if not self._timer.isActive():
            self._app.focusWindowChanged.connect(self._watch)
            self._watch()
        self._timer.start(self.LOOKS)

    def stop(self) -> None:
        """Watch no more."""
        if self._timer.isActive():
            self._timer.stop()
            self._app.focusWindowChanged.disconnect(self._watch)
            for window in QGuiApplication.topLevelWindows():
                window.removeEventFilter(self)
            self._windows = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        """Whoever comes back after too long meets the unlock screen, and what was pressed is lost."""
        if event.type() not in _TOUCHES:
            return False
        if self._is_over() or (isinstance(event, QKeyEvent) and _is_lock(event)):
            self.locks.emit()
            return True
        self._touched = uptime()
        return False

    def _watch(self) -> None:
        """Hear all windows that there are now; one that is heard already is not heard twice."""
        self._windows = QGuiApplication.topLevelWindows()
        for window in self._windows:
            window.installEventFilter(self)

    def _look(self) -> None:
        self._watch()
        if self._is_over():
            self.locks.emit()

    def _is_over(self) -> bool:
        return self._most > 0 and uptime() - self._touched >= self._most


def _is_lock(event: QKeyEvent) -> bool:
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _LOCKS
