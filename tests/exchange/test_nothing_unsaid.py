"""What files say that contradicts, or that no field takes: asked, refused or said, and never silent."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.exchange.answers import Answers
from models.exchange.contradictions import Choice, Choices
from models.exchange.files import read_table
from models.exchange.import_stays import StaysBroughtIn, bring_in
from models.exchange.lists_file import read_list
from models.exchange.stays_file import StaysReading, read_stays
from models.ids import ProgrammeId
from models.store.register import Register
from tests.builders import rows
from tests.conftest import let_seal
from tests.exchange.bringing import ENGLISH, bring, looked, refusals

BELGRADE = ZoneInfo("Europe/Belgrade")
STAYS = "SELECT source_key, arrived_on, departed_on FROM stays ORDER BY id"
NAMED = "Only the name and the day of arrival say that this is K-0001. See that it is the same person."


def file(folder: Path, head: str, *lines: str) -> Path:
    path = folder / "stays.csv"
    path.write_text("\n".join((head, *lines, "")), encoding="utf-8")
    return path


def doubts(done: StaysBroughtIn) -> list[tuple[int, str | None, str, str]]:
    return [(each.row_number, each.column, each.value, ENGLISH.render(each.message)) for each in done.summary.doubts]


def read(path: Path) -> StaysReading:
    return read_stays(read_table(path), zone=BELGRADE, answers=Answers(open_stays=True))


# -- whose a stay is --------------------------------------------------------------------------------------------------

MAY = "case no,surname,given name,dob,arrived,departed"


@pytest.mark.parametrize(
    ("head", "row", "known"),
    [
        ("surname,given name,arrived,departed", "Ahmad,Ali,2026-05-01,2026-06-10", "1990-01-05"),
        ("surname,given name,dob,arrived,departed", "Ahmad,Ali,1990-01-05,2026-05-01,2026-06-10", ""),
        ("surname,given name,dob,arrived,departed", "AHMAD,ALI,1990,2026-05-01,2026-06-10", "1990-01-05"),
    ],
)
def test_of_a_stay_that_is_ended_by_a_name_alone_it_is_said(
    register: Register, programme: ProgrammeId, tmp_path: Path, head: str, row: str, known: str
) -> None:
    bring(register, programme, file(tmp_path, MAY, f"P-1,Ahmad,Ali,{known},2026-05-01,"))
    done = bring(register, programme, file(tmp_path, head, row))
    assert done.ended == 1
    assert NAMED in [said for _, _, _, said in doubts(done)]


def test_by_a_number_or_a_whole_birth_it_is_known_whose_it_is(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(
        register, programme, file(tmp_path, MAY, "P-1,Ahmad,Ali,1990-01-05,2026-05-01,", "P-2,Gashi,Ana,,2026-05-01,")
    )
    june = ("N/A,Ahmad,Ali,1990-01-05,2026-05-01,2026-06-10", "P-2,Gashi,Ana,,2026-05-01,2026-06-10")
    done = bring(register, programme, file(tmp_path, MAY, *june))
    assert done.ended == 2
    assert not [said for _, _, _, said in doubts(done) if said.startswith("Only the name")]


@pytest.mark.parametrize("birth", ["1980-02-03", ""])
def test_another_number_of_the_stay_is_asked_about_where_no_number_of_the_person_tells_whose_it_is(
    register: Register, programme: ProgrammeId, tmp_path: Path, birth: str
) -> None:
    head = f"stay no,{MAY}"
    bring(register, programme, file(tmp_path, head, f"1,P-1,Abaro,Tomi,{birth},2026-05-01,"))
    june = file(tmp_path, head, f"2,,Abaro,Tomi,{birth},2026-05-01,2026-06-09")
    (asked,) = looked(register, programme, june).contradictions
    assert (asked.field, asked.ours, asked.theirs) == ("stay_id", "1", "2")
    kept = bring(register, programme, june, Choices(Choice.KEEP))
    assert (kept.kept, kept.ended) == (1, 0)
    assert rows(register, STAYS) == [("1", "2026-05-01", None)]
    taken = bring(register, programme, june, Choices(Choice.TAKE, reason="letter"))
    assert (taken.ended, taken.problems) == (1, ())
    assert rows(register, STAYS) == [("2", "2026-05-01", "2026-06-09")]
    assert not looked(register, programme, june).contradictions


@pytest.mark.parametrize("end", ["2026-05-20", "2026-05-21"])
def test_another_number_of_the_person_is_said(
    register: Register, programme: ProgrammeId, tmp_path: Path, end: str
) -> None:
    head = f"stay no,{MAY}"
    bring(register, programme, file(tmp_path, head, "4,P-4,Doko,Ana,1992-01-02,2026-05-10,2026-05-20"))
    june = file(tmp_path, head, f"4,P-44,Doko,Ana,1992-01-02,2026-05-10,{end}")
    done = bring(register, programme, june, Choices(Choice.TAKE, reason="letter"))
    said = (
        "The register knows K-0001 by P-4, and keeps it. If it was corrected, correct it on the page of the resident."
    )
    assert (2, "case no", "P-44", said) in doubts(done)
    assert rows(register, "SELECT number FROM partner_numbers") == [("P-4",)]


@pytest.mark.parametrize(("stay", "birth"), [("4", ""), ("", "1992-01-02")])
def test_the_first_number_of_a_person_is_taken_from_a_stay_that_is_told_again(
    register: Register, programme: ProgrammeId, tmp_path: Path, stay: str, birth: str
) -> None:
    head = f"stay no,{MAY}"
    bring(register, programme, file(tmp_path, head, f"{stay},,Doko,Ana,{birth},2026-05-10,2026-05-20"))
    again = file(tmp_path, head, f"{stay},P-44,Doko,Ana,{birth},2026-05-10,2026-05-20")
    done = bring(register, programme, again)
    assert [(each.column, each.value) for each in done.summary.changed] == [("case no", "P-44")]
    assert rows(register, "SELECT number FROM partner_numbers") == [("P-44",)]
    assert bring(register, programme, again).repeated == 1


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("P-1,Nouri,Gul,M,1990-02-03,AF,2026-05-01,2026-05-20", "surname", "Nouri, Gul"),
        ("P-1,Noori,Gul,M,1990-02-03,Iran,2026-05-01,2026-05-20", "nationality", "IR"),
    ],
)
def test_what_is_said_to_be_more_names_the_cell_that_says_it(
    register: Register, programme: ProgrammeId, tmp_path: Path, row: str, column: str, value: str
) -> None:
    head = "case no,surname,given name,sex,dob,nationality,arrived,departed"
    bring(register, programme, file(tmp_path, head, "P-1,Noori,Gul,M,1990-02-03,AF,2026-05-01,2026-05-20"))
    done = bring(register, programme, file(tmp_path, head, row))
    assert [(each.column, each.value) for each in done.summary.changed] == [(column, value)]


# -- hours ------------------------------------------------------------------------------------------------------------

HOURS = "case no,surname,arrived,departed"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            "P-1,Abaro,2026-05-01 10:00,2026-05-05 22:10",
            [("arrived", "2026-05-01 10:00"), ("departed", "2026-05-05 22:10")],
        ),
        ("P-1,Abaro,2026-05-01,2026-05-05 22:10", [("departed", "2026-05-05 22:10")]),
        ("P-1,Abaro,2026-05-01,2026-05-05", []),
    ],
)  # fmt: skip
def test_of_a_time_that_the_register_does_not_have_it_is_said_that_it_keeps_the_day(
    register: Register, programme: ProgrammeId, tmp_path: Path, row: str, cells: list[tuple[str, str]]
) -> None:
    bring(register, programme, file(tmp_path, HOURS, "P-1,Abaro,2026-05-01,2026-05-05"))
    found = doubts(bring(register, programme, file(tmp_path, HOURS, row)))
    assert [(column, value) for _, column, value, said in found if "the day alone" in said] == cells


@pytest.mark.parametrize(
    ("was", "row"),
    [
        ("P-2,Bekele,2026-05-01 10:00,", "P-2,Bekele,2026-05-01 23:00,2026-05-03 10:00"),
        ("P-2,Bekele,2026-05-01 10:00,2026-05-03", "P-2,Bekele,2026-05-01 08:00,2026-05-04"),
    ],
)
def test_another_hour_of_the_same_day_is_asked_about(
    register: Register, programme: ProgrammeId, tmp_path: Path, was: str, row: str
) -> None:
    bring(register, programme, file(tmp_path, HOURS, was))
    again = file(tmp_path, HOURS, row)
    planned = looked(register, programme, again)
    assert not refusals(planned)
    assert planned.contradictions[0].field == "arrived_on"
    taken = bring(register, programme, again, Choices(Choice.TAKE, reason="letter"))
    assert (taken.stays, taken.problems) == (0, ())
    assert len(rows(register, STAYS)) == 1


def test_who_came_again_on_the_day_of_the_departure_has_a_second_stay(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, file(tmp_path, HOURS, "P-2,Bekele,2026-05-01 08:00,2026-05-01 12:00"))
    done = bring(register, programme, file(tmp_path, HOURS, "P-2,Bekele,2026-05-01 14:00,2026-05-03"))
    assert (done.stays, done.problems) == (1, ())


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("P-9,Iaro,2026-05-01 10:00,14:30,2026-05-05 23:00,01:00", ["arrival time", "departure time"]),
        ("P-9,Iaro,2026-05-01 14:30,14:30,2026-05-05,01:00", []),
        ("P-9,Iaro,2026-05-01T10:00:00,10:05,2026-05-05 00:00,01:00", ["arrival time"]),
    ],
)
def test_two_times_of_one_moment_that_differ_are_said(tmp_path: Path, row: str, columns: list[str]) -> None:
    head = "case no,surname,arrived,arrival time,departed,departure time"
    (line,) = read(file(tmp_path, head, row)).lines
    assert [each.column for each in line.doubts if "Another time" in ENGLISH.render(each.message)] == columns


# -- programmes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["US-2026", "Sweden pilot"])
def test_a_programme_that_the_register_does_not_have_is_refused_and_the_advice_works(
    register: Register, programme: ProgrammeId, tmp_path: Path, named: str
) -> None:
    path = file(
        tmp_path, "Programme,case no,surname,arrived,departed", f"{named},P-1,Abaro,2026-05-01,", ",P-2,Sok,2026-05-01,"
    )
    done = bring(register, programme, path)
    assert (done.stays, [row for row, _ in refusals(done)]) == (1, [2])
    assert "no programme of this name" in refusals(done)[0][1]
    register.perform(let_seal)
    sealed = read_stays(read_table(path), zone=BELGRADE, answers=Answers(mapping={"Programme": "sealed"}))
    again = register.perform(bring_in, programme_id=programme, read=sealed).value
    assert (again.stays, again.problems) == (1, ())


# -- names, ages, births ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Bekele, Ana; Bekele, Ben", "Cela, Mira\nCela, Jon", "Ana Bekele\r\nBen Bekele", "Bekele, Ana, Bekele, Ben"],
)
def test_two_people_in_one_cell_are_in_doubt(tmp_path: Path, name: str) -> None:
    (line,) = read(file(tmp_path, "case no,name,arrived,departed", f'P-1,"{name}",2026-05-01,')).lines
    assert any(ENGLISH.render(each.message).startswith("Perhaps several people") for each in line.doubts)


@pytest.mark.parametrize("name", ["Bekele,\nAna", "Bekele\nAna Maria", "Bekele, Ana, Maria", "Van der Berg, Ana"])
def test_one_person_on_two_lines_is_one(tmp_path: Path, name: str) -> None:
    (line,) = read(file(tmp_path, "case no,name,arrived,departed", f'P-1,"{name}",2026-05-01,')).lines
    assert not any(ENGLISH.render(each.message).startswith("Perhaps several people") for each in line.doubts)


@pytest.mark.parametrize("name", ["None", "nil", "TBD", "NaN", "TRUE", "ditto", "Nema", "missing"])
@pytest.mark.parametrize("column", ["surname", "given name"])
def test_a_name_that_may_say_that_there_is_none_is_in_doubt(tmp_path: Path, name: str, column: str) -> None:
    other = "given name" if column == "surname" else "surname"
    path = tmp_path / "list.csv"
    path.write_text(f"no,case no,{column},{other}\n1,A-1,{name},Abaro\n", encoding="utf-8")
    (line,) = read_list(read_table(path)).candidates
    said = [(each.column, ENGLISH.render(each.message)) for each in line.doubts]
    assert (column, "This may say that the name is not known. See whether it is a name.") in said


@pytest.mark.parametrize("number", ["NaT", "n/d", "ditto", "See above", "same as above", "TRUE"])
def test_what_only_points_elsewhere_is_no_number(
    register: Register, programme: ProgrammeId, tmp_path: Path, number: str
) -> None:
    done = bring(register, programme, file(tmp_path, HOURS, f"{number},Abaro,2026-05-01,"))
    assert (2, "case no", number, "This is no number. The person is known by the name.") in doubts(done)


@pytest.mark.parametrize("age", ["forty", "-3", "450", "40-45", "45.5", "6 months", "adult"])
@pytest.mark.parametrize("birth", ["", "1980-02-03"])
def test_an_age_on_arrival_that_is_none_is_said(tmp_path: Path, age: str, birth: str) -> None:
    head = "case no,surname,dob,age at arrival,arrived,departed"
    (line,) = read(file(tmp_path, head, f"P-1,Abaro,{birth},{age},2026-05-01,")).lines
    assert (age, "This is no age. Write the full years, as 45, or 0 below one year.") in [
        (each.value, ENGLISH.render(each.message)) for each in line.doubts
    ]
    assert (line.birth is None) is not bool(birth)


def test_below_one_year_an_age_of_0_is_read(tmp_path: Path) -> None:
    head = "case no,surname,age at arrival,arrived,departed"
    lines = read(
        file(tmp_path, head, "P-1,Abaro,0,2026-05-01,", "P-2,Sok,45 yrs,2026-05-01,", "P-3,Wok,?,2026-05-01,")
    ).lines
    assert [line.birth and line.birth.year for line in lines] == [2026, 1981, None]
    assert not any("no age" in ENGLISH.render(each.message) for line in lines for each in line.doubts)


@pytest.mark.parametrize("birth", ["1411/09/04", "1368"])
def test_a_birth_of_another_calendar_is_advised_for_both(tmp_path: Path, birth: str) -> None:
    (line,) = read(file(tmp_path, "case no,surname,dob,arrived,departed", f"P-1,Abaro,{birth},2026-05-01,")).lines
    (said,) = [ENGLISH.render(each.message) for each in line.doubts if each.column == "dob"]
    assert "lunar" in said
    for advised in ("about 1990", "1990-12-31"):
        head = "case no,surname,dob,arrived,departed"
        (line,) = read(file(tmp_path, head, f"P-1,Abaro,{advised},2026-05-01,")).lines
        assert line.birth is not None
        assert line.birth.year == date(1990, 1, 1).year
