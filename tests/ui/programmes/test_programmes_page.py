"""The programmes page in a real window: what it shows, and that each form changes what it says."""

from collections import deque
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.actions import programmes as actions
from models.ids import ProgrammeId
from models.queries import programmes as queries
from models.queries.programmes import ProgrammeWhole
from models.rules.money import PERIODS
from models.rules.presets import PRESETS
from models.rules.vocabulary import CheckKind, CriterionEffect, DepartureKind, LimitRule, PaymentKind, ReportSection
from models.store.register import Register
from tests import builders
from tests.builders import per_night
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from ui import prompts, work
from ui.kit.form import FormDialog
from ui.programmes import forms
from ui.programmes.page import ProgrammesPage

PARTS = ("agreement", "places", "counting", "selection", "departures", "report")


@pytest.fixture
def page(qtbot: QtBot, register: Register) -> ProgrammesPage:
    """The page, on a register without programmes."""
    work.start(register)
    shown = ProgrammesPage()
    qtbot.addWidget(shown)
    shown.wanted.connect(lambda _area, where: shown.show_at(where))
    shown.resize(1170, 690)
    shown.show()
    settle(qtbot)
    return shown


def settle(qtbot: QtBot) -> None:
    """Wait until the page shows what the register holds."""
    qtbot.wait(20)
    wait_idle(qtbot)
    qtbot.wait(20)
    wait_idle(qtbot)


def add(register: Register, code: str = "US-2025") -> ProgrammeId:
    terms = builders.US_TERMS if code == "US-2025" else {}
    return register.perform(actions.add_preset, code=code, **terms).value


def whole(register: Register, programme_id: ProgrammeId) -> ProgrammeWhole:
    with register.read() as snapshot:
        return queries.whole(snapshot, programme_id=programme_id)


def show(page: ProgrammesPage, qtbot: QtBot, programme_id: ProgrammeId, part: str = "agreement") -> QWidget:
    page.show_at({"programme_id": programme_id})
    settle(qtbot)
    page.one.tabs.turn_to(part)
    return page.one.tabs


def press(inside: QWidget, name: str) -> None:
    """Press the button of an accessible name or text."""
    found = [
        button
        for button in inside.findChildren(QPushButton)
        if name in (button.text(), button.accessibleName()) and button.isVisibleTo(inside)
    ]
    assert found, name
    found[0].click()


def dialog() -> FormDialog:
    """The form that is open."""
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, FormDialog)
    return shown


def send(qtbot: QtBot, **values: Any) -> None:
    """Fill the form that is open, and send it."""
    form = dialog()
    assert complaints(form) == []
    for name, value in values.items():
        form.form[name].put(value)
    form.send()
    settle(qtbot)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_without_programmes_the_page_says_what_to_do(page: ProgrammesPage, qtbot: QtBot) -> None:
    assert "There are no programmes yet" in texts(page)
    assert complaints(page) == []


def test_a_ready_made_programme_is_added_and_shown(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    page._add_preset()  # noqa: SLF001 - the entry of the menu
    send(qtbot, code="DK-GJILAN", window_start=date(2026, 1, 1))
    with register.read() as snapshot:
        (row,) = queries.rows(snapshot)
    assert (row.code, row.window_start) == ("DK-GJILAN", date(2026, 1, 1))
    assert page.one.isVisible()
    assert "DK-GJILAN" in texts(page.one)


def test_where_all_ready_made_programmes_are_there_it_says_so(
    page: ProgrammesPage, qtbot: QtBot, register: Register
) -> None:
    for code in PRESETS:
        add(register, code)
    page.show_at({})
    settle(qtbot)
    assert complaints(page) == []
    page._add_preset()  # noqa: SLF001 - the entry of the menu
    assert prompts.asked[-1].title == "All ready-made programmes are there"


def test_a_programme_of_ones_own_is_added_and_a_refusal_stands_beside_its_field(
    page: ProgrammesPage, qtbot: QtBot, register: Register
) -> None:
    add(register)
    page._add_own()  # noqa: SLF001 - the entry of the menu
    facts = {
        "code": "us-2025",
        "title": "A programme of our own",
        "partner": "the Government of Iceland",
        "partner_country": "IS",
        "window_start": date(2026, 2, 1),
        "limit_rule": LimitRule.MONTHS,
        "limit_amount": 6,
    }
    send(qtbot, **facts)
    assert "at least one way" in dialog().form.refusal.label.text()
    send(qtbot, kind_removal=True)
    assert "already" in dialog().form["code"].error.text()
    send(qtbot, code="IS-2026")
    with register.read() as snapshot:
        made = queries.rows(snapshot)[0]
    read = whole(register, made.id)
    assert read.facts.code == "IS-2026"
    assert (read.facts.limit_rule, read.facts.limit_amount, read.facts.legal_basis) == (LimitRule.MONTHS, 6, "")
    assert [departure.kind for departure in read.departures] == [DepartureKind.REMOVAL]


def test_every_part_of_every_preset_is_whole_and_named(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    for code in PRESETS:
        made = add(register, code)
        for part in PARTS:
            show(page, qtbot, made, part)
            qtbot.wait(20)
            assert complaints(page) == [], (code, part)


def test_a_part_is_changed_and_the_page_shows_it(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    made = add(register)
    tabs = show(page, qtbot, made, "places")
    press(tabs, "Change: Places and limits")
    assert dialog().form["limit_amount"].read() == 180
    send(qtbot, places=60, limit_amount=90)
    read = whole(register, made)
    assert (read.facts.places, read.facts.limit_amount) == (60, 90)
    assert read.facts.title == PRESETS["US-2025"].facts.title
    assert page.one.tabs.key == "places"
    assert "60 places left" in texts(page)


def test_the_amount_of_a_limit_is_asked_for_only_where_the_rule_has_one(
    page: ProgrammesPage, qtbot: QtBot, register: Register
) -> None:
    tabs = show(page, qtbot, add(register), "places")
    press(tabs, "Change: Places and limits")
    form = dialog().form
    assert not form["limit_amount"].isHidden()
    form["limit_rule"].put(LimitRule.NONE)
    assert form["limit_amount"].isHidden()
    send(qtbot, limit_rule=LimitRule.NONE)


def test_a_change_beside_somebody_elses_is_kept_with_it(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    made = add(register)
    tabs = show(page, qtbot, made, "report")
    press(tabs, "Change: Monthly report")
    facts = whole(register, made).facts
    register.perform(actions.change, programme_id=made, version=1, facts=facts)
    register.perform(actions.set_criteria, programme_id=made, version=2, criteria=[])
    send(qtbot, names_ground="Art. 9")
    qtbot.waitUntil(lambda: whole(register, made).facts.names_ground == "Art. 9")
    assert whole(register, made).facts.names_ground == "Art. 9"
    assert whole(register, made).criteria == ()


def test_a_report_is_addressed_and_its_sections_chosen_ordered_and_taken_back(
    page: ProgrammesPage, qtbot: QtBot, register: Register
) -> None:
    made = add(register)
    tabs = show(page, qtbot, made, "report")
    press(tabs, "Change: Monthly report")
    send(qtbot, addressee="Bureau of Migration\nMain Street 1", agreement_reference="A 11", claim_reference="C")
    qtbot.waitUntil(lambda: whole(register, made).facts.addressee == "Bureau of Migration\nMain Street 1")
    for name in ("Remove: Selection", "Down: Movement", "List by number: Limits of stay"):
        settle(qtbot)
        press(page.one.tabs, name)
        settle(qtbot)
    sections = whole(register, made).facts.report_sections
    assert sections[:2] == ("presence", "movement")
    assert "selection" not in sections
    assert "limits" in sections
    assert "plans:counts" in sections
    press(page.one.tabs, "Add a section")
    send(qtbot, report_sections=ReportSection.ANNEXES)
    qtbot.waitUntil(lambda: whole(register, made).facts.report_sections[-1] == "annexes")
    settle(qtbot)
    press(page.one.tabs, "Take the usual sections")
    qtbot.waitUntil(lambda: whole(register, made).facts.report_sections == ())
    assert whole(register, made).facts.addressee.startswith("Bureau")


def test_a_new_rate_ends_the_one_before(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    made = add(register)
    tabs = show(page, qtbot, made, "counting")
    press(tabs, "New payment")
    send(qtbot, amount=Decimal("12.345"), from_on=date(2027, 1, 1))
    assert whole(register, made).payments == (
        per_night("41.00", date(2018, 1, 1), date(2027, 1, 1)),
        per_night("12.345", date(2027, 1, 1)),
    )
    assert "1 Jan 2018 to 31 Dec 2026" in texts(page)
    press(page, "Change: €12.345, from 1 Jan 2027 on")
    assert dialog().form["amount"].raw() == "12.345"
    send(qtbot, from_on=date(2026, 12, 1))
    assert "overlap" in dialog().form.refusal.label.text()
    send(qtbot, from_on=date(2027, 2, 1), last_night=date(2027, 2, 28))
    assert whole(register, made).payments[1] == per_night("12.345", date(2027, 2, 1), date(2027, 3, 1))
    prompts.answers = deque([False, True])
    for left in (2, 1):
        press(page, "Remove: €41.00, 1 Jan 2018 to 31 Dec 2026")
        settle(qtbot)
        assert len(whole(register, made).payments) == left


def test_every_kind_of_payment_is_entered_and_listed(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    made, first = add(register, "UK-RETURN"), date(2026, 1, 1)
    tabs = show(page, qtbot, made, "counting")
    for kind in PaymentKind:
        press(tabs, "New payment")
        form = dialog().form
        form["kind"].put(kind)
        form["kind"].edited.emit()
        assert form["held_ready"].isHidden() is (kind is not PaymentKind.PLACE_NIGHT)
        assert form["due_on"].isHidden() is (kind not in PERIODS)
        assert form["last_night"].isHidden() is (kind is PaymentKind.ONCE)
        held = {"held_ready": 20} if kind is PaymentKind.PLACE_NIGHT else {}
        send(qtbot, kind=kind, amount=Decimal(1000), currency="GBP", from_on=first, purpose="Wing B", **held)
        tabs = page.one.tabs
    paid = whole(register, made).payments
    assert [(each.kind, each.places, each.currency) for each in paid] == [
        (kind, 20 if kind is PaymentKind.PLACE_NIGHT else None, "GBP") for kind in PaymentKind
    ]
    shown = texts(page)
    assert "For each place held ready and night · 20 places · Wing B" in shown
    assert "Fixed sum for each year · spread over its days · Wing B" in shown
    assert complaints(page) == []


def test_what_nobody_has_published_is_asked_for_when_a_programme_is_added(
    page: ProgrammesPage, qtbot: QtBot, register: Register
) -> None:
    page._add_preset()  # noqa: SLF001 - the entry of the menu
    form = dialog().form
    hidden = {}
    for code in PRESETS:
        form["code"].put(code)
        form["code"].edited.emit()
        hidden[code] = [name for name in ("legal_basis", "places", "limit_rule", "amount") if form[name].isHidden()]
        assert PRESETS[code].facts.source in texts(dialog())
    assert hidden == {
        "US-2025": ["places"],
        "UK-RETURN": [],
        "DK-GJILAN": ["places", "limit_rule", "amount"],
        "LIYA-2021": ["places", "limit_rule"],
    }
    send(qtbot, code="US-2025", limit_rule=LimitRule.DAYS, limit_amount=90, amount=Decimal("7.5"), currency="USD")
    with register.read() as snapshot:
        (row,) = queries.rows(snapshot)
    read = whole(register, row.id)
    assert (read.facts.limit_amount, read.facts.legal_basis) == (90, PRESETS["US-2025"].facts.legal_basis)
    assert read.payments == (per_night("7.50", date(2026, 6, 11), currency="USD"),)
    assert PRESETS["US-2025"].facts.source in texts(page)


def test_criteria_are_added_changed_moved_and_removed(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    made = add(register, "UK-RETURN")
    tabs = show(page, qtbot, made, "selection")
    press(tabs, "New criterion")
    send(qtbot, text="Is it so?", effect=CriterionEffect.WEIGHS)
    assert whole(register, made).criteria[-1].text == "Is it so?"
    press(page, "Up: Is it so?")
    settle(qtbot)
    assert whole(register, made).criteria[-2].text == "Is it so?"
    press(page, "Change: Is it so?")
    send(qtbot, text="Is it not so?", effect=CriterionEffect.REQUIRED)
    changed = whole(register, made).criteria[-2]
    assert (changed.text, changed.effect) == ("Is it not so?", CriterionEffect.REQUIRED)
    press(page, "Remove: Is it not so?")
    settle(qtbot)
    assert [row.text for row in whole(register, made).criteria] == [row.text for row in PRESETS["UK-RETURN"].criteria]


def test_ways_of_leaving_and_their_further_checks_are_changed(
    page: ProgrammesPage, qtbot: QtBot, register: Register
) -> None:
    made = add(register, "UK-RETURN")
    tabs = show(page, qtbot, made, "departures")
    press(tabs, "Require more: Removal")
    send(qtbot, check_counselling=True)
    press(page, "Change the ways of leaving")
    send(qtbot, kind_voluntary_return=False, kind_stay_granted=True)
    departures = whole(register, made).departures
    assert [(departure.kind, departure.extra_checks) for departure in departures] == [
        (DepartureKind.REMOVAL, (CheckKind.COUNSELLING,)),
        (DepartureKind.BACK_TO_PARTNER, ()),
        (DepartureKind.STAY_GRANTED, ()),
    ]
    assert "Required here as well: Counselling" in texts(page)


def test_closing_asks_first_and_can_be_undone(page: ProgrammesPage, qtbot: QtBot, register: Register) -> None:
    made = add(register)
    show(page, qtbot, made)
    prompts.answers = deque([False, True])
    for closed in (False, True):
        press(page.one, "Close the programme")
        settle(qtbot)
        assert whole(register, made).row.is_closed is closed
    assert "Closed" in texts(page.one)
    press(page, "Undo")
    settle(qtbot)
    assert not whole(register, made).row.is_closed
    prompts.answers = deque([True])
    press(page.one, "Close the programme")
    settle(qtbot)
    press(page.one, "Open again")
    settle(qtbot)
    assert not whole(register, made).row.is_closed


def test_bands_are_read_as_numbers_and_anything_else_is_said() -> None:
    field = forms.BandsField("length_bounds", "Bands", value=(7, 31))
    assert field.raw() == "7, 31"
    field.edit.setText(" 7; 31 ,90")
    assert field.read() == (7, 31, 90)
    for odd in ("7, x", "-1", "1.5", "٣", "9" * 30):
        field.edit.setText(odd)
        assert "numbers" in field.problem()
    field.edit.setText(" , ")
    assert field.problem()
