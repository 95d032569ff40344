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

    def __init__(
        self,
        owner: QWidget,
        *,
        waits: Callable[[bool], None] | None = None,
        beside: Callable[[Refused], None] | None = None,
    ) -> None:
        """Belong to a widget.

        Args:
            owner: The widget.
            waits: Is given True when work begins, and False when it has failed.
            beside: Shows, beside its field, why a rule says no; what the world says stands in a dialog. Without it a
                failure is passed over, but for a fault of the program.
        """
        super().__init__(owner)
        self._owner = weakref.ref(owner)
        self._waits, self._beside = waits, beside
        self._on_done: Callable[[Any], None] | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._on_done is not None

    def do(self, job: Callable[[], T], on_done: Callable[[T], None]) -> None:
        """Begin, unless something is still being done.

        Args:
            job: What to do; it touches no widget.
            on_done: Is given what it returned.
        """
        if self.busy:
            return
        if self._waits is not None:
            self._waits(True)
        self._on_done = on_done
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
        on_done, self._on_done = self._on_done, None
        owner = self._owner()
        if owner is None or on_done is None:
            return
        if fault:
            show_report(owner, fault)
            error = Unavailable("Nothing was changed. Do it again, or start Konak again.")
        if error is None:
            on_done(answer)
            return
        if self._waits is not None:
            self._waits(False)
        if isinstance(error, Refused) and self._beside is not None:
            self._beside(error)
        elif isinstance(error, Unavailable) and self._beside is not None:
            show_unavailable(owner, error)
