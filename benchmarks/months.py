"""The figures of a month, over one raw SQL scan of the same rows."""

import time

from benchmarks import data
from benchmarks.running import Job, Line, compared, peak
from models.queries import months, programmes
from models.rules.time import Month
from models.store.snapshot import Snapshot

_MOST = 10
_SCAN = (
    "SELECT s.id, s.resident_id, s.arrived_on, s.departed_on, s.departure_kind, s.destination, s.destination_country, "
    "s.limit_on, s.emergency_reasons, s.cured_at, r.nationality, r.sex, r.birth "
    "FROM stays s JOIN residents r ON r.id = s.resident_id "
    "WHERE s.programme_id = ? AND s.arrived_on < ? AND (s.departed_on IS NULL OR s.departed_on >= ?)"
)


def measure(job: Job) -> list[Line]:
    """The month that most stays touch and the one before the present, each by turns with its scan."""
    with data.open_register(data.register(job.folder, job.stays)) as opened, opened.read() as snapshot:
        last = Month.of(snapshot.today).next(-1)
        fullest = max((last.next(-before) for before in range(24)), key=lambda month: _touching(snapshot, month))
        lines = [_line("figures of the fullest month", snapshot, fullest, job.rounds)]
        lines.append(_line("figures of last month", snapshot, last, job.rounds))
    return lines


def _line(name: str, snapshot: Snapshot, month: Month, rounds: int) -> Line:
    """The first reading warms the cache of pages for both, and is not counted."""
    programme_id = programmes.of_code(snapshot, data.PROGRAMME)
    cursor = snapshot.connection.connection.cursor()
    ours, floors = [], []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        months.figures(snapshot, programme_id, month)
        middle = time.perf_counter()
        rows = len(cursor.execute(_SCAN, (programme_id, month.end.isoformat(), month.first.isoformat())).fetchall())
        ours.append(middle - begin)
        floors.append(time.perf_counter() - middle)
    cursor.close()
    return compared(name, ours[1:], floors[1:], most=_MOST, peak=peak(), note=f"{month}: {rows:,} stays")


def _touching(snapshot: Snapshot, month: Month) -> int:
    counted = snapshot.connection.exec_driver_sql(
        "SELECT count(*) FROM stays WHERE arrived_on < ? AND (departed_on IS NULL OR departed_on >= ?)",
        (month.end.isoformat(), month.first.isoformat()),
    )
    return int(counted.scalar_one())
