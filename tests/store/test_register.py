"""The register on disk: what it keeps, what it refuses, what stays closed."""

import json
import shutil
import stat
from pathlib import Path

import pytest
from argon2.exceptions import HashingError

from models.actions import people, rooms
from models.clock import FixedClock
from models.entities.residents import Family
from models.errors import Refused, Unavailable
from models.ids import ResidentId
from models.rules.people import EVERYBODY
from models.rules.vocabulary import Role
from models.store import engine, migration, search, trail
from models.store.declaring import action
from models.store.keys import Keys, Opened, Slot
from models.store.opening import create_register, open_register
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.conftest import PASSPHRASE, QUICK


def _key(register: Register) -> bytes:
    keys = Keys.load(register.folder)
    return keys.slot().open(keys.register_id, PASSPHRASE).register_key


def test_nothing_written_is_readable_on_disk(register: Register) -> None:
    builders.resident(register, "K-0012", family_name="Zzyzxahmadzai")
    builders.resident(register, "K-0013", family_name="Qqwertynoori")
    for file in register.folder.iterdir():
        content = file.read_bytes().lower()
        assert b"zzyzx" not in content
        assert b"qqwerty" not in content
        assert not content.startswith(b"sqlite format")


def test_only_the_owner_may_read_the_files(register: Register) -> None:
    made = register.folder.parent / "made"
    create_register(made, facility="North", administrator="A", passphrase="p", stretch=QUICK).close()
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in made.iterdir()} == {0o600}


def test_a_wrong_passphrase_is_refused_beside_its_field(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        open_register(register.folder, passphrase="another")
    assert refused.value.field == "passphrase"


def test_a_passphrase_is_the_same_however_its_letters_are_composed() -> None:
    composed, decomposed = "shtëpia e \u00e7elur", "shte\u0308pia e c\u0327elur"
    assert QUICK.key(composed, b"0123456789abcdef") == QUICK.key(decomposed, b"0123456789abcdef")


def test_a_slot_whose_fields_were_exchanged_does_not_open(register: Register) -> None:
    path = register.folder / "keys.json"
    content = json.loads(path.read_text())
    content["slots"][0]["label"] = "Somebody else"
    path.write_text(json.dumps(content))
    with pytest.raises(Refused):
        open_register(register.folder, passphrase=PASSPHRASE)


def test_several_people_can_each_hold_a_slot(register: Register) -> None:
    keys = Keys.load(register.folder)
    key = _key(register)
    second, _ = Slot.make(keys.register_id, "B. Krasniqi", "another passphrase", Opened(key, None), QUICK)
    Keys(keys.register_id, (*keys.slots, second)).save(register.folder)
    again = Keys.load(register.folder)
    assert again.slot("B. Krasniqi").open(again.register_id, "another passphrase").register_key == key
    assert again.slot("A. Berisha").open(again.register_id, PASSPHRASE).register_key == key
    with pytest.raises(Refused):
        again.slot()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"format": 1}',
        b'{"format": 1, "register": "x", "slots": []}',
        b'{"format": 1, "register": "x", "slots": [1]}',
    ],
)
def test_a_damaged_keys_file_is_said_in_words(register: Register, content: bytes) -> None:
    (register.folder / "keys.json").write_bytes(content)
    with pytest.raises(Unavailable, match=r"keys\.json"):
        open_register(register.folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("kdf", "memory_kib", -1),
        ("kdf", "memory_kib", 10**12),
        ("kdf", "memory_kib", float("inf")),
        ("kdf", "rounds", 0),
        ("kdf", "rounds", 10**18),
        ("kdf", "lanes", 10**6),
        ("kdf", "salt", ""),
        ("cipher", "nonce", ""),
        ("cipher", "wrapped", "AAAA"),
    ],
)
def test_a_slot_that_no_konak_has_made_is_said_in_words(
    register: Register, part: str, name: str, value: object
) -> None:
    path = register.folder / "keys.json"
    content = json.loads(path.read_text())
    content["slots"][0][part][name] = value
    path.write_text(json.dumps(content))
    with pytest.raises(Unavailable, match=r"keys\.json"):
        open_register(register.folder, passphrase=PASSPHRASE)


def test_too_little_memory_for_the_passphrase_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", fail)
    with pytest.raises(Unavailable, match="memory"):
        QUICK.key("a passphrase", b"0123456789abcdef")


def test_an_empty_file_in_place_of_the_register_is_said_in_words(register: Register) -> None:
    register.close()
    (register.folder / "register.db").write_bytes(b"")
    with pytest.raises(Unavailable, match="damaged"):
        open_register(register.folder, passphrase=PASSPHRASE)


def test_a_folder_without_a_register_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no register in this folder"):
        open_register(tmp_path, passphrase=PASSPHRASE)


def test_a_folder_that_holds_something_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        create_register(tmp_path, facility="North", administrator="A", passphrase="p", stretch=QUICK)
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_making_a_register_touches_nothing_that_lies_beside_it(tmp_path: Path) -> None:
    beside = tmp_path / "made.partial"
    beside.mkdir()
    (beside / "letter.txt").write_text("mine")
    create_register(tmp_path / "made", facility="North", administrator="A", passphrase="p", stretch=QUICK).close()
    assert (beside / "letter.txt").read_text() == "mine"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["made", "made.partial"]


def test_a_register_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(migration, "upgrade", full)
    with pytest.raises(Unavailable):
        create_register(tmp_path / "made", facility="North", administrator="A", passphrase="p", stretch=QUICK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "loop/below", "file/below"])
def test_a_place_where_no_register_can_be_is_said_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Unavailable, match="cannot be made"):
        create_register(tmp_path / name, facility="North", administrator="A", passphrase="p", stretch=QUICK)


def test_another_file_in_place_of_the_register_is_said_in_words(register: Register) -> None:
    register.close()
    (register.folder / "register.db").write_bytes(b"%PDF-1.4 " * 1000)
    with pytest.raises(Unavailable, match="damaged"):
        open_register(register.folder, passphrase=PASSPHRASE)


def test_a_newer_register_is_refused(register: Register) -> None:
    connection = engine.connect(register.folder / "register.db", _key(register))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Unavailable, match="newer Konak"):
        open_register(register.folder, passphrase=PASSPHRASE)


def test_an_older_register_is_copied_then_brought_up_with_its_data(register: Register, clock: FixedClock) -> None:
    builders.resident(register, "K-0012", family_name="Ahmadzai")
    key, database = _key(register), register.folder / "register.db"
    register.close()
    migration.downgrade(database, key, "0001")
    before = database.with_name("older.db")
    shutil.copy(database, before)
    with open_register(register.folder, passphrase=PASSPHRASE, clock=clock) as opened, opened.read() as snapshot:
        assert search.find(snapshot.connection, "ahmad") == [ResidentId(1)]
    kept = database.with_name(f"register-before-{migration.HEAD}.db")
    assert migration.revision(kept, key) == "0001"


@action("tests.fail_halfway", roles=EVERYBODY, told="")
def fail_halfway(unit: UnitOfWork) -> None:
    unit.session.add(Family(name="Rahmani"))
    unit.session.flush()
    raise ZeroDivisionError


def test_an_error_in_an_action_leaves_nothing_behind(register: Register) -> None:
    with register.read() as snapshot:
        before = trail.head(snapshot.connection)
    with pytest.raises(ZeroDivisionError):
        register.perform(fail_halfway)
    with register.read() as snapshot:
        assert snapshot.connection.exec_driver_sql("SELECT count(*) FROM families").scalar_one() == 0
        assert trail.head(snapshot.connection) == before


def test_the_trail_begins_with_the_making_of_the_register(register: Register) -> None:
    with register.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql("SELECT number, user, action, details FROM trail LIMIT 1").fetchall()
    ((number, user, action, content),) = rows
    assert (number, user, action) == (1, "A. Berisha", "setup.create")
    assert '"name":"Reception Centre North"' in content


def test_who_was_removed_meanwhile_does_not_come_to_write(register: Register, clock: FixedClock) -> None:
    user = register.perform(people.add, name="S", role=Role.SUPERVISOR, passphrase="a first passphrase").value
    second = open_register(register.folder, person="S", passphrase="a first passphrase", clock=clock, stretch=QUICK)
    assert second.holder is not None
    register.perform(people.remove, user_id=user)
    register.close()
    with pytest.raises(Refused, match="may not open"):
        second.take_writing()
    assert second.holder is not None
    with pytest.raises(Refused, match="may not open"):
        second.perform(rooms.add_room, name="99")
    with open_register(register.folder, passphrase=PASSPHRASE, clock=clock, stretch=QUICK) as again:
        assert again.holder is None  # nobody is kept from writing
    second.close()
