"""Shows every page and form of the demonstration, one after the other: a line on its input asks for the next.

Arguments: the folder of the register, a file of settings, and the present as ISO time. For each it writes the name.
A form is shown twice: as it is, and after it was sent too soon, if something in it must be filled in. Of one page the
list has the keyboard, too.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Thread

import sqlalchemy  # noqa: F401 - before PySide6
from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from models.clock import FixedClock
from tests.screenshots import pictures
from ui.kit.form import FormDialog
from ui.kit.table_view import TableView


def shows(program: Program, folder: Path, now: datetime) -> Iterator[str]:
    """Each screen as it is shown, by its name."""
    for name, picture in pictures(program, folder, FixedClock(now)):
        shown = picture()
        shown.activateWindow()  # as the desktop does
        yield name
        if name.endswith("-residents"):
            view = next(each for each in shown.findChildren(TableView) if each.isVisible())
            view.setFocus()
            yield f"{name}, in its list"
        if isinstance(shown, FormDialog) and any(field.problem() for field in shown.form.fields.values()):
            shown.submit.click()
            QApplication.processEvents()
            errors = [
                f"{each.title}: {each.error.text()[2:]}" for each in shown.form.fields.values() if each.error.text()
            ]
            yield f"sent too soon: {'; '.join(errors)}"


class Wishes(QObject):
    """What is asked for, line by line."""

    came = Signal()

    def listen(self) -> None:
        """Tell of each line."""
        for _line in sys.stdin:
            self.came.emit()


if __name__ == "__main__":
    app = QApplication([])
    wishes, waiting = Wishes(), QEventLoop()
    wishes.came.connect(waiting.quit, Qt.ConnectionType.QueuedConnection)
    Thread(target=wishes.listen, daemon=True).start()
    program = Program(app, Path(sys.argv[2]))
    for shown in shows(program, Path(sys.argv[1]), datetime.fromisoformat(sys.argv[3])):
        print(shown, flush=True)
        waiting.exec()  # meanwhile what a reader asks is answered
    program.end()
