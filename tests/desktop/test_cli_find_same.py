"""`konak find-same` without a file: who in the register may be the same, for who answers for it, and in the trail."""

import json
import shutil
from pathlib import Path

import pytest

from models.errors import Refused
from models.exchange.duplicates import likely_same
from models.exchange.file_kinds import FileKind
from models.rules.birth import BirthDate
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.conftest import PASSPHRASE
from tests.desktop.command import Done, konak
from tests.entries import last


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE) as register:
        builders.programme(register)
        for number, family in enumerate(("Hosseini", "Hussaini", "Kim"), 1):
            birth = BirthDate(1991, 3, 7 if number < 3 else 9)
            builders.resident(register, f"K-000{number}", family_name=family, given_names="Reza", birth=birth)
    return folder


def _find(folder: Path, *arguments: str) -> Done:
    return konak("find-same", *arguments, "--register", str(folder), cwd=folder.parent)


def test_the_pairs_of_the_register_are_printed_with_numbers_births_and_reasons(folder: Path) -> None:
    said = json.loads(_find(folder, "--json").stdout)
    (pair,) = said["pairs"]
    assert (said["residents"], said["found"], said["more"]) == (3, 1, False)
    assert pair["numbers"] == ["K-0001", "K-0002"]
    assert pair["births"] == ["1991-03-07", "1991-03-07"]
    assert pair["reasons"] == ["The same name in another spelling.", "The same birth date."]
    lines = _find(folder).stdout.splitlines()
    assert lines[0].startswith("K-0001 Hosseini, Reza (1991-03-07) and K-0002 Hussaini, Reza (1991-03-07), ")
    with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as snapshot:
        asked = "SELECT count(*) FROM trail WHERE action = 'papers.saved' AND subject = 'data:duplicates'"
        assert snapshot.connection.exec_driver_sql(asked).scalar() == 2


def test_of_an_import_that_is_not_there_it_says_so(folder: Path) -> None:
    done = _find(folder, "--import", "7")
    assert (done.returncode, "This import is not in the register" in done.stderr) == (1, True)


def test_a_clerk_is_refused_and_that_it_was_asked_for_is_an_entry(register: Register) -> None:
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="who may not do this"):
        likely_same(register, FileKind.JSON)
    assert (last(register)["subject"], bool(last(register)["notes"]["refused"])) == ("data:duplicates", True)
