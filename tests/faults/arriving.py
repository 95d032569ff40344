"""A window that registers a half-entered arrival, or goes on with one from Today, and is killed on the way.

Run as `python -m tests.faults.arriving REGISTER MOMENT`. MOMENT is "after 2": once the second transaction is committed;
or "within 1": in the first transaction that enters what has waited, before it is committed; or "never".
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from models.actions import entering
from models.clock import FixedClock
from models.repositories import admissions
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.faults.killing import OPERATOR
from ui import session, work
from ui.areas import areas
from ui.kit.search import Found
from ui.shell import Frame, MainWindow
from ui.today.page import TodayPage


def settle() -> None:
    """Wait until the worker has answered all that it was asked."""
    quiet = 0
    while quiet < 60:
        QCoreApplication.processEvents()
        quiet = 0 if work.is_busy() else quiet + 1
        time.sleep(0.01)


def killed_at(function: Callable[..., Any], at: int) -> Callable[..., Any]:
    """A function after which the process is killed when it has done its work so often."""
    done = 0

    def then_killed(*args: Any, **values: Any) -> Any:
        nonlocal done
        value = function(*args, **values)
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return value

    return then_killed


def _nobody(_reading: object, *, text: str) -> list[Found]:
    return []


def main() -> None:
    """Take up what stands half entered on Today, and register it if it is not yet."""
    folder, (how, *at) = Path(sys.argv[1]), sys.argv[2].split()
    app = QApplication(sys.argv[:1])
    session.begin_session(FixedClock(NOON), ZoneInfo("Europe/Belgrade"))
    register = open_register(folder, passphrase=PASSPHRASE, person=OPERATOR, clock=FixedClock(NOON), stretch=QUICK)
    work.start(register)
    window = MainWindow(Frame("North", OPERATOR, areas(), _nobody, lambda _found: None))
    window.resize(1366, 768)
    window.show()
    page = window.open("today")
    settle()
    if how == "after":
        Register.perform = killed_at(Register.perform, int(at[0]))  # type: ignore[method-assign]
    elif how == "within":
        setattr(entering, "take_out", killed_at(admissions.take_out, int(at[0])))  # noqa: B010 - it is imported there
    if not isinstance(page, TodayPage):
        raise TypeError(page)
    page.settle(next(place for place, row in enumerate(page.said()) if row[1] == "Half entered"))
    settle()
    form = getattr(window.page("arrival"), "form", None)
    if form is not None:
        form.send()
        settle()
    work.stop()
    app.quit()


if __name__ == "__main__":
    main()
