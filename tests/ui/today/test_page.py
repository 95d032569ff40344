"""The page of Today in a real window."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from models.actions.programmes import add_preset
from models.ids import StayId
from models.queries.needing import Need
from models.rules.vocabulary import Role
from models.store.register import Register
from models.text import LANGUAGES
from tests import builders
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from ui import work
from ui.kit.columns import Cell
from ui.kit.table import Table
from ui.kit.table_cells import INSET, needs
from ui.language import set_language
from ui.today.page import TodayPage


@pytest.fixture
def page(register: Register, qtbot: QtBot) -> TodayPage:
    programme = register.perform(add_preset, code="US-2025", **builders.US_TERMS).value
    person = builders.resident(register, "K-0031", family_name="Noori", given_names="Nasrullah")
    builders.stay(register, person, programme, date(2026, 10, 2), limit_on=date(2026, 11, 18))
    work.start(register)
    shown = TodayPage()
    qtbot.addWidget(shown)
    shown.resize(1170, 700)
    shown.show()
    wait_idle(qtbot)
    return shown


def test_the_page_shows_what_is_so(page: TodayPage) -> None:
    texts = page.said()
    assert texts[0][:3] == ("since 18 Nov", "Limit passed", "Noori, Nasrullah K-0031")
    assert texts[0][4] == "Decide extension"
    assert complaints(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_need_is_said_whole_in_every_language(page: TodayPage, language: str) -> None:
    set_language(language)
    try:
        model = next(each.model for each in page.findChildren(Table) if each.model.ids)
        what, line, font = next(each for each in model.columns if each.name == "what"), model.row(0), page.font()
        assert line is not None
        for need in Need:
            cell = what.cell(replace(line, item=replace(line.item, need=need)))
            assert isinstance(cell, Cell)
            assert needs(cell, font) + 2 * INSET <= what.width, cell.plain
    finally:
        set_language("en")


def test_the_link_of_a_row_opens_what_settles_it(page: TodayPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[StayId] = []
    monkeypatch.setattr("ui.residents.dialogs.extend_dialog", lambda _owner, stay_id: asked.append(stay_id))
    page.settle(0)
    assert asked == [StayId(1)]


def test_a_report_that_is_owed_leads_to_its_month(page: TodayPage, qtbot: QtBot) -> None:
    place = next(place for place, row in enumerate(page.said()) if row[1] == "Report")
    with qtbot.waitSignal(page.wanted) as wanted:
        page.settle(place)
    area, where = wanted.args
    assert area == "reports"
    assert str(where["month"]) == "2026-10"


def test_who_may_not_settle_it_is_offered_to_look(page: TodayPage, register: Register, qtbot: QtBot) -> None:
    register.person = replace(register.person, role=Role.INSPECTOR, stands_in=False)
    assert {row[4] for row in page.said()} == {"Open"}
    with qtbot.waitSignal(page.wanted) as wanted:
        page.settle(0)
    assert wanted.args == ["residents", {"resident_id": 1}]
