"""Who is perhaps the same: a look-up in the register over the bare SQL of it, and the pairs inside a file.

The pairs are those of the Febrl set where it lies beside the project, else of invented people with damaged copies. How
surely they are found, F1, precision and recall, stands beside the time.
"""

import csv
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy

from benchmarks import damaged, data
from benchmarks.running import SEED, Job, Line, compared, peak, percentile
from models.exchange.files import read_table
from models.exchange.same_file import find_same
from models.repositories.likeness import Somebody, residents_like
from models.rules.birth import BirthDate
from models.rules.likeness import Person
from models.store.register import Register

_FEBRL = Path(__file__).resolve().parents[2] / "shared" / "data" / "duplicates" / "febrl-1.csv"
_LOOK_UPS = 200
_MOST_SECONDS = 0.005
"""rules.md, Who is who: asked while somebody types; in a large register of half of the look-ups, else of nearly all."""


def measure(job: Job) -> list[Line]:
    """Look people up whose names are spelled otherwise; with the data's own register, find the pairs of a file too."""
    is_large = job.stays >= data.LARGE
    line = _looked_up(job, 50 if is_large else 95)
    return [line] if is_large else [line, _pairs(job)]


def _looked_up(job: Job, percent: int) -> Line:
    with data.open_register(data.register(job.folder, job.stays)) as register:
        times, bare, found, among = _look_ups(register)
    figure, floor = percentile(times, percent), percentile(bare, percent)
    name = f"who of {among:,} is perhaps the same, {percent}th percentile"
    told = ", ".join(f"{each}th {percentile(times, each) * 1000:.1f} ms" for each in (50, 95))
    note = f"{told}; {found} of {len(times)} found"
    return Line(name, figure, floor, figure / floor, most_seconds=_MOST_SECONDS, peak=peak(), note=note)


def _look_ups(register: Register) -> tuple[list[float], list[float], int, int]:
    """What each look-up and its bare statements took of the processor, how often the person was found, of how many."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        asked.append((statement, values))

    times, bare, found = [], [], 0
    with register.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql(
            "SELECT id, family_name, given_names, birth FROM residents WHERE family_name <> '' ORDER BY id"
        ).all()
        for row in Random(SEED).sample(rows, min(_LOOK_UPS, len(rows))):
            birth = BirthDate.parse(row.birth) if row.birth else None
            person = Person(row.family_name.replace("h", "").replace("j", "y"), row.given_names, birth=birth)
            asked.clear()
            sqlalchemy.event.listen(snapshot.connection, "before_cursor_execute", note)
            begin = time.thread_time()  # the first time that this name is asked for, as while somebody types it
            like = residents_like(snapshot.connection, {0: Somebody(person)}).get(0, ())
            times.append(time.thread_time() - begin)
            sqlalchemy.event.remove(snapshot.connection, "before_cursor_execute", note)
            found += row.id in [resident for resident, _ in like]
            cursor = snapshot.connection.connection.cursor()
            begin = time.thread_time()
            for statement, values in asked:
                cursor.execute(statement, values)
                cursor.fetchall()
            bare.append(time.thread_time() - begin)
            cursor.close()
    return times, bare, found, len(rows)


def _pairs(job: Job) -> Line:
    with tempfile.TemporaryDirectory() as folder:
        path, same = _file(Path(folder))
        times, reads = [], []
        for _ in range(job.rounds):
            begin = time.perf_counter()
            list(read_table(path).rows)
            reads.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            found = find_same(read_table(path))
            times.append(time.perf_counter() - begin)
    pairs = {(pair.rows[0] - 2, pair.rows[1] - 2) for pair in found.pairs}
    right = len(pairs & same)
    precision, recall = right / max(1, len(pairs)), right / max(1, len(same))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    note = f"F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}, {found.compared} rows"
    return compared("the likely pairs of a file, over reading it", times, reads, peak=peak(), note=note)


def _file(folder: Path) -> tuple[Path, frozenset[tuple[int, int]]]:
    """The file, and the pairs of its rows, from 0, that are of one person."""
    if _FEBRL.exists():
        of: dict[str, list[int]] = {}
        with _FEBRL.open(newline="") as lines:
            for place, row in enumerate(csv.DictReader(lines, skipinitialspace=True)):
                of.setdefault(row["rec_id"].split("-")[1], []).append(place)
        return _FEBRL, frozenset((places[0], places[1]) for places in of.values() if len(places) > 1)
    made = damaged.people(SEED, 500, 1, 3)
    path = folder / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([damaged.COLUMNS, *made.rows])
    return path, made.same
