"""The queues of CUPS, which take the PDF itself with what was chosen for it: text stays text, whatever the printer is.

They are spoken to by its own commands (`lp`, `lpstat`, `cancel`), which are there wherever CUPS prints. Nothing is
written to disk here, and the title of a job names nobody.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from models.errors import Unavailable
from ui.printing.settings import FIT, Printing, Sides, written

_PATIENCE = 60
"""Seconds until a queue that says nothing is taken for one that does not answer."""
_SIDES = {
    Sides.ONE: "one-sided",
    Sides.LONG_EDGE: "two-sided-long-edge",
    Sides.SHORT_EDGE: "two-sided-short-edge",
}
_PAPERS = {(420, 595): "A5", (595, 842): "A4", (842, 1191): "A3"}
"""Points of the papers that are asked for by their names, upright; of any other the printer takes what it has."""


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


def send(printing: Printing, data: bytes, title: str) -> str:
    """Hand a PDF over to a queue.

    Args:
        printing: What was chosen.
        data: The PDF.
        title: Of the job; whoever looks at the printer sees it, so no names of persons.

    Returns:
        By which name the queue knows the job.

    Raises:
        Unavailable: The queue does not take it.
    """
    command = ["lp", "-d", printing.queue, "-t", title, "-n", str(printing.copies)]
    options = {
        "collate": "true" if printing.by_set else "false",
        "print-scaling": "auto-fit" if printing.scale == FIT else "none",
    }
    if printing.sides in _SIDES:
        options["sides"] = _SIDES[printing.sides]
    content, paper = _scaled(data, printing.scale)
    if paper:
        options["media"] = paper
    if printing.pages:
        command += ["-P", written(printing.pages)]
    for name, value in options.items():
        command += ["-o", f"{name}={value}"]
    try:
        done = subprocess.run([*command, "-"], input=content, capture_output=True, env=_english(), timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _no_answer() from error
    job = re.search(rb"request id is (\S+)", done.stdout)
    if done.returncode or job is None:
        raise _no_answer()
    return job[1].decode()


def ask_waits(owner: QObject, job: str, told: Callable[[bool], object]) -> None:
    """Ask whether a job is still in its queue."""
    _ask(owner, ("lpstat", "-o"), lambda said: told(job in (line.partition(" ")[0] for line in said.splitlines())))


def cancel(owner: QObject, job: str, told: Callable[[], object]) -> None:
    """Take a job out of its queue; what was printed of it is printed."""
    _ask(owner, ("cancel", job), lambda _said: told())


def _scaled(data: bytes, scale: int) -> tuple[bytes, str]:
    """The PDF with its pages as large as was chosen, still lines and letters; and the name of its paper, if any."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
        sizes = {(round(box[2] - box[0]), round(box[3] - box[1])) for box in boxes}
        (one, other), *more = sizes or {(0, 0)}
        paper = "" if more else _PAPERS.get((min(one, other), max(one, other)), "")
        if scale in (FIT, 100):
            return data, paper
        for page, (left, low, right, high) in zip(pdf.pages, boxes, strict=True):
            by = scale / 100
            matrix = pikepdf.Matrix().translated((left + right) / 2, (low + high) / 2).scaled(by, by)
            matrix = matrix.translated(-(left + right) / 2, -(low + high) / 2)
            page.contents_add(b"q " + matrix.encode() + b" cm\n", prepend=True)
            page.contents_add(b"\nQ")
        out = BytesIO()
        pdf.save(out)
        return out.getvalue(), paper


def _ask(owner: QObject, command: Sequence[str], told: Callable[[str], object]) -> None:
    """Have a command say something, and give it on: nothing where it cannot be done or nobody answers."""
    process, around = QProcess(owner), QProcessEnvironment.systemEnvironment()
    around.insert("LC_ALL", "C")
    process.setProcessEnvironment(around)

    def ended() -> None:
        said = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        process.deleteLater()
        told(said)

    process.finished.connect(ended)
    process.start(command[0], command[1:])


def _english() -> dict[str, str]:
    """The environment in which the commands say what is read here."""
    return {**os.environ, "LC_ALL": "C"}


def _no_answer() -> Unavailable:
    return Unavailable("The printer does not answer. Look whether it is on and has paper, then print again.")
