"""The check finds what was spoiled, each thing in words, and finds nothing in a good register."""

from datetime import date

import pytest

from models.entities.rooms import Placement
from models.store import check, engine, guards
from models.store.keys import Keys, Opened, Slot
from models.store.register import Register
from tests.builders import bed, programme, put, resident, stay
from tests.conftest import QUICK


@pytest.fixture
def filled(register: Register) -> Register:
    who = resident(register, family_name="Rahimi", given_names="Farid")
    held = stay(register, who, programme(register), date(2026, 7, 1))
    register.perform(put, row=Placement(stay_id=held, bed_id=bed(register), from_on=date(2026, 7, 1)))
    register.folder.chmod(0o700)
    return register


def _found(register: Register) -> list[str]:
    return [finding.said.text for finding in check.check(register.source, register.verified)]


def _spoil(register: Register, *statements: str) -> None:
    connection = engine.connect(register.folder / engine.FILE_NAME, register.source.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    for name in guards.TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for statement in guards.TRIGGERS.values():
        connection.execute(statement)
    connection.close()


def test_nothing_is_found_in_a_good_register(filled: Register) -> None:
    assert _found(filled) == []


_COPIED = "INSERT INTO {0} ({1}) SELECT {1} FROM {0} LIMIT 1"


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ("UPDATE trail SET details = details || ' ' WHERE number = 2", "trail was changed"),
        ("DELETE FROM trail WHERE number = (SELECT max(number) FROM trail)", "last entries are missing"),
        ("UPDATE placements SET from_on = '2026-06-01'", "before the arrival"),
        ("UPDATE stays SET resident_id = 999", "refer to others"),
        ("DELETE FROM search_words", "search does not find"),
        ("DELETE FROM search_starts", "search does not find"),
        ("UPDATE search_words_data SET block = zeroblob(length(block)) WHERE id > 10", "indexes do not agree"),
        ("UPDATE residents SET family_name = 'Other'", "search does not find"),
        ("UPDATE users SET public = zeroblob(32)", "key of {name}"),
        ("UPDATE users SET is_active = 0", "lets somebody in"),
        (_COPIED.format("placements", "stay_id, bed_id, from_on"), "two people at one time"),
    ],
)
def test_what_was_spoiled_is_found(filled: Register, spoilt: str, said: str) -> None:
    _spoil(filled, spoilt)
    assert any(said in found for found in _found(filled)), _found(filled)


def test_stays_that_overlap_are_found(filled: Register) -> None:
    connection = engine.connect(filled.folder / engine.FILE_NAME, filled.source.key)
    columns = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(stays)").fetchall() if row[1] != "id")
    connection.close()
    _spoil(filled, _COPIED.format("stays", columns))
    assert any("Stays of one person" in found for found in _found(filled))


def test_a_guard_that_is_missing_is_found(filled: Register) -> None:
    connection = engine.connect(filled.folder / engine.FILE_NAME, filled.source.key)
    connection.execute("DROP TRIGGER guard_trail_delete")
    connection.close()
    assert _found(filled) == ["{n} guard of the database is missing or was changed."]


def test_a_flipped_byte_is_found(filled: Register) -> None:
    source = filled.source
    filled.close()
    database = source.folder / engine.FILE_NAME
    whole = bytearray(database.read_bytes())
    whole[len(whole) // 2] ^= 1
    database.write_bytes(whole)
    assert check.check(source, filled.verified)


def test_a_slot_without_a_person_and_open_modes_are_found(filled: Register) -> None:
    keys = Keys.load(filled.folder)
    strange, _ = Slot.make(keys.register_id, "X", "a long passphrase", Opened(bytes(32), None), QUICK)
    keys.put(strange).save(filled.folder)
    (filled.folder / engine.FILE_NAME).chmod(0o644)
    found = _found(filled)
    assert any("lets somebody in" in said for said in found)
    assert any("may read" in said for said in found)


def test_the_search_is_rebuilt(filled: Register) -> None:
    _spoil(filled, "DELETE FROM search_words", "DELETE FROM search_starts")
    assert check.rebuild_search(filled.source) == 1
    assert _found(filled) == []
