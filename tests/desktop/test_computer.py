"""What the administrator of a computer has set for all who sit at it, and what of it nobody there can change."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop import cli, paths
from desktop.app import Program
from desktop.computer import Computer
from models.entities.trail import TrailEntry
from models.queries import backups
from models.store.opening import open_register
from tests.conftest import PASSPHRASE
from tests.programs import running
from ui import preferences, work
from ui.fixed import Fixed, fix
from ui.language import set_language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Writes what stands in the file of this computer, or in the one of the folder after it."""
    folders = [tmp_path / "first", tmp_path / "second"]
    monkeypatch.setenv("XDG_CONFIG_DIRS", ":".join(["not/absolute", *map(str, folders)]))

    def write(folder: int = 0, raw: str = "", **said: object) -> None:
        at = folders[folder] / "konak" / "settings.json"
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text(raw or json.dumps(said))

    yield write
    fix(Fixed())
    set_language("en")


def test_the_first_folder_counts_most_and_without_any_file_nothing_is_set(write: Callable[..., None]) -> None:
    assert [each.parent.parent.name for each in paths.computer_files()] == ["first", "second"]
    assert Computer.load() == Computer()
    write(1, language="sr", register="/srv/konak", fixed=["register"])
    write(0, language="sq", lock_after=0, backup_places=["/mnt/a/"])
    found = Computer.load()
    assert found.backup_places == ("/mnt/a",)  # as the register writes it
    assert (found.register, found.language, found.lock_after) == (Path("/srv/konak"), "sq", 0)
    assert found.as_fixed() == Fixed(register=True, lock_after=0)


@pytest.mark.parametrize(
    "said",
    [
        {"register": "relative/konak"},
        {"register": 7},
        {"language": "xx"},
        {"language": ["sq"]},
        {"lock_after": True},
        {"lock_after": 241},
        {"lock_after": "5"},
        {"backup_places": "/mnt/a"},
        {"backup_places": ["mnt/a"]},
        {"fixed": ["everything"]},
        {"fixed": {}},
        {"lock": 3},
    ],
)
def test_what_makes_no_sense_is_passed_over_and_named(write: Callable[..., None], said: dict[str, object]) -> None:
    write(**said)
    found = Computer.load()
    assert found.wrong == tuple(said)
    assert found.as_fixed() == Fixed()


@pytest.mark.parametrize("raw", ["{", "[1]", "\x00", "[" * 20_000])
def test_a_file_of_nonsense_stops_nobody(write: Callable[..., None], raw: str) -> None:
    write(raw=raw)
    found = Computer.load()
    assert found.as_fixed() == Fixed()
    assert found.wrong == ("file",)


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_what_is_fixed_holds_against_what_a_person_has_chosen_and_the_window_says_so(
    qapp: QApplication, qtbot: QtBot, write: Callable[..., None], empty_register: Path, tmp_path: Path
) -> None:
    folder, stick = tmp_path / "register", tmp_path / "stick"
    shutil.copytree(empty_register, folder)
    stick.mkdir()
    places = [str(stick), str(tmp_path / "absent")]
    fixed = ["register", "language", "backup_places"]
    write(register=str(folder), language="sr", lock_after=7, backup_places=places, fixed=fixed)
    (tmp_path / "settings.json").write_text(json.dumps({"register": str(tmp_path / "mine"), "language": "sq"}))
    with running(qapp, tmp_path / "settings.json") as program:
        program.start(None)
        assert program.before is not None
        assert program.single.is_for(folder)
        offered = {each.text() for each in program.before.findChildren(QPushButton)}
        assert "Obnovi iz rezervne kopije" in offered
        assert "Otvori drugi registar" not in offered
        program.open(open_register(folder, passphrase=PASSPHRASE))
        qtbot.waitUntil(lambda: not work.is_busy())
        preferences.put("language", "sq")
        window = program.window
        assert window is not None
        assert window.language == "sr"
        menus = [each for each in window.findChildren(QMenu) if each.title() == "Jezik (određeno na ovom računaru)"]
        assert menus
        assert not any(each.isEnabled() for each in menus)
        page = window.open("administration")
        qtbot.waitUntil(lambda: "posle 7 minuta (određeno na ovom računaru)" in _texts(page))
        register = work.worker().register
        with register.read() as snapshot:
            assert [each.folder for each in backups.backups(snapshot).places] == [str(stick)]
            told = snapshot.connection.scalars(select(TrailEntry.action)).all()
        assert told.count("backups.add_place") == 1, "nobody asked for the one that is not there, so nothing is refused"


def test_a_register_that_is_named_but_not_fixed_is_opened_by_whoever_had_none_open_yet(
    qapp: QApplication, write: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(register="/srv/konak")
    settings = tmp_path / "settings.json"
    started: list[Path | None] = []

    def run(folder: Path | None, *_rest: object) -> int:
        started.append(folder)
        return 0

    monkeypatch.setattr("desktop.app.run", run)
    monkeypatch.delenv("KONAK_REGISTER", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert cli.main([]) == 0
    assert Program(qapp, settings).meant(started[0]) == Path("/srv/konak")
    settings.write_text(json.dumps({"register": str(tmp_path / "mine")}))
    assert Program(qapp, settings).meant(started[0]) == tmp_path / "mine"
    write(register="/srv/konak", fixed=["register"])
    assert cli.main([]) == 0
    assert started[1] == Path("/srv/konak")
    assert Program(qapp, settings).meant(tmp_path / "mine") == Path("/srv/konak")


def test_a_command_takes_the_register_of_the_computer_and_the_window_takes_no_other(
    write: Callable[..., None],
    empty_register: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    write(register=str(folder), fixed=["register"])
    monkeypatch.setenv("KONAK_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("KONAK_REGISTER", raising=False)
    assert cli.main(["verify"]) == 0
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert cli.main(["--register", str(tmp_path / "other")]) == 1
    assert "no other register" in capsys.readouterr().err
