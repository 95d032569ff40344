"""A table as a file for another program: CSV, XLSX, ODS or JSON, each datum in a cell of its own type."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from models.exchange.file_kinds import FileKind
from models.exchange.table_export import as_csv, neutral
from models.queries.exports import Datum

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet


@dataclass(frozen=True, slots=True)
class DataTable:
    """What leaves.

    Attributes:
        title: What it is called: the name of the sheet.
        columns: The heading of each column by the name of its field, which is what JSON calls it.
        rows: What stands in the cells.
    """

    title: str
    columns: Mapping[str, str]
    rows: Sequence[Sequence[Datum]]


def as_file(table: DataTable, kind: FileKind) -> bytes:
    """A table as the bytes of a file; the same table gives the same bytes, but for XLSX, which states when it was made.

    No text begins as a formula does, none has a sign that nobody sees.
    """
    return _WRITERS[kind](table)


def plain(text: str) -> str:
    """A text without signs that nobody sees: isolates, marks of direction, of no width, controls."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cf", "Cc", "Cs", "Cn")
    )


def _texts(row: Sequence[Datum]) -> Iterable[str]:
    for datum in row:
        match datum:
            case None:
                yield ""
            case bool():
                yield "true" if datum else "false"
            case date() | time():
                yield datum.isoformat()
            case _:
                yield plain(str(datum))


def _as_csv(table: DataTable) -> bytes:
    return as_csv(list(table.columns.values()), map(list, map(_texts, table.rows)))


def _as_json(table: DataTable) -> bytes:
    names = list(table.columns)

    def value(datum: Datum) -> object:
        match datum:
            case date() | time():
                return datum.isoformat()
            case Decimal():
                return int(datum) if datum == datum.to_integral_value() else float(datum)
            case str():
                return plain(datum)
            case _:
                return datum

    rows = [dict(zip(names, map(value, row), strict=True)) for row in table.rows]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _as_xlsx(table: DataTable) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(table.title[:31])
    sheet.freeze_panes = "A2"
    for row in (tuple(table.columns.values()), *table.rows):
        sheet.append([neutral(plain(datum)) if isinstance(datum, str) else datum for datum in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                        ("number", "datastyle"))
)  # fmt: skip
_STYLES = (
    '<office:automatic-styles><number:date-style style:name="N1"><number:year number:style="long"/><number:text>-'
    '</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    '</number:date-style><style:style style:name="d" style:family="table-cell" style:data-style-name="N1"/>'
    "</office:automatic-styles>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_MADE = (1980, 1, 1, 0, 0, 0)


def _as_ods(table: DataTable) -> bytes:
    """OpenDocument, written as it goes: the library for it takes six milliseconds for each row."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("mimetype", _MADE), _MIMETYPE, ZIP_STORED)
        archive.writestr(ZipInfo("META-INF/manifest.xml", _MADE), _MANIFEST, ZIP_DEFLATED)
        content = ZipInfo("content.xml", _MADE)
        content.compress_type = ZIP_DEFLATED
        with archive.open(content, "w") as stream:
            begin = f'<office:document-content{_SPACES} office:version="1.2">{_STYLES}<office:body><office:spreadsheet>'
            stream.write(f'<?xml version="1.0" encoding="UTF-8"?>{begin}'.encode())
            stream.write(f"<table:table table:name={quoteattr(table.title)}>".encode())
            for row in (list(table.columns.values()), *table.rows):
                stream.write(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>".encode())
            stream.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    return out.getvalue()


def _ods_cell(datum: Datum) -> str:
    match datum:
        case None:
            return "<table:table-cell/>"
        case bool():
            told = f'"boolean" office:boolean-value="{str(datum).lower()}"'
        case int() | Decimal():
            told = f'"float" office:value="{datum}"'
        case date():
            told = f'"date" office:date-value="{datum.isoformat()}" table:style-name="d"'
        case time():
            told = f'"time" office:time-value="PT{datum:%HH%MM%SS}"'
        case str():
            lines = neutral(plain(datum)).replace("\t", " ").split("\n")
            said = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
            return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'
    return f"<table:table-cell office:value-type={told}><text:p>{escape(str(datum))}</text:p></table:table-cell>"


_WRITERS: Mapping[FileKind, Callable[[DataTable], bytes]] = {
    FileKind.CSV: _as_csv,
    FileKind.XLSX: _as_xlsx,
    FileKind.ODS: _as_ods,
    FileKind.JSON: _as_json,
}
