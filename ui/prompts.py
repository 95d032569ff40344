"""The one seam for questions and file dialogs: a person answers them, or a test does."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.language import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, for a test to look at."""

    kind: str
    title: str
    text: str = ""
    details: str = ""


answers: deque[object] | None = None
"""None: a person is asked. A queue: each question takes its answer from the left, and fails if there is none."""
asked: list[Question] = []
"""What was asked while `answers` was a queue."""


_told: set[tuple[str, str]] = set()
"""What stands before the user now: when a disk is pulled out, ten queries fail with the same words."""


OURS = QFileDialog.Option.DontUseNativeDialog
"""The desktop's own dialog speaks the language of the desktop, whatever the screen speaks."""


class LastFolder:
    """The folder that a file was chosen in last, in which the next dialog begins; empty: Qt's own."""

    path = ""


def _answer(question: Question) -> object:
    asked.append(question)
    if not answers:
        raise AssertionError(f"asked without an answer: {question.kind}: {question.title}: {question.text}")
    return answers.popleft()


class Ask(QDialog):
    """A question with its buttons; which one was pressed is its result, -1 if it was closed."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        buttons: list[tuple[str, str]],
        *,
        details: str = "",
    ) -> None:
        """Lay the question out.

        Args:
            parent: The window that it belongs to.
            title: The question itself, in bold.
            text: What will happen.
            buttons: Text and kind (`primary`, `danger` or empty) of each; the last one has the keyboard.
            details: A longer text that can be copied.
        """
        super().__init__(parent.window() if parent else None)
        self.setWindowTitle(title)
        self.setModal(True)
        self.chosen = -1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        for line, role in ((title, "cardTitle"), (text, "body")):
            if line:
                label = QLabel(line)
                label.setProperty("role", role)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setMinimumWidth(400)
                layout.addWidget(label)
        if details:
            layout.addWidget(self._details(details, title))
        layout.addLayout(self._row(buttons, details))

    def _details(self, details: str, title: str) -> QWidget:
        box = QPlainTextEdit(details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setAccessibleName(title)
        box.setMinimumSize(520, 160)
        return box

    def _row(self, buttons: list[tuple[str, str]], details: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if details:
            copy = QPushButton(_("Copy the report"))
            copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
            copy.setAutoDefault(False)
            row.addWidget(copy)
        row.addStretch(1)
        for place, (text, kind) in enumerate(buttons):
            button = QPushButton(text)
            button.setProperty("kind", kind)
            button.clicked.connect(lambda _checked=False, at=place: self._press(at))
            row.addWidget(button)
        button.setDefault(True)
        button.setFocus()
        return row

    def _press(self, place: int) -> None:
        self.chosen = place
        self.accept()


def _ask(dialog: Ask) -> int:
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen


def confirm(
    parent: QWidget | None, title: str, text: str = "", *, yes: str, no: str = "", danger: bool = False
) -> bool:
    """Ask whether to go on.

    Args:
        parent: The window that asks.
        title: The question.
        text: What will happen, and whether it can be undone.
        yes: What the button that goes on says: the command itself ("Cancel the plan"), never "Yes" or "OK".
        no: What the other one says.
        danger: Whether it cannot be undone.
    """
    if answers is not None:
        return bool(_answer(Question("confirm", title, text)))
    buttons = [(yes, "danger" if danger else "primary"), (no or _("Go back"), "")]
    return _ask(Ask(parent, title, text, buttons)) == 0


def choose(parent: QWidget | None, title: str, text: str, options: list[str]) -> int | None:
    """Ask which of several ways to take; the place of the option, or None if the dialog was closed."""
    if answers is not None:
        answer = _answer(Question("choose", title, text))
        return answer if isinstance(answer, int) else None
    place = _ask(Ask(parent, title, text, [(option, "") for option in options]))
    return None if place < 0 else place


def tell(parent: QWidget | None, title: str, text: str = "", *, details: str = "") -> None:
    """Say something that must be read before going on."""
    if answers is not None:
        asked.append(Question("tell", title, text, details))
        return
    if (title, text) in _told:
        return
    _told.add((title, text))
    try:
        _ask(Ask(parent, title, text, [(_("Close"), "")], details=details))
    finally:
        _told.discard((title, text))


def ask_save_path(parent: QWidget | None, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to save a file.

    Args:
        parent: The window that asks.
        title: What is saved.
        name: The name that is proposed; no names of persons.
        kinds: The filter of the dialog, such as `PDF (*.pdf)`.
    """
    if answers is not None:
        return _path(_answer(Question("save", title, name)))
    proposed = str(Path(LastFolder.path) / name) if LastFolder.path else name
    path, _kind = QFileDialog.getSaveFileName(_window(parent), title, proposed, kinds, options=OURS)
    return _chosen(path, is_folder=False)


def ask_open_path(parent: QWidget | None, title: str, kinds: str) -> Path | None:
    """Ask which file to open; `kinds` is the filter of the dialog."""
    if answers is not None:
        return _path(_answer(Question("open", title)))
    path, _kind = QFileDialog.getOpenFileName(_window(parent), title, LastFolder.path, kinds, options=OURS)
    return _chosen(path, is_folder=False)


def ask_folder(parent: QWidget | None, title: str) -> Path | None:
    """Ask for a folder."""
    if answers is not None:
        return _path(_answer(Question("folder", title)))
    path = QFileDialog.getExistingDirectory(
        _window(parent), title, LastFolder.path, QFileDialog.Option.ShowDirsOnly | OURS
    )
    return _chosen(path, is_folder=True)


def ask_text(parent: QWidget | None, title: str, label: str) -> str:
    """Ask for one line of text; empty where nothing was said."""
    if answers is not None:
        return str(_answer(Question("text", title, label)))
    return QInputDialog.getText(_window(parent), title, label)[0].strip()


def ask_print(parent: QWidget | None, title: str, printer: "QPrinter") -> bool:
    """Ask for a printer and its settings in the dialog of the system, which sets `printer` up; False: not to print."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, _window(parent))
    dialog.setWindowTitle(title)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted


def printer_answered(title: str) -> "tuple[QPrinter | None] | None":
    """The printer that a test answers with, which may be none, where a test answers; None: a person is to be asked."""
    from PySide6.QtPrintSupport import QPrinter

    if answers is None:
        return None
    answer = _answer(Question("print", title))
    return (answer if isinstance(answer, QPrinter) else None,)


def _chosen(path: str, *, is_folder: bool) -> Path | None:
    """What was chosen; the next dialog begins in its folder."""
    if not path:
        return None
    LastFolder.path = path if is_folder else str(Path(path).parent)
    return Path(path)


def _window(parent: QWidget | None) -> QWidget | None:
    return parent.window() if parent else None


def _path(answer: object) -> Path | None:
    return Path(answer) if isinstance(answer, str | Path) else None
