"""CSV files: which letters, which separator and which quotation mark they use, and their rows, read in pieces."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import BinaryIO

from models.errors import Refused, Unavailable
from models.exchange.encodings import TWICE, known_encoding, label_of
from models.exchange.letters import (
    SAMPLED_LINES,
    guess,
    is_written_twice,
    looks_right,
    lost_letters,
    shown,
    unfold,
)
from models.exchange.table_export import MADE_SAFE, as_typed
from models.exchange.tables import (
    MAX_CELL,
    MAX_COLUMNS,
    Row,
    Rows,
    Source,
    Spelling,
    Table,
    too_long_cell,
    too_many_columns,
)

SEPARATORS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
_END = "\0"
"""What follows on the last row, and no text holds: if a cell swallows it, its quotation mark was never closed."""
_SAMPLE_ROWS = 60
_SAMPLE_LETTERS = 256 * 1024
_PIECE = 1024 * 1024
_ASCII = bytes(range(128))
_ESCAPED = re.compile(rb"\x1b\$|~\{|\+[A-Za-z0-9+/]{3,}-")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Opened = Callable[[], BinaryIO]
"""Opens a file to be read once more from its beginning."""


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
        Refused: The bytes are not text, or no table.
    """
    return read_pieces(
        partial(BytesIO, content), name=name, digest=digest, encoding=encoding, separator=separator, quote=quote
    )


def read_pieces(
    opened: Opened,
    *,
    name: str,
    digest: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    quote: str | None = None,
) -> Table:
    """Read a CSV file in pieces, however large it is; what is None is found out.

    Raises:
        Refused: The file is not text, no table, or was changed while it was read.
    """
    survey = _survey(opened)
    if digest is not None:
        survey.digest = digest
    spelled = _told(encoding) if encoding else find_spelling(survey)
    begin = "".join(islice(_lines(opened, spelled.encoding), 4000))[:_SAMPLE_LETTERS]
    told = re.match(r"sep=(.)\r?\n", begin)
    separator = separator or (told[1] if told else None)
    quote = quote or _find_quote(begin)
    separator = separator or _find_separator(begin, quote)
    if len(separator) != 1 or len(quote) != 1:
        raise Refused("A separator and a quotation mark are one letter each.", field="separator")

    def read() -> Iterator[Row]:
        return _rows(_lines(opened, spelled.encoding, survey), separator, quote, skip=1 if told else 0)

    rows = Rows(read)
    if not len(rows):
        raise Refused("The file has no rows. Choose another file.", field="file")
    source = Source(
        name,
        "csv",
        survey.digest,
        spelled.encoding,
        separator,
        quote,
        spelled.is_sure,
        spellings=spelled.spellings,
        lost_letters=spelled.lost_letters,
    )
    return Table(source, rows)


@dataclass(slots=True)
class Survey:
    """What one look over the bytes of a file tells.

    Attributes:
        begin: Its first bytes.
        lines: Some of the lines with bytes beyond ASCII.
        high: All bytes beyond ASCII that it has.
        escaped: Some of the lines with what encodings escape letters with.
        is_utf8: Whether it is valid UTF-8 throughout.
        zeros: How many zero bytes stand at even and at odd places.
    """

    digest: str = ""
    begin: bytes = b""
    lines: list[bytes] = field(default_factory=list)
    high: set[int] = field(default_factory=set)
    escaped: list[bytes] = field(default_factory=list)
    is_utf8: bool = True
    zeros: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class _Spelled:
    """How a file writes letters, and whether that is sure."""

    encoding: str
    is_sure: bool = True
    spellings: tuple[Spelling, ...] = ()
    lost_letters: int = 0


def _survey(opened: Opened) -> Survey:
    found = Survey()
    digest = sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = b""
    with opened() as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            found.begin = found.begin or piece[:4096]
            if b"\0" in piece:
                even, odd = found.zeros
                found.zeros = even + piece[::2].count(0), odd + piece[1::2].count(0)
            if len(found.escaped) < SAMPLED_LINES and _ESCAPED.search(piece):
                found.escaped += islice(filter(_ESCAPED.search, piece.splitlines()), SAMPLED_LINES)
            high = set(piece.translate(None, _ASCII))
            found.high |= high
            if found.is_utf8:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    found.is_utf8 = False
            if high and len(found.lines) < SAMPLED_LINES:
                *lines, rest = (rest + piece).splitlines()
                found.lines += islice((line for line in lines if not line.isascii()), SAMPLED_LINES)
            else:
                rest = b""
        if rest and not rest.isascii():
            found.lines.append(rest[:_PIECE])
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found.is_utf8 = False
    found.digest = digest.hexdigest()
    return found


def find_spelling(survey: Survey) -> _Spelled:
    """How a file writes letters.

    A mark at the beginning and valid UTF-8 that reads like words are sure; so are letters that read right in one of
    the old code pages and far better than in any other.
    """
    for mark, encoding in _MARKS:
        if survey.begin.startswith(mark):
            return _unicode(survey, encoding)
    if any(survey.zeros):
        return _wide(survey)
    if not survey.high:
        return _escaped(survey) or _unicode(survey, "utf-8")
    if survey.is_utf8:
        return _unicode(survey, "utf-8")
    found = guess(survey.lines, survey.high)
    text = b"\n".join(survey.lines).decode(found.encoding, "replace")
    return _Spelled(found.encoding, found.is_sure, found.spellings, lost_letters(text) if found.is_sure else 0)


_ESCAPES = (
    ("iso2022_jp", re.compile(rb"\x1b\$[B@]")),
    ("iso2022_kr", re.compile(rb"\x1b\$\)C")),
    ("hz", re.compile(rb"~\{(?:[!-~]{2})+~\}")),
    ("utf-7", re.compile(rb"\+[A-Za-z0-9+/]{3,}-")),
)
"""Encodings that write all letters in ASCII, by what they escape them with."""


def _escaped(survey: Survey) -> _Spelled | None:
    """An encoding that writes all letters in ASCII; never sure, since what it escapes with may stand in a text."""
    for name, escape in _ESCAPES:
        lines = [line for line in survey.escaped if escape.search(line)]
        with suppress(UnicodeError):
            text = b"\n".join(lines).decode(name)
            if not text.isascii() and looks_right(text):
                plain = tuple(line.decode("ascii") for line in lines[:5])
                return _Spelled(name, False, (Spelling(name, shown(text.splitlines())), Spelling("utf-8", plain)))
    return None


def _unicode(survey: Survey, encoding: str) -> _Spelled:
    """UTF with a mark, or valid UTF-8: sure, unless it reads like nothing, or letters were lost before it came."""
    if encoding.startswith("utf-8"):
        text = b"\n".join(survey.lines or survey.begin.splitlines()).decode("utf-8", "replace")
    else:
        text = survey.begin.decode(encoding, "ignore")
    text = text.replace("\ufeff", "")
    spelling = Spelling(encoding, shown(text.splitlines()))
    if encoding.startswith("utf-8") and is_written_twice(text):
        again = Spelling(TWICE, shown(unfold(text).splitlines()))
        return _Spelled(encoding, False, (again, spelling), lost_letters(text))
    lost = lost_letters(text)
    if encoding != "utf-8" or looks_right(text):
        return _Spelled(encoding, not lost, (spelling,) if spelling.sample else (), lost)
    others = guess(survey.lines, survey.high).spellings
    return _Spelled(encoding, False, (spelling, *others), lost)


def _wide(survey: Survey) -> _Spelled:
    """UTF-16 or UTF-32 without a mark: zero bytes stand beside the letters of ASCII, on one side alone."""
    even, odd = survey.zeros
    begin = survey.begin[: len(survey.begin) // 4 * 4]
    if begin.count(0) * 2 > len(begin) and b"\0\0" in begin:
        names = ["utf-32-le", "utf-32-be"]
    else:
        names = ["utf-16-le"] if odd > 3 * even else ["utf-16-be"] if even > 3 * odd else []
    for name in names:
        try:
            text = begin.decode(name)
        except UnicodeDecodeError:
            continue
        if looks_right(text):
            return _Spelled(name, True, (Spelling(name, shown(text.splitlines())),))
    return _Spelled("utf-8", False)


def _told(encoding: str) -> _Spelled:
    return _Spelled(known_encoding(encoding))


def _lines(opened: Opened, encoding: str, survey: Survey | None = None) -> Iterator[str]:
    """The lines of a text, with their ends. With the survey it is made sure that the file is still the same."""
    number = 0
    rest = ""
    for piece in _texts(opened, encoding, survey):
        # Other signs than these end lines for Python, and for no spreadsheet. A line end may be cut in two.
        *lines, rest = StringIO(rest + piece, newline="")
        for line in lines:
            number += 1
            yield _checked(line, number, encoding)
        if len(rest) > MAX_CELL * MAX_COLUMNS:
            raise too_long_cell(number + 1)
    if rest:
        yield _checked(rest, number + 1, encoding)


def _checked(line: str, number: int, encoding: str) -> str:
    if "\0" in line:
        raise Refused(
            "The file is not a table: line {line} holds what no text holds. Save it again as CSV in UTF-8, or as XLSX.",
            field="file",
            line=number,
        )
    line = line.removeprefix("\ufeff")  # files that were put behind each other have one wherever a file begins
    return unfold(line) if encoding == TWICE else line


def _texts(opened: Opened, encoding: str, survey: Survey | None) -> Iterator[str]:
    """A text in pieces that are not empty."""
    digest = sha256()
    # The code pages leave a few bytes without a letter; a file with such a byte is not of that code page.
    decoder = codecs.getincrementaldecoder("utf-8" if encoding == TWICE else encoding)()
    try:
        with opened() as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                if text := decoder.decode(piece):
                    yield text
        if text := decoder.decode(b"", final=True):
            yield text
    except OSError as error:
        raise Unavailable("The file can no longer be read. See that it is still there, then bring it again.") from error
    except (UnicodeError, ValueError) as error:
        raise Refused(
            "The file is not written in the encoding “{encoding}”. Save it again as CSV in UTF-8, or choose another "
            "encoding.",
            field="encoding",
            encoding=label_of(encoding),
        ) from error
    if survey is not None and digest.hexdigest() != survey.digest:
        raise Refused("The file was changed while it was read. Bring it again.", field="file")


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


def _rows(lines: Iterator[str], separator: str, quote: str, *, skip: int) -> Iterator[Row]:
    number = 0
    taken: list[str] = []
    reader = csv.reader(_noted(chain(lines, [_END]), taken), delimiter=separator, quotechar=quote)
    try:
        for number, cells in enumerate(reader, 1):
            if cells[-1:] == [_END]:
                break
            if cells and cells[-1].endswith(_END):
                raise _open_quote(number, quote)
            if len(taken) > 1 and not _is_well_quoted(taken, separator, quote):
                raise _misplaced_quote(number, quote)
            taken.clear()
            if number <= skip or not any(cell and not cell.isspace() for cell in cells):
                continue
            while not cells[-1]:
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                raise too_many_columns(number)
            if sum(map(len, cells)) > MAX_CELL and max(map(len, cells)) > MAX_CELL:
                raise too_long_cell(number)
            yield Row(number, tuple(as_typed(cell) if cell[:1] in MADE_SAFE else cell for cell in cells))
    except csv.Error as error:
        raise too_long_cell(number + 1) from error


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The lines, each noted as it is taken."""
    for line in lines:
        taken.append(line)
        yield line


def _is_well_quoted(lines: list[str], separator: str, quote: str) -> bool:
    """Whether the quotation marks of a row of several lines fit: none that closes a cell has letters behind it."""
    try:
        return len(list(csv.reader(lines, delimiter=separator, quotechar=quote, strict=True))) == 1
    except csv.Error:
        return False


def _misplaced_quote(row_number: int, quote: str) -> Refused:
    return Refused(
        "The quotation marks {quote} of row {row} do not fit: several lines would be one row. Correct the file, then "
        "bring it again.",
        field="file",
        row=row_number,
        quote=quote,
    )


def _open_quote(row_number: int, quote: str) -> Refused:
    return Refused(
        "A quotation mark {quote} in row {row} is opened and never closed, so that all rows behind it are one cell. "
        "Correct the file, then bring it again.",
        field="file",
        row=row_number,
        quote=quote,
    )
