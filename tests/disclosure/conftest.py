"""What tests of disclosure begin with."""

import shutil
from pathlib import Path

import pytest

from models.clock import FixedClock
from models.store.opening import open_register
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.dialects.doings import Doings
from tests.once import shared


@pytest.fixture(scope="session")
def much_done(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed register in which there is something of all that actions do, to be copied."""

    def make(folder: Path) -> None:
        shutil.copytree(empty_register, folder / "register")
        with open_register(
            folder / "register", passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK
        ) as register:
            doings = Doings(register, folder)
            for area in ("programmes", "rooms", "selection", "stays", "residents", "departures", "months", "backups"):
                getattr(doings, area)()

    return shared(tmp_path_factory, "much-done", make) / "register"
