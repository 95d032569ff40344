"""What all tables share: naming of constraints and the types of columns."""

from collections.abc import Collection
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NewType, TypeVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import CreateIndex
from sqlalchemy.types import TypeDecorator

from models import ids
from models.changes import Changes, Kind
from models.rules.birth import BirthDate

E = TypeVar("E", bound=StrEnum)


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC without its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a naive value is a bug, since nobody can tell which instant it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Amount(TypeDecorator[Decimal]):
    """A decimal number, stored as its digits, because SQLite would make a float of it."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Its digits, plain."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Exactly what was stored."""
        return None if value is None else Decimal(value)


class Birth(TypeDecorator[BirthDate]):
    """A birth date as far as it is known, stored as its text: `1991-07-02`, `1991-07`, `1991`, `~1991`."""

    impl = String(11)
    cache_ok = True

    def process_bind_param(self, value: BirthDate | None, dialect: Dialect) -> str | None:
        """Its text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> BirthDate | None:
        """What the text says."""
        return None if value is None else BirthDate.parse(value)


class Sealed(LargeBinary):
    """A column of sealed texts, see `models.store.sealing`; all of them are sealed anew with another key."""


MADE = {"made": True}
"""The `info` of a column whose text the program makes, however long it is."""


DERIVED = {"derived": True}
"""The `info` of a column that follows from others: it is made anew whenever they change, and no entry tells of it."""


UNTOLD = {"untold": True}
"""The `info` of a table that is no record: no entry tells of its rows, and one module of the store writes them."""


def sortable(length: int) -> String:
    """A text that rows are sorted by: by the numbers of its letters, whatever language the database itself speaks."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def unique_where(name: str, column: str, condition: str) -> Index:
    """An index of the rows of which a condition holds, in which no two have the same in a column, in any database."""
    return Index(name, column, unique=True, sqlite_where=text(condition), info={"where": condition})


@compiles(CreateIndex, "postgresql")
def _create_index(create: Any, compiler: Any, **more: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    """Tell PostgreSQL of the condition only when it is told: before, each start would load all of its dialect."""
    index = create.element
    if "where" in index.info:
        index.dialect_options["postgresql"]["where"] = text(index.info["where"])
    return str(compiler.visit_create_index(create, **more))


def in_order(start: str, end: str) -> tuple[CheckConstraint, CheckConstraint]:
    """What an interval keeps: it does not surely end before it begins, and its end has a date wherever it has a time.

    Args:
        start: What the columns of its first moment are called, without `_on` and `_at`.
        end: And those of its last.
    """
    return (
        CheckConstraint(
            f"{end}_on IS NULL OR {end}_on > {start}_on OR "
            f"({end}_on = {start}_on AND ({end}_at IS NULL OR {start}_at IS NULL OR {end}_at >= {start}_at))",
            name="order",
        ),
        CheckConstraint(f"{end}_at IS NULL OR {end}_on IS NOT NULL", name=f"{end}_at"),
    )


def choice(vocabulary: type[E]) -> Enum:
    """A column that holds a value of one of the closed vocabularies, as its word."""
    return Enum(
        vocabulary,
        native_enum=False,
        length=32,
        values_callable=lambda words: [word.value for word in words],
        validate_strings=True,
    )


TYPES: dict[Any, Any] = {
    datetime: Instant,
    Decimal: Amount,
    BirthDate: Birth,
    list[str]: JSON,
    list[int]: JSON,
    list[dict[str, str]]: JSON,
    dict[str, str]: JSON,
    dict[str, Any]: JSON,
    **{number: Integer for number in vars(ids).values() if isinstance(number, NewType)},
}
"""Which column type each annotation of a column stands for."""


class Base(DeclarativeBase):
    """The base of all tables. Constraints are named by one convention, so that a migration can name them too."""

    __kind__: ClassVar[Kind | None]
    """Of which kind is what it holds, for the pages that show it; None where no page need read it again."""

    type_annotation_map = TYPES
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Versioned(Base):
    """The base of what people edit: a row carries its version, and who saves over another's change is refused.

    Every change through the session counts the version up, in the statement itself.
    """

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1, sort_order=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy gives it the class
        """Tell SQLAlchemy which column it is."""
        return {"version_id_col": cls.version}


class Entered(Versioned):
    """The base of what is entered of somebody, field by field; see `models.actions.entering`."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    entered_by: Mapped[ids.UserId] = mapped_column(ForeignKey("users.id"), sort_order=2)
    entered_at: Mapped[datetime] = mapped_column(sort_order=2)


class Finding(Entered):
    """The base of what is entered of somebody and holds something sealed beside what everybody reads."""

    __abstract__ = True

    unseen: Mapped[int] = mapped_column(default=0, sort_order=3)
    """How many of its versions changed nothing but what is sealed."""

    BESIDE_SEALED: ClassVar[frozenset[str]] = frozenset()
    """Columns that are as sealed as what is sealed."""

    def version_told(self, *, reads: bool) -> int:
        """The version that is told to somebody: who may not read what is sealed is not told that it was written."""
        return self.version if reads else self.version - self.unseen

    @classmethod
    def sealed_columns(cls) -> frozenset[str]:
        """The columns of which it is told to nobody else that they were written."""
        return cls.BESIDE_SEALED | {each.name for each in cls.__table__.columns if isinstance(each.type, Sealed)}


def kinds_of(tables: Collection[str]) -> Changes:
    """The kinds of things that some tables hold, by their names."""
    written = (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ in tables)
    return frozenset(table.__kind__ for table in written if table.__kind__ is not None)
