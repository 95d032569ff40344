"""`konak verify` and `konak put-back`: the trail walked, and entered that it was put back to an earlier state."""

import argparse
import sys

from desktop.commands.opening import open_register
from models.actions import trail
from models.text import translator


def run(typed: argparse.Namespace) -> int:
    """Do what was typed.

    Raises:
        Refused: The register was not named, the passphrase is wrong, or a rule says no.
        Unavailable: It cannot be opened.
    """
    return _put_back(typed) if typed.command == "put-back" else _verify(typed)


def _put_back(typed: argparse.Namespace) -> int:
    with open_register(typed) as register:
        beside = () if typed.beside is None else (typed.beside.absolute(),)
        register.perform(trail.put_back, reason=typed.reason, beside=beside)
    print("It is entered that the register was put back.")
    return 0


def _verify(typed: argparse.Namespace) -> int:
    with open_register(typed, for_reading=True) as register:
        found = register.verified(_show if sys.stderr.isatty() else None)
    if found.problem is None:
        for each in found.erased:
            print(f"Entry {each.number} of {each.at:%Y-%m-%d}: {each.values} values of {each.subject} were erased.")
        print(f"{found.entries} entries, all fit. The last one: {found.head}")
        return 0
    print(translator("en").render(found.problem))
    return 1


def _show(done: int, total: int) -> None:
    print(f"\r{done * 100 // max(1, total)} %", end="", file=sys.stderr, flush=True)
