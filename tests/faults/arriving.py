"""A window that registers a half-entered arrival, or goes on with one from Today, and is killed on the way.

Run as `python -m tests.faults.arriving REGISTER`: for each line of what comes in, a moment, it opens the window in a
child and prints how that has ended. A moment is "after 2": once the second transaction is committed; or "within 1": in
the first transaction that enters what has waited, before it is committed; or "never".
"""

import os
import signal
import sys
import time
import traceback
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
from ui.residents.arrival_page import ArrivalPage
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
    """Let each window live in a child, so that what all of them need is loaded once."""
    folder = Path(sys.argv[1])
    while moment := sys.stdin.readline().split():
        child = os.fork()
        if not child:
            _in_child(folder, *moment)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _in_child(folder: Path, *moment: str) -> None:
    ended = 1
    try:
        _go_on(folder, *moment)
        ended = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(ended)


def _go_on(folder: Path, how: str, *at: str) -> None:
    """Take up what stands half entered on Today, and register it if it is not yet."""
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
    arrival = window.page("arrival")
    if isinstance(arrival, ArrivalPage) and arrival.form is not None:
        arrival.form.send()
        settle()
    work.stop()
    app.quit()


if __name__ == "__main__":
    main()
