"""Reads files as both imports do, each in a child with little memory and a minute; says what came of it.

Run as `python -m tests.faults.reading_file`: for each line of what comes in, the path of a file, it prints `rows N` or
`refused: …` for stays and for a list, the peak memory in MB, and how the child has ended.
"""

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from models.errors import KonakError
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.exchange.tables import Table

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
    """Both imports begin with the same table, so it is read once."""
    table, refused = None, ""
    try:
        table = read_table(path)
    except KonakError as error:
        refused = error.message.text
    for kind, counted in _IMPORTS.items():
        print(kind, f"refused: {refused}" if table is None else _said(counted, table))
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _said(counted: Callable[[Table], int], table: Table) -> str:
    try:
        return f"rows {counted(table)}"
    except KonakError as error:
        return f"refused: {error.message.text}"


_IMPORTS: Mapping[str, Callable[[Table], int]] = {
    "stays": lambda table: len(read_stays(table, zone=ZoneInfo("Europe/Belgrade")).lines),
    "list": lambda table: len(read_list(table).candidates),
}


if __name__ == "__main__":
    main()
