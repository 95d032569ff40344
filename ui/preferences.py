"""How the person at the window likes it: kept in the register, encrypted, because it belongs to the person.

It is no record: no entry tells of it, and a window that only reads keeps it until it is closed.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from models.errors import Unavailable
from models.rules.preferences import Preferred
from ui import work

if TYPE_CHECKING:  # the unlock screen is shown before the store is loaded
    from models.store.register import Register

_QUIET = 800
"""So long it is quiet before it is written, in milliseconds: a column that is drawn wider tells each step."""


def get(key: str) -> Preferred:
    """What the person has set; None where nothing was, and while no register is open.

    Args:
        key: What it is about: `theme`, `list/residents`.
    """
    return work.worker().register.preferences.get(key) if work.is_open() else None


def put(key: str, value: Preferred) -> None:
    """Set something; it holds at once, and is written later by the worker, at the latest on locking and closing.

    Args:
        key: What it is about.
        value: Whatever JSON can hold; None: as if it had never been set.
    """
    if not work.is_open():
        return
    at = work.worker()
    at.register.preferences.put(key, value)
    soon = at.findChild(QTimer, "preferences")
    if soon is None:
        soon = QTimer(at, singleShot=True, interval=_QUIET)
        soon.setObjectName("preferences")
        soon.timeout.connect(lambda: work.run_job(at, _keep, lambda _nothing: None))
    soon.start()


def _keep(register: "Register") -> None:
    with suppress(Unavailable):  # a full disk is told to whoever records something; this stays in memory
        register.keep_preferences()
