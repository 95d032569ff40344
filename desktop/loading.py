"""Loads what an open register needs while the unlock screen waits for the passphrase, in a thread of its own.

So the unlock screen is there in a fraction of the time, and whoever has typed the passphrase finds the rest loaded.
"""

import threading
from collections.abc import Callable
from datetime import date

from models.clock import SystemClock
from ui.language import tr


class Loading:
    """Loads the window and the store, once.

    Qt has to be loaded before: it ends the program if a thread loads a module at the moment in which Qt is loaded.
    """

    def __init__(self, done: Callable[[], None]) -> None:
        """Begin.

        Args:
            done: Is called in the thread once all is loaded.
        """
        self._done = done
        self._thread = threading.Thread(target=self._load, name="loading", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Come back once all is loaded; for another thread than the window's."""
        self._thread.join()

    def _load(self) -> None:
        # In this order: the store is what a typed passphrase needs first.
        from models import entities
        from models.store import ciphers, opening  # noqa: F401

        ciphers.Pair.make()  # which loads the libraries
        entities.configure()
        from desktop import workstation  # noqa: F401
        from models.store.rehearsal import rehearse
        from ui import areas
        from ui.today import page  # noqa: F401

        rehearse(areas.first_read, SystemClock())

        # How the screen's language writes numbers and dates.
        tr().number(1)
        tr().date(date.today())
        self._done()
