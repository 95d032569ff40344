"""What of a database is not Konak's: triggers and views run whenever something is written or read."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from models.entities import Base
from models.errors import Unavailable
from models.store import engine as engines
from models.store import guards, search_index

Raw = Any
"""A connection of sqlcipher3, which has no types."""

_RUNS = ("trigger", "view")
_SHADOWS = ("config", "content", "data", "docsize", "idx")
"""The tables in which the search index keeps itself."""


@cache
def _known() -> Mapping[str, str]:
    """The names of all tables and indexes of this program, and what each is."""
    tables = {*Base.metadata.tables, "alembic_version", *search_index.TABLES}
    tables |= {f"{index}_{shadow}" for index in search_index.TABLES for shadow in _SHADOWS}
    indexes = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    return {name: "table" for name in tables} | {name: "index" for name in indexes}


def strangers(connection: Raw) -> list[str]:
    """The names of triggers, views, tables and indexes that are not of this program, each after what it is."""
    return [f"{kind} {name}" for kind, name in _strange(connection)]


def running(connection: Raw, *, of_any_version: bool = False) -> list[str]:
    """Those of them that run by themselves; with `of_any_version`, guards of other versions are none of them."""
    return [f"{kind} {name}" for kind, name in _strange(connection, of_any_version=of_any_version) if kind in _RUNS]


def check_tables(connection: Raw) -> None:
    """Refuse a database in which a table of this program is none.

    Raises:
        Unavailable: Something else stands in its place.
    """
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    if not {*Base.metadata.tables} <= there:
        raise engines.damaged()


def refusal(names: list[str]) -> Unavailable:
    """What is said where something was put into the database while it was open."""
    return Unavailable(
        "Somebody has put something into the database that is not of Konak: {names}. Nothing was saved. Close the "
        "register, find out who has its key, and open it again: then it is taken out, and that is entered.",
        names=", ".join(names),
    )


def _strange(connection: Raw, *, of_any_version: bool = False) -> Iterator[tuple[str, str]]:
    known = _known()
    for kind, name, statement in connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind == "trigger":
            is_ours = guards.is_guard(name, statement, of_any_version=of_any_version)
        else:
            is_ours = known.get(name) == kind or name.startswith("sqlite_")
        if not is_ours:
            yield kind, name
