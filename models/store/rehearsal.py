"""A register in memory, read once before the real one is opened: what a first reading has to make is made by then."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Enum, Integer, LargeBinary, String
from sqlalchemy.types import TypeEngine

from models.clock import Clock
from models.entities.base import Amount, Base, Birth, Instant
from models.ids import UserId
from models.rules.birth import BirthDate
from models.rules.vocabulary import Role
from models.store import engine as engines
from models.store.snapshot import FacilityProfile, Person, Snapshot

_DAY = date(2000, 1, 1)
_SOMETHING: Sequence[tuple[type[TypeEngine[Any]], object]] = (
    (Instant, datetime(_DAY.year, _DAY.month, _DAY.day, tzinfo=UTC)),
    (Amount, Decimal(1)),
    (Birth, BirthDate(_DAY.year)),
    (Date, _DAY),
    (Boolean, False),
    (LargeBinary, b""),
    (JSON, {}),
    (Integer, 1),
    (String, ""),
)
"""Of each type a value that a column takes which must have one."""


def rehearse(read: Callable[[Snapshot], object], clock: Clock) -> None:
    """Read what the window reads first, for each role, so that its statements are there when the passphrase is.

    Each table has one row, which refers to the others', so that a query comes as far as it would. Nothing is kept but
    the statements, with which the next engine goes on.

    Args:
        read: Reads it.
        clock: Where the present comes from.
    """
    with engines.rehearsal() as connection:
        _fill(connection)
        nowhere = FacilityProfile("", "", "en", ZoneInfo("UTC"), "", False, b"", 0, False)
        for role in Role:
            snapshot = Snapshot(connection, clock.now(), nowhere, Person(UserId(1), "", role))
            read(snapshot)


def _fill(connection: Connection) -> None:
    """Make the tables, and a row of each."""
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    Base.metadata.create_all(connection)
    for table in Base.metadata.sorted_tables:
        needed = (column for column in table.columns if not column.nullable and column.default is None)
        connection.execute(table.insert().values({column.key: _something(column) for column in needed}))


def _something(column: Column[object]) -> object:
    """A value that the column takes."""
    kind = column.type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return next(iter(kind.enum_class))
    return next(value for of, value in _SOMETHING if isinstance(kind, of))
