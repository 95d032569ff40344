"""What only one of the two databases takes, or what they answer differently, found by looking at a statement."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, make_url
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import (
    BinaryExpression,
    ClauseElement,
    ColumnElement,
    False_,
    Grouping,
    Label,
    Null,
    TextClause,
    True_,
    TypeCoerce,
    UnaryExpression,
)
from sqlalchemy.sql.functions import Function
from sqlalchemy.sql.selectable import CompoundSelect, Join, Select

DIALECTS = tuple(make_url(f"{name}://").get_dialect()() for name in ("sqlite", "postgresql"))
FUNCTIONS = frozenset({"count", "max", "min", "sum", "length", "lower", "coalesce", "json_array_length"})
"""What both know by the same name and with the same answer."""
_OF_ONE = re.compile(r"\b(rowid|group_concat|string_agg|strftime|julianday|glob|or (ignore|replace)|isnull)\b", re.I)
_ORDERING = (operators.lt, operators.le, operators.gt, operators.ge, operators.between_op)
_COMPARING = (*_ORDERING, operators.eq, operators.ne, operators.in_op, operators.not_in_op)


def faults(statement: ClauseElement) -> list[str]:
    """What is wrong with a statement, in words; empty where both take it and mean the same."""
    compiled = [str(statement.compile(dialect=dialect)) for dialect in DIALECTS]
    found = [f"only one of the two knows {match[0]}" for said in compiled for match in _OF_ONE.finditer(said)]
    for element in visitors.iterate(statement):
        match element:
            case TextClause():
                found.append(f"SQL as a text: {element.text}")
            case Function() if element.name not in FUNCTIONS:
                found.append(f"not known to be the same on both: {element.name}()")
            case Function() if element.name in ("max", "min") and _is_loose_text(element.clauses.clauses[0]):
                found.append(f"the first or last of texts without a collation: {element}")
            case BinaryExpression():
                found += _of_comparison(element)
            case Select() | CompoundSelect():
                found += _of_order(element)
    return found


def _of_comparison(element: BinaryExpression[Any]) -> Iterator[str]:
    left, right, how = element.left, element.right, element.operator
    if how in (operators.is_, operators.is_not) and not isinstance(right, Null | True_ | False_):
        yield f"IS compares with a value: {element}"
    if how in (operators.like_op, operators.not_like_op, operators.startswith_op, operators.contains_op):
        yield f"LIKE minds case on one alone: {element}"
    if how not in _COMPARING:
        return
    if any(isinstance(_key(side)[0].type, JSON) for side in (left, right)):
        yield f"JSON is compared as a text: {element}"
    if how in _ORDERING and _is_loose_text(left):
        yield f"texts without a collation are put in order: {element}"
    if how in _ORDERING[:4] and any(map(_is_counted, (left, right))):
        yield f"numbers that the database gives are put in order: {element}"
    kinds = {type(side.type) for side in (left, right)}
    if Boolean in kinds and Integer in kinds:
        yield f"a number is compared with yes or no: {element}"


def _of_order(element: Select[Any] | CompoundSelect[Any]) -> Iterator[str]:
    outer = set(_outer(element.get_final_froms())) if isinstance(element, Select) else set()
    for clause in order_of(element):
        key, says_nulls = _key(clause)
        if not says_nulls and _may_be_null(key, outer):
            yield f"ORDER BY does not say where those without it come: {clause}"
        if _is_loose_text(key):
            yield f"ORDER BY a text without a collation: {clause}"


def order_of(statement: ClauseElement) -> Sequence[ClauseElement]:
    """By what the rows that a statement gives are sorted; nothing where they may come in any order."""
    clauses: Sequence[ClauseElement] = getattr(statement, "_order_by_clauses", ())
    return clauses


def _key(clause: Any) -> tuple[Any, bool]:
    """What is sorted by or compared, and whether it is said where NULL comes."""
    says_nulls = False
    while True:
        match clause:
            case UnaryExpression() if clause.modifier is not None:
                says_nulls |= clause.modifier in (operators.nulls_first_op, operators.nulls_last_op)
                clause = clause.element
            case Label() | Grouping():
                clause = clause.element
            case TypeCoerce():
                clause = clause.clause
            case _:
                return clause, says_nulls


def _may_be_null(key: Any, outer: Collection[Table]) -> bool:
    if isinstance(key, Column):
        return bool(key.nullable) or key.table in outer
    if isinstance(key, BinaryExpression) and key.operator in (operators.is_, operators.is_not):
        return False
    parts = [part for part in key.get_children() if isinstance(part, ColumnElement)]
    return not parts or any(_may_be_null(part, outer) for part in parts)


def _outer(froms: Collection[Any]) -> Iterator[Any]:
    """The tables of which a row may be missing."""
    for each in froms:
        if isinstance(each, Join):
            yield from _outer((each.left, each.right))
            if each.isouter:
                yield from each.right._from_objects  # noqa: SLF001


def _is_loose_text(side: ClauseElement) -> bool:
    """Whether it is a text of which nobody says by which letters it is sorted."""
    key, _ = _key(side)
    if not hasattr(key, "type"):
        return False
    kind = key.type.dialect_impl(DIALECTS[1])
    kind = getattr(kind, "impl_instance", kind)  # of a type of our own
    return isinstance(kind, String) and not kind.collation


def _is_counted(side: ClauseElement) -> bool:
    """Whether it is a number that the database gives to each row."""
    return isinstance(side, Column) and side.primary_key and side.name == "id"
