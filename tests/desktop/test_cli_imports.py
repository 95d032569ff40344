"""Files that come in by the command line."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest

from models.actions import programmes
from models.store.opening import open_register
from tests.conftest import PASSPHRASE
from tests.desktop.command import SHEET, actions_of, konak, refused


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


def test_rows_that_could_not_be_written_for_mending_stop_an_import_before_it_begins(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder), "--programme", "US-2025", "--refused", "nowhere/mend.csv"]
    assert "cannot be saved" in refused(konak("import", "stays", str(stays), *to, cwd=tmp_path))
    assert "import_stays.bring_in" not in actions_of(folder)


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
