"""Nasty files and nasty names: nothing crashes or hangs, nothing is stored other than typed, no export can act."""

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.actions import residents
from models.errors import KonakError
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.exchange.table_export import as_csv
from models.ids import ResidentId
from models.queries import extract, resident_page
from models.queries.search import box
from models.rules.papers import Imprint
from models.rules.residents import PersonFacts
from models.store.register import Register
from reports import extract as paper
from tests import builders
from tests.reports import pdf_text

ROOT = Path(__file__).parents[2]
HEADING = "person id,surname,first name,arrived,departed,remarks\n"

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
)
_SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
)
_HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>person id</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>arrived</t></is></c><c r="C1" t="inlineStr"><is><t>surname</t></is></c></row>'
)


def _workbook(rows: str = "", *, before: str = "", after: str = "", doctype: str = "", sheets: int = 1) -> bytes:
    """An XLSX file made by hand, as no spreadsheet program would."""
    made = io.BytesIO()
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _RELS.format(kind="officeDocument", target="xl/workbook.xml"))
        file.writestr("xl/workbook.xml", _BOOK.format(sheets=named))
        file.writestr("xl/_rels/workbook.xml.rels", _RELS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        file.writestr(
            "xl/worksheets/sheet1.xml", _SHEET.format(rows=_HEAD + rows, before=before, after=after, doctype=doctype)
        )
    return made.getvalue()


def _cell(value: str, *, formula: str = "") -> str:
    inside = f"<f>{formula}</f><v>{value}</v>" if formula else f"<is><t>{value}</t></is>"
    kind = "str" if formula else "inlineStr"
    return f'<row r="2"><c r="A2" t="{kind}">{inside}</c><c r="B2" t="inlineStr"><is><t>2026-01-01</t></is></c></row>'


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * (1024 * 1024))
    return made.getvalue()


_LAUGHS = (
    "<!DOCTYPE l ["
    + "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}' + (f"&l{n - 1};" * 9 if n else "") + '">'
        for n in range(10)
    )
    + "]>"
)

CORPUS: dict[str, Callable[[], bytes]] = {
    "a million columns": lambda: _workbook('<row r="2"><c r="XFD2"><v>1</v></c><c r="ZZZZ2"><v>1</v></c></row>'),
    "a million rows declared": lambda: _workbook('<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
                                                 before='<dimension ref="A1:XFD1048576"/>'),
    "a row number beyond all": lambda: _workbook('<row r="99999999999999999999"><c r="A1"><v>1</v></c></row>'),
    "a zip bomb": _bomb,
    "a billion laughs": lambda: _workbook(_cell("&l9;"), doctype=_LAUGHS),
    "a file of another place": lambda: _workbook(
        _cell("&x;"), doctype='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    ),
    "a formula": lambda: _workbook(_cell("7", formula="HYPERLINK(&quot;http://example.org&quot;)")),
    "a call of a program": lambda: _workbook(_cell("1", formula="cmd|' /C calc'!A0")),
    "an external link": lambda: _workbook(_cell("1", formula="[1]Sheet1!A1"), after='<hyperlinks><hyperlink ref="A2" '
                                          'location="x"/></hyperlinks>'),
    "a cell of ten megabytes": lambda: _workbook(_cell("x" * 10_000_000)),
    "merged cells": lambda: _workbook(_cell("7"), after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/>'
                                      "</mergeCells>"),
    "fifteen thousand sheets": lambda: _workbook(_cell("7"), sheets=15_000),
    "dates of no calendar": lambda: _workbook(
        "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" s="0"><v>{value}</v></c></row>'
                for n, value in enumerate((-1, 0, 60, 2_958_466, "1e308"), 2))
    ),
    "a number that is none": lambda: _workbook('<row r="2"><c r="A2"><v>NaN</v></c></row>'),
    "half a zip": lambda: _workbook(_cell("7"))[:300],
    "a zip of nothing": lambda: b"PK\x05\x06" + b"\0" * 18,
    "an empty file": lambda: b"",
    "only blanks": lambda: b" \n\t\r\n" * 1000,
    "NULs": lambda: (HEADING + "7,A\0B,C,2026-01-01,,\n").encode(),
    "only NULs": lambda: b"\0" * 100_000,
    "sixteen bits": lambda: (HEADING + "7,Noori,Gul,2026-01-01,,\n").encode("utf-16"),
    "mixed encodings": lambda: (
        HEADING.encode() + "7,Đorđević,".encode() + "Žarko".encode("cp1250") + b",2026-01-01,,\n"
    ),
    "one endless line": lambda: b"x" * 20_000_000,
    "a million separators": lambda: b"," * 1_000_000,
    "an open quotation mark": lambda: (HEADING + '7,"' + "a\n" * 200_000).encode(),
    "headings twice": lambda: b"person id,person id,arrived,arrived\n7,8,2026-01-01,2026-01-02\n",
    "years 0 and 9999": lambda: (
        HEADING + "7,A,B,0000-01-01,,\n8,A,B,9999-12-31,,\n9,A,B,31-12-9999,01-01-0000,\n10,A,B,29.02.1900,,\n"
    ).encode(),
    "many rows of nothing": lambda: HEADING.encode() + b",,,,,\n" * 190_000,
    "letters of all kinds": lambda: (
        HEADING + "7,\u202eiroN\u202c,\U0001f600,2026-01-01,,\n8,a\u0301\u0301\u0301,\ufeff\u200b,2026-01-01,,\n"
    ).encode(),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
}  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> Iterator[subprocess.Popen[str]]:
    """See `tests.faults.reading_file`."""
    started = [sys.executable, "-m", "tests.faults.reading_file"]
    with subprocess.Popen(
        started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(30) == 0


def _said_of(file: Path, reading: subprocess.Popen[str]) -> Iterator[str]:
    """What is said of a file, line by line; the last one is how its child has ended."""
    assert reading.stdin is not None
    assert reading.stdout is not None
    reading.stdin.write(f"{file}\n")
    reading.stdin.flush()
    for line in reading.stdout:
        yield line.rstrip("\n")
        if line.startswith("ended "):
            return


@pytest.mark.parametrize("name", CORPUS)
def test_a_nasty_file_is_read_or_refused_in_words_within_bounds(
    reading: subprocess.Popen[str], name: str, tmp_path: Path
) -> None:
    """In a process that may take no more than 1.5 GB and a minute."""
    content = CORPUS[name]()
    file = tmp_path / ("list.xlsx" if content.startswith(b"PK") else "list.csv")
    file.write_bytes(content)
    *lines, ended = _said_of(file, reading)
    assert ended == "ended 0", "\n".join(lines[-20:])
    assert [line.split()[0] for line in lines] == ["stays", "list", "peak"]
    for line in lines[:2]:
        assert " rows " in line or " refused: " in line


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=3000),
        st.text(max_size=1500).map(lambda text: (HEADING + text).encode("utf-8", "surrogatepass")),
        st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=8), max_size=30).map(
            lambda rows: (HEADING + "\n".join(",".join(row) for row in rows)).encode("utf-8", "surrogatepass")
        ),
    )
)
def test_any_bytes_are_read_or_refused_in_words(content: bytes, tmp_path: Path) -> None:
    from zoneinfo import ZoneInfo

    file = tmp_path / "any.csv"
    file.write_bytes(content)
    for read in (lambda table: read_stays(table, zone=ZoneInfo("Europe/Belgrade")), read_list):
        with suppress(KonakError):
            read(read_table(file))


NAMES = (
    "O", "x" * 400, "\u202eirooN\u202c", "علی \u202eرضا\u202c", "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "Z\u0351\u036b\u0343a\u0346l\u0300g\u0321o", "'; DROP TABLE residents;--", "../../x", "=cmd|' /C calc'!A0",
    "+1+1", "-2", "@SUM(A1)", "\tTab", "%s%n{0}{name}", "<b>bold</b>", "NULL", "Ñandú Łęcki Đorđević", "C:\\con\\aux",
)  # fmt: skip


NO_FONT_HAS = {"\U0001f600"}


@pytest.mark.parametrize("name", NAMES)
def test_a_nasty_name_is_stored_as_typed_found_drawn_and_cannot_act(
    register: Register, tmp_path: Path, name: str
) -> None:
    programme = builders.programme(register)
    who = builders.resident(register)
    builders.stay(register, who, programme, date(2026, 8, 1))
    register.perform(
        residents.change, reason="seen", resident_id=who, person=PersonFacts(family_name=name, given_names="Gul")
    )
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=ResidentId(who))
        assert page is not None
        assert page.facts.family_name == " ".join(name.split())
        typed = name[:20]
        if any(letter.isalnum() for letter in typed):
            assert who in [row.id for row in box(snapshot, text=typed)]
        rows = list(extract.rows(snapshot, programme_id=None, from_on=None, until_on=None))
        if set(name) & NO_FONT_HAS:
            made = paper.draw(rows, Imprint(language="en", facility="North"))
            assert "[U+1F600" in pdf_text.text(made)  # said, not dropped
        else:
            assert paper.draw(rows, Imprint(language="en", facility="North")).startswith(b"%PDF")
    file = tmp_path / "list.csv"
    file.write_bytes(as_csv(["Name"], [[page.facts.family_name]]))
    (_, (cell,)) = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    assert cell == "-2" or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))  # a plain number reckons nothing
    assert cell.endswith(page.facts.family_name)
    assert register.verified().problem is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60))
def test_any_name_comes_back_as_it_was_typed_or_is_refused(register: Register, name: str) -> None:
    who = ResidentId(1)
    with register.read() as snapshot:
        is_there = snapshot.connection.exec_driver_sql("SELECT count(*) FROM residents").scalar()
    if not is_there:
        builders.resident(register)
    try:
        register.perform(residents.change, reason="seen", resident_id=who, person=PersonFacts(family_name=name))
    except KonakError:
        return
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=who)
        assert page is not None
        assert page.facts.family_name == " ".join(name.split())
        box(snapshot, text=name)


def test_a_file_of_nasty_names_comes_in_as_it_was_written(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["person id", "surname", "arrived", "departed"])
    writer.writerows([f"P{place}", name, "2026-07-01", ""] for place, name in enumerate(NAMES))
    file = tmp_path / "stays.csv"
    file.write_text(made.getvalue(), encoding="utf-8", newline="")
    read = read_stays(read_table(file), zone=register.facility.zone)
    register.perform(bring_in, programme_id=programme, read=read)
    with register.read() as snapshot:
        kept = set(snapshot.connection.exec_driver_sql("SELECT family_name FROM residents").scalars())
    # What has no letter at all is no name: it is shown to the clerk as a note, and the person by number.
    signs = [name for name in NAMES if not any(letter.isalnum() for letter in name)]
    assert kept == {" ".join(name.split()) for name in NAMES if name not in signs} | {""}
    assert [note.value for line in read.lines for note in line.notes] == signs
