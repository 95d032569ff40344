"""How long a file of stays takes to come in, on the large register and on an empty one: by turns, in the same run.

Each time in a process of its own, as `konak import` does it, so that the memory is that of bringing it in alone.
"""

import csv
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from benchmarks import data, persons
from benchmarks.running import SEED, Job, Line, run
from desktop.garbage import collect_seldom
from models.exchange import import_stays, stays_file
from models.exchange.files import read_table
from models.queries import programmes
from models.store.register import Register

_MOST = 1.3
_ROWS = 12_000
"""Of so many people it is not asked who of them is perhaps known already, which costs by the register."""
_SHARE = 8
"""Of a register that is smaller the file has one row for so many stays."""
_MANY = 200_000
"""A large register (`--stays`) is brought a file of so many rows, once."""
_MOST_SECONDS, _MOST_PEAK = 90, 400
"""What a file of `_MANY` rows may take: seconds of the processor, and memory of the process in MB."""
_HEADINGS = ("stay id", "person id", "family name", "given names", "date of birth", "arrived", "departed")


def measure(job: Job) -> list[Line]:
    """Each round brings the same file into a copy of each register; what a large one costs beyond is the ratio."""
    is_large = job.stays >= data.LARGE
    rows = _MANY if is_large else _ROWS if job.stays > _ROWS else max(100, job.stays // _SHARE)
    ours, floors = [], []
    with tempfile.TemporaryDirectory(dir=job.folder) as folder:
        file = Path(folder) / "stays.csv"
        _write(file, rows)
        empty = Path(folder) / "empty"
        data.make_empty(empty)
        for turn in range(1 if is_large else min(job.rounds, 3)):
            ours.append(_brought(data.register(job.folder, job.stays), Path(folder) / f"large{turn}", file))
            floors.append(_brought(empty, Path(folder) / f"small{turn}", file))
    ratio = median(own.seconds / floor.seconds for own, floor in zip(ours, floors, strict=True))
    line = Line(
        "bringing in stays",
        median(each.seconds for each in ours),
        median(each.seconds for each in floors),
        ratio,
        _MOST,
        peak=max(each.peak for each in ours),
        floor_peak=max(each.peak for each in floors),
        note=f"{rows:,} rows; the floor is an empty register",
    )
    return [replace(line, most_seconds=_MOST_SECONDS, most_peak=_MOST_PEAK) if is_large else line]


def _write(file: Path, rows: int) -> None:
    """Stays of people whom no register knows, two of each."""
    chance, first = Random(SEED), date(2024, 1, 1)
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(_HEADINGS)
        for number in range(rows):
            if number % 2 == 0:
                made = persons.person(chance, f"N{number}", first)
                born = first - timedelta(days=chance.randrange(7_000, 25_000))
            arrived = first + timedelta(days=200 * (number % 2) + chance.randrange(90))
            left = arrived + timedelta(days=chance.randrange(90))
            writer.writerow((f"NEW{number}", f"N{number // 2}", made.family, made.given, born, arrived, left))


class _Brought(NamedTuple):
    """What a file took: seconds of the processor from opening it until all is in, and memory of the process in MB."""

    seconds: float
    peak: float


def _brought(register: Path, copy: Path, file: Path) -> _Brought:
    """Bring a file into a copy of a register, in a process of its own."""
    shutil.copytree(register, copy)
    ended = run(["-m", "benchmarks.imports", str(copy), str(file)])
    shutil.rmtree(copy)
    return _Brought(float(ended.lines[-1]), ended.peak)


def _seconds(register: Path, file: Path) -> float:
    """The seconds of the processor that a file takes in this process."""
    collect_seldom()  # as commands do
    with data.open_register(register) as opened:
        begin = time.process_time()
        _bring_in(opened, file)
        return time.process_time() - begin


def _bring_in(opened: Register, file: Path) -> None:
    with opened.read() as snapshot:
        programme_id = programmes.of_code(snapshot, data.PROGRAMME)
    read = stays_file.read_stays(read_table(file), zone=opened.facility.zone)
    done = opened.perform(import_stays.bring_in, programme_id=programme_id, read=read).value
    if done.problems:
        raise RuntimeError(f"{len(done.problems)} rows of the benchmark's file did not come in")


if __name__ == "__main__":
    print(_seconds(Path(sys.argv[1]), Path(sys.argv[2])))
