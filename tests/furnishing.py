"""Registers with something in them that are made once, and copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from models.clock import FixedClock
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import NOON, PASSPHRASE, QUICK

T = TypeVar("T")


def furnished_once(empty: Path, folders: pytest.TempPathFactory, furnish: Callable[[Register], T]) -> tuple[Path, T]:
    """A closed register with what a function puts into an empty one, and what the function gives.

    Args:
        empty: The closed register that it begins with.
        folders: Where it is to lie.
        furnish: Fills it, at `NOON`.
    """
    folder = Path(shutil.copytree(empty, folders.mktemp("furnished") / "register"))
    with open_register(folder, passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK) as register:
        return folder, furnish(register)
