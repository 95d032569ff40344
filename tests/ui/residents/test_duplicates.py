"""The list of who may be the same, in the real window: looked for, side by side, told apart, joined."""

from datetime import date

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.actions import joinings
from models.ids import ResidentId
from models.queries import joinings as joining_rows
from models.queries.duplicates import PairRow
from models.rules.birth import BirthDate
from models.rules.joining import Side
from models.rules.vocabulary import Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from tests.ui.departures.windows import show
from tests.ui.residents.test_joining import _fill, _picture
from ui.kit.form import FormDialog
from ui.kit.labels import Button
from ui.residents.duplicates import DuplicatesPage
from ui.residents.joining import SameDialog
from ui.shell import MainWindow


def _house(register: Register) -> None:
    programme = builders.programme(register)
    names = (("Yousuf", "Mohammed"), ("Jusuf", "Muhamed"), ("Haidari", "Zahra"), ("Heydari", "Zahraa"), ("Kim", "Min"))
    for at, (family, given) in enumerate(names, 1):
        birth = BirthDate(1991, 3, 7) if at < 3 else BirthDate(1980 + at // 5, 4, 5)
        who = builders.resident(register, f"K-000{at}", family_name=family, given_names=given, birth=birth)
        builders.stay(register, who, programme, date(2026, 6, at), date(2026, 6, at + 1))


def _open(qtbot: QtBot, register: Register) -> tuple[MainWindow, DuplicatesPage]:
    window = show(qtbot, register, "duplicates", DuplicatesPage)
    page = window.page("duplicates")
    assert isinstance(page, DuplicatesPage)
    return window, page


def _dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    def there() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog) if each.isVisible() and isinstance(each, kind)]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def _rows(page: DuplicatesPage) -> list[PairRow]:
    return [row for at in range(page.table.model.rowCount()) if (row := page.table.model.row(at))]


def _said(page: DuplicatesPage) -> list[tuple[int, int]]:
    return [(pair.this.id, pair.other.id) for pair in _rows(page)]


def test_pairs_are_looked_for_told_apart_and_joined_until_none_is_left(qtbot: QtBot, register: Register) -> None:
    _house(register)
    window, page = _open(qtbot, register)
    assert _said(page) == []
    page.look.click()
    qtbot.waitUntil(lambda: len(_said(page)) == 2)
    wait_idle(qtbot)
    assert complaints(window) == []
    _picture(window, "duplicates")
    assert {*_said(page)} == {(1, 2), (3, 4)}
    page.table.opened.emit(next(pair.id for pair in _rows(page) if pair.this.id == 3))
    dialog = _dialog(qtbot, window, SameDialog)
    assert complaints(dialog) == []
    _picture(window, "duplicates-beside")
    next(each for each in dialog.findChildren(Button) if each.text() == "Somebody else").click()
    form = _dialog(qtbot, window, FormDialog)
    assert isinstance(form, FormDialog)
    _fill(form, {"reason": "Two at one table"})
    form.send()
    qtbot.waitUntil(lambda: _said(page) == [(1, 2)])
    page.table.opened.emit(_rows(page)[0].id)
    dialog = _dialog(qtbot, window, SameDialog)
    next(each for each in dialog.findChildren(Button) if each.text() == "The same person").click()
    form = _dialog(qtbot, window, FormDialog)
    assert isinstance(form, FormDialog)
    _fill(form, {"family_name": Side.THIS, "given_names": Side.OTHER, "reason": "One photo"})
    form.send()
    qtbot.waitUntil(lambda: _said(page) == [])
    wait_idle(qtbot)
    with register.read() as snapshot:
        assert [row.number for row in joining_rows.of_resident(snapshot, resident_id=ResidentId(1))] == ["K-0002"]


def test_who_was_told_apart_stands_on_the_page_with_the_way_back(qtbot: QtBot, register: Register) -> None:
    from tests.ui.residents.test_joining import _links, _reads, _until
    from ui.residents.page import ResidentsPage

    _house(register)
    one, other = ResidentId(1), ResidentId(2)
    register.perform(joinings.tell_apart, resident_id=other, other_id=one, reason="Two at one table")
    window = show(qtbot, register, "residents", ResidentsPage, resident_id=1)
    page = window.page("residents")
    assert isinstance(page, ResidentsPage)
    _until(qtbot, lambda: "K-0002 was found to be somebody else" in _reads(page))
    wait_idle(qtbot)
    assert not _links(page, "Join")
    _links(page, "Take back")[0].click()
    form = _dialog(qtbot, window, FormDialog)
    assert isinstance(form, FormDialog)
    _fill(form, {"reason": "It was a mirror"})
    form.send()
    _until(qtbot, lambda: "Perhaps the same as" in _reads(page))
    wait_idle(qtbot)


def test_a_clerk_is_offered_no_look_through_the_register(qtbot: QtBot, register: Register) -> None:
    _house(register)
    leavers.at_desk(register, Role.CLERK)
    _window, page = _open(qtbot, register)
    wait_idle(qtbot)
    assert not page.look.isVisible()
