"""What became of every row of a file: it came in, it changed something, it was refused, or it was set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.exchange.answers import LEFT_OUT, SEALED
from models.exchange.headers import Heading
from models.exchange.problems import Problem
from models.exchange.tables import Source
from models.text import Message, Translator, counted

_NAMED = 20
"""So many rows are named in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an import would do, or has done, with each row that it read. No row is unaccounted for.

    `came_in`, `changed`, `refused` and `set_aside` divide the rows that were read: each row is in one of them.

    Attributes:
        read: The numbers of the rows that were read, in the order of the file; not that of the headings.
        came_in: The rows that are in the register as something new: a stay, a candidate.
        changed: What was changed about what the register had, by which row: the end of an open stay.
        refused: What is wrong with the rows that did not come in; a row may have several.
        set_aside: Why nothing was made of the others: titles, totals, hidden rows, what the register has already.
        doubts: What somebody should know of rows that came in, or changed something, before they rely on them.
        people_new: The first row of each person whom the register did not know.
        outside_dates: The rows whose arrival lies outside of the dates of the agreement; they are in doubt.
        beyond_places: The rows of those for whom the agreement has no place left; they are in doubt.
        columns: What each column was taken for: its heading, and a field, `sealed` or `left out`.
        sealed_columns: The headings of columns that hold nothing that is known: what stands there is kept sealed.
    """

    read: tuple[int, ...]
    came_in: tuple[int, ...]
    changed: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()
    set_aside: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    people_new: tuple[int, ...] = ()
    outside_dates: tuple[int, ...] = ()
    beyond_places: tuple[int, ...] = ()
    sealed_columns: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """See that each row is accounted for, once.

        Raises:
            ValueError: One is not, which is a fault of the program.
        """
        parts = [self.came_in, *({said.row_number for said in each} for each in self._named)]
        found = [number for part in parts for number in part]
        if sorted(found) != sorted(self.read):
            raise ValueError("the rows of a file are not accounted for, each once")

    @property
    def _named(self) -> tuple[tuple[Problem, ...], ...]:
        return self.changed, self.refused, self.set_aside

    @property
    def not_covered(self) -> tuple[Message, ...]:
        """How many arrivals the agreement does not cover, and which rows; nothing where it covers all."""
        outside, beyond = len(self.outside_dates), len(self.beyond_places)
        said = (
            counted(
                "{n} arrival lies outside the dates of the agreement: row {rows}.",
                "{n} arrivals lie outside the dates of the agreement: rows {rows}.",
                outside,
                rows=_some(self.outside_dates),
            ),
            counted(
                "For {n} arrival the agreement has no place left: row {rows}.",
                "For {n} arrivals the agreement has no place left: rows {rows}.",
                beyond,
                rows=_some(self.beyond_places),
            ),
        )
        return tuple(each for each, n in zip(said, (outside, beyond), strict=True) if n)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each, and how many people are new."""
        return {
            "read": len(self.read),
            "came_in": len(self.came_in),
            "changed": len(rows_of(self.changed)),
            "refused": len(rows_of(self.refused)),
            "set_aside": len(rows_of(self.set_aside)),
            "doubts": len(rows_of(self.doubts)),
            "people_new": len(self.people_new),
            "outside_dates": len(self.outside_dates),
            "beyond_places": len(self.beyond_places),
        }

    def as_json(self, source: Source, translate: Translator, said: Iterable[Message] = ()) -> dict[str, Any]:
        """The summary for other programs: of each its count and its rows, those named with column, value and reason.

        Args:
            source: How the file was read.
            translate: Of the reader.
            said: What is to be known of the file as a whole.
        """
        rows: dict[str, list[dict[str, Any]]] = {
            "read": _numbers(self.read),
            "came_in": _numbers(self.came_in),
            "changed": _said(self.changed, translate),
            "refused": _said(self.refused, translate),
            "set_aside": _said(self.set_aside, translate),
            "doubts": _said(self.doubts, translate),
            "people_new": _numbers(self.people_new),
            "outside_dates": _numbers(self.outside_dates),
            "beyond_places": _numbers(self.beyond_places),
        }
        counts = self.counts
        for each in (row for some in rows.values() for row in some if source.parts):
            each["sheet"], each["row_in_sheet"] = source.place(each["row"])
        told = {name: {"count": counts[name], "rows": each} for name, each in rows.items()}
        return {
            "file": source.name,
            **told,
            "columns": [{"column": column, "is": field} for column, field in self.columns],
            "sealed_columns": list(self.sealed_columns),
            "said": list(map(translate.render, said)),
        }


def told_columns(heading: Heading) -> tuple[tuple[str, str], ...]:
    """What each column of a file was taken for: its heading, and a field, or that it is kept sealed or left out."""
    return tuple(
        (column.header, column.field or (LEFT_OUT if column.is_left_out else SEALED)) for column in heading.columns
    )


def rows_of(said: Iterable[Problem]) -> tuple[int, ...]:
    """The rows that are named, each once, in their order."""
    return tuple(dict.fromkeys(each.row_number for each in said))


def _some(rows: Sequence[int]) -> str:
    """The numbers of rows, the first of many."""
    return ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")


def _numbers(rows: Sequence[int]) -> list[dict[str, Any]]:
    return [{"row": number} for number in rows]


def _said(said: Iterable[Problem], translate: Translator) -> list[dict[str, Any]]:
    return [
        {"row": each.row_number, "column": each.column, "value": each.value, "reason": translate.render(each.message)}
        for each in said
    ]
