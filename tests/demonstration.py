"""The demonstration register, built once and shared: by the processes of one test run, and by the pictures."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from desktop.demo.build import build
from models.clock import Clock, FixedClock
from models.entities.trail import TrailEntry
from models.queries import trail
from models.store import backup, verify
from models.store.verify import Verified
from tests.once import made_once


def built(folder: Path, clock: Clock) -> Path:
    """The demonstration register in a folder, built by whoever comes first; the others wait.

    Args:
        folder: Where it is to lie.
        clock: The present of the demonstration.
    """
    return made_once(folder, lambda making: build(making, clock=clock))


_walked: dict[str, Verified] = {}


@contextmanager
def walked_once() -> Iterator[None]:
    """Whoever asks meanwhile whether a trail fits is told what the first was who asked it of a copy of that register.

    To walk the whole trail of the demonstration takes seconds; it is tested where it is asked in earnest.
    """
    walk = verify.verify

    def told(connection: Connection, **options: Any) -> Verified:
        first = connection.scalars(select(TrailEntry.hash).where(TrailEntry.number == 1)).one()
        if first not in _walked:
            _walked[first] = walk(connection, **options)
        return _walked[first]

    with pytest.MonkeyPatch.context() as patch:
        for where in (verify, trail, backup):
            patch.setattr(where, "verify", told)
        yield


if __name__ == "__main__":
    built(Path(sys.argv[1]), FixedClock(datetime.fromisoformat(sys.argv[2])))
