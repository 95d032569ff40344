"""`python -m benchmarks`: measures everything, prints a table, and says which limits are missed.

Each benchmark runs in a process of its own, so that none warms, hinders or weighs on another.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from compileall import compile_dir
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from benchmarks import data, running
from benchmarks.running import Job, Line

NAMES = (
    "start",
    "search",
    "same",
    "today",
    "fire_list",
    "months",
    "monthly_report",
    "pdf_extract",
    "imports",
    "verify",
    "unlock",
)
_LARGE_TOO = ("same",)
_ROOT = Path(__file__).resolve().parents[1]
_CACHE = _ROOT / "build" / "bench"
_HEADINGS = ("what", "median", "floor", "ratio", "limit", "peak", "floor's peak")


def main() -> int:
    """Measure what was asked for.

    Returns:
        1 where a limit is missed, else 0.
    """
    typed = _arguments()
    job = Job(typed.cache, typed.stays, typed.rounds, typed.keys, typed.entries)
    if typed.only is not None:
        print(running.to_json(import_module(f"benchmarks.{typed.only}").measure(job)))
        return 0
    _make_register(job)
    print(f"{job.stays:,} stays; medians of {job.rounds} rounds.", flush=True)
    lines = [line for name in typed.names or NAMES for each in _jobs(name, job) for line in _in_a_process(name, each)]
    print(table(lines))
    missed = [line.name for line in lines if line.is_missed]
    print("\nEvery limit is kept." if not missed else "\nMissed: " + "; ".join(missed) + ".")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    whole = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the speed of Konak.")
    whole.add_argument("names", nargs="*", metavar="NAME", help="; ".join(NAMES))
    whole.add_argument("--stays", type=int, default=38_867, help="how many stays the register has")
    whole.add_argument("--rounds", type=int, default=9, help="how often each thing is measured")
    whole.add_argument("--keys", type=int, default=600, help="how many keystrokes are timed")
    whole.add_argument("--entries", type=int, default=1_000_000, help="how many entries the trail has that is walked")
    whole.add_argument("--cache", type=Path, default=_CACHE, help="where the register is kept")
    whole.add_argument("--only", choices=NAMES, help=argparse.SUPPRESS)
    return whole.parse_args()


def _make_register(job: Job) -> None:
    """In a process of its own, so that what follows is measured alone; all is compiled, as where it is installed."""
    for package in ("benchmarks", "desktop", "models", "reports", "ui"):
        compile_dir(_ROOT / package, quiet=1)
    data.make_apart(job.folder, job.stays)


def _jobs(name: str, job: Job) -> Iterator[Job]:
    """What is measured under a name: with the register of the data, some of it in a large one too."""
    yield job
    if name in _LARGE_TOO and data.STAYS <= job.stays < data.LARGE:
        large = replace(job, stays=data.LARGE)
        data.make_apart(large.folder, large.stays)
        yield large


def _in_a_process(name: str, job: Job) -> list[Line]:
    print(f"  {name} …", file=sys.stderr, flush=True)
    sizes = ["--stays", job.stays, "--rounds", job.rounds, "--keys", job.keys, "--entries", job.entries]
    options = ["--only", name, *sizes, "--cache", job.folder]
    output = subprocess.run(
        [sys.executable, "-m", "benchmarks", *map(str, options)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    ).stdout
    return running.from_json(output)


def table(lines: list[Line]) -> str:
    """What was measured, for people: a heading and a row for each line."""
    cells = [_HEADINGS, *map(_cells, lines)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(_HEADINGS))]
    rows = [
        "  ".join(text.ljust(width) if at == 0 else text.rjust(width) for at, (text, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in cells)
    ]
    noted = [f"{row}  {note}".rstrip() for row, note in zip(rows, ["", *(line.note for line in lines)], strict=True)]
    return "\n".join(noted)


def _cells(line: Line) -> tuple[str, ...]:
    limits = []
    if line.most is not None:
        limits.append(f"{line.most:g}")
    if line.most_seconds is not None:
        limits.append(_seconds(line.most_seconds))
    if line.most_peak is not None:
        limits.append(f"{line.most_peak:.0f} MB")
    return (
        ("! " if line.is_missed else "  ") + line.name,
        _seconds(line.figure),
        _seconds(line.floor),
        "" if line.ratio is None else f"{line.ratio:.2f}",
        " ".join(limits),
        _megabytes(line.peak),
        _megabytes(line.floor_peak),
    )


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def _megabytes(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
