"""Roll calls, decisions and records at arrival from the command line: what the window can, a script can."""

import io
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

HEAD = "No,A number,Last name,First name,Date of birth\n"


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A house of three: K-0012, K-0013 and K-0014."""
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE) as register:
        programme = builders.programme(register, "US-2025")
        for number in ("K-0012", "K-0013", "K-0014"):
            builders.stay(register, builders.resident(register, number), programme, date(2026, 6, 26))
    return folder


def run(folder: Path, *arguments: str) -> Done:
    return konak(*arguments, "--register", str(folder), cwd=folder.parent)


def told(folder: Path, *arguments: str) -> Any:
    done = run(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_house_is_counted_at_two_doors_and_signed(folder: Path) -> None:
    assert "Begin one first" in run(folder, "roll-call", "here", "K-0012").stderr
    assert run(folder, "roll-call", "begin", "--part", "House A").stdout == "Roll call 1 began.\n"
    assert run(folder, "roll-call", "here", "12", "K-0013").stdout == "1 person is not counted yet.\n"
    gone = run(folder, "roll-call", "not-here", "K-0014", "--counter", "T. Gashi", "--part", "House B")
    assert gone.stdout == "1 person was not found.\n"
    assert run(folder, "roll-call", "close").returncode == 1
    people = {each["number"]: each["standing"] for each in told(folder, "roll-call", "show")["people"]}
    assert people == {"K-0012": "counted", "K-0013": "counted", "K-0014": "missing"}
    said = ("--as", "reported", "--words", "to the police, 21:40")
    assert run(folder, "roll-call", "answer", "K-0014", *said).returncode == 0
    assert run(folder, "roll-call", "close", "--remark", "quiet").stdout == "Roll call 1 is signed.\n"
    (call,) = told(folder, "roll-call", "list")
    assert (call["counted"], call["missing"], call["is_open"], call["counted_by"][1]) == (2, 1, False, "T. Gashi")
    assert run(folder, "roll-call", "take-back", "1", "--reason", "an exercise").returncode == 0


def test_candidates_are_decided_on_with_reasons_and_taken_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "US-02.csv"
    file.write_text(HEAD + "1,A-1,Noori,Ali,1980-02-03\n2,A-2,Gashi,Besa,1990-03-04\n", encoding="utf-8")
    assert run(folder, "import", "list", str(file), "--programme", "US-2025").returncode == 0
    assert [each["state"] for each in told(folder, "decide", "US-02")] == ["proposed", "proposed"]
    assert "option --as" in run(folder, "decide", "US-02", "A-1").stderr
    assert "exactly one candidate A-9" in run(folder, "decide", "US-02", "A-9", "--as", "held").stderr
    said = ("--reason", "no place", "--decided-by", "V. Gashi")
    done = run(folder, "decide", "US-02", "a1", "2", "--as", "refused", *said)
    assert done.stdout == "Decided on 2: refused.\n", done.stderr
    assert [each["state"] for each in told(folder, "decide", "US-02")] == ["refused", "refused"]
    assert run(folder, "decide", "US-02", "A-2", "--take-back", "another person").stdout == "Taken back on 1.\n"
    assert [each["state"] for each in told(folder, "decide", "US-02")] == ["refused", "proposed"]


def test_what_is_on_record_of_an_arrival_is_entered_told_and_taken_back(folder: Path) -> None:
    entered = run(folder, "arrival", "K-0012", "--enter", "needs", "kind=diet", "detail=no pork")
    assert entered.stdout == "Entered: needs 1.\n", entered.stderr
    rights = ("languages=prs,en", "explained_by=B. Hoxha", "explained=2026-06-26T10:00", "signature=signed")
    entered = run(folder, "arrival", "K-0012", "--enter", "rights_talks", *rights)
    assert entered.stdout == "Entered: rights_talks 1.\n", entered.stderr
    found = told(folder, "arrival", "K-0012")
    assert [(each["part"], each["values"].get("detail")) for each in found["entries"]] == [
        ("rights_talks", None), ("needs", "no pork"),
    ]  # fmt: skip
    assert "There are: " in run(folder, "arrival", "K-0012", "--enter", "nothing").stderr
    assert "diet" in run(folder, "arrival", "K-0012", "--enter", "needs", "kind=food").stderr
    elsewhere = run(folder, "arrival", "K-0012", "--take-back", "needs 7", "--reason", "of another")
    assert (elsewhere.returncode, "not on record of the last arrival of K-0012" in elsewhere.stderr) == (1, True)
    assert run(folder, "arrival", "K-0012", "--take-back", "needs 1", "--reason", "of another").returncode == 0
    assert [each["part"] for each in told(folder, "arrival", "K-0012")["entries"]] == ["rights_talks"]


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("health_checks", ["step=held", "done=2026-06-26", "by_whom=A nurse", "found=Zzyzx fever"]),
        ("injury_reports", ["looked_on=2026-06-26", "looked_by=A nurse", "found=Zzyzx bruise"]),
        ("needs", ["kind=pregnancy", "detail=-"]),
        ("needs", ["kind=-", "detail=Zzyzx month 5"]),
    ],
)
def test_what_is_sealed_is_not_typed_in_the_command_and_is_given_on_the_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, part: str, fields: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pregnancy\n"))
    refused = run(folder, "arrival", "K-0012", "--enter", part, *fields)
    assert (refused.returncode, "=- and give it on the standard input" in refused.stderr) == (1, True)
    assert "Zzyzx" not in refused.stderr
    sealed = ("found=", "kind=", "detail=") if part == "needs" else ("found=",)
    given = [f"{each.partition('=')[0]}=-" if each.startswith(sealed) else each for each in fields]
    lines = "pregnancy\nZzyzx month 5\n" if part == "needs" else "Zzyzx found,\nthen more\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    done = run(folder, "arrival", "K-0012", "--enter", part, *given)
    assert done.stdout == f"Entered: {part} 1.\n", done.stderr


def test_fewer_lines_than_fields_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pregnancy"))
    refused = run(folder, "arrival", "K-0012", "--enter", "needs", "kind=-", "detail=-")
    assert (refused.returncode, "one for each field" in refused.stderr) == (1, True)
