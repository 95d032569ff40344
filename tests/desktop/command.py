"""Runs the command as scripts do, and says what came of it."""

import argparse
import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from unittest.mock import patch

from desktop.cli import main
from models.store.opening import open_register
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


SHEET = ("--recovery-sheet", "sheet.pdf")


class Witness(io.StringIO):
    """Takes what a command prints, and says so to a test before the first letter of it is there."""

    def __init__(self, look: Callable[[], object]) -> None:
        """Take what is called at each writing."""
        super().__init__()
        self._look = look

    def write(self, text: str, /) -> int:
        """Say so, and take it."""
        if text:
            self._look()
        return super().write(text)


def commands(grammar: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Each command as it is typed, steps included."""
    steps = [each for each in grammar._actions if isinstance(each, argparse._SubParsersAction)]  # noqa: SLF001
    if not steps:
        yield before
    for name, inner in chain.from_iterable(each.choices.items() for each in steps):
        yield from commands(inner, f"{before} {name}".strip())


def konak(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    passphrase: str | None = PASSPHRASE,
    out: io.StringIO | None = None,
) -> Done:
    """Run the command as a script would, in this process, and with a home of its own: `out` takes what it prints."""
    out, err = out or io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, _environment(cwd, env, passphrase), clear=True),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch("getpass.getpass", side_effect=EOFError),
        patch("desktop.cli.protect"),  # it would hold for all tests of this process
    ):
        code = main(arguments)
    assert "fault" not in err.getvalue()
    return Done(code, out.getvalue(), err.getvalue())


def process(
    *arguments: str | bytes, cwd: Path, passphrase: str | None = PASSPHRASE, env: Mapping[str, str] | None = None
) -> Done:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop.cli", *arguments],
        cwd=cwd,
        env=_environment(cwd, env, passphrase),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
        timeout=120,
    )
    assert b"Traceback" not in done.stderr
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _environment(home: Path, env: Mapping[str, str] | None, passphrase: str | None) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        **({"KONAK_PASSPHRASE": passphrase} if passphrase is not None else {}),
        **(env or {}),
    }


def refused(done: Done) -> str:
    """The one line of a refusal."""
    assert done.returncode == 1, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("konak: ")
    return lines[0]


def actions_of(folder: Path, person: str | None = None) -> list[str]:
    """What the trail of a register says was done, in order, but for the unlockings."""
    with open_register(folder, passphrase=PASSPHRASE, person=person) as register, register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number")
        return [action for (action,) in found if action != "people.unlocked"]
