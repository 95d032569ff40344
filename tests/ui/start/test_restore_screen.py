"""A register comes out of a backup in the window: looked into, compared, and put into a new folder."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.store import backup
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.conftest import NOON, PASSPHRASE
from ui.kit.labels import Text
from ui.start.restore import RestoreScreen

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def settle(qtbot: QtBot, screen: RestoreScreen) -> None:
    qtbot.waitUntil(lambda: not screen._apart.busy)  # noqa: SLF001
    qtbot.wait(20)


def test_it_is_looked_into_compared_and_put_into_a_new_folder(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    builders.resident(register, family_name="Ahmadzai")
    stick = tmp_path / "stick"
    stick.mkdir()
    file = backup.make(register.source, stick, NOON)
    builders.resident(register, "K-0013", family_name="Noori")
    there = register.folder
    register.close()
    screen = RestoreScreen(there, tmp_path / "restored")
    qtbot.addWidget(screen)
    screen.show()
    screen.file.put(str(file))
    screen.go_on()
    settle(qtbot, screen)
    screen.passphrase.put("wrong passphrase")
    screen.go_on()
    settle(qtbot, screen)
    assert not (tmp_path / "restored").exists()
    screen.passphrase.put(PASSPHRASE)
    screen.go_on()
    settle(qtbot, screen)
    said = [label.text() for label in screen.findChildren(Text)]
    assert "The register that is there" in said
    with qtbot.waitSignal(screen.restored) as restored:
        screen.go_on()
    assert restored.args == [tmp_path / "restored"]
    with open_register(tmp_path / "restored", passphrase=PASSPHRASE) as again, again.read() as snapshot:
        assert snapshot.connection.exec_driver_sql("SELECT count(*) FROM residents").scalar() == 1


def test_relative_paths_are_whole_before_they_are_looked_into(
    qtbot: QtBot, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = backup.make(register.source, stick, NOON)
    monkeypatch.chdir(stick)
    screen = RestoreScreen(None, Path("proposed"))
    qtbot.addWidget(screen)
    screen.show()
    assert screen.folder.raw() == str(stick / "proposed")
    for asked, typed, whole in ((screen.file, file.name, file), (screen.folder, "../back", tmp_path / "back")):
        asked.edit.setFocus()
        asked.edit.selectAll()
        QTest.keyClicks(asked.edit, typed)
        QTest.keyClick(asked.edit, Qt.Key.Key_Return)
        assert asked.raw() == str(whole)
    screen.go_on()
    settle(qtbot, screen)
    assert screen.opening.isVisible()
    screen.hide()


def test_what_was_unpacked_goes_when_the_screen_is_left(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = backup.make(register.source, stick, NOON)
    screen = RestoreScreen(None, tmp_path / "restored")
    qtbot.addWidget(screen)
    screen.show()
    screen.file.put(str(file))
    screen.go_on()
    settle(qtbot, screen)
    assert list(tmp_path.glob(".konak-*"))
    screen.hide()
    assert not list(tmp_path.glob(".konak-*"))


def test_another_file_is_refused_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    from collections import deque

    from ui import prompts

    other = tmp_path / "letter.konak"
    other.write_bytes(b"%PDF-1.4")
    screen = RestoreScreen(None, tmp_path / "restored")
    qtbot.addWidget(screen)
    screen.show()
    screen.file.put(str(other))
    prompts.answers = deque()
    prompts.asked.clear()
    screen.go_on()
    settle(qtbot, screen)
    assert any("no backup of Konak" in question.text for question in prompts.asked)
    prompts.answers = None
