"""Migrations: the tables of the program are those of the head, and data survives the way down and up."""

import ast
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError

from models.actions import corrections, endings, safeguards, stays
from models.clock import FixedClock
from models.entities import Base
from models.entities.selection import Candidate, ProposedList
from models.errors import Refused, Unavailable
from models.ids import CandidateId, ProgrammeId, SealedNoteId
from models.queries import departures as queries
from models.queries import trail
from models.rules.fields import PERSON
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import SEALED_CHECKS, SealedKind
from models.store import engine, guards, migration, search, search_index
from models.store.ciphers import box
from models.store.keys import Keys
from models.store.opening import create_register, open_register
from models.store.register import Register
from tests import builders, earlier
from tests.actions import leavers
from tests.conftest import PASSPHRASE, QUICK
from tests.covering import some
from tests.store import old_trail

SCRIPTS = Path(migration.__file__).parent / "migrations"


def _key(register: Register) -> bytes:
    keys = Keys.load(register.folder)
    return keys.slot().open(keys.register_id, PASSPHRASE).register_key


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


EARLIER = [script.revision for script in _scripts().walk_revisions() if script.revision != migration.HEAD]


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
    assert _triggers(register) == set(guards.TRIGGERS)


class _Lived:
    """A register with a resident, closed, and what it was on the whole way down to the first schema."""

    def __init__(self, folder: Path) -> None:
        """Go down by one schema after the other, and keep a copy of each."""
        self._folder = folder
        with open_register(folder, passphrase=PASSPHRASE) as register:
            self.programme = builders.programme(register)
            self.resident = builders.resident(register, family_name="Ahmadzai")
            builders.stay(register, self.resident, self.programme, date(2026, 6, 26))
            self.rows, self.schema = _rows(register), _schema(register)
            self._key = _key(register)
        self._keep(migration.HEAD)
        for target in EARLIER:
            migration.downgrade(folder / "register.db", self._key, target)
            self._keep(target)

    def at(self, target: str, folder: Path) -> Path:
        """A copy of one's own of the register as a Konak of an earlier schema leaves it."""
        shutil.copytree(self._folder, folder)
        shutil.copy(self._kept(target), folder / "register.db")
        assert migration.revision(folder / "register.db", self._key) == target
        return folder

    def _kept(self, target: str) -> Path:
        return self._folder.parent / f"{target}.db"

    def _keep(self, target: str) -> None:
        shutil.copy(self._folder / "register.db", self._kept(target))


@pytest.fixture(scope="module")
def lived(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> _Lived:
    """See `_Lived`."""
    folder = tmp_path_factory.mktemp("lived") / "register"
    shutil.copytree(empty_register, folder)
    return _Lived(folder)


@pytest.mark.parametrize("target", some(EARLIER, 8))
def test_data_survives_the_way_down_and_up(lived: _Lived, tmp_path: Path, target: str) -> None:
    folder = lived.at(target, tmp_path / "register")
    with open_register(folder, passphrase=PASSPHRASE) as again:
        assert migration.revision(folder / "register.db", _key(again)) == migration.HEAD
        assert _rows(again) == lived.rows
        assert _schema(again) == lived.schema
        with again.read() as snapshot:
            found = snapshot.connection.exec_driver_sql("SELECT rowid FROM search_words WHERE words MATCH '\"ahmadz\"'")
            assert found.fetchall() == [(lived.resident,)]


_LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"

def upgrade():
    op.create_table("keepsakes", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("what", sa.Text()))
    with op.batch_alter_table("stays", recreate="always") as stays:
        stays.add_column(sa.Column("shelf", sa.Text()))

def downgrade():
    op.drop_table("keepsakes")
"""


@pytest.fixture
def _later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later program: it makes a table that is guarded, and rewrites one that guards of others name."""
    scripts = Path(shutil.copytree(SCRIPTS, tmp_path / "migrations"))
    (scripts / "versions" / "9999_keepsakes.py").write_text(_LATER.format(head=migration.HEAD), encoding="utf-8")
    monkeypatch.setattr(migration, "_SCRIPTS", scripts)
    monkeypatch.setattr(migration, "HEAD", "9999")
    guard = "CREATE TRIGGER guard_keepsake_delete BEFORE DELETE ON keepsakes BEGIN SELECT RAISE(ABORT, 'konak: x'); END"
    monkeypatch.setitem(guards.TRIGGERS, "guard_keepsake_delete", guard)


@pytest.mark.usefixtures("_later")
def test_a_register_is_made_with_a_guarded_table_of_a_later_migration(tmp_path: Path) -> None:
    made = create_register(tmp_path / "made", facility="North", administrator="A", passphrase=PASSPHRASE, stretch=QUICK)
    with made:
        with pytest.raises(IntegrityError, match="konak"):
            _forget(made)
        assert _triggers(made) == set(guards.TRIGGERS)


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("target", [migration.HEAD, *some(EARLIER, 8)])
def test_an_earlier_register_gets_the_guarded_table_of_a_later_migration(
    lived: _Lived, tmp_path: Path, target: str
) -> None:
    folder = lived.at(target, tmp_path / "register")
    with open_register(folder, passphrase=PASSPHRASE) as again:
        with pytest.raises(IntegrityError, match="konak"):
            _forget(again)
        assert _triggers(again) == set(guards.TRIGGERS)
        assert _rows(again) == lived.rows
        with pytest.raises(Refused, match="already has a stay"):
            builders.stay(again, lived.resident, lived.programme, date(2026, 7, 1))
    assert (folder / "register-before-9999.db").is_file()


def test_what_another_version_has_put_up_is_replaced_without_a_migration(register: Register) -> None:
    resident = builders.resident(register, family_name="Ahmadzai")
    schema = _schema(register)
    _past_konak(
        register,
        "CREATE VIEW names AS SELECT family_name FROM residents",
        "CREATE TRIGGER guard_of_yesterday BEFORE INSERT ON residents BEGIN SELECT RAISE(ABORT, 'konak: x'); END",
        "DROP TRIGGER guard_trail_delete",
        "DROP TABLE search_words",
        "CREATE VIRTUAL TABLE search_words USING fts5(words)",
        "CREATE TABLE search_sounds (sound TEXT)",
        "PRAGMA user_version = 1",
    )
    with open_register(register.folder, passphrase=PASSPHRASE) as again:
        assert _schema(again) == schema
        with again.read() as snapshot:
            assert search.find(snapshot.connection, "madz") == [resident]
    assert not list(register.folder.glob("register-before-*"))


def test_what_is_searched_from_now_on_is_found_in_an_earlier_register(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = builders.resident(register, birth_as_written="Nowruz")
    register.close()
    now = [replace(field, searched=True) if field.name == "birth_as_written" else field for field in PERSON]
    monkeypatch.setattr(search_index, "PERSON", now)
    with open_register(register.folder, passphrase=PASSPHRASE) as again, again.read() as snapshot:
        assert search.find(snapshot.connection, "nowruz") == [resident]


def test_a_register_that_was_indexed_otherwise_is_indexed_anew(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = builders.resident(register, family_name="Ahmadzai")
    _past_konak(register, "DELETE FROM search_starts", "DELETE FROM search_words")
    with open_register(register.folder, passphrase=PASSPHRASE) as again, again.read() as snapshot:
        assert search.find(snapshot.connection, "ahmadzai") == []
    monkeypatch.setattr(search_index, "FOLDED", "of another program")
    with open_register(register.folder, passphrase=PASSPHRASE) as again, again.read() as snapshot:
        assert search.find(snapshot.connection, "ahmadzai") == [resident]


def test_a_guard_that_somebody_has_taken_away_is_not_put_back_unsaid(register: Register) -> None:
    _past_konak(register, "DROP TRIGGER guard_trail_delete")
    with open_register(register.folder, passphrase=PASSPHRASE) as again:
        assert _triggers(again) == set(guards.TRIGGERS) - {"guard_trail_delete"}


def test_a_register_as_this_program_made_it_is_opened_without_putting_anything_up(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.close()
    monkeypatch.delattr(migration, "_migrate")
    open_register(register.folder, passphrase=PASSPHRASE).close()


def test_migrations_know_nothing_of_the_program_of_today() -> None:
    for script in (SCRIPTS / "versions").glob("*.py"):
        names = {name.partition(".")[0] for name in _imported(script)}
        assert names - sys.stdlib_module_names <= {"alembic", "sqlalchemy"}, script.name


def test_of_departures_before_the_register_kept_what_decides_nothing_is_guessed(register: Register) -> None:
    programme = leavers.programme(register)
    stays = [leavers.stay(register, programme, number) for number in ("K-0001", "K-0002")]
    plans = [leavers.plan(register, each) for each in stays]
    for plan_id in plans:
        leavers.check_all(register, plan_id)
    register.perform(endings.depart, plan_id=plans[0])
    key, database = _key(register), register.folder / "register.db"
    register.close()
    migration.downgrade(database, key, "0004")
    migration.upgrade(database, key)
    with open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock) as again:
        with pytest.raises(Refused) as refused:
            again.perform(endings.depart, plan_id=plans[1])
        assert len(refused.value.reasons) == len(SEALED_CHECKS)
        assert not again.perform(endings.undo, stay_id=stays[0], reason="a mistake").value, "which bed is not known"
        with again.read() as snapshot:
            assert queries.of_stay(snapshot, stay_id=stays[0]).ended is None


def test_plans_their_checks_and_what_holds_them_survive_the_way_down_and_up(register: Register) -> None:
    programme = leavers.programme(register)
    for number in ("K-0012", "K-0013"):
        leavers.check_all(register, leavers.plan(register, leavers.stay(register, programme, number)))
    before, schema = _rows(register), _schema(register)
    key, database = _key(register), register.folder / "register.db"
    register.close()
    migration.downgrade(database, key, "0017")
    migration.upgrade(database, key)
    with open_register(register.folder, passphrase=PASSPHRASE) as again:
        assert _rows(again) == before
        assert _schema(again) == schema
        assert again.verified().problem is None


def test_the_plan_of_an_arrival_that_was_taken_back_is_not_lost_on_the_way_down(register: Register) -> None:
    stay = leavers.stay(register, leavers.programme(register))
    leavers.check_all(register, leavers.plan(register, stay))
    register.perform(corrections.take_back, stay_id=stay, reason="the brother")
    before = _rows(register)
    key, database = _key(register), register.folder / "register.db"
    register.close()
    with pytest.raises(RuntimeError, match="broke 1 references"):
        migration.downgrade(database, key, "0017")
    assert migration.revision(database, key) == migration.HEAD
    with open_register(register.folder, passphrase=PASSPHRASE) as again:
        assert _rows(again) == before


def test_what_an_earlier_konak_kept_in_clear_is_sealed(register: Register) -> None:
    programme = builders.programme(register)
    resident = builders.resident(register)
    register.perform(
        builders.put, row=ProposedList(programme_id=programme, code="L1", received_on=date(2026, 6, 1), file_hash="a")
    )
    register.perform(
        builders.put,
        row=Candidate(list_id=1, programme_id=programme, row_number=1, family_name="Gjoni", languages=[], doubts=[]),
    )
    key, database = _key(register), register.folder / "register.db"
    needs = box(b"a wheelchair".ljust(64, b"\0"), register.facility.seal, b"konak sealed text")  # as it was then
    register.close()
    migration.downgrade(database, key, "0006")
    connection = engine.connect(database, key)
    connection.execute("UPDATE candidates SET needs = ?", (needs,))
    for statement in (
        """UPDATE candidates SET notes = '[{"column": "Claim", "value": "Zzyzx 1"}, {"column": "X", "value": "y"}]'""",
        """UPDATE proposed_lists SET notes = '["Total: Zzyzx 2"]'""",
        "UPDATE residents SET notes = 'Zzyzx 3'",
    ):
        connection.execute(statement)
    connection.close()
    migration.upgrade(database, key)
    with open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock) as again:
        assert builders.sealed_texts(again) == [(resident, SealedKind.UNSORTED, "Zzyzx 3")]
        assert builders.sealed_remarks(again) == [
            (CandidateId(1), "a wheelchair\n\nClaim: Zzyzx 1\nX: y"),
            (None, "Total: Zzyzx 2"),
        ]
        with again.read() as snapshot:
            for (table,) in snapshot.connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'trail'"
            ).all():
                assert "Zzyzx" not in str(snapshot.connection.exec_driver_sql(f'SELECT * FROM "{table}"').all())


def test_a_migration_that_loses_rows_is_undone_whole(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.resident(register, family_name="Ahmadzai")
    key, database = _key(register), register.folder / "register.db"
    register.close()
    migration.downgrade(database, key, "0002")
    monkeypatch.setattr(
        "models.store.search_index.rebuild", lambda connection: connection.exec_driver_sql("DELETE FROM residents")
    )
    with pytest.raises(RuntimeError, match="lost rows"):
        migration.upgrade(database, key)
    assert migration.revision(database, key) == "0002"


def test_a_register_without_a_schema_is_refused_in_words(tmp_path: Path, register: Register) -> None:
    with pytest.raises(Unavailable):
        migration.revision(tmp_path / "nothing.db", _key(register))


def _past_konak(register: Register, *statements: str) -> None:
    """Change a register by SQL, and close it."""
    key = _key(register)
    register.close()
    connection = engine.connect(register.folder / "register.db", key)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def _imported(script: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _forget(register: Register) -> None:
    """Do what the guard of the table of the later migration refuses."""
    with register.write() as unit:
        unit.session.connection().exec_driver_sql("INSERT INTO keepsakes (what) VALUES ('a ring')")
        unit.session.connection().exec_driver_sql("DELETE FROM keepsakes")


def _triggers(register: Register) -> set[str]:
    with register.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {row[0] for row in rows}


def _schema(register: Register) -> dict[str, object]:
    """Everything that the database holds by its name, with its statement."""
    with register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
        return {name: sql for name, sql in found}


def _rows(register: Register) -> dict[str, list[object]]:
    """All rows but those of the trail, which grows with each unlocking, and of the keys, which are made anew."""
    with register.read() as snapshot:
        return {
            name: [tuple(row) for row in snapshot.connection.execute(table.select())]
            for name, table in Base.metadata.tables.items()
            if not name.startswith("trail") and name not in ("users", "key_file")
        }


def _admitted(register: Register, programme: ProgrammeId) -> str:
    """The number that somebody gets who arrives now."""
    arrived = Moment.of(register.clock.now(), register.facility.zone)
    register.perform(
        stays.admit,
        programme_id=programme,
        arrived=arrived,
        person=PersonFacts(family_name="Noori"),
        emergency_reason="-",
    )
    with register.read() as snapshot:
        numbers = snapshot.connection.exec_driver_sql("SELECT number FROM residents ORDER BY id DESC LIMIT 1")
        return str(numbers.scalar_one())


def _counted_by_an_earlier_program(database: Path, key: bytes) -> None:
    """An entry as an earlier program wrote one with each arrival: of a column that is no more."""
    change = {"table": "facility", "id": "1", "before": {"last_number": 3}, "after": {"last_number": 3}}
    old_trail.add(database, key, action="stays.admit", subject="stay:2", changed=[change])


def test_the_number_that_was_given_last_is_carried_over_and_the_trail_says_so(
    tmp_path: Path, clock: FixedClock
) -> None:
    folder, who = tmp_path / "earlier", "S. Krasniqi"
    key, database = earlier.downgraded(folder, "0003"), folder / "register.db"
    for _ in range(2):
        migration.downgrade(database, key, "0003")
        connection = engine.connect(database, key)
        assert connection.execute("SELECT last_number FROM facility").fetchall() == [(3,)]
        connection.close()
        _counted_by_an_earlier_program(database, key)
        migration.upgrade(database, key)
    with open_register(folder, passphrase=earlier.PASSPHRASES[who], person=who, clock=clock) as again:
        assert again.verified().problem is None
        assert _admitted(again, ProgrammeId(1)) == "K-0004"
        assert again.verified().problem is None
        with again.read() as snapshot:
            rows = trail.rows(snapshot, ids=trail.ids(snapshot, user="Konak"))
        assert {(row.what.text, row.whom) for row in rows} == {
            ("Brought the register to a newer version of Konak", again.facility.name)
        }


def test_a_register_of_an_earlier_konak_opens_for_everybody_and_each_gets_a_key_that_signs(tmp_path: Path) -> None:
    folder = earlier.register(tmp_path / "earlier")
    for person, passphrase in earlier.PASSPHRASES.items():
        for _ in range(2):
            with open_register(folder, passphrase=passphrase, person=person, clock=earlier.CLOCK) as opened:
                assert opened.signs
                assert opened.vault.opened.signer is not None
    with open_register(folder, passphrase=earlier.PASSPHRASES["Dr. Hoxha"], person="Dr. Hoxha") as opened:
        assert opened.perform(safeguards.look, note_id=SealedNoteId(1)).value == "Zzyzx fever"
        assert opened.verified().problem is None
