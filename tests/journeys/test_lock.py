"""A workstation that several people share: locked within a form, used by another, and found again as it was."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.idle import Idle
from models.actions import facility, people, stays
from models.clock import FixedClock
from models.ids import ProgrammeId
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import PASSPHRASE
from tests.journeys.clerk import SIZE, Clerk
from ui import prompts
from ui.prompts import Ask
from ui.start.window import StartWindow

FIRST = "a first passphrase, known to two"
OWN = "a passphrase of one's own"
LINDA, DRITON, ADMINISTRATOR = "L. Krasniqi", "D. Hoxha", "A. Berisha"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shared(house: Path) -> Path:
    """A closed register of three people: an administrator, a clerk and a supervisor."""
    for name, role in ((LINDA, Role.CLERK), (DRITON, Role.SUPERVISOR)):
        with open_register(house, passphrase=PASSPHRASE, person=ADMINISTRATOR) as register:
            register.perform(people.add, name=name, role=role, passphrase=FIRST)
    with open_register(house, passphrase=FIRST, person=DRITON) as register:
        register.perform(people.change_passphrase, old=FIRST, new=OWN)
    return house


def unlocks(clerk: Clerk, name: str, passphrase: str) -> None:
    clerk.waits_for("Who are you?")
    clerk.chooses("Who are you?", name)
    clerk.writes("Passphrase", passphrase)
    clerk.key(Qt.Key.Key_Return)


def is_locked(program: Program) -> None:
    """Nothing is to be seen but the unlock screen."""
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert [type(each) for each in shown] == [StartWindow], shown
    assert shown == [program.before]


def is_closed(register: Register, folder: Path, qtbot: QtBot) -> None:
    """The file is closed, another may write, and nothing that is left of the register knows its key."""
    database = str(folder / "register.db")

    def closed() -> bool:
        links = (Path("/proc/self/fd") / each.name for each in Path("/proc/self/fd").iterdir())
        return not any(str(link.readlink()).startswith(database) for link in links if link.is_symlink())

    qtbot.waitUntil(closed)
    qtbot.waitUntil(lambda: not (folder / "holder.json").exists())
    assert register.vault.opened.register_key == b""
    assert register.vault.opened.seal is None
    assert vars(register)["_opened"] is None


def test_two_people_share_a_workstation(
    clerk: Clerk, program: Program, clock: FixedClock, shared: Path, qtbot: QtBot
) -> None:
    program.start(shared)
    unlocks(clerk, LINDA, FIRST)
    clerk.waits_for("Choose a passphrase of your own")
    assert program.window is None
    clerk.picture("must-change")
    clerk.writes("New passphrase", OWN)
    clerk.writes("The same again", OWN)
    clerk.key(Qt.Key.Key_Return)
    clerk.waits_for("What needs a person today")
    clerk.window.resize(*SIZE)
    clerk.goes_to("Residents")
    clerk.presses("Register arrival")
    clerk.takes_step("Who it is")
    clerk.writes("Family name", "Ahmadzai")
    clerk.picture("typed")
    assert program.workstation is not None
    register = program.workstation.register
    assert register is not None
    clerk.key(Qt.Key.Key_L, CONTROL)
    is_locked(program)
    is_closed(register, shared, qtbot)
    clerk.picture("locked")
    assert clerk.chosen("Who are you?") == LINDA

    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    assert "Ahmadzai" not in clerk.reads()
    clerk.goes_to("Programmes")
    clerk.key(Qt.Key.Key_L, CONTROL)
    is_locked(program)

    unlocks(clerk, LINDA, OWN)
    clerk.waits_for("Family name")
    assert clerk.written("Family name") == "Ahmadzai"
    assert program.window is not None
    assert program.window.here is not None
    assert program.window.here[0] == "arrival"
    assert program.window.frame.who.startswith(LINDA)
    clerk.picture("as-it-was")
    clerk.writes("Given names", "Gul")
    clerk.key(Qt.Key.Key_L, CONTROL)
    is_locked(program)
    with open_register(shared, passphrase=PASSPHRASE, person=ADMINISTRATOR, clock=clock) as again, again.read() as told:
        said = told.connection.exec_driver_sql("SELECT user, action FROM trail ORDER BY number").all()
    locked = [user for user, action in said if action == "people.locked"]
    assert locked == [LINDA, DRITON, LINDA]


def test_two_people_change_the_same_resident(clerk: Clerk, program: Program, clock: FixedClock, shared: Path) -> None:
    """The one is called away from the form, the other one saves; the first one sees both, and chooses."""
    with open_register(shared, passphrase=FIRST, person=LINDA, clock=clock) as register:
        register.perform(people.change_passphrase, old=FIRST, new=OWN)
    with open_register(shared, passphrase=OWN, person=DRITON, clock=clock) as register:
        gul, came = PersonFacts(family_name="Ahmadzai", given_names="Gul"), Moment(date(2026, 8, 1))
        register.perform(stays.admit, programme_id=ProgrammeId(1), arrived=came, person=gul, emergency_reason="By bus")
    program.start(shared)
    unlocks(clerk, LINDA, OWN)
    clerk.waits_for("What needs a person today")
    clerk.window.resize(*SIZE)
    clerk.goes_to("Residents")
    clerk.opens("Residents", "Ahmadzai")
    clerk.turns_to("Identity and documents")
    clerk.presses("Change")
    clerk.writes("Family name", "Ahmadzay")
    clerk.writes("Given names", "Gul Mohammad")
    clerk.writes("How this is known", "The passport says so")
    clerk.key(Qt.Key.Key_L, CONTROL)
    is_locked(program)

    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    clerk.window.resize(*SIZE)
    clerk.goes_to("Residents")
    clerk.opens("Residents", "Ahmadzai")
    clerk.turns_to("Identity and documents")
    clerk.presses("Change")
    clerk.writes("Family name", "Ahmadzaj")
    clerk.writes("Name in own script", "گل")
    clerk.writes("How this is known", "She spelt it herself")
    clerk.presses("Save")
    clerk.key(Qt.Key.Key_L, CONTROL)
    is_locked(program)

    unlocks(clerk, LINDA, OWN)
    clerk.waits_for("Family name")
    clerk.presses("Save")
    clerk.waits_for("D. Hoxha has changed this in the meantime.")
    clerk.picture("both")
    assert clerk.written("Family name") == "Ahmadzay"
    assert clerk.written("Given names") == "Gul Mohammad"
    assert clerk.written("Name in own script") == "گل"
    assert "In the register now: \u2068Ahmadzaj\u2069" in clerk.reads()
    clerk.presses("Family name: Take this")
    clerk.presses("Save")
    clerk.waits_for("The changes are saved.")
    assert program.workstation is not None
    assert program.workstation.register is not None
    with program.workstation.register.read() as told:
        rows = told.connection.exec_driver_sql("SELECT family_name, own_script, given_names FROM residents").all()
        told_refused = "SELECT user FROM trail WHERE json_extract(details, '$.notes.refused') IS NOT NULL"
        refused = told.connection.exec_driver_sql(told_refused).all()
    assert rows == [("Ahmadzaj", "گل", "Gul Mohammad")]
    assert refused == [(LINDA,)]


def test_the_window_locks_itself_when_nobody_touches_it(
    clerk: Clerk, program: Program, shared: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("desktop.idle.uptime", lambda: now[0])
    monkeypatch.setattr(Idle, "LOOKS", 20)
    program.start(shared)
    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    now[0] = 9 * 60 + 50.0
    clerk.goes_to("Rooms")  # somebody is there after all
    now[0] += 9 * 60
    qtbot.wait(80)
    assert program.window is not None
    now[0] += 61
    qtbot.waitUntil(lambda: program.window is None)
    is_locked(program)


@pytest.mark.parametrize("touch", ["key", "pointer", "wheel", "pop-up"])
def test_whatever_is_touched_in_a_form_counts(
    clerk: Clerk, program: Program, shared: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, touch: str
) -> None:
    now = [0.0]
    monkeypatch.setattr("desktop.idle.uptime", lambda: now[0])
    monkeypatch.setattr(Idle, "LOOKS", 20)
    program.start(shared)
    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    clerk.presses("Register arrival")
    form = clerk.front
    if touch == "pop-up":
        choice = next(each for each in form.findChildren(QComboBox) if each.isVisible())
        choice.showPopup()
        form = choice.view().window()
        qtbot.wait(80)  # nobody says that a pop-up was opened: it is found with the next look
    window = form.windowHandle()
    now[0] = 9 * 60 + 50.0
    if touch == "key":
        QTest.keyClick(window, Qt.Key.Key_A)
    elif touch == "wheel":
        QTest.wheelEvent(window, QPointF(40, 40), QPoint(0, 120))
    else:
        QTest.mouseMove(window, QPoint(20, 10))
    now[0] += 9 * 60
    qtbot.wait(80)
    assert program.window is not None
    now[0] += 61
    qtbot.waitUntil(lambda: program.window is None)
    is_locked(program)


def test_whoever_touches_it_after_too_long_meets_the_unlock_screen(
    clerk: Clerk, program: Program, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("desktop.idle.uptime", lambda: now[0])
    program.start(shared)
    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    window = program.window
    assert window is not None
    now[0] = 601.0  # the computer slept, and no timer has run
    QTest.mouseMove(window.windowHandle(), QPoint(200, 200))
    is_locked(program)


def test_a_house_that_never_locks_itself_stays_open(
    clerk: Clerk, program: Program, shared: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_register(shared, passphrase=PASSPHRASE, person=ADMINISTRATOR) as register:
        house = register.facility
        register.perform(
            facility.change_facility,
            name=house.name,
            letterhead=house.letterhead,
            language=house.language,
            time_zone=house.zone.key,
            number_prefix=house.number_prefix,
            lock_after=0,
        )
    now = [0.0]
    monkeypatch.setattr("desktop.idle.uptime", lambda: now[0])
    monkeypatch.setattr(Idle, "LOOKS", 20)
    program.start(shared)
    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    now[0] = 1e6
    qtbot.wait(80)
    assert program.window is not None


def test_a_question_that_waits_counts_as_thought_better_of(
    clerk: Clerk, program: Program, shared: Path, qtbot: QtBot
) -> None:
    program.start(shared)
    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("What needs a person today")
    clerk.presses("Register arrival")
    clerk.takes_step("Who it is")
    clerk.writes("Family name", "Ahmadzai")
    prompts.answers = None  # the question itself, as a person sees it
    answered: list[bool] = []

    def question() -> Ask | None:
        return next((each for each in QApplication.topLevelWidgets() if isinstance(each, Ask)), None)

    def asks() -> None:
        answered.append(prompts.confirm(clerk.front, "Throw it away?", yes="Throw away"))

    QTimer.singleShot(0, asks)
    QTimer.singleShot(200, program.lock)
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == [False]
    is_locked(program)
    qtbot.waitUntil(lambda: question() is None)
    unlocks(clerk, DRITON, OWN)
    clerk.waits_for("Family name")
    assert clerk.written("Family name") == "Ahmadzai"
