"""A register that is killed again and again, and what is asked of it each time."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import IO, Any

from models.clock import FixedClock
from models.errors import Refused
from models.ids import ProgrammeId
from models.queries import months
from models.rules.time import Month
from models.store import search_index
from models.store.keys import Keys
from models.store.opening import open_register
from models.store.register import Register
from models.store.snapshot import Snapshot
from tests.conftest import NOON, QUICK
from tests.faults.told import Told
from tests.faults.workload import Order

ROOT = Path(__file__).resolve().parents[2]
OPERATOR = "A. Berisha"
LONGEST = 30
"""Seconds after which a child that says nothing any more is a fault of its own."""


class Zygote:
    """Forks a child for each order; see `tests.faults.zygote`."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self.pipe: IO[bytes] = os.fdopen(read, "rb", buffering=0)
        command = [sys.executable, "-m", "tests.faults.zygote", str(write)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, pass_fds=[write], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        os.close(write)

    def fork(self, order: Order) -> int:
        """The number of the child that begins with an order."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asdict(order)) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def gone(self) -> None:
        """Wait until the child is no more."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "gone\n"

    def __enter__(self) -> "Zygote":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(LONGEST) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.pipe.close()


@dataclass(slots=True)
class Heard:
    """What a child said before it was killed."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def done(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if "did" in line]

    @property
    def pending(self) -> dict[str, Any] | None:
        """What was announced last and not acknowledged."""
        last = self.lines[-1] if self.lines else {}
        return last if "will" in last else None


def listen(pipe: IO[bytes], heard: Heard, stop: threading.Event) -> Iterator[None]:
    """Take in what comes, a step for each line; ends where the child is killed and all is read."""
    os.set_blocking(pipe.fileno(), False)
    rest = b""
    while True:
        piece = pipe.read(65536)
        if piece is None:
            if stop.is_set():
                return
            time.sleep(0.0005)
            continue
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            heard.lines.append(json.loads(line))
            yield


@dataclass(slots=True)
class Killing:
    """One register through all kills.

    Attributes:
        folder: Of the register.
        programme: Under which people are admitted.
        secret: What the words of the recovery sheet stand for.
        passphrases: What opens it, by person, as far as it was acknowledged.
        zygote: Forks the children.
        told: What the trail has told so far.
        kills: How often the child was alive when it was killed.
        acknowledged: How many actions were acknowledged.
        unacknowledged: How many more were finished, but killed before they could say so.
        actions: Of which kinds.
    """

    folder: Path
    programme: ProgrammeId
    secret: str
    passphrases: dict[str, str]
    zygote: Zygote
    told: Told = field(default_factory=Told)
    kills: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    actions: set[str] = field(default_factory=set)

    def round(self, seed: int) -> None:
        """Let a child act, kill it at a random moment, and look at what it leaves."""
        chance = Random(seed)
        order = Order(str(self.folder), OPERATOR, dict(self.passphrases), self.secret, seed, self.programme)
        heard = self._killed(order, chance)
        faults = [line["fault"] for line in heard.lines if "fault" in line]
        assert not faults, faults[0]
        self._look(seed, heard)

    def _killed(self, order: Order, chance: Random) -> Heard:
        """A quarter of the kills come while the register is being opened, the others near the n-th acknowledgement."""
        heard, stop = Heard(), threading.Event()
        after = 0 if chance.random() < 0.25 else chance.randrange(1, 30)
        moment = chance.uniform(0, 0.06 if after == 0 else 0.02)
        child = self.zygote.fork(order)
        began = time.monotonic()
        lines = listen(self.zygote.pipe, heard, stop)
        while len(heard.lines) < after and time.monotonic() - began < LONGEST:
            next(lines, None)
            if heard.lines and heard.lines[-1].keys() & {"end", "fault"}:
                break
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        self.zygote.gone()
        stop.set()
        for _ in lines:
            pass
        self.kills += not (heard.lines and "end" in heard.lines[-1])
        return heard

    def _look(self, seed: int, heard: Heard) -> None:
        clock = FixedClock(NOON + timedelta(minutes=seed, seconds=30))
        before = self.told.number
        opened = self._open(heard, clock)
        with opened as register, register.read() as snapshot:
            entries = self.told.read_on(snapshot.connection)
            own = entries.pop()
            assert own["action"] == "people.unlocked"
            self._learn(heard, finished=self._compare_entries(before, entries, heard))
            self.told.compare(snapshot.connection)
            self._prove(snapshot)
        self._prove_keys()

    def _open(self, heard: Heard, clock: FixedClock) -> Register:
        """By the acknowledged passphrase; or by the new one where its change was under way."""
        for line in heard.done:
            if line.get("person") == OPERATOR and line["did"]:
                self.passphrases[OPERATOR] = line["passphrase"]
        pending = heard.pending or {}
        passphrase = self.passphrases[OPERATOR]
        try:
            return open_register(self.folder, person=OPERATOR, passphrase=passphrase, clock=clock, stretch=QUICK)
        except Refused:
            assert pending.get("person") == OPERATOR
            self.passphrases[OPERATOR] = pending["passphrase"]
            passphrase = pending["passphrase"]
            return open_register(self.folder, person=OPERATOR, passphrase=passphrase, clock=clock, stretch=QUICK)

    def _compare_entries(self, before: int, entries: list[dict[str, Any]], heard: Heard) -> bool:
        """Each acknowledged action is there with the hash that it had, and at most one more, which was under way.

        Returns:
            Whether what was under way was finished.
        """
        by_number = {entry["number"]: entry for entry in entries}
        last = before
        for line in heard.done:
            if line["number"] > before:
                entry = by_number[line["number"]]
                assert entry["hash"] == line["hash"]
                assert line["did"] in ("", entry["action"])
                assert line["number"] - last <= 1
                last = line["number"]
        further = [entry for entry in entries if entry["number"] > last]
        assert len(further) <= 1
        if further:
            will = "people.unlocked" if not heard.done else (heard.pending or {}).get("will")
            assert further[0]["action"] == will
        self.acknowledged += len(heard.done)
        self.actions.update(line["did"] for line in heard.done)
        self.unacknowledged += len(further)
        return bool(further)

    def _learn(self, heard: Heard, *, finished: bool) -> None:
        """Who may open the register now, and with what."""
        pending = heard.pending
        done = [line for line in heard.done if line["did"].startswith("people.")]
        if pending is not None and finished:
            done.append(pending)
        for line in done:
            self.secret = line.get("secret", self.secret)
            if "person" in line and line["passphrase"] is None:
                del self.passphrases[line["person"]]
            elif "person" in line:
                self.passphrases[line["person"]] = line["passphrase"]

    def _prove(self, snapshot: Snapshot) -> None:
        """The database is whole, the figures balance, nobody is twice on the roll, and everybody is found."""
        connection = snapshot.connection
        for pragma in ("quick_check", "foreign_key_check"):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").all() in ([], [("ok",)])
        twice = "SELECT resident_id FROM stays WHERE departed_on IS NULL GROUP BY resident_id HAVING count(*) > 1"
        assert connection.exec_driver_sql(twice).all() == []
        over = replace(snapshot, now=NOON + timedelta(days=20))
        figures = months.figures(over, self.programme, Month.of(NOON.date()))
        assert figures.balances
        on_roll = connection.exec_driver_sql("SELECT count(*) FROM stays WHERE departed_on IS NULL").scalar_one()
        assert figures.on_roll_at_end == on_roll
        assert said_by_index(connection) == said_by_tables(connection)

    def _prove_keys(self) -> None:
        """Everybody who may open the register can, and nobody else has a slot."""
        keys = Keys.load(self.folder)
        assert sorted(slot.label for slot in keys.slots) == sorted(self.passphrases)
        opened = {keys.slot(name).open(keys.register_id, said).register_key for name, said in self.passphrases.items()}
        assert len(opened) == 1
        assert keys.recovery is not None
        try:
            recovered = keys.recovery.open(keys.register_id, bytes.fromhex(self.secret)).register_key
        except Refused:
            raise AssertionError("the recovery sheet that holds does not open the register") from None
        assert {recovered} == opened


def said_by_index(connection: Any) -> dict[int, search_index.Said]:
    """The words by which everybody is found."""
    return search_index.kept(_raw(connection))


def said_by_tables(connection: Any) -> dict[int, search_index.Said]:
    """The words by which everybody would be found if the index were written anew."""
    return search_index.words_of(_raw(connection))


def _raw(connection: Any) -> Any:
    return connection.connection.driver_connection
