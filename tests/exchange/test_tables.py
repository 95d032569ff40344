"""Tables out of files: whatever they are, they are read, or refused in words."""

import tracemalloc
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from models.errors import KonakError, Refused, Unavailable
from models.exchange import delimited, tables, workbooks
from models.exchange.files import read_table
from models.text import translator

DANISH = "Efternavn;Fornavne;Køn\r\nSørensen;Åge;M\r\nŠimkus;Bjørn;M\r\n"
SERBIAN = "Prezime;Ime;Pol\r\nĐorđević;Žarko;M\r\nPetrović;Čedomir;M\r\n"
CYRILLIC = "Презиме;Име;Пол\r\nЂорђевић;Жарко;М\r\nПетровић;Чедомир;М\r\n"
ALBANIAN = "Mbiemri,Emri,Gjinia\nÇeku,Arbër,M\nHoxha,Shqipe,F\n"


def written(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder: Path, *rows: list[object], name: str = "file.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    ("text", "encoding", "found", "is_sure"),
    [
        (DANISH, "utf-8", "utf-8", True),
        (DANISH, "utf-8-sig", "utf-8-sig", True),
        (DANISH, "utf-16", "utf-16", True),
        (DANISH, "utf-16-le", "utf-16-le", True),
        (DANISH, "utf-16-be", "utf-16-be", True),
        (DANISH, "cp1252", "cp1252", False),
        (SERBIAN, "cp1250", "cp1250", False),
        (CYRILLIC, "cp1251", "cp1251", True),
        (CYRILLIC, "utf-8", "utf-8", True),
        (ALBANIAN, "cp1252", "cp1252", False),
    ],
)
def test_the_letters_are_right_in_every_encoding(
    tmp_path: Path, text: str, encoding: str, found: str, is_sure: bool
) -> None:
    table = read_table(written(tmp_path, text.encode(encoding)))
    separator = "," if text is ALBANIAN else ";"
    assert [list(row.cells) for row in table.rows] == [line.split(separator) for line in text.split()]
    assert (table.source.encoding, table.source.is_sure) == (found, is_sure)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_even_where_cells_hold_another(tmp_path: Path, separator: str) -> None:
    lines = [["name", "note"], ["A", "one; two, three"], ["B", "four; five, six"], ["C", "7,5"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    table = read_table(written(tmp_path, text.encode()))
    assert table.source.separator == separator
    assert [list(row.cells) for row in table.rows] == lines


def test_single_quotation_marks_are_found(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"'a,1','b'\n'c,2','d'\n"))
    assert table.source.quote == "'"
    assert table.rows[1].cells == ("c,2", "d")


def test_a_quotation_mark_that_is_never_closed_is_refused_and_swallows_no_rows(tmp_path: Path) -> None:
    content = b'person,came,note\nP1,2026-07-01,5" pipe\nP2,2026-07-01,"never ends\nP3,2026-07-01,x\n'
    with pytest.raises(Refused) as refused:
        read_table(written(tmp_path, content))
    assert refused.value.message.values["row"] == 3
    table = read_table(written(tmp_path, content.replace(b'"never', b"never")))
    assert [row.cells[0] for row in table.rows] == ["person", "P1", "P2", "P3"]


def test_what_is_found_out_can_be_told_instead(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b,c\nø;d,e\n".encode("cp1252"))
    table = read_table(path, encoding="cp1250", separator=";", quote="'")
    assert table.rows[1].cells == ("ř", "d,e")
    assert (table.source.encoding, table.source.separator, table.source.quote) == ("cp1250", ";", "'")
    with pytest.raises(Refused, match="does not know the encoding") as refused:
        read_table(path, encoding="klingon")
    assert refused.value.field == "encoding"
    with pytest.raises(Refused, match="not written in the encoding"):
        read_table(path, encoding="utf-8")


def test_rows_keep_their_number_though_empty_and_ragged_rows_stand_between(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'a,b,c\n\n,,\n1\n"two\nlines",2,3,4\n  ,\n9,,\n'))
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("a", "b", "c")),
        (4, ("1",)),
        (5, ("two\nlines", "2", "3", "4")),
        (7, ("9",)),
    ]
    assert table.rows[1].text(2) == ""


def test_the_hint_of_a_spreadsheet_program_is_obeyed_and_is_no_row(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"sep=|\r\na,b|c\r\n"))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("a,b", "c"))]


def test_a_workbook_gives_texts_numbers_and_dates(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["day", "moment", "time", "whole", "broken", "text", "truth"],
        [date(1984, 7, 19), datetime(2020, 1, 2, 23, 34, 35), time(8, 5), 900128667, 87.5, " x ", True],
    )
    row = read_table(path).rows[1]
    assert row.cells == ("1984-07-19", "2020-01-02 23:34:35", "08:05:00", "900128667", "87.5", " x ", "TRUE")
    assert [row.value(index) for index in range(7)] == [
        date(1984, 7, 19),
        datetime(2020, 1, 2, 23, 34, 35),
        time(8, 5),
        900128667,
        Decimal("87.5"),
        "x",
        True,
    ]


def test_a_workbook_keeps_row_numbers_names_its_other_sheets_and_passes_over_hidden_ones(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Secret"
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    people = book.create_sheet("People")
    people["B2"], people["A5"] = "x", "y"
    book.create_sheet("More").append(["z"])
    book.active = 1
    book.save(tmp_path / "file.xlsx")
    table = read_table(tmp_path / "file.xlsx")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("", "x")), (5, ("y",))]
    assert (table.source.sheet, table.source.other_sheets) == ("People", ("Secret", "More"))
    assert read_table(tmp_path / "file.xlsx", sheet="more").rows[0].cells == ("z",)
    with pytest.raises(Refused, match="There is no sheet"):
        read_table(tmp_path / "file.xlsx", sheet="Less")


def test_a_formula_without_its_result_is_refused_and_not_read_as_an_empty_cell(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a formula whose result is not in the file") as refused:
        read_table(workbook(tmp_path, ["a", "b"], [1, "=A2+1"]))
    assert refused.value.message.values["row"] == 2


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ('no,name,day\n1,Abaro,3\n2,"Bekele,4\n3,"Eze",5\n', 3),
        ("no;name;day\n'1';'Abaro;3\n'2';'Eze';4\n'3';'Sok';5\n", 2),
        ('no,name,day\n1,"Abaro, T.,3\n2,Bekele,4\n3,"Eze, A.",5\n4,Sok,6\n', 2),
    ],
)
def test_lines_that_a_quotation_mark_too_few_would_run_together_are_refused(
    tmp_path: Path, content: str, row: int
) -> None:
    with pytest.raises(Refused, match="several lines would be one row") as refused:
        read_table(written(tmp_path, content.encode(), "quotes.csv"))
    assert refused.value.message.values["row"] == row


def test_a_cell_of_several_lines_and_letters_behind_a_quotation_mark_of_one_line_are_read(tmp_path: Path) -> None:
    content = b'no,name,day\n1,"Rruga ""A"", 5\nPeja",3\n2,"Bek"ele,4\n3,5" pipe,6\n'
    found = read_table(written(tmp_path, content, "lines.csv"))
    assert [row.cells[1] for row in found.rows] == ["name", 'Rruga "A", 5\nPeja', "Bekele", '5" pipe']


def nasty_files() -> list[tuple[str, bytes]]:
    """Files that are no tables, by what they pretend to be."""
    book = BytesIO()
    Workbook().save(book)
    whole = book.getvalue()
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("word/document.xml", "<w/>")
    entities = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(entities, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("sheet1.xml"):
                content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            target.writestr(part, content)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    return [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n  \n"),
        ("commas.csv", b",,,\n,,,\n"),
        ("letter.docx", archive.getvalue()),
        ("half.xlsx", whole[: len(whole) // 2]),
        ("flipped.xlsx", whole[:60] + b"XXXXXXXX" + whole[68:]),
        ("entities.xlsx", entities.getvalue()),
        ("locked.xlsx", ole + "EncryptedPackage".encode("utf-16-le")),
        ("old.xls", ole),
        ("page.xls", b"\xef\xbb\xbf<html><table><tr><td>Name</td></tr></table></html>"),
        ("sheet.xml", b'<?xml version="1.0"?><Workbook/>'),
        ("scan.pdf", b"%PDF-1.7\n"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("program.csv", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"),
        ("nul.csv", b"a,b\n1,\0\n"),
        ("long.csv", b"a,b\n" + b"x" * 40_000 + b",1\n"),
        ("quote.csv", b'a,b\n"never closed,1\n' + b"x,y\n" * 100_000),
        ("wide.csv", b"," * 300 + b"x\n"),
    ]


@pytest.mark.parametrize(("name", "content"), nasty_files(), ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(KonakError) as error:
        read_table(written(tmp_path, content, name))
    assert "{" not in translator("en").render(error.value.message)


def test_a_locked_workbook_says_so(tmp_path: Path) -> None:
    content = dict(nasty_files())["locked.xlsx"]
    with pytest.raises(Refused, match="locked with a password"):
        read_table(written(tmp_path, content, "locked.xlsx"))


def test_a_file_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        read_table(tmp_path / "absent.csv")
    with pytest.raises(Refused, match="is a folder"):
        read_table(tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    path = workbook(tmp_path, ["a"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b"0" * 5_000_000)
    assert path.stat().st_size < 50_000
    with pytest.raises(Refused, match="unpacks to more than"):
        read_table(path)


def test_a_sheet_that_declares_millions_of_empty_cells_is_refused_soon(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["a"])
    rows = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (row, row) for row in range(1, 20_000))
    content = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            if part.endswith("sheet1.xml"):
                space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
                data = b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData></worksheet>"
            target.writestr(part, data)
    with pytest.raises(Refused, match="more than"):
        read_table(written(tmp_path, content.getvalue(), "gaps.xlsx"))


def test_too_large_a_workbook_is_refused_and_says_that_csv_may_be_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.exchange.files.MAX_BYTES", 100)
    with pytest.raises(Refused, match="larger than"):
        read_table(workbook(tmp_path, ["a"]))


def test_a_long_csv_file_is_read_in_pieces_and_reads_alike_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.exchange.files.MAX_BYTES", 100)
    monkeypatch.setattr(tables, "HELD_ROWS", 30)
    monkeypatch.setattr(delimited, "_PIECE", 7)
    path = written(tmp_path, "".join(f'{n},Sørensen,"two\r\nlines"\r\n' for n in range(100)).encode())
    rows = read_table(path).rows
    assert len(rows) == 100
    assert (
        [row.cells for row in rows]
        == [row.cells for row in rows]
        == [(str(n), "Sørensen", "two\r\nlines") for n in range(100)]
    )
    assert (rows[-1].cells[0], rows[45].cells[0]) == ("99", "45")
    assert [row.number for row in rows[28:33]] == [29, 30, 31, 32, 33]
    path.write_bytes(path.read_bytes().replace(b"45,", b"46,"))
    with pytest.raises(Refused, match="was changed while it was read"):
        list(rows)


def test_many_rows_are_read_in_flat_memory(tmp_path: Path) -> None:
    many = 60_000  # which take 39 MiB as a list
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.writelines(f"P-{n},Abaro,Tomi,2026-05-01,2026-05-05\n" for n in range(many))
    tracemalloc.start()
    try:
        rows = read_table(path).rows
        assert len(rows) == many
        assert sum(1 for _ in rows) == many
        assert tracemalloc.get_traced_memory()[1] < 24 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_the_errors_carry_nothing_of_the_file_in_their_text(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_table(written(tmp_path, b"x" * 50_000, "Gul Ahmadzai.csv"))
    assert "Gul" not in str(refused.value)
    assert "xxx" not in str(refused.value)


def test_the_city_s_year_of_stays_is_read_whole(shared_data: Path) -> None:
    table = read_table(shared_data / "stays" / "nyc-doc-2019.csv")
    assert len(table.rows) == 38_868


BEGINNINGS = [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"a;b\n", b'a,b\n"']


def reads_or_says_why(path: Path) -> bool:
    try:
        return bool(read_table(path).rows)
    except KonakError as error:
        return "{" not in translator("en").render(error.message)


@given(st.binary(max_size=600), st.sampled_from(BEGINNINGS))
def test_no_bytes_make_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes, begin: bytes) -> None:
    path = written(tmp_path_factory.getbasetemp(), begin + content, "fuzzed.csv")
    assert reads_or_says_why(path)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_no_damage_to_a_workbook_makes_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, place: int, damage: bytes
) -> None:
    book = BytesIO()
    made = Workbook()
    made.active.append(["a", "b", date(2020, 1, 1)])
    made.save(book)
    whole = book.getvalue()
    place %= len(whole)
    path = written(tmp_path_factory.getbasetemp(), whole[:place] + damage + whole[place + len(damage) :], "fuzzed.xlsx")
    assert reads_or_says_why(path)


@pytest.mark.parametrize(
    ("cell", "typed"),
    [("'=1+1", "=1+1"), ("'@Sum", "@Sum"), ('="0012"', "0012"), ("'Ali", "'Ali"), ("=1+1", "=1+1"), ("''", "''")],
)
def test_what_keeps_a_cell_from_being_reckoned_is_no_part_of_it(tmp_path: Path, cell: str, typed: str) -> None:
    found = read_table(written(tmp_path, f"Name;Case no\n{cell};7\nSmith;8\n".encode()))
    assert found.rows[1].cells == (typed, "7")
    if not cell.startswith("="):  # in a workbook that is a formula
        found = read_table(workbook(tmp_path, ["Name", "Case no"], [cell, "7"]))
        assert found.rows[1].cells == (typed, "7")
