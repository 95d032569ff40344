"""The fire list of the large register: gathered and drawn, since whoever stands at the door waits for it."""

import time
from datetime import UTC, datetime
from statistics import median

from benchmarks import data
from benchmarks.running import Job, Line, peak
from models.queries import in_house
from models.rules.papers import Imprint
from reports import house

_MOST_SECONDS = 2.0


def measure(job: Job) -> list[Line]:
    """Each time anew; the fonts are loaded in the first."""
    imprint = Imprint(language="en", facility="Reception Centre North", printed_at=datetime(2026, 11, 21, tzinfo=UTC))
    taken = []
    with data.open_register(data.register(job.folder, job.stays)) as opened:
        for _ in range(job.rounds):
            begin = time.perf_counter()
            with opened.read() as snapshot:
                found = in_house.roll(snapshot)
            paper = house.fire_list(found, imprint)
            taken.append(time.perf_counter() - begin)
    note = f"{len(found.rows):,} on the roll, {len(paper) // 1024:,} KiB"
    return [Line("the fire list", median(taken), most_seconds=_MOST_SECONDS, peak=peak(), note=note)]
