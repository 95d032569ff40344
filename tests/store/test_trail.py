"""The trail tells every row: whoever reads it from the first entry to the last has the register as it stands."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.entities.base import Base
from models.store import trail
from models.store.declaring import declared
from models.store.details import canonical
from models.store.opening import open_register
from tests.conftest import NOON
from tests.entries import entries

MADE_WITH_THE_REGISTER = {"facility", "users"}
KEPT_ASIDE = {"trail", "trail_head", "trail_subjects"}

Row = dict[str, Any]
Told = dict[str, dict[str, Row]]


@pytest.fixture(scope="module")
def connection(demonstration: Path) -> Iterator[Connection]:
    with (
        open_register(demonstration, passphrase=PASSPHRASE, person="A. Berisha", clock=FixedClock(NOON)) as register,
        register.read() as snapshot,
    ):
        yield snapshot.connection


def replayed(connection: Connection) -> Told:
    """The rows of each table as the entries leave them; every `before` is checked against what was told so far."""
    told: Told = {}
    for entry in entries(connection):
        for change in entry["changed"]:
            rows = told.setdefault(change["table"], {})
            row = rows.setdefault(change["id"], {})
            if change["table"] not in MADE_WITH_THE_REGISTER:
                known = {name: row.get(name) for name in change["before"] if name != "version"}
                assert known == {name: value for name, value in change["before"].items() if name != "version"}
            row |= change["after"]
            if not change["after"]:
                del rows[change["id"]]
    return told


def test_every_row_is_told_as_it_stands_and_no_other(connection: Connection) -> None:
    told = replayed(connection)
    tables = [table for name, table in Base.metadata.tables.items() if name not in MADE_WITH_THE_REGISTER | KEPT_ASIDE]
    assert len(tables) > 15
    for table in tables:
        there = {
            "/".join(str(row[column.name]) for column in table.primary_key): dict(row)
            for row in connection.execute(table.select()).mappings()
        }
        said = told.get(table.name, {})
        assert there.keys() == said.keys(), table.name
        for number, row in there.items():
            told_row = trail.told(table.name, row)
            plain = json.loads(canonical({name: value for name, value in told_row.items() if name != "version"}))
            assert plain == {name: value for name, value in said[number].items() if name != "version"}, table.name


def test_every_entry_says_who_did_what_to_what_and_when(connection: Connection) -> None:
    before = ""
    for entry in entries(connection):
        assert entry["user"]
        assert entry["action"]
        assert entry["subject"]
        tells_alone = entry["action"].startswith("people.") or declared()[entry["action"]].only_tells
        assert entry["changed"] or tells_alone or "refused" in entry["notes"]
        assert entry["at"] >= before
        before = entry["at"]
