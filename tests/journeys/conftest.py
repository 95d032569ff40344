"""What the journeys stand on: the real program, settings of its own, a clock that stands, and nobody to ask."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from models.actions import programmes
from models.clock import FixedClock, SystemClock
from models.store.opening import open_register
from tests import builders
from tests.conftest import PASSPHRASE, QUICK
from tests.journeys.clerk import Clerk
from tests.programs import running
from ui.state_bar import StateBar

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any warning of Qt fails a test, but what the offscreen platform cannot do is no fault of ours."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints"))


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> Iterator[Program]:
    """The program on the test's clock; keys are derived quickly, all else is as it is for everybody."""
    monkeypatch.setattr("models.store.opening.Stretch", lambda: QUICK)
    monkeypatch.setattr("desktop.app.paths.new_register", lambda: tmp_path / "Konak")
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())
    monkeypatch.setattr(StateBar, "TICK", 50)
    settings = tmp_path / "settings.json"
    settings.write_text('{"scheme": "light"}')
    with running(qapp, settings) as made:
        yield made


@pytest.fixture
def clerk(qtbot: QtBot, program: Program, request: pytest.FixtureRequest) -> Clerk:
    """Somebody in front of the program."""
    return Clerk(qtbot, program, request.node.name.removeprefix("test_").replace("[", "-").replace("]", "")[:40])


@pytest.fixture
def house(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with the programme US-2025."""
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS)
    return folder
