"""Whatever a command tells or writes stands in the trail before its first letter: no kill comes between.

The commands are those that can be typed: one that is new is done here, or says here why nothing of it need be entered.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.grammar import parser
from models.actions import backups, people, transports
from models.actions.roll_calls import Marked
from models.exchange import handed_counts
from models.ids import RollCallId
from models.rules.time import Moment
from models.rules.vocabulary import CountedBy, Role, RollMarkState
from models.store import engine
from models.store.opening import open_register
from models.store.recovery import words
from tests import builders
from tests.actions.test_gate import keep_gate
from tests.actions.test_transports import expected, listed
from tests.conftest import PASSPHRASE, QUICK, SHEET
from tests.desktop.command import Witness, commands, konak
from tests.disclosure.test_all_that_leaves import COUNTS, READ_NONE, READERS
from tests.reports import certificates

OTHER = "a first passphrase"
SECOND = "S. Second"
_PAPER = ("--language", "en", "--out")
_OF = ("--programme", "US-2025")
_MONTH = (*_OF, "--month", "2026-08")
_LEAVE = ("--kind", "court", "--due", "2099-01-05", "--reason", "a hearing")

STEPS: tuple[tuple[str, str, str], ...] = (
    ("supervisor", "roll-call begin", "roll_calls.begin"),
    ("supervisor", "roll-call here K-0012", "roll_calls.mark"),
    ("supervisor", "roll-call take-in", "roll_calls.take_in"),
    ("supervisor", "roll-call not-here K-0013", "roll_calls.mark"),
    ("supervisor", "roll-call list", "papers.saved"),
    ("supervisor", "roll-call show", "papers.saved"),
    ("supervisor", "roll-call answer K-0013 --as reported --words police", "roll_calls.answer"),
    ("supervisor", "roll-call close", "roll_calls.close"),
    ("supervisor", "roll-call take-back 1 --reason exercise", "roll_calls.take_back"),
    ("supervisor", "gate plan K-0012 --from 2099-01-04 {leave}", "gate.plan_leave"),
    ("supervisor", "gate call-off 1 --reason moved", "gate.call_off"),
    ("supervisor", "gate out K-0012 {leave}", "gate.out"),
    ("supervisor", "gate list", "papers.saved"),
    ("supervisor", "gate in K-0012", "absences.return_"),
    ("supervisor", "import list list.csv {of}", "import_lists.bring_in"),
    ("supervisor", "decide list", "papers.saved"),
    ("supervisor", "decide list 1 --as refused --reason full --decided-by Gashi", "selection.decide_many"),
    ("supervisor", "import stays stays.csv {of}", "import_stays.bring_in"),
    ("supervisor", "import take-back 2 --reason wrong", "imports.take_back"),
    ("supervisor", "arrival K-0012", "papers.saved"),
    ("supervisor", "arrival K-0012 --enter needs kind=diet detail=vegetarian", "needs.enter"),
    ("supervisor", "transports 1", "papers.saved"),
    ("supervisor", "transports 1 --admit", "transports.admit"),
    ("A. Berisha", "find-same", "papers.saved"),
    ("A. Berisha", "addressing {of} --addressee Embassy", "programmes.change"),
    ("A. Berisha", "payments {of} --add person_night --amount 41.00 --from 2026-01-01", "programmes.set_rates"),
    ("supervisor", "figures {month}", "papers.saved"),
    ("supervisor", "export residents --format json", "papers.saved"),
    ("supervisor", "export stays --format xlsx --out out/stays.xlsx", "papers.saved"),
    ("supervisor", "print register_extract {paper} out/extract.pdf", "papers.saved"),
    ("supervisor", "report {month} --draft {paper} out/draft.pdf", "papers.saved"),
    ("supervisor", "month check {month}", "months.check"),
    ("supervisor", "month open-again {month} --reason mistake", "months.uncheck"),
    ("supervisor", "report {month} {paper} out/issued.pdf", "months.issue"),
    ("supervisor", "month sent {month} --way post --to Embassy", "months.send"),
    ("supervisor", "month correct-sent {month} 1 --receipt 7 --reason came", "months.correct_sending"),
    ("supervisor", "month take-back-sent {month} 1 --reason other", "months.take_back_sending"),
    ("A. Berisha", "certificate set {key} --certificate-passphrase-file said.txt", "signing.set_up"),
    ("supervisor", "month sign {month}", "signing.sign"),
    ("A. Berisha", "certificate time-stamps https://stamps.example/", "signing.set_service"),
    ("A. Berisha", "certificate remove --reason moved", "signing.remove"),
    ("supervisor", "erase ask K-0014 --reason over", "erasing.ask"),
    ("supervisor", "erase withdraw K-0014 --reason court", "erasing.withdraw"),
    ("supervisor", "erase ask K-0014 --reason over", "erasing.ask"),
    (SECOND, "erase confirm K-0014", "erasing.erase"),
    ("A. Berisha", "backup", "backups.begun"),
    ("A. Berisha", "backup --to out", "backups.taken"),
    ("A. Berisha", "put-back --reason rehearsed", "trail.put_back"),
)
"""Who types what, in this order, and the action whose entry is there before anything is told or written."""
EVERY = tuple(commands(parser()))
MAKE_ANOTHER = {"new", "demo", "restore", "window"}
"""What makes a register that nobody has yet, or opens the window, whose own tests show what leaves."""
TELL_COUNTS = {name for name, (_, shows) in READERS.items() if shows <= COUNTS}
"""What tells of no person, as `test_all_that_leaves.py` proves; what it changes is done above."""


def _typed(line: str, key: Path) -> list[str]:
    put = {"{leave}": _LEAVE, "{of}": _OF, "{month}": _MONTH, "{paper}": _PAPER, "{key}": (str(key),)}
    return [part for word in line.split() for part in put.get(word, (word,))]


def _command(line: str) -> str:
    return max((each for each in EVERY if f"{line} ".startswith(f"{each} ")), key=len)


def test_each_command_is_done_here_or_has_nothing_to_enter() -> None:
    done = {_command(line) for _, line, _ in STEPS}
    assert {*EVERY} - done == (MAKE_ANOTHER | READ_NONE | TELL_COUNTS) - done
    personal = {name for name, (_, shows) in READERS.items() if not shows <= COUNTS}
    assert personal <= {_command(line) for _, line, action in STEPS if action == "papers.saved"}


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with people of each role, residents, one of whom has left, a bus that has come, and files."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    for each in ("stick", "out"):
        (tmp_path / each).mkdir()
    (tmp_path / "said.txt").write_text("a good one\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text(
        "No,Surname,Given name,Date of birth\n1,Noori,Ali,1980-02-03\n", encoding="utf-8"
    )
    (tmp_path / "stays.csv").write_text("person_id,entry_date,exit_date\nP9,2026-07-01,2026-07-09\n", encoding="utf-8")
    with open_register(at, passphrase=PASSPHRASE, stretch=QUICK) as register:
        programme = builders.programme(register)
        for number, left in (("K-0012", None), ("K-0013", None), ("K-0014", date(2026, 8, 2))):
            builders.stay(register, builders.resident(register, number), programme, date(2026, 7, 1), left)
        bus = builders.programme(register, "BUS", places=None, window_start=date(2018, 1, 1))
        now = Moment.of(register.clock.now(), register.facility.zone)
        transport = expected(register, listed(register, bus, {}), expected=Moment(now.on))
        register.perform(transports.come, transport_id=transport, came=now)
        register.perform(backups.add_place, folder=str(tmp_path / "stick"))
        keep_gate(register)
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                register.perform(people.add, name=role.value, role=role, passphrase=OTHER, words=words(SHEET))
        more: dict[str, Any] = {"role": Role.SUPERVISOR, "passphrase": OTHER, "words": words(SHEET)}
        register.perform(people.add, name=SECOND, **more)
    return at


def _hand_over(folder: Path) -> None:
    """Somebody at another workstation has counted one."""
    with open_register(folder, passphrase=OTHER, person="clerk", for_reading=True) as register:
        with register.read() as snapshot:
            stay = snapshot.connection.exec_driver_sql("SELECT min(id) FROM stays").scalar_one()
        marks = (Marked(stay, RollMarkState.HERE, CountedBy.KEY),)
        handed_counts.hand_over(register, roll_call_id=RollCallId(1), part="", marks=marks)


def _put_back(folder: Path) -> None:
    """The folder is that of yesterday again."""
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("yesterday"), folder)


_FIRST = {"roll-call take-in": _hand_over, "put-back --reason rehearsed": _put_back}
"""What happens before a command, so that it has something to do."""


def _entered(folder: Path, key: bytes, after: int) -> list[str]:
    """The actions of the entries that are committed behind one; whoever else has the register open."""
    with closing(engine.connect(folder / engine.FILE_NAME, key)) as reader:
        found = reader.execute("SELECT action FROM trail WHERE number > ? ORDER BY number", (after,))
        return [action for (action,) in found.fetchall()]


class _Files:
    """Looks as soon as a file is written anywhere below some folders, whoever writes it."""

    def __init__(self) -> None:
        self.folders: tuple[Path, ...] = ()
        self.look: Any = None
        sys.addaudithook(self._heard)  # for good: it hears of nothing while no folder is watched

    @contextmanager
    def watching(self, look: Any, *folders: Path) -> Iterator[None]:
        self.folders, self.look = folders, look
        yield
        self.folders = ()

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and self.folders and isinstance(arguments[0], str):
            is_written = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if is_written and any(folder in Path(arguments[0]).parents for folder in self.folders):
                self.look()


FILES = _Files()


def test_no_command_tells_or_writes_anything_before_its_entry_is_committed(folder: Path, tmp_path: Path) -> None:
    with open_register(folder, passphrase=PASSPHRASE, person="A. Berisha") as register:
        secret = register.source.key
    shutil.copytree(folder, folder.with_name("yesterday"))
    key, late = certificates.key_file(tmp_path), dict[str, object]()
    for who, line, action in STEPS:
        if line in _FIRST:
            _FIRST[line](folder)
        before, seen = len(_entered(folder, secret, 0)), list[list[str]]()

        def look(before: int = before, seen: list[list[str]] = seen) -> None:
            if not seen:
                seen.append(_entered(folder, secret, before))

        to = ("--register", str(folder), "--person", who)
        passphrase = PASSPHRASE if who == "A. Berisha" else OTHER
        with FILES.watching(look, tmp_path / "out", tmp_path / "stick"):
            done = konak(*_typed(line, key), *to, cwd=tmp_path, passphrase=passphrase, out=Witness(look))
        if done.returncode or not seen or action not in seen[0]:
            late[line] = (done.returncode, done.stderr, seen)
    assert late == {}
