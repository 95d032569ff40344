"""The row of headings, where the clerk says which it is, and what it names."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import Refused
from models.exchange.answers import Answers
from models.exchange.fields import LIST_FIELDS, STAY_FIELDS, columns_of
from models.exchange.files import read_table
from models.exchange.headers import find_heading
from models.exchange.lists_file import read_list
from models.rules.field_types import Field, FieldClass, FieldType
from models.rules.residents import PERSON_SAID

ROWS = "Family name,Given name,Sex\nNobody,At all,F\nMbiemri,Emri,Gjinia\nNoori,Fatima,F\n"


def test_the_row_that_the_clerk_names_has_the_headings(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="utf-8")
    found = read_list(read_table(file))
    told = read_list(read_table(file), answers=Answers(heading_row=3))
    assert [each.family_name for each in found.candidates] == ["Nobody", "Noori"]
    assert [each.row_number for each in found.aside] == [3]  # it repeats the headings in another language
    assert [each.family_name for each in told.candidates] == ["Noori"]
    assert tuple(each.value for each in told.aside) == ("Family name | Given name | Sex", "Nobody | At all | F")


def test_an_empty_row_is_refused_as_headings(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_list(read_table(file), answers=Answers(heading_row=9))
    assert refused.value.field == "heading_row"


@pytest.mark.parametrize("headings", [(), ("birthplace",)])
def test_the_name_of_a_field_is_a_heading_whatever_else_it_is_known_by(
    headings: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Sex,Place of birth\nF,Herat\n", encoding="utf-8")
    born = Field("place_of_birth", "Place of birth", FieldType.TEXT, FieldClass.PERSONAL, headings=headings)
    heading = find_heading(read_table(file), {**LIST_FIELDS, **columns_of(born)}, Answers())
    assert heading.by_field["place_of_birth"] == 1
    assert columns_of(replace(born, in_files=None)) == {}


def test_files_have_each_field_that_a_list_can_say_but_how_a_birth_was_written() -> None:
    said = {each.name for each in PERSON_SAID if each.column not in LIST_FIELDS or each.column not in STAY_FIELDS}
    assert said == {"birth_as_written"}  # it is what stands in the column of the birth date
