"""Backups of real registers: made while others write, proven, kept and taken away; nothing is left where one fails."""

import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from models.actions import people
from models.clock import FixedClock
from models.errors import Unavailable
from models.rules.backups import name_of
from models.rules.vocabulary import Role
from models.store import backup, engine, integrity, package, staged_keys
from models.store.disk import is_on_network
from models.store.keys import Keys
from models.store.opening import open_register
from models.store.register import Register
from models.store.restore import Restoring
from tests.builders import programme, resident
from tests.conftest import PASSPHRASE, QUICK

AT = datetime(2026, 11, 21, 9, 14, 5, tzinfo=ZoneInfo("Europe/Belgrade"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def _is_clean(register: Register, stick: Path) -> bool:
    return not [*register.folder.glob("*.partial*"), *stick.glob("*.partial*"), *register.folder.glob(".konak*")]


def test_a_backup_is_one_file_of_its_owner_with_three_names(register: Register, stick: Path) -> None:
    resident(register)
    made = backup.make(register.source, stick, AT)
    assert [path.name for path in stick.iterdir()] == ["konak-2026-11-21-091405.konak"]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with ZipFile(made) as archive:
        assert sorted(archive.namelist()) == ["about.json", "keys.json", "register.db"]
        assert archive.read("keys.json") == (register.folder / "keys.json").read_bytes()
        assert b"Berisha" not in archive.read("about.json")
    assert b"SQLite format 3" not in made.read_bytes()
    assert _is_clean(register, stick)


def test_a_backup_is_made_while_another_thread_writes(register: Register, stick: Path) -> None:
    programme(register)
    written: list[int] = []
    ends = threading.Event()

    def write() -> None:
        while not ends.is_set():
            written.append(resident(register, f"K-{len(written) + 1:04}"))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for second in range(5):
            before = len(written)
            made = backup.make(register.source, stick, AT + timedelta(seconds=second))
            with package.opened(made) as packed:
                packed.check_register()
            while len(written) == before and thread.is_alive():
                ends.wait(0.01)
    finally:
        ends.set()
        thread.join()
    assert len(written) >= 5


def test_a_stick_that_is_absent_is_said_in_words(register: Register, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="Plug in the stick"):
        backup.make(register.source, tmp_path / "absent", AT)
    assert _is_clean(register, tmp_path)


@pytest.fixture
def tight(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    folder = tmp_path / "tight"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("only who may mount a small disk can fill one")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_no_space_is_said_in_words_and_leaves_nothing(register: Register, tight: Path) -> None:
    with pytest.raises(Unavailable, match="not enough space"):
        backup.make(register.source, tight, AT)
    assert list(tight.iterdir()) == []
    assert _is_clean(register, tight)


def test_who_cancels_leaves_nothing(register: Register, stick: Path) -> None:
    class Cancelled(Exception):
        pass

    def until(stop: str) -> backup.Tell:
        def tell(_done: int, _total: int, what: str) -> None:
            if what == stop:
                raise Cancelled

        return tell

    for stop in ("Copying the register", "Checking the copy", "Writing the backup", "Reading the backup again"):
        with pytest.raises(Cancelled):
            backup.make(register.source, stick, AT, until(stop))
        assert list(stick.iterdir()) == []
        assert _is_clean(register, stick)


def test_a_register_that_was_tampered_with_gives_no_backup(register: Register, stick: Path) -> None:
    connection = engine.connect(register.folder / engine.FILE_NAME, register.source.key)
    connection.execute("DROP TRIGGER guard_trail_update")
    connection.execute("UPDATE trail SET details = replace(details, 'North', 'South') WHERE number = 1")
    connection.close()
    with pytest.raises(Unavailable, match="changed outside Konak"):
        backup.make(register.source, stick, AT)
    assert list(stick.iterdir()) == []


def test_a_register_whose_tables_were_changed_past_the_trail_gives_no_backup(register: Register, stick: Path) -> None:
    resident(register, family_name="Ahmadzai")
    connection = engine.connect(register.folder / engine.FILE_NAME, register.source.key)
    connection.execute("UPDATE residents SET family_name = 'Other'")
    connection.close()
    with pytest.raises(Unavailable, match="changed outside Konak") as told:
        backup.make(register.source, stick, AT)
    assert [reason.values["table"] for reason in told.value.reasons] == ["residents"]
    assert list(stick.iterdir()) == []


def test_only_what_is_kept_stays_and_nothing_of_others_goes(
    register: Register, empty_register: Path, stick: Path, tmp_path: Path
) -> None:
    first = backup.make(register.source, stick, AT - timedelta(days=400))
    for days in range(399, 0, -1):
        shutil.copy(first, stick / name_of(AT - timedelta(days=days)))
    (stick / "letter.pdf").write_bytes(b"%PDF")
    (stick / "konak-2020-01-01-000000.konak").write_bytes(b"not ours")
    made = backup.make(register.source, stick, AT)
    left = {path.name for path in stick.iterdir()}
    assert {made.name, "letter.pdf", "konak-2020-01-01-000000.konak"} <= left
    assert len(left) <= 2 + 7 + 4 + 12


def test_two_backups_of_one_second_are_two_files(register: Register, stick: Path) -> None:
    first, second = (backup.make(register.source, stick, AT) for _ in range(2))
    assert first != second


def test_a_flipped_byte_anywhere_is_found(register: Register, stick: Path) -> None:
    made = backup.make(register.source, stick, AT)
    whole = made.read_bytes()
    places = {*range(0, 200, 7), *range(0, len(whole), len(whole) // 150), *range(len(whole) - 400, len(whole), 3)}
    for place in sorted(places):
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(Unavailable), package.opened(made) as packed:
            packed.check_register()
    for length in (0, 10, 100, len(whole) // 2, len(whole) - 1):
        made.write_bytes(whole[:length])
        with pytest.raises(Unavailable), package.opened(made):
            pass


def test_a_copy_with_a_flipped_byte_is_not_proven(register: Register, stick: Path) -> None:
    with package.opened(backup.make(register.source, stick, AT)) as packed:
        packed.unpack(stick / "copy.db", lambda _done, _total: None)
    whole = (stick / "copy.db").read_bytes()
    for place in range(20, len(whole), len(whole) // 40):
        (stick / "copy.db").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Unavailable):
            integrity.prove_file(stick / "copy.db", register.source.key)


def _mounts(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_a_share_of_the_network_is_known_from_the_table(tmp_path: Path) -> None:
    table = _mounts(
        tmp_path / "mountinfo",
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        r"30 22 0:40 / /mnt/the\040house rw shared:2 - cifs //server/house rw",
        "31 22 0:41 / /mnt/nfs rw - nfs4 server:/x rw",
        "32 31 8:2 / /mnt/nfs/local rw - ext4 /dev/sdb1 rw",
        "33 22 0:42 / /home/a/far rw - fuse.sshfs a@b: rw",
    )
    for folder, is_far in (
        ("/mnt/the house/register", True),
        ("/mnt/nfs", True),
        ("/mnt/nfs/local/register", False),
        ("/mnt/nfsx", False),
        ("/home/a/far/register", True),
        ("/home/a/register", False),
    ):
        assert is_on_network(Path(folder), table) is is_far
    assert not is_on_network(Path("/mnt/nfs"), tmp_path / "absent")


def test_on_the_network_the_register_has_no_write_ahead_log(
    register: Register, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, key = register.folder / engine.FILE_NAME, register.source.key
    register._engine.dispose()  # noqa: SLF001 - the mode is changed only while nobody else has the file open

    def mode() -> str:
        connection = engine.connect(database, key)
        try:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
        finally:
            connection.close()

    assert mode() == "wal"
    monkeypatch.setattr(engine, "is_on_network", lambda _folder: True)
    engine.prepare(database, key)
    assert mode() == "delete"
    backup.make(register.source, stick, AT)
    resident(register)
    register._engine.dispose()  # noqa: SLF001 - as above
    monkeypatch.undo()
    engine.prepare(database, key)
    assert mode() == "wal"


def test_what_a_power_cut_left_is_taken_away_a_day_later(register: Register, stick: Path) -> None:
    old, new = stick / ".konak-backup-a.partial", stick / ".konak-backup-b.partial"
    for left in (old, new):
        left.touch()
    os.utime(old, (0, 0))
    backup.make(register.source, stick, AT)
    assert not old.exists()
    assert new.exists()


def test_keys_that_could_not_take_their_place_yet_are_in_the_backup(
    register: Register, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program holds keys.json at the commit: the copy has the new slot, and needs the keys that know it."""
    user = register.perform(people.add, name="S", role=Role.SUPERVISOR, passphrase="a first passphrase").value
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if self.name == staged_keys.NEXT_NAME:
            raise PermissionError(13, "held")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    register.perform(people.reset_passphrase, user_id=user, passphrase="a second passphrase")
    made = backup.make(register.source, stick, AT)
    monkeypatch.undo()
    with Restoring(made, tmp_path / "again") as restoring:
        restoring.open("a second passphrase", "S")
        restoring.put()
    open_register(tmp_path / "again", person="S", passphrase="a second passphrase", stretch=QUICK).close()


def test_keys_of_others_give_no_backup(register: Register, stick: Path) -> None:
    register.perform(people.add, name="S", role=Role.SUPERVISOR, passphrase="a first passphrase")
    keys = Keys.load(register.folder)
    keys.without(keys.slot("S").id).save(register.folder)
    with pytest.raises(Unavailable, match="do not belong to the people"):
        backup.make(register.source, stick, AT)
    assert list(stick.iterdir()) == []


def test_a_restored_copy_takes_no_backup_away_that_holds_more(
    register: Register, clock: FixedClock, stick: Path, tmp_path: Path
) -> None:
    old = backup.make(register.source, stick, AT - timedelta(days=10))
    resident(register, "K-0001")
    live = backup.make(register.source, stick, AT)
    with Restoring(old, tmp_path / "look") as restoring:
        restoring.open(PASSPHRASE)
        restoring.put()
    with open_register(tmp_path / "look", passphrase=PASSPHRASE, clock=clock, stretch=QUICK) as copy:
        backup.make(copy.source, stick, AT + timedelta(hours=1))
    assert live.exists()
    later = backup.make(register.source, stick, AT + timedelta(hours=2))
    assert later.exists()
    assert not live.exists()  # the register itself takes away what is of the same day
