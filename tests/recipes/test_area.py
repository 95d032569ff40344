"""An area is added as CONTRIBUTING.md says: its own files, and a few lines elsewhere."""

from pathlib import Path

import pytest

from models.store.migration import HEAD
from tests.recipes.copying import copy_tree, cost, follow, prove, recipe

_MOST = 12
"""Lines elsewhere than in the area's own files."""

_PROOF = '''
"""The new area stands in the window, its table in the register, and its action wherever actions are told of."""

from datetime import date

from pytestqt.qtbot import QtBot

from models.actions import visits
from models.queries import history
from models.store.declaring import declared
from models.store.register import Register
from tests import builders
from tests.actions.test_visits import do_record
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from ui import areas, work
from ui.visits.page import VisitsPage


def test_it_stands_in_the_window(qtbot: QtBot, register: Register) -> None:
    work.start(register)
    area = next(area for area in areas.areas() if area.key == "visits")
    window = show(qtbot, register, "visits", area.make)
    page = window.page("visits")
    assert isinstance(page, VisitsPage)
    assert not page.new.isHidden()
    assert complaints(window) == []
    person = builders.resident(register, "K-0012")
    work.run_action(window, visits.record, resident_id=person, visitor="Sister", came_on=date(2026, 11, 20))
    settle(qtbot)
    shown = page.table.row(1)
    assert shown is not None
    assert shown.visitor == "Sister"


def test_its_action_is_told(register: Register) -> None:
    do_record(register)
    with register.read() as snapshot:
        assert [row.what.text for row in history.of_resident(snapshot, resident_id=1)] == ["Entered a visit"]
    assert declared()["visits.record"] is visits.record
'''


@pytest.mark.long
def test_an_area_is_its_own_files_and_at_most_twelve_lines_elsewhere(tmp_path: Path) -> None:
    steps = recipe("To add an area")
    elsewhere = [step for step in steps if step.where]
    assert cost(elsewhere)[0] <= _MOST
    tree = copy_tree(tmp_path)
    follow(steps, tree)
    proof = tree / "tests/ui/residents/test_proof.py"
    proof.write_text(_PROOF.lstrip(), encoding="utf-8")
    migrations = "tests/store/test_migration.py::test_"
    prove(
        tree,
        steps,
        "tests/actions/test_visits.py",
        "tests/ui/residents/test_proof.py",
        f"{migrations}the_tables_of_the_program_are_those_of_the_head",
        *(f"{migrations}data_survives_the_way_down_and_up[{earlier}]" for earlier in ("0001", HEAD)),
        f"{migrations}migrations_know_nothing_of_the_program_of_today",
        "tests/actions/test_declaring.py::test_every_table_says_of_which_kind_it_is",
    )
