"""`konak demo`: makes the demonstration register, and says where its papers are and how to open it."""

import argparse
import sys

from desktop.demo.build import PASSPHRASE, build
from desktop.demo.staff import ROLES
from models.rules.wording import word
from models.text import translator


def run(typed: argparse.Namespace) -> int:
    """Make it.

    Raises:
        Refused: The folder is not empty.
        Unavailable: The disk says no.
    """
    papers = build(typed.folder, progress=_show if sys.stderr.isatty() else None)
    for paper in papers:
        print(paper)
    english = translator("en")
    print("Who works in it, all with the same passphrase:")
    for name, role in ROLES.items():
        print(f"  {name}, {english.render(word(role))}")
    print(f"The demonstration register is in {typed.folder}. Its passphrase: {PASSPHRASE}")
    return 0


def _show(done: int, total: int) -> None:
    print(f"\r{done * 100 // max(1, total)} %", end="\n" if done >= total else "", file=sys.stderr, flush=True)
