"""The life of a month from the command line: looked through, issued, sent, corrected, taken back."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.store.opening import open_register
from tests import builders
from tests.conftest import PASSPHRASE
from tests.desktop.command import Done, konak
from tests.reports import certificates

OF = ("--programme", "US-2025", "--month", "2026-10")


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A house into which somebody came in October 2026."""
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE) as register:
        programme = builders.programme(register)
        builders.stay(register, builders.resident(register, "K-0012"), programme, date(2026, 10, 2))
    return folder


def _month(folder: Path, step: str, *arguments: str) -> Done:
    of = OF[:2] if step == "list" else OF
    return konak("month", step, *of, *arguments, "--register", str(folder), cwd=folder.parent)


def _shown(folder: Path) -> dict[str, Any]:
    done = _month(folder, "show")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_month_goes_from_open_to_sent_and_back(folder: Path) -> None:
    told = _shown(folder)
    assert (told["state"], told["issued"], told["sent"]) == ("open", [], [])
    assert {"what": "sex", "number": "K-0012", "said": "Sex not known. Counted as not known."} in told["doubts"]
    early = _month(folder, "sent", "--way", "post", "--to", "The embassy")
    assert (early.returncode, "konak report" in early.stderr) == (1, True)
    assert "points still open: " in _month(folder, "check", "--remark", "asked at the border").stdout
    assert _shown(folder)["looked_through"]["remark"] == "asked at the border"
    assert _month(folder, "open-again", "--reason", "by mistake").stdout == "2026-10 is open again.\n"
    paper = ("--language", "en", "--out", "paper.pdf", "--register", str(folder))
    assert konak("report", *OF, *paper, cwd=folder.parent).returncode == 0
    done = _month(folder, "sent", "--way", "post", "--to", "The embassy")
    assert done.stdout == "It is entered as sending 1 that 2026-10 was sent.\n"
    assert _month(folder, "correct-sent", "1", "--receipt", "No. 7", "--reason", "it has come").returncode == 0
    told = _shown(folder)
    assert (told["state"], told["sent"][0]["receipt"], told["sent"][0]["to"]) == ("sent", "No. 7", "The embassy")
    listed = json.loads(_month(folder, "list").stdout)
    assert next(row for row in listed if row["month"] == "2026-10")["state"] == "sent"
    assert _month(folder, "take-back-sent", "1", "--reason", "another month").returncode == 0
    told = _shown(folder)
    assert (told["state"], told["sent"][0]["taken_back"]) == ("issued", "another month")
    wrong = _month(folder, "correct-sent", "9", "--reason", "it has come")
    assert (wrong.returncode, "no sending 9" in wrong.stderr) == (1, True)


def test_a_report_is_signed_verified_and_sent_encrypted(folder: Path) -> None:
    at = folder.parent
    said = at / "said.txt"
    said.write_text("a good one\n", encoding="utf-8")
    where = ("--register", str(folder))
    key = str(certificates.key_file(at))
    done = konak("certificate", "set", key, "--certificate-passphrase-file", str(said), *where, cwd=at)
    assert done.returncode == 0, done.stderr
    assert [row["signs"] for row in json.loads(done.stdout)] == [True]
    paper = ("--language", "en", "--out", "paper.pdf", *where)
    assert konak("report", *OF, *paper, cwd=at).returncode == 0
    refused = _month(folder, "sign")  # an administrator cannot open the key
    assert (refused.returncode, "You are here as" in refused.stderr) == (1, True)
    alone = konak("verify", "paper.pdf", cwd=at)
    assert (alone.returncode, "belong together" in alone.stdout) == (0, True)
    closing = ("--out", "closed.pdf", "--report-passphrase-file")
    sent = ("sent", "--way", "email", "--to", "The embassy")
    said.write_text("password1\n", encoding="utf-8")
    weak = _month(folder, *sent, *closing, str(said))
    assert (weak.returncode, "easily guessed" in weak.stderr) == (1, True)
    said.write_text("four moles under one lamp\n", encoding="utf-8")
    done = _month(folder, *sent, *closing, str(said))
    assert done.returncode == 0, done.stderr
    assert _shown(folder)["sent"][0]["protection"] == "passphrase"
    closed = konak("verify", "closed.pdf", cwd=at)
    assert (closed.returncode, "attached" in closed.stderr) == (1, True)
    gone = konak("certificate", "remove", "--reason", "another office", *where, cwd=at)
    assert [row["signs"] for row in json.loads(gone.stdout)] == [False]
