"""The rows of a file of which something must be said: refused, changed, set aside or in doubt, each with its reason."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from models.exchange.problems import Problem
from models.exchange.summary import Summary
from models.exchange.tables import Source
from models.rules.papers import REFUSED_ROWS
from models.text import N_
from ui.kit.columns import Cell, Column
from ui.kit.table import Table
from ui.language import _, say

REFUSED, CHANGED, ASIDE, DOUBTED = N_("Refused"), N_("Changed"), N_("Set aside"), N_("In doubt")


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of which something is said.

    Attributes:
        became: What became of it; an English message id.
        place: Its number, with its sheet where several were read.
        said: What is said of it.
    """

    became: str
    place: str
    said: Problem


class NamedRows(Table[NamedRow]):
    """Those rows as a table, the refused ones first."""

    def __init__(self, name: str, *, doubts: bool = True) -> None:
        """Lay it out, empty.

        Args:
            name: What it is called where one cannot see it.
            doubts: Whether what is in doubt stands in it, too.
        """
        super().__init__(_columns(), name=name, leaves=REFUSED_ROWS, row_id=id, choosable=False)
        self._doubts = doubts

    def show_summary(self, summary: Summary, source: Source, asked: Collection[int] = ()) -> bool:
        """Show the rows of an import, but for those of which somebody is asked; gives back whether there are any."""
        refused = [each for each in summary.refused if each.row_number not in asked]
        parts: list[tuple[str, Sequence[Problem]]] = [
            (REFUSED, refused),
            (CHANGED, summary.changed),
            (ASIDE, summary.set_aside),
        ]
        if self._doubts:
            parts.append((DOUBTED, summary.doubts))
        rows = tuple(_named(parts, source))
        self.show_rows(rows)
        return bool(rows)


def _named(parts: Sequence[tuple[str, Sequence[Problem]]], source: Source) -> Iterator[NamedRow]:
    """Reason by reason, those of one reason as they stand in the file."""
    for became, said in parts:
        kinds = {text: at for at, text in enumerate(dict.fromkeys(each.message.text for each in said))}
        for each in sorted(said, key=lambda one: kinds[one.message.text]):
            sheet, number = source.place(each.row_number)
            place = f"{sheet} {number}" if source.parts else str(number)
            yield NamedRow(became, place, each)


def _columns() -> list[Column[NamedRow]]:
    return [
        Column("row", _("Row"), lambda row: row.place, width=70, right=True),
        Column("became", _("What became of it"), lambda row: _(row.became), width=150),
        Column("column", _("Column"), lambda row: row.said.column or "", width=140),
        Column("value", _("What stands there"), lambda row: row.said.value, width=190),
        Column("message", _("Why, and what to do"), _why, stretch=True),
    ]


def _why(row: NamedRow) -> Cell:
    said = say(row.said.message)
    return Cell(said, hint=said)
