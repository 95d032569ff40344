"""The window's side of the one door: asks where to, lets it out in the worker, and says what has left."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.actions import papers
from models.exchange import door
from models.exchange.door import Ready
from models.exchange.file_kinds import FileKind
from models.rules.papers import Chosen, Outgoing, Paper
from models.store.register import Register
from ui import prompts, work
from ui.kit.notices import toast
from ui.language import _, tr
from ui.work import Progress

T = TypeVar("T")
Said = Callable[[], object]
"""Says that it is done."""
Make = Callable[[Register, Progress], Ready]
"""Makes what leaves, in the worker; is given the register, and a progress whose call ends the work on a cancel."""
Job = Callable[[Register, Progress, Callable[[], bool]], T]
"""What `work.run_long` does."""


def printable(papers_: Sequence[Paper[Any]]) -> list[Paper[Any]]:
    """Those papers that the person at the window may print, and can choose all for that they need."""
    return [paper for paper in papers_ if paper.is_offered and work.may_let_out(paper)]


def draw(
    owner: QWidget,
    paper: Paper[Any],
    on_done: Callable[[Ready], None],
    *,
    chosen: Chosen,
    language: str = "",
) -> None:
    """Make a paper in the worker, with a way to cancel.

    Args:
        owner: The page that asks.
        paper: Its declaration.
        on_done: Is given the paper, ready to be looked at and let out.
        chosen: What was chosen, by `Choice`.
        language: Of the paper; the screen's if it is not given.
    """
    language = language or tr().language

    def job(register: Register, progress: Progress, _cancelled: object) -> Ready:
        return door.drawn(register, paper, language=language, chosen=chosen, progress=progress)

    _run(owner, paper, job, on_done, title=_("Making the paper"))


class Previews:
    """In what a paper of a list is shown before it is printed: the window says it, by `ui.preview`."""

    show: ClassVar[Callable[[QWidget, Ready], None]] = staticmethod(lambda _owner, _ready: None)


def preview(owner: QWidget, what: Outgoing, make: Callable[[Register], Ready]) -> None:
    """Have the worker make a paper of a list, and show it before it is printed."""
    show = partial(Previews.show, owner)
    _run(owner, what, lambda register, _progress, _cancelled: make(register), show, title=_("Making the paper"))


def save(owner: QWidget, ready: Ready, *, title: str = "") -> None:
    """Ask where to save what is ready, as `make_and_save` does."""
    make_and_save(owner, ready.what, ready.name, lambda _register, _progress: ready, title=title)


def make_and_save(
    owner: QWidget,
    what: Outgoing,
    name: str,
    make: Make,
    *,
    title: str = "",
    on_done: Said | None = None,
) -> None:
    """Ask where to save it, make it and write it there in the worker, readable by its owner only.

    Args:
        owner: The page that asks.
        what: What is saved.
        name: Of the file, without its ending: no names of persons.
        make: Makes it, in the worker.
        title: The title of the dialog.
        on_done: Says that it is done; without it the name of the file is said.
    """
    is_paper = isinstance(what, Paper)
    title = title or (_("Save the paper") if is_paper else _("Save the list"))
    kinds = _("PDF (*.pdf)") if is_paper else _("List (*.csv)")
    _ask_and_save(owner, what, name, lambda register, progress, _path: make(register, progress), title, kinds, on_done)


def make_and_save_rows(
    owner: QWidget, what: Outgoing, name: str, make: Callable[[Register, FileKind], Ready], on_done: Said
) -> None:
    """Save the rows of a list, as `make_and_save` does, as the kind of file that the ending of its name says."""

    def as_named(register: Register, _progress: Progress, path: Path) -> Ready:
        ending = path.suffix.lower().removeprefix(".")
        return make(register, FileKind(ending) if ending in set(FileKind) else FileKind.CSV)

    kinds = (_("List (*.csv)"), "XLSX (*.xlsx)", "OpenDocument (*.ods)", "JSON (*.json)")
    _ask_and_save(owner, what, name, as_named, _("Save the list"), ";;".join(kinds), on_done)


def _ask_and_save(
    owner: QWidget,
    what: Outgoing,
    name: str,
    make: Callable[[Register, Progress, Path], Ready],
    title: str,
    kinds: str,
    on_done: Said | None,
) -> None:
    path = prompts.ask_save_path(owner, title, name + what.ending, kinds)
    if path is None:
        return

    def job(register: Register, progress: Progress, _cancelled: object) -> None:
        door.save(register, make(register, progress, path), path)

    def done(_nothing: None) -> None:
        if on_done is None:
            toast(owner, _("Saved: {name}", name=path.name))
        else:
            on_done()

    _run(owner, what, job, done, title=_("Saving"))


def copy(owner: QWidget, make: Callable[[Register], Ready]) -> None:
    """Have the worker make a text, and put it on the clipboard once it is entered that it leaves."""

    def job(register: Register) -> str:
        return door.let_out(register, make(register), entry=papers.copied, way=bytes.decode)

    work.run_job(owner, job, QGuiApplication.clipboard().setText)


def _run(owner: QWidget, what: Outgoing, job: Job[T], on_done: Callable[[T], None], *, title: str) -> None:
    """Do it in the worker: with progress and a way to cancel where it may take long."""
    if what.is_long:
        work.run_long(owner, job, title=title, on_done=on_done)
    else:
        work.run_job(owner, lambda register: job(register, lambda *_progress: None, lambda: False), on_done)
