"""kill -9 at each step of a change of who may open the register: keys.json and the database agree afterwards.

Random kills seldom fall into the few microseconds between the two, so here the process ends itself there.
"""

import os
import shutil
import signal
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.actions import people
from models.clock import FixedClock
from models.errors import Refused
from models.rules.vocabulary import Role
from models.store import staged_keys
from models.store.keys import Keys
from models.store.opening import create_register, open_register, recover_register
from models.store.recovery import words
from models.store.register import Register
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.covering import is_turn

SECRET, OTHER_SECRET = bytes(range(16)), bytes(range(1, 17))
OLD, NEW = "the first passphrase of B", "the second passphrase of B"
A, B, C = "A. Berisha", "B. Krasniqi", "C. Hoxha"
STEPS = {"before the keys": False, "keys laid": False, "committed": True, "done": True}
"""Where the process ends, and whether the change holds then."""
Who = tuple[str, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "register"
    with create_register(
        folder,
        facility="North",
        administrator=A,
        passphrase=PASSPHRASE,
        clock=FixedClock(NOON),
        stretch=QUICK,
        secret=SECRET,
    ) as register:
        register.perform(people.add, name=B, role=Role.ADMINISTRATOR, passphrase=OLD)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "register"))


def opened(folder: Path, person: str, passphrase: str) -> Register:
    return open_register(folder, person=person, passphrase=passphrase, clock=FixedClock(NOON), stretch=QUICK)


def opens(folder: Path, who: Who) -> bool:
    (folder / "attempts.json").unlink(missing_ok=True)
    try:
        opened(folder, *who).close()
    except Refused:
        return False
    return True


def number_of(register: Register, person: str) -> Any:
    with register.read() as snapshot:
        return snapshot.connection.execute(text("SELECT id FROM users WHERE name = :name"), {"name": person}).scalar()


def killed_at(step: str, work: Callable[[], object]) -> None:
    """Do the work in a child that ends at one step of it."""
    child = os.fork()
    if child == 0:
        try:
            _set_trap(step)
            work()
            _die()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _set_trap(step: str) -> None:
    lay = staged_keys.lay

    def laid_and_gone(folder: Path, keys: Keys) -> None:
        lay(folder, keys)
        _die()

    match step:
        case "before the keys":
            staged_keys.lay = _die  # type: ignore[assignment]
        case "keys laid":
            staged_keys.lay = laid_and_gone
        case "committed":
            staged_keys.take_over = _die  # type: ignore[assignment]


def add(register: Register) -> None:
    register.perform(people.add, name=C, role=Role.ADMINISTRATOR, passphrase=NEW)


def reset(register: Register) -> None:
    register.perform(people.reset_passphrase, user_id=number_of(register, B), passphrase=NEW)


def remove(register: Register) -> None:
    register.perform(people.remove, user_id=number_of(register, B))


def change_own(register: Register) -> None:
    register.perform(people.change_passphrase, old=PASSPHRASE, new=NEW)


CHANGES: tuple[tuple[Callable[[Register], None], tuple[Who, ...], tuple[Who, ...]], ...] = (
    (reset, ((B, OLD),), ((B, NEW),)),
    (add, (), ((C, NEW),)),
    (remove, ((B, OLD),), ()),
    (change_own, ((A, PASSPHRASE),), ((A, NEW),)),
)
ORDERS = ("before", "after")


@pytest.mark.parametrize(
    ("step", "work", "before", "after", "first"),
    [
        (step, *change, first)
        for place, (step, first) in enumerate(product(STEPS, ORDERS))
        for at, change in enumerate(CHANGES)
        if is_turn(first, ORDERS, place // len(ORDERS) + at)
    ],
)
def test_a_change_of_people_holds_whole_or_not_at_all(
    folder: Path,
    step: str,
    work: Callable[[Register], None],
    before: tuple[Who, ...],
    after: tuple[Who, ...],
    first: str,
) -> None:
    """Whichever passphrase is tried first: what was, or what was to be; by turns, or with `KONAK_LONG=1` each."""
    killed_at(step, lambda: work(opened(folder, A, PASSPHRASE)))
    held = STEPS[step]
    tries = [*before, *after] if first == "before" else [*after, *before]
    found = {who: opens(folder, who) for who in tries}
    assert found == {who: (who in after) is held for who in tries}
    somebody = (A, NEW) if held and work is change_own else (A, PASSPHRASE)
    assert opens(folder, somebody)
    assert {who: opens(folder, who) for who in tries} == found
    assert not (folder / staged_keys.NEXT_NAME).exists()
    everybody = {A, B, C} if work is add and held else {A} if work is remove and held else {A, B}
    assert {slot.label for slot in Keys.load(folder).slots} == everybody


@pytest.mark.parametrize("step", STEPS)
def test_the_words_of_one_recovery_sheet_always_open(folder: Path, step: str) -> None:
    def work() -> None:
        register = opened(folder, A, PASSPHRASE)
        register.perform(people.make_recovery_sheet, secret=OTHER_SECRET, number="0000AAAA", words=words(SECRET))

    killed_at(step, work)
    opened(folder, A, PASSPHRASE).close()
    keys = Keys.load(folder)
    holds, void = (OTHER_SECRET, SECRET) if STEPS[step] else (SECRET, OTHER_SECRET)
    keys.recovered(holds)
    with pytest.raises(Refused):
        keys.recovered(void)


@pytest.mark.parametrize("step", STEPS)
def test_whoever_recovers_can_do_it_again(folder: Path, step: str) -> None:
    def work() -> None:
        recover_register(folder, secret=SECRET, person=A, passphrase=NEW, clock=FixedClock(NOON), stretch=QUICK)

    killed_at(step, work)
    third = "a third passphrase"
    recover_register(folder, secret=SECRET, person=A, passphrase=third, clock=FixedClock(NOON), stretch=QUICK).close()
    assert opens(folder, (A, third))
    assert not opens(folder, (A, NEW))
    assert not opens(folder, (A, PASSPHRASE))
    assert opens(folder, (B, OLD))


def test_a_change_that_fails_at_its_end_leaves_the_keys_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay = staged_keys.lay

    def laid_and_failed(at: Path, keys: Keys) -> None:
        lay(at, keys)
        raise ZeroDivisionError

    with opened(folder, A, PASSPHRASE) as register:
        monkeypatch.setattr(staged_keys, "lay", laid_and_failed)
        with pytest.raises(ZeroDivisionError):
            reset(register)
        monkeypatch.undo()
        assert opens_beside(folder, (B, OLD))
        add(register)
    assert opens(folder, (B, OLD))
    assert opens(folder, (C, NEW))


def opens_beside(folder: Path, who: Who) -> bool:
    """Whether somebody can read while another writes: what is under way there is not settled here."""
    with opened(folder, *who) as register:
        return register.holder is not None


def test_keys_that_another_program_holds_are_changed_when_it_lets_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder, A, PASSPHRASE) as register:
        monkeypatch.setattr(staged_keys, "take_over", lambda _folder: False)
        reset(register)
        add(register)
        monkeypatch.undo()
        change_own(register)
    assert opens(folder, (B, NEW))
    assert opens(folder, (C, NEW))
    assert opens(folder, (A, NEW))
    assert not opens(folder, (B, OLD))


@pytest.mark.parametrize("planted", [b"", b"{", b"[" * 100_000, b"\0" * 1000])
def test_what_no_konak_has_laid_there_keeps_nobody_out(folder: Path, planted: bytes) -> None:
    (folder / staged_keys.NEXT_NAME).write_bytes(planted)
    assert opens(folder, (A, PASSPHRASE))


def test_older_keys_that_somebody_lays_there_again_do_not_hold(folder: Path) -> None:
    stolen = (folder / "keys.json").read_bytes()
    with opened(folder, A, PASSPHRASE) as register:
        remove(register)
    (folder / staged_keys.NEXT_NAME).write_bytes(stolen)
    assert not opens(folder, (B, OLD))
    assert opens(folder, (A, PASSPHRASE))
    assert [slot.label for slot in Keys.load(folder).slots] == [A]
