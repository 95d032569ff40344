"""Which numbers new rows get: never one that a row had which is gone.

SQLite gives the highest number anew once its row is gone. The trail, the history and the erasing know a row by its
number, and would take the new row for the one before. PostgreSQL gives no number twice by itself.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any, cast

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.orm import Session

from models.entities.base import Base
from models.entities.numbers import SpentNumber


class Numbers:
    """The numbers of the rows that one unit of work writes and takes away."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._kept: dict[str, int] | None = None
        self._gone: dict[str, int] = {}

    def take(self, row: Base) -> None:
        """Note that a row is gone."""
        number = getattr(row, "id", None)
        if isinstance(number, int):
            self.take_all(row.__tablename__, [number])

    def take_all(self, table: str, numbers: Sequence[int]) -> None:
        """Note that rows are gone."""
        self._gone[table] = max((*numbers, self._gone.get(table, 0)))

    def give(self, session: Session) -> None:
        """Number the new rows of tables of which the last row is gone; the database numbers all others."""
        waiting: defaultdict[Table, list[Any]] = defaultdict(list)
        for row in session.new:
            if getattr(row, "id", 0) is None:
                waiting[cast("Table", row.__table__)].append(row)
        for table, rows in waiting.items():
            first = self.next_of(session.connection(), table)
            if first is not None:
                for number, row in zip(count(first), rows, strict=False):
                    row.id = number

    def give_many(self, connection: Connection, table: Table, values: Sequence[dict[str, Any]]) -> None:
        """Number rows that are written past the session."""
        first = self.next_of(connection, table)
        if first is not None:
            for number, each in zip(count(first), values, strict=False):
                each["id"] = number

    def next_of(self, connection: Connection, table: Table) -> int | None:
        """The number of the next row, where the database would give one that is spent; else None."""
        if connection.dialect.name != "sqlite":
            return None
        spent = max(self._spent(connection).get(table.name, 0), self._gone.get(table.name, 0))
        return spent + 1 if spent and spent >= (connection.scalar(select(func.max(table.c.id))) or 0) else None

    def keep(self, session: Session) -> None:
        """Write what this unit has spent, for those after it."""
        for name, last in sorted(self._gone.items()):
            kept = session.get(SpentNumber, name)
            if kept is None:
                session.add(SpentNumber(of_table=name, last=last))
            else:
                kept.last = max(kept.last, last)
        self._kept = None

    def _spent(self, connection: Connection) -> dict[str, int]:
        if self._kept is None:
            found = connection.execute(select(SpentNumber.of_table, SpentNumber.last))
            self._kept = {name: last for name, last in found}
        return self._kept
