"""The command line on real registers: what it does, what it refuses in one line, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from desktop.cli import main
from models.actions import programmes
from models.errors import Named, Refused, by_reason
from models.rules.vocabulary import Role
from models.store.declaring import declared
from models.store.opening import open_register
from models.text import message
from tests.conftest import PASSPHRASE
from tests.desktop.command import ROOT, SHEET, konak, process, refused


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


def test_a_refusal_of_several_is_said_reason_by_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gul, omid, consent = Named("Gul", "K-1"), Named("Omid", "K-2"), message("The consent is missing.")
    reasons, whom = by_reason([(gul, consent), (omid, consent), (omid, message("The property must be returned."))])
    refused = Refused(
        "Nobody leaves yet. Something stands against {n} of {all}.", reasons=reasons, whom=whom, n=2, all=3
    )
    with patch("desktop.commands.verify.run", side_effect=refused):
        assert main(["verify"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "konak: Nobody leaves yet. Something stands against 2 of 3.",
        "  The consent is missing.",
        "    Gul (K-1); Omid (K-2)",
        "  The property must be returned.",
        "    Omid (K-2)",
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
