"""`konak verify`: walks the trail, holds the tables against it, and names the first entry that does not fit."""

import argparse
import sys

from desktop.commands.opening import open_register
from models.text import translator


def run(typed: argparse.Namespace) -> int:
    """Walk it.

    Raises:
        Refused: The register was not named, or the passphrase is wrong.
        Unavailable: It cannot be opened.
    """
    with open_register(typed, for_reading=True) as register:
        found = register.verified(_show if sys.stderr.isatty() else None)
    if found.problem is None:
        print(f"{found.entries} entries, all fit. The last one: {found.head}")
        return 0
    print(translator("en").render(found.problem))
    return 1


def _show(done: int, total: int) -> None:
    print(f"\r{done * 100 // max(1, total)} %", end="", file=sys.stderr, flush=True)
