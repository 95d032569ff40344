"""What stays of a person's work while the window is locked: the window, its dialogs, and what was typed in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from models.store.reading import Person
from ui.kit.asking import Ask
from ui.kit.busy import BusyDialog
from ui.shell import MainWindow
from ui.work import Worker


@dataclass(slots=True)
class Kept:
    """One person's hidden work. The keys are not in it: they come back with the passphrase.

    Attributes:
        folder: Of the register.
        person: Whose it is, in which role.
        window: The window, hidden.
        worker: What its pages ask; it rests, without a register.
        dialogs: What stood in front of the window, to be shown again.
    """

    folder: Path
    person: Person
    window: MainWindow
    worker: Worker
    dialogs: Sequence[QWidget]

    def is_of(self, person: Person) -> bool:
        """Whether the person may go on with it: in another role the window would offer what may not be done."""
        mine, theirs = self.person, person
        return (mine.id, mine.role, mine.stands_in) == (theirs.id, theirs.role, theirs.stands_in)

    def show(self) -> None:
        """Show all as it was."""
        self.window.resume()
        self.window.show()
        for dialog in self.dialogs:
            if shiboken6.isValid(dialog):
                dialog.show()


def hide_everything(window: MainWindow) -> list[QWidget]:
    """Hide the window and all that stands in front of it, at once, and give the dialogs to be shown again.

    A question that waits for an answer counts as not answered. A long job is asked to stop: nothing of it is kept.
    """
    others = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
    window.hide()
    dialogs: list[QWidget] = []
    for each in others:
        if isinstance(each, BusyDialog):
            each.busy.cancel()
            each.hide()
        elif isinstance(each, QDialog) and not isinstance(each, Ask) and each.parentWidget() is not None:
            dialogs.append(each)
            each.hide()
        elif each.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip) or isinstance(each, QDialog):
            each.close()
        else:
            each.hide()
    return dialogs
