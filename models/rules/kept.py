"""Sentences that a row keeps, so that each reader has them in their own language, years later too."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from models.text import Message, Value

_TEXT = "text"


def stored(sentences: Iterable[Message]) -> list[dict[str, str]]:
    """The sentences as a column of texts holds them: `text`, and each value under its name and its kind.

    A sentence within a sentence is kept by its text alone; it has no values of its own.

    Raises:
        TypeError: A value is of a kind that is not kept.
    """
    return [{_TEXT: said.text} | dict(_written(*value) for value in said.values.items()) for said in sentences]


def restored(rows: Sequence[Mapping[str, str]]) -> tuple[Message, ...]:
    """The sentences again, as they were handed to `stored`."""
    return tuple(
        Message(row[_TEXT], dict(_read(key, value) for key, value in row.items() if key != _TEXT)) for row in rows
    )


def _written(name: str, value: Value) -> tuple[str, str]:
    match value:
        case Message() if not value.values:
            return f"{name}:message", value.text
        case str():
            return f"{name}:text", value
        case int():
            return f"{name}:int", str(value)
        case Decimal():
            return f"{name}:decimal", f"{value:f}"
        case date():
            return f"{name}:date", value.isoformat()
        case _:
            raise TypeError("this kind of value is not kept in a row")


def _read(key: str, value: str) -> tuple[str, Value]:
    name, _, kind = key.partition(":")
    match kind:
        case "message":
            return name, Message(value)
        case "int":
            return name, int(value)
        case "decimal":
            return name, Decimal(value)
        case "date":
            return name, date.fromisoformat(value)
        case _:
            return name, value
