"""Another key on a disk that has not the room for it: said in words, no entry of it, and the register goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.clock import FixedClock
from models.errors import Unavailable
from models.store import rekey as rekeying
from models.store.opening import open_register
from models.store.recovery import words
from models.store.register import Register
from models.store.rekey import rekey
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK, SHEET
from tests.covering import some
from tests.faults.disks import fill, small_disk
from tests.furnishing import furnished_once


@pytest.fixture(scope="module")
def filled(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed register of some two megabytes, to be copied."""

    def enter(register: Register) -> None:
        for number in range(200):
            builders.resident(register, f"K-{number:04}", notes="x" * 3000)

    return furnished_once(empty_register, tmp_path_factory, enter)[0]


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Iterator[Path]:
    """It on a disk of sixteen megabytes."""
    with small_disk(tmp_path / "stick", megabytes=16) as disk:
        yield Path(shutil.copytree(filled, disk / "register"))


def opened(folder: Path) -> Register:
    return open_register(folder, passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK)


def actions(register: Register) -> list[str]:
    with register.read() as snapshot:
        return list(snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number").scalars())


def goes_on(register: Register, before: list[str], key: bytes) -> None:
    """Nothing was entered, the key is the one of before, and what is done next is done."""
    assert actions(register) == before
    assert register.vault.opened.register_key == key
    builders.resident(register, "K-9999")
    with register.read() as snapshot:
        assert snapshot.connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.parametrize(
    ("room", "looks"),
    [
        *((room, True) for room in some((0, 50_000, 1_500_000, 4_500_000), 2)),
        *((room, False) for room in some((0, 50_000, 500_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000), 2)),
    ],
)
def test_a_disk_that_is_short_is_said_and_nothing_is_changed_or_entered(
    folder: Path, monkeypatch: pytest.MonkeyPatch, room: int, looks: bool
) -> None:
    """Also where somebody else has filled the disk after it was looked at."""
    if not looks:
        monkeypatch.setattr(rekeying, "_check_room", lambda _database: None)
    with opened(folder) as register:
        before, key = actions(register), register.vault.opened.register_key
        filler = fill(folder.parent, but=room)
        try:
            with pytest.raises(Unavailable) as raised:
                rekey(register, words(SHEET))
        finally:
            filler.unlink()
        said = raised.value.message.text
        assert "disk" in said
        assert "damaged" not in said
        assert sorted(each.name for each in folder.glob(".konak-*")) == []
        assert not (folder / "keys.next.json").exists()
        goes_on(register, before, key)
    with opened(folder) as again:
        assert "people.rekey" not in actions(again)
        rekey(again, words(SHEET))
        assert actions(again)[-1] == "people.rekey"
        assert again.vault.opened.register_key != key
    opened(folder).close()
