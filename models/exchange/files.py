"""Reads a file, CSV or XLSX, into a table."""

from hashlib import sha256
from pathlib import Path

from models.errors import Refused, Unavailable
from models.exchange.tables import MAX_BYTES, Table


def read_table(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    quote: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a CSV or XLSX file.

    Args:
        path: The file.
        encoding: How a CSV file writes letters; found out if None.
        separator: What stands between the cells of a CSV file; found out if None.
        quote: What stands around cells of a CSV file; found out if None.
        sheet: The sheet of an XLSX file; the first that is not hidden if None.

    Raises:
        Refused: The file is not a table, too large, or locked by a password.
        Unavailable: The file cannot be read.
    """
    from models.exchange.delimited import read_delimited
    from models.exchange.workbooks import looks_like_workbook, read_workbook

    content = _content(path)
    digest = sha256(content).hexdigest()
    if looks_like_workbook(content):
        return read_workbook(content, name=path.name, digest=digest, sheet=sheet)
    return read_delimited(content, name=path.name, digest=digest, encoding=encoding, separator=separator, quote=quote)


def _content(path: Path) -> bytes:
    """The bytes of the file, read once, so that what was hashed is what was read."""
    try:
        if path.is_dir():
            raise Refused("“{name}” is a folder. Choose a file.", field="file", name=path.name)
        if path.stat().st_size > MAX_BYTES:
            raise Refused(
                "“{name}” is larger than {n} MB. Divide it into smaller files.",
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
    if not content.strip():
        raise Refused("“{name}” is empty. Choose another file.", field="file", name=path.name)
    return content
