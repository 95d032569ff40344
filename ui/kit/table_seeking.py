"""What is typed over a list: the next row whose words in the current column begin so."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic

from PySide6.QtWidgets import QWidget

from models.rules.names import fold
from ui import work
from ui.kit.columns import Row
from ui.kit.table_model import TableModel
from ui.kit.table_view import TableView

InOrder = Callable[[Sequence[int]], Callable[[Any], Iterator[Row]]]
"""What reads the rows of some ids in the worker, in their order."""


class Seeking(Generic[Row]):
    """Goes to the row that is sought: among those at hand first, then by the query."""

    def __init__(
        self,
        owner: QWidget,
        model: TableModel[Row],
        view: TableView,
        in_order: InOrder[Row],
        row_id: Callable[[Row], int],
    ) -> None:
        """Listen to what is typed.

        Args:
            owner: The table.
            model: Its rows.
            view: Where it is typed.
            in_order: As of the table.
            row_id: The id of a row.
        """
        self._owner, self._model, self._view = owner, model, view
        self._in_order, self._row_id = in_order, row_id
        self._number = 0
        view.sought.connect(self._seek)

    def _seek(self, typed: str) -> None:
        at, wanted = self._view.currentIndex(), fold(typed)
        if not wanted or not self._model.ids:
            return
        each, begin = self._model.columns[max(at.column(), 0)], max(at.row(), 0) + (len(typed) == 1)
        ids = [*self._model.ids[begin:], *self._model.ids[:begin]]
        self._number = number = self._number + 1

        def fits(one: Row) -> bool:
            return fold(each.cell(one).plain).startswith(wanted)

        for place, row_id in enumerate(ids):
            found = self._model.row_of(row_id)
            if found is None:
                rest = ids[place:]
                break
            if fits(found):
                self._go_to(row_id)
                return
        else:
            return
        read, key = self._in_order(rest), self._row_id

        def look(snapshot: Any) -> int | None:  # noqa: ANN401
            for one in read(snapshot):
                if self._number != number:  # something else is sought by now
                    return None
                if fits(one):
                    return key(one)
            return None

        work.run_query(self._owner, look, self._go_to, latest="sought")

    def _go_to(self, row_id: int | None) -> None:
        place = None if row_id is None else self._model.place(row_id)
        if place is not None:
            self._view.go_to(place)
