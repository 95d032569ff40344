"""What somebody says of a file that comes in; whatever is not said is found out, or asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from models.exchange.dates import DayOrder

SEALED = "sealed"
"""What a column is mapped to when what stands in it is kept, where those alone read it who may."""
LEFT_OUT = "-"
"""What a column is mapped to when it is not to be read, and a value to when it is kept sealed as it stands."""
EVERY_SHEET = "all"
EVERY_COLUMN = ""
"""Of which column an order of day and month is said that is meant of each that leaves it open."""

MAPS, _ORDER, _VALUE = "map:", "order:", "value:"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says of a file.

    Attributes:
        encoding: How a CSV file writes letters, by its Python name.
        separator: What stands between the cells of a CSV file.
        sheets: The sheets to be read; `EVERY_SHEET` alone for all.
        hidden: Whether hidden rows belong to it.
        heading_row: The row with the headings; 0 where there is none.
        mapping: What a column holds, by its heading or its letter: a field, `SEALED` or `LEFT_OUT`.
        orders: Whether the day or the month comes first, by field or heading, or of `EVERY_COLUMN`.
        values: What a text stands for, by `column:text`; `LEFT_OUT`: nothing that Konak has a word for.
        open_stays: Whether it is true that no stay of the file has ended, though no column says so.
        earlier: What of all this was said of an earlier file of the same shape, as `flat` names it.
    """

    encoding: str | None = None
    separator: str | None = None
    sheets: tuple[str, ...] = ()
    hidden: bool | None = None
    heading_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, DayOrder] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    open_stays: bool = False
    earlier: frozenset[str] = frozenset()

    def over(self, earlier: "Answers") -> "Answers":
        """These, and what was said of an earlier file where these say nothing."""
        mine, theirs = self.flat(), earlier.flat()
        fields = {what for name, what in mine.items() if name.startswith(MAPS)} - {SEALED, LEFT_OUT}
        kept = {
            name: said
            for name, said in theirs.items()
            # Of two columns for one field that counts which is said now.
            if name not in mine and not (name.startswith(MAPS) and said in fields)
        }
        return replace(Answers.of(kept | mine), earlier=frozenset(kept))

    def flat(self) -> dict[str, str]:
        """Each answer as a name and a text: what a register keeps of them."""
        one = {
            "encoding": self.encoding,
            "separator": self.separator,
            "sheets": "\n".join(self.sheets) or None,
            "hidden": None if self.hidden is None else str(self.hidden),
            "heading_row": None if self.heading_row is None else str(self.heading_row),
            "open_stays": str(True) if self.open_stays else None,
        }
        several = (
            {MAPS + column: held for column, held in self.mapping.items()}
            | {_ORDER + column: order.value for column, order in self.orders.items()}
            | {_VALUE + text: meaning for text, meaning in self.values.items()}
        )
        return {name: said for name, said in one.items() if said is not None} | several

    @classmethod
    def of(cls, flat: Mapping[str, str]) -> "Answers":
        """The answers that `flat` gave."""
        heading_row = flat.get("heading_row")
        return cls(
            encoding=flat.get("encoding"),
            separator=flat.get("separator"),
            sheets=tuple(filter(None, flat.get("sheets", "").split("\n"))),
            hidden={"True": True, "False": False}.get(flat.get("hidden", "")),
            heading_row=None if heading_row is None else int(heading_row),
            mapping=_named(flat, MAPS),
            orders={column: DayOrder(order) for column, order in _named(flat, _ORDER).items()},
            values=_named(flat, _VALUE),
            open_stays="open_stays" in flat,
        )


def _named(flat: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): said for name, said in flat.items() if name.startswith(prefix)}
