"""What is nobody's in a file: a total that adds up, never a person; and every such row is named."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.errors import Refused
from models.exchange.answers import Answers
from models.exchange.files import read_table
from models.exchange.lists_file import ListReading, read_list
from models.exchange.stays_file import StaysReading, read_stays
from models.text import translator

BELGRADE = ZoneInfo("Europe/Belgrade")
STAYS = "Name,Arrival date,Departure date,Nights,Age\n"
LIST = "No.,Name,Case no,Sex,Sentence in months,Date of birth\n"


def stays(folder: Path, rows: str) -> StaysReading:
    path = folder / "stays.csv"
    path.write_text(STAYS + rows, encoding="utf-8")
    return read_stays(read_table(path), zone=BELGRADE)


def proposed(folder: Path, rows: str) -> ListReading:
    path = folder / "list.csv"
    path.write_text(LIST + rows, encoding="utf-8")
    return read_list(read_table(path))


@pytest.mark.parametrize(
    "row",
    [
        "Sum Sok,2026-05-01,,,",
        "Total Marie,2026-05-01,2026-05-05,4,",
        "Total,2026-05-01,,,",
        "Sum,2026-05-01,2026-05-05,4,30",
        "I Alt,2026-05-02,,,",
    ],
)
def test_whoever_has_an_arrival_stayed_here_whatever_the_name(tmp_path: Path, row: str) -> None:
    found = stays(tmp_path, f"Abaro Tomi,2026-05-01,2026-05-05,4,41\n{row}\n")
    assert [line.row_number for line in found.lines] == [2, 3]
    assert found.aside == ()


@pytest.mark.parametrize(
    "row",
    [
        ",Sum Sok,,,,",
        ",Total Marie,,,,",
        ",Total Marie,,,62,",  # the sum of the months, under a name
        ",Sum,,,,1990-02-03",
        ",Sum,2,,,",  # a number, though it is how many there are
        ",Total,,F,,",
        ",Mira,,,,",
        "3,Total: 2,,,,",
    ],
)
def test_a_row_of_a_list_that_may_be_a_person_is_one(tmp_path: Path, row: str) -> None:
    found = proposed(tmp_path, f"1,Abaro Tomi,900-1,M,24,1990-01-02\n2,Sara,900-2,F,38,1991-03-04\n{row}\n")
    assert [line.row_number for line in found.candidates] == [2, 3, 4]
    assert found.aside == ()
    assert found.candidates[2].doubts


@pytest.mark.parametrize(
    "row",
    [
        ",Total: 2,,,,",
        "Total,2,,,,",
        "Gjithsej,,,,62,",
        ",Ukupno lica: 2,,,,",
        ",Grand total,,,62,",
        ",Sum i alt,,2,62.0,",
        ",Total: 2. The list replaces the one of 2 June 2025.,,,,",
        "* in custody,,,,,",
        ",Printed on 3 June 2025,,,,",
        "No.,Name,Case no,Sex,Sentence in months,Date of birth",
    ],
)
def test_what_adds_up_and_what_is_no_name_is_set_aside_and_named(tmp_path: Path, row: str) -> None:
    found = proposed(tmp_path, f"1,Abaro Tomi,900-1,M,24,1990-01-02\n2,Sara,900-2,F,38,1991-03-04\n{row}\n")
    assert [line.row_number for line in found.candidates] == [2, 3]
    assert [(each.row_number, each.value) for each in found.aside] == [(4, " | ".join(filter(None, row.split(","))))]


def test_a_subtotal_counts_its_own_group_and_the_last_line_all(tmp_path: Path) -> None:
    rows = "Abaro,2026-05-01,2026-05-05,4,\nSubtotal,,,4,\nSok,2026-05-01,2026-05-03,2,\nSum,,,2,\nTotal: 2,,,6,\n"
    found = stays(tmp_path, rows)
    assert [line.row_number for line in found.lines] == [2, 4]
    assert [each.row_number for each in found.aside] == [3, 5, 6]


def test_a_total_that_does_not_add_up_is_asked_about(tmp_path: Path) -> None:
    listed = proposed(tmp_path, "1,Abaro Tomi,900-1,M,24,1990-01-02\n,Total: 64,,,,\n")
    assert [line.row_number for line in listed.candidates] == [2, 3]
    said = [translator("en").render(doubt.message) for doubt in listed.candidates[1].doubts]
    assert "Perhaps a total whose numbers do not add up, and no person." in said
    stayed = stays(tmp_path, "Abaro,2026-05-01,2026-05-05,4,\nTotal: 64,,,,\n")
    assert [problem.row_number for problem in stayed.problems] == [3]


def test_the_files_that_deceived_an_import_bring_everybody(shared_data: Path) -> None:
    found = read_stays(read_table(shared_data / "cases" / "y_total_name.csv"), zone=BELGRADE)
    assert [(line.family_name, line.row_number) for line in found.lines] == [
        ("Sum Vanna", 2), ("Total Marie", 3), ("Abaro Tomi", 4),
    ]  # fmt: skip
    children = read_list(read_table(shared_data / "cases" / "z_merged_child.xlsx"))
    assert [line.given_names for line in children.candidates] == ["Tomi", "Sara", "Mira"]
    assert children.candidates[2].doubts
    assert (found.aside, children.aside) == ((), ())


@pytest.mark.parametrize(
    ("head", "again"),
    [
        ("No,Surname,Given name,DOB,Room", "NO.,SURNAME:,GIVEN NAME,D.O.B.,ROOM"),
        ("No,Surname,Given name,Date of birth", "Nr,Last name,Given names,DOB"),
        ("Nr,Mbiemri,Emri,Datëlindja", "NR.,MBIEMRI,EMRI,Data e lindjes"),
    ],
)
def test_headings_again_in_another_spelling_are_nobody(tmp_path: Path, head: str, again: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{head}\n1,Noori,Gul,1990-02-03\n{again}\n2,Sok,Ana,1992-02-03\n", encoding="utf-8")
    found = read_list(read_table(path))
    assert [line.family_name for line in found.candidates] == ["Noori", "Sok"]
    assert [each.row_number for each in found.aside] == [3]


@pytest.mark.parametrize(
    "again",
    ["No,Given name,Surname,Date of birth", "Surname,Given name,No,DOB", "No,Surname,Given name,Date of birth,Sex"],
)
def test_a_second_table_with_other_headings_is_refused(tmp_path: Path, again: str) -> None:
    path = tmp_path / "list.csv"
    head = "No,Surname,Given name,Date of birth"
    path.write_text(f"{head}\n1,Noori,Gul,1990-02-03\n{again}\n2,Ana,Sok,1992-02-03\n", encoding="utf-8")
    with pytest.raises(Refused, match="has other headings than row") as refused:
        read_list(read_table(path))
    assert (refused.value.message.values["row"], refused.value.message.values["first"]) == (3, 1)


def test_headings_in_three_languages_are_no_further_table(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head = "Nr,Mbiemri,Emri,Datëlindja\nBr.,Prezime,Ime,Datum rođenja\nNo,Surname,Given name,Date of birth"
    path.write_text(f"{head}\n1,Noori,Gul,1990-02-03\n", encoding="utf-8")
    assert [line.family_name for line in read_list(read_table(path)).candidates] == ["Noori"]


def test_the_row_that_the_clerk_names_may_have_other_headings_above_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("No,Surname,DOB\n1,Noori,1990-02-03\nNo,Surname,DOB,Sex\n2,Sok,1992-02-03,F\n", encoding="utf-8")
    assert [line.family_name for line in read_list(read_table(path), answers=Answers(heading_row=3)).candidates] == [
        "Sok"
    ]


@pytest.mark.parametrize("title", ["Men", "Afghanistan", "Gra", "Žene"])
def test_a_nationality_or_a_sex_alone_where_numbers_stand_is_a_title(tmp_path: Path, title: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Case no,Surname,DOB\n{title},,\nA-1,Noori,1990-02-03\nA-2,,\n", encoding="utf-8")
    found = read_list(read_table(path))
    assert [line.partner_number for line in found.candidates] == ["A-1", "A-2"]
    assert [(each.row_number, each.value) for each in found.aside] == [(2, title)]
    path.write_text(f"Case no,Arrival,Departure\n{title},,\nA-1,2026-05-01,\n", encoding="utf-8")
    stayed = read_stays(read_table(path), zone=BELGRADE)
    assert (stayed.problems, [each.row_number for each in stayed.aside]) == ((), [2])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Total Afghanistan", "Total Syria"),
        ("Afghanistan Total", "Syria Total"),
        ("Ukupno žene", "Ukupno muškarci"),
        ("Gjithsej femra", "Gjithsej meshkuj"),
    ],
)
def test_a_total_of_a_group_that_adds_up_is_nobody(tmp_path: Path, first: str, second: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "No,Surname,Given name,DOB\n1,Noori,Gul,1990-02-03\n2,Karim,Ali,1991-02-03\n"
        f"{first},2,,\n3,Sok,Ana,1992-02-03\n{second},1,,\nTotal,3,,\n",
        encoding="utf-8",
    )
    found = read_list(read_table(path))
    assert [line.family_name for line in found.candidates] == ["Noori", "Karim", "Sok"]
    assert [each.row_number for each in found.aside] == [4, 6, 7]
