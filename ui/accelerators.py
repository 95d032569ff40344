"""Letters for Alt: while Alt is held, each button and tab that is shown has one of its own, underlined.

They are given when they are asked for, so that no two buttons share one in any language, whatever a page shows.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from ui.kit.choosing import TabBar

_Lettered = tuple[QWidget, Callable[[], str], Callable[[str], object]]
"""What holds a text, and how that is read and written."""
_NONE = Qt.KeyboardModifier.NoModifier


class Accelerators(QObject):
    """Watches Alt for the whole program.

    It hears the window of the system that has the keyboard, and no other: to hear all that the application hears would
    cost a call of Python for every event of every widget.
    """

    def __init__(self, app: QApplication) -> None:
        """Begin to watch."""
        super().__init__(app)
        self._given: list[tuple[_Lettered, str]] = []
        self._heard: QWindow | None = None
        app.focusWindowChanged.connect(self._hear)
        self._hear(app.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the letters when Alt is pressed, and take them back when it is let go."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            if event.type() is QEvent.Type.KeyRelease:
                self.take_back()
            elif not self._given and event.modifiers() in (Qt.KeyboardModifier.AltModifier, _NONE):
                self.give()
        return super().eventFilter(watched, event)

    def _hear(self, window: QWindow | None) -> None:
        """Another window has the keyboard, or none of the program."""
        self.take_back()
        if self._heard is not None and shiboken6.isValid(self._heard):
            self._heard.removeEventFilter(self)
        self._heard = window
        if window is not None:
            window.installEventFilter(self)

    def give(self) -> None:
        """Give each button and tab of the window in front a letter of its name, as far as there are letters."""
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        if window is None:
            return
        shown = [each for each in window.findChildren(QAbstractButton) if _takes_one(each, window)]
        shown.sort(key=lambda each: not (isinstance(each, QPushButton) and each.isDefault()))
        bars = [each for each in window.findChildren(TabBar) if each.isVisible() and each.window() is window]
        texts: list[_Lettered] = [(each, each.text, each.setText) for each in shown]
        texts += [
            (bar, partial(bar.tabText, at), partial(bar.setTabText, at)) for bar in bars for at in range(bar.count())
        ]
        for (holder, read, write), at in zip(texts, letters(read() for _holder, read, _write in texts), strict=True):
            if at is None:
                continue
            text = read()
            self._given.append(((holder, read, write), text))
            # The shortcut belongs to the text; what is read and compared is the text without its sign.
            write(f"{text[:at]}&{text[at:]}")

    def take_back(self) -> None:
        """Show the names as they were."""
        given, self._given = self._given, []
        for (holder, read, write), text in given:
            if shiboken6.isValid(holder) and read().replace("&", "", 1) == text:
                write(text)


def letters(texts: Iterable[str]) -> list[int | None]:
    """The place of each text's letter: the first that no earlier text has, the first letters of words first."""
    taken: set[str] = set()
    return [_letter(text, taken) for text in texts]


def _letter(text: str, taken: set[str]) -> int | None:
    starts = [at for at in range(len(text)) if at == 0 or not text[at - 1].isalnum()]
    for at in chain(starts, range(len(text))):
        letter = text[at].casefold()
        if letter.isalnum() and letter not in taken:
            taken.add(letter)
            return at
    return None


def _takes_one(button: QAbstractButton, window: QWidget) -> bool:
    return button.isVisible() and button.isEnabled() and button.window() is window and bool(button.text())
