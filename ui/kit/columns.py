"""What a table shows: its columns, and what stands in a cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from models.queries.exports import Datum
from ui.kit.tokens import Tone
from ui.language import bare, tr

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Attributes:
        text: What is read first.
        strong: Whether it is in bold.
        muted: After the text, in grey: a number beside a name.
        tone: The colour of the text; the words must say the same.
        chips: Badges after the text.
        link: Whether it is a link: pressing it, or Enter on it, emits `followed`.
        hint: A tool tip.
    """

    text: str = ""
    strong: bool = False
    muted: str = ""
    tone: Tone | None = None
    chips: tuple[tuple[str, Tone], ...] = ()
    link: bool = False
    hint: str = ""

    @property
    def plain(self) -> str:
        """All its words, for copying, for paper and for those who cannot see it: no sign in them that nobody sees."""
        said = (part for part in (self.text, self.muted, *(chip for chip, _tone in self.chips)) if part)
        return bare(" ".join(said))


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        name: Its name in the program; what `load_ids` is given as `sort`.
        title: What stands above it, in the screen's language.
        render: Makes the cell of a row. It may be called in the worker, so it looks at nothing but the row.
        width: In pixels, to begin with; of one that stretches, the least.
        stretch: Whether it takes what room is left.
        right: Whether it is aligned to the right: figures and the last link.
        sort: Whether a press on its header sorts by it.
        hidden: Whether it is shown only when it is chosen.
        spare: Whether, and in which turn, it is put away where there is no room for all; 1 goes first, 0 never.
        whom: Whether it says who the row is about: its words are the last that a narrow list gives up.
        key: The native value to sort a list of fixed rows by; without it the text of the cell.
        data: What of it stands in a file, whatever the cell shows: a date, a number, a text; or several, each under a
            title of its own. Without it the words of the cell, which then say one thing.
        outside: What of it is copied, printed and saved, where that is less than what the cell shows.
    """

    name: str
    title: str
    render: Callable[[Row], str | Cell]
    width: int = 120
    stretch: bool = False
    right: bool = False
    sort: bool = False
    hidden: bool = False
    spare: int = 0
    whom: bool = False
    key: Callable[[Row], Any] | None = None
    data: Callable[[Row], Datum] | Mapping[str, Callable[[Row], Datum]] | None = None
    outside: Callable[[Row], str] | None = None

    def cell(self, row: Row) -> Cell:
        """The cell of a row."""
        made = self.render(row)
        return made if isinstance(made, Cell) else Cell(made)

    def words(self, row: Row) -> str:
        """What of a row leaves, in words."""
        return self.cell(row).plain if self.outside is None else bare(self.outside(row))

    def all_data(self) -> list[tuple[str, Callable[[Row], Datum]]]:
        """What of it stands in a file: the title of each datum, and how a row gives it."""
        if isinstance(self.data, Mapping):
            return [*self.data.items()]
        return [(self.title, self.data or (lambda row: self.words(row) or None))]


class Laid(TypedDict, total=False):
    """How a column is laid out, as `Column` has it."""

    width: int
    stretch: bool
    sort: bool
    hidden: bool
    spare: int


def number_column(name: str, title: str, of: Callable[[Row], int], **laid: Unpack[Laid]) -> Column[Row]:
    """A column of numbers: written as the language has it, and a number in a file."""
    return Column(name, title, lambda row: tr().number(of(row)), right=True, data=of, **laid)


def day_column(name: str, title: str, of: Callable[[Row], date | None], **laid: Unpack[Laid]) -> Column[Row]:
    """A column of dates: empty where there is none, and a date in a file."""

    def written(row: Row) -> str:
        day = of(row)
        return "" if day is None else tr().date(day)

    return Column(name, title, written, data=of, **laid)
