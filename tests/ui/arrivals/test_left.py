"""An arrival that is left half entered, gone on with from Today, dropped; and how few keys a new person takes."""

import copy
from collections import deque
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.actions.arrival_drafts import throw_away
from models.entities.residents import Resident
from models.ids import ListId, ResidentId
from models.queries import arrival_drafts, photos, programmes
from models.rules.admissions import BY_STANDARD
from models.rules.vocabulary import ArrivalStep, NeedKind
from models.store.register import Register
from tests import builders
from tests.covering import some
from tests.ui.arrivals.test_arrivals import accept, send
from tests.ui.arrivals.test_zone import ZONE
from tests.ui.audit import complaints
from tests.ui.conftest import activate
from tests.ui.departures.windows import arrival_of, settle, show
from tests.ui.selection.conftest import dialog
from ui import prompts
from ui.arrivals.asked import ACCEPTED, KNOWN, NEW, find_known
from ui.arrivals.form import ArrivalForm, open_arrival
from ui.arrivals.pending import PendingDialog
from ui.arrivals.photo import encoded
from ui.arrivals.steps import STEPS, done, missing
from ui.kit.form import FormDialog
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.notices import Toast
from ui.picks import PickField
from ui.residents.arrival_page import ArrivalPage
from ui.shell import MainWindow
from ui.today.page import TodayPage


@pytest.fixture
def main(qtbot: QtBot, register: Register, small: ListId) -> MainWindow:
    return show(qtbot, register, "today", TodayPage)


def opened(qtbot: QtBot, main: MainWindow) -> ArrivalForm:
    open_arrival(main.page("today"))
    return arrival_of(qtbot, main)


def press(qtbot: QtBot, form: ArrivalForm, text: str) -> None:
    (button,) = (each for each in form.findChildren(Button) if each.text() == text)
    button.click()
    settle(qtbot)


def photo() -> bytes:
    image = QImage(70, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return encoded(image)


NEED = {"table": "needs", "typed": {"kind": "diet", "detail": "no pork"}, "said": [["Detail", "no pork"]]}

GROUND = {
    "table": "legal_grounds",
    "typed": {"ground": "Article 5", "authority": "Ministry"},
    "said": [["Legal ground", "Article 5"]],
}


def kept(register: Register) -> list[str]:
    with register.read() as snapshot:
        return [row.name for row in arrival_drafts.drafts(snapshot)]


def test_an_arrival_is_left_taken_up_from_today_as_it_was_and_finished_with_its_photo(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = opened(qtbot, main)
    form.form["who"].put(NEW)
    form._arrange()  # noqa: SLF001 - as the choice does
    form.form["family_name"].put("Okafor")
    form.form["birth"].put(None)
    form.form["languages"].put(("prs", "en"))
    form.form["number"].put("P77")
    form.form["photo"].put(photo())
    form.half.wait(dict(NEED))
    settle(qtbot)
    assert kept(register) == ["Okafor"], "it is in the register at once"
    press(qtbot, form, "Leave for later")
    assert kept(register) == ["Okafor"]
    page = main.page("today")
    assert isinstance(page, TodayPage)
    settle(qtbot)
    place = next(place for place, row in enumerate(page.said()) if row[1] == "Half entered")
    assert "Okafor" in page.said()[place][2]
    page.settle(place)
    form = arrival_of(qtbot, main)
    values = form.form.values()
    assert (values["who"], values["family_name"], values["number"]) == (NEW, "Okafor", "P77")
    assert (values["languages"], values["photo"]) == (("prs", "en"), photo())
    form.form["emergency_reason"].put("came by night")
    assert form.half.waiting == [NEED]
    send(qtbot, form)
    settle(qtbot)
    assert kept(register) == []
    assert builders.rows(register, "SELECT kind, detail FROM needs") == [("diet", "no pork")]
    with register.write() as unit:
        row = unit.session.query(Resident).where(Resident.family_name == "Okafor").one()
        whose = ResidentId(row.id)
        unit.begin(builders.TEST, {})
    with register.read() as snapshot:
        image = photos.of_resident(snapshot, resident_id=whose)
    assert image is not None
    assert image.image == photo()


def test_after_it_the_person_is_named_with_the_ways_on(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    form = opened(qtbot, main)
    form.form["who"].put(NEW)
    form._arrange()  # noqa: SLF001 - as the choice does
    form.form["family_name"].put("Okafor")
    form.form["emergency_reason"].put("came by night")
    send(qtbot, form)
    (notice,) = (each for each in main.findChildren(Toast) if each.is_shown)
    assert "Okafor" in notice.label.text()
    assert "The arrival is registered." in notice.label.text()
    ways = {each.text(): each for each in notice.findChildren(Button)}
    assert list(ways) == ["Undo", "Open", "Print"]
    assert "Okafor" in ways["Open"].accessibleName()


def test_what_is_sealed_is_left_in_no_draft(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    form = opened(qtbot, main)
    form.form["family_name"].put("Okafor")
    form.form["notes"].put("Zzyzx")
    press(qtbot, form, "Leave for later")
    assert "What is sealed" in form.form["notes"].error.text()
    with register.read() as snapshot:
        assert "Zzyzx" not in str([row.content for row in arrival_drafts.drafts(snapshot)])
    assert form.isVisible(), "nobody leaves while it would be lost"
    form.form["notes"].put("")
    press(qtbot, form, "Leave for later")
    assert kept(register) == ["Okafor"]


@pytest.mark.parametrize("step", some([step.key for step in STEPS[1:]], 4))
def test_it_is_gone_on_with_at_the_step_at_which_it_was_left(
    qtbot: QtBot, register: Register, main: MainWindow, step: str
) -> None:
    """Also where nothing was typed at that step: each fourth, or all by `KONAK_LONG=1`."""
    form = opened(qtbot, main)
    form.form["family_name"].put("Okafor")
    press(qtbot, form, "Leave for later")
    with register.read() as snapshot:
        (row,) = arrival_drafts.drafts(snapshot)
    for wanted, begins in ((step, STEPS[0].key), (STEPS[0].key, step)):
        open_arrival(main.page("today"), draft_id=row.id)
        form = arrival_of(qtbot, main)
        assert form.steps.key == begins
        form.steps.turn_to(wanted)
        press(qtbot, form, "Leave for later")
        with register.read() as snapshot:  # where another window goes on with it
            assert [each.content["step"] for each in arrival_drafts.drafts(snapshot)] == [wanted]
    assert kept(register) == ["Okafor"]


def test_a_half_entered_arrival_is_dropped_once_that_is_meant(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = opened(qtbot, main)
    form.form["family_name"].put("Okafor")
    press(qtbot, form, "Leave for later")
    with register.read() as snapshot:
        (row,) = arrival_drafts.drafts(snapshot)
    for is_meant in (False, True):
        if is_meant is False:
            open_arrival(main.page("today"), draft_id=row.id)
            form = arrival_of(qtbot, main)
        prompts.answers = deque([is_meant])
        press(qtbot, form, "Drop")
        assert kept(register) == ([] if is_meant else ["Okafor"])
    open_arrival(main.page("today"), draft_id=row.id)
    settle(qtbot)
    said = [each.text() for each in main.page("arrival").findChildren(Text) if each.isVisible()]
    assert any("finished or dropped" in each for each in said)


def test_the_menu_of_the_right_button_offers_what_the_buttons_of_the_form_do(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = opened(qtbot, main)
    activate(qtbot, main)
    form.submit.setFocus()
    here = form.submit.rect().center()
    by_key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(form.submit, QContextMenuEvent(by_key, here, form.submit.mapToGlobal(here)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == ["Leave for later", "Admit"]
    menu.close()


def test_an_arrival_goes_on_step_by_step_on_one_page_before_and_after_the_person_is_registered(
    qtbot: QtBot, register: Register, small: ListId
) -> None:
    programme = builders.programme(register, "LIYA-2021", arrival_steps=[*BY_STANDARD, ArrivalStep.PHOTO])
    main = show(qtbot, register, "today", TodayPage)
    form = opened(qtbot, main)
    form.form["who"].put(NEW)
    form.form["programme_id"].put(programme)
    form._arrange()  # noqa: SLF001 - as the choice does
    form.form["family_name"].put("Okafor")
    assert complaints(form) == []
    said = {step.key: form.steps.list.mark(step.key) for step in STEPS}
    assert [key for key, mark in said.items() if mark and mark.sign == "✓"] == ["identity"]
    assert [key for key, mark in said.items() if mark and mark.sign == "○"] == [
        "document", "photo", "family", "needs", "property", "rights", "health", "order", "room",
    ]  # fmt: skip
    form.steps.turn_to("needs")
    (enters,) = (each for each in form.findChildren(LinkButton) if each.text() == "Enter a need")
    enters.click()
    asked = dialog(qtbot)
    assert isinstance(asked, PendingDialog)
    asked.send()
    assert asked.form["kind"].error.text(), "what must be filled in is asked for at once"
    asked.form["kind"].put(NeedKind.PREGNANCY)
    asked.send()
    assert "not left half entered" in asked.form["kind"].error.text(), "a colleague would read it in the draft"
    assert form.half.waiting == []
    asked.form["kind"].put(NeedKind.DIET)
    asked.form["detail"].put("no pork")
    asked.send()
    assert form.steps.list.mark("needs") == done("1 entry")
    assert complaints(form) == []
    form.send()
    settle(qtbot)
    assert form.steps.key == "document", "the step of the field that is missing"
    form.form["emergency_reason"].put("came by night")
    form.steps.turn_to("rights")
    main.open("today")  # nothing was said of leaving: it is kept all the same
    settle(qtbot)
    assert kept(register) == ["Okafor"]
    assert "stands on Today" in main.findChildren(Toast)[-1].label.text()
    main.go_back()
    settle(qtbot)
    page = main.page("arrival")
    assert isinstance(page, ArrivalPage)
    assert page.form is form, "as it was left, at the step that was looked at"
    assert form.steps.key == "rights"
    with register.read() as snapshot:
        (draft,) = arrival_drafts.drafts(snapshot)
    assert [each["table"] for each in draft.content["waiting"]] == ["needs"]
    form.send()
    settle(qtbot)
    settle(qtbot)
    (need,) = builders.rows(register, "SELECT kind, detail FROM needs")
    assert need == ("diet", "no pork")
    assert kept(register) == []
    assert page.form is None
    steps = page.record.view.steps
    assert (steps.key, steps.list.mark("rights")) == ("rights", missing())
    health = steps.list.mark("health")
    assert health is not None
    assert health.words == "24 hours left"
    assert complaints(page) == []
    activate(qtbot, main)
    assert QApplication.focusWidget() is steps.list, "the keyboard is where one goes on"
    QTest.keyClick(steps.list, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert steps.key == "health"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    settle(qtbot)
    assert main.here is not None
    assert main.here[0] == "today"


def finished(qtbot: QtBot, main: MainWindow, *waiting: dict[str, Any]) -> ArrivalForm:
    """The form of somebody new, with all that is asked for, and with what waits."""
    form = opened(qtbot, main)
    form.form["who"].put(NEW)
    form._arrange()  # noqa: SLF001 - as the choice does
    form.form["family_name"].put("Okafor")
    form.form["emergency_reason"].put("came by night")
    for each in waiting:
        form.half.wait(copy.deepcopy(each))
    return form


NOBODY = {"table": "needs", "typed": {"kind": "separate_from", "detail": ""}, "said": [["What is needed", "Separate"]]}
"""A need that is refused: it does not say from whom."""


def waits(register: Register) -> list[str]:
    return [str(each[0]) for each in builders.rows(register, "SELECT id FROM waiting_entries")]


def test_what_is_refused_waits_on_the_page_and_on_today_until_it_is_entered_or_dropped(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = finished(qtbot, main, NOBODY, NEED, NOBODY)
    send(qtbot, form)
    settle(qtbot)
    assert builders.rows(register, "SELECT kind FROM needs") == [("diet",)], "the others are not kept back by it"
    assert len(waits(register)) == 2
    notice = main.findChildren(Toast)[-1].label.text()
    assert "1 entry was entered with it. 2 entries still wait" in notice
    page = main.page("arrival")
    assert isinstance(page, ArrivalPage)
    card = page.record.view.waiting
    assert card.isVisible()
    assert complaints(card) == []
    enter = next(each for each in card.findChildren(LinkButton) if each.text() == "Enter")
    enter.click()
    asked = dialog(qtbot)
    assert isinstance(asked, FormDialog)
    settle(qtbot)
    assert "from whom" in asked.form["other_id"].error.text(), "it says at once why it could not be entered"
    asked.form["kind"].put(NeedKind.RELIGION)
    asked.form["detail"].put("a place to pray")
    asked.send()
    settle(qtbot)
    assert len(waits(register)) == 1
    main.open("today")
    settle(qtbot)
    today = main.page("today")
    assert isinstance(today, TodayPage)
    (place,) = (place for place, row in enumerate(today.said()) if row[1] == "Half entered")
    assert "1 entry of the arrival waits" in today.said()[place][3]
    today.settle(place)
    settle(qtbot)
    assert card.isVisible(), "what cannot be entered is neither lost nor doubled"
    prompts.answers = deque([True])
    next(each for each in card.findChildren(LinkButton) if each.text() == "Drop").click()
    settle(qtbot)
    assert waits(register) == []
    assert not card.isVisible()
    assert builders.rows(register, "SELECT kind FROM needs ORDER BY id") == [("diet",), ("religion",)]


def test_undo_of_an_arrival_gives_back_what_was_half_entered(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = finished(qtbot, main, NEED)
    settle(qtbot)
    send(qtbot, form)
    settle(qtbot)
    (undo,) = (each for each in main.findChildren(Toast)[-1].findChildren(Button) if each.text() == "Undo")
    undo.click()
    settle(qtbot)
    assert builders.rows(register, "SELECT id FROM stays") == []
    with register.read() as snapshot:
        (draft,) = arrival_drafts.drafts(snapshot)
    assert (draft.name, draft.content["waiting"]) == ("Okafor", [NEED])
    open_arrival(main.page("today"), draft_id=draft.id)
    again = arrival_of(qtbot, main)
    assert again.form["emergency_reason"].read() == "came by night"
    send(qtbot, again)
    settle(qtbot)
    assert len(builders.rows(register, "SELECT id FROM stays")) == 1


def test_undo_of_somebody_who_was_here_before_enters_nothing_of_the_person_twice(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    """A need hangs on the person, who stays; what hangs on the arrival goes with it, and waits again."""
    with register.read() as snapshot:
        (programme, *_more) = (row.id for row in programmes.rows(snapshot))
    known = builders.resident(register, "K-0007", family_name="Noori", sort_name="noori")
    builders.stay(register, known, programme, date(2026, 7, 1), date(2026, 8, 1))
    form = opened(qtbot, main)
    form.form["who"].put(KNOWN)
    form._arrange()  # noqa: SLF001 - as the choice does
    with register.read() as snapshot:
        (found,) = find_known(snapshot, text="noo")
    picked = form.form["resident_id"]
    assert isinstance(picked, PickField)
    picked.show_found(found)
    form.form["emergency"].put(True)
    form.form["emergency_reason"].put("came back by herself")
    for each in (NEED, GROUND):
        form.half.wait(copy.deepcopy(each))
    settle(qtbot)
    send(qtbot, form)
    settle(qtbot)
    assert builders.rows(register, "SELECT ground FROM legal_grounds") == [("Article 5",)]
    (undo,) = (each for each in main.findChildren(Toast)[-1].findChildren(Button) if each.text() == "Undo")
    undo.click()
    settle(qtbot)
    with register.read() as snapshot:
        (draft,) = arrival_drafts.drafts(snapshot)
    assert draft.content["waiting"] == [GROUND]
    assert builders.rows(register, "SELECT kind FROM needs") == [("diet",)]


def test_who_admits_while_it_is_being_kept_leaves_nothing_half_entered(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = finished(qtbot, main, NEED)
    form.keep()
    form.send()  # in the same moment: what is kept has not come back yet
    settle(qtbot)
    assert len(builders.rows(register, "SELECT id FROM stays")) == 1
    assert kept(register) == []


def test_what_somebody_else_has_finished_is_said_and_is_registered_only_when_that_is_meant(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = finished(qtbot, main, NEED)
    settle(qtbot)
    assert form.draft is not None
    register.perform(throw_away, draft_id=form.draft.id)  # as at another workstation
    form.send()
    settle(qtbot)
    assert "Look whether the person is registered" in form.form.refusal.label.text()
    assert builders.rows(register, "SELECT id FROM stays") == []
    form.send()
    settle(qtbot)
    assert len(builders.rows(register, "SELECT id FROM stays")) == 1


def test_a_need_that_only_some_are_told_of_waits_nowhere(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    form = opened(qtbot, main)
    form.steps.turn_to("needs")
    next(each for each in form.findChildren(LinkButton) if each.text() == "Enter a need").click()
    asked = dialog(qtbot)
    assert isinstance(asked, PendingDialog)
    asked.form["kind"].put(NeedKind.PREGNANCY)
    asked.form["kind"].edited.emit()
    assert "What is sealed is not left" in asked.form["kind"].error.text(), "before the rest is typed"
    asked.send()
    assert asked.isVisible()
    assert form.half.waiting == []
    asked.form["kind"].put(NeedKind.DIET)
    asked.send()
    assert len(form.half.waiting) == 1


def test_what_was_typed_over_the_list_stands_when_the_arrival_is_gone_on_with(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    who = accept(register, "900-441-000")
    open_arrival(main.page("today"), candidate_id=who)
    form = arrival_of(qtbot, main)
    assert form.form["given_names"].read() != "Yusuf"
    form.form["given_names"].put("Yusuf")
    form.form["number"].put("P-77")
    press(qtbot, form, "Leave for later")
    with register.read() as snapshot:
        (draft,) = arrival_drafts.drafts(snapshot)
    open_arrival(main.page("today"), draft_id=draft.id)
    form = arrival_of(qtbot, main)
    values = form.form.values()
    assert (values["who"], values["candidate_id"]) == (ACCEPTED, who)
    assert (values["given_names"], values["number"]) == ("Yusuf", "P-77")
    send(qtbot, form)
    settle(qtbot)
    assert builders.rows(register, "SELECT given_names, candidate_id FROM residents") == [("Yusuf", who)]


class _Keys:
    """Presses keys where the keyboard is, and counts each, typed letters too."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pressed, self._qtbot = 0, qtbot

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key, held)
        self.pressed += 1

    def types(self, text: str) -> None:
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClicks(at, text)
        self.pressed += len(text)

    def waits(self) -> None:
        self._qtbot.wait(450)
        settle(self._qtbot)


def test_a_new_person_with_the_zone_of_a_document_takes_at_most_60_keys(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    keys = _Keys(qtbot)
    control = Qt.KeyboardModifier.ControlModifier
    form = opened(qtbot, main)
    keys.pressed += 1  # Ctrl+N
    form.activateWindow()
    form.form["who"].setFocus()
    keys.types("S" if form.form["who"].read() != NEW else "")
    form.form["who"].put(NEW)
    form._arrange()  # noqa: SLF001 - as the choice does
    QApplication.clipboard().setText(ZONE)
    while QApplication.focusWidget() is not form.form["zone"].focusProxy():
        keys.key(Qt.Key.Key_Tab)
        assert keys.pressed < 20, "Tab does not reach the zone"
    keys.key(Qt.Key.Key_V, control)
    keys.waits()
    assert form.form["family_name"].read() == "Noorzai"
    keys.key(Qt.Key.Key_Return, control)
    keys.waits()
    assert QApplication.focusWidget() is form.form["emergency_reason"].focusProxy(), "the keyboard is where it is asked"
    keys.types("came by night, alone")
    keys.key(Qt.Key.Key_Return, control)
    keys.waits()
    with register.write() as unit:
        row = unit.session.query(Resident).where(Resident.family_name == "Noorzai").one()
        assert [each.number for each in row.documents] == ["O12345678"]
        unit.begin(builders.TEST, {})
    print(f"\n{keys.pressed} keys for a new person")
    assert keys.pressed <= 60
