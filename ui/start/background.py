"""Work that takes a moment before a register is open, and so before there is its worker: making it, unlocking it."""

import threading
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from models.errors import KonakError, Refused, Unavailable
from ui.faults import report, show_report
from ui.work import show_unavailable

T = TypeVar("T")


class Apart(QObject):
    """Does one piece of work in a thread of its own, and hands the answer to the window's thread.

    The owner holds it; when the owner is gone, the answer is dropped.
    """

    advanced = Signal(str)
    """What is being done, in words."""
    _answered = Signal(object, object, str)

    def __init__(self, owner: QWidget) -> None:
        """Belong to a widget."""
        super().__init__(owner)
        self._owner = weakref.ref(owner)
        self._on_done: Callable[[Any], None] | None = None
        self._on_failed: Callable[[KonakError], None] | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._on_done is not None

    def do(
        self,
        job: Callable[[], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[KonakError], None],
    ) -> None:
        """Begin, unless something is still being done.

        Args:
            job: What to do; it touches no widget.
            on_done: Is given what it returned.
            on_failed: Is given why it could not be done; a fault of the program is shown by itself, and then this
                is given what to do about it.
        """
        if self.busy:
            return
        self._on_done, self._on_failed = on_done, on_failed
        threading.Thread(target=self._run, args=(job,), name="apart", daemon=True).start()

    def _run(self, job: Callable[[], Any]) -> None:
        answer: Any = None
        error: KonakError | None = None
        fault = ""
        try:
            answer = job()
        except KonakError as raised:
            raised.__cause__ = raised.__context__ = None
            error = raised.with_traceback(None)
        except Exception as raised:
            fault = report(raised)
        if shiboken6.isValid(self):
            self._answered.emit(answer, error, fault)

    def _deliver(self, answer: object, error: KonakError | None, fault: str) -> None:
        on_done, on_failed = self._on_done, self._on_failed
        self._on_done = self._on_failed = None
        owner = self._owner()
        if owner is None or on_done is None or on_failed is None:
            return
        if fault:
            show_report(owner, fault)
            on_failed(Unavailable("Nothing was changed. Do it again, or start Konak again."))
        elif error is not None:
            on_failed(error)
        else:
            on_done(answer)


def show_failure(owner: QWidget, error: KonakError, beside: Callable[[Refused], None]) -> None:
    """Say why something failed: beside its field where a rule says no, in a dialog where the world does."""
    if isinstance(error, Refused):
        beside(error)
    elif isinstance(error, Unavailable):
        show_unavailable(owner, error)
