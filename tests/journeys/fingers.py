"""A clerk without a mouse: keys alone, sent to the window that has the keyboard, and each of them counted.

What is on the screen is looked at, as by everybody; nothing is pressed, chosen or given the keyboard but by a key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTabBar, QWidget

from tests.journeys.clerk import Clerk
from tests.journeys.hands import row_of, said
from ui.kit.search import Popup
from ui.kit.table_view import TableView

_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
_FAR = 20
"""So many times a key is pressed at most until it has led somewhere."""
_DOWN = 150
"""Milliseconds: Qt shows a button pressed for a moment before it does what it says."""


@dataclass(slots=True)
class Job:
    """What was pressed to do something."""

    keys: int = 0
    """How often, besides the text that was typed: a key with those that are held meanwhile counts once."""
    told: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What was pressed, one after the other."""
        runs = ((key, len(list(run))) for key, run in groupby(self.told))
        return ", ".join(key if times == 1 else f"{times} × {key}" for key, times in runs)


class Fingers:
    """Ten of them at a keyboard."""

    def __init__(self, clerk: Clerk) -> None:
        """Lay them on the keys.

        Args:
            clerk: Whose eyes see what is there.
        """
        self.clerk = clerk
        self.jobs: dict[str, Job] = {}

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """Count the keys of a job."""
        self._job = self.jobs[name] = Job()
        yield

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        held = QApplication.focusWidget()
        assert held is not None, f"nothing has the keyboard in front of {self.clerk.front.windowTitle()!r}"
        return held

    @property
    def name(self) -> str:
        """What is read aloud of what has the keyboard."""
        return said(self.at)

    # -- keys -----------------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, with_: Qt.KeyboardModifier = _NONE, *, settles: bool = True) -> None:
        """Press a key, as the keyboard does: the window that has it hears it first.

        Args:
            key: Which.
            with_: What is held meanwhile.
            settles: Whether to wait for what it has done; where the next is pressed at once, it is not.
        """
        self._count(QKeySequence(with_.value | key).toString().replace("Return", "Enter"))
        QTest.keyClick(self._window(), key, with_)
        if settles:
            self.settles()

    def enter(self) -> None:
        """Press Enter."""
        self.key(Qt.Key.Key_Return)

    def alt(self, name: str) -> None:
        """Hold Alt, see which letter of a button or a tab is underlined, and press it."""
        window = self._window()
        QTest.keyPress(window, Qt.Key.Key_Alt, _ALT)
        letter = self._underlined(name)
        self._count(f"Alt+letter ({name})")
        QTest.keyClick(window, letter, _ALT)
        QTest.keyRelease(window, Qt.Key.Key_Alt)
        self.clerk.qtbot.wait(_DOWN)
        self.settles()

    def types(self, text: str, what: str) -> None:
        """Type a text where the keyboard is; its letters are not counted."""
        self._job.told.append(f"*{what}*")
        for letter in text:
            self._strike(letter)
        self.clerk.waits()

    def tabs_to(self, name: str) -> None:
        """Press Tab until a control has the keyboard, by the name that is read aloud."""
        passed: list[str] = []
        while name not in passed:
            assert len(passed) < _FAR, f"Tab does not reach {name!r}, but {passed}"
            self.key(Qt.Key.Key_Tab)
            passed.append(self.name)

    def goes_down_to(self, *texts: str) -> None:
        """Press the down key in a table until a row has the keyboard that holds some texts."""
        view = self.at
        assert isinstance(view, TableView), f"the keyboard is in no table, but at {self.name!r}"
        for _step in range(_FAR):
            cells = row_of(view, view.currentIndex().row())
            if all(any(text in cell for cell in cells) for text in texts):
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(f"no row with {texts}")

    def finds(self, text: str, shows: str, what: str) -> None:
        """Type what is sought, wait for what is found, and take the first with Enter."""
        self.types(text, what)
        self.clerk.qtbot.waitUntil(lambda: any(shows in each for each in self._found()))
        assert shows in self._found()[0], self._found()
        self.enter()

    def chooses(self, words: str) -> None:
        """Press the first letter of an entry of a choice that has the keyboard."""
        combo = self.at
        assert isinstance(combo, QComboBox), f"the keyboard is in no choice, but at {self.name!r}"
        self._count(words[0])
        self._strike(words[0])
        self.clerk.waits()
        assert combo.currentText() == words

    def settles(self) -> None:
        """Wait for what a key has done; where a form was closed the desktop gives the keyboard to what is behind it."""
        self.clerk.waits()
        if QGuiApplication.focusWindow() is None:  # offscreen there is no desktop that would
            self.clerk.front.activateWindow()
            self.clerk.waits()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _count(self, told: str) -> None:
        self._job.keys += 1
        self._job.told.append(told)

    def _strike(self, letter: str) -> None:
        held = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else _NONE
        QTest.keyClick(self._window(), Qt.Key(ord(letter.upper())), held)

    def _window(self) -> QWindow:
        found = QGuiApplication.focusWindow()
        assert found is not None, "no window has the keyboard"
        return found

    def _found(self) -> list[str]:
        lists = (each for each in QApplication.allWidgets() if isinstance(each, Popup) and each.isVisible())
        return [one.list.item(at).text() for one in lists for at in range(one.list.count())]

    def _underlined(self, name: str) -> Qt.Key:
        front = self.clerk.front
        buttons = [(said(each), each.text()) for each in front.findChildren(QAbstractButton) if each.isVisible()]
        bars = (each for each in front.findChildren(QTabBar) if each.isVisible())
        tabs = [(bar.tabText(at), bar.tabText(at)) for bar in bars for at in range(bar.count())]
        shown = {called.replace("&", "", 1): text for called, text in reversed([*buttons, *tabs]) if "&" in text}
        assert name in shown, f"no letter of {name!r} is underlined, but {list(shown)}"
        return Qt.Key(ord(shown[name][shown[name].index("&") + 1].upper()))
