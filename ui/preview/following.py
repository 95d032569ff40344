"""Watches what waits in the queue of a printer, says when it is printed, and takes it back where it is not to be."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from ui.kit.labels import Button, Text
from ui.kit.layout import column, row
from ui.kit.notices import main_window, toast
from ui.kit.tokens import GAP, px
from ui.language import _, isolated
from ui.printing import queues


class Following(QDialog):
    """Shows itself when a paper waits longer than a moment; the window goes on beside it."""

    EVERY, PATIENCE = 1_000, 3
    """Milliseconds between two looks at the queue, and after how many it shows itself."""

    def __init__(self, owner: QWidget, what: str, printer: str, job: str) -> None:
        """Watch a job.

        Args:
            owner: The page that has printed.
            what: The name of the paper; no names of persons.
            printer: The name of the queue.
            job: By which name the queue knows it.
        """
        super().__init__(main_window(owner))
        self.setWindowTitle(_("Printing"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._what, self._job, self._looks = what, job, 0
        said = _("{what} waits for the printer {printer}.", what=what, printer=isolated(printer))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(said)
        self.cancel = Button(_("Cancel printing"), self._cancel)
        self.leave = Button(_("Let it wait"), self.reject, hint=_("It is printed as soon as the printer can"))
        note = Text(_("What is printed of it already remains on paper."), "note", wrap=True)
        buttons = row(None, self.cancel, self.leave, gap=8)
        self.setLayout(column(Text(said, "cardTitle", wrap=True), bar, note, buttons, gap=GAP, margins=20))
        self.setMinimumWidth(px(420))
        self._timer = QTimer(self, interval=self.EVERY)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Watch from now on."""
        self._timer.start()

    def _look(self) -> None:
        queues.ask_waits(self, self._job, self._told)

    def _told(self, waits: bool) -> None:
        if not self._timer.isActive():  # an answer to what was asked before it was cancelled, or left to wait
            return
        self._looks += 1
        if not waits:
            self._end(_("No longer waiting for the printer: {what}", what=self._what))
        elif self._looks == self.PATIENCE:
            self.show()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._timer.stop()
        queues.cancel(self, self._job, lambda: self._end(_("Not printed: {what}", what=self._what)))

    def _end(self, said: str) -> None:
        toast(self, said)
        self.reject()

    def reject(self) -> None:
        """Let it wait: the window of it goes, and it is watched no longer."""
        self._timer.stop()
        super().reject()
        self.deleteLater()
