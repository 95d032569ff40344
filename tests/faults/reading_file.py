"""Reads one file as both imports do, in a process of its own with little memory; says what came of it.

Run as `python -m tests.faults.reading_file FILE`; prints `rows N` or `refused: …` for stays and for a list, and the
peak memory in MB.
"""

import resource
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from models.errors import KonakError
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays

MOST_MEMORY = 1536 * 1024 * 1024


def main() -> None:
    """Read it."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for kind in ("stays", "list"):
        try:
            table = read_table(Path(sys.argv[1]))
            if kind == "stays":
                found = len(read_stays(table, zone=ZoneInfo("Europe/Belgrade")).lines)
            else:
                found = len(read_list(table).candidates)
            print(kind, "rows", found)
        except KonakError as error:
            print(kind, "refused:", error.message.text)
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main()
