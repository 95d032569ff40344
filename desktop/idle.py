"""Sees whether anybody is at the workstation: after some minutes without a key or a movement the window locks."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_MINUTE = 60_000


class Idle(QObject):
    """Tells when nobody has touched anything for as long as the facility allows."""

    gone = Signal()
    """Nobody is there any more."""

    def __init__(self, app: QApplication) -> None:
        """Watch an application; nothing is told before `watch`."""
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.gone)
        app.installEventFilter(self)

    def watch(self, minutes: int) -> None:
        """Begin anew; 0: never tell."""
        self._timer.stop()
        self._timer.setInterval(minutes * _MINUTE)
        if minutes > 0:
            self._timer.start()

    def rest(self) -> None:
        """Tell nothing until `watch` is called again."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        """Somebody is there: the time begins anew."""
        if event.type() in _SIGNS and self._timer.isActive():
            self._timer.start()
        return False
