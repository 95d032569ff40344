"""The benchmarks run, and their table tells the truth; no time is asserted."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks import data
from benchmarks.running import Line, compared, from_json, percentile, to_json

ROOT = Path(__file__).resolve().parents[2]


def _run(cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    sizes = ("--stays", "150", "--rounds", "1", "--keys", "12", "--entries", "3000", "--cache", str(cache))
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments, *sizes],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=300,
    )


@pytest.mark.long
def test_every_benchmark_runs_and_stands_in_the_table_with_its_peak_memory(tmp_path: Path) -> None:
    done = _run(tmp_path)
    missed = [line for line in done.stdout.splitlines() if line.startswith("! ")]
    assert done.returncode == (1 if missed else 0), done.stderr
    for name in (
        "start to a usable window",
        "keystroke to painted results, 95th percentile",
        "reading Today",
        "figures of the fullest month",
        "monthly report with all sections",
        "register extract as PDF",
        "bringing in stays",
    ):
        (row,) = [line for line in done.stdout.splitlines() if name in line and not line.startswith("Missed")]
        assert " MB" in row
    assert ("Missed: " in done.stdout) == bool(missed)
    made = list(tmp_path.iterdir())
    again = _run(tmp_path, "today")
    assert "reading Today" in again.stdout
    assert "figures" not in again.stdout
    assert list(tmp_path.iterdir()) == made
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
