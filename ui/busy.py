"""Shows that something takes long, how far it is, and lets the user cancel it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.language import _, tr


class Busy(QWidget):
    """A progress bar with a sentence and a way to cancel."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Begin without knowing how much there is to do."""
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        heading = QLabel(title)
        heading.setProperty("role", "cardTitle")
        heading.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.note = QLabel(_("Starting"))
        self.note.setProperty("role", "note")
        self.note.setMinimumWidth(300)
        self.button = QPushButton(_("Cancel"))
        self.button.clicked.connect(self.cancel)
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        row.addWidget(self.button)
        layout.addWidget(heading)
        layout.addWidget(self.bar)
        layout.addLayout(row)

    def advance(self, done: int, total: int, text: str = "") -> None:
        """Show how far it is.

        Args:
            done: How much is done.
            total: How much there is to do; 0 if nobody knows.
            text: What is being done; without it the numbers are shown.
        """
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        if self.button.isEnabled():
            counts = _("{done} of {total}", done=tr().number(done), total=tr().number(total)) if total else ""
            self.note.setText(text or counts)

    def cancel(self) -> None:
        """Ask the job to stop, once."""
        if self.button.isEnabled():
            self.button.setEnabled(False)
            self.note.setText(_("Stopping; nothing of it will be kept"))
            self.cancelled.emit()


class BusyDialog(QDialog):
    """A `Busy` in front of the window, shown only when the job takes longer than a moment."""

    cancelled = Signal()
    PATIENCE = 250
    """Milliseconds before it shows itself."""

    def __init__(self, owner: QWidget, title: str) -> None:
        """Make it for the window of a widget."""
        super().__init__(owner.window())
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.busy = Busy(title)
        self.busy.cancelled.connect(self.cancelled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addWidget(self.busy)
        self.setMinimumWidth(460)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.show)

    def begin(self) -> None:
        """Show it soon."""
        self._timer.start(self.PATIENCE)

    def advance(self, done: int, total: int, text: str = "") -> None:
        """Show how far the job is."""
        self.busy.advance(done, total, text)

    def finish(self) -> None:
        """The job has ended, one way or the other."""
        self._timer.stop()
        self.done(0)
        self.deleteLater()

    def reject(self) -> None:
        """Escape cancels the job; the dialog goes when the job has stopped."""
        self.busy.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same for the window's own cross."""
        event.ignore()
        self.busy.cancel()
