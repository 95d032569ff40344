"""What is said of a row of a file: where, what stands there, and what is wrong with it or to be known of it."""

from dataclasses import dataclass

from models.text import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot come in, was set aside, or is in doubt.

    Attributes:
        row_number: The row in the file, from 1.
        column: The heading of the column; None where the whole row is meant.
        value: What stands in the cell, or in the row.
        message: What is wrong and what to do, or what to know.
    """

    row_number: int
    column: str | None
    value: str
    message: Message


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that was not understood or has no field: kept as it is, sealed (rules.md, Disclosure).

    Attributes:
        column: The heading of the column.
        value: What stands in the cell.
    """

    column: str
    value: str
