"""The demonstration register, built once and shared: by the processes of one test run, and by the pictures."""

import os
import shutil
import sys
import time
from datetime import datetime
from pathlib import Path

from desktop.demo.build import build
from models.clock import Clock, FixedClock


def built(folder: Path, clock: Clock) -> Path:
    """The demonstration register in a folder, built by whoever comes first; the others wait.

    Args:
        folder: Where it is to lie.
        clock: The present of the demonstration.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folder.with_name(folder.name + ".building")
    while not (folder / "keys.json").exists():
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            if not (folder / "keys.json").exists():
                making = folder.with_name(folder.name + ".new")
                shutil.rmtree(making, ignore_errors=True)
                build(making, clock=clock)
                making.replace(folder)
        finally:
            lock.unlink()
    return folder


if __name__ == "__main__":
    built(Path(sys.argv[1]), FixedClock(datetime.fromisoformat(sys.argv[2])))
