"""What somebody with the key puts into the database never runs; and a clock that was set back is seen."""

from contextlib import closing
from datetime import timedelta

import pytest

from models.clock import FixedClock
from models.errors import Unavailable
from models.queries import history
from models.store import check, migration
from models.store import engine as engines
from models.store.opening import open_register
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.conftest import PASSPHRASE, QUICK
from tests.entries import last

STEALS = """CREATE TRIGGER "it's ""theirs"" " AFTER INSERT ON {table} BEGIN INSERT INTO loot VALUES ('got it'); END"""
"""Copies what is entered, or would change it; the name is one that nobody quotes well by chance."""


def past_konak(register: Register, *statements: str, downgraded_to: str = "") -> None:
    key = register.source.key
    register.close()
    if downgraded_to:
        migration.downgrade(register.folder / engines.FILE_NAME, key, downgraded_to)
    with closing(engines.connect(register.folder / engines.FILE_NAME, key)) as connection:
        for statement in statements:
            connection.execute(statement)


def reopened(register: Register) -> Register:
    return open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock, stretch=QUICK)


def loot(register: Register) -> int:
    with register.read() as snapshot:
        return int(snapshot.connection.exec_driver_sql("SELECT count(*) FROM loot").scalar_one())


def said(register: Register) -> list[str]:
    found = check.check(register.source, register.verified, taken_out=register.strangers)
    return [translator("en").render(finding.said) for finding in found]


@pytest.mark.parametrize("table", ["trail", "residents", "users"])
def test_a_trigger_of_a_stranger_is_taken_out_before_anything_is_written(register: Register, table: str) -> None:
    past_konak(register, "CREATE TABLE loot (what TEXT)", STEALS.format(table=table))
    with reopened(register) as again:
        builders.resident(again)
        assert loot(again) == 0
        assert again.strangers == ['trigger it\'s "theirs" ']
        assert last(again, "action = 'people.unlocked'")["notes"]["strangers"] == again.strangers
        assert [text.partition(": ")[2] for text in said(again)] == ['trigger it\'s "theirs" .', "table loot."]
        assert again.verified().problem is None
    with reopened(register) as again:
        assert again.strangers == []


@pytest.mark.parametrize("name", ["theirs", "guard_theirs", "guard_trail_update"])
@pytest.mark.parametrize("is_older", [False, True])
def test_a_register_that_pretends_to_be_of_another_version_hides_no_trigger(
    register: Register, name: str, is_older: bool
) -> None:
    past_konak(
        register,
        "CREATE TABLE loot (what TEXT)",
        "DROP TRIGGER IF EXISTS guard_trail_update",
        f"CREATE TRIGGER {name} BEFORE UPDATE OF id ON trail BEGIN INSERT INTO loot VALUES ('got it'); END",
        "PRAGMA user_version = 7",
        downgraded_to="0008" if is_older else "",
    )
    with reopened(register) as again:
        assert again.strangers == [f"trigger {name}"]
        assert last(again, "action = 'people.unlocked'")["notes"]["strangers"] == again.strangers


def test_a_guard_of_another_version_is_replaced_without_a_word(register: Register) -> None:
    past_konak(
        register,
        "DROP TRIGGER guard_stay_inside_update",
        "CREATE TRIGGER guard_of_old BEFORE UPDATE OF id ON stays WHEN NEW.id = 0 "
        "BEGIN SELECT RAISE(ABORT, 'konak: stay inside'); END",
        "PRAGMA user_version = 7",
    )
    with reopened(register) as again:
        assert again.strangers == []
        assert said(again) == []


def test_a_guard_that_was_changed_is_as_a_stranger(register: Register) -> None:
    past_konak(
        register,
        "CREATE TABLE loot (what TEXT)",
        "DROP TRIGGER guard_trail_update",
        "CREATE TRIGGER guard_trail_update AFTER INSERT ON trail BEGIN INSERT INTO loot VALUES ('got it'); END",
    )
    with reopened(register) as again:
        assert again.strangers == ["trigger guard_trail_update"]
        assert loot(again) == 0


def test_a_view_in_the_place_of_a_table_is_not_run(register: Register) -> None:
    builders.resident(register)
    past_konak(
        register,
        "PRAGMA legacy_alter_table = ON",
        "ALTER TABLE reviews RENAME TO reviews_of_yesterday",
        "CREATE VIEW reviews AS SELECT * FROM reviews_of_yesterday",
    )
    with pytest.raises(Unavailable, match="Restore the last backup"):
        reopened(register)


def test_what_is_put_up_while_the_register_is_open_stops_the_next_writing(register: Register) -> None:
    builders.resident(register)
    with closing(engines.connect(register.folder / engines.FILE_NAME, register.source.key)) as connection:
        connection.execute("CREATE TABLE loot (what TEXT)")
        connection.execute(STEALS.format(table="residents"))
        with pytest.raises(Unavailable, match="not of Konak"):
            builders.resident(register, "K-0013")
        assert loot(register) == 0
        assert any("trigger" in text for text in said(register))
        connection.execute('DROP TRIGGER "it\'s ""theirs"" "')
    builders.resident(register, "K-0013")


def test_indexes_and_tables_of_strangers_are_named(register: Register) -> None:
    past_konak(register, "CREATE TABLE more (x)", "CREATE INDEX quick ON residents (family_name)")
    with reopened(register) as again:
        assert [text.partition(": ")[2] for text in said(again)] == ["table more.", "index quick."]


def test_what_is_entered_under_a_clock_that_was_set_back_is_marked(register: Register, clock: FixedClock) -> None:
    person = builders.resident(register)
    clock.instant -= timedelta(hours=3)
    builders.resident(register, "K-0013")
    assert last(register)["notes"]["clock_lags"] is True
    register.close()
    with reopened(register) as again:
        assert again.clock_lags is False  # the entry before was made under the same clock
        clock.instant -= timedelta(minutes=4)
        builders.resident(again, "K-0014")
        assert "clock_lags" not in last(again)["notes"]
        clock.instant -= timedelta(days=2)
        builders.resident(again, "K-0015")
        assert again.verified().problem is None
        with again.read() as snapshot:
            assert history.of_resident(snapshot, resident_id=person) is not None
