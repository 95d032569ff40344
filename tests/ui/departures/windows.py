"""A real window with one page in it, for tests of rooms and departures."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.store.register import Register
from tests.ui.conftest import wait_idle
from ui import work
from ui.arrivals.form import ArrivalForm
from ui.kit.page import Page
from ui.kit.search import Found
from ui.kit.theme import Theme
from ui.navigation import Area
from ui.residents.arrival_page import ArrivalPage
from ui.shell import Frame, MainWindow


def show(qtbot: QtBot, register: Register, key: str, make: Callable[[], Page], **where: object) -> MainWindow:
    """The window at 1366x768 with one area, read and still."""
    work.start(register)
    areas = [Area(key, key.capitalize(), make), Area("arrival", "Arrival", ArrivalPage, under=key)]
    window = MainWindow(Frame("Reception Centre North", "A. Berisha · Supervisor", areas, _nobody, lambda _found: None))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open(key, **where)
    settle(qtbot)
    return window


def arrival_of(qtbot: QtBot, window: QWidget) -> ArrivalForm:
    """The form of an arrival on its page in a window, once it has looked up what it says."""
    assert isinstance(window, MainWindow)
    settle(qtbot)
    page = window.page("arrival")
    assert isinstance(page, ArrivalPage)
    assert page.isVisible()
    assert page.form is not None, "no form is open"
    qtbot.wait(400)
    settle(qtbot)
    return page.form


def settle(qtbot: QtBot) -> None:
    """Wait until everything is read and shown."""
    for _again in range(3):
        qtbot.wait(20)
        wait_idle(qtbot)


def _nobody(_reading: object, *, text: str) -> list[Found]:
    """A search box that finds nobody."""
    return []


@pytest.fixture
def picture(qapp: QApplication) -> Callable[..., None]:
    """Takes a picture of a widget, light and dark, into the folder that KONAK_PICTURES names; else does nothing."""
    folder = os.environ.get("KONAK_PICTURES")

    def take(widget: QWidget, name: str) -> None:
        for dark in (False, True) if folder else ():
            Theme.apply(qapp, dark=dark)
            QApplication.processEvents()
            widget.grab().save(str(Path(folder or "") / f"{name}-{'dark' if dark else 'light'}.png"))
        if folder:
            Theme.apply(qapp, dark=False)
            QApplication.processEvents()

    return take
