"""Reads files as both imports do, each in a child with little memory and a minute; says what came of it.

Run as `python -m tests.faults.reading_file`: for each line of what comes in, the path of a file, it prints `rows N` or
`refused: …` for stays and for a list, the peak memory in MB, and how the child has ended.
"""

import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from zoneinfo import ZoneInfo

from models.errors import KonakError
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays

MOST_MEMORY = 1536 * 1024 * 1024
SECONDS = 60
"""A file that takes longer hangs: the largest that is read at all takes a third of it on a slow computer."""


def main() -> None:
    """Read each in a child, so that what all of them need is loaded once."""
    while path := sys.stdin.readline().rstrip("\n"):
        child = os.fork()
        if not child:
            _in_child(Path(path))
        _, status = os.waitpid(child, 0)
        print("ended", os.waitstatus_to_exitcode(status), flush=True)


def _in_child(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.alarm(SECONDS)
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    ended = 1
    try:
        _read(path)
        ended = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(ended)


def _read(path: Path) -> None:
    for kind in ("stays", "list"):
        try:
            table = read_table(path)
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
