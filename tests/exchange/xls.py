"""Writes small XLS files: a compound file with one stream of records (MS-CFB, MS-XLS)."""

import struct
from collections.abc import Sequence

_SECTOR = 512


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(
    rows: Sequence[Sequence[str | float]], *, hidden: tuple[int, ...] = (), is_1904: bool = False, locked: bool = False
) -> bytes:
    """An XLS file with one sheet named List; `#N/A` becomes an error."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    width = max(map(len, rows))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for index in range(len(rows)):
        options = 0x20 if index in hidden else 0
        sheet += _record(0x208, struct.pack("<HHHHHHHH", index, 0, width, 255, 0, 0, options, 0))
    for index, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", index, column, 0)
            if cell == "#N/A":
                sheet += _record(0x205, place + b"\x2a\x01")
            elif isinstance(cell, str):
                text = cell.encode("utf-16-le")
                sheet += _record(0x204, place + struct.pack("<HB", len(cell), 1) + text)
            else:
                sheet += _record(0x203, place + struct.pack("<d", cell))
    sheet += _record(0x0A, b"")
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    if locked:
        head += _record(0x2F, b"\0" * 6)
    head += _record(0x22, struct.pack("<H", is_1904))
    bound = len(head) + 4 + 8 + 4 + 4
    head += _record(0x85, struct.pack("<IBBBB", bound, 0, 0, 4, 0) + b"List") + _record(0x0A, b"")
    return _compound((head + sheet).ljust(4096, b"\0"))


def _compound(stream: bytes) -> bytes:
    sectors = -(-len(stream) // _SECTOR)
    stream = stream.ljust(sectors * _SECTOR, b"\0")
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
        written = name.encode("utf-16-le") + b"\0\0"
        text = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text + b"\0" * 36 + struct.pack("<III", start, size, 0)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    directory += (b"\0" * 68 + struct.pack("<III", *[0xFFFFFFFF] * 3) + b"\0" * 48) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + struct.pack("<128I", *table) + directory.ljust(_SECTOR, b"\0") + stream
