"""The file of the refused rows: to be mended in a spreadsheet program, and brought in again."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path

from models.exchange.headers import OWN_COLUMN, Heading
from models.exchange.problems import Problem
from models.exchange.tables import Row, Table
from models.store.files import write_private
from models.text import Translator

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d][\d\s.,:/()-]*")


def write_refused(
    path: Path, *, table: Table, heading: Heading, problems: Iterable[Problem], translate: Translator
) -> int:
    """Write the rows that could not come in, as they were, and what to do with each.

    Only the owner can read the file. No cell of it can become a formula.

    Args:
        path: Where; a file that is there is replaced.
        table: What was read.
        heading: Its headings.
        problems: What is wrong.
        translate: Of the clerk's language.

    Returns:
        The number of rows.

    Raises:
        Unavailable: The file cannot be written.
    """
    advice: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said = translate.render(problem.message)
        advice[problem.row_number].append(f"{problem.column}: {said}" if problem.column else said)
    rows = [row for row in table.rows if row.number in advice]
    text = StringIO(newline="")
    # A byte order mark, and the separator of the file, so that a spreadsheet program opens it as it opened the first.
    writer = csv.writer(text, delimiter=table.source.separator or ",", lineterminator="\r\n")
    headers = [column.header for column in heading.columns if not is_own(column.header)]
    kept = [column.index for column in heading.columns if not is_own(column.header)]
    writer.writerow([*map(neutral, headers), OWN_COLUMN + translate("What to do")])
    for row in rows:
        cells = [row.cells[index] if index < len(row.cells) else "" for index in kept]
        writer.writerow([*map(neutral, cells), neutral(" ".join(advice[row.number]))])
    write_private(path, text.getvalue().encode("utf-8-sig"))
    return len(rows)


def is_own(header: str) -> bool:
    """Whether a column is the one that `write_refused` adds."""
    return header.strip().startswith(OWN_COLUMN)


def neutral(cell: str) -> str:
    """The cell as a spreadsheet program shows it and never reckons it; numbers and dates stay as they are."""
    if cell.startswith(_ACTIVE) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def mended(table: Table) -> Table:
    """A table as it was before `write_refused` wrote it; any other table as it is."""
    if not any(is_own(cell) for row in table.rows[:1] for cell in row.cells):
        return table
    return replace(table, rows=tuple(_as_before(row) for row in table.rows))


def _as_before(row: Row) -> Row:
    return replace(
        row, cells=tuple(cell[1:] if cell[:1] == "'" and cell[1:].startswith(_ACTIVE) else cell for cell in row.cells)
    )
