"""Workbooks as they really come: sheets, hidden and merged cells, the days of 1904, every kind of file."""

import contextlib
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from models.errors import KonakError, Refused
from models.exchange.dates import DayOrder, read_date
from models.exchange.files import read_table
from models.exchange.stays_file import read_stays
from models.exchange.tables import Table
from models.text import translator
from tests.exchange.xls import xls

HEAD = ["Case No", "Family name", "Given names", "Arrival date"]


def read(folder: Path, content: bytes, name: str = "file.xlsx", sheet: str | None = None) -> Table:
    (folder / name).write_bytes(content)
    return read_table(folder / name, sheet=sheet)


def xlsx(change: Callable[[Workbook, Worksheet], None] = lambda book, sheet: None) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (HEAD, ["P-1", "Abaro", "Tomi", date(2026, 5, 1)], ["P-2", "Bekele", "Sara", date(2026, 5, 3)]):
        sheet.append(row)
    change(book, sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name.endswith(part) else source.read(name))
    return out.getvalue()


def ods(body: str, settings: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} {calc} office:version="1.2"><office:body>'
        f'<office:spreadsheet>{settings}<table:table table:name="List">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        manifest = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {manifest}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def number(value: float, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {more}><text:p>{value}</text:p>'
        "</table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def test_all_sheets_are_named_with_their_rows_so_that_it_can_be_asked_which_are_meant(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        sheet.title = "May"
        book.create_sheet("June").append(["a"])
        book.create_sheet("Nothing")
        hidden = book.create_sheet("Lists")
        hidden.append(["x"])
        hidden.sheet_state = "veryHidden"

    sheets = read(tmp_path, xlsx(more)).source.sheets
    assert [(each.name, each.rows, each.is_hidden) for each in sheets] == [
        ("May", 3, False),
        ("June", 1, False),
        ("Nothing", 0, False),
        ("Lists", 1, True),
    ]


def test_the_first_sheet_that_has_rows_is_read(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        book.move_sheet(book.create_sheet("Empty"), -1)

    assert read(tmp_path, xlsx(more)).source.sheet == "Sheet"


def test_hidden_rows_and_columns_are_marked_and_counted(tmp_path: Path) -> None:
    def hide(book: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.column_dimensions["K"].hidden = True

    table = read(tmp_path, xlsx(hide))
    assert [each.is_hidden for each in table.rows] == [False, True, False]
    assert (table.source.hidden_rows, table.source.hidden_columns) == (1, (2,))


@pytest.mark.parametrize(("struck", "commented"), [((2,), ("A2",)), ((2, 3), ("B1", "D3")), ((), ())])
def test_rows_that_are_struck_out_and_comments_are_said(
    tmp_path: Path, struck: tuple[int, ...], commented: tuple[str, ...]
) -> None:
    def change(book: Workbook, sheet: Worksheet) -> None:
        for row in struck:
            for cell in sheet[row]:
                cell.font = Font(strike=True, bold=True)
        sheet["B3"].font = Font(strike=True)
        for cell in commented:
            sheet[cell].comment = Comment("left on the 5th", "A. B.")

    table = read(tmp_path, xlsx(change))
    assert (table.source.struck_rows, table.source.comments) == (struck, len(commented))
    said = " ".join(map(translator("en").render, read_stays(table, zone=ZoneInfo("Europe/Belgrade")).said))
    assert ("struck out" in said, "not read" in said) == (bool(struck), bool(commented))
    assert all(str(row) in said for row in struck)


def test_comments_of_an_ods_file_are_counted(tmp_path: Path) -> None:
    noted = '<table:table-cell office:value-type="string"><office:annotation><text:p>see file</text:p>'
    noted += "</office:annotation><text:p>Sara</text:p></table:table-cell>"
    table = read(tmp_path, ods(row(cell("Case"), cell("Name")) + row(cell("1"), noted)), "file.ods")
    assert (table.source.comments, [each.cells for each in table.rows][1]) == (1, ("1", "Sara"))


def test_what_a_merged_range_holds_stands_in_each_row_and_column_that_it_spans(tmp_path: Path) -> None:
    def merge(book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["P-3", "Cela", None, date(2026, 5, 4)])
        sheet.append([None, None, "Mira", None])
        for span in ("A4:A5", "B4:C4", "D4:D9"):
            sheet.merge_cells(span)

    table = read(tmp_path, xlsx(merge))
    assert [each.cells for each in table.rows[3:]] == [
        ("P-3", "Cela", "Cela", "2026-05-04"),
        ("P-3", "", "Mira", "2026-05-04"),
    ]
    assert table.rows[4].value(3) == date(2026, 5, 4)
    assert table.source.merged == 3


def test_a_title_that_is_merged_over_the_columns_stays_one_cell(tmp_path: Path) -> None:
    def title(book: Workbook, sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Arrivals of May"
        sheet.merge_cells("A1:D1")

    assert read(tmp_path, xlsx(title)).rows[0].cells == ("Arrivals of May",)


def test_bare_numbers_are_dates_of_the_system_of_their_workbook(tmp_path: Path) -> None:
    def bare(book: Workbook, sheet: Worksheet) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
        sheet.append(["P-3", "Cela", "Mira", 44681])

    table = read(tmp_path, xlsx(bare))
    assert table.source.is_1904
    assert [read_date(each.value(3), DayOrder.ANY) for each in table.rows[1:]] == [
        date(2026, 5, 1),
        date(2026, 5, 3),
        date(2026, 5, 1),
    ]
    old = read(tmp_path, xls([[*HEAD], ["P-1", "Abaro", "Tomi", 44681.0]], is_1904=True), "old.xls")
    assert read_date(old.rows[1].value(3), DayOrder.ANY) == date(2026, 5, 1)
    young = read(tmp_path, xls([[*HEAD], ["P-1", "Abaro", "Tomi", 46143.0]]), "young.xls")
    assert read_date(young.rows[1].value(3), DayOrder.ANY) == date(2026, 5, 1)
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    open_document = read(tmp_path, ods(row(cell("Arrived")) + row(number(44681)), settings), "file.ods")
    assert read_date(open_document.rows[1].value(0), DayOrder.ANY) == date(2026, 5, 1)


def test_times_truths_shares_and_errors_are_what_they_are(tmp_path: Path) -> None:
    def values(book: Workbook, sheet: Worksheet) -> None:
        sheet.append([time(14, 30), timedelta(hours=9, minutes=5), True, datetime(2026, 5, 1, 14, 30)])
        sheet.append([0.125, "#N/A", "#REF!", 201445877])
        sheet["A5"].number_format = "0.0%"

    table = read(tmp_path, xlsx(values))
    assert [table.rows[3].value(index) for index in range(4)] == [
        time(14, 30),
        time(9, 5),
        True,
        datetime(2026, 5, 1, 14, 30),
    ]
    assert table.rows[4].cells == ("0.125", "#N/A", "#REF!", "201445877")
    assert set(table.rows[4].natives) == {0, 3}


def test_a_time_beyond_a_day_is_told_as_the_spreadsheet_shows_it(tmp_path: Path) -> None:
    beyond = [timedelta(hours=25, minutes=30), timedelta(days=1), timedelta(hours=100, seconds=7)]
    table = read(tmp_path, xlsx(lambda book, sheet: sheet.append(beyond)))
    assert table.rows[3].cells[:3] == ("25:30:00", "24:00:00", "100:00:07")
    assert not table.rows[3].natives


def test_a_number_whose_last_digits_a_spreadsheet_has_lost_is_marked(tmp_path: Path) -> None:
    table = read(tmp_path, xlsx(lambda book, sheet: sheet.append([4532015112830366, "Cela", "Mira", None])))
    assert table.rows[3].cells[0] == "4.53201511283037E+15"
    assert 0 not in table.rows[3].natives
    assert table.source.damaged == 1


@pytest.mark.parametrize("name", ["file.xlsm", "data.bin"])
def test_the_kind_is_told_by_the_content_and_not_by_the_name(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, xlsx(), name).source.kind == "xlsx"


def test_an_xls_file_is_read_with_its_hidden_rows_and_errors(tmp_path: Path) -> None:
    content = xls([["Case", "Name"], ["P-1", "Šimkus"], ["P-2", "#N/A"]], hidden=(1,))
    table = read(tmp_path, content, "file.xls")
    assert [(each.cells, each.is_hidden) for each in table.rows] == [
        (("Case", "Name"), False),
        (("P-1", "Šimkus"), True),
        (("P-2", "#N/A"), False),
    ]
    with pytest.raises(Refused, match="locked with a password"):
        read(tmp_path, xls([["a"]], locked=True), "locked.xls")


def test_an_ods_file_is_read_with_hidden_rows_merged_cells_and_repeated_ones(tmp_path: Path) -> None:
    body = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        + row(cell("Case"), cell("Name"), cell("Secret"))
        + row(cell("FC-7", 'table:number-rows-spanned="2"'), cell("Abaro"), cell("x"))
        + row("<table:covered-table-cell/>", cell("Sara"), more='table:visibility="collapse"')
        + row(cell("-", 'table:number-columns-repeated="2"'), more='table:number-rows-repeated="2"')
        + row('<table:table-cell table:number-columns-repeated="1000"/>', more='table:number-rows-repeated="1048000"')
    )
    table = read(tmp_path, ods(body), "file.ods")
    assert [(each.number, each.cells, each.is_hidden) for each in table.rows] == [
        (1, ("Case", "Name", "Secret"), False),
        (2, ("FC-7", "Abaro", "x"), False),
        (3, ("FC-7", "Sara"), True),
        (4, ("-", "-"), False),
        (5, ("-", "-"), False),
    ]
    source = table.source
    assert (source.kind, source.merged, source.hidden_rows, source.hidden_columns) == ("ods", 1, 1, (2,))


def test_an_ods_file_that_declares_millions_of_cells_is_refused(tmp_path: Path) -> None:
    body = row(cell("x", 'table:number-columns-repeated="16000"'), more='table:number-rows-repeated="1000000"')
    with pytest.raises(Refused, match="more than"):
        read(tmp_path, ods(body), "bomb.ods")


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        ("\ufeff<!doctype html><table>", "web page"), ("<HEAD><meta charset=utf-8>", "web page"),
        ("<style>td{}</style><table>", "web page"), ("MIME-Version: 1.0\nContent-Type: multipart", "web page"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "is XML"),
        ("%PDF-1.7", "is a PDF"),
        ('[\n {\n  "stay_id": "S1",', "is JSON"), ('\ufeff{"rows": [', "is JSON"), ('{"Case No": "1"}', "is JSON"),
        ('[["Case No", "Arrived"],', "is JSON"), ("[]", "is JSON"), ("{'case': 1}", "is JSON"),
        ('["Case No"]', "is JSON"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["export.xls", "export.csv"])
def test_what_only_bears_the_name_of_a_table_is_called_what_it_is(
    begin: str, said: str, name: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=said):
        read(tmp_path, f"{begin}\nCase No,Arrived\n1,2026-05-01\n".encode(), name)


@pytest.mark.parametrize(("begin", "said"), [('[{"case": 1}]', "is JSON"), ("<html><table>", "web page")])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_it_is_called_what_it_is_in_letters_of_any_width(begin: str, said: str, encoding: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=said):
        read(tmp_path, begin.encode(encoding), "export.txt")


def test_headings_in_brackets_are_no_json(tmp_path: Path) -> None:
    table = read(tmp_path, b"[Case No],[Arrived]\n1,2026-05-01\n", "query.csv")
    assert table.rows[0].cells == ("[Case No]", "[Arrived]")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("stays.csv",), "is an archive"),
        (("June/list.xlsx", "June/photo.jpg"), "is an archive"),
        (("Index/Document.iwa", "Metadata/Properties.plist"), "Apple"),
        (("Index.zip", "preview.jpg"), "Apple"),
        (("[Content_Types].xml", "word/document.xml"), "a text document"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "not a spreadsheet"),
    ],
)
def test_what_is_packed_and_is_no_workbook_is_called_what_it_is(
    parts: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    with pytest.raises(Refused, match=said):
        read(tmp_path, packed.getvalue(), "list.xlsx")


def test_an_ods_formula_without_its_result_is_refused(tmp_path: Path) -> None:
    body = row(cell("a")) + row('<table:table-cell table:formula="of:=1+1"/>')
    with pytest.raises(Refused, match="formula whose result"):
        read(tmp_path, ods(body), "file.ods")


def test_a_cell_at_the_far_end_of_a_sheet_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = changed(xlsx(), "sheet1.xml", lambda part: part.replace(b"</sheetData>", far))
    with pytest.raises(Refused, match="more than"):
        read(tmp_path, content)


def test_a_doctype_behind_a_long_comment_is_refused(tmp_path: Path) -> None:
    def nasty(part: bytes) -> bytes:
        begin = re.sub(rb"<\?xml.*?\?>\s*", b"", part)
        return b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]>" + begin

    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, changed(xlsx(), "sheet1.xml", nasty))


def test_strict_open_xml_and_all_shared_workbooks_are_read(shared_data: Path) -> None:
    cases = shared_data / "cases"
    assert [each.cells[1] for each in read_table(cases / "u_strict.xlsx").rows] == [
        "Case No",
        "H-1",
        "H-2",
        "H-3",
        "H-4",
    ]
    assert read_table(cases / "s_hidden.xlsx").source.hidden_rows == 1
    merged = read_table(cases / "r_merged.xlsx")
    assert [each.cells[1:3] for each in merged.rows[1:]] == [("FC-7", "G-7")] * 3 + [("FC-8", "G-8")]
    days = read_table(cases / "t_1904.xlsx")
    assert [read_date(each.value(2), DayOrder.ANY) for each in days.rows[1:]] == [date(2026, 5, 1)] * 2
    assert [each.rows for each in read_table(cases / "zb_two_sheets.xlsx").source.sheets] == [2, 3]


@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=40), st.sampled_from(["xls", "ods", "xlsx"]))
def test_no_damage_to_any_workbook_makes_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, place: int, damage: bytes, kind: str
) -> None:
    whole = {"xls": xls([HEAD, ["P-1", "a", "b", 1.0]], hidden=(1,)), "ods": ods(row(cell("a"))), "xlsx": xlsx()}[kind]
    place %= len(whole)
    content = whole[:place] + damage + whole[place + len(damage) :]
    with contextlib.suppress(KonakError):
        assert read(tmp_path_factory.getbasetemp(), content, f"fuzzed.{kind}").rows


@pytest.mark.parametrize(
    "extent",
    [(0, 0xFFFFFFFF, 0, 4), (0, 65_537, 0, 4), (9, 2, 0, 4), (0, 2, 0, 257), (0, 2, 5, 4), (0xFFFFFFFF, 2, 0, 4)],
)
def test_a_sheet_that_says_it_is_larger_than_any_is_refused_before_memory_is_taken_for_it(
    tmp_path: Path, extent: tuple[int, int, int, int]
) -> None:
    """Whoever believes it asks for gigabytes, and the whole program is ended by the system."""
    whole = xls([HEAD, ["P-1", "a", "b", 1.0]])
    at = whole.index(b"\x00\x02\x0e\x00") + 4
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, whole[:at] + struct.pack("<IIHH", *extent) + whole[at + 12 :], "large.xls")


def test_a_workbook_whose_first_record_is_lost_is_refused(tmp_path: Path) -> None:
    whole = xls([HEAD, ["P-1", "a", "b", 1.0]])
    at = whole.index(b"\x09\x08\x10\x00")
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, whole[:at] + bytes(22) + whole[at + 22 :], "begun.xls")


def test_sectors_that_follow_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    whole = xls([HEAD, ["P-1", "a", "b", 1.0]])
    at = whole.index(struct.pack("<3I", 3, 4, 5))  # of the table that says which sector follows which
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, whole[:at] + struct.pack("<3I", 3, 3, 3) + whole[at + 12 :], "circle.xls")
