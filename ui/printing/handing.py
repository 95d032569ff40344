"""Hands a PDF over to a queue of CUPS, as it is, by `lp`: text stays text, whatever the printer is.

`lp` is there wherever CUPS prints. Nothing is written to disk here, and the title of a job names nobody. No Qt here:
the command line prints by it too.
"""

import os
import re
import subprocess
from io import BytesIO

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


def pages_of(data: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


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


def _english() -> dict[str, str]:
    """The environment in which the commands say what is read here."""
    return {**os.environ, "LC_ALL": "C"}


def _no_answer() -> Unavailable:
    return Unavailable("The printer does not answer. Look whether it is on and has paper, then print again.")
