"""The end of the program from outside: nothing that was typed is lost, and nothing is held any more."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.closing import SKIPPED, back_up_on_closing
from desktop.ending import SIGNALS, Ending
from desktop.settings import Settings
from models.actions import backups, people, programmes, residents
from models.queries import backups as queries
from models.rules.vocabulary import Role
from models.store import drafts
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.conftest import PASSPHRASE
from tests.programs import end, running
from ui import work
from ui.codes import CountryField
from ui.drafts import KeptDialog
from ui.kit.fields import CheckField, ChoiceField, ListField, LongTextField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.typed_fields import DateField, MomentField, NumberField
from ui.shell import MainWindow

if TYPE_CHECKING:
    from ui.kit.field import Field

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ROOT = Path(__file__).parents[2]
_TYPES = """
import signal
import sys
for number in (signal.SIGHUP, signal.SIGINT):  # whoever runs the tests may ignore them
    signal.signal(number, signal.SIG_DFL)
from PySide6.QtCore import QTimer
from desktop.workstation import Workstation
from ui import work
from ui.residents import dialogs
from models.actions import residents
from ui.kit.fields import LongTextField, TextField
from ui.kit.typed_fields import DateField
from ui.kit.form import FormDialog

shown = Workstation.open

def opened(self, register):
    shown(self, register)
    QTimer.singleShot(400, self._app, lambda: typing(self))  # once the window is there and the program waits in `exec`

def typing(workstation):
    if work.is_busy():
        QTimer.singleShot(20, workstation._app, lambda: typing(workstation))
        return
    fields = [DateField("on", "On"), LongTextField("note", "Note"), TextField("word", "Word", secret=True)]
    dialog = FormDialog(workstation.window, "A form", fields, residents.change, values={"resident_id": 7}, undoes="")
    dialog.open()
    dialog.form["on"].edit.setText("3.13.20")
    dialog.form["note"].edit.setPlainText("Đorđe typed this")
    dialog.form["word"].edit.setText("not to be kept")
    workstation.window.resize(1111, 700)
    print("typed", flush=True)

Workstation.open = opened
from desktop.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    return at


def _started(folder: Path, home: Path, code: str = _TYPES, *arguments: str, **more: str) -> "subprocess.Popen[str]":
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("KONAK_")}
    surroundings |= {"HOME": str(home), "KONAK_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(ROOT)}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home / "config")} | more
    typed = arguments or ("window",)
    return subprocess.Popen(
        [sys.executable, "-c", code, "--register", str(folder), *typed],
        env=surroundings,
        cwd=home,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _ends(process: "subprocess.Popen[str]") -> int:
    said = process.communicate(timeout=60)
    assert "Traceback" not in said[1], said
    return process.returncode


def _reaches(process: "subprocess.Popen[str]", said: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == said, process.communicate()[1]


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_what_was_typed_the_place_of_the_window_and_lets_the_register_go(
    folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(backups.add_place, folder=str(stick))
        register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS)
    process = _started(folder, tmp_path)
    _reaches(process, "typed")
    assert (folder / "holder.json").exists()
    process.send_signal(number)
    assert _ends(process) == 0
    assert not (folder / "holder.json").exists()
    FileLock(folder / "register.lock", timeout=0).acquire().lock.release()
    assert len(list(stick.glob("*.konak"))) == 1
    assert Settings.load(tmp_path / "config" / "konak" / "settings.json").window
    assert b"typed this" not in (folder / drafts.FILE_NAME).read_bytes()
    assert "not to be kept" not in _kept(folder)
    assert "3.13.20" in _kept(folder)  # also what makes no sense yet
    assert "typed this" in _kept(folder)
    assert (folder / drafts.FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_signal_while_the_window_is_read_for_the_first_time_is_heard(folder: Path, tmp_path: Path) -> None:
    told = (
        "import os, signal\n"
        "from ui.shell import MainWindow\n"
        "reads = MainWindow.read_state\n"
        "def read_state(window):\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    reads(window)\n"
        "    print('read', flush=True)\n"
        "MainWindow.read_state = read_state\n"
        "from desktop.cli import main\n"
        "raise SystemExit(main(__import__('sys').argv[1:]))\n"
    )
    process = _started(folder, tmp_path, told)
    _reaches(process, "read")
    try:
        assert _ends(process) == 0
    finally:
        process.kill()
    assert not (folder / "holder.json").exists()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_screen_that_goes_with_the_session_keeps_what_was_typed_and_lets_the_register_go(
    folder: Path, tmp_path: Path
) -> None:
    """As a desktop on X11 ends: Qt as it comes with PySide6 speaks to no session manager there."""
    told = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout is not None
        where = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{screen.stdout.readline().strip()}"}
        process = _started(folder, tmp_path, **where)
        _reaches(process, "typed")
        screen.kill()
        _ends(process)
    assert "typed this" in _kept(folder)
    assert not (folder / "holder.json").exists()
    FileLock(folder / "register.lock", timeout=0).acquire().lock.release()


def _kept(folder: Path) -> str:
    with open_register(folder, passphrase=PASSPHRASE) as register:
        return drafts.kept(register.vault).encode().decode("unicode_escape")


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_command_that_is_told_to_end_lets_the_register_go(folder: Path, tmp_path: Path) -> None:
    stays = (
        "import sys, time\n"
        "import desktop.commands.verify as verify\n"
        "from desktop.commands.opening import open_register\n"
        "def run(typed):\n"
        "    with open_register(typed):\n"
        "        print('open', flush=True)\n"
        "        time.sleep(60)\n"
        "verify.run = run\n"
        "from desktop.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    process = _started(folder, tmp_path, stays, "verify")
    _reaches(process, "open")
    assert (folder / "holder.json").exists()
    process.send_signal(signal.SIGTERM)
    assert _ends(process) == 130
    assert not (folder / "holder.json").exists()


def test_a_closing_backup_for_which_there_is_no_time_is_entered_as_not_made(
    qtbot: QtBot, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    register.perform(backups.add_place, folder=str(tmp_path / "stick"))

    def slow(_source: object, _into: object, _at: object, tell: Callable[[int, int, str], None]) -> None:
        while True:
            tell(1, 2, "")
            time.sleep(0.01)

    monkeypatch.setattr("models.store.backup.make", slow)
    back_up_on_closing(register, within=0.1)
    with register.read() as snapshot:
        (place,) = queries.backups(snapshot).places
    assert place.failure == SKIPPED
    assert place.failed_at is not None


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_signal_that_is_ignored_is_none_of_the_ending(qapp: QApplication) -> None:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:
        ending = Ending(qapp)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is not before[signal.SIGTERM]
        ending.stop()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_signal_while_the_closing_backup_is_made_gives_it_no_longer_than_any(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(backups.add_place, folder=str(tmp_path / "stick"))
    began = time.monotonic()

    def slow(_source: object, _into: object, _at: object, tell: Callable[[int, int, str], None]) -> None:
        while time.monotonic() < began + 20:
            tell(1, 2, "")
            time.sleep(0.01)

    monkeypatch.setattr("models.store.backup.make", slow)
    monkeypatch.setattr("desktop.app._FOR_BACKUPS", 0.5)
    _opened(program, folder, qtbot)
    began = time.monotonic()
    QTimer.singleShot(200, program.end_at_once)
    program.end()
    assert 0.5 < time.monotonic() - began < 10
    with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as snapshot:
        (place,) = queries.backups(snapshot).places
    assert place.failure == SKIPPED


# -- kept for the person, and offered -------------------------------------------------------------------------------


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program, with settings of its own, and nobody to ask."""
    with running(qapp, tmp_path / "settings.json") as made:
        yield made
    Form.kept_for = staticmethod(lambda _form: None)


def _form(program: Program, resident_id: int) -> FormDialog:
    assert program.window is not None
    fields: list[Field[Any]] = [
        DateField("on", "On"),
        LongTextField("note", "Note"),
        TextField("word", "Word", secret=True),
        CheckField("agreed", "Agreed"),
        ChoiceField("role", "Role", [(each, each.value) for each in Role]),
        ListField("aliases", "Aliases"),
        MomentField("at", "At"),
        CountryField("country", "Country"),
        NumberField("beds", "Beds"),
    ]
    page = program.window.page("today")
    values = {"resident_id": resident_id, "version": 3}
    dialog = FormDialog(page, "A form", fields, residents.change, values=values, undoes="It cannot be undone.")
    dialog.open()
    return dialog


def _type(form: Form) -> None:
    lines = {name: form[name].findChildren(QLineEdit) for name in form.fields}
    lines["on"][0].setText("3.13.20")
    form["note"].put("Đorđe typed this")
    lines["word"][0].setText("not to be kept")
    form["agreed"].put(True)
    form["role"].put(Role.SUPERVISOR)
    form["aliases"].put(("Abu", "Ali"))
    lines["at"][1].setText("14:30")
    form["country"].put("XK")
    lines["beds"][0].setText("many")


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def _opened(program: Program, folder: Path, qtbot: QtBot) -> MainWindow:
    program.open(open_register(folder, passphrase=PASSPHRASE))
    qtbot.waitUntil(lambda: not work.is_busy())
    assert program.window is not None
    return program.window


def test_what_was_typed_when_the_program_ended_is_offered_and_stands_in_the_same_form_again(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    _opened(program, folder, qtbot)
    _type(_form(program, 7).form)
    program.end()
    again = Program(program.app, tmp_path / "settings.json")
    window = _opened(again, folder, qtbot)
    assert "What you had typed was kept" in _texts(window)
    assert not _form(again, 8).form.dirty  # of somebody else
    form = _form(again, 7).form
    assert form["word"].raw() == ""
    assert "It has not been saved" in _texts(form)
    raw = {name: form[name].raw() for name in form.fields}
    assert raw == {
        "on": "3.13.20",
        "note": "Đorđe typed this",
        "word": "",
        "agreed": True,
        "role": Role.SUPERVISOR,
        "aliases": ("Abu", "Ali"),
        "at": ("", "14:30"),
        "country": "Kosovo XK",
        "beds": "many",
    }
    qtbot.waitUntil(lambda: "What you had typed was kept" not in _texts(window))
    for dialog in window.findChildren(FormDialog):
        dialog.form.settle()
        dialog.reject()
    qtbot.waitUntil(lambda: not work.is_busy())
    end(again)
    assert not (folder / drafts.FILE_NAME).exists()


def test_what_was_typed_stands_once_where_the_window_was_only_locked(
    program: Program, qtbot: QtBot, folder: Path
) -> None:
    _opened(program, folder, qtbot)
    dialog = _form(program, 7)
    _type(dialog.form)
    program.lock()
    assert program.workstation is not None
    program.workstation.wait_until_closed()
    assert (folder / drafts.FILE_NAME).exists()  # should the program end now
    window = _opened(program, folder, qtbot)
    assert dialog.form["note"].raw() == "Đorđe typed this"
    assert "What you had typed was kept" not in _texts(window)
    qtbot.waitUntil(lambda: not (folder / drafts.FILE_NAME).exists())
    dialog.form.settle()
    dialog.reject()


def test_what_was_kept_can_be_read_and_thrown_away_without_its_form(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    _opened(program, folder, qtbot)
    _type(_form(program, 7).form)
    program.keep()
    program.end()
    again = Program(program.app, tmp_path / "settings.json")
    window = _opened(again, folder, qtbot)
    dialog = KeptDialog(window)
    dialog.open()
    assert "Note: Đorđe typed this" in _texts(dialog)
    (gone,) = [each for each in dialog.findChildren(QPushButton) if each.accessibleName() == "Throw away: A form"]
    gone.click()
    qtbot.waitUntil(lambda: not (folder / drafts.FILE_NAME).exists())
    qtbot.waitUntil(lambda: "What you had typed was kept" not in _texts(window))
    end(again)


def test_a_window_that_only_reads_leaves_what_others_keep_as_it_is(
    program: Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    with open_register(folder, passphrase=PASSPHRASE) as writes:
        _opened(program, folder, qtbot)
        drafts.keep(writes.vault, "kept meanwhile")
        program.lock()
        assert program.workstation is not None
        program.workstation.wait_until_closed()
        assert drafts.kept(writes.vault) == "kept meanwhile"


def test_what_somebody_typed_goes_once_they_are_removed_and_opens_to_no_later_passphrase(register: Register) -> None:
    words = "quiet otter lamp seven"
    user = register.perform(people.add, name="B. Kelmendi", role=Role.CLERK, passphrase=words).value
    drafts.keep(register.beside(person="B. Kelmendi", passphrase=words).vault, "typed")
    yesterday = (register.folder / drafts.FILE_NAME).read_bytes()
    register.perform(people.reset_passphrase, user_id=user, passphrase="another otter lamp eight")
    other = register.beside(person="B. Kelmendi", passphrase="another otter lamp eight")
    assert drafts.kept(other.vault) == ""
    register.perform(people.remove, user_id=user)
    drafts.keep(register.vault, "")
    assert not (register.folder / drafts.FILE_NAME).exists()
    (register.folder / drafts.FILE_NAME).write_bytes(yesterday)
    drafts.keep(register.vault, "mine")
    assert len(json.loads((register.folder / drafts.FILE_NAME).read_text())) == 1


def test_what_one_person_typed_opens_to_nobody_else_and_goes_when_somebody_is_erased(
    register: Register, tmp_path: Path
) -> None:
    drafts.keep(register.vault, "typed")
    register.perform(people.add, name="B. Kelmendi", role=Role.SUPERVISOR, passphrase="quiet otter lamp seven")
    with register.beside(person="B. Kelmendi", passphrase="quiet otter lamp seven") as other:
        assert drafts.kept(other.vault) == ""
        stolen = json.loads((register.folder / drafts.FILE_NAME).read_text())
        moved = {other.vault.slot_id: next(iter(stolen.values()))}
        (register.folder / drafts.FILE_NAME).write_text(json.dumps(moved))
        assert drafts.kept(other.vault) == ""
        (register.folder / drafts.FILE_NAME).write_text(json.dumps(stolen))
        drafts.keep(other.vault, "other")
        drafts.keep(other.vault, "")
        assert drafts.kept(register.vault) == "typed"
        register.sweep()
        assert drafts.kept(register.vault) == ""
