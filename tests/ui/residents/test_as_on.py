"""Residents as on a moment of the past, in a real window: who was there then, told as the past, and on paper."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from models.actions import rooms
from models.entities.absences import Absence
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, DepartureKind, PlacesRule
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.conftest import press, write
from tests.ui.departures.windows import picture, settle, show
from ui.kit.labels import Button
from ui.residents.as_on import AsOnBar, PastList
from ui.residents.page import ResidentsPage
from ui.shell import MainWindow

__all__ = ["picture"]
ZONE = ZoneInfo("Europe/Belgrade")


def _at(day: int, hour: int) -> datetime:
    at = Moment.of_clock(date(2026, 9, day), time(hour), ZONE).at
    assert at is not None
    return at


@pytest.fixture
def window(qtbot: QtBot, register: Register) -> MainWindow:
    """Two people: one left on 10 September at 9, one came that day at 15 and was moved and away later."""
    programme = builders.programme(register, places=1, places_rule=PlacesRule.CONCURRENT)
    gone = builders.resident(register, "K-0001", family_name="Ahmadzai", given_names="Gul", nationality="AF")
    builders.stay(
        register, gone, programme, date(2026, 9, 1), date(2026, 9, 10), departed_at=_at(10, 9),
        departure_kind=DepartureKind.STAY_GRANTED,
    )  # fmt: skip
    here = builders.resident(register, "K-0002", family_name="Noori", given_names="Zahra", nationality="IR")
    stay = builders.stay(register, here, programme, date(2026, 9, 10), arrived_at=_at(10, 15))
    first, second = builders.bed(register, "1"), builders.bed(register, "2")
    register.perform(rooms.place, stay_id=stay, bed_id=first, moment=Moment(date(2026, 9, 10), _at(10, 15)))
    register.perform(rooms.move, stay_id=stay, bed_id=second, moment=Moment(date(2026, 9, 20), _at(20, 12)))
    away = Absence(
        stay_id=stay, kind=AbsenceKind.HOSPITAL, place="Clinic", start=Moment(date(2026, 9, 25), _at(25, 8)),
        due_back=Moment(date(2026, 9, 25), _at(25, 18)), end=Moment(date(2026, 9, 26), _at(26, 9)),
    )  # fmt: skip
    register.perform(builders.put, row=away)
    return show(qtbot, register, "residents", ResidentsPage)


def _bar(window: MainWindow) -> AsOnBar:
    (bar,) = (each for each in window.findChildren(AsOnBar) if each.isVisible())
    return bar


def _ask(qtbot: QtBot, window: MainWindow, day: str, hour: str = "") -> None:
    bar = _bar(window)
    bar.day.clear()
    bar.hour.clear()
    write(bar.day, day)
    write(bar.hour, hour)
    press(bar.hour, Qt.Key.Key_Return)
    settle(qtbot)


def _shown(window: MainWindow) -> tuple[str, list[tuple[str, str, str]]]:
    (past,) = (each for each in window.findChildren(PastList) if each.isVisible())
    rows = [past.table.row(each) for each in past.table.model.ids]
    cells = {each.name: each for each in past.table.model.columns}
    lines = [tuple(cells[name].cell(row).plain for name in ("name", "room", "state")) for row in rows if row]
    return past.says.label.text(), lines  # type: ignore[return-value]


def test_the_list_is_of_a_moment_of_the_past_and_says_so(
    qtbot: QtBot, window: MainWindow, picture: Callable[..., None]
) -> None:
    picture(window, "of-now")
    _ask(qtbot, window, "10.9.2026", "08:59")
    said, rows = _shown(window)
    assert said == ("The past, by what is known now: 10 Sept 2026, 08:59. 1 present, 0 away, 1 on the roll.")
    assert rows == [("Ahmadzai, Gul", "", "Present")]
    _ask(qtbot, window, "10.9.2026")
    said, rows = _shown(window)
    assert "the night of 10 Sept 2026" in said
    assert rows == [("Noori, Zahra", "1 · A", "Present")]
    _ask(qtbot, window, "25.9.2026", "19")
    said, rows = _shown(window)
    assert rows == [("Noori, Zahra", "2 · A", "Away, overdue")]
    assert complaints(window) == []
    picture(window, "as-on")


def test_nothing_is_done_to_anybody_from_the_past_and_one_comes_back_to_now(qtbot: QtBot, window: MainWindow) -> None:
    _ask(qtbot, window, "20.9.2026", "12")
    (past,) = (each for each in window.findChildren(PastList) if each.isVisible())
    past.table.view.select_places([0], 0)
    offered = [each.text() for each in past.table.row_menu().actions()]
    assert "Record absence" not in offered
    assert "Move room" not in offered
    back = next(each for each in past.findChildren(Button) if each.text() == "Back to now")
    back.click()
    settle(qtbot)
    assert not any(each.isVisible() for each in window.findChildren(PastList))
    assert _bar(window).day.text() == ""


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("1.1.2030", "", "This lies in the future. Choose a moment that has passed."),
        ("", "12:00", "A time needs its date. Write the date, such as today."),
        ("31.2.2026", "", "There is no such day. Write day, month and year, such as 5.12.2026."),
    ],
)
def test_what_is_no_moment_of_the_past_is_said_beside_it(
    qtbot: QtBot, window: MainWindow, day: str, hour: str, said: str
) -> None:
    _ask(qtbot, window, day, hour)
    assert _bar(window).error.text() == said
    assert not any(each.isVisible() for each in window.findChildren(PastList))


def test_the_key_of_printing_shows_the_paper_of_that_roll(qtbot: QtBot, window: MainWindow) -> None:
    _ask(qtbot, window, "25.9.2026", "19")
    press(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    qtbot.waitUntil(
        lambda: any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets())
    )
    (dialog,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
    assert dialog.windowTitle() == "Print: The roll as on"
    dialog.close()
