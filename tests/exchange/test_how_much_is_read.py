"""However many people a register has, a file asks of those alone of whom it speaks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from models.rules.vocabulary import PlacesRule
from models.store.register import Register
from tests import builders
from tests.exchange.bringing import bring, looked

HEAD = "person no,surname,given names,date of birth,arrival,departure\n"
FILE = (
    "1,Gashi,Arta,1991-07-02,2026-07-01,2026-07-09\n"
    ",Noor,Zahra,1988-03-04,2026-07-02,2026-07-09\n"
    ",Ahmadi,Ali,1990,2026-07-03,\n"
)
LATER = (
    "1,Gashi,Arta,1991-07-02,2026-08-01,2026-08-09\n"
    "1,Marku,Ben,1970-11-12,2026-08-20,2026-08-21\n"
    "2,Noor,Zahra,1988-03-04,2026-08-02,2026-08-09\n"
    ",Ahmadi,Ali,1990,2026-07-03,2026-07-20\n"
    "3,Ilić,Mila,1985-05-06,2026-08-04,\n"
)

_WHOLE = re.compile(
    r"SCAN (residents|stays|partner_numbers)"
    r"|SEARCH (stays|partner_numbers) USING (COVERING )?INDEX \S+ \(programme_id=\?\)"
)
"""Of a plan of the database: all of a table is read, or all of a programme."""
_ENDED = re.compile(r"SEARCH stays USING (COVERING )?INDEX \S+ \(programme_id=\? AND departed_on>\?\)")
"""All that have ended are read; but not where the statement says since when."""
_NAMESAKES = re.compile(r"SEARCH residents USING (COVERING )?INDEX \S+ \(sort_name=\?\)")
"""All who have a name are read; of whom no more is told, at least the days of arrival are."""


@contextmanager
def plans() -> Iterator[list[tuple[str, str]]]:
    """Each statement that reads, with how the database finds its rows."""
    found: list[tuple[str, str]] = []

    def note(connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith("SELECT") and not many:
            told = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            found.append((statement, "; ".join(row[3] for row in told)))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("looks", [True, False])
def test_no_statement_reads_all_residents_or_all_stays(register: Register, tmp_path: Path, looks: bool) -> None:
    # Where each person takes a place for good, all who ever took one are counted.
    programme = builders.programme(register, places_rule=PlacesRule.CONCURRENT)
    path = tmp_path / "stays.csv"
    path.write_text(HEAD + FILE, encoding="utf-8")
    bring(register, programme, path)
    path.write_text(HEAD + LATER, encoding="utf-8")
    with plans() as found:
        done = looked(register, programme, path) if looks else bring(register, programme, path)
    assert done.problems == ()
    assert len(found) > 20
    assert [each for each in found if _WHOLE.search(each[1])] == []
    assert [each for each in found if _ENDED.search(each[1]) and "departed_on >= ?" not in each[0]] == []
    assert [each for each in found if _NAMESAKES.search(each[1]) and "arrived_on BETWEEN" not in each[0]] == []
