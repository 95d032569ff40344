"""Reads a file, CSV or a workbook of a spreadsheet program, into a table."""

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from models.errors import Refused, Unavailable
from models.exchange.tables import MAX_BYTES, Table

_BEGINNING = 512


def read_table(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    quote: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a CSV file, or a sheet of an XLSX, XLSM, XLS or ODS file.

    Args:
        path: The file.
        encoding: How a CSV file writes letters, by any name of it; found out if None.
        separator: What stands between the cells of a CSV file; found out if None.
        quote: What stands around cells of a CSV file; found out if None.
        sheet: The sheet of a workbook; the first that is not hidden and has rows if None (`Source.sheets` tells
            whether there are others).

    Raises:
        Refused: The file is not a table, a workbook that is too large, or locked by a password.
        Unavailable: The file cannot be read.
    """
    from models.exchange.delimited import read_pieces
    from models.exchange.workbooks import looks_like_workbook, read_workbook

    try:
        if path.is_dir():
            raise Refused("“{name}” is a folder. Choose a file.", field="file", name=path.name)
        with path.open("rb") as stream:
            begin = stream.read(_BEGINNING)
        if not looks_like_workbook(begin):
            if not begin.strip() and _is_blank(path):
                raise Refused("“{name}” is empty. Choose another file.", field="file", name=path.name)
            return read_pieces(
                partial(_opened, path), name=path.name, encoding=encoding, separator=separator, quote=quote
            )
        if path.stat().st_size > MAX_BYTES:
            raise Refused(
                "“{name}” is larger than {n} MB. Save it as CSV: a CSV file may be of any size.",
                field="file",
                name=path.name,
                n=MAX_BYTES // (1024 * 1024),
            )
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable(
            "“{name}” cannot be read. See that it is there, that it may be read, and that no other program holds it.",
            field="file",
            name=path.name,
        ) from error
    return read_workbook(content, name=path.name, digest=sha256(content).hexdigest(), sheet=sheet)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _is_blank(path: Path) -> bool:
    """Whether a file has nothing but blanks."""
    with path.open("rb") as stream:
        while piece := stream.read(1024 * 1024):
            if piece.strip():
                return False
    return True
