"""What all benchmarks share: the line of the table, and how a process is run, timed and weighed."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

SEED = 20_190_101


@dataclass(frozen=True, slots=True)
class Job:
    """What a benchmark is to measure, and how often.

    Attributes:
        folder: Where the cached registers lie.
        stays: How many stays the register has.
        rounds: How often each thing is measured; the medians count.
        keys: How many keystrokes are timed.
        entries: How many entries the trail has that is walked.
    """

    folder: Path
    stays: int
    rounds: int
    keys: int
    entries: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    Attributes:
        name: What was measured.
        figure: The median, or the percentile that the name states, in seconds.
        floor: The same of the floor, in seconds; None where there is none.
        ratio: The figure over the floor; the median of the ratios of the rounds where the two were taken by turns.
        most: The limit of the ratio; None where there is none.
        most_seconds: The limit of the figure, in seconds; None where there is none.
        most_peak: The limit of the peak memory, in MB; None where there is none.
        peak: The peak memory of the process, in MB.
        floor_peak: The peak memory of the floor's process; None where both were measured in one.
        note: What else is to be known.
    """

    name: str
    figure: float
    floor: float | None = None
    ratio: float | None = None
    most: float | None = None
    most_seconds: float | None = None
    most_peak: float | None = None
    peak: float | None = None
    floor_peak: float | None = None
    note: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether a limit is missed."""
        ratio_missed = self.most is not None and (self.ratio is None or self.ratio > self.most)
        memory_missed = self.most_peak is not None and (self.peak is None or self.peak > self.most_peak)
        return ratio_missed or memory_missed or (self.most_seconds is not None and self.figure > self.most_seconds)


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended.

    Attributes:
        whole: From its start to its end.
        lines: What it printed.
        times: When each of the lines came, in seconds from its start.
        peak: Its peak memory in MB.
    """

    whole: float
    lines: Sequence[str]
    times: Sequence[float]
    peak: float

    @property
    def seconds(self) -> float:
        """From its start to its first line of output, which says that it is ready."""
        return self.times[0]


def run(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None, *, program: str = sys.executable
) -> Ended:
    """Run a program, this Python if none is named, and time it to each line that it prints and to its end.

    Raises:
        RuntimeError: It failed.
    """
    begin = time.perf_counter()
    with subprocess.Popen(
        [program, *arguments], stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    ) as process:
        if process.stdout is None:
            raise RuntimeError("a pipe was asked for")
        lines, times = [], []
        for line in process.stdout:
            times.append(time.perf_counter() - begin)
            lines.append(line.rstrip("\n"))
        # The usage of this one child: getrusage would give that of the largest of all children.
        _pid, status, usage = os.wait4(process.pid, 0)
        whole = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or not lines:
        raise RuntimeError(f"{' '.join(arguments[:4])} has failed")
    return Ended(whole, lines, times, usage.ru_maxrss / 1024)


def peak() -> float:
    """The peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: Sequence[float], hundredths: int) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * hundredths / 100) - 1)]


def compared(
    name: str,
    ours: Sequence[float],
    floors: Sequence[float],
    *,
    most: float | None = None,
    **more: Any,  # noqa: ANN401
) -> Line:
    """The line of something that was measured by turns with its floor, so that other load hits both."""
    ratio = median(one / floor for one, floor in zip(ours, floors, strict=True))
    return Line(name, median(ours), median(floors), ratio, most, **more)


def to_json(lines: Sequence[Line]) -> str:
    """The lines, for the process that prints the table."""
    return json.dumps([asdict(line) for line in lines])


def from_json(text: str) -> list[Line]:
    """The lines that another process has measured."""
    return [Line(**fields) for fields in json.loads(text)]
