"""A list as a file for a spreadsheet program: what is shown on the screen, and nothing that could act there."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet program may reckon."""
MADE_SAFE = ("'", "=")
"""How a cell begins that `as_typed` looks at."""
_QUOTED = re.compile(r'="((?:[^"]|"")*)"')
_NUMBER = re.compile(r"[+-]?[\d][\d\s.,:/()-]*")


def as_csv(titles: Sequence[str], rows: Iterable[Sequence[str]], *, separator: str = ",") -> bytes:
    """A list as CSV in UTF-8; no cell of it can become a formula.

    Args:
        titles: What stands above the columns.
        rows: The texts of each row.
        separator: What stands between two cells.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow([neutral(title) for title in titles])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # with a byte order mark, by which spreadsheet programs know UTF-8


def as_typed(cell: str) -> str:
    """What `neutral` made safe as it was, and the text of a formula that is only one: `="0012"` keeps its zeros."""
    if cell.startswith("'") and cell[1:].startswith(ACTIVE):
        return cell[1:]
    quoted = _QUOTED.fullmatch(cell) if cell.startswith("=") else None
    return cell if quoted is None else quoted[1].replace('""', '"')


def neutral(cell: str) -> str:
    """The cell as a spreadsheet program shows it and never reckons it; numbers and dates stay as they are."""
    if cell.startswith(ACTIVE) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
