"""What the program says of itself: what it is, what is new, its log, and a report for whoever looks after it."""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import PySide6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from models.errors import Unavailable
from models.store.files import read_regular, write_private
from ui import prompts, work
from ui.kit.labels import Button, Text
from ui.kit.layout import column, row
from ui.kit.notices import toast
from ui.language import _, tr

_LAST_LINES = 200
_LARGEST = 512 * 1024
_SHOWN_OF = ("SQLAlchemy", "sqlcipher3", "reportlab", "cryptography")
_BESIDE = Path(__file__).parent
"""Where a wheel has what stands at the root of the sources."""


@dataclass(frozen=True, slots=True)
class Program:
    """What the program around the window knows of itself.

    Attributes:
        log_file: Where faults are written to.
        settings: What is set, by name: nothing that holds a path or a name.
    """

    log_file: Path | None = None
    settings: Callable[[], Mapping[str, object]] = dict


class _Known:
    program = Program()


def tell(program: Program) -> None:
    """Say what the program around the window is: at the start, and in a test."""
    _Known.program = program


def about(owner: QWidget) -> QDialog:
    """Show which Konak this is, under which licence, and what it stands on."""
    licence = _("Free software under the GNU General Public License, version 3 or later, without any warranty.")
    fonts = _("The fonts are Noto under the Open Font License, and Droid Sans Fallback under the Apache License 2.0.")
    return _show(owner, _("Konak {version}", version=_version("konak")), "\n".join((licence, fonts)), _versions())


def what_is_new(owner: QWidget) -> QDialog:
    """Show what a user notices of each version; it is written in English."""
    return _show(owner, _("What is new"), "", _shipped("CHANGELOG.md"))


def show_log(owner: QWidget) -> QDialog:
    """Show the last lines of the log."""
    text = _("What went wrong and where in the program. It holds no names and no numbers of residents.")
    return _show(owner, _("The log"), text, _log() or _("Nothing went wrong."))


def save_report(owner: QWidget) -> None:
    """Ask where to, and save a report for whoever looks after Konak; nothing of anybody stands in it."""
    path = prompts.ask_save_path(owner, _("Save a problem report"), "konak-report.txt", _("Text (*.txt)"))
    if path is None:
        return
    try:
        write_private(path, report().encode())
    except Unavailable as error:
        work.show_unavailable(owner, error)
        return
    toast(owner, _("Saved: {name}", name=path.name))


def report() -> str:
    """Versions, system, screens, settings and the last lines of the log, in English."""
    screens = [
        f"{each.size().width()}x{each.size().height()} at {each.devicePixelRatio():g}"
        for each in QGuiApplication.screens()
    ]
    settings = [f"{name}: {value}" for name, value in sorted(_Known.program.settings().items())]
    parts = {
        "Program": _versions(),
        "Screen": "\n".join([QGuiApplication.platformName(), *screens, f"language: {tr().language}"]),
        "Settings": "\n".join(settings),
        "Log": _log(),
    }
    return "\n\n".join(f"{title}\n{text or 'nothing'}" for title, text in parts.items()) + "\n"


def _versions() -> str:
    from models.store.migration import HEAD  # with the database, which the unlock screen does not wait for

    lines = [
        f"Konak {_version('konak')}, register {HEAD}",
        f"Python {platform.python_version()}, Qt {PySide6.__version__}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
        ", ".join(f"{name} {_version(name)}" for name in _SHOWN_OF),
    ]
    return "\n".join(lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _log() -> str:
    """The last lines of the log, without the folder of whoever sits here."""
    file = _Known.program.log_file
    if file is None:
        return ""
    try:
        raw = read_regular(file, _LARGEST).decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(raw.splitlines()[-_LAST_LINES:]).replace(str(Path.home()), "~")


def _shipped(name: str) -> str:
    """A text that comes with the program."""
    for folder in (_BESIDE, _BESIDE.parent):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return ""


def _show(owner: QWidget, title: str, text: str, details: str) -> QDialog:
    dialog = QDialog(owner.window())
    dialog.setWindowTitle(title)
    box = QPlainTextEdit(details)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(title)
    copy = Button(_("Copy"), lambda: QGuiApplication.clipboard().setText(details))
    close = Button(_("Close"), dialog.accept, kind="primary")
    close.setDefault(True)
    said = [Text(text, "body", wrap=True)] if text else []
    dialog.setLayout(column(Text(title, "title"), *said, (box, 1), row(copy, None, close, gap=8), gap=12, margins=20))
    dialog.resize(680, 460)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
