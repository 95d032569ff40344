"""The file of the refused rows: to be mended in a spreadsheet program, and brought in again."""

from collections import defaultdict
from collections.abc import Iterable

from models.exchange.headers import OWN_COLUMN, Heading
from models.exchange.problems import Problem
from models.exchange.table_export import as_csv
from models.exchange.tables import Table
from models.text import N_, Translator


def refused_rows(*, table: Table, heading: Heading, problems: Iterable[Problem], translate: Translator) -> bytes:
    """The rows that could not come in, as they were, and what to do with each. No cell can become a formula.

    Args:
        table: What was read.
        heading: Its headings.
        problems: What is wrong.
        translate: Of the clerk's language.
    """
    advice: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said = translate.render(problem.message)
        advice[problem.row_number].append(f"{problem.column}: {said}" if problem.column else said)
    kept = [column for column in heading.columns if not is_own(column.header)]
    rows = [
        [*(row.cells[each.index] if each.index < len(row.cells) else "" for each in kept), " ".join(advice[row.number])]
        for row in table.rows
        if row.number in advice
    ]
    # With the separator of the file, so that a spreadsheet program opens it as it opened the first.
    titles = [*(column.header for column in kept), OWN_COLUMN + translate(N_("What to do"))]
    return as_csv(titles, rows, separator=table.source.separator or ",")


def is_own(header: str) -> bool:
    """Whether a column is the one that `refused_rows` adds."""
    return header.strip().startswith(OWN_COLUMN)
