"""The keys of a count: space, N, arrow back, and the scanner, which types a number faster than any hand."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

AT_ONCE = 60
"""Milliseconds within which the next letter of a scanner comes."""
SHORTEST = 3
"""A number has at least so many letters."""


class CountKeys(QObject):
    """Listens to the keys of the list that is counted in; what is none of them goes on to the list."""

    here = Signal()
    not_here = Signal()
    uncounted = Signal()
    scanned = Signal(str)
    """A number, as the card has it."""

    def __init__(self, listens_to: QWidget) -> None:
        """Listen to a widget."""
        super().__init__(listens_to)
        self.enabled = True
        self._typed, self._since = "", QElapsedTimer()
        self._alone = QTimer(self, singleShot=True, interval=AT_ONCE)
        self._alone.timeout.connect(self._was_alone)
        listens_to.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of a count."""
        if not self.enabled or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        return self._take(Qt.Key(event.key()), event.text(), is_held=event.isAutoRepeat())

    def _take(self, key: Qt.Key, text: str, *, is_held: bool) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            number, self._typed = self._typed, ""
            self._alone.stop()
            if len(number) >= SHORTEST:
                self.scanned.emit(number)
                return True
            return False
        if key is Qt.Key.Key_Space:
            self._was_alone()
            if not is_held:  # a key that is leant on counts nobody
                self.here.emit()
            return True
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._was_alone()
            self.uncounted.emit()
            return True
        if text and text.isprintable():
            if self._since.isValid() and self._since.elapsed() > AT_ONCE:
                self._was_alone()
            self._typed += text
            self._since.restart()
            self._alone.start()
            return True
        self._was_alone()
        return False

    def _was_alone(self) -> None:
        """What was typed so far was no scanner: an N means somebody is not here, all else nothing."""
        self._alone.stop()
        typed, self._typed = self._typed, ""
        if typed.casefold() == "n":
            self.not_here.emit()
