"""Collects garbage between two events of the window, and never within one.

Left to itself, Python collects wherever an object happens to be made: within what Qt does with a list of its widgets,
or in a thread that reads. To delete a widget at such a moment ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_MOST = (20_000, 10, 10)
"""So much may gather in each generation. A page of thousands of rows is read without a break."""


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


def collect() -> None:
    """Collect the oldest generation that is full, and all younger ones with it."""
    counts = gc.get_count()
    if counts[0] <= _MOST[0]:
        return
    full = [age for age in (0, 1, 2) if counts[age] > _MOST[age]]
    gc.collect(full[-1])


def spare_what_stays() -> None:
    """Look no more at what was loaded for the start: it stays to the end. May be called in any thread."""
    gc.freeze()
