"""A register out of its backup: the same in each row; nothing there is written over; what is foreign is refused."""

import shutil
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import pytest

from models.errors import Refused, Unavailable
from models.store import backup, engine, restore
from models.store.opening import open_register
from models.store.register import Register
from models.store.restore import Restoring
from tests.builders import resident
from tests.conftest import PASSPHRASE

AT = datetime(2026, 11, 21, 9, 14, 5, tzinfo=ZoneInfo("Europe/Belgrade"))


@pytest.fixture
def made(register: Register, tmp_path: Path) -> Path:
    resident(register)
    (tmp_path / "stick").mkdir()
    return backup.make(register.source, tmp_path / "stick", AT)


def _rows(register: Register) -> dict[str, list[tuple[object, ...]]]:
    connection = engine.connect(register.folder / engine.FILE_NAME, register.source.key)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    return rows


def test_what_is_restored_equals_its_source(register: Register, made: Path, tmp_path: Path) -> None:
    before = _rows(register)
    with Restoring(made, tmp_path / "new") as restoring:
        assert restoring.people == ["A. Berisha"]
        held = restoring.open(PASSPHRASE)
        assert held == restore.summary(register.source)
        assert restoring.put() is None
    with open_register(tmp_path / "new", passphrase=PASSPHRASE, clock=register.clock, for_reading=True) as again:
        after = _rows(again)
    assert after["residents"] == before["residents"]
    assert after["trail"][: len(before["trail"])] == before["trail"]
    others = {"trail", "trail_head", "trail_subjects"}
    assert {name: rows for name, rows in after.items() if name not in others} == {
        name: rows for name, rows in before.items() if name not in others
    }
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".konak*"))


def test_a_wrong_passphrase_restores_nothing(made: Path, tmp_path: Path) -> None:
    with Restoring(made, tmp_path / "new") as restoring, pytest.raises(Refused, match="passphrase"):
        restoring.open("another passphrase")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".konak*"))


def test_what_is_there_is_never_written_over(register: Register, made: Path) -> None:
    folder = register.folder
    with Restoring(made, folder) as restoring:
        restoring.open(PASSPHRASE)
        with pytest.raises(Refused, match="not empty"):
            restoring.put()
        with pytest.raises(Unavailable, match="is open"):
            restoring.put(instead=AT)
    resident(register, "K-0099")
    register.close()
    with Restoring(made, folder) as restoring:
        restoring.open(PASSPHRASE)
        there = restore.there(folder, PASSPHRASE, None)
        assert there is not None
        assert there.residents == 2
        aside = restoring.put(instead=AT)
    assert aside is not None
    assert (aside / "register.db").is_file()
    now = restore.there(folder, PASSPHRASE, None)
    assert now is not None
    assert now.residents == 1


def test_a_folder_with_other_things_is_not_set_aside(made: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").touch()
    with Restoring(made, tmp_path / "letters") as restoring, pytest.raises(Refused):
        restoring.put(instead=AT)
    assert (tmp_path / "letters" / "a.txt").exists()


def test_a_flipped_byte_anywhere_is_refused(made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    for place in range(5, len(whole), len(whole) // 40):
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(Unavailable):
            Restoring(made, tmp_path / "new")
    assert not list(tmp_path.glob(".konak*"))


def test_foreign_files_bombs_and_paths_are_refused(made: Path, tmp_path: Path) -> None:
    with ZipFile(made) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    bad = tmp_path / "bad.konak"
    for files, how in (
        ({**content, "../outside": b"x"}, 0),
        ({"about.json": b"{}", "keys.json": b"{}", "../register.db": b"x"}, 0),
        ({**content, "register.db": bytes(10_000_000)}, ZIP_DEFLATED),
        ({"about.json": b"{}"}, 0),
    ):
        with ZipFile(bad, "w", how) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        with pytest.raises(Unavailable):
            Restoring(bad, tmp_path / "new")
    bad.write_bytes(b"%PDF-1.7")
    with pytest.raises(Unavailable, match="no backup of Konak"):
        Restoring(bad, tmp_path / "new")
    with pytest.raises(Unavailable, match="not there"):
        Restoring(tmp_path / "absent.konak", tmp_path / "new")
    assert not (tmp_path / "outside").exists()


def test_a_disk_without_room_is_said_before_anything_is_written(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(Unavailable, match="not enough space"):
        Restoring(made, tmp_path / "new")
    assert not list(tmp_path.glob(".konak*"))
