"""What leaves as data: typed, never a formula, with nothing unseen in it, entered before, known where it comes in."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as load_calamine
from sqlalchemy import func, select

from models.actions import absences
from models.entities.safeguards import SealedNote
from models.errors import Refused
from models.exchange import door
from models.exchange.answers import Answers
from models.exchange.exports import export
from models.exchange.file_kinds import FileKind
from models.exchange.files import read_table
from models.exchange.import_lists import bring_in as bring_list
from models.exchange.import_stays import bring_in
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.exchange.table_files import DataTable, as_file
from models.ids import ProgrammeId
from models.queries.exports import EXPORTS
from models.rules.papers import CARRY_NAMES, DATA
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Role
from models.store.opening import open_register
from models.store.register import Register
from models.text import LANGUAGES
from tests import builders
from tests.conftest import PASSPHRASE
from tests.entries import last

STAYS = """stay id,person id,family name,given names,name in own script,sex,birth date,country of birth,nationality,
languages,arrived,arrival time,departed,departure time,departure kind,destination
S1,0012,Đorđević,Žarko,Жарко Ђорђевић,M,1980-02-29,RS,NA,sr; en,2026-06-26,10:30,2026-07-01,23:59:30,removal,Laos
S2,A-7,Al-Hassan,,أحمد الحسن,F,1984,SY,AF,ar,2026-01-01,,,,,
S3,B/9,+Plus,=1+1,,X,~1990,,,,2026-02-01,,2026-02-05,,,a sister in Bari
S4,A-7,Al-Hassan,,أحمد الحسن,F,1984,SY,AF,ar,2025-02-01,00:30,2025-02-05,,death,
""".replace("nationality,\n", "nationality,")


@pytest.fixture
def other(empty_register: Path, tmp_path: Path) -> Iterator[Register]:
    """Another register, without anybody."""
    shutil.copytree(empty_register, tmp_path / "other")
    with open_register(tmp_path / "other", passphrase=PASSPHRASE) as opened:
        yield opened


def bring_stays(register: Register, path: Path) -> ProgrammeId:
    programme = builders.programme(register, window_start=date(1990, 1, 1))
    found = read_stays(read_table(path), zone=register.facility.zone, answers=Answers(open_stays=True))
    assert not found.open_questions
    assert not found.sealed_columns
    done = register.perform(bring_in, programme_id=programme, read=found).value
    assert not done.problems
    return programme


@pytest.fixture
def house(register: Register, tmp_path: Path) -> Register:
    path = tmp_path / "first.csv"
    path.write_text(
        STAYS.replace("S4,A-7,Al-Hassan,,أحمد الحسن,F,1984,SY,AF,ar,2025-02-01,00:30,2025-02-05,,death,\n", "")
    )
    bring_stays(register, path)
    return register


def as_json(register: Register, what: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(export(register, what, FileKind.JSON, **more).content)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.XLSX, FileKind.ODS])
def test_stays_that_were_exported_come_into_an_empty_register_as_they_were(
    house: Register, other: Register, tmp_path: Path, kind: FileKind, language: str
) -> None:
    before = as_json(house, "stays")
    assert len(before) == 3
    path = tmp_path / f"stays.{kind}"
    door.save(house, export(house, "stays", kind, language=language), path)
    bring_stays(other, path)
    after = as_json(other, "stays")
    assert after == before


def test_a_stay_of_another_programme_does_not_come_in_whether_the_register_has_it_or_not(
    other: Register, tmp_path: Path
) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(
        "person id,Programi,arrived,departed\n1,us-2025,2026-05-01,2026-05-02\n2,RETURN HUB,2026-05-01,2026-05-02\n"
        "3,Evacuees,2026-05-01,2026-05-02\n4,unknown,2026-05-01,2026-05-02\n",
        encoding="utf-8",
    )
    own = builders.programme(other, "US-2025", window_start=date(1990, 1, 1))
    builders.programme(other, "UK-RETURN", title="Return hub")
    found = read_stays(read_table(path), zone=other.facility.zone)
    assert found.heading.header("programme") == "Programi"
    done = other.perform(bring_in, programme_id=own, read=found).value
    assert done.summary.came_in == (2, 5)
    assert [(each.row_number, each.column, each.value) for each in done.summary.refused] == [
        (3, "Programi", "RETURN HUB"),
        (4, "Programi", "Evacuees"),
    ]
    with other.read() as snapshot:
        assert snapshot.connection.execute(select(func.count()).select_from(SealedNote)).scalar_one() == 1
    assert {row["programme"] for row in as_json(other, "stays")} == {"US-2025"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.XLSX])
def test_the_numbers_of_residents_that_were_exported_are_known_in_a_list(
    house: Register, tmp_path: Path, kind: FileKind, language: str
) -> None:
    path = tmp_path / f"residents.{kind}"
    door.save(house, export(house, "residents", kind, language=language), path)
    found = read_list(read_table(path))
    assert [(line.list_number, line.partner_number) for line in found.candidates] == [
        ("K-0001", "0012"), ("K-0002", "A-7"), ("K-0003", "B/9"),
    ]  # fmt: skip


def test_data_is_typed_and_own_script_stands_in_its_own_column(house: Register) -> None:
    first = next(row for row in as_json(house, "stays") if row["stay_id"] == "S1")
    assert first["birth"] == "1980-02-29"
    assert (first["arrived_on"], first["arrived_time"], first["departed_time"]) == (
        "2026-06-26",
        "10:30:00",
        "23:59:30",
    )
    assert (first["own_script"], first["nationality"], first["departure_kind"]) == ("Жарко Ђорђевић", "NA", "removal")
    assert first["person_id"] == "0012"
    sheet = load_workbook(BytesIO(export(house, "stays", FileKind.XLSX).content)).active
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "S1")
    cells = dict(zip(heads, row, strict=True))
    assert cells["Arrival: date"].value.date() == date(2026, 6, 26)
    assert cells["Arrival: time"].value == time(10, 30)
    assert cells["Number of the person"].value == "0012"
    assert cells["Born"].value.date() == date(1980, 2, 29)


def as_another_program_reads(path: Path, kind: FileKind) -> list[str]:
    """The first column without its heading."""
    if kind is FileKind.CSV:
        return [row[0] for row in csv.reader(StringIO(path.read_text("utf-8-sig"), newline=""))][1:]
    return [str(row[0]) for row in load_calamine(str(path)).get_sheet_by_index(0).to_python()][1:]


@pytest.mark.parametrize("kind", list(FileKind))
def test_no_text_is_a_formula_and_none_has_a_sign_that_nobody_sees(tmp_path: Path, kind: FileKind) -> None:
    nasty = [
        "=1+1",
        "+cmd",
        "-cmd|x",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\u2067Ahmad\u2069",
        "a\u200bb",
        "\ufeffx",
        "\u202ey",
    ]
    table = DataTable("List", {"name": "Name", "n": "N"}, [(text, 1) for text in nasty])
    path = tmp_path / f"list.{kind}"
    path.write_bytes(as_file(table, kind))
    if kind is FileKind.JSON:
        texts = [row["name"] for row in json.loads(path.read_text())]
    else:
        texts = as_another_program_reads(path, kind)
        assert [row.cells[0] for row in read_table(path).rows[1:5]] == nasty[:4], "Konak knows its own apostrophes"
        assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in texts)
    assert texts[6:] == ["Ahmad", "ab", "x", "y"]
    if kind is FileKind.XLSX:
        assert {cell.data_type for row in load_workbook(path).active for cell in row[:1]} == {"s"}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_at_all_data(house: Register, tmp_path: Path, role: Role) -> None:
    house.person = replace(house.person, role=role, stands_in=False)
    for what in EXPORTS:
        if role in CARRY_NAMES:
            door.save(house, export(house, what, FileKind.CSV), tmp_path / f"{what}.csv")
            assert (last(house)["action"], last(house)["notes"]["paper"]) == ("papers.saved", DATA[what].id)
            continue
        before = last(house)["number"]
        with pytest.raises(Refused, match="may not"):
            export(house, what, FileKind.CSV)
        assert last(house)["notes"]["refused"]
        assert last(house)["number"] > before


def test_placements_absences_and_residents_leave_with_their_days(register: Register) -> None:
    programme = builders.programme(register)
    person = builders.resident(register, "K-0012", family_name="Ahmadzai", own_script="احمدزی")
    stay = builders.stay(register, person, programme, date(2026, 9, 1))
    register.perform(
        absences.record, stay_id=stay, kind=AbsenceKind.LEAVE, left=Moment(date(2026, 9, 5)),
        due_back=Moment(date(2026, 9, 7)),
    )  # fmt: skip
    (away,) = as_json(register, "absences", programme_id=programme)
    assert (away["number"], away["from_on"], away["from_time"], away["until_on"]) == (
        "K-0012",
        "2026-09-05",
        None,
        None,
    )
    (resident,) = as_json(register, "residents")
    assert (resident["number"], resident["own_script"]) == ("K-0012", "احمدزی")
    assert as_json(register, "residents", programme_id=builders.programme(register, "UK-RETURN")) == []
    assert as_json(register, "placements") == []


def test_candidates_that_were_exported_are_the_same_on_another_list(
    register: Register, other: Register, tmp_path: Path
) -> None:
    first = tmp_path / "list.csv"
    first.write_text(
        "No,Case No,Family name,Given names,DOB,Nationality,Sentence,Release date\n"
        "1,S-1,Abaro,Tomi,1980-02-03,Angola,2 years 6 months,2029-01-01\n2,S-2,Šarić,Žana,1984,NA,,\n"
    )
    for house, path in ((register, first), (other, tmp_path / "again.ods")):
        if house is other:
            door.save(register, export(register, "candidates", FileKind.ODS, language="sq"), path)
        programme = builders.programme(house)
        read = read_list(read_table(path))
        house.perform(bring_list, programme_id=programme, read=read, code="L-1", received_on=date(2026, 5, 1))
    assert as_json(other, "candidates") == as_json(register, "candidates")
    assert as_json(register, "candidates")[0]["sentence_months"] == 30
