"""The row of headings, where the clerk says which it is."""

from pathlib import Path

import pytest

from models.errors import Refused
from models.exchange.files import read_table
from models.exchange.lists_file import read_list

ROWS = "Family name,Given name,Sex\nNobody,At all,F\nMbiemri,Emri,Gjinia\nNoori,Fatima,F\n"


def test_the_row_that_the_clerk_names_has_the_headings(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="utf-8")
    found = read_list(read_table(file))
    told = read_list(read_table(file), heading_row=3)
    assert [each.family_name for each in found.candidates] == ["Nobody", "Mbiemri", "Noori"]
    assert [each.family_name for each in told.candidates] == ["Noori"]
    assert tuple(each.text for each in told.aside) == ("Family name | Given name | Sex", "Nobody | At all | F")


def test_an_empty_row_is_refused_as_headings(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_list(read_table(file), heading_row=9)
    assert refused.value.field == "heading_row"
