"""Whose the rows of a file are: numbers that are none, numbers of families, numbers in two spellings, and the dead."""

from pathlib import Path

import pytest

from models.errors import Refused
from models.exchange.contradictions import Choices, Who
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.ids import ProgrammeId
from models.queries.months import figures
from models.rules.time import Month
from models.store.register import Register
from tests import builders
from tests.builders import rows
from tests.exchange.bringing import ENGLISH, bring, looked, refusals

HEAD = "A number,surname,given name,born,sex,arrived,departed,departure kind\n"


def written(folder: Path, content: str, head: str = HEAD, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(head + content, encoding="utf-8")
    return path


def test_placeholders_are_no_number_and_each_row_says_so(
    register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    file = shared_data / "cases" / "x_na_numbers.csv"
    assert [(doubt.row_number, doubt.value) for doubt in looked(register, programme, file).doubts] == [
        (2, "N/A"), (3, "N/A"), (4, "N/A"),
    ]  # fmt: skip
    done = bring(register, programme, file)
    assert (done.stays, done.new_residents) == (3, 3)
    assert rows(register, "SELECT count(*) FROM partner_numbers") == [(0,)]


@pytest.mark.parametrize("number", ["none", "0000000", "2.01446E+08", "xxx", "TBC"])
def test_every_placeholder_is_no_number(
    register: Register, programme: ProgrammeId, tmp_path: Path, number: str
) -> None:
    content = f"{number},Noori,Ali,1980-02-03,M,2026-05-01,,\n{number},Gashi,Besa,1990-03-04,F,2026-05-01,,\n"
    done = bring(register, programme, written(tmp_path, content))
    assert (done.stays, done.new_residents) == (2, 2)


def test_a_case_number_that_several_names_share_is_a_family(
    register: Register, programme: ProgrammeId, shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "cases" / "v_family_case.csv"
    done = bring(register, programme, file)
    assert (done.stays, done.new_residents) == (5, 5)
    kin = "SELECT f.name, count(*) FROM residents r JOIN families f ON f.id = r.family_id GROUP BY 1"
    assert rows(register, kin) == [("Abaro", 3), ("Bekele", 2)]
    assert rows(register, "SELECT DISTINCT aliases FROM residents") == [("[]",)]
    with register.read() as snapshot:
        month = figures(snapshot, programme, Month(2026, 5))
        assert (month.admissions, month.person_nights) == (5, 63)
    again = bring(register, programme, file)
    assert (again.stays, again.repeated) == (0, 5)
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    one = written(tmp_path, f"{lines[4]}\nFC-8,Bekele,Cal,2014-02-03,2026-06-01,\n", head + "\n")
    later = bring(register, programme, one)
    assert (later.stays, later.new_residents, later.repeated) == (1, 1, 1)
    assert rows(register, "SELECT count(*) FROM residents WHERE family_id = 2") == [(3,)]
    assert register.verified().problem is None


def test_another_number_that_stands_for_several_is_no_number_and_no_family(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    people = ("Noori,Ali", "Gashi,Besa", "Hoti,Drita", "Musa,Omar")
    content = "".join(f"777,{name},195{at}-03-04,M,2026-05-0{at},,\n" for at, name in enumerate(people, 1))
    file = written(tmp_path, content)
    assert [doubt.row_number for doubt in looked(register, programme, file).doubts] == [2, 3, 4, 5]
    done = bring(register, programme, file)
    assert (done.stays, done.new_residents) == (4, 4)
    assert rows(register, "SELECT (SELECT count(*) FROM families), (SELECT count(*) FROM partner_numbers)") == [(0, 0)]


def test_one_number_in_two_spellings_is_one_resident(
    register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    first, second = (shared_data / "cases" / name for name in ("j1_numbers.csv", "j2_numbers.csv"))
    assert bring(register, programme, first).stays == 1
    done = bring(register, programme, second)
    assert (done.stays, done.new_residents) == (0, 0)
    assert [row for row, said in refusals(done) if said.startswith("It overlaps")] == [2]


@pytest.mark.parametrize(("one", "other"), [("0012", "12"), ("ab-77 1", "AB771"), ("K 5-9", "k59")])
def test_the_same_number_is_known_again_in_any_spelling(
    register: Register, programme: ProgrammeId, tmp_path: Path, one: str, other: str
) -> None:
    bring(register, programme, written(tmp_path, f"{one},Noori,Ali,1980-02-03,M,2026-05-01,2026-05-03,\n"))
    done = bring(register, programme, written(tmp_path, f"{other},Noori,Ali,1980-02-03,M,2026-06-01,,\n"))
    assert (done.stays, done.new_residents, done.known_residents) == (1, 0, 1)


@pytest.mark.parametrize(
    "row", ["7,Noori,Ali,1991-05-06,M", "7,Noori,Ali,1980-02-03,F", "7,Hoxha,Ana,,"], ids=["birth", "sex", "name"]
)
def test_the_number_of_somebody_else_is_a_question_and_never_a_silent_merge(
    register: Register, programme: ProgrammeId, tmp_path: Path, row: str
) -> None:
    bring(register, programme, written(tmp_path, "7,Noori,Ali,1980-02-03,M,2026-05-01,2026-05-03,\n"))
    file = written(tmp_path, f"{row},2026-06-01,,\n")
    (asked,) = looked(register, programme, file).questions
    assert (asked.row_number, asked.number, asked.ours) == (2, "7", "K-0001, Noori, Ali, 1980-02-03, M")
    with pytest.raises(Refused) as refused:
        bring(register, programme, file)
    assert refused.value.field == "people"
    assert rows(register, "SELECT count(*) FROM stays") == [(1,)]
    done = bring(register, programme, file, Choices(people={2: Who.OTHER}))
    assert (done.stays, done.new_residents) == (1, 1)
    assert rows(register, "SELECT aliases FROM residents ORDER BY id") == [("[]",), ("[]",)]
    assert rows(register, "SELECT count(*) FROM partner_numbers") == [(1,)]


def test_it_may_be_said_that_it_is_the_same_person(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    bring(register, programme, written(tmp_path, "7,Noori,Ali,1980-02-03,M,2026-05-01,2026-05-03,\n"))
    done = bring(
        register,
        programme,
        written(tmp_path, "7,Noori,Ali,1991-05-06,M,2026-06-01,,\n"),
        Choices(everybody=Who.SAME),
    )
    assert (done.stays, done.new_residents) == (1, 0)
    assert rows(register, "SELECT birth FROM residents") == [("1980-02-03",)]
    assert [said for _, _, said in builders.sealed_texts(register)] == ["birth: 1991-05-06"]


def test_nobody_dead_is_admitted_again_whatever_the_order_of_the_rows(
    register: Register, programme: ProgrammeId, shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "cases" / "q_after_death.csv"
    done = bring(register, programme, file)
    assert done.stays == 1
    assert refusals(done) == [(3, "This person died on 5 May 2026, as row 2 says. Correct one of them.")]
    head, first, second = file.read_text(encoding="utf-8").splitlines()
    turned = "\n".join([second, first]).replace("P-1", "P-2") + "\n"
    assert [row for row, _ in refusals(bring(register, programme, written(tmp_path, turned, head + "\n")))] == [2]
    later = written(tmp_path, second + "\n", head + "\n")
    assert refusals(bring(register, programme, later)) == [
        (2, "This person died on 5 May 2026, and nobody who is dead is admitted again. Correct the row, or the "
            "departure in the register."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (
            "7,Noori,Ali,1980-02-03,M,2026-06-01,,",
            "7,Noori,Ali,1980-02-03,M,2026-05-01,2026-05-05,death",
            "The register has a stay of this person from 1 Jun 2026 on, after this death. Correct the row, or that "
            "stay.",
        ),
        (
            "N/A,Noori,Ali,1980-02-03,M,2026-05-01,2026-05-05,death",
            "9,Noori,Ali,1980-02-03,M,2026-06-01,,",
            "K-0001 has this name and birth date and died on 5 May 2026. If this is somebody else, register the "
            "arrival by hand.",
        ),
    ],
    ids=["death before a stay", "died without a number"],
)
def test_who_died_has_no_stay_afterwards_whichever_is_told_first(
    register: Register, programme: ProgrammeId, tmp_path: Path, first: str, second: str, refused: str
) -> None:
    assert bring(register, programme, written(tmp_path, first + "\n")).stays == 1
    done = bring(register, programme, written(tmp_path, second + "\n"))
    assert (done.stays, refusals(done)) == (0, [(2, refused)])


def test_very_many_people_of_one_number_are_told_apart_in_time(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    content = "".join(
        f"55501,Fam{chr(97 + at % 26)}{at},Giv{at},19{10 + at % 80}-03-04,M,2026-05-01,,\n" for at in range(2_000)
    )
    planned = looked(register, programme, written(tmp_path, content))
    of_numbers = [doubt for doubt in planned.doubts if doubt.value]
    assert (len(planned.coming), len(planned.new), len(of_numbers)) == (2_000, 2_000, 2_000)


CASES = "Case number,Family name,Given names,Date of birth,Arrival date,Departure date,Departure kind\n"


def test_a_member_of_a_family_is_known_again_without_a_birth_date(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = "F1,Noori,Ali,,2026-05-01,,\nF1,Noori,Besa,,2026-05-01,,\n"
    bring(register, programme, written(tmp_path, may, CASES))
    june = "F1,Noori,Ali,,2026-06-02,2026-06-09,\nF1,Noori,Besa,,2026-05-01,2026-06-01,\n"
    done = bring(register, programme, written(tmp_path, june, CASES))
    assert (done.new_residents, done.ended, [row for row, _ in refusals(done)]) == (0, 1, [2])


@pytest.mark.parametrize("number", ["awaited", "to follow"])
def test_words_that_stand_under_a_case_number_are_no_family(
    register: Register, programme: ProgrammeId, tmp_path: Path, number: str
) -> None:
    strangers = f"{number},Noori,Ali,,2026-05-01,,\n{number},Gashi,Besa,,2026-05-01,,\n"
    bring(register, programme, written(tmp_path, strangers, CASES))
    assert rows(register, "SELECT count(*), count(family_id) FROM residents") == [(2, 0)]


def test_who_had_the_number_alone_belongs_to_the_family_that_it_turns_out_to_be(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    tomi = "F1,Abaro,Tomi,1980-02-03,2026-05-01,,\n"
    bring(register, programme, written(tmp_path, tomi, CASES))
    bring(register, programme, written(tmp_path, tomi + "F1,Abaro,Sara,1985-02-03,2026-05-01,,\n", CASES))
    assert rows(register, "SELECT given_names, family_id FROM residents ORDER BY id") == [("Tomi", 1), ("Sara", 1)]


def test_a_number_that_comes_later_is_learned_of_the_very_stay(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "N/A,Noori,Ali,1980-02-03,M,2026-05-01,,\n"))
    done = bring(register, programme, written(tmp_path, "77,Noori,Ali,1980-02-03,M,2026-05-01,2026-06-01,\n"))
    assert (done.stays, done.new_residents, done.ended) == (0, 0, 1)
    assert rows(register, "SELECT number FROM partner_numbers") == [("77",)]


def test_who_left_on_the_day_of_the_arrival_may_have_come_again_on_that_day(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    both = "7,Noori,Ali,1980-02-03,M,2026-05-01,2026-05-01,\n7,Noori,Ali,1980-02-03,M,2026-05-01,2026-05-09,\n"
    assert bring(register, programme, written(tmp_path, both)).stays == 2


def test_a_placeholder_in_a_list_is_one_doubt_for_the_column(shared_data: Path) -> None:
    read = read_list(read_table(shared_data / "cases" / "p_placeholder_passport.csv"))
    said = [(doubt.row_number, doubt.value) for line in read.candidates for doubt in line.doubts if doubt.value]
    assert said == [(2, "0000000")]
    assert {line.document_number for line in read.candidates} == {""}


def test_the_stay_of_a_namesake_with_another_number_is_not_taken_for_the_same(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "7,Noori,Ali,1980-02-03,M,2026-05-01,,\n"))
    done = bring(register, programme, written(tmp_path, "8,Noori,Ali,1980-02-03,M,2026-05-01,,\n"))
    assert (done.stays, done.new_residents) == (1, 1)
    assert {doubt.row_number for doubt in done.summary.doubts} == {2}


def test_an_arrival_that_moved_is_asked_about_where_neither_stay_has_a_number(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "7,Noori,Ali,1980-02-03,M,2026-05-01,,\n"))
    moved = written(tmp_path, "7,Noori,Ali,1980-02-03,M,2026-05-02,,\n")
    (asked,) = looked(register, programme, moved).contradictions
    assert (asked.row_number, asked.field) == (2, "arrived_on")


def test_a_case_number_of_several_names_on_a_list_is_a_family(tmp_path: Path) -> None:
    head = "Case number,Family name,Given names,Date of birth\n"
    content = "C-1,Abaro,Tomi,1980-02-03\nC-1,Abaro,Mira,2015-02-03\nC-2,Bekele,Ana,1990-02-03\n"
    read = read_list(read_table(written(tmp_path, content, head)))
    assert [(line.partner_number, line.family_group) for line in read.candidates] == [
        ("", "C-1"), ("", "C-1"), ("C-2", ""),
    ]  # fmt: skip
    assert not any("same person" in ENGLISH.render(doubt.message) for line in read.candidates for doubt in line.doubts)
