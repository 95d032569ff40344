"""An action is added as CONTRIBUTING.md says, and all that must be known of it is there."""

from pathlib import Path

import pytest

from tests.recipes.copying import copy_tree, cost, follow, prove, recipe

_PROOF = '''
"""What follows from the declaration of the new action."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.commands import roles
from models.actions import residents
from models.errors import Refused
from models.queries import trail
from models.rules.vocabulary import Role
from models.store.register import Register
from models.text import translator
from tests.queries.persons import furnish
from tests.ui.departures.windows import settle, show
from ui.kit.labels import LinkButton
from ui.residents.page import ResidentsPage


def test_it_is_in_the_table_of_roles(capsys: pytest.CaptureFixture[str]) -> None:
    roles.run()
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("residents.head_family"))
    assert line.split()[1:] == ["x", "x", "-", "-", "-"]


@pytest.mark.parametrize("role", [Role.CLERK, Role.INSPECTOR])
def test_it_is_offered_to_whom_it_is_for_and_told_also_where_it_is_refused(
    role: Role, qtbot: QtBot, register: Register
) -> None:
    house = furnish(register)
    register.perform(residents.join_family, resident_id=house.gul, with_id=house.chidi)
    register.person = replace(register.person, role=role, stands_in=False)
    page = show(qtbot, register, "residents", ResidentsPage, resident_id=house.gul).page("residents")
    head = next(link for link in page.findChildren(LinkButton) if link.text() == "Head of the family")
    assert head.isHidden() == (role is Role.INSPECTOR)
    if role is Role.CLERK:
        head.click()
        settle(qtbot)
    else:
        with pytest.raises(Refused, match="You are here as"):
            register.perform(residents.head_family, resident_id=house.gul)
    register.person = replace(register.person, role=Role.SUPERVISOR)
    with register.read() as snapshot:
        entry = trail.rows(snapshot, ids=trail.ids(snapshot, resident_id=house.gul)[:1])[0]
    said = "Made the person the head of the family"
    assert translator("en").render(entry.what) == (said if role is Role.CLERK else f"Refused: {said}")
    assert "AHMADZAI" in entry.whom.upper()
'''


@pytest.mark.long
def test_an_action_is_added_in_three_files_and_is_offered_told_refused_and_printed(tmp_path: Path) -> None:
    steps = recipe("To add an action")
    assert cost(steps)[1] == 3
    tree = copy_tree(tmp_path)
    follow(steps, tree)
    proof = tree / "tests/ui/residents/test_proof.py"
    proof.write_text(_PROOF.lstrip(), encoding="utf-8")
    done = "tests/dialects/test_dialects.py::test_every_action_is_done_to_its_end"
    prove(tree, steps, "tests/actions/test_head_of_family.py", "tests/ui/residents/test_proof.py", done)
