"""Migrations: the tables of the program are those of the head, and data survives the way down and up."""

from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.entities import Base
from models.errors import Unavailable
from models.store import guards, migration
from models.store.keys import Keys
from models.store.register import Register
from tests import builders
from tests.conftest import PASSPHRASE

SCRIPTS = Path(migration.__file__).parent / "migrations"


def _key(register: Register) -> bytes:
    keys = Keys.load(register.folder)
    return keys.slot().open(keys.register_id, PASSPHRASE).register_key


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


def test_the_head_that_the_program_knows_is_the_head_of_the_scripts() -> None:
    assert _scripts().get_heads() == [migration.HEAD]


def test_the_tables_of_the_program_are_those_of_the_head(register: Register) -> None:
    with register.read() as snapshot:
        ours = {*Base.metadata.tables}
        context = MigrationContext.configure(
            snapshot.connection,
            opts={"include_object": lambda _o, name, kind, *_: kind != "table" or name in ours, "compare_type": True},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_check_of_the_tables_is_in_the_database(register: Register) -> None:
    with register.read() as snapshot:
        made = " ".join(
            row[0] for row in snapshot.connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name is not None
            assert str(constraint.name) in made


def test_every_guard_stands(register: Register) -> None:
    with register.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert {row[0] for row in rows} == set(guards.TRIGGERS)


@pytest.mark.parametrize("target", ["0002", "0001"])
def test_data_survives_the_way_down_and_up(register: Register, target: str) -> None:
    programme = builders.programme(register)
    resident = builders.resident(register, family_name="Ahmadzai")
    builders.stay(register, resident, programme, date(2026, 6, 26))
    before = _rows(register)
    key, database = _key(register), register.folder / "register.db"
    register.close()
    migration.downgrade(database, key, target)
    migration.upgrade(database, key)
    assert migration.revision(database, key) == migration.HEAD
    with Register.open(register.folder, passphrase=PASSPHRASE) as again:
        assert _rows(again) == before
        with again.read() as snapshot:
            found = snapshot.connection.exec_driver_sql("SELECT rowid FROM search_words WHERE words MATCH '\"ahmadz\"'")
            assert found.fetchall() == [(resident,)]


def test_a_migration_that_loses_rows_is_undone_whole(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.resident(register, family_name="Ahmadzai")
    key, database = _key(register), register.folder / "register.db"
    register.close()
    migration.downgrade(database, key, "0002")
    monkeypatch.setattr(
        "models.store.search.rebuild", lambda connection: connection.exec_driver_sql("DELETE FROM residents")
    )
    with pytest.raises(RuntimeError, match="lost rows"):
        migration.upgrade(database, key)
    assert migration.revision(database, key) == "0002"


def test_a_register_without_a_schema_is_refused_in_words(tmp_path: Path, register: Register) -> None:
    with pytest.raises(Unavailable):
        migration.revision(tmp_path / "nothing.db", _key(register))


def _rows(register: Register) -> dict[str, list[object]]:
    """All rows but those of the trail, which grows with each unlocking."""
    with register.read() as snapshot:
        return {
            name: [tuple(row) for row in snapshot.connection.execute(table.select())]
            for name, table in Base.metadata.tables.items()
            if not name.startswith("trail")
        }
