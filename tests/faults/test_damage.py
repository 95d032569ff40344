"""A register that was damaged, mixed up or cut off: said in words, and never read as something else than it was."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from desktop import cli
from models.clock import FixedClock
from models.errors import KonakError, Unavailable
from models.store import engine as engines
from models.store.keys import Keys
from models.store.opening import create_register, open_register
from models.store.register import Register
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.covering import times
from tests.faults.told import Told
from tests.furnishing import furnished_once

FLIPS = times("KONAK_FLIPS", 120, 5000)
Content = dict[str, list[Any]]
_ENTRIES = 60


@pytest.fixture(scope="module")
def filled(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed register with some people, to be copied."""

    def fill(register: Register) -> None:
        for number in range(60):
            builders.resident(register, f"K-{number:04}", family_name=f"Ahmadzai{number}", notes="x" * 400)

    return furnished_once(empty_register, tmp_path_factory, fill)[0]


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of it of one's own."""
    return Path(shutil.copytree(filled, tmp_path / "register"))


def opened(folder: Path) -> Register:
    return open_register(folder, passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK)


def content(connection: Connection) -> Content:
    """All that the register holds; the last opening aside."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    found = {name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')] for name in names}
    found.pop("trail_head")
    found["trail"] = [row for row in found["trail"] if row[0] < _ENTRIES]
    found["trail_subjects"] = [row for row in found["trail_subjects"] if row[1] < _ENTRIES]
    return found


def read(folder: Path) -> Content:
    with opened(folder) as register, register.read() as snapshot:
        return content(snapshot.connection)


def restore(folder: Path, kept: Path) -> None:
    for file in folder.iterdir():
        file.unlink(missing_ok=True)
    for file in kept.iterdir():
        shutil.copy2(file, folder)


def flip(path: Path, at: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        was = file.read(1)[0]
        file.seek(at)
        file.write(bytes([was ^ (1 << bit)]))


def said_of(work: Callable[[], object]) -> str:
    """What is said where a register cannot be read; nothing where it can."""
    try:
        work()
    except Unavailable as error:
        return str(error)
    return ""


def is_marked(folder: Path, key: bytes) -> bool:
    """Whether each page carries the mark that only who has the key can make."""
    try:
        with closing(engines.connect(folder / engines.FILE_NAME, key)) as connection:
            return not connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except engines.Error:  # it is the first page, without which nothing can be read
        return False


def test_a_flipped_bit_is_said_in_words_or_is_in_nothing_that_was_read(folder: Path, tmp_path: Path) -> None:
    expected = read(folder)
    keys = Keys.load(folder)
    key = keys.slot().open(keys.register_id, PASSPHRASE).register_key
    kept = Path(shutil.copytree(folder, tmp_path / "kept"))
    chance = random.Random(20261121)
    size = (folder / "register.db").stat().st_size
    met = []
    assert is_marked(folder, key)
    for _flip in range(FLIPS):
        restore(folder, kept)
        flip(folder / "register.db", chance.randrange(size), chance.randrange(8))
        assert not is_marked(folder, key)
        found: list[Content] = []
        said = said_of(lambda found=found: found.append(read(folder)))  # type: ignore[misc]
        assert "damaged" in said or found == [expected]
        met += [said] if said else []
    print(f"\n{FLIPS} bits flipped: {len(met)} met by opening and reading all, all found by the marks of the pages")
    assert len(met) > FLIPS / 2


def test_a_register_that_was_cut_off_is_said_in_words(folder: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copytree(folder, tmp_path / "kept"))
    size = (folder / "register.db").stat().st_size
    chance = random.Random(1)
    for left in [1, 15, 16, 100, 4095, 4096, 8192, size // 2, size - 4096, size - 1, *chance.sample(range(size), 20)]:
        restore(folder, kept)
        os.truncate(folder / "register.db", left)
        assert "damaged" in said_of(lambda: read(folder)), left


def plain_database(folder: Path) -> None:
    path = folder / engines.FILE_NAME
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE residents (id INTEGER)")
    connection.close()


def random_bytes(folder: Path) -> None:
    (folder / engines.FILE_NAME).write_bytes(random.Random(3).randbytes(65536))


def of_another_register(folder: Path) -> None:
    other = folder.parent / "other"
    create_register(other, facility="South", administrator="B", passphrase=PASSPHRASE, stretch=QUICK).close()
    shutil.copy(other / engines.FILE_NAME, folder / engines.FILE_NAME)


def no_database(folder: Path) -> None:
    (folder / engines.FILE_NAME).unlink()


def folder_instead(folder: Path) -> None:
    (folder / engines.FILE_NAME).unlink()
    (folder / engines.FILE_NAME).mkdir()


def pipe_instead(folder: Path) -> None:
    (folder / engines.FILE_NAME).unlink()
    os.mkfifo(folder / engines.FILE_NAME)


def no_keys(folder: Path) -> None:
    (folder / "keys.json").unlink()


def empty_keys(folder: Path) -> None:
    (folder / "keys.json").write_bytes(b"")


def half_keys(folder: Path) -> None:
    path = folder / "keys.json"
    os.truncate(path, path.stat().st_size // 2)


def keys_of_a_folder(folder: Path) -> None:
    (folder / "keys.json").unlink()
    (folder / "keys.json").mkdir()


def keys_of_a_pipe(folder: Path) -> None:
    (folder / "keys.json").unlink()
    os.mkfifo(folder / "keys.json")


def keys_of_another_register(folder: Path) -> None:
    other = folder.parent / "other"
    create_register(other, facility="South", administrator="B", passphrase=PASSPHRASE, stretch=QUICK).close()
    shutil.copy(other / "keys.json", folder / "keys.json")


def nothing_at_all(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "damage",
    [
        plain_database,
        random_bytes,
        of_another_register,
        no_database,
        folder_instead,
        pipe_instead,
        no_keys,
        empty_keys,
        half_keys,
        keys_of_a_folder,
        keys_of_a_pipe,
        keys_of_another_register,
        nothing_at_all,
    ],
)
def test_each_damage_is_said_in_one_line(
    folder: Path,
    damage: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damage(folder)
    with pytest.raises(KonakError):
        opened(folder)
    monkeypatch.setenv("KONAK_PASSPHRASE", PASSPHRASE)
    assert cli.main(["figures", "--register", str(folder), "--programme", "US-2025", "--month", "2026-10"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("konak: ")
    assert said.count("\n") == 1
    assert "fault in Konak" not in said


def with_log(folder: Path, beside: Path) -> Path:
    """A copy of a register as it stands while it is open: with changes that are in its write-ahead log alone."""
    with opened(folder) as register:
        for number in range(100, 130):
            builders.resident(register, f"K-{number:04}", family_name=f"Rahmani{number}")
        copied = Path(shutil.copytree(folder, beside))
    assert (copied / "register.db-wal").stat().st_size > 100_000
    return copied


def test_a_damaged_log_gives_the_register_of_an_earlier_moment_whole(folder: Path, tmp_path: Path) -> None:
    crashed = with_log(folder, tmp_path / "crashed")
    working = Path(shutil.copytree(crashed, tmp_path / "working"))
    chance = random.Random(5)
    size = (crashed / "register.db-wal").stat().st_size
    heads = set()
    for turn in range(60):
        restore(working, crashed)
        if turn % 3:
            flip(working / "register.db-wal", chance.randrange(size), chance.randrange(8))
        else:
            os.truncate(working / "register.db-wal", chance.randrange(size))
        with opened(working) as register, register.read() as snapshot:
            told = Told()
            told.read_on(snapshot.connection)
            told.compare(snapshot.connection)
            heads.add(told.number)
    assert len(heads) > 5


def test_a_register_without_its_keys_keeps_its_database(folder: Path) -> None:
    kept = (folder / engines.FILE_NAME).read_bytes()
    keys = (folder / "keys.json").read_bytes()
    no_keys(folder)
    with pytest.raises(Unavailable, match=r"keys\.json is missing"):
        opened(folder)
    assert (folder / engines.FILE_NAME).read_bytes() == kept
    (folder / "keys.json").write_bytes(keys)
    assert len(Keys.load(folder).slots) == 1
    opened(folder).close()
