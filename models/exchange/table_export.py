"""A list as a file for a spreadsheet program: what is shown on the screen, and nothing that could act there."""

import csv
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import StringIO
from pathlib import Path

from models.exchange.refused_rows import neutral
from models.store.files import write_private


def write_listing(path: Path, *, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a list as CSV in UTF-8, readable by its owner only. No cell of it can become a formula.

    Args:
        path: Where; a file that is there is replaced.
        titles: What stands above the columns.
        rows: The texts of each row.

    Returns:
        SHA-256 of the file, in hexadecimal, for the trail.

    Raises:
        Unavailable: The file cannot be written.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(title) for title in titles])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    content = text.getvalue().encode("utf-8-sig")  # with a byte order mark, by which spreadsheet programs know UTF-8
    write_private(path, content)
    return sha256(content).hexdigest()
