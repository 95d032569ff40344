"""Another key for the register: everybody still comes in, the old key opens nothing, no crash locks anybody out."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.actions import people
from models.errors import Refused, Unavailable
from models.rules.vocabulary import Role
from models.store import engine as engines
from models.store import integrity, rekey, staged_keys
from models.store.keys import Keys
from models.store.opening import create_register, open_register, recover_register
from models.store.recovery import words
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.conftest import PASSPHRASE, QUICK

SECRET = b"fedcba9876543210"
OTHER = "another passphrase"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Register]:
    made = create_register(
        tmp_path / "house", facility="N", administrator="Adm", passphrase=PASSPHRASE, stretch=QUICK, secret=SECRET
    )
    with made as register:
        builders.resident(register, family_name="Ahmadzai")
        register.perform(people.add, name="Sup", role=Role.SUPERVISOR, passphrase=OTHER, words=words(SECRET))
        yield register


def _key(folder: Path) -> bytes:
    keys = Keys.load(folder)
    return keys.slot("Adm").open(keys.register_id, PASSPHRASE).register_key


def _all_come_in(folder: Path) -> None:
    for person, passphrase in (("Adm", PASSPHRASE), ("Sup", OTHER)):
        with open_register(folder, passphrase=passphrase, person=person, stretch=QUICK) as register:
            assert register.verified().problem is None
            assert register.can_unseal == (person == "Sup")
            with register.read() as snapshot:
                assert snapshot.connection.exec_driver_sql("SELECT family_name FROM residents").scalar() == "Ahmadzai"
    recovered = shutil.copytree(folder, folder.with_name(f"{folder.name}-recovered"))
    with recover_register(recovered, secret=SECRET, person="Adm", passphrase="a new one", stretch=QUICK) as register:
        assert register.verified().problem is None


def test_everybody_comes_in_with_the_new_key_and_the_old_one_opens_nothing(house: Register) -> None:
    before = _key(house.folder)
    rekey.rekey(house, words(SECRET))
    builders_row = house.perform(people.add, name="Sup 2", role=Role.SUPERVISOR, passphrase=OTHER).value
    assert builders_row
    house.close()
    assert _key(house.folder) != before
    assert not engines.opens(house.folder / engines.FILE_NAME, before)
    assert [file.name for file in house.folder.iterdir() if "partial" in file.name] == []
    _all_come_in(house.folder)


def test_only_who_holds_the_seal_or_has_the_sheet_may_and_who_may_not_leaves_an_entry(house: Register) -> None:
    house.perform(people.add, name="Clerk", role=Role.CLERK, passphrase=OTHER)
    before = _key(house.folder)
    for wrong in ("", words(b"0" * 16)):
        with pytest.raises(Refused):
            rekey.rekey(house, wrong)
    house.close()
    with open_register(house.folder, passphrase=OTHER, person="Clerk", stretch=QUICK) as clerk:
        with pytest.raises(Refused, match="Ask"):
            rekey.rekey(clerk, words(SECRET))
        with clerk.read() as snapshot:
            last = snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number DESC LIMIT 1").scalar()
    assert last == "people.rekey"
    assert _key(house.folder) == before
    with open_register(house.folder, passphrase=OTHER, person="Sup", stretch=QUICK) as supervisor:
        rekey.rekey(supervisor)
    assert _key(house.folder) != before
    _all_come_in(house.folder)


def test_it_is_refused_while_somebody_else_reads(house: Register) -> None:
    second = open_register(house.folder, passphrase=OTHER, person="Sup", for_reading=True)
    with second, second.read() as snapshot:
        snapshot.connection.exec_driver_sql("SELECT count(*) FROM residents").scalar()
        with pytest.raises(Unavailable, match="open"):
            rekey.rekey(house, words(SECRET))
    house.close()
    _all_come_in(house.folder)


class _Crash(BaseException):
    """The computer goes off: nothing after it runs, not even what would clean up."""


AT = {
    "copied": (engines, "copy"),
    "the keys laid": (staged_keys, "lay"),
    "proven": (integrity, "prove_file"),
    "in its place": (UnitOfWork, "take_over"),
}
"""Which step of `rekey.rekey` is the last to be done; the last is not done any more."""


@pytest.mark.parametrize("step", AT)
def test_a_crash_at_any_step_locks_nobody_out(
    house: Register, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is kept as it stood at the step, and opened from there."""
    kept = tmp_path / "kept"

    def keep(after: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object) -> object:
            value = None if step == "in its place" else after(*arguments)
            if not kept.exists():
                shutil.copytree(house.folder, kept)
                raise _Crash
            return value

        return run

    with monkeypatch.context() as patched:
        module, name = AT[step]
        patched.setattr(module, name, keep(getattr(module, name)))
        with pytest.raises(_Crash):
            rekey.rekey(house, words(SECRET))
    house.close()
    for lock in ("register.lock", "holder.json"):
        (kept / lock).unlink(missing_ok=True)
    before = _key(kept)
    _all_come_in(kept)
    assert (_key(kept) != before) is (step == "in its place")
    assert not (kept / staged_keys.NEXT_NAME).exists()
