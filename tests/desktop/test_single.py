"""A second start raises the window that is there, and the file of a backup opens the screen that restores it."""

import os
import shutil
import stat
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import grammar, paths
from desktop.app import Program
from desktop.single import Single, tell
from models.store.opening import open_register
from tests.conftest import PASSPHRASE
from tests.programs import running
from ui import prompts
from ui.start.restore import RestoreScreen
from ui.start.unlock import Unlock

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"),
    pytest.mark.skipif(sys.platform == "win32", reason="a pipe there, which stands in no folder"),
]


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    return at


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody with a folder of the own, of a short name: that of a socket may have a hundred letters."""
    with TemporaryDirectory(prefix="k") as own:
        monkeypatch.setenv("XDG_RUNTIME_DIR", own)
        yield


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program as it is started."""
    monkeypatch.setattr("desktop.app.paths.new_register", lambda: tmp_path / "Konak")
    with running(qapp, tmp_path / "settings.json") as made:
        yield made


def second(tmp_path: Path, qtbot: QtBot, *typed: str, passphrase: str = "") -> int:
    """Start Konak again as a process of its own, while this window goes on; its exit status."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("KONAK_")}
    surroundings |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(ROOT)}
    surroundings |= {"XDG_RUNTIME_DIR": os.environ["XDG_RUNTIME_DIR"], "QT_QPA_PLATFORM": "offscreen"}
    surroundings |= {"KONAK_PASSPHRASE": passphrase} if passphrase else {}
    code = "import sys; from desktop.cli import main; sys.exit(main(sys.argv[1:]))"
    line = [sys.executable, "-c", code, *typed]
    with subprocess.Popen(line, env=surroundings, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        try:
            qtbot.waitUntil(lambda: process.poll() is not None)
        finally:
            process.kill()  # one that goes on has opened a window of its own
        assert process.stderr is not None
        said = process.stderr.read()
        assert "Traceback" not in said, said
    return int(process.returncode)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_second_start_raises_the_window_and_ends(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path, passphrase: str
) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    assert program.window is not None
    program.window.showMinimized()
    (link := tmp_path / "link").symlink_to(folder)
    with qtbot.waitSignal(program.single.raised):
        assert second(tmp_path, qtbot, "--register", str(link), passphrase=passphrase) == 0
    assert not program.window.isMinimized()
    assert not tell(shutil.copytree(folder, tmp_path / "other"), None)
    (socket,) = paths.run_folder().iterdir()
    assert stat.S_IMODE(paths.run_folder().stat().st_mode) == 0o700
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    assert stat.S_ISSOCK(socket.stat().st_mode)


def test_a_backup_that_is_opened_again_comes_up_in_the_window_that_asks_for_the_passphrase(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    program.start(folder)
    backup = tmp_path / "Konak 2026-11-28.KONAK"
    backup.write_bytes(b"x")
    with qtbot.waitSignal(program.single.raised):
        assert second(tmp_path, qtbot, "--register", str(folder), backup.name) == 0
    assert program.before is not None
    screen = program.before.shown
    assert isinstance(screen, RestoreScreen)
    assert screen.file.read() == str(backup)
    screen.left.emit()
    assert isinstance(program.before.shown, Unlock)


def test_an_open_register_is_locked_for_a_backup_only_if_that_is_wanted(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    backup = tmp_path / "a.konak"
    assert prompts.answers is not None
    prompts.answers.append(False)
    program.restore(backup)
    assert program.window is not None
    prompts.answers.append(True)
    program.restore(backup)
    assert program.window is None
    assert program.before is not None
    assert isinstance(program.before.shown, RestoreScreen)


def test_a_backup_that_is_opened_twice_is_asked_about_once(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    prompts.answers = None
    seen: list[int] = []

    def look() -> None:
        asks = [each for each in QApplication.topLevelWidgets() if isinstance(each, prompts.Ask) and each.isVisible()]
        seen.append(len(asks))
        if len(seen) == 1:
            program.restore(tmp_path / "a.konak")
        for each in asks:
            each.reject()

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    program.restore(tmp_path / "a.konak")
    timer.stop()
    prompts.answers = deque()
    assert set(seen) == {1}
    assert program.window is not None


def test_a_backup_that_is_not_there_is_said_and_opens_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    assert second(tmp_path, qtbot, "nowhere.konak") == 1


def test_what_a_killed_window_has_left_hinders_nobody(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from desktop.single import Single\n"
        "app = QCoreApplication([])\n"
        "Single(app).stand_for(Path(sys.argv[1]))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)], cwd=ROOT, check=False)
    (left,) = paths.run_folder().iterdir()
    single = Single(qapp)
    single.stand_for(tmp_path)
    with qtbot.waitSignal(single.raised):
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(str(left))
        socket.write(b"\xff no json \x00\n")
    single.stop()
    assert not [*paths.run_folder().iterdir()]


_TELLS = """
import os, sys
from pathlib import Path
own = os.getuid()
os.getuid = lambda: own + int(sys.argv[2])
from PySide6.QtCore import QCoreApplication
from desktop.single import Single, tell
app = QCoreApplication([])
if tell(Path(sys.argv[1]), None):
    sys.exit("told")
mine = Single(app)
mine.stand_for(Path(sys.argv[1]))
sys.exit("hears" if mine.is_for(Path(sys.argv[1])) else "silent")
"""


@pytest.mark.parametrize("of", ["me", "others", "somebody else", "a link"])
def test_a_folder_that_others_may_enter_is_spoken_in_with_nobody(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, of: str
) -> None:
    """Somebody with another account has made it before, with a socket in it that says whatever they like."""
    folder = paths.run_folder()
    posing = Single(qapp)
    posing.stand_for(tmp_path)
    if of == "others":
        folder.chmod(0o770)
    elif of == "a link":
        folder.rename(folder.with_name("theirs"))
        folder.symlink_to("theirs")
    line = [sys.executable, "-c", _TELLS, str(tmp_path), str(int(of == "somebody else"))]
    with subprocess.Popen(line, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        qtbot.waitUntil(lambda: process.poll() is not None)
        assert process.stderr is not None
        assert process.stderr.read().strip() == ("told" if of == "me" else "silent")
    posing.stop()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["a.konak"], ["window", "a.konak"]),
        (["--register", "x.konak", "b.KONAK"], ["--register", "x.konak", "window", "b.KONAK"]),
        (["restore", "a.konak", "--into", "x"], ["restore", "a.konak", "--into", "x"]),
        (["--register", "a.konak"], ["--register", "a.konak"]),
        ([], []),
    ],
)
def test_a_backup_in_the_place_of_a_command_is_meant_for_the_window(typed: list[str], meant: list[str]) -> None:
    assert grammar.with_command(typed) == meant
