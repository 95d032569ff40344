"""A likely duplicate is settled side by side."""

from pytestqt.qtbot import QtBot

from models.ids import ListId
from models.store.register import Register
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from tests.ui.selection.conftest import dialog, person, whole
from ui.kit.form import FormDialog
from ui.selection.beside import BesideDialog
from ui.selection.page import SelectionPage


def test_two_who_may_be_one_stand_side_by_side_and_are_settled(qtbot: QtBot, register: Register, small: ListId) -> None:
    who = person(register, "900-667-236")
    window = show(qtbot, register, "selection", SelectionPage, candidate_id=who)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    (found,) = whole(register, who).alike
    page.one.alike.compared.emit(found)
    settle(qtbot)
    shown = dialog(qtbot)
    assert isinstance(shown, BesideDialog)
    assert complaints(shown) == []
    shown.other.click()
    asked = dialog(qtbot)
    assert isinstance(asked, FormDialog)
    asked.form["reason"].put("two passports seen")
    asked.send()
    settle(qtbot)
    assert whole(register, who).alike == ()
