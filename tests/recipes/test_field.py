"""The recipe “To add a field” followed to the letter: a few lines, and the whole program has the field."""

from pathlib import Path

from models.store import migration
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
