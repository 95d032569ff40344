"""What was said of a file and changes nothing of how it is read: told, so that nobody relies on it."""

from collections.abc import Container, Iterable, Iterator

from models.exchange.answers import EVERY_COLUMN, Answers
from models.exchange.headers import Heading
from models.exchange.tables import Source
from models.text import Message, message


def idle(
    answers: Answers, source: Source, heading: Heading, dates: Container[str], unmet: Iterable[str]
) -> Iterator[Message]:
    """Name each answer that was given now and meets nothing in the file.

    What was said of the last file of the same shape is not named: it need not hold for every one.

    Args:
        answers: What was said.
        source: How the file was read.
        heading: Which column holds what.
        dates: The fields of dates that the file has.
        unmet: What was said of texts that no row has, as `column:text`.
    """
    told = answers.flat().keys() - answers.earlier
    is_csv = source.kind == "csv"
    if is_csv and "sheets" in told:
        yield message("The file has no sheets: what was said of sheets changes nothing.")
    if not is_csv and told & {"encoding", "separator"}:
        yield message("The file is no CSV: what was said of its letters or its separator changes nothing.")
    if "hidden" in told and not source.hidden_rows:
        yield message("No row of the file is hidden: what was said of hidden rows changes nothing.")
    for column in answers.orders:
        if column != EVERY_COLUMN and f"order:{column}" in told and not _is_date(column, heading, dates):
            yield message("“{column}” is no column of dates: what was said of it changes nothing.", column=column)
    if "open_stays" in told and (ends := heading.header("departed_on")) is not None:
        yield message("The column “{column}” ends the stays: that all are open was not taken.", column=ends)
    for value in unmet:
        yield message("“{value}” stands in no row: what was said of it changes nothing.", value=value)


def _is_date(name: str, heading: Heading, dates: Container[str]) -> bool:
    column = heading.named(name)
    return name in dates or (column is not None and column.field in dates)
