"""Departures in a real window: a blocked plan is brought step by step to its end."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.actions import departures as actions
from models.actions import endings
from models.clock import FixedClock
from models.entities.documents import Document
from models.entities.residents import Family
from models.ids import FamilyId, PlanId, ProgrammeId, StayId
from models.queries import departures as queries
from models.rules.time import Moment
from models.rules.vocabulary import CheckKind, DepartureKind, DocumentKind, PlanState
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.leavers import TODAY
from tests.ui.audit import complaints
from tests.ui.conftest import press
from tests.ui.departures.windows import settle, show
from ui import work
from ui.departures.page import DeparturesPage
from ui.departures.panel import DeparturePanel
from ui.departures.plans import plan_dialog
from ui.departures.steps import Steps
from ui.kit.fields import ChoiceField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, LinkButton, MenuButton, Text
from ui.shell import MainWindow


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return leavers.programme(register)


@pytest.fixture
def stay(register: Register, programme: ProgrammeId) -> StayId:
    """Gul Ahmadzai, who understands Dari and has a passport."""
    resident = builders.resident(
        register, "K-0012", family_name="Ahmadzai", given_names="Gul", nationality="AF", languages=["prs"]
    )
    passport = Document(
        resident_id=resident, kind=DocumentKind.PASSPORT, number="P0283714", expires_on=date(2028, 3, 3)
    )
    register.perform(builders.put, row=passport)
    return builders.stay(register, resident, programme, leavers.ARRIVED)


def _panel(window: MainWindow) -> DeparturePanel:
    page = window.page("departures")
    assert isinstance(page, DeparturesPage)
    assert page.one.panel is not None
    return page.one.panel


def _dialog(qtbot: QtBot) -> FormDialog:
    settle(qtbot)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible())
    assert complaints(dialog) == []
    return dialog


def _send(qtbot: QtBot, dialog: FormDialog) -> None:
    dialog.send()
    settle(qtbot)


def _texts(panel: DeparturePanel) -> list[str]:
    return [text.text() for text in panel.findChildren(Text) if text.isVisible()]


def _follow(qtbot: QtBot, panel: DeparturePanel, what: str) -> FormDialog:
    """Press the link of a step with the keyboard."""
    link = next(
        each
        for each in panel.findChildren(LinkButton)
        if each.isVisible() and each.accessibleName().endswith(f": {what}")
    )
    link.setFocus()
    press(link, Qt.Key.Key_Space)
    return _dialog(qtbot)


def _fill(dialog: FormDialog, **values: object) -> None:
    for name, value in values.items():
        dialog.form[name].put(value)


_STEPS: dict[str, dict[str, object]] = {
    "Counselling": {"passed": True, "language": "prs", "who": "F. Sadat"},
    "Consent": {"passed": True, "who": "A. Berisha"},
    "Non-refoulement check": {"passed": True, "who": "L. Gashi"},
    "Travel document": {"passed": True, "who": "A. Berisha"},
    "Fit to travel": {"passed": True, "who": "Dr. L. Krasniqi"},
    "Family unity": {"family": "alone", "who": "A. Berisha"},
    "Property returned": {"passed": True, "who": "A. Berisha"},
}


def test_a_blocked_plan_becomes_a_departure_step_by_step(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    plan_id = leavers.plan(register, stay, planned_on=TODAY, country="AF", place="Kabul")
    leavers.check(register, plan_id, CheckKind.NON_REFOULEMENT, held_on=TODAY - timedelta(days=36))
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id)
    panel = _panel(window)
    assert complaints(window) == []
    assert "0 of 7 steps done" in _texts(panel)
    assert any(text.startswith("Last 16 Oct: older than 30 days") for text in _texts(panel))
    assert panel.depart is not None
    assert not panel.depart.isEnabled()
    assert "7 more steps" in panel.depart.accessibleDescription()
    picture(window, "departure-blocked")
    for number, (what, values) in enumerate(_STEPS.items(), 1):
        dialog = _follow(qtbot, panel, what)
        _fill(dialog, **values)
        if what == "Counselling":
            picture(dialog, "departure-check")
        _send(qtbot, dialog)
        assert f"{number} of 7 steps done" in _texts(panel)
    assert panel.depart is not None
    assert panel.depart.isEnabled()
    picture(window, "departure-ready")
    panel.depart.setFocus()
    press(panel.depart, Qt.Key.Key_Space)
    dialog = _dialog(qtbot)
    picture(dialog, "departure-dialog")
    _send(qtbot, dialog)
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found.ended_by is DepartureKind.VOLUNTARY_RETURN
    assert found.current is not None
    assert found.current.state is PlanState.DEPARTED
    assert "Kabul, Afghanistan" in _texts(panel)
    picture(window, "departure-recorded")


def test_a_departure_of_an_earlier_day_is_recorded_with_the_reasons_that_the_forms_ask_for(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    left = TODAY - timedelta(days=3)
    plan_id = leavers.plan(register, stay, planned_on=left)
    leavers.check_all(register, plan_id, held_on=left, late_reason="the desk was closed")
    leavers.check(register, plan_id, CheckKind.CONSENT, passed=False)
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id)
    panel = _panel(window)
    assert any("entered later, on 21 Nov: " in text and "the desk was closed" in text for text in _texts(panel))
    dialog = _follow(qtbot, panel, "Consent")
    assert dialog.form["late_reason"].isHidden()
    _fill(dialog, passed=True, who="A. Berisha", held_on=left)
    assert not dialog.form["late_reason"].isHidden()
    _fill(dialog, late_reason="the desk was closed")
    picture(dialog, "departure-check-late")
    _send(qtbot, dialog)
    assert panel.depart is not None
    panel.depart.click()
    dialog = _dialog(qtbot)
    assert dialog.form["late_reason"].isHidden()
    _fill(dialog, moment=Moment(left))
    _send(qtbot, dialog)
    assert dialog.isVisible()
    _fill(dialog, late_reason="the desk was closed until today")
    picture(dialog, "departure-dialog-late")
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert queries.of_stay(snapshot, stay_id=stay).ended == Moment(left)
    assert "the desk was closed until today" in _texts(_panel(window))
    picture(window, "departure-recorded-late")


def test_who_left_before_the_consent_was_withdrawn_is_recorded_in_the_window(
    qtbot: QtBot, register: Register, clock: FixedClock, stay: StayId
) -> None:
    left = TODAY - timedelta(days=3)
    clock.instant -= timedelta(days=3)
    plan_id = leavers.plan(register, stay, planned_on=left)
    leavers.check_all(register, plan_id, held_on=left)
    consent = leavers.check(register, plan_id, CheckKind.CONSENT, held_on=left)
    clock.instant += timedelta(days=3)
    register.perform(actions.withdraw_check, check_id=consent)
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id)
    panel = _panel(window)
    assert any(text.startswith("The day is over.") for text in _texts(panel))
    assert panel.depart is not None
    panel.depart.click()
    dialog = _dialog(qtbot)
    _send(qtbot, dialog)
    assert "withdrawn on 21 Nov 2026" in dialog.form.refusal.label.text()
    _fill(dialog, moment=Moment(left), late_reason="the desk was closed")
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert queries.of_stay(snapshot, stay_id=stay).ended == Moment(left)


def test_a_good_check_asks_for_what_it_must_state_and_a_bad_one_does_not(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    plan_id = leavers.plan(register, stay, DepartureKind.REMOVAL)
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id)
    dialog = _follow(qtbot, _panel(window), "Decision")
    _fill(dialog, passed=True, who="Court", decision_number="D-7", appeal="time_over")
    _send(qtbot, dialog)
    assert dialog.isVisible()
    picture(dialog, "departure-decision")
    _fill(dialog, passed=False)
    assert dialog.form["served"].isHidden()
    _send(qtbot, dialog)
    assert not register_has(register, plan_id, passed=True)
    dialog = _follow(qtbot, _panel(window), "Decision")
    _fill(
        dialog, passed=True, who="Court", decision_number="D-7", appeal="time_over", served="in person on 12 November"
    )
    _send(qtbot, dialog)
    assert any(text.startswith("No. D-7") for text in _texts(_panel(window)))


def register_has(register: Register, plan_id: PlanId, *, passed: bool) -> bool:
    with register.read() as snapshot:
        return any(check.passed is passed for check in queries.plan(snapshot, plan_id=plan_id).checks)


def test_a_risk_stops_the_plan_in_the_window_and_says_what_may_follow(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    plan_id = leavers.plan(register, stay, place="Kabul")
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id)
    dialog = _follow(qtbot, _panel(window), "Non-refoulement check")
    _fill(dialog, passed=False, who="L. Gashi", note="threats at home")
    _send(qtbot, dialog)
    panel = _panel(window)
    assert "No prospect of return" in _texts(panel)
    assert panel.depart is None
    assert [link.text() for link in panel.findChildren(LinkButton) if link.isVisible()] == ["Open the finding"]
    assert any("Onward resettlement" in text and "Removal" not in text for text in _texts(panel))
    assert complaints(window) == []
    picture(window, "departure-stopped")


def test_a_plan_is_stopped_at_once_where_a_risk_was_found(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    plan_id = leavers.plan(register, stay)
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id)
    _press(_panel(window), "A risk was found")
    dialog = _dialog(qtbot)
    picture(dialog, "departure-stop")
    _fill(dialog, who="L. Gashi", note="threats at home")
    _send(qtbot, dialog)
    assert "No prospect of return" in _texts(_panel(window))
    assert complaints(window) == []


def test_a_departure_is_planned_changed_and_cancelled_in_the_window(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    work.start(register)
    panel = DeparturePanel(stay)
    qtbot.addWidget(panel)
    panel.resize(1134, 420)
    panel.show()
    settle(qtbot)
    assert complaints(panel) == []
    picture(panel, "departure-none")
    _press(panel, "Plan the departure")
    dialog = _dialog(qtbot)
    picture(dialog, "departure-plan")
    _fill(dialog, kind=DepartureKind.VOLUNTARY_RETURN, planned_on=date(2026, 12, 24), place="Kabul")
    _send(qtbot, dialog)
    assert "Assisted voluntary return, Kabul, 24 Dec 2026" in _texts(panel)
    _press(panel, "Change the plan")
    dialog = _dialog(qtbot)
    _fill(dialog, planned_on=date(2026, 12, 28), country="PK", place="Lahore")
    _send(qtbot, dialog)
    assert "Assisted voluntary return, Lahore, 28 Dec 2026" in _texts(panel)
    _press(panel, "Cancel the plan")
    dialog = _dialog(qtbot)
    _fill(dialog, reason="changed his mind")
    _send(qtbot, dialog)
    assert "No departure is planned" in _texts(panel)


def _press(panel: DeparturePanel, text: str) -> None:
    button = next(each for each in panel.findChildren(Button) if each.isVisible() and each.text() == text)
    button.click()


@pytest.mark.parametrize(
    ("entry", "values", "kind"),
    [
        ("Left on own", {"seen_last": "in the yard", "how_known": "a note"}, DepartureKind.LEFT_ON_OWN),
        ("Death", {"place": "hospital", "certified_by": "Dr. K.", "family_told": "brother"}, DepartureKind.DEATH),
        (
            "Release by order",
            {"authority": "Court", "order_number": "12/26", "order_date": TODAY},
            DepartureKind.RELEASE_BY_ORDER,
        ),
    ],
)
def test_a_stay_is_ended_otherwise_and_that_is_undone(
    qtbot: QtBot, register: Register, stay: StayId, entry: str, values: dict[str, object], kind: DepartureKind
) -> None:
    work.start(register)
    panel = DeparturePanel(stay)
    qtbot.addWidget(panel)
    panel.resize(1134, 420)
    panel.show()
    settle(qtbot)
    menu = next(each for each in panel.findChildren(MenuButton) if each.text().startswith("End the stay"))
    next(action for action in menu.menu().actions() if action.text() == entry).trigger()
    dialog = _dialog(qtbot)
    _fill(dialog, **values)
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert queries.of_stay(snapshot, stay_id=stay).ended_by is kind
    assert complaints(panel) == []
    _press(panel, "Take the departure back")
    dialog = _dialog(qtbot)
    _fill(dialog, reason="a mistake")
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert queries.of_stay(snapshot, stay_id=stay).ended is None


def _group(register: Register, programme: ProgrammeId, number: int) -> list[PlanId]:
    plans = []
    for each in range(1, number + 1):
        stay_id = leavers.stay(
            register, programme, f"K-{each:04}", family_name=f"Nguyen {each}", given_names="Van Thanh"
        )
        plans.append(leavers.plan(register, stay_id, planned_on=TODAY + timedelta(days=each // 3), place="Hanoi"))
        leavers.check_all(register, plans[-1], set(CheckKind) - ({CheckKind.CONSENT} if each % 3 == 2 else set()))
    return plans


def test_the_list_is_narrowed_and_a_group_leaves_together(
    qtbot: QtBot, register: Register, programme: ProgrammeId, picture: Callable[..., None]
) -> None:
    plans = _group(register, programme, 12)
    leavers.check(register, plans[5], CheckKind.NON_REFOULEMENT, passed=False)
    window = show(qtbot, register, "departures", DeparturesPage)
    page = window.page("departures")
    assert isinstance(page, DeparturesPage)
    table = page.list.table
    assert complaints(window) == []
    picture(window, "departures")
    assert table.model.ids[0] == plans[5]
    assert page.list.header.subtitle.text() == "4 blocked, 7 ready, 1 no prospect"
    assert not page.list.group.isEnabled()
    page.list.standing.setCurrentIndex(2)
    page.list.days.setCurrentIndex(1)
    settle(qtbot)
    assert len(table.model.ids) == 7
    table.view.selectAll()
    settle(qtbot)
    assert page.list.group.isEnabled()
    page.list.group.click()
    dialog = _dialog(qtbot)
    picture(dialog, "departures-group")
    assert "(K-0001)" in " ".join(each.text() for each in dialog.findChildren(Text))
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert len(queries.plans(snapshot, is_over=True)) == 7
    assert len(table.model.ids) == 0


def test_a_group_with_one_who_is_blocked_stays_and_the_dialog_says_who(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    _group(register, programme, 2)
    window = show(qtbot, register, "departures", DeparturesPage)
    page = window.page("departures")
    assert isinstance(page, DeparturesPage)
    page.list.table.view.selectAll()
    page.list.group.click()
    dialog = _dialog(qtbot)
    _send(qtbot, dialog)
    assert dialog.isVisible()
    assert dialog.form.refusal.label.text().split("\n") == [
        "Nobody leaves yet. Something stands against 1 of 2.",
        "•\u00a0The signed consent is missing.",
        "\u00a0\u00a0\u00a0\u2068Nguyen 2, Van Thanh\u2069 · K-0002",
    ]
    with register.read() as snapshot:
        assert len(queries.plans(snapshot)) == 2
    dialog.form.settle()
    dialog.reject()


def test_a_family_that_leaves_together_is_recorded_from_one_page(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    family = FamilyId(register.perform(builders.put, row=Family(name="Rahmani")).value)
    stays = [
        leavers.stay(register, programme, f"K-000{n}", family_id=family, family_name="Rahmani", given_names=name)
        for n, name in enumerate(["Laila", "Omid"], 1)
    ]
    plans = [leavers.plan(register, each) for each in stays]
    for plan_id in plans:
        leavers.check_all(register, plan_id)
        leavers.check(register, plan_id, CheckKind.FAMILY_UNITY, details={"family": "together"})
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=plans[0])
    panel = _panel(window)
    assert panel.depart is not None
    panel.depart.click()
    dialog = _dialog(qtbot)
    assert any("Rahmani, Omid" in text.text() for text in dialog.findChildren(Text))
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert all(queries.of_stay(snapshot, stay_id=each).ended for each in stays)


def test_the_list_goes_to_a_plan_and_back_by_keyboard(qtbot: QtBot, register: Register, programme: ProgrammeId) -> None:
    _group(register, programme, 3)
    window = show(qtbot, register, "departures", DeparturesPage)
    page = window.page("departures")
    assert isinstance(page, DeparturesPage)
    page.list.table.view.setFocus()
    page.list.table.view.setCurrentIndex(page.list.table.model.index(0, 0))
    press(page.list.table.view, Qt.Key.Key_Return)
    settle(qtbot)
    assert page.one.isVisible()
    window.go_back()
    settle(qtbot)
    assert page.list.isVisible()


def test_a_register_without_plans_says_where_to_plan(qtbot: QtBot, register: Register) -> None:
    window = show(qtbot, register, "departures", DeparturesPage)
    assert complaints(window) == []
    assert not window.findChildren(Steps)
    assert "No departure is planned" in [text.text() for text in window.findChildren(Text) if text.isVisible()]


def test_cancelled_plans_stand_under_earlier_plans(qtbot: QtBot, register: Register, stay: StayId) -> None:
    first = leavers.plan(register, stay, place="Kabul")
    register.perform(actions.cancel, plan_id=first, reason="illness")
    second = leavers.plan(register, stay, DepartureKind.STAY_GRANTED)
    window = show(qtbot, register, "departures", DeparturesPage, plan_id=second)
    assert "Earlier plans" in _texts(_panel(window))


def _kinds(dialog: FormDialog) -> list[str]:
    """The ways of leaving that a form offers."""
    field = dialog.form["kind"]
    assert isinstance(field, ChoiceField)
    return [field.combo.itemText(each) for each in range(field.combo.count())]


def test_what_was_checked_for_the_right_country_is_entered_after_the_departure_which_is_corrected_then(
    qtbot: QtBot, register: Register, stay: StayId, picture: Callable[..., None]
) -> None:
    plan_id = leavers.plan(register, stay, country="AG")
    leavers.check_all(register, plan_id)
    register.perform(endings.depart, plan_id=plan_id)
    work.start(register)
    panel = DeparturePanel(stay)
    qtbot.addWidget(panel)
    panel.resize(1134, 1000)
    panel.show()
    settle(qtbot)
    menu = next(each for each in panel.findChildren(MenuButton) if each.text().startswith("Enter a check"))
    picture(panel, "departure-ended")
    assert complaints(panel) == []
    late = {"held_on": leavers.TODAY, "who": "A. Berisha", "late_reason": "the plan named the wrong country"}
    for name in ("Consent", "Non-refoulement check"):
        next(action for action in menu.menu().actions() if action.text() == name).trigger()
        dialog = _dialog(qtbot)
        assert "passed" not in dialog.form.fields, "what did not pass is not offered"
        _fill(dialog, country="AF", **late)
        picture(dialog, "departure-late-check")
        _send(qtbot, dialog)
        menu = next(each for each in panel.findChildren(MenuButton) if each.text().startswith("Enter a check"))
    _press(panel, "Correct the departure")
    dialog = _dialog(qtbot)
    assert "Stay granted" not in _kinds(dialog), "nobody has planned it"
    _fill(dialog, country="AF", reason="the ticket")
    _send(qtbot, dialog)
    with register.read() as snapshot:
        assert queries.of_stay(snapshot, stay_id=stay).country == "AF"
    _press(panel, "Plan it as it was")
    dialog = _dialog(qtbot)
    _fill(dialog, kind=DepartureKind.STAY_GRANTED, planned_on=leavers.TODAY)
    picture(dialog, "departure-plan-of-the-past")
    _send(qtbot, dialog)
    assert sum(each.text().startswith("Enter a check") for each in panel.findChildren(MenuButton)) == 2
    _press(panel, "Correct the departure")
    dialog = _dialog(qtbot)
    assert "Stay granted" in _kinds(dialog)
    picture(dialog, "departure-correct")
    dialog.reject()
    assert complaints(panel) == []


def test_a_plan_says_for_which_countries_a_risk_was_found_and_asks_what_has_changed(
    qtbot: QtBot, register: Register, stay: StayId
) -> None:
    plan_id = leavers.plan(register, stay, country="AF")
    register.perform(actions.stop, plan_id=plan_id, who="L. Gashi", note="threats there")
    panel = _panel(show(qtbot, register, "departures", DeparturesPage, plan_id=plan_id))
    with register.read() as snapshot:
        plan_dialog(panel, queries.of_stay(snapshot, stay_id=stay))
    dialog = _dialog(qtbot)
    said = "\n".join(text.text() for text in dialog.findChildren(Text))
    assert "A risk was found for Afghanistan. No way leads there" in said
    _fill(dialog, kind=DepartureKind.ONWARD_RESETTLEMENT, planned_on=TODAY, country="AF")
    _send(qtbot, dialog)
    assert dialog.isVisible()
    _fill(dialog, what_changed="The court lifted it")
    _send(qtbot, dialog)
    with register.read() as snapshot:
        current = queries.of_stay(snapshot, stay_id=stay).current
    assert current is not None
    assert (current.row.kind, current.row.country) == (DepartureKind.ONWARD_RESETTLEMENT, "AF")
