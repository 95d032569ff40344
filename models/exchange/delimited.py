"""CSV files: which letters, which separator and which quotation mark they use, and their rows."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from itertools import chain, islice

from models.errors import Refused
from models.exchange.tables import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Row,
    Source,
    Table,
    too_long_cell,
    too_many_columns,
    too_many_rows,
)

SEPARATORS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
_END = "\0"
"""What follows on the last row, and no text holds: if a cell swallows it, its quotation mark was never closed."""
_SAMPLE_ROWS = 60
_SAMPLE_BYTES = 64 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset(b"\xf8\xd8\xe5\xc5\xf1\xd1\xe0\xc0\xf2\xd2\xf9\xd9\xe3\xf5")
"""Bytes whose letter in Windows-1252 (ø, å, ñ, à …) is more frequent in lists than that in Windows-1250 (ř, ĺ, ń …)."""
_CENTRAL = frozenset(b"\xe8\xc8\xf0\xd0\xb3\xa3\xb9\x9c\x8c\x9f\x8f\xbf\xaf\xec\xcc\xea\xca")
"""Bytes whose letter in Windows-1250 (č, đ, ł, ą, ś …) is more frequent in lists than that in Windows-1252."""
_FINAL_C = re.compile(rb"[\xe6\xc6](?![A-Za-z\x80-\xff])")
"""The byte that is ć in Windows-1250 and æ in Windows-1252: at the end of a word it is ć."""
_INNER_AE = re.compile(rb"[\xe6\xc6](?=[A-Za-z\x80-\xff])")


def read_delimited(
    content: bytes,
    *,
    name: str,
    digest: str,
    encoding: str | None = None,
    separator: str | None = None,
    quote: str | None = None,
) -> Table:
    """Read the bytes of a CSV file; what is None is found out.

    Raises:
        Refused: The bytes are not text, or the table is too large.
    """
    encoding, is_sure = (encoding, True) if encoding else find_encoding(content)
    text = _decoded(content, encoding)
    told = re.match(r"\ufeff?sep=(.)\r?\n", text)
    separator = separator or (told[1] if told else None)
    sample = text[: _SAMPLE_BYTES * 4]
    quote = quote or _find_quote(sample)
    separator = separator or _find_separator(sample, quote)
    if len(separator) != 1 or len(quote) != 1:
        raise Refused("A separator and a quotation mark are one letter each.", field="separator")
    rows = _rows(text, separator, quote, skip=1 if told else 0)
    source = Source(name, "csv", digest, encoding, separator, quote, is_sure)
    return Table(source, rows)


def find_encoding(content: bytes) -> tuple[str, bool]:
    """How bytes write letters, and whether that is sure.

    A mark at the beginning and valid UTF-8 are sure. Among the old Windows code pages charset-normalizer tells
    Cyrillic from Latin; it cannot tell Western from Central European, which share most bytes: there the letters vote.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, True
    if zeros := content[:4096].count(0):
        if zeros * 3 >= min(len(content), 4096):
            odd = content[1:4096:2].count(0)
            return ("utf-16-le" if odd * 2 > zeros else "utf-16-be"), True
        return "utf-8", False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _find_code_page(content), False
    return "utf-8", True


def _find_code_page(content: bytes) -> str:
    from charset_normalizer import from_bytes

    lines = (line for line in content.splitlines() if not line.isascii())
    sample = b"\n".join(islice(lines, 400))[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=["cp1252", "cp1250", "cp1251"]).best()
    if best is not None and best.encoding == "cp1251":
        return "cp1251"
    counts = Counter(sample)
    western = sum(counts[byte] for byte in _WESTERN) + len(_INNER_AE.findall(sample))
    central = sum(counts[byte] for byte in _CENTRAL) + len(_FINAL_C.findall(sample))
    return "cp1250" if central > western else "cp1252"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        # The code pages leave a few bytes without a letter; a file with such a byte is not of that code page.
        text = content.decode(encoding)
    except LookupError as error:
        raise Refused(
            "Konak does not know the encoding “{encoding}”. Use utf-8, windows-1252 or windows-1250.",
            field="encoding",
            encoding=encoding,
        ) from error
    except (UnicodeError, ValueError) as error:
        raise Refused(
            "The file is not written in the encoding “{encoding}”. Save it again as CSV in UTF-8, or choose another "
            "encoding.",
            field="encoding",
            encoding=encoding,
        ) from error
    if "\0" in text:
        raise Refused(
            "The file is not a table: line {line} holds what no text holds. Save it again as CSV in UTF-8, or as XLSX.",
            field="file",
            line=text.count("\n", 0, text.index("\0")) + 1,
        )
    return text.removeprefix("\ufeff")


def _find_quote(sample: str) -> str:
    """The quotation mark that stands around whole cells; the double one where none does.

    An apostrophe alone is none: names begin and end with it.
    """

    def quoted(mark: str) -> int:
        return len(re.findall(rf"(?:^|[;,|\t]){mark}[^{mark}\r\n]+{mark}(?=[;,|\t\r]|$)", sample, re.MULTILINE))

    return max(QUOTES, key=quoted)


def _find_separator(sample: str, quote: str) -> str:
    """The separator that cuts the most rows into the same number of cells, and into more of them where two do."""

    def regularity(separator: str) -> tuple[float, int]:
        try:
            reader = csv.reader(StringIO(sample, newline=""), delimiter=separator, quotechar=quote)
            widths = [len(row) for row in islice(reader, _SAMPLE_ROWS) if row]
        except csv.Error:
            return 0.0, 0
        wide = Counter(width for width in widths if width > 1).most_common(1)
        return (wide[0][1] / len(widths), wide[0][0]) if wide else (0.0, 0)

    return max(SEPARATORS, key=regularity)


def _rows(text: str, separator: str, quote: str, *, skip: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    number = 0
    reader = csv.reader(chain(StringIO(text, newline=""), [_END]), delimiter=separator, quotechar=quote)
    try:
        for number, cells in enumerate(reader, 1):
            if cells[-1:] == [_END]:
                break
            if cells and cells[-1].endswith(_END):
                raise _open_quote(number, quote)
            if number <= skip or not any(cell and not cell.isspace() for cell in cells):
                continue
            while not cells[-1]:
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                raise too_many_columns(number)
            if sum(map(len, cells)) > MAX_CELL and max(map(len, cells)) > MAX_CELL:
                raise too_long_cell(number)
            rows.append(Row(number, tuple(cells)))
            if len(rows) > MAX_ROWS:
                raise too_many_rows()
    except csv.Error as error:
        raise too_long_cell(number + 1) from error
    if not rows:
        raise Refused("The file has no rows. Choose another file.", field="file")
    return tuple(rows)


def _open_quote(row_number: int, quote: str) -> Refused:
    return Refused(
        "A quotation mark {quote} in row {row} is opened and never closed, so that all rows behind it are one cell. "
        "Correct the file, then bring it again.",
        field="file",
        row=row_number,
        quote=quote,
    )
