"""What the command line lets out: figures, papers, exports."""

import csv
import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.commands.printing import option
from models.actions import people
from models.queries.programmes import of_code
from models.rules.papers import FIGURES, Choice, Outgoing, Paper
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.recovery import words
from models.text import translator
from tests import builders
from tests.actions.test_transports import expected
from tests.conftest import PASSPHRASE, SHEET
from tests.covering import is_turn
from tests.desktop.command import actions_of, konak, refused
from tests.papers import who_may
from tests.reports import pdf_text
from ui.papers.catalogue import MONTHLY_REPORT, PAPERS, PERIOD_REPORT, REGISTER_EXTRACT, TRAIL


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
    assert list(json.loads(done.stdout)) == [*names, "roll_by_night", "sections"]


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
    anywhere = konak("verify", "first.pdf", cwd=tmp_path)
    assert anywhere.returncode == 0
    assert anywhere.stdout.splitlines()[1] == "Figures, pages and attachments belong together."
    here = konak("verify", "first.pdf", *to[:2], cwd=tmp_path)
    assert (here.returncode, "There is no newer revision of it." in here.stdout) == (0, True)
    drafted = konak("verify", "draft.pdf", *to[:2], cwd=tmp_path)
    assert (drafted.returncode, "It is not what was issued under that number." in drafted.stdout) == (1, True)
    assert "cannot be read" in refused(konak("verify", "nothing.pdf", cwd=tmp_path))
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    done = konak("report", *month, "--language", "sq", "--out", "sq.pdf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    nothing = konak("report", *month, "--language", "en", "--out", "x.pdf", "--reason", "why not", cwd=tmp_path)
    assert "Nothing has changed" in refused(nothing)


def test_a_report_in_two_languages_is_kept_so_and_known_again_in_any_other(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder)]
    konak("import", "stays", str(stays), *to, "--programme", "US-2025", cwd=tmp_path)
    month = [*to, "--programme", "US-2025", "--month", "2019-01"]
    for name, language in (("first.pdf", "da+en"), ("again.pdf", "da+en"), ("cyr.pdf", "cyr"), ("sq.pdf", "sq+cyr")):
        done = konak("report", *month, "--language", language, "--out", name, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        here = konak("verify", name, *to, cwd=tmp_path)
        assert (here.returncode, "There is no newer revision of it." in here.stdout) == (0, True)
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()
    text = pdf_text.text((tmp_path / "again.pdf").read_bytes())
    assert "Månedsrapport, januar 2019" in text
    assert "Monthly report, January 2019" in text
    with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as look:
        asked = "SELECT language FROM issued_months"
        assert [row[0] for row in look.connection.exec_driver_sql(asked)] == ["da+en"]


def test_a_paper_is_refused_in_a_language_that_it_is_not_had_in(folder: Path, tmp_path: Path) -> None:
    asked = ["print", "register_extract", "--register", str(folder), "--out", "x.pdf", "--language"]
    said = refused(konak(*asked, "da", cwd=tmp_path))
    assert "Dansk" in said
    assert "English, Shqip, Srpski, Српски" in said
    assert "English + Shqip" in refused(konak(*asked, "en+sq", cwd=tmp_path))
    assert not (tmp_path / "x.pdf").exists()
    assert konak(*asked, "cyr", cwd=tmp_path).returncode == 0
    assert "Извод из регистра" in pdf_text.text((tmp_path / "x.pdf").read_bytes())


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


def test_each_paper_that_is_written_is_an_entry_of_the_trail(folder: Path, tmp_path: Path) -> None:
    month = ["--register", str(folder), "--programme", "US-2025", "--month", "2019-01", "--language", "en"]
    for more in (["--draft"], [], []):
        konak("report", *month, "--out", "x.pdf", *more, cwd=tmp_path)
    assert actions_of(folder)[-4:] == ["papers.saved", "months.issue", "papers.saved", "papers.saved"]


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper.is_offered], ids=lambda paper: paper.id)
def test_every_paper_is_printed_by_its_name_and_stands_in_the_trail(
    folder: Path, tmp_path: Path, paper: Paper[Any]
) -> None:
    """In one language or the other by turns; with `KONAK_LONG=1` in both."""
    if Choice.TRANSPORT in paper.needs:
        with open_register(folder, passphrase=PASSPHRASE) as register:
            expected(register, ())
    if Choice.LIST in paper.needs:
        with open_register(folder, passphrase=PASSPHRASE) as register:
            builders.candidate(register, builders.programme(register, "LISTED"))
    if Choice.RESIDENT in paper.needs:
        with open_register(folder, passphrase=PASSPHRASE) as register:
            person = builders.resident(register, "K-0012")
            builders.stay(register, person, builders.programme(register, "HERE"), date(2026, 9, 1))
    if Choice.REPORT in paper.needs:
        with open_register(folder, passphrase=PASSPHRASE) as register:
            builders.named_report(register)
    if paper is PERIOD_REPORT:  # of months in which somebody was there
        with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as snapshot:
            programme_id = of_code(snapshot, "US-2025")
        with open_register(folder, passphrase=PASSPHRASE) as register:
            builders.stay(register, builders.resident(register), programme_id, date(2026, 9, 1))
    by: list[str] = []
    if Role.ADMINISTRATOR not in paper.roles:
        by = ["--person", "A reader"]
        with open_register(folder, passphrase=PASSPHRASE) as register:
            register.perform(people.add, name=by[1], role=who_may(paper), passphrase=PASSPHRASE, words=words(SHEET))
    typed = {
        Choice.PROGRAMME: "US-2025", Choice.MONTH: "2019-01", Choice.TRANSPORT: "1", Choice.LIST: "L1",
        Choice.RESIDENT: "K-0012", Choice.REPORT: "named 2026-10",
    }  # fmt: skip
    chosen = [part for choice in paper.needs for part in (option(choice), typed[choice])]
    languages = [each for each in ("en", "sr") if is_turn(each, ("en", "sr"), PAPERS.index(paper))]
    for language in languages:
        done = konak(
            "print", paper.id, "--register", str(folder), *by, *chosen, "--language", language, "--out", "x.pdf",
            cwd=tmp_path,
        )  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert stat.S_IMODE((tmp_path / "x.pdf").stat().st_mode) == 0o600
        text = pdf_text.pages((tmp_path / "x.pdf").read_bytes())[0]
        if not paper.is_card:
            assert translator(language)(paper.title) in text
            assert (by[-1] if by else "A. Berisha") in text
    own = [each for each in actions_of(folder, *by[1:]) if each == "papers.saved"]
    assert len(own) == len(languages)


def test_a_paper_holds_what_was_chosen_and_refuses_what_it_does_not_take(
    folder: Path, stays: Path, tmp_path: Path
) -> None:
    to = ["--register", str(folder)]
    konak("import", "stays", str(stays), *to, "--programme", "US-2025", cwd=tmp_path)
    extract = ["print", "register_extract", *to, "--out", "x.pdf", "--language", "en"]
    done = konak(*extract, "--programme", "US-2025", "--from", "2019-01-06", "--until", "2019-02-01", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = pdf_text.pages((tmp_path / "x.pdf").read_bytes())[0]
    assert "US-2025, from 6 Jan 2019 to 1 Feb 2019 · 1 stay" in text
    trail = konak("print", "trail", *to, "--resident", "k-0001", "--out", "x.pdf", cwd=tmp_path)
    assert trail.returncode == 0, trail.stderr
    assert "monthly_report, period_report, named_annex, trail" in refused(
        konak("print", "no", *to, "--out", "y", cwd=tmp_path)
    )
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


def test_to_whom_a_report_goes_and_what_stands_in_it_is_set_and_printed(folder: Path, tmp_path: Path) -> None:
    at = ("addressing", "--register", str(folder), "--programme", "US-2025")
    done = konak(*at, "--addressee", "Bureau\\nStreet 1", "--bank", "IBAN XK05", "--sections", "movement,limits",
                 cwd=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["addressee"], told["bank_details"]) == ("Bureau\nStreet 1", "IBAN XK05")
    assert told["sections"] == ["movement", "limits"]
    assert json.loads(konak(*at, cwd=tmp_path).stdout) == told
    refused = konak(*at, "--sections", "movement,weather", cwd=tmp_path)
    assert refused.returncode == 1
    assert "no section of this name" in refused.stderr
    usual = json.loads(konak(*at, "--sections", "usual", cwd=tmp_path).stdout)["sections"]
    assert usual[0] == "movement"
    assert "plans:counts" in usual


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


def test_a_paper_about_several_people_is_one_file_or_one_each(folder: Path, tmp_path: Path) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as register:
        programme = builders.programme(register, "HERE")
        for number in ("Z-1", "Z-2"):
            builders.stay(register, builders.resident(register, number), programme, date(2026, 9, 1))
    typed = ["print", "stay_certificate", "--register", str(folder), "--resident", "Z-1", "--resident", "Z-2"]
    assert konak(*typed, "--out", "all.pdf", cwd=tmp_path).returncode == 0
    assert len(PdfReader(tmp_path / "all.pdf").pages) == 2
    (tmp_path / "each").mkdir()
    assert konak(*typed, "--each", "--out", "each", "--reader", "Basic Court", cwd=tmp_path).returncode == 0
    files = sorted((tmp_path / "each").iterdir())
    assert [file.name[:20] for file in files] == ["stay-certificate-Z-1", "stay-certificate-Z-2"]
    assert all("For: Basic Court" in PdfReader(file).pages[0].extract_text() for file in files)
    assert actions_of(folder)[-2:] == ["papers.saved", "papers.saved"]


def test_a_paper_is_written_encrypted_in_parts_alone_and_never_printed_so(folder: Path, tmp_path: Path) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as register:
        person = builders.resident(register, "K-0012")
        builders.stay(register, person, builders.programme(register, "HERE"), date(2026, 9, 1))
    (tmp_path / "secret").write_text("seven walnut lanterns drift\n")
    asked = ["print", "individual_file", "--register", str(folder), "--resident", "K-0012", "--parts", "absences"]
    closed = ["--paper-passphrase-file", "secret"]
    done = konak(*asked, *closed, "--out", "x.pdf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    reader = PdfReader(tmp_path / "x.pdf", password="seven walnut lanterns drift")
    text = reader.pages[0].extract_text()
    assert "1 Absences" in " ".join(text.split())
    assert "Chronology" not in text
    assert PdfReader(tmp_path / "x.pdf").is_encrypted
    assert "goes with --out alone" in refused(konak(*asked, *closed, "--printer", "none", cwd=tmp_path))
    assert "Its parts are" in refused(konak(*asked[:-1], "health", "--out", "y.pdf", cwd=tmp_path))
