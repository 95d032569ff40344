"""Start to a usable window on the large register, over a bare process that imports PySide6 and SQLAlchemy.

Usable: the page of Today is painted with its figures, the badges and the state of the register are read, and one can
type into the search box. The passphrase of this register is stretched quickly: stretching is slow on purpose, half a
second on any computer, and would only blur what is measured.
"""

import tempfile
from collections.abc import Mapping

from benchmarks import data
from benchmarks.running import Ended, Job, Line, compared, run

_WINDOW = ("-m", "desktop.cli", "window", "--register")
_FLOOR = ("-m", "benchmarks.floor_window")


def measure(job: Job) -> list[Line]:
    """By turns, so that other load hits both; a first pair warms the disk's cache and is not counted."""
    at = data.register(job.folder, job.stays)
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "KONAK_PASSPHRASE": data.PASSPHRASE,
            "KONAK_SAY_READY": "1",
            "XDG_CONFIG_HOME": home,
            "XDG_STATE_HOME": home,
        }
        pairs = [_pair(str(at), environment) for _ in range(job.rounds + 1)][1:]
    return [
        compared(
            "start to a usable window",
            [ours.seconds for ours, _ in pairs],
            [floor.seconds for _, floor in pairs],
            most=2,
            peak=max(ours.peak for ours, _ in pairs),
            floor_peak=max(floor.peak for _, floor in pairs),
        )
    ]


def _pair(at: str, environment: Mapping[str, str]) -> tuple[Ended, Ended]:
    return run([*_WINDOW, at], environment), run(_FLOOR)
