"""Two rows of headings are read as one: a group above its parts, one language above another."""

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from models.exchange.answers import Answers
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.refused_rows import refused_rows
from models.exchange.stays_file import StaysReading, read_stays
from models.text import translator

ZONE = ZoneInfo("Europe/Belgrade")
ABARO = (3, "P-1", "Abaro", "Tomi", date(2026, 5, 1), date(2026, 5, 9))
BEKELE = (4, "P-2", "Bekele", "Sara", date(2026, 5, 13), None)

TWO_ROWS = {
    "groups over parts": "Case No;Name;;Entry;Exit\n;Surname;First name;Date;Date\n",
    "parts that are nothing alone": "Case No;Name;;Arrival;Departure\n;Family;Given;;\n",
    "one name of many dates": "Case No;Surname;First name;Date of;\n;;;arrival;departure\n",
    "two languages": "Case No;Family name;Given names;Arrival date;Departure date\n"
    "Nr. i rastit;Mbiemri;Emri;Data e arritjes;Data e largimit\n",
    "parts that say more": "Person;;;Movements;\nCase No;Prezime;Ime;Dolazak;Odlazak\n",
}


def read(path: Path, answers: Answers | None = None) -> StaysReading:
    return read_stays(read_table(path), zone=ZONE, answers=answers or Answers())


def lines(done: StaysReading) -> Sequence[tuple[object, ...]]:
    return [
        (
            each.row_number,
            each.partner_number,
            each.family_name,
            each.given_names,
            each.arrived.on,
            each.departed.on if each.departed else None,
        )
        for each in done.lines
    ]


@pytest.mark.parametrize("name", TWO_ROWS)
def test_two_rows_of_headings_name_the_columns_together(tmp_path: Path, name: str) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(f"{TWO_ROWS[name]}P-1;Abaro;Tomi;01.05.2026;09.05.2026\nP-2;Bekele;Sara;13.05.2026;\n")
    done = read(path)
    assert lines(done) == [ABARO, BEKELE]
    assert done.problems == ()
    assert [each.row_number for each in done.aside] == [1]


def test_merged_groups_hold_for_their_columns(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["Case No", "Name", None, "Arrival", None, "Departure", None],
        [None, "Family name", "Given names", "Date", "Time", "Date", "Time"],
        ["P-1", "Abaro", "Tomi", date(2026, 5, 1), time(14, 30), date(2026, 5, 9), time(9, 0)],
        ["P-2", "Bekele", "Sara", date(2026, 5, 13), time(8, 0), None, None],
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:C1", "D1:E1", "F1:G1"):
        sheet.merge_cells(area)
    book.save(tmp_path / "stays.xlsx")
    done = read(tmp_path / "stays.xlsx")
    assert lines(done) == [ABARO, BEKELE]
    assert [each.arrived.at.astimezone(ZONE).time() for each in done.lines if each.arrived.at] == [
        time(14, 30),
        time(8, 0),
    ]


def test_a_column_of_a_group_that_is_not_known_is_kept_sealed_and_ends_no_stay(tmp_path: Path) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(
        "Case No;Name;;Arrival;Departure;\n;Surname;First name;Date;Date;Officer\n"
        "P-1;Abaro;Tomi;01.05.2026;09.05.2026;Hana\n"
    )
    done = read(path)
    assert lines(done) == [ABARO]
    assert done.sealed_columns == ("Departure Officer",)


@pytest.mark.parametrize("name", TWO_ROWS)
def test_the_refused_rows_of_such_a_file_come_in_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(f"{TWO_ROWS[name]}P-1;Abaro;Tomi;01.05.2026;09.04.2026\n")
    done = read(path)
    content = refused_rows(
        table=read_table(path), heading=done.heading, problems=done.problems, translate=translator("en")
    )
    path.write_bytes(content.replace(b"09.04.2026", b"09.05.2026"))
    assert lines(read(path)) == [(2, *ABARO[1:])]


def test_both_rows_that_come_again_are_headings_again(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head = "Person;;Sex;Nationality\nFamily name;Given names;;\n"
    path.write_text(f"{head}Noori;Fatima;F;Afghanistan\n{head}Sok;Dara;M;Laos\n")
    done = read_list(read_table(path))
    assert [(each.row_number, each.family_name, each.given_names) for each in done.candidates] == [
        (3, "Noori", "Fatima"),
        (6, "Sok", "Dara"),
    ]
    assert [each.row_number for each in done.aside] == [1, 4, 5]


def test_the_row_that_the_clerk_names_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Family name,Given names\nMbiemri,Emri\nNoori,Fatima\n")
    assert [each.family_name for each in read_list(read_table(path)).candidates] == ["Noori"]
    told = read_list(read_table(path), answers=Answers(heading_row=1))
    assert [each.family_name for each in told.candidates] == ["Mbiemri", "Noori"]


def test_the_first_person_and_a_title_are_no_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Arrivals,of May\nFamily name,Given names,Sex\nSex,Dara,M\nNoori,Fatima,F\n")
    assert [each.row_number for each in read_list(read_table(path)).candidates] == [3, 4]


@pytest.mark.parametrize("wrong", ["#N/A", "#n/a"])
def test_an_end_that_the_spreadsheet_could_not_reckon_is_in_doubt(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(
        f"Case No,Surname,Arrival,Departure\nP-1,Abaro,2026-05-01,{wrong}\n"
        "P-2,Sok,2026-05-01,still here\nP-3,Noori,2026-05-01,#REF!\n"
    )
    done = read(path)
    assert [each.departed for each in done.lines] == [None, None]
    assert [(each.row_number, each.value) for each in done.problems] == [(4, "#REF!")]
    assert [(each.row_number, each.column, each.value) for line in done.lines for each in line.doubts] == [
        (2, "Departure", wrong)
    ]
