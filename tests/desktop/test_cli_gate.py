"""The gate from the command line: what the window can, a script can."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.rules.vocabulary import Regime
from models.store.opening import open_register
from tests import builders
from tests.actions.test_gate import keep_gate
from tests.conftest import PASSPHRASE
from tests.desktop.command import Done, konak


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A house that keeps a gate: K-0012 of an open programme, K-0013 detained."""
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE) as register:
        keep_gate(register)
        for number, regime in (("K-0012", Regime.OPEN), ("K-0013", Regime.DETAINED)):
            programme = builders.programme(register, number, regime=regime)
            builders.stay(register, builders.resident(register, number), programme, date(2026, 6, 26))
    return folder


def _gate(folder: Path, *arguments: str) -> Done:
    return konak("gate", *arguments, "--register", str(folder), cwd=folder.parent)


def _list(folder: Path) -> dict[str, list[dict[str, Any]]]:
    done = _gate(folder, "list")
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def test_out_and_in_by_the_number(folder: Path) -> None:
    assert _gate(folder, "out", "12").stdout == "K-0012 is out.\n"
    assert [(row["number"], row["kind"]) for row in _list(folder)["out"]] == [("K-0012", "out")]
    again = _gate(folder, "out", "K-0012")
    assert (again.returncode, "already away" in again.stderr) == (1, True)
    assert _gate(folder, "in", "K-0012").stdout == "K-0012 is back.\n"
    assert _list(folder)["out"] == []
    assert "K-0012 is not away." in _gate(folder, "in", "K-0012").stderr
    assert "Nobody on the roll has the number K-9." in _gate(folder, "out", "K-9").stderr


def test_who_is_detained_goes_under_escort_or_by_a_leave_that_is_called_off_too(folder: Path) -> None:
    alone = _gate(folder, "out", "13", "--reason", "a tooth")
    assert (alone.returncode, "nobody goes out alone" in alone.stderr) == (1, True)
    planned = ("plan", "13", "--kind", "court", "--from", "2027-01-04T09:00", "--due", "2027-01-04T18:00")
    assert "is planned." in _gate(folder, *planned, "--reason", "a hearing").stdout
    (leave,) = _list(folder)["leaves"]
    assert (leave["number"], leave["from"], leave["kind"]) == ("K-0013", "2027-01-04T09:00+01:00", "court")
    assert _gate(folder, "call-off", str(leave["leave"]), "--reason", "put off").returncode == 0
    assert _list(folder)["leaves"] == []
    guarded = ("--escort", "B. Krasniqi", "--reason", "a tooth", "--kind", "hospital", "--place", "Clinic")
    assert _gate(folder, "out", "13", *guarded).stdout == "K-0013 is out.\n"
    (out,) = _list(folder)["out"]
    assert (out["escort"], out["place"], out["overdue"]) == ("B. Krasniqi", "Clinic", False)
