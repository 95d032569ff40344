"""A person whose access is taken away while their window is open: it locks itself, and says why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from models.actions import people, programmes
from models.ids import UserId
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import PASSPHRASE, QUICK
from tests.desktop.test_app import folder, program, settle
from ui import work
from ui.passphrases import change_own_passphrase
from ui.prompts import Ask
from ui.start.unlock import Unlock

__all__ = ["folder", "program"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HERS, OTHER = "a first passphrase", "another one that is hers"
SAID = "may not open the register any more"


def reads(window: QWidget) -> None:
    work.run_query(window, lambda snapshot: snapshot.now, lambda _now: pytest.fail("it was read"))


def acts(window: QWidget) -> None:
    work.run_action(
        window,
        programmes.add_preset,
        on_done=lambda _done: pytest.fail("it was done"),
        on_refused=lambda _refused: pytest.fail("the page was told"),
        code="UK-RETURN",
    )


def sends(window: QWidget) -> None:
    dialog = change_own_passphrase(window)
    for name, value in (("old", HERS), ("new", OTHER), ("again", OTHER)):
        dialog.form[name].put(value)
    dialog.send()


def removed(administrator: Register) -> None:
    administrator.perform(people.remove, user_id=UserId(2))


def given_another_passphrase(administrator: Register) -> None:
    administrator.perform(people.reset_passphrase, user_id=UserId(2), passphrase=OTHER)


@pytest.mark.parametrize("does", [reads, acts, sends])
@pytest.mark.parametrize("happens", [removed, given_another_passphrase])
def test_the_window_locks_itself_says_why_and_closes_the_register(
    program: Program,
    folder: Path,
    qtbot: QtBot,
    does: Callable[[QWidget], None],
    happens: Callable[[Register], None],
) -> None:
    with open_register(folder, passphrase=PASSPHRASE, stretch=QUICK) as administrator:
        administrator.perform(people.add, name="C. Clerk", role=Role.SUPERVISOR, passphrase=HERS)
        mine = open_register(folder, passphrase=HERS, person="C. Clerk", stretch=QUICK)
        program.open(mine)
        settle(qtbot)
        window = program.window
        assert window is not None
        happens(administrator)
        before = _entries(administrator)
        does(window)
        qtbot.waitUntil(lambda: program.before is not None and program.window is None)
        assert not window.isVisible()
        assert program.before is not None
        screen = program.before.shown
        assert isinstance(screen, Unlock)
        assert any(SAID in label.text() for label in screen.findChildren(QLabel))
        assert [each for each in window.findChildren(Ask) if each.isVisible()] == []
        assert program.workstation is not None
        program.workstation.wait_until_closed()
        assert mine.vault.opened.register_key == b""
        assert _entries(administrator) == before  # nothing in the name of somebody who may not enter anything


def _entries(register: Register) -> int:
    with register.read() as snapshot:
        return int(snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail").scalar_one())


def test_several_that_fail_at_once_lock_it_once_and_who_comes_back_is_told_nothing_more(
    program: Program, folder: Path, qtbot: QtBot
) -> None:
    with open_register(folder, passphrase=PASSPHRASE, stretch=QUICK) as administrator:
        administrator.perform(people.add, name="C. Clerk", role=Role.SUPERVISOR, passphrase=HERS)
        program.open(open_register(folder, passphrase=HERS, person="C. Clerk", stretch=QUICK))
        settle(qtbot)
        window = program.window
        assert window is not None
        given_another_passphrase(administrator)
        for _again in range(5):
            work.run_query(window, lambda snapshot: snapshot.now, lambda _now: None)
            acts(window)
        qtbot.waitUntil(lambda: program.before is not None and program.window is None)
        assert program.workstation is not None
        program.workstation.wait_until_closed()
        program.open(open_register(folder, passphrase=OTHER, person="C. Clerk", stretch=QUICK))
        settle(qtbot)
        assert program.window is window
        assert window.isVisible()
        assert program.before is None
