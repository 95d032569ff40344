"""Administration in a real window: the facility is shown and changed, and who may open the register is listed."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.store.register import Register
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from ui import work
from ui.administration.page import AdministrationPage
from ui.kit.form import FormDialog


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
    assert register.house.name == "Reception Centre South"
    assert (register.house.letterhead, register.house.number_prefix) == ("", "S-")
    assert any(label.text() == "Reception Centre South" for label in page.findChildren(QLabel))
