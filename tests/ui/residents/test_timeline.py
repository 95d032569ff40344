"""The time line of a resident: said, walked with the keyboard, drawn to scale."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.audit import told
from tests.ui.conftest import activate, press
from tests.ui.kit.gallery import TODAY
from tests.ui.kit.test_parts import show
from ui.kit.tokens import Tone
from ui.residents.timeline import Bar, Lane, TimeLine


def line(qtbot: QtBot) -> TimeLine:
    made = TimeLine("Stay and rooms")
    made.show_lanes(
        [
            Lane("Stay", (Bar(date(2026, 6, 26), None, "Stay"),)),
            Lane("Room", (Bar(date(2026, 6, 26), date(2026, 8, 11), "Room 4, bed B"),)),
            Lane("Decisions", (Bar(date(2026, 9, 20), None, "Decision served", Tone.GREY, mark=True),)),
        ],
        date(2026, 6, 1),
        date(2026, 12, 31),
        TODAY,
    )
    show(qtbot, made)
    made.resize(800, 120)
    return made


def test_the_time_line_says_all_that_it_shows(qtbot: QtBot) -> None:
    made = line(qtbot)
    assert made.summary() == (
        "Stay: Stay, since 26 Jun 2026. Room: Room 4, bed B, 26 Jun 2026 to 11 Aug 2026. "
        "Decisions: Decision served, 20 Sept 2026"
    )
    assert made.accessibleDescription() == made.summary()


def test_the_keyboard_goes_from_bar_to_bar(qtbot: QtBot) -> None:
    made = line(qtbot)
    activate(qtbot, made)
    made.setFocus()
    press(made, Qt.Key.Key_Right)
    press(made, Qt.Key.Key_Right)
    assert told(made) == "Room 4, bed B, 26 Jun 2026 to 11 Aug 2026"
    press(made, Qt.Key.Key_Left)
    press(made, Qt.Key.Key_Left)
    assert told(made) == "Decision served, 20 Sept 2026"


def test_a_bar_stands_where_its_days_are(qtbot: QtBot) -> None:
    made = TimeLine("Stay")
    made.show_lanes(
        [Lane("Stay", (Bar(date(2026, 1, 1), date(2026, 7, 2), "Half a year"),))],
        date(2026, 1, 1),
        date(2027, 1, 1),
        TODAY,
    )
    show(qtbot, made)
    made.resize(816, 60)
    picture = made.grab().toImage()
    left, right = (picture.pixelColor(x, 7).name() for x in (86 + 300, 86 + 400))
    assert left == "#0d5c8c"
    assert right == "#f1f4f7"
