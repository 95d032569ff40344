"""The backup on closing: made once the window is gone, with a word on how far it is and a way to skip it."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from models.actions import backups
from models.errors import KonakError
from models.queries import backups as queries
from models.queries.backups import PlaceRow
from models.store.register import Register
from models.text import N_
from ui.backups.making import back_up
from ui.busy import Busy
from ui.kit.layout import column
from ui.language import _

_LOOK_EVERY = 50
"""Milliseconds."""
_PATIENCE = 300
"""Milliseconds before it is shown: a small register is backed up before anybody could read it."""


SKIPPED = N_("Konak was closed before the backup was made. Make it now on the page Administration.")
"""Why there is none of a place, as it is entered there and shown."""


class _Skipped(Exception):
    """Whoever closes the window does not want to wait."""


class ClosingBackup(QWidget):
    """Backs up and waits for it."""

    skips: ClassVar[threading.Event] = threading.Event()
    """Set it to give up the one that is being made."""

    def __init__(self, register: Register, places: Sequence[PlaceRow], within: float | None) -> None:
        """Lay the small window out."""
        super().__init__()
        self.setWindowTitle(_("Konak"))
        self.setProperty("role", "page")
        self._register, self._places = register, places
        self._within = within
        self.skips.clear()
        self._told = (0, 0)
        self.busy = Busy(_("Backing up the register"))
        self.busy.button.setText(_("Skip"))
        self.busy.cancelled.connect(self.skips.set)
        self.setLayout(column(self.busy, margins=20))
        self.setMinimumWidth(460)

    def run(self) -> None:
        """Make the backups; comes back when they are made, or skipped."""
        thread = threading.Thread(target=self._work, name="closing backup")
        thread.start()
        loop, look, patience = QEventLoop(), QTimer(self), QTimer(self)
        patience.setSingleShot(True)
        patience.timeout.connect(self.show)
        patience.start(_PATIENCE)
        if self._within is not None:
            QTimer.singleShot(round(self._within * 1000), self, self.skips.set)

        def see() -> None:
            self.busy.advance(*self._told)
            if not thread.is_alive():
                loop.quit()

        look.timeout.connect(see)
        look.start(_LOOK_EVERY)
        loop.exec()
        look.stop()
        patience.stop()
        thread.join()
        self.close()
        self.deleteLater()

    def _work(self) -> None:
        with suppress(KonakError):  # a failure is entered with its place; at the door nobody is to be held up for it
            try:
                back_up(self._register, self._places, self._tell)
            except _Skipped:
                self._enter_skipped()

    def _enter_skipped(self) -> None:
        """Enter of each place that still lacks it that no backup was made."""
        with self._register.read() as snapshot:
            owed = queries.owed_on_closing(snapshot)
        for place in owed:
            self._register.perform(backups.failed, backup_place_id=place.id, at=self._register.clock.now(), why=SKIPPED)

    def _tell(self, done: int, total: int, _what: str) -> None:
        self._told = (done, total)
        if self.skips.is_set():
            raise _Skipped


def back_up_on_closing(register: Register, *, within: float | None = None) -> None:
    """Back a register up in each of its places, unless whoever closes it only reads, or nothing was entered since.

    Args:
        register: The register.
        within: Seconds after which it is given up, and entered as not made; None: when somebody skips it.
    """
    if register.holder is not None or not register.person.may(backups.made):
        return
    try:
        with register.read() as snapshot:
            owed = queries.owed_on_closing(snapshot)
    except KonakError:
        return
    if owed:
        ClosingBackup(register, owed, within).run()
