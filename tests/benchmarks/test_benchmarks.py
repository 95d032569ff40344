"""The benchmarks run, and their table tells the truth; no time is asserted."""

import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import data
from benchmarks.__main__ import NAMES, table
from benchmarks.running import Job, Line, compared, from_json, percentile, to_json
from tests.covering import LONG

ROOT = Path(__file__).resolve().parents[2]


IN_A_PROCESS = ("start", "search")
"""What is measured by the command; the others in the process of the test, which has loaded already what they need."""


def _run(job: Job, *names: str) -> subprocess.CompletedProcess[str]:
    sizes = ("--stays", job.stays, "--rounds", job.rounds, "--keys", job.keys, "--entries", job.entries)
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *names, *map(str, sizes), "--cache", str(job.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=300,
    )


@pytest.fixture
def _collects_again() -> Iterator[None]:
    """What measures a report looks for garbage only between two."""
    yield
    gc.enable()


@pytest.mark.long
@pytest.mark.usefixtures("_collects_again")
def test_every_benchmark_runs_and_stands_in_the_table_with_its_peak_memory(tmp_path: Path) -> None:
    """Two of them, in processes of their own, as the command runs them; with `KONAK_LONG=1` all."""
    job = Job(tmp_path, stays=150, rounds=1, keys=12, entries=300)
    done = _run(job, *(NAMES if LONG else IN_A_PROCESS))
    printed = done.stdout.splitlines()
    missed = [line for line in printed if line.startswith("! ")]
    assert done.returncode == (1 if missed else 0), done.stderr
    assert ("Missed: " in done.stdout) == bool(missed)
    made = list(tmp_path.iterdir())
    for name in NAMES:
        if not LONG and name not in IN_A_PROCESS:
            printed += table(import_module(f"benchmarks.{name}").measure(job)).splitlines()
    for name in (
        "start to a usable window",
        "keystroke to painted results, 95th percentile",
        "who of",
        "reading Today",
        "the fire list",
        "figures of the fullest month",
        "monthly report with all sections",
        "register extract as PDF",
        "bringing in stays",
        "walking a trail of",
    ):
        (row,) = [line for line in printed if name in line and not line.startswith("Missed")]
        assert " MB" in row
    assert any("stretching a passphrase" in line for line in printed)
    again = _run(job, "today")
    assert "reading Today" in again.stdout
    assert "figures" not in again.stdout
    assert [each for each in tmp_path.iterdir() if not each.name.startswith("trail-")] == [
        each for each in made if not each.name.startswith("trail-")
    ]
    assert not [file for file in tmp_path.rglob("*") if file.suffix == ".csv"]


def test_a_line_is_missed_over_either_of_its_limits() -> None:
    assert not Line("x", 1.0).is_missed
    assert not Line("x", 1.0, ratio=2.0, most=2.0, most_seconds=1.0).is_missed
    assert Line("x", 1.0, ratio=2.01, most=2.0).is_missed
    assert Line("x", 0.017, most_seconds=0.016).is_missed
    assert Line("x", 1.0, most=2.0).is_missed
    assert not Line("x", 1.0, most_peak=400, peak=400).is_missed
    assert Line("x", 1.0, most_peak=400, peak=401).is_missed
    assert Line("x", 1.0, most_peak=400).is_missed


def test_the_ratio_is_the_median_of_those_of_the_rounds_so_that_load_on_one_round_does_not_count() -> None:
    line = compared("x", [2.0, 200.0, 3.0], [1.0, 100.0, 1.0], most=2)
    assert (line.figure, line.floor, line.ratio) == (3.0, 1.0, 2.0)
    assert from_json(to_json([line])) == [line]


@pytest.mark.parametrize(("hundredths", "expected"), [(50, 50), (95, 95), (100, 100), (1, 1)])
def test_a_percentile_is_one_of_the_values(hundredths: int, expected: int) -> None:
    assert percentile([float(value) for value in range(100, 0, -1)], hundredths) == expected


def test_invented_stays_are_as_many_as_the_real_ones_and_nobody_has_two_at_a_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(data, "REAL", tmp_path / "not there")
    rows = data.rows(data.STAYS)
    assert (len(rows), len({row[1] for row in rows})) == (data.STAYS, data.RESIDENTS)
    assert rows == data.rows(data.STAYS)
    assert max(arrived for _, _, arrived, *_ in rows) < date(2020, 1, 1)
    ends: dict[str, date] = {}
    for _, who, arrived, _, left, _ in rows:
        assert left is not None
        assert who not in ends or ends[who] < arrived
        ends[who] = left
    assert Counter(sex for *_, sex in rows).most_common(1)[0][0] == "M"


def test_the_real_stays_are_taken_where_they_are(shared_data: Path) -> None:
    rows = data.rows(data.STAYS)
    assert (len(rows), len({row[1] for row in rows})) == (data.STAYS, data.RESIDENTS)


def test_of_more_stays_than_the_data_have_the_others_came_and_went_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(data, "REAL", tmp_path / "not there")
    rows = data.rows(2 * data.STAYS + 5)
    assert len({row[0] for row in rows}) == len(rows) == 2 * data.STAYS + 5
    earlier = rows[data.STAYS : 2 * data.STAYS]
    assert len({row[1] for row in rows}) > 2 * data.RESIDENTS
    assert not {row[1] for row in earlier} & {row[1] for row in rows[: data.STAYS]}
    assert all(left is not None and left < date(2019, 1, 1) for _, _, _, _, left, _ in earlier)
