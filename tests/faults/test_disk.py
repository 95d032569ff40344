"""The disk is full, read-only or gone: said in the clerk's words, and nothing is lost."""

import gc
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from desktop import cli, logs
from desktop.settings import Settings
from models.actions import people
from models.clock import FixedClock
from models.errors import Unavailable
from models.exchange.delimited import read_delimited
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.ids import ProgrammeId
from models.rules.vocabulary import Role
from models.store import migration
from models.store.files import write_private
from models.store.keys import Keys
from models.store.opening import create_register, open_register
from models.store.register import Register
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.faults.disks import fill, small_disk, write_protect
from tests.faults.told import Told

FULL = "disk (of the register )?is full"
FREE_SOME = "Free some space"
A = "A. Berisha"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "stick", megabytes=8) as mounted:
        yield mounted


@pytest.fixture
def folder(disk: Path, empty_register: Path) -> Path:
    return Path(shutil.copytree(empty_register, disk / "register"))


def opened(folder: Path) -> Register:
    return open_register(folder, passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK)


def names(register: Register) -> set[str]:
    with register.read() as snapshot:
        return set(snapshot.connection.exec_driver_sql("SELECT number FROM residents").scalars())


def prove(folder: Path, expected: set[str]) -> None:
    """What was acknowledged is there, nothing else, and the trail tells all of it."""
    with opened(folder) as register:
        assert names(register) == expected
        with register.read() as snapshot:
            told = Told()
            told.read_on(snapshot.connection)
            told.compare(snapshot.connection)
            assert snapshot.connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]


def admit_until_full(register: Register, first: int = 0) -> tuple[set[str], Unavailable]:
    done: set[str] = set()
    for number in range(first, first + 3000):
        try:
            builders.resident(register, f"K-{number:05}", notes="x" * 3000)
        except Unavailable as error:
            return done, error
        done.add(f"K-{number:05}")
    raise AssertionError("the disk is not full yet")


@pytest.mark.parametrize("room", [0, 4096, 40_000, 300_000])
def test_a_full_disk_while_saving_loses_nothing_that_was_acknowledged(disk: Path, folder: Path, room: int) -> None:
    with opened(folder) as register:
        builders.resident(register, "K-9999")
        filler = fill(disk, but=room)
        done, error = admit_until_full(register)
        assert re.search(FULL, str(error))
        assert FREE_SOME in str(error)
        # What is there can still be read, and the second try says the same.
        assert names(register) == {"K-9999"} | done
        more, error = admit_until_full(register, first=5000)
        assert re.search(FULL, str(error))
        filler.unlink()
        builders.resident(register, "K-9998")
    prove(folder, {"K-9999", "K-9998"} | done | more)


def test_a_full_disk_when_the_register_is_closed_and_opened(disk: Path, folder: Path) -> None:
    with opened(folder) as register:
        filler = fill(disk)
        done, _error = admit_until_full(register)
    # Closing has laid the write-ahead log aside, which frees a little.
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    with pytest.raises(Unavailable, match=FULL):
        opened(folder).close()
    filler.unlink()
    prove(folder, done)


def test_an_import_that_fills_the_disk_brings_nothing_in(disk: Path, folder: Path) -> None:
    with opened(folder) as register:
        programme = builders.programme(register)
        rows = [f"N-{n},Ahmadzai{n},2026-07-01,2026-08-01" for n in range(4000)]
        content = "\n".join(["person_id,family_name,entry_date,exit_date", *rows]).encode()
        table = read_delimited(content, name="stays.csv", digest=sha256(content).hexdigest())
        read = read_stays(table, zone=register.facility.zone)
        fill(disk, but=400_000)
        with pytest.raises(Unavailable, match=FULL):
            register.perform(bring_in, programme_id=ProgrammeId(programme), read=read)
        assert names(register) == set()
        (disk / "filler").unlink()
        assert register.perform(bring_in, programme_id=ProgrammeId(programme), read=read).value.stays == 4000


@pytest.mark.parametrize("room", [0, 100_000, 600_000])
def test_a_migration_that_fills_the_disk_leaves_the_older_register(disk: Path, folder: Path, room: int) -> None:
    with opened(folder) as register:
        for number in range(40):
            builders.resident(register, f"K-{number:04}", notes="x" * 3000)
    keys = Keys.load(folder)
    key = keys.slot().open(keys.register_id, PASSPHRASE).register_key
    migration.downgrade(folder / "register.db", key, "0001")
    fill(disk, but=room)
    with pytest.raises(Unavailable, match=FULL):
        opened(folder)
    assert not list(folder.glob("*.partial*"))
    (disk / "filler").unlink()
    assert migration.revision(folder / "register.db", key) == "0001"
    with opened(folder) as register:
        assert names(register) == {f"K-{number:04}" for number in range(40)}


def test_a_paper_that_does_not_fit_leaves_the_file_that_was_there(disk: Path) -> None:
    paper = disk / "report.pdf"
    write_private(paper, b"%PDF-1.7 old")
    fill(disk, but=4096)
    with pytest.raises(Unavailable, match="cannot be saved there"):
        write_private(paper, b"%PDF-1.7 new" * 10_000)
    assert paper.read_bytes() == b"%PDF-1.7 old"
    assert sorted(file.name for file in disk.iterdir()) == ["filler", "report.pdf"]


@pytest.mark.parametrize("room", [0, 30_000, 200_000])
def test_a_register_that_does_not_fit_leaves_nothing_behind(disk: Path, room: int) -> None:
    fill(disk, but=room)
    with pytest.raises(Unavailable) as said:
        create_register(disk / "made", facility="North", administrator="A", passphrase=PASSPHRASE, stretch=QUICK)
    assert re.search(FULL, str(said.value)) or "The folder cannot be made" in str(said.value)
    assert [file.name for file in disk.iterdir()] == ["filler"]


def test_keys_that_do_not_fit_stay_as_they_were(disk: Path, folder: Path) -> None:
    before = (folder / "keys.json").read_bytes()
    with opened(folder) as register:
        fill(disk)
        with pytest.raises(Unavailable):
            register.perform(people.add, name="B", role=Role.ADMINISTRATOR, passphrase="a second passphrase")
        assert (folder / "keys.json").read_bytes() == before
        (disk / "filler").unlink()
        register.perform(people.add, name="B", role=Role.ADMINISTRATOR, passphrase="a second passphrase")
    open_register(folder, person="B", passphrase="a second passphrase", clock=FixedClock(NOON), stretch=QUICK).close()


def test_settings_and_log_on_a_full_disk_cost_nothing_else(disk: Path, tmp_path: Path) -> None:
    fill(disk)
    Settings(language="sq").save(disk / "settings" / "settings.json")
    logs.begin(disk / "log" / "konak.log")
    logs.log.error("a fault in the window")
    logs.begin(tmp_path / "konak.log")
    gc.collect()
    logs.log.error("another fault")
    assert (tmp_path / "konak.log").read_text().count("fault") == 1


def test_a_disk_with_write_protection_is_said_in_words(
    disk: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as register:
        builders.resident(register, "K-0001")
    write_protect(disk, on=True)
    try:
        with pytest.raises(Unavailable, match=r"cannot be written.*allow it"):
            opened(folder)
        with pytest.raises(Unavailable, match="cannot be saved there"):
            write_private(disk / "report.pdf", b"%PDF")
        with pytest.raises(Unavailable, match="The folder cannot be made"):
            create_register(disk / "made", facility="North", administrator="A", passphrase=PASSPHRASE, stretch=QUICK)
        monkeypatch.setenv("KONAK_PASSPHRASE", PASSPHRASE)
        assert cli.main(["figures", "--register", str(folder), "--programme", "US-2025", "--month", "2026-10"]) == 1
        assert_one_line(capsys.readouterr().err)
    finally:
        write_protect(disk, on=False)
    prove(folder, {"K-0001"})


def assert_one_line(said: str) -> None:
    assert said.startswith("konak: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_a_folder_that_is_gone_while_the_register_is_open_loses_nothing(disk: Path, folder: Path) -> None:
    register = opened(folder)
    builders.resident(register, "K-0001")
    folder.rename(disk / "pulled")
    done = {"K-0001"}
    for number in range(2, 30):
        try:
            builders.resident(register, f"K-{number:04}")
        except Unavailable:
            break
        done.add(f"K-{number:04}")  # the system still writes into the file under its new name
    with pytest.raises(Unavailable):
        register.perform(people.add, name="B", role=Role.ADMINISTRATOR, passphrase="a second passphrase")
    register.close()
    with pytest.raises(Unavailable, match="no register in this folder"):
        opened(folder)
    (disk / "pulled").rename(folder)
    prove(folder, done)


def test_a_disk_that_is_pulled_out_is_said_in_words(tmp_path: Path, empty_register: Path) -> None:
    with small_disk(tmp_path / "stick", megabytes=8) as mounted:
        folder = Path(shutil.copytree(empty_register, mounted / "register"))
        register = opened(folder)
        subprocess.run(["umount", "-l", str(mounted)], check=True)
        with pytest.raises(Unavailable):
            register.perform(people.add, name="B", role=Role.ADMINISTRATOR, passphrase="a second passphrase")
        register.close()
        with pytest.raises(Unavailable):
            opened(folder)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(mounted)], check=True)


def test_a_clock_that_was_set_back_is_noticed_and_hinders_nobody(register: Register, clock: FixedClock) -> None:
    builders.resident(register, "K-0001")
    assert not register.clock_lags
    register.close()
    clock.instant -= timedelta(days=3)
    with open_register(register.folder, passphrase=PASSPHRASE, clock=clock, stretch=QUICK) as again:
        assert again.clock_lags
        builders.resident(again, "K-0002")
        assert names(again) == {"K-0001", "K-0002"}
        with again.read() as snapshot:
            said = snapshot.connection.exec_driver_sql(
                "SELECT details FROM trail WHERE action = 'people.unlocked' ORDER BY number DESC LIMIT 1"
            ).scalar_one()
            told = Told()
            told.read_on(snapshot.connection)
            told.compare(snapshot.connection)
    assert '"clock_lags":true' in said
