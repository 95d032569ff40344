"""Draws the gallery, light and dark, to build/gallery: `python -m tests.ui.kit.shots`."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.clock import FixedClock
from tests.ui.kit.fakes import FakeRegister, as_register
from tests.ui.kit.gallery import SHOTS, FormsPage, ReportsPage, gallery, sample_pdf
from ui import session, work
from ui.kit.theme import Theme


def settle(milliseconds: int = 150) -> None:
    """Let the worker answer and the window paint."""
    QTest.qWait(milliseconds)
    while work.worker().busy:
        QTest.qWait(20)
    QTest.qWait(50)


def take() -> None:
    """Draw every page of the gallery."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    session.begin_session(FixedClock(datetime(2026, 11, 21, 8, 14, tzinfo=UTC)), ZoneInfo("Europe/Belgrade"))
    work.start(as_register(FakeRegister(100_000)))
    for dark in (False, True):
        Theme.apply(app, dark=dark)
        name = "dark" if dark else "light"
        window = gallery("Demonstration: the people in this register are invented" if dark else "")
        window.show()
        for key in ("today", "residents", "rooms", "departures", "selection", "reports"):
            page = window.open(key)
            settle()
            if isinstance(page, ReportsPage):
                page.preview.show_bytes(sample_pdf())
                settle(500)
            if isinstance(page, FormsPage):
                page.form.check()
                settle()
            window.grab().save(str(SHOTS / f"{key}-{name}.png"))
        window.open("today")
        window.activateWindow()
        window.search.setFocus()
        QTest.keyClicks(window.search, "ah")
        settle()
        window.grab().save(str(SHOTS / f"search-{name}.png"))
        window.close()
    work.stop()


if __name__ == "__main__":
    take()
