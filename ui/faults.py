"""Says that Konak itself is at fault, with a report that gives nobody away."""

import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtWidgets import QApplication, QWidget

from ui import prompts
from ui.language import _


def report(error: BaseException) -> str:
    """Where it happened: kinds of errors, files and lines, versions. No message, no value, no path of a home."""
    lines = [f"Python {platform.python_version()}, Qt {PySide6.__version__}, {platform.system()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(seen)]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _short(file: str) -> str:
    return "/".join(Path(file).parts[-3:])


def show_report(parent: QWidget | None, text: str) -> None:
    """Tell the user that this is not their doing, and what to send to whoever looks after Konak.

    Args:
        parent: The window in front of which to say it.
        text: What `report` wrote.
    """
    prompts.tell(
        parent,
        _("This is a fault in Konak; nothing was saved"),
        _(
            "What you typed is still in the window where it was. If it happens again, send the report below to "
            "whoever looks after Konak for you. It holds no names and no numbers of residents."
        ),
        details=text,
    )


def catch_faults() -> None:
    """Show the dialog also for a fault in the window's own code, where Python would only write to the terminal."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt) or QApplication.instance() is None:
            sys.__excepthook__(kind, error, trace)
            return
        show_report(QApplication.activeWindow(), report(error))

    sys.excepthook = hook
