"""How long one passphrase takes to try: about half a second, on purpose, also for whoever has stolen the folder."""

import secrets
import time
from statistics import median

from benchmarks.running import Job, Line
from models.store.keys import Stretch


def measure(job: Job) -> list[Line]:
    """The stretching alone, which is nearly all of an unlocking."""
    seconds = []
    for _ in range(job.rounds):
        begin = time.perf_counter()
        Stretch().key("nothing but a benchmark", secrets.token_bytes(16))
        seconds.append(time.perf_counter() - begin)
    return [Line("stretching a passphrase", median(seconds), note=f"{Stretch().memory_kib // 1024} MiB, on purpose")]
