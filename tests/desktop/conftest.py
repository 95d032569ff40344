"""The registers and files on which the command is tried."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from models.actions import people, programmes
from models.rules.vocabulary import Role
from models.store.opening import open_register
from tests.conftest import PASSPHRASE


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with one programme, in the folder that commands are run in."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    with open_register(at, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", window_start=date(2018, 1, 1))
    return at


@pytest.fixture
def stays(tmp_path: Path) -> Path:
    """A small file of stays, one of which overlaps another."""
    file = tmp_path / "stays.csv"
    rows = [
        "stay_id,person_id,entry_date,exit_date",
        "S1,P1,2019-01-01,2019-01-05",
        "S2,P2,2019-01-03,",
        "S3,P1,2019-01-04,2019-01-09",
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def shared(folder: Path) -> Path:
    """A register of two people."""
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(people.add, name="D. Hoxha", role=Role.SUPERVISOR, passphrase=PASSPHRASE)
    return folder
