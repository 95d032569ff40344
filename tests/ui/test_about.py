"""What the program says of itself, and that none of it is about anybody."""

import stat
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import logs
from ui import about, prompts

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def owner(qtbot: QtBot, tmp_path: Path) -> Iterator[QWidget]:
    """A window, and a log in which a fault of somebody's was written."""
    logs.begin(tmp_path / "konak.log")
    try:
        raise ValueError("Gul Ahmadzai, K-0012")
    except ValueError as error:
        logs.log.error("a fault in the window\n%s", logs.where(error))
    about.tell(about.Program(tmp_path / "konak.log", lambda: {"scheme": "dark"}))
    prompts.answers = deque()
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    yield window
    prompts.answers = None
    about.tell(about.Program())
    logs.begin(tmp_path / "other.log")


def test_a_problem_report_tells_of_the_program_and_of_nobody(owner: QWidget, tmp_path: Path) -> None:
    assert prompts.answers is not None
    prompts.answers.append(tmp_path / "report.txt")
    about.save_report(owner)
    said = (tmp_path / "report.txt").read_text()
    for part in ("Konak ", "Python 3", "sqlcipher3 0.", "offscreen", "scheme: dark", "ValueError", "test_about.py"):
        assert part in said
    assert "Ahmadzai" not in said
    assert "K-0012" not in said
    assert str(Path.home()) not in said
    assert stat.S_IMODE((tmp_path / "report.txt").stat().st_mode) == 0o600


def test_the_log_is_shown_and_the_licence_and_what_is_new(owner: QWidget) -> None:
    log, new, itself = about.show_log(owner), about.what_is_new(owner), about.about(owner)
    assert "ValueError" in log.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "Keep a Changelog" in new.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "General Public License" in "\n".join(each.text() for each in itself.findChildren(QLabel))
    for dialog in (log, new, itself):
        dialog.reject()


def test_the_licence_lies_at_the_root_as_it_was_written() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    assert "Version 3, 29 June 2007" in text
    assert 'license = "GPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text()
