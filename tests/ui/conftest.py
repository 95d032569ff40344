"""What every test of the window stands on: offscreen, English, a clock that stands, and no question that waits."""

import os
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.clock import FixedClock
from ui import work
from ui.kit import asking, present
from ui.kit.theme import Theme
from ui.words import set_language

NOW = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def window(qapp: QApplication) -> Iterator[None]:
    """The look, the language and the clock of all tests; and answers instead of questions."""
    set_language("en")
    present.set_present(FixedClock(NOW), ZoneInfo("Europe/Belgrade"))
    if Theme.is_dark() or not qapp.styleSheet():
        Theme.apply(qapp, dark=False)
    asking.answers = deque()
    asking.asked.clear()
    yield
    work.stop()
    asking.answers = None


def wait_idle(qtbot: QtBot) -> None:
    """Wait until the worker has answered all that it was asked."""

    def idle() -> bool:
        QApplication.processEvents()
        return not work.worker().busy

    qtbot.waitUntil(idle, timeout=10_000)
