"""Sends a paper to a printer: asks how, enters it in the trail, hands it over, and watches the queue."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.actions import papers
from models.exchange import door
from models.exchange.door import Ready
from ui import prompts, work
from ui.kit.notices import toast
from ui.language import _, isolated, plural
from ui.preview.following import Following
from ui.preview.print_dialog import PrintDialog
from ui.printing import devices, drawing, handing
from ui.printing.settings import Printing, written
from ui.work import Progress

if TYPE_CHECKING:
    from models.store.register import Register

Said = Callable[[], object]
"""Says that it is done."""


def print_(owner: QWidget, ready: Ready, on_done: Said = lambda: None) -> None:
    """Ask how a paper is to be printed, and send it to the printer."""
    title = _("Print: {what}", what=ready.name)
    answered = prompts.printer_answered(title)
    if answered is None:
        pages = handing.pages_of(ready.content)
        PrintDialog(owner, title, pages, lambda printing: send(owner, ready, printing, on_done)).open()
    elif answered[0] is not None:
        send(owner, ready, devices.printing_on(answered[0]), on_done)


def send(owner: QWidget, ready: Ready, printing: Printing, on_done: Said = lambda: None) -> None:
    """Enter in the trail that a paper is printed, then hand it to the queue or draw it, in the worker."""
    chosen = {"copies": printing.copies, "pages": written(printing.pages)}

    def hand_over(register: "Register", _progress: Progress, _cancelled: object) -> str:
        way = lambda content: handing.send(printing, content, ready.name)  # noqa: E731 - the way out, by the door
        return door.let_out(register, ready, entry=papers.printed, way=way, **chosen)

    def draw(register: "Register", progress: Progress, _cancelled: object) -> int:
        way = lambda content: drawing.draw(printing, content, progress)  # noqa: E731 - the way out, by the door
        return door.let_out(register, ready, entry=papers.printed, way=way, **chosen)

    def handed_over(job: str) -> None:
        toast(owner, _("Handed to the printer {printer}: {what}", printer=isolated(printing.queue), what=ready.name))
        Following(owner, ready.name, printing.queue, job).begin()
        on_done()

    def drawn(pages: int) -> None:
        toast(
            owner,
            plural(
                "Sent to the printer: {what}, {n} page",
                "Sent to the printer: {what}, {n} pages",
                pages,
                what=ready.name,
            ),
        )
        on_done()

    if printing.device is not None:
        printing.device.setDocName(ready.name)  # whoever looks at the printer sees it, so no names of persons
        work.run_long(owner, draw, title=_("Printing"), on_done=drawn)
    else:
        work.run_long(owner, hand_over, title=_("Printing"), on_done=handed_over)
