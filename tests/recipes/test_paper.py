"""The recipe of a paper, followed to the letter on a copy of the tree."""

from pathlib import Path

from tests.recipes.copying import copy_tree, cost, follow, prove, recipe


def test_a_paper_is_three_files_and_is_printed_by_name_and_on_the_page(tmp_path: Path) -> None:
    steps = recipe("To add a paper")
    assert cost(steps)[1] <= 3
    tree = copy_tree(tmp_path)
    follow(steps, tree)
    prove(tree, steps, "tests/recipes/a_paper.py")
