"""What an XLS file says beyond the values of its cells: a compound file of records (MS-CFB, MS-XLS)."""

import struct
from collections.abc import Iterator, Sequence

from models.exchange.sheet_marks import Marks

_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on mean none (MS-CFB, 2.1)."""
_SMALL = 4096
_BEGINS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
"""The first record of a workbook, of Excel 97 and of Excel 5."""
_ROWS, _COLUMNS = 65_536, 256
"""More has no sheet of an XLS file."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


class BiffBook:
    """The sheets of an XLS file by their names, and what they say beyond their values.

    Attributes:
        is_workbook: False for another file of the same container: a letter, a mail.
        is_locked: Whether it is encrypted.
        is_1904: Whether its days count from 1904.
    """

    def __init__(self, content: bytes) -> None:
        """Read the records.

        Raises:
            struct.error: The file is cut off.
        """
        self.is_locked = self.is_1904 = False
        self.sheets: dict[str, Marks] = {}
        stream = _Container(content).stream("Workbook", "Book")
        self.is_workbook = stream is not None
        if stream is not None:
            if not stream.startswith(_BEGINS):
                raise ValueError("no record begins the workbook")  # what reads on would find no end either
            self._globals(stream)

    def _globals(self, stream: bytes) -> None:
        for kind, record in _records(stream, 0):
            if kind == 0x2F:
                self.is_locked = True
                return
            if kind == 0x22:
                self.is_1904 = record[:2] == b"\1\0"
            if kind == 0x85:
                (offset,) = struct.unpack_from("<I", record)
                name = record[8:].decode("utf-16-le", "replace") if record[7] & 1 else record[8:].decode("latin-1")
                self.sheets[name] = _marks(stream, offset)


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the stream, until it ends."""
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        if kind == 0x0A:
            return
        yield kind, stream[offset + 4 : offset + 4 + size]
        offset += 4 + size


def _marks(stream: bytes, offset: int) -> Marks:
    marks = Marks()
    filled: dict[int, int] = {}
    for kind, record in _records(stream, offset):
        match kind:
            case 0x200:
                top, rows, left, columns = struct.unpack_from("<IIHH", record)
                if not (top <= rows <= _ROWS and left <= columns <= _COLUMNS):
                    # Whoever believes it takes all memory for it, and the program ends without a word.
                    raise ValueError("no sheet of this kind is so large")
            case 0x208:
                row, (options,) = struct.unpack_from("<H", record)[0], struct.unpack_from("<H", record, 12)
                if options & 0x20:
                    marks.hidden_rows.add(row)
            case 0x7D:
                first, last, _, _, options = struct.unpack_from("<HHHHH", record)
                if options & 1:
                    marks.hidden_columns.append((first, last))
            case 0x06 | 0x205 | 0xFD | 0x203 | 0x204 | 0x27E | 0xBD | 0xD6:
                row, column = struct.unpack_from("<HH", record)
                filled[row] = max(filled.get(row, 0), column + 1)
                if kind == 0x205 and record[7]:
                    marks.errors[row, column] = _ERRORS.get(record[6], "#N/A")
                if kind == 0x06 and record[12:14] == b"\xff\xff" and record[6] == 2:
                    marks.errors[row, column] = _ERRORS.get(record[8], "#N/A")
    for row, width in filled.items():
        marks.extend(row, width, filled=True)
    return marks


class _Container:
    """The streams of a compound file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        (directory, _, _, small, _, more) = struct.unpack_from("<6I", content, 48)
        tables = list(struct.unpack_from("<109I", content, 76))
        entries = self._size // 4
        for _ in range(len(content) // self._size):
            if more >= _FREE:
                break
            *some, more = struct.unpack(f"<{entries}I", self._sector(more))
            tables += some
        self._next: list[int] = []
        for table in tables:
            if table < _FREE:
                self._next += struct.unpack(f"<{entries}I", self._sector(table))
        self._directory = self._chain(directory)
        small_table = self._chain(small) if small < _FREE else b""
        self._small_next = struct.unpack(f"<{len(small_table) // 4}I", small_table)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _chain(self, number: int) -> bytes:
        return b"".join(map(self._sector, _numbers(number, self._next)))

    def stream(self, *names: str) -> bytes | None:
        """The first stream of one of these names."""
        root = b""
        for place in range(0, len(self._directory), 128):
            entry = self._directory[place : place + 128]
            (length,) = struct.unpack_from("<H", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            if place == 0:
                root = self._chain(start)
            elif name in names:
                return self._small(root, start)[:size] if size < _SMALL else self._chain(start)[:size]
        return None

    def _small(self, root: bytes, number: int) -> bytes:
        return b"".join(root[at * 64 : at * 64 + 64] for at in _numbers(number, self._small_next))


def _numbers(number: int, following: Sequence[int]) -> Iterator[int]:
    """The numbers of a chain of sectors.

    Raises:
        ValueError: It runs in a circle. Whoever follows it fills all memory, and the program ends without a word.
    """
    for _ in range(len(following) + 1):
        if number >= len(following):
            return
        yield number
        number = following[number]
    raise ValueError("a chain of sectors runs in a circle")
