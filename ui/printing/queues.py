"""What the queues of CUPS say, asked by its own commands (`lpstat`, `cancel`) while the window goes on."""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment


@dataclass(frozen=True, slots=True)
class Queues:
    """The queues there are.

    Attributes:
        names: All of them; empty where CUPS does not run.
        usual: The one that is taken where none is chosen; empty: none is named.
    """

    names: tuple[str, ...] = ()
    usual: str = ""


def are_known() -> bool:
    """Whether this system prints by queues that take a PDF."""
    return sys.platform != "win32" and shutil.which("lp") is not None and shutil.which("lpstat") is not None


def ask_which(owner: QObject, told: Callable[[Queues], object]) -> None:
    """Ask which queues there are; a server may take its time, and the window goes on."""

    def names_known(names: str) -> None:
        _ask(owner, ("lpstat", "-d"), lambda usual: told(_read(names, usual)))

    _ask(owner, ("lpstat", "-e"), names_known)


def _read(names: str, usual: str) -> Queues:
    found, named = tuple(names.split()), usual.rpartition(":")[2].strip()
    return Queues(found, named if named in found else next(iter(found), ""))


def ask_waits(owner: QObject, job: str, told: Callable[[bool], object]) -> None:
    """Ask whether a job is still in its queue."""
    _ask(owner, ("lpstat", "-o"), lambda said: told(job in (line.partition(" ")[0] for line in said.splitlines())))


def cancel(owner: QObject, job: str, told: Callable[[], object]) -> None:
    """Take a job out of its queue; what was printed of it is printed."""
    _ask(owner, ("cancel", job), lambda _said: told())


def _ask(owner: QObject, command: Sequence[str], told: Callable[[str], object]) -> None:
    """Have a command say something, and give it on: nothing where it cannot be done or nobody answers."""
    process, around = QProcess(QCoreApplication.instance()), QProcessEnvironment.systemEnvironment()
    around.insert("LC_ALL", "C")
    process.setProcessEnvironment(around)

    def ended() -> None:
        said = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        process.deleteLater()
        if shiboken6.isValid(owner):
            told(said)

    process.finished.connect(ended)
    process.start(command[0], command[1:])
