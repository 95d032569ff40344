"""A journey through the whole window in a process of its own, which is killed at its end: what does it leave behind?

Run as `python -m tests.faults.whole_window REGISTER CHOSEN`; says "ready" when all is done, and waits to be killed.
"""

import sys
import time
from collections import deque
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.app import Program, _watch_faults
from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.ids import ResidentId
from models.queries import residents
from models.store import backup
from models.store.opening import open_register
from tests.conftest import NOON
from tests.demonstration import walked_once
from ui import areas, prompts, work


def settle() -> None:
    """Wait until the worker has answered all that it was asked."""
    quiet = 0
    while quiet < 5:
        QCoreApplication.processEvents()
        quiet = 0 if work.is_busy() else quiet + 1
        time.sleep(0.01)


def main() -> None:
    """Look at everything, search, preview, save, fault, lock; then wait."""
    folder, chosen = Path(sys.argv[1]), Path(sys.argv[2])
    app = QApplication(sys.argv[:1])
    logs.begin(paths.log_file())
    _watch_faults()
    prompts.answers = deque()
    program = Program(app, paths.settings_file())
    register = open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=FixedClock(NOON))
    program.open(register)
    window = program.window
    if window is None:
        raise RuntimeError("no window")
    for area in areas.areas():
        window.open(area.key)
        settle()
    with register.read() as snapshot:
        row = residents.rows(snapshot, [ResidentId(1)])[0]
    for tab in ("overview", "identity", "stay", "absences", "room", "departure", "history"):
        window.open("residents", resident_id=1, tab=tab)
        settle()
    window.search.setText(row.name[:5])
    window.search.search()
    settle()
    # The extract previewed, and saved to a place that the clerk chooses.
    papers = window.open("papers", paper="register_extract")
    settle()
    papers.make()  # type: ignore[attr-defined]
    settle()
    prompts.answers.append(str(chosen / "extract.pdf"))
    papers.save()  # type: ignore[attr-defined]
    settle()

    # Printed, on a printer that writes a file to the same place.
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(chosen / "printed.pdf"))
    prompts.answers.append(printer)
    papers.print_()  # type: ignore[attr-defined]
    settle()
    # A list and the last day of the trail, saved there too; and a backup, on a stick that anybody may find.
    listed = window.open("residents")
    settle()
    prompts.answers.append(str(chosen / "residents.csv"))
    listed.list.table.save()  # type: ignore[attr-defined]
    settle()
    trail = window.open("trail")
    settle()
    trail.form.put({"from_on": NOON.date()})  # type: ignore[attr-defined]
    trail.look.click()  # type: ignore[attr-defined]
    settle()
    prompts.answers.append(str(chosen / "trail.pdf"))
    trail.paper.click()  # type: ignore[attr-defined]
    settle()
    stick = chosen.parent / "stick"
    stick.mkdir()
    backup.make(register.source, stick, NOON)

    def fail() -> None:
        raise ValueError(f"{row.name} {row.number} was in the way")

    QTimer.singleShot(0, fail)
    settle()
    program.lock()
    for _ in range(20):
        QCoreApplication.processEvents()
        time.sleep(0.01)
    again = open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=FixedClock(NOON))
    program.open(again)
    settle()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        QCoreApplication.processEvents()
        time.sleep(0.05)


if __name__ == "__main__":
    with walked_once():
        main()
