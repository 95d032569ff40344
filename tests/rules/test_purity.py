"""The rules stand alone: importing all of them loads no database and no window."""

import importlib
import pkgutil
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path

import models.rules

_PROGRAM = """
import importlib, pkgutil, sys
import models.rules
names = [each.name for each in pkgutil.walk_packages(models.rules.__path__, "models.rules.")]
for name in names:
    importlib.import_module(name)
foreign = {"sqlalchemy", "alembic", "sqlcipher3", "sqlite3", "PySide6", "reportlab", "openpyxl"}
print(len(names), *sorted(foreign & {each.partition(".")[0] for each in sys.modules}))
"""


def test_importing_all_rules_loads_neither_a_database_nor_a_window() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    number, *loaded = done.stdout.split()
    assert int(number) >= 13
    assert loaded == []


def test_no_row_of_the_rules_can_be_changed_once_it_is_made() -> None:
    rules = [
        importlib.import_module(each.name) for each in pkgutil.walk_packages(models.rules.__path__, "models.rules.")
    ]
    rows = {row for rule in rules for row in vars(rule).values() if is_dataclass(row) and isinstance(row, type)}
    assert len(rows) > 30
    for row in rows:
        assert row.__setattr__ is not object.__setattr__, row
