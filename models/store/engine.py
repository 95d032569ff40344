"""The encrypted SQLite file as an SQLAlchemy engine: the one place that knows which database this is."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Unavailable
from models.store.disk import is_on_network

FILE_NAME = "register.db"
Error: type[Exception] = sqlcipher.Error
"""What the database itself raises, below SQLAlchemy."""


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


def make_engine(path: Path, key: bytes) -> Engine:
    """The engine of a register. Who begins writing holds the file at once, so that no write fails half-way for a lock.

    The pool is chosen here because SQLAlchemy would take one connection per thread for this dialect.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
        hide_parameters=True,  # an error's text must give nobody away
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("konak_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, its transactions begun for writing."""
    return engine.execution_options(konak_writes=True)


def prepare(path: Path, key: bytes) -> None:
    """Set what is kept in the file itself: the write-ahead log, which needs memory that all who open the file share.

    On a file system of the network there is none; there the file has a journal beside it while it is written.

    Raises:
        Unavailable: The file is not a register, or the key is not its key.
    """
    connection = None
    try:
        connection = connect(path, key)
        mode = "DELETE" if is_on_network(path.parent) else "WAL"
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode.lower():
            connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        raise unavailable(error) from error
    finally:
        if connection is not None:
            connection.close()


def unavailable(error: Exception) -> Unavailable:
    """What to tell the user when the database itself fails."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    said = str(origin).lower()
    if "full" in said:
        return Unavailable("The disk is full, so nothing was saved. Free some space, then do it again.")
    if "locked" in said or "busy" in said:
        return Unavailable("Another program is writing to the register. Wait a moment, then do it again.")
    if "readonly" in said or "read-only" in said:
        return Unavailable("The register can only be read here. Ask who looks after this computer to allow writing.")
    # The last two are what the search index says where a page of its own is damaged.
    if any(sign in said for sign in ("not a database", "malformed", "encrypted", "vtable constructor", "corrupt")):
        return damaged()
    if "i/o error" in said or "unable to open" in said:
        # SQLite says so of a stick that was pulled out, and also where there is no room for what lies beside the file.
        return Unavailable(
            "The disk of the register is full or does not answer. Free some space, and check that the stick or the "
            "disk is plugged in. Then start Konak again."
        )
    return Unavailable("The register cannot be reached. Check the disk, then start Konak again.")


def damaged() -> Unavailable:
    """What to tell the user when the file is no register any more."""
    return Unavailable("The register cannot be read: it is damaged, or not a register. Restore the last backup.")


def copy(path: Path, key: bytes, target: Path) -> None:
    """Copy the register while it is in use, page by page, encrypted with the same key; whole or not at all.

    Raises:
        Unavailable: The copy cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        source, copied = connect(path, key), connect(partial, key)
        try:
            source.backup(copied)
        finally:
            copied.close()
            source.close()
        partial.replace(target)
    except (sqlcipher.Error, sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise unavailable(error) from error
