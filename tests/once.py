"""What is made once and used by all processes of a test run."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder, made by whoever comes first; the others wait.

    Args:
        folder: Where it is to lie.
        make: Makes it, in a folder that is not there yet.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folder.with_name(folder.name + ".building")
    while not folder.exists():
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            if not folder.exists():
                making = folder.with_name(folder.name + ".new")
                shutil.rmtree(making, ignore_errors=True)
                make(making)
                making.replace(folder)
        finally:
            lock.unlink()
    return folder


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this name that all processes of this run share, not to be changed: whoever opens one has a copy."""
    own = factory.getbasetemp()
    return made_once((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name, make)
