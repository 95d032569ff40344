"""The fire list: the first thing after unlocking where it was asked for, and on paper at each change of shift."""

import shutil
from datetime import timedelta
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from desktop.demo.build import PASSPHRASE
from models.actions import roll_calls
from models.clock import FixedClock
from models.queries import roll_calls as queries
from tests.journeys.clerk import Clerk
from tests.reports.pdf_text import text
from ui import prompts, work
from ui.papers.page import PapersPage
from ui.shell import MainWindow
from ui.start.unlock import Unlock


def opens(program: Program, clerk: Clerk, folder: Path) -> MainWindow:
    """Unlock with the fire list wanted first."""
    program.start(folder)
    clerk.waits()
    (screen,) = [each for each in QApplication.allWidgets() if isinstance(each, Unlock) and each.isVisible()]
    screen.form.put({"person": "A. Berisha", "passphrase": PASSPHRASE})
    screen.fire.click()
    clerk.qtbot.waitUntil(lambda: program.window is not None and program.before is None)
    window = program.window
    assert window is not None
    return window


def shown(window: MainWindow, clerk: Clerk) -> PapersPage:
    assert window.here is not None
    assert window.here[0] == "papers"
    page = window.page("papers")
    assert isinstance(page, PapersPage)
    clerk.qtbot.waitUntil(lambda: bool(page.paper))
    return page


def test_whoever_asks_for_it_on_the_unlock_screen_sees_the_fire_list_first_and_prints_it_for_the_shift(
    program: Program, clerk: Clerk, clock: FixedClock, demonstration: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "register"
    shutil.copytree(demonstration, folder)
    window = opens(program, clerk, folder)
    page = shown(window, clerk)
    assert "Fire list" in text(page.paper)
    register = work.worker().register
    register.perform(roll_calls.schedule, roll_calls="", fire_lists="10:00")
    clerk.lets_pass(clock, timedelta(hours=1))

    def owed() -> object:
        with register.read() as snapshot:
            return queries.due(snapshot).fire_list

    assert owed() is not None
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert prompts.answers is not None
    prompts.answers.append(printer)
    window.open("papers", paper="fire_list", made=True, prints=True)
    clerk.qtbot.waitUntil(lambda: owed() is None)
    assert (tmp_path / "printed.pdf").stat().st_size > 0
