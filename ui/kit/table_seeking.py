"""What is typed over a list: the next row whose words in the current column begin so."""

from collections.abc import Callable
from typing import Any, Generic

from PySide6.QtWidgets import QWidget

from models.rules.names import fold
from ui import work
from ui.kit.columns import Row
from ui.kit.table_model import LoadRows, TableModel
from ui.kit.table_view import TableView

_AT_ONCE = 500


class Seeking(Generic[Row]):
    """Goes to the row that is sought: among those at hand first, then by the query."""

    def __init__(
        self,
        owner: QWidget,
        model: TableModel[Row],
        view: TableView,
        load_rows: LoadRows[Row] | None,
        row_id: Callable[[Row], int],
    ) -> None:
        """Listen to what is typed.

        Args:
            owner: The table.
            model: Its rows.
            view: Where it is typed.
            load_rows: Reads rows that are not at hand; None: all are.
            row_id: The id of a row.
        """
        self._owner, self._model, self._view = owner, model, view
        self._load_rows, self._row_id = load_rows, row_id
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
        load_rows, key = self._load_rows, self._row_id

        def look(snapshot: Any) -> int | None:  # noqa: ANN401
            for start in range(0, len(rest), _AT_ONCE):
                if load_rows is None or self._number != number:  # something else is sought by now
                    return None
                part = rest[start : start + _AT_ONCE]
                fitting = {key(one) for one in load_rows(snapshot, ids=part) if fits(one)}
                first = next((one for one in part if one in fitting), None)
                if first is not None:
                    return first
            return None

        work.run_query(self._owner, look, self._go_to, latest="sought")

    def _go_to(self, row_id: int | None) -> None:
        place = None if row_id is None else self._model.place(row_id)
        if place is not None:
            self._view.go_to(place)
