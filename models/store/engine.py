"""The encrypted SQLite file as an SQLAlchemy engine: the one place that knows which database this is."""

import errno
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Unavailable
from models.rules.field_types import half_letter
from models.store.disk import is_on_network
from models.text import N_

FILE_NAME = "register.db"
Error: type[Exception] = sqlcipher.Error
"""What the database itself raises, below SQLAlchemy."""

_WRITES_ELSEWHERE = N_("Another program is writing to the register. Wait a moment, then do it again.")
_READ_ONLY = N_("The register can only be read here. Ask who looks after this computer to allow writing.")
_NO_REGISTER = N_("The register cannot be read: it is damaged, or not a register. Restore the last backup.")
# SQLite says the same of a stick that was pulled out, and where there is no room for what lies beside the file.
_NO_ANSWER = N_(
    "The disk of the register is full or does not answer. Free some space, and check that the stick or the "
    "disk is plugged in. Then start Konak again."
)
_SAID: Mapping[int, str] = {
    sqlcipher.SQLITE_FULL: N_("The disk is full, so nothing was saved. Free some space, then do it again."),
    sqlcipher.SQLITE_BUSY: _WRITES_ELSEWHERE,
    sqlcipher.SQLITE_LOCKED: _WRITES_ELSEWHERE,
    sqlcipher.SQLITE_PROTOCOL: _WRITES_ELSEWHERE,
    sqlcipher.SQLITE_READONLY: _READ_ONLY,
    sqlcipher.SQLITE_PERM: _READ_ONLY,
    sqlcipher.SQLITE_CORRUPT: N_("The register is damaged, so it cannot be read. Restore the last backup."),
    sqlcipher.SQLITE_NOTADB: _NO_REGISTER,
    sqlcipher.SQLITE_CANTOPEN: N_(
        "The files of the register cannot be opened: the folder may not be read or written, or the disk of the "
        "register is full or not plugged in. Check both and free some space, then start Konak again."
    ),
    sqlcipher.SQLITE_IOERR: _NO_ANSWER,
}
"""What the world does to the register, by the code of SQLite (sqlite.org/rescode.html), and what to do about it."""


def connect(path: Path, key: bytes) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
    """A new connection to the encrypted file, ready to use.

    The key comes first of all. Temporary tables stay in memory, since a file would hold them in clear.
    """
    connection = sqlcipher.connect(str(path), timeout=10, check_same_thread=False, isolation_level=None)
    cursor = connection.cursor()
    cursor.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error, past every message
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in ("temp_store = MEMORY", "foreign_keys = ON", "synchronous = FULL", "cache_size = -32000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    return connection


def opens(path: Path, key: bytes) -> bool:
    """Whether a key is that of the file."""
    try:
        with closing(connect(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Error:
        return False
    return True


class _Place:
    """Where an engine has its connections from."""

    def __init__(self, connects: Callable[[], Any]) -> None:
        self.connects = connects


_rehearsed: list[tuple[Engine, _Place]] = []
"""The engine on which statements were tried, for the next register that is opened."""


def make_engine(path: Path, key: bytes) -> Engine:
    """The engine of a register. Who begins writing holds the file at once, so that no write fails half-way for a lock.

    After a rehearsal it is that engine, which knows what was tried there; nothing else of it is left.
    """
    engine, place = _rehearsed.pop() if _rehearsed else _made()
    place.connects = lambda: connect(path, key)
    return engine


@contextmanager
def rehearsal() -> Iterator[Connection]:
    """An empty database in memory on which statements are tried before the register is opened."""
    engine, place = _made()
    place.connects = lambda: sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    _rehearsed.append((engine, place))


def _made() -> tuple[Engine, _Place]:
    """An engine that has no database yet.

    The pool is chosen here because SQLAlchemy would take one connection per thread for this dialect.
    """
    place = _Place(lambda: None)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: place.connects(),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
        hide_parameters=True,  # an error's text must give nobody away
        json_deserializer=_listed,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("konak_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine, place


def _listed(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What a text of JSON says; most are lists of nothing, and a list of people reads one or two of each."""
    return [] if text == "[]" else json.loads(text)


def writing(engine: Engine) -> Engine:
    """The same engine, its transactions begun for writing."""
    return engine.execution_options(konak_writes=True)


def keeps_from_writing(connection: Connection) -> bool:
    """Whether a reading keeps everybody from writing as long as it lasts: so it is without a write-ahead log."""
    return bool(connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal")


@contextmanager
def prepared(path: Path, key: bytes) -> Iterator[Any]:
    """A connection that has set what is kept in the file itself: the write-ahead log, in memory that all share.

    On a file system of the network there is none; there the file has a journal beside it while it is written.

    Raises:
        Unavailable: The file is not a register, or the key is not its key.
    """
    with in_words(), closing(connect(path, key)) as connection:
        mode = "DELETE" if is_on_network(path.parent) else "WAL"
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode.lower():
            connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection


def prepare(path: Path, key: bytes) -> None:
    """Set what is kept in the file itself, as `prepared` does."""
    with prepared(path, key):
        pass


@contextmanager
def in_words() -> Iterator[None]:
    """What the world does to the database in here is said in words; any other error of it is a bug, and stays one.

    Raises:
        Unavailable: As `unavailable` says it.
        Refused: Half a letter was asked for, which no text is written with.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise half_letter() from error
    except (DBAPIError, Error) as error:
        if (said := unavailable(error)) is None:
            raise
        raise said from error


def unavailable(error: Exception) -> Unavailable | None:
    """What to tell the user where an error of the database is the world's doing; None where it is a bug.

    A table or a column that is not there, a constraint, and whatever else has no code of `_SAID` is a bug.
    """
    said = _SAID.get(_code(error))
    return None if said is None else Unavailable(said)


def unreadable(error: Exception) -> Unavailable:
    """What to tell of a file that nobody has proven yet: one without our tables is no register, as an empty file."""
    return unavailable(error) or damaged()


def is_damage(error: Exception) -> bool:
    """Whether an error says that the file is not whole, and not that the disk does not answer."""
    return _code(error) in (sqlcipher.SQLITE_ERROR, sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB)


def is_busy(error: Exception) -> bool:
    """Whether an error says that somebody else has the file."""
    return _code(error) in (sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED)


def _code(error: Exception) -> int:
    """The primary code of SQLite; 0 where it is Python that complains."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(origin, "sqlite_errorcode", 0)) & 0xFF


def of_disk(error: OSError) -> Unavailable:
    """What to tell the user where a file beside the register cannot be read or written."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Unavailable(_SAID[sqlcipher.SQLITE_FULL])
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Unavailable(_READ_ONLY)
        case _:
            return no_answer()


def no_answer() -> Unavailable:
    """What to tell the user when the disk does not do what it should."""
    return Unavailable(_NO_ANSWER)


def damaged() -> Unavailable:
    """What to tell the user when the file is no register any more."""
    return Unavailable(_NO_REGISTER)


def copy(path: Path, key: bytes, target: Path) -> None:
    """Copy the register while it is in use, page by page, encrypted with the same key; whole or not at all.

    Raises:
        Unavailable: The copy cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with in_words(), closing(connect(path, key)) as source, closing(connect(partial, key)) as copied:
            copy_pages(source, copied)
        partial.replace(target)
    except OSError as error:
        raise of_disk(error) from error
    finally:
        partial.unlink(missing_ok=True)


def copy_pages(source: Any, target: Any, **how: Any) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """Copy a register from one connection to another, as `sqlite3.Connection.backup` does it.

    Raises:
        Unavailable: A page cannot be read, or the disk says no.
    """
    try:
        source.backup(target, **how)
    except Error as error:
        # The error of a copy carries no code, so it is asked which of the two it can be.
        is_damaged = source.execute("PRAGMA cipher_integrity_check").fetchone() is not None
        said = _SAID[sqlcipher.SQLITE_CORRUPT] if is_damaged else _NO_ANSWER
        raise Unavailable(said) from error
