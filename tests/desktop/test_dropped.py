"""What is dropped on the window is brought in or restored; and dialogs for files begin where one was."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.settings import Settings
from models.actions import programmes
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.write_lock import Holder
from tests import builders
from tests.conftest import PASSPHRASE
from tests.programs import running
from ui import prompts, work
from ui.imports.lists import ListImporter
from ui.imports.stays import StaysImporter
from ui.kit.fields import ListField, LongTextField, TextField
from ui.kit.form import Form
from ui.kit.typed_fields import MomentField
from ui.language import set_language
from ui.qt_texts import QtWords
from ui.start.restore import RestoreScreen
from ui.start.unlock import Unlock

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def program(qapp: QApplication, empty_register: Path, tmp_path: Path) -> Iterator[Program]:
    """The window on a register with a programme."""
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS)
    with running(qapp, tmp_path / "settings.json") as made:
        made.open(open_register(folder, passphrase=PASSPHRASE))
        yield made


def drop(window: QWidget, *files: Path) -> bool:
    """Drag files over a window, or a part of it, and drop them there; whether it takes them. They are never moved."""
    data, left = QMimeData(), Qt.MouseButton.LeftButton
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    of = (QPointF(5, 5), either, data, left, Qt.KeyboardModifier.ShiftModifier)
    enters = QDragEnterEvent(*of)
    assert enters.proposedAction() is Qt.DropAction.MoveAction
    enters.ignore()
    QApplication.sendEvent(window, enters)
    if enters.isAccepted():
        falls = QDropEvent(*of)
        QApplication.sendEvent(window, falls)
        assert (enters.dropAction(), falls.dropAction()) == (Qt.DropAction.CopyAction,) * 2
    return enters.isAccepted()


@pytest.mark.parametrize(("answer", "kind"), [(0, ListImporter), (1, StaysImporter)])
@pytest.mark.parametrize("name", ["Prijedlog 3.CSV", "people.ods"])
def test_a_table_opens_the_assistant_of_what_it_is_a_file_of(
    program: Program, qtbot: QtBot, tmp_path: Path, answer: int, kind: type[QWidget], name: str
) -> None:
    file = tmp_path / name
    file.write_text("Family name,Given names\nAhmadzai,Gul\n")
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: not work.is_busy())
    assert prompts.answers is not None
    prompts.answers.append(answer)
    assert drop(window, file)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    qtbot.waitUntil(lambda: not work.is_busy())
    assistant = QApplication.activeModalWidget()
    assert isinstance(assistant, ListImporter | StaysImporter)
    assert not drop(window, file)  # in front of the window stands a form
    assistant.form.settle()
    prompts.answers.append(True)
    assistant.reject()


def test_a_backup_goes_to_the_screen_that_restores_it_and_nothing_else_is_taken(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    window = program.window
    assert window is not None
    backup, picture = tmp_path / "konak.konak", tmp_path / "photo.png"
    for each in (backup, picture):
        each.write_bytes(b"x")
    assert not drop(window, picture)
    assert not drop(window, backup, backup)
    assert not drop(window, tmp_path / "gone.csv")
    assert not drop(window, tmp_path)
    assert prompts.answers is not None
    prompts.answers.append(True)
    assert drop(window, backup)
    qtbot.waitUntil(lambda: program.before is not None)
    assert program.before is not None
    assert isinstance(program.before.shown, RestoreScreen)
    assert program.before.shown.file.read() == str(backup)


def test_a_file_on_a_line_is_for_the_window_and_its_place_is_written_nowhere(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    """In the search box, and on each kind of line of a form; a text that is dragged is taken."""
    window = program.window
    assert window is not None
    backup, picture = tmp_path / "konak.konak", tmp_path / "photo.png"
    for each in (backup, picture):
        each.write_bytes(b"x")
    form = Form([TextField("a", "A"), LongTextField("b", "B"), MomentField("c", "C"), ListField("d", "D")])
    qtbot.addWidget(form)
    form.show()
    lines = [*form.findChildren(QLineEdit), *(each.viewport() for each in form.findChildren(QPlainTextEdit))]
    assert len(lines) >= 5
    for line in (*lines, window.search):
        assert not drop(line, picture)
    assert not any(drop(line, backup) for line in lines)
    text = QMimeData()
    text.setText("Gul")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, text, left, none)
    QApplication.sendEvent(lines[0], enters)
    assert enters.isAccepted()
    assert prompts.answers is not None
    prompts.answers.append(True)
    assert drop(window.search, backup)
    assert window.search.text() == ""
    qtbot.waitUntil(lambda: program.before is not None)


def test_where_the_passphrase_is_asked_for_a_backup_is_taken_and_a_list_is_not(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    backup, table = tmp_path / "konak.konak", tmp_path / "list.csv"
    for each in (backup, table):
        each.write_bytes(b"x")
    program.lock()
    qtbot.waitUntil(lambda: program.before is not None)
    assert program.before is not None
    assert isinstance(program.before.shown, Unlock)
    assert not drop(program.before, table)
    assert drop(program.before.shown.passphrase.edit, backup)
    qtbot.waitUntil(lambda: program.before is not None and isinstance(program.before.shown, RestoreScreen))
    assert isinstance(program.before.shown, RestoreScreen)
    assert program.before.shown.file.read() == str(backup)
    assert not drop(program.before, backup), "something is being done here"


@pytest.mark.parametrize("reads", [True, False])
def test_who_may_bring_in_no_file_is_not_offered_to_drop_one(
    program: Program, qtbot: QtBot, tmp_path: Path, reads: bool
) -> None:
    """A clerk, and whoever has a window that only reads."""
    assert program.workstation is not None
    register, window, table = program.workstation.register, program.window, tmp_path / "list.csv"
    assert register is not None
    assert window is not None
    table.write_text("Family name\nAhmadzai\n")
    if reads:
        register.holder = Holder("D. Hoxha", "desk-2", "2026-11-21T08:00:00+00:00")
    else:
        register.person = replace(register.person, role=Role.CLERK, stands_in=False)
    assert not drop(window, table)


def test_the_next_dialog_begins_in_the_folder_of_the_last_file_also_after_a_new_start(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def chosen(_parent: object, _title: str, begins: str, *_more: object, **_options: object) -> tuple[str, str]:
        begun.append(begins)
        return str(tmp_path / "lists" / "may.csv"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    monkeypatch.setattr(prompts, "answers", None)
    prompts.ask_open_path(None, "x", "")
    prompts.ask_save_path(None, "x", "report.pdf", "")
    assert begun == ["", str(tmp_path / "lists" / "report.pdf")]
    program.end()
    assert Settings.load(tmp_path / "settings.json").files == str(tmp_path / "lists")


@pytest.mark.parametrize("language", ["sq", "sr"])
def test_the_dialog_for_files_speaks_the_language_of_the_screen(
    qapp: QApplication, qtbot: QtBot, language: str
) -> None:
    words = QtWords(qapp)
    qapp.installTranslator(words)
    set_language(language)
    try:
        dialog = QFileDialog()
        dialog.setOptions(prompts.OURS)
        qtbot.addWidget(dialog)
        dialog.show()
        texts = {each.text().replace("&", "") for each in dialog.findChildren(QPushButton)}
        labels = {each.text().replace("&", "") for each in dialog.findChildren(QLabel)}
        assert not texts & {"Cancel", "Open", "Choose"}
        assert not labels & {"Look in:", "Directory:", "File name:", "Files of type:"}
        assert "All Files (*)" not in {box.itemText(0) for box in dialog.findChildren(QComboBox)}
        assert len(texts - {""}) >= 2
    finally:
        qapp.removeTranslator(words)
        set_language("en")
