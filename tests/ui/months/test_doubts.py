"""The list of what is missing or doubtful of a month."""

import ast
import inspect
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from models.actions.programmes import add_preset
from models.queries import month_doubts
from models.queries.month_doubts import Doubt
from models.rules.time import Month
from models.rules.vocabulary import DoubtKind
from models.store.register import Register
from models.text import LANGUAGES, Message, Value
from tests import builders
from tests.ui.conftest import wait_idle
from ui import work
from ui.kit.table import Table
from ui.kit.table_cells import INSET, needs
from ui.kit.table_model import CELL
from ui.language import set_language
from ui.months.doubts import doubts_dialog
from ui.months.page import ReportsPage

MONTH = Month(2026, 10)


def _texts() -> list[Message]:
    """What the list says of a point: each text of the query, with what stands in its gaps at the longest."""
    values: dict[str, Value] = {"day": date(2026, 10, 29), "month": str(MONTH), "n": 1234}
    calls = [each for each in ast.walk(ast.parse(inspect.getsource(month_doubts))) if isinstance(each, ast.Call)]
    said = [each.args[0] for each in calls if isinstance(each.func, ast.Name) and each.func.id == "message"]
    return [
        Message(text.value, values) for text in said if isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_can_be_read_to_its_end(register: Register, qtbot: QtBot, language: str) -> None:
    programme = register.perform(add_preset, code="US-2025", **builders.US_TERMS).value
    work.start(register)
    set_language(language)
    page = ReportsPage()
    qtbot.addWidget(page)
    page.resize(1366, 690)
    page.show()
    wait_idle(qtbot)
    texts = _texts()
    assert len(texts) > 8
    found = [Doubt(kind, "K-0471", "Fonseca Peña, Osmany", texts[0]) for kind in DoubtKind]
    found += [Doubt(DoubtKind.OVERDUE, "K-0471", "Fonseca Peña, Osmany", text) for text in texts]
    dialog = doubts_dialog(page, programme, MONTH, tuple(found), may_check=True)
    dialog.open()
    wait_idle(qtbot)
    table = dialog.findChild(Table)
    assert table is not None
    view, cut = table.view, []
    for index in (table.model.index(row, at) for row in range(len(found)) for at in range(table.model.columnCount())):
        cell = index.data(CELL)
        if needs(cell, view.font()) + 2 * INSET > view.columnWidth(index.column()):
            cut.append((cell.plain, needs(cell, view.font()), view.columnWidth(index.column())))
    dialog.reject()
    assert not cut
