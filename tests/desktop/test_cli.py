"""The command line on real registers: what it does, what it refuses in one line, never a traceback."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pypdf import PdfReader

from desktop.cli import main
from desktop.commands.printing import option
from models.actions import people, programmes
from models.errors import Refused, by_reason
from models.rules.papers import FIGURES, Choice, Outgoing, Paper
from models.rules.vocabulary import Role
from models.store.declaring import declared
from models.store.opening import open_register, recover_register
from models.store.recovery import secret_of
from models.text import message, translator
from tests.conftest import PASSPHRASE
from ui.papers.catalogue import MONTHLY_REPORT, PAPERS, REGISTER_EXTRACT, TRAIL

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


SHEET = ("--recovery-sheet", "sheet.pdf")


def konak(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, passphrase: str | None = PASSPHRASE
) -> Done:
    """Run the command as a script would, in this process: no terminal, a home of its own."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, _environment(cwd, env, passphrase), clear=True),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch("getpass.getpass", side_effect=EOFError),
        patch("desktop.cli.protect"),  # it would hold for all tests of this process
    ):
        code = main(arguments)
    assert "fault" not in err.getvalue()
    return Done(code, out.getvalue(), err.getvalue())


def process(
    *arguments: str | bytes, cwd: Path, passphrase: str | None = PASSPHRASE, env: Mapping[str, str] | None = None
) -> Done:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop.cli", *arguments],
        cwd=cwd,
        env=_environment(cwd, env, passphrase),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
        timeout=120,
    )
    assert b"Traceback" not in done.stderr
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _environment(home: Path, env: Mapping[str, str] | None, passphrase: str | None) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        **({"KONAK_PASSPHRASE": passphrase} if passphrase is not None else {}),
        **(env or {}),
    }


def refused(done: Done) -> str:
    """The one line of a refusal."""
    assert done.returncode == 1, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("konak: ")
    return lines[0]


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with one programme, in the folder that commands are run in."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    with open_register(at, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", window_start=date(2018, 1, 1))
    return at


def actions_of(folder: Path) -> list[str]:
    """What the trail of a register says was done, in order, but for the unlockings."""
    with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number")
        return [action for (action,) in found if action != "people.unlocked"]


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


def test_new_makes_a_register_that_only_its_owner_can_read_and_that_opens(tmp_path: Path) -> None:
    done = process(
        "new", "made", "--facility", "Qendra Veriu ë", "--programme", "us-2025", "--programme", "DK-GJILAN",
        "--administrator", "A. Berisha", *SHEET, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Nobody can read sealed notes yet" in done.stderr
    made = tmp_path / "made"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in made.iterdir()} == {0o600}
    with open_register(made, passphrase=PASSPHRASE) as register:
        assert register.facility.name == "Qendra Veriu ë"
        assert register.person.name == "A. Berisha"
    assert (
        konak(
            "figures", "--register", "made", "--programme", "DK-GJILAN", "--month", "2019-01", cwd=tmp_path
        ).returncode
        == 0
    )


def test_new_writes_a_recovery_sheet_whose_words_open_the_register(tmp_path: Path) -> None:
    done = konak("new", "made", "--facility", "C", "--recovery-sheet", "sheet.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "sheet.pdf").stat().st_mode) == 0o600
    said = " ".join(PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text().split())
    cells = re.search(" ".join(rf"{n} ([a-z]+)" for n in range(1, 13)), said)
    assert cells is not None
    secret, new = secret_of(" ".join(cells.groups())), "another passphrase of the test"
    recover_register(tmp_path / "made", secret=secret, person="Administrator", passphrase=new).close()
    open_register(tmp_path / "made", passphrase=new).close()


def test_new_makes_nothing_where_the_recovery_sheet_cannot_be_written(tmp_path: Path) -> None:
    wrong = ["--recovery-sheet", "nowhere/sheet.pdf"]
    assert "cannot be saved" in refused(konak("new", "made", "--facility", "C", *wrong, cwd=tmp_path))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--facility", "C", "--programme", "XX"], "US-2025"),
        (["--facility", "  "], "name of the facility"),
        (["--facility", "C", "--administrator", " "], "name of the person"),
        (["--facility", "C", "--time-zone", "Nowhere"], "time zone"),
    ],
)
def test_new_refuses_before_it_makes_anything(tmp_path: Path, arguments: list[str], said: str) -> None:
    assert said in refused(konak("new", "made", *arguments, *SHEET, cwd=tmp_path))
    assert not (tmp_path / "made").exists()


def test_new_refuses_a_short_passphrase_and_a_folder_that_holds_something(tmp_path: Path) -> None:
    assert "letters" in refused(konak("new", "made", "--facility", "C", *SHEET, cwd=tmp_path, passphrase="short"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    assert "not empty" in refused(konak("new", "full", "--facility", "C", *SHEET, cwd=tmp_path))
    assert [file.name for file in (tmp_path / "full").iterdir()] == ["file"]


def test_new_says_what_to_do_where_it_may_not_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "folder" in refused(konak("new", "file/below", "--facility", "C", *SHEET, cwd=tmp_path))


def test_version_and_help_say_what_they_should(tmp_path: Path) -> None:
    done = konak("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("konak 0.")
    assert "--passphrase-file" in konak("figures", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["new"],
        ["new", "made"],
        ["new", "made", "--facility", "C"],
        ["import"],
        ["import", "people", "x.csv", "--programme", "US-2025"],
        ["import", "stays", "x.csv"],
        ["import", "stays", "x.csv", "--programme", "US-2025", "--map", "no equals"],
        ["figures", "--programme", "US-2025"],
        ["figures", "--programme", "US-2025", "--month", "2019-13"],
        ["figures", "--programme", "US-2025", "--month", "January"],
        ["figures", "--programme", "US-2025", "--month", "2019-1"],
        ["report", "--programme", "US-2025", "--month", "2019-01", "--language", "xx", "--out", "x.pdf"],
        ["--passphrase", "secret"],
        ["figures", "--programme", "US-2025", "--month", "2019-01", "--register", ""],
    ],
)
def test_wrong_usage_is_2(tmp_path: Path, arguments: list[str]) -> None:
    done = konak(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "usage: konak" in done.stderr


def test_figures_of_a_month_are_json_under_the_names_that_were_agreed(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    done = konak("--register", "register", "import", "stays", str(stays), "--programme", "US-2025", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 stays came in." in done.stdout
    assert "row 4" in done.stdout
    assert "S1" in done.stdout
    assert done.stderr == "konak: 1 row could not come in.\n"
    done = konak(
        "figures", "--programme", "US-2025", "--month", "2019-01", cwd=tmp_path, env={"KONAK_REGISTER": str(folder)}
    )
    figures = json.loads(done.stdout)
    assert figures["month"] == "2019-01"
    assert (figures["on_roll_at_start"], figures["admissions"], figures["departures"]) == (0, 2, 1)
    assert (figures["on_roll_at_end"], figures["person_nights"], figures["departed_0_7"]) == (1, 33, 1)
    assert figures["roll_by_night"] == [1, 1, 2, 2, *[1] * 27]
    assert figures["departed_median_nights"] == 4


def test_the_names_of_the_figures_are_those_of_the_real_data(folder: Path, tmp_path: Path, shared_data: Path) -> None:
    done = konak("figures", "--register", str(folder), "--programme", "US-2025", "--month", "2019-01", cwd=tmp_path)
    with (shared_data / "stays" / "nyc-doc-2019-expected-months.csv").open(encoding="utf-8") as file:
        names = next(csv.reader(file))
    assert list(json.loads(done.stdout)) == [*names, "roll_by_night"]


def test_a_dry_run_says_the_same_and_brings_nothing_in(folder: Path, stays: Path, tmp_path: Path) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    dry = konak("import", "stays", str(stays), *to, "--dry-run", cwd=tmp_path)
    assert dry.returncode == 0
    assert "2 stays would come in." in dry.stdout
    figures = konak("figures", *to, "--month", "2019-01", cwd=tmp_path)
    assert json.loads(figures.stdout)["admissions"] == 0


def test_a_dry_run_says_what_the_agreement_does_not_cover_and_where_each_column_goes(
    folder: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    file = tmp_path / "early.csv"
    file.write_text("person no,surname,Emri i babait,arrival,departure\n1,Gashi,Ali,2017-05-01,2017-05-04\n"
                    "2,Noor,Baktash,2018-06-01,\n", encoding="utf-8")  # fmt: skip
    dry = konak("import", "stays", str(file), *to, "--dry-run", cwd=tmp_path)
    assert "1 arrival lies outside the dates of the agreement: row 2." in dry.stdout
    assert "row 2, arrival: '': The agreement admits people from 1 Jan 2018 on." in dry.stdout
    told = json.loads(konak("import", "stays", str(file), *to, "--dry-run", "--json", cwd=tmp_path).stdout)
    assert told["outside_dates"] == {"count": 1, "rows": [{"row": 2}]}
    assert told["beyond_places"] == {"count": 0, "rows": []}
    assert [(each["column"], each["is"]) for each in told["columns"]] == [
        ("person no", "person_id"), ("surname", "family_name"), ("Emri i babait", "sealed"),
        ("arrival", "arrived_on"), ("departure", "departed_on"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["stays", "list"])
def test_a_dry_run_refuses_what_would_be_sealed_for_nobody(folder: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "father.csv"
    file.write_text("person no,surname,Emri i babait,arrival,departure\n1,Gashi,Ali,2019-05-01,\n", encoding="utf-8")
    to = ["--register", str(folder), "--programme", "US-2025", "--dry-run"]
    assert konak("import", kind, str(file), *to, cwd=tmp_path).returncode == 0
    nobodys = tmp_path / "nobodys"
    konak("new", str(nobodys), "--facility", "North", "--administrator", "A. Gashi", *SHEET, cwd=tmp_path)
    with open_register(nobodys, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", window_start=date(2018, 1, 1))
    to[1] = str(nobodys)
    said = refused(konak("import", kind, str(file), *to, cwd=tmp_path))
    assert said.startswith("konak: Nobody can read sealed notes yet")


def test_the_same_file_twice_adds_nothing_and_refused_rows_alone_are_1(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    konak("import", "stays", str(stays), *to, cwd=tmp_path)
    again = konak("import", "stays", str(stays), *to, "--refused", "mend.csv", cwd=tmp_path)
    assert again.returncode == 1
    assert "0 stays came in." in again.stdout
    assert "2 rows were set aside." in again.stdout
    assert "row 2: '': The register has this stay already. It adds nothing." in again.stdout
    mend = tmp_path / "mend.csv"
    assert "S3" in mend.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(mend.stat().st_mode) == 0o600


def test_columns_are_mapped_by_hand_and_the_order_of_day_and_month_is_told(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("who;came;went\nP9;03/04/2019;05/04/2019\n", encoding="utf-8")
    to = ["--register", str(folder), "--programme", "US-2025"]
    mapped = ["--map", "who=person_id", "--map", "came=arrived_on", "--map", "went=departed_on"]
    asked = konak("import", "stays", str(file), *to, *mapped, cwd=tmp_path)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr.splitlines()[0] == "konak: 2 things must be said first."
    assert "--day-order came=dmy" in asked.stderr
    done = konak("import", "stays", str(file), *to, *mapped, "--dates", "dmy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    figures = konak("figures", *to, "--month", "2019-04", cwd=tmp_path)
    assert json.loads(figures.stdout)["roll_by_night"][:5] == [0, 0, 1, 1, 0]
    assert "arrived_on" in refused(konak("import", "stays", str(file), *to, "--map", "who=nobody", cwd=tmp_path))


def test_a_proposed_list_comes_in_once(folder: Path, tmp_path: Path, shared_data: Path) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    file = str(shared_data / "lists" / "US-01.xlsx")
    dry = konak("import", "list", file, *to, "--dry-run", cwd=tmp_path)
    assert "64 candidates would come in." in dry.stdout
    done = konak("import", "list", file, *to, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "64 candidates came in." in done.stdout
    refused(konak("import", "list", file, *to, cwd=tmp_path))


def test_who_is_called_total_comes_in_and_the_row_that_is_set_aside_is_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "named.csv"
    file.write_text(
        "Case no,Name,Sex,Arrival date,Departure date,Nights\n"
        "P1,Sum Sok,F,2019-01-01,2019-01-05,4\nP2,Total Marie,F,2019-01-01,,2\n,Total: 2,,,,6\n",
        encoding="utf-8",
    )
    for kind, came in (("stays", "2 stays came in."), ("list", "2 candidates came in.")):
        done = konak("import", kind, str(file), "--register", str(folder), "--programme", "US-2025", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert came in done.stdout
        assert "1 row was set aside." in done.stdout
        assert "row 4: 'Total: 2 | 6': It is a total: its numbers add up." in done.stdout


def test_a_report_is_issued_once_and_printed_again_to_the_same_bytes(folder: Path, stays: Path, tmp_path: Path) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    konak("import", "stays", str(stays), *to, cwd=tmp_path)
    month = [*to, "--month", "2019-01"]
    for name in ("draft.pdf", "first.pdf", "again.pdf"):
        more = ["--draft"] if name == "draft.pdf" else []
        done = konak("report", *month, "--language", "en", "--out", name, *more, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    draft, first, again = (tmp_path / name for name in ("draft.pdf", "first.pdf", "again.pdf"))
    assert first.read_bytes().startswith(b"%PDF")
    assert first.read_bytes() == again.read_bytes() != draft.read_bytes()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    done = konak("report", *month, "--language", "sq", "--out", "sq.pdf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    nothing = konak("report", *month, "--language", "en", "--out", "x.pdf", "--reason", "why not", cwd=tmp_path)
    assert "Nothing has changed" in refused(nothing)


def test_a_report_that_was_overtaken_says_so_and_is_issued_again_with_a_reason(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    month = [*to, "--month", "2019-01", "--language", "en"]
    konak("report", *month, "--out", "empty.pdf", cwd=tmp_path)
    konak("import", "stays", str(stays), *to, cwd=tmp_path)
    again = konak("report", *month, "--out", "again.pdf", cwd=tmp_path)
    assert again.returncode == 0
    assert "differ" in again.stderr
    revised = konak("report", *month, "--out", "second.pdf", "--reason", "Stays came in late", cwd=tmp_path)
    assert (revised.returncode, revised.stderr) == (0, "")
    assert (tmp_path / "second.pdf").read_bytes() != (tmp_path / "again.pdf").read_bytes()


@pytest.mark.parametrize("out", ["nowhere/x.pdf", ".", "/", "register", "x" * 300])
def test_a_report_that_cannot_be_written_is_refused_before_the_month_is_issued(
    folder: Path, tmp_path: Path, out: str
) -> None:
    month = ["--register", str(folder), "--programme", "US-2025", "--month", "2019-01", "--language", "en"]
    assert "cannot be saved" in refused(konak("report", *month, "--out", out, cwd=tmp_path))
    assert "months.issue" not in actions_of(folder)


def test_rows_that_could_not_be_written_for_mending_stop_an_import_before_it_begins(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder), "--programme", "US-2025", "--refused", "nowhere/mend.csv"]
    assert "cannot be saved" in refused(konak("import", "stays", str(stays), *to, cwd=tmp_path))
    assert "import_stays.bring_in" not in actions_of(folder)


def test_each_paper_that_is_written_is_an_entry_of_the_trail(folder: Path, tmp_path: Path) -> None:
    month = ["--register", str(folder), "--programme", "US-2025", "--month", "2019-01", "--language", "en"]
    for more in (["--draft"], [], []):
        konak("report", *month, "--out", "x.pdf", *more, cwd=tmp_path)
    assert actions_of(folder)[-4:] == ["papers.saved", "months.issue", "papers.saved", "papers.saved"]


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper.is_offered], ids=lambda paper: paper.id)
def test_every_paper_is_printed_by_its_name_and_stands_in_the_trail(
    folder: Path, tmp_path: Path, paper: Paper[Any]
) -> None:
    typed = {Choice.PROGRAMME: "US-2025", Choice.MONTH: "2019-01"}
    chosen = [part for choice in paper.needs for part in (option(choice), typed[choice])]
    for language in ("en", "sr"):
        done = konak(
            "print", paper.id, "--register", str(folder), *chosen, "--language", language, "--out", "x.pdf",
            cwd=tmp_path,
        )  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert stat.S_IMODE((tmp_path / "x.pdf").stat().st_mode) == 0o600
        text = " ".join(PdfReader(tmp_path / "x.pdf").pages[0].extract_text().split())
        assert translator(language)(paper.title) in text
        assert "A. Berisha" in text
    assert actions_of(folder)[-2:] == ["papers.saved", "papers.saved"]


def test_a_paper_holds_what_was_chosen_and_refuses_what_it_does_not_take(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder)]
    konak("import", "stays", str(stays), *to, "--programme", "US-2025", cwd=tmp_path)
    extract = ["print", "register_extract", *to, "--out", "x.pdf", "--language", "en"]
    done = konak(*extract, "--programme", "US-2025", "--from", "2019-01-06", "--until", "2019-02-01", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = " ".join(PdfReader(tmp_path / "x.pdf").pages[0].extract_text().split())
    assert "US-2025, from 6 Jan 2019 to 1 Feb 2019 · 1 stay" in text
    trail = konak("print", "trail", *to, "--resident", "k-0001", "--out", "x.pdf", cwd=tmp_path)
    assert trail.returncode == 0, trail.stderr
    assert "register_extract, monthly_report, trail" in refused(konak("print", "no", *to, "--out", "y", cwd=tmp_path))
    assert "no resident K-99" in refused(konak("print", "trail", *to, "--resident", "K-99", "--out", "y", cwd=tmp_path))
    assert "needs --month" in refused(
        konak("print", "monthly_report", *to, "--programme", "US-2025", "--out", "y", cwd=tmp_path)
    )
    assert "does not take --user" in refused(konak(*extract, "--user", "A", cwd=tmp_path))
    assert konak(*extract, "--from", "6.1.2019", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "y").exists()


@pytest.mark.parametrize("role", list(Role))
def test_the_command_line_lets_out_what_the_role_may_have_and_nothing_else(
    folder: Path, tmp_path: Path, role: Role
) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(people.add, name="Other", role=role, passphrase=PASSPHRASE)
    to = ["--register", str(folder), "--person", "Other"]
    month = ["--programme", "US-2025", "--month", "2019-01"]
    asked: list[tuple[Outgoing, list[str]]] = [
        (REGISTER_EXTRACT, ["print", "register_extract", "--out", "x.pdf"]),
        (TRAIL, ["print", "trail", "--out", "x.pdf"]),
        (MONTHLY_REPORT, ["print", "monthly_report", *month, "--out", "x.pdf"]),
        (MONTHLY_REPORT, ["report", *month, "--draft", "--language", "en", "--out", "x.pdf"]),
        (FIGURES, ["figures", *month]),
    ]
    for what, arguments in asked:
        done = konak(*arguments, *to, cwd=tmp_path)
        left = (tmp_path / "x.pdf").exists() or bool(done.stdout)
        assert left == (role in what.roles) == (done.returncode == 0), (arguments, done)
        if not left:
            assert "Ask:" in refused(done)
        (tmp_path / "x.pdf").unlink(missing_ok=True)
    with open_register(folder, passphrase=PASSPHRASE, person="A. Berisha") as register, register.read() as snapshot:
        entries = snapshot.connection.exec_driver_sql("SELECT details FROM trail WHERE action = 'papers.saved'")
        told = ["refused" in json.loads(content)["notes"] for (content,) in entries]
    assert told == [role not in what.roles for what, _arguments in asked]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--programme", "NO", "--month", "2019-01"], "US-2025"),
        (["--programme", "US-2025", "--month", "9998-12"], "not begun"),
    ],
)
def test_figures_refuse_what_is_not_there(folder: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    assert said in refused(konak("figures", "--register", str(folder), *arguments, cwd=tmp_path))


def test_a_refusal_of_several_is_said_reason_by_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = [("Gul", message("The consent is missing.")), ("Omid", message("The consent is missing."))]
    reasons, whom = by_reason([*found, ("Omid", message("The property must be returned."))])
    refused = Refused(
        "Nobody leaves yet. Something stands against {n} of {all}.", reasons=reasons, whom=whom, n=2, all=3
    )
    with patch("desktop.commands.verify.run", side_effect=refused):
        assert main(["verify"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "konak: Nobody leaves yet. Something stands against 2 of 3.",
        "  The consent is missing.",
        "    Gul; Omid",
        "  The property must be returned.",
        "    Omid",
    ]


def test_a_register_that_is_not_there_or_is_none_is_refused(folder: Path, tmp_path: Path) -> None:
    asked = ["figures", "--programme", "US-2025", "--month", "2019-01"]
    assert "KONAK_REGISTER" in refused(konak(*asked, cwd=tmp_path))
    assert "no register" in refused(konak(*asked, "--register", "nowhere", cwd=tmp_path))
    assert "no register" in refused(konak(*asked, "--register", "x" * 300, cwd=tmp_path))
    (tmp_path / "empty").mkdir()
    assert "keys.json" in refused(konak(*asked, "--register", "empty", cwd=tmp_path))
    (folder / "register.db").write_bytes(b"no database at all" * 100)
    assert "cannot be read" in refused(process(*asked, "--register", str(folder), cwd=tmp_path))
    (folder / "keys.json").write_text("[]")
    assert "keys.json" in refused(konak(*asked, "--register", str(folder), cwd=tmp_path))


def test_the_passphrase_comes_from_a_file_or_the_environment_and_is_never_shown(folder: Path, tmp_path: Path) -> None:
    asked = ["figures", "--register", str(folder), "--programme", "US-2025", "--month", "2019-01"]
    file = tmp_path / "secret"
    file.write_text(PASSPHRASE + "\r\nmore\n", encoding="utf-8-sig", newline="")
    assert konak(*asked, "--passphrase-file", "secret", cwd=tmp_path, passphrase="wrong").returncode == 0
    assert "does not open" in refused(konak(*asked, cwd=tmp_path, passphrase="wrong"))
    assert "empty" in refused(konak(*asked, cwd=tmp_path, passphrase=""))
    assert "no terminal" in refused(process(*asked, cwd=tmp_path, passphrase=None))
    assert "cannot be read" in refused(konak(*asked, "--passphrase-file", "nowhere", cwd=tmp_path))
    assert "cannot be read" in refused(konak(*asked, "--passphrase-file", ".", cwd=tmp_path))
    file.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused(konak(*asked, "--passphrase-file", "secret", cwd=tmp_path))
    file.write_bytes(b"\n")
    assert "empty" in refused(konak(*asked, "--passphrase-file", "secret", cwd=tmp_path))


@pytest.fixture
def shared(folder: Path) -> Path:
    """A register of two people."""
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(people.add, name="D. Hoxha", role=Role.SUPERVISOR, passphrase=PASSPHRASE)
    return folder


def test_where_several_may_open_a_register_it_is_said_who_does(shared: Path, tmp_path: Path) -> None:
    asked = ["figures", "--programme", "US-2025", "--month", "2019-01", "--register", str(shared)]
    window = process("window", "--register", str(shared), cwd=tmp_path, env={"QT_QPA_PLATFORM": "offscreen"})
    for said in (refused(konak(*asked, cwd=tmp_path)), refused(window)):
        assert "--person NAME" in said
        assert "A. Berisha, D. Hoxha." in said
    assert "Nobody of this name" in refused(konak(*asked, "--person", "L. Krasniqi", cwd=tmp_path))
    assert konak(*asked, "--person", "D. Hoxha", cwd=tmp_path).returncode == 0
    assert konak("--person", "D. Hoxha", *asked, cwd=tmp_path).returncode == 0
    assert konak(*asked, cwd=tmp_path, env={"KONAK_PERSON": "D. Hoxha"}).returncode == 0
    wrong = {"KONAK_PERSON": "L. Krasniqi"}
    assert konak(*asked, "--person", "A. Berisha", cwd=tmp_path, env=wrong).returncode == 0
    assert "Nobody of this name" in refused(konak(*asked, cwd=tmp_path, env=wrong))


def test_figures_are_read_while_somebody_else_writes_and_keep_nobody_from_writing(shared: Path, tmp_path: Path) -> None:
    asked = ["figures", "--programme", "US-2025", "--month", "2019-01", "--person", "D. Hoxha"]
    with open_register(shared, passphrase=PASSPHRASE, person="A. Berisha") as register:
        assert konak(*asked, "--register", str(shared), cwd=tmp_path).returncode == 0
        assert register.holder is None
        register.perform(programmes.add_preset, code="UK-RETURN")


def test_what_would_write_is_refused_while_somebody_else_writes(shared: Path, tmp_path: Path) -> None:
    asked = ["report", "--programme", "US-2025", "--month", "2019-01", "--language", "en", "--out", "report.pdf"]
    with open_register(shared, passphrase=PASSPHRASE, person="A. Berisha"):
        said = refused(konak(*asked, "--person", "D. Hoxha", "--register", str(shared), cwd=tmp_path))
    assert "A. Berisha has this register open for writing" in said
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 5000, b"PK\x03\x04 not a workbook", b"only one line of text\n", b"a\n\xff\xfe\n"]
)
def test_a_file_that_is_no_list_is_refused_in_one_line(folder: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    to = ["--register", str(folder), "--programme", "US-2025"]
    for kind in ("stays", "list"):
        refused(konak("import", kind, str(file), *to, cwd=tmp_path))
    refused(konak("import", "stays", "nowhere.csv", *to, cwd=tmp_path))
    refused(konak("import", "stays", ".", *to, cwd=tmp_path))


def test_bytes_that_are_no_text_are_wrong_usage(tmp_path: Path) -> None:
    assert process("new", "made", "--facility", b"\xff\xfe", *SHEET, cwd=tmp_path).returncode == 2


def test_a_reader_that_goes_away_is_no_fault(folder: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m desktop.cli figures --register {folder} --programme US-2025 --month 2019-01 | true"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(tmp_path),
            "KONAK_PASSPHRASE": PASSPHRASE,
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stderr == ""


def test_figures_report_and_import_load_no_window(folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from desktop.cli import main; code = main(sys.argv[1:]); "
        "sys.exit('PySide6 was loaded' if 'PySide6' in sys.modules else code)"
    )
    for arguments in (
        ["figures", "--programme", "US-2025", "--month", "2019-01"],
        ["report", "--programme", "US-2025", "--month", "2019-01", "--language", "en", "--out", "x.pdf"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments, "--register", str(folder)],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KONAK_PASSPHRASE": PASSPHRASE},
            capture_output=True,
            check=False,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_the_window_without_a_display_says_so(folder: Path, tmp_path: Path) -> None:
    assert "display" in refused(konak("window", "--register", str(folder), cwd=tmp_path))
    assert "display" in refused(konak(cwd=tmp_path))


def test_the_table_of_roles_is_printed_without_a_register(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roles"]) == 0
    heading, *rows = (line.split() for line in capsys.readouterr().out.splitlines())
    assert heading == [role.value for role in Role]
    table = {name: may for name, *may in rows}
    assert table["stays.extend"] == ["-", "x", "-", "-", "-"]
    printed = {name: [each == "x" for each in may] for name, may in table.items()}
    assert printed == {name: [role in each.roles for role in Role] for name, each in declared().items() if each.roles}


def test_the_next_month_s_file_ends_stays_and_asks_by_an_option_what_contradicts(
    folder: Path, tmp_path: Path, shared_data: Path
) -> None:
    to = ["--register", str(folder), "--programme", "US-2025"]
    june, july = (str(shared_data / "cases" / name) for name in ("w1_june.csv", "w2_july.csv"))
    assert konak("import", "stays", june, *to, cwd=tmp_path).returncode == 0
    asked = konak("import", "stays", july, *to, cwd=tmp_path)
    assert asked.returncode == 1
    assert "--contradictions keep" in refused(asked)
    dry = konak("import", "stays", july, *to, "--dry-run", cwd=tmp_path)
    assert "row 4, Departure date: The register says 12 May 2026, the file 13 May 2026." in dry.stdout
    unreasoned = konak("import", "stays", july, *to, "--contradictions", "take", cwd=tmp_path)
    assert "--reason" in refused(unreasoned)
    told = ["--row", "4=take", "--reason", "Letter of July"]
    done = konak("import", "stays", july, *to, *told, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 rows changed something." in done.stdout
    assert "row 2, Departure date: '2026-06-20': The stay that was open ends." in done.stdout
    assert "row 4, Departure date: '2026-05-13': The stay of the register is corrected, as it was said." in done.stdout
    figures = konak("figures", *to, "--month", "2026-07", cwd=tmp_path)
    assert json.loads(figures.stdout)["on_roll_at_start"] == 1
    again = konak("import", "stays", july, *to, cwd=tmp_path)
    assert "4 rows were set aside." in again.stdout
    assert (again.returncode, again.stderr) == (0, "")


def test_what_a_file_brought_in_is_named_and_taken_back(folder: Path, stays: Path, tmp_path: Path) -> None:
    to = ["--register", str(folder)]
    konak("import", "stays", str(stays), *to, "--programme", "US-2025", cwd=tmp_path)
    listed = konak("import", "take-back", *to, cwd=tmp_path)
    assert listed.stdout.startswith("1: stays under US-2025, ")
    assert "stays 2" in listed.stdout
    dry = konak("import", "take-back", "1", *to, "--dry-run", cwd=tmp_path)
    assert dry.stdout.splitlines()[0] == "2 stays go."
    assert "--reason" in refused(konak("import", "take-back", "1", *to, cwd=tmp_path))
    done = konak("import", "take-back", "1", *to, "--reason", "The wrong file", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    figures = konak("figures", *to, "--programme", "US-2025", "--month", "2019-01", cwd=tmp_path)
    assert json.loads(figures.stdout)["admissions"] == 0
    (told,) = json.loads(konak("import", "take-back", *to, "--json", cwd=tmp_path).stdout)
    assert told["reason"] == "The wrong file"
    assert "already" in refused(konak("import", "take-back", "1", *to, "--reason", "Again", cwd=tmp_path))


def test_what_a_programme_pays_is_added_printed_claimed_and_taken_out(folder: Path, tmp_path: Path) -> None:
    at = ("payments", "--register", str(folder), "--programme", "US-2025")
    for more in (
        ("--add", "person_night", "--amount", "41.00", "--from", "2018-01-01"),
        ("--add", "person_night", "--amount", "12.345", "--from", "2019-01-01"),
        ("--add", "year", "--amount", "15000000", "--from", "2019-01-01", "--currency", "DKK", "--purpose", "Prison"),
        (
            "--add",
            "place_night",
            "--amount",
            "0.105",
            "--from",
            "2019-01-01",
            "--places",
            "300",
            "--until",
            "2019-01-10",
        ),
    ):
        done = konak(*at, *more, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [(each["paid_for"], each["amount"], each["until"]) for each in told] == [
        ("person_night", "41.00", "2018-12-31"),
        ("person_night", "12.345", None),
        ("year", "15000000", None),
        ("place_night", "0.105", "2019-01-10"),
    ]
    figures = ("figures", "--register", str(folder), "--programme", "US-2025", "--month", "2019-01")
    claim = json.loads(konak(*figures, cwd=tmp_path).stdout)["claim"]
    assert claim["totals"]["DKK"] == "1273972.60"
    assert [line["amount"] for line in claim["lines"] if line["paid_for"] == "place_night"] == ["315.00"]
    assert all(line["rate"] == "12.345" for line in claim["lines"] if line["paid_for"] == "person_night")
    assert len(json.loads(konak(*at, "--remove", "1", cwd=tmp_path).stdout)) == 3
    for wrong in (("--remove", "9"), ("--add", "month"), ("--add", "month", "--amount", "x", "--from", "2019-01-01")):
        assert konak(*at, *wrong, cwd=tmp_path).returncode == 1


def test_export_writes_each_kind_of_file_and_prints_text(folder: Path, stays: Path, tmp_path: Path) -> None:
    at = ["--register", str(folder)]
    konak("import", "stays", "stays.csv", "--programme", "US-2025", *at, cwd=tmp_path)
    for kind in ("csv", "xlsx", "ods", "json"):
        done = konak("export", "stays", "-o", f"out.{kind}", "--programme", "US-2025", *at, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert stat.S_IMODE((tmp_path / f"out.{kind}").stat().st_mode) == 0o600
    printed = json.loads(konak("export", "stays", "--format", "json", *at, cwd=tmp_path).stdout)
    assert printed == json.loads((tmp_path / "out.json").read_text())
    assert {row["person_id"] for row in printed} == {"P1", "P2"}
    assert actions_of(folder)[-5:] == ["papers.saved"] * 5
    assert "--out" in refused(konak("export", "stays", "--format", "xlsx", *at, cwd=tmp_path))
    assert "--format" in refused(konak("export", "stays", *at, cwd=tmp_path))
    assert "no programme" in refused(
        konak("export", "stays", "--format", "csv", "--programme", "NO-1", *at, cwd=tmp_path)
    )
