"""How long whoever starts Konak waits for it, over a bare process that imports PySide6 and SQLAlchemy.

A start has two waits: until the unlock screen is painted and can be typed into, and from Enter until the page of Today
is painted with its figures and one can type into the search box. Their sum is what counts; in between somebody types,
ten letters a second. The passphrase of this register is stretched quickly: stretching is slow on purpose, half a second
on any computer, and would only blur what is measured.

The other way in, for scripts, is a passphrase in the environment: then nobody types, and all is loaded in one go. The
second floor loads SQLAlchemy's ORM and its dialect too, which `import sqlalchemy` alone does not.
"""

import tempfile

from benchmarks import data
from benchmarks.running import Ended, Job, Line, compared, run

_TYPIST = ("-m", "benchmarks.typist", "--register")
_WINDOW = ("-m", "desktop.cli", "window", "--register")
_FLOOR = ("-m", "benchmarks.floor_window")


def measure(job: Job) -> list[Line]:
    """By turns, so that other load hits all; of several rounds the first warms the disk's cache and is not counted."""
    at = str(data.register(job.folder, job.stays))
    with tempfile.TemporaryDirectory() as home:
        places = {"KONAK_SAY_READY": "1", "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
        by_hand, given = {**places, "TYPED": data.PASSPHRASE}, {**places, "KONAK_PASSPHRASE": data.PASSPHRASE}
        rounds = [
            (
                run([*_TYPIST, at], by_hand),
                run([*_WINDOW, at], given),
                run(_FLOOR),
                run([*_FLOOR, "orm"]),
            )
            for _ in range(job.rounds + (job.rounds > 1))
        ][-job.rounds :]
    typed, given_before, floors, with_orm = zip(*rounds, strict=True)
    waits = [_waits(one) for one in typed]
    floor, floor_peak = [one.seconds for one in floors], _peak(floors)
    unlock, today = ([wait[place] for wait in waits] for place in (0, 1))
    key = max(float(one.lines[1].split()[1]) for one in typed)
    at_once = [one.seconds for one in given_before]
    more = {"peak": _peak(typed), "floor_peak": floor_peak}
    return [
        compared("start to a usable window", [sum(wait) for wait in waits], floor, most=2, **more),
        compared("  until the unlock screen", unlock, floor, note=f"a key waited at most {key:.0f} ms", **more),
        compared("  from Enter to Today", today, floor, **more),
        compared("start with the passphrase given", at_once, floor, peak=_peak(given_before), floor_peak=floor_peak),
        compared(
            "the same, over a floor with SQLAlchemy's ORM",
            at_once,
            [one.seconds for one in with_orm],
            peak=_peak(given_before),
            floor_peak=_peak(with_orm),
        ),
    ]


def _waits(one: Ended) -> tuple[float, float]:
    """The two waits of a start by hand."""
    asks, typed, ready = one.times
    return asks, ready - typed


def _peak(ended: tuple[Ended, ...]) -> float:
    return max(one.peak for one in ended)
