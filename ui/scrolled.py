"""An area that scrolls, and whose contents stand still when its bar comes and goes."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Scrolls one widget whose layout has a margin at the right: the bar takes its room from that margin alone."""

    def __init__(self, inner: QWidget | None = None, *, sideways: bool = True) -> None:
        """Show a widget that has its layout already; one that is not to scroll sideways must fit."""
        super().__init__()
        self._right = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().installEventFilter(self)
        if inner is not None:
            self.setWidget(inner)

    def setWidget(self, inner: QWidget) -> None:
        """Show another widget that has its layout already."""
        inner.setProperty("role", "scrolled")
        super().setWidget(inner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar comes or goes: give its room back, or take it."""
        if watched is self.verticalScrollBar() and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._keep_width(self.verticalScrollBar().width() if event.type() is QEvent.Type.Show else 0)
        return super().eventFilter(watched, event)

    def _keep_width(self, taken: int) -> None:
        inner = self.widget()
        layout = None if inner is None else inner.layout()
        if layout is None:
            return
        now = layout.contentsMargins()
        if taken and self._right < 0:
            self._right = now.right()
            now.setRight(max(self._right - taken, 0))
        elif not taken and self._right >= 0:
            now.setRight(self._right)
            self._right = -1
        layout.setContentsMargins(now)


def reveal(part: QWidget) -> None:
    """Scroll to a part of a page or a form, once the layout has given it its place."""
    QTimer.singleShot(0, part, lambda: _reveal(part))


def _reveal(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()
