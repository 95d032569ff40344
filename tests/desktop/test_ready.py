"""The window says that it can be used when it can, and not before."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.ready import Watch
from desktop.workstation import READY
from models.actions.programmes import add_preset
from models.store.opening import open_register
from tests import builders
from tests.conftest import PASSPHRASE
from tests.programs import running
from ui import work
from ui.today import latest
from ui.today.page import TodayPage

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with somebody who is past the limit."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    with open_register(at, passphrase=PASSPHRASE) as register:
        programme = register.perform(add_preset, code="US-2025", **builders.US_TERMS).value
        person = builders.resident(register, "K-0031", family_name="Noori")
        builders.stay(register, person, programme, date(2026, 10, 2), limit_on=date(2026, 10, 18))
    return at


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    with running(qapp, tmp_path / "settings.json") as made:
        yield made


_WATCHED_OPENING = """
import sys
from desktop import cli
from models.store import opening

opened = opening.open_register

def watched(*args, **values):
    print("opening", "PySide6.QtCore" in sys.modules, flush=True)
    return opened(*args, **values)

opening.open_register = watched
sys.exit(cli.main(["window", "--register", sys.argv[1]]))
"""
"""Starts the window, and says whether Qt was loaded when the register was opened."""

_WATCHED_UNLOCKING = """
import builtins, sys
own = builtins.__import__
from desktop import cli
import ui.kit
from PySide6.QtCore import QTimer
from desktop import app, loading

print("import", builtins.__import__ is own, flush=True)
begun = loading.Loading.__init__

def watched(self, done):
    print("painted", "sqlalchemy" in sys.modules, flush=True)
    begun(self, done)
    edit = program[0].before.shown.passphrase.edit
    edit.setText("TYPED")
    QTimer.singleShot(0, edit.returnPressed.emit)  # the program knows what it loads before it sees a key

def started(self, *arguments):
    program.append(self)
    start(self, *arguments)

program, start = [], app.Program.start
loading.Loading.__init__, app.Program.start = watched, started
sys.exit(cli.main(["window", "--register", sys.argv[1]]))
"""
"""Starts the window without a passphrase, types it at once, and says what was loaded by then."""


def _started(home: Path, *arguments: str, given: bool = True) -> "subprocess.CompletedProcess[str]":
    """A process that shows the window until it is ready; its passphrase is given beforehand, or is to be typed."""
    places = {"XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    if given:
        places["KONAK_PASSPHRASE"] = PASSPHRASE
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **places, READY: "1"},
        timeout=120,
    )


def test_the_command_says_that_the_window_is_ready_and_ends(folder: Path, tmp_path: Path) -> None:
    done = _started(tmp_path, "-m", "desktop.cli", "window", "--register", str(folder))
    assert (done.returncode, done.stdout) == (0, "ready\n"), done.stderr


def test_qt_is_loaded_before_the_register_is_opened_in_a_thread(folder: Path, tmp_path: Path) -> None:
    """Loading PySide6 while a thread loads a module can end the program: it looks through all loaded modules."""
    done = _started(tmp_path, "-c", _WATCHED_OPENING, str(folder))
    assert (done.returncode, done.stdout.split()) == (0, ["opening", "True", "ready"]), done.stderr


def test_the_unlock_screen_is_painted_before_the_database_is_loaded_and_what_is_typed_at_once_opens_the_register(
    folder: Path, tmp_path: Path
) -> None:
    done = _started(tmp_path, "-c", _WATCHED_UNLOCKING.replace("TYPED", PASSPHRASE), str(folder), given=False)
    said = done.stdout.splitlines()
    assert (done.returncode, said) == (0, ["import True", "painted False", "ready"]), done.stderr


def test_pyside_still_replaces_import_so_that_the_kit_has_to_put_it_back() -> None:
    code = "import builtins; own = builtins.__import__; import PySide6.QtCore; print(builtins.__import__ is own)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_it_is_said_once_the_first_page_shows_what_it_has_read(
    program: Program,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said_at: list[list[tuple[str, ...]]] = []

    def say(watch: Watch) -> None:
        window = program.window
        assert window is not None
        page = window.page("today")
        assert isinstance(page, TodayPage)
        said_at.append(page.said())

    monkeypatch.setattr(Watch, "_say", say)
    monkeypatch.setenv(READY, "1")
    latest.forget()
    program.open(open_register(folder, passphrase=PASSPHRASE))
    qtbot.waitUntil(lambda: bool(said_at))
    assert said_at[0][0][1] == "Limit passed"
    qtbot.waitUntil(lambda: not work.worker().busy)
    assert len(said_at) == 1
