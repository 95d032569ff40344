"""One paper about each of several people: made and looked at together, saved as one file or as one each."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.exchange import door
from models.exchange.door import Ready
from models.ids import ResidentId
from models.rules.papers import Chosen, Paper
from ui import prompts, work
from ui.kit.notices import toast
from ui.language import _, plural
from ui.work import Progress

if TYPE_CHECKING:
    from models.store.register import Register


def draw_each(
    owner: QWidget,
    paper: Paper[Any],
    on_done: Callable[[Ready], None],
    *,
    whose: Sequence[ResidentId],
    chosen: Chosen,
    language: str,
) -> None:
    """Make a paper about each of several people in the worker, with a way to cancel.

    Args:
        owner: The page that asks.
        paper: Its declaration.
        on_done: Is given them all, ready to be looked at and let out.
        whose: About whom.
        chosen: What was chosen beside.
        language: Of the paper.
    """

    def job(register: "Register", progress: Progress, _cancelled: object) -> Ready:
        from reports.joined import join

        return door.drawn_each(
            register, paper, whose=whose, language=language, chosen=chosen, join=join, progress=progress
        )

    work.run_long(owner, job, title=_("Making the paper"), on_done=on_done)


def save_each(owner: QWidget, ready: Ready) -> None:
    """Ask for a folder, and save each of the papers there as a file of its own."""
    folder = prompts.ask_folder(owner, _("Save one file for each person"))
    if folder is None:
        return

    def job(register: "Register", progress: Progress, _cancelled: object) -> int:
        for at, one in enumerate(ready.each):
            progress(at, len(ready.each))
            door.save(register, one, folder / f"{one.name}{one.what.ending}")
        return len(ready.each)

    def done(files: int) -> None:
        toast(owner, plural("{n} file was saved.", "{n} files were saved.", files))

    work.run_long(owner, job, title=_("Saving"), on_done=done)
