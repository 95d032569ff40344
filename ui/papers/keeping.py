"""Printing and saving a paper: the same wherever a paper is shown, with an entry in the trail for each use."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from PySide6.QtWidgets import QWidget

from models.actions import papers
from models.store.files import write_private
from models.store.snapshot import Snapshot
from ui.kit import prompts
from ui.kit.notices import toast
from ui.kit.printing import draw
from ui.language import _
from ui.work import Progress, Register, run_action, run_long, run_query


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that can be printed and saved.

    Attributes:
        content: The PDF, or the table.
        name: Of the file and of the print job, without its ending: no names of persons.
        paper: Its name in `reports.catalogue`, for the trail.
        subject: What it is about, for the trail: `month:US-2025 2026-10`.
    """

    content: bytes
    name: str
    paper: str
    subject: str


def print_paper(owner: QWidget, kept: Kept) -> None:
    """Ask for a printer and print it, in the worker: a page takes a tenth of a second, and there may be hundreds."""
    printer = prompts.ask_print(owner, _("Print: {what}", what=kept.name))
    if printer is None:
        return
    printer.setDocName(kept.name)  # whoever looks at the printer sees it, so no names of persons

    def printing(_register: Register, progress: Progress, _cancelled: Callable[[], bool]) -> int:
        return draw(printer, kept.content, progress)

    def printed(pages: int) -> None:
        _enter(owner, papers.printed, kept)
        toast(owner, _("Sent to the printer: {what}, {n} pages", what=kept.name, n=pages))

    run_long(owner, printing, title=_("Printing"), on_done=printed)


def save_paper(owner: QWidget, kept: Kept, *, title: str, ending: str, kinds: str) -> None:
    """Ask where to save it, and write it there, readable by its owner only.

    Args:
        owner: The page that asks.
        kept: The paper.
        title: The title of the dialog.
        ending: Of the file name, such as `.pdf`.
        kinds: The filter of the dialog.
    """
    path = prompts.ask_save_path(owner, title, kept.name + ending, kinds)
    if path is None:
        return

    def write(_reading: Snapshot) -> None:
        write_private(path, kept.content)

    def written(_nothing: None) -> None:
        _enter(owner, papers.saved, kept)
        toast(owner, _("Saved: {name}", name=path.name))

    run_query(owner, write, written)


def _enter(owner: QWidget, action: Callable[..., None], kept: Kept) -> None:
    digest = sha256(kept.content).hexdigest()
    run_action(owner, action, paper=kept.paper, subject=kept.subject, digest=digest)
