"""Forms say what is wrong beside the field, lose nothing that was typed, and send themselves to the action."""

import ast
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.errors import Refused, Unavailable
from models.rules.birth import BirthDate
from models.rules.people import EVERYBODY
from models.rules.time import Moment
from models.store.declaring import action
from tests.ui.audit import complaints
from tests.ui.conftest import activate, click, press, wait_idle, write
from tests.ui.kit.fakes import FakeRegister, as_register, refuse
from tests.ui.kit.gallery import every_field, find
from tests.ui.wheel import turn, turned
from ui import prompts, work
from ui.codes import CountryField
from ui.kit.field import Field
from ui.kit.fields import CheckField, ChoiceField, ListField, LongTextField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.notices import Toast
from ui.kit.typed_fields import DateField, MomentField, MoneyField, NumberField
from ui.kit.undoing import Undo, tell
from ui.picks import PickField
from ui.scrolled import Scrolled

ZONE = ZoneInfo("Europe/Belgrade")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister(10)
    work.start(as_register(fake))
    yield fake
    work.stop()


@pytest.fixture
def page(qtbot: QtBot, register: FakeRegister) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    return window


KEPT: list[QWidget] = []


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Somebody must hold a form while its fields are tested."""
    yield
    KEPT.clear()


def shown(qtbot: QtBot, fields: Sequence[QWidget]) -> Form:
    form = Form(fields)
    KEPT.append(form)
    qtbot.addWidget(form)
    form.resize(800, 700)
    form.show()
    return form


def line_of(field: QWidget) -> QLineEdit:
    line = field.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return line


def button(notice: Toast) -> QPushButton:
    made = notice.findChild(QPushButton)
    assert isinstance(made, QPushButton)
    return made


def test_values_come_out_as_they_are_meant(qtbot: QtBot, register: FakeRegister) -> None:
    form = shown(qtbot, every_field())
    texts = {
        "family": "Ahmadzai ",
        "given": "Gul",
        "born": "about 1991",
        "until": "5/12",
        "rate": "41,00",
        "days": "90",
    }
    for name, text in texts.items():
        field = form[name]
        line_of(field).clear()
        write(line_of(field), text)
    form["country"].put("AF")
    form["sex"].put("M")
    form["arrived"].put(Moment.of_clock(date(2026, 6, 26), None, ZONE))
    form["aliases"].put(("Gul Ahmad", "G. Ahmadzai"))
    form["reason"].put("list US-07")
    form["explained"].put(True)
    assert form.check()
    assert form.values() == {
        "family": "Ahmadzai",
        "given": "Gul",
        "born": BirthDate(1991, about=True),
        "sex": "M",
        "country": "AF",
        "days": 90,
        "arrived": Moment(date(2026, 6, 26)),
        "until": date(2026, 12, 5),
        "rate": Decimal("41.00"),
        "aliases": ("Gul Ahmad", "G. Ahmadzai"),
        "reason": "list US-07",
        "explained": True,
    }


def test_what_is_missing_or_unreadable_is_said_beside_its_field_and_the_first_gets_the_keyboard(
    qtbot: QtBot, register: FakeRegister
) -> None:
    form = shown(qtbot, every_field())
    line_of(form["until"]).setText("31.2.2026")
    assert not form.check()
    wrong = {name: field.error.text() for name, field in form.fields.items() if field.error.isVisible()}
    assert set(wrong) == {"family", "arrived", "until", "reason"}
    assert wrong["family"] == "!\u00a0Please fill this in."
    assert "no such day" in wrong["until"]
    assert complaints(form) == []


@pytest.mark.parametrize("text", ["9" * 100_001, "9" * 6])
def test_a_text_that_is_too_long_is_said_beside_its_field_and_not_cut_off(qtbot: QtBot, text: str) -> None:
    form = Form([TextField("number", "Number", longest=5), LongTextField("note", "Note")])
    qtbot.addWidget(form)
    form["number"].put(text)
    form["note"].put("x" * 100_001)
    assert not form.check()
    assert "at most 5 letters" in form["number"].error.text()
    assert "at most 100,000 letters" in form["note"].error.text()
    form["number"].put("9" * 5)
    form["note"].put("x" * 100_000)
    assert form.check()
    assert form.values() == {"number": "9" * 5, "note": "x" * 100_000}


def test_an_error_goes_when_the_field_is_mended(qtbot: QtBot) -> None:
    form = shown(qtbot, [TextField("name", "Name", required=True)])
    assert not form.check()
    write(line_of(form["name"]), "N")
    assert not form["name"].error.isVisible()
    assert form.check()


def test_a_field_says_how_it_read_what_was_typed(qtbot: QtBot) -> None:
    day, rate = DateField("on", "Date"), MoneyField("rate", "Rate", currency="EUR")
    shown(qtbot, [day, rate])
    write(day.edit, "5/12")
    write(rate.edit, "1046,5")
    assert day.reading.text() == "Saturday 5 December 2026"
    assert rate.reading.text() == "€1,046.50"


def test_a_moment_is_known_to_the_minute_or_to_the_day(qtbot: QtBot) -> None:
    field = MomentField("arrived", "Arrived")
    shown(qtbot, [field])
    field.edit.setText("26.6.2026")
    assert field.read() == Moment(date(2026, 6, 26))
    assert "time not known" in field.reading.text()
    field.clock.setText("14:30")
    assert field.read() == Moment.of_clock(date(2026, 6, 26), time(14, 30), ZONE)
    click(field.now)
    assert (field.edit.text(), field.clock.text()) == ("21.11.2026", "09:14")
    field.edit.clear()
    assert "needs its date" in field.problem()
    field.put(Moment(date(2026, 6, 26)))
    assert field.clock.text() == ""
    assert "time not known" in field.reading.text()


def test_a_moment_that_is_shown_at_first_says_its_day_alone_where_its_time_is_known(qtbot: QtBot) -> None:
    field = MomentField("arrived", "Arrived", value=Moment.of_clock(date(2026, 6, 26), time(14, 30), ZONE))
    shown(qtbot, [field])
    assert field.reading.text() == "Friday 26 June 2026"
    assert not field.dirty
    field.clock.setText("14:31")
    assert field.dirty


def test_an_hour_that_the_clocks_skip_is_refused_and_of_one_that_they_repeat_either_can_be_meant(qtbot: QtBot) -> None:
    field = MomentField("arrived", "Arrived")
    shown(qtbot, [field])
    field.edit.setText("29.3.2026")
    field.clock.setText("2:30")
    assert "there is no 02:30" in field.problem()
    field.clock.setText("3:30")
    assert (field.problem(), field.reading.text()) == ("", "Sunday 29 March 2026")
    field.edit.setText("25.10.2026")
    field.clock.setText("2:30")
    first = field.read()
    assert "the first is meant. Write 02:30 b" in field.reading.text()
    field.clock.setText("2.30 B")
    second = field.read()
    assert first is not None
    assert second is not None
    assert first.surely_before(second)
    assert "the second is meant" in field.reading.text()
    field.put(second)
    assert (field.clock.text(), field.read()) == ("02:30 b", second)


def test_a_refusal_stands_beside_its_field_and_its_reasons_on_top(qtbot: QtBot) -> None:
    form = shown(qtbot, [DateField("until", "Limit", value=date(2026, 12, 5)), LongTextField("reason", "Reason")])
    with pytest.raises(Refused) as caught:
        refuse(FakeRegister(), reasons=True)
    form.show_refusal(caught.value)
    assert form["until"].error.text() == "!\u00a0The limit must lie after 20 Nov."
    assert form.refusal.isVisible()
    assert form.refusal.label.text() == "•\u00a0The stay has no decision yet."


def test_a_refusal_of_no_field_stands_on_top(qtbot: QtBot) -> None:
    form = shown(qtbot, [TextField("name", "Name")])
    form.show_refusal(Refused("The room is out of use."))
    assert form.refusal.label.text() == "The room is out of use."
    assert not form["name"].error.isVisible()


def dialog(page: QWidget, action: Callable[..., Any], **more: object) -> FormDialog:
    made = FormDialog(
        page,
        "Extend the stay",
        [
            DateField("until", "New limit", required=True, value=date(2026, 12, 5)),
            LongTextField("reason", "Reason", required=True),
        ],
        action,
        submit="Extend",
        values={"number": 7},
        **{"undoes": "It cannot be undone.", **more},  # type: ignore[arg-type]
    )
    made.open()
    return made


@pytest.mark.parametrize("undoes", ["It cannot be undone.", ""])
def test_a_form_is_as_large_as_what_stands_in_it(page: QWidget, qtbot: QtBot, undoes: str) -> None:
    made = dialog(page, lambda _unit: None, undoes=undoes, width=200)
    qtbot.waitUntil(made.isVisible)
    (area,) = made.findChildren(Scrolled)
    inner = area.widget()
    assert inner is not None
    assert inner.height() <= area.viewport().height()
    assert inner.width() <= area.viewport().width()


def test_submitting_does_the_action_closes_and_says_so_with_a_way_back(page: QWidget, qtbot: QtBot) -> None:
    got: list[dict[str, object]] = []
    done: list[object] = []
    undone: list[object] = []

    def extend(_unit: FakeRegister, **values: object) -> str:
        got.append(values)
        return "E-1"

    @action("tests.take_back", roles=EVERYBODY, told="")
    def take_back(_unit: Any, /, **values: object) -> None:
        undone.append(values)

    made = dialog(
        page,
        extend,
        done="The stay was extended.",
        on_done=done.append,
        undoes=lambda made: Undo(take_back, {"made": made}, "why"),
    )
    made.form["reason"].put("appeal pending")
    press(line_of(made.form["until"]), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(done))
    assert got == [{"number": 7, "until": date(2026, 12, 5), "reason": "appeal pending"}]
    (toast,) = page.findChildren(Toast)
    assert toast.label.text() == "The stay was extended."
    click(button(toast))
    wait_idle(qtbot)
    assert undone == [{"made": "E-1", "why": "Undone in the notice, right after it was entered"}]
    assert prompts.asked == []


def test_of_several_deeds_the_undoing_ends_at_one_that_is_refused_though_the_page_has_gone(
    page: QWidget, qtbot: QtBot
) -> None:
    undone: list[object] = []

    @action("tests.undo_one", roles=EVERYBODY, told="")
    def undo_one(_unit: Any, /, *, which: int, reason: str) -> None:
        if which == 2:
            raise Refused("Somebody else has this bed.")
        undone.append((which, reason))

    part = QWidget(page)
    tell(part, "2 departures are recorded.", Undo(undo_one, {"which": 1}), Undo(undo_one, {"which": 3}))
    part.setParent(None)
    part.deleteLater()
    qtbot.wait(10)
    (notice,) = page.findChildren(Toast)
    click(button(notice))
    wait_idle(qtbot)
    wait_idle(qtbot)
    why = "Undone in the notice, right after it was entered"
    assert undone == [(1, why), (3, why)]
    assert page.findChildren(Toast)[-1].label.text() == "Undone: 2 departures are recorded."

    undone.clear()
    notice = tell(page, "3 departures are recorded.", *(Undo(undo_one, {"which": which}) for which in (1, 2, 3)))
    click(button(notice))
    wait_idle(qtbot)
    wait_idle(qtbot)
    assert undone == [(1, why)]
    assert prompts.asked[-1].text == "Somebody else has this bed."
    assert not [each for each in page.findChildren(Toast) if each.label.text().startswith("Undone: 3")]


def test_a_refused_submit_keeps_the_dialog_and_all_that_was_typed(page: QWidget, qtbot: QtBot) -> None:
    made = dialog(page, refuse)
    made.form["reason"].put("because")
    made.send()
    wait_idle(qtbot)
    assert made.isVisible()
    assert made.form["until"].error.isVisible()
    assert made.form.values()["reason"] == "because"
    assert made.submit.isEnabled()
    assert complaints(made) == []


def test_when_the_world_says_no_the_dialog_stays_and_can_be_sent_again(page: QWidget, qtbot: QtBot) -> None:
    def full(_unit: FakeRegister, **_values: object) -> None:
        raise Unavailable("The disk is full. Free some space, then try again.")

    made = dialog(page, full)
    made.form["reason"].put("because")
    made.send()
    wait_idle(qtbot)
    assert made.isVisible()
    assert made.submit.isEnabled()
    assert "disk is full" in prompts.asked[0].text


def test_the_action_is_sent_once_however_often_one_presses(page: QWidget, qtbot: QtBot) -> None:
    calls: list[int] = []
    made = dialog(page, lambda _unit, **_values: calls.append(1))
    made.form["reason"].put("because")
    for _ in range(5):
        made.send()
    wait_idle(qtbot)
    assert calls == [1]


def test_closing_asks_before_what_was_typed_is_lost(page: QWidget) -> None:
    made = dialog(page, refuse)
    made.form["reason"].put("a long story")
    prompts.answers = deque([False, True])
    press(made, Qt.Key.Key_Escape)
    assert made.isVisible()
    assert made.form.values()["reason"] == "a long story"
    made.close()
    assert not made.isVisible()
    assert [question.title for question in prompts.asked] == ["Throw away what you typed?"] * 2


def test_closing_an_untouched_form_asks_nothing(page: QWidget) -> None:
    made = dialog(page, refuse)
    press(made, Qt.Key.Key_Escape)
    assert not made.isVisible()
    assert prompts.asked == []


def test_a_form_that_was_touched_and_put_back_is_not_changed(qtbot: QtBot) -> None:
    form = shown(qtbot, [TextField("name", "Name", value="N"), NumberField("n", "N", value=3), CheckField("c", "C")])
    form["name"].put("other")
    assert form.dirty
    form["name"].put("N")
    assert not form.dirty


def test_a_hidden_field_is_neither_asked_nor_sent(qtbot: QtBot) -> None:
    form = shown(qtbot, [TextField("name", "Name", value="N"), TextField("other", "Other", required=True)])
    form["other"].setVisible(False)
    assert form.check()
    assert form.values() == {"name": "N"}


def test_a_choice_keeps_what_was_chosen_when_other_choices_are_offered(qtbot: QtBot) -> None:
    field: ChoiceField[int] = ChoiceField("room", "Room", [(1, "Room 1"), (2, "Room 2")], required=True)
    shown(qtbot, [field])
    assert field.problem() == "Please choose one."
    field.put(2)
    field.offer([(2, "Room 2, 1 bed left"), (3, "Room 3")])
    assert field.read() == 2
    field.offer([(3, "Room 3")])
    assert field.read() is None


def test_a_list_takes_one_more_line_at_a_time(qtbot: QtBot) -> None:
    field = ListField("aliases", "Other names")
    shown(qtbot, [field])
    click(field.add)
    lines = [line for line in field.findChildren(QLineEdit) if line.isVisible()]
    assert len(lines) == 2
    write(lines[1], "Gul Ahmad")
    assert field.read() == ("Gul Ahmad",)
    assert [line.accessibleName() for line in lines] == ["Other names, 1", "Other names, 2"]


def test_a_country_is_found_by_a_part_of_its_name_without_accents(qtbot: QtBot) -> None:
    field = CountryField("country", "Nationality", stateless=True)
    form = shown(qtbot, [field])
    activate(qtbot, form)
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    write(field.line, "cote")
    press(field.line, Qt.Key.Key_Return)
    assert field.read() == "CI"
    field.put("XXA")
    assert field.line.text() == "stateless XXA"


def test_a_person_is_found_by_the_query_and_chosen_with_the_keyboard(qtbot: QtBot, register: FakeRegister) -> None:
    field: PickField[int] = PickField("resident", "Who", find, required=True)
    form = shown(qtbot, [field])
    activate(qtbot, form)
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    write(field.line, "ahmad")
    qtbot.waitUntil(lambda: field.line.popup.isVisible())
    assert "Choose one from the list" in field.problem()
    press(field.line, Qt.Key.Key_Down)
    press(field.line, Qt.Key.Key_Return)
    assert field.read() == 1
    assert field.line.text() == "Ahmadi, Zahra K-0001"
    write(field.line, "x")
    assert field.found is None, "what is typed over is no longer what was chosen"


def test_every_control_of_a_form_has_a_name(qtbot: QtBot, register: FakeRegister) -> None:
    form = shown(qtbot, every_field())
    assert complaints(form) == []
    names = {field.title for field in form.findChildren(Field) if field.title}
    assert "Family name" in names


@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_scrolls_the_form_and_changes_nothing(qtbot: QtBot, register: FakeRegister, focused: bool) -> None:
    fields = [*every_field(), *(ChoiceField(f"f{n}", "Decide", [(1, "Accept"), (2, "Refuse")]) for n in range(9))]
    form = Form(fields)
    area = Scrolled(form)
    qtbot.addWidget(area)
    area.resize(800, 400)
    area.show()
    activate(qtbot, area)
    bar = area.verticalScrollBar()
    for field in form.findChildren(ChoiceField):
        field.combo.setCurrentIndex(1)
        area.ensureWidgetVisible(field)
        if focused:
            field.combo.setFocus()
        for notches in (1, -1):  # away from the edge that `ensureWidgetVisible` may have come to
            at = bar.value()
            turn(field.combo, notches)
            assert field.combo.currentIndex() == 1
            assert field.combo.hasFocus() is focused
            assert bar.value() != at or at in (bar.minimum(), bar.maximum())
            bar.setValue(at)
    assert bar.maximum() > 400
    assert not turned(area, set())


def test_the_wheel_scrolls_what_was_opened(qtbot: QtBot, register: FakeRegister) -> None:
    field = ChoiceField("f", "Country", [(n, f"country {n}") for n in range(100)])
    shown(qtbot, [field])
    activate(qtbot, field.window())
    field.combo.showPopup()
    turn(field.combo.view().viewport())
    assert field.combo.view().verticalScrollBar().value() > 0
    assert field.combo.currentIndex() == 0
    field.combo.hidePopup()


def test_what_the_wheel_changes_in_qt_is_used_by_the_one_choice_and_the_tabs_alone() -> None:
    """So that no screen which nobody visits in a test has a field that changes on the way."""
    changed = {"QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit"}
    changed |= {"QSlider", "QDial", "QTabBar", "QTabWidget", "QCalendarWidget"}
    used = {
        path.relative_to(ROOT).as_posix()
        for wing in ("ui", "desktop")
        for path in (ROOT / wing).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and changed & {each.name for each in node.names}
    }
    # The calendar lies over the form, and no form scrolls under it.
    assert used - {"ui/kit/calendar.py"} == {"ui/kit/fields.py", "ui/kit/choosing.py"}


def test_a_field_that_is_hidden_leaves_no_gap_and_comes_back_to_its_place(qtbot: QtBot) -> None:
    one, two, three = fields = [TextField(name, name, wide=False) for name in ("one", "two", "three")]
    three.hide()
    form = Form(fields)
    qtbot.addWidget(form)
    form.resize(600, 400)
    three.show()
    assert not three.isWindow()
    form.show()

    def beside() -> list[tuple[int, int]]:
        qtbot.wait(10)
        return [(each.x(), each.y()) for each in fields if not each.isHidden()]

    (left, top), (right, _same), (_left, below) = beside()
    assert left < right
    assert top < below
    one.setVisible(False)
    assert beside() == [(left, top), (right, top)]
    one.setVisible(True)
    assert beside() == [(left, top), (right, top), (left, below)]
    three.setVisible(False)
    assert beside() == [(left, top), (right, top)]
    assert two.isVisible()
