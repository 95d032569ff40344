"""The ways into a register that several share: the wait after wrong passphrases, the sheet, one's own passphrase."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.access import create, open_register, people, recover_register, remaining
from models.actions import people as actions
from models.rules.vocabulary import Role
from models.store import opening
from models.store.keys import Keys
from models.store.recovery import new_secret, words
from tests.conftest import PASSPHRASE, QUICK
from tests.ui.audit import complaints
from tests.ui.start.test_start import texts
from ui.start.recover import Recover, Renew
from ui.start.unlock import Access, Unlock
from ui.start.window import StartWindow

FIRST = "a first passphrase, known to two"
OWN = "a passphrase of one's own"
ACCESS = Access(people, open_register, remaining, recover_register)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch new passphrases quickly."""
    monkeypatch.setattr("models.store.opening.Stretch", lambda: QUICK)


@pytest.fixture
def sheet() -> bytes:
    """What the words of the recovery sheet stand for."""
    return new_secret()


@pytest.fixture
def folder(tmp_path: Path, sheet: bytes) -> Path:
    """A closed register of two people, with its sheet; the second one has never been in."""
    at = tmp_path / "register"
    with opening.create_register(
        at, facility="Centre", administrator="A. Berisha", passphrase=PASSPHRASE, secret=sheet, stretch=QUICK
    ) as register:
        register.perform(actions.add, name="D. Hoxha", role=Role.SUPERVISOR, passphrase=FIRST)
    return at


@pytest.fixture
def window(qtbot: QtBot, look: None, tmp_path: Path) -> StartWindow:
    start = StartWindow(access=ACCESS, create=create, proposed=tmp_path / "Konak", language="en")
    qtbot.addWidget(start)
    start.show()
    return start


def unlock(window: StartWindow, folder: Path, person: str | None = None) -> Unlock:
    window.unlock(folder, person)
    assert isinstance(window.shown, Unlock)
    return window.shown


def tries(screen: Unlock, qtbot: QtBot, passphrase: str) -> None:
    """Type a passphrase that is wrong, and wait for the answer."""
    screen.passphrase.put(passphrase)
    QTest.keyClick(screen.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.form.isEnabled() and bool(screen.passphrase.error.text()))


def test_the_people_are_listed_by_name_and_whoever_locked_is_chosen(window: StartWindow, folder: Path) -> None:
    screen = unlock(window, folder)
    combo = screen.person.findChild(QComboBox)
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(at) for at in range(1, combo.count())] == ["A. Berisha", "D. Hoxha"]
    assert screen.person.read() is None
    assert unlock(window, folder, "D. Hoxha").person.read() == "D. Hoxha"
    assert unlock(window, folder, "somebody who was removed").person.read() is None


def test_several_wrong_passphrases_make_that_person_wait_and_nobody_else(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    screen = unlock(window, folder, "A. Berisha")
    for _time in range(3):
        qtbot.waitUntil(lambda: screen.button.isEnabled() and not screen._left)  # noqa: SLF001
        tries(screen, qtbot, "wrong")
    assert "does not open the register" in screen.passphrase.error.text()
    qtbot.waitUntil(lambda: screen.button.text().startswith("Wait "))
    assert not screen.button.isEnabled()
    assert complaints(window) == []
    screen.send()
    assert screen.button.text().startswith("Wait "), "Enter does not go round it"
    screen.person.put("D. Hoxha")
    qtbot.waitUntil(screen.button.isEnabled)
    assert screen.button.text() == "Open the register"
    screen.person.put("A. Berisha")
    qtbot.waitUntil(lambda: not screen.button.isEnabled())
    qtbot.waitUntil(screen.button.isEnabled)
    screen.passphrase.put(PASSPHRASE)
    with qtbot.waitSignal(window.opened) as opened:
        screen.send()
    opened.args[0].close()


def test_the_wait_is_counted_down_in_words(window: StartWindow, qtbot: QtBot, folder: Path) -> None:
    left = [125]
    window._access = replace(ACCESS, remaining=lambda _folder, _person: left[0])  # noqa: SLF001
    screen = unlock(window, folder, "A. Berisha")
    qtbot.waitUntil(lambda: screen.button.text() == "Wait 3 minutes")
    for seconds, said in ((2, "Wait 2 seconds"), (1, "Wait 1 second")):
        left[0] = seconds
        if seconds == 2:
            screen._look_for_wait()  # noqa: SLF001 - as at the end of the count
        qtbot.waitUntil(lambda said=said: screen.button.text() == said)  # type: ignore[misc]
    left[0] = 0
    qtbot.waitUntil(screen.button.isEnabled)


def test_the_button_stays_shut_until_it_is_known_that_the_wait_is_over(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    """The count of the window may end before that of the register does."""
    asked: list[str] = []

    def remaining(_folder: Path, person: str) -> int:
        asked.append(person)
        return 1

    window._access = replace(ACCESS, remaining=remaining)  # noqa: SLF001
    screen = unlock(window, folder, "A. Berisha")
    qtbot.waitUntil(lambda: screen.button.text() == "Wait 1 second")
    opened: list[bool] = []

    class Watch(QObject):
        def eventFilter(self, button: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
            if event.type() is QEvent.Type.EnabledChange and isinstance(button, QWidget):
                opened.append(button.isEnabled())
            return False

    watch = Watch()
    screen.button.installEventFilter(watch)
    before = len(asked)
    qtbot.waitUntil(lambda: len(asked) > before + 1)
    assert True not in opened


def recover(window: StartWindow, folder: Path) -> Recover:
    screen = unlock(window, folder, "A. Berisha")
    QTest.mouseClick(screen.recover, Qt.MouseButton.LeftButton)
    assert isinstance(window.shown, Recover)
    return window.shown


def test_the_recovery_sheet_opens_and_gives_a_new_passphrase(
    window: StartWindow, qtbot: QtBot, folder: Path, sheet: bytes
) -> None:
    screen = recover(window, folder)
    assert complaints(window) == []
    assert screen.person.read() == "A. Berisha"
    screen.person.put("D. Hoxha")
    for typed, new, again, field, said in (
        ("legal winner qqqq", OWN, OWN, screen.words, "not a word of the sheet"),
        (words(new_secret()), OWN, OWN, screen.words, "do not open the register"),
        (words(sheet), "short", "short", screen.new, "at least"),
        (words(sheet), OWN, OWN + "x", screen.again, "not the same"),
    ):
        screen.words.put(typed)
        screen.new.put(new)
        screen.again.put(again)
        screen.send()
        qtbot.waitUntil(lambda field=field: field.error.isVisible())  # type: ignore[misc]
        assert said in field.error.text()
        qtbot.waitUntil(screen.button.isEnabled)
    screen.again.put(OWN)
    with qtbot.waitSignal(window.opened) as opened:
        screen.send()
    register, at = opened.args
    assert at == folder
    assert register.person.name == "D. Hoxha"
    assert not register.person.must_change
    register.close()
    assert (screen.words.raw(), screen.new.raw(), screen.again.raw()) == ("", "", "")
    opening.open_register(folder, passphrase=OWN, person="D. Hoxha").close()
    opening.open_register(folder, passphrase=PASSPHRASE, person="A. Berisha").close()


def test_the_way_back_from_the_sheet_keeps_who_was_chosen(window: StartWindow, folder: Path) -> None:
    screen = recover(window, folder)
    screen.person.put("D. Hoxha")
    screen.left.emit()
    assert isinstance(window.shown, Unlock)
    assert window.shown.person.read() == "D. Hoxha"


def enters_first(window: StartWindow, qtbot: QtBot, folder: Path) -> Renew:
    screen = unlock(window, folder, "D. Hoxha")
    screen.passphrase.put(FIRST)
    screen.send()
    qtbot.waitUntil(lambda: isinstance(window.shown, Renew))
    assert isinstance(window.shown, Renew)
    return window.shown


def test_whose_passphrase_somebody_else_has_set_chooses_one_before_anything_is_shown(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    told: list[object] = []
    window.opened.connect(lambda register, _folder: told.append(register))
    screen = enters_first(window, qtbot, folder)
    assert told == []
    assert complaints(window) == []
    screen.new.put(FIRST)
    screen.again.put(FIRST)
    screen.send()
    qtbot.waitUntil(screen.new.error.isVisible)
    assert "passphrase that you have" in screen.new.error.text()
    qtbot.waitUntil(screen.button.isEnabled)
    screen.new.put(OWN)
    screen.again.put(OWN)
    with qtbot.waitSignal(window.opened) as opened:
        screen.send()
    register = opened.args[0]
    assert not register.person.must_change
    register.close()
    opening.open_register(folder, passphrase=OWN, person="D. Hoxha").close()


def test_whoever_does_not_choose_one_now_leaves_the_register_closed(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    screen = enters_first(window, qtbot, folder)
    assert (folder / "holder.json").exists()
    screen.left.emit()
    assert isinstance(window.shown, Unlock)
    assert not (folder / "holder.json").exists()
    enters_first(window, qtbot, folder)
    window.close()
    assert not (folder / "holder.json").exists()


def test_a_passphrase_that_cannot_be_changed_here_keeps_nobody_from_reading(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    with opening.open_register(folder, passphrase=PASSPHRASE, person="A. Berisha"):
        screen = unlock(window, folder, "D. Hoxha")
        screen.passphrase.put(FIRST)
        with qtbot.waitSignal(window.opened) as opened:
            screen.send()
        assert opened.args[0].holder is not None
        opened.args[0].close()


def test_a_register_without_keys_says_so(window: StartWindow, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    (other / "keys.json").unlink()
    unlock(window, other)
    assert "keys.json" in texts(window)
    assert len(Keys.load(folder).slots) == 2
