"""The machine-readable zone in the form of an arrival: scanned, it fills the form, and what is doubtful is said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.actions import rooms
from models.entities.documents import Document
from models.entities.residents import Resident
from models.ids import ListId
from models.rules.birth import BirthDate
from models.store.register import Register
from tests import builders
from tests.ui.arrivals.test_arrivals import accept, opened, send
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from ui.arrivals.asked import NEW
from ui.arrivals.form import ArrivalForm
from ui.arrivals.zone import ZoneField, ZoneSays
from ui.kit.labels import LinkButton, Text
from ui.selection.page import SelectionPage
from ui.shell import MainWindow

ZONE = "P<AFGNOORZAI<<ABDUL<WALI<<<<<<<<<<<<<<<<<<<<\nO123456782AFG9908073M2703154<<<<<<<<<<<<<<<4\n"
FITS = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.fixture
def main(qtbot: QtBot, register: Register, small: ListId) -> MainWindow:
    register.perform(rooms.add_room, name="12", beds=2)
    return show(qtbot, register, "selection", SelectionPage)


def scan(qtbot: QtBot, form: ArrivalForm, text: str) -> None:
    """As a scanner does that types like a keyboard."""
    field = form.form["zone"]
    assert isinstance(field, ZoneField)
    field.put("")
    for line in text.splitlines():
        QTest.keyClicks(field.edit, line)
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.wait(450)
    settle(qtbot)


def said(form: ArrivalForm) -> list[str]:
    says = form.findChildren(ZoneSays)[0]
    return [] if says.isHidden() else [each.text() for each in says.findChildren(Text)]


def click(qtbot: QtBot, form: ArrivalForm, text: str) -> None:
    (link,) = (each for each in form.findChildren(ZoneSays)[0].findChildren(LinkButton) if each.text() == text)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.wait(450)
    settle(qtbot)


def new(qtbot: QtBot, main: MainWindow) -> ArrivalForm:
    form = opened(qtbot, main)
    form.form["who"].put(NEW)
    return form


def test_a_scan_fills_person_and_document_and_they_are_kept(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    form = new(qtbot, main)
    scan(qtbot, form, ZONE)
    assert said(form) == ["All check digits hold."]
    assert form.form["family_name"].read() == "Noorzai"
    form.form["given_names"].put("Abdul-Wali")
    form.form["family_name"].put("Nurzai")
    form.form["emergency_reason"].put("Nobody else could take him in")
    assert complaints(form) == []
    send(qtbot, form)
    with register.write() as unit:
        row = unit.session.query(Resident).where(Resident.family_name == "Nurzai").one()
        assert (row.given_names, row.nationality, row.sex, str(row.birth)) == ("Abdul-Wali", "AF", "M", "1999-08-07")
        assert list(row.aliases) == ["Noorzai Abdul Wali"]
        paper = unit.session.query(Document).where(Document.resident_id == row.id).one()
        unit.begin(builders.TEST, {})
        assert (paper.number, paper.country, str(paper.expires_on)) == ("O12345678", "AF", "2027-03-15")


def test_what_does_not_hold_is_said_and_a_repair_is_taken_by_a_click(qtbot: QtBot, main: MainWindow) -> None:
    form = new(qtbot, main)
    scan(qtbot, form, FITS.replace("L898902C3", "L8989O2C3").replace("ANNA", "4NNA"))
    assert (
        said(form)[0]
        == "These check digits do not hold: number of the document, the zone as a whole. Compare with the document."
    )
    assert said(form)[1] == "Perhaps misread: line 2, sign 6: O for 0."
    (says,) = form.findChildren(ZoneSays)
    assert says.property("role") == "says"
    assert form.form["number"].read() == "L8989O2C3"
    click(qtbot, form, "Read it so")
    assert said(form)[0] == "All check digits hold."
    assert said(form)[1] == "The document says something else than the form: Number."
    click(qtbot, form, "Take what the document says")
    assert form.form["number"].read() == "L898902C3"
    assert said(form) == ["All check digits hold."]
    assert not says.property("role"), "that all is well is no warning"


def test_the_list_and_the_document_are_compared(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    candidate = accept(register, "900-441-000")
    form = opened(qtbot, main, candidate)
    before = form.form["family_name"].read()
    scan(qtbot, form, ZONE)
    assert form.form["family_name"].read() == before
    assert "Family name" in said(form)[-1]


def test_the_other_century_is_a_click_away(qtbot: QtBot, main: MainWindow) -> None:
    form = new(qtbot, main)
    scan(qtbot, form, "P<ERIGEBREMEDHIN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE0012345<7ERI1601013F2901019<<<<<<<<<<<<<<<2")
    assert form.form["birth"].read() == BirthDate(2016, 1, 1)
    click(qtbot, form, "Born 1 Jan 1916")
    assert form.form["birth"].read() == BirthDate(1916, 1, 1)


def test_what_is_no_zone_hinders_until_it_is_emptied(qtbot: QtBot, main: MainWindow) -> None:
    form = new(qtbot, main)
    scan(qtbot, form, ZONE[:-6])
    assert said(form) == []
    form.form["emergency_reason"].put("It is night")
    form.send()
    assert "43" not in form.form["zone"].error.text()
    assert "Or empty the field." in form.form["zone"].error.text()
    assert "lines have 44, 39 signs" in form.form["zone"].error.text()
