"""Making a register on the command line."""

import re
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.queries import programmes
from models.store.opening import open_register, recover_register
from models.store.recovery import secret_of
from tests.conftest import PASSPHRASE
from tests.desktop.command import SHEET, konak, process, refused


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
        with register.read() as snapshot:
            assert {each.code for each in programmes.rows(snapshot)} == {"US-2025", "DK-GJILAN"}


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
