"""The recipe “To add a field” followed to the letter: a few lines, and the whole program has the field."""

from datetime import date
from pathlib import Path

import pytest

from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.store import migration
from models.store.register import Register
from tests import builders
from tests.recipes.copying import copy_tree, cost, follow, prove, recipe


def test_a_field_of_a_resident_is_added_by_a_few_lines_and_the_program_has_it(tmp_path: Path) -> None:
    steps = recipe("To add a field")
    lines, files = cost(steps)
    assert (lines <= 5, files <= 4) == (True, True)
    tree = copy_tree(tmp_path)
    follow(steps, tree)
    migrations = "tests/store/test_migration.py"
    prove(
        tree,
        steps,
        "tests/recipes/a_field.py",
        f"{migrations}::test_the_tables_of_the_program_are_those_of_the_head",
        f"{migrations}::test_data_survives_the_way_down_and_up[{migration.HEAD}]",
    )


def test_a_register_that_was_made_before_the_field_still_fits_its_trail(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One person was entered by hand, two came in with a file, of whom the trail tells a digest alone."""
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    builders.resident(register, "K-0099", family_name="Ahmadzai")
    file = tmp_path / "stays.csv"
    file.write_text(
        "person_id,family_name,entry_date,exit_date\nP-1,Aa,2026-07-01,\nP-2,Bb,2026-07-03,\n", encoding="utf-8"
    )
    register.perform(bring_in, programme_id=programme, read=read_stays(read_table(file), zone=register.facility.zone))
    register.close()
    monkeypatch.setenv("REGISTER_OF_BEFORE", str(register.folder))
    steps = recipe("To add a field")
    tree = copy_tree(tmp_path)
    follow(steps, tree)
    prove(tree, steps, "tests/recipes/of_before.py")
