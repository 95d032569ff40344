"""Collects garbage between two events of the window, and never within one.

Left to itself, Python collects wherever an object happens to be made: within what Qt does with a list of its widgets,
or in a thread that reads. To delete a widget at such a moment ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.garbage import collect


class GarbageCollector(QObject):
    """Looks every second whether there is enough to collect; make it in the thread of the window."""

    EVERY = 1000
    """Milliseconds between two looks."""

    def __init__(self, parent: QObject) -> None:
        """Begin; Python itself collects no more."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=self.EVERY)
        self._timer.timeout.connect(collect)
        self._timer.start()
