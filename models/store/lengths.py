"""How long the texts of a row may be: as its columns say, so that no action and no import need think of it."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import JSON, Column, Enum, String, Table

from models.entities.base import MADE, Base
from models.rules.field_types import LONGEST_TEXT, check_text


def check_row(row: Base) -> None:
    """Refuse a row of the session that holds a text which its column cannot keep.

    Raises:
        Refused: With the name of the column as its field.
    """
    check_values(cast("Table", row.__table__), row.__dict__)


def check_values(table: Table, values: Mapping[str, Any]) -> None:
    """Refuse values of columns as `check_row`, by the names of the columns."""
    longest = _longest(table)
    for name, value in values.items():
        if name in longest and value is not None:
            check_value(value, longest[name], field=name)


def check_value(value: object, most: int = LONGEST_TEXT, *, field: str | None = None) -> None:
    """Refuse a text, or one within lists and mappings, that cannot be kept.

    Raises:
        Refused: With the field.
    """
    if isinstance(value, str):
        check_text(value, most, field=field)
    elif isinstance(value, Mapping):
        for each in (*value, *value.values()):
            check_value(each, most, field=field)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            check_value(each, most, field=field)


def is_typed(column: Column[Any]) -> bool:
    """Whether a column holds what somebody types."""
    return _most(column) is not None


@cache
def _longest(table: Table) -> dict[str, int]:
    """How many letters each column of a table keeps; what holds no text that somebody types is left out."""
    return {column.name: most for column in table.columns if (most := _most(column)) is not None}


def _most(column: Column[Any]) -> int | None:
    if MADE.items() <= column.info.items() or isinstance(column.type, Enum):
        return None
    if isinstance(column.type, String):
        return column.type.length or LONGEST_TEXT
    return LONGEST_TEXT if isinstance(column.type, JSON) else None
