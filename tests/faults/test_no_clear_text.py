"""After a day in the whole window, a lock and a crash, no file that Konak made elsewhere tells of anybody."""

import base64
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.store.opening import open_register
from tests.conftest import NOON
from tests.covering import LONG

ROOT = Path(__file__).parents[2]
_SHORTEST = 7
"""Shorter words would be found in any file by chance."""


@pytest.fixture(scope="module")
def left(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that the journey leaves: a home, temporary files, the register, and what the clerk chose to save."""
    at = tmp_path_factory.mktemp("journey")
    for name in ("home", "temporary", "chosen"):
        (at / name).mkdir()
    shutil.copytree(demonstration, at / "register")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "KONAK_"))},
        "HOME": str(at / "home"),
        "TMPDIR": str(at / "temporary"),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false",
    }
    arguments = [sys.executable, "-m", "tests.faults.whole_window", str(at / "register"), str(at / "chosen")]
    with (
        (at / "said.txt").open("wb") as said,
        subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=said, cwd=ROOT, env=environment) as process,
    ):
        if process.stdout is None:
            raise RuntimeError("a pipe was asked for")
        line = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert line == b"ready\n", (at / "said.txt").read_text()[-2000:]
    return at


def _words(folder: Path) -> set[str]:
    """Names, numbers, documents and notes of residents and candidates; long enough to be nobody's by chance."""
    statements = (
        "SELECT family_name FROM residents", "SELECT given_names FROM residents", "SELECT own_script FROM residents",
        "SELECT notes FROM residents", "SELECT number FROM documents", "SELECT number FROM partner_numbers",
        "SELECT family_name FROM candidates", "SELECT partner_number FROM candidates", "SELECT note FROM plans",
    )  # fmt: skip
    opened = open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=FixedClock(NOON))
    with opened as register, register.read() as snapshot:
        found = {str(text) for each in statements for (text,) in snapshot.connection.exec_driver_sql(each)}
    return {text for text in found if len(text.encode()) >= _SHORTEST}


def _written(word: str) -> Iterator[bytes]:
    """A word as any program might write it."""
    yield from (word.encode(), word.upper().encode(), word.encode("utf-16-le"))
    raw = word.encode()
    for before in range(3):
        inner = base64.b64encode(b"\0" * before + raw)[4 if before else 0 :]
        yield inner[: len(inner) // 4 * 4 - 4]


def test_nobody_is_told_of_outside_the_place_that_was_chosen(left: Path) -> None:
    """Of 25 names, numbers and notes, each as any program might write it; with `KONAK_LONG=1` of a hundred."""
    words = sorted(_words(left / "register"), key=len, reverse=True)
    many = 100 if LONG else 25
    names = words[: 2 * many // 5] + words[:: max(1, len(words) * 5 // (3 * many))]
    patterns = {pattern for word in names for pattern in _written(word) if len(pattern) >= _SHORTEST}
    assert len(patterns) > 3 * many
    files = [path for path in left.rglob("*") if path.is_file() and left / "chosen" not in path.parents]
    assert any(path.name == "konak.log" for path in files), "the fault was to be written to the log"
    assert any(path.name == "settings.json" for path in files)
    assert any(path.suffix == ".konak" for path in files)
    for path in files:
        content = path.read_bytes()
        told = [pattern for pattern in patterns if pattern in content]
        assert not told, f"{path.relative_to(left)} tells of somebody"
        for word in names:
            assert word not in path.name


def test_what_was_saved_is_where_it_was_asked_for_and_for_its_owner_alone(left: Path) -> None:
    saved = {path.name: path for path in (left / "chosen").iterdir()}
    assert set(saved) == {"extract.pdf", "printed.pdf", "residents.csv", "trail.pdf"}
    for name in ("extract.pdf", "trail.pdf", "residents.csv"):
        assert saved[name].stat().st_mode & 0o077 == 0
    assert saved["extract.pdf"].read_bytes().startswith(b"%PDF")
    assert saved["trail.pdf"].read_bytes().startswith(b"%PDF")
    assert saved["residents.csv"].stat().st_size > 5000
    assert [path for path in (left / "temporary").rglob("*") if path.is_file()] == []


def test_the_log_says_where_it_was_and_not_of_whom(left: Path) -> None:
    (log,) = left.rglob("konak.log")
    said = log.read_text()
    assert "ValueError" in said
    assert "was in the way" not in said
