"""Follows a recipe of CONTRIBUTING.md to the letter on a copy of the tree, so that the document cannot drift.

A recipe is a section of the document. Each block of code in it stands below a line that names its file, and where in
it the code belongs; what a line of the file is known by stands in exactly one of them:

    `models/rules/fields.py`, after `Field("birth"`:
    `models/store/migration.py`, instead of `HEAD = "{head}"`:
    `reports/bed_list.py`, a new file:

`{head}` is the head of the migrations, and `{next}` the number after it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from models.store import migration

ROOT = Path(__file__).resolve().parents[2]
_WINGS = ("desktop", "ui", "reports", "models", "tests")
_BESIDE = ("migrations/versions/", "store/migration.py", "/locale/")
"""What every recipe may touch without its being counted: the migration and the catalogues."""
_BLOCK = re.compile(
    r"^ *(?:\d+\. |- )?`(?P<path>[\w/.]+\.\w+)`,\s+"
    r"(?:(?P<where>after|before|instead of)\s+`(?P<anchor>[^`]+)`|a new file)(?:[^\n]|\n(?!\n))*:\n\n"
    r"(?P<margin> *)```\w*\n(?P<code>.*?)\n(?P=margin)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A block of code and where it belongs.

    Attributes:
        path: The file, from the root of the tree.
        where: `after`, `before` or `instead of` a line; empty for a new file.
        anchor: A text that one line of the file holds.
        code: What is to be written there, without the margin of the document.
    """

    path: str
    where: str
    anchor: str
    code: str


def recipe(title: str, document: str | None = None) -> list[Step]:
    """The steps of a section of CONTRIBUTING.md, or of another document."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8") if document is None else document
    text = text.replace("{head}", migration.HEAD).replace("{next}", f"{int(migration.HEAD) + 1:04}")
    _, found, section = text.partition(f"\n## {title}\n")
    assert found, f"there is no section “{title}”"
    section = section.partition("\n## ")[0]
    steps = [
        Step(each["path"], each["where"] or "", each["anchor"] or "", dedent(each["code"]))
        for each in _BLOCK.finditer(section)
    ]
    assert len(steps) == section.count("```") // 2, "a block of code stands below no line that names its file"
    return steps


def cost(steps: Sequence[Step]) -> tuple[int, int]:
    """How many lines a recipe costs in how many files, beside the migration and the catalogues."""
    counted = [step for step in steps if not any(part in step.path for part in _BESIDE)]
    lines = sum(1 for step in counted for line in step.code.splitlines() if line.strip())
    return lines, len({step.path for step in counted})


def copy_tree(folder: Path) -> Path:
    """Copy the four wings and the tests, as they stand in the folder of the project."""
    tree = folder / "konak"
    for wing in _WINGS:
        shutil.copytree(ROOT / wing, tree / wing, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


def follow(steps: Sequence[Step], tree: Path) -> None:
    """Write the code of each step where it belongs."""
    for step in steps:
        path = tree / step.path
        if not step.where:
            assert not path.exists(), f"{step.path} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.code + "\n", encoding="utf-8")
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        places = [place for place, line in enumerate(lines) if step.anchor in line]
        assert len(places) == 1, f"{len(places)} lines of {step.path} hold “{step.anchor}”"
        margin = lines[places[0]][: -len(lines[places[0]].lstrip())]
        begin = places[0] + (step.where == "after")
        lines[begin : begin + (step.where == "instead of")] = indent(step.code, margin).split("\n")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def prove(tree: Path, steps: Sequence[Step], *tests: str) -> None:
    """See that what was written is clean code, and that tests pass in the copy.

    Args:
        tree: The copy.
        steps: What was written.
        tests: Their files, from the root of the tree, or single ones of them.
    """
    changed = {step.path for step in steps}
    for command in (("ruff", "check"), ("ruff", "format", "--check"), ("pytest", "-p", "no:cacheprovider", *tests)):
        arguments = [*command] if "pytest" in command else [*command, "--no-cache", *sorted(changed)]
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tree,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(tree)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
