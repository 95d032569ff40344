"""The whole program as a test runs it: with settings of its own, and nobody who is asked unforeseen."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from ui import prompts
from ui.kit.theme import Theme
from ui.kit.tokens import USUAL_SIZE, set_text_size
from ui.language import set_language


@contextmanager
def running(app: QApplication, settings: Path) -> Iterator[Program]:
    """The program, which is ended afterwards; the next test finds the language and the look of every test."""
    prompts.answers = deque()
    prompts.asked.clear()
    made = Program(app, settings)
    try:
        yield made
    finally:
        end(made)
        _clear_away()
        prompts.answers = None
        prompts.LastFolder.path = ""
        set_language("en")
        set_text_size(USUAL_SIZE)
        Theme.apply(app, dark=False)


def end(program: Program) -> None:
    """Close what it shows, and end it."""
    for shown in (program.window, program.before):
        if shown is not None:
            shown.close()
            shown.deleteLater()
    program.end()


def _clear_away() -> None:
    """Delete all that is left: a form must not be in front of the next test, and a look is put on every widget."""
    for left in QApplication.topLevelWidgets():
        left.hide()
        left.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
