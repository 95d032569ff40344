"""Bringing an older register to the schema of this program, with a copy kept before.

Alembic rewrites whole tables, and with foreign keys on, that would delete what refers to them. So it runs on a
connection of its own with foreign keys off; afterwards the keys are checked and the rows are counted.

Migrations make tables only. Guards and the search index are taken away before them and put up after them as this
program has them, in the same transaction; the file carries the mark of what was put up.
"""

import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Unavailable
from models.store import engine as engines
from models.store import guards, integrity, schema, sealing_anew, search_index, sort_keys

HEAD = "0043"
"""The schema of this program. Kept here so that opening a register need not load Alembic; a test compares the two."""

_SCRIPTS = Path(__file__).parent / "migrations"


def bring_up(database: Path, key: bytes) -> list[str]:
    """Migrate a register that is older than the program; a copy is laid beside it first.

    A register of the same schema gets the guards and the search index of this program where it has others, before
    anything is written that what stands there would run on.

    Returns:
        What of triggers and views was not of Konak, and was taken out.

    Raises:
        Unavailable: It is newer than this program, or cannot be read or copied.
    """
    with engines.prepared(database, key) as connection:  # one: the first look is what takes
        found, mark = _found(connection)
        if found is None or found > HEAD:
            raise Unavailable("This register was made by a newer Konak. Install the newest version, then open it.")
        is_of_this = found == HEAD and mark == _mark()
        strange = schema.running(connection, of_any_version=not is_of_this)
        if is_of_this and not strange:
            schema.check_tables(connection)
            return strange
    if found != HEAD:
        engines.copy(database, key, database.with_name(f"register-before-{HEAD}.db"))
    upgrade(database, key)
    with engines.in_words(), closing(engines.connect(database, key)) as connection:
        schema.check_tables(connection)
    return strange


def revision(database: Path, key: bytes) -> str | None:
    """The schema of a register; None where it holds none.

    Raises:
        Unavailable: It cannot be read.
    """
    with closing(engines.connect(database, key)) as connection:
        return _found(connection)[0]


def _found(connection: Any) -> tuple[str | None, int]:  # noqa: ANN401 - sqlcipher3 has no types
    """The schema of a register, and the mark of the guards and the search index in it."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        mark = connection.execute("PRAGMA user_version").fetchone()[0]
    except engines.Error as error:
        raise engines.unreadable(error) from error
    return None if row is None else str(row[0]), int(mark)


def _mark() -> int:
    """What tells the guards and the search index of this program, and what is searched, from those of another."""
    put_up = (
        *guards.TRIGGERS.values(),
        *search_index.TABLES.values(),
        search_index.statement(""),
        search_index.FOLDED,
        sort_keys.VERSION,
    )
    return zlib.crc32("\n".join(put_up).encode()) >> 1


def upgrade(database: Path, key: bytes) -> None:
    """Migrate to the schema of this program, all or nothing.

    Raises:
        Unavailable: The disk is full or the file cannot be written.
    """
    _migrate(database, key, "upgrade", "head")


def downgrade(database: Path, key: bytes, target: str) -> None:
    """Migrate downwards, all or nothing: for tests, and for whoever must go back to an older program.

    Guards and search index are gone then, until the program of that schema opens the register and puts up its own.
    """
    _migrate(database, key, "downgrade", target)


def _migrate(database: Path, key: bytes, direction: str, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    engine = _engine(database, key)
    try:
        with engines.in_words(), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
            with connection.begin():
                _check_trail(connection)
                before = _count(connection)
                config.attributes["connection"] = connection
                guards.remove(connection)
                search_index.remove(connection)
                getattr(command, direction)(config, target)
                if direction == "upgrade":
                    sealing_anew.seal_what_was_clear(connection)
                    guards.install(connection)
                    search_index.install(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {_mark() if direction == 'upgrade' else 0}")
                _prove(connection, before)
    finally:
        engine.dispose()


def _engine(database: Path, key: bytes) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: engines.connect(database, key),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    began: list[bool] = []

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The first transaction only switches the foreign keys off, which SQLite ignores once a transaction has begun.
        if began:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        began.append(True)

    return engine


def _check_trail(connection: Connection) -> None:
    """Refuse to write a trail in the form of today that does not hold in the form that it has.

    Raises:
        Unavailable: Its entries do not follow from each other.
    """
    raw = connection.connection.driver_connection
    if integrity.is_of_former_form(raw) and integrity.former_chain_is_broken(raw):
        raise Unavailable(
            "The trail of this register was changed outside Konak, so it is not brought to the newer version. Restore "
            "the last backup from before; keep this register for whoever looks into it."
        )


def _count(connection: Connection) -> dict[str, int]:
    tables: Any = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' "
        "AND name <> 'alembic_version'"
    )
    names = {name: name.replace('"', '""') for (name,) in list(tables)}
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{quoted}"').scalar_one()
        for name, quoted in names.items()
    }


def _prove(connection: Connection, before: dict[str, int]) -> None:
    """Refuse a migration that broke a reference or lost a row: the transaction then rolls back."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    after = _count(connection)
    lost = [name for name, rows in before.items() if name in after and after[name] < rows]
    if broken or lost:
        raise RuntimeError(f"the migration broke {len(broken)} references and lost rows in {len(lost)} tables")
