"""The calendar beside a date: the keyboard alone goes through it, and it begins the week as the language does."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit
from pytestqt.qtbot import QtBot

from models.rules.time import Moment
from tests.ui.conftest import press
from ui.kit.calendar import CalendarButton
from ui.kit.typed_fields import DateField, MomentField
from ui.language import set_language

ALT = Qt.KeyboardModifier.AltModifier


def _open(line: QLineEdit, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QCalendarWidget:
    press(line, key, with_)
    (shown,) = line.findChildren(QCalendarWidget)
    assert shown.isVisible()
    return shown


def test_a_day_is_taken_by_the_keyboard_alone(qtbot: QtBot) -> None:
    field = DateField("until", "Until", value=date(2026, 12, 5))
    qtbot.addWidget(field)
    field.show()
    calendar = _open(field.edit, Qt.Key.Key_Down, ALT)
    view = calendar.focusProxy() or calendar
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Return)
    assert field.read() == date(2026, 12, 12)
    assert field.dirty


def test_escape_leaves_what_was_typed(qtbot: QtBot) -> None:
    field = DateField("until", "Until")
    qtbot.addWidget(field)
    field.show()
    field.edit.setText("5.12.20")
    calendar = _open(field.edit, Qt.Key.Key_F4)
    press(calendar, Qt.Key.Key_Escape)
    assert not calendar.isVisible()
    assert field.edit.text() == "5.12.20"


def test_a_moment_keeps_its_time_and_the_button_has_a_name(qtbot: QtBot) -> None:
    field = MomentField("left", "Left", value=Moment(date(2026, 11, 3)))
    qtbot.addWidget(field)
    field.show()
    field.clock.setText("14:30")
    button = field.findChild(CalendarButton)
    assert button is not None
    assert button.accessibleName() == "Left: calendar"
    button.click()
    (calendar,) = field.findChildren(QCalendarWidget)
    assert calendar.selectedDate().toPython() == date(2026, 11, 3)
    press(calendar.focusProxy() or calendar, Qt.Key.Key_Right)
    press(calendar.focusProxy() or calendar, Qt.Key.Key_Return)
    assert (field.edit.text(), field.clock.text()) == ("4.11.2026", "14:30")


@pytest.mark.parametrize("language", ["en", "sq", "sr"])
def test_the_week_begins_as_in_the_language(qtbot: QtBot, language: str) -> None:
    set_language(language)
    field = DateField("until", "Until")
    qtbot.addWidget(field)
    field.show()
    calendar = _open(field.edit, Qt.Key.Key_F4)
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    calendar.close()
    QApplication.processEvents()
