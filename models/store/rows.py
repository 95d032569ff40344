"""Rows as queries give them: a frozen class names by its fields the columns that it is made of."""

from collections.abc import Callable, Iterable, Sequence
from inspect import Parameter, signature
from itertools import starmap
from operator import itemgetter
from typing import Any, Generic, TypeVar, Union

from sqlalchemy import JSON, Row, Select, SQLColumnExpression, select
from sqlalchemy.orm import ColumnProperty, CompositeProperty, QueryableAttribute

from models.entities.base import Base

R = TypeVar("R")
Found = Row[*tuple[Any, ...]]
Read = Callable[[Found], Any]
Source = Union[SQLColumnExpression[Any], "Made", "Rows[Any]"]
"""What a field is made of: a column or an expression, a composite, what is made of several, or a row in the row."""


class Made:
    """What is made of several sources."""

    def __init__(self, make: Callable[..., Any], *parts: Source, empty: object = None) -> None:
        """Say of which.

        Args:
            make: Takes them in this order.
            parts: What it is made of.
            empty: What stands where there is nothing in any of them.
        """
        self.make, self.parts, self.empty = make, parts, empty


class Rows(Generic[R]):
    """The rows of a frozen class: what is selected for them, and how they are made of what was found.

    A field is what is said of it, or else the column or the composite of its own name in the one of the entities that
    has one; its id and version are those of the first. A field of which neither is known is given by the query, beside
    `values`. Lists become tuples.
    """

    def __init__(self, row: type[R], /, *entities: type[Base], **said: Source) -> None:
        """Take the class apart.

        Args:
            row: A frozen dataclass, or a named tuple.
            entities: Where fields are looked for of which nothing is said.
            said: Of what some fields are made.

        Raises:
            TypeError: Something is said of a field that the class does not have, or must be said of one since several
                entities have a column of its name.
        """
        parameters = signature(row).parameters
        if unknown := said.keys() - parameters.keys():
            raise TypeError(f"{row.__name__} has no {unknown}")
        found = {name: said[name] if name in said else _found(name, entities) for name in parameters}
        self._row = row
        self._sources: dict[str, Source] = {
            name: _parted(source) for name, source in found.items() if source is not None
        }
        columns = {name: source for name, source in self._sources.items() if not isinstance(source, Made)}
        self._columns: list[SQLColumnExpression[Any]] = []
        reads = {name: self._add(source, name) for name, source in (columns | self._sources).items()}
        # Rows are read by the thousand: columns, which come first, are taken over at once, the others one by one.
        self._names = tuple(columns)
        self._made = {name: read for name, read in reads.items() if not isinstance(read, itemgetter)}
        self._is_plain = (
            not self._made
            and reads.keys() == parameters.keys()
            and all(parameters[name].kind is not Parameter.KEYWORD_ONLY for name in reads)
        )

    def _add(self, source: Source, name: str = "") -> Read:
        """Add the columns of a source, and say how it is read."""
        source = _parted(source)
        if isinstance(source, Made):
            return _making(source, [self._add(part) for part in source.parts])
        self._columns.append(source.label(name) if name else source)
        read = itemgetter(len(self._columns) - 1)
        return _frozen(read) if isinstance(getattr(source, "type", None), JSON) else read

    @property
    def as_part(self) -> Made:
        """What such a row is made of in another; None where there is nothing of it."""

        def make(*values: object) -> R:
            return self._row(**dict(zip(self._sources, values, strict=True)))

        return Made(make, *self._sources.values())

    def select(self) -> Select[*tuple[Any, ...]]:
        """What is to be selected; columns that are added come after it."""
        return select(*self._columns)

    def values(self, found: Found) -> dict[str, Any]:
        """The fields of one row, by name, but those that the query gives."""
        values = dict(zip(self._names, found, strict=False))
        for name, read in self._made.items():
            values[name] = read(found)
        return values

    def row(self, found: Found) -> R:
        """One row, of which the query gives no field."""
        return self._row(**self.values(found))

    def rows(self, found: Iterable[Found]) -> tuple[R, ...]:
        """All rows, of which the query gives no field, and to which it has added no column."""
        return tuple(starmap(self._row, found) if self._is_plain else map(self.row, found))


def _found(name: str, entities: Iterable[type[Base]]) -> Source | None:
    """The column or the composite of a name."""
    # Not `property`, which for a relationship would have all tables configured now.
    named: list[QueryableAttribute[Any]] = [
        attribute
        for attribute in (getattr(entity, name, None) for entity in entities)
        if isinstance(attribute, QueryableAttribute)
        and isinstance(getattr(attribute.comparator, "prop", None), ColumnProperty | CompositeProperty)
    ]
    if len(named) > 1 and name not in ("id", "version"):
        raise TypeError(f"{' or '.join(map(str, named))}? Say of which {name} is made")
    return named[0] if named else None


def _parted(source: Source) -> "SQLColumnExpression[Any] | Made":
    """A column or an expression as it is; a composite, and a row in the row, as what it is made of."""
    if isinstance(source, Rows):
        return source.as_part
    if isinstance(source, QueryableAttribute) and isinstance(source.comparator.prop, CompositeProperty):
        return Made(source.comparator.prop.composite_class, *source.clauses)
    return source


def _making(made: Made, parts: Sequence[Read]) -> Read:
    def read(found: Found) -> Any:  # noqa: ANN401 - whatever `make` gives
        values = [part(found) for part in parts]
        return made.empty if all(value is None for value in values) else made.make(*values)

    return read


def _frozen(read: Read) -> Read:
    def frozen(found: Found) -> Any:  # noqa: ANN401 - whatever JSON holds
        value = read(found)
        return tuple(value) if isinstance(value, list) else value

    return frozen
