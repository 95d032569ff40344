"""The core is loaded without the window, proved in a process of its own."""

import subprocess
import sys

import pytest

_LOAD = """
import importlib, pkgutil, sys
for name in sys.argv[1].split(","):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if "migrations" not in module.name and module.name != "reports.fonts.make_fonts":
            importlib.import_module(module.name)
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def loaded_by(packages: str) -> set[str]:
    """The top-level packages that are there when all modules of some packages were imported."""
    run = subprocess.run([sys.executable, "-c", _LOAD, packages], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_tables_load_the_dialect_of_no_other_database() -> None:
    """An option of a table for another database is enough for SQLAlchemy to load all of it, at each start."""
    told = "import sys, models.entities; print('sqlalchemy.dialects.postgresql' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize(
    ("packages", "never"),
    [
        ("models,reports", {"PySide6", "shiboken6", "ui", "desktop"}),
        ("models", {"reportlab", "reports"}),
        ("reports", {"sqlalchemy", "sqlcipher3", "alembic"}),
    ],
)
def test_importing_all_of_it_loads_nothing_from_above(packages: str, never: set[str]) -> None:
    assert not loaded_by(packages) & never
