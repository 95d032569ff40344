"""What is chosen for one printing: which printer, which pages, how many, on which sides, how large."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.errors import Refused
from models.text import N_

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_COPIES = 99
FIT = 0
"""The scale by which a page is made as large as the paper in the printer allows."""
SCALES = (100, 90, 80, 70, 50)
"""Other scales in percent; 70 puts A4 on A5."""


class Sides(StrEnum):
    """On which sides of a sheet it is printed."""

    AS_SET = N_("As the printer is set")
    ONE = N_("On one side")
    LONG_EDGE = N_("On both sides, turned like a book")
    SHORT_EDGE = N_("On both sides, turned like a calendar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What was chosen for a printing.

    Attributes:
        queue: The name of the queue that takes the PDF itself; empty: it is drawn on `device`.
        device: The printer that is drawn on, set up; None: it goes to `queue`.
        pages: Which pages, from 1, in their order; empty: all.
        copies: How many of each.
        by_set: Whether a whole set comes before the next one begins.
        sides: On which sides of a sheet.
        scale: In percent; `FIT`: as large as the paper allows.
    """

    queue: str = ""
    device: "QPrinter | None" = None
    pages: tuple[int, ...] = ()
    copies: int = 1
    by_set: bool = True
    sides: Sides = Sides.AS_SET
    scale: int = FIT

    def chosen(self, total: int) -> tuple[int, ...]:
        """The pages of a paper of so many that are printed once."""
        return self.pages or tuple(range(1, total + 1))


def read_pages(text: str, total: int) -> tuple[int, ...]:
    """Which pages are meant: `2-4, 7`, `3-` up to the last, `-2` from the first.

    Args:
        text: What was typed; empty: all.
        total: How many pages the paper has.

    Returns:
        Each page once, in the order of the paper; empty where all are meant.

    Raises:
        Refused: It cannot be read, or there is no such page; of the field `pages`.
    """
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in text.replace("–", "-").replace(";", ",").split(","))):
        first, dash, last = (each.strip() for each in part.partition("-"))
        ends = (first or "1", last or str(total)) if dash else (first, first)
        if not all(each.isascii() and each.isdigit() for each in ends) or not (first or last):
            raise Refused("Write the pages as 2-4, 7.", field="pages")
        low, high = map(int, ends)
        if not 1 <= low <= high <= total:
            raise Refused("The paper has the pages 1 to {total}.", field="pages", total=total)
        found |= set(range(low, high + 1))
    return () if len(found) == total else tuple(sorted(found))


def written(pages: Sequence[int]) -> str:
    """Pages as they are typed, and as a queue takes them: 2-4,7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
