"""What every test of the window stands on: offscreen, English, a clock that stands, and no question that waits."""

import os
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.clock import FixedClock
from tests.ui.audit import listen
from ui import prompts, session, work
from ui.kit import accessible
from ui.kit.theme import Theme
from ui.kit.tokens import LIGHT
from ui.language import set_language

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any warning of Qt fails a test, but what the offscreen platform cannot do is no fault of ours."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


NOW = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The look, the language and the clock of all tests; and answers instead of questions."""
    accessible.install()
    set_language("en")
    session.begin_session(FixedClock(NOW), ZoneInfo("Europe/Belgrade"))
    if Theme.tokens() is not LIGHT or not qapp.styleSheet():
        Theme.apply(qapp, dark=False)
    prompts.answers = deque()
    prompts.asked.clear()
    yield
    work.stop()
    prompts.answers = None


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read aloud at once, in order."""
    return listen(monkeypatch)


def wait_idle(qtbot: QtBot) -> None:
    """Wait until the worker has answered all that it was asked, and what its answers have had asked again."""

    def idle() -> bool:
        for _round in range(2):  # an answer has a page read again from a timer, which the first round only starts
            QApplication.processEvents()
            if work.worker().busy:
                return False
        return True

    qtbot.waitUntil(idle)
    QApplication.processEvents()


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Make a window the active one, as keys and focus need it."""

    def active() -> bool:
        window.activateWindow()
        QApplication.processEvents()
        return window.isActiveWindow()

    qtbot.waitUntil(active)


def press(widget: QWidget, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on a widget."""
    QTest.keyClick(widget, key, with_)


def write(widget: QWidget, text: str) -> None:
    """Type a text into a widget."""
    QTest.keyClicks(widget, text)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Press the pointer's left button on a widget, in its middle or at a point."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())
