"""What one chooses by: tabs above what they show, and buttons of which one is chosen."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSlider, QStackedWidget, QTabBar, QWidget

from ui.kit.labels import Button, Text
from ui.kit.layout import column, row

K = TypeVar("K")


class TabBar(QTabBar):
    """Underlined tabs; the arrow keys, Home and End go from one to another."""

    def __init__(self, name: str) -> None:
        """Begin without tabs; `name` is what they have in common, for those who cannot see them."""
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End too."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count() - 1}
        if (end := ends.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
        else:
            self.setCurrentIndex(end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()


class Slider(QSlider):
    """Steps from left to right, which the wheel never changes."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what it stands in scroll."""
        event.ignore()


class Tabs(QWidget):
    """Tabs above a stack of widgets, each made when it is first looked at."""

    turned = Signal(str)

    def __init__(self, name: str) -> None:
        """Begin without tabs; `name` is what they have in common, for those who cannot see them."""
        super().__init__()
        self.bar = TabBar(name)
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        rule = QFrame()
        rule.setProperty("role", "edge")
        self.setLayout(column(column(self.bar, rule, gap=0), self._stack))
        self.bar.currentChanged.connect(lambda _at: self._look())

    def add(self, key: str, title: str, maker: Callable[[], QWidget]) -> None:
        """Add a tab; `maker` makes its widget when it is first looked at."""
        self._makers[key] = maker
        with QSignalBlocker(self.bar):
            self.bar.setTabData(self.bar.addTab(title), key)

    @property
    def key(self) -> str:
        """The tab that is looked at."""
        return str(self.bar.tabData(self.bar.currentIndex()) or "")

    def turn_to(self, key: str) -> None:
        """Look at a tab."""
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(list(self._makers).index(key))
        self._look()

    def forget(self) -> None:
        """Make all widgets anew when they are next looked at: the page shows somebody else."""
        for widget in self._made.values():
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._made.clear()

    def _look(self) -> None:
        key = self.key
        if key not in self._made:
            self._made[key] = self._makers[key]()
            self._stack.addWidget(self._made[key])
        self._stack.setCurrentWidget(self._made[key])
        self.turned.emit(key)


class Choices(QWidget, Generic[K]):
    """Buttons of which one is chosen: radio buttons in all but their look."""

    chosen = Signal()

    def __init__(
        self,
        name: str,
        options: Mapping[K, str],
        *,
        kind: str = "filter",
        upright: bool = False,
        above: Mapping[K, str] | None = None,
    ) -> None:
        """Lay them out; the first is chosen.

        Args:
            name: What they have in common, for those who cannot see them.
            options: What each stands for, and what it says.
            kind: How they look: `filter` or `nav`.
            upright: Whether they stand below each other.
            above: The headings, each above the option with which its part begins.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.buttons = {value: Button(text, self.chosen.emit, kind=kind) for value, text in options.items()}
        group = QButtonGroup(self)  # without it, one that has no other beside it could be left unchecked
        for button in self.buttons.values():
            button.setCheckable(True)
            button.setAutoExclusive(True)
            group.addButton(button)
            button.ensurePolished()
            bold = QFont(button.font())
            bold.setBold(True)
            # Room for the bold letters of the chosen one, so that its neighbours stand still.
            wider = QFontMetrics(bold).horizontalAdvance(button.text()) - button.fontMetrics().horizontalAdvance(
                button.text()
            )
            button.setMinimumWidth(button.sizeHint().width() + wider)
        if upright:
            heads = {value: Text(said, "section") for value, said in (above or {}).items()}
            parts = [part for value, button in self.buttons.items() for part in (heads.get(value), button) if part]
            self.setLayout(column(*parts, gap=2))
        else:
            self.setLayout(row(*self.buttons.values(), gap=4))
        self.choose(next(iter(options)))

    @property
    def value(self) -> K:
        """What is chosen."""
        return next(value for value, button in self.buttons.items() if button.isChecked())

    def choose(self, value: K) -> None:
        """Choose one, and tell nobody."""
        self.buttons[value].setChecked(True)
