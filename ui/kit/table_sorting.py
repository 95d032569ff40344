"""By which columns a list is sorted, and the menu that chooses its columns and their order."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Generic

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from models.rules.preferences import Preferred
from models.rules.sorting import sort_key
from ui.kit.columns import Column, Row
from ui.kit.table_header import TableHeader
from ui.kit.table_model import TableModel
from ui.language import _, tr

Order = tuple[tuple[str, bool], ...]
"""By which columns a list is sorted, each with whether downwards; the first one first."""


class Sorting(Generic[Row]):
    """The order of a list: shown in its header, changed there and in the menu of its columns."""

    def __init__(
        self,
        model: TableModel[Row],
        header: TableHeader,
        order: Order,
        changed: Callable[[], object],
        *,
        may_clear: bool = False,
    ) -> None:
        """Begin with an order.

        Args:
            model: The list.
            header: Its titles.
            order: By which columns at first.
            changed: Is called when somebody wants another order.
            may_clear: Whether the rows have an order of their own, to which a third press on a title goes back.
        """
        self.order, self._may_clear = order, may_clear
        header.setSortIndicatorClearable(may_clear)
        self._model, self._header, self._changed = model, header, changed
        self._mark()

    @property
    def names(self) -> frozenset[str]:
        """The columns by which it can be sorted."""
        return frozenset(each.name for each in self._model.columns if each.sort)

    def look(self) -> dict[str, Preferred]:
        """The order, to be remembered."""
        return dict(self.order)

    def restore(self, look: Mapping[str, Preferred]) -> None:
        """Sort as `look` has told, as far as there are such columns."""
        self.order = tuple((name, bool(down)) for name, down in look.items() if name in self.names) or self.order
        self._mark()

    def sorted(self, rows: Sequence[Row]) -> list[Row]:
        """Rows that are at hand in this order, by the native values of the columns or by their words."""
        made = list(rows)
        for name, down in reversed(self.order):
            each = next((each for each in self._model.columns if each.name == name), None)
            if each is not None:
                made.sort(key=each.key or partial(_native, each), reverse=down)
        return made

    def press(self, place: int, down: bool) -> None:
        """Sort as somebody asks who has pressed a title, with Shift or without; -1: no title is pressed any more."""
        if place < 0:
            self._sort(())
            return
        name = self._model.columns[place].name
        if self._header.is_further and self.order:
            self._further(name)
        else:
            self._sort(((name, down),))

    def fill(self, menu: QMenu) -> None:
        """Let a menu choose the columns and sort by them."""
        menu.clear()
        header, columns = self._header, [pair for pair in enumerate(self._model.columns) if pair[1].title]
        for place, each in columns:
            away = header.is_put_away(place)
            action = QAction(_("{column} (no room for it)", column=each.title) if away else each.title, menu)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(place))
            action.toggled.connect(lambda shown, at=place: header.choose(at, shown=shown))
            menu.addAction(action)
        menu.addSeparator()
        sortable = [each for _place, each in columns if each.sort]
        for each in sortable:
            menu.addAction(_("Sort by: {column}", column=each.title), partial(self._first, each.name))
        if self.order and self._may_clear:
            menu.addAction(_("Not sorted"), partial(self._sort, ()))
        if self.order and len(sortable) > 1:
            further = menu.addMenu(_("Then by"))
            for each in sortable:
                if each.name != self.order[0][0]:
                    further.addAction(each.title, partial(self._further, each.name))

    def _first(self, name: str) -> None:
        """Sort by a column, and the other way round if the list is sorted by it already."""
        self._sort(((name, self.order[:1] == ((name, False),)),))

    def _further(self, name: str) -> None:
        """Sort by a column those that are the same so far; once more, and it is the other way round."""
        first, before = self.order[0], dict(self.order[1:])
        self._sort((first,) if name == first[0] else (first, (name, name in before and not before[name])))

    def _sort(self, order: Order) -> None:
        self.order = order
        self._mark()
        self._changed()

    def _mark(self) -> None:
        """Qt's arrow stands over the first column, ours with its turn over the second."""
        if not self.names:
            return
        names = [each.name for each in self._model.columns]
        first, down = self.order[0] if self.order else ("", False)
        with QSignalBlocker(self._header):
            at = names.index(first) if first in names else -1
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            self._header.setSortIndicator(at, order)
        turns = ((turn, name, down) for turn, (name, down) in enumerate(self.order) if name in names)
        self._model.sorted_by = {names.index(name): (turn, down) for turn, name, down in turns}
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(names) - 1)


def _native(each: Column[Row], one: Row) -> list[tuple[bool, str, object]]:
    """What a cell stands for, nothing last: a date sorts as a date, whatever its words are."""
    language = tr().language
    if each.data is None:
        return [(False, "", sort_key(each.cell(one).plain, language))]
    values = [value_of(one) for _title, value_of in each.all_data()]
    return [
        (value is None, type(value).__name__, sort_key(value, language) if isinstance(value, str) else value)
        for value in values
    ]
