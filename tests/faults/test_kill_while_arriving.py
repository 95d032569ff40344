"""kill -9 between the registering of an arrival and the entering of what has waited: nothing lost, nothing doubled."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from models.actions import arrival_drafts
from models.clock import FixedClock
from models.queries import today
from models.queries.needing import Need
from models.store.opening import create_register, open_register
from models.store.register import Register
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.faults.killing import OPERATOR, ROOT

WAITING = [
    {"table": "needs", "typed": {"kind": "diet", "detail": "no pork"}, "said": [["What is needed", "Diet"]]},
    {"table": "legal_grounds", "typed": {"ground": "Article 5", "authority": "Ministry"}, "said": [["Ground", "5"]]},
    {"table": "contacts", "typed": {"kind": "relative", "name": "Mina"}, "said": [["Name", "Mina"]]},
]
TABLES = ("stays", "needs", "legal_grounds", "contacts", "waiting_entries", "arrival_drafts")


def opened(folder: Path) -> Register:
    return open_register(folder, person=OPERATOR, passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK)


def counted(folder: Path) -> tuple[dict[str, int], list[str]]:
    """How many rows there are of each kind, and what of the arrival stands on Today."""
    with opened(folder) as register, register.read() as snapshot:
        rows = {each: snapshot.connection.execute(text(f"SELECT count(*) FROM {each}")).scalar_one() for each in TABLES}
        items = [each for each in today.today(snapshot).items if each.need in (Need.WAITING, Need.DRAFT)]
        return rows, [str(each.text.values.get("n", "draft")) for each in items]


class Windows:
    """Opens one window after the other; see `tests.faults.arriving`."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.arriving", str(folder)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder.parent)}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, moment: str) -> int:
        """Let a window go on from Today until it is killed or done; how its process has ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{moment}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "register"
    with create_register(
        folder,
        facility="North",
        administrator=OPERATOR,
        passphrase=PASSPHRASE,
        clock=FixedClock(NOON),
        stretch=QUICK,
        secret=bytes(range(16)),
    ) as register:
        builders.programme(register)
        typed = {"who": "new", "family_name": "Okafor", "emergency_reason": "came by night"}
        content = {"name": "Okafor", "typed": typed, "photo": "", "waiting": WAITING}
        register.perform(arrival_drafts.keep, content=json.dumps(content))
    return folder


@pytest.fixture
def windows(folder: Path) -> Iterator[Windows]:
    made = Windows(folder)
    with made.process:
        yield made


@pytest.mark.long
def test_what_waits_of_an_arrival_outlives_every_kill_and_is_entered_once(folder: Path, windows: Windows) -> None:
    moments = {
        # killed when        -> entered, waiting, drafts
        "after 1": (0, 3, 0),  # the person is registered
        "within 1": (0, 3, 0),
        "after 1 more": (1, 2, 0),
        "within 2": (2, 1, 0),  # the second of this run
        "never": (3, 0, 0),
    }
    assert counted(folder)[1] == ["draft"]
    for moment, (entered, waiting, drafts) in moments.items():
        status = windows.run(" ".join(moment.split()[:2]))
        assert status == (0 if moment == "never" else -signal.SIGKILL), moment
        rows, stands = counted(folder)
        assert rows["stays"] == 1, moment
        assert sum(rows[each] for each in ("needs", "legal_grounds", "contacts")) == entered, moment
        assert (rows["waiting_entries"], rows["arrival_drafts"]) == (waiting, drafts), moment
        assert stands == ([str(waiting)] if waiting else []), "Today leads to what is left"
    assert [rows[each] for each in ("needs", "legal_grounds", "contacts")] == [1, 1, 1]
