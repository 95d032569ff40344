"""The program around the window: from the first run to the window, to the lock and back; what is remembered."""

import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.settings import Settings
from models.actions import facility, people, programmes, rooms
from models.clock import FixedClock
from models.errors import Unavailable
from models.queries.programmes import rows as programme_rows
from models.rules.vocabulary import Role
from models.store.opening import create_register, open_register
from models.store.recovery import new_secret
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.conftest import PASSPHRASE, QUICK
from tests.programs import running
from tests.ui.audit import complaints
from ui import areas, prompts, session, work
from ui.administration.recovery import SheetDialog
from ui.banner import Banner
from ui.kit.search import Found
from ui.kit.theme import Theme
from ui.kit.tokens import DARK, text_size
from ui.language import tr
from ui.navigation import Navigation
from ui.papers.page import PapersPage
from ui.passphrases import change_own_passphrase
from ui.start.assistant import Assistant
from ui.start.unlock import Unlock

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register with one programme."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    with open_register(at, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS)
    return at


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program, with settings of its own, and nobody to ask."""
    monkeypatch.setattr("models.store.opening.Stretch", lambda: QUICK)
    monkeypatch.setattr("desktop.app.paths.new_register", lambda: tmp_path / "Konak")
    with running(qapp, tmp_path / "settings.json") as made:
        yield made


def settle(qtbot: QtBot) -> None:
    """Wait until the worker has answered all that it was asked."""
    for _ in range(2):
        qtbot.wait(20)
        qtbot.waitUntil(lambda: not work.worker().busy)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def unlock(program: Program, qtbot: QtBot) -> None:
    """Type the passphrase, and go in."""
    assert program.before is not None
    screen = program.before.shown
    assert isinstance(screen, Unlock)
    QTest.keyClicks(screen.passphrase.edit, PASSPHRASE)
    QTest.keyClick(screen.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)
    settle(qtbot)


def test_without_a_register_the_first_run_begins_and_ends_in_the_window(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.start(None)
    assert program.before is not None
    asks = program.before.shown
    assert isinstance(asks, Assistant)
    asks.forms["language"]["language"].put("sq")
    answers = {"name": "Qendra", "administrator": "A. Berisha", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    for _step in range(8):
        for name, value in answers.items():
            if name in asks.forms[asks.step].fields:
                asks.forms[asks.step][name].put(value)
        asks.next()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SheetDialog))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, SheetDialog)
    assert program.window is None
    sheet.written.click()
    qtbot.waitUntil(lambda: program.window is not None)
    settle(qtbot)
    assert program.before is None
    assert program.window is not None
    assert program.window.isVisible()
    assert "Qendra" in texts(program.window)
    remembered = Settings.load(tmp_path / "settings.json")
    assert (remembered.register, remembered.greeting) == (str(tmp_path / "Konak"), "sq")
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


@pytest.fixture
def _no_catalogues(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    translator.cache_clear()
    monkeypatch.setattr("models.text._CATALOGUES", tmp_path / "nothing")
    yield
    translator.cache_clear()


@pytest.mark.usefixtures("_no_catalogues")
def test_a_screen_without_the_catalogue_of_its_language_speaks_english_and_says_so(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    said = "The texts in Shqip are missing from this Konak, so it speaks English. Install Konak again."
    program.settings.language, program.settings.register = "sq", str(folder)
    program.start(None)
    assert program.before is not None
    assert said in texts(program.before)
    program.before.make_new()
    asks = program.before.shown
    assert isinstance(asks, Assistant)
    asks.forms["language"]["language"].put("sr")
    assert said.replace("Shqip", "Srpski") in texts(program.before)
    asks.forms["language"]["language"].put("sq")
    assert said in texts(program.before)
    assert complaints(program.before) == []
    program.before.unlock(folder)
    unlock(program, qtbot)
    assert program.window is not None
    assert said in [banner.findChildren(QLabel)[0].text() for banner in program.window.findChildren(Banner)]
    program.window.language_chosen.emit("en")
    assert program.window.findChildren(Banner) == []


@pytest.mark.usefixtures("_no_catalogues")
def test_a_paper_without_the_catalogue_of_its_language_is_not_made(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    program.start(folder)
    unlock(program, qtbot)
    assert program.window is not None
    page = program.window.open("papers")
    assert isinstance(page, PapersPage)
    page.choices.buttons["register_extract"].click()
    page.form["language"].put("sr")
    page.make()
    qtbot.waitUntil(lambda: bool(prompts.asked))
    assert "The texts in Srpski are missing from this Konak, so no paper can be made in it." in str(prompts.asked[-1])
    assert page.paper == b""


def test_the_last_register_is_unlocked_and_every_area_opens(program: Program, qtbot: QtBot, folder: Path) -> None:
    program.settings.register = str(folder)
    program.start(None)
    unlock(program, qtbot)
    window = program.window
    assert window is not None
    for area in areas.areas():
        window.open(area.key)
        settle(qtbot)
    assert prompts.asked == []


def test_locking_closes_the_register_and_the_passphrase_lets_in_again(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    program.start(folder)
    unlock(program, qtbot)
    window = program.window
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.before is not None)
    assert program.window is None
    assert program.before is not None
    assert str(folder) in texts(program.before)
    with pytest.raises(RuntimeError):
        work.worker()
    unlock(program, qtbot)
    assert program.window is not None


def locked(program: Program, qtbot: QtBot) -> None:
    """Lock, and wait until the file is closed."""
    program.lock()
    assert program.workstation is not None
    program.workstation.wait_until_closed()


def test_what_opens_a_register_does_not_stay_in_a_locked_window(program: Program, qtbot: QtBot, folder: Path) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    window = program.window
    assert window is not None
    form = change_own_passphrase(window)
    form.form["old"].put(PASSPHRASE)
    register = work.worker().register
    SheetDialog(window, register, new_secret()).open()
    locked(program, qtbot)
    assert form.form["old"].raw() == ""
    unlock(program, qtbot)
    assert form.isVisible()
    assert not any(each.isVisible() for each in window.findChildren(SheetDialog))
    assert "The recovery sheet is closed" in texts(window)
    form.form.settle()
    form.reject()


def test_a_window_whose_house_was_renamed_by_another_is_made_anew_unless_a_form_is_open(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(people.add, name="B", role=Role.ADMINISTRATOR, passphrase=PASSPHRASE)
    for name, form_is_open in (("Centre South", False), ("Centre East", True)):
        if program.window is None:
            program.open(open_register(folder, passphrase=PASSPHRASE, person="A. Berisha"))
            settle(qtbot)
        window = program.window
        assert window is not None
        window.open("rooms")
        settle(qtbot)
        form = change_own_passphrase(window) if form_is_open else None
        locked(program, qtbot)
        with open_register(folder, passphrase=PASSPHRASE, person="B") as register:
            register.perform(
                facility.change_facility,
                name=name,
                letterhead="",
                language="en",
                time_zone="Europe/Belgrade",
                number_prefix="K-",
                lock_after=10,
            )
        unlock(program, qtbot)
        assert program.window is not None
        assert (program.window is window) == form_is_open
        assert program.window.here == ("rooms", {})
        if form is None:
            assert name in texts(program.window)
        else:
            assert form.isVisible()
            form.reject()


def test_the_program_ends_with_windows_that_are_still_locked(program: Program, qtbot: QtBot, folder: Path) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    window = program.window
    assert window is not None
    program.lock()
    program.end()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(window)
    open_register(folder, passphrase=PASSPHRASE).close()


@pytest.fixture
def elsewhere(folder: Path) -> Iterator[Register]:
    """Another program that has the register open for writing: another handle on the lock is as good as one."""
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(people.add, name="L. Krasniqi", role=Role.CLERK, passphrase=PASSPHRASE)
        register.perform(people.add, name="D. Hoxha", role=Role.SUPERVISOR, passphrase=PASSPHRASE)
        yield register


def link(window: QWidget, text: str) -> QPushButton:
    return next(each for each in window.findChildren(QPushButton) if each.text() == text)


def test_a_window_that_only_reads_says_who_writes_and_can_try_again(
    program: Program, qtbot: QtBot, folder: Path, elsewhere: Register
) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE, person="D. Hoxha"))
    settle(qtbot)
    window = program.window
    assert window is not None
    said = "Here it can only be read."
    assert f"A. Berisha has this register open for writing on {socket.gethostname()} since" in texts(window)
    assert complaints(window) == []
    work.run_action(window, rooms.add_room, name="1", beds=2)
    settle(qtbot)
    (told,) = prompts.asked
    assert "A. Berisha has this register open for writing" in told.text
    link(window, "Try again").click()
    settle(qtbot)
    assert said in texts(window)
    assert "It is still open for writing there." in texts(window)
    elsewhere.close()
    link(window, "Try again").click()
    settle(qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window = program.window
    assert window is not None, "what can be done now is offered in a window that is made anew"
    assert said not in texts(window)
    assert "You can write here now." in texts(window)
    work.run_action(window, programmes.add_preset, code="UK-RETURN")
    settle(qtbot)
    assert "Ask: Administrator" in prompts.asked[-1].text, "the role decides again, not who writes elsewhere"


def test_whoever_comes_back_when_somebody_else_writes_comes_back_to_read(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    window = program.window
    assert window is not None
    assert "only be read" not in texts(window)
    locked(program, qtbot)
    with open_register(folder, passphrase=PASSPHRASE):
        here = window.here
        unlock(program, qtbot)
        now = program.window
        assert now is not None
        assert now is not window, "what cannot be done any more is offered no more"
        assert now.here == here
        assert "Here it can only be read." in texts(now)


def test_a_clock_behind_the_last_entry_and_a_network_are_said_together(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    with open_register(folder, passphrase=PASSPHRASE, clock=FixedClock(datetime(2999, 1, 1, tzinfo=UTC))) as register:
        register.perform(programmes.add_preset, code="UK-RETURN")
    register = open_register(folder, passphrase=PASSPHRASE)
    assert register.clock_lags
    register.is_on_network = True
    program.open(register)
    settle(qtbot)
    assert program.window is not None
    assert "The clock of this computer is behind" in texts(program.window)
    assert "network drive" in texts(program.window)
    assert len(program.window.findChildren(Banner)) == 2
    assert complaints(program.window) == []


def test_another_language_makes_the_window_anew(program: Program, qtbot: QtBot, folder: Path) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    first = program.window
    assert first is not None
    first.open("programmes", programme_id=1)
    settle(qtbot)
    first.language_chosen.emit("sr")
    settle(qtbot)
    assert program.window is not first
    assert program.window is not None
    assert program.window.isVisible()
    assert program.window.here == ("programmes", {"programme_id": 1})
    assert program.window.language == "sr"


def test_language_look_and_size_of_texts_belong_to_the_person_and_the_facility_greets(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as register:
        first = register.person.name
        register.perform(people.add, name="B", role=Role.CLERK, passphrase="a passphrase of hers")

    def looks(person: str, passphrase: str) -> tuple[str, bool, int]:
        program.open(open_register(folder, person=person, passphrase=passphrase))
        settle(qtbot)
        assert program.window is not None
        return program.window.language, Theme.tokens() is DARK, text_size()

    assert looks(first, PASSPHRASE) == ("en", False, 100)
    window = program.window
    assert window is not None
    window.scheme_chosen.emit("dark")
    window.text_size_chosen.emit(150)
    settle(qtbot)
    assert program.window is not None
    program.window.language_chosen.emit("sr")
    settle(qtbot)
    assert (program.window.language, Theme.tokens() is DARK, text_size()) == ("sr", True, 150)
    assert program.workstation is not None
    program.lock()
    program.workstation.wait_until_closed()
    assert program.before is not None
    assert "Konak" in program.before.windowTitle()
    assert (tr().language, Theme.tokens() is DARK, text_size()) == ("en", False, 100), (
        "nobody has said yet who they are"
    )
    assert looks("B", "a passphrase of hers") == ("en", False, 100)
    program.lock()
    program.workstation.wait_until_closed()
    assert looks(first, PASSPHRASE) == ("sr", True, 150)


def test_another_name_of_the_facility_is_shown_at_once(program: Program, qtbot: QtBot, folder: Path) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    window = program.window
    assert window is not None
    window.open("administration")
    settle(qtbot)
    work.run_action(
        window,
        facility.change_facility,
        name="Centre South",
        letterhead="",
        language="en",
        time_zone="Asia/Kabul",
        number_prefix="K-",
        lock_after=10,
    )
    settle(qtbot)
    assert program.window is not None
    assert program.window is not window
    assert "Centre South" in texts(program.window)
    assert program.window.here == ("administration", {})
    assert session.zone().key == "Asia/Kabul"


def test_the_size_of_the_window_is_remembered(program: Program, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    window = program.window
    assert window is not None
    window.resize(1200, 700)
    settle(qtbot)
    window.close()
    found = Settings.load(tmp_path / "settings.json")
    assert found.greeting == "en"
    assert found.window == bytes(window.saveGeometry().data())


def test_a_demonstration_says_that_it_is_one(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    register = create_register(
        tmp_path / "demo",
        facility="Centre",
        administrator="A",
        passphrase=PASSPHRASE,
        is_demonstration=True,
        stretch=QUICK,
    )
    program.open(register)
    settle(qtbot)
    assert program.window is not None
    assert "This is a demonstration" in texts(program.window)


def test_who_is_found_is_shown_and_the_status_bar_tells_the_roll(program: Program, qtbot: QtBot, folder: Path) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    assert program.window is not None
    assert "0 present, 0 away, 0 on the roll" in texts(program.window)
    areas.go_to(None, Found(1, "x"))


def test_a_register_that_cannot_be_opened_at_the_start_is_an_error_of_the_command(tmp_path: Path) -> None:
    from desktop.commands.window import Opening

    with pytest.raises(Unavailable):
        Opening(tmp_path, "x", None).register()


@pytest.mark.parametrize(("passphrase", "code"), [("wrong", 1), (PASSPHRASE, 0)])
def test_the_window_opens_as_a_program_of_its_own(folder: Path, tmp_path: Path, passphrase: str, code: int) -> None:
    program = (
        "import sys\n"
        "from desktop.cli import main\n"
        "import desktop.app as app\n"
        "shown = app.Program.open\n"
        "def open_and_close(self, register):\n"
        "    from PySide6.QtCore import QTimer\n"
        "    shown(self, register)\n"
        "    QTimer.singleShot(500, self.app.quit)\n"
        "app.Program.open = open_and_close\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--register", str(folder)],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(tmp_path),
            "KONAK_PASSPHRASE": passphrase,
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert len(said) == code
    assert "Traceback" not in done.stderr


def _offered(program: Program) -> set[str]:
    """The actions in the top bar, and the entries of the navigation."""
    assert program.window is not None
    return {button.text() for button in program.window.findChildren(QPushButton) if not button.isHidden()}


def test_with_the_first_colleague_ends_what_an_administrator_is_offered_in_place_of_everybody(
    program: Program, folder: Path, qtbot: QtBot
) -> None:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    settle(qtbot)
    first = program.window
    assert first is not None
    first.open("administration")
    assert "Register arrival" in _offered(program)
    work.run_action(first, people.add, name="C. Clerk", role=Role.CLERK, passphrase="a passphrase of hers")
    qtbot.waitUntil(lambda: program.window is not first)
    settle(qtbot)
    assert "Register arrival" not in _offered(program)
    assert "Add a person" in _offered(program)
    assert program.window is not None
    assert program.window.here == ("administration", {})
    second = program.window
    for role in (Role.INSPECTOR, Role.CLERK):  # nothing of this changes what one may do oneself
        work.run_action(second, people.change_role, user_id=2, role=role)
        settle(qtbot)
    assert program.window is second


def _arrives(folder: Path, number: str) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as snapshot:
        (programme_id,) = [each.id for each in programme_rows(snapshot)]
        builders.stay(register, builders.resident(register, number), programme_id, date(2026, 11, 20))


class FirstLook(QObject):
    """What the navigation says when it is painted for the first time."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.said: list[str] = []
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        above = watched.parent()
        if event.type() is QEvent.Type.Paint and isinstance(above, Navigation) and not self.said:
            entries = [above.item(at) for at in range(above.count())]
            self.said = [each.data(Qt.ItemDataRole.AccessibleTextRole) or each.text() for each in entries]
        return False


def test_the_badges_are_right_when_the_window_is_painted_first(
    program: Program, qapp: QApplication, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell._FOLDS", 0)  # the screen of tests is narrow
    _arrives(folder, "K-0001")
    look = FirstLook(qapp)
    program.open(open_register(folder, passphrase=PASSPHRASE))
    qtbot.waitUntil(lambda: bool(look.said))
    assert "Residents, 1 on the roll" in look.said
    settle(qtbot)
    assert program.window is not None
    program.window.locked.emit()
    assert program.workstation is not None
    program.workstation.wait_until_closed()
    _arrives(folder, "K-0002")
    again = FirstLook(qapp)
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: bool(again.said))
    assert "Residents, 2 on the roll" in again.said
