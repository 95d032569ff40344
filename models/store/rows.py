"""Rows as queries give them: a frozen class names by its fields the columns that it is made of."""

from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from itertools import starmap
from operator import itemgetter
from typing import Any, Generic, TypeVar, get_origin

from sqlalchemy import JSON, Row, Select, SQLColumnExpression, select
from sqlalchemy.orm import ColumnProperty, CompositeProperty, QueryableAttribute

from models.entities.base import Base

R = TypeVar("R")
Found = Row[*tuple[Any, ...]]


class Made:
    """What is made of several columns, composites or things made; None where there is nothing in any of them."""

    def __init__(self, make: Callable[..., Any], *parts: "Source") -> None:
        """Say of which, in the order in which `make` takes them."""
        self.make, self.parts = make, parts


Source = SQLColumnExpression[Any] | Made


class Rows(Generic[R]):
    """The rows of a frozen class: what is selected for them, and how they are made of what was found.

    A field is the column or the composite of its own name, in the first of the entities that has one, or else what is
    said of it. A field of which neither is known is given by the query, beside `values`. Lists become tuples.
    """

    def __init__(self, row: type[R], *entities: type[Base], **said: Source) -> None:
        """Take the class apart.

        Args:
            row: A frozen dataclass, or a named tuple.
            entities: Where fields are looked for of which nothing is said.
            said: Of what some fields are made.

        Raises:
            TypeError: Something is said of a field that the class does not have.
        """
        self._row = row
        self._columns: list[SQLColumnExpression[Any]] = []
        self._read: dict[str, Callable[[Found], Any]] = {}
        parameters = signature(row).parameters
        if unknown := said.keys() - parameters.keys():
            raise TypeError(f"{row.__name__} has no {unknown}")
        for name, parameter in parameters.items():
            source = said.get(name, _found(name, entities))
            if source is not None:
                is_tuple = get_origin(parameter.annotation) is tuple
                self._read[name] = self._add(source, name=name, is_tuple=is_tuple)
        self._is_plain = self._read.keys() == parameters.keys() and all(
            isinstance(read, itemgetter) and parameters[name].kind is not Parameter.KEYWORD_ONLY
            for name, read in self._read.items()
        )

    def _add(self, source: Source, *, name: str | None = None, is_tuple: bool = False) -> Callable[[Found], Any]:
        """Add the columns of something, and say how it is read."""
        if isinstance(source, QueryableAttribute) and isinstance(source.comparator.prop, CompositeProperty):
            source = Made(source.comparator.prop.composite_class, *source.clauses)
        if isinstance(source, Made):
            return _making(source.make, [self._add(part) for part in source.parts])
        self._columns.append(source if name is None else source.label(name))
        read = itemgetter(len(self._columns) - 1)
        is_list = isinstance(source.label(None).type, JSON)
        return _making(tuple, [read]) if is_tuple and is_list else read

    def select(self) -> Select[*tuple[Any, ...]]:
        """What is to be selected; columns that are added come after it."""
        return select(*self._columns)

    def values(self, found: Found) -> dict[str, Any]:
        """The fields of one row, by name, but those that the query gives."""
        return {name: read(found) for name, read in self._read.items()}

    def row(self, found: Found) -> R:
        """One row, of which the query gives no field."""
        return self._row(**self.values(found))

    def rows(self, found: Iterable[Found]) -> tuple[R, ...]:
        """All rows, of which the query gives no field, and to which it has added no column."""
        return tuple(starmap(self._row, found) if self._is_plain else map(self.row, found))


def _making(make: Callable[..., Any], parts: Iterable[Callable[[Found], Any]]) -> Callable[[Found], Any]:
    def read(found: Found) -> Any:  # noqa: ANN401 - whatever `make` gives
        values = [part(found) for part in parts]
        return None if all(value is None for value in values) else make(*values)

    return read


def _found(name: str, entities: Iterable[type[Base]]) -> SQLColumnExpression[Any] | None:
    """The column or the composite of a name."""
    for entity in entities:
        attribute = getattr(entity, name, None)
        # Not `property`, which for a relationship would have all tables configured now.
        kind = getattr(getattr(attribute, "comparator", None), "prop", None)
        if isinstance(attribute, QueryableAttribute) and isinstance(kind, ColumnProperty | CompositeProperty):
            return attribute
    return None
