"""The monthly report with all its sections, gathered and drawn, in seconds; and with everybody listed by number.

As in the window, garbage is collected between two reports and never within one (`desktop.garbage`).
"""

import gc
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import data
from benchmarks.running import Job, Line, peak
from desktop.garbage import collect, spare_what_stays
from models.actions import programmes as actions
from models.queries import monthly_reports, programmes
from models.rules.papers import Imprint
from models.rules.time import Month
from models.rules.vocabulary import ReportSection
from models.store.register import Register
from reports import monthly

_MOST_SECONDS = 0.5


def measure(job: Job) -> list[Line]:
    """Of the last month that was not issued. Lists by number grow with the people, so they are without a limit."""
    everything = tuple(section.value for section in ReportSection if section is not ReportSection.NAMES)
    with TemporaryDirectory() as folder:
        copied = Path(folder) / "register"  # its programme is changed, which the other benchmarks must not see
        shutil.copytree(data.register(job.folder, job.stays), copied)
        with data.open_register(copied) as opened:
            return [
                _line("monthly report with all sections", opened, (), job.rounds, most=_MOST_SECONDS),
                _line("the same with people listed by number", opened, everything, job.rounds, most=None),
            ]


def _line(name: str, opened: Register, sections: Sequence[str], rounds: int, *, most: float | None) -> Line:
    with opened.read() as snapshot:
        programme_id = programmes.of_code(snapshot, data.PROGRAMME)
        month = Month.of(snapshot.today).next(-4)
        whole = programmes.whole(snapshot, programme_id=programme_id)
    facts = replace(whole.facts, report_sections=tuple(sections))
    opened.perform(actions.change, programme_id=programme_id, version=whole.version, facts=facts)
    imprint = Imprint(language="en", facility="Reception Centre North")
    taken = []
    spare_what_stays()
    gc.disable()
    with opened.read() as snapshot:
        for _ in range(rounds + 1):  # the first warms fonts and the cache of pages, and is not counted
            begin = time.perf_counter()
            found = monthly_reports.paper(snapshot, programme_id=programme_id, month=month)
            monthly.paper(found, imprint)
            taken.append(time.perf_counter() - begin)
            collect()
    people = found.figures.on_roll_at_end
    return Line(name, median(taken[1:]), most_seconds=most, peak=peak(), note=f"{month}: {people:,} on the roll")
