"""Start to a usable window on the large register, over a bare process that imports PySide6 and SQLAlchemy.

Usable: the page of Today is painted with its figures, and one can type into the search box. The passphrase of this
register is stretched quickly: stretching is slow on purpose, half a second on any computer, and would only blur what is
measured. The second floor loads SQLAlchemy's ORM and its dialect too, which `import sqlalchemy` alone does not.
"""

import tempfile
from collections.abc import Sequence

from benchmarks import data
from benchmarks.running import Ended, Job, Line, compared, run

_WINDOW = ("-m", "desktop.cli", "window", "--register")
_FLOOR = ("-m", "benchmarks.floor_window")


def measure(job: Job) -> list[Line]:
    """By turns, so that other load hits all; a first round warms the disk's cache and is not counted."""
    at = data.register(job.folder, job.stays)
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "KONAK_PASSPHRASE": data.PASSPHRASE,
            "KONAK_SAY_READY": "1",
            "XDG_CONFIG_HOME": home,
            "XDG_STATE_HOME": home,
        }
        rounds = [
            (run([*_WINDOW, str(at)], environment), run(_FLOOR), run([*_FLOOR, "orm"])) for _ in range(job.rounds + 1)
        ][1:]
    ours, floors, with_orm = zip(*rounds, strict=True)
    return [
        _line("start to a usable window", ours, floors, most=2),
        _line("the same, over a floor with SQLAlchemy's ORM", ours, with_orm),
    ]


def _line(name: str, ours: Sequence[Ended], floors: Sequence[Ended], most: float | None = None) -> Line:
    return compared(
        name,
        [one.seconds for one in ours],
        [one.seconds for one in floors],
        most=most,
        peak=max(one.peak for one in ours),
        floor_peak=max(one.peak for one in floors),
    )
