"""Today shows at once; the months that are no longer what was issued come a moment later, and are counted too."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from models.actions import months, stays
from models.actions.programmes import add_preset
from models.changes import Changes, Kind
from models.ids import StayId
from models.queries.needing import Need
from models.rules.time import Moment, Month
from models.store.register import Register
from reports import monthly
from tests import builders
from tests.ui.conftest import wait_idle
from ui import work
from ui.today import latest
from ui.today.page import TodayPage


@pytest.fixture
def stay_id(register: Register) -> StayId:
    """A stay since 2 October 2026, of which October was issued."""
    programme = register.perform(add_preset, code="US-2025", **builders.US_TERMS).value
    person = builders.resident(register, "K-0031", family_name="Noori")
    stay = builders.stay(register, person, programme, date(2026, 10, 2), limit_on=date(2026, 11, 18))
    register.perform(
        months.issue, programme_id=programme, month=Month(2026, 10), language="en", draw=monthly.draw_issued
    )
    latest.forget()
    return stay


def _correct(register: Register, stay_id: StayId) -> None:
    register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 10, 3)), reason="The paper says so")


def test_a_month_that_differs_is_not_waited_for_and_is_there_a_moment_later(
    register: Register, stay_id: StayId, qtbot: QtBot
) -> None:
    _correct(register, stay_id)
    told: list[Changes] = []
    work.start(register).changed.connect(told.append)
    page = TodayPage()
    page.LATER = 10_000
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.said()))
    assert "Report differs" not in [row[1] for row in page.said()]
    page.LATER = 0
    page.refresh()
    qtbot.waitUntil(lambda: "Report differs" in [row[1] for row in page.said()])
    assert told[0] == {Kind.MONTH}
    wait_idle(qtbot)
    assert len(told) == 1


def test_after_the_first_comparison_the_badges_compare_as_soon_as_something_has_changed(
    register: Register, stay_id: StayId
) -> None:
    with register.read() as snapshot:
        owed = latest.reports_due(snapshot)
        assert latest.compared(snapshot) is None
    _correct(register, stay_id)
    with register.read() as snapshot:
        assert latest.reports_due(snapshot) == owed + 1
        assert [item.need for item in latest.today(snapshot).items].count(Need.REPORT_DIFFERS) == 1


def test_what_was_read_of_people_is_let_go_of(register: Register, stay_id: StayId) -> None:
    with register.read() as snapshot:
        kept = latest.today(snapshot)
        assert latest.today(snapshot) is kept
        latest.forget()
        assert latest.today(snapshot) is not kept
