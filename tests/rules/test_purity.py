"""The rules stand alone: importing all of them loads no database and no window."""

import subprocess
import sys
from pathlib import Path

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
