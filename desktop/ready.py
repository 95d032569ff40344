"""Says when the window can be used, and closes it: for whoever measures how long a start takes.

It can be used once its first page has read all that it shows and is painted, and one can type into the search box.
"""

import sys

from PySide6.QtCore import QEvent, QObject, QRect, QTimer

from ui import work
from ui.shell import MainWindow


class Watch(QObject):
    """Waits for the answer, and then for the painting."""

    def __init__(self, window: MainWindow) -> None:
        """Watch a window that was just shown."""
        super().__init__(window)
        self._window = window
        work.worker().given.connect(self._answered)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        """What was answered is about to be painted; the timer runs out after that."""
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._say)
        return super().eventFilter(watched, event)

    def _answered(self) -> None:
        page = self._window.page(self._window.frame.areas[0].key)
        if not page.stale and not work.worker().owes(page) and self._window.search.isEnabled():
            work.worker().given.disconnect(self._answered)
            self._window.installEventFilter(self)
            self._window.update(QRect(0, 0, 1, 1))

    def _say(self) -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        self._window.close()
