"""The rows of a register as its trail tells them, kept up from round to round, and compared with the tables."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from models.entities.base import Base
from models.store import trail
from models.store.details import canonical
from models.store.trail import START, link
from tests.entries import entries

KEPT_ASIDE = {"trail", "trail_head", "trail_subjects", "preferences"}
Row = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What the entries so far have told.

    Attributes:
        number: The last entry that was read.
        head: Its hash.
        rows: The rows by table and number, without their versions.
    """

    number: int = 0
    head: str = START
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    def read_on(self, connection: Connection) -> list[Row]:
        """Take in the entries since the last time, each link of the chain proven; gives them."""
        fresh = entries(connection, f"number > {self.number}")
        for entry in fresh:
            assert entry["number"] == self.number + 1
            assert entry["previous_hash"] == self.head
            assert link(self.head, entry["header"]) == entry["hash"]
            self.number, self.head = entry["number"], entry["hash"]
            self._take(connection, entry)
        last = connection.exec_driver_sql("SELECT number, hash FROM trail_head").one()
        assert tuple(last) == (self.number, self.head)
        return fresh

    def _take(self, connection: Connection, entry: Row) -> None:
        for change in entry["changed"]:
            rows = self.rows.setdefault(change["table"], {})
            if not change["after"]:
                del rows[change["id"]]
                continue
            rows.setdefault(change["id"], {}).update(change["after"])
        for written in entry["written"]:
            table = Base.metadata.tables[written["table"]]
            between = table.c.id.between(written["first"], written["last"])
            there = [
                dict(row) for row in connection.execute(select(table).where(between).order_by(table.c.id)).mappings()
            ]
            assert len(there) == written["rows"]
            rows = self.rows.setdefault(written["table"], {})
            told = ((row["id"], trail.told(written["table"], row)) for row in there)
            rows.update({str(number): json.loads(canonical(row)) for number, row in told})

    def compare(self, connection: Connection) -> None:
        """Every row is there as it was told, and no other."""
        for name, table in Base.metadata.tables.items():
            if name in KEPT_ASIDE:
                continue
            there = {
                "/".join(str(row[column.name]) for column in table.primary_key): row
                for row in connection.execute(table.select()).mappings()
            }
            said = self.rows.get(name, {})
            assert there.keys() == said.keys(), name
            for number, row in there.items():
                told = trail.told(name, dict(row))
                plain = json.loads(canonical({key: value for key, value in told.items() if key != "version"}))
                assert plain == {key: value for key, value in said[number].items() if key != "version"}, name
