"""What leaves by a command, and what a command refuses, stands in the trail: before, and whatever ends the process."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.actions import backups, people
from models.errors import Refused, Unavailable
from models.queries import backups as queries
from models.rules.vocabulary import Role
from models.store import backup
from models.store.opening import open_register
from models.store.recovery import words
from models.store.register import Register
from models.store.rekey import rekey
from tests import builders
from tests.conftest import PASSPHRASE, QUICK, SHEET
from tests.covering import times
from tests.desktop.command import ROOT, konak
from ui.backups.making import back_up

OTHER = "a first passphrase"


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with somebody in it, one person of each role, and a place for backups."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    (tmp_path / "stick").mkdir()
    with open_register(at, passphrase=PASSPHRASE, stretch=QUICK) as register:
        programme = builders.programme(register)
        builders.stay(register, builders.resident(register, family_name="Ahmadzai"), programme, date(2026, 7, 1))
        register.perform(backups.add_place, folder=str(tmp_path / "stick"))
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                register.perform(people.add, name=role.value, role=role, passphrase=OTHER, words=words(SHEET))
    return at


def told(folder: Path, refused: bool | None = None) -> list[tuple[str, str]]:
    """The actions and subjects of the trail, but for the unlockings; of all entries, or only where it was refused."""
    with open_register(folder, passphrase=PASSPHRASE, person="A. Berisha") as register, register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql("SELECT action, subject, details FROM trail ORDER BY number").all()
    return [
        (action, subject)
        for action, subject, details in found
        if action != "people.unlocked" and (refused is None or refused == ('"refused"' in details))
    ]


MONTH = ("--programme", "US-2025", "--month", "2026-08")
ROADS = {
    "a draft of a report": (("report", *MONTH, "--language", "en", "--out", "out/a.pdf", "--draft"), "papers.saved"),
    "a list on paper": (("print", "register_extract", "--out", "out/a.pdf"), "papers.saved"),
    "a backup that is carried away": (("backup", "--to", "out"), "backups.taken"),
    "a backup into its place": (("backup",), "backups.begun"),
}


@pytest.mark.parametrize("road", ROADS)
def test_whatever_a_killed_command_leaves_has_an_entry(folder: Path, tmp_path: Path, road: str) -> None:
    arguments, action = ROADS[road]
    (tmp_path / "out").mkdir()
    places, runs = (tmp_path / "out", tmp_path / "stick"), times("KONAK_LEAVING_KILLS", 1, 20)
    before = len([entry for entry in told(folder) if entry[0] == action])
    for _run in range(runs):
        started = subprocess.Popen(
            [sys.executable, "-m", "desktop.cli", *arguments, "--register", str(folder), "--person", "A. Berisha"],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "PYTHONPATH": str(ROOT),
                "KONAK_PASSPHRASE": PASSPHRASE,
            },
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while started.poll() is None and not any(_left(places)) and time.monotonic() < until:
            time.sleep(0.002)
        started.send_signal(signal.SIGKILL)
        assert started.wait() == -signal.SIGKILL
        left = [*_left(places)]
        assert left
        for each in left:
            each.unlink()
    assert len([entry for entry in told(folder) if entry[0] == action]) == before + runs


def _left(places: tuple[Path, ...]) -> Iterator[Path]:
    return (file for place in places for file in place.iterdir())


@pytest.mark.parametrize(
    ("role", "arguments", "entry"),
    [
        (Role.INSPECTOR, ("backup", "--to", "stick"), ("backups.made", "")),
        (Role.INSPECTOR, ("backup",), ("backups.made", "")),
        (Role.HEALTH_LEGAL, ROADS["a list on paper"][0], ("papers.saved", "paper:register_extract")),
        (Role.CLERK, ("print", "trail", "--out", "out/a.pdf"), ("papers.saved", "paper:trail")),
        (Role.HEALTH_LEGAL, ("figures", *MONTH), ("papers.saved", "month:US-2025 2026-08")),
        (Role.CLERK, ("import", "stays", "stays.csv", "--programme", "US-2025"), ("import_stays.bring_in", "")),
        (
            Role.CLERK,
            ("import", "stays", "stays.csv", "--programme", "US-2025", "--dry-run"),
            ("import_stays.bring_in", ""),
        ),
        (
            Role.INSPECTOR,
            ("import", "list", "stays.csv", "--programme", "US-2025", "--dry-run"),
            ("import_lists.bring_in", ""),
        ),
    ],
)
def test_what_a_command_refuses_to_a_role_is_an_entry_and_nothing_leaves(
    folder: Path, tmp_path: Path, role: Role, arguments: tuple[str, ...], entry: tuple[str, str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "stays.csv").write_text("person_id,entry_date,exit_date\nP1,2026-07-01,\n", encoding="utf-8")
    done = konak(*arguments, "--register", "register", "--person", role.value, cwd=tmp_path, passphrase=OTHER)
    assert done.returncode == 1
    assert "may not do this" in done.stderr
    assert done.stdout == ""
    assert told(folder, refused=True) == [entry]
    assert [*_left((tmp_path / "out", tmp_path / "stick"))] == []


@pytest.mark.parametrize(("person", "said"), [("clerk", "may not do this"), ("A. Berisha", "recovery sheet")])
def test_another_key_that_is_refused_is_an_entry(folder: Path, person: str, said: str) -> None:
    passphrase = PASSPHRASE if person == "A. Berisha" else OTHER
    with (
        open_register(folder, passphrase=passphrase, person=person, stretch=QUICK) as register,
        pytest.raises(Refused, match=said),
    ):
        rekey(register)
    assert told(folder, refused=True) == [("people.rekey", "facility:1")]


def test_no_backup_is_made_that_cannot_be_entered(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(backup, "make", lambda *arguments: made.append(arguments))

    def full(*_: object, **__: object) -> None:
        raise Unavailable("The disk is full.")

    with open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", stretch=QUICK) as register:
        with register.read() as snapshot:
            found = queries.backups(snapshot).places
        monkeypatch.setattr(Register, "perform", full)
        (result,) = back_up(register, found)
    assert result.error is not None
    assert made == []
