"""Proposed lists out of files into the register: everybody as a candidate, nothing decided, nothing twice."""

import json
from datetime import date
from pathlib import Path

import pytest

from models.errors import Refused
from models.exchange.files import read_table
from models.exchange.import_lists import bring_in, preview_list
from models.exchange.lists_file import ListReading, read_list
from models.ids import ProgrammeId
from models.rules.birth import BirthDate
from models.rules.kept import restored
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.builders import rows


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register)


def read(folder: Path, content: str, name: str = "list.csv") -> ListReading:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_list(read_table(path))


def doubts(register: Register, row_number: int) -> list[str]:
    (found,) = rows(register, f"SELECT doubts FROM candidates WHERE row_number = {row_number} ORDER BY id DESC LIMIT 1")
    return [translator("en").render(each) for each in restored(json.loads(str(found[0])))]


@pytest.mark.parametrize(("name", "people"), [("US-01.xlsx", 64), ("DK-01.csv", 30), ("LIYA-01.csv", 181)])
def test_each_real_list_comes_in_whole_and_the_same_file_twice_is_refused(
    register: Register, programme: ProgrammeId, shared_data: Path, name: str, people: int
) -> None:
    found = read_list(read_table(shared_data / "lists" / name))
    done = register.perform(bring_in, programme_id=programme, read=found).value
    assert done.candidates == people
    assert rows(register, "SELECT count(*), min(state), max(state) FROM candidates") == [
        (people, "proposed", "proposed")
    ]
    assert rows(register, "SELECT code, received_on FROM proposed_lists") == [(name.split(".")[0], "2026-11-21")]
    assert rows(register, "SELECT action FROM trail ORDER BY number DESC LIMIT 1") == [("import_lists.bring_in",)]
    with register.read() as snapshot:
        already = preview_list(snapshot, programme_id=programme, read=found).already
    assert already is not None
    with pytest.raises(Refused, match="here already") as refused:
        register.perform(bring_in, programme_id=programme, read=found)
    assert refused.value.message == already
    assert rows(register, "SELECT count(*) FROM candidates") == [(people,)]


def test_us_01_keeps_its_titles_its_notes_and_its_doubts(
    register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    found = read_list(read_table(shared_data / "lists" / "US-01.xlsx"))
    register.perform(bring_in, programme_id=programme, read=found, code="US-01", received_on=date(2026, 6, 11))
    said = builders.sealed_remarks(register)
    assert [text for who, text in said if who is None and "Total: 64" in text]
    assert rows(register, "SELECT family_group, count(*) FROM candidates GROUP BY 1 ORDER BY 1") == [
        ("", 60),
        ("F-1", 4),
    ]
    assert "Perhaps the same person as in row 56 of the list." in doubts(register, 14)
    (unclear,) = rows(register, "SELECT id FROM candidates WHERE list_number = '46'")
    assert (unclear[0], "Criminal history (Y/N): see file") in [
        (who, line) for who, text in said for line in text.splitlines()
    ]


def test_a_candidate_whom_the_register_may_know_is_shown_as_such(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    builders.resident(
        register,
        "K-0007",
        family_name="Đorđević",
        given_names="Žarko",
        birth=BirthDate(1990),
        sort_name="dordevic zarko",
    )
    head = "No,Case no,Surname,Given name,Date of birth,Nationality\n"
    register.perform(
        bring_in, programme_id=programme, read=read(tmp_path, head + "1,C-1,Gjoni,Besa,1980,AL\n", "A.csv")
    )
    found = read(
        tmp_path, head + "1,C-1,Other,Name,1970,AL\n2,C-2,Djordjevic,Zarko,1990-05-05,RS\n3,C-3,New,One,1990,RS\n"
    )
    with register.read() as snapshot:
        planned = preview_list(snapshot, programme_id=programme, read=found)
    assert planned.already is None
    register.perform(bring_in, programme_id=programme, read=found)
    assert "Perhaps the same person as in row 2 of the list A." in doubts(register, 2)
    assert "Perhaps the same person as the resident K-0007." in doubts(register, 3)
    assert not any("same person" in each for each in doubts(register, 4))
    assert {"number": "K-0007"} in [doubt.message.values for doubt in planned.candidates[1].doubts]


def test_a_resident_of_several_names_is_known_in_any_order_of_them(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    name = {"family_name": "Rondón Díaz", "given_names": "Luis", "sort_name": "rondon diaz luis"}
    builders.resident(register, "K-0007", birth=BirthDate(1990), **name)
    head = "No,Case no,Surname,Given name,Date of birth,Nationality\n"
    others = "".join(f"{n},C-{n},Name{n},Other,1970,AL\n" for n in range(2, 40))  # too many to search for each
    found = read(tmp_path, f"{head}1,C-1,Díaz,Luis Rondón,1990,VE\n{others}")
    register.perform(bring_in, programme_id=programme, read=found)
    assert "Perhaps the same person as the resident K-0007." in doubts(register, 2)


def test_the_same_number_with_another_partner_is_another_person(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    other = builders.programme(register, "OTHER")
    head = "No,Case no,Surname,Given name,Date of birth\n"
    register.perform(bring_in, programme_id=other, read=read(tmp_path, head + "1,C-1,Gjoni,Besa,1980\n"))
    register.perform(bring_in, programme_id=programme, read=read(tmp_path, head + "1,C-1,New,One,1990\n"))
    assert not any("same person" in each for each in doubts(register, 2))


def test_a_list_of_nobody_or_of_tomorrow_is_refused(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    head = "No,Surname,Given name,Date of birth\n"
    with pytest.raises(Refused, match="nobody on this list"):
        register.perform(bring_in, programme_id=programme, read=read(tmp_path, head + "Total: 0\n"))
    with pytest.raises(Refused, match="cannot lie in the future"):
        register.perform(
            bring_in, programme_id=programme, read=read(tmp_path, head + "1,A,B,1990\n"), received_on=date(2026, 11, 22)
        )
    with pytest.raises(Refused, match="said of the file first"):
        register.perform(bring_in, programme_id=programme, read=read(tmp_path, head + "1,A,B,01/02/1990\n"))
    assert rows(register, "SELECT count(*) FROM proposed_lists") == [(0,)]


def test_two_lists_of_a_programme_cannot_bear_one_name(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    first = read(tmp_path, "No.,Surname,Given names,Date of birth\n1,Berisha,Agron,1990-03-14\n", "US-01.csv")
    second = read(tmp_path, "No.,Surname,Given names,Date of birth\n1,Krasniqi,Luan,1991-03-14\n", "second.csv")
    register.perform(bring_in, programme_id=programme, read=first)
    with pytest.raises(Refused, match="another name") as refused:
        register.perform(bring_in, programme_id=programme, read=second, code=" us-01 ")
    assert refused.value.field == "code"
    assert rows(register, "SELECT count(*) FROM candidates") == [(1,)]
    other = builders.programme(register, code="OTHER-1")
    register.perform(bring_in, programme_id=other, read=second, code="US-01")
    assert rows(register, "SELECT count(*) FROM proposed_lists") == [(2,)]


def test_what_cannot_be_is_in_doubt_though_a_list_says_it(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "No,Surname,Given name,Date of birth,Age,Sentenced on,Release date\n"
    said = (
        "1,Gjoni,Besa,2027-04-05,,,\n"
        "2,Hoti,Drita,1980-04-05,12,,\n"
        "3,Musa,Omar,1990-04-05,36,2027-01-01,2028-01-01\n"
        "4,Abaro,Tomi,1990-04-05,36 years,2020-01-01,2019-01-01\n"
        "5,Sok,Ana,1990-04-05,35,2020-01-01,2030-01-01\n"
        "6,Tahiri,Luan,about 1990,41,,\n"
    )
    found = read(tmp_path, head + said)
    with register.read() as snapshot:
        planned = preview_list(snapshot, programme_id=programme, read=found).candidates
    done = register.perform(bring_in, programme_id=programme, read=found).value
    expected = [
        (2, "Date of birth", "This birth date lies in the future. Correct it."),
        (3, "Age", "The age 12 contradicts the date of birth 1980-04-05."),
        (4, "Sentenced on", "This date lies in the future. Correct it."),
        (5, "Release date", "The release lies before the sentence. Correct one of the dates."),
    ]
    told = [(each.row_number, each.column, translator("en").render(each.message)) for each in done.summary.doubts]
    assert [each for each in told if "estimate" not in each[2]] == expected
    assert [line.doubts for line in planned] == [
        tuple(each for each in done.summary.doubts if each.row_number == line.row_number) for line in planned
    ]
    assert doubts(register, 3) == ["The age 12 contradicts the date of birth 1980-04-05."]
    assert (2, "Age: 12") in [(who, text) for who, text in builders.sealed_remarks(register)]
