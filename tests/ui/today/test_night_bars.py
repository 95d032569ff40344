"""The chart of the last nights."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.audit import told
from tests.ui.conftest import activate, press
from tests.ui.kit.gallery import TODAY
from tests.ui.kit.test_parts import show
from ui.today.night_bars import NightBars


def test_the_chart_of_nights_says_its_extremes_and_each_night(qtbot: QtBot) -> None:
    made = NightBars("Present at midnight")
    made.show_nights([(TODAY - timedelta(days=30 - at), 30 + at % 7) for at in range(30)])
    show(qtbot, made)
    assert made.accessibleDescription() == "lowest 30, highest 36 on 28 Oct 2026, last 31"
    activate(qtbot, made)
    made.setFocus()
    press(made, Qt.Key.Key_Left)
    assert told(made) == "Friday 20 November 2026: 31"
