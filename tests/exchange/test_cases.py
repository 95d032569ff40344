"""Small files that deceived imports: each gives what is right, on the command line and in what the window reads."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.commands.imports import answers_of
from desktop.grammar import parser
from models.actions import programmes
from models.exchange.fields import LIST_FIELDS, STAY_FIELDS
from models.exchange.lists_file import ListReading, read_list
from models.exchange.opening import open_file
from models.exchange.readings import FileReading
from models.exchange.stays_file import read_stays
from models.rules.vocabulary import Sex
from models.store.opening import open_register
from tests.conftest import PASSPHRASE
from tests.desktop.command import Done, konak

Said = tuple[int, str | None, str]
"""A row that is named: its number, the heading of the column, what stands there."""


@dataclass(frozen=True)
class Case:
    """A file and what is right.

    Attributes:
        kind: `stays` or `list`.
        asked: An option of each question that is asked where nothing is said; none: nothing is asked.
        told: What is said of it.
        came_in: The rows that come in.
        aside: What stands in the rows that are set aside.
        refused: The rows that are refused.
        doubts: Some of what is said of rows.
        sealed: The columns that are kept sealed.
        new: How many people are new.
    """

    kind: str
    came_in: Sequence[int]
    asked: Sequence[str] = ()
    told: Sequence[str] = ()
    aside: Sequence[str] = ()
    refused: Sequence[int] = ()
    doubts: Sequence[Said] = ()
    sealed: Sequence[str] = ()
    new: int | None = None


_HIDDEN = ("--hidden include", "--hidden leave")
CASES: dict[str, Case] = {
    "x_na_numbers.csv": Case(
        "stays", (2, 3, 4), doubts=[(2, "Case No", "N/A"), (3, "Case No", "N/A"), (4, "Case No", "N/A")], new=3
    ),
    "v_family_case.csv": Case("stays", (2, 3, 4, 5, 6), new=5),
    "y_total_name.csv": Case("stays", (2, 3, 4), new=3),
    "z_merged_child.xlsx": Case("list", (2, 3, 4), doubts=[(4, "DOB", "")]),
    "r_merged.xlsx": Case("list", (2, 3, 4, 5)),
    "a_release_date.csv": Case("stays", (2, 3, 4)),
    "b_entry_and_admission.csv": Case(
        "stays",
        (2, 3),
        asked=["--map 'Entry date=arrived_on'", "--map 'Admission date=arrived_on'"],
        told=["--map", "Admission date=arrived_on"],
        sealed=["Entry date"],
    ),
    "w1_june.csv": Case("stays", (2, 3, 4), new=3),
    "q_after_death.csv": Case("stays", (2,), refused=(3,), new=1),
    "j1_numbers.csv": Case("stays", (2,), new=1),
    "i_fnu.csv": Case(
        "list",
        (2, 3, 4, 5),
        doubts=[
            (2, "Given names", "FNU"), (3, "Family name", "LNU"), (4, "Given names", "NFN"), (5, "Family name", "XXX"),
        ],
    ),
    "t_1904.xlsx": Case("stays", (2, 3)),
    "h_utc.csv": Case("stays", (2, 3)),
    "y_namibia.csv": Case(
        "stays", (2, 3, 4, 5), asked=["--open-stays"], told=["--open-stays"], doubts=[(2, "Sex", "E")], new=4
    ),
    "k_macroman.csv": Case("list", (2, 3), asked=["--encoding mac-roman"], told=["--encoding", "mac-roman"]),
    "k_cp1256.csv": Case("list", (2, 3, 4)),
    "p_placeholder_passport.csv": Case("list", range(2, 502)),
    "zd_health_columns.csv": Case(
        "stays",
        (2,),
        asked=["--open-stays"],
        told=["--open-stays"],
        sealed=["Medical conditions", "Asylum claim", "Protection concerns", "Religion", "Remarks"],
    ),
    "zd_health_list.csv": Case(
        "list", (2,), sealed=["Medical conditions", "Asylum claim", "Diagnosis", "Needs", "Remarks"]
    ),
    "u_strict.xlsx": Case("list", (2, 3, 4, 5), asked=_HIDDEN, told=["--hidden", "include"]),
    "s_hidden.xlsx": Case(
        "list",
        (2, 4, 5),
        asked=_HIDDEN,
        told=["--hidden", "leave"],
        aside=["2 | H-2 | Bekele | X | 1980-02-02 | Angola"],
    ),
    "e_camel.csv": Case("stays", (2, 3), new=2),
    "zf_no_headings.csv": Case(
        "stays",
        (1, 2, 3),
        asked=["--map A=person_id", "--map C=arrived_on", "--map D=departed_on", "--open-stays"],
        told=["--map", "A=person_id", "--map", "B=full_name", "--map", "C=arrived_on", "--map", "D=departed_on"],
        new=3,
    ),
    "f_reasons.csv": Case(
        "stays",
        (2, 3, 4, 5, 6),
        asked=[
            "--value 'Departure reason:Bonded Out=release_by_order'",
            "--value 'Departure reason:Order of recognizance=release_by_order'",
        ],
        told=[
            "--value", "Departure reason:Bonded Out=release_by_order",
            "--value", "Departure reason:Order of recognizance=-",
        ],
    ),
    "g_named_time.csv": Case("stays", (2, 3)),
    "zg_postgres.csv": Case("stays", (2,)),
    "zb_two_sheets.xlsx": Case(
        "stays",
        (2, 4, 5),
        asked=["--sheet 'Arrivals May'", "--sheet 'Arrivals June'", "--sheet all"],
        told=["--sheet", "all"],
        aside=["Case No | Family name | Arrival date | Departure date"],
        new=3,
    ),
    "za_sentence.csv": Case("list", (2, 3, 4, 5, 6)),
    "l_middle.csv": Case("list", (2, 3)),
}  # fmt: skip
"""What shared/data/cases/README.md says of each file."""


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with a programme that takes arrivals of all years."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    with open_register(at, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", window_start=date(2018, 1, 1))
    return at


def bring(folder: Path, kind: str, file: Path, *options: str) -> Done:
    to = ["--register", str(folder), "--programme", "US-2025"]
    return konak("import", kind, str(file), *to, *options, cwd=folder.parent)


def summary(done: Done) -> dict[str, Any]:
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rows(told: dict[str, Any], name: str) -> list[int]:
    return list(dict.fromkeys(each["row"] for each in told[name]["rows"]))


def read(case: Case, file: Path, zone: Any, *options: str) -> FileReading:
    """As the assistant of the window reads it."""
    typed = parser().parse_args(["import", case.kind, str(file), "--programme", "US-2025", *options])
    fields = STAY_FIELDS if case.kind == "stays" else LIST_FIELDS
    opened = open_file(file, fields, answers_of(typed), {})
    if case.kind == "stays":
        return read_stays(opened.table, zone=zone, answers=opened.answers)
    return read_list(opened.table, answers=opened.answers)


def check(folder: Path, case: Case, file: Path) -> None:
    """Bring a file in, asked and told, and compare every row."""
    if case.asked:
        first = bring(folder, case.kind, file, "--json", "--dry-run")
        assert first.returncode == 1
        options = [each["option"] for question in summary(first)["questions"] for each in question["answers"]]
        assert set(case.asked) <= set(options)
        assert all(option in first.stderr for option in case.asked)
    done = bring(folder, case.kind, file, "--json", *case.told)
    assert done.returncode == 0, done.stderr
    told = summary(done)
    assert rows(told, "came_in") == list(case.came_in)
    assert rows(told, "refused") == list(case.refused)
    assert [each["value"] for each in told["set_aside"]["rows"]] == list(case.aside)
    assert told["sealed_columns"] == list(case.sealed)
    doubts = [(each["row"], each["column"], each["value"]) for each in told["doubts"]["rows"]]
    assert [each for each in case.doubts if each not in doubts] == []
    assert case.new in (None, told["people_new"]["count"])
    parts = [row for name in ("came_in", "changed", "refused", "set_aside") for row in rows(told, name)]
    assert sorted(parts) == sorted(rows(told, "read"))
    assert all(each["reason"] for name in ("refused", "set_aside", "doubts") for each in told[name]["rows"])


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_deceived_gives_what_is_right(folder: Path, shared_data: Path, name: str) -> None:
    check(folder, CASES[name], shared_data / "cases" / name)


def test_every_small_file_has_its_case(shared_data: Path) -> None:
    there = {each.name for each in (shared_data / "cases").iterdir() if each.suffix != ".md"}
    assert there - CASES.keys() == {"w2_july.csv", "j2_numbers.csv"}  # which come after another, see below


@pytest.mark.parametrize("name", CASES)
def test_the_window_asks_the_same_and_reads_the_same_rows(shared_data: Path, name: str) -> None:
    case, file, zone = CASES[name], shared_data / "cases" / name, ZoneInfo("Europe/Belgrade")
    assert bool(read(case, file, zone).open_questions) == bool(case.asked)
    told = read(case, file, zone, *case.told)
    assert told.open_questions == ()
    aside = {each.row_number for each in told.aside}
    assert sorted({*told.rows} - aside) == sorted([*case.came_in, *case.refused])
    assert told.sealed_columns == tuple(case.sealed)


def test_the_next_month_s_file_is_accounted_for(folder: Path, shared_data: Path) -> None:
    cases = shared_data / "cases"
    assert bring(folder, "stays", cases / "w1_june.csv").returncode == 0
    asked = bring(folder, "stays", cases / "w2_july.csv", "--json")
    assert asked.returncode == 1
    assert "--contradictions" in asked.stderr
    assert [each["options"] for each in summary(asked)["questions"]] == [["--row 4=keep", "--row 4=take"]]
    told = summary(bring(folder, "stays", cases / "w2_july.csv", "--json", "--row", "4=keep"))
    assert [rows(told, part) for part in ("came_in", "changed", "set_aside", "refused")] == [[5], [2, 3], [4], []]
    figures = konak(
        "figures", "--register", str(folder), "--programme", "US-2025", "--month", "2026-07", cwd=folder.parent
    )
    assert json.loads(figures.stdout)["on_roll_at_start"] == 1


def test_a_number_in_two_spellings_is_of_one_person_whose_stays_cannot_overlap(folder: Path, shared_data: Path) -> None:
    cases = shared_data / "cases"
    assert bring(folder, "stays", cases / "j1_numbers.csv").returncode == 0
    done = bring(folder, "stays", cases / "j2_numbers.csv", "--json")
    assert done.returncode == 1
    told = summary(done)
    assert (rows(told, "refused"), told["people_new"]["count"]) == ([2], 0)


@dataclass(frozen=True)
class Own:
    """A file of the same kind that is not in shared/."""

    text: str
    case: Case
    encoding: str = "utf-8"


OWN = {
    "two ends": Own(
        "Case No;Surname;Arrival;Departure date;Release date\nP1;Abaro;2026-05-01;2026-05-05;2026-05-04\n",
        Case(
            "stays",
            (2,),
            asked=["--map 'Departure date=departed_on'", "--map 'Release date=departed_on'"],
            told=["--map", "Release date=departed_on"],
            sealed=["Departure date"],
        ),
    ),
    "the same twice": Own(
        "Case No;Surname;Arrival;Admission date;Departure\nP1;Abaro;2026-05-01;2026-05-01;\nP2;Sok;2026-05-02;;\n",
        Case(
            "stays",
            (2, 3),
            asked=["--map Arrival=arrived_on", "--map 'Admission date=arrived_on'"],
            told=["--map", "B=family_name", "--map", "C=arrived_on"],
            sealed=["Admission date"],
        ),
    ),
    "an empty second": Own(
        "Case No;Surname;Arrival;Admission date;Departure\nP1;Abaro;2026-05-01;;2026-05-07\n",
        Case("stays", (2,), sealed=["Admission date"]),
    ),
    "every style": Own(
        "client_id,LAST-NAME,GivenNames,dateOfBirth,BookInDate,BOOK_OUT_DATE,Sex (M/F)\n"
        "1,Abaro,Tomi,1980-02-03,2026-05-01,2026-05-05,M\n",
        Case("stays", (2,)),
    ),
    "three languages": Own(
        "Nr. / Br. / No.,Mbiemri / Prezime / Surname,Emri / Ime / Name,Datëlindja (dd/mm/vvvv),"
        "Shtetësia / Državljanstvo / Nationality\n1,Krasniqi,Lum,03/04/1990,Kosova\n",
        Case("list", (2,)),
    ),
    "a release that is only planned": Own(
        "Case no,Surname,Arrival,Release date (projected),Age,DOB,Former name\n"
        "A-1,Noori,2026-05-01,2027-02-03,12,1980-02-03,Gul\n",
        Case(
            "stays",
            (2,),
            asked=["--open-stays", "--map 'Release date (projected)=departed_on'"],
            told=["--open-stays"],
            sealed=["Release date (projected)", "Age", "Former name"],
            doubts=[(2, "Age", "12")],
        ),
    ),
    "one heading twice": Own(
        "Case no,Name,Name,Arrival,Departure\nA-1,Noori,Noori,2026-05-01,\n",
        Case(
            "stays",
            (2,),
            asked=["--map B=full_name", "--map C=full_name"],
            told=["--map", "C=full_name"],
            sealed=["Name"],
        ),
    ),
    "a father": Own(
        "Case no,Surname,Given name,Father name,DOB\nA-1,Noori,Gul,Karim,1990-02-03\n",
        Case("list", (2,), sealed=["Father name"]),
    ),
    "sums that are people": Own(
        "Name,Date of birth,Nationality\nTotal Marie,,Haiti\nSum Sok,1990-01-02,\nGrand Total,,\nTotal: 3,,\n",
        Case("list", (2, 3, 4), aside=["Total: 3"]),
    ),
    "no heading of its own": Own(
        "2026-05-01;Abaro;41;2026-05-07\n2026-05-02;Sok;33;\n",
        Case(
            "stays",
            (1, 2),
            asked=["--map A=arrived_on", "--map B=person_id"],
            told=["--map", "A=arrived_on", "--map", "B=family_name", "--map", "C=-", "--map", "D=departed_on"],
        ),
    ),
    "one word many times": Own(
        "Case No,Surname,Arrival,Departure,Reason for leaving\n"
        "P1,A,2026-05-01,2026-05-05,Went: home=now\nP2,B,2026-05-01,2026-05-05,Paroled to kin\n"
        "P3,C,2026-05-01,2026-05-05,went: home=NOW\nP4,D,2026-05-01,,\n",
        Case(
            "stays",
            (2, 3, 4, 5),
            asked=[
                "--value 'Reason for leaving:Went: home=now=escape'",
                "--value 'Reason for leaving:Paroled to kin=stay_granted'",
            ],
            told=["--value", "Reason for leaving:Went: home=now=escape",
                  "--value", "E:paroled to KIN=stay_granted"],
        ),
    ),
    "sexes and answers": Own(
        "No,Case no,Surname,Given name,DOB,Sex,Criminal history,Nationality\n"
        "1,A-1,Abaro,Tomi,1980-02-03,Zz,clean,Wakanda\n",
        Case(
            "list",
            (2,),
            doubts=[(2, "Sex", "Zz"), (2, "Criminal history", "clean"), (2, "Nationality", "Wakanda")],
        ),
    ),
    "dates that a spreadsheet has half read": Own(
        "Case No,Surname,Arrival date,Departure date\nP1,A,2026-01-05,13/05/2026\nP2,B,2026-02-05,15/05/2026\n"
        "P3,C,14/05/2026,\nP4,D,2026-03-05,\n",
        Case(
            "stays",
            (2, 3, 4, 5),
            asked=["--day-order 'Arrival date=dmy'", "--day-order 'Arrival date=exchanged'"],
            told=["--day-order", "Arrival date=exchanged"],
        ),
    ),
    "signs and none": Own(
        "No,Case no,Surname,Given name,Criminal history,Expulsion ordered,Sex\n"
        "1,A-1,Abaro,Tomi,none,☐,-\n2,A-2,Sok,Ana,✗,☒,\n3,A-3,Wok,Ana,,,-\n",
        Case("list", (2, 3, 4), doubts=[(2, "Criminal history", "none"), (3, "Criminal history", "✗")]),
    ),
    "signs and none told": Own(
        "No,Case no,Surname,Given name,Criminal history,Sex\n"
        "1,A-1,Abaro,Tomi,none,-\n2,A-2,Sok,Ana,✗,\n3,A-3,Wok,Ana,,-\n",
        Case(
            "list",
            (2, 3, 4),
            told=["--value", "Criminal history:none=no", "--value", "Criminal history:✗=yes", "--value", "Sex:-=F"],
        ),
    ),
    "sexes and answers told": Own(
        "No,Case no,Surname,Given name,DOB,Sex,Criminal history,Nationality\n"
        "1,A-2,Abaro,Tomi,1980-02-03,Zz,clean,Wakanda\n",
        Case(
            "list",
            (2,),
            told=["--value", "Sex:Zz=M", "--value", "criminal_history:clean=no", "--value", "Nationality:Wakanda=UG"],
        ),
    ),
    "letters of DOS": Own(
        "No,Case no,Surname,Given name\n1,A-1,Đorđević,Živko\n2,A-2,Šarić,Čedomir\n",
        Case("list", (2, 3), asked=["--encoding cp852"], told=["--encoding", "cp852"]),
        encoding="cp852",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_another_file_of_the_same_kind_gives_what_is_right_too(folder: Path, tmp_path: Path, name: str) -> None:
    own = OWN[name]
    file = tmp_path / "own.csv"
    file.write_bytes(own.text.encode(own.encoding))
    check(folder, own.case, file)


def test_what_a_sign_stands_for_is_not_said_of_empty_cells_or_of_another_sign(tmp_path: Path) -> None:
    own = OWN["signs and none told"]
    file = tmp_path / "own.csv"
    file.write_text(own.text, encoding="utf-8")
    found = read(own.case, file, None, *own.case.told)
    assert isinstance(found, ListReading)
    said = [(line.criminal_history.value, line.sex) for line in found.candidates]
    assert said == [("no", Sex.FEMALE), ("yes", None), ("unknown", Sex.FEMALE)]
