"""A value of a field as JSON holds it, and back: what rows keep of a moment that is over."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.rules.birth import BirthDate
from models.rules.field_types import Field, FieldType


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A value of a field as JSON holds it."""
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    return value if value is None or isinstance(value, bool) else str(value)


def valued(field: Field, kept: Any) -> Any:  # noqa: ANN401 - what JSON held, and what the facts have
    """The value again that `plain` was given, as the facts have it."""
    if kept is None:
        return None
    match field.type:
        case FieldType.DATE:
            return date.fromisoformat(kept)
        case FieldType.BIRTH:
            return BirthDate.parse(kept)
        case FieldType.NUMBER:
            return Decimal(kept)
        case FieldType():
            return tuple(kept) if isinstance(kept, list) else kept
        case vocabulary:
            return vocabulary(kept)


def all_plain(fields: Iterable[Field], facts: object) -> dict[str, Any]:
    """What is known of some fields, by name; what is not known is left out."""
    said = {each.name: getattr(facts, each.name) for each in fields}
    return {each.name: plain(said[each.name]) for each in fields if each.tidy(said[each.name]) != each.empty}


def all_valued(fields: Iterable[Field], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The values again, by name; what is not known is left out."""
    return {each.name: valued(each, kept[each.name]) for each in fields if each.name in kept}
