"""What every test may use: a real register on disk, made once and copied, and a clock that stands."""

import gc
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, create_engine, event

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.garbage import collect, collect_seldom
from models.changes import Outcome
from models.clock import FixedClock
from models.entities.base import kinds_of
from models.entities.people import KeyFile, User
from models.errors import Unavailable
from models.rules.people import EVERYBODY
from models.store import engine, opening
from models.store.declaring import Action, action
from models.store.keys import Stretch
from models.store.opening import create_register, open_register
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests.builders import SHEET as SHEET  # where tests of windows and commands look for it
from tests.dealing import dealt

PASSPHRASE = "a passphrase for tests"
QUICK = Stretch(memory_kib=1024, rounds=1, lanes=1)
NOON = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)
"""21 November 2026, 09:14 in Belgrade: the day of the drawings."""

PATIENCE = 120_000
"""Milliseconds: how long a test waits at most for what it is sure of, on the slowest machine."""
for _waits in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitExposed, QtBot.waitActive):
    _waits.__kwdefaults__["timeout"] = PATIENCE  # type: ignore[index]  # five seconds are too few where the machine has other things to do

settings.register_profile("konak", deadline=None, max_examples=60)
settings.load_profile("konak")


@pytest.fixture(autouse=True)
def _collects_garbage_between_events(request: pytest.FixtureRequest) -> Iterator[None]:
    """A window lives as in the program: what is garbage is collected afterwards, and never within an event."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _notices_wait_for_the_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine a notice goes before the next key is pressed; when it goes by itself is a test of its own."""
    if "qapp" in request.fixturenames:
        from ui.kit.notices import Toast

        monkeypatch.setattr(Toast, "STAYS", 3_600_000)


@pytest.fixture(autouse=True)
def _keeps_apart_what_a_workstation_has_seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Registers of tests are copies of one: what is seen of one of them is not held against another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / f"state-{os.urandom(8).hex()}"))
        yield


_WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \"?(?!trail|search)(\w+)")
_written = threading.local()


@event.listens_for(Engine, "before_cursor_execute")
def _note_what_is_written(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    writes = _WRITES.match(statement)
    if writes is not None:
        _written.tables = {*getattr(_written, "tables", ()), writes[1]}


@pytest.fixture(autouse=True, scope="session")
def _pages_hear_of_what_was_written() -> Iterator[None]:
    """After every action of every test: the kinds that it says it changed are those of the tables that it wrote."""
    perform = Register.perform

    def watched(self: Register, action: Any, /, *args: Any, **values: Any) -> Outcome[Any]:
        _written.tables = set()
        outcome = perform(self, action, *args, **values)
        if isinstance(action, Action) and not action.name.startswith("tests."):
            assert outcome.changes == kinds_of(_written.tables), (action.name, _written.tables)
        return outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Register, "perform", watched)
        yield


_STATEMENTS = 5_000
"""More than all tests together make."""


@pytest.fixture(autouse=True, scope="session")
def _statements_are_made_once() -> Iterator[None]:
    """Each test opens a register of its own: what SQLAlchemy compiles for one of them serves all."""
    first = dict[str, Engine]()

    def made(*args: Any, **options: Any) -> Engine:
        new = create_engine(*args, query_cache_size=_STATEMENTS, **options)
        shared = first.setdefault("engine", new)
        new.dialect = new.pool._dialect = shared.dialect  # noqa: SLF001 - there is no public way
        new._compiled_cache = shared._compiled_cache  # noqa: SLF001
        return new

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", made)
        yield


@pytest.fixture(autouse=True, scope="session")
def _passphrases_are_stretched_quickly() -> Iterator[None]:
    """Where nobody says how: it is slow on purpose, half a second on all cores."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Stretch", lambda: QUICK)
        yield


@action("tests.let_seal", roles=EVERYBODY, told="")
def let_seal(unit: UnitOfWork) -> None:
    """Have the one person of a test's register count as somebody who can read what is sealed, and has made the sheet.

    A second person would be one more who opens it, and would end that the administrator stands in for all.
    """
    unit.session.get_one(User, 1).may_unseal = True
    unit.session.get_one(KeyFile, 1).recovery_by = unit.person.id


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at `NOON` until a test moves it."""
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed register without programmes, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "register"
    made = create_register(
        folder,
        facility="Reception Centre North",
        administrator="A. Berisha",
        passphrase=PASSPHRASE,
        letterhead="Republic of Kosovo · Ministry of Internal Affairs",
        clock=FixedClock(datetime(2025, 6, 1, 8, 0, tzinfo=UTC)),
        stretch=QUICK,
        secret=SHEET,
    )
    with made:
        made.perform(let_seal)
    return folder


_TAMPERS = {"store", "faults"}
"""Folders of tests that change a register past Konak themselves."""


@pytest.fixture
def register(
    request: pytest.FixtureRequest, empty_register: Path, tmp_path: Path, clock: FixedClock
) -> Iterator[Register]:
    """An open register of one's own, without programmes, or with the people of `furnished` where a test asks for them.

    When the test is over the trail tells of all that was written. What an action writes past the trail would be taken
    for a change from outside Konak.
    """
    folder = tmp_path / "register"
    furnished = "furnished" in request.fixturenames
    shutil.copytree(request.getfixturevalue("furnished")[0] if furnished else empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE, clock=clock) as opened:
        yield opened
        if not _TAMPERS.intersection(request.path.parts):
            with suppress(Unavailable):  # the test has closed it
                assert opened.verified().problem is None


_building: list[subprocess.Popen[bytes]] = []


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, since a window waits for a part of its time."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where all tests run in several processes, begin with the demonstration, so that none has to wait for it long."""
    is_whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if is_whole and session.config.getoption("numprocesses", None):
        folder = session.config._tmp_path_factory.getbasetemp() / "demonstration"  # type: ignore[attr-defined]  # noqa: SLF001 - no fixture is there yet
        told = [sys.executable, "-m", "tests.demonstration", str(folder), NOON.isoformat()]
        _building.append(subprocess.Popen(told, cwd=Path(__file__).parents[1]))


def pytest_collection() -> None:
    """Begin to load the tests; until all are there nothing is garbage, and looking for it takes a fifth of the time."""
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes a minute: a process that comes to it last leaves the other cores idle."""
    shares = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = dealt(
        items,
        shares,
        is_long=lambda item: item.get_closest_marker("long") is not None,
        waits=lambda item: "demonstration" in getattr(item, "fixturenames", ()),
    )


def pytest_collection_finish() -> None:
    """What was loaded until here stays to the end: looking through it again for garbage takes longer than a test."""
    gc.collect()
    gc.freeze()
    collect_seldom()
    gc.enable()


def pytest_sessionfinish() -> None:
    """Wait for what was begun."""
    for each in _building:
        each.wait()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register of `NOON`, closed, not to be changed.

    It is built once for all processes of a run, and each has a copy of its own: what one opens, another cannot copy.
    """
    from tests.demonstration import built

    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return built(root / "demonstration", FixedClock(NOON))
    own = root / "demonstration"
    shutil.copytree(built(root.parent / "demonstration", FixedClock(NOON)), own)
    return own


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the project; a test that needs it is skipped where it is not."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data is not beside the project")
    return folder
