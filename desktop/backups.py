"""The backups that are made by themselves each day at their time."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from models.actions import backups
from models.errors import KonakError
from models.queries import backups as queries
from models.queries.backups import PlaceRow
from models.rules.backups import is_owed
from models.store.register import Register


class Daily:
    """Looks now and then whether the daily backup is owed, and makes it in a thread of its own."""

    def __init__(self, register: Register, done: Callable[[], None]) -> None:
        """Look after one register.

        Args:
            register: The register; it has to stay open until `stop` has come back.
            done: Is called in the thread after backups were tried.
        """
        self._register, self._done = register, done
        self._thread: threading.Thread | None = None
        self._ends = threading.Event()

    @property
    def is_at_work(self) -> bool:
        """Whether a backup is being made."""
        return self._thread is not None and self._thread.is_alive()

    def look(self) -> None:
        """Make the daily backup if it is owed; comes back at once."""
        if not self.is_at_work and self._register.holder is None and self._register.person.may(backups.made):
            self._thread = threading.Thread(target=self._run, name="backup", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Give up what is under way, and leave nothing behind."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        from ui.backups.making import back_up, local_now

        # What the disk says is entered and shown with its place; nobody is to be interrupted for it.
        with suppress(KonakError, _Stopped):
            with self._register.read() as snapshot:
                found = queries.backups(snapshot)
            now = local_now(self._register)
            owed = [place for place in found.places if is_owed(found.back_up_at, _tried(place), now)]
            if owed:
                back_up(self._register, owed, self._tell)
                self._done()

    def _tell(self, _done: int, _total: int, _what: str) -> None:
        if self._ends.is_set():
            raise _Stopped


class _Stopped(Exception):
    """The register is closed."""


def _tried(place: PlaceRow) -> datetime | None:
    """When a backup was last made or tried in a place."""
    tried = [at for at in (place.good_at, place.failed_at) if at is not None]
    return max(tried, default=None)
