"""Administration in a real window: the facility is shown and changed, and who may open the register is listed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.actions import people
from models.clock import FixedClock
from models.queries import people as queries
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.recovery import new_secret, words
from models.store.register import Register
from tests.builders import SHEET
from tests.conftest import PASSPHRASE
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from tests.ui.departures.windows import picture
from ui import prompts, work
from ui.administration.page import AdministrationPage
from ui.administration.recovery import NewSheetDialog
from ui.kit.form import FormDialog
from ui.passphrases import change_own_passphrase


def test_the_facility_is_shown_and_changed(qtbot: QtBot, register: Register) -> None:
    work.start(register)
    page = AdministrationPage()
    qtbot.addWidget(page)
    page.resize(1170, 690)
    page.show()
    qtbot.wait(20)
    wait_idle(qtbot)
    assert complaints(page) == []
    assert page.users.model.rowCount() == 1
    page.change.click()
    form = QApplication.activeModalWidget()
    assert isinstance(form, FormDialog)
    assert complaints(form) == []
    assert form.form["time_zone"].read() == "Europe/Belgrade"
    form.form["name"].put("Reception Centre South")
    form.form["letterhead"].put("")
    form.form["number_prefix"].put("S-")
    form.send()
    wait_idle(qtbot)
    qtbot.wait(20)
    wait_idle(qtbot)
    assert register.facility.name == "Reception Centre South"
    assert (register.facility.letterhead, register.facility.number_prefix) == ("", "S-")
    assert any(label.text() == "Reception Centre South" for label in page.findChildren(QLabel))


__all__ = ["picture"]


def shown(qtbot: QtBot, register: Register) -> AdministrationPage:
    work.start(register)
    page = AdministrationPage()
    qtbot.addWidget(page)
    page.resize(1170, 690)
    page.show()
    qtbot.wait(20)
    wait_idle(qtbot)
    return page


def test_a_person_is_added_and_only_what_fits_the_chosen_one_can_be_pressed(qtbot: QtBot, register: Register) -> None:
    page = shown(qtbot, register)
    buttons = page.people.buttons
    assert [name for name, button in buttons.items() if button.isEnabled()] == [people.add]
    buttons[people.add].click()
    form = QApplication.activeModalWidget()
    assert isinstance(form, FormDialog)
    assert form.form["words"].isHidden()
    form.form["role"].put(Role.HEALTH_LEGAL)
    assert not form.form["words"].isHidden()
    assert complaints(form) == []
    form.form["name"].put("Dr. L. Gashi")
    form.form["passphrase"].put("a first passphrase")
    form.send()
    wait_idle(qtbot)
    qtbot.wait(20)
    wait_idle(qtbot)
    added = next(user for user in page.people._users.values() if user.name == "Dr. L. Gashi")  # noqa: SLF001
    page.users.select(added.id)
    fitting = {name for name, button in buttons.items() if button.isEnabled() and button.isVisible()}
    assert fitting == {people.add, people.correct_name, people.change_role, people.reset_passphrase, people.remove}
    assert complaints(page) == []
    buttons[people.correct_name].click()
    form = QApplication.activeModalWidget()
    assert isinstance(form, FormDialog)
    assert form.form["name"].raw() == "Dr. L. Gashi"
    form.form["name"].put("Dr. L. Gashi-Krasniqi")
    form.form["reason"].put("She has married")
    assert complaints(form) == []
    form.send()
    wait_idle(qtbot)
    qtbot.wait(20)
    wait_idle(qtbot)
    with register.read() as snapshot:
        assert "Dr. L. Gashi-Krasniqi" in queries.names(snapshot)


def test_a_clerk_is_offered_nothing_that_an_administrator_does(qtbot: QtBot, register: Register) -> None:
    register.perform(people.add, name="B. Hoxha", role=Role.CLERK, passphrase=PASSPHRASE)
    page = shown(qtbot, register.beside(person="B. Hoxha", passphrase=PASSPHRASE))
    assert page.people.buttons == {}
    assert not page.change.isVisible()
    assert page.users.model.rowCount() == 2
    assert complaints(page) == []


def test_who_was_added_by_night_is_there_since_the_day_that_it_was_in_the_house(
    qtbot: QtBot, register: Register, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    user = register.perform(people.add, name="B. Hoxha", role=Role.CLERK, passphrase=PASSPHRASE).value
    page = shown(qtbot, register)
    since = next(each for each in page.users.model.columns if each.name == "since")
    added = page.users.row(user)
    assert added is not None
    assert since.cell(added).plain == "21 Nov 2026"
    assert [value(added) for _title, value in since.all_data()] == [date(2026, 11, 21)]


def test_one_changes_the_own_passphrase(qtbot: QtBot, register: Register) -> None:
    page = shown(qtbot, register)
    dialog = change_own_passphrase(page)
    assert complaints(dialog) == []
    new = "another passphrase of mine"
    for name, value in (("old", PASSPHRASE), ("new", new), ("again", "something else")):
        dialog.form[name].put(value)
    dialog.send()
    assert dialog.isVisible()
    dialog.form["again"].put(new)
    dialog.send()
    wait_idle(qtbot)
    register.close()
    open_register(register.folder, passphrase=new).close()


def test_a_new_recovery_sheet_holds_only_once_it_is_written_down(qtbot: QtBot, register: Register) -> None:
    """Whatever happens before that, somebody has a sheet that opens the register."""
    page = shown(qtbot, register)
    before = register.sheet_number
    page.recovery.make.click()
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, NewSheetDialog)
    assert complaints(sheet) == []
    assert before not in sheet.windowTitle()
    assert register.sheet_number == before
    sheet.reject()
    assert prompts.asked == []
    assert register.sheet_number == before
    page.recovery.make.click()
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, NewSheetDialog)
    sheet.form["words"].put(words(SHEET))
    sheet.written.click()
    wait_idle(qtbot)
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert register.sheet_number != before
    assert register.sheet_number in sheet.windowTitle()


def test_an_administrator_needs_the_words_of_the_old_sheet(
    qtbot: QtBot, register: Register, picture: Callable[..., None]
) -> None:
    page = shown(qtbot, register)
    before = register.sheet_number
    page.recovery.make.click()
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, NewSheetDialog)
    assert complaints(sheet) == []
    sheet.written.click()
    assert "fill this in" in sheet.form["words"].error.text()
    sheet.form["words"].put(words(new_secret()))
    sheet.written.click()
    wait_idle(qtbot)
    assert "do not open the register" in sheet.form["words"].error.text()
    picture(sheet, "new-sheet")
    assert sheet.isVisible()
    assert register.sheet_number == before
