"""The lock: everything is hidden at once, the keys are gone, and what was typed waits for whoever typed it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from models.actions import people, setup
from models.errors import Refused
from models.rules.vocabulary import Role
from models.store.register import Register
from tests.conftest import PASSPHRASE, QUICK
from tests.desktop.test_app import folder, program, settle
from ui.kit.form import FormDialog
from ui.start.unlock import Unlock

__all__ = ["folder", "program"]

OTHER = "another passphrase"

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def shared(folder: Path) -> Path:
    """A register that two people open."""
    with Register.open(folder, passphrase=PASSPHRASE) as register:
        register.perform(people.add, name="D. Second", role=Role.ADMINISTRATOR, passphrase="first one")
    with Register.open(folder, passphrase="first one", person="D. Second", stretch=QUICK) as second:
        second.perform(people.change_passphrase, old="first one", new=OTHER)
    return folder


def enter(program: Program, qtbot: QtBot, person: str, passphrase: str) -> None:
    assert program.before is not None
    screen = program.before.shown
    assert isinstance(screen, Unlock)
    screen.person.put(person)
    screen.passphrase.put(passphrase)
    screen.send()
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    settle(qtbot)


def form_of(program: Program) -> FormDialog:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_what_was_typed_waits_for_whoever_typed_it_while_another_person_works(
    program: Program, qtbot: QtBot, shared: Path
) -> None:
    program.start(shared)
    enter(program, qtbot, "A. Berisha", PASSPHRASE)
    first = program.window
    assert first is not None
    page = first.open("administration")
    settle(qtbot)
    page.change.click()  # type: ignore[attr-defined]
    form = form_of(program)
    form.form["name"].put("Half a na")
    register = program._register  # noqa: SLF001
    assert register is not None

    program.lock()
    visible = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert visible == [program.before]
    assert register._vault.opened.register_key == b""  # noqa: SLF001
    assert register._vault.opened.seal is None  # noqa: SLF001

    enter(program, qtbot, "D. Second", OTHER)
    second = program.window
    assert second is not None
    assert second is not first
    assert not first.isVisible()
    assert not form.isVisible()
    assert "D. Second" in second.frame.who
    program.lock()

    enter(program, qtbot, "A. Berisha", PASSPHRASE)
    assert program.window is first
    assert first.isVisible()
    assert form_of(program) is form
    assert form.form["name"].raw() == "Half a na"
    assert first.here is not None
    assert first.here[0] == "administration"
    # And it can be sent, on the register that was opened anew.
    form.form["name"].put("North and South")
    form.send()
    settle(qtbot)
    with Register.open(shared, passphrase=OTHER, person="D. Second", for_reading=True) as read:
        assert read.house.name == "North and South"


def test_lock_and_unlocking_are_entries_with_the_wrong_passphrases_before(
    program: Program, qtbot: QtBot, shared: Path
) -> None:
    for _ in range(2):
        with pytest.raises(Refused):
            Register.open(shared, passphrase="wrong", person="D. Second")
    program.start(shared)
    enter(program, qtbot, "D. Second", OTHER)
    program.lock()
    with Register.open(shared, passphrase=PASSPHRASE, person="A. Berisha") as register, register.read() as reading:
        rows = reading.connection.exec_driver_sql(
            "SELECT user, action, content FROM trail ORDER BY number DESC LIMIT 3"
        ).all()
    assert [(row.user, row.action) for row in rows] == [
        ("A. Berisha", "people.unlocked"),
        ("D. Second", "people.locked"),
        ("D. Second", "people.unlocked"),
    ]
    assert '"wrong_before":{"count":2' in rows[2].content


def test_the_window_locks_itself_when_nobody_is_there(program: Program, qtbot: QtBot, shared: Path) -> None:
    program.start(shared)
    enter(program, qtbot, "A. Berisha", PASSPHRASE)
    program.idle._timer.setInterval(120)  # noqa: SLF001 - a minute is too long for a test
    program.idle._timer.start()  # noqa: SLF001
    qtbot.waitUntil(lambda: program.window is None, timeout=5_000)
    assert program.before is not None
    assert program.before.isVisible()


def test_a_facility_that_wants_no_idle_lock_has_none(program: Program, qtbot: QtBot, folder: Path) -> None:
    with Register.open(folder, passphrase=PASSPHRASE) as register:
        facts = register.house
        register.perform(
            setup.change_facility,
            name=facts.name,
            letterhead=facts.letterhead,
            language="en",
            time_zone=facts.zone.key,
            number_prefix="K-",
            lock_after=0,
        )
    program.open(Register.open(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    assert not program.idle._timer.isActive()  # noqa: SLF001


def test_a_passphrase_that_somebody_else_has_set_is_changed_before_anything_is_shown(
    program: Program, qtbot: QtBot, shared: Path
) -> None:
    with Register.open(shared, passphrase=PASSPHRASE, person="A. Berisha") as register:
        register.perform(people.add, name="C. Clerk", role=Role.CLERK, passphrase="first one")
    program.start(shared)
    assert program.before is not None
    screen = program.before.shown
    assert isinstance(screen, Unlock)
    screen.person.put("C. Clerk")
    screen.passphrase.put("first one")
    screen.send()
    qtbot.waitUntil(lambda: any(isinstance(each, FormDialog) for each in QApplication.topLevelWidgets()))
    settle(qtbot)
    assert program.window is None
    form = form_of(program)
    for name, value in (("old", "first one"), ("new", "a passphrase of mine"), ("again", "a passphrase of mine")):
        form.form[name].put(value)
    form.send()
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    settle(qtbot)
    with Register.open(shared, passphrase="a passphrase of mine", person="C. Clerk", for_reading=True) as again:
        assert not again.person.must_change


def test_a_second_window_reads_and_says_who_writes(program: Program, qtbot: QtBot, shared: Path) -> None:
    with Register.open(shared, passphrase=PASSPHRASE, person="A. Berisha"):
        program.open(Register.open(shared, passphrase=OTHER, person="D. Second"))
        settle(qtbot)
        assert program.window is not None
        assert any("A. Berisha" in warning for warning in program.window.frame.warnings)
