"""Every list that leaves says what of a cell is one datum: no column of a file holds several things at once."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from models.store.register import Register
from tests import builders
from tests.queries.persons import furnish
from tests.ui.departures.windows import settle
from tests.ui.departures.windows import show as window_of
from ui.departures.page import DeparturesPage
from ui.gate.page import GatePage
from ui.kit.columns import Column
from ui.kit.page import Page
from ui.kit.table import Table
from ui.programmes.page import ProgrammesPage
from ui.residents.page import ResidentsPage
from ui.selection.page import SelectionPage
from ui.today.page import TodayPage
from ui.trail.page import TrailPage


def _compound(table: Table[Any]) -> Iterator[tuple[str, Column[Any]]]:
    for row_id in table.model.ids:
        row = table.row(row_id)
        for each in table.model.columns if row is not None else ():
            cell = each.cell(row)
            if each.title and (bool(cell.text) + bool(cell.muted) + bool(cell.chips)) > 1 and each.data is None:
                yield table.name, each


@pytest.mark.parametrize("page", [ResidentsPage, TodayPage, DeparturesPage, TrailPage, ProgrammesPage, SelectionPage])
def test_a_cell_that_says_several_things_says_which_data_they_are(
    qtbot: QtBot, register: Register, page: type[Page]
) -> None:
    house = furnish(register)
    builders.candidate(register, house.us, family_name="Hoti", given_names="Arta", own_script="ارتا")
    window = window_of(qtbot, register, "example", page)
    settle(qtbot)
    tables = [each for each in window.findChildren(Table) if each.leaves is not None]
    assert tables
    assert {(name, each.name) for table in tables for name, each in _compound(table)} == set()


def test_why_a_leave_is_planned_shows_at_the_gate_and_leaves_with_no_list(qtbot: QtBot, register: Register) -> None:
    window = window_of(qtbot, register, "example", GatePage)
    (column,) = (each for table in window.findChildren(Table) for each in table.model.columns if each.name == "reason")
    leave = SimpleNamespace(reason="a fever")
    assert column.cell(leave).plain == "a fever"
    assert column.words(leave) == ""
