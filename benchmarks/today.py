"""What Today reads of the large register, and what comes a moment later: the issued months compared."""

import time
from statistics import median

from benchmarks import data
from benchmarks.running import Job, Line, peak
from models.queries import needing_house, today

_MOST_SECONDS = 0.3


def measure(job: Job) -> list[Line]:
    """The first reading, which every start waits for, is in the medians like any other."""
    quick, later = [], []
    with data.open_register(data.register(job.folder, job.stays)) as opened:
        for _ in range(job.rounds):
            with opened.read() as snapshot:
                begin = time.perf_counter()
                read = today.today(snapshot, known=())
                middle = time.perf_counter()
                needing_house.differing(snapshot)
                later.append(time.perf_counter() - middle)
                quick.append(middle - begin)
    note = f"{read.summary.on_roll:,} on the roll, {len(read.items)} items"
    return [
        Line("reading Today", median(quick), most_seconds=_MOST_SECONDS, peak=peak(), note=note),
        Line("comparing the issued months", median(later), peak=peak()),
    ]
