"""What the database itself says is told apart by its code: the world's doing in words, everything else as a bug."""

import errno
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from models.errors import Unavailable
from models.store import engine
from models.store.register import Register
from tests import builders
from tests.faults.disks import fill, small_disk, write_protect
from tests.furnishing import furnished_once

Connection = Any
FULL, ELSEWHERE, READ_ONLY = "The disk is full", "Another program is writing", "can only be read here"
DAMAGED, NONE, SHUT, SILENT = "is damaged, so", "or not a register", "cannot be opened", "full or does not answer"
WRITES = "CREATE TABLE notes AS SELECT hex(randomblob(2000000))"


@pytest.fixture(scope="module")
def furnished(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, None]:
    def fill(register: Register) -> None:
        for number in range(60):
            builders.resident(register, f"K-{number:04}", family_name="Ahmadzai", notes="x" * 400)

    return furnished_once(empty_register, tmp_path_factory, fill)


@pytest.fixture
def register(furnished: tuple[Path, None], register: Register) -> Register:
    """One's own, with sixty people."""
    return register


@pytest.fixture
def path(register: Register, tmp_path: Path) -> Path:
    """The file of a closed register, and nothing else beside it."""
    key = register.source.key
    register.close()
    at = tmp_path / "alone.db"
    engine.copy(register.folder / engine.FILE_NAME, key, at)
    return at


@pytest.fixture
def key(register: Register) -> bytes:
    return register.source.key


def said(work: Callable[[], object]) -> tuple[str, str]:
    """The name that SQLite gives what happened, and what is told of it."""
    with pytest.raises(Unavailable) as told, engine.in_words():
        work()
    return getattr(told.value.__cause__, "sqlite_errorname", ""), str(told.value)


def run(path: Path, key: bytes, *statements: str) -> None:
    with closing(engine.connect(path, key)) as connection:
        for statement in statements:
            connection.execute(statement).fetchall()


def test_a_full_disk(key: bytes, path: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", megabytes=2) as disk:
        there = Path(shutil.copy(path, disk))
        fill(disk, but=100_000)
        name, told = said(lambda: run(there, key, WRITES))
    assert name.startswith("SQLITE_FULL")
    assert FULL in told


def test_a_file_that_is_held_by_another_process(key: bytes, path: Path) -> None:
    hold = (
        "import sys; from pathlib import Path; from models.store import engine; "
        "c = engine.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])); "
        "c.execute('BEGIN IMMEDIATE'); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path), key.hex()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        name, told = said(lambda: run(path, key, "PRAGMA busy_timeout = 1", "BEGIN IMMEDIATE"))
        other.communicate()
    assert name == "SQLITE_BUSY"
    assert ELSEWHERE in told


def test_a_table_that_is_being_read(key: bytes, path: Path) -> None:
    with closing(engine.connect(path, key)) as connection:
        connection.execute("CREATE TABLE notes (note TEXT)")
        connection.execute("INSERT INTO notes VALUES ('a'), ('b')")
        reading = connection.execute("SELECT * FROM notes")
        reading.fetchone()
        name, told = said(lambda: connection.execute("DROP TABLE notes"))
    assert name == "SQLITE_LOCKED"
    assert ELSEWHERE in told


def test_a_disk_with_write_protection(key: bytes, path: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", megabytes=4) as disk:
        run(path, key, "PRAGMA journal_mode = DELETE")
        there = Path(shutil.copy(path, disk))
        write_protect(disk, on=True)
        name, told = said(lambda: run(there, key, WRITES))
    assert name.startswith("SQLITE_READONLY")
    assert READ_ONLY in told


def test_a_page_that_was_damaged(key: bytes, path: Path) -> None:
    _damage(path)
    name, told = said(lambda: run(path, key, "SELECT * FROM residents"))
    assert name.startswith("SQLITE_CORRUPT")
    assert DAMAGED in told


@pytest.mark.parametrize("what", ["another key", "random bytes", "a text"])
def test_a_file_that_is_no_register(key: bytes, path: Path, what: str) -> None:
    if what == "another key":
        key = bytes(32)
    else:
        path.write_bytes(random.Random(3).randbytes(65536) if what == "random bytes" else b"Dear colleague, " * 999)
    name, told = said(lambda: run(path, key, "SELECT * FROM residents"))
    assert name == "SQLITE_NOTADB"
    assert NONE in told


def test_a_file_that_cannot_be_opened(key: bytes, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere" / "register.db"):
        name, told = said(lambda path=path: run(path, key, "SELECT 1"))  # type: ignore[misc]
        assert name.startswith("SQLITE_CANTOPEN")
        assert SHUT in told


def test_a_disk_that_takes_no_more(key: bytes, path: Path) -> None:
    with _no_file_beyond(path.stat().st_size + 4096):
        name, told = said(lambda: run(path, key, WRITES))
    assert name.startswith("SQLITE_IOERR")
    assert SILENT in told


def test_a_copy_that_does_not_fit(key: bytes, path: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", megabytes=2) as disk:
        fill(disk, but=100_000)
        with pytest.raises(Unavailable, match=SILENT):
            engine.copy(path, key, disk / "copy.db")
        assert not list(disk.glob("copy*"))


def test_a_copy_of_what_is_damaged(key: bytes, path: Path, tmp_path: Path) -> None:
    _damage(path)
    with pytest.raises(Unavailable, match=DAMAGED):
        engine.copy(path, key, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_only_disks_that_are_full",
        "SELECT locked FROM residents",
        "SELECT 'disk is full' FROM",
        "INSERT INTO residents (id) VALUES (1)",
        "SELECT json('not json')",
    ],
)
def test_everything_else_is_a_bug_whatever_it_says(register: Register, statement: str) -> None:
    with pytest.raises(DBAPIError), register.read() as snapshot:
        snapshot.connection.exec_driver_sql(statement)
    with pytest.raises((OperationalError, IntegrityError)), register.write() as unit:
        unit.session.connection().exec_driver_sql(statement)


def test_a_connection_that_was_closed_is_a_bug(key: bytes, path: Path) -> None:
    connection = engine.connect(path, key)
    connection.close()
    with pytest.raises(engine.Error), engine.in_words():
        connection.execute("SELECT 1")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, FULL),
        (errno.EROFS, READ_ONLY),
        (errno.EACCES, READ_ONLY),
        (errno.EIO, SILENT),
        (errno.ENOENT, SILENT),
    ],
)
def test_what_the_disk_says_of_the_files_beside_it(number: int, words: str) -> None:
    assert words in str(engine.of_disk(OSError(number, os.strerror(number))))


@contextmanager
def _no_file_beyond(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _damage(path: Path) -> None:
    """Change each page but the first."""
    whole = bytearray(path.read_bytes())
    for page in range(4096, len(whole), 4096):
        whole[page + 100] ^= 1
    path.write_bytes(whole)
