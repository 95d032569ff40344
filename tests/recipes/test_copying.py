"""The helper that follows recipes writes what the document says where it says it, or says what is wrong."""

from pathlib import Path

import pytest

from tests.recipes.copying import cost, follow, recipe

DOCUMENT = '''# How

## To add a thing

Some words.

1. `things/table.py`, after `b = 2`, in the order of the form:

   ```python
   c = [
       3,
   ]
   ```

2. `things/table.py`, instead of `HEAD`:

   ```python
   HEAD = "after {head}"
   ```

3. `things/new.py`, a new file:

   ```python
   """New."""

   d = 4
   ```

## To add another

Nothing.
'''


def tree(folder: Path) -> Path:
    (folder / "things").mkdir()
    (folder / "things/table.py").write_text('HEAD = "1"\nif True:\n    a = 1\n    b = 2\n', encoding="utf-8")
    return folder


def test_code_goes_where_the_document_says_with_the_margin_of_its_place(tmp_path: Path) -> None:
    steps = recipe("To add a thing", DOCUMENT)
    follow(steps, tree(tmp_path))
    written = (tmp_path / "things/table.py").read_text(encoding="utf-8")
    assert written.splitlines()[1:] == ["if True:", "    a = 1", "    b = 2", "    c = [", "        3,", "    ]"]
    assert written.startswith('HEAD = "after 0')
    assert (tmp_path / "things/new.py").read_text(encoding="utf-8") == '"""New."""\n\nd = 4\n'
    assert cost(steps) == (6, 2)


@pytest.mark.parametrize("anchor", ["= ", "z = 26"])
def test_a_place_that_is_not_one_line_is_no_place(tmp_path: Path, anchor: str) -> None:
    steps = recipe("To add a thing", DOCUMENT.replace("`b = 2`", f"`{anchor}`"))
    with pytest.raises(AssertionError, match=r"lines of things/table\.py"):
        follow(steps, tree(tmp_path))


def test_a_block_without_its_file_and_a_section_that_is_not_there_are_told() -> None:
    with pytest.raises(AssertionError, match="names its file"):
        recipe("To add a thing", DOCUMENT.replace("1. `things/table.py`, after", "1. In the table, after"))
    with pytest.raises(AssertionError, match="To add nothing"):
        recipe("To add nothing", DOCUMENT)
