"""Bringing an older register to the schema of this program, with a copy kept before.

Alembic rewrites whole tables, and with foreign keys on, that would delete what refers to them. So it runs on a
connection of its own with foreign keys off; afterwards the keys are checked and the rows are counted.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Unavailable
from models.store import engine as engines

HEAD = "0003"
"""The schema of this program. Kept here so that opening a register need not load Alembic; a test compares the two."""

_SCRIPTS = Path(__file__).parent / "migrations"


def bring_up(database: Path, key: bytes) -> None:
    """Migrate a register that is older than the program; a copy is laid beside it first.

    Raises:
        Unavailable: It is newer than this program, or cannot be read or copied.
    """
    found = revision(database, key)
    if found == HEAD:
        return
    if found is None or found > HEAD:
        raise Unavailable("This register was made by a newer Konak. Install the newest version, then open it.")
    engines.copy(database, key, database.with_name(f"register-before-{HEAD}.db"))
    upgrade(database, key)


def revision(database: Path, key: bytes) -> str | None:
    """The schema of a register; None where it holds none.

    Raises:
        Unavailable: It cannot be read.
    """
    connection = engines.connect(database, key)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])
    except Exception as error:
        if "no such table" in str(error):
            raise engines.damaged() from error  # an empty file can be opened with any key, and holds nothing
        raise engines.unavailable(error) from error
    finally:
        connection.close()


def upgrade(database: Path, key: bytes, target: str = "head") -> None:
    """Migrate upwards, all or nothing.

    Raises:
        Unavailable: The disk is full or the file cannot be written.
    """
    _migrate(database, key, "upgrade", target)


def downgrade(database: Path, key: bytes, target: str) -> None:
    """Migrate downwards, all or nothing: for tests, and for whoever must go back to an older program."""
    _migrate(database, key, "downgrade", target)


def _migrate(database: Path, key: bytes, direction: str, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    engine = _engine(database, key)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
            with connection.begin():
                before = _count(connection)
                config.attributes["connection"] = connection
                getattr(command, direction)(config, target)
                _prove(connection, before)
    except DBAPIError as error:
        raise engines.unavailable(error) from error
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


def _count(connection: Connection) -> dict[str, int]:
    tables: Any = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' "
        "AND name <> 'alembic_version'"
    )
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for (name,) in list(tables)}


def _prove(connection: Connection, before: dict[str, int]) -> None:
    """Refuse a migration that broke a reference or lost a row: the transaction then rolls back."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    after = _count(connection)
    lost = [name for name, rows in before.items() if name in after and after[name] != rows]
    if broken or lost:
        raise RuntimeError(f"the migration broke {len(broken)} references and lost rows in {len(lost)} tables")
