"""The first run and the unlock screen, in a real window: a register is made, opened, and a wrong passphrase is said."""

import shutil
import threading
from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.access import create, open_register, people, recover_register, remaining
from models.errors import Refused
from models.queries import backups as backup_queries
from models.queries import programmes
from models.rules.vocabulary import Role
from models.store import keys, opening
from models.store.recovery import secret_of
from models.store.register import Register
from tests.conftest import PASSPHRASE, QUICK
from tests.ui.audit import complaints
from ui import prompts
from ui.administration.recovery import SheetDialog
from ui.kit.labels import LinkButton
from ui.language import set_language
from ui.passphrases import strength
from ui.start.answers import NewRegister
from ui.start.assistant import Assistant
from ui.start.unlock import Access, Unlock
from ui.start.window import StartWindow

STRONG = "correct horse battery staple"
ACCESS = Access(people, open_register, remaining, recover_register)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch passphrases of new registers quickly."""
    monkeypatch.setattr("models.store.opening.Stretch", lambda: QUICK)


@pytest.fixture
def window(qtbot: QtBot, look: None, tmp_path: Path) -> StartWindow:
    """The window before the window, with nothing in it yet."""
    start = StartWindow(
        access=ACCESS,
        create=create,
        proposed=tmp_path / "Konak",
        language="en",
    )
    qtbot.addWidget(start)
    start.show()
    return start


@pytest.fixture
def folder(empty_register: Path, tmp_path: Path) -> Path:
    """A closed register."""
    at = tmp_path / "register"
    shutil.copytree(empty_register, at)
    return at


def texts(widget: QWidget) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def assistant(window: StartWindow) -> Assistant:
    """The assistant, shown."""
    window.make_new()
    assert isinstance(window.shown, Assistant)
    return window.shown


def unlock(window: StartWindow, folder: Path) -> Unlock:
    """The unlock screen of a register, shown."""
    window.unlock(folder)
    assert isinstance(window.shown, Unlock)
    return window.shown


def answer(asks: Assistant, qtbot: QtBot, **more: str) -> None:
    """Answer every step as far as the last."""
    while asks.step != "place":
        answer_step(asks, **more)


def answer_step(asks: Assistant, **more: str) -> None:
    """Answer the step that is shown."""
    values = {"name": "Centre South", "administrator": "A. Berisha", "passphrase": STRONG, "again": STRONG, **more}
    before, form = asks.step, asks.forms[asks.step]
    for name, value in values.items():
        if name in form.fields:
            form[name].put(value)
    QTest.mouseClick(asks.next_button, Qt.MouseButton.LeftButton)
    assert asks.step != before, texts(asks)


def make(asks: Assistant) -> None:
    """From the place on to the summary, and have the register made."""
    while asks.step != "summary":
        before = asks.step
        asks.next()
        assert asks.step != before, texts(asks)
    QTest.mouseClick(asks.next_button, Qt.MouseButton.LeftButton)


def shown_sheet(qtbot: QtBot) -> SheetDialog:
    """The recovery sheet, once it is shown."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SheetDialog))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, SheetDialog)
    assert complaints(sheet) == []
    return sheet


def press_button(sheet: SheetDialog, text: str) -> None:
    (button,) = [each for each in sheet.findChildren(QPushButton) if each.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def texts_of_words(sheet: SheetDialog) -> list[str]:
    return [each.text() for each in sheet.findChildren(QLabel) if each.property("role") == "strong"]


def typed(asks: Assistant, step: str, name: str, text: str) -> None:
    """Type something on a step, key by key."""
    edit = asks.forms[step][name].findChild(QLineEdit)
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


@pytest.mark.parametrize(("folder", "lies"), [("Konak", "Konak"), ("./there/Konak", "there/Konak"), ("../x", "../x")])
def test_a_folder_that_is_relative_is_whole_before_anything_is_made(
    window: StartWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, lies: str
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    whole = str((here / lies).resolve())
    asks = assistant(window)
    answer(asks, qtbot)
    typed(asks, "place", "folder", folder)
    QTest.mouseClick(asks.next_button, Qt.MouseButton.LeftButton)
    assert asks.forms["place"]["folder"].raw() == whole
    asks.next()
    assert whole in texts(asks).replace("\u200b", "")
    asks.change("place")
    typed(asks, "place", "folder", "~nobody-of-that-name/Konak")
    asks.next()
    assert asks.step == "place"
    assert "Write the whole path of the folder" in texts(asks)
    assert not Path(whole).exists()


def test_the_summary_says_what_will_be_made_and_leads_back_to_each_answer(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    backups = tmp_path / "stick"
    backups.mkdir()
    asks = assistant(window)
    answer(asks, qtbot, letterhead="Republic of Kosovo")
    asks.next()
    typed(asks, "backups", "backups", str(tmp_path / "not plugged in"))
    asks.next()
    assert asks.step == "backups"
    assert "There is no such folder" in asks.forms["backups"]["backups"].error.text()
    typed(asks, "backups", "backups", str(backups))
    asks.next()
    assert asks.step == "summary"
    assert not (tmp_path / "Konak").exists()
    said = texts(asks).replace("\u200b", "")
    answers = (
        "English",
        "Centre South",
        "Republic of Kosovo",
        "Europe/Belgrade",
        "A. Berisha",
        "nothing can be sealed",
    )
    for each in (*answers, "none yet", str(tmp_path / "Konak"), str(backups), "Its words are shown once"):
        assert each in said
    assert complaints(window) == []
    links = {each.accessibleName(): each for each in asks.findChildren(LinkButton) if each.isVisible()}
    assert len([name for name in links if name.startswith("Change: ")]) == 8
    QTest.mouseClick(links["Change: Facility"], Qt.MouseButton.LeftButton)
    assert asks.step == "facility"
    asks.forms["facility"]["name"].put("Centre North")
    asks.next()
    assert asks.step == "summary"
    assert "Centre North" in texts(asks)
    with qtbot.waitSignal(window.opened) as made:
        asks.next()
        press_button(shown_sheet(qtbot), "I have written it down")
    register, _at = made.args
    with register, register.read() as snapshot:
        assert register.facility.name == "Centre North"
        assert [each.folder for each in backup_queries.backups(snapshot).places] == [str(backups)]


@pytest.mark.parametrize("size", [(900, 710), (900, 480)])
def test_next_stays_under_the_pointer_from_step_to_step(
    window: StartWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    asks = assistant(window)
    qtbot.wait(20)
    at = asks.next_button.mapTo(window, asks.next_button.rect().center())
    values = {"name": "Centre", "administrator": "A. Berisha", "passphrase": STRONG, "again": STRONG}
    seen = []
    while asks.step != "summary":
        seen.append(asks.step)
        for name, value in values.items():
            if name in asks.forms[asks.step].fields:
                asks.forms[asks.step][name].put(value)
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        qtbot.wait(20)
        assert asks.step not in seen
    assert len(seen) == 7
    assert asks.next_button.rect().contains(asks.next_button.mapFrom(window, at))


def test_a_register_that_is_made_is_not_entered_without_its_words(window: StartWindow, qtbot: QtBot) -> None:
    asks = assistant(window)
    answer(asks, qtbot)
    opened: list[object] = []
    window.opened.connect(lambda register, _at: opened.append(register))
    make(asks)
    sheet = shown_sheet(qtbot)
    assert "Go back" not in {each.text() for each in sheet.findChildren(QPushButton)}
    prompts.answers = deque([True, True])
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    sheet.close()
    qtbot.wait(50)
    assert "they cannot be shown again" in prompts.asked[-1].text
    assert sheet.isVisible()
    assert not opened
    press_button(sheet, "I have written it down")
    qtbot.waitUntil(lambda: bool(opened))


def test_the_assistant_makes_a_register_that_opens(window: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    asks = assistant(window)
    answer(asks, qtbot, letterhead="Republic of Kosovo")
    asks.back()
    asks.forms["programmes"]["preset_UK-RETURN"].put(True)
    asks.next()
    with qtbot.waitSignal(window.opened) as made:
        make(asks)
        assert asks.bar.isVisible()
        assert not asks.next_button.isEnabled()
        sheet = shown_sheet(qtbot)
        prompts.answers = deque([tmp_path / "sheet.pdf"])
        press_button(sheet, "Save as PDF")
        words_shown = " ".join(texts_of_words(sheet))
        press_button(sheet, "I have written it down")
    register, at = made.args
    said = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    assert all(word in said for word in words_shown.split())
    assert isinstance(register, Register)
    assert at == tmp_path / "Konak"
    with register:
        assert register.facility.name == "Centre South"
        assert register.facility.letterhead == "Republic of Kosovo"
        assert register.person.name == "A. Berisha"
        with register.read() as snapshot:
            assert [row.code for row in programmes.rows(snapshot)] == ["UK-RETURN"]
    opening.open_register(at, passphrase=STRONG).close()
    another = "another passphrase that is strong"
    opening.recover_register(at, secret=secret_of(words_shown), person="A. Berisha", passphrase=another).close()


def test_whom_the_assistant_names_reads_what_is_sealed_from_the_first_day(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    asks = assistant(window)
    first = "quite another six words of passphrase"
    while asks.step != "reader":
        answer_step(asks)
    asks.next()
    assert asks.step == "programmes", "it can be left for later"
    asks.back()
    asks.forms["reader"]["reader"].put("Dr. Hoxha")
    asks.next()
    assert asks.step == "reader"
    assert asks.forms["reader"]["role"].error.isVisible()
    asks.forms["reader"]["role"].put(Role.HEALTH_LEGAL)
    asks.forms["reader"]["reader_passphrase"].put(first)
    asks.next()
    asks.next()
    with qtbot.waitSignal(window.opened) as made:
        make(asks)
        press_button(shown_sheet(qtbot), "I have written it down")
    register, at = made.args
    register.close()
    with opening.open_register(at, person="Dr. Hoxha", passphrase=first) as doctor:
        assert (doctor.can_unseal, doctor.person.must_change, doctor.facility.has_holder) == (True, True, True)


def test_every_step_is_whole_and_named_in_every_language(window: StartWindow, qtbot: QtBot) -> None:
    for language in ("en", "sq", "sr"):
        set_language(language)
        asks = assistant(window)
        for step in ("language", "facility", "person", "reader", "programmes", "place", "backups", "summary"):
            qtbot.wait(20)
            assert asks.step == step
            assert complaints(window) == []
            for name, value in (("name", "C"), ("administrator", "A"), ("passphrase", STRONG), ("again", STRONG)):
                if name in asks.forms[step].fields:
                    asks.forms[step][name].put(value)
            if step != "summary":
                asks.next()


def test_the_language_changes_at_once_and_nothing_typed_is_lost(window: StartWindow, qtbot: QtBot) -> None:
    asks = assistant(window)
    answer(asks, qtbot)
    while asks.step != "language":
        asks.back()
    with qtbot.waitSignal(window.language_chosen) as chosen:
        asks.forms["language"]["language"].put("sr")
    assert chosen.args == ["sr"]
    assert asks.step == "language"
    assert asks.forms["language"]["language"].read() == "sr"
    assert asks.forms["facility"]["name"].read() == "Centre South"
    assert asks.forms["person"]["passphrase"].read() == STRONG
    assert asks.forms["facility"]["time_zone"].read() == "Europe/Belgrade"


@pytest.mark.parametrize(
    ("passphrase", "again", "field"),
    [("short", "short", "passphrase"), (STRONG, STRONG + " ", "again"), ("", "", "passphrase")],
)
def test_a_passphrase_that_is_short_or_not_repeated_is_said_beside_its_field(
    window: StartWindow, qtbot: QtBot, passphrase: str, again: str, field: str
) -> None:
    asks = assistant(window)
    for step in ("language", "facility"):
        assert asks.step == step
        if step == "facility":
            asks.forms["facility"]["name"].put("Centre")
        asks.next()
    form = asks.forms["person"]
    form["administrator"].put("A. Berisha")
    form["passphrase"].put(passphrase)
    form["again"].put(again)
    asks.next()
    assert asks.step == "person"
    assert form[field].error.isVisible()


def test_what_only_the_making_can_know_is_said_on_its_step(window: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    asks = assistant(window)
    answer(asks, qtbot)
    full = tmp_path / "full"
    full.mkdir()
    (full / "file").write_text("x")
    asks.forms["place"]["folder"].put(str(full))
    make(asks)
    qtbot.waitUntil(asks.next_button.isEnabled)
    assert asks.step == "place"
    assert "not empty" in asks.forms["place"]["folder"].error.text()


def test_a_refusal_of_an_earlier_answer_brings_one_back_to_its_step(
    qtbot: QtBot, window: StartWindow, tmp_path: Path
) -> None:
    def strict(_answers: NewRegister, _tell: object) -> Register:
        raise Refused("Write the name of the facility.", field="name")

    asks = Assistant(create=strict, folder=tmp_path / "Konak", language="en")
    qtbot.addWidget(asks)
    asks.show()
    answer(asks, qtbot)
    make(asks)
    qtbot.waitUntil(asks.next_button.isEnabled)
    assert asks.step == "facility"
    assert asks.forms["facility"]["name"].error.isVisible()


def test_a_place_that_cannot_be_written_is_said_in_a_dialog(window: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    asks = assistant(window)
    answer(asks, qtbot)
    (tmp_path / "file").write_text("x")
    asks.forms["place"]["folder"].put(str(tmp_path / "file" / "below"))
    make(asks)
    qtbot.waitUntil(lambda: bool(prompts.asked))
    assert "folder" in prompts.asked[-1].text
    assert asks.next_button.isEnabled()


def test_a_chosen_folder_that_holds_something_gets_a_folder_of_its_own(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    asks = assistant(window)
    answer(asks, qtbot)
    (tmp_path / "file").write_text("x")
    empty = tmp_path / "empty"
    empty.mkdir()
    prompts.answers = deque([tmp_path, empty, None])
    for wanted in (tmp_path / "Konak", empty, empty):
        asks._choose_place()  # noqa: SLF001 - what the button does
        assert asks.forms["place"]["folder"].read() == str(wanted)


def test_making_and_unlocking_do_not_stop_the_window(window: StartWindow, qtbot: QtBot, folder: Path) -> None:
    seen: list[str] = []

    def slowly(at: Path, person: str, passphrase: str) -> Register:
        seen.append(threading.current_thread().name)
        return open_register(at, person, passphrase)

    screen = Unlock(folder, access=replace(ACCESS, open_register=slowly))
    qtbot.addWidget(screen)
    screen.passphrase.put(PASSPHRASE)
    with qtbot.waitSignal(screen.opened) as opened:
        screen.send()
        assert not screen.button.isEnabled()
    opened.args[0].close()
    assert seen == ["apart"]
    assert screen.passphrase.raw() == ""


def test_a_wrong_passphrase_is_said_beside_the_field_and_the_right_one_then_opens(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    screen = unlock(window, folder)
    qtbot.waitUntil(screen.passphrase.edit.hasFocus)
    assert complaints(window) == []
    QTest.keyClicks(screen.passphrase.edit, "wrong")
    QTest.keyClick(screen.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.passphrase.error.isVisible)
    assert "does not open" in screen.passphrase.error.text()
    assert screen.passphrase.edit.selectedText() != ""
    assert complaints(window) == []
    QTest.keyClicks(screen.passphrase.edit, PASSPHRASE)
    with qtbot.waitSignal(window.opened) as opened:
        QTest.keyClick(screen.passphrase.edit, Qt.Key.Key_Return)
    opened.args[0].close()
    assert opened.args[1] == folder


def test_nothing_is_sent_without_a_passphrase(window: StartWindow, qtbot: QtBot, folder: Path) -> None:
    screen = unlock(window, folder)
    screen.send()
    assert screen.passphrase.error.isVisible()
    assert screen.button.isEnabled()


def test_of_several_people_one_must_say_who_one_is(window: StartWindow, qtbot: QtBot, folder: Path) -> None:
    held = keys.Keys.load(folder)
    second, _ = keys.Slot.make(held.register_id, "B. Krasniqi", "another one", keys.Opened(b"k" * 32, None), QUICK)
    keys.Keys(held.register_id, (*held.slots, second)).save(folder)
    screen = unlock(window, folder)
    screen.passphrase.put(PASSPHRASE)
    screen.send()
    assert screen.person.error.isVisible()
    screen.person.put("A. Berisha")
    with qtbot.waitSignal(screen.opened) as opened:
        screen.send()
    opened.args[0].close()


def test_a_folder_without_a_register_is_said_and_another_can_be_opened(
    window: StartWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    screen = unlock(window, tmp_path)
    assert "keys.json" in texts(screen)
    assert not screen.form.isVisible()
    prompts.answers = deque([None, folder])
    screen.another.emit()
    assert window.shown is screen
    screen.another.emit()
    assert isinstance(window.shown, Unlock)
    assert str(folder) in texts(window)
    window.shown.new.emit()
    assert isinstance(window.shown, Assistant)


def test_an_answer_that_comes_after_the_screen_is_gone_is_dropped(
    window: StartWindow, qtbot: QtBot, folder: Path
) -> None:
    gate = threading.Event()

    def late(at: Path, person: str, passphrase: str) -> Register:
        gate.wait(10)
        return open_register(at, person, passphrase)

    screen = Unlock(folder, access=replace(ACCESS, open_register=late))
    screen.passphrase.put("wrong")
    screen.send()
    screen.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.wait(200)
    assert prompts.asked == []


def test_a_fault_while_making_is_shown_as_one_and_one_can_go_on(qtbot: QtBot, look: None, tmp_path: Path) -> None:
    def broken(_answers: NewRegister, _tell: object) -> Register:
        raise RuntimeError("born 1991 in Kabul")

    asks = Assistant(create=broken, folder=tmp_path / "Konak", language="en")
    qtbot.addWidget(asks)
    answer(asks, qtbot)
    make(asks)
    qtbot.waitUntil(asks.next_button.isEnabled)
    said = prompts.asked[0]
    assert "RuntimeError" in said.details
    assert "Kabul" not in said.details


def test_the_hint_tells_a_guessable_passphrase_from_a_strong_one() -> None:
    assert strength("")[0] == ""
    assert strength("password")[0] == "Very easy to guess. Add more words."
    assert strength(STRONG)[0] == "Strong."
    assert strength("Reception Centre North", ["Reception Centre North"])[0] != "Strong."
    assert strength("ë" * 500)[0]
